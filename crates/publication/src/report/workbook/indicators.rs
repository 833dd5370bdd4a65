//! The sheet of indicators.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Workbook, XlsxError};

use super::SHEETS;
use super::sheet::{HEADINGS, Sheet};
use crate::labels;
use crate::report::{IndicatorLine, Report, Sources};

/// What other sheets need to know of this one.
pub(super) struct Lines {
    /// The first and the last row, from 0.
    pub(super) rows: (u32, u32),
    /// The rows that have a completion, from 0.
    pub(super) completed: Vec<u32>,
}

/// The columns: their places are used in formulas.
pub(super) const NAME: u16 = 2;
const PREVIOUS: u16 = 4;
const TARGET: u16 = 6;
const UPPER: u16 = 7;
const RESULT: u16 = 8;
pub(super) const COMPLETION: u16 = 10;
pub(super) const STATUS: u16 = 13;

pub(super) fn write(
    book: &mut Workbook,
    report: &Report,
    sources: Sources,
) -> Result<Lines, XlsxError> {
    let (year, before, next) = (report.year, report.year - 1, report.year + 1);
    let columns = [
        ("序号".to_owned(), 6.0),
        ("领域".to_owned(), 14.0),
        ("指标".to_owned(), 26.0),
        ("单位".to_owned(), 11.0),
        (format!("{before}年"), 12.0),
        ("比较".to_owned(), 6.0),
        (format!("{year}年目标"), 12.0),
        ("目标上限".to_owned(), 9.0),
        (format!("{year}年实际"), 12.0),
        ("时期".to_owned(), 9.0),
        ("完成率（%）".to_owned(), 11.0),
        ("与目标之差".to_owned(), 12.0),
        ("增长（%）".to_owned(), 10.0),
        ("状态".to_owned(), 11.0),
        ("说明".to_owned(), 56.0),
        ("比较".to_owned(), 6.0),
        (format!("{next}年目标"), 12.0),
    ];
    let remark =
        format!("截至{}所知。完成率、与目标之差、增长为公式；空格为台账没有的数。", report.date);
    let title = format!("{}{year}年主要指标完成情况", report.region);
    let mut sheet = Sheet::new(book, SHEETS[0], (&title, &remark), &columns, sources)?;
    let first = sheet.row;
    let mut completed = Vec::new();
    for (number, line) in report.figures.indicators.iter().enumerate() {
        if row(&mut sheet, number + 1, line)? {
            completed.push(sheet.row);
        }
        sheet.next_row()?;
    }
    let last = sheet.row.saturating_sub(1);
    if last >= first {
        sheet.sheet.autofilter(HEADINGS, 0, last, 16)?;
    }
    sheet.finish(NAME + 1, (0, 0))?;
    Ok(Lines { rows: (first, last), completed })
}

/// Writes a line; whether it has a completion.
fn row(sheet: &mut Sheet<'_>, number: usize, line: &IndicatorLine) -> Result<bool, XlsxError> {
    sheet.formula(0, &format!("=ROW()-{}", HEADINGS + 1), Decimal::from(number), false)?;
    sheet.words(1, &line.group)?;
    sheet.words(NAME, &line.name)?;
    sheet.words(3, &line.unit)?;
    let previous = line.previous.as_ref();
    let source = previous.map_or("", |known| known.source.as_str());
    let previous = sheet.amount(PREVIOUS, previous.map(|known| &known.value), source)?;
    let target = line.target.as_ref();
    sheet.words(5, target.map_or("", |(comparator, _)| labels::comparator(*comparator)))?;
    let source = target.map_or("", |(_, known)| known.source.as_str());
    let planned = sheet.amount(TARGET, target.map(|(_, known)| &known.value), source)?;
    sheet.amount(UPPER, target.and_then(|(_, known)| known.upper.as_ref()), "")?;
    let result = line.result.as_ref();
    let source = result.map_or("", |(_, known)| known.source.as_str());
    let reached = sheet.amount(RESULT, result.map(|(_, known)| &known.value), source)?;
    sheet.words(9, if reached && line.part.is_empty() { "全年" } else { &line.part })?;
    let at = sheet.row + 1;
    let completion = line.completion.filter(|_| planned && reached);
    derived(sheet, COMPLETION, completion, |_| format!("=ROUND(I{at}/G{at}*100,1)"))?;
    // Binary fractions would show as 0.1 too much far behind the point.
    let difference = line.difference.filter(|_| planned && reached);
    derived(sheet, 11, difference, |value| format!("=ROUND(I{at}-G{at},{})", value.scale()))?;
    let growth = line.growth.filter(|_| previous && reached);
    derived(sheet, 12, growth, |_| format!("=ROUND((I{at}/E{at}-1)*100,1)"))?;
    sheet.status(STATUS, line.status)?;
    sheet.words(14, &line.reason)?;
    let next = line.next.as_ref();
    sheet.words(15, next.map_or("", |(comparator, _)| labels::comparator(*comparator)))?;
    let source = next.map_or("", |(_, known)| known.source.as_str());
    sheet.amount(16, next.map(|(_, known)| &known.value), source)?;
    Ok(completion.is_some())
}

fn derived(
    sheet: &mut Sheet<'_>,
    column: u16,
    value: Option<Decimal>,
    formula: impl FnOnce(Decimal) -> String,
) -> Result<(), XlsxError> {
    match value {
        Some(value) => sheet.formula(column, &formula(value), value, false),
        None => sheet.blank(column),
    }
}
