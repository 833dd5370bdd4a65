//! The sheet of projects, with the sums that the report tells.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Workbook, XlsxError};
use terms::Amount;

use super::SHEETS;
use super::sheet::Sheet;
use crate::report::{Report, Sources};

pub(super) fn write(
    book: &mut Workbook,
    report: &Report,
    sources: Sources,
) -> Result<(), XlsxError> {
    let columns = [
        ("层级", 10.0),
        ("项目", 36.0),
        ("计划投资（亿元）", 16.0),
        ("完成投资（亿元）", 16.0),
        ("完成率（%）", 12.0),
        ("状态", 10.0),
    ];
    let columns = columns.map(|(words, width)| (words.to_owned(), width));
    let title = format!("{}{}年重大项目投资", report.region, report.year);
    let remark = format!("截至{}所知。合计、小计、完成率为公式；缺数的项目不计入。", report.date);
    let mut sheet = Sheet::new(book, SHEETS[1], (&title, &remark), &columns, sources)?;
    let first = sheet.row + 1;
    for line in &report.figures.projects {
        sheet.words(0, &line.level)?;
        sheet.words(1, &line.name)?;
        let planned = line.planned.map(Amount::from);
        let actual = line.actual.map(Amount::from);
        let known = sheet.amount(2, planned.as_ref(), &line.source)?;
        let known = sheet.amount(3, actual.as_ref(), &line.source)? && known;
        let at = sheet.row + 1;
        match line.rate.filter(|_| known) {
            Some(rate) => sheet.formula(4, &format!("=ROUND(D{at}/C{at}*100,1)"), rate, false)?,
            None => sheet.blank(4)?,
        }
        sheet.words(5, &line.state)?;
        sheet.next_row()?;
    }
    let last = sheet.row;
    for total in &report.figures.project_totals {
        let whole = total.level.is_empty();
        sheet.words(0, if whole { "合计" } else { &total.level })?;
        sheet.words(1, &if whole { String::new() } else { format!("{}小计", total.level) })?;
        let at = sheet.row + 1;
        // Only projects of which both numbers are known count.
        let level = if whole { String::new() } else { format!("*($A${first}:$A${last}=$A{at})") };
        let both = format!("ISNUMBER($C${first}:$C${last})*ISNUMBER($D${first}:$D${last}){level}");
        let sum = |column: char, value: Decimal| {
            let range = format!("${column}${first}:${column}${last}");
            format!("=ROUND(SUMPRODUCT({both},{range}),{})", value.scale())
        };
        sheet.formula(2, &sum('C', total.planned), total.planned, true)?;
        sheet.formula(3, &sum('D', total.actual), total.actual, true)?;
        match total.rate {
            Some(rate) => sheet.formula(4, &format!("=ROUND(D{at}/C{at}*100,1)"), rate, true)?,
            None => sheet.blank(4)?,
        }
        sheet.blank(5)?;
        sheet.next_row()?;
    }
    sheet.finish(2, (0, 0))
}
