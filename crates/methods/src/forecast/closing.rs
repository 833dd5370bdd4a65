//! The usual change from now to the year's end, for rates and stocks, which do not add up over a year.
//!
//! The change of earlier years from the same month to the end is taken as normal; a new year lies around their mean as
//! Student's t tells (the prediction interval of the mean of a normal sample, any textbook of statistics). Where figures
//! are positive and no shares, the ratio is taken instead of the difference.

use super::paths::Distribution;
use super::share::{MOST_YEARS, student_quantile};

/// With fewer years the spread of the change is not known well enough.
pub const FEWEST_YEARS: usize = 3;

/// What a year's end is asked from.
#[derive(Debug, Clone, Copy)]
pub struct Closing<'a> {
    /// The figure now.
    pub now: f64,
    /// The figures of earlier years at the same month and at the end, the latest year last.
    pub years: &'a [(f64, f64)],
    /// Whether the ratio counts, not the difference.
    pub relative: bool,
    /// The last digit of the figures, for example 0.1: published figures are rounded, so no two of them say more of their
    /// difference than that.
    pub step: f64,
}

impl Closing<'_> {
    /// `count` equally likely final figures, and from how many years. `None` with fewer than [`FEWEST_YEARS`], or where a
    /// ratio is asked of figures that are not positive.
    pub fn distribution(&self, count: usize) -> Option<(Distribution, usize)> {
        let recent = self.years.get(self.years.len().saturating_sub(MOST_YEARS)..)?;
        let all = || recent.iter().flat_map(|(early, end)| [*early, *end]).chain([self.now]);
        let refused = recent.len() < FEWEST_YEARS
            || !all().all(f64::is_finite)
            || self.relative && !all().all(|figure| figure > 0.0);
        if refused {
            return None;
        }
        let change = |(early, end): &(f64, f64)| match self.relative {
            true => libm::log(end / early),
            false => end - early,
        };
        let changes: Vec<f64> = recent.iter().map(change).collect();
        let years = changes.len() as f64;
        let mean = changes.iter().sum::<f64>() / years;
        let squares: f64 = changes.iter().map(|change| (change - mean) * (change - mean)).sum();
        // The difference of two rounded figures has this variance from rounding alone.
        let step = if self.relative { self.step / self.now } else { self.step };
        let variance = squares / (years - 1.0) + step * step / 6.0;
        let width = libm::sqrt(variance * (1.0 + 1.0 / years));
        let futures = (0..count).map(|at| {
            let probability = (at as f64 + 0.5) / count as f64;
            let change = mean + width * student_quantile(probability, changes.len() - 1);
            if self.relative { self.now * libm::exp(change) } else { self.now + change }
        });
        Some((futures.filter(|end| end.is_finite()).collect(), changes.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of the changes 0.4, 0.1, 0.3 and 0.2 by hand, with t(0.9, 3) = 1.637744 from a table: 0.25 ± 0.2364.
    #[test]
    fn the_interval_is_that_of_a_normal_sample() {
        let years = [(5.0, 5.4), (5.2, 5.3), (4.9, 5.2), (5.0, 5.2)];
        let closing = Closing { now: 5.0, years: &years, relative: false, step: 0.0 };
        let (ends, used) = closing.distribution(9999).unwrap();
        assert_eq!(used, 4);
        assert!((ends.quantile(0.5).unwrap() - 5.25).abs() < 1e-9);
        let spread = (0.05_f64 / 3.0).sqrt() * 1.25_f64.sqrt() * 1.637_744;
        assert!((ends.quantile(0.9).unwrap() - 5.25 - spread).abs() < 1e-3);
    }

    #[test]
    fn few_years_and_ratios_of_nothing_are_refused() {
        let closing = |years: &[(f64, f64)], relative| {
            Closing { now: 5.0, years, relative, step: 0.1 }.distribution(9).is_some()
        };
        assert!(!closing(&[(1.0, 2.0), (1.0, 2.0)], false));
        assert!(!closing(&[(1.0, 2.0), (0.0, 2.0), (1.0, 2.0)], true));
        assert!(closing(&[(1.0, 2.0), (0.0, 2.0), (1.0, 2.0)], false));
    }

    #[test]
    fn rounding_leaves_a_width_where_all_years_agree() {
        let years = [(5.0, 5.2), (5.0, 5.2), (5.0, 5.2)];
        let closing = Closing { now: 5.0, years: &years, relative: false, step: 0.1 };
        let (ends, _) = closing.distribution(999).unwrap();
        assert!(ends.quantile(0.9).unwrap() > 5.25);
    }
}
