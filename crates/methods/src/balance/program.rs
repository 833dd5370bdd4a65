//! The integer program, and its answer in exact decimals.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, SolveOptions, Variable};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::{Condition, Relaxed, Side, Unbalanced, Unknown, binding, broken_by};

/// Giving way by one (at price 1) counts as much as this many steps of departure.
const FIRMER: f64 = 1000.0;

/// Of answers that depart equally far together, the one whose furthest departure is least: it counts this much.
const EVEN: f64 = 0.001;

/// The solver may break a condition by its tolerance; so often it is asked again for a little more.
const ATTEMPTS: usize = 4;

/// How much more, as a share of the largest factor of the condition.
const MORE: f64 = 2e-6;

/// So many branches are looked into before the solver gives up.
const BRANCHES: u64 = 50_000;

/// Unknowns and conditions that fit each other.
pub(super) struct Program<'a> {
    pub(super) unknowns: &'a [Unknown],
    pub(super) conditions: &'a [Condition],
    /// The least and the greatest multiple of each unknown's step.
    limits: Vec<(i32, i32)>,
    /// What each had best be, as a multiple of its step.
    wanted: Vec<i32>,
}

/// What is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aim {
    /// Any numbers.
    Any,
    /// Numbers that depart least from what is preferred.
    Preferred,
    /// Numbers for which one condition gives way least.
    Least(usize),
    /// Numbers for which all that can give way cheapest.
    Cheapest,
}

impl<'a> Program<'a> {
    pub(super) fn of(
        unknowns: &'a [Unknown],
        conditions: &'a [Condition],
    ) -> Result<Self, Unbalanced> {
        let (mut limits, mut wanted) = (Vec::new(), Vec::new());
        for (number, unknown) in unknowns.iter().enumerate() {
            let none = || Unbalanced::Unknown(number);
            if unknown.step <= Decimal::ZERO || unknown.weight < Decimal::ZERO {
                return Err(none());
            }
            let steps = |value: Decimal| value.checked_div(unknown.step);
            let whole = |value: Option<Decimal>| value.and_then(|value| value.to_i32());
            let lower = whole(steps(unknown.lower).map(|value| value.ceil()));
            let upper = whole(steps(unknown.upper).map(|value| value.floor()));
            let limit = lower.zip(upper).filter(|(lower, upper)| lower <= upper);
            let (lower, upper) = limit.ok_or_else(none)?;
            let best = steps(unknown.preferred).map(|value| {
                value.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
            });
            limits.push((lower, upper));
            wanted.push(whole(best).ok_or(Unbalanced::Range)?.clamp(lower, upper));
        }
        for (number, condition) in conditions.iter().enumerate() {
            let unknown = condition.terms.iter().any(|(unknown, _)| *unknown >= unknowns.len());
            if unknown || condition.price.is_some_and(|price| price < Decimal::ZERO) {
                return Err(Unbalanced::Condition(number));
            }
        }
        Ok(Program { unknowns, conditions, limits, wanted })
    }

    /// What an unknown had best be, on its steps and between its limits.
    pub(super) fn wanted(&self, number: usize) -> Option<Decimal> {
        let step = self.unknowns.get(number)?.step;
        step.checked_mul(Decimal::from(*self.wanted.get(number)?))
    }

    /// The numbers that keep these conditions and depart least from what is preferred; `None` where there are none.
    pub(super) fn settled(&self, kept: &[usize]) -> Result<Option<Vec<Decimal>>, Unbalanced> {
        self.solved(kept, Aim::Preferred)
    }

    /// Whether any numbers keep these conditions.
    pub(super) fn possible(&self, kept: &[usize]) -> Result<bool, Unbalanced> {
        self.solved(kept, Aim::Any).map(|values| values.is_some())
    }

    /// By how much one of these conditions has to give way for the others to be kept; `None` where that is not enough.
    pub(super) fn least(&self, kept: &[usize], one: usize) -> Result<Option<Decimal>, Unbalanced> {
        let Some(values) = self.solved(kept, Aim::Least(one))? else { return Ok(None) };
        self.conditions.get(one).map(|condition| broken_by(condition, &values)).transpose()
    }

    /// The cheapest way in which those that can give way do.
    pub(super) fn relaxed(&self, kept: &[usize]) -> Result<Option<Relaxed>, Unbalanced> {
        let Some(values) = self.solved(kept, Aim::Cheapest)? else { return Ok(None) };
        let mut by = Vec::new();
        for (number, condition) in self.conditions.iter().enumerate() {
            let broken = broken_by(condition, &values)?;
            if broken > Decimal::ZERO {
                by.push((number, broken));
            }
        }
        let binding = binding(self, &values)?;
        Ok(Some(Relaxed { by, values, binding }))
    }

    fn solved(&self, kept: &[usize], aim: Aim) -> Result<Option<Vec<Decimal>>, Unbalanced> {
        let mut more: BTreeMap<usize, f64> = BTreeMap::new();
        for _ in 0..ATTEMPTS {
            let Some(values) = self.asked(kept, aim, &more)? else { return Ok(None) };
            let mut broken = false;
            for number in kept.iter().filter(|number| !self.gives_way(**number, aim)) {
                let Some(condition) = self.conditions.get(*number) else { continue };
                if broken_by(condition, &values)? > Decimal::ZERO {
                    *more.entry(*number).or_default() += MORE;
                    broken = true;
                }
            }
            if !broken {
                return Ok(Some(values));
            }
        }
        Err(Unbalanced::Solver("its answers break a condition".to_owned()))
    }

    fn gives_way(&self, number: usize, aim: Aim) -> bool {
        match aim {
            Aim::Any | Aim::Preferred => false,
            Aim::Least(one) => number == one,
            Aim::Cheapest => {
                self.conditions.get(number).is_some_and(|condition| condition.price.is_some())
            }
        }
    }

    /// Asks the solver; `more` tells by how much each condition is to be kept beyond its bound.
    fn asked(
        &self,
        kept: &[usize],
        aim: Aim,
        more: &BTreeMap<usize, f64>,
    ) -> Result<Option<Vec<Decimal>>, Unbalanced> {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let furthest = problem.add_var(EVEN, (0.0, f64::INFINITY));
        let limits = self.limits.iter().zip(&self.wanted);
        let mut unknowns: Vec<Variable> = Vec::new();
        for (unknown, (limit, wanted)) in self.unknowns.iter().zip(limits) {
            let variable = problem.add_integer_var(0.0, *limit);
            unknowns.push(variable);
            if matches!(aim, Aim::Any | Aim::Least(_)) {
                continue;
            }
            let weight = float(unknown.weight)?;
            let away = problem.add_var(weight, (0.0, f64::INFINITY));
            problem.add_constraint([(furthest, 1.0), (away, -weight)], ComparisonOp::Ge, 0.0);
            let wanted = f64::from(*wanted);
            problem.add_constraint([(away, 1.0), (variable, -1.0)], ComparisonOp::Ge, -wanted);
            problem.add_constraint([(away, 1.0), (variable, 1.0)], ComparisonOp::Ge, wanted);
        }
        for number in kept {
            let Some(condition) = self.conditions.get(*number) else { continue };
            let mut factors: BTreeMap<usize, f64> = BTreeMap::new();
            for (unknown, factor) in &condition.terms {
                let step = self.unknowns.get(*unknown).map_or(Decimal::ONE, |known| known.step);
                let factor = factor.checked_mul(step).ok_or(Unbalanced::Range)?;
                *factors.entry(*unknown).or_default() += float(factor)?;
            }
            let largest = factors.values().fold(0.0_f64, |most, factor| most.max(factor.abs()));
            let scale = if largest > 0.0 { largest } else { 1.0 };
            let mut row: Vec<(Variable, f64)> = factors
                .iter()
                .filter_map(|(unknown, factor)| {
                    Some((*unknowns.get(*unknown)?, factor / scale)).filter(|term| term.1 != 0.0)
                })
                .collect();
            let bound = float(condition.bound)? / scale;
            let more = more.get(number).copied().unwrap_or_default();
            let (comparison, bound, slack) = match condition.side {
                Side::AtLeast => (ComparisonOp::Ge, bound + more, 1.0),
                Side::AtMost => (ComparisonOp::Le, bound - more, -1.0),
            };
            if self.gives_way(*number, aim) {
                let price = condition.price.map_or(Ok(1.0), float)?;
                let given = problem.add_var(price * scale * FIRMER, (0.0, f64::INFINITY));
                row.push((given, slack));
            }
            problem.add_constraint(row, comparison, bound);
        }
        let mut options = SolveOptions::default();
        options.node_limit = Some(BRANCHES);
        let outcome = match problem.solve_with(options) {
            Ok(outcome) => outcome,
            Err(Error::Infeasible) => return Ok(None),
            Err(error) => return Err(Unbalanced::Solver(error.to_string())),
        };
        if !outcome.is_optimal() {
            return Err(Unbalanced::Solver(format!("more than {BRANCHES} branches")));
        }
        let Ok(solution) = outcome.into_solution() else {
            return Err(Unbalanced::Solver("no solution".to_owned()));
        };
        let exact = |(variable, unknown): (&Variable, &Unknown)| {
            let multiple = Decimal::from_f64_retain(solution.var_value(*variable).round())?;
            unknown.step.checked_mul(multiple.round())
        };
        let values = unknowns.iter().zip(self.unknowns).map(exact).collect::<Option<Vec<_>>>();
        values.map(Some).ok_or(Unbalanced::Range)
    }
}

fn float(number: Decimal) -> Result<f64, Unbalanced> {
    number.to_f64().ok_or(Unbalanced::Range)
}
