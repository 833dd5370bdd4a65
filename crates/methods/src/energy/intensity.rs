//! Energy per unit of output, and by how much it declines.
//!
//! Source: the bulletins of energy per unit of GDP of the National Bureau of Statistics and the provinces: 单位GDP能耗
//! 降低率 = 1 − (E₁/GDP₁) ÷ (E₀/GDP₀), with GDP at constant prices, and each year's intensity **kept to four decimals
//! first**. Electricity per unit of GDP is computed the same way.

use rust_decimal::{Decimal, RoundingStrategy};

/// So many decimals an intensity keeps.
pub const DECIMALS: u32 = 4;

/// Energy and output of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Year {
    /// Energy, such as 10,000 tonnes of standard coal.
    pub energy: Decimal,
    /// GDP at constant prices of the same base for all years, such as 100 million yuan.
    pub gdp: Decimal,
}

/// How an intensity changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decline {
    /// The intensity before, with four decimals; with the units above, tonnes per 10,000 yuan.
    pub before: Decimal,
    /// The intensity after, with four decimals.
    pub after: Decimal,
    /// The change in percent from these two; below nought where less energy is used. The decline (降低率) is its negative.
    pub change: Decimal,
    /// The change in percent from intensities that were not rounded.
    pub exact: Decimal,
}

/// The intensity of a year, to four decimals, an exact half to the even digit (GB/T 8170).
///
/// `None` where GDP is not above nought, energy is below it, or a number leaves the range of exact decimals.
pub fn intensity(year: Year) -> Option<Decimal> {
    Some(ratio(year)?.round_dp_with_strategy(DECIMALS, RoundingStrategy::MidpointNearestEven))
}

/// The change from one year to another.
///
/// `None` where a year has no intensity or the earlier one, rounded, is nought.
///
/// ```
/// use methods::energy::intensity::{Year, decline};
/// use rust_decimal::Decimal;
///
/// let before = Year { energy: Decimal::new(3102, 1), gdp: Decimal::new(7205, 1) };
/// let after = Year { energy: Decimal::new(3189, 1), gdp: Decimal::new(7601, 1) };
/// let found = decline(before, after).unwrap();
/// assert_eq!(found.change.round_dp(6), Decimal::new(-2531940, 6));
/// assert_eq!(found.exact.round_dp(6), Decimal::new(-2551316, 6));
/// ```
pub fn decline(before: Year, after: Year) -> Option<Decline> {
    let change = |from: Decimal, to: Decimal| {
        to.checked_sub(from)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(from)
    };
    let (from, to) = (intensity(before)?, intensity(after)?);
    Some(Decline {
        before: from,
        after: to,
        change: change(from, to)?,
        exact: change(ratio(before)?, ratio(after)?)?,
    })
}

fn ratio(year: Year) -> Option<Decimal> {
    let usual = year.gdp > Decimal::ZERO && year.energy >= Decimal::ZERO;
    year.energy.checked_div(year.gdp).filter(|_| usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(energy: &str, gdp: &str) -> Year {
        let d = |text| Decimal::from_str_exact(text).unwrap();
        Year { energy: d(energy), gdp: d(gdp) }
    }

    #[test]
    fn intensities_are_rounded_before_they_are_compared() {
        let found = decline(year("310.2", "720.5"), year("318.9", "760.1")).unwrap();
        assert_eq!(
            (found.before.to_string(), found.after.to_string()),
            ("0.4305".into(), "0.4196".into())
        );
        assert_eq!(found.change.round_dp(6).to_string(), "-2.531940");
        let same = decline(year("1", "3"), year("2", "6")).unwrap();
        assert!(same.change.is_zero() && same.exact.is_zero());
    }

    #[test]
    fn what_has_no_meaning_has_no_value() {
        for (energy, gdp) in [("1", "0"), ("1", "-1"), ("-1", "1")] {
            assert_eq!(intensity(year(energy, gdp)), None);
            assert_eq!(decline(year(energy, gdp), year("1", "1")), None);
        }
        assert_eq!(decline(year("0", "1"), year("1", "1")), None);
        assert_eq!(decline(year("1", "100000"), year("1", "1")), None);
    }
}
