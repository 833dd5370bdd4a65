//! Tables in workbooks: the rows of the first sheet that is shown.

use csv::StringRecord;
use document::{CellKind, SheetCell};
use rust_decimal::Decimal;

/// The rows with their numbers from 1, each cell as it is read, in the place of its column; `blank` where there is none.
///
/// # Errors
/// Where the workbook cannot be read or shows no sheet.
pub(crate) fn rows<T: Clone>(
    bytes: &[u8],
    blank: &T,
    read: impl Fn(&SheetCell) -> T,
) -> Result<Vec<(usize, Vec<T>)>, String> {
    let sheets = document::sheets(bytes).map_err(|error| error.to_string())?;
    let shown = sheets.iter().find(|sheet| !sheet.hidden);
    let sheet = shown.ok_or_else(|| "工作簿里没有可见的工作表".to_owned())?;
    let rows = sheet.cells.chunk_by(|one, next| one.row == next.row);
    Ok(rows
        .map(|cells| {
            let number = cells.first().map_or(0, |cell| cell.row as usize);
            let mut row = Vec::new();
            for cell in cells {
                row.resize((cell.column as usize).saturating_sub(1), blank.clone());
                row.push(read(cell));
            }
            (number, row)
        })
        .collect())
}

/// The rows that hold something, as a CSV file would have them. A percentage is written as one, so that it is never taken
/// for the number that a spreadsheet keeps of it, and a formula without a result is not taken for an empty cell.
///
/// # Errors
/// As [`rows`].
pub(crate) fn records(bytes: &[u8]) -> Result<Vec<(u64, StringRecord)>, String> {
    let mut rows = rows(bytes, &String::new(), text)?;
    rows.retain(|(_, row)| row.iter().any(|text| !text.is_empty()));
    let record = |(number, row)| (u64::try_from(number).unwrap_or(u64::MAX), row);
    Ok(rows.into_iter().map(record).map(|(number, row)| (number, row.into())).collect())
}

fn text(cell: &SheetCell) -> String {
    let kept = cell.text.trim();
    if cell.kind == CellKind::Error && kept.is_empty() {
        return "公式没有结果".to_owned();
    }
    let percent = (cell.kind == CellKind::Percent)
        .then(|| Decimal::from_str_exact(kept).ok()?.checked_mul(Decimal::ONE_HUNDRED))
        .flatten();
    percent.map_or_else(|| kept.to_owned(), |percent| format!("{}%", percent.normalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_without_a_result_is_no_empty_cell_and_a_percentage_stays_one() {
        for (kind, written, shown) in [
            (CellKind::Error, "", "公式没有结果"),
            (CellKind::Error, "#DIV/0!", "#DIV/0!"),
            (CellKind::Percent, "0.125", "12.5%"),
            (CellKind::Number, " 7 ", "7"),
        ] {
            let cell = SheetCell { row: 2, column: 3, kind, formula: true, text: written.into() };
            assert_eq!(text(&cell), shown);
        }
    }
}
