//! Projects: their investment against the year, what stalls, and sums by level and department.

use maud::{Markup, html};
use rust_decimal::Decimal;
use terms::{Day, Deadline, InvestmentTotal, PlanObject, ProjectProgress};

use super::super::desk::{pieces, plan as desk_plan};
use super::super::{Address, View, words as common};
use super::gantt::{self, Bar};
use super::{ListAsked, ListFrame, ListView, choice, figure, list_address, words};

/// A project in the list.
#[derive(Debug, Clone, Copy)]
pub struct ProjectLine<'a> {
    /// The project.
    pub object: &'a PlanObject,
    /// The day on which it is to be finished.
    pub deadline: Option<Deadline>,
    /// How it gets on.
    pub progress: &'a ProjectProgress,
    /// Its milestones, by day.
    pub milestones: &'a [&'a PlanObject],
}

/// Projects of one level or department, added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectGroup {
    /// Code of the level or of the department; empty for none.
    pub code: String,
    /// Their sums.
    pub total: InvestmentTotal,
}

/// The page `/projects`.
#[derive(Debug, Clone, Copy)]
pub struct ProjectsPage<'a> {
    /// What stands around the lines.
    pub frame: ListFrame<'a>,
    /// The year of the investment that is shown.
    pub year: i16,
    /// The share of that year that has passed today, in percent.
    pub elapsed: Option<Decimal>,
    /// What is shown.
    pub lines: &'a [ProjectLine<'a>],
    /// The sums of all that were found.
    pub total: &'a InvestmentTotal,
    /// The same by level.
    pub levels: &'a [ProjectGroup],
    /// The same by department.
    pub departments: &'a [ProjectGroup],
}

/// The page `/projects`; its address is [`super::list_address`], and `page`.
pub fn projects(view: &View, page: &ProjectsPage<'_>) -> String {
    let frame = &page.frame;
    let lines = match frame.asked.view {
        ListView::Gantt => {
            let bars: Vec<Bar<'_>> = page.lines.iter().map(|line| bar(view, line, frame)).collect();
            gantt::chart(view, &bars, frame.today, frame.asked.year)
        }
        _ => table(view, page),
    };
    let above = html! {
        @if frame.found > 0 { (sums(view, page)) }
        p { a class="more" href=(view.link(Address::new("/programmes"))) { (view.say(common::PROGRAMMES)) } }
    };
    super::page(view, frame, &above, &lines)
}

/// What all that were found come to.
fn sums(view: &View, page: &ProjectsPage<'_>) -> Markup {
    let total = page.total;
    html! {
        section class="sums" aria-label=(view.say(words::SUMS)) {
            dl class="sum-line" {
                (sum(view.say(words::ALL_PROJECTS).to_owned(), html! { (total.projects) }, html! {
                    @if total.stalled > 0 {
                        a class="status st-missed" href=(view.link(list_address(page.frame.list, &ListAsked { stalled: true, ..page.frame.asked.clone() }))) {
                            (super::super::desk::shapes::warning()) (view.say(words::STALLED)) " " (total.stalled)
                        }
                    }
                }))
                (sum(format!("{} {}", page.year, view.say(words::PLANNED)), figure::amount(total.planned.as_ref()), html! {}))
                (sum(view.say(words::ACTUAL).to_owned(), figure::amount(total.actual.as_ref()), html! {}))
                (sum(view.say(words::RATE).to_owned(), html! {
                    @match total.rate {
                        Some(rate) => { (rate) "%" }
                        None => span class="quiet" { "—" },
                    }
                }, html! {
                    @if total.without > 0 { small { (words::without(total.without, view.language)) } }
                }))
                (sum(format!("{} · {}", view.say(words::ELAPSED), view.say(words::TODAY)), html! {
                    @if let Some(elapsed) = page.elapsed { (elapsed) "%" }
                }, html! {
                    @if let Some((rate, elapsed)) = total.rate.zip(page.elapsed) { (figure::bar(rate, elapsed)) }
                }))
            }
            details class="sum-groups" {
                summary { (view.say(words::BY_LEVEL)) " · " (view.say(words::BY_DEPARTMENT)) }
                div class="sum-tables" {
                    (groups(view, words::BY_LEVEL, page.levels, |code| choice(view, "project", "level", code)))
                    (groups(view, words::BY_DEPARTMENT, page.departments, |code| pieces::name(&page.frame.names.departments, code).to_owned()))
                }
            }
        }
    }
}

fn sum(name: String, value: Markup, more: Markup) -> Markup {
    html! {
        div { dt { (name) } dd { span class="sum-value" { (value) } (more) } }
    }
}

fn groups<'a>(
    view: &View,
    title: super::super::words::Word,
    groups: &'a [ProjectGroup],
    name: impl Fn(&'a str) -> String,
) -> Markup {
    html! {
        table class="sum-table" {
            caption { (view.say(title)) }
            thead {
                tr {
                    th scope="col" { (view.say(words::GROUP)) }
                    th scope="col" class="number" { (view.say(words::ALL_PROJECTS)) }
                    th scope="col" class="number" { (view.say(words::PLANNED)) }
                    th scope="col" class="number" { (view.say(words::ACTUAL)) }
                    th scope="col" class="number" { (view.say(words::RATE)) }
                }
            }
            tbody {
                @for group in groups {
                    tr {
                        th scope="row" lang="zh-CN" { @if group.code.is_empty() { (view.say(words::NOBODY)) } @else { (name(&group.code)) } }
                        td class="number" { (group.total.projects) }
                        td class="number" { (figure::amount(group.total.planned.as_ref())) }
                        td class="number" { (figure::amount(group.total.actual.as_ref())) }
                        td class="number" { @match group.total.rate { Some(rate) => { (rate) "%" } None => "—" } }
                    }
                }
            }
        }
    }
}

fn table(view: &View, page: &ProjectsPage<'_>) -> Markup {
    html! {
        table class="stack lines projects" id="list" {
            thead {
                tr {
                    th scope="col" { (view.say(words::NAME)) }
                    th scope="col" { (view.say(words::STATE)) }
                    th scope="col" class="number" { (page.year) " " (view.say(words::PLANNED)) }
                    th scope="col" class="number" { (view.say(words::ACTUAL)) }
                    th scope="col" { (view.say(words::RATE)) }
                    th scope="col" { (view.say(words::MILESTONES)) }
                    th scope="col" { (view.say(words::OWNER)) }
                }
            }
            tbody { @for line in page.lines { (row(view, line, page)) } }
        }
    }
}

fn row(view: &View, line: &ProjectLine<'_>, page: &ProjectsPage<'_>) -> Markup {
    let object = line.object;
    let year = line.progress.year(page.year);
    let planned = year.and_then(|year| year.planned.as_ref());
    let actual = year.and_then(|year| year.actual.as_ref());
    let rate = year.and_then(|year| year.rate.as_ref());
    let total = object.amount("total-investment");
    let blank = |there: bool| (!there).then_some("blank");
    html! {
        tr {
            th scope="row" {
                (super::name(view, object))
                small { (choice(view, "project", "level", object.value("level"))) @if let Some(total) = total { " · " span class="whole" { (view.say(words::TOTAL)) " " span lang="zh-CN" { (total) } } } }
                (super::indicator(view, object, page.frame.names))
            }
            td data-label=(view.say(words::STATE)) {
                (desk_plan::state(view, object.kind, &object.state))
                @if line.deadline.and_then(|deadline| deadline.overdue(page.frame.today)).is_some() {
                    div class="late-finish" { (figure::deadline(view, line.deadline, page.frame.today)) }
                }
                (figure::causes(view, &line.progress.stalled))
            }
            td class={ "number" @if planned.is_none() { " blank" } } data-label=(view.say(words::PLANNED)) { (figure::amount(planned)) }
            td class={ "number" @if actual.is_none() { " blank" } } data-label=(view.say(words::ACTUAL)) {
                (figure::amount(actual))
                @if let Some(through) = year.and_then(|year| year.through) { small { (view.say(words::THROUGH)) " " (pieces::day(through)) } }
            }
            td class=[blank(rate.is_some())] data-label=(view.say(words::RATE)) { @if let Some(rate) = rate { (figure::rate(view, rate)) } }
            td class=[blank(line.progress.milestones.all > 0)] data-label=(view.say(words::MILESTONES)) { (figure::milestones(view, line.progress.milestones)) }
            td data-label=(view.say(words::OWNER)) { (super::owner(view, object, page.frame.names)) }
        }
    }
}

fn bar<'a>(view: &View, line: &ProjectLine<'a>, frame: &ListFrame<'_>) -> Bar<'a> {
    let day = |field: &str| line.object.value(field).parse::<Day>().ok();
    Bar {
        object: line.object,
        start: day("start"),
        end: day("finish"),
        late: line.deadline.and_then(|deadline| deadline.overdue(frame.today)),
        milestones: line.milestones,
        said: super::owner(view, line.object, frame.names),
    }
}
