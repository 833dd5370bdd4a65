//! Works: what a report says it did or will do, clause by clause.

use std::sync::Arc;

use crate::{Modality, Role, Span};

/// A clause of a report that tells of a piece of work. It claims nothing that could be checked by itself, so it is no
/// statement; but what a report promises to do, the next one may tell of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// The clause.
    pub quote: Box<str>,
    /// What is worked on: the clause without the verbs and adverbs that it begins with.
    pub object: Box<str>,
    /// Done, or to be done.
    pub role: Role,
    /// The year that it is about.
    pub year: Option<i32>,
    /// For work to be done, how firmly it is promised.
    pub modality: Option<Modality>,
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
