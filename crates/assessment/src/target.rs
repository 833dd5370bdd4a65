//! Targets against the results that other documents of the ledger report.
//!
//! A target is held against a result when both are of the same region, indicator, basis, year and, where the
//! statement is not about the region itself, the same entity. The result comes from another document: a report
//! that promises for a year cannot know that year's result.

use std::collections::BTreeMap;

use methods::progress::change;
use terms::{Baseline, Better, Facts, FiledDocument, Role, Statement, Status};

use crate::figure::{Figure, decide};

/// The results of all documents by indicator.
pub(crate) struct Results<'a> {
    by_indicator: BTreeMap<&'a str, Vec<Reported<'a>>>,
    better: BTreeMap<&'a str, Better>,
}

/// A result and where it was reported.
#[derive(Clone, Copy)]
struct Reported<'a> {
    document: usize,
    region: Option<&'a str>,
    statement: &'a Statement,
}

impl<'a> Results<'a> {
    /// Gathers the results of all documents, in the order of the documents.
    pub(crate) fn of(facts: &'a Facts) -> Self {
        let mut by_indicator: BTreeMap<&str, Vec<Reported<'_>>> = BTreeMap::new();
        for (number, document) in facts.documents.iter().enumerate() {
            let region = document.profile.region.as_deref();
            let results =
                document.statements.iter().filter(|statement| statement.role == Role::Result);
            for statement in results {
                if let Some(code) = &statement.indicator {
                    let reported = Reported { document: number, region, statement };
                    by_indicator.entry(code).or_default().push(reported);
                }
            }
        }
        let better =
            facts.indicators.iter().map(|indicator| (indicator.code.as_str(), indicator.better));
        Results { by_indicator, better: better.collect() }
    }

    /// Where a target of document `number` stands, and why.
    pub(crate) fn judge(
        &self,
        number: usize,
        document: &FiledDocument,
        target: &Statement,
    ) -> (Status, Option<String>) {
        let open = (Status::Open, None);
        let (Some(promised), Some(year)) = (Figure::of(target), target.year) else { return open };
        let results = self
            .comparable(document, target)
            .filter(|reported| reported.document != number && reported.statement.year == Some(year))
            .map(|reported| reported.statement);
        let better = target.indicator.as_deref().and_then(|code| self.better.get(code)).copied();
        match decide(&promised, year, results, better) {
            Some(verdict) => (verdict.status, Some(verdict.reason)),
            None => open,
        }
    }

    /// The last result before a target's year, the target's own document counting first, and how far the target
    /// is from it.
    pub(crate) fn baseline(
        &self,
        number: usize,
        document: &FiledDocument,
        target: &Statement,
    ) -> Option<Baseline> {
        let promised = Figure::of(target)?;
        let year = target.year?;
        let earlier = self
            .comparable(document, target)
            .filter(|reported| reported.statement.year.is_some_and(|known| known < year));
        // Of equals `max_by_key` takes the last, so the order is turned to get the first in text order.
        let last = earlier
            .rev()
            .max_by_key(|reported| (reported.statement.year, reported.document == number))?;
        let distance = Figure::of(last.statement).and_then(|base| {
            let target = promised.point(promised.unit)?;
            change(target, base.point(promised.unit)?)
        });
        Some(Baseline {
            statement: last.statement.id.to_string(),
            year: last.statement.year,
            change: distance,
        })
    }

    /// The results of which a target speaks, whatever their year.
    fn comparable<'b>(
        &'b self,
        document: &'b FiledDocument,
        target: &'b Statement,
    ) -> impl DoubleEndedIterator<Item = &'b Reported<'a>> {
        let region = document.profile.region.as_deref();
        let results = target.indicator.as_deref().and_then(|code| self.by_indicator.get(code));
        results.into_iter().flatten().filter(move |reported| {
            reported.region == region
                && reported.statement.basis == target.basis
                && reported.statement.entity == target.entity
        })
    }
}
