//! Tables of settings and figures as people keep them in CSV files and workbooks: columns found by their heads, rows with
//! their lines.

use std::path::Path;

use csv::StringRecord;

use crate::error::Failure;
use crate::{pipeline, table_sheet, table_text};

/// The largest table of settings, in bytes.
const LARGEST: usize = 16 << 20;

/// A column: its name, and its name in Chinese.
pub(crate) type Column = (&'static str, &'static str);

/// A row of a table: its line, from 1, and its cells in the order of the columns that were asked for.
pub(crate) struct Row {
    pub(crate) line: u64,
    pub(crate) cells: Vec<String>,
}

/// In a workbook the heads stand within so many rows; above them is a title.
pub(crate) const HEADS_WITHIN: usize = 20;

/// Reads a CSV file, in any encoding of Chinese text, or the first sheet of a workbook; the first `needed` of the columns
/// have to be there.
pub(crate) fn read(path: &Path, columns: &[Column], needed: usize) -> Result<Vec<Row>, Failure> {
    rows(path, &bytes_of(path, "一张 CSV 表")?, columns, needed)
}

/// The same of a table that is there already; `path` is what it is called.
pub(crate) fn rows(
    path: &Path,
    bytes: &[u8],
    columns: &[Column],
    needed: usize,
) -> Result<Vec<Row>, Failure> {
    let fault = |said: String| Failure::Input(format!("{}：{said}", path.display()));
    let (book, mut records) = records(path, bytes)?;
    if records.is_empty() {
        // So that it is told which columns an empty table should have.
        records.push((1, StringRecord::new()));
    }
    let titled = |(_, record): &(u64, StringRecord)| {
        columns.iter().any(|column| record.iter().any(|head| fits(column, head)))
    };
    let head = match book {
        true => records.iter().take(HEADS_WITHIN).position(titled).unwrap_or_default(),
        false => 0,
    };
    let Some((line, heads)) = records.get(head) else { return Ok(Vec::new()) };
    let places = places(heads, columns, needed);
    let places = places.map_err(|said| fault(format!("第 {line} 行：{said}")))?;
    let below = records.iter().skip(head + 1);
    let rows = below.map(|(line, record)| {
        let cell = |place: &Option<usize>| {
            place.and_then(|place| record.get(place)).unwrap_or("").to_owned()
        };
        Row { line: *line, cells: places.iter().map(cell).collect() }
    });
    let rows: Vec<Row> = rows.collect();
    if rows.is_empty() {
        return Err(fault("没有数据行".to_owned()));
    }
    Ok(rows)
}

/// The rows of a CSV file or of the first sheet of a workbook that hold something, each with its line, and whether it is a
/// workbook.
pub(crate) fn records(
    path: &Path,
    bytes: &[u8],
) -> Result<(bool, Vec<(u64, StringRecord)>), Failure> {
    let book = table_text::is_workbook(bytes);
    let records = if book { table_sheet::records(bytes) } else { text_records(bytes) };
    let records = records.map_err(|said| Failure::Input(format!("{}：{said}", path.display())))?;
    Ok((book, records))
}

/// The rows of a CSV file that hold something, each with its line; the first whatever it holds, as it is the heads.
fn text_records(bytes: &[u8]) -> Result<Vec<(u64, StringRecord)>, String> {
    let records = table_text::records(bytes)?.into_iter().enumerate();
    let holds =
        |place: usize, record: &StringRecord| place == 0 || !record.iter().all(str::is_empty);
    Ok(records.filter(|(place, (_, record))| holds(*place, record)).map(|(_, row)| row).collect())
}

/// Whether a head is that of a column.
fn fits((name, chinese): &Column, head: &str) -> bool {
    head == *chinese || head.eq_ignore_ascii_case(name)
}

/// Where the columns stand.
fn places(
    heads: &StringRecord,
    columns: &[Column],
    needed: usize,
) -> Result<Vec<Option<usize>>, String> {
    let mut places = Vec::with_capacity(columns.len());
    for (number, column) in columns.iter().enumerate() {
        let place = table_text::place(heads, |head| fits(column, head))?;
        if place.is_none() && number < needed {
            let (name, chinese) = column;
            return Err(format!("没有 {name}（{chinese}）列"));
        }
        places.push(place);
    }
    Ok(places)
}

/// The text of a TOML file of at most so many bytes; without a limit of its own, of what tables may have.
pub(crate) fn toml_text(
    path: &Path,
    expected: &str,
    most: Option<usize>,
) -> Result<String, Failure> {
    let bytes = bytes_within(path, expected, most.unwrap_or(LARGEST))?;
    let wrong = |_| Failure::Input(format!("{}：不是 UTF-8 的 TOML", path.display()));
    String::from_utf8(bytes).map_err(wrong)
}

/// The bytes of a file of a sensible size.
pub(crate) fn bytes_of(path: &Path, expected: &str) -> Result<Vec<u8>, Failure> {
    bytes_within(path, expected, LARGEST)
}

fn bytes_within(path: &Path, expected: &str, most: usize) -> Result<Vec<u8>, Failure> {
    pipeline::bytes_of(path, most, expected, |size| {
        let path = path.display();
        Failure::Input(format!("文件过大：{path}（{size} 字节，上限为 {most} 字节）"))
    })
}

impl Row {
    /// A refusal of the row.
    pub(crate) fn fault(&self, path: &Path, said: impl std::fmt::Display) -> Failure {
        Failure::Input(format!("{}：第 {} 行：{said}", path.display(), self.line))
    }
}
