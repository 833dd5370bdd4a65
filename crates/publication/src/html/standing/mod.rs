//! Where the targets stand: the list of indicators, and the page of one.

mod chart;
mod list;
mod one;
mod spark;
mod told;
mod words;

use maud::{Markup, html};
use terms::{Outlook, Standing, Status};

use super::words as common;
use super::{Address, View, icons};

pub use list::{StandingsPage, standings};
pub use one::{IndicatorPage, indicator};

/// The page of an indicator, with what was asked of the list.
pub(super) fn address(code: &str, asked: &Asked<'_>) -> Address {
    asked.onto(Address::of("/indicators", code))
}

/// What an address asks: a region, a day, a year; what goes without saying is left out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked<'a> {
    /// Code of the region.
    pub region: Option<&'a str>,
    /// As known on this day.
    pub as_of: Option<&'a str>,
    /// The year of the targets.
    pub year: Option<i16>,
}

impl Asked<'_> {
    pub(super) fn onto(&self, address: Address) -> Address {
        address
            .with_some("region", self.region)
            .with_some("as_of", self.as_of)
            .with_some("year", self.year.map(|year| year.to_string()))
    }
}

/// A status as shape and word.
pub(super) fn status(view: &View, status: Status) -> Markup {
    html! {
        span class={ "status st-" (status) } { (icons::status(status)) (view.say(common::status(status))) }
    }
}

/// What a target asks for.
pub(super) fn asked_for(view: &View, standing: &Standing) -> Markup {
    let target = &standing.target;
    let (value, upper) = (standing.bound.value, standing.bound.upper);
    let bound = (target.comparator, value.to_string(), upper.map(|upper| upper.to_string()));
    html! {
        span class="figure" { (words::bound(bound, target.unit.as_str(), view.language)) } " "
        small {
            (view.say(words::facet(target.facet)))
            @if let Some(strength) = target.strength { " · " (view.say(common::modality(strength))) }
        }
    }
}

/// A chance: futures that were simulated rule nothing out.
pub(super) fn chance(outlook: &Outlook) -> String {
    let percent = (outlook.probability * rust_decimal::Decimal::ONE_HUNDRED).round();
    if percent < rust_decimal::Decimal::ONE {
        "< 1%".to_owned()
    } else if percent > rust_decimal::Decimal::from(99) {
        "> 99%".to_owned()
    } else {
        format!("{percent}%")
    }
}
