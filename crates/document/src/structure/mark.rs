//! The numbers that entries of a list begin with.

/// How a number is written. One list keeps to one style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `1.`, `1、`, `⒈`
    Dotted,
    /// `(1)`, `[1]`, `⑴`
    Bracketed,
    /// `①`, `❶`
    Circled,
    /// `一、`
    Chinese,
    /// `（一）`
    ChineseBracketed,
}

/// The number of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) style: Style,
    pub(super) number: u32,
}

/// Numbers that are one character each: the first of a run, how many there are, the number of the first.
const SINGLE: &[(char, u32, u32, Style)] = &[
    ('①', 20, 1, Style::Circled),
    ('㉑', 15, 21, Style::Circled),
    ('㊱', 15, 36, Style::Circled),
    ('❶', 10, 1, Style::Circled),
    ('⑴', 20, 1, Style::Bracketed),
    ('⒈', 20, 1, Style::Dotted),
];

/// The number at the beginning of `words`, and its length in bytes with the mark behind it.
pub(super) fn mark(words: &str) -> Option<(Mark, usize)> {
    let first = words.chars().next()?;
    for (start, count, from, style) in SINGLE {
        let place = u32::from(first).wrapping_sub(u32::from(*start));
        if place < *count {
            return Some((Mark { style: *style, number: from + place }, first.len_utf8()));
        }
    }
    let open = matches!(first, '(' | '（' | '[' | '［' | '〔' | '【');
    let inner = if open { &words[first.len_utf8()..] } else { words };
    let (number, length, chinese) = numeral(inner)?;
    let after = &inner[length..];
    let close = after.chars().next()?;
    let end = words.len() - after.len() + close.len_utf8();
    let rest = &words[end..];
    let style = match (open, close) {
        (true, ')' | '）' | ']' | '］' | '〕' | '】') if chinese => Style::ChineseBracketed,
        (true, ')' | '）' | ']' | '］' | '〕' | '】') => Style::Bracketed,
        (false, '、') if chinese => Style::Chinese,
        (false, '.' | '．' | '、') if !chinese => Style::Dotted,
        _ => return None,
    };
    // `2.0` is one number.
    let goes_on = close == '.' && rest.starts_with(|c: char| c.is_ascii_digit());
    (!goes_on).then_some((Mark { style, number }, end))
}

/// A number of up to two Chinese or three Arabic digits: its value, its length in bytes, whether it is Chinese.
fn numeral(words: &str) -> Option<(u32, usize, bool)> {
    let length = words.find(|c: char| !c.is_ascii_digit()).unwrap_or(words.len());
    if length > 0 {
        let number = words[..length].parse().ok().filter(|_| length <= 3)?;
        return Some((number, length, false));
    }
    const DIGITS: &str = "一二三四五六七八九十";
    let length = words.find(|c: char| !DIGITS.contains(c)).unwrap_or(words.len());
    let digit = |c: char| {
        let at = DIGITS.find(c)? / '一'.len_utf8();
        u32::try_from(at + 1).ok()
    };
    let mut characters = words[..length].chars();
    let number = match (characters.next(), characters.next(), characters.next()) {
        (Some(one), None, None) => digit(one)?,
        (Some('十'), Some(one), None) => 10 + digit(one)?,
        (Some(ten), Some('十'), None) => 10 * digit(ten)?,
        (Some(ten), Some('十'), Some(one)) => 10 * digit(ten)? + digit(one)?,
        _ => return None,
    };
    (length <= 9).then_some((number, length, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_in_every_style() {
        use Style::*;
        for (words, style, number, length) in [
            ("1.甲", Dotted, 1, 2),
            ("12、甲", Dotted, 12, 5),
            ("（3）甲", Bracketed, 3, 7),
            ("[4]甲", Bracketed, 4, 3),
            ("⑤甲", Circled, 5, 3),
            ("㉒甲", Circled, 22, 3),
            ("十、甲", Chinese, 10, 6),
            ("二十一、甲", Chinese, 21, 12),
            ("（十二）甲", ChineseBracketed, 12, 12),
        ] {
            assert_eq!(mark(words), Some((Mark { style, number }, length)), "{words}");
        }
        for words in ["2.0版", "2024年", "甲", "", "(甲)", "1", "五小", "三清：", "一二、"]
        {
            assert_eq!(mark(words), None, "{words}");
        }
    }
}
