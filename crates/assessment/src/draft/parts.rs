//! Parts that do not make their total.

use rust_decimal::Decimal;
use terms::{Basis, CheckCode, Comparator, DraftFinding, Item, Role, Span, Statement, Whole};

use super::number::unit_in_last_place;
use super::{Check, error};

/// Reports totals that their parts do not make.
pub(super) fn check(check: &Check<'_>, found: &mut Vec<DraftFinding>) {
    for whole in &check.draft.asides.wholes {
        found.extend(judge(whole));
    }
    for (total, parts) in PARTITIONS {
        for (statement, subject) in check.about(total) {
            let own = subject.role == Role::Result && subject.entity.is_none() && !subject.other;
            let whole = if own { whole(check, statement, parts) } else { None };
            let Some(finding) = whole.as_ref().and_then(judge) else { continue };
            let told = found.iter().any(|other| {
                other.code == CheckCode::Parts
                    && other.span.start < finding.span.end
                    && finding.span.start < other.span.end
            });
            if !told {
                found.push(finding);
            }
        }
    }
}

/// Indicators that are made of just these others.
const PARTITIONS: &[(&str, &[&str])] = &[
    ("gdp", &["primary-value-added", "secondary-value-added", "services-value-added"]),
    ("budget-revenue", &["tax-revenue", "non-tax-revenue"]),
];

/// Parts of a total stand within so many bytes of it.
const NEAR: usize = 600;

/// A total that a statement tells, with its parts as the draft tells them close by.
fn whole(check: &Check<'_>, total: &Statement, parts: &[&str]) -> Option<Whole> {
    let exact = |statement: &Statement| {
        statement.basis == Some(Basis::Level)
            && statement.comparator == Some(Comparator::Equal)
            && statement.part_of_year().is_none()
    };
    let item = |statement: &Statement| {
        Some(Item {
            value: statement.value.as_ref()?.exact()?,
            unit: statement.unit.clone()?,
            span: statement.span,
        })
    };
    let near = |code: &str| {
        let mut told = check.about(code).filter(|(other, subject)| {
            subject.entity.is_none()
                && !subject.other
                && exact(other)
                && (other.role, other.year) == (total.role, total.year)
                && other.span.start.abs_diff(total.span.start) < NEAR
        });
        let only = told.next()?.0;
        // Of several it is not certain which one is meant.
        told.next().is_none().then(|| item(only)).flatten()
    };
    let parts: Vec<Item> = parts.iter().map(|code| near(code)).collect::<Option<_>>()?;
    exact(total).then_some(Whole {
        total: item(total)?,
        comparator: Comparator::Equal,
        parts,
        complete: true,
        apart: true,
    })
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
    let first = whole.parts.iter().map(|part| part.span).min()?;
    let last = whole.parts.iter().map(|part| part.span).max()?;
    let span =
        Span::new(first.start.min(whole.total.span.start), last.end.max(whole.total.span.end));
    Some(error(CheckCode::Parts, span, message, "本稿同一处的合计与分项".to_owned()))
}
