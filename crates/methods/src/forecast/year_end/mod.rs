//! How a year will end, asked in the middle of it: a distribution of the final cumulative figure, the chance of meeting a
//! target, and what the remaining months would have to bring.
//!
//! The remaining steps are simulated and *added* to what the year has brought: adding the bounds of monthly intervals
//! would make the year's interval too wide. January and February come together in Chinese statistics, so a year has 11
//! steps where January is not given, and the season has that period.

mod history;
mod stretch;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Refusal;
use super::blend::{Blend, blend};
use super::fit::needed;
use super::model::{Model, Noise, Season, Trend};
use super::paths::{Distribution, exact_near};
use super::share::{Shared, share};
use crate::progress::Range;
use history::History;
pub use stretch::{Needed, Stretch};

/// So few figures are enough for the share method where a year has 11 or 12 steps; a year and three steps otherwise.
pub const FEWEST: usize = 14;

/// Futures that are simulated.
const PATHS: usize = 4000;

/// Errors above this many robust standard deviations are told as outliers (Iglewicz and Hoaglin 1993).
const FAR: f64 = 3.5;

/// A cumulative figure: from January through a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// The year.
    pub year: i32,
    /// The last month, 1 to 12.
    pub month: u8,
    /// What the year had brought by then.
    pub value: Decimal,
}

/// A question about the year of the latest figure.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The figures of this and earlier years, in any order.
    pub figures: &'a [Figure],
    /// Years and months from which on another definition holds: what was before the latest is dropped.
    pub breaks: &'a [(i32, u8)],
    /// What the final figure should be.
    pub target: Option<Range>,
    /// The same seed gives the same answer.
    pub seed: u64,
}

/// By what a year's end was forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Exponential smoothing of the single steps.
    Smoothing,
    /// The share of the year that earlier years had reached by then.
    Share,
    /// Both: a part of the futures each.
    Both,
}

/// Why that method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The history is long enough for smoothing alone.
    #[error("{years} full years without a gap are enough for exponential smoothing alone")]
    LongHistory {
        /// How many full years of steps.
        years: usize,
    },
    /// Smoothing alone is too sure of itself on so few years.
    #[error(
        "on {years} full years exponential smoothing alone would be too sure, so the share method has a part"
    )]
    ShortHistory {
        /// How many full years of steps.
        years: usize,
    },
    /// There are too few steps without a gap for smoothing.
    #[error("exponential smoothing needs {needed} steps without a gap, and there are {found}")]
    TooShortForSmoothing {
        /// How many steps it needs.
        needed: usize,
        /// How many there are up to the latest figure.
        found: usize,
    },
    /// No earlier year has a positive figure for the same month and for December, so shares mean nothing.
    #[error(
        "no share can be taken, as a figure of the same month or of a year's end is missing or not positive"
    )]
    NoShare,
}

/// A step that was far from what the model expected. It stays in the history.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlier {
    /// The year.
    pub year: i32,
    /// The month with which the step ends.
    pub month: u8,
    /// What the step brought.
    pub value: Decimal,
    /// By how many robust standard deviations the error differs from the median error.
    pub score: f64,
}

/// How the year may end.
#[derive(Debug, Clone)]
pub struct YearEnd {
    /// The year.
    pub year: i32,
    /// The latest month known.
    pub month: u8,
    /// What the year has brought by then.
    pub so_far: Decimal,
    /// By what this was forecast.
    pub method: Method,
    /// Why by that.
    pub reason: Reason,
    /// How many steps a year has: 11 with January and February together, 12, 4 or 2.
    pub steps: usize,
    /// How many figures were used.
    pub used: usize,
    /// How many figures before a break were dropped.
    pub dropped: usize,
    /// Years and months whose missing figure was estimated by the course of other years, for the smoothing.
    pub filled: Vec<(i32, u8)>,
    /// The mean final figure.
    pub mean: Decimal,
    /// The final figures below which it ends with 5, 25, 50, 75 and 95 %.
    pub quantiles: [Decimal; 5],
    /// Equally likely final figures.
    pub total: Distribution,
    /// The chance of meeting the target; `None` without one.
    pub probability: Option<f64>,
    /// What meeting the target takes; `None` without one.
    pub needed: Option<Needed>,
    /// The smoothing models and their weights; empty where none was used.
    pub models: Vec<(f64, Model)>,
    /// What the share method says; `None` where no share can be taken.
    pub share: Option<Shared>,
    /// Steps that the smoothing did not expect.
    pub outliers: Vec<Outlier>,
}

/// Why the end of a year is not forecast.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoYearEnd {
    /// A month that there is not.
    #[error("month {month} of {year} is not one of 1 to 12")]
    Month {
        /// The year.
        year: i32,
        /// The month.
        month: u8,
    },
    /// Two figures for one month that differ.
    #[error("{year} has two figures for month {month}")]
    Twice {
        /// The year.
        year: i32,
        /// The month.
        month: u8,
    },
    /// Too few figures.
    #[error("{found} figures are too few: at least {needed} are needed, a full year among them")]
    TooShort {
        /// How many are needed.
        needed: usize,
        /// How many there are after the latest break.
        found: usize,
    },
    /// The year has ended.
    #[error("{year} has ended, nothing is left to be forecast")]
    Ended {
        /// The year.
        year: i32,
    },
    /// Neither method can be used.
    #[error("neither method can be used: {0}; {share}", share = Reason::NoShare)]
    NoMethod(Reason),
    /// The smoothing refused.
    #[error(transparent)]
    Smoothing(#[from] Refusal),
    /// A number leaves the range of exact decimals.
    #[error("a number leaves the range of exact decimals")]
    Range,
}

/// Forecasts the end of the year of the latest figure.
///
/// # Errors
/// When figures contradict each other, are too few, or the year has ended.
pub fn year_end(question: &Question<'_>) -> Result<YearEnd, NoYearEnd> {
    let history = History::new(question.figures, question.breaks)?;
    let (so_far, left) = (history.so_far, history.left());
    let least = FEWEST.min(history.steps() + 3);
    if history.used < least {
        return Err(NoYearEnd::TooShort { needed: least, found: history.used });
    }
    let known = number(so_far)?;
    let pairs: Vec<(f64, f64)> = history
        .years()
        .map(|(early, end)| Ok((number(early)?, number(end)?)))
        .collect::<Result<_, NoYearEnd>>()?;
    let single: Vec<f64> =
        history.singles.iter().map(|step| number(step.value)).collect::<Result<_, _>>()?;
    let shared = share(known, &pairs, PATHS);

    let seasonal = Model { noise: Noise::Additive, trend: Trend::None, season: Season::Additive };
    let (found, enough) = (single.len(), needed(seasonal, history.steps()));
    let full = found / history.steps();
    let smoothed = if found < enough { None } else { Some(blend(&single, history.steps())?) };
    let (method, reason, total) = match (&smoothed, &shared) {
        (None, None) => {
            let reason = Reason::TooShortForSmoothing { needed: enough, found };
            return Err(NoYearEnd::NoMethod(reason));
        }
        (None, Some(shared)) => {
            let reason = Reason::TooShortForSmoothing { needed: enough, found };
            (Method::Share, reason, shared.total.clone())
        }
        (Some(blend), shared) => {
            let futures = blend.paths(left, PATHS, question.seed).sums();
            let mut draws: Vec<f64> = futures.numbers().iter().map(|sum| known + sum).collect();
            let part = share_part(full);
            let (method, reason) = match shared {
                _ if part == 0 => (Method::Smoothing, Reason::LongHistory { years: full }),
                None => (Method::Smoothing, Reason::NoShare),
                Some(_) => {
                    // So many that they make up the part of all.
                    let count = PATHS * part / (100 - part);
                    if let Some(few) = share(known, &pairs, count) {
                        draws.extend(few.total.numbers());
                    }
                    (Method::Both, Reason::ShortHistory { years: full })
                }
            };
            (method, reason, draws.into_iter().collect())
        }
    };
    let digits = history.digits.saturating_add(1);
    let exact = |number: Option<f64>| {
        number.and_then(|number| exact_near(number, digits)).ok_or(NoYearEnd::Range)
    };
    let at = |percent: u8| exact(total.quantile(f64::from(percent) / 100.0));
    Ok(YearEnd {
        year: history.year,
        month: history.month,
        so_far,
        method,
        reason,
        steps: history.steps(),
        used: history.used,
        dropped: history.dropped,
        filled: if smoothed.is_some() { history.filled.clone() } else { Vec::new() },
        mean: exact(total.mean())?,
        quantiles: [at(5)?, at(25)?, at(50)?, at(75)?, at(95)?],
        probability: question.target.map(|target| total.chance(target)),
        needed: question.target.and_then(|target| stretch::needed(&history, target)),
        models: smoothed.iter().flat_map(Blend::parts).map(|(w, fit)| (*w, fit.model)).collect(),
        outliers: smoothed.as_ref().map(|blend| outliers(blend, &history)).unwrap_or_default(),
        share: shared,
        total,
    })
}

/// How many of a hundred futures come from the share method. Measured on the offline benchmark cut to so many years:
/// smoothing alone covers too little there, and this much mends it without a loss of sharpness (`docs/forecast.md`).
fn share_part(full_years: usize) -> usize {
    match full_years {
        0..=3 => 20,
        4..=5 => 10,
        _ => 0,
    }
}

/// The steps whose error is far from the others, by the leading model.
fn outliers(blend: &Blend, history: &History) -> Vec<Outlier> {
    let Some(fit) = blend.leader() else { return Vec::new() };
    let middle = median(fit.errors.clone());
    let deviation = median(fit.errors.iter().map(|error| (error - middle).abs()).collect());
    if deviation <= 0.0 {
        return Vec::new();
    }
    let far = |(step, error): (&history::Single, &f64)| {
        let score = 0.6745 * (error - middle) / deviation;
        let history::Single { year, month, value } = *step;
        (score.abs() > FAR).then_some(Outlier { year, month, value, score })
    };
    history.singles.iter().zip(&fit.errors).filter_map(far).collect()
}

fn median(numbers: Vec<f64>) -> f64 {
    numbers.into_iter().collect::<Distribution>().quantile(0.5).unwrap_or(0.0)
}

fn number(exact: Decimal) -> Result<f64, NoYearEnd> {
    exact.to_f64().ok_or(NoYearEnd::Range)
}
