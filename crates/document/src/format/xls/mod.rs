//! Workbooks of Excel 97 to 2003.
//!
//! A small file of this kind can describe a workbook of any size, so it is looked through before it is read: the
//! container (`container`), then the records (`records`, `strings`). The reader gets what was found sound.

mod container;
mod formats;
mod records;
mod strings;

use std::collections::{HashMap, HashSet};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Dimensions, Range, Reader, SheetVisible, Xls};
use terms::{Diagnostic, Severity};

use super::Raw;
use super::number::Style;
use super::sheets::{CellKind, Sheet, SheetArea, SheetCell};
use super::writer::{Extent, Placed, Words, Writer};
use super::xlsx::AREAS;
use crate::ReadError;
use crate::repair::{Cell, Tape};
use formats::Formats;

const KIND: &str = "xls";

/// The largest file of this kind that is read: what is kept of it in memory grows with its size.
const LARGEST: usize = 16 << 20;

/// The last column that a sheet has.
const LAST_COLUMN: u16 = 255;

/// How often the merged areas of a sheet may lie over each of its places. They do not overlap, but some programs
/// write the same one again and again.
const LAYERS: usize = 16;

/// A workbook in memory.
type Book = Xls<Cursor<Vec<u8>>>;

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Raw<'static>, ReadError> {
    let (mut book, _) = open(bytes, false)?;
    let mut writer = Writer::default();
    let mut at = 0;
    let mut fraction = false;
    for name in visible(&book) {
        // One at a time, for each is copied.
        let range =
            book.worksheet_range(&name).map_err(|error| broken("工作表", &error.to_string()))?;
        let merged =
            Merged::new(&range, &book.merge_cells_by_sheet_name(&name).unwrap_or_default())?;
        let mut rows = Vec::new();
        for (row, cells) in range.rows().enumerate() {
            // A row without words is a line without cells, however wide the sheet is.
            if cells.iter().all(|data| matches!(data, Data::Empty)) {
                rows.push(Vec::new());
                continue;
            }
            let mut placed = Vec::new();
            for (column, data) in cells.iter().enumerate() {
                let Some((rows, columns)) = merged.room(row, column) else { continue };
                fraction |=
                    matches!(data, Data::Float(value) if value.abs() < 1.0 && *value != 0.0);
                placed.push(Placed {
                    extent: Extent { column, columns, rows },
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

fn broken(part: &str, reason: &str) -> ReadError {
    super::broken(KIND, part, reason)
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

/// Opens a workbook; with its `hidden` sheets if they are asked for.
fn open(bytes: &[u8], hidden: bool) -> Result<(Book, Formats), ReadError> {
    if bytes.len() > LARGEST {
        return Err(ReadError::TooLarge { size: bytes.len(), limit: LARGEST });
    }
    // The readers of this format index into what the file describes, and a damaged file may describe it wrongly.
    // They hold nothing that outlives the call, so a panic of theirs is an error of the file.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let (stream, formats) = records::vetted(&container::stream(bytes)?, hidden)?;
        let book = Xls::new(Cursor::new(container::packed(&stream)?))
            .map_err(|error| broken("工作簿", &error.to_string()))?;
        Ok((book, formats))
    }));
    read.unwrap_or_else(|_| Err(broken("工作簿", "记录不完整")))
}

/// The sheets of a workbook with each cell as it is stored. Of sheets with the same name only the first is kept.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    let (mut book, formats) = open(bytes, true)?;
    let mut known = HashSet::new();
    let mut sheets = Vec::new();
    for (number, found) in book.sheets_metadata().to_vec().into_iter().enumerate() {
        if !known.insert(found.name.clone()) {
            continue;
        }
        let range = book
            .worksheet_range(&found.name)
            .map_err(|error| broken("工作表", &error.to_string()))?;
        let (top, left) = range.start().unwrap_or((0, 0));
        let cells = range.used_cells().map(|(row, column, data)| {
            let (row, column) = (top + row as u32, left + column as u32);
            let place = (number, row as u16, column as u16);
            let (kind, text) = stored(data, &formats.of(place), formats.from_1904);
            let formula = formats.is_formula(place);
            SheetCell { row: row + 1, column: column + 1, kind, formula, text: text.into() }
        });
        let cells = cells.filter(|cell| !cell.text.is_empty()).collect();
        let merged = book.merge_cells_by_sheet_name(&found.name).unwrap_or_default();
        let sound = |area: &&Dimensions| area.start.0 <= area.end.0 && area.start.1 <= area.end.1;
        let merged = merged.iter().filter(sound).map(|area| SheetArea {
            top: area.start.0 + 1,
            left: area.start.1 + 1,
            bottom: area.end.0 + 1,
            right: area.end.1 + 1,
        });
        let mut merged: Vec<SheetArea> = merged.collect();
        merged.sort_unstable_by_key(|area| (area.top, area.left, area.bottom, area.right));
        merged.dedup();
        if merged.len() > AREAS {
            return Err(ReadError::Inflated { limit: AREAS });
        }
        let hidden = found.visible != SheetVisible::Visible;
        sheets.push(Sheet { name: found.name, hidden, cells, merged }.ordered());
    }
    Ok(sheets)
}

/// What a cell holds.
fn stored(data: &Data, style: &Style, from_1904: bool) -> (CellKind, String) {
    match data {
        Data::Int(value) => style.stored(&value.to_string(), from_1904),
        Data::Float(value) => style.stored(&value.to_string(), from_1904),
        Data::DateTime(date) => style.stored(&date.as_f64().to_string(), from_1904),
        Data::Bool(true) => (CellKind::Truth, "TRUE".to_owned()),
        Data::Bool(false) => (CellKind::Truth, "FALSE".to_owned()),
        Data::Error(error) => (CellKind::Error, error.to_string()),
        Data::Empty => (CellKind::Text, String::new()),
        other => (CellKind::Text, other.to_string()),
    }
}

/// The names of the sheets that are shown. Of sheets with the same name only one is kept, and it is read once.
fn visible(book: &Book) -> Vec<String> {
    let mut known = HashSet::new();
    book.sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible && known.insert(&sheet.name))
        .map(|sheet| sheet.name.clone())
        .collect()
}

/// The merged areas of a sheet. Rows and columns count from its first cell.
struct Merged {
    /// The rows and columns of an area, by its first place.
    areas: HashMap<(usize, usize), (usize, usize)>,
    /// For each place of the sheet whether an area lies over it; empty if there is none.
    covered: Vec<bool>,
    /// How many columns the sheet has.
    width: usize,
}

impl Merged {
    fn new(range: &Range<Data>, merged: &[Dimensions]) -> Result<Self, ReadError> {
        let (height, width) = range.get_size();
        let mut known = Merged { areas: HashMap::new(), covered: Vec::new(), width };
        let (Some(first), Some(last)) = (range.start(), range.end()) else { return Ok(known) };
        let mut left = LAYERS.saturating_mul(height * width);
        for area in merged {
            let (top, bottom) = (area.start.0.max(first.0), area.end.0.min(last.0));
            let (start, end) = (area.start.1.max(first.1), area.end.1.min(last.1));
            if top > bottom || start > end {
                continue;
            }
            known.covered.resize(height * width, false);
            let columns = (end - start) as usize + 1;
            left = left
                .checked_sub(columns * ((bottom - top) as usize + 1))
                .ok_or_else(|| broken("合并单元格", "区域互相重叠"))?;
            let corner = ((top - first.0) as usize, (start - first.1) as usize);
            let free = !known.covered[corner.0 * width + corner.1];
            if free && (top, start) == area.start {
                let right = area.end.1.min(LAST_COLUMN.into());
                let room = ((area.end.0 - top) as usize + 1, (right - start) as usize + 1);
                known.areas.insert(corner, room);
            }
            for row in corner.0..=corner.0 + (bottom - top) as usize {
                let from = row * width + corner.1;
                known.covered[from..from + columns].fill(true);
            }
        }
        Ok(known)
    }

    /// How many rows and columns a cell reaches over; `None` if an area lies over it that begins elsewhere.
    fn room(&self, row: usize, column: usize) -> Option<(usize, usize)> {
        if !self.covered.get(row * self.width + column).is_some_and(|covered| *covered) {
            return Some((1, 1));
        }
        self.areas.get(&(row, column)).copied()
    }
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
