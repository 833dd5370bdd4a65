//! Answers to questions in SQL: rows of values under names, as a table, comma-separated values or JSON.

use std::io::{self, Write};

use serde_json::{Map, Value};

use crate::csv::{MARK, cause, harmless};
use crate::table;

/// A value of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum AnswerValue {
    /// There is none.
    None,
    /// A whole number.
    Integer(i64),
    /// A number with a fraction that was computed in the question.
    Real(f64),
    /// A text, and every figure.
    Text(String),
}

impl AnswerValue {
    fn said(&self) -> String {
        match self {
            AnswerValue::None => String::new(),
            AnswerValue::Integer(number) => number.to_string(),
            AnswerValue::Real(number) => number.to_string(),
            AnswerValue::Text(text) => text.clone(),
        }
    }

    fn data(&self) -> Value {
        match self {
            AnswerValue::None => Value::Null,
            AnswerValue::Integer(number) => Value::from(*number),
            AnswerValue::Real(number) => Value::from(*number),
            AnswerValue::Text(text) => Value::from(text.as_str()),
        }
    }
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerFormat {
    /// A table for reading, to fit so many columns of a terminal.
    Table(Option<u16>),
    /// Comma-separated values (RFC 4180, UTF-8 with a byte-order mark).
    Csv,
    /// One array of objects.
    Json,
    /// An object a line.
    Jsonl,
}

/// Writes an answer as it comes, row by row; a table is written at the end, since its columns are as wide as what they
/// hold.
pub struct AnswerWriter<'a> {
    out: &'a mut dyn Write,
    format: AnswerFormat,
    names: Vec<String>,
    kept: Vec<Vec<String>>,
    rows: usize,
}

impl<'a> AnswerWriter<'a> {
    /// An answer to be written to `out`.
    pub fn new(out: &'a mut dyn Write, format: AnswerFormat) -> Self {
        AnswerWriter { out, format, names: Vec::new(), kept: Vec::new(), rows: 0 }
    }

    /// The names of the columns.
    pub fn columns(&mut self, names: &[String]) -> io::Result<()> {
        self.names = names.to_vec();
        match self.format {
            AnswerFormat::Csv => {
                self.out.write_all(MARK)?;
                let names = self.names.clone();
                self.line(names)
            }
            AnswerFormat::Json => write!(self.out, "["),
            AnswerFormat::Table(_) | AnswerFormat::Jsonl => Ok(()),
        }
    }

    /// A row.
    pub fn row(&mut self, values: &[AnswerValue]) -> io::Result<()> {
        self.rows += 1;
        match self.format {
            AnswerFormat::Table(_) => {
                let one_line = |value: &AnswerValue| value.said().replace(['\n', '\r', '\t'], " ");
                self.kept.push(values.iter().map(one_line).collect());
                Ok(())
            }
            AnswerFormat::Csv => {
                let cell = |value: &AnswerValue| match value {
                    AnswerValue::Text(text) if text.parse::<f64>().is_err() => {
                        harmless(text).into_owned()
                    }
                    value => value.said(),
                };
                self.line(values.iter().map(cell).collect())
            }
            AnswerFormat::Json => {
                let before = if self.rows == 1 { "\n  " } else { ",\n  " };
                write!(self.out, "{before}{}", self.object(values))
            }
            AnswerFormat::Jsonl => writeln!(self.out, "{}", self.object(values)),
        }
    }

    /// Ends the answer; gives the number of its rows.
    pub fn end(self) -> io::Result<usize> {
        match self.format {
            AnswerFormat::Table(width) => {
                let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
                let mut rows = table::plain(&names, width);
                for row in self.kept {
                    rows.add_row(row);
                }
                let mut out = self.out;
                table::print(&mut out, &rows)?;
                writeln!(out, "共 {} 行", self.rows)?;
            }
            AnswerFormat::Json if self.rows == 0 => writeln!(self.out, "]")?,
            AnswerFormat::Json => writeln!(self.out, "\n]")?,
            AnswerFormat::Csv | AnswerFormat::Jsonl => {}
        }
        Ok(self.rows)
    }

    fn object(&self, values: &[AnswerValue]) -> Value {
        let pairs = self.names.iter().cloned().zip(values.iter().map(AnswerValue::data));
        Value::Object(pairs.collect::<Map<_, _>>())
    }

    fn line(&mut self, cells: Vec<String>) -> io::Result<()> {
        let mut line = Vec::new();
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut line);
        writer.write_record(cells).map_err(cause)?;
        writer.flush()?;
        drop(writer);
        self.out.write_all(&line)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn written(format: AnswerFormat) -> String {
        let mut out = Vec::new();
        let mut writer = AnswerWriter::new(&mut out, format);
        writer.columns(&["name".into(), "value".into(), "n".into()]).unwrap();
        let text = |text: &str| AnswerValue::Text(text.to_owned());
        writer.row(&[text("收入,一"), text("24.530"), AnswerValue::Integer(2)]).unwrap();
        writer.row(&[text("=1+1"), text("-3.5"), AnswerValue::None]).unwrap();
        assert_eq!(writer.end().unwrap(), 2);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn figures_keep_their_digits_in_every_format() {
        assert_eq!(
            written(AnswerFormat::Csv),
            "\u{feff}name,value,n\r\n\"收入,一\",24.530,2\r\n'=1+1,-3.5,\r\n"
        );
        let rows: Value = serde_json::from_str(&written(AnswerFormat::Json)).unwrap();
        assert_eq!(rows[0]["value"], "24.530");
        assert_eq!(rows[1]["n"], Value::Null);
        let lines = written(AnswerFormat::Jsonl);
        assert_eq!(lines.lines().count(), 2);
        assert_eq!(serde_json::from_str::<Value>(lines.lines().next().unwrap()).unwrap(), rows[0]);
        let table = written(AnswerFormat::Table(None));
        assert!(table.contains("24.530") && table.ends_with("共 2 行\n"), "{table}");
    }

    #[test]
    fn no_rows_are_no_fault() {
        let mut out = Vec::new();
        let mut writer = AnswerWriter::new(&mut out, AnswerFormat::Json);
        writer.columns(&["a".into()]).unwrap();
        assert_eq!(writer.end().unwrap(), 0);
        assert_eq!(String::from_utf8(out).unwrap(), "[]\n");
    }
}
