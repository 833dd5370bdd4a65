//! Making a ledger from a package.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use ledger::{Cell, Column, Kind, LedgerError, Loading, TableShape, Verification};

use super::descriptor::{self, FORM, Package, Resource, Schema, blob_path, table_path};
use super::export::real;
use super::files;
use super::{DESCRIPTOR, PackageError};

/// What was put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// How many tables.
    pub tables: usize,
    /// How many rows.
    pub rows: u64,
    /// What the check of the new ledger found.
    pub verification: Verification,
}

/// Makes a ledger in a new or empty file from a package. Unless all that the package holds is there, fits, and is
/// a sound ledger, the file stays empty.
pub fn import(folder: &Path, target: &Path) -> Result<Imported, PackageError> {
    let package = Opened::read(folder)?;
    let loading = Loading::begin(target, package.origin.schema).map_err(|error| match error {
        LedgerError::Newer { found, known, .. } => {
            package.wrong(format!("台账版本 {found}"), format!("1 到 {known}"))
        }
        other => other.into(),
    })?;
    package.check_tables(loading.tables())?;
    let mut rows = 0;
    for table in loading.tables() {
        // The tables were just found to have their files.
        if let Some(resource) = package.tables.get(&table.name) {
            rows += package.load(&loading, table, resource)?;
        }
    }
    let tables = loading.tables().len();
    let verification = loading.finish(|found| package.accept(found))?;
    Ok(Imported { tables, rows, verification })
}

/// A package of which the description was read and every file checked.
struct Opened<'p> {
    folder: &'p Path,
    description: PathBuf,
    origin: descriptor::Origin,
    tables: BTreeMap<String, Resource>,
    blobs: BTreeSet<String>,
}

impl<'p> Opened<'p> {
    fn read(folder: &'p Path) -> Result<Self, PackageError> {
        let description = folder.join(DESCRIPTOR);
        let mut text = Vec::new();
        files::open(&description)?
            .read_to_end(&mut text)
            .map_err(|error| PackageError::file(&description, error))?;
        let package: Package =
            serde_json::from_slice(&text).map_err(|error| PackageError::Json {
                path: description.clone(),
                line: error.line(),
                column: error.column(),
                message: error.to_string(),
            })?;
        let mut opened = Opened {
            folder,
            description,
            origin: package.duixian,
            tables: BTreeMap::new(),
            blobs: BTreeSet::new(),
        };
        if opened.origin.package != FORM {
            let found = format!("package 为 {}", opened.origin.package);
            return Err(opened.wrong(found, FORM.to_string()));
        }
        for resource in package.resources {
            opened.take(resource)?;
        }
        Ok(opened)
    }

    /// Takes a resource in, after checking its file.
    fn take(&mut self, resource: Resource) -> Result<(), PackageError> {
        let table = resource.schema.is_some();
        let hash = resource.hash.strip_prefix("sha256:").unwrap_or_default();
        // Files have the names that the export gives them, so that no path leads out of the package.
        let path = if table { table_path(&resource.name) } else { blob_path(hash) };
        let named = if table { is_name(&resource.name) } else { is_hash(hash) };
        if !named || resource.path != path {
            let found = format!("资源 {} 的文件为 {}", resource.name, resource.path);
            return Err(self.wrong(found, "<表名>.csv 或 blobs/<SHA-256>".to_owned()));
        }
        let twice = if table {
            self.tables.contains_key(&resource.name)
        } else {
            self.blobs.contains(hash)
        };
        if twice {
            return Err(self.wrong(format!("资源 {} 重复", resource.name), "一次".to_owned()));
        }
        files::check(&self.folder.join(&path), resource.bytes, &resource.hash)?;
        if table {
            self.tables.insert(resource.name.clone(), resource);
        } else {
            self.blobs.insert(hash.to_owned());
        }
        Ok(())
    }

    fn wrong(&self, found: String, expected: String) -> PackageError {
        PackageError::Description { path: self.description.clone(), found, expected }
    }

    /// Makes sure that the package has these tables with these columns, and no others.
    fn check_tables(&self, tables: &[TableShape]) -> Result<(), PackageError> {
        let schema = self.origin.schema;
        for table in tables {
            let Some(resource) = self.tables.get(&table.name) else {
                let expected = format!("第 {schema} 版台账的所有表");
                return Err(self.wrong(format!("没有表 {}", table.name), expected));
            };
            let found = resource.schema.as_ref().map_or(&[][..], |schema| &schema.fields);
            let described = |name: &str, kind: &str| format!("{name}:{kind}");
            let found: Vec<String> =
                found.iter().map(|field| described(&field.name, &field.kind)).collect();
            let expected: Vec<String> = (table.columns.iter())
                .map(|column| described(&column.name, descriptor::kind(column.kind)))
                .collect();
            if found != expected {
                let found = format!("表 {} 的列为 {}", table.name, found.join(" "));
                return Err(self.wrong(found, expected.join(" ")));
            }
        }
        let known: BTreeSet<&str> = tables.iter().map(|table| table.name.as_str()).collect();
        match self.tables.keys().find(|name| !known.contains(name.as_str())) {
            None => Ok(()),
            Some(name) => {
                let expected = format!("第 {schema} 版台账的表");
                Err(self.wrong(format!("多出表 {name}"), expected))
            }
        }
    }

    /// Puts the rows of a table in; gives how many there were.
    fn load(
        &self,
        loading: &Loading,
        table: &TableShape,
        resource: &Resource,
    ) -> Result<u64, PackageError> {
        let path = self.folder.join(table_path(&table.name));
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(BufReader::new(files::open(&path)?));
        let absent = absent_marks(resource.schema.as_ref());
        let file = TableFile { path: &path, table, absent, package: self };
        let insertion = Loading::insertion(table);
        let mut record = csv::ByteRecord::new();
        let mut next = |record: &mut csv::ByteRecord| -> Result<Option<u64>, PackageError> {
            let read = reader.read_byte_record(record);
            let read = read.map_err(|error| PackageError::file(&path, error.into()))?;
            Ok(read.then(|| record.position().map_or(0, csv::Position::line)))
        };
        let line = next(&mut record)?.unwrap_or(1);
        file.check_header(&record, line)?;
        let mut rows = 0;
        while let Some(line) = next(&mut record)? {
            let row = file.row(&record, line)?;
            let cells: Vec<Cell<'_>> = row.iter().map(Value::cell).collect();
            loading.put(table, &insertion, &cells).map_err(|error| match error {
                LedgerError::RefusedRow { .. } => {
                    PackageError::Row { path: path.clone(), line, error }
                }
                other => other.into(),
            })?;
            rows += 1;
        }
        match resource.rows {
            Some(expected) if expected != rows => {
                Err(PackageError::Count { path, found: rows, expected })
            }
            _ => Ok(rows),
        }
    }

    /// Whether what was put in is the sound ledger that was taken out.
    fn accept(&self, found: &Verification) -> Result<(), PackageError> {
        let unsound = |fault| Err(PackageError::Unsound { path: self.folder.to_owned(), fault });
        if let Some(fault) = found.faults.first() {
            return unsound(fault.to_string());
        }
        if (found.entries, &found.head) != (self.origin.entries, &self.origin.head) {
            return unsound(format!(
                "写入记录 {} 条，链头 {}，应为 {} 条，链头 {}",
                found.entries, found.head, self.origin.entries, self.origin.head
            ));
        }
        Ok(())
    }
}

fn absent_marks(schema: Option<&Schema>) -> &[String] {
    schema.map_or(&[], |schema| &schema.missing_values)
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn is_hash(hash: &str) -> bool {
    hash.len() == 64 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// A value of a row; bytes were read from their file.
enum Value<'r> {
    Cell(Cell<'r>),
    Bytes(Vec<u8>),
}

impl Value<'_> {
    fn cell(&self) -> Cell<'_> {
        match self {
            Value::Cell(cell) => *cell,
            Value::Bytes(bytes) => Cell::Blob(bytes),
        }
    }
}

/// The CSV file of a table.
struct TableFile<'t> {
    path: &'t Path,
    table: &'t TableShape,
    absent: &'t [String],
    package: &'t Opened<'t>,
}

impl TableFile<'_> {
    fn check_width(&self, record: &csv::ByteRecord, line: u64) -> Result<(), PackageError> {
        let (found, expected) = (record.len(), self.table.columns.len());
        if found == expected {
            return Ok(());
        }
        Err(PackageError::Width { path: self.path.to_owned(), line, found, expected })
    }

    fn check_header(&self, record: &csv::ByteRecord, line: u64) -> Result<(), PackageError> {
        self.check_width(record, line)?;
        for (at, (column, field)) in self.table.columns.iter().zip(record).enumerate() {
            if field != column.name.as_bytes() {
                return Err(self.wrong(line, at, column, field, &column.name));
            }
        }
        Ok(())
    }

    fn row<'r>(
        &self,
        record: &'r csv::ByteRecord,
        line: u64,
    ) -> Result<Vec<Value<'r>>, PackageError> {
        self.check_width(record, line)?;
        let columns = self.table.columns.iter().zip(record).enumerate();
        columns.map(|(at, (column, field))| self.value(column, field, line, at)).collect()
    }

    fn value<'r>(
        &self,
        column: &Column,
        field: &'r [u8],
        line: u64,
        at: usize,
    ) -> Result<Value<'r>, PackageError> {
        let wrong = |expected: &str| self.wrong(line, at, column, field, expected);
        let text = std::str::from_utf8(field).map_err(|_| wrong("有效的 UTF-8"))?;
        if self.absent.iter().any(|mark| mark == text) {
            return if column.required {
                Err(wrong("不可缺的值"))
            } else {
                Ok(Value::Cell(Cell::Null))
            };
        }
        Ok(match column.kind {
            Kind::Text => Value::Cell(Cell::Text(text)),
            Kind::Integer => {
                let number = text.parse().ok().filter(|number: &i64| number.to_string() == text);
                Value::Cell(Cell::Integer(number.ok_or_else(|| wrong("整数"))?))
            }
            Kind::Real => {
                let number = text.parse().ok().filter(|number: &f64| real(*number) == text);
                Value::Cell(Cell::Real(number.ok_or_else(|| wrong("数"))?))
            }
            Kind::Blob => {
                if !self.package.blobs.contains(text) {
                    return Err(wrong("数据包说明中一个文件的 SHA-256"));
                }
                let path = self.package.folder.join(blob_path(text));
                let bytes = fs::read(&path).map_err(|error| PackageError::file(&path, error))?;
                if files::digest(&bytes) != text {
                    let (found, expected) = (files::digest(&bytes), text.to_owned());
                    return Err(PackageError::Changed { path, found, expected });
                }
                Value::Bytes(bytes)
            }
        })
    }

    fn wrong(
        &self,
        line: u64,
        at: usize,
        column: &Column,
        field: &[u8],
        expected: &str,
    ) -> PackageError {
        /// A whole text may stand in a field; its beginning is enough to find it.
        const SHOWN: usize = 40;
        let text = String::from_utf8_lossy(field);
        let mut found: String = text.chars().take(SHOWN).collect();
        if found.len() < text.len() {
            found.push('…');
        }
        PackageError::Value {
            path: self.path.to_owned(),
            line,
            column: at + 1,
            name: column.name.clone(),
            found: format!("“{found}”"),
            expected: expected.to_owned(),
        }
    }
}
