//! What a person owes now, and what waits for a check.

use terms::{Day, DutyProgress, Round};

use super::super::View;
use super::Names;

/// What a person has to do.
#[derive(Debug, Clone, Copy)]
pub struct HomePage<'a> {
    /// Today.
    pub today: Day,
    /// What the person owes as a clerk; shown most urgent first.
    pub owed: &'a [(Round, DutyProgress)],
    /// What waits for the person's check as a reviewer.
    pub to_review: &'a [(Round, DutyProgress)],
    /// Names of regions.
    pub regions: &'a Names,
}

/// The page `/desk`.
pub fn home(view: &View, page: &HomePage<'_>) -> String {
    super::stub(view, &page.today.to_string())
}
