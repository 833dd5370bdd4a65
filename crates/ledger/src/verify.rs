//! Checking the audit log, and all that it speaks of.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row};
use sha2::{Digest, Sha256};

use crate::audit::{self, Action, FORMAT, Logged, hexadecimal, update};
use crate::fault::Fault;
use crate::observation::trail;
use crate::row::{self, Table};
use crate::{Ledger, LedgerError, record, schema};

/// What a check of the ledger's history found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// How many entries the audit log has.
    pub entries: usize,
    /// How many documents the ledger has.
    pub documents: usize,
    /// The hash of the last entry; empty for an empty ledger. Two ledgers of the same head have the same history.
    pub head: String,
    /// What is wrong; empty when all is well.
    pub faults: Vec<Fault>,
}

impl Ledger {
    /// Checks the audit log against everything that is in the ledger.
    pub fn verify(&self) -> Result<Verification, LedgerError> {
        let read = self.connection.unchecked_transaction().map_err(|error| self.error(error))?;
        verify(&read).map_err(|error| self.error(error))
    }

    /// Has SQLite look through the file for damage; much faster than [`Ledger::verify`], and finds less.
    pub fn check_structure(&self) -> Result<(), LedgerError> {
        let query = "PRAGMA quick_check(1)";
        let said: String = self
            .connection
            .query_row(query, [], |row| row.get(0))
            .map_err(|error| self.error(error))?;
        if said == "ok" {
            return Ok(());
        }
        let (path, expected) = (self.path.clone(), "完好的 SQLite 文件".to_owned());
        Err(LedgerError::Damaged { path, found: said, expected })
    }
}

/// Checks the audit log against everything that is in the database.
pub(crate) fn verify(read: &Connection) -> rusqlite::Result<Verification> {
    let mut faults = Vec::new();
    let mut check = read.prepare("PRAGMA integrity_check")?;
    for message in check.query_map([], |row| row.get::<_, String>(0))? {
        let message = message?;
        if message != "ok" {
            faults.push(Fault::Structure { message });
        }
    }
    let (entries, head) = verify_entries(read, &mut faults)?;
    for check in [verify_catalogues, find_unrecorded, find_dangling, verify_credentials] {
        if let Err(error) = check(read, &mut faults) {
            faults.push(Fault::Structure { message: damage(error)? });
        }
    }
    let changed = schema::differences(read)?.into_iter();
    faults.extend(changed.map(|object| Fault::ChangedSchema { object }));
    let documents: i64 = read.query_row("SELECT count(*) FROM document", [], |row| row.get(0))?;
    let documents = usize::try_from(documents).unwrap_or_default();
    Ok(Verification { entries, documents, head, faults })
}

/// Walks the chain from the first entry to the last; gives how many there are and the hash of the last.
fn verify_entries(read: &Connection, faults: &mut Vec<Fault>) -> rusqlite::Result<(usize, String)> {
    let mut query = read.prepare(
        "SELECT number, at, author, reason, action, subject, catalogue, format, content, previous, hash, place
         FROM entry ORDER BY number",
    )?;
    let mut rows = query.query([])?;
    // Figures that cannot be read are not those that were written.
    let mut trails = match trail::all(read) {
        Ok(trails) => trails,
        Err(error) => {
            faults.push(Fault::Structure { message: damage(error)? });
            Default::default()
        }
    };
    let (mut count, mut number) = (0, 0);
    // `None` after an entry that cannot be read: what follows it cannot be held against it.
    let mut head = Some(String::new());
    loop {
        let row = match rows.next() {
            Ok(Some(row)) => row,
            Ok(None) => break,
            // The rest of the log cannot be reached.
            Err(error) => {
                damage(error)?;
                faults.push(Fault::Gap { entry: number + 1 });
                break;
            }
        };
        let at = row.get(0)?;
        if at != number + 1 {
            faults.push(Fault::Gap { entry: at });
        }
        number = at;
        count += 1;
        let Ok(entry) = logged(row) else {
            faults.push(Fault::ChangedEntry { entry: at });
            head = None;
            continue;
        };
        if head.is_some_and(|head| head != entry.previous) {
            faults.push(Fault::BrokenChain { entry: at });
        }
        let unknown_place = entry.format < 4 && !entry.place.is_empty();
        let sound = entry.computed_hash() == entry.hash && (1..=FORMAT).contains(&entry.format);
        if !sound || unknown_place {
            faults.push(Fault::ChangedEntry { entry: at });
        }
        let figures = if entry.wrote_figures() { trails.remove(&at) } else { None };
        let found = match audit::content(read, &entry, figures.as_deref()) {
            Ok(found) => found,
            // What cannot be read is not what was written.
            Err(error) => damage(error)?,
        };
        if found != entry.content {
            let (figures, records) = (entry.wrote_figures(), entry.wrote_records());
            let subject = entry.subject;
            faults.push(if records {
                Fault::ChangedRecords { entry: at, action: entry.action }
            } else if figures {
                Fault::ChangedFigures { entry: at }
            } else if entry.action == Action::Link.as_str() {
                Fault::ChangedDecision { entry: at, measure: subject }
            } else {
                Fault::ChangedContent { entry: at, document: subject }
            });
        }
        head = Some(entry.hash);
    }
    let mut unrecorded: Vec<i64> = trails.into_keys().collect();
    unrecorded.sort_unstable();
    faults.extend(unrecorded.into_iter().map(|entry| Fault::UnrecordedFigures { entry }));
    Ok((count, head.unwrap_or_default()))
}

/// What an error says, where it tells of damage in the file; else the error itself, as when the file is busy.
fn damage(error: rusqlite::Error) -> rusqlite::Result<String> {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    match error.sqlite_error_code() {
        None | Some(DatabaseCorrupt | NotADatabase) => Ok(error.to_string()),
        Some(_) => Err(error),
    }
}

/// The hash of a version of the catalogue as it lies in the ledger, over the columns that `table` has.
fn filed_catalogue_hash(read: &Connection, table: &Table, number: i64) -> rusqlite::Result<String> {
    let mut hash = Sha256::new();
    let mut query = read.prepare_cached(&table.select())?;
    let mut rows = query.query([number])?;
    while let Some(row) = rows.next()? {
        // The first two columns are number and position.
        for column in 2..table.columns.len() {
            update(&mut hash, b't', row.get_ref(column)?.as_bytes().unwrap_or_default());
        }
    }
    Ok(hexadecimal(&hash.finalize()))
}

/// Versions of the catalogue whose hash is not theirs, or that no entry wrote. Those of the first schema were
/// hashed over fewer columns.
fn verify_catalogues(read: &Connection, faults: &mut Vec<Fault>) -> rusqlite::Result<()> {
    let mut query = read.prepare(
        "SELECT number, hash, number IN (SELECT catalogue FROM entry) FROM catalogue ORDER BY number",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (number, hash, written): (i64, String, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let mut sound = false;
        for table in [&row::INDICATOR, &row::INDICATOR_OF_SCHEMA_1] {
            sound |= filed_catalogue_hash(read, table, number)? == hash;
        }
        if !(written && sound) {
            faults.push(Fault::ChangedCatalogue { catalogue: number });
        }
    }
    Ok(())
}

fn find_unrecorded(read: &Connection, faults: &mut Vec<Fault>) -> rusqlite::Result<()> {
    let mut unrecorded = read.prepare(
        "SELECT id FROM document
         WHERE id NOT IN (SELECT subject FROM entry WHERE action = 'import') ORDER BY id",
    )?;
    for document in unrecorded.query_map([], |row| row.get(0))? {
        faults.push(Fault::Unrecorded { document: document? });
    }
    let mut unrecorded = read.prepare(
        "SELECT measure FROM link_decision
         WHERE entry NOT IN (SELECT number FROM entry WHERE action = 'link') ORDER BY entry",
    )?;
    for measure in unrecorded.query_map([], |row| row.get(0))? {
        faults.push(Fault::UnrecordedDecision { measure: measure? });
    }
    let unrecorded = record::unrecorded(read)?;
    faults
        .extend(unrecorded.into_iter().map(|(table, rows)| Fault::UnrecordedRows { table, rows }));
    Ok(())
}

/// Passwords that were set past the log. One that is missing is none: a package brings no passwords.
fn verify_credentials(read: &Connection, faults: &mut Vec<Fault>) -> rusqlite::Result<()> {
    let mut query = read.prepare(
        "SELECT login, hash, (SELECT digest FROM password_change
             WHERE password_change.login = last.login ORDER BY entry DESC LIMIT 1)
         FROM credential AS last
         WHERE number = (SELECT max(number) FROM credential WHERE credential.login = last.login)
         ORDER BY login",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (login, hash): (String, String) = (row.get(0)?, row.get(1)?);
        if row.get::<_, Option<String>>(2)? != Some(audit::digest_of(hash.as_bytes())) {
            faults.push(Fault::ChangedCredential { login });
        }
    }
    Ok(())
}

/// Tables with rows that refer to rows which are not there.
pub(crate) fn find_dangling(read: &Connection, faults: &mut Vec<Fault>) -> rusqlite::Result<()> {
    let mut tables = BTreeMap::new();
    let mut check = read.prepare("PRAGMA foreign_key_check")?;
    for table in check.query_map([], |row| row.get::<_, String>(0))? {
        *tables.entry(table?).or_insert(0) += 1;
    }
    faults.extend(tables.into_iter().map(|(table, rows)| Fault::Dangling { table, rows }));
    Ok(())
}

fn logged(row: &Row<'_>) -> rusqlite::Result<Logged> {
    Ok(Logged {
        number: row.get(0)?,
        at: row.get(1)?,
        author: row.get(2)?,
        reason: row.get(3)?,
        action: row.get(4)?,
        subject: row.get(5)?,
        catalogue: row.get(6)?,
        format: row.get(7)?,
        content: row.get(8)?,
        previous: row.get(9)?,
        hash: row.get(10)?,
        place: row.get(11)?,
    })
}
