//! Where targets stand on a day, how likely they are to be met, and why.

use rust_decimal::Decimal;

use crate::{Amount, Bound, Day, Observation, ObservationStatus, Period, Status, Target, Unit};

/// The targets of a region as they stood on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standings {
    /// The day: what became known later is not used.
    pub as_of: Day,
    /// Code of the region.
    pub region: String,
    /// The year that the targets are about.
    pub year: i16,
    /// How many indicators stand where, in the order of [`Status`]; those with none are left out.
    pub counts: Vec<(Status, usize)>,
    /// The indicators, in the order of the catalogue.
    pub indicators: Vec<IndicatorStanding>,
}

/// The targets of one indicator and period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorStanding {
    /// Code of the indicator.
    pub indicator: String,
    /// Its Chinese name.
    pub name: String,
    /// The period.
    pub period: Period,
    /// Where it stands as a whole: as the worst of its facets that can be judged.
    pub status: Status,
    /// How its facets differ, in a Chinese sentence; empty where they agree.
    pub disagreement: String,
    /// Its targets.
    pub targets: Vec<Standing>,
}

/// An indicator that stands elsewhere than it did on an earlier day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Code of the indicator.
    pub indicator: String,
    /// Its Chinese name.
    pub name: String,
    /// Where it stood.
    pub from: Status,
    /// Where it stands.
    pub to: Status,
    /// Whether it asks for more attention than before.
    pub worse: bool,
    /// Why it stands there, in a Chinese sentence.
    pub reason: String,
}

/// Where a target stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The target.
    pub target: Target,
    /// What is asked for on the day, after adjustments.
    pub bound: Bound,
    /// Where it stands.
    pub status: Status,
    /// Why, in a Chinese sentence.
    pub reason: String,
    /// The latest figure of the period.
    pub figure: Option<KnownFigure>,
    /// Where the year should be by now.
    pub path: Option<PathPoint>,
    /// How the year may end.
    pub outlook: Option<Outlook>,
    /// Why there is no outlook, in Chinese; empty where there is one or the year is over.
    pub without_outlook: String,
}

/// A figure that was published, or that follows from published ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFigure {
    /// The time that it is about.
    pub period: Period,
    /// How much.
    pub value: Amount,
    /// In which unit.
    pub unit: Unit,
    /// Provisional, estimated, or as published.
    pub status: ObservationStatus,
    /// How it follows from others, in Chinese; empty where it was published.
    pub derived: String,
    /// The figures that it is or follows from.
    pub from: Vec<Observation>,
}

/// Where a figure should be by now, if the target is to be met the way earlier years went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathPoint {
    /// What is expected by now, in the unit of the target.
    pub expected: Decimal,
    /// What there is, in the unit of the target.
    pub actual: Decimal,
    /// The share of the final figure that earlier years had reached by then, of 1; `None` for rates, whose usual
    /// distance to the final figure is taken instead.
    pub share: Option<Decimal>,
    /// How far ahead of the path, in percent of the target, the good side being positive.
    pub ahead: Decimal,
    /// From how many earlier years; 0 where there is none and the months of the calendar or the target itself were taken.
    pub years: usize,
}

/// How the year may end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// The mean final figure, in the unit of the target.
    pub mean: Decimal,
    /// Between these it ends in eight of ten futures.
    pub interval_80: [Decimal; 2],
    /// Between these it ends in nineteen of twenty.
    pub interval_95: [Decimal; 2],
    /// The chance that the target is met, from 0 to 1.
    pub probability: Decimal,
    /// By what: `smoothing`, `share`, `both`, or `usual change` from now to the end of earlier years.
    pub method: &'static str,
    /// How many figures it rests on.
    pub figures: usize,
    /// What the rest of the year has to bring, for what adds up over the year.
    pub needed: Option<Needed>,
}

/// What the remaining months have to bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needed {
    /// At least, or at most where the target is an upper bound; in the unit of the target's level.
    pub sum: Decimal,
    /// The unit of that.
    pub unit: Unit,
    /// In percent above the same months of the year before, where these are known.
    pub growth: Option<Decimal>,
    /// The best such growth of earlier years, in percent, with its year.
    pub best: Option<(i32, Decimal)>,
    /// Of how many years that is the best.
    pub years: usize,
}
