//! The audit log: a chain of hashes over everything that was written.
//!
//! Every entry holds the hash of the rows that it wrote and the hash of the entry before it. A changed, removed
//! or added row, and a changed or removed entry, break the chain. What the chain alone cannot show is that the
//! newest entries were cut off together with their documents; whoever noted the head of the chain
//! ([`Verification::head`]) before can see that too.

use std::fmt;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Statement, Transaction, params};
use sha2::{Digest, Sha256};
use terms::Indicator;

use crate::append::Entry;
use crate::row::{self, Table, join, whole};
use crate::{Ledger, LedgerError};

/// How the content of an entry is hashed: each table's name, then each row's columns in the order of
/// [`Table::columns`], every value as its kind, its length and its bytes.
///
/// Format 1 knew fewer columns of an indicator, and both it and format 2 knew no glossary.
const FORMAT: i64 = 3;

/// What an entry did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// A document was filed; the subject is its id.
    Import,
    /// It was decided which indicator a measure names; the subject is the measure, folded.
    Link,
}

impl Action {
    const fn as_str(self) -> &'static str {
        match self {
            Action::Import => "import",
            Action::Link => "link",
        }
    }
}

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
    /// A document is there that no entry wrote.
    Unrecorded {
        /// The document.
        document: String,
    },
    /// The database itself is damaged.
    Structure {
        /// What SQLite says.
        message: String,
    },
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
            Fault::Unrecorded { document } => write!(f, "文档 {document} 没有写入记录"),
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

/// SHA-256 of bytes in lower-case hexadecimal.
pub(crate) fn digest_of(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Files the catalogue as a new version where it differs from the last one; gives the version's number.
pub(crate) fn file_catalogue(
    transaction: &Transaction<'_>,
    indicators: &[Indicator],
) -> rusqlite::Result<i64> {
    let last: Option<(i64, String)> = transaction
        .query_row("SELECT number, hash FROM catalogue ORDER BY number DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let hash = catalogue_hash(indicators);
    let number = match last {
        Some((number, known)) if known == hash => return Ok(number),
        Some((number, _)) => number + 1,
        None => 1,
    };
    transaction
        .execute("INSERT INTO catalogue (number, hash) VALUES (?1, ?2)", params![number, hash])?;
    for (position, indicator) in indicators.iter().enumerate() {
        row::INDICATOR.insert(
            transaction,
            params![
                number,
                whole(position),
                indicator.code,
                indicator.name,
                indicator.english,
                join(&indicator.synonyms),
                indicator.unit,
                indicator.better.as_str(),
                indicator.definition,
                indicator.owner,
                indicator.frequency.as_str(),
                indicator.formula,
            ],
        )?;
    }
    Ok(number)
}

fn catalogue_hash(indicators: &[Indicator]) -> String {
    let mut hash = Sha256::new();
    for indicator in indicators {
        let synonyms = join(&indicator.synonyms);
        for text in [
            indicator.code.as_str(),
            &indicator.name,
            &indicator.english,
            &synonyms,
            &indicator.unit,
            indicator.better.as_str(),
            &indicator.definition,
            &indicator.owner,
            indicator.frequency.as_str(),
            &indicator.formula,
        ] {
            update(&mut hash, b't', text.as_bytes());
        }
    }
    hexadecimal(&hash.finalize())
}

/// The number that the next entry will have.
pub(crate) fn next_number(transaction: &Transaction<'_>) -> rusqlite::Result<i64> {
    transaction.query_row("SELECT coalesce(max(number), 0) + 1 FROM entry", [], |row| row.get(0))
}

/// Adds an entry to the chain for what was written of a subject in this transaction.
pub(crate) fn log(
    transaction: &Transaction<'_>,
    entry: &Entry,
    action: Action,
    subject: &str,
    catalogue: i64,
) -> rusqlite::Result<()> {
    let last: Option<(i64, String)> = transaction
        .query_row("SELECT number, hash FROM entry ORDER BY number DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let (before, previous) = last.unwrap_or((0, String::new()));
    let mut logged = Logged {
        number: before + 1,
        at: entry.at.clone(),
        author: entry.author.clone(),
        reason: entry.reason.clone(),
        action: action.as_str().to_owned(),
        subject: subject.to_owned(),
        catalogue,
        format: FORMAT,
        content: String::new(),
        previous,
        hash: String::new(),
    };
    logged.content = content(transaction, &logged)?;
    logged.hash = logged.computed_hash();
    transaction.execute(
        "INSERT INTO entry
         (number, at, author, reason, action, subject, catalogue, format, content, previous, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![
            logged.number,
            logged.at,
            logged.author,
            logged.reason,
            logged.action,
            logged.subject,
            logged.catalogue,
            logged.format,
            logged.content,
            logged.previous,
            logged.hash,
        ],
    )?;
    Ok(())
}

/// An entry as it stands in the log.
struct Logged {
    number: i64,
    at: String,
    author: String,
    reason: String,
    action: String,
    subject: String,
    catalogue: i64,
    format: i64,
    content: String,
    previous: String,
    hash: String,
}

impl Logged {
    fn computed_hash(&self) -> String {
        let mut hash = Sha256::new();
        update(&mut hash, b'i', &self.number.to_le_bytes());
        for text in [&self.at, &self.author, &self.reason, &self.action, &self.subject] {
            update(&mut hash, b't', text.as_bytes());
        }
        update(&mut hash, b'i', &self.catalogue.to_le_bytes());
        update(&mut hash, b'i', &self.format.to_le_bytes());
        update(&mut hash, b't', self.content.as_bytes());
        update(&mut hash, b't', self.previous.as_bytes());
        hexadecimal(&hash.finalize())
    }
}

/// The hash over all rows that an entry wrote, and over the catalogue that was in force.
fn content(read: &Connection, entry: &Logged) -> rusqlite::Result<String> {
    let mut hash = Sha256::new();
    if entry.action == Action::Link.as_str() {
        let mut query = read.prepare_cached(&row::LINK.select())?;
        hash_rows(&mut hash, &row::LINK, &mut query, params![entry.number])?;
    } else {
        for table in row::OF_DOCUMENT {
            let mut query = read.prepare_cached(&table.select())?;
            // An old entry wrote no glossary; one that is there all the same is hashed, so that it is found.
            let unknown = entry.format < 3 && table.name == row::TERM.name;
            if unknown && !query.exists(params![entry.subject])? {
                continue;
            }
            hash_rows(&mut hash, table, &mut query, params![entry.subject])?;
        }
    }
    let indicators = if entry.format == 1 { &row::INDICATOR_OF_SCHEMA_1 } else { &row::INDICATOR };
    let mut query = read.prepare_cached(&indicators.select())?;
    hash_rows(&mut hash, indicators, &mut query, params![entry.catalogue])?;
    Ok(hexadecimal(&hash.finalize()))
}

fn hash_rows(
    hash: &mut Sha256,
    table: &Table,
    query: &mut Statement<'_>,
    owner: impl rusqlite::Params,
) -> rusqlite::Result<()> {
    update(hash, b'T', table.name.as_bytes());
    let mut rows = query.query(owner)?;
    while let Some(row) = rows.next()? {
        for column in 0..table.columns.len() {
            match row.get_ref(column)? {
                ValueRef::Null => update(hash, b'n', &[]),
                ValueRef::Integer(number) => update(hash, b'i', &number.to_le_bytes()),
                ValueRef::Real(number) => update(hash, b'r', &number.to_le_bytes()),
                ValueRef::Text(text) => update(hash, b't', text),
                ValueRef::Blob(bytes) => update(hash, b'b', bytes),
            }
        }
    }
    Ok(())
}

fn update(hash: &mut Sha256, kind: u8, bytes: &[u8]) {
    hash.update([kind]);
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}

fn verify(read: &Connection) -> rusqlite::Result<Verification> {
    let mut faults = Vec::new();
    let mut check = read.prepare("PRAGMA integrity_check")?;
    for message in check.query_map([], |row| row.get::<_, String>(0))? {
        let message = message?;
        if message != "ok" {
            faults.push(Fault::Structure { message });
        }
    }
    let entries = entries(read)?;
    let (mut number, mut head) = (0, String::new());
    for entry in &entries {
        let at = entry.number;
        if at != number + 1 {
            faults.push(Fault::Gap { entry: at });
        }
        if entry.previous != head {
            faults.push(Fault::BrokenChain { entry: at });
        }
        if entry.computed_hash() != entry.hash || !(1..=FORMAT).contains(&entry.format) {
            faults.push(Fault::ChangedEntry { entry: at });
        }
        if content(read, entry)? != entry.content {
            let subject = entry.subject.clone();
            faults.push(if entry.action == Action::Link.as_str() {
                Fault::ChangedDecision { entry: at, measure: subject }
            } else {
                Fault::ChangedContent { entry: at, document: subject }
            });
        }
        number = at;
        head.clone_from(&entry.hash);
    }
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
    let documents: i64 = read.query_row("SELECT count(*) FROM document", [], |row| row.get(0))?;
    let documents = usize::try_from(documents).unwrap_or_default();
    Ok(Verification { entries: entries.len(), documents, head, faults })
}

fn entries(read: &Connection) -> rusqlite::Result<Vec<Logged>> {
    read.prepare(
        "SELECT number, at, author, reason, action, subject, catalogue, format, content, previous, hash
         FROM entry ORDER BY number",
    )?
    .query_map([], |row| {
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
    })?
    .collect()
}
