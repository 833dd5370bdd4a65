//! The search over everything, as a page.

use std::sync::{Arc, Mutex, PoisonError};

use ledger::LedgerError;
use publication::html::{
    self, LONGEST_QUESTION, Language, SEARCH_PAGE_SIZE, SearchAnswer, SearchPage,
};
use publication::search::FoundKind;
use terms::{Assessment, Right};

use super::ask::fault;
use super::kept::head;
use super::reply::Reply;
use super::visit::{Refusal, Visit};
use crate::search::{Entry, Index, Question, gather};

/// The index of the ledger as it was last, by the hash of its last entry. One alone is kept, since it holds every text of
/// the ledger.
#[derive(Default)]
pub(super) struct Searched(Mutex<Option<(String, Arc<Index>)>>);

impl Searched {
    fn index(&self, visit: &Visit<'_>, assessment: &Assessment) -> Result<Arc<Index>, LedgerError> {
        visit.house.store.read(|ledger| {
            let head = head(ledger)?;
            // Whoever comes while it is made waits for it rather than make another.
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((known, index)) = &*kept
                && *known == head
            {
                return Ok(Arc::clone(index));
            }
            let entries = gather(ledger, assessment, &visit.house.catalogue)?;
            let index = Arc::new(Index::new(entries));
            *kept = Some((head, Arc::clone(&index)));
            Ok(index)
        })
    }
}

/// What a question finds.
pub(super) fn page(visit: &Visit<'_>, assessment: &Assessment) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let words = visit.asked.get("q").map_or("", str::trim);
    let expected = || {
        let kinds = FoundKind::all();
        kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(" | ")
    };
    let only = visit
        .asked
        .get("kind")
        .map(|word| FoundKind::parse(word).ok_or_else(|| fault("kind", word, &expected())))
        .transpose()?;
    if visit.asked.has_empty() {
        // A form sends its empty fields too; the address that is kept has only what was asked.
        let language = visit.asked.language().filter(|language| *language != Language::default());
        let address = visit.view.here.clone().with_some("lang", language.map(Language::as_str));
        return Ok(Reply::see(&address.to_string()));
    }
    let shown = |answer, page| html::search(visit.view, &SearchPage { words, only, answer, page });
    if words.is_empty() {
        return Ok(Reply::page(shown(SearchAnswer::Nothing, 1)));
    }
    if words.chars().count() > LONGEST_QUESTION {
        let status = axum::http::StatusCode::BAD_REQUEST;
        return Ok(Reply::page(shown(SearchAnswer::TooLong, 1)).status(status));
    }
    let index = visit.house.searched.index(visit, assessment)?;
    let may = |entry: &Entry| may(visit, entry);
    // How many pages there are is known only when all was gone through; what is asked beyond them is told then.
    let asked = visit.asked.page(usize::MAX)?;
    let skip = (asked - 1).saturating_mul(SEARCH_PAGE_SIZE);
    let found = index.find(&Question { words, only, skip, most: SEARCH_PAGE_SIZE }, &may);
    let page = visit.asked.page(found.total.div_ceil(SEARCH_PAGE_SIZE).max(1))?;
    Ok(Reply::page(shown(SearchAnswer::Found(&found), page)))
}

/// Whether the guest may see something.
fn may(visit: &Visit<'_>, entry: &Entry) -> bool {
    entry.owner.as_ref().is_none_or(|(region, department)| {
        visit.guest.may(Right::Read, region, department.as_deref())
    })
}
