//! How good the forecasts of an indicator's year ends would have been: what was said, and what came.

use rust_decimal::Decimal;

use crate::{Day, Unit};

/// The forecasts of one indicator of a region, made again from what was known at the time, beside the outcomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calibration {
    /// Code of the indicator.
    pub indicator: String,
    /// Its Chinese name.
    pub name: String,
    /// Code of the region.
    pub region: String,
    /// The unit of the figures.
    pub unit: Unit,
    /// Every forecast, by year and month.
    pub cases: Vec<ForecastCase>,
    /// Why other months of other years could not be forecast, in Chinese, and how many.
    pub left_out: Vec<(String, usize)>,
    /// The errors by month.
    pub months: Vec<MonthError>,
    /// How often the intervals held the outcome.
    pub intervals: Vec<IntervalCover>,
    /// How good the stated chances were; `None` where none could be stated.
    pub chances: Option<ChanceScore>,
    /// All of this in sentences.
    pub sentences: Vec<String>,
}

/// What was known when a forecast is made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knowledge {
    /// The figures were filed in time: nothing is used that became known later.
    AtTheTime,
    /// The figures were filed after the year was over: they are cut after the month, but may hold later revisions.
    Hindsight,
}

impl Knowledge {
    /// Its name in data.
    pub fn as_str(self) -> &'static str {
        match self {
            Knowledge::AtTheTime => "at-the-time",
            Knowledge::Hindsight => "hindsight",
        }
    }
}

/// A forecast of a year's end that was made again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForecastCase {
    /// The year.
    pub year: i32,
    /// The latest month known, 1 to 11.
    pub month: u8,
    /// The day on which the figure of that month became known; what became known later is not used.
    pub known: Day,
    /// Whether that day lies within the year.
    pub knowledge: Knowledge,
    /// What the year had brought by then.
    pub so_far: Decimal,
    /// The median forecast of the year's end.
    pub median: Decimal,
    /// The bounds of the intervals for 50, 80 and 95 of a hundred futures.
    pub intervals: [[Decimal; 2]; 3],
    /// What the share of the year before leads to.
    pub by_share: Decimal,
    /// What came, as known now.
    pub outcome: Decimal,
    /// The day on which the outcome as known now was published, and by what source.
    pub outcome_vintage: (Day, String),
    /// The question whether the year would end at or above last year with the mean growth of the years before: its
    /// threshold, the stated chance from 0 to 1, and whether it came so. `None` with fewer than two earlier years.
    pub question: Option<(Decimal, Decimal, bool)>,
}

/// Mean absolute errors of the forecasts from one month on, in percent of the outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthError {
    /// The month through which figures were known.
    pub month: u8,
    /// How many forecasts.
    pub cases: usize,
    /// The error of the median.
    pub error: Decimal,
    /// The error of what the share of the year before led to, on the same cases.
    pub by_share: Decimal,
}

/// How often an interval held the outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntervalCover {
    /// Of a hundred outcomes it should hold so many.
    pub percent: u8,
    /// How many it held.
    pub held: usize,
    /// Of how many.
    pub cases: usize,
}

/// How good stated chances were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChanceScore {
    /// How many chances were stated.
    pub cases: usize,
    /// How often it came so.
    pub came: usize,
    /// The mean squared distance of the chances from what came (Brier 1950); 0 is perfect.
    pub brier: Decimal,
    /// The same of one who always states how often it came so over all cases.
    pub base_rate_brier: Decimal,
    /// By stated chance, in fifths; those with no case are left out.
    pub bins: Vec<ChanceBin>,
}

/// Chances that were stated within a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChanceBin {
    /// The range in percent; the upper bound belongs to the next one, except 100.
    pub range: [u8; 2],
    /// How many.
    pub cases: usize,
    /// The mean stated chance, from 0 to 1.
    pub stated: Decimal,
    /// How often it came so.
    pub came: usize,
}
