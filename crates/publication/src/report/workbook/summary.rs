//! The sheet that sums up: how many indicators stand where, and how far each came, as charts.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Chart, ChartType, Workbook, XlsxError};
use terms::Status;

use super::SHEETS;
use super::indicators::{COMPLETION, Lines, NAME, STATUS};
use super::sheet::{HEADINGS, Sheet};
use crate::report::{Report, Sources};

/// How many rows and columns a chart takes.
const CHART: (u32, u16) = (18, 8);

pub(super) fn write(book: &mut Workbook, report: &Report, lines: &Lines) -> Result<(), XlsxError> {
    let columns = [("状态".to_owned(), 14.0), ("项数".to_owned(), 10.0)];
    let title = format!("{}{}年主要指标汇总", report.region, report.year);
    let remark = format!("截至{}所知。项数为公式，按“{}”的行计。", report.date, SHEETS[0]);
    let words = (title.as_str(), remark.as_str());
    let mut sheet = Sheet::new(book, SHEETS[2], words, &columns, Sources::Hidden)?;
    let (from, to) = (lines.rows.0 + 1, lines.rows.1 + 1);
    let column = char::from(b'A' + u8::try_from(STATUS).unwrap_or_default());
    let range = format!("'{}'!${column}${from}:${column}${to}", SHEETS[0]);
    let first = sheet.row;
    for status in Status::ALL {
        let all = report.figures.indicators.iter();
        let count = all.filter(|line| line.status == Some(*status)).count();
        if count > 0 {
            sheet.status(0, Some(*status))?;
            let at = sheet.row + 1;
            let formula = format!("=COUNTIF({range},A{at})");
            sheet.formula(1, &formula, Decimal::from(count), false)?;
            sheet.next_row()?;
        }
    }
    let last = sheet.row.saturating_sub(1);
    if sheet.row > first {
        sheet.words(0, "合计")?;
        let counted = report.figures.indicators.iter().filter(|line| line.status.is_some());
        let sum = format!("=SUM(B{}:B{})", first + 1, last + 1);
        sheet.formula(1, &sum, Decimal::from(counted.count()), true)?;
        sheet.next_row()?;
        let mut chart = Chart::new(ChartType::Column);
        chart
            .add_series()
            .set_name("项数")
            .set_categories((SHEETS[2], first, 0, last, 0))
            .set_values((SHEETS[2], first, 1, last, 1));
        chart.title().set_name("各状态项数");
        chart.legend().set_hidden();
        chart.set_alt_text("各状态的指标项数，数见左表");
        sheet.sheet.insert_chart(HEADINGS, 3, &chart)?;
    }
    if let (Some(one), Some(other)) = (lines.completed.first(), lines.completed.last()) {
        let mut chart = Chart::new(ChartType::Bar);
        chart
            .add_series()
            .set_name("完成率（%）")
            .set_categories((SHEETS[0], *one, NAME, *other, NAME))
            .set_values((SHEETS[0], *one, COMPLETION, *other, COMPLETION));
        chart.title().set_name("完成率（%）");
        chart.legend().set_hidden();
        chart.set_alt_text("各指标的完成率，数见“主要指标”表");
        sheet.sheet.insert_chart(HEADINGS + CHART.0, 3, &chart)?;
    }
    sheet.finish(0, (HEADINGS + CHART.0 * 2, 3 + CHART.1))
}
