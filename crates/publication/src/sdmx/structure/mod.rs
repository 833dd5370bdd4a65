//! Structures: the dataflow, what it stands on, and what there are figures of.

mod components;
mod json;
mod xml;

use std::collections::{BTreeMap, BTreeSet};

use terms::Period;

use super::artefact::Artefact;
use super::cell::Cell;
use super::header::Header;
use super::model::{CodeList, Codes, Dimension};
use super::time::bounds;

pub use json::write as write_json;
pub use xml::write as write_xml;

/// Structures that are asked for.
#[derive(Debug)]
pub struct StructureMessage<'a> {
    /// Which message this is.
    pub header: &'a Header,
    /// What it holds.
    pub artefacts: &'a BTreeSet<Artefact>,
    /// Those of the artefacts of which only the name is wanted.
    pub stubs: &'a BTreeSet<Artefact>,
    /// The codes of the lists.
    pub codes: &'a Codes,
    /// What there are figures of; of use for the constraint alone.
    pub available: &'a Available,
    /// Whether lists hold only codes of which there are figures.
    pub partial: bool,
}

/// What there are figures of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Available {
    /// The codes of each dimension.
    pub codes: BTreeMap<Dimension, BTreeSet<String>>,
    /// The times of the figures.
    pub times: BTreeSet<Period>,
    /// How many series there are.
    pub series: usize,
    /// How many figures there are.
    pub figures: usize,
}

impl Available {
    /// What cells stand under, on some dimensions.
    pub fn of(cells: &[Cell<'_>], dimensions: &[Dimension]) -> Available {
        let mut available = Available { figures: cells.len(), ..Available::default() };
        let mut series = BTreeSet::new();
        for cell in cells {
            series.insert(Dimension::SERIES.map(|dimension| cell.value(dimension)));
            for dimension in dimensions {
                if *dimension == Dimension::Time {
                    available.times.insert(cell.slot.time);
                    continue;
                }
                let value = cell.value(*dimension);
                let known = available.codes.entry(*dimension).or_default();
                if !known.contains(value.as_ref()) {
                    known.insert(value.into_owned());
                }
            }
        }
        available.series = series.len();
        available
    }

    /// The first day of the first and the last day of the last time.
    fn span(&self) -> Option<(String, String)> {
        let first = self.times.iter().map(|time| bounds(*time).0).min()?;
        let last = self.times.iter().map(|time| bounds(*time).1).max()?;
        Some((first, last))
    }
}

impl StructureMessage<'_> {
    /// Whether a code is left out of a partial list.
    fn leaves_out(&self, list: CodeList, code: &str) -> bool {
        if !self.partial {
            return false;
        }
        let of_list = |dimension: &Dimension| dimension.list() == Some(list);
        let Some(dimension) = Dimension::SERIES.into_iter().find(of_list) else { return false };
        let known = self.available.codes.get(&dimension);
        known.is_none_or(|known| {
            // What stands above a code that is there is there too.
            let is_above = |used: &String| {
                let mut parent = self.codes.get(list, used).and_then(|code| code.parent.clone());
                while let Some(above) = parent {
                    if above == code {
                        return true;
                    }
                    parent = self.codes.get(list, &above).and_then(|code| code.parent.clone());
                }
                false
            };
            !known.contains(code) && !known.iter().any(is_above)
        })
    }

    fn is_stub(&self, artefact: Artefact) -> bool {
        self.stubs.contains(&artefact)
    }

    fn lists(&self) -> impl Iterator<Item = CodeList> {
        self.artefacts.iter().filter_map(|artefact| match artefact {
            Artefact::List(list) => Some(*list),
            _ => None,
        })
    }
}
