//! Which work that one report tells of is spoken of in another.
//!
//! Works have no numbers, so they are recognised by their words alone. Two works share pairs of neighbouring
//! characters; a pair that stands in every second clause (建设, 推进) says little, a rare one much. Each pair weighs
//! the logarithm of how rare it is among the works of both reports (inverse document frequency, K. Spärck Jones
//! 1972), and likeness is the Dice coefficient of the weights. All is in whole numbers, so that it sorts the same
//! everywhere.

use std::collections::{BTreeMap, HashMap};

use terms::Work;

use super::name::{Name, SAME};

/// From this likeness on two works are the same.
const ALIKE: u64 = 5_500;

/// What two works have in common weighs at least so much, in quarters of a bit: one rare word is not enough.
const COMMON: u64 = 80;

/// Documents and events. What was promised as one of these is only spoken of where the word stands too: a report that
/// tells of a field says nothing of the survey that was promised for it.
const NAMED: &[&str] = &["评估", "普查", "目录", "清单", "调查", "审计", "督察"];

/// Two works that are the same, by their numbers in the lists that were paired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WorkPair {
    pub(crate) before: usize,
    pub(crate) after: usize,
    /// In ten-thousandths.
    pub(crate) likeness: u32,
}

type Gram = (char, char);

/// Whether the first work is a document or an event of which the second does not speak.
fn lacks(promised: &Work, told: &Work) -> bool {
    NAMED.iter().any(|word| promised.object.ends_with(word) && !told.quote.contains(word))
}

/// How much each pair of characters says.
pub(crate) struct Weights(HashMap<Gram, u64>);

impl Weights {
    /// Weighs the pairs of characters of all these works.
    pub(crate) fn of<'a>(works: impl Iterator<Item = &'a Work>) -> Self {
        let mut often: HashMap<Gram, u32> = HashMap::new();
        let mut all = 0_u32;
        for work in works {
            all = all.saturating_add(1);
            for gram in Name::new(&work.object).grams() {
                *often.entry(*gram).or_default() += 1;
            }
        }
        Weights(often.into_iter().map(|(gram, count)| (gram, rarity(all, count))).collect())
    }

    fn sum<'a>(&self, grams: impl Iterator<Item = &'a Gram>) -> u64 {
        grams.map(|gram| self.0.get(gram).copied().unwrap_or_default()).sum()
    }
}

/// Quarters of a bit: four times the binary logarithm of `all / count`, rounded down.
fn rarity(all: u32, count: u32) -> u64 {
    let ratio = (u128::from(all) << 8) / u128::from(count.max(1));
    let fourth = ratio.max(1 << 8).pow(4);
    u64::from(fourth.ilog2()) - 32
}

/// Pairs works one to one, the most alike first. The pairs come in the order of the first list.
pub(crate) fn pair_works(before: &[&Work], after: &[&Work], weights: &Weights) -> Vec<WorkPair> {
    let names = |works: &[&Work]| works.iter().map(|work| Name::new(&work.object)).collect();
    let (old, new): (Vec<Name>, Vec<Name>) = (names(before), names(after));
    let total = |name: &Name| weights.sum(name.grams().iter());
    let totals: Vec<u64> = new.iter().map(total).collect();
    let mut having: HashMap<Gram, Vec<usize>> = HashMap::new();
    for (number, name) in new.iter().enumerate() {
        name.grams().iter().for_each(|gram| having.entry(*gram).or_default().push(number));
    }
    let mut likely = Vec::new();
    for (number, name) in old.iter().enumerate() {
        let mut common: BTreeMap<usize, u64> = BTreeMap::new();
        for gram in name.grams() {
            let weight = weights.sum(std::iter::once(gram));
            having.get(gram).into_iter().flatten().for_each(|other| {
                *common.entry(*other).or_default() += weight;
            });
        }
        let own = total(name);
        for (other, shared) in common {
            let both = own + totals.get(other).copied().unwrap_or_default();
            let likeness = 2 * shared * u64::from(SAME) / both.max(1);
            let apart = new.get(other).is_some_and(|other| name.counts_apart(other))
                || before
                    .get(number)
                    .zip(after.get(other))
                    .is_none_or(|(one, other)| lacks(one, other));
            if likeness >= ALIKE && shared >= COMMON && !apart {
                likely.push((std::cmp::Reverse(likeness), number, other));
            }
        }
    }
    likely.sort_unstable();
    let (mut taken, mut given) = (vec![false; before.len()], vec![false; after.len()]);
    let mut pairs = Vec::new();
    for (likeness, number, other) in likely {
        if !taken[number] && !given[other] {
            (taken[number], given[other]) = (true, true);
            let likeness = u32::try_from(likeness.0).unwrap_or(SAME);
            pairs.push(WorkPair { before: number, after: other, likeness });
        }
    }
    pairs.sort_unstable_by_key(|pair| pair.before);
    pairs
}
