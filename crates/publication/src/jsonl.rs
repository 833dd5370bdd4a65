//! Statements as JSON Lines: one object a line, in text order.

use std::io::{self, Write};

use terms::Statement;

use crate::record::Record;

/// Writes statements as JSON Lines. Numbers are strings, so that no reader rounds them and a lost digit stays
/// lost; fields that do not apply are `null`.
pub fn write<'a>(
    out: &mut impl Write,
    statements: impl IntoIterator<Item = &'a Statement>,
) -> io::Result<()> {
    for statement in statements {
        serde_json::to_writer(&mut *out, &Record::from(statement)).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
