//! Cells of tables, read and written as every table of figures does.

use std::path::Path;

use rust_decimal::Decimal;
use terms::{Amount, Period};

use crate::error::Failure;
use crate::table_file::Row;

/// The text of the first of some cells that is not empty, such as those of two heads for one column.
pub(crate) fn text<'a>(row: &'a Row, places: &[usize]) -> &'a str {
    let cells = places.iter().filter_map(|place| row.cells.get(*place));
    cells.map(String::as_str).find(|cell| !cell.is_empty()).unwrap_or_default()
}

/// The same, which may not be empty.
pub(crate) fn needed<'a>(
    file: &Path,
    row: &'a Row,
    places: &[usize],
    name: &str,
) -> Result<&'a str, Failure> {
    match text(row, places) {
        "" => Err(row.fault(file, format!("没有 {name}"))),
        cell => Ok(cell),
    }
}

/// A number of a row.
pub(crate) fn number(
    file: &Path,
    row: &Row,
    places: &[usize],
    name: &str,
) -> Result<Decimal, Failure> {
    let written = needed(file, row, places, name)?;
    exact(written).ok_or_else(|| row.fault(file, format!("{name}“{written}”（应为十进制数）")))
}

/// An exact decimal, as people write it.
pub(crate) fn exact(written: &str) -> Option<Decimal> {
    written.parse::<Amount>().ok()?.exact()
}

/// A period of a row.
pub(crate) fn period(
    file: &Path,
    row: &Row,
    places: &[usize],
    name: &str,
) -> Result<Period, Failure> {
    let written = needed(file, row, places, name)?;
    written.parse().map_err(|error: terms::InvalidPeriod| row.fault(file, error))
}

/// A number that was computed, without what only pads it.
pub(crate) fn plain(number: Decimal) -> String {
    number.round_dp(10).normalize().to_string()
}

/// A percentage with two decimals.
pub(crate) fn percent(number: Decimal) -> String {
    format!("{:.2}%", number.round_dp(2))
}
