//! All regions as they belong to each other, and which of them have figures.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use assessment::region::Branch;
use ledger::{Ledger, LedgerError};
use publication::html::RegionTree;
use terms::{Day, NATION, Observation, RegionPlace, Tier};

use super::super::kept::head;
use super::super::visit::{Refusal, Visit};

/// All regions, and which of them have figures.
pub(super) struct Grounds {
    pub(super) places: BTreeMap<String, RegionPlace>,
    /// Codes by what they belong to.
    pub(super) below: BTreeMap<String, Vec<String>>,
    /// Indicators by region.
    pub(super) observed: BTreeMap<String, BTreeSet<String>>,
}

impl Grounds {
    fn read(ledger: &Ledger, day: Day) -> Result<Grounds, LedgerError> {
        let mut places = BTreeMap::new();
        let mut below: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let nation = RegionPlace {
            code: NATION.to_owned(),
            name: "全国".to_owned(),
            tier: Tier::Province,
            parent: None,
        };
        places.insert(NATION.to_owned(), nation);
        for place in ledger.regions(day)? {
            let above = place.parent.as_deref().unwrap_or(NATION).to_owned();
            below.entry(above).or_default().push(place.code.clone());
            places.insert(place.code.clone(), place);
        }
        let mut observed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (indicator, region, ..) in ledger.observed()? {
            observed.entry(region).or_default().insert(indicator);
        }
        Ok(Grounds { places, below, observed })
    }

    pub(super) fn parts(&self, code: &str) -> impl Iterator<Item = &RegionPlace> {
        let codes = self.below.get(code).into_iter().flatten();
        codes.filter_map(|code| self.places.get(code))
    }

    /// The indicators of which at least two parts of a region have figures, with how many have.
    pub(super) fn comparable(&self, code: &str) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for indicator in self.parts(code).filter_map(|part| self.observed.get(&part.code)).flatten()
        {
            *counts.entry(indicator.as_str()).or_default() += 1;
        }
        counts.retain(|_, count| *count > 1);
        counts
    }

    /// What a region belongs to, the highest first.
    pub(super) fn above(&self, place: &RegionPlace) -> Vec<RegionPlace> {
        let mut found = Vec::new();
        let mut next = place.parent.as_deref();
        // There are no more tiers than these.
        while let Some(above) =
            next.and_then(|code| self.places.get(code)).filter(|_| found.len() < 8)
        {
            found.push(above.clone());
            next = above.parent.as_deref();
        }
        found.reverse();
        found
    }

    pub(super) fn branch(&self, place: &RegionPlace) -> Branch {
        Branch { place: place.clone(), below: Vec::new() }
    }

    /// A region with all that belongs to it, each with its figure.
    pub(super) fn tree(
        &self,
        place: &RegionPlace,
        figure: &dyn Fn(&str) -> Option<Observation>,
    ) -> RegionTree {
        let below = self.parts(&place.code).map(|part| self.tree(part, figure)).collect();
        RegionTree { place: place.clone(), figure: figure(&place.code), below }
    }
}

pub(super) fn grounds(visit: &Visit<'_>, day: Day) -> Result<Arc<Grounds>, Refusal> {
    let found = visit.house.store.read(|ledger| {
        let key = (head(ledger)?, day);
        visit.house.compared.grounds.get_or(key, || Grounds::read(ledger, day))
    });
    found.map_err(|error: LedgerError| error.into())
}
