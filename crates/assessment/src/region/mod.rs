//! Figures of the regions below one: what they come to, in which order they stand, and what of a target each takes.
//!
//! All of it answers from figures as they were known on a day, which the caller chooses ([`Figures`]), and names each
//! figure that a number rests on. What is missing is named; it is never nothing.

mod derived;
mod method;
mod race;
mod rank;
mod reading;
mod rollup;
mod spread;

pub use derived::derived_in;
pub use method::{Asked, Method, MethodName, NoMethod, method_of};
pub use race::{
    Combined, Item, MissingRule, Race, RaceCell, RaceError, RaceRow, RaceTable, Scoring, race,
};
pub use rank::{Place, Question, Ranking, Unranked, order_of, rank};
pub use reading::{Input, Lack, Use, level_in};
pub use rollup::{Branch, Coverage, Gap, Part, RollUp, roll_up};
pub use spread::{By, Kind, NoSpread, Over, Share, Spread, SpreadPart, Whole, over, spread};

use crate::formula::Figures;
