//! Filing figures.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use terms::{Facet, Indicator, Observation, Redefinition};

use super::read::{self, Known};
use super::trail::Trail;
use super::{is_same_change, says_the_same};
use crate::append::Entry;
use crate::audit::{self, Action};
use crate::{Ledger, LedgerError, time};

/// What became of a figure that was to be filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filed {
    /// The first one of its period.
    New,
    /// It says something else than the one that was known before it.
    Revised,
    /// It says the same as the one that was known before it.
    Confirmed,
    /// It was filed before; nothing is written.
    Equal,
    /// Another figure of the same day is there, which it would overwrite. Nothing of the whole is written.
    Conflict,
}

/// What became of figures that were to be filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// What became of each, in their order.
    pub filed: Vec<Filed>,
    /// Whether anything was written.
    pub written: bool,
}

impl Filing {
    /// How many of the figures it became this of.
    pub fn count(&self, what: Filed) -> usize {
        self.filed.iter().filter(|filed| **filed == what).count()
    }
}

impl Ledger {
    /// Files figures in one transaction with an entry of the audit log. Figures that were filed before change nothing;
    /// if a single one is in conflict, none is written.
    pub fn observe(
        &mut self,
        observations: &[Observation],
        catalogue: &[Indicator],
        entry: &Entry,
    ) -> Result<Filing, LedgerError> {
        time::check(&entry.at)?;
        admit(observations, catalogue)?;
        self.filing(observations, Some((catalogue, entry)))
    }

    /// What would become of figures if they were filed; nothing is written.
    pub fn preview(&mut self, observations: &[Observation]) -> Result<Filing, LedgerError> {
        self.filing(observations, None)
    }

    /// Judges figures, and writes those that are new where it is told for whom.
    fn filing(
        &mut self,
        observations: &[Observation],
        write: Option<(&[Indicator], &Entry)>,
    ) -> Result<Filing, LedgerError> {
        let path = self.path.clone();
        let fail = |error| LedgerError::of(&path, error);
        let behavior = match write {
            Some(_) => TransactionBehavior::Immediate,
            None => TransactionBehavior::Deferred,
        };
        let transaction = self.connection.transaction_with_behavior(behavior).map_err(fail)?;
        let filing = || -> rusqlite::Result<Filing> {
            match write {
                Some((catalogue, entry)) => {
                    let number = audit::next_number(&transaction)?;
                    file(&transaction, observations, catalogue, (entry, number))
                }
                None => {
                    let mut numbers = Numbers::new(&transaction, false);
                    let order = ordered(&mut numbers, observations)?;
                    let filed = judge(&transaction, observations, &order)?;
                    Ok(Filing { filed, written: false })
                }
            }
        };
        let filing = filing().map_err(fail)?;
        // A filing that writes nothing leaves no series behind.
        if filing.written {
            transaction.commit().map_err(fail)?;
        }
        Ok(filing)
    }

    /// Files a change of an indicator's definition. One that is known already changes nothing; the answer tells
    /// whether something was written.
    pub fn redefine(
        &mut self,
        change: &Redefinition,
        catalogue: &[Indicator],
        entry: &Entry,
    ) -> Result<bool, LedgerError> {
        time::check(&entry.at)?;
        if !catalogue.iter().any(|indicator| *indicator.code == *change.indicator) {
            return Err(LedgerError::UnknownIndicator(change.indicator.to_string()));
        }
        let path = self.path.clone();
        let fail = |error| LedgerError::of(&path, error);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(fail)?;
        let write = || -> rusqlite::Result<bool> {
            let known = read::redefinitions(&transaction, &change.indicator)?;
            if known.iter().any(|known| is_same_change(known, change)) {
                return Ok(false);
            }
            transaction.execute(
                "INSERT INTO redefinition (entry, indicator, region, period, known, reason)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    audit::next_number(&transaction)?,
                    change.indicator,
                    change.region,
                    change.from.number(),
                    change.known.number(),
                    change.reason,
                ],
            )?;
            let mut trail = Trail::new();
            trail.redefinition(change);
            let catalogue = audit::file_catalogue(&transaction, catalogue)?;
            let (of, trail) = ((&*change.indicator, catalogue), trail.finish());
            audit::log_figures(&transaction, entry, Action::Redefine, of, Some(&trail))?;
            Ok(true)
        };
        let written = write().map_err(fail)?;
        transaction.commit().map_err(fail)?;
        Ok(written)
    }
}

/// Files figures that are admitted within a transaction, with an entry that has this number; where a single one is in
/// conflict, or all are known, it writes nothing but the series that it met.
pub(crate) fn file(
    transaction: &Connection,
    observations: &[Observation],
    catalogue: &[Indicator],
    (entry, number): (&Entry, i64),
) -> rusqlite::Result<Filing> {
    let mut numbers = Numbers::new(transaction, true);
    let order = ordered(&mut numbers, observations)?;
    let filed = judge(transaction, observations, &order)?;
    let writes = |filed: &Filed| !matches!(filed, Filed::Equal | Filed::Conflict);
    if filed.contains(&Filed::Conflict) || !filed.iter().any(writes) {
        return Ok(Filing { filed, written: false });
    }
    let mut trail = Trail::new();
    for (series, at) in &order {
        if writes(&filed[*at]) {
            insert(transaction, &mut numbers, (*series, number), &observations[*at])?;
            trail.observation(&observations[*at]);
        }
    }
    let catalogue = audit::file_catalogue(transaction, catalogue)?;
    let (of, trail) = (("", catalogue), trail.finish());
    audit::log_figures(transaction, entry, Action::Observe, of, Some(&trail))?;
    Ok(Filing { filed, written: true })
}

/// Refuses figures of indicators that the catalogue does not know, and units that cannot be theirs.
pub(crate) fn admit(
    observations: &[Observation],
    catalogue: &[Indicator],
) -> Result<(), LedgerError> {
    let known: HashMap<&str, &Indicator> =
        catalogue.iter().map(|indicator| (indicator.code.as_str(), indicator)).collect();
    let mut admitted = HashSet::new();
    for observation in observations {
        let key = (&observation.indicator, observation.facet, observation.unit.as_str());
        if !admitted.insert(key) {
            continue;
        }
        let code = &observation.indicator;
        let Some(indicator) = known.get(&**code) else {
            return Err(LedgerError::UnknownIndicator(code.to_string()));
        };
        if Facet::of(indicator, &observation.unit) != Some(observation.facet) {
            return Err(LedgerError::WrongUnit {
                indicator: format!("{code} {}", indicator.name),
                unit: observation.unit.as_str().to_owned(),
                expected: indicator.unit.clone(),
            });
        }
    }
    Ok(())
}

/// The number of the series of each figure, and the figure, in the order of the table: by series, period and vintage.
fn ordered(
    numbers: &mut Numbers<'_>,
    observations: &[Observation],
) -> rusqlite::Result<Vec<(i64, usize)>> {
    let mut order = Vec::with_capacity(observations.len());
    for (at, observation) in observations.iter().enumerate() {
        order.push((numbers.series(observation)?, at));
    }
    order.sort_by_key(|(series, at)| {
        let observation = &observations[*at];
        (*series, observation.period.number(), observation.vintage)
    });
    Ok(order)
}

/// Tells for each figure what becomes of it; `order` is that of the table.
fn judge(
    transaction: &Connection,
    observations: &[Observation],
    order: &[(i64, usize)],
) -> rusqlite::Result<Vec<Filed>> {
    let mut filed = vec![Filed::New; observations.len()];
    let mut known = Known::new(transaction)?;
    let same = |one: &(i64, usize), other: &(i64, usize)| {
        one.0 == other.0 && observations[one.1].period == observations[other.1].period
    };
    for group in order.chunk_by(same) {
        let Some((series, first)) = group.first().copied() else { continue };
        // Those of a period that are filed, and those of this filing that were judged, by their day.
        let mut history = known.of(series, &observations[first])?;
        for (_, at) in group {
            let observation = &observations[*at];
            let later = history.partition_point(|known| known.vintage <= observation.vintage);
            let before = later.checked_sub(1).and_then(|last| history.get(last));
            filed[*at] = match before {
                None => Filed::New,
                Some(known) if known.vintage == observation.vintage => {
                    let same = says_the_same(known, observation);
                    if same { Filed::Equal } else { Filed::Conflict }
                }
                Some(known) if says_the_same(known, observation) => Filed::Confirmed,
                Some(_) => Filed::Revised,
            };
            if !matches!(filed[*at], Filed::Equal | Filed::Conflict) {
                history.insert(later, observation.clone());
            }
        }
    }
    Ok(filed)
}

fn insert(
    transaction: &Connection,
    numbers: &mut Numbers<'_>,
    (series, entry): (i64, i64),
    observation: &Observation,
) -> rusqlite::Result<()> {
    let origin = numbers.origin(&observation.source)?;
    transaction
        .prepare_cached(
            "INSERT INTO observation
             (series, period, vintage, entry, value, unit, status, origin, note)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            series,
            observation.period.number(),
            observation.vintage.number(),
            entry,
            observation.value.as_ref().map(ToString::to_string),
            observation.unit.as_str(),
            observation.status.as_str(),
            origin,
            observation.note,
        ])?;
    Ok(())
}

/// The numbers of series and origins, those that are new made on the way.
struct Numbers<'a> {
    transaction: &'a Connection,
    /// Without it nothing is made, and what is new has a number that no other has.
    write: bool,
    series: HashMap<(Arc<str>, Arc<str>, Facet), i64>,
    origins: HashMap<Arc<str>, i64>,
}

impl<'a> Numbers<'a> {
    fn new(transaction: &'a Connection, write: bool) -> Self {
        Numbers { transaction, write, series: HashMap::new(), origins: HashMap::new() }
    }

    fn series(&mut self, observation: &Observation) -> rusqlite::Result<i64> {
        let Observation { indicator, region, facet, .. } = observation;
        let key = (Arc::clone(indicator), Arc::clone(region), *facet);
        if let Some(number) = self.series.get(&key) {
            return Ok(*number);
        }
        let known = read::series_number(self.transaction, indicator, region, *facet)?;
        let number = match known {
            Some(number) => number,
            None if self.write => {
                self.transaction.execute(
                    "INSERT INTO series (indicator, region, facet) VALUES (?1, ?2, ?3)",
                    params![indicator, region, facet.as_str()],
                )?;
                self.transaction.last_insert_rowid()
            }
            None => -1 - self.series.len() as i64,
        };
        self.series.insert(key, number);
        Ok(number)
    }

    fn origin(&mut self, name: &Arc<str>) -> rusqlite::Result<i64> {
        if let Some(number) = self.origins.get(name) {
            return Ok(*number);
        }
        let query = "SELECT number FROM origin WHERE name = ?1";
        let known = self.transaction.query_row(query, [name], |row| row.get(0)).optional()?;
        let number = match known {
            Some(number) => number,
            None => {
                self.transaction.execute("INSERT INTO origin (name) VALUES (?1)", [name])?;
                self.transaction.last_insert_rowid()
            }
        };
        self.origins.insert(Arc::clone(name), number);
        Ok(number)
    }
}
