//! What is wrong with a draft: as a table for a terminal, as JSON, as SARIF, as comments in the draft itself.

mod comments;
mod sarif;

use std::io::{self, Write};

use serde::Serialize;
use terms::{CheckedDraft, DraftFinding, Place, Severity, Span};

use crate::table::{plain, print, shortened};

pub use comments::{CommentError, commented, paragraphs};
pub use sarif::sarif;

/// A finding for programs.
#[derive(Serialize)]
struct Record<'a> {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<usize>,
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    source: &'a str,
    excerpt: &'a str,
    suggestion: Option<&'a str>,
}

/// Findings as a table, with a last line that counts them.
pub fn table(out: &mut impl Write, draft: &CheckedDraft<'_>, width: Option<u16>) -> io::Result<()> {
    if draft.findings.is_empty() {
        return writeln!(out, "没有发现问题：{}", draft.name);
    }
    let mut table = plain(&["位置", "代码", "问题", "依据"], width);
    for finding in draft.findings {
        let place = Place::of(draft.text, finding.span);
        let suggestion = finding.suggestion.as_ref();
        let message = suggestion.map_or_else(
            || finding.message.clone(),
            |right| format!("{}（应为{right}）", finding.message),
        );
        table.add_row([
            format!("{}:{}", place.line, place.column),
            format!("{} {}", finding.code, finding.code.chinese()),
            message,
            shortened(&finding.source, 60),
        ]);
    }
    print(out, &table)?;
    let errors = draft.findings.iter().filter(|finding| is_error(finding)).count();
    let warnings = draft.findings.len() - errors;
    writeln!(out, "共 {} 处：错误 {errors} · 提请核对 {warnings}", draft.findings.len())
}

/// Findings as a JSON array.
pub fn json(out: &mut impl Write, draft: &CheckedDraft<'_>) -> io::Result<()> {
    let records = draft.findings.iter().enumerate().map(|(number, finding)| {
        let place = Place::of(draft.text, finding.span);
        Record {
            line: place.line,
            column: place.column,
            end_line: place.end_line,
            end_column: place.end_column,
            paragraph: draft.paragraphs.get(number).copied().flatten(),
            code: finding.code.as_str(),
            severity: finding.severity.as_str(),
            message: &finding.message,
            source: &finding.source,
            excerpt: excerpt(draft.text, finding.span),
            suggestion: finding.suggestion.as_deref(),
        }
    });
    let records: Vec<Record<'_>> = records.collect();
    serde_json::to_writer_pretty(&mut *out, &records)?;
    writeln!(out)
}

fn is_error(finding: &DraftFinding) -> bool {
    finding.severity == Severity::Error
}

/// The words of a place; of a long one the first line.
fn excerpt(text: &str, span: Span) -> &str {
    let words = text.get(span.range()).unwrap_or_default();
    words.lines().next().unwrap_or_default()
}
