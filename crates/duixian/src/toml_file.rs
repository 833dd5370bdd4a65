//! Settings that people keep in TOML files: numbers that stay exact, and faults with the line that they stand in.

use std::fmt;

use rust_decimal::Decimal;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};

/// A fault of a file; it prints with its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileFault {
    /// From 1; `None` where it is no line's.
    pub(crate) line: Option<usize>,
    /// What is wrong and what was expected: Chinese, in one line.
    pub(crate) said: String,
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "第 {line} 行：{}", self.said),
            None => f.write_str(&self.said),
        }
    }
}

/// Reads a text; `what` says what it should be.
pub(crate) fn read<T: DeserializeOwned>(text: &str, what: &str) -> Result<T, FileFault> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| line_of(text, span.start));
        let said = error.message().replace(['\n', '\r'], " ");
        FileFault { line, said: format!("不是{what}的 TOML（{said}）") }
    })
}

/// The line that a byte stands in, from 1.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// The line in which a field is written of the table whose head stands at a byte; that of the head where it is not.
pub(crate) fn line_of_field(text: &str, head: usize, field: &str) -> usize {
    let first = line_of(text, head);
    let rest = text.get(head..).unwrap_or_default();
    let end = rest.find("\n[[").unwrap_or(rest.len());
    let lines = rest.get(..end).unwrap_or_default().lines();
    let names = |line: &str| {
        let rest = line.trim_start().strip_prefix(field).map(str::trim_start);
        rest.is_some_and(|rest| rest.starts_with('='))
    };
    lines.enumerate().find(|(_, line)| names(line)).map_or(first, |(number, _)| first + number)
}

/// An exact number: whole, with a point, or as a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number(pub(crate) Decimal);

/// So many digits of a binary fraction are those that were written.
const SURE: usize = 15;

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = match toml::Value::deserialize(from)? {
            toml::Value::Integer(whole) => whole.to_string(),
            toml::Value::Float(fraction) => fraction.to_string(),
            toml::Value::String(text) => return exact(&text).map_err(D::Error::custom),
            other => {
                return Err(D::Error::custom(format!("{}（应为数）", other.type_str())));
            }
        };
        if text.bytes().filter(u8::is_ascii_digit).count() > SURE {
            return Err(D::Error::custom(format!("{text}（超过 {SURE} 位的数应写在引号里）")));
        }
        exact(&text).map_err(D::Error::custom)
    }
}

fn exact(text: &str) -> Result<Number, String> {
    let number = Decimal::from_str_exact(text.trim());
    number.map(Number).map_err(|_| format!("“{text}”（应为十进制数）"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Numbers {
        n: Vec<Number>,
    }

    #[test]
    fn numbers_stay_as_they_were_written() {
        let read = |text: &str| read::<Numbers>(text, "数");
        let found = read("n = [1, -2.50, 0.1, \"0.30000000000000000000000001\"]").unwrap().n;
        let shown: Vec<String> = found.iter().map(|number| number.0.to_string()).collect();
        assert_eq!(shown, ["1", "-2.5", "0.1", "0.30000000000000000000000001"]);
        for (text, line, said) in [
            ("# 一\nn = [0.1234567890123456]", 2, "应写在引号里"),
            ("n = [\n  1,\n  true,\n]", 3, "boolean（应为数）"),
            ("\n\nn = [\"1,000\"]", 3, "“1,000”（应为十进制数）"),
            ("n = [1\n", 2, "不是数的 TOML"),
        ] {
            let fault = read(text).unwrap_err();
            assert!(fault.said.contains(said), "{fault}");
            assert!(fault.line.is_some_and(|found| found <= line), "{fault} {text}");
        }
    }

    #[test]
    fn a_field_is_found_in_its_part() {
        let text = "[[a]]\ncode = 1\n[[a]]\ncode = 2\nunit = \"x\"\n";
        assert_eq!(line_of_field(text, 15, "unit"), 5);
        assert_eq!(line_of_field(text, 15, "weight"), 3);
        assert_eq!(line_of_field(text, 0, "unit"), 1);
    }
}
