//! Markdown: its words without its marks, and its tables. Tables drawn with `|` or tabs are read in plain text too.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use super::Raw;
use super::source::Source;
use super::writer::{Extent, Placed, Words, Writer, trimmed};
use crate::ReadError;
use crate::decode::{self, Decoded};
use crate::repair::{Cell, Tape};

/// How many lines are looked at.
const LOOK: usize = 400;

/// Whether a text is Markdown: by its name, or by headings with `#` or the line under a table's head.
pub(super) fn is_markdown(bytes: &[u8], extension: &str) -> bool {
    if matches!(extension, "md" | "markdown") {
        return true;
    }
    let lines = || bytes.split(|byte| *byte == b'\n').take(LOOK);
    let heading = |line: &&[u8]| {
        let marks = line.iter().take_while(|byte| **byte == b'#').count();
        (1..=6).contains(&marks) && line.get(marks) == Some(&b' ')
    };
    lines().filter(heading).count() >= 2
}

/// Reads Markdown. Line breaks stay: a paragraph of Chinese is one line, and joining lines would add spaces.
pub(super) fn read(bytes: &[u8]) -> Result<Raw<'static>, ReadError> {
    let Decoded { mut tape, encoding } = decode::decode(bytes)?;
    let cells = std::mem::take(&mut tape.cells);
    let text: String = cells.iter().map(|cell| cell.character).collect();
    let mut page = Page {
        source: Source::new(&text, &cells),
        writer: Writer::default(),
        words: Words::default(),
        rows: None,
        silent: 0,
        lists: Vec::new(),
    };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
        page.event(event, range.start, range.end)?;
    }
    page.end_line()?;
    let (tape, tables) = page.writer.finish(tape);
    Ok(Raw { text: tape.into(), tables, encoding: encoding.to_string(), diagnostics: Vec::new() })
}

struct Page<'a> {
    source: Source<'a>,
    writer: Writer,
    words: Words,
    /// The rows of the open table.
    rows: Option<Vec<Vec<Placed>>>,
    /// How many elements whose text does not count are open.
    silent: usize,
    /// For each open list whether it is numbered.
    lists: Vec<bool>,
}

impl Page<'_> {
    fn event(&mut self, event: Event<'_>, start: usize, end: usize) -> Result<(), ReadError> {
        match event {
            Event::Start(Tag::Table(_)) => {
                self.end_line()?;
                self.rows = Some(Vec::new());
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                if let Some(rows) = &mut self.rows {
                    rows.push(Vec::new());
                }
            }
            Event::End(TagEnd::TableCell) => {
                let words = self.words.take_trimmed();
                if let Some(row) = self.rows.as_mut().and_then(|rows| rows.last_mut()) {
                    let extent = Extent { column: row.len(), columns: 1, rows: 1 };
                    row.push(Placed { extent, words });
                }
            }
            Event::End(TagEnd::Table) => {
                if let Some(rows) = self.rows.take() {
                    self.writer.table(rows)?;
                }
            }
            Event::Start(Tag::Image { .. } | Tag::MetadataBlock(_)) => self.silent += 1,
            Event::End(TagEnd::Image | TagEnd::MetadataBlock(_)) => {
                self.silent = self.silent.saturating_sub(1);
            }
            Event::Start(Tag::List(first)) => {
                self.end_line()?;
                self.lists.push(first.is_some());
            }
            Event::End(TagEnd::List(_)) => {
                self.lists.pop();
            }
            Event::Start(Tag::Item) => {
                self.end_line()?;
                // The number of an item is part of what a report says; the dash of another is not.
                if self.lists.last() == Some(&true) {
                    let item = self.source.text().get(start..end).unwrap_or("");
                    let number = item.find([' ', '\t', '\n']).unwrap_or(item.len());
                    self.plain(start, start + number);
                }
            }
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::CodeBlock
                | TagEnd::Item
                | TagEnd::BlockQuote(_),
            )
            | Event::Rule => self.end_line()?,
            Event::SoftBreak | Event::HardBreak if self.rows.is_none() => self.end_line()?,
            Event::Text(text) | Event::Code(text) if self.silent == 0 => {
                self.text(&text, start, end)?
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &CowStr<'_>, start: usize, end: usize) -> Result<(), ReadError> {
        let Some(at) = self.source.offset(text).filter(|at| (start..=end).contains(at)) else {
            // A character reference: what it stands for is not in the text.
            let cells = self.source.cells(start, end);
            if let (Some(first), Some(last)) = (cells.first(), cells.last()) {
                let (start, end) = (first.start, last.end);
                text.chars().for_each(|character| self.words.push(Cell { character, start, end }));
            }
            return Ok(());
        };
        let mut from = at;
        for line in text.split_inclusive('\n') {
            self.plain(from, from + line.len());
            from += line.len();
            if line.ends_with('\n') {
                self.end_line()?;
            }
        }
        Ok(())
    }

    fn plain(&mut self, start: usize, end: usize) {
        self.source.cells(start, end).iter().for_each(|cell| self.words.push(*cell));
    }

    fn end_line(&mut self) -> Result<(), ReadError> {
        let words = self.words.take();
        self.writer.line(&words)
    }
}

/// Reads the tables that are drawn in a text; a text without any is not touched.
pub(super) fn tables(mut tape: Tape, encoding: &str) -> Result<Raw<'static>, ReadError> {
    let cells = std::mem::take(&mut tape.cells);
    let mut writer = Writer::default();
    let mut found = false;
    let mut done = 0;
    let mut at = 0;
    while at < cells.len() {
        let (rows, end) = drawn(&cells, at);
        if rows.len() >= 2 {
            found = true;
            for cell in &cells[done..at] {
                writer.push(*cell)?;
            }
            writer.table(rows)?;
            done = end;
            at = end;
        } else {
            at = line_end(&cells, at) + 1;
        }
    }
    if !found {
        tape.cells = cells;
        return Ok(Raw {
            text: tape.into(),
            tables: Vec::new(),
            encoding: encoding.to_owned(),
            diagnostics: Vec::new(),
        });
    }
    for cell in &cells[done..] {
        writer.push(*cell)?;
    }
    let (tape, tables) = writer.finish(tape);
    Ok(Raw { text: tape.into(), tables, encoding: encoding.to_owned(), diagnostics: Vec::new() })
}

fn line_end(cells: &[Cell], at: usize) -> usize {
    cells[at..]
        .iter()
        .position(|cell| cell.character == '\n')
        .map_or(cells.len(), |length| at + length)
}

/// The rows of a table that is drawn from `start` on, and where it ends.
fn drawn(cells: &[Cell], start: usize) -> (Vec<Vec<Placed>>, usize) {
    let mut rows = Vec::new();
    let mut at = start;
    let mut by = None;
    while at < cells.len() {
        let end = line_end(cells, at);
        let line = trimmed_line(&cells[at..end]);
        let Some((delimiter, fields)) =
            fields(line).filter(|(delimiter, _)| by.is_none_or(|by| by == *delimiter))
        else {
            break;
        };
        by = Some(delimiter);
        let rule = |field: &&[Cell]| {
            !field.is_empty()
                && field.iter().all(|cell| matches!(cell.character, '-' | ':' | '=' | '+'))
        };
        if !fields.iter().all(rule) {
            let cell = |(column, field): (usize, &[Cell])| Placed {
                extent: Extent { column, columns: 1, rows: 1 },
                words: field.to_vec(),
            };
            rows.push(fields.into_iter().map(trimmed).enumerate().map(cell).collect());
        }
        at = (end + 1).min(cells.len());
    }
    (rows, at)
}

/// The fields of a line that begins and ends with `|`, or that has at least two tabs between words.
fn fields(line: &[Cell]) -> Option<(char, Vec<&[Cell]>)> {
    let first = line.first()?.character;
    if first == '|' && line.len() > 2 && line.last()?.character == '|' {
        let inner = &line[1..line.len() - 1];
        return Some(('|', inner.split(|cell| cell.character == '|').map(trimmed).collect()));
    }
    let fields: Vec<&[Cell]> = line.split(|cell| cell.character == '\t').map(trimmed).collect();
    let filled = fields.iter().filter(|field| !field.is_empty()).count();
    (fields.len() >= 3 && filled >= 2).then_some(('\t', fields))
}

/// A line without the spaces around it; tabs at its beginning are empty fields.
fn trimmed_line(line: &[Cell]) -> &[Cell] {
    let space = |cell: &Cell| matches!(cell.character, ' ' | '\u{3000}' | '\r');
    let start = line.iter().position(|cell| !space(cell)).unwrap_or(line.len());
    let end = line.iter().rposition(|cell| !space(cell)).map_or(start, |last| last + 1);
    &line[start..end.max(start)]
}
