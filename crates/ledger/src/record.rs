//! Recorded tables: every row names the entry that wrote it, and an entry's content is the hash over its rows in all
//! of them. A table that is added here is kept, checked and exported like the others.

use rusqlite::Connection;
use sha2::Sha256;

use crate::append::Entry;
use crate::audit::{self, Action, hash_rows};
use crate::people;
use crate::row::Table;
use crate::{Ledger, LedgerError, time};

/// Makes a recorded table from its name, the columns by which its rows are ordered, and the other columns.
macro_rules! recorded {
    ($($constant:ident = $name:literal by $order:literal [$($column:literal),+];)+) => {
        $(pub(crate) const $constant: Table = Table {
            name: $name,
            owner: "entry",
            order: $order,
            columns: &["entry", $($column),+],
        };)+

        /// Every recorded table, in the order in which they are hashed. Tables are only added at the end.
        pub(crate) const ALL: &[&Table] = &[$(&$constant),+];
    };
}

recorded! {
    DEPARTMENT = "department" by "code" ["code", "name", "region", "email", "active"];
    ACCOUNT = "account" by "login" ["login", "name", "active"];
    GRANT = "account_grant" by "login, position" ["login", "position", "post", "region", "department"];
    PASSWORD = "password_change" by "login" ["login", "digest", "temporary"];
    VISIT = "visit" by "entry" ["login", "act"];
    FORM = "form" by "code" ["code", "name", "department", "frequency", "active"];
    FORM_REGION = "form_region" by "form, position" ["form", "position", "region"];
    FORM_ITEM = "form_item" by "form, position" ["form", "position", "indicator", "facet", "unit"];
    FORM_LAYOUT = "form_layout" by "entry" ["form", "name", "layout", "workbook"];
    ROUND = "round" by "code" ["code", "name", "period", "opens", "due", "closes"];
    DUTY = "duty" by "number" ["number", "round", "form", "department", "region"];
    SLOT = "slot" by "duty, position" ["duty", "position", "indicator", "facet", "unit"];
    FILING = "filing" by "duty, position, version"
        ["duty", "position", "version", "state", "value", "status", "note", "comment"];
    EXTENSION = "extension" by "entry" ["duty", "until"];
    PLAN_OBJECT = "plan_object" by "number" ["number", "kind", "code", "parent"];
    PLAN_FIELD = "plan_field" by "object, field" ["object", "field", "value"];
    PLAN_STATE = "plan_state" by "object" ["object", "state", "comment"];
    ATTACHMENT = "attachment" by "hash" ["hash", "content"];
    PLAN_ATTACHMENT = "plan_attachment" by "object, hash"
        ["object", "hash", "name", "media", "active"];
    OWN_REGION = "own_region" by "code, since"
        ["code", "since", "name", "parent", "until", "ended", "successor"];
    RULE = "rule" by "code"
        ["code", "name", "scope", "formula", "severity", "explanation", "active"];
    SCHEME = "scheme" by "code, version" ["code", "version", "name", "content"];
    WARNING_RULE = "warning_rule" by "code" ["code", "name", "content", "active"];
    ALARM = "alarm" by "number" ["number", "rule", "subject", "name", "region", "day", "severity",
        "condition", "sentence", "figures"];
    ALARM_ACT = "alarm_act" by "alarm, act" ["alarm", "act", "day", "severity", "problem", "note"];
    API_KEY = "api_key" by "name" ["name", "scopes", "regions", "until", "digest", "active"];
    BOUNDARY = "boundary" by "region, since" ["region", "since", "outline"];
    PROGRAMME = "programme" by "code" ["code", "name", "region", "settings", "answer", "table_name", "hash"];
}

/// Tables that hold secrets: no part of the history, and of no package.
pub(crate) const SECRET: &[&str] = &["credential", "session", "api_secret"];

/// The hash over all rows that an entry wrote in recorded tables. Tables in which it wrote none leave no trace, so that
/// a table may be added later.
pub(crate) fn update_with_rows(
    hash: &mut Sha256,
    read: &Connection,
    entry: i64,
) -> rusqlite::Result<()> {
    for table in ALL {
        let mut query = read.prepare_cached(&table.select())?;
        if query.exists([entry])? {
            hash_rows(hash, table, &mut query, [entry])?;
        }
    }
    Ok(())
}

/// The recorded tables that hold rows which name an entry that is not there, or one that writes no records.
pub(crate) fn unrecorded(read: &Connection) -> rusqlite::Result<Vec<(String, i64)>> {
    let words: Vec<String> = Action::ALL
        .iter()
        .filter(|action| action.records())
        .map(|action| format!("'{}'", action.as_str()))
        .collect();
    let mut found = Vec::new();
    for table in ALL {
        let query = format!(
            "SELECT count(*) FROM {} WHERE entry NOT IN (SELECT number FROM entry WHERE action IN ({}))",
            table.name,
            words.join(", ")
        );
        let rows: i64 = read.query_row(&query, [], |row| row.get(0))?;
        if rows > 0 {
            found.push((table.name.to_owned(), rows));
        }
    }
    Ok(found)
}

/// Why a write did not come about.
pub(crate) enum Trouble {
    /// The database failed.
    Database(rusqlite::Error),
    /// The ledger's rules refuse it.
    Refused(LedgerError),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Trouble::Database(error)
    }
}

impl From<LedgerError> for Trouble {
    fn from(error: LedgerError) -> Self {
        Trouble::Refused(error)
    }
}

/// A write that is under way: its transaction, and the number that its entry will have.
pub(crate) struct Writing<'a> {
    pub(crate) transaction: &'a Connection,
    pub(crate) entry: &'a Entry,
    pub(crate) number: i64,
}

impl Writing<'_> {
    /// Refuses the write where its author is an account without this right there.
    pub(crate) fn authorise(
        &self,
        right: terms::Right,
        region: &str,
        department: Option<&str>,
    ) -> Result<(), Trouble> {
        if self.may(right, region, department)? {
            return Ok(());
        }
        Err(self.denied(right).into())
    }

    /// Whether the author has a right there.
    pub(crate) fn may(
        &self,
        right: terms::Right,
        region: &str,
        department: Option<&str>,
    ) -> rusqlite::Result<bool> {
        if !self.entry.account {
            return Ok(true);
        }
        let account = people::account(self.transaction, &self.entry.author)?;
        Ok(account.is_some_and(|account| account.may(right, region, department)))
    }

    /// That the author lacks a right.
    pub(crate) fn denied(&self, right: terms::Right) -> LedgerError {
        LedgerError::Denied { login: self.entry.author.clone(), right }
    }

    /// Closes the write with its entry in the audit log.
    pub(crate) fn log(&self, action: Action, subject: &str) -> rusqlite::Result<()> {
        let query = "SELECT coalesce(max(number), 0) FROM catalogue";
        let catalogue = self.transaction.query_row(query, [], |row| row.get(0))?;
        audit::log(self.transaction, self.entry, action, subject, catalogue)
    }
}

impl Ledger {
    /// Runs a write in one transaction: all of it or nothing.
    pub(crate) fn write<T>(
        &mut self,
        entry: &Entry,
        write: impl FnOnce(&Writing<'_>) -> Result<T, Trouble>,
    ) -> Result<T, LedgerError> {
        self.write_or_not(entry, |writing| write(writing).map(|done| (done, true)))
    }

    /// The same for a write that tells, once it knows what becomes of it, whether it is to stay.
    pub(crate) fn write_or_not<T>(
        &mut self,
        entry: &Entry,
        write: impl FnOnce(&Writing<'_>) -> Result<(T, bool), Trouble>,
    ) -> Result<T, LedgerError> {
        time::check(&entry.at)?;
        let fail = |error| LedgerError::of(&self.path, error);
        let guard = Guard::begin(&self.connection).map_err(fail)?;
        let number = audit::next_number(&self.connection).map_err(fail)?;
        let writing = Writing { transaction: &self.connection, entry, number };
        match write(&writing) {
            Ok((done, true)) => {
                guard.commit().map_err(fail)?;
                Ok(done)
            }
            Ok((done, false)) => Ok(done),
            Err(Trouble::Database(error)) => Err(fail(error)),
            Err(Trouble::Refused(error)) => Err(error),
        }
    }

    /// Does several writes of people, forms, rounds, rules and plan objects as one: all of them or none, each with its
    /// own entry.
    pub fn together<T, E: From<LedgerError>>(
        &mut self,
        writes: impl FnOnce(&mut Ledger) -> Result<T, E>,
    ) -> Result<T, E> {
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(|error| self.error(error))?;
        let done = writes(self);
        let end = if done.is_ok() { "COMMIT" } else { "ROLLBACK" };
        if let Err(error) = self.connection.execute_batch(end) {
            // What could not be kept is not left half-done.
            let _ = self.connection.execute_batch("ROLLBACK");
            return Err(self.error(error).into());
        }
        done
    }
}

/// A transaction, or a part of one that is under way; undone where it is dropped before it is committed.
struct Guard<'a> {
    connection: &'a Connection,
    part: bool,
    open: bool,
}

impl<'a> Guard<'a> {
    fn begin(connection: &'a Connection) -> rusqlite::Result<Self> {
        let part = !connection.is_autocommit();
        connection.execute_batch(if part { "SAVEPOINT part" } else { "BEGIN IMMEDIATE" })?;
        Ok(Guard { connection, part, open: true })
    }

    fn commit(mut self) -> rusqlite::Result<()> {
        self.connection.execute_batch(if self.part { "RELEASE part" } else { "COMMIT" })?;
        self.open = false;
        Ok(())
    }
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        if self.open {
            let undo = if self.part { "ROLLBACK TO part; RELEASE part" } else { "ROLLBACK" };
            // Nothing more can be done where even this fails; the file is undone when it is opened next.
            let _ = self.connection.execute_batch(undo);
        }
    }
}
