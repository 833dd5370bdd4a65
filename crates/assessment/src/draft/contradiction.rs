//! The same figure told differently in two places.

use std::collections::BTreeMap;

use terms::{Basis, CheckCode, Comparator, DraftFinding, Kind, Role, Statement};

use super::hold::{Held, told};
use super::number::{point, same, within};
use super::subject::Subject;
use super::{Check, error, quoted};

/// A statement with what the ledger says to it.
type Said<'a, 'h> = (&'a Statement, Option<&'h Held>);

/// Reports the later of two places that contradict each other, or the one that the ledger contradicts.
pub(super) fn check(check: &Check<'_>, found: &mut Vec<DraftFinding>) {
    let mut groups: BTreeMap<(&str, Option<Basis>, Role, i32), Vec<Said<'_, '_>>> = BTreeMap::new();
    for (statement, subject, held) in check.statements() {
        if let Some(year) = statement.year.filter(|_| compares(statement, subject)) {
            let key = (subject.name.as_str(), statement.basis, statement.role, year);
            groups.entry(key).or_default().push((statement, held));
        }
    }
    for group in groups.values() {
        for (place, later) in group.iter().enumerate() {
            let earlier = group.iter().take(place);
            let Some(earlier) = earlier.rev().find(|earlier| contradict(earlier.0, later.0)) else {
                continue;
            };
            if !certain(earlier, later) {
                continue;
            }
            let (wrong, right) = match (earlier.1, later.1) {
                (Some(Held::Differs(_)), Some(Held::Agrees)) => (earlier, later),
                _ => (later, earlier),
            };
            let message = format!(
                "{}此处为{}，另一处（{}）为{}",
                quoted(&wrong.0.measure),
                told(wrong.0),
                quoted(&right.0.quote),
                told(right.0)
            );
            let source = match wrong.1 {
                Some(Held::Differs(difference)) => format!("本稿另一处；{}", difference.source),
                _ => format!("本稿另一处：{}", quoted(&right.0.quote)),
            };
            found.push(error(CheckCode::Contradiction, wrong.0.span, message, source));
        }
    }
}

/// Promises of different strength (确保5%、力争6%) may differ, unless the ledger knows that one of them was promised
/// and the other was not.
fn certain(one: &Said<'_, '_>, other: &Said<'_, '_>) -> bool {
    let known = |said: &Said<'_, '_>| match said.1 {
        Some(Held::Agrees) => Some(true),
        Some(Held::Differs(_)) => Some(false),
        None => None,
    };
    let (one_known, other_known) = (known(one), known(other));
    match (one_known, other_known) {
        // Both stand in what was adopted.
        (Some(true), Some(true)) => false,
        (Some(one), Some(other)) if one != other => true,
        _ => one.0.modality == other.0.modality,
    }
}

/// Words of a sentence that sums up several years.
const STRETCHES: &[&str] = &["累计", "年均", "年来", "以来", "时期", "五年", "三年", "两年"];

/// Only what names an indicator plainly and about the whole year is compared.
fn compares(statement: &Statement, subject: &Subject) -> bool {
    statement.kind == Kind::Quantity
        && matches!(statement.role, Role::Result | Role::Target)
        && matches!(statement.basis, Some(Basis::Level | Basis::Growth | Basis::Increment))
        && statement.comparator != Some(Comparator::Range)
        && subject.indicator
        && subject.plain
        && subject.entity.is_none()
        && !subject.other
        && statement.part_of_year().is_none()
}

fn contradict(one: &Statement, other: &Statement) -> bool {
    let (Some(unit), Some(theirs)) = (&one.unit, &other.unit) else { return false };
    // Within a sentence a second number is about something else.
    if one.sentence == other.sentence || unit.dimension() != theirs.dimension() {
        return false;
    }
    let (Some(value), Some(second)) = (point(one, unit), point(other, unit)) else { return false };
    let (Some(first), Some(next)) = (one.comparator, other.comparator) else { return false };
    if one.role == Role::Target {
        return value != second;
    }
    let stretch = |said: &Statement| STRETCHES.iter().any(|word| said.sentence.contains(word));
    if same(value, second) || stretch(one) || stretch(other) {
        return false;
    }
    match (first, next) {
        (Comparator::About, _) | (_, Comparator::About) => false,
        (bound, Comparator::Equal) => within(bound, value, second) == Some(false),
        (Comparator::Equal, bound) => within(bound, second, value) == Some(false),
        // 超过100 and 突破102 may both hold.
        _ => false,
    }
}
