//! One region: what it belongs to and what belongs to it, where its targets stand, and how it compares with its
//! siblings.

use maud::{Markup, html};
use rust_decimal::Decimal;
use terms::{Day, Observation, Period, RegionPlace, Status, Unit};

use super::super::desk;
use super::super::layout::{self, Frame, Room};
use super::super::words::Word;
use super::super::{Address, View, icons, words as common};
use super::rank::signed;
use super::{link, number, sources, words};

/// An indicator of a region beside its siblings.
#[derive(Debug, Clone)]
pub struct RegionIndicator {
    /// Code of the indicator.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The time.
    pub period: Period,
    /// Its number in the unit.
    pub value: Decimal,
    /// The unit.
    pub unit: Unit,
    /// Its place, and among how many; of indicators that have a better side.
    pub rank: Option<(usize, usize)>,
    /// The simple mean of all siblings, itself included.
    pub mean: Option<Decimal>,
    /// Its number less the mean.
    pub against_mean: Option<Decimal>,
    /// The figures that its number rests on.
    pub inputs: Vec<Observation>,
}

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct RegionPage<'a> {
    /// The region.
    pub place: &'a RegionPlace,
    /// What it belongs to, the highest first.
    pub above: &'a [RegionPlace],
    /// What belongs to it.
    pub below: &'a [RegionPlace],
    /// The year of its targets, and how many indicators stand where; `None` where it has none.
    pub standings: Option<(i16, &'a [(Status, usize)])>,
    /// Its indicators beside its siblings, in the order of the catalogue.
    pub indicators: &'a [RegionIndicator],
    /// The day.
    pub as_of: Day,
    /// Today, the last day that may be asked for.
    pub today: Day,
}

/// The page `/regions/CODE`: `as_of` in its address.
pub fn region(view: &View, page: &RegionPage<'_>) -> String {
    let place = page.place;
    let day = (page.as_of != page.today).then_some(page.as_of);
    let body = html! {
        nav class="path" aria-label=(view.say(words::ABOVE)) {
            ol {
                li { a href=(view.link(Address::new("/regions"))) { (view.say(words::REGIONS)) } }
                @for above in page.above { li lang="zh-CN" { a href=(link(view, &above.code, day)) { (above.name) } } }
                li lang="zh-CN" aria-current="page" { (place.name) }
            }
        }
        h1 lang="zh-CN" { (place.name) }
        dl class="facts" {
            (fact(view, words::CODE, html! { code { (place.code) } }))
            (fact(view, words::TIER, html! { (view.say(words::tier(place.tier))) }))
            @if let Some(above) = page.above.last() {
                (fact(view, words::ABOVE, html! { a href=(link(view, &above.code, day)) lang="zh-CN" { (above.name) } }))
            }
        }
        form class="filter standing-filter" method="get" action={ "/regions/" (place.code) } {
            div class="field" {
                label for="as_of" { (view.say(words::AS_KNOWN_ON)) }
                input id="as_of" type="date" name="as_of" value=(page.as_of) max=(page.today);
            }
            button { (view.say(words::SHOW)) }
        }
        (standings(view, page, day))
        (siblings(view, page, day))
        (parts(view, page, day))
    };
    layout::page(view, Frame { title: &place.name, room: Room::Regions, about: None, body })
}

fn fact(view: &View, word: Word, value: Markup) -> Markup {
    html! { div { dt { (view.say(word)) } dd { (value) } } }
}

/// How many indicators stand where; each leads to these alone.
fn standings(view: &View, page: &RegionPage<'_>, day: Option<Day>) -> Markup {
    let list = || {
        Address::new("/indicators")
            .with("region", page.place.code.as_str())
            .with_some("as_of", day.map(|day| day.to_string()))
    };
    html! {
        section aria-labelledby="standings" {
            h2 id="standings" { @if let Some((year, _)) = page.standings { (year) " " } (view.say(words::STANDINGS)) }
            @match page.standings {
                None => p class="quiet" { (view.say(words::NO_TARGETS)) },
                Some((_, counts)) => ul class="tallies" {
                    @for (status, count) in counts {
                        li { a href=(view.link(list().with("status", status.as_str()))) {
                            span class={ "status st-" (status) } { (icons::status(*status)) (view.say(common::status(*status))) } " " b { (count) }
                        } }
                    }
                },
            }
        }
    }
}

fn siblings(view: &View, page: &RegionPage<'_>, day: Option<Day>) -> Markup {
    html! {
        section aria-labelledby="siblings" {
            h2 id="siblings" { (view.say(words::AGAINST_SIBLINGS)) }
            @if page.indicators.is_empty() { p class="quiet" { (view.say(words::NO_INDICATORS)) } }
            @else {
                table class="stack ranking" {
                    thead { tr {
                        th scope="col" { (view.say(words::INDICATOR)) }
                        th scope="col" { (view.say(words::PERIOD)) }
                        th scope="col" class="number" { (view.say(words::VALUE)) }
                        th scope="col" class="number" { (view.say(words::SIBLINGS_MEAN)) }
                        th scope="col" { (view.say(words::AGAINST_MEAN)) }
                        th scope="col" class="number" { (view.say(words::RANK)) }
                        th scope="col" { (view.say(words::SOURCE)) }
                    } }
                    tbody { @for one in page.indicators { (row(view, page, day, one)) } }
                }
            }
        }
    }
}

fn row(view: &View, page: &RegionPage<'_>, day: Option<Day>, one: &RegionIndicator) -> Markup {
    let as_of = day.map(|day| day.to_string());
    let figure = Address::of("/indicators", &one.code)
        .with("region", page.place.code.as_str())
        .with_some("as_of", as_of.clone());
    let ranking = page.place.parent.as_deref().map(|parent| {
        Address::new("/regions")
            .with("among", parent)
            .with("indicator", one.code.as_str())
            .with("period", one.period.to_string())
            .with_some("as_of", as_of)
    });
    html! {
        tr {
            th scope="row" { a href=(view.link(figure)) lang="zh-CN" { (one.name) } }
            td data-label=(view.say(words::PERIOD)) { (desk::period(one.period, view.language)) }
            td class="number" data-label=(view.say(words::VALUE)) { span class="figure" { (number(one.value)) (one.unit) } }
            td class="number" data-label=(view.say(words::SIBLINGS_MEAN)) { @match one.mean { Some(mean) => { (number(mean)) (one.unit) } None => "—" } }
            td data-label=(view.say(words::AGAINST_MEAN)) { @match one.against_mean { Some(apart) => (compared(view, apart, &one.unit)), None => "—" } }
            td class="number" data-label=(view.say(words::RANK)) {
                @match (one.rank, ranking) {
                    (Some((rank, of)), Some(ranking)) => a href=(view.link(ranking)) { (rank) "/" (of) },
                    (Some((rank, of)), None) => { (rank) "/" (of) },
                    (None, _) => "—",
                }
            }
            td class="source" data-label=(view.say(words::SOURCE)) { small { (sources(&one.inputs)) } }
        }
    }
}

/// How far a number is from the mean, in shape and word; higher is not said to be better.
fn compared(view: &View, apart: Decimal, unit: &Unit) -> Markup {
    let (sign, word) = match apart {
        _ if apart.is_zero() => ("=", words::EQUAL),
        _ if apart.is_sign_negative() => ("▽", words::LOWER),
        _ => ("△", words::HIGHER),
    };
    html! {
        span class="moved" { span aria-hidden="true" { (sign) } " " (view.say(word)) }
        @if !apart.is_zero() { " " (signed(apart)) span lang="zh-CN" { (if unit.as_str() == "%" { "个百分点" } else { unit.as_str() }) } }
    }
}

fn parts(view: &View, page: &RegionPage<'_>, day: Option<Day>) -> Markup {
    html! {
        section aria-labelledby="parts" {
            h2 id="parts" { (view.say(words::PARTS)) " " small { (page.below.len()) } }
            @if page.below.is_empty() { p class="quiet" { (view.say(words::NO_PARTS)) } }
            @else {
                ul class="parts" {
                    @for place in page.below { li { a href=(link(view, &place.code, day)) lang="zh-CN" { (place.name) } } }
                }
                p { a class="more" href=(view.link(Address::new("/regions").with("among", page.place.code.as_str()))) { (view.say(words::RANK_PARTS)) } }
            }
        }
    }
}
