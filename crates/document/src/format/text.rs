//! Plain text, with the tables that are written in it.

use super::{Raw, markdown};
use crate::ReadError;
use crate::decode::{self, Decoded};

/// Reads plain text. It is not changed, unless it holds a table drawn with `|`.
pub(super) fn read(bytes: &[u8]) -> Result<Raw, ReadError> {
    let Decoded { tape, encoding } = decode::decode(bytes)?;
    if memchr::memchr2(b'|', b'\t', bytes).is_none() {
        return Ok(Raw {
            tape,
            tables: Vec::new(),
            encoding: encoding.to_owned(),
            diagnostics: Vec::new(),
        });
    }
    markdown::tables(tape, encoding)
}
