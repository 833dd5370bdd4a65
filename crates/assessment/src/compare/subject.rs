//! Whether two statements speak of the same thing, and how surely.

use terms::Kind;

use super::align::{Item, Score};
use super::name::{ALIKE, SAME};

/// How surely two statements name the same thing on the same basis; `None` where they do not.
///
/// The same indicator, basis and entity is enough; without it the names must be alike and the units of the same
/// dimension. Statements of two different indicators never are the same.
pub(super) fn same_subject(one: &Item<'_>, other: &Item<'_>) -> Option<Score> {
    let (a, b) = (one.statement, other.statement);
    if a.kind != b.kind || a.basis != b.basis || one.relative != other.relative {
        return None;
    }
    let same_entity = one.entity == other.entity;
    // Whom a milestone is about is often a part of its name; an equal name needs no equal entity.
    if !same_entity && a.kind == Kind::Quantity {
        return None;
    }
    let dimension = one.dimension == other.dimension;
    let score = |indicator, likeness| Score { indicator, dimension, likeness, context: 0 };
    match (&a.indicator, &b.indicator) {
        (Some(code), Some(same)) if code == same && a.kind == Kind::Quantity => {
            Some(score(true, one.name.likeness(&other.name).unwrap_or(0)))
        }
        (Some(code), Some(another)) if code != another => None,
        _ => {
            let likeness = one.name.likeness(&other.name).filter(|like| *like >= ALIKE)?;
            (dimension && (same_entity || likeness == SAME)).then(|| score(false, likeness))
        }
    }
}

/// Whether two statements on different bases name the very same thing: the same indicator, or the same name.
pub(super) fn same_on_another_basis(one: &Item<'_>, other: &Item<'_>) -> bool {
    let (a, b) = (one.statement, other.statement);
    let quantities = a.kind == Kind::Quantity && b.kind == Kind::Quantity;
    quantities
        && a.basis != b.basis
        && one.entity == other.entity
        && match (&a.indicator, &b.indicator) {
            (Some(code), Some(other)) => code == other,
            _ => one.name.likeness(&other.name) == Some(SAME),
        }
}
