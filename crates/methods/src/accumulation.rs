//! Single months from figures that run from January: what Chinese statistics publish.
//!
//! Source of the rules: series of the National Bureau of Statistics come from January to month m; January and February
//! come together, as the Spring Festival moves between them, so neither exists alone; March is January to March less
//! January and February.

use rust_decimal::Decimal;

use crate::growth::{implied_previous, rate};

/// The figure of a single month: that up to it less that up to the month before.
///
/// ```
/// use methods::accumulation::single;
/// use rust_decimal::Decimal;
///
/// assert_eq!(single(Decimal::from(214), Decimal::from(160)), Some(Decimal::from(54)));
/// ```
pub fn single(through: Decimal, before: Decimal) -> Option<Decimal> {
    through.checked_sub(before)
}

/// A cumulative level and its growth on the year in percent, as published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cumulative {
    /// The level from January on.
    pub level: Decimal,
    /// Its growth in percent, with as many decimals as were published.
    pub rate: Decimal,
}

/// A growth in percent, and between which bounds it lies as the published rates were rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounded {
    /// From the rates as they were published.
    pub rate: Decimal,
    /// The lowest that they allow.
    pub low: Decimal,
    /// The highest.
    pub high: Decimal,
}

/// The growth on the year of a single month that two published cumulative growths imply.
///
/// Each growth implies the level of the year before; their difference is that year's single month. A published rate may
/// be half of its last decimal off, which the small month magnifies by the ratio of the two levels, hence the bounds.
///
/// `None` where the single month of either year is not positive, or a number leaves the range of exact decimals.
pub fn single_growth(through: Cumulative, before: Cumulative) -> Option<Bounded> {
    let month = single(through.level, before.level)?;
    let implied = |this: Decimal, last: Decimal| {
        let previous =
            single(implied_previous(through.level, this)?, implied_previous(before.level, last)?)?;
        rate(month, previous)
    };
    let (off, off_before) = (half_unit(through.rate), half_unit(before.rate));
    let at = |this: Option<Decimal>, last: Option<Decimal>| implied(this?, last?);
    // A higher rate now, and a lower one before, leave less for the year before, so more growth.
    let low = at(through.rate.checked_sub(off), before.rate.checked_add(off_before));
    let high = at(through.rate.checked_add(off), before.rate.checked_sub(off_before));
    if month <= Decimal::ZERO {
        return None;
    }
    Some(Bounded { rate: implied(through.rate, before.rate)?, low: low?, high: high? })
}

/// Half of the last decimal of a number as it is written.
fn half_unit(number: Decimal) -> Decimal {
    Decimal::new(5, number.scale() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    fn cumulative(level: &str, rate: &str) -> Cumulative {
        Cumulative { level: decimal(level), rate: decimal(rate) }
    }

    /// Levels and growth of months 2 to 6 and the growth of the single months, computed independently in double
    /// precision.
    #[test]
    fn growth_of_single_months() {
        let series = [("100", "5"), ("160", "6"), ("214", "6.2"), ("275", "6.1"), ("350", "6.5")];
        let expected = ["7.709677", "6.797048", "5.750665", "7.992832"];
        for (pair, expected) in series.windows(2).zip(expected) {
            let [before, through] = [pair[0], pair[1]].map(|(level, rate)| cumulative(level, rate));
            let found = single_growth(through, before).unwrap();
            assert_eq!(found.rate.round_dp(6), decimal(expected));
            assert!(found.low < found.rate && found.rate < found.high);
        }
    }

    #[test]
    fn bounds_hold_every_rate_that_rounds_to_the_published_one() {
        let found = single_growth(cumulative("275", "6.1"), cumulative("214", "6.2")).unwrap();
        for (this, last) in [("6.05", "6.25"), ("6.149", "6.151"), ("6.1", "6.2"), ("6.15", "6.15")]
        {
            let one = single_growth(cumulative("275", this), cumulative("214", last)).unwrap();
            assert!(found.low <= one.rate && one.rate <= found.high, "{this} {last}");
        }
        // 275/61 times half a tenth, and 214/61 times the same.
        assert!(found.high - found.low > decimal("0.7"));
    }

    #[test]
    fn a_month_that_took_away_has_no_growth() {
        assert_eq!(single(decimal("90"), decimal("100")), Some(decimal("-10")));
        assert_eq!(single_growth(cumulative("90", "5"), cumulative("100", "5")), None);
        assert_eq!(single_growth(cumulative("110", "50"), cumulative("100", "5")), None);
    }
}
