//! Simulated futures of a fitted model, and what is read from them.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::blend::Blend;
use super::errors::draw;
use super::fit::Fit;
use super::model::{Noise, Season, State};
use crate::progress::{Bound, Range};

/// Simulated futures, each of the same number of steps.
#[derive(Debug, Clone)]
pub struct Paths {
    steps: usize,
    values: Vec<f64>,
}

impl Paths {
    /// `count` paths of zeros.
    fn none(steps: usize, count: usize) -> Self {
        Paths { steps, values: vec![0.0; steps.saturating_mul(count)] }
    }

    /// How many steps each path has.
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// The paths, one after another.
    pub fn iter(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks_exact(self.steps.max(1))
    }

    /// The values at one step, the first being 0; of none where there is no such step.
    pub fn at(&self, step: usize) -> Distribution {
        self.iter().filter_map(|path| path.get(step).copied()).collect()
    }

    /// The sums of the paths: what the steps bring together. Quantiles of the single steps must not be added.
    pub fn sums(&self) -> Distribution {
        self.iter().map(|path| path.iter().sum()).collect()
    }

    /// The values at the last step.
    pub fn last(&self) -> Distribution {
        self.at(self.steps.saturating_sub(1))
    }
}

/// Equally likely numbers, in ascending order.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution(Vec<f64>);

impl FromIterator<f64> for Distribution {
    /// What is not a number is left out.
    fn from_iter<I: IntoIterator<Item = f64>>(numbers: I) -> Self {
        let mut numbers: Vec<f64> = numbers.into_iter().filter(|number| !number.is_nan()).collect();
        numbers.sort_unstable_by(f64::total_cmp);
        Distribution(numbers)
    }
}

impl Distribution {
    /// The numbers, in ascending order.
    pub fn numbers(&self) -> &[f64] {
        &self.0
    }

    /// The number below which a share of them lies, by a line between the two beside it (type 7 of Hyndman and Fan
    /// 1996); `None` of none.
    pub fn quantile(&self, share: f64) -> Option<f64> {
        let last = self.0.len().checked_sub(1)?;
        let place = share.clamp(0.0, 1.0) * last as f64;
        // In range: `place` lies between 0 and `last`.
        let below = (place as usize).min(last);
        let low = *self.0.get(below)?;
        let high = *self.0.get((below + 1).min(last))?;
        Some(low + (place - below as f64) * (high - low))
    }

    /// Their mean; `None` of none.
    pub fn mean(&self) -> Option<f64> {
        (!self.0.is_empty()).then(|| self.0.iter().sum::<f64>() / self.0.len() as f64)
    }

    /// The share of those at `threshold` or above.
    pub fn at_least(&self, threshold: f64) -> f64 {
        1.0 - self.below(threshold)
    }

    /// The share of those at `threshold` or below.
    pub fn at_most(&self, threshold: f64) -> f64 {
        let count = self.0.partition_point(|number| *number <= threshold);
        count as f64 / self.0.len().max(1) as f64
    }

    /// The share of those below `threshold`.
    pub fn below(&self, threshold: f64) -> f64 {
        let count = self.0.partition_point(|number| *number < threshold);
        count as f64 / self.0.len().max(1) as f64
    }
}

impl Distribution {
    /// The share of the numbers inside a range. Of numbers that are few, none or all do not mean never or always, so half
    /// a number is added to each side.
    pub fn chance(&self, range: Range) -> f64 {
        let below = |bound: Bound| {
            let at = bound.at.to_f64().unwrap_or(f64::NAN);
            if bound.included { self.below(at) } else { self.at_most(at) }
        };
        let above = |bound: Bound| {
            let at = bound.at.to_f64().unwrap_or(f64::NAN);
            if bound.included { self.at_most(at) } else { self.below(at) }
        };
        let inside = range.upper.map_or(1.0, above) - range.lower.map_or(0.0, below);
        let count = self.0.len() as f64;
        (inside.max(0.0) * count + 0.5) / (count + 1.0)
    }
}

/// A number as an exact decimal with at most so many digits after the point; `None` out of the range of decimals.
pub fn exact_near(number: f64, digits: u32) -> Option<Decimal> {
    Decimal::try_from(number).ok().map(|exact| exact.round_dp(digits).normalize())
}

impl Fit {
    /// Simulates `count` futures of `steps` steps, under errors drawn from those on the history. The same seed gives the
    /// same numbers on every machine. A relative error below −1 counts as −1.
    pub fn paths(&self, steps: usize, count: usize, seed: u64) -> Paths {
        let mut paths = Paths::none(steps, count);
        self.add_paths(1.0, &draw([(1.0, self)].into_iter(), (steps, count), seed), &mut paths);
        paths
    }

    /// Adds `weight` times the futures under the given errors to those that are there.
    fn add_paths(&self, weight: f64, errors: &[f64], to: &mut Paths) {
        let (steps, sigma) = (to.steps.max(1), self.sigma());
        let mut state = self.last.clone();
        for (path, errors) in to.values.chunks_exact_mut(steps).zip(errors.chunks_exact(steps)) {
            state.clone_from(&self.last);
            self.walk(&mut state, sigma, errors, |step, value| {
                if let Some(slot) = path.get_mut(step) {
                    *slot += weight * value;
                }
            });
        }
    }

    /// One future of the model under given errors in units of the standard deviation, told step by step.
    fn walk(
        &self,
        state: &mut State,
        sigma: f64,
        errors: &[f64],
        mut tell: impl FnMut(usize, f64),
    ) {
        let smoothing = &self.smoothing;
        let State { level, slope, season } = state;
        let mut at = 0;
        for (step, part) in errors.iter().enumerate() {
            *slope *= smoothing.phi;
            let base = *level + *slope;
            let mut none = 0.0;
            let slot = match season.get_mut(at) {
                Some(slot) => slot,
                None => &mut none,
            };
            let times = self.model.season == Season::Multiplicative;
            let expected = if times { base * *slot } else { base + *slot };
            let error = sigma * part;
            let (gap, to_level, to_season) = match self.model.noise {
                Noise::Additive => (error, error, error),
                Noise::Multiplicative => {
                    let error = error.max(-1.0);
                    let gap = expected * error;
                    if times { (gap, base * error, *slot * error) } else { (gap, gap, gap) }
                }
            };
            tell(step, expected + gap);
            *level = base + smoothing.alpha * to_level;
            *slope += smoothing.beta * to_level;
            *slot += smoothing.gamma * to_season;
            at = if at + 1 >= self.last.season.len() { 0 } else { at + 1 };
        }
    }
}

impl Blend {
    /// Simulates futures as [`Fit::paths`] does: each path is the weighted mean of the paths of all models under the
    /// same errors, which are drawn from those that the mean of the models made on the history.
    pub fn paths(&self, steps: usize, count: usize, seed: u64) -> Paths {
        let parts = self.parts().iter().map(|(weight, fit)| (*weight, fit));
        let errors = draw(parts, (steps, count), seed);
        let mut paths = Paths::none(steps, count);
        for (weight, fit) in self.parts() {
            fit.add_paths(*weight, &errors, &mut paths);
        }
        paths
    }
}
