//! Cumulative figures put in order: years, steps, and what each step brought alone.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{Figure, NoYearEnd};
use crate::accumulation::single;
use crate::outlier::median;

/// What one step brought.
#[derive(Debug, Clone, Copy)]
pub(super) struct Single {
    pub year: i32,
    /// The month with which the step ends.
    pub month: u8,
    pub value: Decimal,
}

/// The figures after the latest break.
#[derive(Debug)]
pub(super) struct History {
    /// Year and month of the latest figure.
    pub year: i32,
    pub month: u8,
    pub so_far: Decimal,
    /// How many figures are used, and how many a break dropped.
    pub used: usize,
    pub dropped: usize,
    /// The most digits after the point.
    pub digits: u32,
    /// The steps without a gap up to the latest figure.
    pub singles: Vec<Single>,
    /// Years and months whose figure was estimated, so that there is no gap.
    pub filled: Vec<(i32, u8)>,
    months: Vec<u8>,
    figures: BTreeMap<(i32, u8), Decimal>,
}

impl History {
    pub fn new(given: &[Figure], breaks: &[(i32, u8)]) -> Result<Self, NoYearEnd> {
        let mut figures = BTreeMap::new();
        for &Figure { year, month, value } in given {
            if !(1..=12).contains(&month) {
                return Err(NoYearEnd::Month { year, month });
            }
            if figures.insert((year, month), value).is_some_and(|other| other != value) {
                return Err(NoYearEnd::Twice { year, month });
            }
        }
        let all = figures.len();
        if let Some((&latest, _)) = figures.last_key_value()
            && let Some(&last_break) = breaks.iter().filter(|at| **at <= latest).max()
        {
            figures = figures.split_off(&last_break);
        }
        let dropped = all - figures.len();
        let months = months(&figures);
        figures.retain(|(_, month), _| months.contains(month));
        let used = figures.len();
        let Some((&(year, month), &so_far)) = figures.last_key_value() else {
            return Err(NoYearEnd::TooShort { needed: super::FEWEST, found: used });
        };
        if month == 12 {
            return Err(NoYearEnd::Ended { year });
        }
        let digits = figures.values().map(|value| value.normalize().scale()).max().unwrap_or(0);
        let mut history = History {
            year,
            month,
            so_far,
            used,
            dropped,
            digits,
            singles: Vec::new(),
            filled: Vec::new(),
            months,
            figures,
        };
        let filled = history.fill();
        history.singles = history.without_gap(&filled).ok_or(NoYearEnd::Range)?;
        // Only those that the steps use.
        let first = history.singles.first().map(|step| (step.year, step.month));
        history.filled = filled.into_keys().filter(|at| first.is_some_and(|f| *at >= f)).collect();
        Ok(history)
    }

    /// How many steps a year has.
    pub fn steps(&self) -> usize {
        self.months.len()
    }

    /// How many steps of the year are still to come.
    pub fn left(&self) -> usize {
        self.months.iter().filter(|month| **month > self.month).count()
    }

    /// The latest month's figure and the final one of each earlier year that has both, the latest year last.
    pub fn years(&self) -> impl Iterator<Item = (Decimal, Decimal)> {
        self.ends().map(|(_, early, end)| (early, end))
    }

    /// The same with the year.
    pub fn ends(&self) -> impl Iterator<Item = (i32, Decimal, Decimal)> {
        self.figures
            .iter()
            .filter(|((year, month), _)| *year < self.year && *month == 12)
            .filter_map(|(&(year, _), end)| {
                Some((year, *self.figures.get(&(year, self.month))?, *end))
            })
    }

    /// Figures for single months that were not published: between the figures beside such a month, at the part of the way
    /// that other years had made by then.
    fn fill(&self) -> BTreeMap<(i32, u8), Decimal> {
        let years: BTreeSet<i32> = self.figures.keys().map(|(year, _)| *year).collect();
        let mut filled = BTreeMap::new();
        for &year in &years {
            for (at, &month) in self.months.iter().enumerate() {
                let before = at.checked_sub(1).and_then(|at| self.months.get(at)).copied();
                let Some(&after) = self.months.get(at + 1) else { continue };
                if self.figures.contains_key(&(year, month)) {
                    continue;
                }
                let Some((early, late)) = self.beside(year, before, after) else { continue };
                let others = years.iter().filter(|other| **other != year);
                let parts: Vec<Decimal> = others
                    .filter_map(|other| {
                        let (early, late) = self.beside(*other, before, after)?;
                        let way = late.checked_sub(early)?;
                        let made = self.figures.get(&(*other, month))?.checked_sub(early)?;
                        made.checked_div(way)
                    })
                    .collect();
                let estimate = median(parts).and_then(|part| {
                    late.checked_sub(early)?.checked_mul(part)?.checked_add(early)
                });
                if let Some(estimate) = estimate {
                    filled.insert((year, month), estimate.round_dp(self.digits));
                }
            }
        }
        filled
    }

    /// The figures of two months of a year; before the first step it is zero.
    fn beside(&self, year: i32, before: Option<u8>, after: u8) -> Option<(Decimal, Decimal)> {
        let early = match before {
            Some(before) => *self.figures.get(&(year, before))?,
            None => Decimal::ZERO,
        };
        Some((early, *self.figures.get(&(year, after))?))
    }

    /// The steps up to the latest figure, back to the last gap; `None` where a difference is out of range.
    fn without_gap(&self, filled: &BTreeMap<(i32, u8), Decimal>) -> Option<Vec<Single>> {
        let mut steps = Vec::with_capacity(self.figures.len());
        let (mut year, mut month) = (self.year, self.month);
        let figure = |at: &(i32, u8)| self.figures.get(at).or_else(|| filled.get(at));
        while let Some(through) = figure(&(year, month)) {
            let before = self.months.iter().copied().filter(|other| *other < month).max();
            let value = match before {
                None => *through,
                Some(before) => match figure(&(year, before)) {
                    Some(before) => single(*through, *before)?,
                    None => break,
                },
            };
            steps.push(Single { year, month, value });
            (year, month) = match before {
                Some(before) => (year, before),
                None => match year.checked_sub(1) {
                    Some(year) => (year, 12),
                    None => break,
                },
            };
        }
        steps.reverse();
        Some(steps)
    }
}

/// The months with which the steps of a year end: half-years, quarters or months, of which January is none where a year
/// lacks it.
fn months(figures: &BTreeMap<(i32, u8), Decimal>) -> Vec<u8> {
    let only = |these: &[u8]| figures.keys().all(|(_, month)| these.contains(month));
    if only(&[6, 12]) {
        return vec![6, 12];
    }
    if only(&[3, 6, 9, 12]) {
        return vec![3, 6, 9, 12];
    }
    let january = figures.keys().all(|(year, _)| figures.contains_key(&(*year, 1)));
    (if january { 1 } else { 2 }..=12).collect()
}
