//! Regions: ranked by an indicator, as small pictures, as a tree; and the page of one.

mod map;
mod one;
mod projection;
mod rank;
mod series;
mod tree;
mod words;

use std::sync::Arc;

use maud::{Markup, html};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use terms::{Boundary, Day, Facet, Indicator, Observation, Period, RegionPlace, Series, Unit};

use super::words::Word;
use super::{Address, View};

pub use map::MOST_CLASSES;
pub use one::{RegionIndicator, RegionPage, region};
pub use rank::regions;

/// How regions are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Show {
    /// In their order, with all that belongs to it.
    #[default]
    Ranking,
    /// On a map, where their boundaries were entered.
    Map,
    /// As a small picture each.
    Series,
    /// As they belong to each other.
    Tree,
}

impl Show {
    /// Every way.
    pub const ALL: [Show; 4] = [Show::Ranking, Show::Map, Show::Series, Show::Tree];

    /// The word for it in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Show::Ranking => "ranking",
            Show::Map => "map",
            Show::Series => "series",
            Show::Tree => "tree",
        }
    }

    fn word(self) -> Word {
        match self {
            Show::Ranking => words::RANKING,
            Show::Map => words::MAP,
            Show::Series => words::SERIES,
            Show::Tree => words::TREE,
        }
    }
}

/// How a place moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// So many places up.
    Up(usize),
    /// So many places down.
    Down(usize),
    /// It stayed.
    Same,
    /// There was no place before.
    New,
}

/// A region in its place.
#[derive(Debug, Clone)]
pub struct RankedRegion {
    /// The region.
    pub place: RegionPlace,
    /// From 1.
    pub rank: usize,
    /// How it moved.
    pub moved: Moved,
    /// Its number, in the unit of the ranking.
    pub value: Decimal,
    /// Its growth on the year in percent, beside a level.
    pub growth: Option<Decimal>,
    /// Its part of the sum in percent, where there is a sum.
    pub share: Option<Decimal>,
    /// The class of its number, by its place in [`Ranked::classes`].
    pub class: Option<usize>,
    /// Whether its figures may still change.
    pub provisional: bool,
    /// The figures that its number rests on.
    pub inputs: Vec<Observation>,
}

/// A class of numbers on the map.
#[derive(Debug, Clone, Copy)]
pub struct MapClass {
    /// The smallest number in it.
    pub from: Decimal,
    /// The largest number in it.
    pub to: Decimal,
    /// How many regions are in it.
    pub count: usize,
}

/// What the regions come to.
#[derive(Debug, Clone)]
pub struct Whole {
    /// How, in Chinese.
    pub method: &'static str,
    /// The unit of all values.
    pub unit: Unit,
    /// What those come to that have figures.
    pub value: Option<Decimal>,
    /// The growth of a sum in percent.
    pub growth: Option<Decimal>,
    /// So many have figures.
    pub present: usize,
    /// Of so many.
    pub all: usize,
    /// What is published for the region above.
    pub official: Option<Observation>,
    /// The published figure less what the parts come to, and in percent of it.
    pub gap: Option<(Decimal, Option<Decimal>)>,
}

/// A region with what belongs to it.
#[derive(Debug, Clone)]
pub struct RegionTree {
    /// The region.
    pub place: RegionPlace,
    /// Its figure of the indicator and period.
    pub figure: Option<Observation>,
    /// Those below it, by code.
    pub below: Vec<RegionTree>,
}

/// What is known of the regions below one.
#[derive(Debug, Clone)]
pub struct Ranked {
    /// The unit of all values.
    pub unit: Unit,
    /// Those with a number, by place.
    pub regions: Vec<RankedRegion>,
    /// Those without one, and why, in Chinese.
    pub unranked: Vec<(RegionPlace, String)>,
    /// Whether the lowest comes first; `None` where neither more nor less is better.
    pub lowest_first: Option<bool>,
    /// The period against which places moved.
    pub against: Option<Period>,
    /// What is to be known of it, in Chinese sentences.
    pub remarks: Vec<String>,
    /// The classes of their numbers, the lowest first, at most [`MOST_CLASSES`].
    pub classes: Vec<MapClass>,
    /// The boundaries that are known.
    pub boundaries: Vec<Boundary>,
    /// What they come to, of levels that come together.
    pub whole: Option<Whole>,
    /// The series of each region, by code.
    pub series: Vec<(RegionPlace, Arc<Series>)>,
    /// The region above with all that belongs to it.
    pub tree: Option<RegionTree>,
}

/// What the page of the regions below one shows.
#[derive(Debug, Clone, Copy)]
pub struct RegionsPage<'a> {
    /// The region above, and what that belongs to, the highest first.
    pub among: &'a RegionPlace,
    /// What that belongs to, the highest first.
    pub above: &'a [RegionPlace],
    /// Regions with parts that have figures.
    pub choices: &'a [RegionPlace],
    /// The indicator.
    pub indicator: &'a Indicator,
    /// Those of which parts have figures.
    pub indicators: &'a [&'a Indicator],
    /// Level or growth.
    pub facet: Facet,
    /// The time.
    pub period: Period,
    /// The times of which there are figures, the latest first.
    pub periods: &'a [Period],
    /// The day as known on which.
    pub as_of: Day,
    /// Today, the last day that may be asked for.
    pub today: Day,
    /// How they are shown.
    pub show: Show,
    /// Whether each small picture has a scale of its own.
    pub own_scale: bool,
    /// The period that was asked for, where there are no figures of it.
    pub unheard: Option<Period>,
    /// What was found.
    pub found: &'a Ranked,
}

impl RegionsPage<'_> {
    /// The address of the page with all that was asked; the day only where it is not today.
    fn address(&self, path: &str) -> Address {
        Address::new(path)
            .with("among", self.among.code.as_str())
            .with("indicator", self.indicator.code.as_str())
            .with("facet", self.facet.as_str())
            .with("period", self.period.to_string())
            .with_some("as_of", (self.as_of != self.today).then(|| self.as_of.to_string()))
    }

    /// The same with how it is shown.
    fn shown(&self, show: Show) -> Address {
        let show = (show != Show::default()).then(|| show.as_str());
        self.address("/regions").with_some("show", show)
    }
}

/// The page of a region, as known on a day.
fn link(view: &View, code: &str, as_of: Option<Day>) -> String {
    let day = as_of.map(|day| day.to_string());
    view.link(Address::new(format!("/regions/{code}")).with_some("as_of", day))
}

/// A number as people read it: at most four decimals.
fn number(number: Decimal) -> String {
    number.round_dp(4).normalize().to_string()
}

/// A percentage as people read it.
fn percent(number: Decimal) -> String {
    format!("{}%", number.round_dp(1).normalize())
}

/// How long a bar is of a hundred, the longest being a hundred. Only its length, no figure, is made here.
fn length(value: Decimal, longest: Decimal) -> f64 {
    let share =
        value.abs().to_f64().unwrap_or_default() / longest.to_f64().unwrap_or(1.0).max(1e-12);
    (share * 1000.0).round() / 10.0
}

/// The figures that a number rests on: source and day, each once.
fn sources(inputs: &[Observation]) -> Markup {
    let mut said: Vec<(&str, Day)> = Vec::new();
    for known in inputs {
        if !said.contains(&(&*known.source, known.vintage)) {
            said.push((&known.source, known.vintage));
        }
    }
    html! {
        @for (at, (source, vintage)) in said.iter().enumerate() {
            @if at > 0 { "；" }
            @if !source.is_empty() { span lang="zh-CN" { (source) } " " }
            time datetime=(vintage) { (vintage) }
        }
    }
}
