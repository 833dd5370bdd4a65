//! Outliers that would stretch a scale, drawn in to the next point.
//!
//! Source: OECD and JRC, *Handbook on Constructing Composite Indicators* (2008), part 1, step 5, with the limits that its
//! users apply: a column is treated only where its skewness is beyond ±2 **and** its excess kurtosis above 3.5; then the
//! farthest point on the side of the skew takes the value of the next one, and so on until the column is within the
//! limits or so many points were moved.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Beyond this absolute skewness, and above [`KURTOSIS`], a column is treated.
pub const SKEWNESS: f64 = 2.0;

/// Above this excess kurtosis, and beyond [`SKEWNESS`], a column is treated.
pub const KURTOSIS: f64 = 3.5;

/// The skewness of a sample, `√(n(n−1)) ÷ (n−2) · m3 ÷ m2^1.5` (type 2 of Joanes and Gill 1998, that of spreadsheets).
///
/// `None` with fewer than three numbers or where all are the same.
pub fn skewness(numbers: &[f64]) -> Option<f64> {
    let count = numbers.len() as f64;
    let [second, third, _] = moments(numbers)?;
    if numbers.len() < 3 {
        return None;
    }
    Some(libm::sqrt(count * (count - 1.0)) / (count - 2.0) * third / (second * libm::sqrt(second)))
}

/// The excess kurtosis of a sample, `(n−1) ÷ ((n−2)(n−3)) · ((n+1)(m4 ÷ m2² − 3) + 6)` (the same type), 0 for a normal
/// distribution.
///
/// `None` with fewer than four numbers or where all are the same.
pub fn kurtosis(numbers: &[f64]) -> Option<f64> {
    let count = numbers.len() as f64;
    let [second, _, fourth] = moments(numbers)?;
    if numbers.len() < 4 {
        return None;
    }
    let plain = fourth / (second * second) - 3.0;
    Some((count - 1.0) / ((count - 2.0) * (count - 3.0)) * ((count + 1.0) * plain + 6.0))
}

/// The second to fourth moments about the mean; `None` where there is no spread.
fn moments(numbers: &[f64]) -> Option<[f64; 3]> {
    let count = numbers.len() as f64;
    let mean = numbers.iter().sum::<f64>() / count;
    let mut found = [0.0; 3];
    for number in numbers {
        let apart = number - mean;
        let square = apart * apart;
        for (sum, power) in found.iter_mut().zip([square, square * apart, square * square]) {
            *sum += power / count;
        }
    }
    (found[0] > 0.0 && found.iter().all(|moment| moment.is_finite())).then_some(found)
}

/// Draws in at most so many points of a column; returns their places, the one moved first in front. What is missing
/// stays so, and a column within the limits, or of fewer than four numbers, stays as it is.
pub fn winsorise(column: &mut [Option<Decimal>], most: usize) -> Vec<usize> {
    let mut moved: Vec<usize> = Vec::new();
    while let Some(high) = beyond_limits(column) {
        let known = || column.iter().copied().flatten();
        let end = if high { known().max() } else { known().min() };
        let inner = known().filter(|number| Some(*number) != end);
        let next = if high { inner.max() } else { inner.min() };
        let (Some(end), Some(next)) = (end, next) else { break };
        let ends: Vec<usize> = (0..column.len())
            .filter(|place| column.get(*place).copied().flatten() == Some(end))
            .collect();
        let newly = ends.iter().filter(|place| !moved.contains(place)).count();
        if moved.len() + newly > most {
            break;
        }
        for place in ends {
            if let Some(number) = column.get_mut(place) {
                *number = Some(next);
            }
            if !moved.contains(&place) {
                moved.push(place);
            }
        }
    }
    moved
}

/// Whether the far points of a column lie at its upper end; `None` where it is within the limits.
fn beyond_limits(column: &[Option<Decimal>]) -> Option<bool> {
    let plain: Vec<f64> =
        column.iter().flatten().map(ToPrimitive::to_f64).collect::<Option<_>>()?;
    let (skewness, kurtosis) = (skewness(&plain)?, kurtosis(&plain)?);
    (skewness.abs() > SKEWNESS && kurtosis > KURTOSIS).then_some(skewness > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(numbers: &[i64]) -> Vec<Option<Decimal>> {
        numbers.iter().map(|number| Some(Decimal::from(*number))).collect()
    }

    /// scipy 1.17.1: stats.skew and stats.kurtosis with bias=False.
    #[test]
    fn moments_are_those_of_a_sample() {
        let x = [1.0, 2.0, 2.0, 3.0, 3.0, 3.0, 4.0, 4.0, 5.0, 50.0, 90.0];
        assert!((skewness(&x).unwrap() - 2.330_751_229_566_022_4).abs() < 1e-12);
        assert!((kurtosis(&x).unwrap() - 4.928_372_916_455_033).abs() < 1e-12);
        assert_eq!((skewness(&x[..2]), kurtosis(&x[..3])), (None, None));
        assert_eq!((skewness(&[3.0; 5]), kurtosis(&[3.0; 5]), skewness(&[])), (None, None, None));
    }

    /// The tests of COINr 1.1.14: of 1 to 10 and 100, the last becomes 10 and all is within the limits.
    #[test]
    fn a_far_point_is_drawn_in() {
        let mut x = column(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100]);
        assert_eq!(winsorise(&mut x, 5), [10]);
        assert_eq!(x[10], Some(Decimal::TEN));
        assert_eq!(x[..10], column(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10])[..]);
        // 1 to 20, 100 and 200: one point is not enough, as COINr says too.
        let many: Vec<i64> = (1..=20).chain([100, 200]).collect();
        let mut one = column(&many);
        assert_eq!(winsorise(&mut one, 1), [21]);
        assert_eq!(beyond_limits(&one), Some(true));
        let mut two = column(&many);
        assert_eq!(winsorise(&mut two, 5), [21, 20]);
        assert_eq!(two[20..], column(&[20, 20])[..]);
        assert_eq!(beyond_limits(&two), None);
    }

    #[test]
    fn the_lower_end_is_treated_alike_and_what_is_missing_stays() {
        let mut x = column(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -100]);
        x.insert(3, None);
        assert_eq!(winsorise(&mut x, 5), [11]);
        assert_eq!((x[11], x[3]), (Some(Decimal::ONE), None));
    }

    #[test]
    fn what_is_within_the_limits_or_too_short_stays() {
        for numbers in [&[1, 2, 3, 4, 5][..], &[7, 7, 7, 7], &[1, 100, 1], &[]] {
            let mut x = column(numbers);
            assert_eq!(winsorise(&mut x, 5), [0; 0]);
            assert_eq!(x, column(numbers));
        }
        let mut x = column(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100]);
        assert_eq!(winsorise(&mut x, 0), [0; 0]);
    }
}
