//! A comparison as data: JSON Lines and comma-separated values.

use std::io::{self, Write};

use serde::Serialize;
use terms::{ComparedDocument, ComparedLine, Comparison, MatchedBy, Statement};

use super::difference_unit;
use crate::csv::{MARK, cause, cells, harmless};
use crate::record::{FIELDS, Record};

#[derive(Serialize)]
struct Summary<'a> {
    record: &'static str,
    compared_as: &'a str,
    before: Described<'a>,
    after: Described<'a>,
    counts: Vec<Count<'a>>,
    remarks: &'a [String],
}

#[derive(Serialize)]
pub(crate) struct Described<'a> {
    document: &'a str,
    file: &'a str,
    title: Option<&'a str>,
    region: Option<&'a str>,
    result_year: Option<i32>,
    plan_year: Option<i32>,
}

#[derive(Serialize)]
struct Count<'a> {
    aspect: &'a str,
    relation: &'a str,
    lines: usize,
}

#[derive(Serialize)]
struct Line<'a> {
    record: &'static str,
    aspect: &'a str,
    relation: &'a str,
    matched_by: Option<&'a str>,
    likeness: Option<String>,
    difference: Option<String>,
    difference_unit: Option<&'a str>,
    reason: Option<&'a str>,
    before: Option<Record<'a>>,
    after: Option<Record<'a>>,
}

/// What stands before the statements' own fields.
const OWN_FIELDS: [&str; 9] = [
    "aspect",
    "relation",
    "matched_by",
    "likeness",
    "difference",
    "difference_unit",
    "reason",
    "before_file",
    "after_file",
];

/// Writes a comparison as JSON Lines: an object `summary` with the documents and counts first, then an object a
/// line, each with both statements as `read` writes them.
pub fn jsonl(out: &mut impl Write, comparison: &Comparison) -> io::Result<()> {
    let count = |(aspect, relation, lines): &(terms::Aspect, terms::Relation, usize)| Count {
        aspect: aspect.as_str(),
        relation: relation.as_str(),
        lines: *lines,
    };
    let summary = Summary {
        record: "summary",
        compared_as: comparison.compared_as.as_str(),
        before: (&comparison.before).into(),
        after: (&comparison.after).into(),
        counts: comparison.counts.iter().map(count).collect(),
        remarks: &comparison.remarks,
    };
    object(out, &summary)?;
    comparison.lines.iter().try_for_each(|line| {
        object(
            out,
            &Line {
                record: "line",
                aspect: line.aspect.as_str(),
                relation: line.relation.as_str(),
                matched_by: line.matched_by.map(MatchedBy::as_str),
                likeness: line.likeness.map(|likeness| likeness.to_string()),
                difference: line.difference.map(|difference| difference.to_string()),
                difference_unit: difference_unit(line),
                reason: line.reason.as_deref(),
                before: line.before.as_ref().map(Record::from),
                after: line.after.as_ref().map(Record::from),
            },
        )
    })
}

fn object(out: &mut impl Write, object: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, object).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

impl<'a> From<&'a ComparedDocument> for Described<'a> {
    fn from(document: &'a ComparedDocument) -> Self {
        let profile = &document.profile;
        Described {
            document: &document.id,
            file: &document.name,
            title: profile.title.as_deref(),
            region: profile.region.as_deref(),
            result_year: profile.result_year,
            plan_year: profile.plan_year,
        }
    }
}

/// Writes the lines of a comparison as comma-separated values (RFC 4180, UTF-8 with a byte-order mark, a line of
/// field names first): what was found, then the fields of both statements.
pub fn csv(out: &mut impl Write, comparison: &Comparison) -> io::Result<()> {
    out.write_all(MARK)?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let sides = ["before", "after"];
    let fields = sides.iter().flat_map(|side| FIELDS.map(|field| format!("{side}_{field}")));
    let own = OWN_FIELDS.map(str::to_owned);
    writer.write_record(own.into_iter().chain(fields)).map_err(cause)?;
    for line in &comparison.lines {
        let both = [&line.before, &line.after].map(statement);
        let row = found(comparison, line).into_iter().chain(both.into_iter().flatten());
        writer.write_record(row).map_err(cause)?;
    }
    writer.flush()
}

fn found(comparison: &Comparison, line: &ComparedLine) -> [String; OWN_FIELDS.len()] {
    let text =
        |text: Option<&str>| text.map(|text| harmless(text).into_owned()).unwrap_or_default();
    let file = |statement: &Option<Statement>, document: &ComparedDocument| {
        text(statement.as_ref().map(|_| document.name.as_str()))
    };
    [
        line.aspect.to_string(),
        line.relation.to_string(),
        line.matched_by.map(|by| by.to_string()).unwrap_or_default(),
        line.likeness.map(|likeness| likeness.to_string()).unwrap_or_default(),
        line.difference.map(|difference| difference.to_string()).unwrap_or_default(),
        text(difference_unit(line)),
        text(line.reason.as_deref()),
        file(&line.before, &comparison.before),
        file(&line.after, &comparison.after),
    ]
}

pub(crate) fn statement(statement: &Option<Statement>) -> [String; FIELDS.len()] {
    match statement {
        Some(statement) => cells(&Record::from(statement)),
        None => std::array::from_fn(|_| String::new()),
    }
}
