//! Lines, and the lines that were lost.

use terms::Span;

/// A line is taken for several whose breaks were lost when it is longer than this, in bytes.
pub(super) const LONG_LINE: usize = 1_200;

/// Cuts a text into lines, and overlong lines at the spaces that once were line breaks.
pub(super) fn segments(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if line.len() > LONG_LINE {
            cut_at_spaces(text, Span::new(start, end), &mut found);
        } else {
            push_trimmed(text, Span::new(start, end), &mut found);
        }
        start = end;
    }
    found
}

pub(super) fn cut_at_spaces(text: &str, line: Span, found: &mut Vec<Span>) {
    let mut depth = 0usize;
    let mut opened = 0;
    let mut start = line.start;
    // Where the word behind the last space began: a run of spaces is looked over once.
    let mut word = line.start;
    for (at, character) in text[line.range()].char_indices().map(|(at, c)| (line.start + at, c)) {
        match character {
            '“' | '《' | '(' | '（' => {
                depth += 1;
                opened = at;
            }
            '”' | '》' | ')' | '）' => depth = depth.saturating_sub(1),
            // A quotation that never closes must not swallow the rest of the page.
            _ if depth > 0 && at - opened > 300 => depth = 0,
            ' ' | '\u{3000}' | '\t' if depth == 0 => {
                let before = text[start..at].chars().next_back();
                if word <= at {
                    word = line.end - text[at..line.end].trim_start().len();
                }
                let after = text[word..line.end].chars().next();
                // A space between Latin letters or digits is part of the text.
                let latin =
                    |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '/');
                if !(latin(before) && latin(after)) {
                    push_trimmed(text, Span::new(start, at), found);
                    start = at;
                }
            }
            _ => {}
        }
    }
    push_trimmed(text, Span::new(start, line.end), found);
}

pub(super) fn push_trimmed(text: &str, span: Span, found: &mut Vec<Span>) {
    let piece = &text[span.range()];
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let start = span.start + (piece.len() - piece.trim_start().len());
        found.push(Span::new(start, start + trimmed.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_of_spaces_takes_no_longer_than_other_text() {
        // Looked over again from each of its spaces it would take minutes.
        let text = format!("完成{}投资\n", " ".repeat(400_000));
        assert_eq!(segments(&text), [Span::new(0, 6), Span::new(400_006, 400_012)]);
    }
}
