//! Giving figures back as they were known on a day.

use std::collections::HashSet;
use std::sync::Arc;

use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, params};
use terms::{Amount, Day, Facet, Observation, Period, Pool, Redefinition, Series, Unit};

use crate::{Ledger, LedgerError, row};

/// Where figures of a region come from: a publication, a form, a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Its name.
    pub name: String,
    /// Code of the region.
    pub region: String,
    /// Code of one of the indicators of which it has figures.
    pub indicator: String,
    /// Of how many it has figures.
    pub indicators: usize,
    /// How many figures it has, revisions too.
    pub figures: usize,
}

impl Ledger {
    /// The figures of an indicator and a region that were known on a day, or are known now: of each period the one that
    /// became known last, and what parts them. A figure that was withdrawn is left out.
    pub fn series(
        &self,
        indicator: &str,
        region: &str,
        facet: Facet,
        as_of: Option<Day>,
    ) -> Result<Series, LedgerError> {
        let read = || -> rusqlite::Result<Series> {
            let history = history(&self.connection, (indicator, region, facet), as_of)?;
            let last = history.chunk_by(|one, other| one.period == other.period);
            let observations = last
                .filter_map(|period| period.last())
                .filter(|last| last.status != terms::ObservationStatus::Withdrawn);
            let mut redefinitions = redefinitions(&self.connection, indicator)?;
            redefinitions.retain(|change| {
                change.region.as_deref().is_none_or(|known| known == region)
                    && as_of.is_none_or(|day| change.known <= day)
            });
            Ok(Series { observations: observations.cloned().collect(), redefinitions })
        };
        read().map_err(|error| self.error(error))
    }

    /// The hash of the last entry that wrote to an indicator's figures of a region, or changed its definition there, of
    /// what was known on a day; empty where nothing was. While it stays, [`Ledger::series`] gives the same on that day.
    pub fn last_of_series(
        &self,
        indicator: &str,
        region: &str,
        as_of: Day,
    ) -> Result<String, LedgerError> {
        let read = || {
            self.connection
                .prepare_cached(
                    "SELECT hash FROM entry WHERE number = max(
                       coalesce((SELECT max(observation.entry) FROM series
                         JOIN observation ON observation.series = series.number
                         WHERE indicator = ?1 AND region = ?2 AND vintage <= ?3), 0),
                       coalesce((SELECT max(entry) FROM redefinition
                         WHERE indicator = ?1 AND (region IS NULL OR region = ?2) AND known <= ?3), 0))",
                )?
                .query_row(params![indicator, region, as_of.number()], |row| row.get(0))
                .optional()
        };
        Ok(read().map_err(|error| self.error(error))?.unwrap_or_default())
    }

    /// Every figure of an indicator and a region that was known on a day, or is known now, revisions too: by period,
    /// and by the day on which it became known.
    pub fn vintages(
        &self,
        indicator: &str,
        region: &str,
        facet: Facet,
        as_of: Option<Day>,
    ) -> Result<Vec<Observation>, LedgerError> {
        history(&self.connection, (indicator, region, facet), as_of)
            .map_err(|error| self.error(error))
    }

    /// The indicators, regions and facets of which there are figures, and how many.
    pub fn observed(&self) -> Result<Vec<(String, String, Facet, usize)>, LedgerError> {
        let read = || {
            self.connection
                .prepare(
                    "SELECT indicator, region, facet, count(*) FROM observation
                     JOIN series ON series.number = observation.series
                     GROUP BY series.number ORDER BY indicator, region, facet DESC",
                )?
                .query_map([], |row| {
                    let count: i64 = row.get(3)?;
                    let count = usize::try_from(count).unwrap_or_default();
                    Ok((row.get(0)?, row.get(1)?, row::word(row, 2)?, count))
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.error(error))
    }

    /// The changes of definitions of all indicators that were known on a day, or are known now: by indicator and by the
    /// first period of the new one.
    pub fn redefinitions(&self, as_of: Option<Day>) -> Result<Vec<Redefinition>, LedgerError> {
        let until = as_of.map_or(i64::MAX, Day::number);
        let read = || {
            self.connection
                .prepare_cached(
                    "SELECT indicator, region, period, known, reason FROM redefinition
                     WHERE known <= ?1 ORDER BY indicator, period, known, entry",
                )?
                .query_map([until], redefinition)?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.error(error))
    }

    /// Where the figures of each region come from.
    pub fn origins(&self) -> Result<Vec<Origin>, LedgerError> {
        let read = || {
            self.connection
                .prepare_cached(
                    "SELECT name, region, min(indicator), count(DISTINCT indicator), count(*)
                     FROM observation
                     JOIN series ON series.number = observation.series
                     JOIN origin ON origin.number = observation.origin
                     GROUP BY origin.number, region ORDER BY origin.number DESC, region",
                )?
                .query_map([], |row| {
                    let count = |at| -> rusqlite::Result<usize> {
                        Ok(usize::try_from(row.get::<_, i64>(at)?).unwrap_or_default())
                    };
                    Ok(Origin {
                        name: row.get(0)?,
                        region: row.get(1)?,
                        indicator: row.get(2)?,
                        indicators: count(3)?,
                        figures: count(4)?,
                    })
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.error(error))
    }

    /// The codes of the regions that have figures, in their order.
    pub fn observed_regions(&self) -> Result<Vec<String>, LedgerError> {
        let read = || {
            self.connection
                .prepare_cached("SELECT DISTINCT region FROM series ORDER BY region")?
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.error(error))
    }
}

fn history(
    read: &Connection,
    (indicator, region, facet): (&str, &str, Facet),
    as_of: Option<Day>,
) -> rusqlite::Result<Vec<Observation>> {
    let Some(series) = series_number(read, indicator, region, facet)? else {
        return Ok(Vec::new());
    };
    let common = Common::new(indicator.into(), region.into(), facet);
    let until = as_of.map_or(i64::MAX, Day::number);
    let mut pool = Pool::default();
    read.prepare_cached(
        "SELECT period, vintage, value, unit, status, name, note FROM observation
         JOIN origin ON origin.number = observation.origin
         WHERE series = ?1 AND vintage <= ?2 ORDER BY period, vintage",
    )?
    .query_map(params![series, until], |row| common.observation(row, &mut pool))?
    .collect()
}

/// What the rows of a series have in common: period, vintage, value, unit, status, origin and note make the rest.
pub(super) struct Common {
    indicator: Arc<str>,
    region: Arc<str>,
    facet: Facet,
}

impl Common {
    pub(super) fn new(indicator: Arc<str>, region: Arc<str>, facet: Facet) -> Self {
        Common { indicator, region, facet }
    }

    pub(super) fn observation(
        &self,
        row: &Row<'_>,
        pool: &mut Pool,
    ) -> rusqlite::Result<Observation> {
        let value: Option<String> = row.get(2)?;
        let amount = |value: String| value.parse::<Amount>().map_err(|error| row::unfit(2, error));
        let unit: String = row.get(3)?;
        let (source, note): (String, String) = (row.get(5)?, row.get(6)?);
        Ok(Observation {
            indicator: Arc::clone(&self.indicator),
            region: Arc::clone(&self.region),
            facet: self.facet,
            period: period(row, 0)?,
            vintage: vintage(row, 1)?,
            value: value.map(amount).transpose()?,
            unit: Unit::new(pool.share(&unit)),
            status: row::word(row, 4)?,
            source: pool.share(&source),
            note: pool.share(&note),
        })
    }
}

pub(super) fn period(row: &Row<'_>, column: usize) -> rusqlite::Result<Period> {
    let number: i64 = row.get(column)?;
    Period::of_number(number).ok_or_else(|| row::unfit(column, format!("{number} is no period")))
}

fn vintage(row: &Row<'_>, column: usize) -> rusqlite::Result<Day> {
    let number: i64 = row.get(column)?;
    Day::of_number(number).ok_or_else(|| row::unfit(column, format!("{number} is no day")))
}

/// The number of a series that is there.
pub(super) fn series_number(
    read: &Connection,
    indicator: &str,
    region: &str,
    facet: Facet,
) -> rusqlite::Result<Option<i64>> {
    read.prepare_cached(
        "SELECT number FROM series WHERE indicator = ?1 AND region = ?2 AND facet = ?3",
    )?
    .query_row(params![indicator, region, facet.as_str()], |row| row.get(0))
    .optional()
}

/// The changes of an indicator's definition, by the first period of the new one.
pub(super) fn redefinitions(
    read: &Connection,
    indicator: &str,
) -> rusqlite::Result<Vec<Redefinition>> {
    read.prepare_cached(
        "SELECT indicator, region, period, known, reason FROM redefinition
         WHERE indicator = ?1 ORDER BY period, known, entry",
    )?
    .query_map([indicator], redefinition)?
    .collect()
}

pub(super) fn redefinition(row: &Row<'_>) -> rusqlite::Result<Redefinition> {
    let region: Option<String> = row.get(1)?;
    Ok(Redefinition {
        indicator: row.get::<_, String>(0)?.into(),
        region: region.map(Into::into),
        from: period(row, 2)?,
        known: vintage(row, 3)?,
        reason: row.get::<_, String>(4)?.into(),
    })
}

/// The figures that are filed, period by period.
pub(super) struct Known<'a> {
    /// The series that have any; most of a first import have none.
    series: HashSet<i64>,
    query: CachedStatement<'a>,
    pool: Pool,
}

impl<'a> Known<'a> {
    pub(super) fn new(transaction: &'a Connection) -> rusqlite::Result<Self> {
        let series = transaction
            .prepare("SELECT DISTINCT series FROM observation")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let query = transaction.prepare_cached(
            "SELECT period, vintage, value, unit, status, name, note FROM observation
             JOIN origin ON origin.number = observation.origin
             WHERE series = ?1 AND period = ?2 ORDER BY vintage",
        )?;
        Ok(Known { series, query, pool: Pool::default() })
    }

    /// Those of a series and of the period of a figure, by the day on which they became known.
    pub(super) fn of(
        &mut self,
        series: i64,
        like: &Observation,
    ) -> rusqlite::Result<Vec<Observation>> {
        if !self.series.contains(&series) {
            return Ok(Vec::new());
        }
        let common = Common::new(Arc::clone(&like.indicator), Arc::clone(&like.region), like.facet);
        let pool = &mut self.pool;
        self.query
            .query_map(params![series, like.period.number()], |row| common.observation(row, pool))?
            .collect()
    }
}
