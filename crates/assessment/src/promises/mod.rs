//! What became of the promises of a report: the later report first, the figures of a ledger beside it.
//!
//! The comparison of the two reports says which statement answers which promise. Here each promise gets one
//! outcome, a department and a strength. A figure of the ledger decides where the report does not; where the two
//! judge differently nothing is decided and both are shown.

mod account;
mod department;
mod marks;
mod observed;
mod spoken;

use std::collections::BTreeMap;

use terms::{
    Better, CompareAs, ComparedLine, Day, Dimension, Facet, Fulfilment, Headline, Indicator,
    PromiseOutcome, PromiseReport, Relation, Role, Series, Statement, Target, Work,
};

use crate::compare::{CompareError, Side, compare, due_year, is_relative};

/// More works than these no report has; what is searched grows with the square of their number.
const MOST_WORKS: usize = 20_000;

/// What is known beside the two reports.
#[derive(Debug, Clone, Copy)]
pub struct PromiseGrounds<'a> {
    /// The indicator catalogue.
    pub catalogue: &'a [Indicator],
    /// Names of departments by the id of the statement that they are to keep.
    pub departments: &'a BTreeMap<String, String>,
    /// The later report's own account of its headline indicators.
    pub headline: Option<&'a Headline>,
    /// Targets of a ledger, of which the adjusted ones are told of.
    pub targets: &'a [Target],
    /// Figures of a ledger.
    pub figures: Option<&'a KnownFigures>,
    /// The works of the earlier report and of the later one; empty where they were not read for them.
    pub works: [&'a [Work]; 2],
}

/// Figures of a region, as known on a day.
#[derive(Debug, Clone, Default)]
pub struct KnownFigures {
    /// Code of the region.
    pub region: String,
    /// The day; `None` for now.
    pub as_of: Option<Day>,
    /// By indicator and facet.
    pub series: BTreeMap<(String, Facet), Series>,
}

/// Accounts for the promises that `before` makes for a year, by what `after` reports of that year and what a ledger
/// knows of it.
pub fn promises(
    before: Side<'_>,
    after: Side<'_>,
    grounds: PromiseGrounds<'_>,
) -> Result<PromiseReport, CompareError> {
    let comparison = compare(before, after, grounds.catalogue, Some(CompareAs::Promises))?;
    let year = due_year(&before, &after)?;
    let mut lines: BTreeMap<&str, Lines<'_>> = BTreeMap::new();
    for line in &comparison.lines {
        let Some(promise) = &line.before else { continue };
        let own = lines.entry(&promise.id).or_default();
        match line.aspect {
            terms::Aspect::Promise => own.result = Some(line),
            _ => own.followed = Some(line),
        }
    }
    let goes_on = after.statements.iter().any(|statement| statement.role == Role::Target);
    let ask = Question { year, goes_on, grounds };
    let targets = before.statements.iter().filter(|statement| statement.role == Role::Target);
    let mut found: Vec<PromiseOutcome> = targets
        .filter_map(|target| {
            let lines = lines.get(&*target.id).copied().unwrap_or_default();
            ask.outcome(target, lines)
        })
        .collect();
    let added = comparison.lines.iter().filter(|line| line.relation == Relation::New);
    let added = added.filter_map(|line| line.after.clone()).collect();
    let mut remarks = comparison.remarks;
    let mut works = grounds.works;
    if works.iter().any(|works| works.len() > MOST_WORKS) {
        works = [&[], &[]];
        remarks.push(format!("工作举措超过{MOST_WORKS}条，没有查找后一份报告在哪里提到"));
    }
    let works = spoken::works(&mut found, works, year);
    let all = found.len();
    let told: Vec<bool> = found.iter().map(|one| is_restated(one, &found)).collect();
    let mut told = told.into_iter();
    found.retain(|_| !told.next().unwrap_or_default());
    if found.len() < all {
        let count = all - found.len();
        remarks.push(format!("{count}处“比上年增加若干”是同一句目标的另一种说法，不另计"));
    }
    remarks.extend(observed::remark(grounds.figures, &found));
    Ok(PromiseReport {
        year,
        before: comparison.before,
        after: comparison.after,
        region: grounds.figures.map(|figures| figures.region.clone()),
        as_of: grounds.figures.and_then(|figures| figures.as_of),
        remarks,
        counts: marks::counts(found.iter()),
        marks: marks::marks(found.iter()),
        method: marks::method(),
        departments: marks::departments(&found),
        strengths: marks::strengths(&found),
        sections: marks::sections(&found),
        promises: found,
        added,
        work_counts: marks::work_counts(&works),
        works,
    })
}

/// Whether a promise without an answer only says another promise of its sentence again: 赤字率4%、比上年提高1个百分点.
fn is_restated(one: &PromiseOutcome, all: &[PromiseOutcome]) -> bool {
    let changes = |promise: &Statement| {
        let points =
            promise.unit.as_ref().is_some_and(|unit| unit.dimension() == Dimension::Points);
        is_relative(promise) || points
    };
    one.fulfilment == Fulfilment::Dropped
        && changes(&one.promise)
        && all.iter().any(|other| {
            other.promise.sentence == one.promise.sentence
                && other.promise.measure == one.promise.measure
                && !changes(&other.promise)
        })
}

/// What the comparison says of one promise.
#[derive(Clone, Copy, Default)]
struct Lines<'a> {
    result: Option<&'a ComparedLine>,
    followed: Option<&'a ComparedLine>,
}

struct Question<'a> {
    year: i32,
    /// Whether the later report has targets, so that a promise may go on in it.
    goes_on: bool,
    grounds: PromiseGrounds<'a>,
}

impl Question<'_> {
    /// What became of a promise; `None` for one whose year was over before.
    fn outcome(&self, target: &Statement, lines: Lines<'_>) -> Option<PromiseOutcome> {
        let due = target.year.unwrap_or(self.year);
        if due < self.year {
            return None;
        }
        let mut found = PromiseOutcome {
            fulfilment: Fulfilment::NotDue,
            promise: target.clone(),
            due,
            department: department::of(target, &self.grounds),
            answer: None,
            continued: lines.followed.and_then(|line| line.after.clone()),
            mention: None,
            figure: None,
            verdict: None,
            contradicted: false,
            matched_by: None,
            likeness: None,
            difference: None,
            reason: None,
        };
        if due > self.year {
            found.reason = Some(format!("承诺的是{due}年，到期后再判"));
            return Some(found);
        }
        self.report(&mut found, lines);
        if let Some(figure) = self.grounds.figures.and_then(|figures| {
            let code = target.indicator.as_deref()?;
            observed::answer(target, self.year, figures, self.better(code))
        }) {
            observed::weigh(&mut found, figure);
        }
        if let Some(headline) = self.grounds.headline {
            account::weigh(&mut found, headline);
        }
        if let Some(adjusted) = self.adjusted(target) {
            let said = found.reason.take().map_or(adjusted.clone(), |said| said + "；" + &adjusted);
            found.reason = Some(said);
        }
        Some(found)
    }

    /// How the ledger's target was adjusted since, in words. The promise is judged as it was made.
    fn adjusted(&self, promise: &Statement) -> Option<String> {
        let mut targets = self.grounds.targets.iter();
        let target = targets.find(|target| target.statement == *promise.id)?;
        let last = target.adjustments.last()?;
        let upper = last.bound.upper.map_or(String::new(), |upper| format!("至{upper}"));
        Some(format!(
            "台账中目标已于{}经{}调整为{}{upper}{}，这里按原来的承诺判",
            last.day, last.approved_by, last.bound.value, target.unit
        ))
    }

    /// What the later report says.
    fn report(&self, found: &mut PromiseOutcome, lines: Lines<'_>) {
        let unanswered = |found: &mut PromiseOutcome| {
            let by = lines.followed.filter(|line| line.after.is_some());
            found.matched_by = by.and_then(|line| line.matched_by);
            found.likeness = by.and_then(|line| line.likeness);
            let (fulfilment, reason) = match (&found.continued, self.goes_on) {
                (Some(_), _) => (Fulfilment::Continued, "后一份报告没有说结果，但又列为目标"),
                (None, true) => (Fulfilment::Dropped, "后一份报告既没有说结果，也不再列为目标"),
                (None, false) => {
                    (Fulfilment::Dropped, "后一份报告没有说结果；它没有目标，是否延续不知")
                }
            };
            (found.fulfilment, found.reason) = (fulfilment, Some(reason.to_owned()));
        };
        let Some(line) = lines.result else { return unanswered(found) };
        found.fulfilment = match line.relation {
            Relation::Kept => Fulfilment::Kept,
            Relation::Exceeded => Fulfilment::Exceeded,
            Relation::Missed => Fulfilment::Missed,
            Relation::NotComparable => Fulfilment::NotComparable,
            _ => return unanswered(found),
        };
        found.answer.clone_from(&line.after);
        found.matched_by = line.matched_by;
        found.likeness = line.likeness;
        found.difference = line.difference;
        found.reason.clone_from(&line.reason);
    }

    fn better(&self, code: &str) -> Option<Better> {
        let known = self.grounds.catalogue.iter().find(|known| known.code == code);
        known.map(|known| known.better)
    }
}
