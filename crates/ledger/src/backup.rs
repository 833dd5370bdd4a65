//! Copies of a ledger, made by SQLite's backup interface: whole, even while others read and write.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::open::{beside, connect, folder};
use crate::{Ledger, LedgerError};

/// How many pages are copied at a time.
const PAGES: i32 = 1024;

/// How often, and after what time, a copy is tried again that somebody holds up.
const TRIES: usize = 500;
const PAUSE: Duration = Duration::from_millis(10);

/// A ledger that was brought to a newer schema, and the copy of it that was made before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upgrade {
    /// The schema version that it had.
    pub from: i64,
    /// The schema version that it has now.
    pub to: i64,
    /// The copy of the ledger as it was.
    pub backup: PathBuf,
}

impl Ledger {
    /// Copies the ledger as it is at this moment into a new or empty file. Others may read and write meanwhile;
    /// what they write later is not in the copy.
    pub fn copy_to(&self, target: &Path) -> Result<(), LedgerError> {
        copy(&self.connection, &self.path, target)
    }
}

/// Copies a database into a new or empty file.
pub(crate) fn copy(source: &Connection, path: &Path, target: &Path) -> Result<(), LedgerError> {
    let here = |error| LedgerError::of(path, error);
    let there = |error| LedgerError::of(target, error);
    if std::fs::metadata(target).is_ok_and(|known| known.len() > 0) {
        return Err(LedgerError::NotEmpty(target.to_owned()));
    }
    // The read transaction holds on to one state of the ledger, so that no writer makes the copy begin anew.
    let read = source.unchecked_transaction().map_err(here)?;
    read.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(here)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut copied = connect(&beside(target), flags).map_err(there)?;
    let backup = Backup::new(&read, &mut copied).map_err(there)?;
    let mut tries = 0;
    loop {
        match backup.step(PAGES).map_err(there)? {
            StepResult::Done => break,
            StepResult::More => tries = 0,
            _ if tries == TRIES => return Err(LedgerError::Busy(path.to_owned())),
            _ => {
                tries += 1;
                std::thread::sleep(PAUSE);
            }
        }
    }
    drop(backup);
    copied.close().map_err(|(_, error)| there(error))
}

/// Copies the ledger at `path` to a file beside it that bears its schema version, before it is brought to a newer
/// one. The caller holds the right to write the ledger, so nobody else does the same.
pub(crate) fn before_upgrade(path: &Path, schema: usize) -> Result<PathBuf, LedgerError> {
    let named = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".schema{schema}{ending}"));
        PathBuf::from(name)
    };
    let part = named(".bak.part");
    let made = copy_checked(path, &part).and_then(|()| {
        // A copy of an earlier time stays.
        let free = |name: &PathBuf| !name.exists();
        let backup = std::iter::once(named(".bak"))
            .chain((2_u32..).map(|number| named(&format!(".{number}.bak"))))
            .find(free)
            .unwrap_or_else(|| named(".bak"));
        std::fs::rename(&part, &backup).map_err(|error| LedgerError::io(&backup, &error))?;
        // Where a folder cannot be synchronised the copy is there all the same, only less surely after a crash.
        let _ = File::open(folder(path)).and_then(|folder| folder.sync_all());
        Ok(backup)
    });
    if made.is_err() {
        // The failure is told; what is left of the copy is of no use.
        let _ = std::fs::remove_file(&part);
    }
    made
}

fn copy_checked(path: &Path, part: &Path) -> Result<(), LedgerError> {
    match std::fs::remove_file(part) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(LedgerError::io(part, &error));
        }
        _ => {}
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let source = connect(&beside(path), flags).map_err(|error| LedgerError::of(path, error))?;
    copy(&source, path, part)?;
    let copied = connect(&beside(part), flags).map_err(|error| LedgerError::of(part, error))?;
    let said: String = copied
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(|error| LedgerError::of(path, error))?;
    if said != "ok" {
        let expected = "完好的 SQLite 文件".to_owned();
        return Err(LedgerError::Damaged { path: path.to_owned(), found: said, expected });
    }
    copied.close().map_err(|(_, error)| LedgerError::of(part, error))
}
