//! Everything that was ever filed for a duty.

use terms::{DutySheet, Filing};

use super::super::View;
use super::Names;

/// A version of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledVersion {
    /// The line, by its position on the form.
    pub position: u32,
    /// What was filed.
    pub filing: Filing,
}

/// The versions of a duty's lines.
#[derive(Debug, Clone, Copy)]
pub struct DutyHistoryPage<'a> {
    /// The duty with its lines.
    pub sheet: &'a DutySheet,
    /// Names of the lines' indicators, in the order of the sheet's lines.
    pub lines: &'a [String],
    /// The versions, the newest first.
    pub versions: &'a [FiledVersion],
    /// Names of regions.
    pub regions: &'a Names,
    /// Names of persons by login.
    pub people: &'a Names,
}

/// The page `/duties/{number}/history`.
pub fn duty_history(view: &View, page: &DutyHistoryPage<'_>) -> String {
    super::stub(view, &page.sheet.form)
}
