//! The way from bytes to an assessment, shared by the command line and the server.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use document::ReadError;
use ledger::{Appended, Entry, Ledger};
use terms::{Assessment, Document, Statements};

use crate::error::Failure;

/// A file that was read, with its bytes.
#[derive(Debug)]
pub struct Source {
    /// The file as a document.
    pub document: Document,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Reads a report from a file.
pub fn read_file(path: &Path) -> Result<Source, Failure> {
    let limit = document::MAX_BYTES;
    let bytes = bytes_of(path, limit, "计划报告的文本文件", |size| Failure::Source {
        path: path.to_owned(),
        error: ReadError::TooLarge { size, limit },
    })?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let document = document::read(&name, &bytes)
        .map_err(|error| Failure::Source { path: path.to_owned(), error })?;
    Ok(Source { document, bytes })
}

/// The bytes of a file, of which it is said what it should be. Nothing but a regular file of a sensible size is opened, so
/// that no device or pipe holds the program up.
pub(crate) fn bytes_of(
    path: &Path,
    limit: usize,
    expected: &str,
    too_large: impl Fn(usize) -> Failure,
) -> Result<Vec<u8>, Failure> {
    let reading = |error: std::io::Error| Failure::reading(path, &error);
    let found = std::fs::metadata(path).map_err(reading)?;
    if found.is_dir() {
        return Err(Failure::Input(format!("是文件夹：{}（应为{expected}）", path.display())));
    }
    if !found.is_file() {
        return Err(Failure::Input(format!("不是普通文件：{}（应为{expected}）", path.display())));
    }
    let size = usize::try_from(found.len()).unwrap_or(usize::MAX);
    if size > limit {
        return Err(too_large(size));
    }
    let mut bytes = Vec::with_capacity(size);
    // The file may have grown since; one byte more than the limit is enough to see it.
    let file = File::open(path).map_err(reading)?;
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(reading)?;
    if bytes.len() > limit {
        return Err(too_large(bytes.len()));
    }
    Ok(bytes)
}

/// Finds the statements of a document.
pub fn extract(document: &Document) -> Statements {
    statement::extract(document, &statement::catalogue())
}

/// Files a document and its statements in a ledger.
pub fn import(
    ledger: &mut Ledger,
    source: &Source,
    statements: &Statements,
    entry: &Entry,
) -> Result<Appended, Failure> {
    let catalogue = statement::catalogue();
    Ok(ledger.append(&source.document, &source.bytes, statements, &catalogue, entry)?)
}

/// Judges what the ledger at `path` knows.
pub fn assess_ledger(path: &Path) -> Result<Assessment, Failure> {
    let facts = Ledger::open_read_only(path)?.facts(None)?;
    Ok(assessment::assess(facts))
}
