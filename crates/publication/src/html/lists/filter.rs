//! What stands around the lines of a list: filters and how to undo them, views, orders, files, pages.

use maud::{Markup, html};

use super::super::View;
use super::super::desk::{pieces, plan as desk_plan};
use super::super::words::{Language, Word};
use super::asked::file_address;
use super::{ListAsked, ListFrame, ListView, PlanListKind, choice, list_address, words};

fn to(view: &View, frame: &ListFrame<'_>, asked: &ListAsked) -> String {
    view.link(list_address(frame.list, asked))
}

/// What was just moved, and where it stands now.
pub(super) fn moved(view: &View, frame: &ListFrame<'_>) -> Markup {
    html! {
        @if let Some(object) = frame.moved {
            p class="done" role="status" {
                a href=(view.link(super::address_of(object))) lang="zh-CN" { (desk_plan::title(object)) }
                " " (view.say(words::MOVED)) " " (desk_plan::state(view, object.kind, &object.state))
            }
        }
    }
}

/// The ways to look at the list, files of it, and the way to add.
pub(super) fn tools(view: &View, frame: &ListFrame<'_>) -> Markup {
    html! {
        div class="list-tools" {
            nav class="views" aria-label=(view.say(words::LOOK)) {
                @for way in frame.list.views() {
                    @let asked = ListAsked { view: *way, ..frame.asked.clone() };
                    a href=(to(view, frame, &asked)) aria-current=[(*way == frame.asked.view).then_some("true")] { (view.say(way.word())) }
                }
            }
            @if frame.may_add {
                a class="button" href=(view.link(super::desk_address(frame.list).then("new"))) { (view.say(words::ADD)) }
                a href=(view.link(super::desk_address(frame.list))) { (view.say(words::EDIT)) }
            }
        }
    }
}

/// How many stand in each state, each leading to these alone, and how many are overdue.
pub(super) fn tallies(view: &View, frame: &ListFrame<'_>) -> Markup {
    let with =
        |state: Option<&str>| ListAsked { state: state.map(str::to_owned), ..frame.asked.clone() };
    let sum: usize = frame.states.iter().map(|(_, count)| count).sum();
    let Some(kind) = frame.kind() else { return html! {} };
    html! {
        ul class="tallies states" aria-label=(view.say(words::STATE)) {
            li {
                a href=(to(view, frame, &with(None))) aria-current=[frame.asked.state.is_none().then_some("true")] {
                    (view.say(words::ANY)) " " b { (sum) }
                }
            }
            @for (state, count) in frame.states {
                @let asked = frame.asked.state.as_deref() == Some(state.code);
                @if *count > 0 || asked {
                    li {
                        a href=(to(view, frame, &with(Some(state.code)))) aria-current=[asked.then_some("true")] {
                            (desk_plan::state(view, kind, state.code)) " " b { (count) }
                        }
                    }
                }
            }
            @if frame.late > 0 || frame.asked.late {
                li {
                    a href=(to(view, frame, &ListAsked { late: true, ..frame.asked.clone() })) aria-current=[frame.asked.late.then_some("true")] {
                        (super::figure::late_word(view)) " " b { (frame.late) }
                    }
                }
            }
        }
    }
}

/// The filters as a form that needs no script; a script folds them on narrow screens.
pub(super) fn form(view: &View, frame: &ListFrame<'_>) -> Markup {
    let asked = frame.asked;
    let text = asked.text.as_deref().unwrap_or_default();
    let levels = ["province", "city", "county"]
        .map(|level| (level, choice(view, "project", "level", level)));
    html! {
        form class="search list-filter" method="get" action=(frame.list.path()) role="search" {
            @if view.language != Language::default() { input type="hidden" name="lang" value=(view.language.as_str()); }
            @if asked.view != ListView::default() { input type="hidden" name="view" value=(asked.view.as_str()); }
            @if let Some(state) = &asked.state { input type="hidden" name="state" value=(state); }
            @if let Some(order) = asked.order { input type="hidden" name="sort" value=(order.as_str()); }
            details class="filters" open {
            summary { (view.say(words::FILTERS)) }
            div class="filter-grid" {
                div class="field" {
                    label for="q" { (view.say(words::SEARCH)) }
                    input type="search" id="q" name="q" value=(text) autocomplete="off";
                }
                (select(view, "department", words::OWNER, words::ANY_DEPARTMENT, asked.department.as_deref(), frame.departments.iter().map(|own| (own.code.as_str(), own.name.as_str(), true))))
                @if frame.list == PlanListKind::Projects {
                    (select(view, "level", words::LEVEL, words::ANY_LEVEL, asked.level.as_deref(),
                        levels.iter().map(|(level, name)| (*level, name.as_str(), false))))
                }
                @if frame.regions.len() > 1 || asked.region.is_some() {
                    (select(view, "region", words::REGION, words::ANY_REGION, asked.region.as_deref(), frame.regions.iter().map(|code| (code.as_str(), pieces::region(&frame.names.regions, code), true))))
                }
                @if !frame.indicators.is_empty() || asked.indicator.is_some() {
                    (select(view, "indicator", words::INDICATOR, words::ANY_INDICATOR, asked.indicator.as_deref(), frame.indicators.iter().map(|code| (code.as_str(), pieces::name(&frame.names.indicators, code), true))))
                }
                (years(view, frame))
                div class="field check" {
                    input type="checkbox" id="late" name="late" value="1" checked[asked.late];
                    label for="late" { (view.say(words::ONLY_LATE)) }
                }
                @if frame.list == PlanListKind::Projects {
                    div class="field check" {
                        input type="checkbox" id="stalled" name="stalled" value="1" checked[asked.stalled];
                        label for="stalled" { (view.say(words::ONLY_STALLED)) }
                    }
                }
                div class="acts" { button { (view.say(words::FILTER)) } }
            }
            }
        }
    }
}

/// A choice; names that come from the ledger are Chinese.
fn select<'a>(
    view: &View,
    name: &str,
    label: Word,
    any: Word,
    chosen: Option<&str>,
    options: impl Iterator<Item = (&'a str, &'a str, bool)>,
) -> Markup {
    let options: Vec<_> = options.collect();
    let known = chosen.is_none_or(|chosen| options.iter().any(|(code, ..)| *code == chosen));
    html! {
        div class="field" {
            label for=(name) { (view.say(label)) }
            select id=(name) name=(name) {
                option value="" { (view.say(any)) }
                @for (code, words, chinese) in &options {
                    option value=(code) selected[chosen == Some(code)] lang=[chinese.then_some("zh-CN")] { (words) }
                }
                @if let (false, Some(code)) = (known, chosen) { option value=(code) selected { (code) } }
            }
        }
    }
}

fn years(view: &View, frame: &ListFrame<'_>) -> Markup {
    let years: Vec<String> = frame.years.iter().map(i16::to_string).collect();
    let chosen = frame.asked.year.map(|year| year.to_string());
    html! {
        @if years.len() > 1 || chosen.is_some() {
            (select(view, "year", words::YEAR, words::ANY_YEAR, chosen.as_deref(), years.iter().map(|year| (year.as_str(), year.as_str(), false))))
        }
    }
}

/// Every filter that is set, each with a way to undo it alone.
pub(super) fn chips(view: &View, frame: &ListFrame<'_>) -> Markup {
    let (asked, names) = (frame.asked, frame.names);
    let mut chips: Vec<(Word, String, ListAsked)> = Vec::new();
    let mut chip = |word, shown: Option<String>, undone: ListAsked| {
        chips.extend(shown.map(|shown| (word, shown, undone)));
    };
    let name = |names: &pieces::Names, code: &Option<String>| {
        code.as_deref().map(|code| pieces::name(names, code).to_owned())
    };
    let own = || asked.clone();
    chip(words::TEXT, asked.text.clone(), ListAsked { text: None, ..own() });
    let state = asked.state.as_deref().and_then(|state| frame.kind()?.state(state));
    let state = state.map(|state| super::state_name(view, state));
    chip(words::STATE, state, ListAsked { state: None, ..own() });
    let department = name(&names.departments, &asked.department);
    chip(words::OWNER, department, ListAsked { department: None, ..own() });
    let level = asked.level.as_deref();
    let level = level.map(|level| choice(view, "project", "level", level));
    chip(words::LEVEL, level, ListAsked { level: None, ..own() });
    let region = asked.region.as_deref();
    let region = region.map(|code| pieces::region(&names.regions, code).to_owned());
    chip(words::REGION, region, ListAsked { region: None, ..own() });
    let indicator = name(&names.indicators, &asked.indicator);
    chip(words::INDICATOR, indicator, ListAsked { indicator: None, ..own() });
    let year = asked.year.map(|year| year.to_string());
    chip(words::YEAR, year, ListAsked { year: None, ..own() });
    let only = |asked: bool, word| asked.then(|| view.say(word).to_owned());
    chip(words::DUE, only(asked.late, words::LATE), ListAsked { late: false, ..own() });
    chip(words::PACE, only(asked.stalled, words::STALLED), ListAsked { stalled: false, ..own() });
    html! {
        @if !chips.is_empty() {
            ul class="filters-set" aria-label=(view.say(words::FILTERS_SET)) {
                @for (word, shown, undone) in &chips {
                    li {
                        a href=(to(view, frame, undone)) {
                            span class="label" { (view.say(*word)) " " } span lang="zh-CN" { (shown) }
                            span class="cross" aria-hidden="true" { "×" }
                            span class="unseen" { " " (view.say(words::UNDO)) }
                        }
                    }
                }
                @if chips.len() > 1 {
                    li { a class="all" href=(to(view, frame, &asked.unfiltered())) { (view.say(words::UNDO_ALL)) } }
                }
            }
        }
    }
}

/// How many were found, in which order, and the files.
pub(super) fn line(view: &View, frame: &ListFrame<'_>) -> Markup {
    let order = frame.asked.order.or_else(|| frame.list.orders().first().copied());
    html! {
        div class="with-tools list-line" {
            p class="found" role="status" { (words::found(frame.found, frame.all, view.language)) }
            @if frame.asked.view != ListView::Board {
                nav class="orders" aria-label=(view.say(words::SORTED_BY)) {
                    span class="label" { (view.say(words::SORTED_BY)) }
                    @for own in frame.list.orders() {
                        @let asked = ListAsked { order: Some(*own), ..frame.asked.clone() };
                        a href=(to(view, frame, &asked)) aria-current=[(order == Some(*own)).then_some("true")] { (view.say(own.word())) }
                    }
                }
            }
            p class="downloads" {
                @if frame.asked.view == ListView::Table && frame.found > 0 {
                    button type="button" class="copy" data-copy="#list" data-copied=(view.say(words::COPIED)) hidden { (view.say(words::COPY)) }
                    span class="copied" role="status" {}
                }
                a href=(view.link(file_address(frame.list, frame.asked))) download { (view.say(words::CSV)) }
            }
        }
    }
}

/// That there is nothing, and what to do about it.
pub(super) fn none(view: &View, frame: &ListFrame<'_>) -> Markup {
    let nothing = match frame.list {
        PlanListKind::Tasks => words::NO_TASKS,
        PlanListKind::Projects => words::NO_PROJECTS,
        PlanListKind::Problems => words::NO_PROBLEMS,
    };
    html! {
        div class="none" {
            @if frame.all == 0 {
                p { b { (view.say(nothing)) } }
                p { (view.say(words::NONE_HINT)) }
                @if frame.may_add {
                    p { a class="button" href=(view.link(super::desk_address(frame.list).then("new"))) { (view.say(words::ADD)) } }
                }
            } @else {
                p { b { (view.say(words::NONE_MATCH)) } }
                p { (view.say(words::NONE_MATCH_HINT)) }
                @if frame.asked.is_filtered() {
                    p { a href=(to(view, frame, &frame.asked.unfiltered())) { (view.say(words::UNDO_ALL)) } }
                }
            }
        }
    }
}

/// The ways to other pages of the list.
pub(super) fn pages(view: &View, frame: &ListFrame<'_>) -> Markup {
    let to = |number: usize| {
        let number = (number > 1).then(|| number.to_string());
        view.link(list_address(frame.list, frame.asked).with_some("page", number))
    };
    html! {
        @if frame.pages > 1 {
            nav class="pages" aria-label=(view.say(words::PAGES)) {
                @if frame.page > 1 { a rel="prev" href=(to(frame.page - 1)) { (view.say(words::PREVIOUS)) } }
                span { (frame.page) " / " (frame.pages) }
                @if frame.page < frame.pages { a rel="next" href=(to(frame.page + 1)) { (view.say(words::NEXT)) } }
            }
        }
    }
}
