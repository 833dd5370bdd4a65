//! The regions below one, by an indicator: what is asked, and one of the ways to look at the answer.

use maud::{Markup, html};
use rust_decimal::Decimal;
use terms::Facet;

use super::super::desk;
use super::super::layout::{self, Frame, Room};
use super::super::words::{Language, Word};
use super::super::{Address, View};
use super::{
    Moved, RankedRegion, RegionsPage, Show, Whole, length, link, map, number, percent, series,
    sources, tree, words,
};

/// The page `/regions`: `among`, `indicator`, `facet`, `period`, `as_of`, `show` and `scale` in its address; `None`
/// where no region has parts with figures.
pub fn regions(view: &View, page: Option<&RegionsPage<'_>>) -> String {
    let title = view.say(words::REGIONS);
    let body = match page {
        None => html! {
            h1 { (title) }
            div class="none" {
                p { b { (view.say(words::NONE)) } }
                p { (view.say(words::NONE_HINT)) }
            }
        },
        Some(page) => html! {
            (path(view, page))
            h1 { (heading(view, page)) }
            p class="quiet" {
                span lang="zh-CN" { (page.indicator.name) } " · " (view.say(facet(page.facet))) " · "
                (desk::period(page.period, view.language)) " · "
                (view.say(words::AS_KNOWN_ON)) " " time datetime=(page.as_of) { (page.as_of) }
            }
            (question(view, page))
            @if let Some(unheard) = page.unheard {
                p role="status" {
                    (view.say(words::NOT_THEN)) " " (desk::period(unheard, view.language)) " · " (view.say(words::SHOWN_IS)) " "
                    (desk::period(page.period, view.language))
                }
            }
            (ways(view, page))
            @match page.show {
                Show::Ranking => (ranking(view, page)),
                Show::Map => (map::map(view, page)),
                Show::Series => (series::multiples(view, page)),
                Show::Tree => (tree::tree(view, page)),
            }
        },
    };
    layout::page(view, Frame { title, room: Room::Regions, about: None, body })
}

fn heading(view: &View, page: &RegionsPage<'_>) -> Markup {
    let name = html! { span lang="zh-CN" { (page.among.name) } };
    html! {
        @match view.language {
            Language::Chinese => { (name) "各下级地区" },
            Language::English => { "The parts of " (name) },
        }
    }
}

/// What the region above belongs to.
fn path(view: &View, page: &RegionsPage<'_>) -> Markup {
    html! {
        nav class="path" aria-label=(view.say(words::ABOVE)) {
            ol {
                @for place in page.above { li lang="zh-CN" { a href=(link(view, &place.code, None)) { (place.name) } } }
                li lang="zh-CN" { a href=(link(view, &page.among.code, None)) { (page.among.name) } }
            }
        }
    }
}

pub(super) fn facet(facet: Facet) -> Word {
    match facet {
        Facet::Level => words::LEVEL,
        Facet::Growth => words::GROWTH,
    }
}

/// What is asked, as a form that needs no script.
fn question(view: &View, page: &RegionsPage<'_>) -> Markup {
    html! {
        form class="filter standing-filter" method="get" action="/regions" {
            @if page.choices.len() > 1 {
                div class="field" {
                    label for="among" { (view.say(words::AMONG)) }
                    select id="among" name="among" {
                        @for place in page.choices {
                            option value=(place.code) selected[place.code == page.among.code] lang="zh-CN" { (place.name) }
                        }
                    }
                }
            } @else {
                input type="hidden" name="among" value=(page.among.code);
            }
            div class="field" {
                label for="indicator" { (view.say(words::INDICATOR)) }
                select id="indicator" name="indicator" {
                    @for known in page.indicators {
                        option value=(known.code) selected[known.code == page.indicator.code] lang="zh-CN" { (known.name) }
                    }
                }
            }
            div class="field short" {
                label for="facet" { (view.say(words::FACET)) }
                select id="facet" name="facet" {
                    @for one in Facet::ALL { option value=(one) selected[*one == page.facet] { (view.say(facet(*one))) } }
                }
            }
            div class="field" {
                label for="period" { (view.say(words::PERIOD)) }
                select id="period" name="period" {
                    @for period in page.periods {
                        option value=(period) selected[*period == page.period] { (desk::period(*period, view.language)) }
                    }
                }
            }
            div class="field" {
                label for="as_of" { (view.say(words::AS_KNOWN_ON)) }
                input id="as_of" type="date" name="as_of" value=(page.as_of) max=(page.today);
            }
            @if page.show != Show::default() { input type="hidden" name="show" value=(page.show.as_str()); }
            button { (view.say(words::SHOW)) }
        }
    }
}

fn ways(view: &View, page: &RegionsPage<'_>) -> Markup {
    html! {
        nav class="ways-to-look" aria-label=(view.say(words::VIEWS)) {
            ul class="tallies" {
                @for show in Show::ALL.into_iter().filter(|show| *show != Show::Map || !page.found.boundaries.is_empty()) {
                    li { a href=(view.link(page.shown(show))) aria-current=[(page.show == show).then_some("page")] { (view.say(show.word())) } }
                }
            }
        }
    }
}

fn ranking(view: &View, page: &RegionsPage<'_>) -> Markup {
    let found = page.found;
    let order = match found.lowest_first {
        Some(true) => words::LOW_FIRST,
        _ => words::HIGH_FIRST,
    };
    html! {
        @if let Some(whole) = &found.whole { (come_to(view, whole)) }
        div class="with-tools" {
            p class="quiet" {
                (view.say(order))
                @if let Some(against) = found.against { " · " (view.say(words::AGAINST)) " " (desk::period(against, view.language)) }
            }
            (download(view, page))
        }
        @if found.regions.is_empty() { p class="none" { (view.say(words::NO_SERIES)) } }
        @else { (table(view, page)) }
        @if !found.unranked.is_empty() {
            h2 { (view.say(words::NOT_RANKED)) " " small { (found.unranked.len()) } }
            ul class="unranked" {
                @for (place, why) in &found.unranked {
                    li { a href=(link(view, &place.code, None)) lang="zh-CN" { (place.name) } " " span class="quiet" lang="zh-CN" { (why) } }
                }
            }
        }
        (notes(view, page))
    }
}

fn notes(view: &View, page: &RegionsPage<'_>) -> Markup {
    let found = page.found;
    html! {
        @if !found.remarks.is_empty() || found.lowest_first.is_none() {
            section class="quiet" {
                h2 { (view.say(words::NOTES)) }
                ul {
                    @if found.lowest_first.is_none() { li { (view.say(words::WITHIN)) } }
                    @for remark in &found.remarks { li lang="zh-CN" { (remark) } }
                }
            }
        }
    }
}

fn download(view: &View, page: &RegionsPage<'_>) -> Markup {
    html! {
        p class="downloads" {
            span class="label" { (view.say(words::DOWNLOAD)) }
            " " a href=(page.address("/regions.csv")) download { "CSV" }
        }
    }
}

/// What the regions come to, beside what is published for the region above.
fn come_to(view: &View, whole: &Whole) -> Markup {
    let fact = |word: Word, value: Markup| html! { div { dt { (view.say(word)) } dd { (value) } } };
    let unit = &whole.unit;
    html! {
        dl class="facts come-to" {
            @if let Some(value) = whole.value {
                (fact(words::SUM_OF_PARTS, html! { b { (number(value)) (unit) } " " small lang="zh-CN" { (whole.method) } }))
            }
            (fact(words::COVERAGE, html! { (whole.present) "/" (whole.all) }))
            @if let Some(official) = &whole.official {
                (fact(words::WHOLE, html! {
                    b { @match &official.value { Some(value) => { (value) (official.unit) } None => "—" } }
                    " " small { (sources(std::slice::from_ref(official))) }
                }))
            }
            @if let Some((difference, share)) = whole.gap {
                (fact(words::GAP, html! {
                    b { (signed(difference)) (unit) }
                    @if let Some(share) = share { " " small { (signed(share.round_dp(2))) "%" } }
                }))
            }
            @if let Some(growth) = whole.growth { (fact(words::GROWTH_OF_SUM, html! { (percent(growth)) })) }
        }
    }
}

/// A number with its sign, as people read it.
pub(super) fn signed(value: Decimal) -> String {
    let plain = number(value.abs());
    match value {
        _ if value.is_zero() => plain,
        _ if value.is_sign_negative() => format!("−{plain}"),
        _ => format!("+{plain}"),
    }
}

fn table(view: &View, page: &RegionsPage<'_>) -> Markup {
    let found = page.found;
    let shares = found.regions.iter().any(|one| one.share.is_some());
    let growths = found.regions.iter().any(|one| one.growth.is_some());
    let longest = found.regions.iter().map(|one| one.value.abs()).max().unwrap_or_default();
    html! {
        table class="stack ranking" {
            caption class="unseen" { (heading(view, page)) }
            thead { tr {
                th scope="col" class="number" { (view.say(words::RANK)) }
                th scope="col" { (view.say(words::MOVED)) }
                th scope="col" { (view.say(words::REGION)) }
                th scope="col" class="number" { (view.say(words::VALUE)) "（" span lang="zh-CN" { (found.unit) } "）" }
                td class="bar" {}
                @if growths { th scope="col" class="number" { (view.say(words::GROWTH)) } }
                @if shares { th scope="col" class="number" { (view.say(words::SHARE)) } }
                th scope="col" { (view.say(words::SOURCE)) }
            } }
            tbody {
                @for one in &found.regions { (row(view, page, one, (longest, growths, shares))) }
            }
        }
    }
}

fn row(
    view: &View,
    page: &RegionsPage<'_>,
    one: &RankedRegion,
    (longest, growths, shares): (Decimal, bool, bool),
) -> Markup {
    let day = (page.as_of != page.today).then_some(page.as_of);
    let or_none = |value: Option<Decimal>| value.map_or("—".to_owned(), percent);
    html! {
        tr id={ "r-" (one.place.code) } {
            td class="number rank" data-label=(view.say(words::RANK)) { (one.rank) }
            td data-label=(view.say(words::MOVED)) { (moved(view, one.moved)) }
            th scope="row" { a href=(link(view, &one.place.code, day)) lang="zh-CN" { (one.place.name) } }
            td class="number" data-label=(view.say(words::VALUE)) {
                a class="figure" href=(view.link(figure(page, &one.place.code))) { (number(one.value)) }
                @if one.provisional { " " small { (view.say(words::PROVISIONAL)) } }
            }
            td class="bar" { (bar(one.value, longest)) }
            @if growths { td class="number" data-label=(view.say(words::GROWTH)) { (or_none(one.growth)) } }
            @if shares { td class="number" data-label=(view.say(words::SHARE)) { (or_none(one.share)) } }
            td class="source" data-label=(view.say(words::SOURCE)) { small { (sources(&one.inputs)) } }
        }
    }
}

/// Where the figure of a region stands with all its publications.
pub(super) fn figure(page: &RegionsPage<'_>, code: &str) -> Address {
    Address::of("/indicators", &page.indicator.code)
        .with("region", code)
        .with_some("as_of", (page.as_of != page.today).then(|| page.as_of.to_string()))
}

/// How long a number is beside the longest; the number itself stands before it.
fn bar(value: Decimal, longest: Decimal) -> Markup {
    html! {
        svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect class=(if value.is_sign_negative() { "below" } else { "above" }) x="0" y="0" width=(length(value, longest)) height="8" {}
        }
    }
}

/// How a place moved, in shape and word.
fn moved(view: &View, moved: Moved) -> Markup {
    let (class, sign, word, by) = match moved {
        Moved::Up(by) => ("up", "↑", words::UP, Some(by)),
        Moved::Down(by) => ("down", "↓", words::DOWN, Some(by)),
        Moved::Same => ("same", "→", words::SAME, None),
        Moved::New => ("new", "＋", words::ENTERED, None),
    };
    html! {
        span class={ "moved " (class) } {
            span aria-hidden="true" { (sign) } " " (view.say(word)) @if let Some(by) = by { " " (by) }
        }
    }
}
