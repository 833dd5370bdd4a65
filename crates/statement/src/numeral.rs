//! Numbers as reports write them: Arabic digits with separators, Chinese numerals, and what damage left.

mod sum;
mod whole;

use rust_decimal::Decimal;
use terms::{Amount, LOST};

pub use whole::{Numeral, Share, ordinal, parse, share};

/// An Arabic number at the beginning of `text`: the amount and its length in bytes.
///
/// Thousands separators are read only where they part groups of three digits. A number that begins or goes on
/// with the mark of a lost digit is lost.
pub(crate) fn arabic(text: &str) -> Option<(Amount, usize)> {
    let mut written = String::new();
    let mut end = 0;
    let mut point = false;
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    loop {
        let rest = &text[end..];
        let Some(next) = rest.chars().next() else { break };
        match next {
            '0'..='9' | LOST => {
                written.push(next);
                end += next.len_utf8();
            }
            '.' if !point
                && !written.is_empty()
                && (digit(end + 1) || rest[1..].starts_with(LOST)) =>
            {
                point = true;
                written.push('.');
                end += 1;
            }
            ',' if !point
                && (1..=3).contains(&first_group(&written))
                && digit(end + 1)
                && digit(end + 2)
                && digit(end + 3)
                && !digit(end + 4) =>
            {
                written.push_str(&text[end + 1..end + 4]);
                end += 4;
            }
            _ => break,
        }
    }
    // Longer than any figure of a plan: an identifier, a telephone number.
    if written.is_empty()
        || written.len() > 20
        || !written.contains(|c: char| c.is_ascii_digit() || c == LOST)
    {
        return None;
    }
    Some((written.parse().ok()?, end))
}

/// How many digits stand before the first separator could come.
fn first_group(written: &str) -> usize {
    match written.len() % 3 {
        0 if !written.is_empty() => 3,
        rest => rest,
    }
}

/// The value of a Chinese digit.
fn digit(character: char) -> Option<u64> {
    Some(match character {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// The value of a digit as cheques write it. In running text these characters belong to other words (陆地).
fn financial(character: char) -> Option<u64> {
    Some(match character {
        '壹' => 1,
        '贰' | '貳' => 2,
        '叁' | '參' => 3,
        '肆' => 4,
        '伍' => 5,
        '陆' | '陸' => 6,
        '柒' => 7,
        '捌' => 8,
        '玖' => 9,
        _ => return None,
    })
}

/// Several Chinese digits at the beginning of `text`: read one by one (二〇二四), or no number where two stand for
/// either (二三十, twenty or thirty). The outer `None` where there are not several.
fn digits(text: &str) -> Option<Option<(Decimal, usize)>> {
    let run = text.trim_start_matches(|c: char| digit(c).is_some() && c != '两');
    let run = &text[..text.len() - run.len()];
    let count = run.chars().count();
    if count < 2 || run.starts_with('零') {
        return None;
    }
    if count == 2 && !run.contains(['零', '〇']) {
        return Some(None);
    }
    let written: String = run.chars().filter_map(digit).map(|digit| digit.to_string()).collect();
    Some(Decimal::from_str_exact(&written).ok().map(|value| (value, run.len())))
}

/// A Chinese numeral at the beginning of `text`, without 万 and 亿 (they stay in the unit): value and length.
pub(crate) fn chinese(text: &str) -> Option<(Decimal, usize)> {
    if let Some(run) = digits(text) {
        return run;
    }
    let mut total: u64 = 0;
    let mut current: Option<u64> = None;
    let mut end = 0;
    let mut decimals: Option<String> = None;
    for character in text.chars() {
        let digit = digit(character);
        if let Some(digit) = digit {
            match &mut decimals {
                Some(places) => places.push(char::from(b'0' + digit as u8)),
                None => current = Some(digit),
            }
        } else {
            let times = match character {
                '十' => 10,
                '百' => 100,
                '千' => 1_000,
                '点' if current.is_some() && decimals.is_none() => {
                    decimals = Some(String::new());
                    end += character.len_utf8();
                    continue;
                }
                _ => break,
            };
            if decimals.is_some() || total > 0 && times > 100 && current.is_none() {
                break;
            }
            total += current.take().unwrap_or(1) * times;
        }
        end += character.len_utf8();
    }
    let whole = Decimal::from(total + current.unwrap_or(0));
    match decimals {
        // 两点论 is no number: the point must be followed by digits.
        Some(places) if places.is_empty() => {
            let end = end.checked_sub('点'.len_utf8())?;
            (end > 0).then_some((whole, end))
        }
        Some(places) => Some((Decimal::from_str_exact(&format!("{whole}.{places}")).ok()?, end)),
        None => (end > 0).then_some((whole, end)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_arabic_numbers() {
        for (text, value, length) in [
            ("24.53亿元", "24.53", 5),
            ("1,234,567人", "1234567", 9),
            ("12,5家", "12", 2),
            ("5.以产业", "5", 1),
            ("〓5%", "〓5", 4),
            ("8.〓%", "8.〓", 5),
        ] {
            let (amount, end) = arabic(text).unwrap();
            assert_eq!((amount.to_string().as_str(), end), (value, length), "{text}");
        }
        assert!(arabic("亿").is_none());
        assert!(arabic("123456789012345678901234567890").is_none());
    }

    #[test]
    fn reads_chinese_numerals() {
        for (text, value, length) in [
            ("二十周年", "20", 6),
            ("十五", "15", 6),
            ("三百二十", "320", 12),
            ("两项", "2", 3),
            ("一点五倍", "1.5", 9),
            ("二〇二四年", "2024", 12),
        ] {
            assert_eq!(
                chinese(text),
                Some((Decimal::from_str_exact(value).unwrap(), length)),
                "{text}"
            );
        }
        assert_eq!(chinese("两点论"), Some((Decimal::from(2), 3)));
        assert_eq!(chinese("家"), None);
        assert_eq!(chinese("二三十家"), None);
    }
}
