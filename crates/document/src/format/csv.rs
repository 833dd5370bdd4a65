//! Values parted by commas, semicolons or tabs.

use std::ops::Range;

use csv_core::{ReadFieldResult, ReaderBuilder};

use super::Raw;
use super::source::Source;
use super::writer::{Extent, Placed, Words, Writer};
use crate::ReadError;
use crate::decode::{self, Decoded};
use crate::repair::Cell;

/// What parts values, the most usual first.
const DELIMITERS: &[u8] = b",\t;";

/// How many lines are looked at.
const LOOK: usize = 20;

/// Text that is not called so is taken for a table of values only if every line has at least this many.
const FIELDS: usize = 3;

/// Whether a file is a table of values: by its name if there is any delimiter in it, else by the same number of
/// values in every line, and by having more than two lines and no sentence.
pub(super) fn is_csv(bytes: &[u8], extension: &str) -> bool {
    let lines = || {
        bytes
            .split(|byte| *byte == b'\n')
            .map(<[u8]>::trim_ascii_end)
            .filter(|line| !line.is_empty())
    };
    if matches!(extension, "csv" | "tsv") {
        return lines()
            .take(LOOK)
            .any(|line| DELIMITERS.iter().any(|delimiter| line.contains(delimiter)));
    }
    let count = |line: &[u8]| line.iter().filter(|byte| **byte == b',').count() + 1;
    let Some(first) = lines().next().map(count) else { return false };
    let stops = ["。", "，", "；"];
    let sentence = |line: &[u8]| {
        stops.iter().any(|stop| memchr::memmem::find(line, stop.as_bytes()).is_some())
    };
    first >= FIELDS
        && lines().nth(2).is_some()
        && lines().take(LOOK).all(|line| count(line) == first && !sentence(line))
}

/// Reads a table of values.
pub(super) fn read(bytes: &[u8]) -> Result<Raw<'static>, ReadError> {
    let Decoded { mut tape, encoding } = decode::decode(bytes)?;
    let cells = std::mem::take(&mut tape.cells);
    let text: String = cells.iter().map(|cell| cell.character).collect();
    let mut source = Source::new(&text, &cells);
    let delimiter = delimiter(&text);
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    let mut rows = vec![Vec::new()];
    let mut at = 0;
    let mut start = 0;
    let mut output = vec![0; 4096];
    loop {
        let (result, read, _) = reader.read_field(&text.as_bytes()[at..], &mut output);
        at += read;
        let ended = match result {
            // The value goes on: only its place in the text is wanted, not its copy.
            ReadFieldResult::OutputFull | ReadFieldResult::InputEmpty => continue,
            ReadFieldResult::Field { record_end } => record_end,
            ReadFieldResult::End => break,
        };
        let words = value(&mut source, start..at, delimiter);
        start = at;
        if let Some(row) = rows.last_mut() {
            row.push(Placed { extent: Extent { column: row.len(), columns: 1, rows: 1 }, words });
        }
        if ended {
            rows.push(Vec::new());
        }
    }
    rows.retain(|row| !row.is_empty());
    let mut writer = Writer::default();
    writer.table(rows)?;
    let (tape, tables) = writer.finish(tape);
    Ok(Raw { text: tape.into(), tables, encoding: encoding.to_string(), diagnostics: Vec::new() })
}

/// The words of the value that stands in these bytes with its quotes and delimiters.
fn value(source: &mut Source<'_>, range: Range<usize>, delimiter: u8) -> Vec<Cell> {
    let from = range.start;
    let written = source.text().get(range).unwrap_or("");
    let inner = written.trim_end_matches(['\n', '\r']);
    let skipped = inner.len() - inner.trim_start().len();
    let inner = inner.trim_start();
    let quoted = inner.starts_with('"');
    let body = match (quoted, inner.strip_suffix(char::from(delimiter))) {
        (_, Some(body)) if !quoted || body.len() > 1 && body.ends_with('"') => body,
        _ => inner,
    };
    let (body, skipped) = match body.strip_prefix('"') {
        Some(rest) if quoted => (rest.strip_suffix('"').unwrap_or(rest), skipped + 1),
        _ => (body, skipped),
    };
    let mut words = Words::default();
    let mut quote = false;
    for cell in source.cells(from + skipped, from + skipped + body.len()) {
        // Of two quotes in a quoted value one is meant.
        quote = quoted && cell.character == '"' && !quote;
        if !quote {
            // A line break in a value parts words.
            words.push(if cell.character == '\n' { cell.with(' ') } else { *cell });
        }
    }
    words.take_trimmed()
}

/// The delimiter that the first lines hold most of.
fn delimiter(text: &str) -> u8 {
    let count = |delimiter: u8| {
        let lines = text.lines().take(LOOK);
        lines.map(|line| line.bytes().filter(|byte| *byte == delimiter).count()).sum::<usize>()
    };
    let most = DELIMITERS.iter().copied().rev().max_by_key(|delimiter| count(*delimiter));
    most.unwrap_or(b',')
}
