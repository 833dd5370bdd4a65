//! Who looks at a page, and where this person may go.

use std::fmt;

use maud::{Markup, html};
use terms::Right;

use super::super::layout::{self, Room};
use super::super::{Address, View};
use super::{pieces, plan, words};

/// Who is signed in.
#[derive(Clone, PartialEq, Eq)]
pub struct Visitor {
    /// What the person logs in with; empty where nobody signs in.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// What the person may do somewhere.
    pub rights: Vec<Right>,
    /// Proves that a form was sent from a page of this session; every posted form carries it as `token`.
    pub token: String,
}

impl Visitor {
    /// Whether the person has a right somewhere.
    pub fn has(&self, right: Right) -> bool {
        self.rights.contains(&right)
    }
}

// The token is a secret: it goes into pages, never into a log.
impl fmt::Debug for Visitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Visitor")
            .field("login", &self.login)
            .field("name", &self.name)
            .field("rights", &self.rights)
            .finish_non_exhaustive()
    }
}

/// The visitor's own rooms, name and way out; nothing where nobody is signed in.
pub(in super::super) fn bar(view: &View, here: Room) -> Markup {
    let Some(visitor) = &view.visitor else { return html! {} };
    let rooms = [
        (None, Room::Desk, words::DESK, "/desk"),
        (Some(Right::Read), Room::Rounds, words::ROUNDS, "/rounds"),
        (Some(Right::Read), Room::Plan, plan::ROOM, "/plan"),
        (Some(Right::Plan), Room::Forms, words::FORMS, "/forms"),
        (Some(Right::Administer), Room::Accounts, words::ACCOUNTS, "/accounts"),
        (Some(Right::Audit), Room::History, words::HISTORY, "/history"),
    ];
    html! {
        nav class="rooms desk-rooms" aria-label=(view.say(words::WORKPLACE)) {
            ul {
                @for (right, room, word, address) in rooms {
                    @if right.is_none_or(|right| visitor.has(right)) {
                        (layout::room(view, here, room, word, Address::new(address)))
                    }
                }
            }
        }
        @if !visitor.login.is_empty() {
            div class="visitor" {
                a href=(view.link(Address::new("/account"))) aria-current=[(here == Room::Account).then_some("page")] {
                    span class="unseen" { (view.say(words::MY_ACCOUNT)) " " }
                    span class="visitor-name" { (if visitor.name.is_empty() { &visitor.login } else { &visitor.name }) }
                }
                (pieces::post(view, Address::new("/logout"), "sign-out", html! {
                    button { (view.say(words::SIGN_OUT)) }
                }))
            }
        }
    }
}
