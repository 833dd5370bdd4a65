//! Every indicator with a target: what is asked, what there is, where it stands and why.

use maud::{Markup, html};
use terms::{Day, Facet, IndicatorStanding, Observation, Standing, Standings, Status, TargetFacet};

use super::super::desk::{self, Names};
use super::super::layout::{self, Frame, Room};
use super::super::regions::RegionIndicator;
use super::super::{Address, View, words as common};
use super::one::through;
use super::spark::spark;
use super::{Asked, asked_for, chance, status, words};

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct StandingsPage<'a> {
    /// What was found; `None` where there is no target.
    pub found: Option<&'a Standings>,
    /// What was asked.
    pub asked: Asked<'a>,
    /// The day as known on which targets are judged.
    pub as_of: Day,
    /// Today, the last day that may be asked for.
    pub today: Day,
    /// Only indicators of this status.
    pub only: Option<Status>,
    /// Regions that have targets.
    pub regions: &'a [String],
    /// The years that have targets of the region.
    pub years: &'a [i16],
    /// Names of regions.
    pub names: &'a Names,
    /// Figures of the region of the year and the year before, by indicator, facet and period.
    pub figures: &'a [Observation],
    /// The indicators of the region beside those of its siblings.
    pub beside: &'a [RegionIndicator],
}

impl StandingsPage<'_> {
    /// Whether any indicator has a place among those of the region's siblings.
    fn is_ranked(&self) -> bool {
        self.beside.iter().any(|one| one.rank.is_some_and(|(_, of)| of > 1))
    }
}

/// The page `/indicators`: `region`, `as_of`, `year` and `status` in its address.
pub fn standings(view: &View, page: &StandingsPage<'_>) -> String {
    let title = view.say(words::STANDINGS);
    let body = html! {
        @match page.found {
            None => {
                h1 { (title) }
                p class="none" { (view.say(words::NO_STANDINGS)) " " (view.say(words::NO_STANDINGS_HINT)) }
                p { a class="more" href=(view.link(Address::new("/plan/target"))) { (view.say(words::ENTER_TARGETS)) } }
            }
            Some(found) => {
                h1 { span lang="zh-CN" { (desk::region(page.names, &found.region)) } " " (found.year) " " (title) }
                (question(view, page, found))
                (tally(view, page, found))
                (table(view, page, found))
            }
        }
    };
    layout::page(view, Frame { title, room: Room::Indicators, about: None, body })
}

/// year and day, as a form that needs no script.
fn question(view: &View, page: &StandingsPage<'_>, found: &Standings) -> Markup {
    html! {
        form class="filter standing-filter" method="get" action="/indicators" {
            @if page.regions.len() > 1 {
                div class="field" {
                    label for="region" { (view.say(common::REGION)) }
                    select id="region" name="region" {
                        @for code in page.regions {
                            option value=(code) selected[*code == found.region] lang="zh-CN" { (desk::region(page.names, code)) }
                        }
                    }
                }
            }
            @if page.years.len() > 1 {
                div class="field" {
                    label for="year" { (view.say(words::YEAR_OF_TARGETS)) }
                    select id="year" name="year" {
                        @for year in page.years { option value=(year) selected[*year == found.year] { (year) } }
                    }
                }
            }
            div class="field" {
                label for="as_of" { (view.say(words::AS_KNOWN_ON)) }
                input id="as_of" type="date" name="as_of" value=(page.as_of) max=(page.today);
            }
            button { (view.say(common::SHOW)) }
        }
    }
}

/// How many stand where; each leads to these alone.
fn tally(view: &View, page: &StandingsPage<'_>, found: &Standings) -> Markup {
    let list = || page.asked.onto(Address::new("/indicators"));
    html! {
        ul class="tallies" aria-label=(view.say(words::ONLY)) {
            li {
                a href=(view.link(list())) aria-current=[page.only.is_none().then_some("true")] {
                    (view.say(words::EVERY)) " " b { (found.indicators.len()) }
                }
            }
            @for wanted in Status::URGENT_FIRST {
                @for (_, count) in found.counts.iter().filter(|(known, _)| *known == wanted) {
                    li {
                        a href=(view.link(list().with("status", wanted.as_str()))) aria-current=[(page.only == Some(wanted)).then_some("true")] {
                            (status(view, wanted)) " " b { (count) }
                        }
                    }
                }
            }
        }
    }
}

fn table(view: &View, page: &StandingsPage<'_>, found: &Standings) -> Markup {
    let shown = |one: &&IndicatorStanding| page.only.is_none_or(|only| one.status == only);
    let mut indicators: Vec<&IndicatorStanding> = found.indicators.iter().filter(shown).collect();
    indicators.sort_by_key(|one| one.status.urgency());
    html! {
        @if indicators.is_empty() { p class="none" { (view.say(words::NONE_OF_STATUS)) } }
        @else {
            table class="stack standings" {
                thead {
                    tr {
                        th scope="col" { (view.say(common::INDICATOR)) }
                        th scope="col" { (view.say(words::TARGET)) }
                        th scope="col" { (view.say(common::STATUS)) }
                        th scope="col" class="number" { (view.say(words::NOW)) }
                        @if page.is_ranked() { th scope="col" class="number" { (view.say(words::RANK_BESIDE)) } }
                        th scope="col" { (view.say(words::COURSE)) }
                        th scope="col" class="number" { (view.say(words::YEAR_END)) }
                        th scope="col" class="number" { (view.say(common::CHANCE)) }
                        th scope="col" { (view.say(words::WHY)) }
                    }
                }
                @for indicator in indicators { (group(view, page, indicator)) }
            }
        }
    }
}

/// An indicator with a row for each of its targets.
fn group(view: &View, page: &StandingsPage<'_>, indicator: &IndicatorStanding) -> Markup {
    let address = super::address(&indicator.indicator, &page.asked);
    html! {
        tbody {
            @for (at, standing) in indicator.targets.iter().enumerate() {
                tr {
                    @if at == 0 {
                        th scope="rowgroup" rowspan=(indicator.targets.len()) {
                            a href=(view.link(address.clone())) lang="zh-CN" { (indicator.name) }
                            @if !indicator.disagreement.is_empty() { small lang="zh-CN" { (indicator.disagreement) } }
                        }
                    }
                    (cells(view, page, indicator, standing))
                }
            }
        }
    }
}

/// The course of the facet that a target is about.
fn course(
    page: &StandingsPage<'_>,
    indicator: &IndicatorStanding,
    standing: &Standing,
) -> Option<Markup> {
    let facet = match standing.target.facet {
        TargetFacet::Level => Facet::Level,
        TargetFacet::Growth => Facet::Growth,
        TargetFacet::Increment | TargetFacet::Rank => return None,
    };
    let start = page
        .figures
        .iter()
        .position(|known| *known.indicator == *indicator.indicator && known.facet == facet)?;
    let own = page.figures[start..]
        .chunk_by(|one, other| one.indicator == other.indicator && one.facet == other.facet);
    let own = own.into_iter().next()?;
    let unit = &standing.target.unit;
    let year = indicator.period.year();
    spark(&through(own, year - 1, unit), &through(own, year, unit))
}

/// The place of an indicator among those of the region's siblings, with the time for which it holds.
fn place(view: &View, page: &StandingsPage<'_>, indicator: &IndicatorStanding) -> Markup {
    let own = page.beside.iter().find(|one| one.code == indicator.indicator);
    let own = own.and_then(|own| own.rank.map(|rank| (rank, own.period)));
    html! {
        td class="number" data-label=(view.say(words::RANK_BESIDE)) {
            @if let Some(((rank, of), period)) = own {
                (rank) "/" (of)
                small { (desk::period(period, view.language)) }
            } @else { "—" }
        }
    }
}

fn cells(
    view: &View,
    page: &StandingsPage<'_>,
    indicator: &IndicatorStanding,
    standing: &Standing,
) -> Markup {
    let unit = standing.target.unit.as_str();
    let outlook = standing.outlook.as_ref();
    html! {
        td data-label=(view.say(words::TARGET)) { (asked_for(view, standing)) }
        td data-label=(view.say(common::STATUS)) { (status(view, standing.status)) }
        td class="number" data-label=(view.say(words::NOW)) {
            @if let Some(known) = &standing.figure {
                span class="figure" { (known.value) (known.unit) }
                small { (desk::period(known.period, view.language)) }
            } @else { "—" }
        }
        @if page.is_ranked() { (place(view, page, indicator)) }
        @let course = course(page, indicator, standing);
        td class={ "course-cell" @if course.is_none() { " blank" } } { @if let Some(course) = course { (course) } }
        td class="number" data-label=(view.say(words::YEAR_END)) {
            @if let Some(outlook) = outlook {
                (outlook.mean) (unit)
                small { (outlook.interval_80[0]) "—" (outlook.interval_80[1]) }
            } @else { "—" }
        }
        td class="number" data-label=(view.say(common::CHANCE)) {
            @if let Some(outlook) = outlook { (chance(outlook)) } @else { "—" }
        }
        td data-label=(view.say(words::WHY)) lang="zh-CN" class="why" { (standing.reason) }
    }
}
