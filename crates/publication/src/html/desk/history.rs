//! The record of every write.

use super::super::View;

/// An entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HistoryEntry {
    /// Its number.
    pub number: i64,
    /// When, RFC 3339.
    pub at: String,
    /// Who.
    pub author: String,
    /// From where.
    pub place: String,
    /// The word for what was done.
    pub action: String,
    /// What it was done to.
    pub subject: String,
    /// Why.
    pub reason: String,
    /// The hash of the entry, in hexadecimal.
    pub hash: String,
}

/// A page of the audit log.
#[derive(Debug, Clone, Copy)]
pub struct HistoryPage<'a> {
    /// The entries of this page, the newest first.
    pub entries: &'a [HistoryEntry],
    /// Which page it is, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// How many entries there are.
    pub total: usize,
}

/// The page `/history`, which takes a `page`.
pub fn history(view: &View, page: &HistoryPage<'_>) -> String {
    super::stub(view, &page.total.to_string())
}
