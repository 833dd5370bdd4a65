//! Where every format writes its text: lines of characters with their source, and tables between them.

use terms::Span;

use crate::ReadError;
use crate::repair::{Cell, Tape};

/// How many characters a converted file may have: as many as the largest plain text of ASCII.
const ROOM: usize = crate::MAX_BYTES;

/// How many places of a table may be empty because cells reach over them or stand far apart. A sheet with two
/// cells in opposite corners would otherwise become gigabytes of tabs.
pub(super) const GAPS: usize = 4 << 20;

/// The text of one file as its format gives it, before repair.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    cells: Vec<Cell>,
    marks: Vec<(u32, u32)>,
    tables: Vec<Grid>,
    gaps: usize,
    /// The end of the last source stretch, which separators that stand nowhere in the source point at.
    end: u32,
}

/// A table whose cells are marks of the tape.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grid {
    /// The number of the empty mark before the table; the marks of its cells follow in order, then one behind it.
    pub(crate) first: usize,
    /// Column, columns and rows of each cell.
    pub(crate) rows: Vec<Vec<Extent>>,
}

/// The room that a cell takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    /// Its column, from 0.
    pub(crate) column: usize,
    /// How many columns it reaches over.
    pub(crate) columns: usize,
    /// How many rows it reaches over.
    pub(crate) rows: usize,
}

/// A cell of a table before it is written.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    /// The room it takes.
    pub(crate) extent: Extent,
    /// Its words.
    pub(crate) words: Vec<Cell>,
}

impl Writer {
    /// Writes one character. White space at the beginning of a line is kept: it tells paragraphs apart.
    pub(crate) fn push(&mut self, cell: Cell) -> Result<(), ReadError> {
        if self.cells.len() >= ROOM {
            return Err(ReadError::Inflated { limit: ROOM });
        }
        self.end = cell.end;
        self.cells.push(cell);
        Ok(())
    }

    /// Writes a line and ends it; a line of nothing but white space is left out.
    pub(crate) fn line(&mut self, words: &[Cell]) -> Result<(), ReadError> {
        if words.iter().all(|cell| cell.character.is_whitespace()) {
            return Ok(());
        }
        self.end_line()?;
        for cell in words {
            self.push(*cell)?;
        }
        self.end_line()
    }

    /// Ends the line if one was begun.
    pub(crate) fn end_line(&mut self) -> Result<(), ReadError> {
        match self.cells.last() {
            Some(last) if last.character != '\n' => self.separator('\n'),
            _ => Ok(()),
        }
    }

    /// Writes a table: a line a row, cells parted by tabs, so that the same column stands behind as many tabs in
    /// every row. A table without words is left out.
    pub(crate) fn table(&mut self, rows: Vec<Vec<Placed>>) -> Result<(), ReadError> {
        if rows.iter().flatten().all(|cell| cell.words.is_empty()) {
            return Ok(());
        }
        self.end_line()?;
        let mut grid = Grid { first: self.marks.len(), rows: Vec::with_capacity(rows.len()) };
        self.mark(self.cells.len());
        let count = rows.len();
        for (number, row) in rows.into_iter().enumerate() {
            let mut extents = Vec::with_capacity(row.len());
            let mut column = 0;
            for mut cell in row {
                // A damaged file may put a cell before the one that it follows: it then stands behind it.
                self.gaps += cell.extent.column.saturating_sub(column);
                if self.gaps > GAPS {
                    return Err(ReadError::Inflated { limit: GAPS });
                }
                while column < cell.extent.column {
                    self.separator('\t')?;
                    column += 1;
                }
                let start = self.cells.len();
                for character in cell.words {
                    self.push(character)?;
                }
                self.mark(start);
                cell.extent.rows = cell.extent.rows.clamp(1, count - number);
                extents.push(cell.extent);
            }
            grid.rows.push(extents);
            self.separator('\n')?;
        }
        self.mark(self.cells.len());
        self.tables.push(grid);
        Ok(())
    }

    /// The characters written so far.
    pub(crate) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// What was written, on `tape`, which keeps what it already notes of the file's encoding.
    pub(crate) fn finish(self, mut tape: Tape) -> (Tape, Vec<Grid>) {
        tape.cells = self.cells;
        tape.marks = self.marks;
        (tape, self.tables)
    }

    fn separator(&mut self, character: char) -> Result<(), ReadError> {
        let end = self.end as usize;
        self.push(Cell::new(character, end, end))
    }

    /// Marks what was written since `start`.
    fn mark(&mut self, start: usize) {
        self.marks.push((start as u32, self.cells.len() as u32));
    }
}

/// The words of one paragraph or cell: white space is collapsed, and left out where it only broke a line of Chinese.
#[derive(Debug, Default)]
pub(crate) struct Words {
    cells: Vec<Cell>,
    /// White space that was met and not yet written, and whether it broke a line.
    space: Option<(Span, bool)>,
}

impl Words {
    /// Adds a character; ASCII white space is collapsed.
    pub(crate) fn push(&mut self, cell: Cell) {
        if matches!(cell.character, ' ' | '\t' | '\n' | '\r' | '\u{C}') {
            let broke = matches!(cell.character, '\n' | '\r');
            let (span, before) = self.space.unwrap_or((span(cell), false));
            self.space =
                Some((Span::new(span.start, span.end.max(cell.end as usize)), before || broke));
            return;
        }
        if let Some((span, broke)) = self.space.take()
            && let Some(last) = self.cells.last()
        {
            let wide = is_wide(last.character) && is_wide(cell.character);
            if !(broke && wide) {
                self.cells.push(Cell::new(' ', span.start, span.end));
            }
        }
        self.cells.push(cell);
    }

    /// A gap between two words, where the source has a break in the middle of a cell.
    pub(crate) fn gap(&mut self) {
        if let (None, Some(last)) = (self.space, self.cells.last()) {
            let end = last.end as usize;
            self.space = Some((Span::new(end, end), false));
        }
    }

    /// Whether nothing was written.
    pub(crate) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The words; the collector is empty afterwards.
    pub(crate) fn take(&mut self) -> Vec<Cell> {
        self.space = None;
        std::mem::take(&mut self.cells)
    }

    /// The words without white space around them, as a table's cell wants them.
    pub(crate) fn take_trimmed(&mut self) -> Vec<Cell> {
        trimmed(&self.take()).to_vec()
    }
}

/// A stretch without white space around it.
pub(crate) fn trimmed(cells: &[Cell]) -> &[Cell] {
    let full = |cell: &Cell| !cell.character.is_whitespace();
    let Some(start) = cells.iter().position(full) else { return &[] };
    let end = cells.iter().rposition(full).map_or(start, |last| last + 1);
    &cells[start..end]
}

fn span(cell: Cell) -> Span {
    Span::new(cell.start as usize, cell.end as usize)
}

/// Whether a character belongs to a script that is written without spaces.
fn is_wide(character: char) -> bool {
    matches!(character, '\u{2010}'..='\u{2027}' | '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}
