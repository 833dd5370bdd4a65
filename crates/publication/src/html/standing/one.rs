//! The page of an indicator: its targets and where they stand, its course, its figures with every revision, and what it
//! means.

use maud::{Markup, html};
use rust_decimal::Decimal;
use terms::{
    AssessedStatement, Day, DocumentAssessment, Facet, Indicator, IndicatorStanding, Observation,
    Series, Standing, TargetFacet, Unit,
};

use super::super::desk::{self, Names};
use super::super::layout::{self, Frame, Room};
use super::super::{Address, View, words as common};
use super::chart::{Course, chart};
use super::told::told;
use super::{Asked, asked_for, chance, status, words};

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct IndicatorPage<'a> {
    /// The indicator.
    pub indicator: &'a Indicator,
    /// Its targets of the year, one group for each period.
    pub standings: &'a [&'a IndicatorStanding],
    /// For each target by its code, where the figure should be after each month.
    pub tracks: &'a [(String, Vec<(u8, Decimal)>)],
    /// The figures that were known on the day: levels and growth.
    pub series: [(Facet, &'a Series); 2],
    /// Every publication that was known on the day, of levels and growth.
    pub vintages: &'a [Observation],
    /// What was asked.
    pub asked: Asked<'a>,
    /// The region.
    pub region: &'a str,
    /// The year of the targets.
    pub year: i16,
    /// The day.
    pub as_of: Day,
    /// Names of regions.
    pub names: &'a Names,
    /// The indicators that its formula names.
    pub parts: &'a [&'a Indicator],
    /// What reports say of it, the latest report first.
    pub told: &'a [(&'a DocumentAssessment, &'a AssessedStatement)],
}

/// So many periods of a series are listed; the rest is folded away.
const PERIODS: usize = 24;

/// The page `/indicators/{code}`.
pub fn indicator(view: &View, page: &IndicatorPage<'_>) -> String {
    let known = page.indicator;
    let list = page.asked.onto(Address::new("/indicators"));
    let body = html! {
        nav class="path" aria-label=(view.say(common::INDICATORS)) {
            ol { li { a href=(view.link(list)) { (view.say(common::INDICATORS)) } } li lang="zh-CN" { (known.name) } }
        }
        h1 lang="zh-CN" { (known.name) }
        p class="quiet" {
            span lang="zh-CN" { (desk::region(page.names, page.region)) } " · " (page.year) " · "
            (view.say(words::AS_KNOWN_ON)) " " time datetime=(page.as_of) { (page.as_of) }
        }
        @for group in page.standings {
            @if !group.disagreement.is_empty() { p lang="zh-CN" { b { (group.disagreement) } } }
            @for standing in &group.targets { (target(view, page, standing)) }
        }
        @if page.vintages.is_empty() { p class="none" { (view.say(words::NO_FIGURES)) } }
        @else {
            div class="figure-tables" {
                @for (facet, series) in page.series {
                    @if !series.observations.is_empty() { (figures(view, facet, series)) }
                }
            }
            (downloads(view, page))
            (vintages(view, page.vintages))
        }
        (breaks(view, page))
        (told(view, page))
        (definition(view, page))
    };
    let title = known.name.as_str();
    layout::page(view, Frame { title, room: Room::Indicators, about: None, body })
}

/// A target: where it stands, why, and its course.
fn target(view: &View, page: &IndicatorPage<'_>, standing: &Standing) -> Markup {
    let code = &standing.target.code;
    let track = page.tracks.iter().find(|(known, _)| known == code);
    let drawn =
        course(page, standing, track.map(|(_, track)| track.as_slice()).unwrap_or_default());
    html! {
        section class="standing" {
            h2 { (asked_for(view, standing)) " " (status(view, standing.status)) }
            p lang="zh-CN" { (standing.reason) }
            dl class="facts" {
                @if let Some(known) = &standing.figure {
                    (fact(view.say(words::NOW), html! { (known.value) (known.unit) " " small { (desk::period(known.period, view.language)) } }))
                }
                @if let Some(path) = &standing.path {
                    (fact(view.say(words::EXPECTED), html! { (path.expected) (standing.target.unit) }))
                }
                @if let Some(outlook) = &standing.outlook {
                    (fact(view.say(words::YEAR_END), html! {
                        (outlook.mean) (standing.target.unit) " "
                        small { (outlook.interval_80[0]) "—" (outlook.interval_80[1]) }
                    }))
                    (fact(view.say(common::CHANCE), html! { (chance(outlook)) }))
                }
                (fact(view.say(words::TARGET), html! {
                    a href=(view.link(Address::of("/plan/target", code))) { (code) }
                    @if !standing.target.statement.is_empty() {
                        " · " a href=(view.link(Address::of("/statements", &standing.target.statement))) { (view.say(common::STATEMENT)) }
                    }
                }))
            }
            @if let Some(picture) = chart(view, &drawn) { (picture) }
            @else { p class="quiet" { (view.say(words::CHART_NONE)) } }
        }
    }
}

fn fact(term: &str, value: Markup) -> Markup {
    html! { div { dt { (term) } dd { (value) } } }
}

/// The figures from January on, in the unit of the target.
fn course<'a>(
    page: &IndicatorPage<'a>,
    standing: &'a Standing,
    track: &'a [(u8, Decimal)],
) -> Course<'a> {
    let facet = match standing.target.facet {
        TargetFacet::Growth => Facet::Growth,
        TargetFacet::Level => Facet::Level,
        TargetFacet::Increment | TargetFacet::Rank => return Course::default(),
    };
    let unit = &standing.target.unit;
    let of = |year: i16| {
        let series = page.series.iter().find(|(known, _)| *known == facet);
        series.map(|(_, series)| through(&series.observations, year, unit)).unwrap_or_default()
    };
    Course {
        last_year: of(page.year - 1),
        this_year: of(page.year),
        track,
        outlook: standing.outlook.as_ref(),
        unit: unit.as_str(),
    }
}

/// Of each month the longest figure that ends with it; figures of one series, in the order of their periods.
pub(super) fn through(figures: &[Observation], year: i16, unit: &Unit) -> Vec<(u8, Decimal)> {
    let mut points: Vec<(u8, Decimal)> = Vec::new();
    for known in figures.iter().filter(|known| known.period.year() == year) {
        let exact = known.value.as_ref().and_then(terms::Amount::exact);
        let Some(value) = exact.and_then(|value| known.unit.convert(value, unit)) else { continue };
        let month = known.period.last_month();
        // Periods stand in the order of their ends, the shorter first.
        points.retain(|(known, _)| *known != month);
        points.push((month, value));
    }
    points
}

fn facet_name(facet: Facet) -> super::super::words::Word {
    match facet {
        Facet::Level => words::LEVEL,
        Facet::Growth => words::GROWTH,
    }
}

fn figures(view: &View, facet: Facet, series: &Series) -> Markup {
    let (recent, earlier): (Vec<_>, Vec<_>) =
        series.observations.iter().rev().enumerate().partition(|(at, _)| *at < PERIODS);
    let rows = |known: &[(usize, &Observation)]| {
        html! {
            table class="plain" {
                thead {
                    tr {
                        th scope="col" { (view.say(words::PERIOD_OF)) }
                        th scope="col" class="number" { (view.say(words::VALUE_OF)) }
                        th scope="col" { (view.say(words::PUBLISHED)) }
                        th scope="col" { (view.say(words::FROM)) }
                    }
                }
                tbody {
                    @for (_, known) in known {
                        tr {
                            th scope="row" { (desk::period(known.period, view.language)) }
                            td class="number" { (value(known)) }
                            td { time datetime=(known.vintage) { (known.vintage) } }
                            td lang="zh-CN" { (known.source) }
                        }
                    }
                }
            }
        }
    };
    html! {
        section {
            h2 { (view.say(words::FIGURES)) " · " (view.say(facet_name(facet))) }
            (rows(&recent))
            @if !earlier.is_empty() {
                details { summary { (view.say(words::EVERY)) " " (series.observations.len()) } (rows(&earlier)) }
            }
        }
    }
}

fn value(known: &Observation) -> Markup {
    html! {
        @match &known.value {
            Some(value) => { (value) (known.unit) }
            None => "—",
        }
        @if known.status != terms::ObservationStatus::Normal { " " small { (known.status) } }
    }
}

/// The periods that were published more than once, latest first.
fn vintages(view: &View, vintages: &[Observation]) -> Markup {
    let revised: Vec<&[Observation]> = vintages
        .chunk_by(|one, other| (one.facet, one.period) == (other.facet, other.period))
        .filter(|group| group.len() > 1)
        .collect();
    html! {
        @if !revised.is_empty() {
            section {
                h2 { (view.say(words::VINTAGES)) }
                table class="plain" {
                    thead {
                        tr {
                            th scope="col" { (view.say(words::PERIOD_OF)) }
                            th scope="col" { (view.say(words::PUBLISHED)) }
                            th scope="col" class="number" { (view.say(words::VALUE_OF)) }
                            th scope="col" { (view.say(common::REASON)) }
                        }
                    }
                    @for group in revised.iter().rev() {
                        tbody {
                            @for (at, known) in group.iter().enumerate() {
                                tr {
                                    @if at == 0 {
                                        th scope="rowgroup" rowspan=(group.len()) {
                                            (desk::period(known.period, view.language)) small { (view.say(facet_name(known.facet))) }
                                        }
                                    }
                                    td { time datetime=(known.vintage) { (known.vintage) } }
                                    td class="number" { (value(known)) }
                                    td lang="zh-CN" { (known.note) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn breaks(view: &View, page: &IndicatorPage<'_>) -> Markup {
    let [(_, level), _] = page.series;
    html! {
        @if !level.redefinitions.is_empty() {
            section {
                h2 { (view.say(words::BREAKS)) }
                ul {
                    @for change in &level.redefinitions {
                        li { (desk::period(change.from, view.language)) "：" span lang="zh-CN" { (change.reason) } " " small { (change.known) } }
                    }
                }
            }
        }
    }
}

/// The same figures as data, with every revision.
fn downloads(view: &View, page: &IndicatorPage<'_>) -> Markup {
    let figures = Address::new("/api/v1/figures")
        .with("indicator", &page.indicator.code)
        .with("region", page.region)
        .with("history", "true");
    html! {
        p class="downloads" {
            span class="label" { (view.say(words::DOWNLOAD)) } " "
            @for (format, name) in [("csv", "CSV"), ("json", "JSON"), ("parquet", "Parquet")] {
                a href=(figures.clone().with("format", format).to_string()) download[format != "json"] { (name) } " "
            }
            a href=(Address::new(format!("/sdmx/2.1/data/DF_FIGURES/.{}.{}.", page.region, page.indicator.code)).to_string()) { "SDMX" }
        }
    }
}

fn definition(view: &View, page: &IndicatorPage<'_>) -> Markup {
    let known = page.indicator;
    html! {
        section {
            h2 { (view.say(words::DEFINITION)) }
            p lang="zh-CN" { (known.definition) }
            dl class="facts" {
                (fact(view.say(common::UNIT), html! { span lang="zh-CN" { (known.unit) } }))
                (fact(view.say(words::BETTER), html! { (view.say(words::better(known.better))) }))
                @if !known.formula.is_empty() {
                    (fact(view.say(common::FORMULA), html! { span lang="zh-CN" { (known.formula) } }))
                }
                @if !page.parts.is_empty() {
                    (fact(view.say(words::PARTS), html! {
                        @for (at, part) in page.parts.iter().enumerate() {
                            @if at > 0 { "、" }
                            a href=(view.link(super::address(&part.code, &page.asked))) lang="zh-CN" { (part.name) }
                        }
                    }))
                }
                @if !known.owner.is_empty() {
                    (fact(view.say(common::OWNER), html! { span lang="zh-CN" { (known.owner) } }))
                }
            }
        }
    }
}
