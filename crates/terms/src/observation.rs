//! Figures of indicators, and what makes them comparable or not.

use std::sync::Arc;

use crate::vocabulary::vocabulary;
use crate::{Amount, Day, Dimension, Indicator, Period, Unit};

vocabulary! {
    /// Which side of an indicator a figure shows. Published growth is not the ratio of published levels, so both are
    /// kept as they came.
    Facet {
        /// How much there is, or by how much there is more.
        Level = "level",
        /// The change on the year, in percent or percentage points.
        Growth = "growth",
    }
}

vocabulary! {
    /// What is to be known of a figure beside its value.
    ObservationStatus {
        /// Published as it is.
        Normal = "normal",
        /// Provisional (初步核算), to be revised.
        Provisional = "provisional",
        /// Estimated.
        Estimated = "estimated",
        /// Published that there is none.
        Missing = "missing",
        /// Withdrawn: what was published before holds no longer.
        Withdrawn = "withdrawn",
    }
}

/// A figure of an indicator for a region and a period, as it became known on a day. A later one for the same
/// indicator, region, facet and period revises it; none is ever overwritten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// Code of the indicator.
    pub indicator: Arc<str>,
    /// Code of the region.
    pub region: Arc<str>,
    /// Level or growth.
    pub facet: Facet,
    /// The time that it is about.
    pub period: Period,
    /// The day on which it became known (发布日).
    pub vintage: Day,
    /// As published; `None` where it is missing or withdrawn.
    pub value: Option<Amount>,
    /// As published.
    pub unit: Unit,
    /// What is to be known beside the value.
    pub status: ObservationStatus,
    /// Where it comes from.
    pub source: Arc<str>,
    /// Why it was revised, or another remark; may be empty.
    pub note: Arc<str>,
}

/// A change of an indicator's definition (统计口径调整): figures from a period on are not comparable with those
/// before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redefinition {
    /// Code of the indicator.
    pub indicator: Arc<str>,
    /// Code of the region; `None` for all regions.
    pub region: Option<Arc<str>>,
    /// The first period of the new definition.
    pub from: Period,
    /// The day on which it became known.
    pub known: Day,
    /// What changed, in a sentence.
    pub reason: Arc<str>,
}

/// The figures of one indicator, region and facet that were known on a day: the last of each period, in the order of
/// periods, and the breaks between them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Series {
    /// At most one for each period.
    pub observations: Vec<Observation>,
    /// In the order of [`Redefinition::from`].
    pub redefinitions: Vec<Redefinition>,
}

impl Series {
    /// The figure of a period.
    pub fn at(&self, period: Period) -> Option<&Observation> {
        let found = self.observations.binary_search_by_key(&period, |known| known.period).ok()?;
        self.observations.get(found)
    }

    /// What changed between the ends of two cumulative periods of a year, if anything did: from the month behind the
    /// first to the last month of the second.
    pub fn redefined_within(&self, before: Period, through: Period) -> Option<&Redefinition> {
        self.redefinitions.iter().find(|change| {
            change.from.year() == through.year()
                && before.last_month() < change.from.first_month()
                && change.from.first_month() <= through.last_month()
        })
    }

    /// What parts two periods, if anything does.
    pub fn redefined_between(&self, one: Period, other: Period) -> Option<&Redefinition> {
        let (earlier, later) = if one <= other { (one, other) } else { (other, one) };
        // A period belongs to a new definition if it begins no earlier.
        let begins = |period: Period| (period.year(), period.first_month());
        self.redefinitions.iter().find(|change| {
            begins(earlier) < begins(change.from) && begins(change.from) <= begins(later)
        })
    }
}

impl Facet {
    /// The facet that a figure of this unit shows of an indicator: percent of what is no share, and percentage
    /// points of what is one, are growth. `None` where the unit cannot be one of this indicator.
    pub fn of(indicator: &Indicator, unit: &Unit) -> Option<Facet> {
        let own = Unit::new(indicator.unit.as_str()).dimension();
        match unit.dimension() {
            Dimension::Share if own != Dimension::Share => Some(Facet::Growth),
            Dimension::Points if own != Dimension::Points => {
                (own == Dimension::Share).then_some(Facet::Growth)
            }
            found if found == own || own == Dimension::Unknown => Some(Facet::Level),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Better, Frequency};

    fn indicator(unit: &str) -> Indicator {
        Indicator {
            code: "x".into(),
            name: "某指标".into(),
            english: String::new(),
            synonyms: Vec::new(),
            unit: unit.into(),
            better: Better::Higher,
            frequency: Frequency::Month,
            definition: String::new(),
            formula: String::new(),
            owner: String::new(),
        }
    }

    #[test]
    fn a_unit_tells_the_facet_or_is_refused() {
        for (own, unit, facet) in [
            ("亿元", "亿元", Some(Facet::Level)),
            ("亿元", "万元", Some(Facet::Level)),
            ("亿元", "%", Some(Facet::Growth)),
            ("亿元", "个百分点", None),
            ("亿元", "万人", None),
            ("亿元", "亿美元", None),
            ("%", "%", Some(Facet::Level)),
            ("%", "个百分点", Some(Facet::Growth)),
            ("%", "亿元", None),
            ("家", "个", Some(Facet::Level)),
        ] {
            assert_eq!(Facet::of(&indicator(own), &Unit::new(unit)), facet, "{unit} for {own}");
        }
    }

    #[test]
    fn a_period_belongs_to_the_definition_under_which_it_begins() {
        let period = |text: &str| text.parse::<Period>().unwrap();
        let series = Series {
            observations: Vec::new(),
            redefinitions: vec![Redefinition {
                indicator: "x".into(),
                region: None,
                from: period("2024-01"),
                known: Day::new(2024, 3, 1).unwrap(),
                reason: "口径调整".into(),
            }],
        };
        let parted = |one, other| series.redefined_between(period(one), period(other)).is_some();
        assert!(parted("2023", "2024"));
        assert!(parted("2024-01..05", "2023-01..05"));
        assert!(!parted("2024", "2025"));
        assert!(!parted("2022", "2023"));
        assert!(!parted("2024-01..02", "2024-01..05"));
    }
}
