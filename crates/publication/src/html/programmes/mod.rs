//! Programmes of solar roofs: which roofs, when, for what, and how likely the target is reached.

mod chart;
mod list;
mod one;
mod words;

pub use list::{ProgrammesPage, programmes};
pub use one::{ProgrammePage, programme};
