//! Tables of settings as people keep them in CSV files: columns found by their heads, rows with their lines.

use std::path::Path;

use crate::error::Failure;
use crate::{pipeline, table_text};

/// The largest table of settings, in bytes.
const LARGEST: usize = 16 << 20;

/// A column: its name, and its name in Chinese.
pub(super) type Column = (&'static str, &'static str);

/// A row of a table: its line, from 1, and its cells in the order of the columns that were asked for.
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
}

/// Reads a CSV file, in any encoding of Chinese text; the first `needed` of the columns have to be there.
pub(super) fn read(path: &Path, columns: &[Column], needed: usize) -> Result<Vec<Row>, Failure> {
    let bytes = bytes_of(path, "一张 CSV 表")?;
    let fault = |said: String| Failure::Input(format!("{}：{said}", path.display()));
    let text = table_text::decoded(&bytes).map_err(fault)?;
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let broken = |error: csv::Error| fault(table_text::broken(&error));
    let heads = reader.headers().map_err(broken)?.clone();
    let mut places = Vec::with_capacity(columns.len());
    for (number, (name, chinese)) in columns.iter().enumerate() {
        let fits = |head: &str| head == *chinese || head.eq_ignore_ascii_case(name);
        let place = table_text::column(&heads, fits).map_err(fault)?;
        if place.is_none() && number < needed {
            return Err(fault(format!("第 1 行：没有 {name}（{chinese}）列")));
        }
        places.push(place);
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        let cell = |place: &Option<usize>| {
            place.and_then(|place| record.get(place)).unwrap_or("").to_owned()
        };
        let line = record.position().map_or(0, csv::Position::line);
        rows.push(Row { line, cells: places.iter().map(cell).collect() });
    }
    if rows.is_empty() {
        return Err(fault("没有数据行".to_owned()));
    }
    Ok(rows)
}

/// The text of a TOML file of at most so many bytes; without a limit of its own, of what tables may have.
pub(super) fn toml_text(
    path: &Path,
    expected: &str,
    most: Option<usize>,
) -> Result<String, Failure> {
    let bytes = bytes_within(path, expected, most.unwrap_or(LARGEST))?;
    let wrong = |_| Failure::Input(format!("{}：不是 UTF-8 的 TOML", path.display()));
    String::from_utf8(bytes).map_err(wrong)
}

/// The bytes of a file of a sensible size.
pub(super) fn bytes_of(path: &Path, expected: &str) -> Result<Vec<u8>, Failure> {
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
    pub(super) fn fault(&self, path: &Path, said: impl std::fmt::Display) -> Failure {
        Failure::Input(format!("{}：第 {} 行：{said}", path.display(), self.line))
    }
}
