//! The audit log: a chain of hashes over everything that was written.
//!
//! Every entry holds the hash of the rows that it wrote and the hash of the entry before it. A changed, removed
//! or added row, and a changed or removed entry, break the chain. What the chain alone cannot show is that the
//! newest entries were cut off together with their documents; whoever noted the head of the chain
//! ([`Verification::head`](crate::Verification::head)) before can see that too.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Statement, params};
use sha2::{Digest, Sha256};
use terms::Indicator;

use crate::append::Entry;
use crate::record;
use crate::row::{self, Table, join, whole};

/// How the content of an entry is hashed: each table's name, then each row's columns in the order of
/// [`Table::columns`], every value as its kind, its length and its bytes.
///
/// Format 1 knew fewer columns of an indicator, both it and format 2 knew no glossary, and all up to 3 no place.
pub(crate) const FORMAT: i64 = 4;

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)+) => {
        /// What an entry did.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Action { $($(#[$doc])* $name,)+ }

        impl Action {
            /// Every action.
            pub(crate) const ALL: &[Action] = &[$(Action::$name),+];

            /// The word for it in the log.
            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Action::$name => $word),+ }
            }
        }
    };
}

actions! {
    /// A document was filed; the subject is its id.
    Import = "import";
    /// It was decided which indicator a measure names; the subject is the measure, folded.
    Link = "link";
    /// Figures were filed.
    Observe = "observe";
    /// An indicator's definition changed; the subject is its code.
    Redefine = "redefine";
    /// A department was added or changed; the subject is its code.
    Department = "department";
    /// An account was added or changed; the subject is its login.
    Account = "account";
    /// A password was set; the subject is the login.
    Password = "password";
    /// Somebody came, went or was kept out; the subject is the login.
    Visit = "visit";
    /// A form was added or changed; the subject is its code.
    Form = "form";
    /// A round was opened or its days were changed; the subject is its code.
    Round = "round";
    /// Figures of a round were saved, handed in, returned, approved, locked or reopened; the subject is the duty's
    /// number.
    Fill = "fill";
    /// A duty was given more time; the subject is its number.
    Extend = "extend";
    /// Plan objects were added or changed; the subject is one, or a kind and how many.
    Plan = "plan";
    /// Something was attached to a plan object, or taken off it; the subject is the object.
    Attach = "attach";
    /// Regions were added or changed; the subject is a code, or how many.
    Region = "region";
    /// Rules of figures were added or changed; the subject is a code, or how many.
    Rule = "rule";
    /// Versions of appraisal schemes were put; the subject is a code, or how many.
    Scheme = "scheme";
    /// Rules of early warning were added or changed; the subject is a code, or how many.
    WarningRule = "warning-rule";
    /// Alarms were raised, or something was done with them; the subject is the number of one, or how many.
    Alarm = "alarm";
    /// A key of a program was made or withdrawn; the subject is its name.
    ApiKey = "api-key";
    /// Boundaries of regions were put; the subject is a code, or how many.
    Boundary = "boundary";
    /// A programme of solar roofs was put; the subject is its code.
    Programme = "programme";
}

impl Action {
    /// Whether what it writes are rows of recorded tables.
    pub(crate) const fn records(self) -> bool {
        !matches!(self, Action::Import | Action::Link | Action::Observe | Action::Redefine)
    }
}

/// SHA-256 of bytes in lower-case hexadecimal.
pub(crate) fn digest_of(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Files the catalogue as a new version where it differs from the last one; gives the version's number.
pub(crate) fn file_catalogue(
    transaction: &Connection,
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
pub(crate) fn next_number(transaction: &Connection) -> rusqlite::Result<i64> {
    transaction.query_row("SELECT coalesce(max(number), 0) + 1 FROM entry", [], |row| row.get(0))
}

/// Adds an entry to the chain for what was written of a subject in this transaction.
pub(crate) fn log(
    transaction: &Connection,
    entry: &Entry,
    action: Action,
    subject: &str,
    catalogue: i64,
) -> rusqlite::Result<()> {
    log_figures(transaction, entry, action, (subject, catalogue), None)
}

/// The same for figures, of which the hash is known.
pub(crate) fn log_figures(
    transaction: &Connection,
    entry: &Entry,
    action: Action,
    (subject, catalogue): (&str, i64),
    trail: Option<&str>,
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
        place: entry.place.clone(),
        action: action.as_str().to_owned(),
        subject: subject.to_owned(),
        catalogue,
        format: FORMAT,
        content: String::new(),
        previous,
        hash: String::new(),
    };
    logged.content = content(transaction, &logged, trail)?;
    logged.hash = logged.computed_hash();
    transaction.execute(
        "INSERT INTO entry
         (number, at, author, reason, action, subject, catalogue, format, content, previous, hash, place)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
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
            logged.place,
        ],
    )?;
    Ok(())
}

/// An entry as it stands in the log.
pub(crate) struct Logged {
    pub(crate) number: i64,
    pub(crate) at: String,
    pub(crate) author: String,
    pub(crate) reason: String,
    pub(crate) action: String,
    pub(crate) subject: String,
    pub(crate) catalogue: i64,
    pub(crate) format: i64,
    pub(crate) content: String,
    pub(crate) previous: String,
    pub(crate) hash: String,
    pub(crate) place: String,
}

impl Logged {
    pub(crate) fn wrote_records(&self) -> bool {
        Action::ALL.iter().any(|action| action.records() && action.as_str() == self.action)
    }

    pub(crate) fn wrote_figures(&self) -> bool {
        [Action::Observe, Action::Redefine].iter().any(|action| action.as_str() == self.action)
    }

    pub(crate) fn computed_hash(&self) -> String {
        let mut hash = Sha256::new();
        update(&mut hash, b'i', &self.number.to_le_bytes());
        for text in [&self.at, &self.author, &self.reason, &self.action, &self.subject] {
            update(&mut hash, b't', text.as_bytes());
        }
        update(&mut hash, b'i', &self.catalogue.to_le_bytes());
        update(&mut hash, b'i', &self.format.to_le_bytes());
        update(&mut hash, b't', self.content.as_bytes());
        update(&mut hash, b't', self.previous.as_bytes());
        if self.format >= 4 {
            update(&mut hash, b't', self.place.as_bytes());
        }
        hexadecimal(&hash.finalize())
    }
}

/// The hash over all rows that an entry wrote, and over the catalogue that was in force; `trail` is the one over its
/// figures.
pub(crate) fn content(
    read: &Connection,
    entry: &Logged,
    trail: Option<&str>,
) -> rusqlite::Result<String> {
    let mut hash = Sha256::new();
    if entry.wrote_records() {
        // The catalogue has no part in them, and there may be very many such entries.
        record::update_with_rows(&mut hash, read, entry.number)?;
        return Ok(hexadecimal(&hash.finalize()));
    }
    if entry.wrote_figures() {
        update(&mut hash, b't', trail.unwrap_or("").as_bytes());
    } else if entry.action == Action::Link.as_str() {
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

pub(crate) fn hash_rows(
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

pub(crate) fn update(hash: &mut Sha256, kind: u8, bytes: &[u8]) {
    hash.update([kind]);
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}
