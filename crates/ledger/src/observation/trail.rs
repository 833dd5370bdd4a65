//! What the audit log holds of figures: a hash over what they say.

use std::collections::HashMap;

use rusqlite::Connection;
use sha2::{Digest, Sha256};
use terms::{Observation, Redefinition};

use super::read::redefinition;
use crate::audit::{hexadecimal, update};

/// A hash over figures, in the order of the table: each field as its kind, its length and its bytes.
pub(crate) struct Trail(Sha256);

impl Trail {
    pub(crate) fn new() -> Self {
        Trail(Sha256::new())
    }

    pub(super) fn observation(&mut self, observation: &Observation) {
        let value = observation.value.as_ref().map(ToString::to_string);
        self.fields(
            [&observation.indicator, &observation.region, observation.facet.as_str()],
            [observation.period.number(), observation.vintage.number()],
            value.as_deref(),
            [
                observation.unit.as_str(),
                observation.status.as_str(),
                &observation.source,
                &observation.note,
            ],
        );
    }

    fn fields(
        &mut self,
        series: [&str; 3],
        numbers: [i64; 2],
        value: Option<&str>,
        texts: [&str; 4],
    ) {
        series.iter().for_each(|text| update(&mut self.0, b't', text.as_bytes()));
        numbers.iter().for_each(|number| update(&mut self.0, b'i', &number.to_le_bytes()));
        match value {
            Some(value) => update(&mut self.0, b't', value.as_bytes()),
            None => update(&mut self.0, b'n', &[]),
        }
        texts.iter().for_each(|text| update(&mut self.0, b't', text.as_bytes()));
    }

    pub(super) fn redefinition(&mut self, change: &Redefinition) {
        update(&mut self.0, b't', change.indicator.as_bytes());
        match &change.region {
            Some(region) => update(&mut self.0, b't', region.as_bytes()),
            None => update(&mut self.0, b'n', &[]),
        }
        for number in [change.from.number(), change.known.number()] {
            update(&mut self.0, b'i', &number.to_le_bytes());
        }
        update(&mut self.0, b't', change.reason.as_bytes());
    }

    pub(crate) fn finish(self) -> String {
        hexadecimal(&self.0.finalize())
    }
}

/// The hashes over all figures and changes of definition that are there, by the entry that says it wrote them: computed
/// in one walk over the table, as an entry may have written millions.
pub(crate) fn all(read: &Connection) -> rusqlite::Result<HashMap<i64, String>> {
    let mut trails: HashMap<i64, Trail> = HashMap::new();
    let mut query = read.prepare(
        "SELECT entry, indicator, region, facet, period, vintage, value, unit, status, name, note
         FROM observation
         LEFT JOIN series ON series.number = observation.series
         LEFT JOIN origin ON origin.number = observation.origin
         ORDER BY observation.series, period, vintage",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let text = |column: usize| {
            // A row whose series or origin is gone says nothing, and is found by that.
            row.get_ref(column).map(|value| value.as_str().unwrap_or(""))
        };
        let value = row.get_ref(6)?.as_str_or_null().unwrap_or(Some(""));
        trails.entry(row.get(0)?).or_insert_with(Trail::new).fields(
            [text(1)?, text(2)?, text(3)?],
            [row.get(4)?, row.get(5)?],
            value,
            [text(7)?, text(8)?, text(9)?, text(10)?],
        );
    }
    let mut query = read.prepare(
        "SELECT indicator, region, period, known, reason, entry FROM redefinition ORDER BY entry",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        trails.entry(row.get(5)?).or_insert_with(Trail::new).redefinition(&redefinition(row)?);
    }
    Ok(trails.into_iter().map(|(entry, trail)| (entry, trail.finish())).collect())
}
