//! The figures of a ledger, as formulas and rules ask for them.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use assessment::formula::{Figures, region_above};
use ledger::{Ledger, LedgerError};
use terms::{Day, Facet, Series};

/// By indicator, region and facet; `None` where there is no figure.
type Known = HashMap<(String, String, Facet), Option<Arc<Series>>>;

/// Series as they are known now or were on a day, each read once until [`LedgerFigures::forget`].
pub(crate) struct LedgerFigures<'a> {
    ledger: &'a Ledger,
    regions: BTreeSet<&'a str>,
    as_of: Option<Day>,
    known: RefCell<Known>,
    failed: RefCell<Option<LedgerError>>,
}

impl<'a> LedgerFigures<'a> {
    /// The figures of a ledger that has some of these regions.
    pub(crate) fn of(ledger: &'a Ledger, regions: impl Iterator<Item = &'a str>) -> Self {
        let regions = regions.collect();
        let (known, failed) = (RefCell::default(), RefCell::default());
        LedgerFigures { ledger, regions, as_of: None, known, failed }
    }

    /// The same figures as they were known on a day.
    pub(crate) fn known_on(self, day: Option<Day>) -> Self {
        LedgerFigures { as_of: day, ..self }
    }

    /// Lets go of what was read, as before the next region of a large ledger; tells of what could not be read.
    pub(crate) fn forget(&self) -> Result<(), LedgerError> {
        self.known.borrow_mut().clear();
        self.failed.borrow_mut().take().map_or(Ok(()), Err)
    }
}

impl Figures for LedgerFigures<'_> {
    fn series(&self, indicator: &str, region: &str, facet: Facet) -> Option<Arc<Series>> {
        let key = (indicator.to_owned(), region.to_owned(), facet);
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        let found = match self.ledger.series(indicator, region, facet, self.as_of) {
            Ok(series) => (!series.observations.is_empty()).then(|| Arc::new(series)),
            Err(error) => {
                // A rule cannot be told of it; the caller is, before anything is shown.
                self.failed.borrow_mut().get_or_insert(error);
                None
            }
        };
        self.known.borrow_mut().insert(key, found.clone());
        found
    }

    fn children(&self, region: &str) -> Vec<String> {
        let below = |code: &&&str| region_above(code).as_deref() == Some(region);
        self.regions.iter().filter(below).map(|code| (*code).to_owned()).collect()
    }
}
