//! A statement as a record: the fields and their order are those of the labelling guide, followed by the
//! statement's id, its places, its section and its sentence.

use serde::Serialize;
use terms::{Amount, Statement, Unit};

/// The names of the fields in order.
pub(crate) const FIELDS: [&str; 21] = [
    "id",
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
    "kind",
    "indicator",
    "start",
    "end",
    "source_start",
    "source_end",
    "section",
    "sentence",
];

/// A statement as a record.
#[derive(Serialize)]
pub(crate) struct Record<'a> {
    pub(crate) id: &'a str,
    pub(crate) quote: &'a str,
    pub(crate) value: Option<String>,
    pub(crate) upper: Option<String>,
    pub(crate) unit: Option<&'a str>,
    pub(crate) comparator: Option<&'a str>,
    pub(crate) basis: Option<&'a str>,
    pub(crate) direction: Option<&'a str>,
    pub(crate) measure: &'a str,
    pub(crate) entity: Option<&'a str>,
    pub(crate) role: &'a str,
    pub(crate) year: Option<i32>,
    pub(crate) modality: Option<&'a str>,
    pub(crate) kind: &'a str,
    pub(crate) indicator: Option<&'a str>,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) source_start: usize,
    pub(crate) source_end: usize,
    pub(crate) section: Vec<&'a str>,
    pub(crate) sentence: &'a str,
}

impl<'a> From<&'a Statement> for Record<'a> {
    fn from(statement: &'a Statement) -> Self {
        Record {
            id: &statement.id,
            quote: &statement.quote,
            value: statement.value.as_ref().map(Amount::to_string),
            upper: statement.upper.as_ref().map(Amount::to_string),
            unit: statement.unit.as_ref().map(Unit::as_str),
            comparator: statement.comparator.map(terms::Comparator::as_str),
            basis: statement.basis.map(terms::Basis::as_str),
            direction: statement.direction.map(terms::Direction::as_str),
            measure: &statement.measure,
            entity: statement.entity.as_deref(),
            role: statement.role.as_str(),
            year: statement.year,
            modality: statement.modality.map(terms::Modality::as_str),
            kind: statement.kind.as_str(),
            indicator: statement.indicator.as_deref(),
            start: statement.characters.start,
            end: statement.characters.end,
            source_start: statement.source.start,
            source_end: statement.source.end,
            section: statement.section.iter().map(AsRef::as_ref).collect(),
            sentence: &statement.sentence,
        }
    }
}
