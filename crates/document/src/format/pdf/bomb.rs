//! Streams that would fill memory, found before the file is opened.
//!
//! Opening a file unpacks streams whole, so they are unpacked here first, piece by piece and counted.

use flate2::read::ZlibDecoder;
use std::io::Read;

use crate::ReadError;

/// How many bytes one stream may have, unpacked; a scanned page in colours has 26 million.
const STREAM: usize = 64 << 20;

/// How many bytes all streams may have together.
const TOTAL: usize = 1 << 30;

/// A stream may be packed this many times over.
const LAYERS: usize = 3;

/// Refuses a file with a stream that is too large unpacked.
pub(super) fn refuse(bytes: &[u8]) -> Result<(), ReadError> {
    let mut total = 0;
    let mut next = 0;
    // Where one packed stream ends, the search goes on: words inside it would only be found by chance.
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let data = at + b"stream".len();
        if at < next || bytes[..at].ends_with(b"end") {
            continue;
        }
        let rest = &bytes[data..];
        let line = rest.iter().take(2).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let (packed, unpacked) = unpacked(&rest[line..], LAYERS)?;
        next = data + line + packed;
        total += unpacked;
        if total > TOTAL {
            return Err(ReadError::Inflated { limit: TOTAL });
        }
    }
    Ok(())
}

/// How many packed bytes a stream has, and how many unpacked; 0 for one that is not packed so.
fn unpacked(bytes: &[u8], layers: usize) -> Result<(usize, usize), ReadError> {
    if !is_packed(bytes) {
        return Ok((0, 0));
    }
    let mut decoder = ZlibDecoder::new(bytes);
    let mut inner = Vec::new();
    let mut piece = vec![0; 64 << 10];
    let mut count = 0;
    loop {
        let read = match decoder.read(&mut piece) {
            // A damaged stream gives what stands before the damage.
            Ok(0) | Err(_) => break,
            Ok(read) => read,
        };
        count += read;
        if count > STREAM {
            return Err(ReadError::Inflated { limit: STREAM });
        }
        if count == read || !inner.is_empty() {
            inner.extend_from_slice(&piece[..read]);
            if !is_packed(&inner) {
                inner = Vec::new();
            }
        }
    }
    if !inner.is_empty() {
        if layers <= 1 {
            return Err(ReadError::Inflated { limit: LAYERS });
        }
        count += unpacked(&inner, layers - 1)?.1;
    }
    Ok((decoder.total_in() as usize, count))
}

/// Whether bytes begin as a packed stream does: its first two bytes name the method and are a multiple of 31.
fn is_packed(bytes: &[u8]) -> bool {
    match bytes {
        [first, second, ..] => {
            first & 0x0F == 8 && (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31)
        }
        _ => false,
    }
}
