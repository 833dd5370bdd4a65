//! Database files that appear only when they are whole.

use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};

use ledger::{Ledger, LedgerError, Verification};

use super::output::{Output, folder, usual_permissions};
use crate::error::Failure;

/// What becomes of a file that is already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Existing {
    /// It is never replaced, unless it is empty.
    Kept,
    /// It is not replaced, and told that it could be.
    Refused,
    /// It is replaced.
    Replaced,
}

/// Makes a database file: `fill` writes it under another name beside its place, and it is moved there when it is
/// whole.
pub(super) fn write<T>(
    path: &Path,
    existing: Existing,
    fill: impl FnOnce(&Path) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let empty = existing == Existing::Kept && is_empty(path);
    if existing == Existing::Kept && path.exists() && !empty {
        return Err(LedgerError::NotEmpty(path.to_owned()).into());
    }
    let force = empty || existing == Existing::Replaced;
    Output::File { path, force }.check()?;
    // SQLite would take the log of another database for one of the new file.
    if let Some(log) =
        ["-wal", "-journal"].iter().map(|end| beside(path, end)).find(|log| log.exists())
    {
        return Err(Failure::Input(format!(
            "旁边有数据库的日志文件：{}（{} 应不在使用中）",
            log.display(),
            path.display()
        )));
    }
    let failed = |error: &std::io::Error| Failure::writing(path, error);
    let mut builder = tempfile::Builder::new();
    if let Some(permissions) = usual_permissions() {
        builder.permissions(permissions);
    }
    let file = builder.prefix(".duixian-").suffix(".part").tempfile_in(folder(path));
    let part = file.map_err(|error| failed(&error))?.into_temp_path();
    let filled = fill(&part).map_err(|failure| named(failure, &part, path));
    // Where the work failed in the middle, its log may be left.
    for end in ["-wal", "-shm", "-journal"] {
        // Mostly there is none.
        let _ = std::fs::remove_file(beside(&part, end));
    }
    let made = filled?;
    let kept = if force { part.persist(path) } else { part.persist_noclobber(path) };
    kept.map_err(|error| failed(&error.error))?;
    // Where a folder cannot be synchronised the file is there all the same, only less surely after a crash.
    let _ = File::open(folder(path)).and_then(|folder| folder.sync_all());
    Ok(made)
}

/// Checks a copy of a ledger that was just made.
pub(super) fn check(copy: &Path, original: &Path) -> Result<Verification, Failure> {
    let found = Ledger::open_read_only(copy)?.verify()?;
    match found.faults.first() {
        None => Ok(found),
        Some(fault) => Err(Failure::Failed(format!(
            "台账有误，未作复制：{}（{fault}；应能通过 duixian verify）",
            original.display()
        ))),
    }
}

/// The same failure, told of the file that was asked for instead of the one beside it.
fn named(failure: Failure, part: &Path, path: &Path) -> Failure {
    match failure {
        Failure::Ledger(LedgerError::NotWritten(written)) if written == part => {
            Failure::Ledger(LedgerError::NotWritten(path.to_owned()))
        }
        Failure::Ledger(LedgerError::Io { path: written, message }) if written == part => {
            Failure::Ledger(LedgerError::Io { path: path.to_owned(), message })
        }
        other => other,
    }
}

fn is_empty(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|known| known.is_file() && known.len() == 0)
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}
