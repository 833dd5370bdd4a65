//! Opening rounds, and giving more time.

use rusqlite::{Connection, OptionalExtension, params};
use terms::{Day, Period, Right, Round};

use super::{form, read};
use crate::append::Entry;
use crate::audit::Action;
use crate::people::{check_code, check_name, invalid};
use crate::record::{self, Trouble};
use crate::row::{self, whole};
use crate::{Ledger, LedgerError};

impl Ledger {
    /// Opens a round: every form that is named is owed by its department for each of its regions. A round that is open
    /// already takes the days and the name that are given, and the forms that it did not have yet; its period stays.
    /// Gives how many duties are new.
    pub fn open_round(
        &mut self,
        round: &Round,
        forms: &[String],
        entry: &Entry,
    ) -> Result<usize, LedgerError> {
        check_code("轮次代码", &round.code)?;
        check_name("轮次名称", &round.name)?;
        if round.due < round.opens {
            let expected = format!("不早于开始日 {}", round.opens);
            return Err(invalid("期限", &round.due.to_string(), expected));
        }
        if round.closes < round.due {
            let expected = format!("不早于期限 {}", round.due);
            return Err(invalid("截止日", &round.closes.to_string(), expected));
        }
        self.write(entry, |writing| {
            let known = self::round(writing.transaction, &round.code)?;
            if let Some(known) = known.as_ref().filter(|known| known.period != round.period) {
                let expected = format!("原定的 {}", known.period);
                return Err(invalid("轮次时期", &round.period.to_string(), expected).into());
            }
            if known.is_none() && forms.is_empty() {
                return Err(invalid("轮次报表", "", "至少一张报表").into());
            }
            // The days bind every duty that the round has, so the right to set them must reach as far.
            for duty in read::duties_of(writing.transaction, &round.code)? {
                writing.authorise(Right::Plan, &duty.region, Some(&duty.department))?;
            }
            let mut opened = 0;
            let changed = known.as_ref() != Some(round);
            if changed {
                record::ROUND.insert(
                    writing.transaction,
                    params![
                        writing.number,
                        round.code,
                        round.name,
                        round.period.number(),
                        round.opens.number(),
                        round.due.number(),
                        round.closes.number(),
                    ],
                )?;
            }
            for code in forms {
                opened += owe(writing, &round.code, code)?;
            }
            if changed || opened > 0 {
                writing.log(Action::Round, &round.code)?;
            }
            Ok(opened)
        })
    }

    /// All rounds, latest period first.
    pub fn rounds(&self) -> Result<Vec<Round>, LedgerError> {
        let read = || -> rusqlite::Result<Vec<Round>> {
            self.connection
                .prepare_cached(
                    "SELECT code, name, period, opens, due, closes FROM round AS own
                     WHERE entry = (SELECT max(entry) FROM round WHERE round.code = own.code)
                     ORDER BY period DESC, code",
                )?
                .query_map([], read_round)?
                .collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// The round of a code.
    pub fn round(&self, code: &str) -> Result<Option<Round>, LedgerError> {
        round(&self.connection, code).map_err(|error| self.error(error))
    }

    /// Gives a duty more time, until the end of a day.
    pub fn extend(&mut self, duty: i64, until: Day, entry: &Entry) -> Result<(), LedgerError> {
        self.write(entry, |writing| {
            let Some(known) = read::duty(writing.transaction, duty)? else {
                return Err(read::unknown_duty(duty).into());
            };
            writing.authorise(Right::Plan, &known.region, Some(&known.department))?;
            record::EXTENSION
                .insert(writing.transaction, params![writing.number, duty, until.number()])?;
            writing.log(Action::Extend, &duty.to_string())?;
            Ok(())
        })
    }
}

/// Makes the duties of a form in a round that are not there yet; gives how many.
fn owe(writing: &record::Writing<'_>, round: &str, code: &str) -> Result<usize, Trouble> {
    let Some(form) = form::form(writing.transaction, code)?.filter(|form| form.active) else {
        return Err(form::unknown_form(code).into());
    };
    form::active_department(writing.transaction, &form.department)?;
    let mut opened = 0;
    for region in &form.regions {
        writing.authorise(Right::Plan, region, Some(&form.department))?;
        let query = "SELECT 1 FROM duty WHERE round = ?1 AND form = ?2 AND region = ?3";
        if writing.transaction.prepare_cached(query)?.exists(params![round, code, region])? {
            continue;
        }
        let query = "SELECT coalesce(max(number), 0) + 1 FROM duty";
        let number: i64 = writing.transaction.query_row(query, [], |row| row.get(0))?;
        record::DUTY.insert(
            writing.transaction,
            params![writing.number, number, round, code, form.department, region],
        )?;
        for (position, item) in form.items.iter().enumerate() {
            record::SLOT.insert(
                writing.transaction,
                params![
                    writing.number,
                    number,
                    whole(position),
                    item.indicator,
                    item.facet.as_str(),
                    item.unit.as_str(),
                ],
            )?;
        }
        opened += 1;
    }
    Ok(opened)
}

/// The round of a code as it is now.
pub(super) fn round(read: &Connection, code: &str) -> rusqlite::Result<Option<Round>> {
    read.prepare_cached(
        "SELECT code, name, period, opens, due, closes FROM round
         WHERE code = ?1 ORDER BY entry DESC LIMIT 1",
    )?
    .query_row([code], read_round)
    .optional()
}

fn read_round(row: &rusqlite::Row<'_>) -> rusqlite::Result<Round> {
    let period: i64 = row.get(2)?;
    Ok(Round {
        code: row.get(0)?,
        name: row.get(1)?,
        period: Period::of_number(period)
            .ok_or_else(|| row::unfit(2, format!("{period} is no period")))?,
        opens: day(row, 3)?,
        due: day(row, 4)?,
        closes: day(row, 5)?,
    })
}

/// A day that is kept as a number.
pub(super) fn day(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Day> {
    let number: i64 = row.get(column)?;
    Day::of_number(number).ok_or_else(|| row::unfit(column, format!("{number} is no day")))
}
