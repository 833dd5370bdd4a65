//! The steps that a visitor may take.

use maud::{Markup, html};
use terms::{PlanKind, PlanObject, PlanStep};

use super::super::super::View;
use super::{PlanMay, edit, object_address, shapes, words};
use crate::html::desk::pieces::{self, Trouble};

/// The next steps: what each needs, and a form that takes one. Posts `state`, `version`, `comment` and `file` to
/// `/plan/{kind}/{code}/step`.
pub(super) fn section(
    view: &View,
    object: &PlanObject,
    may: &PlanMay,
    comment: &str,
    faults: &[Trouble<'_>],
) -> Markup {
    let wrong = faults.iter().any(|fault| fault.field == "comment");
    let last = object.kind.next(&object.state).next().is_none();
    html! {
        section class="next-step" {
            h2 id="step" { (view.say(words::NEXT_STEP)) }
            @if last {
                p class="quiet" { (view.say(words::LAST_STATE)) }
            } @else if may.steps.is_empty() && may.others.is_empty() {
                p class="quiet" { (view.say(words::NO_STEP)) }
            } @else {
                (demands(view, object, may))
                @if !may.steps.is_empty() { (form(view, object, may, comment, wrong)) }
            }
        }
    }
}

/// What each step needs.
fn demands(view: &View, object: &PlanObject, may: &PlanMay) -> Markup {
    let kind = object.kind;
    html! {
        ul class="demands" {
            @for step in &may.steps {
                @let needs = needs(view, object, step, may);
                li {
                    (to(view, kind, step))
                    @for need in &needs { span class="need" { (need) } }
                }
            }
            @for step in &may.others {
                li class="quiet" { (to(view, kind, step)) span class="need" { (view.say(words::OTHERS_STEP)) } }
            }
        }
    }
}

fn to(view: &View, kind: &PlanKind, step: &PlanStep) -> Markup {
    html! {
        span class={ "status " (shapes::tone(kind, step.to)) } {
            (shapes::state(kind, step.to))
            @if let Some(state) = kind.state(step.to) { (words::state(state, view.language)) }
        }
    }
}

fn needs(view: &View, object: &PlanObject, step: &PlanStep, may: &PlanMay) -> Vec<Markup> {
    let mut needs = Vec::new();
    if step.comment {
        needs.push(html! { (view.say(words::NEEDS_COMMENT)) });
    }
    if step.evidence {
        needs.push(html! { (view.say(words::NEEDS_EVIDENCE)) });
    }
    let empty = step.needs.iter().filter(|field| object.value(field).is_empty());
    for field in empty.filter_map(|field| object.kind.field(field)) {
        let writable = may.fields.iter().any(|own| own.code == field.code);
        needs.push(html! {
            (view.say(words::NEEDS_FIELDS)) " "
            @if writable { a href={ "#" (edit::id(field)) } { (words::field(field, view.language)) } }
            @else { (words::field(field, view.language)) }
        });
    }
    needs
}

fn form(view: &View, object: &PlanObject, may: &PlanMay, comment: &str, wrong: bool) -> Markup {
    let kind = object.kind;
    let evidence = may.steps.iter().any(|step| step.evidence);
    let to = object_address(kind.code, &object.code).then("step");
    html! {
        form class="stacked" method="post" action=(view.link(to)) enctype="multipart/form-data" {
            (pieces::token(view))
            input type="hidden" name="version" value=(object.version);
            div class="entry-field wide" {
                label for="comment" { (view.say(words::COMMENT)) }
                textarea id="comment" name="comment" rows="2" lang="zh-CN" aria-invalid=[wrong.then_some("true")] { "\n" (comment) }
            }
            @if evidence {
                div class="entry-field" {
                    label for="evidence" { (view.say(words::EVIDENCE)) }
                    input type="file" id="evidence" name="file" aria-describedby="evidence-hint";
                    small id="evidence-hint" { (view.say(words::EVIDENCE_HINT)) }
                }
            }
            div class="acts" {
                @for step in &may.steps {
                    @if let Some(state) = kind.state(step.to) {
                        button class=[shapes::is_onward(kind, step.to).then_some("primary")] name="state" value=(state.code) {
                            (view.say(words::MOVE_TO)) " " (words::state(state, view.language))
                        }
                    }
                }
            }
        }
    }
}
