//! A model fitted to a series, and the choice among the models.

use super::Refusal;
use super::estimate::{Estimate, STARTS, estimate};
use super::model::{Model, Noise, Season, Smoothing, State, Trend};
use super::recursion::Recursion;

/// Numbers farther from zero are refused: their squares would leave the range of the machine's numbers.
const LARGEST: f64 = 1e100;

/// A model that is behind the best by more than this after one start is not tried from the others. Further starts
/// gain more than that only where the first went quite astray.
const WORTH: f64 = 12.0;

/// A series is taken as known exactly where what is left of it is below this share of its largest value.
const EXACT: f64 = 1e-9;

/// Numbers closer to zero are zero: their squares would leave the range of the machine's numbers.
const SMALLEST: f64 = 1e-100;

/// A model with its parameters on a series.
#[derive(Debug, Clone)]
pub struct Fit {
    /// The model.
    pub model: Model,
    /// Steps of a season; 1 without.
    pub period: usize,
    /// How fast the states follow the errors.
    pub smoothing: Smoothing,
    /// The states before the first value.
    pub first: State,
    /// The states after the last value, the season of the next step first.
    pub last: State,
    /// The logarithm of the likelihood without the constant `−n/2·(ln(2π/n) + 1)`.
    pub log_likelihood: f64,
    /// The sum of the squared errors, relative ones for a multiplicative error.
    pub squares: f64,
    /// What was expected of each value, a step before.
    pub expected: Vec<f64>,
    /// The errors, relative ones for a multiplicative error.
    pub errors: Vec<f64>,
    /// How many numbers were estimated; 0 where they were given.
    pub degrees: usize,
}

impl Fit {
    /// Akaike's criterion.
    pub fn aic(&self) -> f64 {
        2.0 * self.degrees as f64 - 2.0 * self.log_likelihood
    }

    /// Akaike's criterion corrected for short series, by which models are chosen.
    pub fn aicc(&self) -> f64 {
        let (count, degrees) = (self.expected.len() as f64, self.degrees as f64);
        self.aic() + 2.0 * degrees * (degrees + 1.0) / (count - degrees - 1.0)
    }

    /// The Bayesian criterion.
    pub fn bic(&self) -> f64 {
        let count = self.expected.len() as f64;
        self.degrees as f64 * libm::log(count) - 2.0 * self.log_likelihood
    }

    /// The standard deviation of the errors, corrected for the numbers that were estimated.
    pub fn sigma(&self) -> f64 {
        (self.squares / self.left() as f64).sqrt()
    }

    /// How many of the errors are free after the estimation; at least one.
    pub(super) fn left(&self) -> usize {
        // The variance itself is not among the numbers that the errors were fitted by.
        let fitted = self.degrees.saturating_sub(1);
        self.errors.len().saturating_sub(fitted).max(1)
    }

    /// The values that errors of zero would bring, `steps` ahead.
    pub fn point(&self, steps: usize) -> Vec<f64> {
        let State { mut level, mut slope, .. } = self.last;
        let seasons = self.last.season.iter().copied().cycle();
        let seasons: Vec<f64> = seasons.take(steps).collect();
        (0..steps)
            .map(|at| {
                slope *= self.smoothing.phi;
                level += slope;
                match (self.model.season, seasons.get(at)) {
                    (Season::Additive, Some(season)) => level + season,
                    (Season::Multiplicative, Some(season)) => level * season,
                    _ => level,
                }
            })
            .collect()
    }
}

/// What is wrong with a series or a period before any model is tried.
fn check(values: &[f64], period: usize) -> Result<(), Refusal> {
    if period == 0 {
        return Err(Refusal::Period);
    }
    if let Some(at) = values.iter().position(|value| value.is_nan() || value.abs() > LARGEST) {
        return Err(Refusal::Number { at });
    }
    Ok(())
}

/// How many values a model needs: two periods where it has a season, and enough for the corrected criterion.
pub fn needed(model: Model, period: usize) -> usize {
    let periods = if model.season == Season::None { 0 } else { period.saturating_mul(2) };
    periods.max(model.degrees(period).saturating_add(2))
}

/// A power of two about as large as the largest value: in this unit estimates are made, without a rounding.
fn size(values: &[f64]) -> f64 {
    libm::ldexp(1.0, libm::frexp(largest(values)).1)
}

fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()))
}

/// One model with given parameters and first states; nothing is estimated.
///
/// # Errors
/// When a value is not a number or too large, the season does not have `period` parts, the model is not of the family,
/// or it expects a value that is not positive although its errors are relative.
pub fn fit_with(
    values: &[f64],
    period: usize,
    model: Model,
    smoothing: Smoothing,
    first: State,
) -> Result<Fit, Refusal> {
    check(values, period)?;
    if !model.stable() {
        return Err(Refusal::Model { model });
    }
    let seasons = if model.season == Season::None { 0 } else { period };
    if first.season.len() != seasons {
        return Err(Refusal::States { model, needed: seasons, found: first.season.len() });
    }
    let size = size(values);
    let scaled: Vec<f64> = values.iter().map(|value| value / size).collect();
    let mut recursion = Recursion::new(model, &scaled);
    let mut last = in_unit(&first, model, 1.0 / size);
    let score = recursion.run(&smoothing, &mut last).ok_or(Refusal::Diverged { model })?;
    if seasons > 0 {
        last.season.rotate_left(values.len() % seasons);
    }
    let of_error = if model.noise == Noise::Additive { size } else { 1.0 };
    Ok(Fit {
        model,
        period,
        smoothing,
        first,
        last: in_unit(&last, model, size),
        log_likelihood: -0.5 * score.deviance - values.len() as f64 * libm::log(size),
        squares: score.squares * of_error * of_error,
        expected: recursion.trace.iter().map(|step| step.expected * size).collect(),
        errors: recursion.trace.iter().map(|step| step.error * of_error).collect(),
        degrees: 0,
    })
}

/// States in another unit.
fn in_unit(state: &State, model: Model, unit: f64) -> State {
    let of_season = if model.season == Season::Additive { unit } else { 1.0 };
    State {
        level: state.level * unit,
        slope: state.slope * unit,
        season: state.season.iter().map(|part| part * of_season).collect(),
    }
}

/// One model, estimated from several starts.
///
/// # Errors
/// When the series is too short for the model, holds what is not a number, or is not positive where the model needs it.
pub fn fit(values: &[f64], period: usize, model: Model) -> Result<Fit, Refusal> {
    check(values, period)?;
    if !model.stable() || (period == 1 && model.season != Season::None) {
        return Err(Refusal::Model { model });
    }
    let needed = needed(model, period);
    if values.len() < needed {
        return Err(Refusal::TooShort { needed, found: values.len() });
    }
    if model.needs_positive()
        && let Some(at) = values.iter().position(|value| *value <= 0.0)
    {
        return Err(Refusal::NotPositive { model, at });
    }
    if let Some(fit) = exact(values, period) {
        return Ok(fit);
    }
    let size = size(values);
    let scaled: Vec<f64> = values.iter().map(|value| value / size).collect();
    let best = STARTS
        .iter()
        .filter_map(|start| estimate(&scaled, period, model, start))
        .reduce(lower)
        .ok_or(Refusal::Diverged { model })?;
    finish(values, period, model, best, size)
}

/// The model with the lowest corrected criterion of Akaike among those that the series allows.
///
/// # Errors
/// When the series is too short for two periods, or holds what is not a number.
pub fn choose(values: &[f64], period: usize) -> Result<Fit, Refusal> {
    Ok(ranked(values, period)?.swap_remove(0))
}

/// All models that the series allows, the one with the lowest corrected criterion of Akaike first; never empty.
///
/// Models that are far behind after one descent keep that first estimate.
///
/// # Errors
/// As [`choose`].
pub fn ranked(values: &[f64], period: usize) -> Result<Vec<Fit>, Refusal> {
    check(values, period)?;
    let plain = Model { noise: Noise::Additive, trend: Trend::None, season: Season::None };
    let least = if period == 1 { needed(plain, 1) } else { needed(SEASONAL, period) };
    if values.len() < least {
        return Err(Refusal::TooShort { needed: least, found: values.len() });
    }
    if let Some(fit) = exact(values, period) {
        return Ok(vec![fit]);
    }
    let size = size(values);
    let scaled: Vec<f64> = values.iter().map(|value| value / size).collect();
    let positive = values.iter().all(|value| *value > 0.0);
    let [first, rest @ ..] = &STARTS;
    let mut tried: Vec<(f64, Model, Estimate)> = Model::STABLE
        .into_iter()
        .filter(|model| positive || !model.needs_positive())
        .filter(|model| period > 1 || model.season == Season::None)
        .filter(|model| values.len() >= needed(*model, period))
        .filter_map(|model| Some((model, estimate(&scaled, period, model, first)?)))
        .map(|(model, found)| (criterion(&found, model, period, values.len()), model, found))
        .collect();
    let best = tried.iter().fold(f64::INFINITY, |best, (at, ..)| best.min(*at));
    for (at, model, found) in &mut tried {
        if *at > best + WORTH {
            continue;
        }
        for start in rest {
            if let Some(other) = estimate(&scaled, period, *model, start) {
                *found = lower(found.clone(), other);
            }
        }
        *at = criterion(found, *model, period, values.len());
    }
    tried.sort_by(|one, other| one.0.total_cmp(&other.0));
    let fits: Vec<Fit> = tried
        .into_iter()
        .filter_map(|(_, model, found)| finish(values, period, model, found, size).ok())
        .collect();
    if fits.is_empty() { Err(Refusal::Diverged { model: plain }) } else { Ok(fits) }
}

/// The seasonal model with the fewest parameters.
const SEASONAL: Model =
    Model { noise: Noise::Additive, trend: Trend::None, season: Season::Additive };

fn lower(one: Estimate, other: Estimate) -> Estimate {
    if other.deviance < one.deviance { other } else { one }
}

fn criterion(found: &Estimate, model: Model, period: usize, count: usize) -> f64 {
    let (count, degrees) = (count as f64, model.degrees(period) as f64);
    found.deviance + 2.0 * degrees + 2.0 * degrees * (degrees + 1.0) / (count - degrees - 1.0)
}

/// An estimate in the unit of the series.
fn finish(
    values: &[f64],
    period: usize,
    model: Model,
    Estimate { smoothing, state, .. }: Estimate,
    size: f64,
) -> Result<Fit, Refusal> {
    let mut fit = fit_with(values, period, model, smoothing, in_unit(&state, model, size))?;
    fit.degrees = model.degrees(period);
    Ok(fit)
}

/// A series that a line, or a level with a season, tells without any error: no likelihood is needed, and none exists.
fn exact(values: &[f64], period: usize) -> Option<Fit> {
    let bound = (EXACT * largest(values)).max(SMALLEST);
    let (first, second) = (*values.first()?, *values.get(1)?);
    let step = second - first;
    let line = |at: usize| first + step * at as f64;
    let straight = values.iter().enumerate().all(|(at, value)| (value - line(at)).abs() <= bound);
    let repeated = period > 1
        && values.iter().zip(values.get(period..)?).all(|(one, next)| (one - next).abs() <= bound);
    let (trend, season, state) = if straight && step.abs() <= bound {
        (Trend::None, Season::None, State { level: first, slope: 0.0, season: Vec::new() })
    } else if straight {
        let state = State { level: first - step, slope: step, season: Vec::new() };
        (Trend::Additive, Season::None, state)
    } else if repeated {
        let season = values.get(..period)?.to_vec();
        (Trend::None, Season::Additive, State { level: 0.0, slope: 0.0, season })
    } else {
        return None;
    };
    let model = Model { noise: Noise::Additive, trend, season };
    let smoothing = Smoothing { alpha: 0.5, beta: 0.0, gamma: 0.0, phi: 1.0 };
    let mut last = state.clone();
    last.level += last.slope * values.len() as f64;
    if season != Season::None {
        last.season.rotate_left(values.len() % period);
    }
    Some(Fit {
        model,
        period,
        smoothing,
        first: state,
        last,
        log_likelihood: f64::INFINITY,
        squares: 0.0,
        expected: values.to_vec(),
        errors: vec![0.0; values.len()],
        degrees: model.degrees(period),
    })
}
