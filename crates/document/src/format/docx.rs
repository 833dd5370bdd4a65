//! Word documents: paragraphs, tables and notes as the reader of the page sees them.
//!
//! Deleted text of tracked changes, field codes, phonetic guides and the second copy of text boxes that older
//! programs need are left out. Macros and external references are never looked at.

use terms::{Diagnostic, Severity};

use super::Raw;
use super::archive::Archive;
use super::numbering::{Label, Numbering};
use super::writer::{Extent, Placed, Words, Writer};
use super::xml::{Element, Step, Xml};
use crate::ReadError;
use crate::repair::{Cell, Tape};

const KIND: &str = "docx";

/// The parts besides the main one that hold text of the document.
const NOTES: &[&str] = &["word/footnotes.xml", "word/endnotes.xml"];

/// A table with a cell of more characters than this is there for the layout: its cells are read as paragraphs.
const FIGURE: usize = 1500;

/// A row or column span beyond this is no table.
const WIDEST: usize = 1000;

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> Result<Raw<'static>, ReadError> {
    let mut archive = Archive::open(bytes, KIND)?;
    let main = archive.find("word/", ".xml").unwrap_or("word/document.xml").to_owned();
    let numbering = Numbering::read(&mut archive)?;
    let mut walk = Walk { numbering, ..Walk::default() };
    let mut base = 0;
    let mut parts = Vec::new();
    for part in std::iter::once(main.as_str()).chain(NOTES.iter().copied()) {
        let Some(text) = archive.text(part)? else { continue };
        let before = walk.writer.cells().len();
        walk.part(Xml::new(&text, KIND, part, base))?;
        // A part without words is not named, unless it is the main one.
        if parts.is_empty() || walk.writer.cells().len() > before {
            parts.push(part.to_owned());
            base += text.len();
        }
    }
    let macros = archive.has("word/vbaProject.bin").then(macros);
    let (tape, tables) = walk.writer.finish(Tape::new());
    Ok(Raw {
        text: tape.into(),
        tables,
        encoding: format!("DOCX {}", parts.join(" + ")),
        diagnostics: macros.into_iter().collect(),
    })
}

/// The remark that a file holds macros.
pub(super) fn macros() -> Diagnostic {
    Diagnostic {
        severity: Severity::Note,
        code: "macros-ignored".to_owned(),
        message: "文件含宏：没有运行，也没有读取，只读取了文字".to_owned(),
        span: None,
    }
}

#[derive(Default)]
struct Walk {
    numbering: Numbering,
    writer: Writer,
    words: Words,
    /// How many elements whose text does not count are open.
    silent: usize,
    /// Whether the walk is inside an element of text.
    text: bool,
    /// Whether the walk is inside a paragraph.
    label: Label,
    /// The outermost table that is open, and how many are open.
    table: Option<Table>,
    tables: usize,
    /// Paragraph ends while a text box interrupts a paragraph.
    paragraphs: usize,
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<Piece>>,
    /// The column at which the next cell begins.
    column: usize,
}

/// A cell as the document describes it: one that goes down over rows is repeated in each of them.
struct Piece {
    column: usize,
    columns: usize,
    merge: Merge,
    lines: Vec<Vec<Cell>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Merge {
    None,
    Begins,
    GoesOn,
}

impl Walk {
    fn part(&mut self, mut xml: Xml<'_>) -> Result<(), ReadError> {
        while let Some(step) = xml.step()? {
            match step {
                Step::Open(element) if is_silent(element.name()) => self.silent += 1,
                Step::Close(name) if is_silent(&name) => {
                    self.silent = self.silent.saturating_sub(1)
                }
                _ if self.silent > 0 => {}
                Step::Open(element) => self.open(&element, xml.position())?,
                Step::Close(name) => self.close(&name)?,
                Step::Text(cells) if self.text => {
                    cells.into_iter().for_each(|cell| self.words.push(cell))
                }
                Step::Text(_) => {}
            }
        }
        self.end_line()
    }

    fn open(&mut self, element: &Element<'_>, position: usize) -> Result<(), ReadError> {
        match element.name() {
            "p" => {
                // A text box stands inside a paragraph: what came before it is a line of its own.
                self.end_line()?;
                self.paragraphs += 1;
                self.label = Label::default();
            }
            "pStyle" => self.label.style = element.value("val"),
            "numId" => self.label.number = element.value("val"),
            "ilvl" => self.label.level = element.number("val"),
            "r" => self.write_label(position),
            "t" => self.text = true,
            "tab" | "ptab" if self.paragraphs > 0 => {
                self.words.push(Cell::new(' ', position, position))
            }
            "br" | "cr" => self.end_line()?,
            "noBreakHyphen" => self.words.push(Cell::new('-', position, position)),
            "tbl" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.end_line()?;
                    self.table = Some(Table::default());
                }
            }
            name if self.tables == 1 => {
                if let Some(table) = &mut self.table {
                    table.open(name, element);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "p" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                self.end_line()
            }
            "t" => {
                self.text = false;
                Ok(())
            }
            "tc" => self.end_line(),
            "tbl" => {
                self.tables = self.tables.saturating_sub(1);
                match self.table.take_if(|_| self.tables == 0) {
                    Some(table) => self.table(table),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// Writes the number that Word puts before a paragraph, once.
    fn write_label(&mut self, position: usize) {
        let label = std::mem::take(&mut self.label);
        if let Some(text) = self.numbering.label(&label) {
            for character in text.chars() {
                self.words.push(Cell::new(character, position, position));
            }
        }
    }

    fn end_line(&mut self) -> Result<(), ReadError> {
        if self.words.is_empty() {
            self.words.take();
            return Ok(());
        }
        let words = self.words.take();
        let piece = self.table.as_mut().and_then(|table| table.rows.last_mut()?.last_mut());
        match piece {
            Some(piece) => {
                piece.lines.push(words);
                Ok(())
            }
            None => self.writer.line(&words),
        }
    }

    fn table(&mut self, table: Table) -> Result<(), ReadError> {
        let rows = table.rows;
        let length = |piece: &Piece| piece.lines.iter().map(Vec::len).sum::<usize>();
        let layout = rows.iter().flatten().any(|piece| length(piece) > FIGURE)
            || rows.iter().all(|row| row.len() < 2);
        if layout {
            for line in rows.iter().flatten().flat_map(|piece| &piece.lines) {
                self.writer.line(line)?;
            }
            return Ok(());
        }
        self.writer.table(placed(rows))
    }
}

impl Table {
    fn open(&mut self, name: &str, element: &Element<'_>) {
        match name {
            "tr" => {
                self.rows.push(Vec::new());
                self.column = 0;
            }
            // Only what comes before the first cell of a row can be before it.
            "gridBefore" if self.rows.last().is_some_and(Vec::is_empty) => {
                self.column = element.number("val").unwrap_or(0).min(WIDEST);
            }
            "tc" => {
                let piece = Piece {
                    column: self.column,
                    columns: 1,
                    merge: Merge::None,
                    lines: Vec::new(),
                };
                self.column += 1;
                if let Some(row) = self.rows.last_mut() {
                    row.push(piece);
                }
            }
            "gridSpan" => {
                let columns = element.number("val").unwrap_or(1).clamp(1, WIDEST);
                if let Some(piece) = self.rows.last_mut().and_then(|row| row.last_mut()) {
                    piece.columns = columns;
                    self.column = piece.column + columns;
                }
            }
            "vMerge" => {
                let begins = element.value("val").is_some_and(|value| value == "restart");
                if let Some(piece) = self.rows.last_mut().and_then(|row| row.last_mut()) {
                    piece.merge = if begins { Merge::Begins } else { Merge::GoesOn };
                }
            }
            _ => {}
        }
    }
}

/// Lays the cells of a table out: each stands once, where it begins.
fn placed(rows: Vec<Vec<Piece>>) -> Vec<Vec<Placed>> {
    // From below, so that each cell knows how many rows under it go on with it.
    let mut below: Vec<(usize, usize)> = Vec::new();
    let mut placed: Vec<Vec<Placed>> = rows
        .into_iter()
        .rev()
        .map(|row| {
            let mut going = Vec::new();
            let mut cells = Vec::new();
            for piece in row {
                let under = below.iter().find(|(column, _)| *column == piece.column);
                let rows = under.map_or(0, |(_, rows)| *rows);
                if piece.merge == Merge::GoesOn {
                    going.push((piece.column, rows + 1));
                    continue;
                }
                let rows = if piece.merge == Merge::Begins { rows + 1 } else { 1 };
                let extent = Extent { column: piece.column, columns: piece.columns, rows };
                cells.push(Placed { extent, words: joined(piece.lines) });
            }
            below = going;
            cells
        })
        .collect();
    placed.reverse();
    placed
}

/// The lines of a cell as one, parted by spaces.
fn joined(lines: Vec<Vec<Cell>>) -> Vec<Cell> {
    let mut words = Words::default();
    for line in lines {
        words.gap();
        line.into_iter().for_each(|cell| words.push(cell));
    }
    words.take_trimmed()
}

/// Elements whose text is not part of the page as it is read.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "del"
            | "moveFrom"
            | "Fallback"
            | "rt"
            | "instrText"
            | "delText"
            | "pPrChange"
            | "rPrChange"
    )
}
