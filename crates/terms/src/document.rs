//! A source file as a repaired text with a map back to its bytes.

use crate::vocabulary::vocabulary;
use crate::{Diagnostic, Repair, Repairs, SourceMap, Span, Term};

/// A source file, read.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file's name without its folder.
    pub name: String,
    /// SHA-256 of the file's bytes in lower-case hexadecimal.
    pub hash: String,
    /// How many bytes the file has.
    pub size: usize,
    /// The encoding that was read, for example `UTF-8`.
    pub encoding: String,
    /// The repaired text.
    pub text: String,
    /// Where each character of `text` came from.
    pub map: SourceMap,
    /// Every repair, in text order.
    pub repairs: Repairs,
    /// Title, headings and paragraphs in text order, not overlapping.
    pub blocks: Vec<Block>,
    /// Its tables in text order; each has a block of its own.
    pub tables: Vec<Table>,
    /// The terms that it explains, in text order.
    pub glossary: Vec<Term>,
    /// What the document says of itself.
    pub profile: Profile,
    /// Remarks on the file as a whole or on places in it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Document {
    /// The text under a span of bytes of the repaired text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// Every repair, in text order, with the text before and after.
    pub fn repairs(&self) -> impl Iterator<Item = Repair<'_>> {
        self.repairs.iter(&self.text)
    }
}

/// What a document says of itself; `None` where it does not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// The report's own title.
    pub title: Option<String>,
    /// The body that reports.
    pub issuer: Option<String>,
    /// The region it reports on, as named in its title.
    pub region: Option<String>,
    /// The year whose results it reports.
    pub result_year: Option<i32>,
    /// The year for which it promises.
    pub plan_year: Option<i32>,
}

vocabulary! {
    /// What a block is.
    BlockKind {
        /// The report's title.
        Title = "title",
        /// A numbered heading; its level is kept beside.
        Heading = "heading",
        /// Running text.
        Paragraph = "paragraph",
        /// A table: a line a row, cells parted by tabs.
        Table = "table",
    }
}

/// A table in the text, where each row is a line and cells are parted by tabs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Its place in the repaired text, in bytes.
    pub span: Span,
    /// Its rows from the top. A cell that reaches over several columns or rows stands where it begins.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Its words in the repaired text, in bytes; empty where nothing stands in it.
    pub span: Span,
    /// Its column, from 0.
    pub column: usize,
    /// How many columns it reaches over, at least 1.
    pub columns: usize,
    /// How many rows it reaches over, at least 1.
    pub rows: usize,
}

vocabulary! {
    /// Which part of a report a block belongs to.
    Part {
        /// What the page put around the report: headline, date, source, disclaimer.
        Furniture = "furniture",
        /// Title, address, introduction.
        Opening = "opening",
        /// How last year's plan was executed.
        Results = "results",
        /// Difficulties and problems.
        Problems = "problems",
        /// What is promised for the coming year.
        Targets = "targets",
        /// The last words.
        Closing = "closing",
        /// Terms explained.
        Glossary = "glossary",
    }
}

/// A title, a heading or a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Depth of a heading, 1 for the highest; 0 for others.
    pub level: u8,
    /// The part of the report it belongs to.
    pub part: Part,
    /// Its place in the repaired text, in bytes.
    pub span: Span,
}
