//! Last year's targets against this year's results, and against the targets that follow them.

use std::collections::{BTreeMap, BTreeSet};

use terms::{
    Aspect, Better, ComparedLine, Indicator, Kind, MatchedBy, Relation, Role, Statement, Status,
};

use super::align::{Item, Pair, align, alone, items};
use super::sense::promised_direction;
use super::subject::{same_on_another_basis, same_subject};
use super::{Side, basis, line, paired_line, strength};
use crate::figure::{Figure, Shift, beyond, decide, difference, shift};

/// The lines of a comparison of promises of `before` for `year` with `after`.
pub(super) fn lines(
    before: &Side<'_>,
    after: &Side<'_>,
    year: i32,
    catalogue: &[Indicator],
) -> Vec<ComparedLine> {
    let next = after.plan_year().unwrap_or(year + 1);
    let targets = items(before.statements, |one| one.role == Role::Target);
    let new_targets = items(after.statements, |one| one.role == Role::Target);
    let followed = align(&targets, &new_targets, MatchedBy::Name, |one, other| {
        let (old, new) = (one.statement.year.unwrap_or(year), other.statement.year.unwrap_or(next));
        // What was promised for a later year may be promised for it again.
        (old - year == new - next || old == new).then(|| same_subject(one, other)).flatten()
    });
    let going_on: BTreeSet<&str> =
        followed.iter().map(|pair| &*targets[pair.before].statement.id).collect();
    // A report of results alone drops no target by saying nothing of targets.
    if new_targets.is_empty() {
        return promises(before, after, year, catalogue, None);
    }
    let mut lines = promises(before, after, year, catalogue, Some(&going_on));
    lines.extend(programme(&targets, &new_targets, &followed));
    lines
}

/// Whether a statement is one of this role about this year; one that names no year is about its document's.
pub(super) fn is_about(statement: &Statement, role: Role, year: i32) -> bool {
    statement.role == role && statement.year.is_none_or(|own| own == year)
}

fn promises(
    before: &Side<'_>,
    after: &Side<'_>,
    year: i32,
    catalogue: &[Indicator],
    going_on: Option<&BTreeSet<&str>>,
) -> Vec<ComparedLine> {
    let due = items(before.statements, |one| is_about(one, Role::Target, year));
    let results = items(after.statements, |one| is_about(one, Role::Result, year));
    let better: BTreeMap<&str, Better> =
        catalogue.iter().map(|indicator| (indicator.code.as_str(), indicator.better)).collect();
    let pairs: BTreeMap<usize, Pair> = align(&due, &results, MatchedBy::Name, same_subject)
        .into_iter()
        .map(|pair| (pair.before, pair))
        .collect();
    let outcome = |target: &Item<'_>| match pairs.get(&target.number) {
        Some(pair) if target.statement.kind == Kind::Milestone => {
            paired_line(Aspect::Promise, Relation::Kept, &due, &results, pair)
        }
        Some(pair) => judged(&due, &results, pair, year, &better),
        None => {
            let goes_on = going_on.map(|ids| ids.contains(&*target.statement.id));
            unanswered(target, &results, goes_on)
        }
    };
    due.iter().map(outcome).collect()
}

/// A target and its result, judged by the rule of the ledger.
fn judged(
    due: &[Item<'_>],
    results: &[Item<'_>],
    pair: &Pair,
    year: i32,
    better: &BTreeMap<&str, Better>,
) -> ComparedLine {
    let target = due[pair.before].statement;
    let paired = results[pair.after].statement;
    let mut line = paired_line(Aspect::Promise, Relation::NotComparable, due, results, pair);
    let Some(mut promised) = Figure::of(target) else { return line };
    let code = target.indicator.as_deref().or(paired.indicator.as_deref());
    promised.indicator = code;
    let known = code.and_then(|code| better.get(code)).copied();
    let said = promised_direction(target).filter(|_| known.is_none());
    let better = known.or(said.map(|(better, _)| better));
    // What else is reported of the same indicator may contradict.
    let others = results.iter().filter(|other| {
        pair.by == MatchedBy::Indicator
            && other.number != pair.after
            && other.statement.indicator == target.indicator
            && other.statement.basis == target.basis
            && other.entity == due[pair.before].entity
    });
    let all = std::iter::once(paired).chain(others.map(|other| other.statement));
    let Some(verdict) = decide(&promised, year, all, better) else { return line };
    let reported = Figure::of(verdict.result);
    line.relation = match verdict.status {
        Status::Met if reported.as_ref().is_some_and(|it| beyond(&promised, it, better)) => {
            Relation::Exceeded
        }
        Status::Met => Relation::Kept,
        Status::Missed => Relation::Missed,
        _ => Relation::NotComparable,
    };
    line.difference = reported.and_then(|reported| difference(&promised, &reported));
    line.reason = Some(match said {
        Some((Better::Lower, word)) => format!("{}；目标写明“{word}”，以低为好", verdict.reason),
        Some((_, word)) => format!("{}；目标写明“{word}”，以高为好", verdict.reason),
        None => verdict.reason,
    });
    line.after = Some(verdict.result.clone());
    line
}

/// A target to which no result answers.
fn unanswered(target: &Item<'_>, results: &[Item<'_>], goes_on: Option<bool>) -> ComparedLine {
    let beside = results.iter().find(|result| same_on_another_basis(target, result));
    if let Some(result) = beside {
        let (promised, reported) = (basis(target.statement), basis(result.statement));
        let mut found = line(Aspect::Promise, Relation::NotComparable, Some(target), Some(result));
        found.reason = Some(format!("口径不同：目标是{promised}，结果是{reported}"));
        return found;
    }
    let mut found = line(Aspect::Promise, Relation::NotMentioned, Some(target), None);
    found.reason = goes_on.map(|goes_on| match goes_on {
        true => "后一份报告没有说结果，但又列为目标".to_owned(),
        false => "后一份报告既没有说结果，也不再列为目标".to_owned(),
    });
    found
}

/// How the targets go on. A milestone is done once, so that one which does not come again is no news here.
fn programme(
    targets: &[Item<'_>],
    new_targets: &[Item<'_>],
    followed: &[Pair],
) -> Vec<ComparedLine> {
    let pairs: BTreeMap<usize, &Pair> = followed.iter().map(|pair| (pair.before, pair)).collect();
    let mut lines = Vec::new();
    for target in targets {
        match pairs.get(&target.number) {
            Some(pair) => lines.push(continued(targets, new_targets, pair)),
            None if target.statement.kind == Kind::Milestone => {}
            None => lines.push(line(Aspect::Programme, Relation::Dropped, Some(target), None)),
        }
    }
    let new = alone(new_targets, followed.iter().map(|pair| pair.after));
    lines.extend(new.map(|target| line(Aspect::Programme, Relation::New, None, Some(target))));
    lines
}

fn continued(targets: &[Item<'_>], new_targets: &[Item<'_>], pair: &Pair) -> ComparedLine {
    let (old, new) = (targets[pair.before].statement, new_targets[pair.after].statement);
    let mut line = paired_line(Aspect::Programme, Relation::Continued, targets, new_targets, pair);
    let mut reasons = Vec::new();
    if let (Some(was), Some(is)) = (Figure::of(old), Figure::of(new)) {
        line.relation = match shift(&was, &is) {
            Ok(Shift::Up) => Relation::Raised,
            Ok(Shift::Down) => Relation::Lowered,
            Ok(Shift::Same) => Relation::Continued,
            Ok(Shift::Mixed) => Relation::Adjusted,
            Err(why) => {
                reasons.push(why.to_owned());
                Relation::NotComparable
            }
        };
        line.difference = difference(&was, &is);
        reasons.push(format!("{was}→{is}"));
    }
    reasons.extend(strength(old, new));
    line.reason = (!reasons.is_empty()).then(|| reasons.join("；"));
    line
}
