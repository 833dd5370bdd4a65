//! Statements as comma-separated values that spreadsheet programs open without harm.

use std::borrow::Cow;
use std::io::{self, Write};

use terms::Statement;

use crate::record::{FIELDS, Record};

/// Tells spreadsheet programs that the file is UTF-8.
pub(crate) const MARK: &[u8] = "\u{feff}".as_bytes();

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
        writer.write_record(cells(&Record::from(statement))).map_err(cause)?;
    }
    writer.flush()
}

/// The cells of a record, in the order of its fields.
pub(crate) fn cells(record: &Record<'_>) -> [String; FIELDS.len()] {
    let text = |field: &str| harmless(field).into_owned();
    let optional = |field: Option<&str>| text(field.unwrap_or_default());
    let plain = |field: Option<&str>| field.unwrap_or_default().to_owned();
    [
        record.id.to_owned(),
        text(record.quote),
        plain(record.value.as_deref()),
        plain(record.upper.as_deref()),
        optional(record.unit),
        plain(record.comparator),
        plain(record.basis),
        plain(record.direction),
        text(record.measure),
        optional(record.entity),
        record.role.to_owned(),
        record.year.map(|year| year.to_string()).unwrap_or_default(),
        plain(record.modality),
        record.kind.to_owned(),
        plain(record.indicator),
        record.start.to_string(),
        record.end.to_string(),
        record.source_start.to_string(),
        record.source_end.to_string(),
        text(&record.section.join(" / ")),
        text(record.sentence),
    ]
}

/// Text of a report that a spreadsheet program would run as a formula gets an apostrophe in front, which these
/// programs take for "this is text".
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The error of the output itself, so that a reader who stops reading is told from a failure.
pub(crate) fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
