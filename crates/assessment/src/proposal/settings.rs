//! What proposals are made by: weights, steps, and the relations between indicators. It is data: places differ.

use rust_decimal::Decimal;
use terms::{Comparator, Indicator, Modality, TargetFacet, Unit};

/// What proposals are made by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// So many past years make the trend.
    pub years: usize,
    /// How much each ground counts towards the preferred value.
    pub weights: Weights,
    /// What it costs each kind of bound to give way by one, where not all can be kept.
    pub prices: Prices,
    /// The indicators that get a proposal, in the order in which they are shown.
    pub targets: Vec<Setting>,
    /// What joins indicators.
    pub relations: Vec<Relation>,
}

/// How much each ground counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weights {
    /// Past years.
    pub trend: Decimal,
    /// The running year.
    pub forecast: Decimal,
    /// The multi-year outline.
    pub outline: Decimal,
    /// The plan of the region above.
    pub superior: Decimal,
}

/// What it costs to give way by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prices {
    /// The plan of the region above.
    pub superior: Decimal,
    /// The multi-year outline.
    pub outline: Decimal,
    /// What was never reached before.
    pub ceiling: Decimal,
}

/// How the target of one indicator is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Code of the indicator.
    pub indicator: String,
    /// Growth (in percent) or level (in the indicator's usual unit).
    pub facet: TargetFacet,
    /// The target is a whole multiple of this.
    pub step: Decimal,
    /// What it costs to depart from the preferred value by one step.
    pub weight: Decimal,
    /// How figure and target relate; `None` as last year's target does, or by the direction of the indicator.
    pub comparator: Option<Comparator>,
    /// How firmly it is promised; `None` as last year's target is, or not told.
    pub strength: Option<Modality>,
    /// Whether what was never reached before is out of reach.
    pub ceiling: bool,
}

impl Setting {
    /// The unit of the target: percent for growth, the indicator's own for a level.
    pub(super) fn unit(&self, indicator: &Indicator) -> Unit {
        match self.facet {
            TargetFacet::Growth => Unit::new("%"),
            _ => Unit::new(indicator.unit.as_str()),
        }
    }
}

/// What joins indicators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// What it is called.
    pub name: String,
    /// What it costs to give way by one; `None` where it cannot.
    pub price: Option<Decimal>,
    /// Where the rule comes from, in Chinese.
    pub source: String,
    /// What it asks for.
    pub rule: Rule,
}

/// What a relation asks for; indicators by their codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// The growth of a whole is that of its parts by their shares in the last year of which all levels are known, within
    /// so many points.
    WeightedGrowth {
        /// The whole.
        whole: String,
        /// Its parts.
        parts: Vec<String>,
        /// How far apart the two may be, in percentage points.
        within: Decimal,
    },
    /// The level of a whole is the sum of its parts, within so much.
    Sum {
        /// The whole.
        whole: String,
        /// Its parts.
        parts: Vec<String>,
        /// How far apart the two may be, in the unit of the whole.
        within: Decimal,
    },
    /// One value less another lies between two ends.
    Difference {
        /// The one.
        one: String,
        /// The other.
        other: String,
        /// It is at least this.
        least: Option<Decimal>,
        /// It is at most this.
        most: Option<Decimal>,
    },
    /// The quotient of two levels moves as their growth says.
    Quotient {
        /// The quotient, as a level; or by how many percent it falls, where `reduction`.
        quotient: String,
        /// What is divided, by its growth.
        numerator: String,
        /// By what, by its growth.
        denominator: String,
        /// Whether the indicator is the fall of the quotient in percent.
        reduction: bool,
        /// How far apart the two may be, in the unit of the quotient.
        within: Decimal,
    },
    /// What projects plan for the year covers a share of the level.
    Capacity {
        /// The indicator, by its growth or level.
        indicator: String,
        /// The share that has to be covered, of 1.
        cover: Decimal,
    },
}

impl Rule {
    /// The indicators that it joins.
    pub fn indicators(&self) -> Vec<&str> {
        match self {
            Rule::WeightedGrowth { whole, parts, .. } | Rule::Sum { whole, parts, .. } => {
                std::iter::once(whole).chain(parts).map(String::as_str).collect()
            }
            Rule::Difference { one, other, .. } => vec![one, other],
            Rule::Quotient { quotient, numerator, denominator, .. } => {
                vec![quotient, numerator, denominator]
            }
            Rule::Capacity { indicator, .. } => vec![indicator],
        }
    }

    /// The indicators whose growth, or else level, it speaks of.
    pub(super) fn facets(&self) -> Vec<(&str, Option<TargetFacet>)> {
        let all = |facet| self.indicators().into_iter().map(move |code| (code, facet)).collect();
        match self {
            Rule::WeightedGrowth { .. } => all(Some(TargetFacet::Growth)),
            Rule::Sum { .. } => all(Some(TargetFacet::Level)),
            Rule::Difference { .. } | Rule::Capacity { .. } => all(None),
            Rule::Quotient { quotient, numerator, denominator, .. } => vec![
                (quotient, Some(TargetFacet::Level)),
                (numerator, Some(TargetFacet::Growth)),
                (denominator, Some(TargetFacet::Growth)),
            ],
        }
    }
}

/// What the projects of a region plan to invest in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Projects {
    /// How many projects have a plan for the year.
    pub count: usize,
    /// What they plan together.
    pub planned: Decimal,
    /// In which unit.
    pub unit: Unit,
}
