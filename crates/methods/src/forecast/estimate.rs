//! Smoothing parameters and first states of a model, by the greatest likelihood.

use super::descent::{Slope, descend};
use super::first_state::first_state;
use super::model::{Model, Season, Smoothing, State, Trend};
use super::recursion::{Gradient, Recursion};

/// The usual bounds of the smoothing parameters: alpha between these, beta below alpha, gamma below 1 − alpha.
const LOWEST: f64 = 1e-4;
const HIGHEST: f64 = 0.9999;
/// A fading slope keeps between so much and so much a step.
const FADING: (f64, f64) = (0.8, 0.98);

/// Where the descents begin: alpha, beta as a share of alpha, gamma as a share of 1 − alpha, phi as a share of its
/// range.
pub(super) const STARTS: [[f64; 4]; 4] =
    [[0.3, 0.1, 0.1, 0.9], [0.8, 0.02, 0.3, 0.5], [0.05, 0.3, 0.02, 0.9], [0.5, 0.6, 0.6, 0.2]];

/// What a descent found, in the unit of the values that it was given.
#[derive(Debug, Clone)]
pub(super) struct Estimate {
    pub smoothing: Smoothing,
    pub state: State,
    pub deviance: f64,
}

/// The point of the descent: parameters turned so that any number is allowed, states as distances from a first guess.
struct Problem<'a> {
    model: Model,
    period: usize,
    recursion: Recursion<'a>,
    guess: State,
    unit: f64,
    smoothing: Smoothing,
    state: State,
    gradient: Gradient,
}

/// A number between 0 and 1 for any number, and its derivative.
fn bend(free: f64) -> (f64, f64) {
    let share = 1.0 / (1.0 + libm::exp(-free));
    (share, share * (1.0 - share))
}

fn unbend(share: f64) -> f64 {
    libm::log(share / (1.0 - share))
}

impl Problem<'_> {
    /// Writes the point into parameters and states; the derivatives of the four turns.
    fn place(&mut self, point: &[f64]) -> Option<[f64; 4]> {
        let mut parts = point.iter().copied();
        let mut next = || parts.next();
        let mut slopes = [0.0; 4];
        let (share, slope) = bend(next()?);
        let alpha = LOWEST + (HIGHEST - LOWEST) * share;
        slopes[0] = slope;
        let (mut beta, mut gamma, mut phi) = (0.0, 0.0, 1.0);
        if self.model.trend != Trend::None {
            let (share, slope) = bend(next()?);
            beta = LOWEST + (alpha - LOWEST) * share;
            slopes[1] = slope;
        }
        if self.model.season != Season::None {
            let (share, slope) = bend(next()?);
            gamma = LOWEST + (1.0 - alpha - LOWEST) * share;
            slopes[2] = slope;
        }
        if self.model.trend == Trend::Damped {
            let (share, slope) = bend(next()?);
            phi = FADING.0 + (FADING.1 - FADING.0) * share;
            slopes[3] = slope;
        }
        self.smoothing = Smoothing { alpha, beta, gamma, phi };
        self.state.level = self.guess.level + self.unit * next()?;
        self.state.slope = self.guess.slope;
        if self.model.trend != Trend::None {
            self.state.slope += self.slope_unit() * next()?;
        }
        self.state.season.clear();
        let unit = self.season_unit();
        for season in &self.guess.season {
            let away = unit * next()?;
            self.state.season.push(match self.model.season {
                Season::Multiplicative => season * libm::exp(away),
                _ => season + away,
            });
        }
        Some(slopes)
    }

    fn slope_unit(&self) -> f64 {
        0.1 * self.unit
    }

    fn season_unit(&self) -> f64 {
        match self.model.season {
            Season::Multiplicative => self.unit / self.guess.level.abs().max(self.unit),
            _ => self.unit,
        }
    }
}

impl Slope for Problem<'_> {
    fn at(&mut self, point: &[f64], gradient: &mut [f64]) -> Option<f64> {
        let slopes = self.place(point)?;
        let seasons = self.state.season.clone();
        let score = self.recursion.run(&self.smoothing, &mut self.state)?;
        self.recursion.gradient(&self.smoothing, self.period, score, &mut self.gradient);
        let Smoothing { alpha, .. } = self.smoothing;
        let (by, mut parts) = (&self.gradient, gradient.iter_mut());
        let mut put = |number: f64| {
            if let Some(part) = parts.next() {
                *part = number;
            }
        };
        // Beta and gamma move with alpha, as its bounds are theirs.
        let (trended, seasonal) =
            (self.model.trend != Trend::None, self.model.season != Season::None);
        let beta_share = (self.smoothing.beta - LOWEST) / (alpha - LOWEST);
        let gamma_share = (self.smoothing.gamma - LOWEST) / (1.0 - alpha - LOWEST);
        let mut by_alpha = by.alpha;
        if trended && beta_share.is_finite() {
            by_alpha += by.beta * beta_share;
        }
        if seasonal && gamma_share.is_finite() {
            by_alpha -= by.gamma * gamma_share;
        }
        put(by_alpha * (HIGHEST - LOWEST) * slopes[0]);
        if trended {
            put(by.beta * (alpha - LOWEST) * slopes[1]);
        }
        if seasonal {
            put(by.gamma * (1.0 - alpha - LOWEST) * slopes[2]);
        }
        if self.model.trend == Trend::Damped {
            put(by.phi * (FADING.1 - FADING.0) * slopes[3]);
        }
        put(by.level * self.unit);
        if trended {
            put(by.slope * self.slope_unit());
        }
        let unit = self.season_unit();
        for (slope, season) in by.season.iter().zip(&seasons) {
            let scale = if self.model.season == Season::Multiplicative { *season } else { 1.0 };
            put(slope * scale * unit);
        }
        Some(score.deviance)
    }
}

/// The best estimate that a descent from one start finds; `None` where the model does not fit there at all.
pub(super) fn estimate(
    values: &[f64],
    period: usize,
    model: Model,
    start: &[f64; 4],
) -> Option<Estimate> {
    let guess = first_state(values, model.trend, model.season, period);
    let [alpha, beta, gamma, phi] = *start;
    let mut point = vec![unbend(alpha)];
    if model.trend != Trend::None {
        point.push(unbend(beta));
    }
    if model.season != Season::None {
        point.push(unbend(gamma));
    }
    if model.trend == Trend::Damped {
        point.push(unbend(phi));
    }
    let states = 1 + usize::from(model.trend != Trend::None) + guess.season.len();
    point.resize(point.len() + states, 0.0);
    let smoothing = Smoothing { alpha, beta: 0.0, gamma: 0.0, phi: 1.0 };
    let mut problem = Problem {
        model,
        period,
        recursion: Recursion::new(model, values),
        state: guess.clone(),
        guess,
        unit: 1.0,
        smoothing,
        gradient: Gradient::default(),
    };
    problem.place(&point)?;
    problem.recursion.run(&problem.smoothing, &mut problem.state)?;
    let squares: f64 = problem
        .recursion
        .trace
        .iter()
        .zip(values)
        .map(|(step, value)| (value - step.expected) * (value - step.expected))
        .sum();
    problem.unit = (squares / values.len() as f64).sqrt().max(1e-9);
    let deviance = descend(&mut problem, &mut point)?;
    problem.place(&point)?;
    let Problem { smoothing, mut state, .. } = problem;
    normalize(&mut state, model.season);
    Some(Estimate { smoothing, state, deviance })
}

/// Gives the season its fixed sum (0, or a mean of 1) without changing what is expected.
fn normalize(state: &mut State, season: Season) {
    let middle = super::first_state::mean(&state.season);
    match season {
        Season::None => {}
        Season::Additive => {
            state.season.iter_mut().for_each(|part| *part -= middle);
            state.level += middle;
        }
        Season::Multiplicative => {
            state.season.iter_mut().for_each(|part| *part /= middle);
            state.level *= middle;
            state.slope *= middle;
        }
    }
}
