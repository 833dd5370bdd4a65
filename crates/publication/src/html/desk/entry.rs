//! The lines of a form, to be filled in or to be read.

use terms::Period;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingWeight {
    /// The figure is not taken.
    Error,
    /// The figure is taken with a reason.
    Reason,
    /// The figure is taken; somebody should look again.
    Warning,
}

/// What a rule found in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFinding {
    /// How much it weighs.
    pub weight: FindingWeight,
    /// What was found, in a sentence.
    pub sentence: String,
}

/// A figure as somebody typed it, whether it can be read or not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedFigure {
    /// The value.
    pub value: String,
    /// The word of an `ObservationStatus`.
    pub status: String,
    /// The remark.
    pub note: String,
}

/// What is known of a line beside what was filed for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineContext {
    /// Name of the indicator.
    pub name: String,
    /// The figure before it, in the line's unit, with the time that it is about.
    pub previous: Option<(Period, String)>,
    /// The figure of the same months a year before, in the line's unit.
    pub year_ago: Option<(Period, String)>,
    /// What the rules found.
    pub findings: Vec<PageFinding>,
    /// What was typed but is not in the ledger.
    pub typed: Option<TypedFigure>,
    /// Whether somebody else changed the line after the visitor began to type: both are shown.
    pub in_conflict: bool,
    /// Why what was typed is not taken.
    pub fault: Option<String>,
}
