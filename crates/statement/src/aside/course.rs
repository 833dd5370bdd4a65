//! Levels told as then and now with the change between them, and falls by a negative number.

use terms::{Course, Dimension, Direction, Span};

use super::{alike, item};
use crate::quantity::Quantity;
use crate::sentence::Sentence;

const UP: &[&str] = &["增长", "增加", "上升", "提高", "提升", "上涨", "扩大"];
const DOWN: &[&str] = &["下降", "减少", "降低", "下滑", "回落", "压减", "缩减"];

/// Words between a level then and the level now.
const BECAME_MORE: &[&str] = &[
    "增至",
    "增加到",
    "增加至",
    "增长到",
    "增长至",
    "上升到",
    "上升至",
    "升至",
    "提高到",
    "提高至",
];
const BECAME_LESS: &[&str] =
    &["降至", "降到", "下降到", "下降至", "减至", "减少到", "减少至", "降低到", "降低至"];

/// Reads the courses of a sentence.
pub(super) fn read(sentence: &Sentence<'_>, numbers: &[Quantity], found: &mut Vec<Course>) {
    for (place, pair) in numbers.windows(2).enumerate() {
        let [one, other] = pair else { continue };
        let Some(between) = sentence.text.get(one.end..other.start) else { continue };
        if matches!(one.unit.dimension(), Dimension::Share | Dimension::Points)
            || !alike(one, other)
            || one.suffix.is_some()
            || other.suffix.is_some()
        {
            continue;
        }
        let next = numbers.get(place + 2);
        found.extend(became(sentence, one, other, between, next));
        found.extend(against(sentence, one, other, between, next));
    }
}

/// 由48起降至42起，下降12.5%.
fn became(
    sentence: &Sentence<'_>,
    before: &Quantity,
    after: &Quantity,
    between: &str,
    next: Option<&Quantity>,
) -> Option<Course> {
    let between = between.trim_start_matches(['，', ',']);
    let direction = if BECAME_MORE.contains(&between) {
        Direction::Up
    } else if BECAME_LESS.contains(&between) {
        Direction::Down
    } else {
        return None;
    };
    let origin = sentence.text.get(..before.start)?;
    let clause = origin.rfind(['，', '；', '。']).unwrap_or(0);
    if !origin.get(clause..)?.contains(['由', '从']) {
        return None;
    }
    let told = next.and_then(|next| Some((next, change(sentence, after, next)?)));
    let (rate, direction, end) = match told {
        Some((next, (told, words))) if words.starts_with('，') => {
            (item(sentence, next).map(|item| item.value), told, next.end)
        }
        _ => (None, direction, after.end),
    };
    let course = Course {
        before: item(sentence, before)?,
        after: item(sentence, after)?,
        rate,
        direction,
        span: Span::new(sentence.start + before.start, sentence.start + end),
    };
    Some(course)
}

/// Words between a level and the one of the year before, behind which the change follows at once.
const THAN: &[&str] = &["比上年的", "比上年", "较上年的", "较上年", "比去年的", "较去年的"];

/// The same, where the change follows behind a comma: 上年为300亿元，增长10%.
const BEFORE: &[&str] = &["上年为", "上年是", "上年同期为", "去年为", "上年"];

/// 26.4亿元，比上年的25.0亿元增长5.6%.
fn against(
    sentence: &Sentence<'_>,
    after: &Quantity,
    before: &Quantity,
    between: &str,
    next: Option<&Quantity>,
) -> Option<Course> {
    let words = between.strip_prefix(['，', ',', '（', '('])?;
    let next = next?;
    let (direction, change) = change(sentence, before, next)?;
    let apart = change.starts_with(['，', ',', '）', ')']);
    let fits = if apart { BEFORE.contains(&words) } else { THAN.contains(&words) };
    if !fits {
        return None;
    }
    Some(Course {
        before: item(sentence, before)?,
        after: item(sentence, after)?,
        rate: item(sentence, next).map(|item| item.value),
        direction,
        span: Span::new(sentence.start + after.start, sentence.start + next.end),
    })
}

/// Which way the words before a percentage say that it went, and those words.
fn change<'a>(
    sentence: &Sentence<'a>,
    level: &Quantity,
    rate: &Quantity,
) -> Option<(Direction, &'a str)> {
    let words = sentence.text.get(level.end..rate.start)?;
    if rate.unit.as_str() != "%" || rate.suffix.is_some() || rate.upper.is_some() {
        return None;
    }
    let bare = words.trim_start_matches(['）', ')', '，', ',']).trim_start_matches("同比");
    let direction = if UP.contains(&bare) {
        Direction::Up
    } else if DOWN.contains(&bare) {
        Direction::Down
    } else {
        return None;
    };
    Some((direction, words))
}

/// 下降-14.3%: a fall by a negative number would be a rise.
pub(super) fn negated(sentence: &Sentence<'_>, found: &mut Vec<Span>) {
    let text = sentence.text;
    for word in DOWN {
        for (at, _) in text.match_indices(word) {
            let behind = text.get(at + word.len()..).unwrap_or_default();
            let minus = behind.strip_prefix(['-', '－', '−']).unwrap_or_default();
            if minus.starts_with(|c: char| c.is_ascii_digit()) {
                let length = minus.find('%').map_or(minus.len(), |end| end + 1);
                let end = at + word.len() + (behind.len() - minus.len()) + length;
                found.push(Span::new(sentence.start + at, sentence.start + end));
            }
        }
    }
}
