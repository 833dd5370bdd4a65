//! Search over everything that a ledger knows: names by word or by the letters of their reading, then texts.
//!
//! The index is what it says and nothing more: the names and texts as they are compared, gone through at each question. It
//! is derived from the ledger, kept in memory while the ledger's last entry stays the same, and never written.

mod folded;
mod gather;
mod index;
mod spelled;

pub(crate) use gather::gather;
pub(crate) use index::{Entry, Index, Question};
