//! Rules held against the figures of a duty, at entry: on the page, on upload, from the command line.

pub(crate) mod table;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use assessment::formula::Figures;
use assessment::{FigureAt, Finding, RuleSet, default_rules};
use ledger::{Ledger, LedgerError};
use terms::{
    DutySheet, Facet, Figure, FormItem, Indicator, Observation, RuleSeverity, Series, Unit,
};

use crate::clock;
use crate::figures::LedgerFigures;

/// The rules that come with the program with those of the ledger laid over them, ready to be held against figures: one of
/// the same code takes the other's place, one that is not active takes it away. A rule that no longer fits the catalogue
/// is left out.
pub(crate) fn rules(ledger: &Ledger, catalogue: &[Indicator]) -> Result<RuleSet, LedgerError> {
    let kept = ledger.rules()?;
    let (mut rules, _) = default_rules(catalogue);
    rules.retain(|rule| !kept.iter().any(|known| known.rule.code == rule.code));
    rules.extend(kept.into_iter().filter(|known| known.active).map(|known| known.rule));
    Ok(RuleSet::compile(&rules, catalogue).unwrap_or_else(|errors| {
        rules.retain(|rule| !errors.iter().any(|error| error.code == rule.code));
        RuleSet::compile(&rules, catalogue).unwrap_or_default()
    }))
}

/// What a rule found in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LineFinding {
    /// The line, by its position.
    pub(crate) position: u32,
    /// How much it weighs.
    pub(crate) severity: RuleSeverity,
    /// What was found, in a sentence.
    pub(crate) sentence: String,
}

/// What the rules find in the lines of a duty, if they said this. Figures of the same round that other departments
/// filed count as known; two departments that file different figures for the same thing are told of each other.
pub(crate) fn findings(
    ledger: &Ledger,
    rules: &RuleSet,
    sheet: &DutySheet,
    figures: &[(u32, Figure)],
) -> Result<Vec<LineFinding>, LedgerError> {
    let regions = ledger.observed_regions()?;
    let known = LedgerFigures::of(ledger, regions.iter().map(String::as_str));
    let desk = Desk::new(ledger, &known, sheet, figures)?;
    let mut found = Vec::new();
    for slot in &sheet.slots {
        let Some(own) = desk.own.get(&key(&slot.item)) else { continue };
        if own.value.is_none() {
            continue;
        }
        let at = FigureAt {
            indicator: &slot.item.indicator,
            region: &sheet.duty.region,
            facet: slot.item.facet,
            period: sheet.round.period,
        };
        let line = |severity, sentence| LineFinding { position: slot.position, severity, sentence };
        let broken = rules.check(&desk, at).into_iter();
        found.extend(broken.map(|Finding { severity, sentence, .. }| line(severity, sentence)));
        for (department, other) in desk.elsewhere(&key(&slot.item)) {
            if !differ(own, &other) {
                continue;
            }
            let value = other.value.as_ref().map(ToString::to_string).unwrap_or_default();
            let sentence = format!("与{department}所报的 {value} {} 不一致", other.unit.as_str());
            found.push(line(RuleSeverity::Reason, sentence));
        }
    }
    if let Some(error) = desk.failed.into_inner() {
        return Err(error);
    }
    known.forget()?;
    Ok(found)
}

fn differ(own: &Observation, other: &Observation) -> bool {
    let exact = |known: &Observation| known.value.as_ref().and_then(|value| value.exact());
    match (exact(own), exact(other)) {
        (Some(own_value), Some(value)) => {
            other.unit.convert(value, &own.unit).is_none_or(|value| value != own_value)
        }
        _ => false,
    }
}

/// What stands in the way of handing figures in: a rule that says error, or one that asks for a reason where none is
/// given.
pub(crate) fn obstacles<'a>(
    found: &'a [LineFinding],
    figures: &[(u32, Figure)],
) -> Vec<&'a LineFinding> {
    let reasoned = |position: u32| {
        figures.iter().any(|(own, figure)| *own == position && !figure.note.trim().is_empty())
    };
    found
        .iter()
        .filter(|finding| match finding.severity {
            RuleSeverity::Error => true,
            RuleSeverity::Reason => !reasoned(finding.position),
            RuleSeverity::Warning => false,
        })
        .collect()
}

type Key = (Arc<str>, Facet);

fn key(item: &FormItem) -> Key {
    (Arc::clone(&item.indicator), item.facet)
}

/// The ledger's series with what lies on the desk laid over them.
struct Desk<'a> {
    ledger: &'a Ledger,
    known: &'a LedgerFigures<'a>,
    sheet: &'a DutySheet,
    /// What this duty says.
    own: HashMap<Key, Observation>,
    /// What other duties say, as far as it was asked.
    elsewhere: RefCell<HashMap<Key, Vec<(String, Observation)>>>,
    failed: RefCell<Option<LedgerError>>,
}

impl<'a> Desk<'a> {
    fn new(
        ledger: &'a Ledger,
        known: &'a LedgerFigures<'a>,
        sheet: &'a DutySheet,
        figures: &[(u32, Figure)],
    ) -> Result<Self, LedgerError> {
        let mut own = HashMap::new();
        for slot in &sheet.slots {
            let figure = figures.iter().find(|(position, _)| *position == slot.position);
            if let Some((_, figure)) = figure {
                own.insert(key(&slot.item), observation(sheet, &slot.item, figure));
            }
        }
        let (elsewhere, failed) = (RefCell::default(), RefCell::default());
        Ok(Desk { ledger, known, sheet, own, elsewhere, failed })
    }

    /// The figure that lies on the desk, this duty's before another's.
    fn filed(&self, key: &Key) -> Option<Observation> {
        match self.own.get(key) {
            Some(own) => Some(own.clone()),
            None => self.elsewhere(key).into_iter().next().map(|(_, said)| said),
        }
    }

    /// What other duties of the round say for the same region, each with the name of its department.
    fn elsewhere(&self, key: &Key) -> Vec<(String, Observation)> {
        if let Some(known) = self.elsewhere.borrow().get(key) {
            return known.clone();
        }
        let (indicator, facet) = key;
        let found = match self.ledger.filed_elsewhere(&self.sheet.duty, indicator, *facet) {
            Ok(found) => {
                let said = |(department, unit, figure): (String, Unit, Figure)| {
                    let item = FormItem { indicator: Arc::clone(indicator), facet: *facet, unit };
                    (department, observation(self.sheet, &item, &figure))
                };
                found.into_iter().map(said).collect()
            }
            Err(error) => {
                self.failed.borrow_mut().get_or_insert(error);
                Vec::new()
            }
        };
        self.elsewhere.borrow_mut().insert(key.clone(), found.clone());
        found
    }
}

fn observation(sheet: &DutySheet, item: &FormItem, figure: &Figure) -> Observation {
    Observation {
        indicator: Arc::clone(&item.indicator),
        region: Arc::clone(&sheet.duty.region),
        facet: item.facet,
        period: sheet.round.period,
        vintage: clock::today().unwrap_or(sheet.round.opens),
        value: figure.value.clone(),
        unit: item.unit.clone(),
        status: figure.status,
        source: sheet.form.as_str().into(),
        note: figure.note.as_str().into(),
    }
}

impl Figures for Desk<'_> {
    fn series(&self, indicator: &str, region: &str, facet: Facet) -> Option<Arc<Series>> {
        let known = self.known.series(indicator, region, facet);
        if *region != *self.sheet.duty.region {
            return known;
        }
        let Some(filed) = self.filed(&(Arc::from(indicator), facet)) else { return known };
        let mut series = known.map_or_else(Series::default, |known| Series::clone(&known));
        let known = &mut series.observations;
        match known.binary_search_by_key(&filed.period, |known| known.period) {
            Ok(there) => known[there] = filed,
            Err(place) => known.insert(place, filed),
        }
        Some(Arc::new(series))
    }

    fn children(&self, region: &str) -> Vec<String> {
        self.known.children(region)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_that_comes_with_the_program_fits_the_catalogue() {
        let catalogue = statement::catalogue();
        let (expected, left_out) = default_rules(&catalogue);
        assert_eq!(left_out, Vec::<String>::new());
        let set = RuleSet::compile(&expected, &catalogue).unwrap();
        assert_eq!(set.rules().count(), expected.len());
        assert!(expected.len() >= 4);
    }
}
