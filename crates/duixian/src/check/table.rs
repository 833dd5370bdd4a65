//! Rules held against the figures of a table, as they would stand beside those of the ledger.

use std::collections::HashMap;
use std::sync::Arc;

use assessment::formula::Figures;
use assessment::{FigureAt, RuleSet};
use ledger::{Ledger, LedgerError};
use terms::{Facet, Indicator, Observation, Period, RuleSeverity, Series, ValidationRule};

use crate::figures::LedgerFigures;

/// What a rule found in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowFinding {
    /// The row, by its place among the observations.
    pub(crate) row: usize,
    /// How much it weighs.
    pub(crate) severity: RuleSeverity,
    /// What was found, in a sentence.
    pub(crate) sentence: String,
}

/// What the rules find in the rows of a table; of a period that comes several times, in the one of the latest vintage.
pub(crate) fn findings(
    ledger: &Ledger,
    rules: &RuleSet,
    observations: &[Observation],
) -> Result<Vec<RowFinding>, LedgerError> {
    let regions = ledger.observed_regions()?;
    let own = observations.iter().map(|row| &*row.region);
    let known = LedgerFigures::of(ledger, regions.iter().map(String::as_str).chain(own));
    let mut rows: HashMap<Key<'_>, HashMap<Period, usize>> = HashMap::new();
    for (place, row) in observations.iter().enumerate() {
        let key = (&*row.indicator, &*row.region, row.facet);
        let last = rows.entry(key).or_default().entry(row.period).or_insert(place);
        if observations[*last].vintage < row.vintage {
            *last = place;
        }
    }
    let table = Table { known: &known, observations, rows };
    let mut found = Vec::new();
    for (place, row) in observations.iter().enumerate() {
        let key = (&*row.indicator, &*row.region, row.facet);
        let last = table.rows.get(&key).and_then(|periods| periods.get(&row.period));
        if last != Some(&place) || row.value.is_none() {
            continue;
        }
        let (indicator, region) = (&*row.indicator, &*row.region);
        let at = FigureAt { indicator, region, facet: row.facet, period: row.period };
        found.extend(rules.check(&table, at).into_iter().map(|finding| RowFinding {
            row: place,
            severity: finding.severity,
            sentence: finding.sentence,
        }));
    }
    known.forget()?;
    Ok(found)
}

/// Those of the rules that weigh so much; `None` where there is none.
pub(crate) fn only(
    rules: &RuleSet,
    catalogue: &[Indicator],
    weighs: impl Fn(RuleSeverity) -> bool,
) -> Option<RuleSet> {
    let chosen: Vec<ValidationRule> =
        rules.rules().filter(|rule| weighs(rule.severity)).cloned().collect();
    // They were compiled before, so they fit the catalogue.
    (!chosen.is_empty()).then(|| RuleSet::compile(&chosen, catalogue).unwrap_or_default())
}

type Key<'a> = (&'a str, &'a str, Facet);

/// The ledger's series with the rows of a table laid over them.
struct Table<'a> {
    known: &'a LedgerFigures<'a>,
    observations: &'a [Observation],
    rows: HashMap<Key<'a>, HashMap<Period, usize>>,
}

impl Figures for Table<'_> {
    fn series(&self, indicator: &str, region: &str, facet: Facet) -> Option<Arc<Series>> {
        let known = self.known.series(indicator, region, facet);
        let Some(rows) = self.rows.get(&(indicator, region, facet)) else { return known };
        let mut series = known.map_or_else(Series::default, |known| Series::clone(&known));
        for place in rows.values() {
            let row = &self.observations[*place];
            match series.observations.binary_search_by_key(&row.period, |known| known.period) {
                // What became known later holds, whichever is filed first.
                Ok(there) if series.observations[there].vintage > row.vintage => {}
                Ok(there) => series.observations[there] = row.clone(),
                Err(place) => series.observations.insert(place, row.clone()),
            }
        }
        Some(Arc::new(series))
    }

    fn children(&self, region: &str) -> Vec<String> {
        self.known.children(region)
    }
}
