//! Taking a ledger out as a package.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use ledger::{Cell, Dump, Ledger, TableShape};

use super::descriptor::{FORM, Origin, Package, Resource, blob_path, table_path};
use super::files::{self, Counted};
use super::{BLOBS, DESCRIPTOR, PackageError};

/// What was taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// How many tables.
    pub tables: usize,
    /// How many rows.
    pub rows: u64,
    /// How many files of bytes.
    pub blobs: usize,
    /// How many bytes in all but the description.
    pub bytes: u64,
}

/// Writes the ledger as a package into a new folder, which appears when it is complete.
pub fn export(ledger: &Ledger, folder: &Path) -> Result<Exported, PackageError> {
    check_place(folder)?;
    let parent = parent(folder);
    let fail = |error| PackageError::file(folder, error);
    // Beside its final place, because a folder can be renamed in one step only within a file system.
    let mut builder = tempfile::Builder::new();
    if let Some(permissions) = usual_permissions() {
        builder.permissions(permissions);
    }
    let made = builder.prefix(".duixian-").tempdir_in(&parent).map_err(fail)?;
    let exported = write(&ledger.dump()?, made.path())?;
    fs::rename(made.path(), folder).map_err(fail)?;
    // The folder is no longer where it would be removed.
    let _ = made.keep();
    sync(&parent);
    Ok(exported)
}

fn check_place(folder: &Path) -> Result<(), PackageError> {
    if !parent(folder).is_dir() {
        return Err(PackageError::NoFolder(parent(folder)));
    }
    // The mark counts even for a user whom it does not bind: the owner wants the folder unchanged.
    if fs::metadata(parent(folder)).is_ok_and(|known| known.permissions().readonly()) {
        return Err(PackageError::ReadOnly(parent(folder)));
    }
    let free = match fs::read_dir(folder) {
        Ok(mut files) => files.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    if free { Ok(()) } else { Err(PackageError::NotEmpty(folder.to_owned())) }
}

fn parent(folder: &Path) -> PathBuf {
    match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

#[cfg(unix)]
fn usual_permissions() -> Option<fs::Permissions> {
    Some(std::os::unix::fs::PermissionsExt::from_mode(0o777))
}

#[cfg(not(unix))]
fn usual_permissions() -> Option<fs::Permissions> {
    None
}

/// Writes a folder's list of files through to the disk. Where that cannot be done, all is there none the less.
fn sync(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

fn write(dump: &Dump<'_>, folder: &Path) -> Result<Exported, PackageError> {
    let blobs_folder = folder.join(BLOBS);
    fs::create_dir(&blobs_folder).map_err(|error| PackageError::file(&blobs_folder, error))?;
    let absent = dump.absent_mark()?;
    let mut resources = Vec::new();
    let mut blobs = BTreeMap::new();
    for table in dump.tables() {
        resources.push(write_table(dump, table, folder, &absent, &mut blobs)?);
    }
    let (tables, number) = (resources.len(), blobs.len());
    let rows = resources.iter().filter_map(|resource| resource.rows).sum();
    resources.extend(blobs.iter().map(|(hash, bytes)| Resource::blob(hash, *bytes)));
    let bytes = resources.iter().map(|resource| resource.bytes).sum();
    let (entries, created, head) = dump.head()?;
    let package = Package {
        profile: "data-package".to_owned(),
        name: "duixian-ledger".to_owned(),
        title: "兑现台账".to_owned(),
        created,
        duixian: Origin { package: FORM, schema: dump.schema(), entries, head },
        resources,
    };
    let path = folder.join(DESCRIPTOR);
    let mut text = serde_json::to_vec_pretty(&package)
        .map_err(|error| PackageError::file(&path, error.into()))?;
    text.push(b'\n');
    files::write(&path, &text)?;
    sync(&blobs_folder);
    sync(folder);
    Ok(Exported { tables, rows, blobs: number, bytes })
}

fn write_table(
    dump: &Dump<'_>,
    table: &TableShape,
    folder: &Path,
    absent: &str,
    blobs: &mut BTreeMap<String, u64>,
) -> Result<Resource, PackageError> {
    let path = folder.join(table_path(&table.name));
    let fail = |error| PackageError::file(&path, error);
    let file = File::create_new(&path).map_err(fail)?;
    let mut out = csv::Writer::from_writer(Counted::new(BufWriter::new(file)));
    let put = |out: &mut csv::Writer<_>, field: &[u8]| {
        out.write_field(field).map_err(|error| fail(error.into()))
    };
    let end = |out: &mut csv::Writer<_>| {
        out.write_record(None::<&[u8]>).map_err(|error| fail(error.into()))
    };
    for column in &table.columns {
        put(&mut out, column.name.as_bytes())?;
    }
    end(&mut out)?;
    let mut rows = 0;
    dump.rows(table, |cells| {
        rows += 1;
        for cell in cells {
            match *cell {
                Cell::Null => put(&mut out, absent.as_bytes())?,
                Cell::Text(text) => put(&mut out, text.as_bytes())?,
                Cell::Integer(number) => put(&mut out, number.to_string().as_bytes())?,
                Cell::Real(number) => put(&mut out, real(number).as_bytes())?,
                Cell::Blob(bytes) => {
                    let hash = files::digest(bytes);
                    put(&mut out, hash.as_bytes())?;
                    if let Entry::Vacant(new) = blobs.entry(hash) {
                        files::write(&folder.join(blob_path(new.key())), bytes)?;
                        new.insert(bytes.len() as u64);
                    }
                }
            }
        }
        end(&mut out)
    })?;
    let counted = out.into_inner().map_err(|error| fail(error.into_error()))?;
    let (mut file, bytes, hash) = counted.finish();
    file.flush().map_err(fail)?;
    file.get_ref().sync_all().map_err(fail)?;
    Ok(Resource::table(table, absent, bytes, &hash, rows))
}

/// A floating number as a Table Schema writes it: the shortest text that means this number alone.
pub(super) fn real(number: f64) -> String {
    if number.is_infinite() {
        return if number > 0.0 { "INF".to_owned() } else { "-INF".to_owned() };
    }
    format!("{number:?}")
}
