//! Tables as text: what every reader of CSV files does first, and says of a broken one.

/// The text of a table in UTF-8, with or without a byte-order mark, GB18030 or another encoding of text.
pub(crate) fn decoded(bytes: &[u8]) -> Result<String, String> {
    // The usual case needs no search for the encoding, and no room for every character.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => document::decode(bytes).map_err(|error| error.to_string()),
    }
}

/// The rows of a CSV file in any encoding of Chinese text, each with its line.
///
/// # Errors
/// In Chinese, where it is no text or no CSV.
pub(crate) fn records(bytes: &[u8]) -> Result<Vec<(u64, csv::StringRecord)>, String> {
    let text = decoded(bytes)?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| broken(&error))?;
        records.push((record.position().map_or(0, csv::Position::line), record));
    }
    Ok(records)
}

/// Where a table breaks off, and that it does.
pub(crate) fn broken(error: &csv::Error) -> String {
    let line = error.position().map_or(1, csv::Position::line);
    format!("第 {line} 行：不是完整的 CSV（{error}）")
}

/// The place of the column that a title fits, in the first line of a table; `None` where there is none.
///
/// # Errors
/// Where a second one fits, with its title.
pub(crate) fn column(
    header: &csv::StringRecord,
    fits: impl Fn(&str) -> bool,
) -> Result<Option<usize>, String> {
    place(header, fits).map_err(|said| format!("第 1 行：{said}"))
}

/// The same in any line, which the error does not name.
pub(crate) fn place(
    header: &csv::StringRecord,
    fits: impl Fn(&str) -> bool,
) -> Result<Option<usize>, String> {
    let mut fitting = header.iter().enumerate().filter(|(_, title)| fits(title));
    let first = fitting.next().map(|(place, _)| place);
    match fitting.next() {
        Some((_, title)) => Err(format!("“{title}”列重复（应只有一列）")),
        None => Ok(first),
    }
}

/// What workbooks begin with: those of Excel 2007 and later, and older ones.
pub(crate) const WORKBOOKS: [&[u8]; 3] = [b"PK\x03\x04", b"PK\x05\x06", b"\xD0\xCF\x11\xE0"];

/// Whether bytes seem to be a workbook and no text.
pub(crate) fn is_workbook(bytes: &[u8]) -> bool {
    WORKBOOKS.iter().any(|beginning| bytes.starts_with(beginning))
}
