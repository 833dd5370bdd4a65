//! Texts as they are compared: small letters, letters and digits of ordinary width.

use std::ops::Range;

use publication::search::Marked;

/// A character as it is compared. It stays one character, so that places can be found again.
fn folded(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => {
            let narrow = u32::from(character) - 0xfee0;
            char::from_u32(narrow).unwrap_or(character).to_ascii_lowercase()
        }
        other if other.is_whitespace() => ' ',
        other => other.to_lowercase().next().unwrap_or(other),
    }
}

/// A text as it is compared.
pub(super) fn fold(text: &str) -> String {
    text.chars().map(folded).collect()
}

/// The same, with the place in the text of each byte, and of its end.
fn with_places(text: &str) -> (String, Vec<usize>) {
    let mut plain = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len() + 1);
    for (at, character) in text.char_indices() {
        plain.push(folded(character));
        places.resize(plain.len(), at);
    }
    places.push(text.len());
    (plain, places)
}

/// Whether a word of letters and digits that is found at a place begins there: `ai` is no part of `main`.
pub(super) fn begins(text: &str, at: usize, word: &str) -> bool {
    let before = at.checked_sub(1).and_then(|before| text.as_bytes().get(before));
    let letter = |byte: &u8| byte.is_ascii_alphanumeric();
    !(word.as_bytes().first().is_some_and(letter) && before.is_some_and(letter))
}

/// Every place of a word in a text, both as they are compared.
pub(super) fn places<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(word).map(|(at, _)| at).filter(move |at| begins(text, *at, word))
}

/// A text with the words marked that occur in it.
pub(super) fn marked(text: &str, words: &[String]) -> Marked {
    let (plain, at) = with_places(text);
    let mut marks: Vec<Range<usize>> = Vec::new();
    for word in words {
        let found = places(&plain, word);
        marks.extend(found.map(|start| at[start]..at[start + word.len()]));
    }
    Marked { text: text.to_owned(), marks: joined(marks) }
}

/// Marks in their order, those that touch or overlap made one.
pub(super) fn joined(mut marks: Vec<Range<usize>>) -> Vec<Range<usize>> {
    marks.sort_by_key(|mark| (mark.start, mark.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(marks.len());
    for mark in marks {
        match joined.last_mut() {
            Some(last) if mark.start <= last.end => last.end = last.end.max(mark.end),
            _ => joined.push(mark),
        }
    }
    joined
}

/// So many characters of a text are shown, and so many of them before the first word.
const SHOWN: usize = 90;
const BEFORE: usize = 24;

/// The stretch of a text around the first of the words, with all of them marked.
pub(super) fn snippet(text: &str, words: &[String]) -> Marked {
    let whole = marked(text, words);
    let first = whole.marks.first().map_or(0, |mark| mark.start);
    let start = text[..first].char_indices().rev().take(BEFORE).last().map_or(0, |(at, _)| at);
    // A few characters more are not worth the mark of an omission.
    let start = if text[..start].chars().count() <= 3 { 0 } else { start };
    let end = text[start..].char_indices().nth(SHOWN).map_or(text.len(), |(at, _)| start + at);
    let opening = if start > 0 { "…" } else { "" };
    let closing = if end < text.len() { "…" } else { "" };
    let within = whole.marks.iter().filter(|mark| mark.start >= start && mark.start < end);
    let marks = within
        .map(|mark| mark.start - start + opening.len()..mark.end.min(end) - start + opening.len());
    let marks = marks.collect();
    Marked { text: format!("{opening}{}{closing}", &text[start..end]), marks }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_and_case_make_no_difference() {
        assert_eq!(fold("ＧＤＰ增速　５％"), "gdp增速 5%");
        let found = marked("ＧＤＰ与gdp", &["gdp".to_owned()]);
        assert_eq!(found.pieces(), [("ＧＤＰ", true), ("与", false), ("gdp", true)]);
    }

    #[test]
    fn a_word_of_letters_begins_where_a_word_begins() {
        assert_eq!(places("main ai p-01 x01", "ai").collect::<Vec<_>>(), [5]);
        assert_eq!(places("main ai p-01 x01", "01").collect::<Vec<_>>(), [10]);
        assert_eq!(places("总投资额", "投资").collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn a_long_text_is_shown_where_the_words_are() {
        let text = format!("{}投资{}", "前".repeat(200), "后".repeat(200));
        let shown = snippet(&text, &["投资".to_owned()]);
        assert!(shown.text.starts_with('…') && shown.text.ends_with('…'));
        assert_eq!(shown.text.chars().count(), SHOWN + 2);
        assert!(shown.pieces().contains(&("投资", true)));
        assert_eq!(snippet("投资", &["投资".to_owned()]).pieces(), [("投资", true)]);
        assert_eq!(snippet("", &["投资".to_owned()]).text, "");
    }
}
