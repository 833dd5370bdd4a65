//! Classes of numbers for a map: each holds about as many as the others.
//!
//! Source: classification by quantiles, Slocum, McMaster, Kessler and Howard, *Thematic Cartography and
//! Geovisualization*, chapter on data classification. Equal numbers are never parted, so classes may differ in size.

use rust_decimal::Decimal;

/// A class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class {
    /// The smallest number in it.
    pub from: Decimal,
    /// The largest number in it.
    pub to: Decimal,
    /// How many are in it.
    pub count: usize,
}

/// At most so many classes, the smallest numbers first, and the class of each number by its place among them; what is
/// missing has none.
///
/// ```
/// use methods::classes::quantiles;
/// use rust_decimal::Decimal;
///
/// let numbers = [5, 1, 9, 5, 7].map(|number| Some(Decimal::from(number)));
/// let (classes, of) = quantiles(&numbers, 2);
/// assert_eq!(of, [Some(0), Some(0), Some(1), Some(0), Some(1)]);
/// assert_eq!((classes[1].from, classes[1].count), (Decimal::from(7), 2));
/// ```
pub fn quantiles(numbers: &[Option<Decimal>], most: usize) -> (Vec<Class>, Vec<Option<usize>>) {
    let mut known: Vec<Decimal> = numbers.iter().copied().flatten().collect();
    known.sort_unstable();
    let mut classes: Vec<Class> = Vec::new();
    let mut last = None;
    for same in known.chunk_by(|one, other| one == other) {
        let Some(number) = same.first().copied() else { continue };
        let before: usize = classes.iter().map(|class| class.count).sum();
        // Where the middle of equal numbers falls decides for all of them.
        let share = (2 * before + same.len()) * most / (2 * known.len());
        match classes.last_mut() {
            Some(class) if last == Some(share) => {
                class.to = number;
                class.count += same.len();
            }
            _ => classes.push(Class { from: number, to: number, count: same.len() }),
        }
        last = Some(share);
    }
    let class = |number: Decimal| classes.iter().position(|class| number <= class.to);
    let of = numbers.iter().map(|number| number.and_then(class)).collect();
    (classes, of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(numbers: &[i64], most: usize) -> Vec<usize> {
        let numbers: Vec<_> = numbers.iter().map(|number| Some(Decimal::from(*number))).collect();
        quantiles(&numbers, most).0.iter().map(|class| class.count).collect()
    }

    #[test]
    fn classes_hold_about_as_many_and_equal_numbers_stay_together() {
        assert_eq!(counts(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5), [2, 2, 2, 2, 2]);
        assert_eq!(counts(&[1, 2, 3, 4, 5, 6, 7, 8, 9], 5), [2, 2, 1, 2, 2]);
        assert_eq!(counts(&[3, 1, 2], 5), [1, 1, 1]);
        assert_eq!(counts(&[4, 4, 4, 4], 5), [4]);
        assert_eq!(counts(&[1, 4, 4, 4, 4, 9], 3), [1, 4, 1]);
        assert_eq!(counts(&[], 5), [0; 0]);
        assert_eq!(counts(&[1, 2], 0), [2]);
    }

    #[test]
    fn what_is_missing_has_no_class() {
        let (classes, of) = quantiles(&[None, Some(Decimal::ONE), None], 5);
        assert_eq!((classes.len(), of), (1, vec![None, Some(0), None]));
    }
}
