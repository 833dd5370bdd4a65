//! What several pages of the desk share.

use std::collections::BTreeMap;

/// Names by code. A region that is not in it is looked up among the bundled divisions; a code without a name stands
/// for itself.
pub type Names = BTreeMap<String, String>;

/// What was wrong with a form that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trouble<'a> {
    /// The name of the field at fault, which the summary leads to; empty where no single field is.
    pub field: &'a str,
    /// What is wrong and what was expected, in a sentence.
    pub sentence: &'a str,
}
