//! The assessment of the ledger, kept until the file changes.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use ledger::{Ledger, LedgerError};
use terms::Assessment;

/// By what a change of a file is known.
type Stamp = Option<(u64, Option<SystemTime>)>;

/// The ledger's file and its write-ahead log.
type State = (Stamp, Stamp);

/// A ledger file and what was last read of it.
pub(super) struct Store {
    path: PathBuf,
    read: RwLock<Option<(State, Arc<Assessment>)>>,
}

impl Store {
    pub(super) fn new(path: PathBuf) -> Self {
        Store { path, read: RwLock::new(None) }
    }

    /// The file name of the ledger.
    pub(super) fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The assessment of the ledger as it is now.
    pub(super) fn snapshot(&self) -> Result<Arc<Assessment>, LedgerError> {
        // The state is taken before reading: what is written in between is then read again the next time.
        let state = state(&self.path);
        // A reader that panicked leaves nothing half-done here: the value is replaced in one go.
        if let Some((known, assessment)) =
            &*self.read.read().unwrap_or_else(PoisonError::into_inner)
            && *known == state
        {
            return Ok(Arc::clone(assessment));
        }
        let assessment = Arc::new(assessment::assess(self.open()?.facts(None)?));
        let mut read = self.read.write().unwrap_or_else(PoisonError::into_inner);
        *read = Some((state, Arc::clone(&assessment)));
        Ok(assessment)
    }

    /// The original bytes of a document.
    pub(super) fn source(&self, document: &str) -> Result<Vec<u8>, LedgerError> {
        self.open()?.source(document)
    }

    fn open(&self) -> Result<Ledger, LedgerError> {
        Ledger::open_read_only(&self.path)
    }
}

fn state(path: &Path) -> State {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    // An empty log comes and goes with every reader and says nothing.
    (stamp(path), stamp(Path::new(&log)).filter(|(length, _)| *length > 0))
}

fn stamp(path: &Path) -> Stamp {
    let known = std::fs::metadata(path).ok()?;
    Some((known.len(), known.modified().ok()))
}
