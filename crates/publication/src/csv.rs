//! Statements as comma-separated values that spreadsheet programs open without harm.

use std::borrow::Cow;
use std::io::{self, Write};

use terms::Statement;

use crate::record::{FIELDS, Record};

/// Tells spreadsheet programs that the file is UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Writes statements as comma-separated values (RFC 4180, UTF-8 with a byte-order mark, a line of field names
/// first). The headings of a section are joined by ` / `.
pub fn write<'a>(
    out: &mut impl Write,
    statements: impl IntoIterator<Item = &'a Statement>,
) -> io::Result<()> {
    out.write_all(MARK)?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(FIELDS).map_err(cause)?;
    for statement in statements {
        let record = Record::from(statement);
        let places = [record.start, record.end, record.source_start, record.source_end];
        let [start, end, source_start, source_end] = places.map(|place| place.to_string());
        let year = record.year.map(|year| year.to_string());
        let or_empty = |field: Option<&'a str>| field.unwrap_or_default();
        let section = record.section.join(" / ");
        let text = [
            record.quote,
            or_empty(record.unit),
            record.measure,
            or_empty(record.entity),
            section.as_str(),
            record.sentence,
        ];
        let [quote, unit, measure, entity, section, sentence] = text.map(harmless);
        writer
            .write_record([
                record.id,
                &quote,
                record.value.as_deref().unwrap_or_default(),
                record.upper.as_deref().unwrap_or_default(),
                &unit,
                or_empty(record.comparator),
                or_empty(record.basis),
                or_empty(record.direction),
                &measure,
                &entity,
                record.role,
                year.as_deref().unwrap_or_default(),
                or_empty(record.modality),
                record.kind,
                or_empty(record.indicator),
                &start,
                &end,
                &source_start,
                &source_end,
                &section,
                &sentence,
            ])
            .map_err(cause)?;
    }
    writer.flush()
}

/// Text of a report that a spreadsheet program would run as a formula gets an apostrophe in front, which these
/// programs take for "this is text".
fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The error of the output itself, so that a reader who stops reading is told from a failure.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
