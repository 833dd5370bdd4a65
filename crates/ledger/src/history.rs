//! The audit log as it is read by people.

use rusqlite::{OptionalExtension, params};

use crate::{Ledger, LedgerError};

/// An entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// 1, 2, 3 …
    pub number: i64,
    /// When, RFC 3339.
    pub at: String,
    /// Who wrote.
    pub author: String,
    /// From where; empty for the machine that the ledger lies on.
    pub place: String,
    /// What kind of act it was.
    pub action: String,
    /// What was written.
    pub subject: String,
    /// Why.
    pub reason: String,
    /// The hash that the chain has up to here.
    pub hash: String,
}

/// What an act did to a figure of a round: before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The line, from 0.
    pub position: u32,
    /// What stands after it.
    pub filing: terms::Filing,
}

impl Ledger {
    /// Entries of the audit log, latest first: at most `limit` of those before the entry `before`, or of all.
    pub fn log_entries(
        &self,
        before: Option<i64>,
        limit: usize,
    ) -> Result<Vec<LogEntry>, LedgerError> {
        let read = || -> rusqlite::Result<Vec<LogEntry>> {
            self.connection
                .prepare_cached(
                    "SELECT number, at, author, place, action, subject, reason, hash FROM entry
                     WHERE number < ?1 ORDER BY number DESC LIMIT ?2",
                )?
                .query_map(
                    params![before.unwrap_or(i64::MAX), i64::try_from(limit).unwrap_or(i64::MAX)],
                    |row| {
                        Ok(LogEntry {
                            number: row.get(0)?,
                            at: row.get(1)?,
                            author: row.get(2)?,
                            place: row.get(3)?,
                            action: row.get(4)?,
                            subject: row.get(5)?,
                            reason: row.get(6)?,
                            hash: row.get(7)?,
                        })
                    },
                )?
                .collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// The number of the entry at which the chain had this head; `None` where it never had.
    pub fn entry_of_head(&self, head: &str) -> Result<Option<i64>, LedgerError> {
        let query = "SELECT number FROM entry WHERE hash = ?1";
        self.connection
            .query_row(query, [head], |row| row.get(0))
            .optional()
            .map_err(|error| self.error(error))
    }

    /// The last entry that changed documents or the links of their statements; what is judged of them stays the same
    /// while it does.
    pub fn last_reading(&self) -> Result<i64, LedgerError> {
        let query = "SELECT coalesce(max(number), 0) FROM entry WHERE action IN ('import', 'link')";
        self.connection.query_row(query, [], |row| row.get(0)).map_err(|error| self.error(error))
    }

    /// The last entry that may have changed figures, what parts them or the names of their regions; what is told of them
    /// stays the same while it does.
    pub fn last_figures(&self) -> Result<Option<LogEntry>, LedgerError> {
        let query = "SELECT max(number) FROM entry
                     WHERE action IN ('observe', 'redefine', 'fill', 'region')";
        let last: Option<i64> = self
            .connection
            .query_row(query, [], |row| row.get(0))
            .map_err(|error| self.error(error))?;
        match last {
            Some(last) => Ok(self.log_entries(Some(last + 1), 1)?.pop()),
            None => Ok(None),
        }
    }
}
