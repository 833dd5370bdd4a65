//! Everything that was ever written of a plan object.

use maud::{Markup, html};
use terms::{PlanEvent, PlanObject};

use super::super::super::View;
use super::super::super::layout::Room;
use super::super::pieces;
use super::{PlanNames, list, object_address, title, value, words};

/// The history of a plan object.
#[derive(Debug, Clone, Copy)]
pub struct PlanHistoryPage<'a> {
    /// The object as it stands.
    pub object: &'a PlanObject,
    /// What was done to it, latest first.
    pub events: &'a [PlanEvent],
    /// What codes are called.
    pub names: &'a PlanNames,
}

/// The page `/plan/{kind}/{code}/history`.
pub fn plan_history(view: &View, page: &PlanHistoryPage<'_>) -> String {
    let object = page.object;
    let back = view.link(object_address(object.kind.code, &object.code));
    let heading = format!("{} · {}", view.say(words::HISTORY), title(object));
    let body = html! {
        (list::way(view, object.kind, object.parent.as_ref(), page.names, html! { a href=(back) { (object.code) } }))
        h1 { (heading) }
        table class="stack plan-history" {
            thead {
                tr {
                    th scope="col" { (view.say(words::WHEN)) }
                    th scope="col" { (view.say(words::WHO)) }
                    th scope="col" { (view.say(words::WHAT)) }
                    th scope="col" { (view.say(words::WHY)) }
                }
            }
            tbody { @for event in page.events { (line(view, page, event)) } }
        }
        p { a class="more" href=(back) { (view.say(words::BACK)) } }
    };
    pieces::page(view, &heading, Room::Plan, body)
}

fn line(view: &View, page: &PlanHistoryPage<'_>, event: &PlanEvent) -> Markup {
    let kind = page.object.kind;
    let comment = event.state.as_ref().map_or("", |(_, comment)| comment.as_str());
    html! {
        tr {
            th scope="row" { (pieces::moment(&event.at)) small { "#" (event.entry) } }
            td data-label=(view.say(words::WHO)) lang="zh-CN" { (pieces::name(&page.names.people, &event.author)) }
            td data-label=(view.say(words::WHAT)) {
                ul class="changes" {
                    @if let Some((state, _)) = &event.state { li { (super::state(view, kind, state)) } }
                    @for (code, before, after) in &event.fields {
                        @if let Some(field) = kind.field(code) {
                            li {
                                span class="label" { (words::field(field, view.language)) } " "
                                @if !before.is_empty() {
                                    del { (value::shown(view, field, before, page.names, page.object)) } " → "
                                }
                                ins { (value::shown(view, field, after, page.names, page.object)) }
                            }
                        }
                    }
                    @for (name, hash, active) in &event.attached {
                        li {
                            span class="label" { (view.say(if *active { words::ATTACHED } else { words::DETACHED })) } " "
                            bdi lang="zh-CN" { (name) } " " small { code { (hash.get(..12).unwrap_or(hash)) "…" } }
                        }
                    }
                }
            }
            td class=[(comment.is_empty() && event.reason.is_empty()).then_some("blank")] data-label=(view.say(words::WHY)) lang="zh-CN" {
                (comment) @if !event.reason.is_empty() { small { (event.reason) } }
            }
        }
    }
}
