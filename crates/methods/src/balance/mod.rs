//! Numbers that keep linear conditions and depart least from what is preferred, each a multiple of its step; or, where
//! no numbers keep all conditions, which conditions contradict each other and by how much they would have to give way.
//!
//! Method: integer linear programming over the multiples, minimising the weighted sum of absolute departures counted in
//! steps, and of equal sums the one whose furthest departure is least. A smallest set of conditions that contradict each other is found by the deletion filter (Chinneck and Dravnieks
//! 1991): each condition in turn is left out, and stays out where the others contradict each other without it. What a
//! condition would have to give way is found by elastic programming (Brown and Graves 1975). The solver counts in binary
//! fractions; its answer is turned into exact multiples, and every condition is held against these in exact decimals, so
//! that what is called settled is.

mod conflict;
mod program;
#[cfg(test)]
mod tests;

use rust_decimal::Decimal;

use program::Program;

/// A number that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// What it had best be, if nothing stood in the way; it need not be a multiple of the step.
    pub preferred: Decimal,
    /// What it costs to depart from this by one step.
    pub weight: Decimal,
    /// It is a whole multiple of this.
    pub step: Decimal,
    /// It cannot be below this.
    pub lower: Decimal,
    /// It cannot be above this.
    pub upper: Decimal,
}

/// On which side of its bound a sum lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// It is the bound or more.
    AtLeast,
    /// It is the bound or less.
    AtMost,
}

/// What a sum of multiples of the unknowns has to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Which unknown, and how often it is taken.
    pub terms: Vec<(usize, Decimal)>,
    /// On which side of the bound.
    pub side: Side,
    /// The bound.
    pub bound: Decimal,
    /// What it costs to give way by one, against the other conditions; `None` where it cannot.
    pub price: Option<Decimal>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Balance {
    /// All conditions are kept, exactly.
    Settled {
        /// The numbers, in the order of the unknowns.
        values: Vec<Decimal>,
        /// Which unknown is held off its preferred value by which condition: one step towards it would break that.
        binding: Vec<(usize, usize)>,
    },
    /// No numbers keep all conditions.
    Conflicting {
        /// Sets of conditions of which each contradicts itself, and no longer does when any one member is left out. Each
        /// is found after the cheapest member of those before it was left out, so that all of them together are the
        /// whole matter.
        conflicts: Vec<Conflict>,
        /// The cheapest way out; `None` where those that can give way are not enough.
        relaxed: Option<Relaxed>,
    },
}

/// Conditions that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Their numbers, rising.
    pub members: Vec<usize>,
    /// Members that can give way, each with what it has to give way alone for the others to be kept.
    pub remedies: Vec<(usize, Decimal)>,
}

/// The cheapest way in which conditions give way so that all others are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relaxed {
    /// Which conditions give way by how much.
    pub by: Vec<(usize, Decimal)>,
    /// The numbers that are found then.
    pub values: Vec<Decimal>,
    /// Which unknown is held off its preferred value by which condition: one step towards it would break that, or break
    /// it more.
    pub binding: Vec<(usize, usize)>,
}

/// Why nothing is found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unbalanced {
    /// An unknown has no multiple of a positive step between its limits, or a negative weight.
    #[error("unknown {0} (counted from 0) has no multiple of a positive step between its limits")]
    Unknown(usize),
    /// A condition names an unknown that there is not, or has a negative price.
    #[error("condition {0} (counted from 0) names an unknown that there is not")]
    Condition(usize),
    /// Numbers leave the range of exact decimals or of the solver.
    #[error("the numbers are out of range")]
    Range,
    /// The solver gave up.
    #[error("the solver gave up: {0}")]
    Solver(String),
}

/// Finds the numbers.
///
/// ```
/// use methods::balance::{Balance, Condition, Side, Unknown, settle};
/// use rust_decimal::Decimal;
///
/// let unknown = |preferred: i64| Unknown {
///     preferred: preferred.into(),
///     weight: 1.into(),
///     step: 1.into(),
///     lower: 0.into(),
///     upper: 10.into(),
/// };
/// let terms = vec![(0, Decimal::ONE), (1, Decimal::TWO)];
/// let most = Condition { terms, side: Side::AtMost, bound: 12.into(), price: None };
/// let found = settle(&[unknown(6), unknown(4)], &[most]);
/// let Ok(Balance::Settled { values, binding }) = found else { panic!() };
/// assert_eq!(values, [Decimal::from(6), Decimal::from(3)]);
/// assert_eq!(binding, [(1, 0)]);
/// ```
///
/// # Errors
/// Where an unknown or a condition makes no sense, or the numbers are out of range.
pub fn settle(unknowns: &[Unknown], conditions: &[Condition]) -> Result<Balance, Unbalanced> {
    let program = Program::of(unknowns, conditions)?;
    let all: Vec<usize> = (0..conditions.len()).collect();
    if let Some(values) = program.settled(&all)? {
        let binding = binding(&program, &values)?;
        return Ok(Balance::Settled { values, binding });
    }
    let conflicts = conflict::all(&program, &all)?;
    Ok(Balance::Conflicting { conflicts, relaxed: program.relaxed(&all)? })
}

/// A condition's sum for these numbers, exactly.
fn sum(condition: &Condition, values: &[Decimal]) -> Result<Decimal, Unbalanced> {
    condition
        .terms
        .iter()
        .try_fold(Decimal::ZERO, |sum, (unknown, factor)| {
            sum.checked_add(values.get(*unknown)?.checked_mul(*factor)?)
        })
        .ok_or(Unbalanced::Range)
}

/// By how much these numbers break a condition; 0 where they keep it.
fn broken_by(condition: &Condition, values: &[Decimal]) -> Result<Decimal, Unbalanced> {
    let sum = sum(condition, values)?;
    let by = match condition.side {
        Side::AtLeast => condition.bound.checked_sub(sum),
        Side::AtMost => sum.checked_sub(condition.bound),
    };
    by.map(|by| by.max(Decimal::ZERO)).ok_or(Unbalanced::Range)
}

/// What holds each unknown off its preferred value.
fn binding(program: &Program<'_>, values: &[Decimal]) -> Result<Vec<(usize, usize)>, Unbalanced> {
    let mut found = Vec::new();
    let mut moved = values.to_vec();
    for (number, unknown) in program.unknowns.iter().enumerate() {
        let (Some(value), Some(wanted)) = (values.get(number), program.wanted(number)) else {
            continue;
        };
        let step = match wanted.cmp(value) {
            std::cmp::Ordering::Equal => continue,
            std::cmp::Ordering::Greater => unknown.step,
            std::cmp::Ordering::Less => -unknown.step,
        };
        let Some(place) = moved.get_mut(number) else { continue };
        *place = value.checked_add(step).ok_or(Unbalanced::Range)?;
        for (at, condition) in program.conditions.iter().enumerate() {
            let named = condition.terms.iter().any(|(unknown, _)| *unknown == number);
            if named && broken_by(condition, &moved)? > broken_by(condition, values)? {
                found.push((number, at));
            }
        }
        moved.clone_from_slice(values);
    }
    Ok(found)
}
