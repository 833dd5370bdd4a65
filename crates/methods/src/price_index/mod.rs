//! Price indices: how much dearer a basket of items became between two periods, or over a row of periods.
//!
//! Source of the formulas: ILO, IMF, OECD, Eurostat, UN and World Bank, *Consumer Price Index Manual: Concepts and
//! Methods* (2020), chapters 6 to 8, and *Theory and Practice* (2004), chapters 15 to 19. An index here is a ratio, 1
//! where nothing changed; who publishes it multiplies by 100. Prices are above zero, in any one currency; quantities
//! are not negative, each item in its own unit, the same one in all periods.
//!
//! What has neither root nor power ([`Formula::is_rational`]) is computed in exact decimals of 28 digits; what has,
//! in binary fractions with the same functions on every machine, and kept to [`DECIMALS`] decimals.

mod contribution;
mod fill;
mod formula;
mod geks;
mod panel;
mod series;

pub use contribution::contributions;
pub use fill::{Filled, Filling};
pub use formula::{DECIMALS, Formula, Pair, compare};
pub use geks::{GeksOf, Splice, Window, geks};
pub use panel::{Cell, Panel};
pub use series::{Link, Matched, chained, direct, matched, rebased};

/// Why there is no price index. Periods and items are named by their place, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PriceIndexError {
    /// A price has to be above zero.
    #[error("the price of item {item} in period {period} is not above zero")]
    Price {
        /// The period.
        period: usize,
        /// The item.
        item: usize,
    },
    /// A quantity cannot be below zero.
    #[error("the quantity of item {item} in period {period} is below zero")]
    Quantity {
        /// The period.
        period: usize,
        /// The item.
        item: usize,
    },
    /// An item has one price a period.
    #[error("item {item} has two prices in period {period}")]
    Twice {
        /// The period.
        period: usize,
        /// The item.
        item: usize,
    },
    /// There is no such period or item.
    #[error("there is no item {item} in period {period}")]
    Outside {
        /// The period.
        period: usize,
        /// The item.
        item: usize,
    },
    /// The formula weighs by quantities, and one is missing.
    #[error("item {item} has a price but no quantity in period {period}")]
    NoQuantity {
        /// The period.
        period: usize,
        /// The item.
        item: usize,
    },
    /// No item has prices in both periods.
    #[error("no item has a price both in period {from} and in period {to}")]
    NoMatch {
        /// The earlier period of the comparison.
        from: usize,
        /// The later one.
        to: usize,
    },
    /// The weights of a comparison come to nothing.
    #[error("the quantities of what periods {from} and {to} have in common come to nothing")]
    NoWeight {
        /// The earlier period of the comparison.
        from: usize,
        /// The later one.
        to: usize,
    },
    /// An item takes another's place only where both have a price in one period.
    #[error("item {new} has no period in common with item {old}, which it replaces")]
    NoOverlap {
        /// The item that went.
        old: usize,
        /// The item that came.
        new: usize,
    },
    /// No other item of the class tells how a missing price moved.
    #[error("no item of the class of item {item} has prices in periods {period} and before")]
    NoClassMate {
        /// The period of the missing price.
        period: usize,
        /// The item.
        item: usize,
    },
    /// A window holds from two periods to all.
    #[error("a window of {length} periods cannot move over {periods}")]
    WindowLength {
        /// Periods of the window.
        length: usize,
        /// All periods.
        periods: usize,
    },
    /// A number left the range of exact decimals.
    #[error("a number of period {period} is out of range")]
    Range {
        /// The period.
        period: usize,
    },
}

#[cfg(test)]
mod tests;
