//! A checked formula: names are resolved, units are known, and what is left is to compute.

use std::sync::Arc;

use rust_decimal::Decimal;
use terms::{Facet, Period, Unit};

use super::dimension::{Dims, Factor, Shown, measure};
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

impl Source {
    /// The factor of a unit in which a figure of it is published; `None` where no exact one joins them.
    pub(crate) fn factor_of(&self, unit: &Unit) -> Option<Factor> {
        if *unit == self.unit {
            return Some(self.factor);
        }
        let measured = measure(unit).filter(|measured| measured.dims == self.dims)?;
        Some(measured.factor)
    }
}

/// What becomes of several numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gather {
    Sum,
    Mean,
    Least,
    Greatest,
}

/// Which periods a number is gathered over.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Window {
    /// So many, of which the last is the period itself and each step leads to the one before.
    Last(usize, Step),
    /// These, in their order.
    Range(Vec<Period>),
}

impl Window {
    /// Its periods for one that is computed, the earliest first.
    pub(crate) fn periods(&self, period: Period) -> Option<Vec<Period>> {
        match self {
            Window::Range(periods) => Some(periods.clone()),
            Window::Last(count, step) => (0..*count)
                .rev()
                .map(|back| step.times(i32::try_from(back).ok()?)?.from(period))
                .collect(),
        }
    }
}

/// What is counted among the regions below.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Counted {
    /// Those that have this number.
    Known(Number),
    /// Those that keep this condition.
    Keeping(Condition),
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
    Gather(Gather, Vec<Number>),
    /// To so many decimals of the unit that it is shown in.
    Round(Box<Number>, u32, Factor),
    Default(Box<Number>, Box<Number>),
    If(Box<Condition>, Box<Number>, Box<Number>),
    At(Step, Box<Number>),
    /// In the last shorter period from January on, or the period before.
    Previous(Box<Number>),
    /// In another region.
    Elsewhere(String, Box<Number>),
    /// Over the regions directly below; where a part is given, over those that are known if they make up that part.
    Below(Gather, Box<Number>, Option<Decimal>),
    /// The mean over the regions directly below, weighted by the second.
    Weighted(Box<Number>, Box<Number>, Option<Decimal>),
    /// How many of the regions directly below.
    Count(Box<Counted>),
    Over(Gather, Window, Box<Number>),
    /// The last of the periods that has a figure.
    Latest(Window, Box<Number>),
    /// From January to the end of the period.
    Cumulative(Arc<Source>),
    /// The growth of the single month that ends the period, from levels and their growth.
    SingleGrowth(Arc<Source>, Arc<Source>),
    /// A level at the prices of a year, from levels and growth at comparable prices.
    ConstantPrice(Arc<Source>, Arc<Source>, i16),
    /// The growth on the year, over the change of prices where one is given.
    Growth(Box<Number>, Option<Box<Number>>),
    /// The mean growth over so many years.
    MeanGrowth(Box<Number>, u32),
    /// By how much energy per unit of output declined on the year before, with the units of both.
    IntensityDecline(Box<Number>, Box<Number>, [Factor; 2]),
    /// How much of the year is over.
    Elapsed,
}

impl Number {
    /// Whether it reads a figure of the whole period, not only of the month that ends it: over periods within each
    /// other such numbers neither add up nor have a mean.
    pub(crate) fn reads_whole_period(&self) -> bool {
        match self {
            Number::Constant(_)
            | Number::Single(_)
            | Number::SingleGrowth(..)
            | Number::Elapsed
            | Number::Over(..)
            | Number::Latest(..) => false,
            Number::Figure(_)
            | Number::Score(_)
            | Number::Cumulative(_)
            | Number::ConstantPrice(..) => true,
            Number::Negate(inner)
            | Number::Absolute(inner)
            | Number::Round(inner, ..)
            | Number::At(_, inner)
            | Number::Previous(inner)
            | Number::Elsewhere(_, inner)
            | Number::Below(_, inner, _)
            | Number::Growth(inner, _)
            | Number::MeanGrowth(inner, _) => inner.reads_whole_period(),
            Number::Compute(_, left, right)
            | Number::Default(left, right)
            | Number::If(_, left, right)
            | Number::IntensityDecline(left, right, _)
            | Number::Weighted(left, right, _) => {
                left.reads_whole_period() || right.reads_whole_period()
            }
            Number::Gather(_, all) => all.iter().any(Number::reads_whole_period),
            Number::Count(_) => false,
        }
    }
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
