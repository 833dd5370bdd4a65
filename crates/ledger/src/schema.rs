//! The schema of the ledger and its versions.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::{LedgerError, Upgrade, backup};

/// "DUIX": marks a SQLite file as one of ours.
const APPLICATION: i64 = 0x4455_4958;

/// The migrations in order; the schema version is the number of those that were applied.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_documents.sql"),
    include_str!("../migrations/0002_links.sql"),
    include_str!("../migrations/0003_glossary.sql"),
    include_str!("../migrations/0004_observations.sql"),
    include_str!("../migrations/0005_people.sql"),
    include_str!("../migrations/0006_rounds.sql"),
    include_str!("../migrations/0007_plan.sql"),
    include_str!("../migrations/0008_rules.sql"),
    include_str!("../migrations/0009_schemes_warnings.sql"),
    include_str!("../migrations/0010_keys.sql"),
    include_str!("../migrations/0011_boundaries.sql"),
    include_str!("../migrations/0012_programmes.sql"),
];

/// The newest schema version that this program knows.
pub(crate) const NEWEST: i64 = MIGRATIONS.len() as i64;

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

/// Brings the database up to the newest schema, all or nothing; tells of it where it was a ledger before.
pub(crate) fn migrate(
    connection: &mut Connection,
    path: &Path,
) -> Result<Option<Upgrade>, LedgerError> {
    let fail = |error| LedgerError::of(path, error);
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
    // Another program may have made the ledger while this one waited for its turn.
    let (applied, upgrade) = match state(&transaction, path)? {
        State::Current => return Ok(None),
        State::Older(applied) => {
            let backup = backup::before_upgrade(path, applied)?;
            let from = i64::try_from(applied).unwrap_or(NEWEST);
            (applied, Some(Upgrade { from, to: NEWEST, backup }))
        }
        State::Empty => (0, None),
    };
    apply(&transaction, applied, MIGRATIONS.len()).map_err(fail)?;
    transaction.commit().map_err(fail)?;
    Ok(upgrade)
}

/// Brings a database from one version to a later one, within the caller's transaction.
pub(crate) fn apply(connection: &Connection, from: usize, to: usize) -> rusqlite::Result<()> {
    for migration in MIGRATIONS.iter().take(to).skip(from) {
        connection.execute_batch(migration)?;
    }
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", i64::try_from(to).unwrap_or(NEWEST))
}

/// The names of all tables, indexes and triggers that are not as the migrations make them, in order.
pub(crate) fn differences(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let made = Connection::open_in_memory()?;
    apply(&made, 0, MIGRATIONS.len())?;
    let (expected, found) = (objects(&made)?, objects(connection)?);
    let names = expected.symmetric_difference(&found).map(|(name, ..)| name.clone());
    Ok(names.collect::<BTreeSet<_>>().into_iter().collect())
}

/// Name, kind, table and SQL of an object.
type Object = (String, String, String, Option<String>);

fn objects(connection: &Connection) -> rusqlite::Result<BTreeSet<Object>> {
    // SQLite's own statistics, which a tool may have left, change nothing.
    connection
        .prepare(
            "SELECT name, type, tbl_name, sql FROM sqlite_schema WHERE name NOT GLOB 'sqlite_stat*'",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect()
}
