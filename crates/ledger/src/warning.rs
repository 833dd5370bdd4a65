//! Rules of early warning of the ledger's own, the alarms that were raised, and what was done with them.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};
use terms::{Alarm, AlarmAct, AlarmActKind, Day, NATION, NewAlarm, Right, WarningSeverity};

use crate::append::Entry;
use crate::audit::Action;
use crate::people::{check_code, check_name, invalid};
use crate::record::{self, Trouble, Writing};
use crate::row::{self, unfit};
use crate::{Ledger, LedgerError};

/// A rule of early warning as the ledger keeps it: its text, which the caller can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptWarningRule {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The rule as a file of rules has it.
    pub content: String,
    /// Whether it is watched; one that is not takes a rule of the program with its code away.
    pub active: bool,
}

/// Something that is to be recorded of alarms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlarmChange {
    /// An alarm is raised.
    Raise(NewAlarm),
    /// Something is done with one.
    Act {
        /// Its number.
        alarm: i64,
        /// What is done.
        kind: AlarmActKind,
        /// The day that it is about.
        day: Day,
        /// The colour that it falls back to.
        severity: Option<WarningSeverity>,
        /// Code of the problem that it becomes.
        problem: Option<String>,
        /// A remark; may be empty.
        note: String,
    },
}

impl Ledger {
    /// Keeps rules of early warning, all or none; gives how many were new or changed.
    pub fn put_warning_rules(
        &mut self,
        rules: &[KeptWarningRule],
        entry: &Entry,
    ) -> Result<usize, LedgerError> {
        for rule in rules {
            check_code("预警规则代码", &rule.code)?;
            check_name("预警规则名称", &rule.name)?;
        }
        self.write(entry, |writing| {
            writing.authorise(Right::Plan, NATION, None)?;
            let known = kept(writing.transaction)?;
            let new: Vec<_> = rules.iter().filter(|rule| !known.contains(rule)).collect();
            for KeptWarningRule { code, name, content, active } in &new {
                record::WARNING_RULE.insert(
                    writing.transaction,
                    params![writing.number, code, name, content, active],
                )?;
            }
            match new[..] {
                [] => {}
                [one] => writing.log(Action::WarningRule, &one.code)?,
                _ => writing.log(Action::WarningRule, &new.len().to_string())?,
            }
            Ok(new.len())
        })
    }

    /// The rules of early warning of the ledger's own, by code.
    pub fn warning_rules(&self) -> Result<Vec<KeptWarningRule>, LedgerError> {
        kept(&self.connection).map_err(|error| self.error(error))
    }

    /// Records alarms and what is done with them, all or none; gives the numbers of the alarms, in their order. An alarm of
    /// a day before one that is recorded is refused, for alarms follow from those before them; one that is there already
    /// is not raised again.
    pub fn record_alarms(
        &mut self,
        changes: &[AlarmChange],
        entry: &Entry,
    ) -> Result<Vec<i64>, LedgerError> {
        self.write(entry, |writing| {
            let mut numbers = Vec::with_capacity(changes.len());
            let mut written = Vec::new();
            for change in changes {
                let (number, new) = match change {
                    AlarmChange::Raise(alarm) => raise(writing, alarm)?,
                    AlarmChange::Act { alarm, .. } => (*alarm, act(writing, change)?),
                };
                numbers.push(number);
                if new {
                    written.push(number);
                }
            }
            match written[..] {
                [] => {}
                [one] => writing.log(Action::Alarm, &one.to_string())?,
                _ => writing.log(Action::Alarm, &format!("{} × alarm", written.len()))?,
            }
            Ok(numbers)
        })
    }

    /// Every alarm with what was done with it, by number.
    pub fn alarms(&self) -> Result<Vec<Alarm>, LedgerError> {
        let read = || -> rusqlite::Result<Vec<Alarm>> {
            let mut alarms: BTreeMap<i64, Alarm> = self
                .connection
                .prepare_cached(
                    "SELECT alarm.number, alarm.entry, at, author, rule, alarm.subject, name, region, day,
                     severity, condition, sentence, figures
                     FROM alarm JOIN entry ON entry.number = alarm.entry",
                )?
                .query_map([], |row| alarm(row).map(|alarm| (alarm.number, alarm)))?
                .collect::<rusqlite::Result<_>>()?;
            let mut query = self.connection.prepare_cached(
                "SELECT alarm, alarm_act.entry, at, author, act, day, severity, problem, note
                 FROM alarm_act JOIN entry ON entry.number = alarm_act.entry
                 ORDER BY alarm, alarm_act.entry, act",
            )?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                if let Some(alarm) = alarms.get_mut(&row.get(0)?) {
                    alarm.acts.push(done(row)?);
                }
            }
            Ok(alarms.into_values().collect())
        };
        read().map_err(|error| self.error(error))
    }
}

fn kept(read: &Connection) -> rusqlite::Result<Vec<KeptWarningRule>> {
    read.prepare_cached(
        "SELECT code, name, content, active FROM warning_rule AS own
         WHERE entry = (SELECT max(entry) FROM warning_rule WHERE warning_rule.code = own.code)
         ORDER BY code",
    )?
    .query_map([], |row| {
        Ok(KeptWarningRule {
            code: row.get(0)?,
            name: row.get(1)?,
            content: row.get(2)?,
            active: row.get(3)?,
        })
    })?
    .collect()
}

/// Refuses a day before the last for which alarms of the rule and the subject were judged.
fn check_day(
    writing: &Writing<'_>,
    (rule, subject): (&str, &str),
    day: Day,
) -> Result<(), Trouble> {
    let query = "SELECT max(max(alarm.day), coalesce(max(alarm_act.day), 0)) FROM alarm
                 LEFT JOIN alarm_act ON alarm_act.alarm = alarm.number
                      AND alarm_act.act <> 'acknowledged'
                 WHERE rule = ?1 AND subject = ?2";
    let mut query = writing.transaction.prepare_cached(query)?;
    let last: Option<i64> = query.query_row([rule, subject], |row| row.get(0))?;
    match last.and_then(Day::of_number).filter(|last| day < *last) {
        None => Ok(()),
        Some(last) => {
            let expected = format!("不早于 {last}：{rule} 对 {subject} 已判断到这一天");
            Err(invalid("预警日期", &day.to_string(), expected).into())
        }
    }
}

/// Raises an alarm; gives its number, and whether it is new.
fn raise(writing: &Writing<'_>, alarm: &NewAlarm) -> Result<(i64, bool), Trouble> {
    writing.authorise(Right::Plan, &alarm.region, None)?;
    let NewAlarm { rule, subject, name, region, day, severity, condition, sentence, figures } =
        alarm;
    let there = "SELECT number FROM alarm
                 WHERE rule = ?1 AND subject = ?2 AND day = ?3 AND severity = ?4";
    let there: Option<i64> = writing
        .transaction
        .prepare_cached(there)?
        .query_row(params![rule, subject, day.number(), severity.as_str()], |row| row.get(0))
        .optional()?;
    if let Some(number) = there {
        return Ok((number, false));
    }
    check_day(writing, (rule, subject), *day)?;
    let query = "SELECT coalesce(max(number), 0) + 1 FROM alarm";
    let number: i64 = writing.transaction.query_row(query, [], |row| row.get(0))?;
    let (day, severity) = (day.number(), severity.as_str());
    record::ALARM.insert(
        writing.transaction,
        params![
            writing.number,
            number,
            rule,
            subject,
            name,
            region,
            day,
            severity,
            condition,
            sentence,
            figures
        ],
    )?;
    Ok((number, true))
}

/// Records what is done with an alarm; tells whether it is new. To take note of it twice changes nothing.
fn act(writing: &Writing<'_>, change: &AlarmChange) -> Result<bool, Trouble> {
    let AlarmChange::Act { alarm, kind, day, severity, problem, note } = change else {
        return Ok(false);
    };
    let query = "SELECT rule, subject, region FROM alarm WHERE number = ?1";
    let known: Option<(String, String, String)> = writing
        .transaction
        .prepare_cached(query)?
        .query_row([alarm], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((rule, subject, region)) = known else {
        return Err(LedgerError::Unknown { what: "预警", code: alarm.to_string() }.into());
    };
    if *kind == AlarmActKind::Acknowledged {
        writing.authorise(Right::Review, &region, None)?;
        let query = "SELECT 1 FROM alarm_act WHERE alarm = ?1 AND act = ?2";
        if writing.transaction.prepare_cached(query)?.exists(params![alarm, kind.as_str()])? {
            return Ok(false);
        }
    } else {
        writing.authorise(Right::Plan, &region, None)?;
        check_day(writing, (&rule, &subject), *day)?;
    }
    let severity = severity.map(WarningSeverity::as_str);
    record::ALARM_ACT.insert(
        writing.transaction,
        params![writing.number, alarm, kind.as_str(), day.number(), severity, problem, note],
    )?;
    Ok(true)
}

fn day(row: &Row<'_>, column: usize) -> rusqlite::Result<Day> {
    let number: i64 = row.get(column)?;
    Day::of_number(number).ok_or_else(|| unfit(column, format!("{number} is no day")))
}

fn alarm(row: &Row<'_>) -> rusqlite::Result<Alarm> {
    Ok(Alarm {
        number: row.get(0)?,
        entry: row.get(1)?,
        at: row.get(2)?,
        author: row.get(3)?,
        alarm: NewAlarm {
            rule: row.get(4)?,
            subject: row.get(5)?,
            name: row.get(6)?,
            region: row.get(7)?,
            day: day(row, 8)?,
            severity: row::word(row, 9)?,
            condition: row.get(10)?,
            sentence: row.get(11)?,
            figures: row.get(12)?,
        },
        acts: Vec::new(),
    })
}

fn done(row: &Row<'_>) -> rusqlite::Result<AlarmAct> {
    let severity: Option<String> = row.get(6)?;
    let severity =
        severity.map(|word| word.parse().map_err(|error| unfit(6, error))).transpose()?;
    Ok(AlarmAct {
        entry: row.get(1)?,
        at: row.get(2)?,
        author: row.get(3)?,
        kind: row::word(row, 4)?,
        day: day(row, 5)?,
        severity,
        problem: row.get(7)?,
        note: row.get(8)?,
    })
}
