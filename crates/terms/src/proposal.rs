//! What next year's targets may be, on what that rests, and which conditions they keep or cannot keep.

use rust_decimal::Decimal;

use crate::vocabulary::vocabulary;
use crate::{Comparator, Day, KnownFigure, Modality, TargetFacet, Unit};

vocabulary! {
    /// What a proposal rests on.
    Ground {
        /// How past years went.
        Trend = "trend",
        /// How the running year is expected to end.
        Forecast = "forecast",
        /// What the multi-year outline asks for.
        Outline = "outline",
        /// What the plan of the region above asks for.
        Superior = "superior",
    }
}

vocabulary! {
    /// How a level moves towards a target of a later year, by compound growth so far over compound growth required.
    OutlineCourse {
        /// It has been reached.
        Achieved = "achieved",
        /// At least 0.95 of what is required.
        OnTrack = "on-track",
        /// At least 0.60 of what is required.
        Accelerate = "accelerate",
        /// Forward, but less than that.
        Limited = "limited",
        /// Away from the target.
        Away = "away",
    }
}

/// Proposals for the targets of a region and a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposals {
    /// The day: what became known later is not used.
    pub as_of: Day,
    /// Code of the region.
    pub region: String,
    /// The year that the targets are for.
    pub year: i16,
    /// The proposals, in the order of the settings.
    pub proposals: Vec<Proposal>,
    /// The conditions that were to be kept.
    pub conditions: Vec<ProposalCondition>,
    /// Conditions that contradict each other; none where all are kept.
    pub conflicts: Vec<ProposalConflict>,
    /// The cheapest way out of the conflicts: which conditions (their numbers from 0) give way by how much.
    pub relaxed: Vec<GivenWay>,
    /// What could not be used, by its name, and why, in Chinese.
    pub unused: Vec<(String, String)>,
}

impl Proposals {
    /// Whether the proposals keep all conditions.
    pub fn is_settled(&self) -> bool {
        self.conflicts.is_empty()
    }
}

/// A proposal for the target of one indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Code of the indicator.
    pub indicator: String,
    /// Its Chinese name.
    pub name: String,
    /// Which side of it.
    pub facet: TargetFacet,
    /// The unit of the values below.
    pub unit: Unit,
    /// The figures of past years, earliest first.
    pub outcomes: Vec<KnownFigure>,
    /// How the year before is expected to end, or ended.
    pub expected: Option<ExpectedEnd>,
    /// Why nothing is expected, in Chinese; empty where something is.
    pub without_expected: String,
    /// What the preferred value was made of.
    pub grounds: Vec<ProposalGround>,
    /// The target of a later year, and what it asks for.
    pub outline: Option<OutlinePace>,
    /// The mean of the grounds by their weights, before rounding.
    pub preferred: Decimal,
    /// The proposal is a whole multiple of this.
    pub step: Decimal,
    /// The proposal: the target value; where conditions conflict, that of the cheapest way out, `None` where there is none.
    pub value: Option<Decimal>,
    /// How the figure should relate to it.
    pub comparator: Comparator,
    /// How firmly it is meant to be promised, where that is known.
    pub strength: Option<Modality>,
    /// Numbers of the conditions, from 0, that hold it off its preferred value.
    pub binding: Vec<usize>,
    /// Why, in a Chinese sentence.
    pub reason: String,
}

/// How a year is expected to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedEnd {
    /// The year.
    pub year: i16,
    /// The final figure, or its mean.
    pub value: Decimal,
    /// Between these it ends in nineteen of twenty futures; `None` where the figure is final.
    pub interval_95: Option<[Decimal; 2]>,
    /// By what it was forecast; `published` where the figure is final.
    pub method: &'static str,
}

/// One of the things that a preferred value is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalGround {
    /// Which.
    pub ground: Ground,
    /// What it comes to.
    pub value: Decimal,
    /// Its weight.
    pub weight: Decimal,
    /// How it was come by, in Chinese.
    pub said: String,
}

/// What a target of a later year asks for each year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlinePace {
    /// Code of the target.
    pub target: String,
    /// Its year.
    pub year: i16,
    /// What it asks for.
    pub value: Decimal,
    /// In which unit.
    pub unit: Unit,
    /// What is needed each year, in percent for what grows, in points or in the indicator's unit for rates.
    pub pace: Decimal,
    /// The growth so far as a share of the growth required, of levels whose base is known.
    pub share: Option<Decimal>,
    /// What that amounts to.
    pub course: Option<OutlineCourse>,
}

/// A condition that proposals are to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalCondition {
    /// What it is called, in Chinese.
    pub name: String,
    /// What it asks for, in Chinese.
    pub says: String,
    /// Where it comes from, in Chinese.
    pub source: String,
    /// The unit in which it gives way.
    pub unit: Unit,
    /// The bound, where it is one of a single indicator.
    pub bound: Option<Decimal>,
    /// Codes of the indicators that it joins.
    pub indicators: Vec<String>,
}

/// Conditions that contradict each other, and no longer do when one is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposalConflict {
    /// The numbers of the conditions, from 0.
    pub members: Vec<usize>,
    /// Which of them, giving way alone, resolves the conflict, and by how much.
    pub remedies: Vec<GivenWay>,
    /// What is the matter, in Chinese.
    pub explanation: String,
}

/// By how much a condition gives way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenWay {
    /// The number of the condition, from 0.
    pub condition: usize,
    /// By how much, in its unit.
    pub by: Decimal,
}
