//! The problem as the solver holds it, and what a choice uses of its limits.

use super::{Candidate, Limits};

/// Limits that are shared by all: budget and area.
pub(super) const SHARED: usize = 2;

/// A problem; a limit that there is not is infinite.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub items: Vec<Item>,
    /// To be covered; below every sum where nothing is.
    pub target: f64,
    pub shared: [f64; SHARED],
    pub feeders: Vec<f64>,
}

/// A candidate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub gain: f64,
    pub price: f64,
    pub uses: [f64; SHARED],
    pub feeder: Option<usize>,
    pub draw: f64,
}

impl Problem {
    pub fn new(candidates: &[Candidate], limits: &Limits) -> Self {
        let item = |one: &Candidate| Item {
            gain: one.gain,
            price: one.price,
            uses: [one.spend, one.area],
            feeder: one.feeder,
            draw: one.draw,
        };
        let free = f64::INFINITY;
        Problem {
            items: candidates.iter().map(item).collect(),
            target: limits.target,
            shared: [limits.budget.unwrap_or(free), limits.area.unwrap_or(free)],
            feeders: limits.feeders.clone(),
        }
    }

    /// The same with nothing to cover, and as much gain as possible.
    pub fn reach(mut self) -> Self {
        for item in &mut self.items {
            item.price = -item.gain;
        }
        self.target = f64::NEG_INFINITY;
        self
    }

    /// For each shared limit, the problem of using least of it.
    pub fn sparing(&self) -> impl Iterator<Item = Problem> {
        (0..SHARED)
            .filter(|which| self.shared.get(*which).is_some_and(|most| most.is_finite()))
            .map(|which| {
                let mut other = self.clone();
                for item in &mut other.items {
                    item.price = item.uses.get(which).copied().unwrap_or(0.0);
                }
                if let Some(most) = other.shared.get_mut(which) {
                    *most = f64::INFINITY;
                }
                other
            })
    }

    pub fn total_gain(&self) -> f64 {
        self.items.iter().map(|item| item.gain).sum()
    }

    /// By so much a sum of binary fractions may miss the target.
    pub fn slack(&self) -> f64 {
        if self.target.is_finite() { 1e-9 * self.target.abs() } else { 0.0 }
    }
}

/// What is chosen so far, and what it uses.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub taken: Vec<bool>,
    pub gain: f64,
    pub price: f64,
    used: [f64; SHARED],
    drawn: Vec<f64>,
}

impl State {
    pub fn new(problem: &Problem) -> Self {
        State {
            taken: vec![false; problem.items.len()],
            gain: 0.0,
            price: 0.0,
            used: [0.0; SHARED],
            drawn: vec![0.0; problem.feeders.len()],
        }
    }

    /// Whether an item fits beside what is chosen when another one is given up.
    pub fn fits(&self, problem: &Problem, item: &Item, instead: Option<&Item>) -> bool {
        let limits = self.used.iter().zip(&problem.shared).enumerate();
        let shared = limits.into_iter().all(|(which, (used, most))| {
            let given = instead.and_then(|one| one.uses.get(which)).copied().unwrap_or(0.0);
            let taken = item.uses.get(which).copied().unwrap_or(0.0);
            within(used + taken - given, *most)
        });
        let Some(feeder) = item.feeder else { return shared };
        let given = match instead {
            Some(one) if one.feeder == item.feeder => one.draw,
            _ => 0.0,
        };
        let drawn = self.drawn.get(feeder).copied().unwrap_or(0.0);
        let most = problem.feeders.get(feeder).copied().unwrap_or(f64::INFINITY);
        shared && within(drawn + item.draw - given, most)
    }

    /// Takes an item, or gives it back.
    pub fn put(&mut self, problem: &Problem, at: usize, take: bool) {
        let (Some(item), Some(taken)) = (problem.items.get(at), self.taken.get_mut(at)) else {
            return;
        };
        if *taken == take {
            return;
        }
        *taken = take;
        let sign = if take { 1.0 } else { -1.0 };
        self.gain += sign * item.gain;
        self.price += sign * item.price;
        for (used, own) in self.used.iter_mut().zip(item.uses) {
            *used += sign * own;
        }
        if let Some(drawn) = item.feeder.and_then(|feeder| self.drawn.get_mut(feeder)) {
            *drawn += sign * item.draw;
        }
    }

    /// What the sums are before an item is taken.
    pub fn mark(&self, item: &Item) -> Mark {
        let drawn = item.feeder.and_then(|feeder| self.drawn.get(feeder)).copied();
        Mark { gain: self.gain, price: self.price, used: self.used, drawn }
    }

    /// Gives an item back. The sums are set to what they were, so that no trace of rounding is left, however often.
    pub fn back(&mut self, at: usize, item: &Item, mark: Mark) {
        if let Some(taken) = self.taken.get_mut(at) {
            *taken = false;
        }
        (self.gain, self.price, self.used) = (mark.gain, mark.price, mark.used);
        let drawn = item.feeder.and_then(|feeder| self.drawn.get_mut(feeder));
        if let (Some(drawn), Some(before)) = (drawn, mark.drawn) {
            *drawn = before;
        }
    }

    /// Whether what has to be covered is.
    pub fn covers(&self, problem: &Problem) -> bool {
        self.gain >= problem.target - problem.slack()
    }

    /// The items that are chosen with the sum of their prices, added up anew: what was added and taken away again may
    /// have left its trace.
    pub fn settled(&self, problem: &Problem) -> (Vec<bool>, f64) {
        let pairs = self.taken.iter().zip(&problem.items);
        let price = pairs.filter(|(taken, _)| **taken).map(|(_, item)| item.price).sum();
        (self.taken.clone(), price)
    }
}

/// The sums of a state.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    gain: f64,
    price: f64,
    used: [f64; SHARED],
    drawn: Option<f64>,
}

/// Whether a sum of binary fractions keeps a limit.
fn within(sum: f64, most: f64) -> bool {
    sum <= most * (1.0 + 1e-9) + 1e-9
}
