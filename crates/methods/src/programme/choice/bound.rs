//! What no choice can be below: the linear relaxation, through multipliers of what has to be covered and of the limits.

use microlp::{ComparisonOp, OptimizationDirection, Variable};

use super::knapsack::{Piece, pack};
use super::problem::{Problem, SHARED};

/// Multipliers of the target and of the shared limits.
const MULTIPLIERS: usize = 1 + SHARED;

/// So many cutting planes are tried.
const CUTS: usize = 150;

/// So many of the last choices that were met are kept.
const MET: usize = 24;

/// Multipliers, in their own scale, lie below this.
const FAR: f64 = 1e4;

/// A bound, and the multipliers that prove it.
#[derive(Debug, Clone)]
pub(super) struct Bound {
    /// No choice has a lower price.
    pub value: f64,
    /// What the multipliers prove by themselves, each feeder filled with parts of items.
    pub relaxed: f64,
    /// The price of each item when the limits that it uses are paid for.
    pub charged: Vec<f64>,
    /// What the limits are paid in all, to be taken from the sum of the charged prices.
    pub paid: f64,
    /// The value of a unit of gain.
    pub worth: f64,
    /// Choices that were met on the way: they keep the feeders, and are near to what is looked for.
    pub met: Vec<Vec<bool>>,
}

/// What the relaxation says for given multipliers.
struct Answer {
    value: f64,
    /// How the value changes with each multiplier.
    slope: [f64; MULTIPLIERS],
    /// The multiplier of each feeder.
    feeders: Vec<f64>,
    /// The items that are taken whole.
    taken: Vec<bool>,
}

impl Bound {
    /// The best bound that is found: with parts of items first, then with each feeder filled as well as it can be.
    pub fn of(problem: &Problem) -> Self {
        let scales = scales(problem);
        let mut met = Vec::new();
        let (at, relaxed) = climb(problem, Filling::Parts, &[[0.0; MULTIPLIERS]], &mut met);
        let mut value = relaxed.value;
        if problem.feeders.iter().any(|most| most.is_finite()) {
            let start = [[0.0; MULTIPLIERS], at];
            value = value.max(climb(problem, Filling::Whole, &start, &mut met).1.value);
        }
        let [worth, budget, area] = at;
        let charged = problem.items.iter().map(|item| {
            let feeder = item.feeder.and_then(|feeder| relaxed.feeders.get(feeder));
            let [spend, taken] = item.uses;
            item.price
                + budget * spend
                + area * taken
                + feeder.map_or(0.0, |multiplier| multiplier * item.draw)
        });
        let feeders = relaxed.feeders.iter().zip(&problem.feeders);
        let paid = paid(budget, problem.shared[0])
            + paid(area, problem.shared[1])
            + feeders.map(|(multiplier, most)| paid(*multiplier, *most)).sum::<f64>();
        // What rounding may have added is taken off again.
        let sure = |value: f64| value - 1e-12 * scales.price;
        met.reverse();
        met.truncate(MET);
        Bound {
            value: sure(value),
            relaxed: sure(relaxed.value),
            charged: charged.collect(),
            paid,
            worth,
            met,
        }
    }

    /// What an item adds to the bound when it is taken, or, below zero, when it is left.
    pub fn reduced(&self, problem: &Problem, at: usize) -> f64 {
        let pair = problem.items.get(at).zip(self.charged.get(at));
        pair.map_or(0.0, |(item, charged)| charged - self.worth * item.gain)
    }
}

/// How a feeder is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filling {
    /// With one item in part.
    Parts,
    /// With whole items, where these are found soon enough.
    Whole,
}

/// Looks for the multipliers with the highest bound, by cutting planes.
fn climb(
    problem: &Problem,
    filling: Filling,
    starts: &[[f64; MULTIPLIERS]],
    met: &mut Vec<Vec<bool>>,
) -> ([f64; MULTIPLIERS], Answer) {
    let scales = scales(problem);
    let mut best = ([0.0; MULTIPLIERS], ask(problem, [0.0; MULTIPLIERS], filling));
    let mut cuts = vec![(best.0, best.1.value, best.1.slope)];
    let mut starts = starts.iter().copied();
    for _ in 0..CUTS {
        let (next, most) = match starts.next() {
            Some(start) => (start, f64::INFINITY),
            None => match highest(&cuts, scales) {
                Some(next) => next,
                None => break,
            },
        };
        let mut answer = ask(problem, next, filling);
        met.push(std::mem::take(&mut answer.taken));
        cuts.push((next, answer.value, answer.slope));
        if answer.value > best.1.value {
            best = (next, answer);
        }
        if most - best.1.value <= 1e-10 * scales.price {
            break;
        }
    }
    best
}

/// A limit times its multiplier; one that there is not costs nothing.
fn paid(multiplier: f64, limit: f64) -> f64 {
    if multiplier > 0.0 { multiplier * limit } else { 0.0 }
}

/// Sizes by which multipliers and prices become numbers about one.
#[derive(Debug, Clone, Copy)]
struct Scales {
    price: f64,
    units: [f64; MULTIPLIERS],
    /// Whether there is such a limit.
    there: [bool; MULTIPLIERS],
}

fn scales(problem: &Problem) -> Scales {
    let (mut price, mut sums) = (0.0, [0.0; MULTIPLIERS]);
    for item in &problem.items {
        price += item.price.abs();
        let [spend, area] = item.uses;
        for (sum, own) in sums.iter_mut().zip([item.gain, spend, area]) {
            *sum += own;
        }
    }
    let price = if price > 0.0 { price } else { 1.0 };
    let [budget, area] = problem.shared;
    let there = [problem.target > 0.0, budget.is_finite(), area.is_finite()];
    Scales { price, units: sums.map(|sum| if sum > 0.0 { price / sum } else { 1.0 }), there }
}

/// The multipliers at which the cuts allow the highest bound, and that bound.
fn highest(
    cuts: &[([f64; MULTIPLIERS], f64, [f64; MULTIPLIERS])],
    scales: Scales,
) -> Option<([f64; MULTIPLIERS], f64)> {
    let mut program = microlp::Problem::new(OptimizationDirection::Maximize);
    let top = program.add_var(1.0, (f64::NEG_INFINITY, FAR));
    let multipliers: [Variable; MULTIPLIERS] =
        scales.there.map(|there| program.add_var(0.0, (0.0, if there { FAR } else { 0.0 })));
    for (at, value, slope) in cuts {
        // top ≤ value + slope · (multipliers − at), in scaled numbers.
        let mut rest = value / scales.price;
        let mut terms = vec![(top, 1.0)];
        for (((place, slope), unit), variable) in
            at.iter().zip(slope).zip(scales.units).zip(multipliers)
        {
            rest -= slope * place / scales.price;
            terms.push((variable, -slope * unit / scales.price));
        }
        program.add_constraint(terms, ComparisonOp::Le, rest);
    }
    let solution = program.solve().ok()?.into_solution().ok()?;
    let mut found = [0.0; MULTIPLIERS];
    for ((found, variable), unit) in found.iter_mut().zip(multipliers).zip(scales.units) {
        let scaled = solution.var_value(variable);
        *found = if scaled.is_finite() { scaled.max(0.0) * unit } else { return None };
    }
    Some((found, solution.objective() * scales.price))
}

/// The relaxation at given multipliers: each feeder a knapsack of its own.
fn ask(problem: &Problem, multipliers: [f64; MULTIPLIERS], filling: Filling) -> Answer {
    let [worth, budget, area] = multipliers;
    let mut answer = Answer {
        value: paid(worth, problem.target)
            - paid(budget, problem.shared[0])
            - paid(area, problem.shared[1]),
        slope: [
            if problem.target.is_finite() { problem.target } else { 0.0 },
            if problem.shared[0].is_finite() { -problem.shared[0] } else { 0.0 },
            if problem.shared[1].is_finite() { -problem.shared[1] } else { 0.0 },
        ],
        feeders: vec![0.0; problem.feeders.len()],
        taken: vec![false; problem.items.len()],
    };
    let mut take = |at: usize, profit: f64, part: f64| {
        if let Some(item) = problem.items.get(at) {
            let [spend, taken] = item.uses;
            answer.value -= profit * part;
            for (slope, own) in answer.slope.iter_mut().zip([-item.gain, spend, taken]) {
                *slope += own * part;
            }
            if part == 1.0
                && let Some(taken) = answer.taken.get_mut(at)
            {
                *taken = true;
            }
        }
    };
    // Profits of items that hang on a feeder, the best use of it first.
    let mut hanging: Vec<(usize, f64, f64, usize)> = Vec::new();
    for (at, item) in problem.items.iter().enumerate() {
        let [spend, taken] = item.uses;
        let profit = worth * item.gain - item.price - budget * spend - area * taken;
        if profit <= 0.0 {
            continue;
        }
        match item.feeder {
            Some(feeder) if item.draw > 0.0 => {
                hanging.push((feeder, profit / item.draw, profit, at))
            }
            _ => take(at, profit, 1.0),
        }
    }
    hanging.sort_by(|one, other| {
        one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)).then(one.3.cmp(&other.3))
    });
    let mut full = Vec::new();
    for feeder in hanging.chunk_by(|one, other| one.0 == other.0) {
        let Some((number, ..)) = feeder.first() else { continue };
        let room = problem.feeders.get(*number).copied().unwrap_or(f64::INFINITY);
        let draw = |at: usize| problem.items.get(at).map_or(0.0, |item| item.draw);
        if filling == Filling::Whole {
            let pieces: Vec<Piece> = feeder
                .iter()
                .map(|(.., profit, at)| Piece { profit: *profit, draw: draw(*at) })
                .collect();
            if let Some((_, packed)) = pack(&pieces, room) {
                for ((.., profit, at), _) in feeder.iter().zip(packed).filter(|(_, packed)| *packed)
                {
                    take(*at, *profit, 1.0);
                }
                continue;
            }
        }
        let mut left = room;
        for (_, density, profit, at) in feeder {
            let draw = draw(*at);
            if draw > left {
                take(*at, *profit, left / draw);
                full.push((*number, *density));
                break;
            }
            take(*at, *profit, 1.0);
            left -= draw;
        }
    }
    for (feeder, density) in full {
        if let Some(multiplier) = answer.feeders.get_mut(feeder) {
            *multiplier = density;
        }
    }
    answer
}
