//! Which way a promise wants its number to go, as far as its own words say so.
//!
//! The catalogue's word counts first. Where it does not know the measure, a promise to reach, complete or build
//! an amount is kept by more, one to hold or bring it down is kept by less; a promise that uses neither kind of
//! word, or both, says nothing.

use terms::{Basis, Better, Statement};

const MORE: &[&str] = &[
    "达到",
    "突破",
    "完成",
    "实现",
    "提高到",
    "提高至",
    "提升到",
    "提升至",
    "增加到",
    "增加至",
    "扩大到",
    "新增",
    "新建",
    "建成",
    "引进",
    "培育",
];

const LESS: &[&str] = &[
    "控制在",
    "降至",
    "降到",
    "降低到",
    "降低至",
    "下降到",
    "下降至",
    "减少到",
    "减少至",
    "压减到",
    "压减至",
    "压降到",
    "压降至",
];

/// The direction in which the promise is better kept, with the word that says so.
pub(super) fn promised_direction(promise: &Statement) -> Option<(Better, &'static str)> {
    // A growth is a change already: "降至" would speak of the level.
    if !matches!(promise.basis, Some(Basis::Level | Basis::Increment)) {
        return None;
    }
    let word =
        |words: &[&'static str]| words.iter().copied().find(|word| promise.quote.contains(word));
    match (word(MORE), word(LESS)) {
        (Some(word), None) => Some((Better::Higher, word)),
        (None, Some(word)) => Some((Better::Lower, word)),
        _ => None,
    }
}
