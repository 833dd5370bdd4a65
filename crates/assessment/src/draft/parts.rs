//! Parts that do not make their total.

use rust_decimal::Decimal;
use terms::{CheckCode, Comparator, DraftFinding, Span, Whole};

use super::number::unit_in_last_place;
use super::{Check, error};

/// Reports totals that their parts do not make.
pub(super) fn check(check: &Check<'_>, found: &mut Vec<DraftFinding>) {
    for whole in &check.draft.asides.wholes {
        found.extend(judge(whole));
    }
}

fn judge(whole: &Whole) -> Option<DraftFinding> {
    let unit = &whole.total.unit;
    let total = whole.total.value;
    let half = |value: Decimal| unit_in_last_place(value.scale()).checked_div(Decimal::TWO);
    // What rounding may take from each number, and from the total.
    let mut slack = half(total)?;
    let mut sum = Decimal::ZERO;
    let mut largest = Decimal::ZERO;
    for part in &whole.parts {
        let value = part.unit.convert(part.value, unit)?;
        sum = sum.checked_add(value)?;
        slack = slack.checked_add(part.unit.convert(half(part.value)?, unit)?)?;
        largest = largest.max(value);
    }
    // Things that are counted are not rounded.
    if unit.dimension() == terms::Dimension::Count && unit.multiplier() == Decimal::ONE {
        slack = Decimal::ZERO;
    }
    let over = sum.checked_sub(total)? > slack;
    let under = total.checked_sub(sum)? > slack;
    let single = largest.checked_sub(total)? > slack;
    let wrong = match whole.comparator {
        Comparator::Equal => {
            single || over && whole.apart || under && whole.complete && whole.apart
        }
        Comparator::AtMost | Comparator::Below => over && whole.apart,
        _ => false,
    };
    if !wrong {
        return None;
    }
    let parts: Vec<String> =
        whole.parts.iter().map(|part| format!("{}{}", part.value, part.unit)).collect();
    let sum = sum.normalize();
    let message = format!("合计为{total}{unit}，各分项（{}）之和为{sum}{unit}", parts.join("、"));
    let first = whole.parts.first()?.span;
    let last = whole.parts.last()?.span;
    let span =
        Span::new(first.start.min(whole.total.span.start), last.end.max(whole.total.span.end));
    Some(error(CheckCode::Parts, span, message, "本稿同一处的合计与分项".to_owned()))
}
