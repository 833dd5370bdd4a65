//! The rooms of the house: what every reader finds in the head of each page, and the search.

use maud::{Markup, html};
use terms::Right;

use super::layout::{self, Room};
use super::words::{self, Word};
use super::{Address, View};

/// The rooms for readers, in the order of a leader's minute: what is up, then the three lists, then what they rest on.
const ROOMS: &[(Room, Word, &str)] = &[
    (Room::Today, words::TODAY, "/"),
    (Room::Indicators, words::INDICATORS, "/indicators"),
    (Room::Tasks, words::TASKS, "/tasks"),
    (Room::Projects, words::PROJECTS, "/projects"),
    (Room::Problems, words::OPEN_PROBLEMS, "/problems"),
    (Room::Regions, words::REGIONS, "/regions"),
    (Room::Documents, words::DOCUMENTS, "/documents"),
    (Room::Reports, words::REPORTS, "/reports"),
    (Room::Glossary, words::GLOSSARY_ROOM, "/glossary"),
];

/// The pages about one report belong to the reports.
const OF_A_REPORT: [Room; 4] = [Room::Overview, Room::Statements, Room::Text, Room::Source];

/// What a site for the public has.
const FOR_ALL: [Room; 3] = [Room::Today, Room::Indicators, Room::Documents];

/// The readers' rooms.
pub(super) fn rooms(view: &View, here: Room) -> Markup {
    let reads =
        view.public || view.visitor.as_ref().is_some_and(|visitor| visitor.has(Right::Read));
    html! {
        @if reads {
            nav class="rooms" aria-label=(view.say(words::PAGES)) {
                ul {
                    @let here = if OF_A_REPORT.contains(&here) { Room::Documents } else { here };
                    @for (room, word, address) in ROOMS.iter().filter(|(room, ..)| !view.public || FOR_ALL.contains(room)) {
                        (layout::room(view, here, *room, *word, Address::new(*address)))
                    }
                }
            }
        }
    }
}

/// The field of the search over everything, for who may read; strangers have nothing to search.
pub(super) fn search(view: &View) -> Markup {
    let reads = view.visitor.as_ref().is_some_and(|visitor| visitor.has(Right::Read));
    html! { @if reads && !view.public { (super::search::field(view)) } }
}
