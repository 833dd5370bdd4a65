//! Points that lie far from the others.
//!
//! Source: Iglewicz and Hoaglin, *How to Detect and Handle Outliers* (1993): the modified z-score, with median and median
//! absolute deviation in place of mean and standard deviation, which an outlier itself would pull; above 3.5 in absolute
//! value a point is a potential outlier.

use rust_decimal::Decimal;

/// Above this absolute modified z-score a point is a potential outlier.
pub const THRESHOLD: Decimal = Decimal::from_parts(35, 0, 0, false, 1);

/// So that the deviation of a normal distribution's median is one: its third quartile, to four decimals.
const QUARTILE: Decimal = Decimal::from_parts(6745, 0, 0, false, 4);

/// So many points are needed to say anything of another.
pub const FEWEST: usize = 5;

/// The modified z-score of a point against others, among which it is not: `0.6745 (x − median) / MAD`.
///
/// `None` with fewer than [`FEWEST`] others, where most of the others are equal (there is no deviation to measure by), or
/// where a number leaves the range of exact decimals.
pub fn modified_z(point: Decimal, others: &[Decimal]) -> Option<Decimal> {
    if others.len() < FEWEST {
        return None;
    }
    let middle = median(others.to_vec())?;
    let deviations = others
        .iter()
        .map(|other| other.checked_sub(middle).map(|difference| difference.abs()))
        .collect::<Option<Vec<_>>>()?;
    let deviation = median(deviations)?;
    if deviation.is_zero() {
        return None;
    }
    QUARTILE.checked_mul(point.checked_sub(middle)?)?.checked_div(deviation)
}

/// The middle one of some numbers, or the mean of the two in the middle; `None` of none.
pub fn median(mut numbers: Vec<Decimal>) -> Option<Decimal> {
    numbers.sort_unstable();
    let half = numbers.len() / 2;
    let upper = numbers.get(half)?;
    if numbers.len() % 2 == 1 {
        return Some(*upper);
    }
    numbers.get(half.checked_sub(1)?)?.checked_add(*upper)?.checked_div(Decimal::TWO)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimals(text: &str) -> Vec<Decimal> {
        text.split(' ').map(|number| Decimal::from_str_exact(number).unwrap()).collect()
    }

    #[test]
    fn a_median_needs_no_order() {
        let median = |text| median(decimals(text)).unwrap().normalize().to_string();
        assert_eq!(median("3 1 2"), "2");
        assert_eq!(median("4 1 3 2"), "2.5");
        assert_eq!(super::median(Vec::new()), None);
    }

    #[test]
    fn far_points_score_high() {
        // Median 6, deviations 1 0.5 0 0.5 1 0.2, whose median is 0.5.
        let others = decimals("5 5.5 6 6.5 7 6.2");
        let score = |point: &str| {
            let point = Decimal::from_str_exact(point).unwrap();
            modified_z(point, &others).unwrap().round_dp(2)
        };
        // Of six: median 6.1, deviations 0.1 0.1 0.4 0.6 0.9 1.1, median 0.5.
        assert_eq!(score("6.1"), Decimal::ZERO);
        assert_eq!(score("10").to_string(), "5.26");
        assert!(score("10") > THRESHOLD && score("7.5") < THRESHOLD && score("1") < -THRESHOLD);
    }

    #[test]
    fn too_few_or_equal_points_say_nothing() {
        assert_eq!(modified_z(Decimal::ONE, &decimals("1 2 3 4")), None);
        assert_eq!(modified_z(Decimal::ONE, &decimals("2 2 2 2 5")), None);
    }
}
