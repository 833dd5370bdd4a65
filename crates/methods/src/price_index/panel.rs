//! Prices and quantities of items by period, with what is missing.

use rust_decimal::Decimal;

use super::PriceIndexError;

/// The price of an item in a period, and how much of it was sold or bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Money per unit of the item, above zero.
    pub price: Decimal,
    /// Units of the item; `None` where it was not observed, which is not zero.
    pub quantity: Option<Decimal>,
}

/// A table of items by periods; both are known by their place, periods in the order of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    cells: Vec<Vec<Option<Cell>>>,
    items: usize,
}

impl Panel {
    /// A table in which nothing is known yet.
    pub fn new(periods: usize, items: usize) -> Self {
        Panel { cells: vec![vec![None; items]; periods], items }
    }

    /// The number of periods.
    pub fn periods(&self) -> usize {
        self.cells.len()
    }

    /// The number of items.
    pub fn items(&self) -> usize {
        self.items
    }

    /// What is known of an item in a period.
    pub fn at(&self, period: usize, item: usize) -> Option<Cell> {
        self.cells.get(period)?.get(item).copied()?
    }

    /// Enters a price, and a quantity where it is known.
    ///
    /// # Errors
    /// [`PriceIndexError::Price`], [`PriceIndexError::Quantity`] for numbers that cannot be, [`PriceIndexError::Twice`]
    /// where the item has a price already, [`PriceIndexError::Outside`] of the table.
    pub fn enter(&mut self, period: usize, item: usize, cell: Cell) -> Result<(), PriceIndexError> {
        if cell.price <= Decimal::ZERO {
            return Err(PriceIndexError::Price { period, item });
        }
        if cell.quantity.is_some_and(|quantity| quantity < Decimal::ZERO) {
            return Err(PriceIndexError::Quantity { period, item });
        }
        let place = self.cells.get_mut(period).and_then(|row| row.get_mut(item));
        match place {
            None => Err(PriceIndexError::Outside { period, item }),
            Some(Some(_)) => Err(PriceIndexError::Twice { period, item }),
            Some(place) => {
                *place = Some(cell);
                Ok(())
            }
        }
    }

    /// Lets a new item go on where an old one ended, linked at the last period in which both have a price (overlap
    /// linking, manual 2020, chapter 6): after it, the price of the new one is multiplied by `old ÷ new` of that
    /// period, and its quantity divided by it, so that what was paid stays. The new item itself leaves the table.
    ///
    /// # Errors
    /// [`PriceIndexError::NoOverlap`], and [`PriceIndexError::Range`] where a number leaves that of exact decimals.
    pub fn replace(&mut self, old: usize, new: usize) -> Result<(), PriceIndexError> {
        let both = |period: &usize| self.at(*period, old).zip(self.at(*period, new));
        let none = PriceIndexError::NoOverlap { old, new };
        if old == new {
            return Err(none);
        }
        let overlap = (0..self.periods()).rev().find(|period| both(period).is_some());
        let (overlap, (before, after)) =
            overlap.and_then(|period| both(&period).map(|cells| (period, cells))).ok_or(none)?;
        for (period, row) in self.cells.iter_mut().enumerate() {
            let cell = row.get_mut(new).and_then(Option::take);
            let (Some(cell), true) = (cell, period > overlap) else { continue };
            let range = PriceIndexError::Range { period };
            let linked = (|| {
                let price = cell.price.checked_mul(before.price)?.checked_div(after.price)?;
                let quantity = match cell.quantity {
                    Some(quantity) => {
                        Some(quantity.checked_mul(after.price)?.checked_div(before.price)?)
                    }
                    None => None,
                };
                Some(Cell { price, quantity })
            })();
            let linked = linked.filter(|linked| linked.price > Decimal::ZERO).ok_or(range)?;
            if let Some(place) = row.get_mut(old) {
                *place = Some(linked);
            }
        }
        Ok(())
    }

    /// Puts in what was missing; used by the rules of [`super::Filling`].
    pub(super) fn fill(&mut self, period: usize, item: usize, cell: Cell) {
        if let Some(place) = self.cells.get_mut(period).and_then(|row| row.get_mut(item)) {
            *place = Some(cell);
        }
    }
}
