//! Workbooks that Excel, WPS and LibreOffice open.
//!
//! The same input gives the same bytes. A number stands in a numeric cell only where a spreadsheet program gives
//! it back to the last digit; everything else, above all a number that lost a digit, stands as text.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
};
use terms::{
    Amount, AssessedStatement, Assessment, DocumentAssessment, IndicatorStatus, Statement, Unit,
};

use crate::labels;
use crate::table::facets;

pub use rust_xlsxwriter::XlsxError;

/// The font of all cells; a program that does not have it takes its own Chinese font.
pub(crate) const FONT: &str = "微软雅黑";

/// The longest text that a cell holds is 32767 characters; a longer one is cut with this mark.
const CELL_LIMIT: usize = 32_000;
const CUT: &str = "……（过长，已截断）";

/// Numbers of more digits than this are not kept exactly by spreadsheet programs.
const EXACT_DIGITS: usize = 15;

/// The columns of a sheet: heading and width in characters.
pub(crate) type Columns = &'static [(&'static str, f64)];

const OVERVIEW: Columns = &[
    ("文档", 10.0),
    ("标题", 48.0),
    ("地区", 12.0),
    ("结果年度", 9.0),
    ("计划年度", 9.0),
    ("主要指标", 9.0),
    ("已完成", 8.0),
    ("有差距", 8.0),
    ("无数据", 8.0),
    ("陈述", 8.0),
    ("数值", 8.0),
    ("里程碑", 8.0),
    ("结果", 8.0),
    ("目标", 8.0),
    ("力争", 8.0),
    ("背景", 8.0),
    ("对应指标", 9.0),
    ("缺失数字", 9.0),
    ("核对提示", 40.0),
];

const INDICATORS: Columns = &[
    ("文档", 10.0),
    ("序号", 6.0),
    ("名称", 36.0),
    ("指标代码", 20.0),
    ("状态", 9.0),
    ("说明", 36.0),
    ("分项", 48.0),
    ("相关陈述", 28.0),
    ("源字节起", 10.0),
    ("源字节止", 10.0),
];

const STATEMENTS: Columns = &[
    ("编号", 15.0),
    ("类型", 8.0),
    ("角色", 6.0),
    ("力度", 6.0),
    ("年份", 6.0),
    ("章节", 30.0),
    ("衡量对象", 28.0),
    ("主体", 18.0),
    ("方向", 6.0),
    ("比较", 6.0),
    ("数值", 12.0),
    ("上限", 10.0),
    ("单位", 10.0),
    ("口径", 11.0),
    ("指标代码", 18.0),
    ("缺失数字", 9.0),
    ("引文", 40.0),
    ("整句", 60.0),
    ("字符起", 9.0),
    ("字符止", 9.0),
    ("源字节起", 10.0),
    ("源字节止", 10.0),
];

/// What the assessment adds to a statement.
const JUDGEMENT: Columns =
    &[("状态", 8.0), ("说明", 36.0), ("基数陈述", 15.0), ("基数年份", 9.0), ("较基数变化", 12.0)];

const SOURCES: Columns = &[
    ("文档", 10.0),
    ("文件", 30.0),
    ("字节", 10.0),
    ("编码", 10.0),
    ("SHA-256", 68.0),
    ("导入时间", 26.0),
    ("导入人", 12.0),
    ("类别", 14.0),
    ("处数", 8.0),
    ("内容", 60.0),
];

/// A workbook of a whole assessment: overview, headline indicators, statements, sources and repairs.
pub fn workbook(assessment: &Assessment) -> Result<Vec<u8>, XlsxError> {
    let mut book = book("兑现台账导出", &format!("截至 {}", assessment.as_of))?;
    let mut sheet = Sheet::new(&mut book, "概览", &[OVERVIEW])?;
    assessment.documents.iter().try_for_each(|document| overview(&mut sheet, document))?;
    sheet.finish()?;
    let mut sheet = Sheet::new(&mut book, "主要指标", &[INDICATORS])?;
    for document in &assessment.documents {
        let indicators = document.headline.iter().flat_map(|headline| &headline.indicators);
        for one in indicators {
            indicator(&mut sheet, &document.document.id, one)?;
        }
    }
    sheet.finish()?;
    let mut sheet = Sheet::new(&mut book, "陈述", &[STATEMENTS, JUDGEMENT])?;
    for assessed in assessment.documents.iter().flat_map(|document| &document.statements) {
        statement(&mut sheet, &assessed.statement)?;
        judgement(&mut sheet, assessed)?;
        sheet.next_row();
    }
    sheet.finish()?;
    let mut sheet = Sheet::new(&mut book, "来源与修复", &[SOURCES])?;
    assessment.documents.iter().try_for_each(|document| sources(&mut sheet, document))?;
    sheet.finish()?;
    book.save_to_buffer()
}

/// A workbook of the statements of one document, which `title` names.
pub fn statements<'a>(
    title: &str,
    statements: impl IntoIterator<Item = &'a Statement>,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = book(title, "陈述")?;
    let mut sheet = Sheet::new(&mut book, "陈述", &[STATEMENTS])?;
    for one in statements {
        statement(&mut sheet, one)?;
        sheet.next_row();
    }
    sheet.finish()?;
    book.save_to_buffer()
}

pub(crate) fn book(title: &str, subject: &str) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let properties = DocProperties::new()
        .set_title(title)
        .set_subject(subject)
        .set_author("兑现 Duixian")
        // The day of the export would make every file another one.
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    book.set_properties(&properties);
    book.set_default_format(&Format::new().set_font_name(FONT).set_font_size(11), 20, 72)?;
    Ok(book)
}

/// A sheet that is filled cell by cell, row by row.
pub(crate) struct Sheet<'a> {
    sheet: &'a mut Worksheet,
    text: Format,
    columns: u16,
    row: u32,
    column: u16,
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(
        book: &'a mut Workbook,
        name: &str,
        columns: &[Columns],
    ) -> Result<Self, XlsxError> {
        let sheet = book.add_worksheet();
        sheet.set_name(name)?;
        let base = || Format::new().set_font_name(FONT).set_font_size(11).set_text_wrap();
        let header = base()
            .set_bold()
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color(0xE8_ED_F3)
            .set_border_bottom(FormatBorder::Thin);
        let mut number = 0;
        for (heading, width) in columns.iter().flat_map(|columns| columns.iter()) {
            sheet.set_column_width(number, *width)?;
            sheet.write_string_with_format(0, number, *heading, &header)?;
            number += 1;
        }
        sheet.set_freeze_panes(1, 1)?;
        sheet.set_repeat_rows(0, 0)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_footer("&L&A&R第 &P 页，共 &N 页");
        let text = base().set_align(FormatAlign::Top);
        Ok(Sheet { sheet, text, columns: number, row: 1, column: 0 })
    }

    pub(crate) fn text(&mut self, text: &str) -> Result<(), XlsxError> {
        if !text.is_empty() {
            let text = shortened(text);
            self.sheet.write_string_with_format(self.row, self.column, text, &self.text)?;
        }
        self.column += 1;
        Ok(())
    }

    pub(crate) fn optional(&mut self, text: Option<&str>) -> Result<(), XlsxError> {
        self.text(text.unwrap_or_default())
    }

    /// A whole number that is far from any limit: a count, a year, a place.
    pub(crate) fn whole(&mut self, number: impl TryInto<u32>) -> Result<(), XlsxError> {
        if let Ok(number) = number.try_into() {
            self.number(number.into(), 0)?;
        }
        self.column += 1;
        Ok(())
    }

    fn optional_whole(&mut self, number: Option<impl TryInto<u32>>) -> Result<(), XlsxError> {
        match number {
            Some(number) => self.whole(number),
            None => self.text(""),
        }
    }

    fn amount(&mut self, amount: Option<&Amount>) -> Result<(), XlsxError> {
        match amount {
            Some(Amount::Exact(value)) => self.decimal(*value),
            Some(Amount::Lost(rest)) => self.text(rest),
            None => self.text(""),
        }
    }

    pub(crate) fn decimal(&mut self, value: Decimal) -> Result<(), XlsxError> {
        match as_cell(value) {
            Some(number) => {
                self.number(number, value.scale())?;
                self.column += 1;
                Ok(())
            }
            None => self.text(&value.to_string()),
        }
    }

    /// Writes a number that shows as many decimals as the report wrote.
    fn number(&mut self, number: f64, decimals: u32) -> Result<(), XlsxError> {
        let shown = match decimals {
            0 => "0".to_owned(),
            more => format!("0.{}", "0".repeat(more as usize)),
        };
        let format = Format::new()
            .set_font_name(FONT)
            .set_font_size(11)
            .set_align(FormatAlign::Top)
            .set_num_format(shown);
        self.sheet.write_number_with_format(self.row, self.column, number, &format)?;
        Ok(())
    }

    pub(crate) fn next_row(&mut self) {
        self.row += 1;
        self.column = 0;
    }

    pub(crate) fn finish(self) -> Result<(), XlsxError> {
        self.sheet.autofilter(0, 0, self.row.saturating_sub(1), self.columns.saturating_sub(1))?;
        Ok(())
    }
}

/// The number of a numeric cell, where a spreadsheet program keeps all of it.
pub(crate) fn as_cell(value: Decimal) -> Option<f64> {
    let exact = value.normalize().to_string();
    let digits = exact.chars().filter(char::is_ascii_digit).count();
    let number = value.to_f64()?;
    (digits <= EXACT_DIGITS && number.to_string() == exact).then_some(number)
}

pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(CELL_LIMIT) {
        Some((end, _)) => format!("{}{CUT}", &text[..end]),
        None => text.to_owned(),
    }
}

fn overview(sheet: &mut Sheet<'_>, assessed: &DocumentAssessment) -> Result<(), XlsxError> {
    let document = &assessed.document;
    let profile = &document.profile;
    sheet.text(&document.id)?;
    sheet.text(profile.title.as_deref().unwrap_or(&document.name))?;
    sheet.optional(profile.region.as_deref())?;
    sheet.optional_whole(profile.result_year)?;
    sheet.optional_whole(profile.plan_year)?;
    let headline = assessed.headline.as_ref();
    sheet.optional_whole(headline.and_then(|headline| headline.declared))?;
    sheet.optional_whole(headline.map(|headline| headline.met))?;
    sheet.optional_whole(headline.map(|headline| headline.short))?;
    sheet.optional_whole(headline.map(|headline| headline.no_data))?;
    let counts = assessed.counts;
    for count in [
        counts.statements,
        counts.quantities,
        counts.milestones,
        counts.results,
        counts.targets,
        counts.aims,
        counts.context,
        counts.linked,
        counts.lost,
    ] {
        sheet.whole(count)?;
    }
    let doubts = headline.map(|headline| headline.disagreements.join("；"));
    sheet.optional(doubts.as_deref())?;
    sheet.next_row();
    Ok(())
}

fn indicator(
    sheet: &mut Sheet<'_>,
    document: &str,
    one: &IndicatorStatus,
) -> Result<(), XlsxError> {
    sheet.text(document)?;
    sheet.whole(one.position)?;
    sheet.text(&one.name)?;
    sheet.optional(one.indicator.as_deref())?;
    sheet.text(labels::outcome(one.status))?;
    sheet.optional(one.reason.as_deref())?;
    sheet.text(&facets(one))?;
    sheet.text(&one.statements.join(" "))?;
    sheet.whole(one.source.start)?;
    sheet.whole(one.source.end)?;
    sheet.next_row();
    Ok(())
}

fn statement(sheet: &mut Sheet<'_>, one: &Statement) -> Result<(), XlsxError> {
    sheet.text(&one.id)?;
    sheet.text(labels::kind(one.kind))?;
    sheet.text(labels::role(one.role))?;
    sheet.optional(one.modality.map(labels::modality))?;
    sheet.optional_whole(one.year)?;
    sheet.text(&one.section.join(" / "))?;
    sheet.text(&one.measure)?;
    sheet.optional(one.entity.as_deref())?;
    sheet.optional(one.direction.map(labels::direction))?;
    sheet.optional(one.comparator.map(labels::comparator))?;
    sheet.amount(one.value.as_ref())?;
    sheet.amount(one.upper.as_ref())?;
    sheet.optional(one.unit.as_ref().map(Unit::as_str))?;
    sheet.optional(one.basis.map(labels::basis))?;
    sheet.optional(one.indicator.as_deref())?;
    sheet.optional(labels::lost(one).then_some("缺失"))?;
    sheet.text(&one.quote)?;
    sheet.text(&one.sentence)?;
    sheet.whole(one.characters.start)?;
    sheet.whole(one.characters.end)?;
    sheet.whole(one.source.start)?;
    sheet.whole(one.source.end)
}

fn judgement(sheet: &mut Sheet<'_>, assessed: &AssessedStatement) -> Result<(), XlsxError> {
    sheet.text(labels::status(assessed.status))?;
    sheet.optional(assessed.reason.as_deref())?;
    let baseline = assessed.baseline.as_ref();
    sheet.optional(baseline.map(|baseline| baseline.statement.as_str()))?;
    sheet.optional_whole(baseline.and_then(|baseline| baseline.year))?;
    match baseline.and_then(|baseline| baseline.change) {
        Some(change) => sheet.decimal(change),
        None => sheet.text(""),
    }
}

fn sources(sheet: &mut Sheet<'_>, assessed: &DocumentAssessment) -> Result<(), XlsxError> {
    let document = &assessed.document;
    let mut row = |class: &str, number: Option<usize>, content: &str| {
        sheet.text(&document.id)?;
        sheet.text(&document.name)?;
        sheet.whole(document.size)?;
        sheet.text(&document.encoding)?;
        sheet.text(&document.hash)?;
        sheet.text(&document.imported_at)?;
        sheet.text(&document.imported_by)?;
        sheet.text(class)?;
        sheet.optional_whole(number)?;
        sheet.text(content)?;
        sheet.next_row();
        Ok::<(), XlsxError>(())
    };
    row("文件", None, "")?;
    for (kind, number) in &document.repairs {
        row("修复", Some(*number), labels::repair(*kind))?;
    }
    document.diagnostics.iter().try_for_each(|remark| row("提示", None, &remark.message))
}
