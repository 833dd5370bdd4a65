//! Archives that documents come in, opened with bounded memory and time.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::ReadError;

/// How many bytes all parts that are read from one archive may have together.
const ROOM: usize = crate::MAX_BYTES;

/// A part may have this many times its compressed size, if it has more than [`SMALL`] bytes. Documents stay below
/// 60; a part that is made to fill memory comes close to 1000.
const RATIO: u64 = 200;

/// Parts up to this size may have any ratio.
const SMALL: u64 = 4 << 20;

/// How many parts an archive may have.
const PARTS: usize = 20_000;

/// An archive in memory.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// What it is said to be, for messages.
    kind: &'static str,
    room: usize,
    names: Vec<String>,
}

impl<'a> Archive<'a> {
    /// Opens an archive; `kind` is what it is said to be.
    pub(super) fn open(bytes: &'a [u8], kind: &'static str) -> Result<Self, ReadError> {
        let zip =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(kind, "目录", &error))?;
        if zip.len() > PARTS {
            return Err(ReadError::Inflated { limit: PARTS });
        }
        let names = zip.file_names().flatten().map(|name| name.into_owned()).collect();
        Ok(Archive { zip, kind, room: ROOM, names })
    }

    /// The names of its parts.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The first part in a folder that is called `document` or so: some programs number it.
    pub(super) fn find(&self, folder: &str, ending: &str) -> Option<&str> {
        let mut names: Vec<&str> = self
            .names()
            .filter(|name| {
                let rest = name.strip_prefix(folder).and_then(|rest| rest.strip_suffix(ending));
                rest.and_then(|rest| rest.strip_prefix("document"))
                    .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
            })
            .collect();
        names.sort_unstable();
        names.first().copied()
    }

    /// Whether there is a part with this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The text of a part; `None` if there is no such part.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let Some(number) = self.zip.index_for_name(name) else { return Ok(None) };
        let kind = self.kind;
        let part = match self.zip.by_index(number) {
            Ok(part) => part,
            Err(ZipError::UnsupportedArchive(why)) if why == ZipError::PASSWORD_REQUIRED => {
                return Err(ReadError::Encrypted { kind });
            }
            Err(error) => return Err(broken(kind, name, &error)),
        };
        if part.encrypted() {
            return Err(ReadError::Encrypted { kind });
        }
        let ratio = RATIO.saturating_mul(part.compressed_size().max(1));
        // The sizes that the archive states may be wrong, so what comes out is counted.
        let limit = (self.room as u64).min(ratio.max(SMALL));
        let mut bytes = Vec::new();
        let read = part.take(limit + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > limit {
            return Err(ReadError::Inflated { limit: limit as usize });
        }
        if let Err(error) = read {
            return Err(super::broken(kind, name, &error.to_string()));
        }
        self.room -= bytes.len();
        decoded(bytes)
            .map(Some)
            .ok_or_else(|| super::broken(kind, name, "不是 UTF-8 或 UTF-16 文本"))
    }
}

/// XML parts are UTF-8, or UTF-16 with a mark.
fn decoded(bytes: Vec<u8>) -> Option<String> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        let (encoding, length) = encoding_rs::Encoding::for_bom(&bytes)?;
        let text =
            encoding.decode_without_bom_handling_and_without_replacement(&bytes[length..])?;
        return Some(text.into_owned());
    }
    String::from_utf8(bytes).ok()
}

fn broken(kind: &'static str, part: &str, error: &ZipError) -> ReadError {
    super::broken(kind, part, &error.to_string())
}
