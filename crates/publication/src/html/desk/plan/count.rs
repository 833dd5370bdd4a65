//! How many a register counts on a day, and who came and went.

use maud::{Markup, html};
use terms::{Day, Member, PlanObject, RegisterCount};

use super::super::super::View;
use super::super::super::layout::Room;
use super::super::pieces::{self, Field, Trouble};
use super::{PlanNames, list, object_address, title, words};

/// A register as it counts.
#[derive(Debug, Clone, Copy)]
pub struct RegisterCountPage<'a> {
    /// The register.
    pub register: &'a PlanObject,
    /// Levels that its members won.
    pub levels: &'a [String],
    /// The level that is asked for.
    pub level: Option<&'a str>,
    /// The day, as it was typed.
    pub day: &'a str,
    /// The earlier day, as it was typed; empty for none.
    pub since: &'a str,
    /// Whom it counts; `None` where the question has a fault.
    pub count: Option<&'a RegisterCount>,
    /// The earlier count, and who came and who went since.
    pub change: Option<(&'a RegisterCount, &'a [&'a Member], &'a [&'a Member])>,
    /// What codes are called.
    pub names: &'a PlanNames,
    /// What is wrong with the question.
    pub fault: Option<Trouble<'a>>,
}

/// The page `/plan/register/{code}/count`, which takes `level`, `day` and `since`.
pub fn register_count(view: &View, page: &RegisterCountPage<'_>) -> String {
    let register = page.register;
    let back = view.link(object_address(register.kind.code, &register.code));
    let heading = format!("{} · {}", title(register), view.say(words::COUNT));
    let body = html! {
        (list::way(view, register.kind, None, page.names, html! { a href=(back) { (register.code) } }))
        (pieces::troubles(view, page.fault.as_slice()))
        h1 { (heading) }
        (question(view, page))
        @if let Some(count) = page.count { (answer(view, page, count)) }
    };
    pieces::page(view, &heading, Room::Plan, body)
}

fn question(view: &View, page: &RegisterCountPage<'_>) -> Markup {
    let to = object_address(page.register.kind.code, &page.register.code).then("count");
    let faults = page.fault.as_slice();
    html! {
        form class="inline plan-filter" method="get" action=(view.link(to)) {
            @if view.link(super::Address::new("/")).contains("lang=") { input type="hidden" name="lang" value=(view.language.as_str()); }
            div class="entry-field" {
                label for="level" { (view.say(words::LEVEL)) }
                select id="level" name="level" {
                    option value="" { (view.say(words::EVERY_LEVEL)) }
                    @for level in page.levels { option value=(level) selected[page.level == Some(level)] lang="zh-CN" { (level) } }
                }
            }
            (Field::new("day", words::AS_OF, page.day).kind("date").optional().of(faults).show(view))
            (Field::new("since", words::COMPARED_WITH, page.since).kind("date").optional().of(faults).show(view))
            button { (view.say(words::SHOW)) }
        }
    }
}

fn answer(view: &View, page: &RegisterCountPage<'_>, count: &RegisterCount) -> Markup {
    let unit = page.register.value("unit");
    html! {
        ul class="counts register-counts" {
            (number(view, words::COUNTED, count.count().to_string(), unit, Some(count.day)))
            @if let Some((earlier, came, went)) = page.change {
                (number(view, words::COUNTED, earlier.count().to_string(), unit, Some(earlier.day)))
                (number(view, words::CAME, came.len().to_string(), unit, None))
                (number(view, words::WENT, went.len().to_string(), unit, None))
            }
        }
        @if let Some((_, came, went)) = page.change {
            section { h2 { (view.say(words::CAME)) " " span class="tally" { (came.len()) } } (members(view, page, came)) }
            section { h2 { (view.say(words::WENT)) " " span class="tally" { (went.len()) } } (members(view, page, went)) }
        }
        @let all: Vec<&Member> = count.members.iter().collect();
        section { h2 { (view.say(words::MEMBERS)) " " span class="tally" { (all.len()) } } (members(view, page, &all)) }
    }
}

fn number(view: &View, word: super::Word, count: String, unit: &str, day: Option<Day>) -> Markup {
    html! {
        li {
            span class="label" { (view.say(word)) @if let Some(day) = day { " " (pieces::day(day)) } }
            span class="count" { (count) @if !unit.is_empty() { small lang="zh-CN" { (unit) } } }
        }
    }
}

fn members(view: &View, page: &RegisterCountPage<'_>, members: &[&Member]) -> Markup {
    html! {
        @if members.is_empty() {
            p class="quiet" { (view.say(words::NOBODY)) }
        } @else {
            table class="stack" {
                thead {
                    tr {
                        th scope="col" { (view.say(words::NAME)) }
                        th scope="col" { (view.say(words::UNIQUE_CODE)) }
                        th scope="col" { (view.say(words::REGION)) }
                    }
                }
                tbody {
                    @for member in members {
                        tr {
                            th scope="row" { a href=(view.link(object_address("member", &member.code))) lang="zh-CN" { (member.name) } }
                            td class=[member.id.is_empty().then_some("blank")] data-label=(view.say(words::UNIQUE_CODE)) { code { (member.id) } }
                            td data-label=(view.say(words::REGION)) lang="zh-CN" { (pieces::region(&page.names.regions, &member.region)) }
                        }
                    }
                }
            }
        }
    }
}
