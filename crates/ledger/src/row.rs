//! The tables' columns, and rows as the shared words and back.

use std::str::FromStr;
use std::sync::Arc;

use rusqlite::types::Type;
use rusqlite::{Connection, Params, Row};
use terms::{
    Block, Diagnostic, FacetOutcome, FiledDocument, Headline, Indicator, Outcome, Pool, Profile,
    RepairKind, Span, Statement, Term, Unit,
};

/// A table: its name, the column that names the owner of a row, and its columns in the order in which rows are
/// written, read and hashed.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) owner: &'static str,
    pub(crate) order: &'static str,
    pub(crate) columns: &'static [&'static str],
}

pub(crate) const DOCUMENT: Table = Table {
    name: "document",
    owner: "id",
    order: "id",
    columns: &[
        "id",
        "hash",
        "name",
        "size",
        "encoding",
        "title",
        "issuer",
        "region",
        "result_year",
        "plan_year",
        "text",
        "imported_at",
        "imported_by",
        "source",
    ],
};
pub(crate) const BLOCK: Table = Table {
    name: "block",
    owner: "document",
    order: "position",
    columns: &["document", "position", "kind", "level", "part", "text_start", "text_end"],
};
pub(crate) const REPAIR: Table = Table {
    name: "repair",
    owner: "document",
    order: "position",
    columns: &["document", "position", "kind", "number"],
};
pub(crate) const REMARK: Table = Table {
    name: "remark",
    owner: "document",
    order: "position",
    columns: &["document", "position", "severity", "code", "message", "text_start", "text_end"],
};
pub(crate) const STATEMENT: Table = Table {
    name: "statement",
    owner: "document",
    order: "position",
    columns: &[
        "document",
        "position",
        "id",
        "kind",
        "quote",
        "value",
        "upper",
        "unit",
        "comparator",
        "basis",
        "direction",
        "measure",
        "entity",
        "role",
        "year",
        "modality",
        "indicator",
        "text_start",
        "text_end",
        "char_start",
        "char_end",
        "source_start",
        "source_end",
        "section",
        "sentence",
    ],
};
pub(crate) const HEADLINE: Table = Table {
    name: "headline",
    owner: "document",
    order: "position",
    columns: &[
        "document",
        "position",
        "declared",
        "declared_met",
        "declared_short",
        "text_start",
        "text_end",
    ],
};
pub(crate) const OUTCOME: Table = Table {
    name: "outcome",
    owner: "document",
    order: "position",
    columns: &[
        "document",
        "position",
        "name",
        "indicator",
        "verdict",
        "reason",
        "text_start",
        "text_end",
        "char_start",
        "char_end",
        "source_start",
        "source_end",
    ],
};
pub(crate) const FACET: Table = Table {
    name: "facet",
    owner: "document",
    order: "position",
    columns: &["document", "position", "outcome", "facet", "verdict", "reason"],
};
pub(crate) const TERM: Table = Table {
    name: "term",
    owner: "document",
    order: "position",
    columns: &[
        "document",
        "position",
        "name",
        "text_start",
        "text_end",
        "definition_start",
        "definition_end",
    ],
};
pub(crate) const INDICATOR: Table = Table {
    name: "indicator",
    owner: "catalogue",
    order: "position",
    columns: &[
        "catalogue",
        "position",
        "code",
        "name",
        "english",
        "synonyms",
        "unit",
        "better",
        "definition",
        "owner",
        "frequency",
        "formula",
    ],
};
pub(crate) const LINK: Table = Table {
    name: "link_decision",
    owner: "entry",
    order: "entry",
    columns: &["entry", "measure", "written", "decision", "indicator", "at", "author", "reason"],
};

/// The columns of an indicator that the first schema had; entries of that time are hashed over these.
pub(crate) const INDICATOR_OF_SCHEMA_1: Table =
    Table { columns: INDICATOR.columns.split_at(10).0, ..INDICATOR };

/// Every table whose rows belong to a document, in the order in which they are hashed.
pub(crate) const OF_DOCUMENT: &[&Table] =
    &[&DOCUMENT, &BLOCK, &REPAIR, &REMARK, &STATEMENT, &HEADLINE, &OUTCOME, &FACET, &TERM];

/// Parts texts that are kept in one column: U+001F, the unit separator, which no report contains.
const SEPARATOR: char = '\u{1f}';

impl Table {
    /// The query for the rows of one owner in order.
    pub(crate) fn select(&self) -> String {
        let Table { name, owner, order, columns } = self;
        format!("SELECT {} FROM {name} WHERE {owner} = ?1 ORDER BY {order}", columns.join(", "))
    }

    /// Adds a row; the values stand in the order of the columns.
    pub(crate) fn insert(
        &self,
        transaction: &Connection,
        values: impl Params,
    ) -> rusqlite::Result<()> {
        let marks = vec!["?"; self.columns.len()].join(", ");
        let query =
            format!("INSERT INTO {} ({}) VALUES ({marks})", self.name, self.columns.join(", "));
        transaction.prepare_cached(&query)?.execute(values).map(|_| ())
    }
}

/// Texts as one column.
pub(crate) fn join<T: AsRef<str>>(texts: &[T]) -> String {
    let clean: Vec<String> =
        texts.iter().map(|text| text.as_ref().replace(SEPARATOR, "")).collect();
    clean.join(&SEPARATOR.to_string())
}

fn split(column: &str) -> impl Iterator<Item = &str> {
    column.split(SEPARATOR).filter(|_| !column.is_empty())
}

/// A whole number for a column. No text and no list reaches 2^63.
pub(crate) fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(crate) fn unfit(
    column: usize,
    error: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error.into())
}

/// Something that is kept as a word.
pub(crate) fn word<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    T: FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    let word: String = row.get(column)?;
    word.parse().map_err(|error| unfit(column, error))
}

fn optional_word<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>>
where
    T: FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    let word: Option<String> = row.get(column)?;
    word.map(|word| word.parse().map_err(|error| unfit(column, error))).transpose()
}

fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<usize> {
    let number: i64 = row.get(column)?;
    usize::try_from(number).map_err(|error| unfit(column, error))
}

fn span(row: &Row<'_>, column: usize) -> rusqlite::Result<Span> {
    let (start, end) = (number(row, column)?, number(row, column + 1)?);
    if start > end {
        return Err(unfit(column, format!("{start} > {end}")));
    }
    Ok(Span::new(start, end))
}

/// A document without its lists.
pub(crate) fn document(row: &Row<'_>) -> rusqlite::Result<FiledDocument> {
    Ok(FiledDocument {
        id: row.get(0)?,
        hash: row.get(1)?,
        name: row.get(2)?,
        size: number(row, 3)?,
        encoding: row.get(4)?,
        profile: Profile {
            title: row.get(5)?,
            issuer: row.get(6)?,
            region: row.get(7)?,
            result_year: row.get(8)?,
            plan_year: row.get(9)?,
        },
        text: row.get(10)?,
        imported_at: row.get(11)?,
        imported_by: row.get(12)?,
        blocks: Vec::new(),
        glossary: Vec::new(),
        repairs: Vec::new(),
        diagnostics: Vec::new(),
        headline: None,
        statements: Vec::new(),
    })
}

pub(crate) fn block(row: &Row<'_>) -> rusqlite::Result<Block> {
    Ok(Block { kind: word(row, 2)?, level: row.get(3)?, part: word(row, 4)?, span: span(row, 5)? })
}

pub(crate) fn repair(row: &Row<'_>) -> rusqlite::Result<(RepairKind, usize)> {
    Ok((word(row, 2)?, number(row, 3)?))
}

pub(crate) fn remark(row: &Row<'_>) -> rusqlite::Result<Diagnostic> {
    let placed: Option<i64> = row.get(5)?;
    Ok(Diagnostic {
        severity: word(row, 2)?,
        code: row.get(3)?,
        message: row.get(4)?,
        span: placed.map(|_| span(row, 5)).transpose()?,
    })
}

/// What the statements of a document have in common with their neighbours, kept once.
#[derive(Default)]
pub(crate) struct Common {
    texts: Pool,
    /// The section of the last statement, with its column.
    section: (Box<str>, Arc<[Arc<str>]>),
}

impl Common {
    fn text(&mut self, row: &Row<'_>, column: usize) -> rusqlite::Result<Arc<str>> {
        Ok(self.texts.share(&row.get::<_, Box<str>>(column)?))
    }

    fn optional_text(
        &mut self,
        row: &Row<'_>,
        column: usize,
    ) -> rusqlite::Result<Option<Arc<str>>> {
        let text: Option<Box<str>> = row.get(column)?;
        Ok(text.map(|text| self.texts.share(&text)))
    }

    fn section(&mut self, row: &Row<'_>, column: usize) -> rusqlite::Result<Arc<[Arc<str>]>> {
        let joined: Box<str> = row.get(column)?;
        if joined != self.section.0 {
            let headings = split(&joined).map(|heading| self.texts.share(heading)).collect();
            self.section = (joined, headings);
        }
        Ok(Arc::clone(&self.section.1))
    }
}

/// A statement; they are read in text order.
pub(crate) fn statement(row: &Row<'_>, common: &mut Common) -> rusqlite::Result<Statement> {
    Ok(Statement {
        id: row.get(2)?,
        kind: word(row, 3)?,
        quote: row.get(4)?,
        value: optional_word(row, 5)?,
        upper: optional_word(row, 6)?,
        unit: common.optional_text(row, 7)?.map(Unit::new),
        comparator: optional_word(row, 8)?,
        basis: optional_word(row, 9)?,
        direction: optional_word(row, 10)?,
        measure: row.get(11)?,
        entity: row.get(12)?,
        role: word(row, 13)?,
        year: row.get(14)?,
        modality: optional_word(row, 15)?,
        indicator: common.optional_text(row, 16)?,
        span: span(row, 17)?,
        characters: span(row, 19)?,
        source: span(row, 21)?,
        section: common.section(row, 23)?,
        sentence: common.text(row, 24)?,
    })
}

/// A headline without its outcomes.
pub(crate) fn headline(row: &Row<'_>) -> rusqlite::Result<Headline> {
    Ok(Headline {
        declared: row.get(2)?,
        declared_met: row.get(3)?,
        declared_short: row.get(4)?,
        outcomes: Vec::new(),
        span: span(row, 5)?,
    })
}

/// An outcome without its facets.
pub(crate) fn outcome(row: &Row<'_>) -> rusqlite::Result<Outcome> {
    Ok(Outcome {
        name: row.get(2)?,
        indicator: row.get(3)?,
        verdict: word(row, 4)?,
        reason: row.get(5)?,
        facets: Vec::new(),
        span: span(row, 6)?,
        characters: span(row, 8)?,
        source: span(row, 10)?,
    })
}

/// A facet with the place of its outcome.
pub(crate) fn facet(row: &Row<'_>) -> rusqlite::Result<(usize, FacetOutcome)> {
    let facet = FacetOutcome { facet: word(row, 3)?, verdict: word(row, 4)?, reason: row.get(5)? };
    Ok((number(row, 2)?, facet))
}

pub(crate) fn term(row: &Row<'_>) -> rusqlite::Result<Term> {
    Ok(Term { name: row.get(2)?, span: span(row, 3)?, definition: span(row, 5)? })
}

pub(crate) fn indicator(row: &Row<'_>) -> rusqlite::Result<Indicator> {
    Ok(Indicator {
        code: row.get(2)?,
        name: row.get(3)?,
        english: row.get(4)?,
        synonyms: split(&row.get::<_, String>(5)?).map(str::to_owned).collect(),
        unit: row.get(6)?,
        better: word(row, 7)?,
        definition: row.get(8)?,
        owner: row.get(9)?,
        frequency: word(row, 10)?,
        formula: row.get(11)?,
    })
}
