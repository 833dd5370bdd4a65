//! What a document claims, sentence by sentence.

use std::sync::Arc;

use crate::vocabulary::vocabulary;
use crate::{Amount, Diagnostic, Span, Unit};

vocabulary! {
    /// Whether a statement carries a number.
    Kind {
        /// A claim with a number.
        Quantity = "quantity",
        /// A named award, status, opening or completion that can be checked with yes or no.
        Milestone = "milestone",
    }
}

vocabulary! {
    /// How the true value relates to the one that is stated.
    Comparator {
        /// Just this.
        Equal = "=",
        /// At least.
        AtLeast = ">=",
        /// At most.
        AtMost = "<=",
        /// More than.
        Above = ">",
        /// Less than.
        Below = "<",
        /// About.
        About = "~",
        /// Between the value and the upper value.
        Range = "range",
    }
}

impl Comparator {
    /// How the number with the other sign relates to its value: a fall by 3 or more is a growth of −3 or less.
    pub fn mirrored(self) -> Comparator {
        match self {
            Comparator::AtLeast => Comparator::AtMost,
            Comparator::AtMost => Comparator::AtLeast,
            Comparator::Above => Comparator::Below,
            Comparator::Below => Comparator::Above,
            other => other,
        }
    }
}

vocabulary! {
    /// What kind of number it is.
    Basis {
        /// A stock, a rate or an amount reached in the period.
        Level = "level",
        /// Something added, built, won, held.
        Increment = "increment",
        /// A change against an earlier period.
        Growth = "growth",
        /// A place in an order.
        Rank = "rank",
        /// How often, or how many times in a row.
        Frequency = "frequency",
    }
}

vocabulary! {
    /// Where a growth goes.
    Direction {
        /// More than before.
        Up = "up",
        /// Less than before.
        Down = "down",
    }
}

vocabulary! {
    /// Whether a statement reports, promises, or gives background.
    Role {
        /// It happened in the past year.
        Result = "result",
        /// It is promised for the coming year.
        Target = "target",
        /// Background, history, definitions.
        Context = "context",
    }
}

vocabulary! {
    /// How strongly a target is promised.
    Modality {
        /// 确保, 完成, or plain.
        Firm = "firm",
        /// 力争, 争取, 争创, 谋划.
        Aim = "aim",
    }
}

/// One checkable claim with its place in the source. The meaning of the fields is that of the labelling guide.
///
/// A full report makes a statement every hundred bytes, so each is kept small: what it has in common with its
/// neighbours (sentence, section, code and unit) is shared with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Stable within a document: its hash's first eight digits, a hyphen, and the statement's number.
    pub id: Box<str>,
    /// With or without a number.
    pub kind: Kind,
    /// The shortest stretch of the repaired text that carries the claim.
    pub quote: Box<str>,
    /// The number, multipliers such as 万 staying in the unit; `None` for a milestone.
    pub value: Option<Amount>,
    /// The upper end of a range.
    pub upper: Option<Amount>,
    /// The unit as written, with its multiplier; empty for a ratio; `None` for a milestone.
    pub unit: Option<Unit>,
    /// `None` for a milestone.
    pub comparator: Option<Comparator>,
    /// `None` for a milestone.
    pub basis: Option<Basis>,
    /// For a growth only.
    pub direction: Option<Direction>,
    /// What is measured, without the number.
    pub measure: Box<str>,
    /// Whom it is about, when that is not the report's own region.
    pub entity: Option<Box<str>>,
    /// Result, target or context.
    pub role: Role,
    /// The year that the claim is about.
    pub year: Option<i32>,
    /// For a target only.
    pub modality: Option<Modality>,
    /// Code of the catalogue's indicator that the measure names, where one does without doubt.
    pub indicator: Option<Arc<str>>,
    /// Place in the repaired text, in bytes.
    pub span: Span,
    /// Place in the repaired text, in characters.
    pub characters: Span,
    /// Place in the source file, in bytes.
    pub source: Span,
    /// Headings from the highest to the nearest.
    pub section: Arc<[Arc<str>]>,
    /// The whole sentence.
    pub sentence: Arc<str>,
}

/// Words that say that a figure is about a part of the year, which a statement does not tell otherwise.
const PART_OF_YEAR: &[&str] = &[
    "上半年",
    "下半年",
    "季度",
    "月份",
    "1月",
    "2月",
    "3月",
    "4月",
    "5月",
    "6月",
    "7月",
    "8月",
    "9月",
    "10月",
    "11月",
    "12月",
    "月末",
    "当前",
    "目前",
    "截至",
];

impl Statement {
    /// The word, if any, that says that the figure is about a part of the year.
    pub fn part_of_year(&self) -> Option<&'static str> {
        let words = [&*self.measure, &*self.sentence];
        PART_OF_YEAR.iter().copied().find(|word| words.iter().any(|text| text.contains(word)))
    }
}

/// All that a document states.
#[derive(Debug, Clone, Default)]
pub struct Statements {
    /// In text order.
    pub statements: Vec<Statement>,
    /// The report's own account of its headline indicators, where it gives one.
    pub headline: Option<Headline>,
    /// Remarks.
    pub diagnostics: Vec<Diagnostic>,
}

vocabulary! {
    /// What a report says became of one of its indicators.
    Verdict {
        /// The target was met.
        Met = "met",
        /// It fell short.
        Short = "short",
        /// There is no figure.
        NoData = "no-data",
    }
}

/// A report's own account of its headline indicators: "of 30 indicators, 26 …, 3 …, 1 …".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// How many indicators the report says there are.
    pub declared: Option<u32>,
    /// How many it says were met.
    pub declared_met: Option<u32>,
    /// How many it says fell short.
    pub declared_short: Option<u32>,
    /// The indicators in text order.
    pub outcomes: Vec<Outcome>,
    /// The sentences in the repaired text, in bytes.
    pub span: Span,
}

/// What a report says became of one headline indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The indicator as the report names it.
    pub name: String,
    /// Code of the catalogue's indicator, where the name is known.
    pub indicator: Option<Arc<str>>,
    /// What became of it as a whole.
    pub verdict: Verdict,
    /// Why, in the report's words, where it says so.
    pub reason: Option<String>,
    /// Facets that the report tells apart, for example growth met and level off.
    pub facets: Vec<FacetOutcome>,
    /// Place of the name in the repaired text, in bytes.
    pub span: Span,
    /// Place of the name in the repaired text, in characters.
    pub characters: Span,
    /// Place of the name in the source file, in bytes.
    pub source: Span,
}

/// What a report says of one facet of an indicator's target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetOutcome {
    /// The facet: growth or level.
    pub facet: Basis,
    /// What became of it.
    pub verdict: Verdict,
    /// Why, in the report's words.
    pub reason: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_stays_small() {
        assert!(size_of::<Statement>() <= 30 * size_of::<usize>(), "{}", size_of::<Statement>());
    }
}
