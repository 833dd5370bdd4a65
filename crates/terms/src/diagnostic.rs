//! What a stage has to say about its input, beside its result.

use crate::Span;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// How much a diagnostic matters.
    Severity {
        /// Worth knowing.
        Note = "note",
        /// Something is missing or doubtful; the result stands.
        Warning = "warning",
        /// The input could not be used here.
        Error = "error",
    }
}

/// One remark on the input: broken input is normal, so stages return these beside their result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// A stable code in kebab case, for example `digit-lost`.
    pub code: String,
    /// What is the matter, in Chinese, one sentence.
    pub message: String,
    /// The place in the repaired text, in bytes, where there is one.
    pub span: Option<Span>,
}
