//! The models of the family and what belongs to each: smoothing parameters and states.

use std::fmt;

/// How the error enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Noise {
    /// It is added to the expected value.
    Additive,
    /// It is a share of the expected value.
    Multiplicative,
}

/// How the level grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trend {
    /// It does not.
    None,
    /// By a slope that itself changes slowly.
    Additive,
    /// By a slope that fades.
    Damped,
}

/// How the season enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Season {
    /// There is none.
    None,
    /// It is added to the level.
    Additive,
    /// It multiplies the level.
    Multiplicative,
}

/// A model of the family, written `ETS(M,Ad,M)`: error, trend, season.
///
/// ```
/// use methods::forecast::Model;
///
/// assert_eq!(Model::STABLE[14].to_string(), "ETS(M,Ad,M)");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Model {
    /// How the error enters.
    pub noise: Noise,
    /// How the level grows.
    pub trend: Trend,
    /// How the season enters.
    pub season: Season,
}

const fn model(noise: Noise, trend: Trend, season: Season) -> Model {
    Model { noise, trend, season }
}

impl Model {
    /// The models whose forecasts have a finite spread. An additive error with a multiplicative season is not
    /// among them (Hyndman et al. 2008, chapter 15), nor is a multiplicative trend.
    pub const STABLE: [Model; 15] = {
        use Noise::{Additive as A, Multiplicative as M};
        use Trend::{Additive as T, Damped as D, None as N};
        [
            model(A, N, Season::None),
            model(A, T, Season::None),
            model(A, D, Season::None),
            model(M, N, Season::None),
            model(M, T, Season::None),
            model(M, D, Season::None),
            model(A, N, Season::Additive),
            model(A, T, Season::Additive),
            model(A, D, Season::Additive),
            model(M, N, Season::Additive),
            model(M, T, Season::Additive),
            model(M, D, Season::Additive),
            model(M, N, Season::Multiplicative),
            model(M, T, Season::Multiplicative),
            model(M, D, Season::Multiplicative),
        ]
    };

    /// Whether forecasts of the model have a finite spread.
    pub fn stable(self) -> bool {
        Self::STABLE.contains(&self)
    }

    /// Whether it is for series of positive numbers only.
    pub fn needs_positive(self) -> bool {
        self.noise == Noise::Multiplicative || self.season == Season::Multiplicative
    }

    /// How many numbers are estimated: smoothing parameters, first states (of the season all but one, as they have a
    /// fixed sum) and the variance of the error.
    pub fn degrees(self, period: usize) -> usize {
        let trend = match self.trend {
            Trend::None => 0,
            Trend::Additive => 2,
            Trend::Damped => 3,
        };
        3 + trend + if self.season == Season::None { 0 } else { period }
    }
}

impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noise = match self.noise {
            Noise::Additive => "A",
            Noise::Multiplicative => "M",
        };
        let trend = match self.trend {
            Trend::None => "N",
            Trend::Additive => "A",
            Trend::Damped => "Ad",
        };
        let season = match self.season {
            Season::None => "N",
            Season::Additive => "A",
            Season::Multiplicative => "M",
        };
        write!(f, "ETS({noise},{trend},{season})")
    }
}

/// How fast the states follow the errors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Smoothing {
    /// Of the level, between 0 and 1.
    pub alpha: f64,
    /// Of the slope, between 0 and alpha; not used without a trend.
    pub beta: f64,
    /// Of the season, between 0 and 1 − alpha; not used without a season.
    pub gamma: f64,
    /// How much of the slope stays after each step, between 0.8 and 0.98; 1 where it does not fade.
    pub phi: f64,
}

/// Level, slope and season at one time, in the unit of the series (a multiplicative season: factors).
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// The level.
    pub level: f64,
    /// The slope for a step; 0 without a trend.
    pub slope: f64,
    /// The season, that of the next step first; empty without a season.
    pub season: Vec<f64>,
}
