//! Points from values, and totals from a tree of weighted criteria.
//!
//! Source of the method: OECD and JRC, *Handbook on Constructing Composite Indicators* (2008), steps 3 to 7, for linear
//! aggregation, re-weighting of what is missing and the variation of weights. What is not measured is never counted as
//! nought: a total is scaled up from what was measured, and how much of the scheme that was is told beside it.

mod stability;

use rust_decimal::{Decimal, RoundingStrategy};

pub use stability::{Question, Stability, stability};

/// The points of a value by steps: those of the last threshold that it has reached, a value at a threshold having reached
/// it; `below` where it has reached none. Thresholds rise.
///
/// ```
/// use methods::scoring::steps;
/// use rust_decimal::Decimal;
///
/// let number = Decimal::from;
/// let table = [(number(80), number(6)), (number(90), number(8))];
/// assert_eq!(steps(number(90), number(0), &table), number(8));
/// assert_eq!(steps(number(89), number(0), &table), number(6));
/// assert_eq!(steps(number(79), number(0), &table), number(0));
/// ```
pub fn steps(value: Decimal, below: Decimal, table: &[(Decimal, Decimal)]) -> Decimal {
    let reached = table.iter().rev().find(|(from, _)| *from <= value);
    reached.map_or(below, |(_, points)| *points)
}

/// The points of a value on straight lines between neighbouring knots, flat beyond the ends. Values of the knots rise.
///
/// `None` where there is no knot, or where a number leaves the range of exact decimals.
pub fn linear(value: Decimal, knots: &[(Decimal, Decimal)]) -> Option<Decimal> {
    let behind = knots.iter().position(|(at, _)| *at > value).unwrap_or(knots.len());
    match (behind.checked_sub(1).and_then(|before| knots.get(before)), knots.get(behind)) {
        (None, None) => None,
        (Some((_, points)), None) | (None, Some((_, points))) => Some(*points),
        (Some((x, low)), Some((end, high))) => {
            let way = value.checked_sub(*x)?.checked_mul(high.checked_sub(*low)?)?;
            low.checked_add(way.checked_div(end.checked_sub(*x)?)?)
        }
    }
}

/// A part of a scheme with what it came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// How much it counts among those beside it; more than 0.
    pub weight: Decimal,
    /// What it is.
    pub part: Part,
}

/// What a part of a scheme is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A criterion that is measured by itself.
    Leaf {
        /// Its points; `None` where it was not measured.
        points: Option<Decimal>,
        /// The most points that it gives; more than 0.
        most: Decimal,
    },
    /// Points are added, each times its weight.
    Sum(Vec<Node>),
    /// The weighted mean of those that were measured.
    Mean(Vec<Node>),
}

/// What a part of a scheme came to. In a sum, `earned` and `measured` are the points and the most points of what was
/// measured; in a mean, they are in proportion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Points of what was measured.
    pub earned: Decimal,
    /// The most points of what was measured.
    pub measured: Decimal,
    /// The most points of all.
    pub whole: Decimal,
}

impl Tally {
    /// The points that all would come to, did the rest do as well as what was measured; `None` where nothing was measured.
    pub fn score(&self) -> Option<Decimal> {
        if self.measured.is_zero() {
            return None;
        }
        if self.measured == self.whole {
            return Some(self.earned);
        }
        self.earned.checked_mul(self.whole)?.checked_div(self.measured)
    }

    /// How much of the whole was measured, from 0 to 1.
    pub fn coverage(&self) -> Decimal {
        self.measured.checked_div(self.whole).unwrap_or_default()
    }
}

/// What a part of a scheme comes to; `None` where a number leaves the range of exact decimals.
pub fn tally(node: &Node) -> Option<Tally> {
    match &node.part {
        Part::Leaf { points, most } => {
            let (earned, measured) =
                points.map_or((Decimal::ZERO, Decimal::ZERO), |points| (points, *most));
            Some(Tally { earned, measured, whole: *most })
        }
        Part::Sum(parts) => {
            let none =
                Tally { earned: Decimal::ZERO, measured: Decimal::ZERO, whole: Decimal::ZERO };
            parts.iter().try_fold(none, |sum, part| {
                let own = tally(part)?;
                let add =
                    |sum: Decimal, own: Decimal| sum.checked_add(own.checked_mul(part.weight)?);
                Some(Tally {
                    earned: add(sum.earned, own.earned)?,
                    measured: add(sum.measured, own.measured)?,
                    whole: add(sum.whole, own.whole)?,
                })
            })
        }
        Part::Mean(parts) => mean(parts),
    }
}

fn mean(parts: &[Node]) -> Option<Tally> {
    let [mut weights, mut known, mut sum, mut covered, mut whole] = [Decimal::ZERO; 5];
    for part in parts {
        let own = tally(part)?;
        weights = weights.checked_add(part.weight)?;
        whole = whole.checked_add(own.whole.checked_mul(part.weight)?)?;
        covered = covered.checked_add(own.coverage().checked_mul(part.weight)?)?;
        if !own.measured.is_zero() {
            known = known.checked_add(part.weight)?;
            sum = sum.checked_add(own.score()?.checked_mul(part.weight)?)?;
        }
    }
    if weights.is_zero() {
        return None;
    }
    let whole = whole.checked_div(weights)?;
    if known.is_zero() {
        return Some(Tally { earned: Decimal::ZERO, measured: Decimal::ZERO, whole });
    }
    let score = sum.checked_div(known)?;
    if covered == weights {
        // Nothing is lost to the last digit where all was measured.
        return Some(Tally { earned: score, measured: whole, whole });
    }
    let share = covered.checked_div(weights)?;
    let (earned, measured) = (score.checked_mul(share)?, whole.checked_mul(share)?);
    Some(Tally { earned, measured, whole })
}

/// A total as it is held against cuts: rounded half away from zero.
pub fn rounded(total: Decimal, decimals: u32) -> Decimal {
    total.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

/// The level that a total reaches, from 0: that of the last cut which is not above it, a total at a cut having reached it.
/// `None` below all. Cuts rise.
pub fn level(total: Decimal, cuts: &[Decimal]) -> Option<usize> {
    cuts.iter().rposition(|cut| *cut <= total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    fn leaf(weight: &str, points: Option<&str>, most: &str) -> Node {
        Node { weight: d(weight), part: Part::Leaf { points: points.map(d), most: d(most) } }
    }

    fn node(weight: &str, part: Part) -> Node {
        Node { weight: d(weight), part }
    }

    #[test]
    fn a_line_passes_through_its_knots() {
        let knots = [(d("60"), d("0")), (d("90"), d("15")), (d("100"), d("20"))];
        for (value, points) in [
            ("0", "0"),
            ("60", "0"),
            ("75", "7.5"),
            ("90", "15"),
            ("94", "17"),
            ("100", "20"),
            ("141.7", "20"),
        ] {
            assert_eq!(linear(d(value), &knots), Some(d(points)), "{value}");
        }
        assert_eq!(linear(d("1"), &[]), None);
        // A lower value may be the better one.
        let falling = [(d("0"), d("10")), (d("5"), d("0"))];
        assert_eq!(linear(d("2"), &falling), Some(d("6")));
    }

    /// The handbook's normalisations of 3, 7, 1, 9, 5, 4 as lines: by minimum and maximum, between goalposts 2 and 8, and
    /// the distance to a target of 8.
    #[test]
    fn normalisations_of_the_handbook_are_lines() {
        let values = ["3", "7", "1", "9", "5", "4"];
        for (knots, expected) in [
            ([(d("1"), d("0")), (d("9"), d("100"))], ["25", "75", "0", "100", "50", "37.5"]),
            (
                [(d("2"), d("0")), (d("8"), d("1"))],
                ["0.166667", "0.833333", "0", "1", "0.5", "0.333333"],
            ),
            (
                [(d("1"), d("0")), (d("8"), d("1"))],
                ["0.285714", "0.857143", "0", "1", "0.571429", "0.428571"],
            ),
        ] {
            let found = values.map(|value| rounded(linear(d(value), &knots).unwrap(), 6));
            assert_eq!(found, expected.map(d));
        }
    }

    /// (40, 60, 90) with weights 1, 2, 1: the arithmetic mean of the handbook's example is 62.5.
    #[test]
    fn a_mean_is_weighted() {
        let all = [("1", "40"), ("2", "60"), ("1", "90")];
        let parts = all.map(|(weight, points)| leaf(weight, Some(points), "100")).to_vec();
        let found = tally(&node("1", Part::Mean(parts))).unwrap();
        assert_eq!((found.score(), found.coverage()), (Some(d("62.5")), d("1")));
    }

    #[test]
    fn what_is_not_measured_counts_neither_as_nought_nor_as_full() {
        // By hand: 18 of 20 and 24 of 30 are 42 of 50; the other 50 were not measured: 84 of 100, half covered.
        let sum = Part::Sum(vec![
            leaf("1", Some("18"), "20"),
            leaf("1", Some("24"), "30"),
            leaf("1", None, "50"),
        ]);
        let found = tally(&node("1", sum)).unwrap();
        assert_eq!((found.score(), found.coverage()), (Some(d("84")), d("0.5")));
        assert_eq!(found.earned, d("42"));
        // By hand: the mean of (2 + 3) ÷ 2 = 2.5 and 4 alone, of which half is measured, is 3.25; covered 3 of 4.
        let mean = Part::Mean(vec![
            node("1", Part::Mean(vec![leaf("1", Some("2"), "5"), leaf("1", Some("3"), "5")])),
            node("1", Part::Mean(vec![leaf("1", Some("4"), "5"), leaf("1", None, "5")])),
        ]);
        let found = tally(&node("1", mean)).unwrap();
        assert_eq!((found.score(), found.coverage()), (Some(d("3.25")), d("0.75")));
        assert_eq!(found.whole, d("5"));
        let nothing = tally(&node("1", Part::Mean(vec![leaf("1", None, "5")]))).unwrap();
        assert_eq!((nothing.score(), nothing.coverage()), (None, d("0")));
    }

    #[test]
    fn a_cut_belongs_to_the_level_above_it() {
        let cuts = ["60", "70", "80"].map(d);
        for (total, expected) in [
            ("59.99", None),
            ("60", Some(0)),
            ("79.99", Some(1)),
            ("80.00", Some(2)),
            ("100", Some(2)),
        ] {
            assert_eq!(level(d(total), &cuts), expected, "{total}");
        }
        assert_eq!(level(d("1"), &[]), None);
        assert_eq!([rounded(d("79.995"), 2), rounded(d("-0.005"), 2)], ["80.00", "-0.01"].map(d));
    }

    /// A higher points of any leaf never lowers the total; the trees are made from a seed.
    #[test]
    fn a_total_rises_with_each_of_its_parts() {
        let mut random = crate::forecast::random::Random::new(5);
        let mut below = |most: u32| (random.uniform() * f64::from(most)) as u32;
        for round in 0..300 {
            let mut leaves = Vec::new();
            for _ in 0..6 {
                let most = below(20) + 1;
                let points = (below(4) > 0).then(|| Decimal::from(below(most + 1)));
                let part = Part::Leaf { points, most: Decimal::from(most) };
                leaves.push(Node { weight: Decimal::from(below(5) + 1), part });
            }
            let tree = |leaves: &[Node]| {
                let (one, other) = leaves.split_at(3);
                let (one, other) = (one.to_vec(), other.to_vec());
                let parts = if round % 2 == 0 {
                    vec![node("2", Part::Sum(one)), node("1", Part::Mean(other))]
                } else {
                    vec![node("2", Part::Mean(one)), node("3", Part::Mean(other))]
                };
                node("1", if round % 3 == 0 { Part::Mean(parts) } else { Part::Sum(parts) })
            };
            let before = tally(&tree(&leaves)).unwrap();
            for place in 0..leaves.len() {
                let mut better = leaves.clone();
                let Part::Leaf { points: Some(points), most } = &mut better[place].part else {
                    continue;
                };
                if points < most {
                    *points += Decimal::ONE;
                    let after = tally(&tree(&better)).unwrap();
                    assert!(after.score() >= before.score(), "{round} {place}");
                    assert_eq!(after.coverage(), before.coverage());
                }
            }
        }
    }
}
