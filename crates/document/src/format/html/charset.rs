//! The encoding of a page: what its bytes are, else what it says of itself.

use encoding_rs::{BIG5, Encoding, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::ReadError;
use crate::decode::{self, Decoded};
use crate::repair::{Cell, Tape};

/// How far into a page its encoding is looked for; browsers look at the first 1024 bytes.
const HEAD: usize = 4096;

/// Decodes a page.
///
/// Bytes that are UTF-8 are that whatever the page says, as the converse never happens by chance. GB 2312 and its
/// extensions are left to the detection that plain text has.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, ReadError> {
    let named = declared(bytes);
    match named {
        Some(encoding)
            if ![UTF_8, GBK, encoding_rs::GB18030, UTF_16LE, UTF_16BE].contains(&encoding)
                && std::str::from_utf8(bytes).is_err() =>
        {
            match strictly(bytes, encoding) {
                Some(decoded) => Ok(decoded),
                None => decode::decode(bytes),
            }
        }
        _ => decode::decode(bytes),
    }
}

/// The encoding that the page names in its head.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD).unwrap_or(bytes).to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset")?;
    let rest = &head[at + b"charset".len()..];
    let label = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let start = rest.iter().position(label)?;
    let length = rest[start..].iter().take_while(|byte| label(byte)).count();
    Encoding::for_label(&rest[start..start + length])
}

/// Decodes without replacing anything; `None` where a byte does not fit.
fn strictly(bytes: &[u8], encoding: &'static Encoding) -> Option<Decoded> {
    let mut tape = Tape::new();
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut cells = Vec::with_capacity(bytes.len() / 2);
    let mut start = 0;
    let mut buffer = [0; 16];
    for (at, byte) in bytes.iter().enumerate() {
        let last = at + 1 == bytes.len();
        let (result, _, written) = decoder.decode_to_utf8_without_replacement(
            std::slice::from_ref(byte),
            &mut buffer,
            last,
        );
        if !matches!(result, encoding_rs::DecoderResult::InputEmpty) {
            return None;
        }
        for character in std::str::from_utf8(&buffer[..written]).ok()?.chars() {
            cells.push(Cell::new(character, start, at + 1));
            start = at + 1;
        }
    }
    tape.note_encoding(
        terms::Span::new(0, 0),
        "",
        &format!("按网页声明的 {} 解码", encoding.name()),
    );
    tape.cells = cells;
    let encoding = if encoding == BIG5 { "Big5" } else { encoding.name() };
    Some(Decoded { tape, encoding })
}
