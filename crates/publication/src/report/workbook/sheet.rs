//! Cells with numbers, words and formulas, and how they look.

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Color, Format, FormatAlign, FormatBorder, Formula, Note, Workbook, Worksheet, XlsxError,
};
use terms::{Amount, Status};

use crate::report::Sources;
use crate::xlsx::{FONT, as_cell, shortened};

/// The row of the headings; a title and a remark stand above.
pub(super) const HEADINGS: u32 = 2;

/// The height of a line, in points.
const LINE: f64 = 17.0;

/// How full a line becomes before the next begins.
const FULL: f64 = 0.85;

/// The longest comment; spreadsheet programs cut longer ones.
const COMMENT: usize = 1_000;

/// A sheet with a title, a remark, headings and rows.
pub(super) struct Sheet<'a> {
    pub(super) sheet: &'a mut Worksheet,
    sources: Sources,
    pub(super) row: u32,
    /// How wide each column is, in characters.
    widths: Vec<f64>,
    /// How many lines the fullest cell of the row takes.
    lines: f64,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(
        book: &'a mut Workbook,
        name: &str,
        (title, remark): (&str, &str),
        columns: &[(String, f64)],
        sources: Sources,
    ) -> Result<Self, XlsxError> {
        let sheet = book.add_worksheet();
        sheet.set_name(name)?;
        let bold = base().set_bold();
        sheet.write_string_with_format(0, 0, title, &bold.clone().set_font_size(16))?;
        sheet.write_string_with_format(1, 0, remark, &base())?;
        let heading = bold
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color(0xE8_ED_F3)
            .set_border(FormatBorder::Thin);
        for (column, (words, width)) in (0..).zip(columns) {
            sheet.set_column_width(column, *width)?;
            sheet.write_string_with_format(HEADINGS, column, words, &heading)?;
        }
        sheet.set_row_height(0, 30)?;
        sheet.set_repeat_rows(HEADINGS, HEADINGS)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_footer("&L&A&R第 &P 页，共 &N 页");
        sheet.set_default_note_author("兑现");
        let widths = columns.iter().map(|(_, width)| *width).collect();
        Ok(Sheet { sheet, sources, row: HEADINGS + 1, widths, lines: 1.0 })
    }

    /// Ends a row, which is as high as its fullest cell asks for.
    pub(super) fn next_row(&mut self) -> Result<(), XlsxError> {
        self.sheet.set_row_height(self.row, LINE * self.lines)?;
        self.lines = 1.0;
        self.row += 1;
        Ok(())
    }

    /// Freezes the headings and some columns, and says what is printed: the table, and what reaches to this row and column.
    pub(super) fn finish(self, frozen: u16, reaches: (u32, u16)) -> Result<(), XlsxError> {
        self.sheet.set_freeze_panes(HEADINGS + 1, frozen)?;
        let last = self.row.saturating_sub(1).max(HEADINGS).max(reaches.0);
        let columns = u16::try_from(self.widths.len()).unwrap_or(u16::MAX).saturating_sub(1);
        self.sheet.set_print_area(0, 0, last, columns.max(reaches.1))?;
        Ok(())
    }

    pub(super) fn words(&mut self, column: u16, words: &str) -> Result<(), XlsxError> {
        let format = boxed().set_text_wrap();
        // A wide character takes the place of two, and a line is seldom full to its end.
        let wide = |character: char| if character.is_ascii() { 1.0 } else { 2.0 };
        let length: f64 = words.chars().map(wide).sum();
        let width = self.widths.get(usize::from(column)).copied().unwrap_or(10.0);
        self.lines = self.lines.max((length / (width * FULL)).ceil());
        self.sheet.write_string_with_format(self.row, column, shortened(words), &format)?;
        Ok(())
    }

    /// A status in words, on a ground of its own.
    pub(super) fn status(&mut self, column: u16, status: Option<Status>) -> Result<(), XlsxError> {
        let words = status.map_or("—", crate::labels::outcome);
        let mut format = boxed().set_align(FormatAlign::Center);
        if let Some(colour) = status.and_then(ground) {
            format = format.set_background_color(colour);
        }
        self.sheet.write_string_with_format(self.row, column, words, &format)?;
        Ok(())
    }

    /// A number with its source as a comment; whether it stands in a cell that formulas can use.
    pub(super) fn amount(
        &mut self,
        column: u16,
        amount: Option<&Amount>,
        source: &str,
    ) -> Result<bool, XlsxError> {
        let exact = amount.and_then(Amount::exact);
        let number = exact.and_then(|value| Some((value, as_cell(value)?)));
        match (number, amount) {
            (Some((value, number)), _) => {
                let format = boxed().set_num_format(shape(value));
                self.sheet.write_number_with_format(self.row, column, number, &format)?;
            }
            (None, Some(amount)) => self.words(column, &amount.to_string())?,
            (None, None) => {
                self.sheet.write_blank(self.row, column, &boxed())?;
            }
        }
        if self.sources == Sources::Shown && !source.is_empty() && amount.is_some() {
            let text: String = source.chars().take(COMMENT).collect();
            let note = Note::new(text).add_author_prefix(false).set_width(320).set_height(90);
            self.sheet.insert_note(self.row, column, &note)?;
        }
        Ok(number.is_some())
    }

    /// A formula with the value that it has.
    pub(super) fn formula(
        &mut self,
        column: u16,
        formula: &str,
        value: Decimal,
        strong: bool,
    ) -> Result<(), XlsxError> {
        let mut format = boxed().set_num_format(shape(value));
        if strong {
            format = format.set_bold();
        }
        let formula = Formula::new(formula).set_result(value.normalize().to_string());
        self.sheet.write_formula_with_format(self.row, column, formula, &format)?;
        Ok(())
    }

    pub(super) fn blank(&mut self, column: u16) -> Result<(), XlsxError> {
        self.sheet.write_blank(self.row, column, &boxed())?;
        Ok(())
    }
}

pub(super) fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_size(11).set_align(FormatAlign::VerticalCenter)
}

pub(super) fn boxed() -> Format {
    base().set_border(FormatBorder::Thin)
}

/// A number with thousands parted and as many decimals as it came with.
fn shape(value: Decimal) -> String {
    match value.scale() {
        0 => "#,##0".to_owned(),
        more => format!("#,##0.{}", "0".repeat(more as usize)),
    }
}

/// Pale grounds, on which the words are read as well in grey.
fn ground(status: Status) -> Option<Color> {
    match status {
        Status::Met | Status::OnTrack => Some(0xE2_F0_D9.into()),
        Status::AtRisk => Some(0xFF_F2_CC.into()),
        Status::OffTrack | Status::Missed => Some(0xFB_E0_DD.into()),
        Status::NoData | Status::NotComparable => Some(0xEE_EE_EE.into()),
        Status::Open | Status::Reported | Status::Background => None,
    }
}
