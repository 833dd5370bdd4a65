//! Something measured.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// In which direction an indicator improves.
    Better {
        /// More is better.
        Higher = "higher",
        /// Less is better.
        Lower = "lower",
        /// A corridor is best.
        Within = "within",
    }
}

/// An entry of the indicator catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// Stable code, for example `gdp`.
    pub code: String,
    /// The Chinese name that is shown.
    pub name: String,
    /// The English name.
    pub english: String,
    /// Other names under which reports speak of it.
    pub synonyms: Vec<String>,
    /// The usual unit of its level, as written in reports.
    pub unit: String,
    /// Where it improves.
    pub better: Better,
    /// What it measures, in our own words, in Chinese.
    pub definition: String,
    /// The department that usually owns it; empty where none does.
    pub owner: String,
}
