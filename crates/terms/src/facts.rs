//! What a ledger knows at a time.

use crate::{Block, Diagnostic, Headline, Indicator, Profile, RepairKind, Statement, Term};

/// A document as the ledger keeps it.
#[derive(Debug, Clone)]
pub struct FiledDocument {
    /// The first eight digits of the hash; names the document in addresses and statement ids.
    pub id: String,
    /// SHA-256 of the file's bytes in lower-case hexadecimal.
    pub hash: String,
    /// The file's name at import.
    pub name: String,
    /// How many bytes the file has.
    pub size: usize,
    /// The encoding that was read.
    pub encoding: String,
    /// What the document says of itself.
    pub profile: Profile,
    /// The repaired text.
    pub text: String,
    /// Title, headings and paragraphs.
    pub blocks: Vec<Block>,
    /// The terms that it explains, in text order.
    pub glossary: Vec<Term>,
    /// How many repairs of each kind were made, kinds without any left out.
    pub repairs: Vec<(RepairKind, usize)>,
    /// Remarks of the reader.
    pub diagnostics: Vec<Diagnostic>,
    /// When it was imported, RFC 3339.
    pub imported_at: String,
    /// Who imported it.
    pub imported_by: String,
    /// The report's own account of its headline indicators.
    pub headline: Option<Headline>,
    /// Its statements in text order.
    pub statements: Vec<Statement>,
}

/// What a ledger knows at a time.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The time, RFC 3339.
    pub as_of: String,
    /// The documents, the latest plan year first.
    pub documents: Vec<FiledDocument>,
    /// The indicator catalogue.
    pub indicators: Vec<Indicator>,
}
