//! All rows of all tables, to be taken out and put back. The tables and their columns, keys and rules are those
//! of the database itself: a table that a migration adds is taken along without a word here. Secrets stay behind.

use std::path::{Path, PathBuf};

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, ToSql, Transaction, params};

use crate::open::{beside, connect};
use crate::schema::{self, NEWEST, State};
use crate::{Ledger, LedgerError, Verification, record, verify};

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers.
    Integer,
    /// Floating numbers.
    Real,
    /// Texts.
    Text,
    /// Bytes.
    Blob,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What its values are.
    pub kind: Kind,
    /// Whether every row has a value.
    pub required: bool,
    /// Whether no two rows have the same value.
    pub unique: bool,
}

/// Columns whose values refer to a row of another table, or of the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    /// The columns.
    pub columns: Vec<String>,
    /// The other table.
    pub table: String,
    /// Its columns, in the same order.
    pub references: Vec<String>,
}

/// A table as it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableShape {
    /// Its name.
    pub name: String,
    /// Its columns in order.
    pub columns: Vec<Column>,
    /// The columns of its primary key; rows are given in their order.
    pub primary_key: Vec<String>,
    /// Sets of several columns that no two rows share.
    pub unique: Vec<Vec<String>>,
    /// References to other tables.
    pub foreign_keys: Vec<ForeignKey>,
}

/// One value of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// No value.
    Null,
    /// A whole number.
    Integer(i64),
    /// A floating number.
    Real(f64),
    /// A text.
    Text(&'a str),
    /// Bytes.
    Blob(&'a [u8]),
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Cell::Null => ValueRef::Null,
            Cell::Integer(number) => ValueRef::Integer(number),
            Cell::Real(number) => ValueRef::Real(number),
            Cell::Text(text) => ValueRef::Text(text.as_bytes()),
            Cell::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// All rows of a ledger as it was at one moment.
#[derive(Debug)]
pub struct Dump<'l> {
    read: Transaction<'l>,
    path: &'l Path,
    tables: Vec<TableShape>,
}

impl Ledger {
    /// All rows as they are at this moment, whatever others write meanwhile.
    pub fn dump(&self) -> Result<Dump<'_>, LedgerError> {
        let read = self.connection.unchecked_transaction().map_err(|error| self.error(error))?;
        let tables = shapes(&read).map_err(|error| self.error(error))?;
        Ok(Dump { read, path: &self.path, tables })
    }
}

impl Dump<'_> {
    /// The schema version.
    pub fn schema(&self) -> i64 {
        NEWEST
    }

    /// The tables, by name.
    pub fn tables(&self) -> &[TableShape] {
        &self.tables
    }

    /// How many entries the audit log has, the time of the last one, where there is one, and its hash.
    pub fn head(&self) -> Result<(usize, Option<String>, String), LedgerError> {
        let fail = |error| LedgerError::of(self.path, error);
        let count: i64 = self
            .read
            .query_row("SELECT count(*) FROM entry", [], |row| row.get(0))
            .map_err(fail)?;
        let last: Option<(String, String)> = self
            .read
            .query_row("SELECT at, hash FROM entry ORDER BY number DESC LIMIT 1", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()
            .map_err(fail)?;
        let (at, hash) = last.map_or((None, String::new()), |(at, hash)| (Some(at), hash));
        Ok((usize::try_from(count).unwrap_or_default(), at, hash))
    }

    /// A text that is no value of any column: `\N`, or with the first number behind it for which that is so. The
    /// same rows give the same text.
    pub fn absent_mark(&self) -> Result<String, LedgerError> {
        let mut number = 0_u64;
        loop {
            let mark = if number == 0 { r"\N".to_owned() } else { format!(r"\N{number}") };
            if !self.holds(&mark).map_err(|error| LedgerError::of(self.path, error))? {
                return Ok(mark);
            }
            number += 1;
        }
    }

    fn holds(&self, text: &str) -> rusqlite::Result<bool> {
        for table in &self.tables {
            let texts = table.columns.iter().filter(|column| column.kind == Kind::Text);
            let conditions: Vec<String> =
                texts.map(|column| format!("{} = ?1", quoted(&column.name))).collect();
            if conditions.is_empty() {
                continue;
            }
            let query = format!(
                "SELECT 1 FROM {} WHERE {} LIMIT 1",
                quoted(&table.name),
                conditions.join(" OR ")
            );
            if self.read.prepare(&query)?.exists([text])? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Gives every row of a table to `each`, in the order of the primary key.
    pub fn rows<E: From<LedgerError>>(
        &self,
        table: &TableShape,
        mut each: impl FnMut(&[Cell<'_>]) -> Result<(), E>,
    ) -> Result<(), E> {
        let fail = |error| LedgerError::of(self.path, error);
        let names: Vec<String> = table.columns.iter().map(|column| quoted(&column.name)).collect();
        let order = if table.primary_key.is_empty() {
            names.join(", ")
        } else {
            table.primary_key.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
        };
        let query =
            format!("SELECT {} FROM {} ORDER BY {order}", names.join(", "), quoted(&table.name));
        let mut query = self.read.prepare(&query).map_err(fail)?;
        let mut rows = query.query([]).map_err(fail)?;
        while let Some(row) = rows.next().map_err(fail)? {
            let cells = cells(row, names.len()).map_err(fail)?;
            each(&cells)?;
        }
        Ok(())
    }
}

fn cells<'r>(row: &'r Row<'_>, columns: usize) -> rusqlite::Result<Vec<Cell<'r>>> {
    (0..columns)
        .map(|column| {
            Ok(match row.get_ref(column)? {
                ValueRef::Null => Cell::Null,
                ValueRef::Integer(number) => Cell::Integer(number),
                ValueRef::Real(number) => Cell::Real(number),
                ValueRef::Text(text) => Cell::Text(
                    std::str::from_utf8(text).map_err(|error| crate::row::unfit(column, error))?,
                ),
                ValueRef::Blob(bytes) => Cell::Blob(bytes),
            })
        })
        .collect()
}

/// A new ledger that is being made from rows, in one transaction; dropped before it is finished, it stays empty.
#[derive(Debug)]
pub struct Loading {
    connection: Connection,
    path: PathBuf,
    schema: usize,
    tables: Vec<TableShape>,
}

impl Loading {
    /// Begins a ledger in a new or empty file, with the tables of a schema version.
    pub fn begin(path: &Path, schema: i64) -> Result<Loading, LedgerError> {
        let fail = |error| LedgerError::of(path, error);
        let version = match usize::try_from(schema) {
            Ok(version @ 1..) if schema <= NEWEST => version,
            _ => {
                let path = path.to_owned();
                return Err(LedgerError::Newer { path, found: schema, known: NEWEST });
            }
        };
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = connect(&beside(path), flags).map_err(fail)?;
        if schema::state(&connection, path)? != State::Empty {
            return Err(LedgerError::NotEmpty(path.to_owned()));
        }
        // References are checked at the end, so that the tables may come in any order.
        connection.pragma_update(None, "foreign_keys", false).map_err(fail)?;
        connection.execute_batch("BEGIN IMMEDIATE").map_err(fail)?;
        schema::apply(&connection, 0, version).map_err(fail)?;
        let tables = shapes(&connection).map_err(fail)?;
        connection.set_prepared_statement_cache_capacity(tables.len() + 1);
        Ok(Loading { connection, path: path.to_owned(), schema: version, tables })
    }

    /// The tables, by name.
    pub fn tables(&self) -> &[TableShape] {
        &self.tables
    }

    /// The statement that puts a row into a table, for [`Loading::put`].
    pub fn insertion(table: &TableShape) -> String {
        let names: Vec<String> = table.columns.iter().map(|column| quoted(&column.name)).collect();
        let marks = vec!["?"; names.len()].join(", ");
        format!("INSERT INTO {} ({}) VALUES ({marks})", quoted(&table.name), names.join(", "))
    }

    /// Puts a row into a table.
    pub fn put(
        &self,
        table: &TableShape,
        insertion: &str,
        row: &[Cell<'_>],
    ) -> Result<(), LedgerError> {
        let put = || -> rusqlite::Result<()> {
            let row = rusqlite::params_from_iter(row);
            self.connection.prepare_cached(insertion)?.execute(row).map(|_| ())
        };
        put().map_err(|error| {
            use rusqlite::ErrorCode::{ConstraintViolation, TypeMismatch};
            match error.sqlite_error_code() {
                Some(ConstraintViolation | TypeMismatch) => LedgerError::RefusedRow {
                    table: table.name.clone(),
                    message: error.to_string(),
                },
                _ => LedgerError::of(&self.path, error),
            }
        })
    }

    /// Brings the ledger to the newest schema, checks all that it holds, and keeps it where `accept` does.
    pub fn finish<E: From<LedgerError>>(
        self,
        accept: impl FnOnce(&Verification) -> Result<(), E>,
    ) -> Result<Verification, E> {
        let fail = |error| LedgerError::of(&self.path, error);
        let newest = usize::try_from(NEWEST).unwrap_or_default();
        schema::apply(&self.connection, self.schema, newest).map_err(fail)?;
        let found = verify::verify(&self.connection).map_err(fail)?;
        accept(&found)?;
        self.connection.execute_batch("COMMIT").map_err(fail)?;
        self.connection.pragma_update(None, "journal_mode", "wal").map_err(fail)?;
        self.connection.close().map_err(|(_, error)| LedgerError::of(&self.path, error))?;
        Ok(found)
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn shapes(read: &Connection) -> rusqlite::Result<Vec<TableShape>> {
    let names: Vec<String> = read
        .prepare(
            "SELECT name FROM pragma_table_list
             WHERE schema = 'main' AND type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let kept = names.into_iter().filter(|name| !record::SECRET.contains(&name.as_str()));
    kept.map(|name| shape(read, name)).collect()
}

fn shape(read: &Connection, name: String) -> rusqlite::Result<TableShape> {
    let mut columns = Vec::new();
    let mut keys: Vec<(i64, String)> = Vec::new();
    let mut query = read.prepare(
        "SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo(?1) WHERE hidden = 0 ORDER BY cid",
    )?;
    let mut rows = query.query([&name])?;
    while let Some(row) = rows.next()? {
        let (column, place): (String, i64) = (row.get(0)?, row.get(3)?);
        let kind = match row.get::<_, String>(1)?.as_str() {
            "INTEGER" | "INT" => Kind::Integer,
            "REAL" => Kind::Real,
            "BLOB" => Kind::Blob,
            _ => Kind::Text,
        };
        let required = row.get::<_, bool>(2)? || place > 0;
        if place > 0 {
            keys.push((place, column.clone()));
        }
        columns.push(Column { name: column, kind, required, unique: false });
    }
    keys.sort_unstable();
    let primary_key: Vec<String> = keys.into_iter().map(|(_, column)| column).collect();
    let (single, unique): (Vec<_>, Vec<_>) =
        unique_sets(read, &name)?.into_iter().partition(|set| set.len() == 1);
    for column in &mut columns {
        let alone = |set: &Vec<String>| *set == [column.name.clone()];
        column.unique = single.iter().any(alone) || alone(&primary_key);
    }
    let foreign_keys = foreign_keys(read, &name)?;
    Ok(TableShape { name, columns, primary_key, unique, foreign_keys })
}

/// The sets of columns that a UNIQUE rule names.
fn unique_sets(read: &Connection, table: &str) -> rusqlite::Result<Vec<Vec<String>>> {
    let indexes: Vec<String> = read
        .prepare(
            "SELECT name FROM pragma_index_list(?1) WHERE \"unique\" AND origin = 'u' AND NOT partial
             ORDER BY name",
        )?
        .query_map([table], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut query = read.prepare("SELECT name FROM pragma_index_info(?1) ORDER BY seqno")?;
    indexes
        .iter()
        .map(|index| query.query_map(params![index], |row| row.get(0))?.collect())
        .collect()
}

fn foreign_keys(read: &Connection, table: &str) -> rusqlite::Result<Vec<ForeignKey>> {
    let mut keys: Vec<(i64, ForeignKey)> = Vec::new();
    let mut query = read.prepare(
        // A reference that names no column means the primary key.
        "SELECT id, \"table\", \"from\", coalesce(\"to\", (
             SELECT name FROM pragma_table_info(\"table\") WHERE pk = seq + 1))
         FROM pragma_foreign_key_list(?1) ORDER BY id DESC, seq",
    )?;
    let mut rows = query.query([table])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        if keys.last().is_none_or(|(last, _)| *last != id) {
            let (columns, references) = (Vec::new(), Vec::new());
            keys.push((id, ForeignKey { columns, table: row.get(1)?, references }));
        }
        if let Some((_, key)) = keys.last_mut() {
            key.columns.push(row.get(2)?);
            key.references.push(row.get(3)?);
        }
    }
    Ok(keys.into_iter().map(|(_, key)| key).collect())
}
