//! A plan object that is to be added.

use maud::html;
use terms::{Department, PlanField, PlanKind, PlanRef};

use super::super::super::View;
use super::super::super::layout::Room;
use super::super::pieces::{self, Field, Trouble};
use super::edit::{Fields, PlanTyped};
use super::{PlanNames, PlanOffers, kind_address, list, reference, words};

/// A form for a new plan object.
#[derive(Debug, Clone, Copy)]
pub struct PlanNewPage<'a> {
    /// What it is.
    pub kind: &'static PlanKind,
    /// The object under which it will stand, where it has to stand under one.
    pub parent: Option<&'a PlanRef>,
    /// Its code as typed, or one that is free.
    pub code: &'a str,
    /// The state in which it begins, by code.
    pub state: &'a str,
    /// Fields that the visitor may fill.
    pub fields: &'a [&'static PlanField],
    /// What they hold.
    pub typed: &'a PlanTyped,
    /// Departments to choose from.
    pub departments: &'a [Department],
    /// What codes are called.
    pub names: &'a PlanNames,
    /// Why it was not added.
    pub faults: &'a [Trouble<'a>],
}

/// The page `/plan/{kind}/new`, which takes the object above as `parent`: posts `code`, `state`, `parent` and
/// `field-{code}` for each field to `/plan/{kind}`.
pub fn plan_new(view: &View, page: &PlanNewPage<'_>) -> String {
    let kind = page.kind;
    let first: Vec<_> = kind.states.iter().filter(|state| state.first).collect();
    let fields = Fields {
        fields: page.fields,
        typed: page.typed,
        object: None,
        names: page.names,
        offers: PlanOffers { departments: page.departments, attachments: &[] },
        faults: page.faults,
    };
    let form = html! {
        @if let Some(parent) = page.parent { input type="hidden" name="parent" value=(parent); }
        (Field::new("code", words::CODE, page.code).hint(words::CODE_HINT).of(page.faults).show(view))
        @if first.len() > 1 {
            div class="entry-field" {
                label for="state" { (view.say(words::BEGINS)) }
                select id="state" name="state" {
                    @for state in &first {
                        option value=(state.code) selected[state.code == page.state] { (words::state(state, view.language)) }
                    }
                }
            }
        }
        (fields.show(view))
        div class="acts" {
            button class="primary" { (view.say(words::SAVE)) }
        }
    };
    let title = format!("{} · {}", view.say(words::NEW), words::kind(kind, view.language));
    let body = html! {
        (list::way(view, kind, page.parent, page.names, html! { (view.say(words::NEW)) }))
        (pieces::troubles(view, page.faults))
        h1 { (title) }
        @if let Some(parent) = page.parent {
            p { span class="label" { (view.say(words::PARENT)) } " " (reference(view, parent, page.names)) }
        }
        (pieces::post(view, kind_address(kind), "stacked", form))
    };
    pieces::page(view, &title, Room::Plan, body)
}
