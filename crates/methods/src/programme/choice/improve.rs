//! A first choice: greedy by reduced price, then made better by giving up and exchanging single items.

use super::bound::Bound;
use super::problem::{Problem, State};

/// So many of the first choices, the cheapest ones, are made better by exchanges.
const EXCHANGED: usize = 3;

/// So many rounds of exchanges at most.
const ROUNDS: usize = 60;

/// The best of some first choices; `None` where none of them covers the target within the limits.
pub(super) fn start(problem: &Problem, bound: &Bound, others: &[Vec<bool>]) -> Option<State> {
    let own: Vec<f64> = problem.items.iter().map(|item| item.price).collect();
    let orders = [by_rate(problem, &bound.charged), by_rate(problem, &own)];
    let nothing = vec![false; own.len()];
    let mut starts: Vec<(&Vec<bool>, &[usize])> = Vec::new();
    starts.extend(orders.iter().map(|order| (&nothing, order.as_slice())));
    let met = bound.met.iter().chain(others);
    starts.extend(
        orders.first().into_iter().flat_map(|order| met.clone().map(|met| (met, order.as_slice()))),
    );
    let mut states: Vec<State> =
        starts.into_iter().filter_map(|(taken, order)| filled(problem, taken, order)).collect();
    for state in &mut states {
        give_up(problem, state);
    }
    // The sort keeps the order of those that cost the same.
    states.sort_by(|one, other| one.price.total_cmp(&other.price));
    states.truncate(EXCHANGED);
    for state in &mut states {
        exchange(problem, state);
    }
    states.into_iter().min_by(|one, other| one.price.total_cmp(&other.price))
}

/// Items by their price for the gain, the cheapest first.
fn by_rate(problem: &Problem, prices: &[f64]) -> Vec<usize> {
    let mut order: Vec<(usize, f64)> = Vec::with_capacity(prices.len());
    for (at, (item, price)) in problem.items.iter().zip(prices).enumerate() {
        order.push((at, rate(item.gain, *price)));
    }
    order.sort_by(|one, other| one.1.total_cmp(&other.1).then(one.0.cmp(&other.0)));
    order.into_iter().map(|(at, _)| at).collect()
}

/// The price of a unit of gain; of no gain, without end.
pub(super) fn rate(gain: f64, price: f64) -> f64 {
    match gain > 0.0 {
        true => price / gain,
        false if price < 0.0 => f64::NEG_INFINITY,
        false => f64::INFINITY,
    }
}

/// A choice as far as it fits, and then what comes first in an order, as long as it fits and something is to be covered or
/// it is worth its price.
fn filled(problem: &Problem, taken: &[bool], order: &[usize]) -> Option<State> {
    let mut state = State::new(problem);
    let known = |at: usize| taken.get(at).copied().unwrap_or(false);
    let first = order.iter().copied().filter(|at| known(*at));
    let then = order.iter().copied().filter(|at| !known(*at));
    for (at, wanted) in first.map(|at| (at, true)).chain(then.map(|at| (at, false))) {
        let Some(item) = problem.items.get(at) else { continue };
        let wanted = wanted || !state.covers(problem) || item.price < 0.0;
        if wanted && state.fits(problem, item, None) {
            state.put(problem, at, true);
        }
    }
    state.covers(problem).then_some(state)
}

/// Gives up what the target does not need, the dearest first.
fn give_up(problem: &Problem, state: &mut State) {
    let mut order: Vec<(usize, f64)> =
        problem.items.iter().map(|item| item.price).enumerate().collect();
    order.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    for (at, price) in order {
        let gain = problem.items.get(at).map_or(0.0, |item| item.gain);
        let chosen = state.taken.get(at).copied().unwrap_or(false);
        if chosen && price > 0.0 && state.gain - gain >= problem.target - problem.slack() {
            state.put(problem, at, false);
        }
    }
}

/// Exchanges a chosen item for the one that makes the choice cheapest, until none does.
fn exchange(problem: &Problem, state: &mut State) {
    for _ in 0..ROUNDS {
        let mut better = false;
        for (out, given) in problem.items.iter().enumerate() {
            if !state.taken.get(out).copied().unwrap_or(false) {
                continue;
            }
            let mut best: Option<(usize, f64)> = None;
            for (at, item) in problem.items.iter().enumerate() {
                let saved = given.price - item.price;
                let most = best.map_or(0.0, |(_, most)| most);
                let free = !state.taken.get(at).copied().unwrap_or(true);
                if free
                    && saved > most
                    && state.gain - given.gain + item.gain >= problem.target - problem.slack()
                    && state.fits(problem, item, Some(given))
                {
                    best = Some((at, saved));
                }
            }
            if let Some((at, _)) = best {
                state.put(problem, out, false);
                state.put(problem, at, true);
                better = true;
            }
        }
        give_up(problem, state);
        if !better {
            break;
        }
    }
}
