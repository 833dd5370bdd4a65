//! Growth of a level against the same period of the year before.
//!
//! Source of the formulas: the way the National Bureau of Statistics publishes series, 同比增长速度 =
//! (本期数 ÷ 上年同期数 − 1) × 100 %. A published growth is **not** the ratio of two published levels where the
//! scope of a survey changes between the years; so a level computed here is *implied* by the growth, never a
//! correction of what was published.

use rust_decimal::Decimal;

/// The level of a year before that a level and its growth rate in percent imply: `level / (1 + rate / 100)`.
///
/// `None` where the rate is −100 % or below (no positive level grows like that) or the result leaves the range
/// of exact decimals.
///
/// ```
/// use methods::growth::implied_previous;
/// use rust_decimal::Decimal;
///
/// assert_eq!(implied_previous(Decimal::from(106), Decimal::from(6)), Some(Decimal::from(100)));
/// ```
pub fn implied_previous(level: Decimal, rate: Decimal) -> Option<Decimal> {
    let factor = Decimal::ONE_HUNDRED.checked_add(rate)?;
    if factor <= Decimal::ZERO {
        return None;
    }
    level.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(factor)
}

/// The growth rate in percent from `previous` to `level`: `(level / previous - 1) * 100`.
///
/// `None` where the earlier level is not positive (a growth from nothing or from a loss has no meaning) or the
/// result leaves the range of exact decimals.
pub fn rate(level: Decimal, previous: Decimal) -> Option<Decimal> {
    if previous <= Decimal::ZERO {
        return None;
    }
    level.checked_sub(previous)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(previous)
}

/// The mean growth rate in percent over so many years from the first and the last level (水平法):
/// `((level / base)^(1 / years) - 1) * 100`, to twelve decimals.
///
/// `None` where a level is not positive, `years` is 0, or a number leaves the range of exact decimals.
///
/// ```
/// use methods::growth::mean_rate;
/// use rust_decimal::Decimal;
///
/// assert_eq!(mean_rate(Decimal::from(121), Decimal::from(100), 2), Some(Decimal::from(10)));
/// ```
pub fn mean_rate(level: Decimal, base: Decimal, years: u32) -> Option<Decimal> {
    if base <= Decimal::ZERO || level <= Decimal::ZERO || years == 0 {
        return None;
    }
    let ratio = level.checked_div(base)?;
    // Halved until nothing lies between: a root of decimals is none, and this one is the same on every machine.
    let (mut low, mut high) = (Decimal::ZERO, ratio.max(Decimal::ONE));
    loop {
        let middle = low.checked_add(high)?.checked_div(Decimal::TWO)?;
        if middle <= low || middle >= high || high - low < Decimal::new(1, 20) {
            break;
        }
        match power(middle, years) {
            Some(found) if found < ratio => low = middle,
            // What is beyond all measure is too high.
            _ => high = middle,
        }
    }
    let rate = high.checked_sub(Decimal::ONE)?.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(rate.round_dp(12).normalize())
}

/// A number to a whole power.
fn power(number: Decimal, exponent: u32) -> Option<Decimal> {
    let (mut base, mut left, mut product) = (number, exponent, Decimal::ONE);
    while left > 0 {
        if left % 2 == 1 {
            product = product.checked_mul(base)?;
        }
        left /= 2;
        if left > 0 {
            base = base.checked_mul(base)?;
        }
    }
    Some(product)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed independently in double precision.
    #[test]
    fn mean_growth_is_the_root_of_the_whole() {
        for (level, base, years, expected) in [
            ("128", "100", 5, "5.061112"),
            ("1.111869", "1", 2, "5.445199"),
            ("100", "128", 5, "-4.817303"),
            ("100", "100", 7, "0"),
            ("250000", "0.5", 1, "49999900"),
        ] {
            let found = mean_rate(decimal(level), decimal(base), years).unwrap();
            assert_eq!(found.round_dp(6).normalize(), decimal(expected), "{level} {base} {years}");
        }
        for (level, base, years) in [("1", "0", 2), ("-1", "1", 2), ("0", "1", 2), ("2", "1", 0)] {
            assert_eq!(mean_rate(decimal(level), decimal(base), years), None);
        }
    }

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    /// Cumulative levels and cumulative growth of months 2 to 6 with the growth of the single months,
    /// computed independently in double precision.
    #[test]
    fn growth_of_single_months_follows_from_cumulative_growth() {
        let levels = ["100", "160", "214", "275", "350"].map(decimal);
        let rates = ["5", "6", "6.2", "6.1", "6.5"].map(decimal);
        let singles = ["60", "54", "61", "75"].map(decimal);
        let expected = ["7.709677", "6.797048", "5.750665", "7.992832"].map(decimal);
        for month in 1..levels.len() {
            let single = levels[month] - levels[month - 1];
            assert_eq!(single, singles[month - 1]);
            let previous = implied_previous(levels[month], rates[month]).unwrap()
                - implied_previous(levels[month - 1], rates[month - 1]).unwrap();
            assert_eq!(rate(single, previous).unwrap().round_dp(6), expected[month - 1]);
        }
    }

    #[test]
    fn growth_and_level_before_undo_each_other() {
        assert_eq!(rate(decimal("848"), decimal("800")), Some(decimal("6")));
        assert_eq!(implied_previous(decimal("848"), decimal("6")), Some(decimal("800")));
        assert_eq!(rate(decimal("85.7"), decimal("100")), Some(decimal("-14.3")));
    }

    #[test]
    fn what_has_no_meaning_has_no_value() {
        assert_eq!(rate(decimal("5"), Decimal::ZERO), None);
        assert_eq!(rate(decimal("5"), decimal("-1")), None);
        assert_eq!(implied_previous(decimal("5"), decimal("-100")), None);
        assert_eq!(implied_previous(Decimal::MAX, decimal("5")), None);
        assert_eq!(rate(Decimal::MAX, decimal("0.1")), None);
    }
}
