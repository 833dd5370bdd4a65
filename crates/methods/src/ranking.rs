//! Places in an order, and how they moved.
//!
//! Source of the rules: standard competition ranking ("1224") and dense ranking ("1223").

use rust_decimal::Decimal;

/// Which number comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The largest.
    HighestFirst,
    /// The smallest.
    LowestFirst,
}

/// What follows numbers that share a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ties {
    /// As many places stay empty as were shared: 1, 2, 2, 4.
    Competition,
    /// The next place: 1, 2, 2, 3.
    Dense,
}

/// The place of each number, from 1; what is missing has none.
///
/// ```
/// use methods::ranking::{Order, Ties, places};
/// use rust_decimal::Decimal;
///
/// let numbers = [9, 7, 7, 3].map(|number| Some(Decimal::from(number)));
/// let found = places(&numbers, Order::HighestFirst, Ties::Competition);
/// assert_eq!(found, [Some(1), Some(2), Some(2), Some(4)]);
/// ```
pub fn places(numbers: &[Option<Decimal>], order: Order, ties: Ties) -> Vec<Option<usize>> {
    let mut known: Vec<Decimal> = numbers.iter().copied().flatten().collect();
    known.sort_unstable();
    if order == Order::HighestFirst {
        known.reverse();
    }
    if ties == Ties::Dense {
        known.dedup();
    }
    let place = |number: Decimal| known.iter().position(|one| *one == number).map(|at| at + 1);
    numbers.iter().map(|number| number.and_then(place)).collect()
}

/// How a place moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Movement {
    /// So many places up.
    Up(usize),
    /// So many places down.
    Down(usize),
    /// It stayed.
    Same,
    /// There was no place before.
    New,
}

impl Movement {
    /// From a place, if there was one, to another.
    pub fn of(before: Option<usize>, now: usize) -> Movement {
        match before {
            None => Movement::New,
            Some(before) if before > now => Movement::Up(before - now),
            Some(before) if before < now => Movement::Down(now - before),
            Some(_) => Movement::Same,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(written: &[Option<i64>]) -> Vec<Option<Decimal>> {
        written.iter().map(|number| number.map(Decimal::from)).collect()
    }

    /// COINr 1.1.14, n_rank of 3, 7, 1, 9, 5, NA, 4.
    #[test]
    fn places_are_counted_among_what_is_known() {
        let x = numbers(&[Some(3), Some(7), Some(1), Some(9), Some(5), None, Some(4)]);
        let found = places(&x, Order::LowestFirst, Ties::Competition);
        assert_eq!(found, [Some(2), Some(5), Some(1), Some(6), Some(4), None, Some(3)]);
    }

    #[test]
    fn equal_numbers_share_a_place() {
        let x = numbers(&[Some(5), Some(8), None, Some(5), Some(2), Some(8), Some(5)]);
        let high = |ties| places(&x, Order::HighestFirst, ties);
        let competition = [Some(3), Some(1), None, Some(3), Some(6), Some(1), Some(3)];
        assert_eq!(high(Ties::Competition), competition);
        let dense = [Some(2), Some(1), None, Some(2), Some(3), Some(1), Some(2)];
        assert_eq!(high(Ties::Dense), dense);
        // 7.0 is 7.
        let same = ["7.0", "7"].map(|text| Some(Decimal::from_str_exact(text).unwrap()));
        assert_eq!(places(&same, Order::LowestFirst, Ties::Competition), [Some(1), Some(1)]);
    }

    #[test]
    fn a_smaller_place_is_up() {
        assert_eq!(Movement::of(Some(5), 3), Movement::Up(2));
        assert_eq!(Movement::of(Some(3), 4), Movement::Down(1));
        assert_eq!(Movement::of(Some(1), 1), Movement::Same);
        assert_eq!(Movement::of(None, 1), Movement::New);
    }
}
