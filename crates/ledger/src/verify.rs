//! Checking the audit log, and all that it speaks of.

use std::collections::BTreeMap;
use std::fmt;

use rusqlite::{Connection, Row};
use sha2::{Digest, Sha256};

use crate::audit::{self, Action, FORMAT, Logged, hexadecimal, update};
use crate::observation::trail;
use crate::row::{self, Table};
use crate::{Ledger, LedgerError, schema};

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

/// Something wrong in the ledger's history.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Entries are missing before this one.
    Gap {
        /// The entry's number.
        entry: i64,
    },
    /// An entry does not continue the one before it.
    BrokenChain {
        /// The entry's number.
        entry: i64,
    },
    /// An entry itself was changed.
    ChangedEntry {
        /// The entry's number.
        entry: i64,
    },
    /// What an entry wrote was changed, removed or added to.
    ChangedContent {
        /// The entry's number.
        entry: i64,
        /// The document that it wrote.
        document: String,
    },
    /// The decision on a measure that an entry wrote was changed or removed.
    ChangedDecision {
        /// The entry's number.
        entry: i64,
        /// The measure that was decided on.
        measure: String,
    },
    /// A decision on a measure is there that no entry wrote.
    UnrecordedDecision {
        /// The measure that was decided on.
        measure: String,
    },
    /// Figures, or the change of a definition, that an entry wrote were changed, removed or added to.
    ChangedFigures {
        /// The entry's number.
        entry: i64,
    },
    /// Figures, or the change of a definition, are there that no entry wrote.
    UnrecordedFigures {
        /// The entry that they name.
        entry: i64,
    },
    /// A document is there that no entry wrote.
    Unrecorded {
        /// The document.
        document: String,
    },
    /// A version of the indicator catalogue was changed, or no entry wrote it.
    ChangedCatalogue {
        /// The version's number.
        catalogue: i64,
    },
    /// Rows refer to rows that are not there.
    Dangling {
        /// The table of the rows.
        table: String,
        /// How many there are.
        rows: usize,
    },
    /// A table, an index or a rule is not as this program makes it.
    ChangedSchema {
        /// Its name.
        object: String,
    },
    /// The database itself is damaged.
    Structure {
        /// What SQLite says.
        message: String,
    },
}

impl Fault {
    /// The entry at fault, where one can be named.
    pub fn entry(&self) -> Option<i64> {
        match self {
            Fault::Gap { entry }
            | Fault::BrokenChain { entry }
            | Fault::ChangedEntry { entry }
            | Fault::ChangedContent { entry, .. }
            | Fault::ChangedDecision { entry, .. }
            | Fault::ChangedFigures { entry } => Some(*entry),
            _ => None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Gap { entry } => write!(f, "第 {entry} 条记录之前有缺失"),
            Fault::BrokenChain { entry } => write!(f, "第 {entry} 条记录与前一条不相连"),
            Fault::ChangedEntry { entry } => write!(f, "第 {entry} 条记录被改动"),
            Fault::ChangedContent { entry, document } => {
                write!(f, "第 {entry} 条记录写入的内容被改动（文档 {document}）")
            }
            Fault::ChangedDecision { entry, measure } => {
                write!(f, "第 {entry} 条记录写入的对应决定被改动（指标名 {measure}）")
            }
            Fault::UnrecordedDecision { measure } => {
                write!(f, "指标名 {measure} 的对应决定没有写入记录")
            }
            Fault::ChangedFigures { entry } => {
                write!(f, "第 {entry} 条记录写入的指标数据被改动")
            }
            Fault::UnrecordedFigures { entry } => {
                write!(f, "有指标数据自称由第 {entry} 条记录写入，而该记录没有写入它们")
            }
            Fault::Unrecorded { document } => write!(f, "文档 {document} 没有写入记录"),
            Fault::ChangedCatalogue { catalogue } => {
                write!(f, "指标目录第 {catalogue} 版被改动或没有写入记录")
            }
            Fault::Dangling { table, rows } => write!(f, "表 {table} 有 {rows} 行所指的行不存在"),
            Fault::ChangedSchema { object } => write!(f, "台账结构被改动：{object}"),
            Fault::Structure { message } => write!(f, "数据库结构有误：{message}"),
        }
    }
}

impl Ledger {
    /// Checks the audit log against everything that is in the ledger.
    pub fn verify(&self) -> Result<Verification, LedgerError> {
        let read = self.connection.unchecked_transaction().map_err(|error| self.error(error))?;
        verify(&read).map_err(|error| self.error(error))
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
    for check in [verify_catalogues, find_unrecorded, find_dangling] {
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
        "SELECT number, at, author, reason, action, subject, catalogue, format, content, previous, hash
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
        if entry.computed_hash() != entry.hash || !(1..=FORMAT).contains(&entry.format) {
            faults.push(Fault::ChangedEntry { entry: at });
        }
        let figures = if entry.wrote_figures() { trails.remove(&at) } else { None };
        let found = match audit::content(read, &entry, figures.as_deref()) {
            Ok(found) => found,
            // What cannot be read is not what was written.
            Err(error) => damage(error)?,
        };
        if found != entry.content {
            let figures = entry.wrote_figures();
            let subject = entry.subject;
            faults.push(if figures {
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
    })
}
