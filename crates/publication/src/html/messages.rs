//! Pages for when there is nothing to show.

use maud::{Markup, html};

use super::View;
use super::layout::{self, Frame, Room};
use super::links::Address;
use super::words;

/// What an address asks for that cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field of the address.
    pub field: String,
    /// What stands there.
    pub value: String,
    /// What may stand there.
    pub expected: String,
}

/// The ledger holds no document.
pub fn empty(view: &View) -> String {
    let title = view.say(words::EMPTY_TITLE);
    let body = html! {
        h1 { (title) }
        p { (view.say(words::EMPTY_HINT)) }
        pre { code { "duixian import FILE --ledger " (if view.ledger.is_empty() { "duixian.db" } else { &view.ledger }) } }
    };
    message(view, title, body)
}

/// There is no such page, document or statement.
pub fn not_found(view: &View) -> String {
    let title = view.say(words::NOT_FOUND);
    let body = html! {
        p class="code" { "404" }
        h1 { (title) }
        p { (view.say(words::NOT_FOUND_HINT)) }
        (home(view))
    };
    message(view, title, body)
}

/// The address holds a value that means nothing.
pub fn bad_request(view: &View, fault: &Fault) -> String {
    let title = view.say(words::BAD_REQUEST);
    let body = html! {
        p class="code" { "400" }
        h1 { (title) }
        p { code { (fault.field) " = " (fault.value) } }
        p { (view.say(words::BAD_REQUEST_EXPECTED)) code { (fault.expected) } }
        (home(view))
    };
    message(view, title, body)
}

/// The ledger could not be read; `reason` says why in one sentence.
pub fn failure(view: &View, reason: &str) -> String {
    let title = view.say(words::FAILURE);
    let body = html! {
        p class="code" { "500" }
        h1 { (title) }
        p lang="zh-CN" { (reason) }
        p { (view.say(words::FAILURE_HINT)) }
        @if !view.ledger.is_empty() { pre { code { "duixian verify --ledger " (view.ledger) } } }
        (home(view))
    };
    message(view, title, body)
}

fn home(view: &View) -> Markup {
    html! { p { a href=(view.link(Address::new("/"))) { (view.say(words::HOME)) } } }
}

fn message(view: &View, title: &str, content: Markup) -> String {
    let body = html! { div class="message" { (content) } };
    layout::page(view, Frame { title, room: Room::None, about: None, body })
}
