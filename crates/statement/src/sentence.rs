//! Sentences, clauses and items, with regard to quotations and brackets.

use std::cell::OnceCell;
use std::sync::Arc;

use terms::Span;

/// Bits of [`Sentence::depth`].
pub(crate) const QUOTED: u8 = 1;
pub(crate) const BRACKETED: u8 = 2;

/// A sentence with the nesting of each of its bytes.
pub(crate) struct Sentence<'a> {
    /// The sentence with its closing mark.
    pub(crate) text: &'a str,
    /// Where it begins in the document's text, in bytes.
    pub(crate) start: usize,
    depth: Vec<u8>,
    clauses: OnceCell<Vec<Clause>>,
    /// The text as its statements share it.
    shared: OnceCell<Arc<str>>,
}

impl<'a> Sentence<'a> {
    pub(crate) fn new(text: &'a str, start: usize) -> Self {
        Sentence {
            text,
            start,
            depth: nesting(text),
            clauses: OnceCell::new(),
            shared: OnceCell::new(),
        }
    }

    /// The text, kept once for all statements of the sentence.
    pub(crate) fn shared(&self) -> Arc<str> {
        Arc::clone(self.shared.get_or_init(|| self.text.into()))
    }

    /// How the byte at `at` is nested.
    pub(crate) fn depth(&self, at: usize) -> u8 {
        self.depth.get(at).copied().unwrap_or(0)
    }

    /// Whether the byte at `at` stands inside a quotation or a book title.
    pub(crate) fn quoted(&self, at: usize) -> bool {
        self.depth(at) & QUOTED != 0
    }

    /// The clauses, parted by commas, semicolons and colons outside of quotations and brackets. The contents of
    /// brackets are clauses of their own and come after the clause that holds them.
    pub(crate) fn clauses(&self) -> &[Clause] {
        self.clauses.get_or_init(|| self.parted())
    }

    fn parted(&self) -> Vec<Clause> {
        let mut found = Vec::new();
        let mut start = 0;
        let mut strong = true;
        for (at, character) in self.text.char_indices() {
            let parts = matches!(
                character,
                '，' | ',' | '；' | ';' | '：' | ':' | '。' | '！' | '？' | '!' | '?'
            );
            if !parts || self.depth(at) != 0 || (character == ',' && thousands(self.text, at)) {
                continue;
            }
            if start < at {
                found.push(Clause { span: Span::new(start, at), strong, bracketed: false });
            }
            strong = matches!(character, '；' | ';' | '：' | ':');
            start = at + character.len_utf8();
        }
        if start < self.text.len() {
            found.push(Clause {
                span: Span::new(start, self.text.len()),
                strong,
                bracketed: false,
            });
        }
        if self.depth.iter().any(|depth| depth & BRACKETED != 0) {
            found.extend(self.brackets());
        }
        found
    }

    /// The clauses inside outermost brackets.
    fn brackets(&self) -> Vec<Clause> {
        let mut found = Vec::new();
        let mut start: Option<usize> = None;
        for (at, character) in self.text.char_indices() {
            let closing = matches!(character, ')' | '）' | '】' | ']' | '〕')
                && self.depth(at + character.len_utf8()) & BRACKETED == 0;
            let inside = self.depth(at) & BRACKETED != 0 && !closing;
            match (inside, start) {
                (true, None) if !is_open(character) => start = Some(at),
                (true, Some(from))
                    if matches!(character, '，' | ',' | '；' | ';')
                        && !thousands(self.text, at) =>
                {
                    found.push(Clause { span: Span::new(from, at), strong: true, bracketed: true });
                    start = Some(at + character.len_utf8());
                }
                (false, Some(from)) => {
                    found.push(Clause {
                        span: Span::new(from.min(at), at),
                        strong: true,
                        bracketed: true,
                    });
                    start = None;
                }
                _ => {}
            }
        }
        found
    }

    /// The items of a clause, parted by 、 outside of quotations and of deeper brackets.
    pub(crate) fn items(&self, clause: &Clause) -> Vec<Span> {
        let level = if clause.bracketed { BRACKETED } else { 0 };
        let mut found = Vec::new();
        let mut start = clause.span.start;
        for (at, character) in self.text[clause.span.range()].char_indices() {
            let at = clause.span.start + at;
            if character == '、' && self.depth(at) == level {
                found.push(Span::new(start, at));
                start = at + character.len_utf8();
            }
        }
        found.push(Span::new(start, clause.span.end));
        found
    }
}

/// A stretch between commas.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clause {
    /// Place in the sentence, in bytes.
    pub(crate) span: Span,
    /// Whether it begins anew: at the sentence's start or after a semicolon or colon.
    pub(crate) strong: bool,
    /// Whether it stands in brackets.
    pub(crate) bracketed: bool,
}

/// The sentences of a stretch of text that begins at byte `start` of a document.
pub(crate) fn sentences(text: &str, start: usize) -> impl Iterator<Item = Sentence<'_>> {
    let mut rest = text;
    let mut at = start;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            let end = sentence_end(rest);
            let (piece, after) = rest.split_at(end);
            let from = at + (piece.len() - piece.trim_start().len());
            at += end;
            rest = after;
            let piece = piece.trim();
            if !piece.is_empty() {
                return Some(Sentence::new(piece, from));
            }
        }
    })
}

/// Text that goes on for longer than this without a full stop, in bytes, is cut where it may be cut: it is no
/// sentence, and what a sentence costs, and each of its statements keeps, grows with its length.
const LONGEST: usize = 6_000;

/// Where the first sentence of `text` ends. A full stop inside a quotation that closes soon does not end it.
fn sentence_end(text: &str) -> usize {
    let mut open = 0usize;
    for (at, character) in text.char_indices() {
        if at > LONGEST {
            let pause = matches!(character, '，' | ',' | '；' | ';' | '、' | ' ' | '\t');
            // Failing a pause anywhere, but never inside a number.
            if at > 2 * LONGEST && !character.is_ascii_digit() && character != '.' {
                return at;
            }
            if pause && !thousands(text, at) {
                return at + character.len_utf8();
            }
        }
        match character {
            '“' | '《' => open += 1,
            '”' | '》' => open = open.saturating_sub(1),
            '\n' => return at + 1,
            '。' | '！' | '？' | '!' | '?' => {
                let end = at + character.len_utf8();
                let closes_soon = || text[end..].chars().take(60).any(|c| matches!(c, '”' | '》'));
                if open == 0 || !closes_soon() {
                    return end;
                }
            }
            _ => {}
        }
    }
    text.len()
}

fn is_open(character: char) -> bool {
    matches!(character, '(' | '（' | '【' | '[' | '〔')
}

fn thousands(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    digit(at.checked_sub(1))
        && digit(Some(at + 1))
        && digit(Some(at + 2))
        && digit(Some(at + 3))
        && !digit(Some(at + 4))
}

fn nesting(text: &str) -> Vec<u8> {
    let mut depth = vec![0u8; text.len()];
    let (mut quotes, mut brackets) = (0u32, 0u32);
    let last_close = text.rfind([')', '）', '】', ']', '〕']);
    for (at, character) in text.char_indices() {
        match character {
            '“' | '《' | '「' | '‘'
                if text[at..].chars().take(120).any(|c| c == partner(character)) =>
            {
                quotes += 1
            }
            c if is_open(c) && last_close.is_some_and(|close| close > at) => brackets += 1,
            _ => {}
        }
        let value =
            (if quotes > 0 { QUOTED } else { 0 }) | (if brackets > 0 { BRACKETED } else { 0 });
        if value != 0 {
            depth[at..at + character.len_utf8()].fill(value);
        }
        match character {
            '”' | '》' | '」' | '’' => quotes = quotes.saturating_sub(1),
            ')' | '）' | '】' | ']' | '〕' => brackets = brackets.saturating_sub(1),
            _ => {}
        }
    }
    depth
}

fn partner(open: char) -> char {
    match open {
        '“' => '”',
        '《' => '》',
        '「' => '」',
        _ => '’',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clauses(text: &str) -> Vec<String> {
        let sentence = Sentence::new(text, 0);
        sentence.clauses().iter().map(|clause| text[clause.span.range()].to_owned()).collect()
    }

    #[test]
    fn parts_sentences_outside_quotations() {
        let found: Vec<&str> = sentences("甲“乙。丙”丁。戊。", 0).map(|s| s.text).collect();
        assert_eq!(found, ["甲“乙。丙”丁。", "戊。"]);
    }

    #[test]
    fn brackets_are_clauses_of_their_own() {
        assert_eq!(
            clauses("收入5亿元(其中税收3亿元),增长2%。"),
            ["收入5亿元(其中税收3亿元)", "增长2%", "其中税收3亿元"]
        );
        assert_eq!(clauses("1,234人,5个"), ["1,234人", "5个"]);
    }

    #[test]
    fn no_sentence_grows_without_end() {
        for words in ["(", "甲", "5%", "增长5%，", "1,234,", "“"] {
            let text = words.repeat(20_000);
            let found: Vec<_> = sentences(&text, 0).collect();
            assert!(found.iter().all(|s| s.text.len() <= 2 * LONGEST + 10), "{words}");
            assert_eq!(found.iter().map(|s| s.text).collect::<String>(), text);
        }
        let digits = "9".repeat(3 * LONGEST);
        assert_eq!(sentences(&digits, 0).map(|s| s.text.len()).collect::<Vec<_>>(), [digits.len()]);
    }

    #[test]
    fn an_unclosed_quotation_parts_nothing() {
        assert_eq!(clauses("“甲,乙,丙"), ["“甲", "乙", "丙"]);
    }
}
