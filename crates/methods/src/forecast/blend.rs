//! All models together, each by how probable the series makes it.
//!
//! The probability of a model after the data is about proportional to `exp(−BIC/2)` where all were equally probable
//! before (Raftery 1995, *Bayesian Model Selection in Social Research*). On 64 monthly public series this mean forecasts
//! better than any single choice; see `docs/forecast.md`.

use super::Refusal;
use super::fit::{Fit, ranked};

/// Models of a smaller probability are left out.
const LEAST: f64 = 1e-4;

/// Fitted models with their weights.
#[derive(Debug, Clone)]
pub struct Blend(Vec<(f64, Fit)>);

impl Blend {
    /// The weights, which sum up to 1, with their models: the one with the lowest corrected criterion of Akaike first,
    /// if it is among them.
    pub fn parts(&self) -> &[(f64, Fit)] {
        &self.0
    }

    /// The model with the greatest weight.
    pub fn leader(&self) -> Option<&Fit> {
        self.0.iter().max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, fit)| fit)
    }

    /// The weighted mean of the models' points, `steps` ahead.
    pub fn point(&self, steps: usize) -> Vec<f64> {
        let mut sum = vec![0.0; steps];
        for (weight, fit) in &self.0 {
            sum.iter_mut().zip(fit.point(steps)).for_each(|(sum, point)| *sum += weight * point);
        }
        sum
    }
}

/// Fits all models that the series allows and weighs them.
///
/// # Errors
/// When the series is too short for two periods, or holds what is not a number.
pub fn blend(values: &[f64], period: usize) -> Result<Blend, Refusal> {
    let fits = ranked(values, period)?;
    // A series known without error has one model, whose criterion is no number.
    if fits.len() == 1 {
        return Ok(Blend(fits.into_iter().map(|fit| (1.0, fit)).collect()));
    }
    let lowest = fits.iter().map(Fit::bic).fold(f64::INFINITY, f64::min);
    let weigh = |fit: Fit| (libm::exp(0.5 * (lowest - fit.bic())), fit);
    let mut parts: Vec<(f64, Fit)> = fits.into_iter().map(weigh).collect();
    let total: f64 = parts.iter().map(|(weight, _)| weight).sum();
    parts.retain(|(weight, _)| *weight >= LEAST * total);
    let total: f64 = parts.iter().map(|(weight, _)| weight).sum();
    parts.iter_mut().for_each(|(weight, _)| *weight /= total);
    Ok(Blend(parts))
}
