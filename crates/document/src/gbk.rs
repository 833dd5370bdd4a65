//! The double-byte part of GB18030 as two tables, and what an encoding tells about how common a character is.

use std::sync::OnceLock;

use encoding_rs::GB18030;

/// Both directions of the double-byte code, built once.
pub(crate) struct Gbk {
    /// Character of `lead << 8 | trail`; 0 where there is none.
    decode: Vec<u32>,
    /// Double-byte code of every character of the basic plane; 0 where there is none.
    encode: Vec<u16>,
}

/// How common a character is, as far as its place in the code tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Punctuation and signs of GB 2312.
    Sign,
    /// The 3755 common characters of GB 2312.
    Common,
    /// The other characters of GB 2312.
    Uncommon,
    /// Characters that only GBK knows, most of them traditional.
    Extended,
    /// Kana, Greek, Cyrillic, drawing signs.
    Foreign,
    /// Codes that the standard leaves to their users; most readers show them as `?`.
    Private,
    /// Not in the double-byte code.
    Outside,
}

impl Gbk {
    /// The tables.
    pub(crate) fn get() -> &'static Gbk {
        static TABLES: OnceLock<Gbk> = OnceLock::new();
        TABLES.get_or_init(Gbk::build)
    }

    fn build() -> Gbk {
        let mut decode = vec![0; 1 << 16];
        let mut encode = vec![0; 1 << 16];
        for lead in 0x81..=0xFEu8 {
            for trail in (0x40..=0xFEu8).filter(|trail| *trail != 0x7F) {
                let pair = [lead, trail];
                let Some(text) = GB18030.decode_without_bom_handling_and_without_replacement(&pair)
                else {
                    continue;
                };
                let mut characters = text.chars();
                let (Some(character), None) = (characters.next(), characters.next()) else {
                    continue;
                };
                let code = u16::from_be_bytes(pair);
                decode[usize::from(code)] = u32::from(character);
                if let Some(slot) = encode.get_mut(u32::from(character) as usize)
                    && *slot == 0
                {
                    *slot = code;
                }
            }
        }
        Gbk { decode, encode }
    }

    /// The character of two bytes.
    pub(crate) fn decode(&self, lead: u8, trail: u8) -> Option<char> {
        let code = self.decode[usize::from(u16::from_be_bytes([lead, trail]))];
        if code == 0 { None } else { char::from_u32(code) }
    }

    /// The character of two bytes, unless the code is one that readers show as `?`.
    pub(crate) fn decode_defined(&self, lead: u8, trail: u8) -> Option<char> {
        self.decode(lead, trail).filter(|character| !is_private(*character))
    }

    /// The two bytes of a character.
    pub(crate) fn encode(&self, character: char) -> Option<[u8; 2]> {
        let code = *self.encode.get(u32::from(character) as usize)?;
        if code == 0 { None } else { Some(code.to_be_bytes()) }
    }

    /// How common a character is.
    pub(crate) fn class(&self, character: char) -> Class {
        if is_private(character) {
            return Class::Private;
        }
        let Some([lead, trail]) = self.encode(character) else { return Class::Outside };
        match (lead, trail) {
            (0xA1 | 0xA3, 0xA1..) => Class::Sign,
            (0xA2, 0xA1..) | (0xA4..=0xA9, _) => Class::Foreign,
            (0xB0..=0xD7, 0xA1..) => Class::Common,
            (0xD8..=0xF7, 0xA1..) => Class::Uncommon,
            _ => Class::Extended,
        }
    }
}

/// Whether a character stands in the private-use area.
pub(crate) fn is_private(character: char) -> bool {
    ('\u{E000}'..='\u{F8FF}').contains(&character)
}

/// Whether a character is a Han character.
pub(crate) fn is_han(character: char) -> bool {
    let code = u32::from(character);
    // Nearly all of them, so that the others are seldom looked for.
    code.wrapping_sub(0x4E00) <= 0x9FFF - 0x4E00
        || code > 0x3006
            && matches!(code, 0x3400..=0x4DBF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF | 0x3007)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_directions_agree() {
        let gbk = Gbk::get();
        assert_eq!(gbk.encode('。'), Some([0xA1, 0xA3]));
        assert_eq!(gbk.decode(0x99, 0x43), Some('機'));
        assert_eq!(gbk.encode('a'), None);
        assert!(gbk.decode_defined(0xAC, 0xC6).is_none());
        for lead in 0x81..=0xFEu8 {
            for trail in 0x40..=0xFEu8 {
                if let Some(character) = gbk.decode_defined(lead, trail)
                    && is_han(character)
                {
                    assert_eq!(gbk.encode(character), Some([lead, trail]), "{character}");
                }
            }
        }
    }

    #[test]
    fn classes_follow_the_standard() {
        let gbk = Gbk::get();
        for (character, class) in [
            ('的', Class::Common),
            ('鞍', Class::Common),
            ('煞', Class::Common),
            ('囹', Class::Uncommon),
            ('機', Class::Extended),
            ('，', Class::Sign),
            ('ぷ', Class::Foreign),
            ('\u{E000}', Class::Private),
            ('a', Class::Outside),
        ] {
            assert_eq!(gbk.class(character), class, "{character}");
        }
    }
}
