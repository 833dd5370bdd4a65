//! Which roofs first: the choice that reaches a capacity at the least price, within a budget, an area and what each feeder
//! takes, with a proof of how far from the best it can be.
//!
//! This is a covering knapsack problem with limits. The bound is that of its linear relaxation, found through Lagrangian
//! multipliers (Geoffrion 1974) by cutting planes (Kelley 1960), and made tighter by filling each feeder with whole roofs:
//! for given multipliers it is a knapsack by itself. Whatever the multipliers, the bound holds: it is recomputed from them. The choice is greedy by reduced
//! price, improved by exchanges, and then searched depth first among the roofs that the bound leaves open. Nothing is
//! random: the same roofs give the same choice everywhere.

mod bound;
mod improve;
mod knapsack;
mod problem;
mod search;
#[cfg(test)]
mod tests;

use bound::Bound;
use problem::Problem;

/// A roof that may be chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// What it adds to the target, in kilowatts.
    pub gain: f64,
    /// What is minimised, in yuan: its cost after grants, or what it loses over its life (below zero for a profit).
    pub price: f64,
    /// What it takes of the budget, in yuan.
    pub spend: f64,
    /// What it takes of the area, in square metres.
    pub area: f64,
    /// The feeder that it hangs on, from 0; `None` where it has none that could be full.
    pub feeder: Option<usize>,
    /// What it takes of the feeder, in kilowatts.
    pub draw: f64,
}

/// What has to be reached, and within what.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Limits {
    /// Kilowatts to be reached or passed.
    pub target: f64,
    /// Yuan that may be spent.
    pub budget: Option<f64>,
    /// Square metres that may be used.
    pub area: Option<f64>,
    /// Kilowatts that each feeder takes.
    pub feeders: Vec<f64>,
}

/// A choice of roofs.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Which candidates are chosen, rising.
    pub chosen: Vec<usize>,
    /// What they come to, in kilowatts.
    pub gain: f64,
    /// What they cost.
    pub price: f64,
    /// No choice whatever costs less than this.
    pub bound: f64,
    /// By what share of the price a better choice could be cheaper at most; zero where this one is the best.
    pub gap: f64,
}

/// Why nothing is chosen.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum NoChoice {
    /// A number is not one, or below zero where it cannot be. Candidates count from 0.
    #[error("candidate {0}: expected numbers, and zero or more but for the price")]
    Candidate(usize),
    /// A candidate hangs on a feeder that there is not.
    #[error("candidate {0} hangs on a feeder without a limit")]
    Feeder(usize),
    /// The target or a limit is not a number from zero up.
    #[error("a target or limit is not a number from zero up")]
    Limit,
    /// The target is out of reach.
    #[error("within the limits {reached} kW are reached, and no more than {most} kW can be")]
    Short {
        /// Kilowatts that a choice within the limits reaches.
        reached: f64,
        /// Kilowatts that no choice within the limits passes. Where this is not below the target, it is open whether
        /// there is a choice.
        most: f64,
        /// Kilowatts of all candidates.
        all: f64,
        /// Whether the target would be reached without a budget, and at what price of the budget.
        spend: Option<f64>,
        /// Whether it would be reached if all feeders took enough.
        feeders: bool,
    },
}

/// Chooses.
///
/// ```
/// use methods::programme::choice::{Candidate, Limits, choose};
///
/// let roof = |gain: f64, price: f64| Candidate {
///     gain, price, spend: price, area: 0.0, feeder: None, draw: 0.0,
/// };
/// let limits = Limits { target: 10.0, ..Limits::default() };
/// let found = choose(&[roof(6.0, 9.0), roof(5.0, 4.0), roof(5.0, 6.0)], &limits).unwrap();
/// assert_eq!((found.chosen, found.price, found.gap), (vec![1, 2], 10.0, 0.0));
/// ```
///
/// # Errors
/// When a number is out of range, or the target out of reach.
pub fn choose(candidates: &[Candidate], limits: &Limits) -> Result<Choice, NoChoice> {
    check(candidates, limits)?;
    let problem = Problem::new(candidates, limits);
    match solve(&problem) {
        (Some((taken, price)), bound) => {
            let chosen: Vec<usize> =
                taken.iter().enumerate().filter(|(_, taken)| **taken).map(|(at, _)| at).collect();
            let gain = chosen.iter().filter_map(|at| candidates.get(*at)).map(|one| one.gain).sum();
            let apart = (price - bound).max(0.0);
            let gap = if apart > 0.0 { apart / price.abs().max(f64::MIN_POSITIVE) } else { 0.0 };
            Ok(Choice { chosen, gain, price, bound: bound.min(price), gap })
        }
        (None, _) => Err(short(candidates, limits)),
    }
}

/// The best choice that was found, with its price, and what none can be below.
fn solve(problem: &Problem) -> (Option<(Vec<bool>, f64)>, f64) {
    let reach = problem.total_gain() >= problem.target - problem.slack();
    if !reach {
        return (None, f64::INFINITY);
    }
    let bound = Bound::of(problem);
    let first = improve::start(problem, &bound, &[]).or_else(|| {
        // What uses least of a shared limit may keep it where no cheap choice does.
        let sparing: Vec<Vec<bool>> =
            problem.sparing().filter_map(|one| solve(&one).0).map(|one| one.0).collect();
        improve::start(problem, &bound, &sparing)
    });
    let (found, whole) = search::search(problem, &bound, first);
    match found {
        Some((taken, price)) => {
            // Searched to the end, nothing is below what was found.
            let least = if whole { price } else { bound.value };
            (Some((taken, price)), least)
        }
        None => (None, bound.value),
    }
}

/// How far the target is missed, and what would help.
fn short(candidates: &[Candidate], limits: &Limits) -> NoChoice {
    let all = candidates.iter().map(|one| one.gain).sum();
    let (found, bound) = solve(&Problem::new(candidates, limits).reach());
    let reached = found.map_or(0.0, |(_, price)| -price);
    let without = Limits { budget: None, ..limits.clone() };
    let (cheapest, _) = match limits.budget {
        Some(_) => {
            let by_spend: Vec<Candidate> =
                candidates.iter().map(|one| Candidate { price: one.spend, ..*one }).collect();
            solve(&Problem::new(&by_spend, &without))
        }
        None => (None, 0.0),
    };
    let open = Limits { feeders: vec![f64::INFINITY; limits.feeders.len()], ..limits.clone() };
    let feeders = solve(&Problem::new(candidates, &open)).0.is_some();
    NoChoice::Short {
        reached,
        most: (-bound).max(reached),
        all,
        spend: cheapest.map(|(_, price)| price),
        feeders,
    }
}

fn check(candidates: &[Candidate], limits: &Limits) -> Result<(), NoChoice> {
    let positive = |number: f64| number >= 0.0 && number.is_finite();
    for (at, one) in candidates.iter().enumerate() {
        let Candidate { gain, price, spend, area, feeder, draw } = *one;
        if ![gain, spend, area, draw].into_iter().all(positive) || !price.is_finite() {
            return Err(NoChoice::Candidate(at));
        }
        if feeder.is_some_and(|feeder| feeder >= limits.feeders.len()) {
            return Err(NoChoice::Feeder(at));
        }
    }
    let limited = [Some(limits.target), limits.budget, limits.area].into_iter().flatten();
    if !limited.chain(limits.feeders.iter().copied()).all(positive) {
        return Err(NoChoice::Limit);
    }
    Ok(())
}
