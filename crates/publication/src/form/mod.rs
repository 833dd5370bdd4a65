//! A form as a workbook that a department fills in and sends back.
//!
//! Its first sheet is filled by people, its second explains the lines, and a third, hidden, says whose form it is, so
//! that it can be read back after any spreadsheet program has saved it. Last values are printed as they are given.

mod entry;
mod guide;
mod mark;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};
use terms::{DutySheet, Facet, Indicator, ObservationStatus, Period};

use crate::labels;
use crate::xlsx::{FONT, book, shortened};

/// The name of the sheet that is filled in.
pub const ENTRY_SHEET: &str = "填报表";

/// The name of the sheet that explains the lines.
pub const GUIDE_SHEET: &str = "填表说明";

/// The name of the hidden sheet that says whose form it is.
pub const MARK_SHEET: &str = "duixian";

/// What the first cell of the hidden sheet says.
pub const MARK: &str = "兑现填报表";

/// The version of the form's layout, which stands beside [`MARK`].
pub const FORMAT_VERSION: u32 = 1;

/// What the first column of the hidden sheet calls what stands beside it: codes of round, form and region, number of
/// the duty, the period.
pub const MARKED: [&str; 5] = ["round", "form", "region", "duty", "period"];

/// The columns of the lines in the hidden sheet: the position from 0, the indicator's code, the facet and the unit of
/// a line, the row from 1 in which it is filled in, and the version of the filing that the form was made from, which
/// is empty if there was none.
pub const MARKED_LINE: [&str; 6] = ["position", "indicator", "facet", "unit", "row", "version"];

/// The headings of the columns that are read back: serial number, facet, unit, value, status, remark, indicator's code.
pub const READ_COLUMNS: [&str; 7] =
    ["序号", "项目", "计量单位", "本期", "状态", "备注", "指标代码"];

/// What a form shows beside what it asks for.
#[derive(Debug, Clone, Default)]
pub struct FormContext {
    /// The name of the region.
    pub region: String,
    /// By the position of each line: the last value in the unit of the line, and its period, if there is one.
    pub last: Vec<Option<(String, Period)>>,
    /// By the position of each line: the value of a year before, and its period, if there is one.
    pub year_ago: Vec<Option<(String, Period)>>,
}

/// The word for a facet in a form.
pub fn facet_word(facet: Facet) -> &'static str {
    match facet {
        Facet::Level => labels::facet(terms::Basis::Level),
        Facet::Growth => labels::facet(terms::Basis::Growth),
    }
}

/// The states that can be chosen in a form, each with its word.
pub const STATUSES: [(ObservationStatus, &str); 4] = [
    (ObservationStatus::Normal, "正常"),
    (ObservationStatus::Provisional, "初步核算"),
    (ObservationStatus::Estimated, "估计"),
    (ObservationStatus::Missing, "无数据"),
];

/// The form of a duty as an xlsx workbook; what is filed already stands in it. `indicators` gives names, definitions
/// and units; a line whose indicator is not among them is called by its code.
///
/// The same input gives the same bytes. Every text stands as text, also one that begins like a formula.
pub fn form_workbook(
    sheet: &DutySheet,
    indicators: &[Indicator],
    context: &FormContext,
) -> Result<Vec<u8>, XlsxError> {
    let title: String = sheet.form.chars().filter(|character| !character.is_control()).collect();
    let mut book = book(&title, ENTRY_SHEET)?;
    let form = Form { sheet, indicators, context };
    let entry = book.add_worksheet();
    entry.set_name(ENTRY_SHEET)?;
    entry::write(entry, &form)?;
    let guide = book.add_worksheet();
    guide.set_name(GUIDE_SHEET)?;
    guide::write(guide, &form)?;
    let mark = book.add_worksheet();
    mark.set_name(MARK_SHEET)?;
    mark::write(mark, &form)?;
    book.save_to_buffer()
}

/// What the sheets are made from.
struct Form<'a> {
    sheet: &'a DutySheet,
    indicators: &'a [Indicator],
    context: &'a FormContext,
}

impl<'a> Form<'a> {
    fn indicator(&self, code: &str) -> Option<&'a Indicator> {
        self.indicators.iter().find(|known| known.code == code)
    }

    fn name(&self, code: &'a str) -> &'a str {
        self.indicator(code).map_or(code, |known| &known.name)
    }
}

/// The first row of the sheet that is filled in which holds a line, from 0.
const FIRST_LINE: u32 = 6;

/// The row of a line of the form, from 0.
fn row_of(position: usize) -> u32 {
    FIRST_LINE.saturating_add(u32::try_from(position).unwrap_or(u32::MAX))
}

fn plain() -> Format {
    Format::new().set_font_name(FONT).set_font_size(11).set_align(FormatAlign::VerticalCenter)
}

fn boxed() -> Format {
    plain().set_border(FormatBorder::Thin).set_border_color(0x8C_96_A3).set_text_wrap()
}

fn heading() -> Format {
    boxed().set_bold().set_align(FormatAlign::Center).set_background_color(0xE8_ED_F3)
}

/// Writes a text as a text. One that begins like a formula stays a text also when its cell is edited.
fn write_text(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let text = shortened(text);
    if text.is_empty() {
        sheet.write_blank(row, column, format)?;
    } else if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        sheet.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}
