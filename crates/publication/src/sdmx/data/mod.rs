//! Figures: the same cells in each of the formats.

mod csv;
mod generic;
mod json;
mod specific;

use terms::Day;

use super::cell::Cell;
use super::header::Header;
use super::model::{Attribute, Codes, Dimension};

pub use csv::{CsvLayout, Labels, write as write_csv};
pub use generic::write as write_generic;
pub use json::{JsonForm, write as write_json};
pub use specific::write as write_specific;

/// What stands at the level of observations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObservedBy {
    /// One dimension; the others make the key of a series.
    Dimension(Dimension),
    /// All dimensions: there are no series.
    All,
}

impl ObservedBy {
    /// Its name in addresses and headers.
    pub fn id(self) -> &'static str {
        match self {
            ObservedBy::Dimension(dimension) => dimension.id(),
            ObservedBy::All => "AllDimensions",
        }
    }

    /// The dimensions that make the key of a series.
    pub fn series(self) -> Vec<Dimension> {
        let is_key = |one: &Dimension| self != ObservedBy::Dimension(*one);
        match self {
            ObservedBy::Dimension(_) => Dimension::ALL.into_iter().filter(is_key).collect(),
            ObservedBy::All => Vec::new(),
        }
    }

    /// Those that make the key of an observation in its series.
    pub fn observation(self) -> Vec<Dimension> {
        match self {
            ObservedBy::Dimension(dimension) => vec![dimension],
            ObservedBy::All => Dimension::ALL.to_vec(),
        }
    }
}

/// What a reader is to do with a set of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Take them in the place of those that were known.
    Replace,
    /// Forget what was known under these keys.
    Delete,
}

impl Action {
    fn word(self) -> &'static str {
        match self {
            Action::Replace => "Replace",
            Action::Delete => "Delete",
        }
    }
}

/// Figures that belong together.
#[derive(Debug, Clone)]
pub struct DataSet<'a> {
    /// What to do with them.
    pub action: Action,
    /// The day from which on they hold, where history is told.
    pub valid_from: Option<Day>,
    /// The figures.
    pub cells: Vec<Cell<'a>>,
}

/// Figures that are asked for.
#[derive(Debug)]
pub struct DataMessage<'a> {
    /// Which message this is.
    pub header: &'a Header,
    /// The names of codes.
    pub codes: &'a Codes,
    /// The figures, each set ordered by the dimensions of a series and then by time.
    pub sets: &'a [DataSet<'a>],
    /// What stands at the level of observations.
    pub by: ObservedBy,
    /// Whether there are observations, or keys of series alone.
    pub observations: bool,
    /// Whether numbers are wanted.
    pub numbers: bool,
    /// Which attributes are wanted.
    pub attributes: &'a [Attribute],
}

impl DataMessage<'_> {
    /// The attributes that figures of a set have: what is to be forgotten has none.
    fn attributes_of(&self, set: &DataSet<'_>) -> &[Attribute] {
        if set.action == Action::Delete { &[] } else { self.attributes }
    }
}

impl<'a> DataSet<'a> {
    /// Puts the figures in the order that a message needs.
    pub fn ordered(mut self, by: ObservedBy) -> Self {
        let series = match by {
            ObservedBy::Dimension(_) => by.series(),
            ObservedBy::All => Dimension::ALL.to_vec(),
        };
        self.cells.sort_by(|one, other| one.order(other, &series));
        self
    }

    /// The series of the set.
    fn series(&self, dimensions: &[Dimension]) -> impl Iterator<Item = &[Cell<'a>]> {
        self.cells.chunk_by(move |one, other| one.is_beside(other, dimensions))
    }
}
