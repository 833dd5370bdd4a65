//! Terms that a document explains.

use crate::Span;

/// A term that a document explains in its own glossary (名词解释).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its name as the glossary writes it, without its number and the quotation marks around it.
    pub name: String,
    /// The name's place in the repaired text, in bytes.
    pub span: Span,
    /// The place of what it means in the repaired text, in bytes.
    pub definition: Span,
}
