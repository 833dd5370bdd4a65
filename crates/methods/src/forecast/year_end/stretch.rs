//! What the remaining months would have to bring, beside what they brought in earlier years.

use rust_decimal::Decimal;

use super::history::History;
use crate::growth::rate;
use crate::progress::Range;

/// The growth of the remaining months of one year on those of the year before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The year.
    pub year: i32,
    /// Its growth in percent.
    pub growth: Decimal,
}

/// What meeting a target takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needed {
    /// What the remaining months must bring at least, or may bring at most where the target is an upper bound.
    pub sum: Decimal,
    /// By how many percent that is above the same months of the year before; `None` where these are unknown or not
    /// positive.
    pub growth: Option<Decimal>,
    /// The best such stretch of earlier years: the highest growth, or the lowest where the target is an upper bound.
    pub best: Option<Stretch>,
    /// Of how many years that is the best.
    pub years: usize,
}

/// `None` where the target is without bounds, or a number leaves the range of exact decimals.
pub(super) fn needed(history: &History, target: Range) -> Option<Needed> {
    let rising = target.lower.is_some();
    let bound = target.lower.or(target.upper)?;
    let sum = bound.at.checked_sub(history.so_far)?;
    let stretches: Vec<(i32, Decimal)> = history
        .ends()
        .filter_map(|(year, early, end)| Some((year, end.checked_sub(early)?)))
        .collect();
    let growth = stretches
        .last()
        .filter(|(year, last)| year.checked_add(1) == Some(history.year) && *last > Decimal::ZERO)
        .and_then(|(_, last)| rate(sum, *last));
    let earlier: Vec<Stretch> = stretches
        .iter()
        .zip(stretches.iter().skip(1))
        .filter(|((before, last), (year, _))| {
            before.checked_add(1) == Some(*year) && *last > Decimal::ZERO
        })
        .filter_map(|((_, last), (year, sum))| {
            Some(Stretch { year: *year, growth: rate(*sum, *last)? })
        })
        .collect();
    let best = earlier.iter().copied().reduce(|best, other| {
        let better = if rising { other.growth > best.growth } else { other.growth < best.growth };
        if better { other } else { best }
    });
    Some(Needed { sum, growth, best, years: earlier.len() })
}
