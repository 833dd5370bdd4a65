//! A source file as a repaired text with a map back to its bytes.

use crate::vocabulary::vocabulary;
use crate::{Diagnostic, Span, Term};

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
    pub repairs: Vec<Repair>,
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

vocabulary! {
    /// The kinds of damage that are repaired.
    RepairKind {
        /// A byte-order mark or an encoding other than UTF-8.
        Encoding = "encoding",
        /// A pinyin reading written behind a character.
        Pinyin = "pinyin",
        /// A traditional character or phrase made simplified.
        Traditional = "traditional",
        /// A run of double-byte characters paired one byte off.
        Shifted = "shifted",
        /// A character inferred where the source lost one of its bytes.
        Inferred = "inferred",
        /// A digit that the source lost; printed as `〓`.
        LostDigit = "lost-digit",
        /// A character that the source lost and that could not be inferred; printed as `□`.
        LostCharacter = "lost-character",
        /// Width, spaces, zero-width characters.
        Spacing = "spacing",
    }
}

/// One repair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The kind of damage.
    pub kind: RepairKind,
    /// What now stands in the repaired text, in bytes; empty where something was removed.
    pub span: Span,
    /// What stood in the file, in bytes.
    pub source: Span,
    /// The text before, as decoded.
    pub before: String,
    /// The text after.
    pub after: String,
    /// Why this repair is right, or how sure it is; empty where the kind says enough.
    pub proof: String,
}

/// Where each character of a repaired text came from.
///
/// A character that was inferred or converted maps to the bytes that it stands for, so that a span of the
/// repaired text always maps to the span of source bytes from its first character's first byte to its last
/// character's last.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    starts: Vec<u32>,
    ends: Vec<u32>,
    /// Byte offset in the repaired text of every `STEP`-th character.
    anchors: Vec<u32>,
    bytes: usize,
}

const STEP: usize = 64;

impl SourceMap {
    /// An empty map.
    pub fn new() -> Self {
        SourceMap::default()
    }

    /// Notes that the next character of the repaired text came from these bytes of the source.
    pub fn push(&mut self, character: char, source: Span) {
        if self.starts.len().is_multiple_of(STEP) {
            self.anchors.push(self.bytes as u32);
        }
        self.starts.push(source.start as u32);
        self.ends.push(source.end as u32);
        self.bytes += character.len_utf8();
    }

    /// How many characters it maps.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether it maps nothing.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The number of the character that begins at byte `offset` of `text`, the text this map belongs to.
    pub fn character_at(&self, text: &str, offset: usize) -> usize {
        if self.anchors.is_empty() {
            return 0;
        }
        let step = self.anchors.partition_point(|anchor| *anchor as usize <= offset) - 1;
        let from = self.anchors[step] as usize;
        let between = text.as_bytes().get(from..offset).unwrap_or_default();
        step * STEP + between.iter().filter(|byte| (**byte as i8) >= -64).count()
    }

    /// A span of bytes of `text` as a span of its characters.
    pub fn characters(&self, text: &str, span: Span) -> Span {
        Span::new(self.character_at(text, span.start), self.character_at(text, span.end))
    }

    /// A span of characters as the span of source bytes that it came from.
    pub fn source(&self, characters: Span) -> Span {
        if characters.start >= self.starts.len() {
            let end = self.ends.last().copied().unwrap_or(0) as usize;
            return Span::new(end, end);
        }
        let start = self.starts[characters.start] as usize;
        if characters.is_empty() {
            return Span::new(start, start);
        }
        let last = characters.end.min(self.ends.len()) - 1;
        Span::new(start, (self.ends[last] as usize).max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_characters_back_to_bytes() {
        let text = "國(guó)5".replace("國(guó)", "国");
        let mut map = SourceMap::new();
        map.push('国', Span::new(0, 3));
        map.push('5', Span::new(10, 11));
        assert_eq!(map.characters(&text, Span::new(3, 4)), Span::new(1, 2));
        assert_eq!(map.source(Span::new(0, 2)), Span::new(0, 11));
        assert_eq!(map.source(Span::new(2, 2)), Span::new(11, 11));
    }

    #[test]
    fn counts_characters_across_many_anchors() {
        let text: String = "计划a".repeat(100);
        let mut map = SourceMap::new();
        for (at, character) in text.char_indices() {
            map.push(character, Span::new(at, at + character.len_utf8()));
        }
        for (number, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(map.character_at(&text, at), number);
        }
        assert_eq!(map.character_at(&text, text.len()), 300);
    }
}
