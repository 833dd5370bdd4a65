//! Opening a round.

use terms::Form;

use super::super::View;
use super::Trouble;

/// A round as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedRound {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The time that its figures are about.
    pub period: String,
    /// The first day.
    pub opens: String,
    /// The last day in time.
    pub due: String,
    /// The last day.
    pub closes: String,
}

/// The page on which a round is opened.
#[derive(Debug, Clone, Copy)]
pub struct NewRoundPage<'a> {
    /// The forms that are still filed, each with whether it is ticked.
    pub forms: &'a [(Form, bool)],
    /// What the fields hold.
    pub typed: &'a TypedRound,
    /// Why the round was not opened.
    pub fault: Option<Trouble<'a>>,
}

/// The page `/rounds/new`: posts `code`, `name`, `period`, `opens`, `due`, `closes` and, for each ticked form,
/// `form` to `/rounds`.
pub fn new_round(view: &View, page: &NewRoundPage<'_>) -> String {
    super::stub(view, &page.typed.name)
}
