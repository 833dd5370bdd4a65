//! What the bytes that are left allow a damaged character to be.

use std::sync::OnceLock;

use super::model::{Model, fold};
use crate::gbk::{Class, Gbk, is_han};

/// Every character that agrees with the byte that is left. A digit is never inferred, and neither is a space.
pub(super) fn candidates(lead: Option<u8>, trail: Option<u8>) -> &'static [char] {
    static TABLE: OnceLock<Candidates> = OnceLock::new();
    let table = TABLE.get_or_init(Candidates::build);
    match (lead, trail) {
        (Some(lead), _) => table.of_lead.get(usize::from(lead)).map_or(&[], Vec::as_slice),
        (None, Some(trail)) => table.of_trail.get(usize::from(trail)).map_or(&[], Vec::as_slice),
        // With no byte left only words can tell.
        (None, None) => &table.known,
    }
}

struct Candidates {
    of_lead: Vec<Vec<char>>,
    of_trail: Vec<Vec<char>>,
    known: Vec<char>,
}

impl Candidates {
    fn build() -> Self {
        let gbk = Gbk::get();
        let pair = |lead, trail| {
            gbk.decode_defined(lead, trail).filter(|character| is_inferable(*character))
        };
        let of_lead = |lead| (0x40..=0xFE).filter_map(|trail| pair(lead, trail)).collect();
        let of_trail = |trail| (0x81..=0xFE).filter_map(|lead| pair(lead, trail)).collect();
        let known = Model::known().iter().copied();
        Candidates {
            of_lead: (0..=0xFF).map(of_lead).collect(),
            of_trail: (0..=0xFF).map(of_trail).collect(),
            known: known.filter(|character| is_inferable(*character)).collect(),
        }
    }
}

/// Whether a `?` can have hidden a character's second byte together with the first one of the next character.
pub(super) fn can_hide(character: char, next: char) -> bool {
    let gbk = Gbk::get();
    match (gbk.encode(character), gbk.encode(next)) {
        (Some([_, trail]), Some([lead, _])) => hidden_after(trail).contains(&lead),
        _ => false,
    }
}

/// Whether a character may be inferred at all.
pub(super) fn is_inferable(character: char) -> bool {
    is_han(character) || !(character.is_numeric() || character.is_whitespace())
}

/// The bytes that make no character after `first`, so that a page shows the two as `?`.
pub(super) fn hidden_after(first: u8) -> &'static [u8] {
    static TABLE: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let gbk = Gbk::get();
        let hidden =
            |first| (0x81..=0xFE).filter(|b| gbk.decode_defined(first, *b).is_none()).collect();
        (0..=0xFF).map(hidden).collect()
    });
    table.get(usize::from(first)).map_or(&[], Vec::as_slice)
}

/// What speaks for a character as the one that lost its lead byte where a run begins: pages change the marks of
/// a text more often than its words.
pub(super) fn opening(character: char) -> f64 {
    if Gbk::get().class(character) == Class::Sign
        && matches!(fold(character), '。' | ',' | ';' | ':' | '、' | '”' | '“' | '(' | ')' | '!')
    {
        1.5
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_byte_that_is_left_narrows_the_choice() {
        let of_trail = candidates(None, Some(0xA3));
        assert!(of_trail.contains(&'。') && of_trail.contains(&'保'));
        let of_lead = candidates(Some(0xC2), None);
        assert!(of_lead.contains(&'率') && !of_lead.contains(&'保'));
    }

    #[test]
    fn no_digit_is_a_candidate() {
        for lead in 0x81..=0xFE {
            assert!(!candidates(Some(lead), None).iter().any(|c| !is_han(*c) && c.is_numeric()));
        }
        assert!(!candidates(None, None).iter().any(char::is_ascii_digit));
    }

    #[test]
    fn a_question_mark_hides_pairs_without_a_character() {
        // The second byte of the first and the first byte of the second are a user-defined code.
        assert!(can_hide('同', '期'));
        assert!(!can_hide('工', '业'));
    }
}
