//! A board: a column for each state, a card for each object, and on each card the steps that may be taken.

use maud::{Markup, html};
use terms::{PlanObject, PlanState};

use super::super::View;
use super::super::desk::{pieces, plan as desk_plan};
use super::{ListAsked, ListFrame, ListView, Move, list_address, words};

/// The columns. `card` gives what stands on a card under its name, and the steps from there.
pub(super) fn board<'a, L>(
    view: &View,
    frame: &ListFrame<'_>,
    lines: &'a [L],
    object: impl Fn(&L) -> &'a PlanObject,
    card: impl Fn(&'a L) -> (Markup, &'a [Move]),
) -> Markup {
    let Some(kind) = frame.kind() else { return html! {} };
    let of = |state: &PlanState| {
        lines.iter().filter(|line| object(line).state == state.code).collect::<Vec<_>>()
    };
    // The lines hold the first cards of each column alone.
    let count = |state: &PlanState| {
        let asked = frame.asked.state.as_deref().is_none_or(|asked| asked == state.code);
        let known = frame.states.iter().find(|(known, _)| known.code == state.code);
        known.filter(|_| asked).map_or(0, |(_, count)| *count)
    };
    html! {
        div class="board" tabindex="0" role="group" aria-label=(view.say(words::BOARD)) {
            @for state in kind.states {
                @let own = of(state);
                @let all = count(state);
                // What left the way, or was put back on it, has a column only where there is something in it.
                @if !own.is_empty() || !matches!(state.code, "cancelled" | "reopened") {
                    section class="column" aria-labelledby={ "column-" (state.code) } {
                        h2 id={ "column-" (state.code) } {
                            (desk_plan::state(view, kind, state.code)) " " span class="tally" { (all) }
                        }
                        @if own.is_empty() { p class="quiet" { (view.say(words::EMPTY_COLUMN)) } }
                        @else {
                            ul {
                                @for line in own.iter() {
                                    @let (inside, moves) = card(line);
                                    (self::card(view, frame, object(line), &inside, moves))
                                }
                            }
                        }
                        @if all > own.len() {
                            @let asked = ListAsked { view: ListView::Table, state: Some(state.code.to_owned()), ..frame.asked.clone() };
                            p { a class="more" href=(view.link(list_address(frame.list, &asked))) { (words::more(all - own.len(), view.language)) } }
                        }
                    }
                }
            }
        }
    }
}

fn card(
    view: &View,
    frame: &ListFrame<'_>,
    object: &PlanObject,
    inside: &Markup,
    moves: &[Move],
) -> Markup {
    html! {
        li class="board-card" id={ "card-" (object.code) } {
            h3 { (super::name(view, object)) }
            (inside)
            @if !moves.is_empty() { (steps(view, frame, object, moves)) }
        }
    }
}

/// The steps from here: a button where nothing more is needed, else the way to where it can be told.
fn steps(view: &View, frame: &ListFrame<'_>, object: &PlanObject, moves: &[Move]) -> Markup {
    let kind = object.kind;
    let page = desk_plan::object_address(kind.code, &object.code);
    let back = view.link(list_address(frame.list, frame.asked).with("moved", object.code.as_str()));
    let state = |own: &Move| super::state_name(view, own.to);
    html! {
        div class="card-steps" {
            @if moves.iter().any(|own| own.ready) {
                (pieces::post(view, page.clone().then("step"), "card-step", html! {
                    input type="hidden" name="version" value=(object.version);
                    input type="hidden" name="back" value=(back);
                    @for own in moves.iter().filter(|own| own.ready) {
                        button name="state" value=(own.to.code) {
                            "→ " (state(own)) span class="unseen" { " " (desk_plan::title(object)) }
                        }
                    }
                }))
            }
            @for own in moves.iter().filter(|own| !own.ready) {
                a class="step-link" href=(view.link(page.clone().at("step"))) title=(view.say(words::TO_OBJECT)) {
                    "→ " (state(own)) "…" span class="unseen" { " " (desk_plan::title(object)) " " (view.say(words::TO_OBJECT)) }
                }
            }
        }
    }
}
