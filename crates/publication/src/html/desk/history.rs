//! The record of every write.

use maud::{Markup, html};

use super::super::layout::Room;
use super::super::{Address, View};
use super::{pieces, words};

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
    let body = html! {
        h1 { (view.say(words::HISTORY)) " " span class="tally" { (page.total) } }
        p class="quiet" { (view.say(words::HISTORY_HINT)) " " code { "duixian verify --ledger " (if view.ledger.is_empty() { "L" } else { &view.ledger }) } }
        @if page.entries.is_empty() {
            p class="none" { (view.say(words::NO_ENTRIES)) }
        } @else {
            table class="stack history" {
                thead {
                    tr {
                        th scope="col" class="number" { (view.say(words::NUMBER)) }
                        th scope="col" { (view.say(words::WHEN)) }
                        th scope="col" { (view.say(words::WHO)) }
                        th scope="col" { (view.say(words::ACTION)) }
                        th scope="col" { (view.say(words::SUBJECT)) }
                        th scope="col" { (view.say(words::WHY)) }
                        th scope="col" { (view.say(words::HASH)) }
                    }
                }
                tbody { @for entry in page.entries { (line(view, entry)) } }
            }
            (pages(view, page))
        }
    };
    pieces::page(view, view.say(words::HISTORY), Room::History, body)
}

fn line(view: &View, entry: &HistoryEntry) -> Markup {
    // Enough to tell entries apart; the whole of it is in the ledger.
    let hash: String = entry.hash.chars().take(12).collect();
    html! {
        tr id={ "e-" (entry.number) } {
            th scope="row" class="number" { (entry.number) }
            td data-label=(view.say(words::WHEN)) { (pieces::moment(&entry.at)) }
            td data-label=(view.say(words::WHO)) {
                span lang="zh-CN" { (entry.author) }
                @if !entry.place.is_empty() { small { (entry.place) } }
            }
            td data-label=(view.say(words::ACTION)) {
                @match words::action(&entry.action) {
                    Some(word) => (view.say(word)),
                    None => code { (entry.action) },
                }
            }
            td class="subject" data-label=(view.say(words::SUBJECT)) lang="zh-CN" { (entry.subject) }
            td class=[entry.reason.is_empty().then_some("blank")] data-label=(view.say(words::WHY)) lang="zh-CN" { (entry.reason) }
            td data-label=(view.say(words::HASH)) { code title=(entry.hash) { (hash) } }
        }
    }
}

fn pages(view: &View, page: &HistoryPage<'_>) -> Markup {
    use super::super::words::{NEXT_PAGE, PAGINATION, PREVIOUS_PAGE};
    let to = |number: usize| {
        let address = Address::new("/history");
        view.link(if number > 1 { address.with("page", number.to_string()) } else { address })
    };
    html! {
        @if page.pages > 1 {
            nav class="pages" aria-label=(view.say(PAGINATION)) {
                @if page.page > 1 { a href=(to(page.page - 1)) rel="prev" { (view.say(PREVIOUS_PAGE)) } }
                span { (page.page) " / " (page.pages) }
                @if page.page < page.pages { a href=(to(page.page + 1)) rel="next" { (view.say(NEXT_PAGE)) } }
            }
        }
    }
}
