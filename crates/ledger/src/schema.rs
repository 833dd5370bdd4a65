//! The schema of the ledger and its versions.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::LedgerError;

/// "DUIX": marks a SQLite file as one of ours.
const APPLICATION: i64 = 0x4455_4958;

/// The migrations in order; the schema version is the number of those that were applied.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_documents.sql"),
    include_str!("../migrations/0002_links.sql"),
    include_str!("../migrations/0003_glossary.sql"),
];

/// The newest schema version that this program knows.
const NEWEST: i64 = MIGRATIONS.len() as i64;

/// What a database is to this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// An empty database that may become a ledger.
    Empty,
    /// A ledger of an older schema, to which so many migrations were applied.
    Older(usize),
    /// A ledger of the newest schema.
    Current,
}

/// What the database at `path` is; an error where it is nothing that this program can use.
pub(crate) fn state(connection: &Connection, path: &Path) -> Result<State, LedgerError> {
    let fail = |error| LedgerError::of(path, error);
    let number =
        |query: &str| connection.query_row(query, [], |row| row.get::<_, i64>(0)).map_err(fail);
    let application = number("PRAGMA application_id")?;
    let version = number("PRAGMA user_version")?;
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    match (application, version) {
        (0, 0) if tables == 0 => Ok(State::Empty),
        (APPLICATION, NEWEST) => Ok(State::Current),
        (APPLICATION, newer) if newer > NEWEST => {
            Err(LedgerError::Newer { path: path.to_owned(), found: newer, known: NEWEST })
        }
        (APPLICATION, older @ 1..) => Ok(State::Older(usize::try_from(older).unwrap_or_default())),
        (APPLICATION, other) => Err(LedgerError::Damaged {
            path: path.to_owned(),
            found: format!("版本号为 {other}"),
            expected: format!("1 到 {NEWEST}"),
        }),
        _ => Err(LedgerError::Foreign(path.to_owned())),
    }
}

/// Brings the database up to the newest schema, all or nothing.
pub(crate) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), LedgerError> {
    let fail = |error| LedgerError::of(path, error);
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
    // Another program may have made the ledger while this one waited for its turn.
    let applied = match state(&transaction, path)? {
        State::Current => return Ok(()),
        State::Older(applied) => applied,
        State::Empty => 0,
    };
    for migration in MIGRATIONS.iter().skip(applied) {
        transaction.execute_batch(migration).map_err(fail)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION).map_err(fail)?;
    transaction.pragma_update(None, "user_version", NEWEST).map_err(fail)?;
    transaction.commit().map_err(fail)
}
