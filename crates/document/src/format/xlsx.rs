//! Workbooks of Excel 2007 and later: a table a sheet, figures as the sheet shows them.
//!
//! The sheets are read as XML, because what a cell shows (`6.5%` for 0.065) and where it stands in the file are
//! both wanted.

use std::collections::HashMap;
use std::sync::Arc;

use terms::{Diagnostic, Severity};

use super::Raw;
use super::archive::Archive;
use super::number::Style;
use super::sheets::{self, CellKind, SheetArea, SheetCell};
use super::writer::{Extent, Placed, Words, Writer};
use super::xml::{Element, Step, Xml};
use crate::ReadError;
use crate::repair::{Cell, Tape};

const KIND: &str = "xlsx";

/// How many merged areas a sheet may have: each row is compared with all that reach it.
pub(super) const AREAS: usize = 5000;

/// The last row and column that a sheet can have.
const ROWS: usize = sheets::ROWS as usize;
const COLUMNS: usize = sheets::COLUMNS as usize;

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

/// The sheets of a workbook with each cell as it is stored.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<sheets::Sheet>, ReadError> {
    let mut archive = Archive::open(bytes, KIND)?;
    let book = Book::read(&mut archive)?;
    let mut found = Vec::new();
    for (name, part, hidden) in &book.sheets {
        let Some(text) = archive.text(part)? else { continue };
        let (mut cells, mut merged) = (Vec::new(), Vec::new());
        walk(Xml::new(&text, KIND, part, 0), |seen| match seen {
            Seen::Cell(written) => cells.extend(stored(&written, &book)),
            Seen::Merged(area) => {
                let [top, left, bottom, right] = area.map(|number| number as u32);
                merged.push(SheetArea { top, left, bottom, right });
            }
        })?;
        let sheet = sheets::Sheet { name: name.clone(), hidden: *hidden, cells, merged };
        found.push(sheet.ordered());
    }
    Ok(found)
}

/// What a cell holds; `None` where it is empty.
fn stored(written: &Written, book: &Book) -> Option<SheetCell> {
    let value: String = written.words.iter().map(|cell| cell.character).collect();
    let (kind, text): (CellKind, Arc<str>) = match written.kind.as_str() {
        _ if value.is_empty() && written.formula => (CellKind::Error, value.into()),
        "s" => {
            let number = value.trim().parse().ok();
            (CellKind::Text, number.and_then(|at: usize| book.strings.get(at)).cloned()?)
        }
        "b" => (CellKind::Truth, truth(&value).into()),
        "e" => (CellKind::Error, value.into()),
        "d" => (CellKind::Date, value.split('T').next().unwrap_or_default().into()),
        "" | "n" if !value.trim().is_empty() => {
            let style = book.styles.get(written.style).cloned().unwrap_or_default();
            let (kind, text) = style.stored(value.trim(), book.from_1904);
            (kind, text.into())
        }
        _ => (CellKind::Text, value.into()),
    };
    let (row, column) = (written.row as u32, written.column as u32);
    let empty = text.is_empty() && !written.formula;
    (!empty).then_some(SheetCell { row, column, kind, formula: written.formula, text })
}

fn truth(value: &str) -> &'static str {
    if value == "1" { "TRUE" } else { "FALSE" }
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
    strings: Vec<Arc<str>>,
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
fn strings(mut xml: Xml<'_>) -> Result<Vec<Arc<str>>, ReadError> {
    let mut strings: Vec<String> = Vec::new();
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
    Ok(strings.into_iter().map(Arc::from).collect())
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

/// A cell as the file writes it.
#[derive(Default)]
struct Written {
    /// From 1.
    row: usize,
    /// From 1.
    column: usize,
    kind: String,
    style: usize,
    formula: bool,
    words: Vec<Cell>,
}

/// What is met in a sheet.
enum Seen {
    Cell(Written),
    /// A merged area: first row and column, last row and column.
    Merged([usize; 4]),
}

/// Walks through a sheet.
fn walk(mut xml: Xml<'_>, mut take: impl FnMut(Seen)) -> Result<(), ReadError> {
    let (mut row, mut column, mut areas) = (0, 0, 0);
    let mut cell = Written::default();
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
                    cell = Written {
                        row,
                        column,
                        kind: element.value("t").unwrap_or_default(),
                        style: element.number("s").unwrap_or(0),
                        ..Written::default()
                    };
                }
                "f" => cell.formula = true,
                "rPh" => guide = true,
                "v" | "t" => collects = !guide,
                "mergeCell" if areas >= AREAS => {
                    return Err(ReadError::Inflated { limit: AREAS });
                }
                "mergeCell" => {
                    if let Some(area) = area(&element) {
                        areas += 1;
                        take(Seen::Merged(area));
                    }
                }
                _ => {}
            },
            Step::Close(name) => match name.as_str() {
                "rPh" => guide = false,
                "v" | "t" => collects = false,
                "c" => take(Seen::Cell(std::mem::take(&mut cell))),
                _ => {}
            },
            Step::Text(words) if collects => cell.words.extend(words),
            Step::Text(_) => {}
        }
    }
    Ok(())
}

fn area(element: &Element<'_>) -> Option<[usize; 4]> {
    let area = element.value("ref")?;
    let (from, to) = area.split_once(':')?;
    let (from, to) = (place(from)?, place(to)?);
    (to.0 >= from.0 && to.1 >= from.1).then_some([from.0, from.1, to.0, to.1])
}

impl Sheet {
    fn read(xml: Xml<'_>, book: &Book) -> Result<Self, ReadError> {
        let mut sheet = Sheet::default();
        let mut words = Words::default();
        walk(xml, |seen| match seen {
            Seen::Cell(written) => {
                written.words.iter().for_each(|cell| words.push(*cell));
                let shown = shown(words.take_trimmed(), &written.kind, written.style, book);
                sheet.cells.push((written.row, written.column, shown));
            }
            Seen::Merged(area) => {
                let [top, left, bottom, right] = area;
                sheet.merged.insert((top, left), (bottom - top + 1, right - left + 1));
                sheet.areas.push(area);
            }
        })?;
        sheet.cells.sort_by_key(|(row, column, _)| (*row, *column));
        sheet.cut();
        Ok(sheet)
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
            text.to_string()
        }
        "b" => truth(&value).to_owned(),
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
    sheets::place(name).map(|(row, column)| (row as usize, column as usize))
}
