//! The encodings, each as a step from a byte to the character that begins there.

use std::sync::OnceLock;

use encoding_rs::{BIG5, GB18030};

use crate::gbk::Gbk;

/// An encoding.
pub(super) trait Code: Copy {
    /// The character that begins at a byte, if these bytes are one, and how many bytes to go on: at least one.
    fn next(self, bytes: &[u8], at: usize) -> (Option<char>, usize);
}

/// UTF-8, to look at a text that is not quite that.
#[derive(Clone, Copy)]
pub(super) struct Utf8;

impl Code for Utf8 {
    fn next(self, bytes: &[u8], at: usize) -> (Option<char>, usize) {
        let length = match bytes.get(at) {
            Some(0xC2..=0xDF) => 2,
            Some(0xE0..=0xEF) => 3,
            Some(0xF0..=0xF4) => 4,
            _ => 1,
        };
        let character = bytes
            .get(at..at + length)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .and_then(|text| text.chars().next());
        (character, if character.is_some() { length } else { 1 })
    }
}

/// GB18030, which holds GBK and GB 2312.
#[derive(Clone, Copy)]
pub(super) struct Gb18030(&'static Gbk);

impl Gb18030 {
    pub(super) fn get() -> Self {
        Gb18030(Gbk::get())
    }
}

impl Code for Gb18030 {
    fn next(self, bytes: &[u8], at: usize) -> (Option<char>, usize) {
        let (character, length) = match (bytes.get(at), bytes.get(at + 1)) {
            (Some(&byte @ 0..=0x7F), _) => (Some(char::from(byte)), 1),
            (Some(_), Some(0x30..=0x39)) => (
                bytes.get(at..at + 4).and_then(|bytes| {
                    GB18030
                        .decode_without_bom_handling_and_without_replacement(bytes)?
                        .chars()
                        .next()
                }),
                4,
            ),
            (Some(&lead), Some(&trail)) => (self.0.decode(lead, trail), 2),
            _ => (None, 1),
        };
        (character, if character.is_some() { length } else { 1 })
    }
}

/// Big5 with the extensions of Hong Kong and ETEN.
#[derive(Clone, Copy)]
pub(super) struct Big5(&'static [u32]);

impl Big5 {
    pub(super) fn get() -> Self {
        static TABLE: OnceLock<Vec<u32>> = OnceLock::new();
        Big5(TABLE.get_or_init(Big5::build))
    }

    /// The character of `lead << 8 | trail`; 0 where there is none.
    fn build() -> Vec<u32> {
        let mut table = vec![0; 1 << 16];
        for lead in 0x81..=0xFEu8 {
            for trail in (0x40..=0x7E).chain(0xA1..=0xFEu8) {
                let pair = [lead, trail];
                let Some(text) = BIG5.decode_without_bom_handling_and_without_replacement(&pair)
                else {
                    continue;
                };
                let mut characters = text.chars();
                // Four codes stand for a letter and its accent; no Chinese text has them.
                if let (Some(character), None) = (characters.next(), characters.next()) {
                    table[usize::from(u16::from_be_bytes(pair))] = u32::from(character);
                }
            }
        }
        table
    }
}

impl Code for Big5 {
    fn next(self, bytes: &[u8], at: usize) -> (Option<char>, usize) {
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(&byte @ 0..=0x7F), _) => (Some(char::from(byte)), 1),
            (Some(&lead), Some(&trail)) => {
                match self.0.get(usize::from(u16::from_be_bytes([lead, trail]))).copied() {
                    None | Some(0) => (None, 1),
                    Some(code) => (char::from_u32(code), 2),
                }
            }
            _ => (None, 1),
        }
    }
}

/// UTF-16 in one of its byte orders.
#[derive(Clone, Copy)]
pub(super) struct Utf16 {
    pub(super) big: bool,
}

impl Utf16 {
    fn unit(self, bytes: &[u8], at: usize) -> Option<u16> {
        let pair: [u8; 2] = bytes.get(at..at + 2)?.try_into().ok()?;
        Some(if self.big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) })
    }
}

impl Code for Utf16 {
    fn next(self, bytes: &[u8], at: usize) -> (Option<char>, usize) {
        let Some(unit) = self.unit(bytes, at) else { return (None, 1) };
        let units = [unit, self.unit(bytes, at + 2).unwrap_or_default()];
        let length = if matches!(unit, 0xD800..=0xDBFF) { 2 } else { 1 };
        let character = char::decode_utf16(units.into_iter().take(length))
            .next()
            .and_then(Result::ok)
            // A text has no character zero, and the others are no characters by definition.
            .filter(|character| !matches!(character, '\0' | '\u{FFFE}' | '\u{FFFF}'));
        (character, if character.is_some() { length * 2 } else { 2 })
    }
}
