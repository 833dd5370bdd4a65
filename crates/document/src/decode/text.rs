//! A text that is decoded a stretch at a time, so that a large one is never held whole as characters.

use super::code::{Big5, Code, Gb18030, Utf8, Utf16};
use super::{Encoding, double};
use crate::ReadError;
use crate::repair::{Cell, Tape};

/// A stretch ends with the line in which it comes to so many characters. Reports are shorter.
const STRETCH: usize = 1 << 16;

/// Whether a stretch of so many characters may end behind the last of them: with a line, in a very long line with a
/// sentence, else with a clause or a bracket, and in a text that has none of them anywhere.
fn is_full(length: usize, last: char) -> bool {
    length >= STRETCH
        && match last {
            '\n' => true,
            '。' => length >= 2 * STRETCH,
            '，' | '、' | '；' | '：' | ')' | '）' => length >= 3 * STRETCH,
            _ => length >= 8 * STRETCH,
        }
}

/// A text, of which a part may still have to be decoded.
#[derive(Debug)]
pub(crate) struct Text<'a> {
    /// What is known before the first character, and goes with the first stretch.
    noted: Tape,
    rest: Rest<'a>,
}

/// What is still to come.
#[derive(Debug)]
enum Rest<'a> {
    /// UTF-8, which stands in the file behind so many bytes.
    Utf8 {
        text: &'a str,
        at: usize,
    },
    /// Bytes from a place on, after so many lines.
    Encoded {
        bytes: &'a [u8],
        at: usize,
        encoding: Encoding,
        lines: usize,
    },
    /// Characters from a place on.
    Cells {
        cells: Vec<Cell>,
        at: usize,
    },
    /// Everything at once.
    Whole,
    Nothing,
}

impl<'a> Text<'a> {
    /// UTF-8 that stands in the file behind `skipped` bytes.
    pub(super) fn utf8(text: &'a str, skipped: usize, noted: Tape) -> Self {
        Text { noted, rest: Rest::Utf8 { text, at: skipped } }
    }

    /// The bytes of a file from a place on.
    pub(super) fn encoded(bytes: &'a [u8], at: usize, encoding: Encoding, noted: Tape) -> Self {
        Text { noted, rest: Rest::Encoded { bytes, at, encoding, lines: 0 } }
    }

    /// Whether it is UTF-8 that is not decoded yet.
    pub(crate) fn is_utf8(&self) -> bool {
        matches!(self.rest, Rest::Utf8 { .. })
    }

    /// The next stretch, if there is one.
    pub(crate) fn next(&mut self) -> Result<Option<Tape>, ReadError> {
        self.part(is_full)
    }

    /// All that is left.
    pub(crate) fn whole(mut self) -> Result<Tape, ReadError> {
        Ok(self.part(|_, _| false)?.unwrap_or_default())
    }

    fn part(&mut self, is_full: impl Fn(usize, char) -> bool) -> Result<Option<Tape>, ReadError> {
        let mut tape = std::mem::take(&mut self.noted);
        match &mut self.rest {
            Rest::Utf8 { text, at } => {
                let (cells, suspected) = utf8(text, *at, is_full);
                let read = cells.last().map_or(text.len(), |last| last.end as usize - *at);
                *text = text.get(read..).unwrap_or("");
                *at += read;
                if text.is_empty() {
                    self.rest = Rest::Nothing;
                }
                tape.cells = cells;
                if suspected {
                    double::repair(&mut tape);
                }
            }
            Rest::Encoded { bytes, at, encoding, lines } => {
                let from = Place { bytes, at: *at, lines: *lines };
                (tape.cells, *at, *lines) = match encoding {
                    Encoding::Utf8 => encoded(Utf8, from, is_full),
                    Encoding::Gb18030 => encoded(Gb18030::get(), from, is_full),
                    Encoding::Big5 => encoded(Big5::get(), from, is_full),
                    Encoding::Utf16Le => encoded(Utf16 { big: false }, from, is_full),
                    Encoding::Utf16Be => encoded(Utf16 { big: true }, from, is_full),
                }?;
                if *at >= bytes.len() {
                    self.rest = Rest::Nothing;
                }
                double::repair(&mut tape);
            }
            Rest::Cells { cells, at } => {
                let rest = cells.get(*at..).unwrap_or_default();
                let end = rest
                    .iter()
                    .enumerate()
                    .position(|(number, cell)| is_full(number + 1, cell.character))
                    .map_or(rest.len(), |last| last + 1);
                tape.cells = rest[..end].to_vec();
                *at += end;
                if *at >= cells.len() {
                    self.rest = Rest::Nothing;
                }
            }
            Rest::Whole => self.rest = Rest::Nothing,
            Rest::Nothing => return Ok(None),
        }
        Ok(Some(tape))
    }
}

/// A text that has been decoded. Where tables are marked on it, it stays whole.
impl From<Tape> for Text<'_> {
    fn from(mut tape: Tape) -> Self {
        if !tape.marks.is_empty() || tape.cells.len() < STRETCH {
            return Text { noted: tape, rest: Rest::Whole };
        }
        let cells = std::mem::take(&mut tape.cells);
        Text { noted: tape, rest: Rest::Cells { cells, at: 0 } }
    }
}

/// The characters of a stretch, and whether one of them can be the beginning of text that was decoded wrongly before.
fn utf8(text: &str, at: usize, is_full: impl Fn(usize, char) -> bool) -> (Vec<Cell>, bool) {
    let suspects = double::suspects();
    let mut suspected = false;
    // Most of a report's characters are three bytes long.
    let mut cells = Vec::with_capacity((text.len() / 2).min(STRETCH + STRETCH / 8));
    for (offset, character) in text.char_indices() {
        suspected |= suspects.contains(character);
        let start = at + offset;
        cells.push(Cell::new(character, start, start + character.len_utf8()));
        if is_full(cells.len(), character) {
            break;
        }
    }
    (cells, suspected)
}

/// Where decoding goes on.
#[derive(Clone, Copy)]
struct Place<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The lines before it.
    lines: usize,
}

/// Decodes a stretch strictly: its characters, the byte behind it, and the lines up to there.
fn encoded(
    code: impl Code,
    Place { bytes, mut at, mut lines }: Place<'_>,
    is_full: impl Fn(usize, char) -> bool,
) -> Result<(Vec<Cell>, usize, usize), ReadError> {
    let mut cells = Vec::with_capacity((bytes.len() - at).min(4 * STRETCH) / 2);
    while let Some(&byte) = bytes.get(at) {
        let (Some(character), length) = code.next(bytes, at) else {
            return Err(ReadError::Undecodable { offset: at, line: lines + 1, byte });
        };
        cells.push(Cell::new(character, at, at + length));
        at += length;
        lines += usize::from(character == '\n');
        if is_full(cells.len(), character) {
            break;
        }
    }
    Ok((cells, at, lines))
}
