//! The share method: what the year has brought so far, over the share that earlier years had reached by then.
//!
//! The logarithm of `year / so far` is taken as normal over the years; a new year lies around their mean as the t
//! distribution tells. Few years say little of their own spread, so a spread seen elsewhere counts like [`PRIOR_YEARS`]
//! further years (the usual conjugate estimate of a variance); with one year alone it is all there is.
//!
//! A share carries the growth of the months so far on to those that remain. As likely, these bring what they brought in
//! the latest year, and the growth so far was of its own months. A short history cannot tell the two apart, so each
//! accounts for half of the futures, around its own middle and with the spread of its own past errors.

use super::paths::Distribution;

/// The spread of the logarithm that is expected beforehand, for each unit of the share that is still to come:
/// the median over 54 monthly public series of the offline benchmark, after 3, 6 and 9 months.
pub const PRIOR_SPREAD: f64 = 0.0375;

/// So many years the expected spread counts for.
pub const PRIOR_YEARS: usize = 2;

/// Older years are not asked.
pub const MOST_YEARS: usize = 8;

/// A forecast of a year by the share method.
#[derive(Debug, Clone)]
pub struct Shared {
    /// The year's final value.
    pub total: Distribution,
    /// The mean share of the year (geometric) that was reached by then, of 1.
    pub share: f64,
    /// The standard deviation of the logarithm of a year over what it had brought by then, among the years.
    pub spread: f64,
    /// How many years were used.
    pub years: usize,
}

/// The year's final value from what it has brought so far; `years` are earlier ones, the latest last: what each had
/// brought by the same month, and in the end. `count` equally likely values are returned.
///
/// `None` without years, or where a figure is not positive: a share then means nothing.
pub fn share(so_far: f64, years: &[(f64, f64)], count: usize) -> Option<Shared> {
    let recent = years.get(years.len().saturating_sub(MOST_YEARS)..)?;
    let positive = |(early, end): &(f64, f64)| *early > 0.0 && *end > 0.0;
    if so_far.is_nan() || so_far <= 0.0 || recent.is_empty() || !recent.iter().all(positive) {
        return None;
    }
    let logs: Vec<f64> = recent.iter().map(|(early, end)| libm::log(end / early)).collect();
    let years = logs.len();
    let mean = logs.iter().sum::<f64>() / years as f64;
    let squares: f64 = logs.iter().map(|log| (log - mean) * (log - mean)).sum();
    let share = libm::exp(-mean);
    let expected = PRIOR_SPREAD * (1.0 - share).abs();
    let freedom = years - 1 + PRIOR_YEARS;
    let variance = (squares + PRIOR_YEARS as f64 * expected * expected) / freedom as f64;
    let spread = libm::sqrt(variance);
    let width = spread * libm::sqrt(1.0 + 1.0 / years as f64);
    let by_share = Around { middle: libm::log(so_far) + mean, width, freedom };
    let by_rest = recent.last().and_then(|(early, end)| {
        let same = so_far + end - early;
        let errors = recent.windows(2).filter_map(|two| match two {
            [(before, last), (early, end)] => Some(libm::log(end / (early + last - before))),
            _ => None,
        });
        let squares: f64 =
            errors.filter(|error| error.is_finite()).map(|error| error * error).sum();
        let variance = (squares + PRIOR_YEARS as f64 * expected * expected) / freedom as f64;
        let width = libm::sqrt(variance);
        (same > 0.0).then(|| Around { middle: libm::log(same), width, freedom })
    });
    let total = match by_rest {
        Some(by_rest) => {
            let half = count / 2;
            by_share.futures(count - half).chain(by_rest.futures(half)).collect()
        }
        None => by_share.futures(count).collect(),
    };
    Some(Shared { total, share, spread, years })
}

/// Logarithms around a middle, as Student's t tells.
struct Around {
    middle: f64,
    width: f64,
    freedom: usize,
}

impl Around {
    /// So many equally likely numbers.
    fn futures(&self, count: usize) -> impl Iterator<Item = f64> {
        let Around { middle, width, freedom } = *self;
        (0..count)
            .map(move |at| {
                let probability = (at as f64 + 0.5) / count as f64;
                libm::exp(middle + width * student_quantile(probability, freedom))
            })
            .filter(|number| number.is_finite())
    }
}

/// The quantile of Student's t by bisection of its distribution.
pub(super) fn student_quantile(probability: f64, freedom: usize) -> f64 {
    let tail = probability.min(1.0 - probability);
    let (mut low, mut high) = (0.0, 1.0);
    while 1.0 - student(high, freedom) > tail && high < 1e9 {
        low = high;
        high *= 2.0;
    }
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if 1.0 - student(middle, freedom) > tail {
            low = middle;
        } else {
            high = middle;
        }
    }
    let size = 0.5 * (low + high);
    if probability < 0.5 { -size } else { size }
}

/// The probability that Student's t lies below a number ≥ 0 (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4).
fn student(at: f64, freedom: usize) -> f64 {
    let angle = libm::atan(at / libm::sqrt(freedom as f64));
    let (sine, cosine) = (libm::sin(angle), libm::cos(angle));
    let odd = !freedom.is_multiple_of(2);
    // The terms have every second power of the cosine, from 1 (odd) or 0 (even) up to the degrees of freedom less 2.
    let mut term = if odd { cosine } else { 1.0 };
    let (mut sum, mut power) = (0.0, if odd { 1 } else { 0 });
    while power + 2 <= freedom {
        sum += term;
        power += 2;
        term *= cosine * cosine * (power - 1) as f64 / power as f64;
    }
    let within = if odd { (angle + sine * sum) * std::f64::consts::FRAC_2_PI } else { sine * sum };
    0.5 + 0.5 * within
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against tables of Student's distribution.
    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (probability, freedom, expected) in [
            (0.975, 1, 12.706_204_736),
            (0.975, 2, 4.302_652_730),
            (0.95, 3, 2.353_363_435),
            (0.1, 4, -1.533_206_274),
            (0.99, 7, 2.997_951_567),
            (0.975, 8, 2.306_004_135),
        ] {
            let found = student_quantile(probability, freedom);
            assert!((found - expected).abs() < 1e-8, "{probability} {freedom}: {found}");
        }
    }

    #[test]
    fn the_middle_is_between_the_mean_share_and_the_same_rest() {
        // 30 / 0.25 = 120, and 30 + (100 − 25) = 105.
        let years = [(25.0, 100.0), (25.0, 100.0), (25.0, 100.0)];
        let found = share(30.0, &years, 999).unwrap();
        assert!((found.share - 0.25).abs() < 1e-12 && found.years == 3);
        // The years agree, so that only the spread expected beforehand is left: two of four degrees of freedom.
        let spread = 0.75 * PRIOR_SPREAD / 2.0_f64.sqrt();
        assert!((found.spread - spread).abs() < 1e-12);
        let middle = found.total.quantile(0.5).unwrap();
        assert!((107.0..118.0).contains(&middle), "{middle}");
        // Nearly no future of one half lies among those of the other.
        for (at, expected) in [(0.25, 105.0), (0.75, 120.0)] {
            let found = found.total.quantile(at).unwrap();
            assert!((found / expected - 1.0_f64).abs() < 5e-3, "{found}");
        }
    }

    /// Last year's rest was wrong by ln(100 / 96) once: with t(0.9, 3) = 1.637744 from a table.
    #[test]
    fn the_same_rest_has_the_spread_of_its_own_errors() {
        let years = [(20.0, 91.0), (25.0, 100.0)];
        let found = share(25.0, &years, 20_000).unwrap();
        let expected = PRIOR_SPREAD * (1.0 - found.share);
        let error = (100.0_f64 / 96.0).ln();
        let width = ((error * error + 2.0 * expected * expected) / 3.0).sqrt();
        let high = 100.0 * (1.637_744 * width).exp();
        let by_share = libm::log(25.0 / found.share);
        let above = |at: f64, middle: f64, width: f64| 1.0 - student((at.ln() - middle) / width, 3);
        let both = 0.5
            * (above(high, 100.0_f64.ln(), width)
                + above(high, by_share, found.spread * 1.5_f64.sqrt()));
        assert!((found.total.at_least(high) - both).abs() < 1e-3);
    }

    #[test]
    fn a_year_that_goes_as_the_last_has_no_doubt_about_its_growth() {
        let years = [(25.0, 100.0), (25.0, 100.0)];
        let found = share(25.0, &years, 999).unwrap();
        assert!((found.total.quantile(0.5).unwrap() - 100.0).abs() < 1e-9);
        // Where the latest year shrank after this month by more than there is now, only the share is left.
        let found = share(1.0, &[(25.0, 10.0)], 999).unwrap();
        assert!((found.total.quantile(0.5).unwrap() - 0.4).abs() < 1e-9);
    }

    #[test]
    fn without_a_share_there_is_no_forecast() {
        assert!(share(30.0, &[], 9).is_none());
        assert!(share(-1.0, &[(25.0, 100.0)], 9).is_none());
        assert!(share(30.0, &[(25.0, 100.0), (0.0, 90.0)], 9).is_none());
        assert!(share(f64::NAN, &[(25.0, 100.0)], 9).is_none());
    }
}
