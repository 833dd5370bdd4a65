//! Numbers of different kinds brought to one scale, and orders made of several.
//!
//! Source of the formulas: OECD and JRC, *Handbook on Constructing Composite Indicators* (2008), part 1, steps 5 and 6.
//! Where less is better, turn the numbers round before ([`turned`]). What is missing stays missing and moves nothing.
//! The means that make one number of several are in [`crate::mean`]; [`family`] puts the steps together, and
//! [`sensitivity`] tells how much they matter.

mod family;
#[cfg(test)]
#[path = "composite/tests.rs"]
mod family_tests;
mod sensitivity;
pub mod sobol;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::ranking::{Order, Ties, places};

pub use family::{
    Aggregation, Changed, Family, FamilyError, Gap, Indicator, Member, Outcome, Rules, Scale,
    family,
};
pub use sensitivity::{Band, Choice, Question, Sensitivity, sensitivity};

/// Numbers of one kind, some of which may be missing.
pub type Column = Vec<Option<Decimal>>;

/// The numbers with the other sign, for what is better the less there is of it.
pub fn turned(numbers: &[Option<Decimal>]) -> Column {
    numbers.iter().map(|number| number.map(|number| -number)).collect()
}

/// The smallest becomes `from`, the largest `to`, the others lie between them in proportion.
///
/// `None` where all numbers are the same or a number leaves the range of exact decimals.
pub fn min_max(numbers: &[Option<Decimal>], from: Decimal, to: Decimal) -> Option<Column> {
    let low = numbers.iter().copied().flatten().min()?;
    let high = numbers.iter().copied().flatten().max()?;
    scaled(numbers, (low, high), (from, to))
}

/// `low` becomes 0 and `high` 1, and what lies beyond them as well: goals that stay the same over the years.
///
/// `None` where the two are the same or a number leaves the range of exact decimals.
pub fn goalposts(numbers: &[Option<Decimal>], low: Decimal, high: Decimal) -> Option<Column> {
    let (least, most) = (low.min(high), low.max(high));
    let held: Column = numbers.iter().map(|one| one.map(|one| one.clamp(least, most))).collect();
    scaled(&held, (low, high), (Decimal::ZERO, Decimal::ONE))
}

/// How much of the way from the smallest number to a target each has made; 1 from the target on.
///
/// `None` where the target is not above the smallest number or a number leaves the range of exact decimals.
pub fn towards(numbers: &[Option<Decimal>], target: Decimal) -> Option<Column> {
    let low = numbers.iter().copied().flatten().min()?;
    if target <= low {
        return None;
    }
    goalposts(numbers, low, target)
}

/// How many standard deviations (of a sample) each number is from the mean.
///
/// `None` where there are fewer than two numbers, all are the same, or one leaves the range of exact decimals.
pub fn z_scores(numbers: &[Option<Decimal>]) -> Option<Column> {
    let known: Vec<Decimal> = numbers.iter().copied().flatten().collect();
    let count = Decimal::from(known.len());
    let add = |sum: Decimal, number: &Decimal| sum.checked_add(*number);
    let mean = known.iter().try_fold(Decimal::ZERO, add)?.checked_div(count)?;
    let square = |sum: Decimal, number: &Decimal| {
        let apart = number.checked_sub(mean)?;
        sum.checked_add(apart.checked_mul(apart)?)
    };
    let squares = known.iter().try_fold(Decimal::ZERO, square)?;
    let deviation = root(squares.checked_div(count.checked_sub(Decimal::ONE)?)?)?;
    each(numbers, |number| number.checked_sub(mean)?.checked_div(deviation))
}

/// How many of the other numbers each one surpasses (the points of Borda); equal numbers surpass each other in nothing.
pub fn borda(numbers: &[Option<Decimal>]) -> Column {
    let found = places(numbers, Order::LowestFirst, Ties::Competition);
    found.into_iter().map(|place| place.map(|place| Decimal::from(place - 1))).collect()
}

/// The share of the other numbers that each one surpasses, from 0 to 1.
///
/// `None` where there are fewer than two numbers.
pub fn percent_rank(numbers: &[Option<Decimal>]) -> Option<Column> {
    let others = Decimal::from(numbers.iter().flatten().count()).checked_sub(Decimal::ONE)?;
    each(&borda(numbers), |surpassed| surpassed.checked_div(others))
}

/// The points of Copeland: for each row, in how many comparisons with another it wins less in how many it loses. Of two
/// rows that one wins which is higher in columns of more than half of the weight; equal numbers give half of the weight
/// to each, and so does a column in which either is missing.
///
/// `None` where columns are of different length, no column counts, or a number leaves the range of exact decimals.
pub fn copeland(columns: &[(&[Option<Decimal>], Decimal)]) -> Option<Vec<i64>> {
    let rows = columns.first()?.0.len();
    let add = |sum: Decimal, (_, weight): &(&[_], Decimal)| sum.checked_add(*weight);
    let whole = columns.iter().try_fold(Decimal::ZERO, add)?;
    if whole <= Decimal::ZERO || columns.iter().any(|(column, _)| column.len() != rows) {
        return None;
    }
    let mut points = vec![0; rows];
    for one in 0..rows {
        for other in 0..rows {
            let mut ahead = Decimal::ZERO;
            for (column, weight) in columns {
                let (mine, theirs) = (*column.get(one)?, *column.get(other)?);
                ahead = match mine.zip(theirs).map(|(mine, theirs)| mine.cmp(&theirs)) {
                    Some(std::cmp::Ordering::Greater) => ahead.checked_add(*weight)?,
                    Some(std::cmp::Ordering::Less) => ahead.checked_sub(*weight)?,
                    _ => ahead,
                };
            }
            // More than half of the weight for it is more for it than against it.
            *points.get_mut(one)? += match ahead.cmp(&Decimal::ZERO) {
                std::cmp::Ordering::Greater => 1,
                std::cmp::Ordering::Less => -1,
                std::cmp::Ordering::Equal => 0,
            };
        }
    }
    Some(points)
}

fn scaled(
    numbers: &[Option<Decimal>],
    (low, high): (Decimal, Decimal),
    (from, to): (Decimal, Decimal),
) -> Option<Column> {
    let (width, scale) = (high.checked_sub(low)?, to.checked_sub(from)?);
    each(numbers, |number| {
        number.checked_sub(low)?.checked_mul(scale)?.checked_div(width)?.checked_add(from)
    })
}

fn each(numbers: &[Option<Decimal>], made: impl Fn(Decimal) -> Option<Decimal>) -> Option<Column> {
    numbers
        .iter()
        .map(|number| number.map_or(Some(None), |number| made(number).map(Some)))
        .collect()
}

/// The root of a number that is not negative, by Newton's steps from that of binary fractions.
fn root(number: Decimal) -> Option<Decimal> {
    if number.is_zero() {
        return Some(Decimal::ZERO);
    }
    let mut found = Decimal::from_f64_retain(libm::sqrt(number.to_f64()?))?;
    for _ in 0..3 {
        found = found.checked_add(number.checked_div(found)?)?.checked_div(Decimal::TWO)?;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    /// Numbers parted by spaces; NA for what is missing.
    fn column(written: &str) -> Column {
        written.split(' ').map(|word| (word != "NA").then(|| d(word))).collect()
    }

    fn shown(column: &[Option<Decimal>]) -> String {
        let word = |number: &Option<Decimal>| {
            number.map_or("NA".into(), |number| number.round_dp(6).normalize().to_string())
        };
        column.iter().map(word).collect::<Vec<String>>().join(" ")
    }

    /// COINr 1.1.14 of 3, 7, 1, 9, 5, NA, 4: n_minmax, n_zscore, n_borda, n_prank, n_goalposts, n_dist2targ.
    #[test]
    fn scales_are_those_of_the_handbook() {
        let x = column("3 7 1 9 5 NA 4");
        let hundred = min_max(&x, d("0"), d("100")).unwrap();
        assert_eq!(shown(&hundred), "25 75 0 100 50 NA 37.5");
        let z = "-0.641533 0.758175 -1.341387 1.45803 0.058321 NA -0.291606";
        assert_eq!(shown(&z_scores(&x).unwrap()), z);
        assert_eq!(shown(&borda(&x)), "1 4 0 5 3 NA 2");
        assert_eq!(shown(&percent_rank(&x).unwrap()), "0.2 0.8 0 1 0.6 NA 0.4");
        let posts = goalposts(&x, d("2"), d("8")).unwrap();
        assert_eq!(shown(&posts), "0.166667 0.833333 0 1 0.5 NA 0.333333");
        let way = towards(&x, d("8")).unwrap();
        assert_eq!(shown(&way), "0.285714 0.857143 0 1 0.571429 NA 0.428571");
    }

    /// COINr 1.1.14, a_copeland.
    #[test]
    fn pairs_are_compared_by_the_weight_of_what_each_wins() {
        let (a, b, c) = (column("3 7 1 9"), column("5 5 2 8"), column("10 4 6 7"));
        let columns = [(&a[..], d("1")), (&b[..], d("2")), (&c[..], d("1"))];
        assert_eq!(copeland(&columns), Some(vec![0, 0, -3, 3]));
        assert_eq!(copeland(&[]), None);
        assert_eq!(copeland(&[(&a[..], d("1")), (&b[..3], d("1"))]), None);
    }

    #[test]
    fn less_is_better_where_it_is_turned_round() {
        let x = turned(&column("3 7 NA 1"));
        assert_eq!(shown(&min_max(&x, d("0"), d("1")).unwrap()), "0.666667 0 NA 1");
    }

    #[test]
    fn what_has_no_meaning_has_no_value() {
        let same = column("5 5 NA 5");
        assert_eq!(min_max(&same, d("0"), d("1")), None);
        assert_eq!(z_scores(&same), None);
        assert_eq!(z_scores(&column("5 NA")), None);
        assert_eq!(percent_rank(&column("5 NA")), None);
        assert_eq!(towards(&same, d("5")), None);
        assert_eq!(goalposts(&same, d("5"), d("5")), None);
        assert_eq!(min_max(&[], d("0"), d("1")), None);
        let far = [Some(Decimal::MAX), Some(Decimal::MIN)];
        assert_eq!(min_max(&far, d("0"), d("1")), None);
    }
}
