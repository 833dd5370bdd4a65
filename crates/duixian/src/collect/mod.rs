//! Forms that come back as workbooks: what was filled in, with the cell of each figure and of each fault.
//!
//! [`read`] reads a form that [`publication::form`] made; [`adopt`] finds in a department's own workbook where each
//! figure stands, and the [`Layout`] that it gives reads filled copies of that workbook.

mod adopt;
mod error;
mod figure;
mod header;
mod label;
mod layout;
mod workbook;

use std::sync::Arc;

use terms::{DutySheet, Facet, Figure, Unit};

pub(crate) use figure::percent;

pub use adopt::adopt;
pub use error::{CollectError, Fault};
pub use layout::{Layout, LayoutLine};
pub use workbook::read;

/// What came back of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// Code of the round.
    pub round: String,
    /// Code of the form.
    pub form: String,
    /// Code of the region.
    pub region: Arc<str>,
    /// Number of the duty in the ledger.
    pub duty: i64,
    /// The lines without a fault, in the order of the form.
    pub lines: Vec<ReturnedLine>,
    /// What cannot be read, cell by cell.
    pub faults: Vec<Fault>,
}

/// A line of a form as it came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedLine {
    /// Its position in the form, from 0.
    pub position: u32,
    /// Code of the indicator.
    pub indicator: Arc<str>,
    /// Level or growth.
    pub facet: Facet,
    /// The unit of the value.
    pub unit: Unit,
    /// The version of the filing that the form was made from; `None` if nothing was filed then. Of an adopted form,
    /// which cannot say, the version when it is read.
    pub version: Option<u32>,
    /// What was filled in; a line that was left empty has no value and the status normal.
    pub figure: Figure,
    /// The address of its value, for example `G7`.
    pub cell: String,
}

impl Returned {
    /// Checks that it answers this duty and that the form still asks what it asked when it was made.
    ///
    /// # Errors
    /// [`CollectError::Other`] names what differs, [`CollectError::Changed`] the first line that differs.
    pub fn belongs(&self, sheet: &DutySheet) -> Result<(), CollectError> {
        let duty = &sheet.duty;
        for (what, found, expected) in [
            ("轮次", &*self.round, &*duty.round),
            ("报表", &*self.form, &*duty.form),
            ("地区", &*self.region, &*duty.region),
            ("填报任务", &*self.duty.to_string(), &*duty.number.to_string()),
        ] {
            if found != expected {
                let (found, expected) = (found.to_owned(), expected.to_owned());
                return Err(CollectError::Other { what, found, expected });
            }
        }
        for line in &self.lines {
            let slot = sheet.slots.iter().find(|slot| slot.position == line.position);
            let same = slot.is_some_and(|slot| {
                let item = &slot.item;
                (&*item.indicator, item.facet, &item.unit)
                    == (&*line.indicator, line.facet, &line.unit)
            });
            if !same {
                let (cell, indicator) = (line.cell.clone(), line.indicator.to_string());
                return Err(CollectError::Changed { cell, indicator });
            }
        }
        Ok(())
    }
}
