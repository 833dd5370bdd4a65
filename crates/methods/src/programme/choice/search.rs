//! The search among the items that the bound leaves open (Horowitz and Sahni 1974, for covering): depth first, the
//! cheapest for their gain first, cut off where even parts of items could not be cheaper than what is known.

use super::bound::Bound;
use super::improve::rate;
use super::problem::{Problem, State};

/// So many nodes are looked at.
const NODES: u32 = 150_000;

/// So many open items are searched; of more, those nearest to the border between taken and left.
const OPEN: usize = 600;

/// A search.
struct Search<'a> {
    problem: &'a Problem,
    /// Open items by their charged price for the gain: place, gain, charged price.
    open: Vec<(usize, f64, f64)>,
    /// Sums of gain and of charged price of the open items before each place.
    sums: Vec<(f64, f64)>,
    /// How many of them have a charged price below zero and are taken even if nothing is left to cover. They come first.
    gifts: usize,
    /// Charged price of what is fixed, less what the limits are paid.
    base: f64,
    best: Option<(Vec<bool>, f64)>,
    left: u32,
}

/// Searches for a better choice than a first one; tells too whether nothing better is left.
pub(super) fn search(
    problem: &Problem,
    bound: &Bound,
    first: Option<State>,
) -> (Option<(Vec<bool>, f64)>, bool) {
    let best = first.map(|state| state.settled(problem));
    let known = best.as_ref().map_or(f64::INFINITY, |(_, price)| *price);
    if known - bound.value <= margin(known) {
        return (best, true);
    }
    let mut state = State::new(problem);
    let mut open: Vec<(usize, f64)> = Vec::new();
    let mut base = -bound.paid;
    let mut fixed = Vec::new();
    for at in 0..problem.items.len() {
        let reduced = bound.reduced(problem, at);
        if reduced.abs() <= known - bound.relaxed {
            open.push((at, reduced));
        } else {
            fixed.push((at, reduced));
        }
    }
    open.sort_by(|one, other| one.1.abs().total_cmp(&other.1.abs()).then(one.0.cmp(&other.0)));
    let whole = open.len() <= OPEN;
    fixed.extend(open.drain(open.len().min(OPEN)..));
    for (at, reduced) in fixed {
        if reduced < 0.0 {
            state.put(problem, at, true);
            base += bound.charged.get(at).copied().unwrap_or(0.0);
        }
    }
    let mut open: Vec<(usize, f64, f64)> = open
        .into_iter()
        .filter_map(|(at, _)| {
            let item = problem.items.get(at)?;
            Some((at, item.gain, *bound.charged.get(at)?))
        })
        .collect();
    open.sort_by(|one, other| {
        rate(one.1, one.2).total_cmp(&rate(other.1, other.2)).then(one.0.cmp(&other.0))
    });
    let mut sums = vec![(0.0, 0.0)];
    let mut sum = (0.0, 0.0);
    for (_, gain, charged) in &open {
        sum = (sum.0 + gain, sum.1 + charged);
        sums.push(sum);
    }
    let gifts = open.partition_point(|(_, _, charged)| *charged < 0.0);
    let mut search = Search { problem, open, sums, gifts, base, best, left: NODES };
    search.go(0, &mut state, 0.0);
    let whole = whole && search.left > 0;
    (search.best, whole)
}

/// Prices that differ by less are the same.
fn margin(price: f64) -> f64 {
    if price.is_finite() { 1e-9 * price.abs() + 1e-12 } else { 0.0 }
}

impl Search<'_> {
    /// Looks at the choices that go on from here; `charged` is the charged price of the open items that are taken.
    fn go(&mut self, from: usize, state: &mut State, charged: f64) {
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        let known = self.best.as_ref().map_or(f64::INFINITY, |(_, price)| *price);
        let need = self.problem.target - self.problem.slack() - state.gain;
        let Some(rest) = self.cheapest(from, need) else { return };
        if self.base + charged + rest >= known - margin(known) {
            return;
        }
        if need <= 0.0 && state.price < known - margin(known) {
            let (taken, price) = state.settled(self.problem);
            self.best = Some((taken, price));
        }
        let Some(&(at, _, own)) = self.open.get(from) else { return };
        let Some(item) = self.problem.items.get(at).copied() else { return };
        if state.fits(self.problem, &item, None) {
            let mark = state.mark(&item);
            state.put(self.problem, at, true);
            self.go(from + 1, state, charged + own);
            state.back(at, &item, mark);
        }
        self.go(from + 1, state, charged);
    }

    /// The least charged price at which the open items from a place on cover a need, one of them in part; `None` where
    /// all of them do not.
    fn cheapest(&self, from: usize, need: f64) -> Option<f64> {
        let before = *self.sums.get(from)?;
        let gifts = self.sums.get(self.gifts.max(from))?;
        if gifts.0 - before.0 >= need {
            return Some(gifts.1 - before.1);
        }
        let rest = self.sums.get(from..)?;
        let place = rest.partition_point(|sum| sum.0 - before.0 < need);
        let upper = rest.get(place)?;
        let lower = rest.get(place.checked_sub(1)?)?;
        let part = (need - (lower.0 - before.0)) / (upper.0 - lower.0);
        Some(lower.1 - before.1 + part * (upper.1 - lower.1))
    }
}
