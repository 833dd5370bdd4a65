//! The lists that everybody reads: key tasks (table, board and Gantt chart), projects, and problems on their way to
//! their end.
//!
//! What is asked stands in the address. The pages to write on are those of the desk ([`super::desk`]); who may write
//! finds the way to them here, and may bring a card of a board to its next state.

mod asked;
mod board;
mod figure;
mod filter;
mod gantt;
mod photo;
mod problem;
mod project;
mod project_chart;
mod project_list;
mod task;
mod timeline;
mod words;

use maud::{Markup, html};
use terms::{
    Day, Department, FieldKind, PlanField, PlanKind, PlanObject, PlanRef, PlanState, PlanStep,
};

use super::desk::PlanNames;
use super::desk::pieces;
use super::desk::plan::{self as desk_plan, words as desk_words};
use super::layout::{self, Frame};
use super::{Address, View};

pub use asked::{ListAsked, ListOrder, ListView, PlanListKind, list_address};
pub use problem::{ProblemLine, ProblemsPage, problems};
pub use project::{ProjectPage, project};
pub use project_list::{ProjectGroup, ProjectLine, ProjectsPage, projects};
pub(super) use words::stall;

pub use task::{TaskLine, TasksPage, tasks};

/// How many objects a page shows, and how many a column of a board.
pub const LIST_PAGE_SIZE: usize = 100;
/// How many cards a column of a board shows; the others are in the table.
pub const BOARD_COLUMN_SIZE: usize = 30;

/// A step that a visitor may take from where an object stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// Where it leads.
    pub to: &'static PlanState,
    /// Whether nothing has to be said, filled in or attached for it.
    pub ready: bool,
}

impl Move {
    /// The move of a step.
    pub fn of(object: &PlanObject, step: &PlanStep) -> Option<Move> {
        let filled = step.needs.iter().all(|field| !object.value(field).is_empty());
        let ready = !step.comment && !step.evidence && filled;
        Some(Move { to: object.kind.state(step.to)?, ready })
    }
}

/// What all lists show around their lines.
#[derive(Debug, Clone, Copy)]
pub struct ListFrame<'a> {
    /// Which list.
    pub list: PlanListKind,
    /// What is asked.
    pub asked: &'a ListAsked,
    /// Today.
    pub today: Day,
    /// How many were found on all pages.
    pub found: usize,
    /// How many there are that the visitor may read.
    pub all: usize,
    /// How many stand in each state, whatever state is asked for; those of the other filters.
    pub states: &'a [(&'static PlanState, usize)],
    /// How many are overdue, whether or not that is asked for; those of the other filters.
    pub late: usize,
    /// The page, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// Departments that own one.
    pub departments: &'a [Department],
    /// Codes of regions that one belongs to.
    pub regions: &'a [String],
    /// Codes of indicators that one serves.
    pub indicators: &'a [String],
    /// Years in which one is under way.
    pub years: &'a [i16],
    /// What codes are called.
    pub names: &'a PlanNames,
    /// Whether the visitor may add one.
    pub may_add: bool,
    /// What was just moved, as it stands now.
    pub moved: Option<&'a PlanObject>,
}

impl ListFrame<'_> {
    fn kind(&self) -> Option<&'static PlanKind> {
        PlanKind::named(self.list.kind())
    }
}

/// The page of the desk where all of the list are kept.
fn desk_address(list: PlanListKind) -> Address {
    Address::of("/plan", list.kind())
}

/// A list with its head, filters and foot around the lines.
fn page(view: &View, frame: &ListFrame<'_>, above: &Markup, lines: &Markup) -> String {
    let title = view.say(frame.list.word());
    let body = html! {
        (filter::moved(view, frame))
        div class="with-tools list-head" {
            h1 { (title) }
            (filter::tools(view, frame))
        }
        (above)
        (filter::tallies(view, frame))
        (filter::form(view, frame))
        (filter::chips(view, frame))
        (filter::line(view, frame))
        @if frame.found == 0 { (filter::none(view, frame)) }
        @else { (lines) (filter::pages(view, frame)) }
    };
    layout::page(view, Frame { title, room: frame.list.room(), about: None, body })
}

/// The page of an object where everybody reads it.
fn address_of(object: &PlanObject) -> Address {
    match object.kind.code {
        "project" => Address::of("/projects", &object.code),
        kind => Address::of(&format!("/plan/{kind}"), &object.code),
    }
}

/// Its name as a link, its code under it.
fn name(view: &View, object: &PlanObject) -> Markup {
    html! {
        a href=(view.link(address_of(object))) lang="zh-CN" { (desk_plan::title(object)) }
        small class="code" { (object.code) }
    }
}

/// The department and the person who answer for an object.
fn owner(view: &View, object: &PlanObject, names: &PlanNames) -> Markup {
    let person = object.value("person");
    html! {
        @match object.department.as_deref() {
            Some(code) => span lang="zh-CN" { (pieces::name(&names.departments, code)) },
            None => span class="quiet" { (view.say(words::NOBODY)) },
        }
        @if !person.is_empty() { small lang="zh-CN" { (pieces::name(&names.people, person)) } }
    }
}

/// The indicator that an object serves.
fn indicator(view: &View, object: &PlanObject, names: &PlanNames) -> Markup {
    let code = object.value("indicator");
    html! {
        @if let Some(name) = names.indicators.get(code) {
            small { a href=(view.link(Address::of("/indicators", code))) lang="zh-CN" { (name) } }
        }
    }
}

/// What a choice is called.
fn choice(view: &View, kind: &str, field: &str, code: &str) -> String {
    let field = PlanKind::named(kind).and_then(|kind| kind.field(field));
    let Some(FieldKind::Choice(choices)) = field.map(|field| field.kind) else {
        return code.to_owned();
    };
    let known = choices.iter().find(|choice| choice.code == code);
    known.map_or_else(|| code.to_owned(), |known| desk_words::choice(known, view.language))
}

/// What a state is called.
fn state_name(view: &View, state: &PlanState) -> String {
    desk_words::state(state, view.language)
}

/// What a field is called.
fn field_name(view: &View, field: &PlanField) -> String {
    desk_words::field(field, view.language)
}

/// An object that another one names, as a link to where everybody reads it.
fn reference(view: &View, reference: &PlanRef, names: &PlanNames) -> Markup {
    match (&*reference.kind, names.objects.get(&reference.to_string())) {
        ("project", Some(title)) => html! {
            a href=(view.link(Address::of("/projects", &reference.code))) lang="zh-CN" { (title) }
        },
        _ => desk_plan::reference(view, reference, names),
    }
}
