//! PDF files with text: lines joined to paragraphs again, and tables by the lines that are drawn around cells.
//!
//! A PDF knows neither paragraphs nor tables, only where each character stands. So everything here is told by
//! places: a line goes on in the next one if it reaches the right margin and the next is not indented; what
//! stands inside ruled cells is a table. Tables without rules are read as lines.

mod bomb;
mod device;
mod grid;
mod lines;
mod radicals;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page,
};
use terms::{Diagnostic, Severity};

use super::Raw;
use super::writer::{Extent, Placed, Words, Writer};
use crate::ReadError;
use crate::repair::{Cell, Tape};
use device::{Sheet, TooMuch};
use grid::Grid;
use lines::{Line, Margins};

const KIND: &str = "PDF";

/// How many pages are read; a county's report has up to a hundred.
const PAGES: usize = 2000;

/// How many drawings are read: characters, paths, images and groups of them.
const DRAWINGS: usize = 1 << 19;

/// One character on a page; lengths are points, y grows downward.
#[derive(Debug, Clone, PartialEq)]
struct Glyph {
    text: char,
    x: f64,
    /// Its baseline.
    y: f64,
    size: f64,
    /// Where the next character is due.
    end: f64,
}

impl Glyph {
    /// Whether the next one was drawn right behind this one.
    fn goes_on_with(&self, next: &Glyph) -> bool {
        (next.x - self.end).abs() < self.size * 0.1 && (next.y - self.y).abs() < self.size * 0.1
    }
}

/// What stands on a page, from top to bottom.
enum Piece {
    Line(Line),
    Table(Vec<Vec<(Extent, Vec<Line>)>>, Vec<f64>),
}

/// Reads a file.
pub(super) fn read(bytes: &[u8]) -> Result<Raw<'static>, ReadError> {
    bomb::refuse(bytes)?;
    // The interpreter is written to take any input without panic, and is fuzzed for it, but fonts and filters of a
    // damaged file pass through many more libraries. It holds nothing that outlives the call.
    let sheets = catch_unwind(AssertUnwindSafe(|| sheets(bytes)));
    let (sheets, unknown) = sheets.unwrap_or_else(|cause| {
        Err(if cause.is::<TooMuch>() {
            ReadError::Inflated { limit: DRAWINGS }
        } else {
            broken("无法解析")
        })
    })?;
    if sheets.iter().all(|sheet| sheet.glyphs.is_empty()) {
        return Err(if unknown > 0 {
            broken("字体没有文字编码表")
        } else {
            ReadError::NoText { kind: KIND }
        });
    }
    let mut pages: Vec<Vec<Piece>> = sheets.into_iter().map(pieces).collect();
    lines::drop_running_heads(&mut pages);
    let margins = Margins::of(&pages);
    let mut writer = Writer::default();
    Text { at: 0, words: Words::default(), writer: &mut writer }.write(pages, &margins)?;
    let (tape, tables) = writer.finish(Tape::new());
    let diagnostics = (unknown > 0).then(|| unmapped(unknown)).into_iter().collect();
    Ok(Raw { text: tape.into(), tables, encoding: KIND.to_owned(), diagnostics })
}

fn broken(reason: &str) -> ReadError {
    ReadError::Broken { kind: KIND, part: "页面".to_owned(), reason: reason.to_owned() }
}

/// The remark that some glyphs stand for no known character.
fn unmapped(count: usize) -> Diagnostic {
    Diagnostic {
        severity: Severity::Warning,
        code: "glyphs-unmapped".to_owned(),
        message: format!("PDF 中有 {count} 个字形没有对应的文字编码，没有读出：请对照原文件"),
        span: None,
    }
}

/// The characters and rules of every page, and how many glyphs stand for no character.
fn sheets(bytes: &[u8]) -> Result<(Vec<Sheet>, usize), ReadError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            ReadError::Encrypted { kind: KIND }
        }
        LoadPdfError::Decryption(_) => broken("加密方式未知或已损坏"),
        LoadPdfError::Invalid => broken("不是完整的 PDF"),
    })?;
    let cache = InterpreterCache::new();
    let mut room = DRAWINGS;
    let mut unknown = 0;
    let mut sheets = Vec::new();
    for page in pdf.pages().iter().take(PAGES) {
        let (width, height) = page.render_dimensions();
        let settings =
            InterpreterSettings { render_annotations: false, ..InterpreterSettings::default() };
        let bounds = kurbo::Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(transform, bounds, &cache, pdf.xref(), settings);
        let mut sheet = Sheet::new(f64::from(height), room);
        interpret_page(page, &mut context, &mut sheet);
        room = sheet.room();
        unknown += sheet.unknown;
        sheets.push(sheet);
    }
    Ok((sheets, unknown))
}

/// Lines and tables of a page from top to bottom.
fn pieces(sheet: Sheet) -> Vec<Piece> {
    let grids = grid::find(&sheet.rules);
    let mut inside: Vec<Vec<Vec<Glyph>>> =
        grids.iter().map(|grid| vec![Vec::new(); grid.cells.len()]).collect();
    let mut outside = Vec::new();
    // A word that is too long for its cell hangs over into the next one: what is drawn on without a gap belongs
    // to the cell in which the word began.
    let mut last: Option<(Glyph, usize, usize)> = None;
    for glyph in sheet.glyphs {
        let (x, y) = ((glyph.x + glyph.end) / 2.0, glyph.y - glyph.size * 0.3);
        let around = || {
            let mut grids = grids.iter().enumerate();
            grids.find_map(|(number, grid)| grid.cell_at(x, y).map(|cell| (number, cell)))
        };
        let place = match &last {
            Some((before, grid, cell)) if before.goes_on_with(&glyph) => Some((*grid, *cell)),
            _ => around(),
        };
        match place {
            Some((grid, cell)) => {
                last = Some((glyph.clone(), grid, cell));
                inside[grid][cell].push(glyph);
            }
            None => {
                last = None;
                outside.push(glyph);
            }
        }
    }
    let mut pieces: Vec<(f64, Piece)> =
        lines::of(outside).into_iter().map(|line| (line.y, Piece::Line(line))).collect();
    for (grid, cells) in grids.into_iter().zip(inside) {
        pieces.push((grid.top(), table(grid, cells)));
    }
    pieces.sort_by(|a, b| a.0.total_cmp(&b.0));
    pieces.into_iter().map(|(_, piece)| piece).collect()
}

fn table(grid: Grid, cells: Vec<Vec<Glyph>>) -> Piece {
    let mut rows: Vec<Vec<(Extent, Vec<Line>)>> = vec![Vec::new(); grid.rows()];
    for ((row, extent), glyphs) in grid.cells.iter().zip(cells) {
        rows[*row].push((*extent, lines::of(glyphs)));
    }
    Piece::Table(rows, grid.columns)
}

/// Writes lines as paragraphs. Sources count the bytes of the characters that were taken out.
struct Text<'a> {
    at: usize,
    words: Words,
    writer: &'a mut Writer,
}

impl Text<'_> {
    fn write(&mut self, pages: Vec<Vec<Piece>>, margins: &Margins) -> Result<(), ReadError> {
        let mut pieces = pages.into_iter().flatten().peekable();
        while let Some(piece) = pieces.next() {
            match piece {
                Piece::Line(line) => {
                    self.line(&line);
                    let next = match pieces.peek() {
                        Some(Piece::Line(next)) => Some(next),
                        _ => None,
                    };
                    if next.is_none_or(|next| !margins.goes_on(&line, next)) {
                        let words = self.words.take();
                        self.writer.line(&words)?;
                    } else if let Some(gap) = next.and_then(|next| line.gap(next)) {
                        self.push(gap);
                    }
                }
                Piece::Table(mut rows, columns) => {
                    // A table goes on on the next page if it has the same columns there.
                    while let Some(Piece::Table(more, _)) = pieces.next_if(
                        |next| matches!(next, Piece::Table(_, other) if alike(&columns, other)),
                    ) {
                        rows.extend(more);
                    }
                    let rows = rows.into_iter().map(|row| self.row(row)).collect();
                    self.writer.table(rows)?;
                }
            }
        }
        Ok(())
    }

    fn row(&mut self, row: Vec<(Extent, Vec<Line>)>) -> Vec<Placed> {
        let cell = |(extent, lines): (Extent, Vec<Line>)| {
            let mut lines = lines.iter().peekable();
            while let Some(line) = lines.next() {
                self.line(line);
                if let Some(gap) = lines.peek().and_then(|next| line.gap(next)) {
                    self.push(gap);
                }
            }
            Placed { extent, words: self.words.take_trimmed() }
        };
        row.into_iter().map(cell).collect()
    }

    fn line(&mut self, line: &Line) {
        for character in line.text.chars() {
            self.push(character);
        }
    }

    fn push(&mut self, character: char) {
        let end = self.at + character.len_utf8();
        self.words.push(Cell::new(character, self.at, end));
        self.at = end;
    }
}

fn alike(columns: &[f64], others: &[f64]) -> bool {
    columns.len() == others.len()
        && columns.iter().zip(others).all(|(one, other)| (one - other).abs() < 4.0)
}
