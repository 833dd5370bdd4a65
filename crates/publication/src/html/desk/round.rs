//! The rounds, and how far one is.

use terms::{Day, DutyProgress, Punctuality, Round};

use super::super::View;
use super::Names;

/// A round with how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundLine {
    /// The round.
    pub round: Round,
    /// How many duties it has.
    pub duties: usize,
    /// How many of them were handed in.
    pub handed_in: usize,
    /// How many of them are late and not handed in.
    pub overdue: usize,
    /// How many of them are locked in every line.
    pub locked: usize,
}

/// All rounds.
#[derive(Debug, Clone, Copy)]
pub struct RoundsPage<'a> {
    /// Today.
    pub today: Day,
    /// The rounds, the newest first.
    pub rounds: &'a [RoundLine],
    /// Whether the visitor may open one.
    pub may_plan: bool,
}

/// What was just done to a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundDone {
    /// It was opened.
    Opened,
    /// So many figures were locked.
    Locked(usize),
    /// A duty was given more time.
    Extended,
}

/// One round.
#[derive(Debug, Clone, Copy)]
pub struct RoundPage<'a> {
    /// Today.
    pub today: Day,
    /// The round.
    pub round: &'a Round,
    /// All duties of the round that the visitor may see, whatever `only` says.
    pub duties: &'a [DutyProgress],
    /// Only these are shown, by the address's `show` (see [`punctuality_named`]).
    pub only: Option<Punctuality>,
    /// Names of regions.
    pub regions: &'a Names,
    /// Whether the visitor may lock and give more time.
    pub may_plan: bool,
    /// What was just done.
    pub done: Option<RoundDone>,
    /// Why something was not done.
    pub fault: Option<&'a str>,
}

/// The punctuality that a word of an address names: `open`, `in-time`, `late`, `overdue`, `closed`.
pub fn punctuality_named(word: &str) -> Option<Punctuality> {
    use Punctuality::{Closed, InTime, Late, Open, Overdue};
    [Overdue, Closed, Open, Late, InTime].into_iter().find(|known| named(*known) == word)
}

fn named(punctuality: Punctuality) -> &'static str {
    match punctuality {
        Punctuality::Open => "open",
        Punctuality::InTime => "in-time",
        Punctuality::Late => "late",
        Punctuality::Overdue => "overdue",
        Punctuality::Closed => "closed",
    }
}

/// The page `/rounds`; leads to `/rounds/new`.
pub fn rounds(view: &View, page: &RoundsPage<'_>) -> String {
    super::stub(view, &page.today.to_string())
}

/// The page `/rounds/{code}`: posts `vintage` (a day) to `/rounds/{code}/lock`, and `until` (a day) and `comment` to
/// `/duties/{number}/extend`; leads to `/rounds/{code}/bulletin.json` and `/rounds/{code}/reminders.zip`.
pub fn round(view: &View, page: &RoundPage<'_>) -> String {
    super::stub(view, &page.round.name)
}
