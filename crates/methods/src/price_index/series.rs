//! Indices over a row of periods.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::formula::{Formula, Pair, Plain, compare, kept, rooted};
use super::{Panel, PriceIndexError};

/// The items that two periods have in common, and those that only one has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// Items with a price in both, by place.
    pub items: Vec<usize>,
    /// Their prices and quantities, in the same order.
    pub pairs: Vec<Pair>,
    /// Items with a price in the earlier period alone.
    pub gone: Vec<usize>,
    /// Items with a price in the later period alone.
    pub new: Vec<usize>,
}

/// An index of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// 1 in the base period.
    pub index: Decimal,
    /// So many items were compared: with the base period directly, or with the period before in a chain.
    pub items: usize,
}

/// The matched sample of two periods, as a formula needs it.
///
/// # Errors
/// [`PriceIndexError::NoQuantity`] where the formula needs one that is missing, [`PriceIndexError::NoMatch`] where the
/// periods have no item in common.
pub fn matched(
    panel: &Panel,
    formula: Formula,
    from: usize,
    to: usize,
) -> Result<Matched, PriceIndexError> {
    let mut found = Matched { items: vec![], pairs: vec![], gone: vec![], new: vec![] };
    let [needs_from, needs_to] = formula.needs_quantities();
    for item in 0..panel.items() {
        match (panel.at(from, item), panel.at(to, item)) {
            (Some(one), Some(other)) => {
                let quantity = |known: Option<Decimal>, needed: bool, period: usize| match known {
                    Some(quantity) => Ok(quantity),
                    None if needed => Err(PriceIndexError::NoQuantity { period, item }),
                    None => Ok(Decimal::ZERO),
                };
                found.items.push(item);
                found.pairs.push(Pair {
                    prices: [one.price, other.price],
                    quantities: [
                        quantity(one.quantity, needs_from, from)?,
                        quantity(other.quantity, needs_to, to)?,
                    ],
                });
            }
            (Some(_), None) => found.gone.push(item),
            (None, Some(_)) => found.new.push(item),
            (None, None) => {}
        }
    }
    if found.pairs.is_empty() {
        return Err(PriceIndexError::NoMatch { from, to });
    }
    Ok(found)
}

/// Each period against the base period.
///
/// # Errors
/// Those of [`matched`], and [`PriceIndexError::NoWeight`] where quantities come to nothing or a number leaves the
/// range of exact decimals.
pub fn direct(panel: &Panel, formula: Formula, base: usize) -> Result<Vec<Link>, PriceIndexError> {
    let one = |to: usize| {
        let found = matched(panel, formula, base, to)?;
        let index = compare(formula, &found.pairs);
        let index = index.ok_or(PriceIndexError::NoWeight { from: base, to })?;
        Ok(Link { index, items: found.items.len() })
    };
    (0..panel.periods()).map(one).collect()
}

/// Each period against the one before, multiplied into a chain that is 1 in the base period. New items enter with the
/// second period that has their price, items that went leave with their last.
///
/// # Errors
/// As [`direct`]; [`PriceIndexError::Range`] where the chain leaves the range of exact decimals.
pub fn chained(panel: &Panel, formula: Formula, base: usize) -> Result<Vec<Link>, PriceIndexError> {
    let mut chain = Chain { exact: Decimal::ONE, binary: 1.0 };
    let mut found = Vec::with_capacity(panel.periods());
    for to in 0..panel.periods() {
        let from = to.saturating_sub(1);
        let pairs = matched(panel, formula, from, to)?;
        chain = chain.times(formula, &pairs.pairs).ok_or(PriceIndexError::NoWeight { from, to })?;
        found.push((chain, pairs.items.len()));
    }
    let start = found.get(base).ok_or(PriceIndexError::Range { period: base })?.0;
    let link = |(period, (chain, items)): (usize, &(Chain, usize))| {
        let index = match formula.is_rational() {
            true => chain.exact.checked_div(start.exact),
            false => kept(chain.binary / start.binary),
        };
        Ok(Link { index: index.ok_or(PriceIndexError::Range { period })?, items: *items })
    };
    found.iter().enumerate().map(link).collect()
}

/// The same row with another base: divided by what it was there.
///
/// `None` where there is no such place, or a number leaves the range of exact decimals.
pub fn rebased(indices: &[Decimal], base: usize) -> Option<Vec<Decimal>> {
    let start = indices.get(base)?;
    indices.iter().map(|index| index.checked_div(*start)).collect()
}

/// A product of links; only one of the two is used, after the formula.
#[derive(Debug, Clone, Copy)]
struct Chain {
    exact: Decimal,
    binary: f64,
}

impl Chain {
    fn times(self, formula: Formula, pairs: &[Pair]) -> Option<Chain> {
        if formula.is_rational() {
            let exact = self.exact.checked_mul(compare(formula, pairs)?)?;
            return Some(Chain { exact, binary: exact.to_f64()? });
        }
        // Not rounded in between, so that a long chain keeps its digits.
        let plain: Vec<Plain> = pairs.iter().map(Plain::of).collect::<Option<_>>()?;
        Some(Chain { exact: self.exact, binary: self.binary * rooted(formula, &plain)? })
    }
}
