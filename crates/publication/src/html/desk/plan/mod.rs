//! Pages for plan objects: targets, tasks, projects, problems, registers and orders.
//!
//! Which kinds, fields, states and steps there are is data ([`PlanKind`]); these pages are the same for all of them. What
//! a visitor may do is told by the caller, who has the ledger check it again.

mod attachment;
mod count;
mod edit;
mod history;
mod list;
mod new;
mod object;
mod overview;
pub(in crate::html) mod shapes;
mod steps;
mod value;
pub(in crate::html) mod words;

use std::collections::BTreeMap;

use maud::{Markup, html};
use terms::{
    Attached, Day, Department, PlanField, PlanKind, PlanObject, PlanRef, PlanStep, Punctuality,
};

use super::super::words::Word;
use super::super::{Address, View};
use super::pieces::{self, Names};
use super::shapes as desk_shapes;
use super::words as desk_words;

pub use count::{RegisterCountPage, register_count};
pub use edit::{PlanClash, PlanTyped};
pub use history::{PlanHistoryPage, plan_history};
pub use list::{PLAN_PAGE_SIZE, PlanAsked, PlanListPage, PlanOrder, plan_list, plan_list_address};
pub use new::{PlanNewPage, plan_new};
pub use object::{PlanChildren, PlanConflict, PlanDone, PlanObjectPage, plan_object};
pub use overview::{PlanKindLine, PlanOverviewPage, plan_overview};

/// The word of the navigation.
pub(super) const ROOM: Word = words::PLAN;

/// What codes in values are called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanNames {
    /// Regions of the ledger's own, by code.
    pub regions: Names,
    /// Departments by code.
    pub departments: Names,
    /// Indicators by code.
    pub indicators: Names,
    /// Persons by login.
    pub people: Names,
    /// Titles of plan objects that the visitor may read, by kind and code as in `project:P-1`.
    pub objects: Names,
}

/// A plan object in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    /// The object.
    pub object: PlanObject,
    /// Its last day, where it has one.
    pub due: Option<Day>,
    /// Whether it still waits for what is due.
    pub waits: bool,
}

/// What a visitor may do to a plan object.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanMay {
    /// Fields that the visitor may write.
    pub fields: Vec<&'static PlanField>,
    /// Steps that the visitor may take from where the object stands.
    pub steps: Vec<&'static PlanStep>,
    /// Steps that the post would allow, but that another person has to take.
    pub others: Vec<&'static PlanStep>,
    /// Whether the visitor may attach files.
    pub attach: bool,
    /// Whether the visitor may take files off.
    pub detach: bool,
    /// Kinds that the visitor may add under the object.
    pub children: Vec<&'static PlanKind>,
}

/// What the fields of a form offer.
#[derive(Debug, Clone, Copy)]
struct PlanOffers<'a> {
    /// Departments to choose from.
    departments: &'a [Department],
    /// Files to choose from.
    attachments: &'a [Attached],
}

/// Values by the code of their field.
pub type PlanValues = BTreeMap<&'static str, String>;

/// The page of a kind.
pub(in crate::html) fn kind_address(kind: &PlanKind) -> Address {
    Address::of("/plan", kind.code)
}

/// The page of an object.
pub(in crate::html) fn object_address(kind: &str, code: &str) -> Address {
    Address::of(&format!("/plan/{kind}"), code)
}

/// The page of an object that another one names.
fn reference_address(reference: &PlanRef) -> Address {
    object_address(&reference.kind, &reference.code)
}

/// What an object is called; where that says nothing, its code.
pub(in crate::html) fn title(object: &PlanObject) -> String {
    let title = object.title();
    if title.is_empty() { object.code.clone() } else { title }
}

/// An object that another one names, as a link where the visitor may read it.
pub(in crate::html) fn reference(view: &View, reference: &PlanRef, names: &PlanNames) -> Markup {
    let key = reference.to_string();
    html! {
        @match names.objects.get(&key) {
            Some(title) => a href=(view.link(reference_address(reference))) lang="zh-CN" { (title) },
            None => span lang="zh-CN" { (key) },
        }
    }
}

/// Where an object stands, as shape and word.
pub(in crate::html) fn state(view: &View, kind: &PlanKind, state: &str) -> Markup {
    let known = kind.state(state);
    html! {
        span class={ "status " (shapes::tone(kind, state)) } {
            (shapes::state(kind, state))
            @match known {
                Some(known) => (words::state(known, view.language)),
                None => (state),
            }
        }
    }
}

/// The last day, and how far off it is where something still waits for it.
fn due(view: &View, line: &PlanLine, today: Day) -> Markup {
    let Some(day) = line.due else { return html! {} };
    html! {
        @if line.waits { (left(view, line, today)) small { (pieces::day(day)) } }
        @else { (pieces::day(day)) }
    }
}

/// How far off the last day is.
fn left(view: &View, line: &PlanLine, today: Day) -> Markup {
    let Some(day) = line.due else { return html! {} };
    let days = today.days_until(day);
    let (tone, shape) = if days < 0 {
        ("st-missed", desk_shapes::punctuality(Punctuality::Overdue))
    } else {
        ("st-open", desk_shapes::punctuality(Punctuality::Open))
    };
    html! { span class={ "status due " (tone) } { (shape) (desk_words::days_left(days, view.language)) } }
}

/// The way down to a page: kinds, the kind, the object above, the object.
fn path(view: &View, kind: &PlanKind, steps: Markup) -> Markup {
    html! {
        nav class="path" aria-label=(view.say(words::PLAN)) {
            ol {
                li { a href=(view.link(Address::new("/plan"))) { (view.say(words::PLAN)) } }
                li { a href=(view.link(kind_address(kind))) { (words::kind(kind, view.language)) } }
                (steps)
            }
        }
    }
}
