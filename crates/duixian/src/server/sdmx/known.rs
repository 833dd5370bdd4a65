//! What the ledger knows, as answers need it.

use std::collections::BTreeMap;

use ledger::Ledger;
use publication::sdmx::error::Failure;
use publication::sdmx::{Cell, Codes, Header};
use terms::{Day, NATION, Observation, ObservationStatus, Redefinition, Region, Right};

use super::fault;
use super::question::Question;
use crate::clock;
use crate::server::gate::Guest;
use crate::server::house::House;

/// Figures with what parts them.
pub(super) struct Known {
    pub(super) figures: Vec<Observation>,
    pub(super) redefinitions: Vec<Redefinition>,
}

/// The header of an answer: of the same figures it is the same, whatever else was written since.
pub(super) fn header(ledger: &Ledger) -> Result<Header, Failure> {
    let last = ledger.last_figures().map_err(|error| fault::ledger(&error))?;
    Ok(match last {
        Some(last) => {
            let short = last.hash.get(..16).unwrap_or(&last.hash);
            Header { id: format!("DX-{}-{short}", last.number), prepared: last.at }
        }
        None => Header { id: "DX-0".to_owned(), prepared: clock::now() },
    })
}

/// The figures that a question is about and that the guest may see, in the ledger's order.
pub(super) fn figures(
    ledger: &Ledger,
    guest: &Guest,
    question: &Question,
) -> Result<Known, Failure> {
    let query = question.query();
    let read = || {
        let figures = ledger.figures(&query)?;
        Ok((figures, ledger.redefinitions(question.as_of)?))
    };
    let (mut figures, redefinitions) = read().map_err(|error| fault::ledger(&error))?;
    figures.retain(|figure| guest.may(Right::Read, &figure.region, None));
    if query.history && !question.history {
        // Of each period the last that is known, withdrawn or not: a reader has to be told of both.
        let mut last: Vec<Observation> = Vec::with_capacity(figures.len());
        for figure in figures {
            match last.last_mut() {
                Some(before) if is_revised(before, &figure) => *before = figure,
                _ => last.push(figure),
            }
        }
        figures = last;
    }
    Ok(Known { figures, redefinitions })
}

fn is_revised(before: &Observation, after: &Observation) -> bool {
    before.indicator == after.indicator
        && before.region == after.region
        && before.facet == after.facet
        && before.period == after.period
}

/// The codes of all lists, with names as of a day; of regions those that have figures, and what they belong to.
pub(super) fn codes(
    house: &House,
    ledger: &Ledger,
    guest: &Guest,
    day: Option<Day>,
) -> Result<Codes, Failure> {
    let read = || Ok((ledger.observed()?, ledger.own_regions()?));
    let (mut observed, own) = read().map_err(|error| fault::ledger(&error))?;
    observed.retain(|(_, region, ..)| guest.may(Right::Read, region, None));
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for region in &own {
        // Of several names the latest of that day.
        if day.is_none_or(|day| region.since <= day) || !names.contains_key(region.code.as_str()) {
            names.insert(&region.code, &region.name);
        }
    }
    let name = |code: &str| match names.get(code) {
        Some(name) => Some((*name).to_owned()),
        None if code == NATION => Some("全国".to_owned()),
        None => Region::of_code(code).map(|region| region.name.to_owned()),
    };
    let mut regions: BTreeMap<String, String> = BTreeMap::new();
    for (_, region, ..) in &observed {
        let mut next = Some(region.clone());
        while let Some(code) = next {
            if regions.contains_key(&code) {
                break;
            }
            let Some(found) = name(&code) else { break };
            next = Codes::above(&code);
            regions.insert(code, found);
        }
    }
    let pairs =
        observed.iter().map(|(indicator, region, ..)| (indicator.as_str(), region.as_str()));
    Ok(Codes::new(&house.catalogue, &regions, pairs))
}

/// Whether a figure is one that holds no longer.
pub(super) fn is_withdrawn(cell: &Cell<'_>) -> bool {
    cell.figure.status == ObservationStatus::Withdrawn
}
