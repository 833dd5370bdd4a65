//! Workbooks of Excel 97 to 2003.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Dimensions, Range, Reader, SheetVisible, Xls};
use terms::{Diagnostic, Severity};

use super::Raw;
use super::number::Style;
use super::writer::{Extent, Placed, Words, Writer};
use crate::ReadError;
use crate::repair::{Cell, Tape};

const KIND: &str = "xls";

/// The largest file of this kind that is read: a short file may describe sheets of many gigabytes, and their size
/// grows with the file's.
const LARGEST: usize = 16 << 20;

/// A sheet: its name, its cells and its merged areas.
type Sheet = (String, Range<Data>, Vec<Dimensions>);

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Raw<'static>, ReadError> {
    if bytes.len() > LARGEST {
        return Err(ReadError::TooLarge { size: bytes.len(), limit: LARGEST });
    }
    let mut writer = Writer::default();
    let mut at = 0;
    let mut fraction = false;
    for (name, range, merged) in sheets(bytes)? {
        let (first_row, first_column) = range.start().unwrap_or((0, 0));
        let mut rows = Vec::new();
        for (row, cells) in range.rows().enumerate() {
            let row_number = first_row + row as u32;
            let mut placed = Vec::new();
            for (column, data) in cells.iter().enumerate() {
                let column_number = first_column + column as u32;
                let area = merged.iter().find(|area| area.contains(row_number, column_number));
                if area.is_some_and(|area| area.start != (row_number, column_number)) {
                    continue;
                }
                let (height, width) = area.map_or((1, 1), |area| {
                    (
                        (area.end.0 - area.start.0) as usize + 1,
                        (area.end.1 - area.start.1) as usize + 1,
                    )
                });
                fraction |=
                    matches!(data, Data::Float(value) if value.abs() < 1.0 && *value != 0.0);
                placed.push(Placed {
                    extent: Extent { column, columns: width, rows: height },
                    words: words(&shown(data), &mut at),
                });
            }
            rows.push(placed);
        }
        if !range.is_empty() {
            let mut start = at;
            writer.line(&words(&name, &mut start))?;
            writer.table(rows)?;
        }
    }
    let (tape, tables) = writer.finish(Tape::new());
    let diagnostics = fraction.then(formats).into_iter().collect();
    Ok(Raw { text: tape.into(), tables, encoding: "XLS".to_owned(), diagnostics })
}

/// The remark that cells may show other numbers than they hold.
fn formats() -> Diagnostic {
    Diagnostic {
        severity: Severity::Warning,
        code: "number-format-unknown".to_owned(),
        message: "xls 文件的百分比格式读不出来，单元格中小于 1 的小数可能是百分数：请核对，或另存为 xlsx 再读取"
            .to_owned(),
        span: None,
    }
}

fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    let broken = |reason: String| super::broken(KIND, "工作簿", &reason);
    // The reader of this format indexes into records that the file describes, and a damaged file may describe them
    // wrongly. It holds nothing that outlives the call, so a panic of it is an error of the file.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
        let visible: Vec<String> = book
            .sheets_metadata()
            .iter()
            .filter(|sheet| sheet.visible == SheetVisible::Visible)
            .map(|sheet| sheet.name.clone())
            .collect();
        let mut sheets = Vec::new();
        for name in visible {
            let range = book.worksheet_range(&name).map_err(|error| broken(error.to_string()))?;
            let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
            sheets.push((name, range, merged));
        }
        Ok(sheets)
    }));
    read.unwrap_or_else(|_| Err(broken("记录不完整".to_owned())))
}

fn shown(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::Float(value) => Style::default().show(&value.to_string(), false),
        Data::DateTime(date) if date.is_datetime() => {
            Style::built_in(14).show(&date.as_f64().to_string(), false)
        }
        Data::DateTime(date) => Style::default().show(&date.as_f64().to_string(), false),
        other => other.to_string(),
    }
}

/// The words of a cell; sources count the bytes of the text that is taken out.
fn words(text: &str, at: &mut usize) -> Vec<Cell> {
    let mut words = Words::default();
    for character in text.chars() {
        // A line break in a cell parts words.
        let shown = if character == '\n' { ' ' } else { character };
        words.push(Cell::new(shown, *at, *at + character.len_utf8()));
        *at += character.len_utf8();
    }
    words.take_trimmed()
}
