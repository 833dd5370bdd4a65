//! Prices put in where they are missing, by a rule that is told.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::formula::kept;
use super::{Cell, Panel, PriceIndexError};

/// What is done where an item that had a price has none in a later period (manual 2020, chapter 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filling<'a> {
    /// Nothing: the item is left out of comparisons with that period.
    Matched,
    /// The last price is taken again. It holds an index still: the manual advises against it.
    CarryForward,
    /// The last price moves as the others of the item's class do: by the geometric mean of the price relatives of those
    /// with observed prices in this and the last period. The class of each item, by place.
    ClassMean(&'a [usize]),
}

/// A price that was put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filled {
    /// Where.
    pub period: usize,
    /// Of what.
    pub item: usize,
    /// What was put in; the quantity is the item's last one.
    pub cell: Cell,
}

impl Filling<'_> {
    /// Fills the table in the order of time, and tells what was put in. Before an item's first price nothing is: it is
    /// new, not missing. The quantity, missing too, is the last known one.
    ///
    /// # Errors
    /// [`PriceIndexError::NoClassMate`] where a class tells of no move, [`PriceIndexError::Range`] where a price leaves
    /// the range of exact decimals.
    pub fn fill(self, panel: &mut Panel) -> Result<Vec<Filled>, PriceIndexError> {
        let observed = panel.clone();
        let mut filled = Vec::new();
        if self == Filling::Matched {
            return Ok(filled);
        }
        for period in 1..panel.periods() {
            for item in 0..panel.items() {
                let (Some(last), None) = (panel.at(period - 1, item), panel.at(period, item))
                else {
                    continue;
                };
                let price = match self {
                    Filling::ClassMean(classes) => {
                        let moved = moved(&observed, classes, period, item)?;
                        last.price.checked_mul(moved).map(|price| price.round_dp(super::DECIMALS))
                    }
                    Filling::CarryForward | Filling::Matched => Some(last.price),
                };
                let price = price
                    .filter(|price| *price > Decimal::ZERO)
                    .ok_or(PriceIndexError::Range { period })?;
                let cell = Cell { price, quantity: last.quantity };
                panel.fill(period, item, cell);
                filled.push(Filled { period, item, cell });
            }
        }
        Ok(filled)
    }
}

/// How the class of an item moved from the last period to this one.
fn moved(
    observed: &Panel,
    classes: &[usize],
    period: usize,
    item: usize,
) -> Result<Decimal, PriceIndexError> {
    let mut sum = 0.0;
    let mut count = 0_u32;
    for other in 0..observed.items() {
        if classes.get(other) != classes.get(item) {
            continue;
        }
        let both = observed.at(period - 1, other).zip(observed.at(period, other));
        let Some((before, now)) = both else { continue };
        let relative = now.price.checked_div(before.price).and_then(|relative| relative.to_f64());
        sum += libm::log(relative.ok_or(PriceIndexError::Range { period })?);
        count += 1;
    }
    if count == 0 {
        return Err(PriceIndexError::NoClassMate { period, item });
    }
    kept(libm::exp(sum / f64::from(count))).ok_or(PriceIndexError::Range { period })
}
