//! One project, for whoever wants to know how it gets on.

use maud::{Markup, html};
use terms::{
    Day, Deadline, FieldKind, FundingTotal, InvestmentYear, PlanField, PlanObject, ProjectProgress,
    Quantity,
};

use super::super::desk::{PlanNames, pieces, plan as desk_plan};
use super::super::layout::{self, Frame};
use super::super::{Address, View};
use super::gantt::{self, Bar};
use super::{PlanListKind, choice, figure, photo, project_chart, words};

/// The page `/projects/{code}`.
#[derive(Debug, Clone, Copy)]
pub struct ProjectPage<'a> {
    /// Today.
    pub today: Day,
    /// The project.
    pub object: &'a PlanObject,
    /// The day on which it is to be finished.
    pub deadline: Option<Deadline>,
    /// How it gets on.
    pub progress: &'a ProjectProgress,
    /// Its milestones with their last days, by day.
    pub milestones: &'a [(&'a PlanObject, Option<Deadline>)],
    /// Its funds by kind.
    pub funding: &'a [FundingTotal],
    /// Its land.
    pub land: &'a [&'a PlanObject],
    /// Its changes, each with the difference that it makes.
    pub changes: &'a [(&'a PlanObject, Option<Quantity>)],
    /// Problems that are about it, with their last days.
    pub problems: &'a [(&'a PlanObject, Option<Deadline>)],
    /// What codes are called.
    pub names: &'a PlanNames,
    /// Whether the visitor may write something of it.
    pub may_edit: bool,
}

/// Fields that stand in a place of their own, or in no list of facts.
const APART: &[&str] =
    &["name", "progress", "indicator", "source", "department", "person", "region"];

/// The page `/projects/{code}`.
pub fn project(view: &View, page: &ProjectPage<'_>) -> String {
    let object = page.object;
    let list = PlanListKind::Projects;
    let title = desk_plan::title(object);
    let edit = desk_plan::object_address(object.kind.code, &object.code);
    let body = html! {
        nav class="path" aria-label=(view.say(list.word())) {
            ol { li { a href=(view.link(Address::new(list.path()))) { (view.say(list.word())) } } li { (object.code) } }
        }
        div class="with-tools" {
            h1 lang="zh-CN" { (title) }
            p class="downloads" {
                @if page.may_edit { a href=(view.link(edit.clone())) { (view.say(words::EDIT)) } }
                a href=(view.link(edit.then("history"))) { (view.say(words::HISTORY)) }
            }
        }
        div class="project-head" {
            (desk_plan::state(view, object.kind, &object.state))
            span { (choice(view, "project", "level", object.value("level"))) }
            span { (super::owner(view, object, page.names)) }
            span lang="zh-CN" { (pieces::region(&page.names.regions, &object.region)) }
            @if let Some(late) = page.deadline.and_then(|deadline| deadline.overdue(page.today)) {
                span class="status st-missed" { (super::super::desk::shapes::punctuality(terms::Punctuality::Overdue)) (words::overdue(late, view.language)) }
            }
        }
        @if !page.progress.stalled.is_empty() {
            section class="trouble stall" aria-labelledby="stalls" { h2 id="stalls" { (view.say(words::STALLS)) } (figure::causes(view, &page.progress.stalled)) }
        }
        @if !object.value("progress").is_empty() {
            p class="project-progress" lang="zh-CN" { span class="label" { (view.say(words::PROGRESS)) } " " (object.value("progress")) }
        }
        div class="project-grid" {
            (money(view, page))
            (facts(view, page))
        }
        (milestones(view, page))
        (problems(view, page))
        (funds(view, page))
        (changes(view, page))
        (land(view, page))
        (photo::section(view, object))
    };
    layout::page(view, Frame { title: &title, room: list.room(), about: None, body })
}

fn facts(view: &View, page: &ProjectPage<'_>) -> Markup {
    let object = page.object;
    let filled = |field: &&PlanField| {
        !APART.contains(&field.code)
            && field.code != "level"
            && !object.value(field.code).is_empty()
    };
    let (indicator, source) = (object.value("indicator"), object.value("source"));
    html! {
        section {
            h2 { (view.say(words::FACTS)) }
            dl class="fields" {
                @for field in object.kind.fields.iter().filter(filled) {
                    div {
                        dt { (super::field_name(view, field)) }
                        dd class=[matches!(field.kind, FieldKind::Text).then_some("prose")] lang="zh-CN" { (object.value(field.code)) }
                    }
                }
                @if !indicator.is_empty() {
                    div { dt { (view.say(words::INDICATOR)) } dd { a href=(view.link(Address::of("/indicators", indicator))) lang="zh-CN" { (pieces::name(&page.names.indicators, indicator)) } } }
                }
                @if !source.is_empty() {
                    div { dt { (view.say(words::SOURCE_STATEMENT)) } dd { a href=(view.link(Address::of("/statements", source))) { (source) } } }
                }
            }
        }
    }
}

/// What was planned and made in each year, as table and picture.
fn money(view: &View, page: &ProjectPage<'_>) -> Markup {
    let years = &page.progress.years;
    let current = page.progress.year(page.today.year()).or(years.last());
    html! {
        section class="money" {
            h2 { (view.say(words::MONEY)) }
            @if years.is_empty() { p class="quiet" { (view.say(words::NO_MONEY)) } }
            @else {
                @if let Some(rate) = current.and_then(|year| year.rate.as_ref()) {
                    div class="money-now" {
                        p class="sum-value" { (rate.rate) "%" }
                        div {
                            p { @if let Some(year) = current { (year.year) " " } (view.say(words::RATE)) " · " (figure::pace(view, rate.pace)) }
                            p { (figure::bar(rate.rate, rate.elapsed)) " " (view.say(words::ELAPSED)) " " (rate.elapsed) "% · " (view.say(words::THROUGH)) " " (pieces::day(rate.on)) " · " (words::ahead(rate.ahead, view.language)) }
                        }
                    }
                }
                div class="wide-table" tabindex="0" role="group" aria-label=(view.say(words::MONEY)) {
                    table {
                        thead {
                            tr {
                                th scope="col" { (view.say(words::YEAR)) }
                                th scope="col" class="number" { (view.say(words::PLANNED)) }
                                th scope="col" class="number" { (view.say(words::ACTUAL)) }
                                th scope="col" class="number" { (view.say(words::RATE)) }
                                th scope="col" class="number" { (view.say(words::CUMULATIVE)) }
                                th scope="col" { (view.say(words::THROUGH_HEAD)) }
                            }
                        }
                        tbody { @for year in years { (money_row(view, year)) } }
                    }
                }
                (project_chart::chart(view, years).unwrap_or_default())
            }
        }
    }
}

fn money_row(view: &View, year: &InvestmentYear) -> Markup {
    let source = desk_plan::object_address("project-year", &year.code);
    html! {
        tr {
            th scope="row" { a href=(view.link(source)) { (year.year) } }
            td class="number" { (figure::amount(year.planned.as_ref())) }
            td class="number" { (figure::amount(year.actual.as_ref())) }
            td class="number" { @if let Some(rate) = &year.rate { span class="figure" { (rate.rate) "%" } } }
            td class="number" { (figure::amount(year.cumulative.as_ref())) }
            td { @if let Some(through) = year.through { (pieces::day(through)) } }
        }
    }
}

fn milestones(view: &View, page: &ProjectPage<'_>) -> Markup {
    let all: Vec<&PlanObject> = page.milestones.iter().map(|(own, _)| *own).collect();
    let day = |field: &str| page.object.value(field).parse::<Day>().ok();
    let bar = Bar {
        object: page.object,
        start: day("start"),
        end: day("finish"),
        late: page.deadline.and_then(|deadline| deadline.overdue(page.today)),
        milestones: &all,
        said: html! {},
    };
    html! {
        section {
            h2 {
                (view.say(words::MILESTONES))
                @if page.progress.milestones.all > 0 { " " span class="tally" { (page.progress.milestones.reached) "/" (page.progress.milestones.all) } }
            }
            (gantt::strip(view, &bar, page.today))
            @if !page.milestones.is_empty() {
                ol class="milestones" {
                    @for (own, deadline) in page.milestones {
                        li {
                            span class="milestone-day" { (figure::deadline(view, *deadline, page.today)) }
                            a href=(view.link(desk_plan::object_address(own.kind.code, &own.code))) lang="zh-CN" { (desk_plan::title(own)) }
                            span class="milestone-state" {
                                (desk_plan::state(view, own.kind, &own.state))
                                @if !own.value("done-on").is_empty() { small { (view.say(words::DONE_ON)) " " (own.value("done-on")) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn problems(view: &View, page: &ProjectPage<'_>) -> Markup {
    html! {
        @if !page.problems.is_empty() {
            section {
                h2 { (view.say(words::LINKED_PROBLEMS)) " " span class="tally" { (page.problems.len()) } }
                ul class="linked" {
                    @for (own, deadline) in page.problems {
                        li {
                            a href=(view.link(super::address_of(own))) lang="zh-CN" { (desk_plan::title(own)) }
                            (desk_plan::state(view, own.kind, &own.state))
                            span { (figure::deadline(view, *deadline, page.today)) }
                        }
                    }
                }
            }
        }
    }
}

fn funds(view: &View, page: &ProjectPage<'_>) -> Markup {
    html! {
        @if !page.funding.is_empty() {
            section {
                h2 { (view.say(words::FUNDS)) }
                div class="wide-table" tabindex="0" role="group" aria-label=(view.say(words::FUNDS)) {
                    table {
                        thead {
                            tr {
                                th scope="col" { (view.say(words::KIND_OF_FUNDS)) }
                                th scope="col" class="number" { (view.say(words::REQUESTED)) }
                                th scope="col" class="number" { (view.say(words::ISSUED)) }
                                th scope="col" class="number" { (view.say(words::PAID)) }
                            }
                        }
                        tbody {
                            @for own in page.funding {
                                tr {
                                    th scope="row" { (choice(view, "funding", "source", &own.source)) }
                                    td class="number" { (figure::amount(own.requested.as_ref())) }
                                    td class="number" { (figure::amount(own.issued.as_ref())) }
                                    td class="number" { (figure::amount(own.paid.as_ref())) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn changes(view: &View, page: &ProjectPage<'_>) -> Markup {
    html! {
        @if !page.changes.is_empty() {
            section {
                h2 { (view.say(words::CHANGES)) " " span class="tally" { (page.changes.len()) } }
                div class="wide-table" tabindex="0" role="group" aria-label=(view.say(words::CHANGES)) {
                    table {
                        thead {
                            tr {
                                th scope="col" { (view.say(words::REASON)) }
                                th scope="col" class="number" { (view.say(words::BEFORE)) }
                                th scope="col" class="number" { (view.say(words::AFTER)) }
                                th scope="col" class="number" { (view.say(words::DIFFERENCE)) }
                                th scope="col" { (view.say(words::STATE)) }
                                th scope="col" { (view.say(words::APPROVED_BY)) }
                            }
                        }
                        tbody {
                            @for (own, difference) in page.changes {
                                tr {
                                    th scope="row" {
                                        a href=(view.link(desk_plan::object_address(own.kind.code, &own.code))) lang="zh-CN" { (own.value("reason")) }
                                        small { (own.code) }
                                    }
                                    td class="number" { (figure::amount(own.amount("before").as_ref())) }
                                    td class="number" { (figure::amount(own.amount("after").as_ref())) }
                                    td class="number" { @if let Some(difference) = difference { span class="figure" lang="zh-CN" { @if !difference.amount.is_sign_negative() { "+" } (difference) } } }
                                    td { (desk_plan::state(view, own.kind, &own.state)) }
                                    td lang="zh-CN" { (own.value("approved-by")) @if !own.value("day").is_empty() { small { (own.value("day")) } } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn land(view: &View, page: &ProjectPage<'_>) -> Markup {
    html! {
        @if !page.land.is_empty() {
            section {
                h2 { (view.say(words::LAND)) }
                div class="wide-table" tabindex="0" role="group" aria-label=(view.say(words::LAND)) {
                    table {
                        thead {
                            tr {
                                th scope="col" { (view.say(words::LAND)) }
                                th scope="col" class="number" { (view.say(words::REQUESTED)) }
                                th scope="col" class="number" { (view.say(words::GRANTED)) }
                                th scope="col" { (view.say(words::DAY)) }
                                th scope="col" { (view.say(words::STATE)) }
                            }
                        }
                        tbody {
                            @for own in page.land {
                                tr {
                                    th scope="row" { a href=(view.link(desk_plan::object_address(own.kind.code, &own.code))) { (choice(view, "land", "kind", own.value("kind"))) } }
                                    td class="number" lang="zh-CN" { (own.value("requested")) }
                                    td class="number" lang="zh-CN" { (own.value("granted")) }
                                    td { (own.value("day")) }
                                    td { (desk_plan::state(view, own.kind, &own.state)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
