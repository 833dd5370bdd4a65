//! What is asked of an assessment's statements: one question for command line, pages and data.

use crate::{Kind, Role, Status};

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
