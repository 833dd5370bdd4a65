//! The round: forms, who owes which figures by when, and the way of a figure from draft to observation.

mod fill;
mod form;
mod lock;
mod open;
mod read;

pub use fill::{Filled, Line};
pub use lock::Locked;
