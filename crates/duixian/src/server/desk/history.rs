//! The record of writes.

use publication::html::desk::{self, HistoryEntry, HistoryPage};
use terms::Right;

use super::super::reply::Reply;
use super::super::visit::{Refusal, Visit};

/// How many entries a page shows.
const PAGE: usize = 50;

/// The record of writes, latest first.
pub(super) fn page(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Audit)?;
    let total = visit.house.store.read(|ledger| ledger.log_entries(None, 1))?;
    let total = total.first().map_or(0, |last| last.number);
    let count = usize::try_from(total).unwrap_or(0);
    let pages = count.div_ceil(PAGE).max(1);
    let page = visit.asked.page(pages)?;
    let skipped = i64::try_from((page - 1) * PAGE).unwrap_or(total);
    let entries =
        visit.house.store.read(|ledger| ledger.log_entries(Some(total - skipped + 1), PAGE))?;
    let entries: Vec<HistoryEntry> = entries
        .into_iter()
        .map(|entry| HistoryEntry {
            number: entry.number,
            at: entry.at,
            author: entry.author,
            place: entry.place,
            action: entry.action,
            subject: entry.subject,
            reason: entry.reason,
            hash: entry.hash,
        })
        .collect();
    let page = HistoryPage { entries: &entries, page, pages, total: count };
    Ok(Reply::page(desk::history(visit.view, &page)))
}
