//! The ledger behind the server: readers that are used again, one writer, and the assessment of its documents and its
//! plan objects, kept until one of them changes.

use std::collections::HashMap;
use std::fs::{File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use ledger::{Ledger, LedgerError, PlanQuery};
use terms::{Assessment, PlanKind};

use super::stock::Stock;

/// Which file lies at the path: another one may be put there, as by a restore.
type Identity = Option<(u64, u64)>;

/// What an assessment was made of: the file, and its last entry that changed documents.
type State = (Identity, i64);

/// A ledger file and what was last read of it.
pub(super) struct Store {
    path: PathBuf,
    assessed: RwLock<Option<(State, Arc<Assessment>)>>,
    /// Plan objects by the code of their kind, and the last entry that wrote any.
    plans: Mutex<(State, HashMap<&'static str, Arc<Stock>>)>,
    readers: Mutex<(Identity, Vec<Ledger>)>,
    writer: Mutex<Option<(Identity, Ledger)>>,
}

impl Store {
    pub(super) fn new(path: PathBuf) -> Self {
        let (readers, writer) = (Mutex::new((None, Vec::new())), Mutex::new(None));
        let plans = Mutex::new(((None, 0), HashMap::new()));
        Store { path, assessed: RwLock::new(None), plans, readers, writer }
    }

    /// The file name of the ledger.
    pub(super) fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The assessment of the ledger's documents as they are now.
    pub(super) fn snapshot(&self) -> Result<Arc<Assessment>, LedgerError> {
        let identity = identity(&self.path);
        self.read(|ledger| {
            // The state is taken before reading: what is written in between is then read again the next time.
            let state = (identity, ledger.last_reading()?);
            // A reader that panicked leaves nothing half-done here: the value is replaced in one go.
            if let Some((known, assessment)) =
                &*self.assessed.read().unwrap_or_else(PoisonError::into_inner)
                && *known == state
            {
                return Ok(Arc::clone(assessment));
            }
            let assessment = Arc::new(assessment::assess(ledger.facts(None)?));
            let mut assessed = self.assessed.write().unwrap_or_else(PoisonError::into_inner);
            *assessed = Some((state, Arc::clone(&assessment)));
            Ok(assessment)
        })
    }

    /// The plan objects of a kind as they are now.
    pub(super) fn plan(&self, kind: &'static PlanKind) -> Result<Arc<Stock>, LedgerError> {
        let identity = identity(&self.path);
        self.read(|ledger| {
            // The state is taken before reading: what is written in between is then read again the next time.
            let state = (identity, ledger.last_plan()?);
            {
                let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
                if plans.0 != state {
                    *plans = (state, HashMap::new());
                }
                if let Some(known) = plans.1.get(kind.code) {
                    return Ok(Arc::clone(known));
                }
            }
            let objects = ledger.plan_objects(kind, &PlanQuery::default(), None)?;
            // Only of problems is it told how they came to where they stand.
            let moves = match kind.code {
                "problem" => ledger.plan_moves(kind)?,
                _ => HashMap::new(),
            };
            let kept = Arc::new(Stock::new(objects, moves));
            let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
            if plans.0 == state {
                plans.1.insert(kind.code, Arc::clone(&kept));
            }
            Ok(kept)
        })
    }

    /// Reads from the ledger.
    pub(super) fn read<T, E: From<LedgerError>>(
        &self,
        read: impl FnOnce(&Ledger) -> Result<T, E>,
    ) -> Result<T, E> {
        let identity = identity(&self.path);
        let idle = {
            let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
            if readers.0 != identity {
                *readers = (identity, Vec::new());
            }
            readers.1.pop()
        };
        let ledger = match idle {
            Some(ledger) => ledger,
            None => Ledger::open_read_only(&self.path)?,
        };
        let answer = read(&ledger);
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.0 == identity && readers.1.len() < IDLE {
            readers.1.push(ledger);
        }
        answer
    }

    /// Writes to the ledger; others wait for their turn.
    pub(super) fn write<T, E: From<LedgerError>>(
        &self,
        write: impl FnOnce(&mut Ledger) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let identity = identity(&self.path);
        let ledger = match writer.take() {
            Some((known, ledger)) if known == identity && identity.is_some() => ledger,
            _ => {
                // A ledger that was taken away is not to be made anew by a page.
                drop(Ledger::open_read_only(&self.path)?);
                Ledger::open(&self.path)?
            }
        };
        let (_, ledger) = writer.insert((identity, ledger));
        write(ledger)
    }
}

/// How many readers lie idle at most.
const IDLE: usize = 16;

/// How every SQLite file begins.
const BEGINNING: &[u8; 16] = b"SQLite format 3\0";

/// Which file lies at the path; `None` where none does, or one that was overwritten with something else.
fn identity(path: &Path) -> Identity {
    let mut file = File::open(path).ok()?;
    let mut beginning = [0; BEGINNING.len()];
    file.read_exact(&mut beginning).ok()?;
    if beginning != *BEGINNING {
        return None;
    }
    identity_of(&file.metadata().ok()?)
}

#[cfg(unix)]
fn identity_of(known: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    Some((known.dev(), known.ino()))
}

#[cfg(not(unix))]
fn identity_of(known: &Metadata) -> Identity {
    let made = known.created().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some((made.as_secs(), u64::from(made.subsec_nanos())))
}
