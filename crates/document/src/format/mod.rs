//! What kind of file it is, and its text: bytes to a tape of characters, with tables marked on it.
//!
//! The content decides; a name only decides between kinds of text that look alike. Whatever the kind, the text
//! goes through the same repair and the same search for structure.

mod archive;
mod csv;
mod detect;
mod docx;
mod html;
mod markdown;
mod number;
mod numbering;
mod pdf;
mod sheets;
mod source;
mod tables;
mod text;
mod writer;
mod xls;
mod xlsx;
mod xml;

use terms::Diagnostic;

use crate::ReadError;
use crate::decode::Text;
use detect::Kind;

pub use sheets::{CellKind, Sheet, SheetArea, SheetCell, address, place, sheets};
pub(crate) use tables::{find, place as place_tables, without};

/// The text of a file as its format gives it.
#[derive(Debug)]
pub(crate) struct Raw<'a> {
    /// Its characters; the cells of tables are marked.
    pub(crate) text: Text<'a>,
    /// Its tables by the numbers of marks.
    pub(crate) tables: Vec<writer::Grid>,
    /// The encoding, or the format and the part that source offsets count in.
    pub(crate) encoding: String,
    /// Remarks on the file.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Reads a file of any known format.
pub(crate) fn raw<'a>(name: &str, bytes: &'a [u8]) -> Result<Raw<'a>, ReadError> {
    match detect::kind(name, bytes)? {
        Kind::Text => text::read(bytes),
        Kind::Markdown => markdown::read(bytes),
        Kind::Html => html::read(bytes),
        Kind::Csv => csv::read(bytes),
        Kind::Docx => docx::read(bytes),
        Kind::Xlsx => xlsx::read(bytes),
        Kind::Xls => xls::read(bytes),
        Kind::Pdf => pdf::read(bytes),
    }
}

/// A part of a file is damaged. What a library says of it may quote the file, so it is kept to one short line.
fn broken(kind: &'static str, part: &str, reason: &str) -> ReadError {
    ReadError::Broken { kind, part: one_line(part), reason: one_line(reason) }
}

/// How many characters of a file are quoted in a message at most.
const QUOTED: usize = 200;

fn one_line(words: &str) -> String {
    let mut line: String = words
        .chars()
        .take(QUOTED)
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect();
    if words.chars().nth(QUOTED).is_some() {
        line.push('…');
    }
    line
}
