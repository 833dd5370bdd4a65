//! What the bytes that are left allow a damaged character to be.

use std::sync::OnceLock;

use super::model::{Model, fold};
use crate::gbk::{Class, Gbk, is_han};

/// Every character that agrees with the bytes that are left. A digit is never inferred, and neither is a space.
pub(super) fn candidates(lead: Option<u8>, trail: Option<u8>) -> Box<dyn Iterator<Item = char>> {
    let gbk = Gbk::get();
    let pairs = move |lead: u8, trail: u8| gbk.decode_defined(lead, trail);
    let found: Box<dyn Iterator<Item = char>> = match (lead, trail) {
        (Some(lead), Some(trail)) => Box::new(pairs(lead, trail).into_iter()),
        (Some(lead), None) => Box::new((0x40..=0xFE).filter_map(move |trail| pairs(lead, trail))),
        (None, Some(trail)) => Box::new((0x81..=0xFE).filter_map(move |lead| pairs(lead, trail))),
        // With no byte left only words can tell.
        (None, None) => Box::new(Model::known().iter().copied()),
    };
    Box::new(found.filter(|character| is_inferable(*character)))
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
        let of_trail: Vec<char> = candidates(None, Some(0xA3)).collect();
        assert!(of_trail.contains(&'。') && of_trail.contains(&'保'));
        let of_lead: Vec<char> = candidates(Some(0xC2), None).collect();
        assert!(of_lead.contains(&'率') && !of_lead.contains(&'保'));
    }

    #[test]
    fn no_digit_is_a_candidate() {
        for lead in 0x81..=0xFE {
            assert!(!candidates(Some(lead), None).any(|c| !is_han(c) && c.is_numeric()));
        }
        assert!(!candidates(None, None).any(|c| c.is_ascii_digit()));
    }

    #[test]
    fn a_question_mark_hides_pairs_without_a_character() {
        // The second byte of the first and the first byte of the second are a user-defined code.
        assert!(can_hide('同', '期'));
        assert!(!can_hide('工', '业'));
    }
}
