//! Weighted means, and the ratio of two sums.
//!
//! Source of the formulas: OECD and JRC, *Handbook on Constructing Composite Indicators* (2008), part 1, step 6. Weights
//! need not come to one. A mean of ratios is no ratio of sums: where the wholes differ in size the two are different
//! numbers, and only the second is the ratio of the whole.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// A number with how much it counts.
pub type Weighted = (Decimal, Decimal);

/// So many decimals of a mean that is computed through logarithms are kept.
const DECIMALS: u32 = 10;

/// `Σ w·x ÷ Σ w`.
///
/// `None` where there is no weight, one is negative, or a number leaves the range of exact decimals.
///
/// ```
/// use methods::mean::arithmetic;
/// use rust_decimal::Decimal;
///
/// let pairs = [(40, 1), (60, 2), (90, 1)].map(|(x, w)| (Decimal::from(x), Decimal::from(w)));
/// assert_eq!(arithmetic(&pairs), Some(Decimal::new(625, 1)));
/// ```
pub fn arithmetic(pairs: &[Weighted]) -> Option<Decimal> {
    let weights = total_weight(pairs)?;
    let product = |sum: Decimal, (x, w): &Weighted| sum.checked_add(x.checked_mul(*w)?);
    pairs.iter().try_fold(Decimal::ZERO, product)?.checked_div(weights)
}

/// `exp(Σ w·ln x ÷ Σ w)`, to ten decimals: the logarithms are binary fractions.
///
/// `None` where a number that counts is not positive, there is no weight, or one is negative.
pub fn geometric(pairs: &[Weighted]) -> Option<Decimal> {
    let weights = total_weight(pairs)?.to_f64()?;
    let mut sum = 0.0;
    for (x, w) in pairs.iter().filter(|(_, w)| !w.is_zero()) {
        if *x <= Decimal::ZERO {
            return None;
        }
        sum += w.to_f64()? * libm::log(x.to_f64()?);
    }
    Some(Decimal::from_f64_retain(libm::exp(sum / weights))?.round_dp(DECIMALS).normalize())
}

/// `Σ w ÷ Σ (w ÷ x)`.
///
/// `None` where a number that counts is not positive, there is no weight, one is negative, or a number leaves the range
/// of exact decimals.
pub fn harmonic(pairs: &[Weighted]) -> Option<Decimal> {
    let weights = total_weight(pairs)?;
    let mut sum = Decimal::ZERO;
    for (x, w) in pairs.iter().filter(|(_, w)| !w.is_zero()) {
        if *x <= Decimal::ZERO {
            return None;
        }
        sum = sum.checked_add(w.checked_div(*x)?)?;
    }
    weights.checked_div(sum)
}

/// The sum of the numerators over the sum of the denominators of `(numerator, denominator)`.
///
/// `None` where the denominators do not come to something positive, or a number leaves the range of exact decimals.
pub fn ratio_of_sums(parts: &[(Decimal, Decimal)]) -> Option<Decimal> {
    let mut sums = (Decimal::ZERO, Decimal::ZERO);
    for (numerator, denominator) in parts {
        sums = (sums.0.checked_add(*numerator)?, sums.1.checked_add(*denominator)?);
    }
    if sums.1 <= Decimal::ZERO {
        return None;
    }
    sums.0.checked_div(sums.1)
}

fn total_weight(pairs: &[Weighted]) -> Option<Decimal> {
    let sum = pairs.iter().try_fold(Decimal::ZERO, |sum, (_, weight)| {
        if weight.is_sign_negative() && !weight.is_zero() { None } else { sum.checked_add(*weight) }
    })?;
    (sum > Decimal::ZERO).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(written: &[(&str, &str)]) -> Vec<Weighted> {
        let d = |text: &str| Decimal::from_str_exact(text).unwrap();
        written.iter().map(|(x, w)| (d(x), d(w))).collect()
    }

    /// COINr 1.1.14: a_amean, a_gmean, a_hmean of (40, 60, 90) with weights (1, 2, 1).
    #[test]
    fn means_are_those_of_the_handbook() {
        let known = pairs(&[("40", "1"), ("60", "2"), ("90", "1")]);
        assert_eq!(arithmetic(&known).unwrap().normalize().to_string(), "62.5");
        assert_eq!(geometric(&known).unwrap().to_string(), "60");
        assert_eq!(harmonic(&known).unwrap().round_dp(10).normalize().to_string(), "57.6");
    }

    #[test]
    fn a_number_without_weight_does_not_count() {
        let known = pairs(&[("0", "0"), ("4", "3"), ("9", "3")]);
        assert_eq!(geometric(&known).unwrap().to_string(), "6");
        assert_eq!(harmonic(&known).unwrap().round_dp(6).to_string(), "5.538462");
    }

    #[test]
    fn what_has_no_meaning_has_no_value() {
        for bad in [&[][..], &[("1", "0")], &[("1", "2"), ("1", "-1")]] {
            let bad = pairs(bad);
            assert_eq!((arithmetic(&bad), geometric(&bad), harmonic(&bad)), (None, None, None));
        }
        let zero = pairs(&[("0", "1"), ("5", "1")]);
        assert_eq!((geometric(&zero), harmonic(&zero)), (None, None));
        assert_eq!(ratio_of_sums(&pairs(&[("1", "1"), ("1", "-1")])), None);
        assert_eq!(arithmetic(&[(Decimal::MAX, Decimal::TWO)]), None);
    }

    /// Two towns: 10 of 100 and 300 of 1000 are 310 of 1100, not 20 %.
    #[test]
    fn a_ratio_of_sums_is_no_mean_of_ratios() {
        let ratio = ratio_of_sums(&pairs(&[("10", "100"), ("300", "1000")])).unwrap();
        assert_eq!(ratio.round_dp(6).to_string(), "0.281818");
    }
}
