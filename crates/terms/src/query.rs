//! What is asked of an assessment's statements, and of the ledger's figures: one question each for command line, pages
//! and data.

use crate::{Day, Facet, Kind, Period, Role, Status};

/// Which statements are wanted. Every field that is set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatementQuery {
    /// Words, parted by spaces, that must all occur in quote, measure, entity or sentence.
    pub text: Option<String>,
    /// Id of the document.
    pub document: Option<String>,
    /// A heading that must be on the statement's section path.
    pub section: Option<String>,
    /// Result, target or context.
    pub role: Option<Role>,
    /// With or without a number.
    pub kind: Option<Kind>,
    /// Code of the indicator.
    pub indicator: Option<String>,
    /// The unit as written.
    pub unit: Option<String>,
    /// Where it stands.
    pub status: Option<Status>,
    /// Only those of which the source lost a digit.
    pub lost: bool,
}

/// Which figures are wanted. Every field that is set must hold; a list that is empty asks for all.
///
/// The figures come by indicator, region, facet (levels first), period and the day on which they became known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FigureQuery {
    /// Codes of indicators.
    pub indicators: Vec<String>,
    /// Codes of regions.
    pub regions: Vec<String>,
    /// Levels, growth or both.
    pub facets: Vec<Facet>,
    /// Only figures whose last month is the first month of this period or later: from 2024-03 on, that of 2024 and that
    /// of January to May 2024 too.
    pub from: Option<Period>,
    /// Only figures whose last month is the last month of this period or earlier.
    pub to: Option<Period>,
    /// As they were known on this day; now, where there is none.
    pub as_of: Option<Day>,
    /// Only figures that became known later than on this day.
    pub updated_after: Option<Day>,
    /// All that was ever known, revised and withdrawn figures too; else of each period the last that is known, and none
    /// where that was withdrawn.
    pub history: bool,
    /// So many are left out at the beginning.
    pub offset: usize,
    /// Not more than so many.
    pub limit: Option<usize>,
}
