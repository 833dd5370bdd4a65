//! Plain text, with the tables that are written in it.

use super::{Raw, markdown};
use crate::ReadError;
use crate::decode;

/// Reads plain text. It is not changed, unless it holds a table drawn with `|` or tabs.
pub(super) fn read(bytes: &[u8]) -> Result<Raw<'_>, ReadError> {
    let (text, encoding) = decode::open(bytes)?;
    if !may_hold_table(bytes, text.is_utf8()) {
        let encoding = encoding.to_owned();
        return Ok(Raw { text, tables: Vec::new(), encoding, diagnostics: Vec::new() });
    }
    markdown::tables(text.whole()?, encoding)
}

/// Whether a text has a line that begins with `|` or holds two tabs. In other encodings than UTF-8 the bytes of both
/// may be parts of characters, so each is enough.
fn may_hold_table(bytes: &[u8], is_utf8: bool) -> bool {
    memchr::memchr2_iter(b'|', b'\t', bytes).any(|at| {
        let (before, after) = (&bytes[..at], &bytes[at + 1..]);
        match bytes[at] {
            _ if !is_utf8 => true,
            b'|' => begins_line(before),
            _ => memchr::memchr2(b'\n', b'\t', after).is_some_and(|next| after[next] == b'\t'),
        }
    })
}

/// Whether nothing but spaces stands between the last line break and the end.
fn begins_line(before: &[u8]) -> bool {
    let mut rest = before;
    while let Some(less) = [&b" "[..], b"\r", b"\t", "\u{3000}".as_bytes(), "\u{FEFF}".as_bytes()]
        .iter()
        .find_map(|space| rest.strip_suffix(*space))
    {
        rest = less;
    }
    rest.last().is_none_or(|byte| *byte == b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_inside_a_line_is_no_table() {
        for (text, may) in [
            ("开发区|高新区", false),
            ("  |甲|乙|", true),
            ("第一行\n\u{3000}|甲|", true),
            ("甲\t乙\n丙\t丁", false),
            ("甲\t乙\t丙", true),
            ("甲", false),
        ] {
            assert_eq!(may_hold_table(text.as_bytes(), true), may, "{text}");
        }
        assert!(may_hold_table("开发区|高新区".as_bytes(), false));
    }
}
