//! Where the later report speaks of what was promised, when no statement answers it.

use rust_decimal::Decimal;
use terms::{Fulfilment, Kind, PromiseOutcome, Role, Work, WorkFound, WorkOutcome};

use crate::compare::{Weights, WorkPair, pair_works};

/// Finds for each promise without an answer, and for each work that was promised for `year`, where the later report
/// speaks of it. A promise that is spoken of is no longer dropped without a word.
pub(super) fn works(
    promises: &mut [PromiseOutcome],
    works: [&[Work]; 2],
    year: i32,
) -> Vec<WorkOutcome> {
    let [before, after] = works;
    let done = of(after, Role::Result, year);
    let next: Vec<&Work> = after.iter().filter(|work| work.role == Role::Target).collect();
    let promised: Vec<&Work> = of(before, Role::Target, year)
        .into_iter()
        .filter(|work| !promises.iter().any(|one| one.promise.span.overlaps(work.span)))
        .collect();
    let open: Vec<usize> = (0..promises.len())
        .filter(|number| {
            let is = |found| promises.get(*number).is_some_and(|one| one.fulfilment == found);
            is(Fulfilment::Dropped) || is(Fulfilment::Continued)
        })
        .collect();
    let asked: Vec<Work> = open
        .iter()
        .filter_map(|number| promises.get(*number))
        .map(|one| clause_of(one, promises, before))
        .collect();
    let all: Vec<&Work> = asked.iter().chain(promised.iter().copied()).collect();
    let weights = Weights::of(before.iter().chain(after));
    let mut said: Vec<Option<WorkPair>> = vec![None; all.len()];
    let mut again: Vec<Option<WorkPair>> = vec![None; all.len()];
    for (pairs, others) in [(&mut said, &done), (&mut again, &next)] {
        for pair in pair_works(&all, others, &weights) {
            if let Some(place) = pairs.get_mut(pair.before) {
                *place = Some(pair);
            }
        }
    }
    let work = |works: &[&Work], pair: Option<WorkPair>| -> Option<Work> {
        works.get(pair?.after).map(|work| (*work).clone())
    };
    let found = |at: usize| {
        let [said, again] = [&said, &again].map(|pairs| pairs.get(at).copied().flatten());
        let likeness = said.or(again).map(|pair| Decimal::new(pair.likeness.into(), 4).round_dp(2));
        (work(&done, said), work(&next, again), likeness)
    };
    for (at, number) in open.iter().enumerate() {
        if let Some(promise) = promises.get_mut(*number) {
            mention(promise, found(at));
        }
    }
    let outcome = |(at, work): (usize, &&Work)| {
        let (answer, continued, likeness) = found(asked.len() + at);
        let found = match (&answer, &continued) {
            (Some(_), _) => WorkFound::Reported,
            (None, Some(_)) => WorkFound::Continued,
            (None, None) => WorkFound::NotMentioned,
        };
        WorkOutcome { found, work: (*work).clone(), answer, continued, likeness }
    };
    promised.iter().enumerate().map(outcome).collect()
}

/// The works of a role in a year; one that names no year is of its report's.
fn of(works: &[Work], role: Role, year: i32) -> Vec<&Work> {
    let fits = |work: &&Work| work.role == role && work.year.is_none_or(|own| own == year);
    works.iter().filter(fits).collect()
}

/// The clause of a milestone that is the only promise in it, else the promise itself.
fn clause_of(promise: &PromiseOutcome, promises: &[PromiseOutcome], works: &[Work]) -> Work {
    let span = promise.promise.span;
    let clause = works.iter().find(|work| {
        promise.promise.kind == Kind::Milestone
            && work.span.overlaps(span)
            && !promises.iter().any(|other| {
                other.promise.id != promise.promise.id && other.promise.span.overlaps(work.span)
            })
    });
    clause.map_or_else(|| as_work(promise), Work::clone)
}

/// A promise as a work, so that it is looked for in the same way.
fn as_work(promise: &PromiseOutcome) -> Work {
    let statement = &promise.promise;
    Work {
        quote: statement.quote.clone(),
        object: statement.measure.clone(),
        role: statement.role,
        year: statement.year,
        modality: statement.modality,
        span: statement.span,
        characters: statement.characters,
        source: statement.source,
        section: statement.section.clone(),
        sentence: statement.sentence.clone(),
    }
}

/// Notes where the later report speaks of a promise without a result.
fn mention(promise: &mut PromiseOutcome, found: (Option<Work>, Option<Work>, Option<Decimal>)) {
    let (said, again, likeness) = found;
    let reason = match (&said, &again) {
        (Some(_), _) => "后一份报告的结果部分提到，没有可判定的结果",
        (None, Some(_)) if promise.continued.is_none() => "后一份报告没有说结果，但又列为任务",
        _ => return,
    };
    promise.fulfilment = Fulfilment::Continued;
    promise.reason = Some(reason.to_owned());
    if promise.continued.is_none() {
        promise.likeness = likeness;
    }
    promise.mention = said.or(again);
}
