//! The yearly pace of a level, and the one that a later target asks for.
//!
//! Sources: 平均发展速度 as the National Bureau of Statistics teaches it, by the level of the last year (水平法,
//! `(aₙ ÷ a₀)^(1/n)`) and by the sum of all years (累计法, the `x` of `x + x² + … + xⁿ = Σaᵢ ÷ a₀`); growth rates are never
//! averaged as such. For shares and other rates, a pace in points a year. [`share_of_required`] is the ratio that the
//! progress measure of the sustainable-development platforms judges levels by (compound growth so far over compound growth
//! required); it means nothing for rates.

use rust_decimal::Decimal;

/// Digits behind the point to which a pace in percent is given.
const DIGITS: u32 = 10;

/// Steps within which Newton's method has long settled.
const STEPS: usize = 200;

/// The growth in percent a year that leads from one level to another within so many years (水平法):
/// `((to ÷ from)^(1/years) − 1) × 100`, to ten digits.
///
/// `None` where a level is not positive, there is no year, or the result leaves the range of exact decimals.
///
/// ```
/// use methods::pace::compound;
/// use rust_decimal::Decimal;
///
/// assert_eq!(compound(Decimal::from(100), Decimal::from(121), 2), Some(Decimal::from(10)));
/// ```
pub fn compound(from: Decimal, to: Decimal, years: u32) -> Option<Decimal> {
    if from <= Decimal::ZERO || to <= Decimal::ZERO || years == 0 {
        return None;
    }
    root(to.checked_div(from)?, years).and_then(percent)
}

/// The growth in percent a year that growth rates of single years in percent come to together (水平法):
/// `((Π(1 + rate ÷ 100))^(1/n) − 1) × 100`, to ten digits.
///
/// `None` where there is none, one is −100 % or below, or the result leaves the range of exact decimals.
pub fn mean_growth(rates: &[Decimal]) -> Option<Decimal> {
    let years = u32::try_from(rates.len()).ok().filter(|years| *years > 0)?;
    let mut product = Decimal::ONE;
    for rate in rates {
        let factor = Decimal::ONE.checked_add(rate.checked_div(Decimal::ONE_HUNDRED)?)?;
        if factor <= Decimal::ZERO {
            return None;
        }
        product = product.checked_mul(factor)?;
    }
    root(product, years).and_then(percent)
}

/// The growth in percent a year by which the levels of all years together follow from a base (累计法), to ten digits.
///
/// `None` where the base or the sum is not positive, there is no level, or the result leaves the range of exact decimals.
pub fn accumulated(base: Decimal, levels: &[Decimal]) -> Option<Decimal> {
    let years = u32::try_from(levels.len()).ok().filter(|years| *years > 0)?;
    if base <= Decimal::ZERO {
        return None;
    }
    let sum = levels.iter().try_fold(Decimal::ZERO, |sum, level| sum.checked_add(*level))?;
    let wanted = sum.checked_div(base)?;
    if wanted <= Decimal::ZERO {
        return None;
    }
    // From above, as the sum of powers is convex: with x ≥ 1 it is at least n·x, and below one x = 1 is enough.
    let start = wanted.checked_div(years.into())?.max(Decimal::ONE);
    let factor = newton(start, |x| {
        let (mut value, mut slope, mut power) = (Decimal::ZERO, Decimal::ZERO, Decimal::ONE);
        for exponent in 1..=years {
            slope = slope.checked_add(power.checked_mul(exponent.into())?)?;
            power = power.checked_mul(x)?;
            value = value.checked_add(power)?;
        }
        Some((value.checked_sub(wanted)?, slope))
    })?;
    percent(factor)
}

/// The change a year that leads from one value to another within so many years in a straight line, in their unit.
///
/// `None` where there is no year or the result leaves the range of exact decimals.
pub fn linear(from: Decimal, to: Decimal, years: u32) -> Option<Decimal> {
    to.checked_sub(from)?.checked_div(years.into())
}

/// The compound growth so far as a share of the compound growth that a target asks for; negative where the level has moved
/// away from the target. `elapsed` and `whole` are the years from the base to now and to the target.
///
/// `None` where a level is not positive, the target is the base itself, no year has gone by, or the result leaves the range
/// of exact decimals.
pub fn share_of_required(
    base: Decimal,
    (now, elapsed): (Decimal, u32),
    (target, whole): (Decimal, u32),
) -> Option<Decimal> {
    compound(base, now, elapsed)?.checked_div(compound(base, target, whole)?)
}

/// The positive `x` with `xⁿ = number`, for a positive number.
fn root(number: Decimal, n: u32) -> Option<Decimal> {
    let count = Decimal::from(n);
    // By Bernoulli's inequality not below the root.
    let start = Decimal::ONE.checked_add(number.checked_sub(Decimal::ONE)?.checked_div(count)?)?;
    newton(start, |x| {
        let below = (1..n).try_fold(Decimal::ONE, |power, _| power.checked_mul(x))?;
        let value = below.checked_mul(x)?.checked_sub(number)?;
        Some((value, below.checked_mul(count)?))
    })
}

/// Newton's method from above on a convex rising function, which gives value and slope.
fn newton(
    start: Decimal,
    function: impl Fn(Decimal) -> Option<(Decimal, Decimal)>,
) -> Option<Decimal> {
    let mut x = start;
    for _ in 0..STEPS {
        let (value, slope) = function(x)?;
        let next = x.checked_sub(value.checked_div(slope)?)?;
        // It falls until rounding stops it.
        if next >= x {
            break;
        }
        x = next;
    }
    Some(x)
}

fn percent(factor: Decimal) -> Option<Decimal> {
    let rate = factor.checked_sub(Decimal::ONE)?.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(rate.round_dp(DIGITS).normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    /// The example of five years by both ways, and powers computed in double precision by another program.
    #[test]
    fn paces_are_those_computed_elsewhere() {
        let levels = ["104", "109", "115", "121", "128"].map(d);
        let near = |rate: Option<Decimal>| rate.unwrap().round_dp(6);
        assert_eq!(near(compound(d("100"), d("128"), 5)), d("5.061112"));
        assert_eq!(near(accumulated(d("100"), &levels)), d("4.813089"));
        assert_eq!(near(mean_growth(&["6.6", "6.2", "4.7", "5.9", "5.5"].map(d))), d("5.778003"));
        assert_eq!(near(compound(d("100"), d("200"), 15)), d("4.729412"));
        assert_eq!(near(compound(d("50"), d("40"), 5)), d("-4.364750"));
        let share = share_of_required(d("100"), (d("130"), 5), (d("200"), 15));
        assert_eq!(share.unwrap().round_dp(6), d("1.139126"));
        let share = share_of_required(d("50"), (d("47"), 2), (d("40"), 5));
        assert_eq!(share.unwrap().round_dp(6), d("0.697956"));
    }

    /// A fall over the years by the sum of all: 90 and 81 are 10 % less each year.
    #[test]
    fn falls_have_a_pace_too() {
        assert_eq!(accumulated(d("100"), &[d("90"), d("81")]), Some(d("-10")));
        assert_eq!(mean_growth(&[d("-10"), d("-10")]), Some(d("-10")));
        assert_eq!(linear(d("65.2"), d("70"), 4), Some(d("1.2")));
        let away = share_of_required(d("100"), (d("90"), 1), (d("121"), 2)).unwrap();
        assert_eq!(away, d("-1"));
    }

    #[test]
    fn what_has_no_meaning_has_no_value() {
        assert_eq!(compound(d("0"), d("5"), 1), None);
        assert_eq!(compound(d("5"), d("-1"), 1), None);
        assert_eq!(compound(d("5"), d("6"), 0), None);
        assert_eq!(mean_growth(&[]), None);
        assert_eq!(mean_growth(&[d("-100")]), None);
        assert_eq!(accumulated(d("5"), &[]), None);
        assert_eq!(accumulated(d("5"), &[d("-5"), d("5")]), None);
        assert_eq!(linear(d("5"), d("6"), 0), None);
        assert_eq!(share_of_required(d("5"), (d("6"), 1), (d("5"), 2)), None);
        assert_eq!(compound(d("0.0000000001"), Decimal::MAX, 3), None);
    }
}
