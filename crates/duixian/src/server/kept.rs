//! Answers that were given before, so that no request computes what another has. What an answer was made of is its key,
//! so that a change of the ledger asks anew.

use std::hash::Hash;
use std::sync::Arc;

use ledger::{Ledger, LedgerError};
use quick_cache::sync::Cache;

/// So many answers are kept; those that nobody asks for make room for others.
const KEPT: usize = 64;

/// Answers by what they were made of.
pub(super) struct Kept<K, V: ?Sized>(Cache<K, Arc<V>>);

impl<K: Eq + Hash, V: ?Sized> Default for Kept<K, V> {
    fn default() -> Self {
        Kept(Cache::new(KEPT))
    }
}

impl<K: Eq + Hash + Clone, V: ?Sized> Kept<K, V> {
    /// The answer that was given before, or a new one. Who asks the same meanwhile waits for it; others do not.
    pub(super) fn get_or<T: Into<Arc<V>>, E>(
        &self,
        key: K,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<V>, E> {
        self.0.get_or_insert_with(&key, || make().map(Into::into))
    }
}

/// The hash of a ledger's last entry, empty where there is none: while it stays, all answers do.
pub(super) fn head(ledger: &Ledger) -> Result<String, LedgerError> {
    Ok(ledger.log_entries(None, 1)?.pop().map(|last| last.hash).unwrap_or_default())
}

/// The hash of an entry, empty where there is none of this number. Numbers begin anew in another ledger; hashes do not.
pub(super) fn hash_of(ledger: &Ledger, number: i64) -> Result<String, LedgerError> {
    let found = ledger.log_entries(Some(number + 1), 1)?.pop();
    Ok(found.filter(|entry| entry.number == number).map(|entry| entry.hash).unwrap_or_default())
}
