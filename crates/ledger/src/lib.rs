//! The ledger: one SQLite file that keeps documents, what they state and who wrote when, and only grows.
//!
//! A [`Ledger`] files a document with its statements in one transaction ([`Ledger::append`]), gives back what
//! was known at a time ([`Ledger::facts`]), remembers which indicator people say that a measure names
//! ([`Ledger::decide_link`]), returns the bytes of a source file ([`Ledger::source`]) and checks
//! its own history ([`Ledger::verify`]). Readers and one writer may work at the same time.

mod access;
mod append;
mod audit;
mod backup;
mod boundary;
mod error;
mod facts;
mod fault;
mod history;
mod link;
mod observation;
mod open;
mod package;
mod people;
mod plan;
mod programme;
mod question;
mod record;
mod round;
mod row;
mod rule;
mod schema;
mod scheme;
mod time;
mod verify;
mod warning;

use std::path::{Path, PathBuf};

pub use append::{Appended, Entry};
pub use backup::Upgrade;
pub use error::LedgerError;
pub use fault::Fault;
pub use history::{Change, LogEntry};
pub use link::{Decision, LinkDecision};
pub use observation::{Filed, Filing, Origin};
pub use package::{Cell, Column, Dump, ForeignKey, Kind, Loading, TableShape};
pub use people::{Credential, VisitAct};
pub use plan::{FieldChange, PlanChange, PlanOutcome, PlanQuery, PlanReport, RegionOutcome};
pub use question::{QueryError, QueryLedger, QuerySink, QueryValue, QueryView};
pub use round::{Filled, Line, Locked};
pub use rule::KeptRule;
pub use scheme::KeptScheme;
pub use verify::Verification;
pub use warning::{AlarmChange, KeptWarningRule};

/// An open ledger.
#[derive(Debug)]
pub struct Ledger {
    connection: rusqlite::Connection,
    path: PathBuf,
}

impl Ledger {
    /// The file of this ledger.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The bytes of the source file of a document.
    pub fn source(&self, document: &str) -> Result<Vec<u8>, LedgerError> {
        let query = "SELECT source FROM document WHERE id = ?1";
        match self.connection.query_row(query, [document], |row| row.get(0)) {
            Ok(bytes) => Ok(bytes),
            Err(rusqlite::Error::QueryReturnedNoRows) => {
                Err(LedgerError::UnknownDocument(document.to_owned()))
            }
            Err(error) => Err(self.error(error)),
        }
    }

    fn error(&self, error: rusqlite::Error) -> LedgerError {
        LedgerError::of(&self.path, error)
    }
}
