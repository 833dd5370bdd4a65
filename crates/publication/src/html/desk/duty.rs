//! One duty: the form of a department for a region, to be filled in or checked.

use terms::{Day, DutySheet, FigureAct};

use super::super::View;
use super::{LineContext, Names};

/// The page of a duty.
#[derive(Debug, Clone, Copy)]
pub struct DutyPage<'a> {
    /// Today.
    pub today: Day,
    /// The duty with its lines.
    pub sheet: &'a DutySheet,
    /// What else is known of each line, in the order of the sheet's.
    pub lines: &'a [LineContext],
    /// What the visitor may do here. Without one that writes the figures are plain text.
    pub acts: &'a [FigureAct],
    /// Names of regions.
    pub regions: &'a Names,
    /// Names of persons by login.
    pub people: &'a Names,
    /// The comment that was typed but is not in the ledger.
    pub comment: &'a str,
    /// Whether somebody else changed lines meanwhile: nothing was written.
    pub conflict: bool,
    /// What was just done.
    pub saved: Option<FigureAct>,
    /// Why it was not done.
    pub fault: Option<&'a str>,
}

/// The page `/duties/{number}`. Posts to the same address: `act` (the word of a [`FigureAct`]), `comment`, and for each
/// line `version-{position}` (0 where nothing was filed), for each line that can be written `value-…`, `status-…` and
/// `note-…`, for each line that was ticked `pick-…`. A workbook goes to `/duties/{number}/upload` as `file`. Leads to
/// `/duties/{number}/form.xlsx` and `/duties/{number}/history`.
pub fn duty(view: &View, page: &DutyPage<'_>) -> String {
    super::stub(view, &page.sheet.form)
}
