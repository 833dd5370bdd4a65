//! The characters of a decoded text by their byte in it.

use crate::repair::Cell;

/// A text and the source of each of its characters.
pub(super) struct Source<'a> {
    text: &'a str,
    cells: &'a [Cell],
    /// A byte of the text and the number of the character that begins there: places are mostly asked for in
    /// rising order, so the way is walked once.
    at: (usize, usize),
}

impl<'a> Source<'a> {
    /// `cells` are the characters of `text`.
    pub(super) fn new(text: &'a str, cells: &'a [Cell]) -> Self {
        Source { text, cells, at: (0, 0) }
    }

    /// The text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// The characters of a stretch of bytes; it must begin and end between characters.
    pub(super) fn cells(&mut self, from: usize, to: usize) -> &'a [Cell] {
        let start = self.number(from);
        let end = self.number(to.max(from));
        self.cells.get(start..end).unwrap_or_default()
    }

    /// The number of the character at a byte.
    fn number(&mut self, byte: usize) -> usize {
        if byte < self.at.0 {
            self.at = (0, 0);
        }
        let between = self.text.get(self.at.0..byte).unwrap_or("");
        self.at = (self.at.0 + between.len(), self.at.1 + between.chars().count());
        self.at.1
    }

    /// Where a piece of the text begins in it, if it is one.
    pub(super) fn offset(&self, piece: &str) -> Option<usize> {
        let at = (piece.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        (at + piece.len() <= self.text.len()).then_some(at)
    }
}
