//! Numbers as they are read: with comparator, direction and unit in words. Nothing is computed here.

use maud::{Markup, html};
use rust_decimal::Decimal;
use terms::{Basis, Comparator, Direction, LOST, Statement};

use super::words::{self, Language};

/// Stands for a character that the source lost.
const LOST_CHARACTER: char = '□';

/// The number of a statement in words; `None` for a milestone.
pub(super) fn value(statement: &Statement, language: Language) -> Option<String> {
    let number = statement.value.as_ref()?.to_string();
    let unit = statement.unit.as_ref().map_or("", |unit| unit.as_str());
    let upper = statement.upper.as_ref().map(ToString::to_string);
    Some(match language {
        Language::Chinese => chinese(statement, &number, upper.as_deref(), unit),
        Language::English => english(statement, &number, upper.as_deref(), unit),
    })
}

fn chinese(statement: &Statement, number: &str, upper: Option<&str>, unit: &str) -> String {
    if statement.basis == Some(Basis::Rank) {
        let top = statement.comparator == Some(Comparator::AtMost);
        return match (unit, top) {
            ("强", _) => format!("{number}强"),
            (_, true) => format!("前{number}{unit}"),
            _ => format!("第{number}{unit}"),
        };
    }
    let direction = statement.direction.map_or("", |direction| words::direction(direction).0);
    let plain = format!("{number}{unit}");
    let bounded = match statement.comparator {
        Some(Comparator::AtLeast) => format!("{plain}以上"),
        Some(Comparator::AtMost) => format!("{plain}以内"),
        Some(Comparator::Above) => format!("超过{plain}"),
        Some(Comparator::Below) => format!("低于{plain}"),
        Some(Comparator::About) => format!("约{plain}"),
        Some(Comparator::Range) => match upper {
            Some(upper) => format!("{number}—{upper}{unit}"),
            None => plain,
        },
        Some(Comparator::Equal) | None => plain,
    };
    format!("{direction}{bounded}")
}

fn english(statement: &Statement, number: &str, upper: Option<&str>, unit: &str) -> String {
    let unit = match unit {
        "" => String::new(),
        "%" => "%".to_owned(),
        "个百分点" | "百分点" => " pp".to_owned(),
        other => format!(" {other}"),
    };
    if statement.basis == Some(Basis::Rank) {
        let top = statement.comparator == Some(Comparator::AtMost);
        return match unit.as_str() {
            " 位" if top => format!("top {number}"),
            " 强" => format!("top {number}"),
            " 位" => format!("rank {number}"),
            _ => format!("rank {number}{unit}"),
        };
    }
    let direction = match statement.direction {
        Some(Direction::Up) => "up ",
        Some(Direction::Down) => "down ",
        None => "",
    };
    let sign = match statement.comparator {
        Some(Comparator::AtLeast) => "≥ ",
        Some(Comparator::AtMost) => "≤ ",
        Some(Comparator::Above) => "> ",
        Some(Comparator::Below) => "< ",
        Some(Comparator::About) => "≈ ",
        Some(Comparator::Range | Comparator::Equal) | None => "",
    };
    match upper {
        Some(upper) => format!("{direction}{sign}{number}–{upper}{unit}"),
        None => format!("{direction}{sign}{number}{unit}"),
    }
}

/// A difference that the assessment computed, with its sign, in a unit.
pub(super) fn change(change: Decimal, unit: &str, language: Language) -> String {
    if change.is_zero() {
        return language.say(words::UNCHANGED).to_owned();
    }
    let sign = if change.is_sign_negative() { "−" } else { "+" };
    let amount = change.abs();
    // The difference of two shares is counted in percentage points, not in per cent.
    match (unit, language) {
        ("%", Language::Chinese) => format!("{sign}{amount}个百分点"),
        ("%", Language::English) => format!("{sign}{amount} pp"),
        (unit, Language::Chinese) => format!("{sign}{amount}{unit}"),
        (unit, Language::English) => format!("{sign}{amount} {unit}"),
    }
}

/// A text in which what the source lost is boxed and explained.
pub(super) fn with_lost(text: &str, language: Language) -> Markup {
    html! {
        @for piece in text.split_inclusive([LOST, LOST_CHARACTER]) {
            @let last = piece.chars().next_back();
            @match last {
                Some(mark @ (LOST | LOST_CHARACTER)) => {
                    @let why = if mark == LOST { words::DIGIT_LOST } else { words::CHARACTER_LOST };
                    (&piece[..piece.len() - mark.len_utf8()])
                    span class="lost" title=(language.say(why)) {
                        (mark) span class="unseen" { "（" (language.say(why)) "）" }
                    }
                }
                _ => (piece),
            }
        }
    }
}

/// A number of bytes as a file manager shows it: exact, with thousands parted.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// The first characters of a text, with an ellipsis where more follows.
pub(super) fn shortened(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}……", &text[..end]),
        None => text.to_owned(),
    }
}

/// A time without its fraction and zone letters, as it is read: `2024-02-03 09:30`.
pub(super) fn minute(time: &str) -> String {
    match (time.get(..10), time.get(11..16)) {
        (Some(day), Some(minute)) => format!("{day} {minute}"),
        _ => time.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use terms::{Amount, Kind, Role, Span, Unit};

    fn quantity(value: &str, unit: &str, comparator: Comparator, basis: Basis) -> Statement {
        Statement {
            id: "00000000-1".into(),
            kind: Kind::Quantity,
            quote: Box::default(),
            value: Some(value.parse::<Amount>().unwrap()),
            upper: None,
            unit: Some(Unit::new(unit)),
            comparator: Some(comparator),
            basis: Some(basis),
            direction: None,
            measure: Box::default(),
            entity: None,
            role: Role::Target,
            year: None,
            modality: None,
            indicator: None,
            span: Span::default(),
            characters: Span::default(),
            source: Span::default(),
            section: Default::default(),
            sentence: "".into(),
        }
    }

    #[test]
    fn comparators_are_read_in_words() {
        let read = |value, unit, comparator, basis| {
            let statement = quantity(value, unit, comparator, basis);
            (value_of(&statement, Language::Chinese), value_of(&statement, Language::English))
        };
        fn value_of(statement: &Statement, language: Language) -> String {
            value(statement, language).unwrap()
        }
        for (value, unit, comparator, basis, zh, en) in [
            ("80", "亿元", Comparator::AtLeast, Basis::Level, "80亿元以上", "≥ 80 亿元"),
            ("1.76", "", Comparator::AtMost, Basis::Level, "1.76以内", "≤ 1.76"),
            ("200", "亿元", Comparator::Above, Basis::Level, "超过200亿元", "> 200 亿元"),
            ("3", "位", Comparator::Equal, Basis::Rank, "第3位", "rank 3"),
            ("10", "位", Comparator::AtMost, Basis::Rank, "前10位", "top 10"),
            ("30", "强", Comparator::Equal, Basis::Rank, "30强", "top 30"),
            ("〓5", "%", Comparator::AtLeast, Basis::Level, "〓5%以上", "≥ 〓5%"),
        ] {
            assert_eq!(read(value, unit, comparator, basis), (zh.to_owned(), en.to_owned()));
        }
    }

    #[test]
    fn growth_and_range_keep_direction_and_both_ends() {
        let mut statement = quantity("5.5", "%", Comparator::Range, Basis::Growth);
        statement.upper = Some("6".parse().unwrap());
        statement.direction = Some(Direction::Up);
        assert_eq!(value(&statement, Language::Chinese).unwrap(), "增长5.5—6%");
        assert_eq!(value(&statement, Language::English).unwrap(), "up 5.5–6%");
    }

    #[test]
    fn what_is_lost_is_boxed_and_explained() {
        let html = with_lost("投保率〓5%", Language::Chinese).into_string();
        assert!(html.starts_with("投保率<span class=\"lost\""), "{html}");
        assert!(html.contains("原文此处缺失一位数字") && html.ends_with("5%"), "{html}");
        assert_eq!(with_lost("a<b", Language::Chinese).into_string(), "a&lt;b");
    }

    #[test]
    fn differences_of_shares_are_points() {
        let decimal = |text| Decimal::from_str_exact(text).unwrap();
        assert_eq!(change(decimal("-0.5"), "%", Language::Chinese), "−0.5个百分点");
        assert_eq!(change(decimal("-0.5"), "%", Language::English), "−0.5 pp");
        assert_eq!(change(decimal("12"), "亿元", Language::Chinese), "+12亿元");
        assert_eq!(change(decimal("0.0"), "家", Language::Chinese), "持平");
    }

    #[test]
    fn long_numbers_are_parted() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(43210), "43 210");
        assert_eq!(grouped(1_234_567), "1 234 567");
    }
}
