//! Opening a ledger file, for writing or for reading.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::schema::{self, State};
use crate::{Ledger, LedgerError, Upgrade};

/// How long one program waits for another that holds the ledger.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many prepared statements are kept: those of every table that an entry may write, and those that read them.
const STATEMENTS: usize = 128;

/// The first bytes of every SQLite file.
const MAGIC: &[u8] = b"SQLite format 3\0";

impl Ledger {
    /// Opens the ledger at `path` for writing, making it where there is none and bringing an older schema up
    /// to date, after a copy of it was put beside it.
    pub fn open(path: &Path) -> Result<Ledger, LedgerError> {
        Self::open_and_upgrade(path).map(|(ledger, _)| ledger)
    }

    /// Brings a ledger of an older schema up to date, after a copy of it was put beside it; `None` where there
    /// is nothing to do. Opening does the same, but does not tell.
    pub fn upgrade(path: &Path) -> Result<Option<Upgrade>, LedgerError> {
        let found = Self::open_as_it_is(path)?;
        match schema::state(&found.connection, path)? {
            State::Older(_) => drop(found),
            State::Current | State::Empty => return Ok(None),
        }
        Self::open_and_upgrade(path).map(|(_, upgrade)| upgrade)
    }

    fn open_and_upgrade(path: &Path) -> Result<(Ledger, Option<Upgrade>), LedgerError> {
        check_folder(path)?;
        let exists = check_file(path)?;
        check_writable(path, exists)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let fail = |error| LedgerError::of(path, error);
        let mut connection = connect(&beside(path), flags).map_err(fail)?;
        let mut upgrade = None;
        if schema::state(&connection, path)? != State::Current {
            // The mode is kept in the file and lets readers read while a writer writes.
            connection.pragma_update(None, "journal_mode", "wal").map_err(fail)?;
            upgrade = schema::migrate(&mut connection, path)?;
        }
        connection.pragma_update(None, "foreign_keys", true).map_err(fail)?;
        Ok((Ledger { connection, path: path.to_owned() }, upgrade))
    }

    /// Opens the ledger at `path` for reading only; the file and its folder may be read-only. A ledger of an
    /// older schema is brought up to date first, for which it has to be writable.
    pub fn open_read_only(path: &Path) -> Result<Ledger, LedgerError> {
        let found = Self::open_as_it_is(path)?;
        match schema::state(&found.connection, path)? {
            State::Current => return Ok(found),
            State::Empty => return Err(LedgerError::Missing(path.to_owned())),
            State::Older(_) => drop(found),
        }
        drop(Self::open(path)?);
        Self::open_as_it_is(path)
    }

    /// Opens the ledger at `path` to copy it: it is left as it is, whatever its schema.
    pub fn open_to_copy(path: &Path) -> Result<Ledger, LedgerError> {
        let found = Self::open_as_it_is(path)?;
        match schema::state(&found.connection, path)? {
            State::Current | State::Older(_) => Ok(found),
            State::Empty => Err(LedgerError::Missing(path.to_owned())),
        }
    }

    fn open_as_it_is(path: &Path) -> Result<Ledger, LedgerError> {
        let missing = || LedgerError::Missing(path.to_owned());
        if check_folder(path).is_err() || !check_file(path)? {
            return Err(missing());
        }
        let connection = match connect_for_reading(path) {
            Ok(connection) => connection,
            Err(error) => match connect_unchanging(path) {
                Some(connection) => connection.map_err(|error| LedgerError::of(path, error))?,
                None => return Err(LedgerError::of(path, error)),
            },
        };
        Ok(Ledger { connection, path: path.to_owned() })
    }
}

pub(crate) fn connect(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// Connects without the right to change data, and reads once to see whether reading works.
///
/// Where the file may be written the connection is technically a writing one that refuses to write: only such
/// a one can tidy up the two files that the write-ahead log needs beside the ledger.
fn connect_for_reading(path: &Path) -> rusqlite::Result<Connection> {
    let writable = std::fs::metadata(path).is_ok_and(|known| !known.permissions().readonly());
    let access =
        if writable { OpenFlags::SQLITE_OPEN_READ_WRITE } else { OpenFlags::SQLITE_OPEN_READ_ONLY };
    let connection = connect(&beside(path), access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.pragma_update(None, "query_only", true)?;
    probe(&connection)?;
    Ok(connection)
}

/// Connects to a file whose folder is read-only. SQLite cannot put its log's index there, so the file has to
/// be declared unchanging; `None` where a log with content lies beside it, which would then be left unread.
fn connect_unchanging(path: &Path) -> Option<rusqlite::Result<Connection>> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if std::fs::metadata(log).is_ok_and(|log| log.len() > 0) {
        return None;
    }
    let mut address = String::from("file:");
    for byte in beside(path).as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                address.push(char::from(*byte));
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address.push_str("?immutable=1");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Some(connect(Path::new(&address), flags).and_then(|connection| {
        probe(&connection)?;
        Ok(connection)
    }))
}

fn probe(connection: &Connection) -> rusqlite::Result<()> {
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
}

/// The path in a form that SQLite never takes for one of its special names such as `:memory:`.
pub(crate) fn beside(path: &Path) -> PathBuf {
    Path::new(".").join(path)
}

pub(crate) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn check_folder(path: &Path) -> Result<(), LedgerError> {
    if folder(path).is_dir() { Ok(()) } else { Err(LedgerError::NoFolder(folder(path).to_owned())) }
}

/// Whether there is a file, after making sure that it begins like a SQLite file or is empty.
fn check_file(path: &Path) -> Result<bool, LedgerError> {
    let known = match std::fs::metadata(path) {
        Ok(known) => known,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(LedgerError::io(path, &error)),
    };
    if !known.is_file() {
        return Err(LedgerError::NotAFile(path.to_owned()));
    }
    let mut first = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MAGIC.len() as u64).read_to_end(&mut first))
        .map_err(|error| LedgerError::io(path, &error))?;
    if !first.is_empty() && first != MAGIC {
        return Err(LedgerError::NotSqlite(path.to_owned()));
    }
    Ok(true)
}

/// Refuses what is marked read-only, even for a user whom the marks do not bind: the mark says that the owner
/// wants the ledger unchanged.
fn check_writable(path: &Path, exists: bool) -> Result<(), LedgerError> {
    let marked =
        |path: &Path| std::fs::metadata(path).is_ok_and(|known| known.permissions().readonly());
    if exists && marked(path) || marked(folder(path)) {
        return Err(LedgerError::ReadOnly(path.to_owned()));
    }
    Ok(())
}
