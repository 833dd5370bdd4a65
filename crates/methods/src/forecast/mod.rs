//! Forecasts by exponential smoothing in its full state-space family, and the chance of meeting a year's target.
//!
//! Source of the models: Hyndman, Koehler, Ord and Snyder, *Forecasting with Exponential Smoothing* (2008). Inside,
//! numbers are binary fractions, as these are statistics; figures that come in or go out at the border of
//! [`year_end`] are exact decimals. Nothing here is random but for a seed: the same input gives the same numbers on
//! every machine.

mod blend;
mod closing;
mod descent;
mod errors;
mod estimate;
mod first_state;
mod fit;
mod model;
mod paths;
pub(crate) mod random;
mod recursion;
mod score;
mod share;
pub mod year_end;

pub use blend::{Blend, blend};
pub use closing::{Closing, FEWEST_YEARS};
pub use fit::{Fit, choose, fit, fit_with, needed, ranked};
pub use model::{Model, Noise, Season, Smoothing, State, Trend};
pub use paths::{Distribution, Paths, exact_near};
pub use score::{brier, crps, interval, mase};
pub use share::{Shared, share};

/// Why no forecast is made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There are too few values.
    #[error("{found} values are too few: at least {needed} are needed")]
    TooShort {
        /// How many are needed.
        needed: usize,
        /// How many there are.
        found: usize,
    },
    /// A value is not a number, or too large to be squared.
    #[error("value {at} (counted from 0) is not a number within 1e100 of zero")]
    Number {
        /// Which one, counted from 0.
        at: usize,
    },
    /// A period of no steps.
    #[error("a period has at least one step")]
    Period,
    /// A model that is not of the family: its forecasts have no finite spread, or the period has one step only.
    #[error("{model} is not among the models that can be used with this period")]
    Model {
        /// Which one.
        model: Model,
    },
    /// The states do not fit the model.
    #[error("{model} needs {needed} seasonal states, not {found}")]
    States {
        /// The model.
        model: Model,
        /// How many seasonal states it needs.
        needed: usize,
        /// How many there are.
        found: usize,
    },
    /// A model for positive numbers on others.
    #[error("{model} needs positive values, and value {at} (counted from 0) is not")]
    NotPositive {
        /// The model.
        model: Model,
        /// The first value that is not positive, counted from 0.
        at: usize,
    },
    /// The model expects values that it does not allow.
    #[error("{model} cannot follow these values")]
    Diverged {
        /// The model.
        model: Model,
    },
}
