//! Two texts for the same years: what the later one made of each statement.

use terms::{Aspect, ComparedLine, Kind, MatchedBy, Relation, Statement};

use super::align::{Item, Pair, Score, align, alone, items};
use super::name::{SAME, folded};
use super::subject::same_subject;
use super::{Side, basis, line, paired_line, strength};
use crate::figure::{Figure, Shift, difference, shift};

/// From this likeness on two sentences with the same number may be two wordings of one claim.
const REWORDED: u32 = 5_000;

/// The lines of a comparison of two drafts.
pub(super) fn lines(before: &Side<'_>, after: &Side<'_>) -> Vec<ComparedLine> {
    let old = items(before.statements, |_| true);
    let new = items(after.statements, |_| true);
    let (old_year, new_year) = (before.plan_year(), after.plan_year());
    let same_time = |one: &Item<'_>, other: &Item<'_>| {
        // A draft whose year was put forward speaks of the years around it.
        let distance = |item: &Item<'_>, base: Option<i32>| Some(item.statement.year? - base?);
        one.statement.role == other.statement.role
            && (one.statement.year == other.statement.year
                || distance(one, old_year) == distance(other, new_year))
    };
    let mut pairs = align(&old, &new, MatchedBy::Name, |one, other| {
        let score = same_time(one, other).then(|| same_subject(one, other)).flatten()?;
        // The same thing may be said twice with two numbers; the same number then finds its own.
        let number = if same_number(one.statement, other.statement) { SAME } else { 0 };
        Some(Score { context: number + one.sentence.likeness(&other.sentence), ..score })
    });
    let (mut taken, mut given) = (vec![false; old.len()], vec![false; new.len()]);
    for pair in &pairs {
        (taken[pair.before], given[pair.after]) = (true, true);
    }
    pairs.extend(align(&old, &new, MatchedBy::Sentence, |one, other| {
        if taken[one.number] || given[other.number] {
            return None;
        }
        let may = one.statement.kind == Kind::Quantity
            && same_time(one, other)
            && same_number(one.statement, other.statement);
        let likeness = may.then(|| one.sentence.likeness(&other.sentence))?;
        let same = likeness >= REWORDED;
        same.then_some(Score { indicator: false, dimension: true, likeness, context: 0 })
    }));
    pairs.sort_unstable_by_key(|pair| pair.before);
    let mut lines: Vec<ComparedLine> = pairs.iter().map(|pair| changed(&old, &new, pair)).collect();
    let removed = alone(&old, pairs.iter().map(|pair| pair.before));
    lines.extend(removed.map(|item| line(Aspect::Draft, Relation::Removed, Some(item), None)));
    lines.sort_by_key(|line| line.before.as_ref().map(|statement| statement.span));
    let added = alone(&new, pairs.iter().map(|pair| pair.after));
    lines.extend(added.map(|item| line(Aspect::Draft, Relation::New, None, Some(item))));
    lines
}

/// What became of a statement: the gravest change names the line, the others stand in its reason.
fn changed(old: &[Item<'_>], new: &[Item<'_>], pair: &Pair) -> ComparedLine {
    let mut line = paired_line(Aspect::Draft, Relation::Unchanged, old, new, pair);
    let (was, is) = (old[pair.before].statement, new[pair.after].statement);
    let mut reasons = Vec::new();
    if folded(&was.quote) != folded(&is.quote) {
        line.relation = Relation::Wording;
    }
    if was.basis != is.basis {
        line.relation = Relation::Wording;
        reasons.push(format!("口径：{}→{}", basis(was), basis(is)));
    }
    if old[pair.before].entity != new[pair.after].entity {
        line.relation = Relation::Wording;
        let [was, is] = [was, is].map(|one| one.entity.as_deref().unwrap_or("本地区"));
        reasons.push(format!("主体：{was}→{is}"));
    }
    if let Some(stronger) = strength(was, is) {
        line.relation = Relation::Strength;
        reasons.push(stronger);
    }
    if let (Some(before), Some(after)) = (Figure::of(was), Figure::of(is)) {
        let figures = format!("{before}→{after}");
        if was.comparator != is.comparator {
            line.relation = Relation::Strength;
        }
        match shift(&before, &after) {
            Ok(Shift::Same) => {}
            Ok(_) => line.relation = Relation::Number,
            // The very words that were there before, lost digit and all, are no change.
            Err(_) if line.relation == Relation::Unchanged => {}
            Err(why) => {
                line.relation = Relation::NotComparable;
                reasons.push(why.to_owned());
            }
        }
        if matches!(line.relation, Relation::Number | Relation::Strength | Relation::NotComparable)
        {
            reasons.insert(0, figures);
        }
        line.difference = difference(&before, &after);
    }
    line.reason = (!reasons.is_empty()).then(|| reasons.join("；"));
    line
}

/// Whether two statements have the same exact number, in whatever unit it is written.
fn same_number(one: &Statement, other: &Statement) -> bool {
    match (Figure::of(one), Figure::of(other)) {
        (Some(one), Some(other)) => shift(&one, &other) == Ok(Shift::Same),
        _ => false,
    }
}
