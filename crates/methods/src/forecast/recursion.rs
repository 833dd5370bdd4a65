//! The one-step recursions, the likelihood and its gradient.
//!
//! Source: Hyndman, Koehler, Ord and Snyder, *Forecasting with Exponential Smoothing* (2008), tables 2.2 and 2.3. With
//! `q = level + phi·slope` the expected value is `q`, `q + s` or `q·s`. Written with the plain error `d = y − expected`
//! (divided by `s` for level and slope, by `q` for the season, where the season multiplies), the states of both kinds
//! of error move alike; only the likelihood differs. Its logarithm is kept without the constant
//! `−n/2·(ln(2π/n) + 1)`, as is usual when the models of one series are compared.
//!
//! The gradient is that of the whole recursion, run backwards (reverse accumulation): it costs about as much as the
//! recursion itself, however many states are estimated.

use super::model::{Model, Noise, Season, Smoothing, State, Trend};

/// Below this an expected value, in units of the largest value, is no ground for a multiplicative error.
const SMALLEST: f64 = 1e-12;

/// So many expected values are multiplied before the logarithm is taken.
const GROUP: usize = 8;

/// Minus twice the log-likelihood and what it rests on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Score {
    /// Minus twice the log-likelihood, without the constant.
    pub deviance: f64,
    /// The sum of the squared errors, relative ones for a multiplicative error.
    pub squares: f64,
}

/// What one step leaves for the way back.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Step {
    /// Slope before the step.
    slope: f64,
    /// Level expected, without season.
    base: f64,
    /// Season of the step before it moved.
    season: f64,
    /// The expected value.
    pub expected: f64,
    /// The error, relative for a multiplicative error.
    pub error: f64,
}

/// The derivatives of the deviance.
#[derive(Debug, Clone, Default)]
pub(super) struct Gradient {
    pub alpha: f64,
    pub beta: f64,
    pub gamma: f64,
    pub phi: f64,
    pub level: f64,
    pub slope: f64,
    pub season: Vec<f64>,
}

/// A model on a series; `trace` and `season` are kept between runs.
pub(super) struct Recursion<'a> {
    model: Model,
    values: &'a [f64],
    pub trace: Vec<Step>,
    season: Vec<f64>,
}

impl<'a> Recursion<'a> {
    pub fn new(model: Model, values: &'a [f64]) -> Self {
        Recursion { model, values, trace: vec![Step::default(); values.len()], season: Vec::new() }
    }

    /// Runs through the series. `state` is left as it is after the last value, its season not yet turned; `None` where
    /// an expected value leaves the range that the model allows.
    pub fn run(&mut self, smoothing: &Smoothing, state: &mut State) -> Option<Score> {
        match (self.model.noise, self.model.season) {
            (Noise::Additive, Season::None) => self.plain::<false, false>(smoothing, state),
            (Noise::Additive, _) => self.plain::<false, true>(smoothing, state),
            (Noise::Multiplicative, Season::None) => self.plain::<true, false>(smoothing, state),
            (Noise::Multiplicative, Season::Additive) => self.plain::<true, true>(smoothing, state),
            (Noise::Multiplicative, Season::Multiplicative) => self.product(smoothing, state),
        }
    }

    fn plain<const RELATIVE: bool, const SEASON: bool>(
        &mut self,
        &Smoothing { alpha, beta, gamma, phi }: &Smoothing,
        state: &mut State,
    ) -> Option<Score> {
        let (mut level, mut slope, mut at) = (state.level, state.slope, 0);
        let trended = self.model.trend != Trend::None;
        let mut scale = Scale::default();
        for (step, &value) in self.trace.iter_mut().zip(self.values) {
            let faded = if trended { phi * slope } else { 0.0 };
            let base = level + faded;
            let season = if SEASON { state.season.get(at).copied()? } else { 0.0 };
            let expected = base + season;
            let gap = value - expected;
            let error = if RELATIVE { scale.relative(gap, expected)? } else { gap };
            scale.squares += error * error;
            *step = Step { slope, base, season, expected, error };
            level = base + alpha * gap;
            if trended {
                slope = faded + beta * gap;
            }
            if SEASON {
                *state.season.get_mut(at)? = season + gamma * gap;
                at = if at + 1 == state.season.len() { 0 } else { at + 1 };
            }
        }
        (state.level, state.slope) = (level, slope);
        scale.score(self.values.len())
    }

    fn product(
        &mut self,
        &Smoothing { alpha, beta, gamma, phi }: &Smoothing,
        state: &mut State,
    ) -> Option<Score> {
        let (mut level, mut slope, mut at) = (state.level, state.slope, 0);
        let trended = self.model.trend != Trend::None;
        let mut scale = Scale::default();
        for (step, &value) in self.trace.iter_mut().zip(self.values) {
            let faded = if trended { phi * slope } else { 0.0 };
            let base = level + faded;
            let season = state.season.get(at).copied()?;
            let expected = base * season;
            let error = scale.relative(value - expected, expected)?;
            scale.squares += error * error;
            *step = Step { slope, base, season, expected, error };
            level = base * (1.0 + alpha * error);
            if trended {
                slope = faded + beta * base * error;
            }
            *state.season.get_mut(at)? = season * (1.0 + gamma * error);
            at = if at + 1 == state.season.len() { 0 } else { at + 1 };
        }
        (state.level, state.slope) = (level, slope);
        scale.score(self.values.len())
    }

    /// The derivatives of the deviance of the last run.
    pub fn gradient(
        &mut self,
        smoothing: &Smoothing,
        period: usize,
        score: Score,
        to: &mut Gradient,
    ) {
        let weight = 2.0 * self.values.len() as f64 / score.squares;
        self.season.clear();
        self.season.resize(if self.model.season == Season::None { 0 } else { period }, 0.0);
        (to.alpha, to.beta, to.gamma, to.phi) = (0.0, 0.0, 0.0, 0.0);
        (to.level, to.slope) = (0.0, 0.0);
        match (self.model.noise, self.model.season) {
            (_, Season::Multiplicative) => self.product_back(smoothing, weight, to),
            (Noise::Additive, _) => self.plain_back::<false>(smoothing, weight, to),
            (Noise::Multiplicative, _) => self.plain_back::<true>(smoothing, weight, to),
        }
        to.season.clone_from(&self.season);
    }

    fn plain_back<const RELATIVE: bool>(
        &mut self,
        &Smoothing { alpha, beta, gamma, phi }: &Smoothing,
        weight: f64,
        to: &mut Gradient,
    ) {
        let period = self.season.len();
        let mut at = if period == 0 { 0 } else { self.values.len() % period };
        for (step, &value) in self.trace.iter().zip(self.values).rev() {
            at = if at == 0 { period.saturating_sub(1) } else { at - 1 };
            let gap = value - step.expected;
            let season = self.season.get(at).copied().unwrap_or(0.0);
            let mut expected = if RELATIVE {
                (2.0 - weight * step.error * value / step.expected) / step.expected
            } else {
                -weight * step.error
            };
            expected -= alpha * to.level + beta * to.slope + gamma * season;
            to.alpha += to.level * gap;
            to.beta += to.slope * gap;
            to.gamma += season * gap;
            if let Some(slot) = self.season.get_mut(at) {
                *slot += expected;
            }
            to.level += expected;
            let faded = to.level + to.slope;
            to.phi += step.slope * faded;
            to.slope = phi * faded;
        }
    }

    fn product_back(
        &mut self,
        &Smoothing { alpha, beta, gamma, phi }: &Smoothing,
        weight: f64,
        to: &mut Gradient,
    ) {
        let period = self.season.len().max(1);
        let mut at = self.values.len() % period;
        for (step, &value) in self.trace.iter().zip(self.values).rev() {
            at = if at == 0 { period - 1 } else { at - 1 };
            let Some(slot) = self.season.get_mut(at) else { return };
            let Step { slope, base, season, expected, error } = *step;
            let by_error = weight * error
                + base * (alpha * to.level + beta * to.slope)
                + gamma * season * *slot;
            to.alpha += to.level * base * error;
            to.beta += to.slope * base * error;
            to.gamma += *slot * season * error;
            let by_expected = (2.0 - by_error * value / expected) / expected;
            *slot = *slot * (1.0 + gamma * error) + by_expected * base;
            to.level =
                to.level * (1.0 + alpha * error) + to.slope * beta * error + by_expected * season;
            let faded = to.level + to.slope;
            to.phi += slope * faded;
            to.slope = phi * faded;
        }
    }
}

/// Sums up what the likelihood needs.
struct Scale {
    squares: f64,
    logs: f64,
    product: f64,
    held: usize,
}

impl Default for Scale {
    fn default() -> Self {
        Scale { squares: 0.0, logs: 0.0, product: 1.0, held: 0 }
    }
}

impl Scale {
    /// The error as a share of what was expected, which is noted.
    fn relative(&mut self, gap: f64, expected: f64) -> Option<f64> {
        if expected < SMALLEST || expected.is_nan() {
            return None;
        }
        self.product *= expected;
        self.held += 1;
        if self.held == GROUP {
            self.logs += libm::log(self.product);
            (self.product, self.held) = (1.0, 0);
        }
        Some(gap / expected)
    }

    fn score(self, count: usize) -> Option<Score> {
        let deviance =
            count as f64 * libm::log(self.squares) + 2.0 * (self.logs + libm::log(self.product));
        deviance.is_finite().then_some(Score { deviance, squares: self.squares })
    }
}
