//! Whether two statements speak of the same thing, and how surely.

use terms::{Basis, Dimension, Kind, Statement, Unit};

use super::align::{Item, Score};
use super::name::{ALIKE, SAME, folded};

/// How surely two statements name the same thing on the same basis; `None` where they do not.
///
/// The same indicator, basis and entity is enough; without it the names must be alike and the units of the same
/// dimension. Statements of two different indicators never are the same.
pub(super) fn same_subject(one: &Item<'_>, other: &Item<'_>) -> Option<Score> {
    let (a, b) = (one.statement, other.statement);
    if a.kind != b.kind || a.basis != b.basis {
        return None;
    }
    let likeness = one.name.likeness(&other.name);
    let score = |indicator, likeness| {
        let dimension = dimension(a) == dimension(b);
        Score { indicator, dimension, likeness, context: 0 }
    };
    let named_alike = || {
        let likeness = likeness.filter(|like| *like >= ALIKE)?;
        Some(score(false, likeness)).filter(|score| score.dimension)
    };
    if a.kind == Kind::Milestone {
        // Whom a milestone is about is often a part of its name; an equal name needs no equal entity.
        let score = named_alike()?;
        return (score.likeness == SAME || same_entity(a, b)).then_some(score);
    }
    let growth = a.basis == Some(Basis::Growth);
    if !same_entity(a, b) || !growth && relative(a) != relative(b) {
        return None;
    }
    match (&a.indicator, &b.indicator) {
        (Some(code), Some(same)) if code == same => Some(score(true, likeness.unwrap_or(0))),
        (Some(_), Some(_)) => None,
        _ => named_alike(),
    }
}

/// Whether two statements on different bases name the very same thing: the same indicator, or the same name.
pub(super) fn same_on_another_basis(one: &Item<'_>, other: &Item<'_>) -> bool {
    let (a, b) = (one.statement, other.statement);
    let quantities = a.kind == Kind::Quantity && b.kind == Kind::Quantity;
    quantities && a.basis != b.basis && same_entity(a, b) && {
        match (&a.indicator, &b.indicator) {
            (Some(code), Some(other)) => code == other,
            _ => one.name.likeness(&other.name) == Some(SAME),
        }
    }
}

/// Whether the number is a change against an earlier period, whose name its quote says: "比上年增加1000亿元" is
/// no more the amount issued than a growth is a level.
fn relative(statement: &Statement) -> bool {
    const EARLIER: [&str; 6] = ["比上年", "较上年", "比去年", "较去年", "同比", "环比"];
    EARLIER.iter().any(|word| statement.quote.contains(word))
}

/// Whether two statements are about the same body.
pub(super) fn same_entity(one: &Statement, other: &Statement) -> bool {
    let folded = |statement: &Statement| statement.entity.as_deref().map(folded);
    folded(one) == folded(other)
}

fn dimension(statement: &Statement) -> Option<Dimension> {
    statement.unit.as_ref().map(Unit::dimension)
}
