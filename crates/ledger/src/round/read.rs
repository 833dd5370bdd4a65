//! What is owed, and how far it is.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Row, params};
use terms::{
    Day, Duty, DutyProgress, DutySheet, Facet, Figure, FigureState, Filing, ObservationStatus,
    Slot, Unit,
};

use super::{form, open};
use crate::history::Change;
use crate::people;
use crate::row;
use crate::{Ledger, LedgerError};

impl Ledger {
    /// A duty with its lines and what was answered.
    pub fn duty_sheet(&self, number: i64) -> Result<Option<DutySheet>, LedgerError> {
        sheet(&self.connection, number).map_err(|error| self.error(error))
    }

    /// Every duty of a round with how far it is, by department, form and region.
    pub fn progress(&self, round: &str) -> Result<Vec<DutyProgress>, LedgerError> {
        progress(&self.connection, round).map_err(|error| self.error(error))
    }

    /// What other duties of the same round and region say for an indicator: the name of the department, the unit and the
    /// figure of each.
    pub fn filed_elsewhere(
        &self,
        duty: &Duty,
        indicator: &str,
        facet: Facet,
    ) -> Result<Vec<(String, Unit, Figure)>, LedgerError> {
        let read = || -> rusqlite::Result<Vec<(String, Unit, Figure)>> {
            let query = format!(
                "SELECT {FILING}, duty.department, slot.unit
                 FROM slot
                 JOIN duty ON duty.number = slot.duty
                 JOIN filing ON filing.duty = slot.duty AND filing.position = slot.position
                 JOIN entry ON entry.number = filing.entry
                 WHERE slot.indicator = ?1 AND slot.facet = ?2
                   AND duty.round = ?3 AND duty.region = ?4 AND duty.number <> ?5
                   AND version = (SELECT max(version) FROM filing
                       WHERE filing.duty = slot.duty AND filing.position = slot.position)
                 ORDER BY duty.number"
            );
            let found = self
                .connection
                .prepare_cached(&query)?
                .query_map(
                    params![indicator, facet.as_str(), duty.round, duty.region, duty.number],
                    |row| {
                        let unit: Arc<str> = row.get(FILING_COLUMNS + 1)?;
                        let department: String = row.get(FILING_COLUMNS)?;
                        Ok((department, Unit::new(unit), filing(row)?.figure))
                    },
                )?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            if found.is_empty() {
                return Ok(found);
            }
            let departments = people::departments(&self.connection)?;
            let named = |code: String| {
                let known = departments.iter().find(|known| known.code == code);
                known.map_or(code, |known| known.name.clone())
            };
            Ok(found.into_iter().map(|(code, unit, said)| (named(code), unit, said)).collect())
        };
        read().map_err(|error| self.error(error))
    }

    /// Everything that was done to the figures of a duty, latest first.
    pub fn duty_history(&self, number: i64) -> Result<Vec<Change>, LedgerError> {
        let read = || -> rusqlite::Result<Vec<Change>> {
            let query = format!(
                "SELECT {FILING}, position FROM filing JOIN entry ON entry.number = filing.entry
                 WHERE duty = ?1 ORDER BY filing.entry DESC, position"
            );
            self.connection
                .prepare_cached(&query)?
                .query_map([number], |row| {
                    Ok(Change { position: row.get(FILING_COLUMNS)?, filing: filing(row)? })
                })?
                .collect()
        };
        read().map_err(|error| self.error(error))
    }
}

/// The columns of a filing with its entry.
const FILING: &str = "version, state, value, status, note, comment, author, at";
const FILING_COLUMNS: usize = 8;

fn filing(row: &Row<'_>) -> rusqlite::Result<Filing> {
    let value: Option<String> = row.get(2)?;
    Ok(Filing {
        version: row.get(0)?,
        state: row::word(row, 1)?,
        figure: Figure {
            value: value
                .map(|value| value.parse().map_err(|error| row::unfit(2, error)))
                .transpose()?,
            status: row::word::<ObservationStatus>(row, 3)?,
            note: row.get(4)?,
        },
        comment: row.get(5)?,
        author: row.get(6)?,
        at: row.get(7)?,
    })
}

pub(super) fn unknown_duty(number: i64) -> LedgerError {
    LedgerError::Unknown { what: "填报任务", code: number.to_string() }
}

/// The columns of a duty, for [`read_duty`].
const DUTY: &str = "number, round, form, department, region,
    (SELECT until FROM extension WHERE duty = duty.number ORDER BY entry DESC LIMIT 1)";

fn read_duty(row: &Row<'_>) -> rusqlite::Result<Duty> {
    let extended: Option<i64> = row.get(5)?;
    Ok(Duty {
        number: row.get(0)?,
        round: row.get(1)?,
        form: row.get(2)?,
        department: row.get(3)?,
        region: row.get(4)?,
        extended: extended.map(|_| open::day(row, 5)).transpose()?,
    })
}

pub(super) fn duty(read: &Connection, number: i64) -> rusqlite::Result<Option<Duty>> {
    let query = format!("SELECT {DUTY} FROM duty WHERE number = ?1");
    read.prepare_cached(&query)?.query_row([number], read_duty).optional()
}

/// The duties of a round, by department, form and region.
pub(super) fn duties_of(read: &Connection, round: &str) -> rusqlite::Result<Vec<Duty>> {
    let query =
        format!("SELECT {DUTY} FROM duty WHERE round = ?1 ORDER BY department, form, region");
    read.prepare_cached(&query)?.query_map([round], read_duty)?.collect()
}

/// The lines of a duty, each with what was answered last.
pub(super) fn slots(read: &Connection, duty: i64) -> rusqlite::Result<Vec<Slot>> {
    let query = format!(
        "SELECT {FILING}, slot.position, slot.indicator, slot.facet, slot.unit
         FROM slot
         LEFT JOIN filing ON filing.duty = slot.duty AND filing.position = slot.position
              AND filing.version = (SELECT max(version) FROM filing
                  WHERE filing.duty = slot.duty AND filing.position = slot.position)
         LEFT JOIN entry ON entry.number = filing.entry
         WHERE slot.duty = ?1 ORDER BY slot.position"
    );
    read.prepare_cached(&query)?
        .query_map([duty], |row| {
            let version: Option<u32> = row.get(0)?;
            Ok(Slot {
                position: row.get(FILING_COLUMNS)?,
                item: form::item(row, FILING_COLUMNS + 1)?,
                filing: version.map(|_| filing(row)).transpose()?,
            })
        })?
        .collect()
}

fn names(read: &Connection, duty: &Duty) -> rusqlite::Result<(String, String)> {
    let form = form::name(read, &duty.form)?;
    let department = people::departments(read)?
        .into_iter()
        .find(|known| known.code == duty.department)
        .map(|known| known.name);
    Ok((
        form.unwrap_or_else(|| duty.form.clone()),
        department.unwrap_or_else(|| duty.department.clone()),
    ))
}

fn sheet(read: &Connection, number: i64) -> rusqlite::Result<Option<DutySheet>> {
    let Some(duty) = duty(read, number)? else { return Ok(None) };
    let Some(round) = open::round(read, &duty.round)? else { return Ok(None) };
    let (form, department) = names(read, &duty)?;
    Ok(Some(DutySheet { round, form, department, slots: slots(read, number)?, duty }))
}

fn progress(read: &Connection, round: &str) -> rusqlite::Result<Vec<DutyProgress>> {
    let departments = people::departments(read)?;
    let mut forms: HashMap<String, String> = HashMap::new();
    let mut states = states(read, round)?;
    let mut handed_in = handed_in(read, round)?;
    let mut all = Vec::new();
    for duty in duties_of(read, round)? {
        let form = match forms.get(&duty.form) {
            Some(name) => name.clone(),
            None => {
                let name = form::name(read, &duty.form)?.unwrap_or_else(|| duty.form.clone());
                forms.insert(duty.form.clone(), name.clone());
                name
            }
        };
        let department = departments.iter().find(|known| known.code == duty.department);
        let department = department.map_or_else(|| duty.department.clone(), |d| d.name.clone());
        let (lines, states) = states.remove(&duty.number).unwrap_or_default();
        let handed_in = match handed_in.remove(&duty.number) {
            Some((handed, day)) if handed == lines => Some(day),
            _ => None,
        };
        all.push(DutyProgress { duty, form, department, lines, states, handed_in });
    }
    Ok(all)
}

type States = (usize, [usize; FigureState::ALL.len()]);

/// How many lines each duty of a round has, and how many of them stand in each state.
fn states(read: &Connection, round: &str) -> rusqlite::Result<HashMap<i64, States>> {
    let query = "SELECT (SELECT state FROM filing
                     WHERE filing.duty = slot.duty AND filing.position = slot.position
                     ORDER BY version DESC LIMIT 1), slot.duty
                 FROM duty JOIN slot ON slot.duty = duty.number WHERE duty.round = ?1";
    let mut query = read.prepare_cached(query)?;
    let mut rows = query.query([round])?;
    let mut all: HashMap<i64, States> = HashMap::new();
    while let Some(row) = rows.next()? {
        let (lines, states) = all.entry(row.get(1)?).or_default();
        *lines += 1;
        if row.get_ref(0)?.as_str_or_null().ok().flatten().is_some() {
            let state: FigureState = row::word(row, 0)?;
            if let Some(place) = FigureState::ALL.iter().position(|known| *known == state) {
                states[place] += 1;
            }
        }
    }
    Ok(all)
}

/// How many lines of each duty of a round were handed in at least once, and the day on which the last of them was for
/// the first time.
fn handed_in(read: &Connection, round: &str) -> rusqlite::Result<HashMap<i64, (usize, Day)>> {
    let query = "SELECT at, duty, handed FROM (
                     SELECT duty, count(*) AS handed, max(first) AS last FROM (
                         SELECT filing.duty, position, min(filing.entry) AS first
                         FROM duty JOIN filing ON filing.duty = duty.number
                         WHERE duty.round = ?1 AND state = 'submitted'
                         GROUP BY filing.duty, position)
                     GROUP BY duty)
                 JOIN entry ON entry.number = last";
    read.prepare_cached(query)?
        .query_map([round], |row| {
            let at: String = row.get(0)?;
            let day = at.get(..10).unwrap_or("").parse().map_err(|error| row::unfit(0, error))?;
            let handed: i64 = row.get(2)?;
            Ok((row.get(1)?, (usize::try_from(handed).unwrap_or_default(), day)))
        })?
        .collect()
}
