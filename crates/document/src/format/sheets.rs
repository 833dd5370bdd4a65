//! Workbooks cell by cell, for forms and tables of data: what stands where, as it is stored.

use std::sync::Arc;

use super::detect::{self, Kind};
use super::{xls, xlsx};
use crate::{MAX_BYTES, ReadError};

/// A sheet of a workbook. Rows and columns count from 1, as in the addresses of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Whether the workbook keeps it out of sight.
    pub hidden: bool,
    /// Its cells that hold something, in the order of rows and columns, one for each place.
    pub cells: Vec<SheetCell>,
    /// Its merged areas; only the first cell of each is of any account.
    pub merged: Vec<SheetArea>,
}

/// A cell that holds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetCell {
    /// Its row, from 1.
    pub row: u32,
    /// Its column, from 1.
    pub column: u32,
    /// What its text is.
    pub kind: CellKind,
    /// Whether a formula made it; then the text is the result that the workbook keeps of it.
    pub formula: bool,
    /// What it holds, by its kind.
    pub text: Arc<str>,
}

/// What the text of a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    /// A text as it was entered, with its spaces and line breaks.
    Text,
    /// A number as a decimal of at most 15 digits, which is all that a spreadsheet keeps: `12.3`.
    Number,
    /// A number that is shown as a percentage, as it is stored: `0.065` where the sheet shows 6.5%.
    Percent,
    /// A number that is shown as a day, a month or a year: `2024-03-05`, `2024-03`, `2024`. A time of day is left out.
    Date,
    /// `TRUE` or `FALSE`.
    Truth,
    /// A formula without a result: its error such as `#DIV/0!`, or nothing where the workbook keeps no result.
    Error,
}

/// A merged area with its first and last row and column, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetArea {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

impl Sheet {
    /// What stands in a place; `None` where nothing does.
    pub fn cell(&self, row: u32, column: u32) -> Option<&SheetCell> {
        let place = |cell: &SheetCell| (cell.row, cell.column);
        let found = self.cells.binary_search_by_key(&(row, column), place).ok()?;
        self.cells.get(found)
    }

    /// The text of a place without white space around it; empty where nothing stands.
    pub fn text(&self, row: u32, column: u32) -> &str {
        self.cell(row, column).map_or("", |cell| cell.text.trim())
    }

    /// The cells of a row.
    pub fn row(&self, row: u32) -> &[SheetCell] {
        let from = self.cells.partition_point(|cell| cell.row < row);
        let to = self.cells.partition_point(|cell| cell.row <= row);
        &self.cells[from..to]
    }

    /// The first place of the merged area that lies over a place; the place itself where none does.
    pub fn origin(&self, row: u32, column: u32) -> (u32, u32) {
        let over = |area: &&SheetArea| {
            (area.top..=area.bottom).contains(&row) && (area.left..=area.right).contains(&column)
        };
        self.merged.iter().find(over).map_or((row, column), |area| (area.top, area.left))
    }

    /// Puts cells into their order and keeps the first of each place.
    pub(super) fn ordered(mut self) -> Self {
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        self.cells.dedup_by_key(|cell| (cell.row, cell.column));
        self
    }
}

impl SheetCell {
    /// Its address, for example `C7`.
    pub fn address(&self) -> String {
        address(self.row, self.column)
    }
}

/// The last column that a sheet can have.
pub(super) const COLUMNS: u32 = 16_384;

/// The last row that a sheet can have.
pub(super) const ROWS: u32 = 1_048_576;

/// The address of a place, which counts from 1.
///
/// ```
/// assert_eq!(document::address(7, 3), "C7");
/// assert_eq!(document::address(1, 28), "AB1");
/// ```
pub fn address(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{row}")
}

/// Row and column of an address, from 1; `None` where it is none.
///
/// ```
/// assert_eq!(document::place("$C$7"), Some((7, 3)));
/// assert_eq!(document::place("C0"), None);
/// ```
pub fn place(address: &str) -> Option<(u32, u32)> {
    let name = address.trim().replace('$', "");
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let (letters, digits) = name.split_at(letters);
    let column = letters
        .bytes()
        .fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row: u32 =
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())??;
    (column <= COLUMNS && (1..=ROWS).contains(&row)).then_some((row, column))
}

/// Reads the sheets of a workbook, hidden ones too, with each cell as it is stored.
///
/// Bytes that are no xlsx or xls are refused with [`ReadError::NoWorkbook`]; damaged, encrypted and oversized ones as
/// [`crate::read`] refuses them.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { size: bytes.len(), limit: MAX_BYTES });
    }
    match detect::kind("", bytes) {
        Ok(Kind::Xlsx) => xlsx::sheets(bytes),
        Ok(Kind::Xls) => xls::sheets(bytes),
        Ok(_) | Err(ReadError::Binary { .. } | ReadError::OldWord) => Err(ReadError::NoWorkbook),
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_places_are_the_same() {
        for (row, column, written) in
            [(1, 1, "A1"), (9, 26, "Z9"), (10, 27, "AA10"), (7, 702, "ZZ7"), (1, 703, "AAA1")]
        {
            assert_eq!(address(row, column), written);
            assert_eq!(place(written), Some((row, column)));
        }
        assert_eq!(address(ROWS, COLUMNS), "XFD1048576");
        assert_eq!(place("XFD1048576"), Some((ROWS, COLUMNS)));
        for none in ["", "A", "7", "A0", "XFE1", "AAAA1", "A1048577", "A-1", "A+1", "甲1", "A1B"] {
            assert_eq!(place(none), None, "{none}");
        }
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        for bytes in [&b""[..], b"a,b\n1,2\n", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"] {
            assert_eq!(sheets(bytes), Err(ReadError::NoWorkbook));
        }
        assert!(matches!(sheets(b"PK\x03\x04"), Err(ReadError::Broken { .. })));
    }
}
