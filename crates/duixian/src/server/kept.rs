//! Answers that were given before, so that no request computes what another has. What an answer was made of is its key,
//! so that a change of the ledger asks anew.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use ledger::{Ledger, LedgerError};

/// So many answers are kept.
const KEPT: usize = 64;

/// Answers by what they were made of.
pub(super) struct Kept<K, V: ?Sized>(Mutex<HashMap<K, Arc<V>>>);

impl<K, V: ?Sized> Default for Kept<K, V> {
    fn default() -> Self {
        Kept(Mutex::default())
    }
}

impl<K: Eq + Hash, V: ?Sized> Kept<K, V> {
    /// The answer that was given before.
    pub(super) fn get(&self, key: &K) -> Option<Arc<V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    /// Keeps an answer; where there are too many, all others are let go.
    pub(super) fn put(&self, key: K, found: &Arc<V>) {
        let mut given = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if given.len() >= KEPT {
            given.clear();
        }
        given.insert(key, Arc::clone(found));
    }

    /// The answer that was given before, or a new one. It is computed without keeping others waiting.
    pub(super) fn get_or<T: Into<Arc<V>>, E>(
        &self,
        key: K,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<V>, E> {
        if let Some(known) = self.get(&key) {
            return Ok(known);
        }
        let found = make()?.into();
        self.put(key, &found);
        Ok(found)
    }
}

/// The hash of a ledger's last entry, empty where there is none: while it stays, all answers do.
pub(super) fn head(ledger: &Ledger) -> Result<String, LedgerError> {
    Ok(ledger.log_entries(None, 1)?.pop().map(|last| last.hash).unwrap_or_default())
}
