//! How much a level depends on the weights: the share of runs that keep it when each weight varies.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{Node, Part, level, rounded, tally};
use crate::forecast::random::Random;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The scheme with what its parts came to.
    pub node: &'a Node,
    /// What is added to the total of the criteria, and does not vary.
    pub bonus: Decimal,
    /// Where the levels begin, rising.
    pub cuts: &'a [Decimal],
    /// To so many decimals is a total rounded before it is held against the cuts.
    pub decimals: u32,
    /// How far each weight varies, evenly, to both sides: 0.25 for ±25 %.
    pub spread: f64,
    /// So many runs.
    pub runs: u32,
    /// The same seed gives the same answer on every machine.
    pub seed: u64,
}

/// How firm a level is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stability {
    /// The share of the runs that come to the same level, from 0 to 1.
    pub kept: f64,
    /// The total below which 5 % of the runs lie.
    pub low: f64,
    /// The total in the middle.
    pub median: f64,
    /// The total above which 5 % of the runs lie.
    pub high: f64,
}

/// Varies all weights at once, each by itself, and tells how often the level stays (Monte Carlo; OECD and JRC handbook
/// 2008, step 7). `None` where nothing was measured, no run was asked for or a number is out of range.
///
/// A sum keeps the most points that it can come to: where its weights grow together, nothing changes.
pub fn stability(question: &Question<'_>) -> Option<Stability> {
    let Question { node, bonus, cuts, decimals, spread, runs, seed } = *question;
    let total = tally(node)?.score()?.checked_add(bonus)?;
    let own = level(rounded(total, decimals), cuts);
    let bonus = bonus.to_f64()?;
    let plain = Plain::of(node)?;
    let mut random = Random::new(seed);
    let mut totals = Vec::with_capacity(usize::try_from(runs).ok()?);
    let mut same = 0_u32;
    for _ in 0..runs {
        let [earned, measured, whole] = plain.tally(&mut random, spread);
        let total = earned / measured * whole + bonus;
        let exact = Decimal::from_f64_retain(total)?;
        same += u32::from(level(rounded(exact, decimals), cuts) == own);
        totals.push(total);
    }
    totals.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = (share * (totals.len().checked_sub(1)? as f64)).round() as usize;
        totals.get(place).copied()
    };
    let (low, median, high) = (at(0.05)?, at(0.5)?, at(0.95)?);
    Some(Stability { kept: f64::from(same) / f64::from(runs), low, median, high })
}

/// A node in binary fractions.
struct Plain {
    weight: f64,
    part: PlainPart,
}

enum PlainPart {
    Leaf([f64; 3]),
    Sum(Vec<Plain>),
    Mean(Vec<Plain>),
}

impl Plain {
    fn of(node: &Node) -> Option<Plain> {
        let all = |parts: &[Node]| parts.iter().map(Plain::of).collect::<Option<Vec<_>>>();
        let part = match &node.part {
            Part::Leaf { points, most } => {
                let most = most.to_f64()?;
                PlainPart::Leaf(match points {
                    Some(points) => [points.to_f64()?, most, most],
                    None => [0.0, 0.0, most],
                })
            }
            Part::Sum(parts) => PlainPart::Sum(all(parts)?),
            Part::Mean(parts) => PlainPart::Mean(all(parts)?),
        };
        Some(Plain { weight: node.weight.to_f64()?, part })
    }

    /// Earned, measured and whole, as [`super::tally`] has them, with other weights.
    fn tally(&self, random: &mut Random, spread: f64) -> [f64; 3] {
        match &self.part {
            PlainPart::Leaf(known) => *known,
            PlainPart::Sum(parts) => {
                let mut sum = [0.0; 3];
                let mut usual = 0.0;
                for part in parts {
                    let own = part.tally(random, spread);
                    let weight = part.varied(random, spread);
                    usual += part.weight * own[2];
                    for (sum, own) in sum.iter_mut().zip(own) {
                        *sum += own * weight;
                    }
                }
                let scale = usual / sum[2];
                sum.map(|one| one * scale)
            }
            PlainPart::Mean(parts) => {
                let [mut weights, mut known, mut sum, mut covered, mut whole] = [0.0; 5];
                let mut usual = 0.0;
                for part in parts {
                    let own = part.tally(random, spread);
                    let weight = part.varied(random, spread);
                    weights += weight;
                    usual += part.weight;
                    whole += own[2] * part.weight;
                    covered += own[1] / own[2] * weight;
                    if own[1] > 0.0 {
                        known += weight;
                        sum += own[0] / own[1] * own[2] * weight;
                    }
                }
                let whole = whole / usual;
                let (share, score) =
                    (covered / weights, if known > 0.0 { sum / known } else { 0.0 });
                [score * share, whole * share, whole]
            }
        }
    }

    fn varied(&self, random: &mut Random, spread: f64) -> f64 {
        self.weight * (1.0 + spread * (2.0 * random.uniform() - 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(all: &[(i64, i64)]) -> Node {
        let leaf = |(points, most): &(i64, i64)| Node {
            weight: Decimal::ONE,
            part: Part::Leaf { points: Some((*points).into()), most: (*most).into() },
        };
        Node { weight: Decimal::ONE, part: Part::Sum(all.iter().map(leaf).collect()) }
    }

    fn ask(node: &Node, seed: u64, runs: u32) -> Stability {
        let cuts = [60, 80].map(Decimal::from);
        let question = Question {
            node,
            bonus: Decimal::ZERO,
            cuts: &cuts,
            decimals: 2,
            spread: 0.25,
            runs,
            seed,
        };
        stability(&question).unwrap()
    }

    /// Where all parts do equally well, no weight matters.
    #[test]
    fn equal_parts_are_firm() {
        let found = ask(&leaves(&[(16, 20), (40, 50), (24, 30)]), 1, 500);
        assert_eq!(found.kept, 1.0);
        assert!((found.low - 80.0).abs() < 1e-9 && (found.high - 80.0).abs() < 1e-9);
    }

    /// Two halves of 100 points, one full, one with 30 of 50: 80 of 100 exactly. The share w of the full half varies
    /// evenly around a half by symmetry, and the total 60 + 40 w stays at 80 or above where w ≥ ½: in half of the runs.
    #[test]
    fn a_total_at_the_cut_is_kept_in_half_of_the_runs() {
        let found = ask(&leaves(&[(50, 50), (30, 50)]), 7, 4000);
        assert!((found.kept - 0.5).abs() < 0.03, "{found:?}");
        assert!((found.median - 80.0).abs() < 0.3, "{found:?}");
        // The share lies between 0.75 ÷ 2 and 1.25 ÷ 2.
        assert!(found.low > 60.0 + 40.0 * 0.375 && found.high < 60.0 + 40.0 * 0.625);
        assert_eq!(found, ask(&leaves(&[(50, 50), (30, 50)]), 7, 4000));
        assert_ne!(found, ask(&leaves(&[(50, 50), (30, 50)]), 8, 4000));
    }

    #[test]
    fn nothing_measured_or_no_run_is_no_answer() {
        let node = Node {
            weight: Decimal::ONE,
            part: Part::Mean(vec![Node {
                weight: Decimal::ONE,
                part: Part::Leaf { points: None, most: Decimal::ONE },
            }]),
        };
        let question = Question {
            node: &node,
            bonus: Decimal::ZERO,
            cuts: &[],
            decimals: 2,
            spread: 0.25,
            runs: 10,
            seed: 1,
        };
        assert_eq!(stability(&question), None);
        let node = leaves(&[(1, 2)]);
        assert_eq!(stability(&Question { node: &node, runs: 0, ..question }), None);
        let one = stability(&Question { node: &node, runs: 1, ..question }).unwrap();
        assert_eq!(one.kept, 1.0);
    }
}
