//! A checked formula: names are resolved, units are known, and what is left is to compute.

use std::sync::Arc;

use rust_decimal::Decimal;
use terms::{Facet, Unit};

use super::dimension::{Dims, Factor, Shown};
use super::step::Step;
use super::syntax::Operator;

/// An indicator as a formula reads it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Source {
    pub(crate) code: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) facet: Facet,
    /// The usual unit, whose factor need not be looked up.
    pub(crate) unit: Unit,
    pub(crate) factor: Factor,
    pub(crate) dims: Dims,
}

/// What comes to a number, in the base of its dimension.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Number {
    Constant(Decimal),
    Figure(Arc<Source>),
    /// The single month that ends the period.
    Single(Arc<Source>),
    /// The modified z-score of growth on the year.
    Score(Arc<Source>),
    Negate(Box<Number>),
    Absolute(Box<Number>),
    Compute(Operator, Box<Number>, Box<Number>),
    Sum(Vec<Number>),
    Least(Vec<Number>),
    Greatest(Vec<Number>),
    /// To so many decimals of the unit that it is shown in.
    Round(Box<Number>, u32, Factor),
    Default(Box<Number>, Box<Number>),
    If(Box<Condition>, Box<Number>, Box<Number>),
    At(Step, Box<Number>),
    /// In the last shorter period from January on, or the period before.
    Previous(Box<Number>),
    /// In another region.
    Elsewhere(String, Box<Number>),
    /// Over the regions directly below.
    Children(Box<Number>),
}

/// A number and the unit in which it is shown.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Side {
    pub(crate) number: Number,
    pub(crate) shown: Shown,
}

/// How far two numbers may lie apart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tolerance {
    /// As far as half of the last decimals of the figures read allow.
    Rounding,
    /// So much.
    Absolute(Box<Number>),
    /// This part of the larger one.
    Relative(Box<Number>),
}

/// What holds or does not.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    Compare(Operator, Box<Side>, Box<Side>),
    About(Box<Side>, Box<Side>, Tolerance),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    Not(Box<Condition>),
    If(Box<Condition>, Box<Condition>, Box<Condition>),
    Missing(Box<Number>),
    /// Whether the period runs from January to a later month.
    IsCumulative,
    /// What is not asked.
    Holds,
}
