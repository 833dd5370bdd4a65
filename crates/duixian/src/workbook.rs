//! A duty as a workbook: made, and read back; the one way for pages and the command line.

use ledger::{Ledger, LedgerError, Line};
use publication::form::{FormContext, form_workbook};
use publication::xlsx::XlsxError;
use terms::{DutySheet, Figure, Indicator, Region};

use crate::collect::{self, CollectError, Layout, Returned, ReturnedLine};
use crate::filing;

/// A workbook to be filled in.
pub(crate) struct Made {
    /// How the names of such files end, without the point.
    pub(crate) kind: String,
    pub(crate) bytes: Vec<u8>,
}

/// Why a workbook could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MakeError {
    /// The ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The workbook could not be written.
    #[error(transparent)]
    Workbook(#[from] XlsxError),
}

/// The form of a duty as a workbook: the bureau's own where one was adopted, else one that is made here.
pub(crate) fn of(
    ledger: &Ledger,
    catalogue: &[Indicator],
    sheet: &DutySheet,
) -> Result<Made, MakeError> {
    if let Some((file, _, bytes)) = ledger.layout(&sheet.duty.form)? {
        let kind = file.rsplit_once('.').map_or("xlsx", |(_, kind)| kind).to_owned();
        return Ok(Made { kind, bytes });
    }
    let region = Region::of_code(&sheet.duty.region);
    let mut context = FormContext {
        region: region.map_or_else(|| sheet.duty.region.to_string(), |known| known.full_name()),
        ..FormContext::default()
    };
    let swap = |known: Option<(terms::Period, String)>| known.map(|(period, text)| (text, period));
    for slot in &sheet.slots {
        let beside = filing::beside(ledger, catalogue, sheet, slot)?;
        context.last.push(swap(beside.previous));
        context.year_ago.push(swap(beside.year_ago));
    }
    let bytes = form_workbook(sheet, catalogue, &context)?;
    Ok(Made { kind: "xlsx".to_owned(), bytes })
}

/// What a filled workbook answers to a duty; `layout` is that of the bureau's own form, where one was adopted.
pub(crate) fn read(
    bytes: &[u8],
    layout: Option<&str>,
    sheet: &DutySheet,
    catalogue: &[Indicator],
) -> Result<Returned, CollectError> {
    let returned = match layout {
        Some(layout) => Layout::from_json(layout)
            .and_then(|layout| layout.read(bytes, sheet, catalogue))
            // A form that was made here is taken even where the bureau has its own.
            .or_else(|error| collect::read(bytes).map_err(|_| error)),
        None => collect::read(bytes),
    }?;
    returned.belongs(sheet)?;
    Ok(returned)
}

/// Whether a line says something, or says otherwise than what is filed.
pub(crate) fn speaks(line: &ReturnedLine, sheet: &DutySheet) -> bool {
    let filed =
        sheet.slots.iter().any(|slot| slot.position == line.position && slot.filing.is_some());
    filed || line.figure != Figure::default()
}

/// The lines of a workbook that say something, or that say otherwise than what is filed.
pub(crate) fn lines(returned: &Returned, sheet: &DutySheet) -> Vec<Line> {
    returned
        .lines
        .iter()
        .filter(|line| speaks(line, sheet))
        .map(|line| Line {
            position: line.position,
            seen: line.version.unwrap_or(0),
            figure: Some(line.figure.clone()),
        })
        .collect()
}
