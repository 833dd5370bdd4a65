//! Files with their size and SHA-256.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::PackageError;

/// Writes on, and keeps count and hash of what was written.
pub(super) struct Counted<W> {
    inner: W,
    bytes: u64,
    hash: Sha256,
}

impl<W: Write> Counted<W> {
    pub(super) fn new(inner: W) -> Self {
        Counted { inner, bytes: 0, hash: Sha256::new() }
    }

    /// The inner writer, how many bytes were written, and their hash.
    pub(super) fn finish(self) -> (W, u64, String) {
        (self.inner, self.bytes, hexadecimal(&self.hash.finalize()))
    }
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.bytes += written as u64;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// SHA-256 in lower-case hexadecimal.
pub(super) fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Opens a file of a package. A link or a device is refused, so that a package reads nothing but itself.
pub(super) fn open(path: &Path) -> Result<File, PackageError> {
    let known = fs::symlink_metadata(path).map_err(|error| PackageError::file(path, error))?;
    if !known.is_file() {
        return Err(PackageError::NoFile(path.to_owned()));
    }
    File::open(path).map_err(|error| PackageError::file(path, error))
}

/// Makes sure that a file has the size and the hash that the description says.
pub(super) fn check(path: &Path, bytes: u64, hash: &str) -> Result<(), PackageError> {
    let mut file = open(path)?;
    let fail = |error| PackageError::file(path, error);
    let found = file.metadata().map_err(fail)?.len();
    let changed = |found: String, expected: String| {
        Err(PackageError::Changed { path: path.to_owned(), found, expected })
    };
    if found != bytes {
        return changed(format!("{found} 字节"), format!("{bytes} 字节"));
    }
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer).map_err(fail)? {
            0 => break,
            read => digest.update(&buffer[..read]),
        }
    }
    let found = super::descriptor::said(&hexadecimal(&digest.finalize()));
    if found == hash { Ok(()) } else { changed(found, hash.to_owned()) }
}

/// Writes a new file through to the disk.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), PackageError> {
    let write = || -> io::Result<()> {
        let mut file = File::create_new(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(|error| PackageError::file(path, error))
}
