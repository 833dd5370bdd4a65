//! Many figures at once, as pages and data ask for them.

use std::collections::BTreeSet;

use rusqlite::{CachedStatement, Row, params};
use terms::{Facet, FigureQuery, Observation, ObservationStatus, Pool};

use super::read::Common;
use crate::{Ledger, LedgerError, row};

impl Ledger {
    /// The figures that are asked for, in the order that [`FigureQuery`] tells.
    pub fn figures(&self, query: &FigureQuery) -> Result<Vec<Observation>, LedgerError> {
        self.found(query).map_err(|error| self.error(error))
    }

    fn found(&self, query: &FigureQuery) -> rusqlite::Result<Vec<Observation>> {
        let mut page = Page::new(query);
        let mut pool = Pool::default();
        // Rows are stored by series, period and vintage: read so, they need no sorting.
        let mut figures = self.connection.prepare_cached(
            "SELECT period, vintage, value, unit, status, name, note FROM observation
             JOIN origin ON origin.number = observation.origin
             WHERE series = ?1 AND period BETWEEN ?2 AND ?3 AND vintage <= ?4
             ORDER BY period, vintage",
        )?;
        for (number, common) in self.asked_series(query, &mut pool)? {
            if page.is_full() {
                break;
            }
            page.add(&mut figures, number, &common, &mut pool)?;
        }
        Ok(page.found)
    }

    /// The series that are asked for, with their numbers.
    fn asked_series(
        &self,
        query: &FigureQuery,
        pool: &mut Pool,
    ) -> rusqlite::Result<Vec<(i64, Common)>> {
        let regions: BTreeSet<&str> = query.regions.iter().map(String::as_str).collect();
        let mut found = Vec::new();
        let mut add = |row: &Row<'_>| -> rusqlite::Result<()> {
            let facet: Facet = row::word(row, 3)?;
            let region = row.get_ref(2)?.as_str()?;
            let asked = (regions.is_empty() || regions.contains(region))
                && (query.facets.is_empty() || query.facets.contains(&facet));
            if asked {
                let indicator = pool.share(row.get_ref(1)?.as_str()?);
                found.push((row.get(0)?, Common::new(indicator, pool.share(region), facet)));
            }
            Ok(())
        };
        const ORDER: &str = "ORDER BY indicator, region, facet DESC";
        const COLUMNS: &str = "SELECT number, indicator, region, facet FROM series";
        if query.indicators.is_empty() {
            let mut all = self.connection.prepare_cached(&format!("{COLUMNS} {ORDER}"))?;
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                add(row)?;
            }
            return Ok(found);
        }
        let mut one =
            self.connection.prepare_cached(&format!("{COLUMNS} WHERE indicator = ?1 {ORDER}"))?;
        for indicator in query.indicators.iter().collect::<BTreeSet<_>>() {
            let mut rows = one.query([indicator])?;
            while let Some(row) = rows.next()? {
                add(row)?;
            }
        }
        Ok(found)
    }
}

/// The figures that were found so far.
struct Page<'a> {
    query: &'a FigureQuery,
    /// How many are still to be left out.
    skip: usize,
    limit: usize,
    found: Vec<Observation>,
    /// First and last period, and the last day, as numbers.
    bounds: (i64, i64, i64),
}

impl<'a> Page<'a> {
    fn new(query: &'a FigureQuery) -> Self {
        // The number of a period is ordered by its last month, then by how many months it spans.
        let from = query.from.map_or(i64::MIN, |from| {
            i64::from(from.year()) * 10_000 + i64::from(from.first_month()) * 100
        });
        let to = query.to.map_or(i64::MAX, |to| {
            i64::from(to.year()) * 10_000 + i64::from(to.last_month()) * 100 + 99
        });
        let until = query.as_of.map_or(i64::MAX, terms::Day::number);
        let limit = query.limit.unwrap_or(usize::MAX);
        Page { query, skip: query.offset, limit, found: Vec::new(), bounds: (from, to, until) }
    }

    fn is_full(&self) -> bool {
        self.found.len() >= self.limit
    }

    /// Adds the figures of a series.
    fn add(
        &mut self,
        figures: &mut CachedStatement<'_>,
        series: i64,
        common: &Common,
        pool: &mut Pool,
    ) -> rusqlite::Result<()> {
        let (from, to, until) = self.bounds;
        let mut rows = figures.query(params![series, from, to, until])?;
        let mut last: Option<Observation> = None;
        while let Some(row) = rows.next()? {
            let next = common.observation(row, pool)?;
            if self.query.history {
                self.take(next);
            } else if let Some(before) = last.replace(next)
                && last.as_ref().is_some_and(|next| next.period != before.period)
            {
                self.take_last(before);
            }
            if self.is_full() {
                return Ok(());
            }
        }
        if let Some(last) = last {
            self.take_last(last);
        }
        Ok(())
    }

    /// Takes the last figure of a period that is known.
    fn take_last(&mut self, figure: Observation) {
        if figure.status != ObservationStatus::Withdrawn {
            self.take(figure);
        }
    }

    fn take(&mut self, figure: Observation) {
        if self.query.updated_after.is_some_and(|day| figure.vintage <= day) {
            return;
        }
        if self.skip > 0 {
            self.skip -= 1;
        } else if !self.is_full() {
            self.found.push(figure);
        }
    }
}
