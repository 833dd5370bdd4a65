//! Reports as documents: one [`Report`] becomes a Word document, a workbook, a PDF and a page.
//!
//! What is said stands in the report; how it looks is decided here. Every run of text may name its source, which becomes
//! a footnote or a comment where sources are asked for.

pub mod docx;
mod number;
#[cfg(feature = "pdf")]
pub mod pdf;
mod workbook;

use rust_decimal::Decimal;
use serde::Serialize;
use terms::{Amount, Comparator, Status};

pub use number::Numbering;
pub use workbook::{SHEETS, workbook};

/// A report.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// Its title.
    pub title: String,
    /// The body that makes it; a gap where it is not known.
    pub issuer: String,
    /// The region that it is about, by name.
    pub region: String,
    /// Its code, where it is known.
    pub region_code: Option<String>,
    /// The year that it is about.
    pub year: i16,
    /// The day whose knowledge it tells, as `2024年2月3日`.
    pub date: String,
    /// The same as `2024-02-03`: what stands in the properties of a file.
    pub day: String,
    /// Headings, paragraphs and tables.
    pub blocks: Vec<Block>,
    /// What is appended, each on a page of its own.
    pub annexes: Vec<Annex>,
    /// The figures behind it, for the workbook.
    #[serde(skip)]
    pub figures: Figures,
}

impl Report {
    /// How many gaps the author has to fill.
    pub fn gaps(&self) -> usize {
        let annexed = self.annexes.iter().flat_map(|annex| &annex.blocks);
        let runs = self.blocks.iter().chain(annexed).flat_map(Block::runs);
        runs.filter(|run| run.missing).count()
    }
}

/// Something that is appended to a report.
#[derive(Debug, Clone, Serialize)]
pub struct Annex {
    /// Its title.
    pub title: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A part of a report that stands on lines of its own.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Block {
    /// A heading. Its number is not part of its text.
    Heading {
        /// From 1, the highest, to 4.
        level: usize,
        /// Its words.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        runs: Vec<Run>,
    },
    /// A line without indent, as it addresses the readers.
    Salutation {
        /// Its words.
        text: String,
    },
    /// A table.
    Table(Table),
}

impl Block {
    /// A heading.
    pub fn heading(level: usize, text: impl Into<String>) -> Block {
        Block::Heading { level, text: text.into() }
    }

    /// The words of a paragraph or a table, piece by piece.
    pub fn runs(&self) -> impl Iterator<Item = &Run> {
        let (paragraph, table): (&[Run], &[Vec<Run>]) = match self {
            Block::Paragraph { runs } => (runs, &[]),
            Block::Table(table) => (&[], &table.rows),
            Block::Heading { .. } | Block::Salutation { .. } => (&[], &[]),
        };
        paragraph.iter().chain(table.iter().flatten())
    }
}

/// Some words of one source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Where they come from, in words; empty where they are the report's own.
    pub source: String,
    /// Whether they say that something is missing which the author has to add.
    pub missing: bool,
    /// Whether they begin a paragraph as its topic.
    pub strong: bool,
}

impl Run {
    /// Words of the report itself.
    pub fn plain(text: impl Into<String>) -> Run {
        Run { text: text.into(), ..Run::default() }
    }

    /// Words that come from somewhere.
    pub fn from(text: impl Into<String>, source: impl Into<String>) -> Run {
        Run { text: text.into(), source: source.into(), ..Run::default() }
    }

    /// A gap that the author has to fill: `【缺：…】`.
    pub fn missing(what: &str) -> Run {
        Run { text: format!("【缺：{what}】"), missing: true, ..Run::default() }
    }
}

/// A table.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// What it is called; may be empty.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, a cell for each column.
    pub rows: Vec<Vec<Run>>,
}

/// A column of a table.
#[derive(Debug, Clone, Serialize)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Its width relative to that of the others.
    pub width: u32,
    /// Whether it holds numbers, which stand to the right.
    pub number: bool,
}

impl Column {
    /// A column of words.
    pub fn words(heading: impl Into<String>, width: u32) -> Column {
        Column { heading: heading.into(), width, number: false }
    }

    /// A column of numbers.
    pub fn numbers(heading: impl Into<String>, width: u32) -> Column {
        Column { heading: heading.into(), width, number: true }
    }
}

/// The figures behind a report.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// Indicators, one side (level or growth) of each in a line.
    pub indicators: Vec<IndicatorLine>,
    /// Projects with their investment of the year.
    pub projects: Vec<ProjectLine>,
    /// Their sums by level, and of all under an empty level; only of those whose both numbers are known.
    pub project_totals: Vec<ProjectTotal>,
}

/// One side of an indicator: what was planned, and what came of it.
#[derive(Debug, Clone)]
pub struct IndicatorLine {
    /// Its field of work.
    pub group: String,
    /// Its name; of a growth with 增速.
    pub name: String,
    /// The unit of all its numbers.
    pub unit: String,
    /// What was reached the year before.
    pub previous: Option<Sourced>,
    /// What was planned.
    pub target: Option<(Comparator, Sourced)>,
    /// What was reached.
    pub result: Option<(Comparator, Sourced)>,
    /// The part of the year that the result is about, as `1—9月`; empty where it is the whole.
    pub part: String,
    /// The result over the target in percent, to one decimal, where that says anything.
    pub completion: Option<Decimal>,
    /// The result minus the target.
    pub difference: Option<Decimal>,
    /// The result over that of the year before, minus one, in percent, to one decimal; of levels only.
    pub growth: Option<Decimal>,
    /// What is planned for the next year.
    pub next: Option<(Comparator, Sourced)>,
    /// Where it stands; `None` where nothing can be said.
    pub status: Option<Status>,
    /// Why.
    pub reason: String,
}

/// A number with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced {
    /// The number.
    pub value: Amount,
    /// The upper end of a range.
    pub upper: Option<Amount>,
    /// Whether it is only aimed at (力争).
    pub aim: bool,
    /// Where it comes from, in words.
    pub source: String,
}

/// A project with its investment of the year, in 亿元.
#[derive(Debug, Clone)]
pub struct ProjectLine {
    /// Its level (省级, 市级, 县级).
    pub level: String,
    /// Its name.
    pub name: String,
    /// What was planned.
    pub planned: Option<Decimal>,
    /// What was invested.
    pub actual: Option<Decimal>,
    /// The second over the first in percent, to one decimal.
    pub rate: Option<Decimal>,
    /// Where it stands, in words.
    pub state: String,
    /// Where that comes from.
    pub source: String,
}

/// What the projects of a level come to, in 亿元.
#[derive(Debug, Clone)]
pub struct ProjectTotal {
    /// The level; empty for all.
    pub level: String,
    /// How many projects there are.
    pub count: usize,
    /// Of how many of them both numbers are known.
    pub known: usize,
    /// What was planned.
    pub planned: Decimal,
    /// What was invested.
    pub actual: Decimal,
    /// The second over the first in percent, to one decimal.
    pub rate: Option<Decimal>,
}

/// Where an indicator stands, in the words of a report.
pub fn status_name(status: Status) -> &'static str {
    crate::labels::outcome(status)
}

/// Whether sources are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sources {
    /// As footnotes, or as comments of cells.
    Shown,
    /// Not at all.
    #[default]
    Hidden,
}

/// Why a document could not be made; its text is a Chinese sentence.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReportError {
    /// The template is not what it should be.
    Template(String),
    /// Something is not there that is needed.
    Needs(String),
    /// The document could not be written.
    Failed(String),
}

impl std::fmt::Display for ReportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ReportError::Template(what) => write!(f, "模板不能用：{what}"),
            ReportError::Needs(what) => f.write_str(what),
            ReportError::Failed(what) => write!(f, "无法生成文件：{what}"),
        }
    }
}

impl std::error::Error for ReportError {}
