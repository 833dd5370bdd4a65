//! Tables of settings and figures in workbooks: the rows of the first sheet that is shown, as a CSV file would have them.

use csv::StringRecord;
use document::{CellKind, Sheet, SheetCell};
use rust_decimal::Decimal;

/// The rows that hold something, each with its number from 1. A percentage is written as one, so that it is never taken for
/// the number that a spreadsheet keeps of it.
///
/// # Errors
/// Where the workbook cannot be read or shows no sheet.
pub(crate) fn records(bytes: &[u8]) -> Result<Vec<(u64, StringRecord)>, String> {
    let sheets = document::sheets(bytes).map_err(|error| error.to_string())?;
    let shown = sheets.iter().find(|sheet| !sheet.hidden);
    let Sheet { cells, .. } = shown.ok_or_else(|| "工作簿里没有可见的工作表".to_owned())?;
    let rows = cells.chunk_by(|one, next| one.row == next.row);
    Ok(rows.filter_map(record).collect())
}

/// The texts of a row, each in the place of its column; `None` where all are empty.
fn record(cells: &[SheetCell]) -> Option<(u64, StringRecord)> {
    let last = cells.last()?;
    let mut texts = vec![String::new(); usize::try_from(last.column).ok()?];
    for cell in cells {
        let place = usize::try_from(cell.column).ok()?.checked_sub(1)?;
        *texts.get_mut(place)? = text(cell);
    }
    let holds = texts.iter().any(|text| !text.is_empty());
    holds.then(|| (u64::from(last.row), StringRecord::from(texts)))
}

fn text(cell: &SheetCell) -> String {
    let kept = cell.text.trim();
    let percent = (cell.kind == CellKind::Percent)
        .then(|| Decimal::from_str_exact(kept).ok()?.checked_mul(Decimal::ONE_HUNDRED))
        .flatten();
    percent.map_or_else(|| kept.to_owned(), |percent| format!("{}%", percent.normalize()))
}
