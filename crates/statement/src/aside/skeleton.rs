//! Sentences told apart from their numerals, so that two texts can be laid upon each other.

use terms::{LOST, Skeleton, Span};

use crate::sentence::Sentence;

/// Stands in the place of a numeral.
const MARK: char = '#';

/// A sentence without its numerals.
pub(super) fn of(sentence: &Sentence<'_>) -> Skeleton {
    let mut words = String::with_capacity(sentence.text.len());
    let mut numerals: Vec<(String, Span)> = Vec::new();
    let mut run: Option<(usize, String)> = None;
    let end = sentence.text.len();
    for (at, character) in sentence.text.char_indices().chain([(end, '\n')]) {
        let point = character == '.' && run.is_some();
        if character.is_ascii_digit() || point || LOST == character || NUMERALS.contains(character)
        {
            run.get_or_insert_with(|| (at, String::new())).1.push(character);
            continue;
        }
        if let Some((start, numeral)) = run.take() {
            words.push(MARK);
            let span = Span::new(sentence.start + start, sentence.start + at);
            numerals.push((numeral, span));
        }
        words.push(character);
    }
    let span = Span::new(sentence.start, sentence.start + end);
    Skeleton { words, numerals, span }
}

const NUMERALS: &str = "一二两三四五六七八九十百千";
