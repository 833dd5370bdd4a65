//! Workbooks of Excel 2007 and later: a table a sheet, figures as the sheet shows them.
//!
//! The sheets are read as XML, because what a cell shows (`6.5%` for 0.065) and where it stands in the file are
//! both wanted.

use std::collections::HashMap;

use terms::{Diagnostic, Severity};

use super::Raw;
use super::archive::Archive;
use super::number::Style;
use super::writer::{Extent, Placed, Words, Writer};
use super::xml::{Element, Step, Xml};
use crate::ReadError;
use crate::repair::{Cell, Tape};

const KIND: &str = "xlsx";

/// The last column that a sheet can have.
const COLUMNS: usize = 16_384;

/// The last row that a sheet can have.
const ROWS: usize = 1_048_576;

/// How many merged areas a sheet may have: each row is compared with all that reach it.
const AREAS: usize = 5000;

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Raw<'static>, ReadError> {
    let mut archive = Archive::open(bytes, KIND)?;
    let book = Book::read(&mut archive)?;
    let mut writer = Writer::default();
    let mut diagnostics = Vec::new();
    let mut parts = Vec::new();
    let mut base = 0;
    for (name, part, hidden) in &book.sheets {
        if *hidden {
            diagnostics.push(skipped(name));
            continue;
        }
        let Some(text) = archive.text(part)? else { continue };
        let sheet = Sheet::read(Xml::new(&text, KIND, part, base), &book)?;
        if !sheet.cells.is_empty() {
            let title: Vec<Cell> =
                name.chars().map(|character| Cell::new(character, base, base)).collect();
            writer.line(&title)?;
            writer.table(sheet.placed())?;
        }
        parts.push(super::one_line(part));
        base += text.len();
    }
    if archive.has("xl/vbaProject.bin") {
        diagnostics.push(super::docx::macros());
    }
    let (tape, tables) = writer.finish(Tape::new());
    Ok(Raw {
        text: tape.into(),
        tables,
        encoding: format!("XLSX {}", parts.join(" + ")),
        diagnostics,
    })
}

/// The remark that a sheet is hidden.
fn skipped(name: &str) -> Diagnostic {
    Diagnostic {
        severity: Severity::Note,
        code: "hidden-sheet".to_owned(),
        message: format!("工作表“{}”是隐藏的，没有读取", super::one_line(name)),
        span: None,
    }
}

/// What the sheets of a workbook share.
#[derive(Default)]
struct Book {
    /// Name, part and whether it is hidden.
    sheets: Vec<(String, String, bool)>,
    strings: Vec<String>,
    styles: Vec<Style>,
    /// Whether dates count from 1904.
    from_1904: bool,
}

impl Book {
    fn read(archive: &mut Archive<'_>) -> Result<Self, ReadError> {
        let mut book = Book::default();
        let mut parts = HashMap::new();
        let relations = "xl/_rels/workbook.xml.rels";
        if let Some(text) = archive.text(relations)? {
            let mut xml = Xml::new(&text, KIND, relations, 0);
            while let Some(step) = xml.step()? {
                if let Step::Open(element) = step
                    && let (Some(id), Some(target)) = (element.value("Id"), element.value("Target"))
                {
                    parts.insert(id, target);
                }
            }
        }
        let part = "xl/workbook.xml";
        if let Some(text) = archive.text(part)? {
            let mut xml = Xml::new(&text, KIND, part, 0);
            while let Some(step) = xml.step()? {
                if let Step::Open(element) = step {
                    book.workbook(&element, &parts);
                }
            }
        }
        if let Some(text) = archive.text("xl/sharedStrings.xml")? {
            book.strings = strings(Xml::new(&text, KIND, "xl/sharedStrings.xml", 0))?;
        }
        if let Some(text) = archive.text("xl/styles.xml")? {
            book.styles = styles(Xml::new(&text, KIND, "xl/styles.xml", 0))?;
        }
        Ok(book)
    }

    fn workbook(&mut self, element: &Element<'_>, parts: &HashMap<String, String>) {
        match element.name() {
            "sheet" => {
                let Some(target) = element.value("id").and_then(|id| parts.get(&id).cloned())
                else {
                    return;
                };
                let part = match target.strip_prefix('/') {
                    Some(absolute) => absolute.to_owned(),
                    None => format!("xl/{target}"),
                };
                let hidden = element.value("state").is_some_and(|state| state != "visible");
                self.sheets.push((element.value("name").unwrap_or_default(), part, hidden));
            }
            "workbookPr" => {
                self.from_1904 =
                    element.value("date1904").is_some_and(|value| value == "1" || value == "true");
            }
            _ => {}
        }
    }
}

/// The strings that cells name by number. Phonetic guides are no part of them.
fn strings(mut xml: Xml<'_>) -> Result<Vec<String>, ReadError> {
    let mut strings = Vec::new();
    let (mut text, mut guide) = (false, false);
    while let Some(step) = xml.step()? {
        match step {
            Step::Open(element) => match element.name() {
                "si" => strings.push(String::new()),
                "rPh" => guide = true,
                "t" => text = true,
                _ => {}
            },
            Step::Close(name) => match name.as_str() {
                "rPh" => guide = false,
                "t" => text = false,
                _ => {}
            },
            Step::Text(cells) => {
                if let Some(last) = strings.last_mut().filter(|_| text && !guide) {
                    last.extend(cells.iter().map(|cell| cell.character));
                }
            }
        }
    }
    Ok(strings)
}

/// How the cells of each style show numbers.
fn styles(mut xml: Xml<'_>) -> Result<Vec<Style>, ReadError> {
    let mut formats: HashMap<usize, String> = HashMap::new();
    let mut styles = Vec::new();
    let mut cells = false;
    while let Some(step) = xml.step()? {
        match step {
            Step::Open(element) => match element.name() {
                "numFmt" => {
                    if let (Some(id), Some(code)) =
                        (element.number("numFmtId"), element.value("formatCode"))
                    {
                        formats.insert(id, code);
                    }
                }
                "cellXfs" => cells = true,
                "xf" if cells => {
                    let id = element.number("numFmtId").unwrap_or(0);
                    styles.push(match formats.get(&id) {
                        Some(code) => Style::of(code),
                        None => Style::built_in(id),
                    });
                }
                _ => {}
            },
            Step::Close(name) if name == "cellXfs" => cells = false,
            _ => {}
        }
    }
    Ok(styles)
}

/// The filled cells of a sheet in order, and its merged areas.
#[derive(Default)]
struct Sheet {
    /// Row, column, words.
    cells: Vec<(usize, usize, Vec<Cell>)>,
    merged: HashMap<(usize, usize), (usize, usize)>,
    areas: Vec<[usize; 4]>,
}

impl Sheet {
    fn read(mut xml: Xml<'_>, book: &Book) -> Result<Self, ReadError> {
        let mut sheet = Sheet::default();
        let mut words = Words::default();
        let (mut row, mut column) = (0, 0);
        let (mut kind, mut style) = (String::new(), 0);
        let (mut collects, mut guide) = (false, false);
        while let Some(step) = xml.step()? {
            match step {
                Step::Open(element) => match element.name() {
                    "row" => {
                        row = element.number("r").map_or(row + 1, |number| number).min(ROWS);
                        column = 0;
                    }
                    "c" => {
                        (row, column) = match element.value("r").as_deref().and_then(place) {
                            Some(place) => place,
                            None => (row, (column + 1).min(COLUMNS)),
                        };
                        kind = element.value("t").unwrap_or_default();
                        style = element.number("s").unwrap_or(0);
                    }
                    "rPh" => guide = true,
                    "v" | "t" => collects = !guide,
                    "mergeCell" if sheet.areas.len() >= AREAS => {
                        return Err(ReadError::Inflated { limit: AREAS });
                    }
                    "mergeCell" => sheet.merge(&element),
                    _ => {}
                },
                Step::Close(name) => match name.as_str() {
                    "rPh" => guide = false,
                    "v" | "t" => collects = false,
                    "c" => {
                        let shown = shown(words.take_trimmed(), &kind, style, book);
                        sheet.cells.push((row, column, shown));
                    }
                    "sheetData" => words = Words::default(),
                    _ => {}
                },
                Step::Text(cells) if collects => {
                    cells.into_iter().for_each(|cell| words.push(cell))
                }
                Step::Text(_) => {}
            }
        }
        sheet.cells.sort_by_key(|(row, column, _)| (*row, *column));
        sheet.cut();
        Ok(sheet)
    }

    fn merge(&mut self, element: &Element<'_>) {
        let Some(area) = element.value("ref") else { return };
        let Some((from, to)) = area.split_once(':') else { return };
        let (Some(from), Some(to)) = (place(from), place(to)) else { return };
        if to.0 >= from.0 && to.1 >= from.1 {
            self.merged.insert(from, (to.0 - from.0 + 1, to.1 - from.1 + 1));
            self.areas.push([from.0, from.1, to.0, to.1]);
        }
    }

    /// Leaves out what lies under merged cells, and empty cells right of and below all words.
    fn cut(&mut self) {
        // By first row, so that each cell meets only the areas that reach its row.
        self.areas.sort_unstable();
        let mut open: Vec<[usize; 4]> = Vec::new();
        let mut areas = self.areas.iter().copied().peekable();
        let merged = &self.merged;
        self.cells.retain(|(row, column, _)| {
            while let Some(area) = areas.next_if(|area| area[0] <= *row) {
                open.push(area);
            }
            open.retain(|area| area[2] >= *row);
            merged.contains_key(&(*row, *column))
                || !open.iter().any(|area| (area[1]..=area[3]).contains(column))
        });
        let filled = self.cells.iter().filter(|cell| !cell.2.is_empty());
        let (last_row, last_column) = filled.fold((0, 0), |(rows, columns), cell| {
            let reach = merged.get(&(cell.0, cell.1)).map_or(0, |size| size.1 - 1);
            (rows.max(cell.0), columns.max(cell.1 + reach))
        });
        self.cells.retain(|cell| cell.0 <= last_row && cell.1 <= last_column);
    }

    fn placed(self) -> Vec<Vec<Placed>> {
        let first = self.cells.iter().map(|cell| cell.1).min().unwrap_or(0);
        let last = self.cells.iter().map(|cell| cell.1).max().unwrap_or(0);
        let mut rows: Vec<(usize, Vec<Placed>)> = Vec::new();
        for (row, column, words) in self.cells {
            if rows.last().is_none_or(|(last, _)| *last != row) {
                rows.push((row, Vec::new()));
            }
            let (height, width) = self.merged.get(&(row, column)).copied().unwrap_or((1, 1));
            let extent = Extent {
                column: column - first,
                columns: width.min(last + 1 - column).max(width.min(COLUMNS)),
                rows: height,
            };
            if let Some((_, cells)) = rows.last_mut() {
                cells.push(Placed { extent, words });
            }
        }
        // Rows without any cell are not written, so a merged cell reaches over as many rows fewer.
        let numbers: Vec<usize> = rows.iter().map(|(row, _)| *row).collect();
        for (row, cells) in &mut rows {
            for cell in cells.iter_mut().filter(|cell| cell.extent.rows > 1) {
                let end = row.saturating_add(cell.extent.rows);
                let from = numbers.partition_point(|number| number < row);
                cell.extent.rows = numbers.partition_point(|number| *number < end) - from;
            }
        }
        rows.into_iter().map(|(_, cells)| cells).collect()
    }
}

/// The words that a cell shows. What is shown instead of what is written stands for all of it.
fn shown(written: Vec<Cell>, kind: &str, style: usize, book: &Book) -> Vec<Cell> {
    let (Some(first), Some(last)) = (written.first(), written.last()) else { return written };
    let (start, end) = (first.start as usize, last.end as usize);
    let value: String = written.iter().map(|cell| cell.character).collect();
    let text = match kind {
        "s" => {
            let Some(text) = value.parse().ok().and_then(|number: usize| book.strings.get(number))
            else {
                return Vec::new();
            };
            text.clone()
        }
        "b" => if value == "1" { "TRUE" } else { "FALSE" }.to_owned(),
        "" | "n" => match book.styles.get(style) {
            Some(style) => style.show(&value, book.from_1904),
            None => Style::default().show(&value, book.from_1904),
        },
        _ => return written,
    };
    let mut words = Words::default();
    for character in text.chars() {
        // A line break in a cell parts words.
        let character = if character == '\n' { ' ' } else { character };
        words.push(Cell::new(character, start, end));
    }
    words.take_trimmed()
}

/// Row and column of a cell's name such as `B3`, from 1.
fn place(name: &str) -> Option<(usize, usize)> {
    let name = name.trim().replace('$', "");
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let column = name[..letters].bytes().fold(0, |column, letter| {
        column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    let row: usize = name[letters..].parse().ok()?;
    (column <= COLUMNS && (1..=ROWS).contains(&row)).then_some((row, column))
}
