//! The errors of simulated futures: those that were made on the history, drawn anew.
//!
//! Errors of real series have heavier tails than a normal distribution of the same variance, so their own distribution
//! is taken (bootstrap of the residuals: Efron and Tibshirani 1993, *An Introduction to the Bootstrap*, chapter 8), and
//! both signs of each are as likely. Models that are mixed make smaller errors together than each alone, so it is the
//! errors of the mixture that are drawn, in units of the spread that its parts tell for each step, and freed of the
//! numbers that were estimated from the same errors.

use super::fit::Fit;
use super::model::Noise;
use super::random::Random;

/// Errors for `count` paths of `steps` steps, one path after another, in units of the standard deviation of each part.
/// Every second path takes the errors of the one before it with the other sign, so that means settle sooner.
pub(super) fn draw<'a>(
    parts: impl Iterator<Item = (f64, &'a Fit)> + Clone,
    (steps, count): (usize, usize),
    seed: u64,
) -> Vec<f64> {
    let made = made(parts);
    let mut random = Random::new(seed);
    let mut errors: Vec<f64> = Vec::with_capacity(steps.saturating_mul(count));
    for number in 0..count {
        if number % 2 == 0 {
            errors.extend((0..steps).map(|_| random.one_of(&made).unwrap_or(0.0)));
        } else {
            let before = errors.len() - steps;
            errors.extend_from_within(before..);
            errors.iter_mut().skip(before + steps).for_each(|error| *error = -*error);
        }
    }
    errors
}

/// The errors that the weighted mean of the parts made on the history, each over the weighted mean of the standard
/// deviations; with a variance that is corrected for the numbers that were estimated.
fn made<'a>(parts: impl Iterator<Item = (f64, &'a Fit)> + Clone) -> Vec<f64> {
    let steps = parts.clone().map(|(_, fit)| fit.errors.len()).max().unwrap_or(0);
    let (mut gaps, mut spreads) = (vec![0.0; steps], vec![0.0; steps]);
    let mut left = steps as f64;
    for (weight, fit) in parts {
        let sigma = fit.sigma();
        left -= weight * (steps - fit.left()) as f64;
        let both = gaps.iter_mut().zip(&mut spreads);
        for ((gap, spread), (error, expected)) in both.zip(fit.errors.iter().zip(&fit.expected)) {
            let size = if fit.model.noise == Noise::Additive { 1.0 } else { *expected };
            *gap += weight * error * size;
            *spread += weight * sigma * size;
        }
    }
    let correction = (steps as f64 / left.max(1.0)).sqrt();
    let standard = |(gap, spread): (f64, f64)| if spread > 0.0 { gap / spread } else { 0.0 };
    gaps.into_iter().zip(spreads).map(standard).map(|error| error * correction).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::{blend, ranked};

    fn series() -> Vec<f64> {
        let mut random = Random::new(3);
        (0..60)
            .map(|at| 100.0 + f64::from(at) + 8.0 * f64::from(at % 4) + 6.0 * random.uniform())
            .collect()
    }

    /// By the definition of its standard deviation, the squares of a model's errors in units of it sum up to what is
    /// left of the steps: with the correction, to all of them.
    #[test]
    fn errors_of_one_model_have_variance_one() {
        for fit in ranked(&series(), 4).unwrap() {
            let made = made([(1.0, &fit)].into_iter());
            let variance = made.iter().map(|error| error * error).sum::<f64>() / 60.0;
            assert!((variance - 1.0).abs() < 0.02, "{}: {variance}", fit.model);
            let drawn = draw([(1.0, &fit)].into_iter(), (3, 4), 1);
            assert!(drawn.iter().all(|error| made.iter().any(|m| m.abs() == error.abs())));
            assert_eq!(drawn[0], -drawn[3]);
        }
    }

    #[test]
    fn errors_of_a_mixture_are_no_larger_than_those_of_its_parts() {
        let blend = blend(&series(), 4).unwrap();
        assert!(blend.parts().len() > 1);
        let made = made(blend.parts().iter().map(|(weight, fit)| (*weight, fit)));
        let variance = made.iter().map(|error| error * error).sum::<f64>() / 60.0;
        assert!(variance > 0.9 && variance < 1.01, "{variance}");
    }
}
