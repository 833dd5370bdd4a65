//! Indices that are the same whichever way they are chained (Gini, Éltető, Köves, Szulc), and their rolling windows.

use rust_decimal::Decimal;

use super::formula::{Formula, Plain, kept, rooted};
use super::series::matched;
use super::{Panel, PriceIndexError};

/// The comparison of two periods that GEKS is made of; it has to be the same in both directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeksOf {
    /// GEKS-Fisher.
    Fisher,
    /// GEKS-Törnqvist, also called CCDI.
    Tornqvist,
    /// GEKS-Jevons, without quantities.
    Jevons,
}

/// How many periods are compared with each other at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// All: a new period changes the earlier indices too.
    Whole,
    /// So many, moving by one period; what was published stays.
    Rolling {
        /// Periods of a window, at least two; 13 for months.
        length: usize,
        /// How a new window is joined to what was published.
        splice: Splice,
    },
}

/// How the last period of a window is joined to the published row (manual 2020, chapter 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Splice {
    /// By the change from the period before.
    Movement,
    /// By the change from the first period of the window.
    Window,
    /// By the geometric mean of the changes from all periods that were published (Diewert and Fox).
    Mean,
}

/// `Π_k (P(k,t) ÷ P(k,b))^(1/T)` of each period `t` against the base `b`, over the periods `k` of the window. Of two
/// periods the items that both have are compared; a way over a period that has none in common is left out.
///
/// # Errors
/// Those of [`matched`], but for periods without a common item that others connect; [`PriceIndexError::WindowLength`].
pub fn geks(
    panel: &Panel,
    of: GeksOf,
    base: usize,
    window: Window,
) -> Result<Vec<Decimal>, PriceIndexError> {
    let periods = panel.periods();
    let length = match window {
        Window::Whole => periods,
        Window::Rolling { length, .. } => length,
    };
    if length > periods || (length < 2 && periods > 1) {
        return Err(PriceIndexError::WindowLength { length, periods });
    }
    let pairs = Logarithms::of(panel, of, length)?;
    let mut row = pairs.window(0, length)?;
    if let Window::Rolling { splice, .. } = window {
        for last in length..periods {
            let first = last + 1 - length;
            let newer = pairs.window(first, length)?;
            let end = newer.last().copied().unwrap_or_default();
            // What was published of the periods of the window before its last.
            let joined = row.iter().skip(first).zip(&newer).map(|(old, new)| old + end - new);
            let joined: Vec<f64> = joined.collect();
            let next = match splice {
                Splice::Movement => joined.last().copied(),
                Splice::Window => joined.first().copied(),
                Splice::Mean => Some(joined.iter().sum::<f64>() / joined.len() as f64),
            };
            row.push(next.ok_or(PriceIndexError::WindowLength { length, periods })?);
        }
    }
    let start = *row.get(base).ok_or(PriceIndexError::Range { period: base })?;
    let index = |(period, logarithm): (usize, &f64)| {
        kept(libm::exp(logarithm - start)).ok_or(PriceIndexError::Range { period })
    };
    row.iter().enumerate().map(index).collect()
}

/// The logarithms of the comparisons of all periods that stand in one window.
struct Logarithms(Vec<Vec<Option<f64>>>);

impl Logarithms {
    fn of(panel: &Panel, of: GeksOf, length: usize) -> Result<Self, PriceIndexError> {
        let formula = match of {
            GeksOf::Fisher => Formula::Fisher,
            GeksOf::Tornqvist => Formula::Tornqvist,
            GeksOf::Jevons => Formula::Jevons,
        };
        let mut rows = Vec::with_capacity(panel.periods());
        for from in 0..panel.periods() {
            let mut row = Vec::with_capacity(length);
            for to in from..panel.periods().min(from + length) {
                let pairs = match matched(panel, formula, from, to) {
                    Ok(found) => found.pairs,
                    Err(PriceIndexError::NoMatch { .. }) => {
                        row.push(None);
                        continue;
                    }
                    Err(error) => return Err(error),
                };
                let plain: Option<Vec<Plain>> = pairs.iter().map(Plain::of).collect();
                let index = plain.and_then(|plain| rooted(formula, &plain));
                row.push(Some(libm::log(index.ok_or(PriceIndexError::NoWeight { from, to })?)));
            }
            rows.push(row);
        }
        Ok(Logarithms(rows))
    }

    /// The logarithm of the index of one period against another.
    fn at(&self, from: usize, to: usize) -> Option<f64> {
        if from <= to {
            *self.0.get(from)?.get(to - from)?
        } else {
            self.at(to, from).map(|logarithm| -logarithm)
        }
    }

    /// The logarithms of the index of each period of a window against its first.
    fn window(&self, first: usize, length: usize) -> Result<Vec<f64>, PriceIndexError> {
        let all = first..first + length;
        let one = |to: usize| {
            let ways = all.clone().filter_map(|by| Some(self.at(by, to)? - self.at(by, first)?));
            let ways: Vec<f64> = ways.collect();
            match ways.is_empty() {
                true => Err(PriceIndexError::NoMatch { from: first, to }),
                false => Ok(ways.iter().sum::<f64>() / ways.len() as f64),
            }
        };
        all.clone().map(one).collect()
    }
}
