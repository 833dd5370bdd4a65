//! The reports of a ledger: their list, what became of what they say, and two years side by side.

mod compare;
mod fate;
mod list;
mod words;

pub use compare::{ComparePage, Compared, Wanted, compare};
pub use fate::{Fate, Fates};
pub use list::documents;

pub(super) use fate::{shapes, tally};

use super::Address;
use terms::DocumentAssessment;

/// Two reports side by side.
pub(super) fn between(earlier: &DocumentAssessment, later: &DocumentAssessment) -> Address {
    Address::new("/documents/compare")
        .with("from", earlier.document.id.as_str())
        .with("to", later.document.id.as_str())
}
