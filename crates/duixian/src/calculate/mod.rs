//! What the command line and the pages of methods both compute, each once: inputs are read, methods are asked, and the
//! answer is told in words, as a table and for programs.

pub(crate) mod air;
pub(crate) mod air_words;
pub(crate) mod cells;
pub(crate) mod coal;
pub(crate) mod lmdi;
pub(crate) mod price;
pub(crate) mod solar;
pub(crate) mod water;

use publication::grid::Grid;
use serde_json::Value;

use crate::error::Failure;

/// An answer in both forms.
pub(crate) struct Answer {
    /// What stands above the table.
    pub(crate) heading: Vec<String>,
    pub(crate) grid: Grid,
    /// What stands below it.
    pub(crate) closing: Vec<String>,
    pub(crate) json: Value,
}

/// Why there is no answer, and which input is to blame.
pub(crate) struct Refused {
    /// The name of the input, as forms have it.
    pub(crate) field: &'static str,
    /// What is wrong and what was expected.
    pub(crate) said: String,
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Failure::Input(refused.said)
    }
}
