//! How many parts a formula may come to when it is computed once.

use super::node::{Condition, Counted, Number, Tolerance, Window};

/// So many regions stand directly below one at most, as far as is known before it is computed.
pub(crate) const MOST_BELOW: usize = 1000;

impl Number {
    /// How many parts are computed for one region and one period at most.
    pub(crate) fn weight(&self) -> usize {
        let inner = match self {
            Number::Constant(_)
            | Number::Figure(_)
            | Number::Single(_)
            | Number::Score(_)
            | Number::Cumulative(_)
            | Number::SingleGrowth(..)
            | Number::ConstantPrice(..)
            | Number::Elapsed => 0,
            Number::Negate(inner)
            | Number::Absolute(inner)
            | Number::Round(inner, ..)
            | Number::At(_, inner)
            | Number::Elsewhere(_, inner) => inner.weight(),
            Number::MeanGrowth(inner, _) => inner.weight().saturating_mul(2),
            Number::Growth(inner, prices) => {
                let prices = prices.as_ref().map_or(0, |prices| prices.weight());
                inner.weight().saturating_mul(2).saturating_add(prices)
            }
            // At each of the shorter periods of the year.
            Number::Previous(inner) => inner.weight().saturating_mul(12),
            Number::Compute(_, left, right) | Number::Default(left, right) => {
                left.weight().saturating_add(right.weight())
            }
            // In two years.
            Number::IntensityDecline(energy, output, _) => {
                energy.weight().saturating_add(output.weight()).saturating_mul(2)
            }
            Number::If(condition, then, otherwise) => {
                condition.weight().saturating_add(then.weight()).saturating_add(otherwise.weight())
            }
            Number::Gather(_, all) => {
                all.iter().fold(0, |sum: usize, one| sum.saturating_add(one.weight()))
            }
            Number::Below(_, inner, _) => inner.weight().saturating_mul(MOST_BELOW),
            Number::Weighted(of, weight, _) => {
                of.weight().saturating_add(weight.weight()).saturating_mul(MOST_BELOW)
            }
            Number::Count(counted) => match &**counted {
                Counted::Known(number) => number.weight(),
                Counted::Keeping(condition) => condition.weight(),
            }
            .saturating_mul(MOST_BELOW),
            Number::Over(_, window, inner) | Number::Latest(window, inner) => {
                let periods = match window {
                    Window::Last(count, _) => *count,
                    Window::Range(periods) => periods.len(),
                };
                inner.weight().saturating_mul(periods)
            }
        };
        inner.saturating_add(1)
    }
}

impl Condition {
    /// How many parts are computed for one region and one period at most.
    pub(crate) fn weight(&self) -> usize {
        match self {
            Condition::Compare(_, left, right) => {
                left.number.weight().saturating_add(right.number.weight())
            }
            Condition::About(left, right, tolerance) => {
                let allowed = match tolerance {
                    Tolerance::Rounding => 0,
                    Tolerance::Absolute(allowed) | Tolerance::Relative(allowed) => allowed.weight(),
                };
                left.number.weight().saturating_add(right.number.weight()).saturating_add(allowed)
            }
            Condition::And(left, right) | Condition::Or(left, right) => {
                left.weight().saturating_add(right.weight())
            }
            Condition::Not(inner) => inner.weight(),
            Condition::If(asked, then, otherwise) => {
                asked.weight().saturating_add(then.weight()).saturating_add(otherwise.weight())
            }
            Condition::Missing(number) => number.weight(),
            Condition::IsCumulative | Condition::Holds => 0,
        }
    }
}
