//! The kinds of plan objects: how many stand where, and what is overdue.

use maud::{Markup, html};
use terms::{Day, PlanKind};

use super::super::super::layout::Room;
use super::super::super::{Address, View};
use super::super::pieces;
use super::list::{self, PlanAsked};
use super::{PlanLine, PlanNames, kind_address, shapes, words};

/// How many objects of a kind stand where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanKindLine {
    /// The kind.
    pub kind: &'static PlanKind,
    /// How many stand in each state, in the order of the kind's states.
    pub states: Vec<usize>,
    /// How many are overdue.
    pub late: usize,
    /// Whether the visitor may add one that stands by itself.
    pub may_add: bool,
}

/// All kinds.
#[derive(Debug, Clone, Copy)]
pub struct PlanOverviewPage<'a> {
    /// Today.
    pub today: Day,
    /// The kinds with what the visitor may read of them.
    pub kinds: &'a [PlanKindLine],
    /// What is overdue, the longest first; not necessarily all of it.
    pub late: &'a [PlanLine],
    /// What codes are called.
    pub names: &'a PlanNames,
}

/// The page `/plan`.
pub fn plan_overview(view: &View, page: &PlanOverviewPage<'_>) -> String {
    let late: usize = page.kinds.iter().map(|line| line.late).sum();
    let body = html! {
        h1 { (view.say(words::KINDS)) }
        section {
            h2 { (view.say(words::LATE)) " " span class="tally" { (late) } }
            @if page.late.is_empty() {
                p class="quiet" { (view.say(words::LATE_NONE)) }
            } @else {
                (list::table(view, page.late, page.names, page.today, list::Columns { kind: true, amount: None, parent: false }))
                @if page.late.len() < late { p class="quiet" { (view.say(words::LATE_MORE)) } }
            }
        }
        section {
            h2 { (view.say(words::ALL_KINDS)) }
            table class="stack kinds" {
                thead {
                    tr {
                        th scope="col" { (view.say(words::KIND)) }
                        th scope="col" class="number" { (view.say(words::OBJECTS)) }
                        th scope="col" { (view.say(words::STATES)) }
                        th scope="col" { (view.say(words::LATE)) }
                        th scope="col" { (view.say(words::NEW)) }
                    }
                }
                tbody { @for line in page.kinds { (kind_line(view, line)) } }
            }
        }
    };
    pieces::page(view, view.say(words::KINDS), Room::Plan, body)
}

fn kind_line(view: &View, line: &PlanKindLine) -> Markup {
    let kind = line.kind;
    let count: usize = line.states.iter().sum();
    let parents: Vec<String> = kind
        .parents
        .iter()
        .filter_map(|parent| PlanKind::named(parent))
        .map(|parent| words::kind(parent, view.language))
        .collect();
    html! {
        tr class=[(!parents.is_empty()).then_some("below")] {
            th scope="row" {
                a href=(view.link(kind_address(kind))) { (words::kind(kind, view.language)) }
                @if !parents.is_empty() { " " small { (view.say(words::WITHIN)) " " (parents.join(" / ")) } }
            }
            td class="number" data-label=(view.say(words::OBJECTS)) { (count) }
            td class=[(count == 0).then_some("blank")] data-label=(view.say(words::STATES)) { (tallies(view, line)) }
            td class=[(line.late == 0).then_some("blank")] data-label=(view.say(words::LATE)) {
                @if line.late > 0 {
                    @let asked = PlanAsked { late: true, ..PlanAsked::default() };
                    a class="status st-missed" href=(view.link(list::plan_list_address(kind, &asked))) {
                        (super::desk_shapes::punctuality(terms::Punctuality::Overdue)) (line.late)
                        span class="unseen" { " " (view.say(words::LATE)) }
                    }
                }
            }
            td class=[(!line.may_add).then_some("blank")] {
                @if line.may_add {
                    a href=(view.link(Address::new(format!("/plan/{}/new", kind.code)))) {
                        (view.say(words::NEW)) span class="unseen" { " " (words::kind(kind, view.language)) }
                    }
                }
            }
        }
    }
}

/// How many objects stand in each state, leading to them.
fn tallies(view: &View, line: &PlanKindLine) -> Markup {
    html! {
        ul class="tallies" {
            @for (state, count) in line.kind.states.iter().zip(&line.states).filter(|(_, count)| **count > 0) {
                @let asked = PlanAsked { state: Some(state.code.to_owned()), ..PlanAsked::default() };
                li class=(shapes::tone(line.kind, state.code)) {
                    (shapes::state(line.kind, state.code))
                    a href=(view.link(list::plan_list_address(line.kind, &asked))) { (words::state(state, view.language)) " " b { (count) } }
                }
            }
        }
    }
}
