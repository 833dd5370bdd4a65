//! Findings in the Static Analysis Results Interchange Format (SARIF) 2.1.0 of OASIS, which editors and code-review
//! services read.

use std::io::{self, Write};

use serde_json::{Value, json};
use terms::{CheckCode, CheckedDraft, DraftFinding, Place, Severity};

use super::excerpt;

/// Where the schema of the format is kept.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/// Findings as a SARIF log of one run.
pub fn sarif(out: &mut impl Write, draft: &CheckedDraft<'_>) -> io::Result<()> {
    let rules: Vec<Value> = CheckCode::ALL.iter().map(|code| rule(*code)).collect();
    let results: Vec<Value> = draft.findings.iter().map(|finding| result(draft, finding)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "duixian",
                "version": env!("CARGO_PKG_VERSION"),
                "language": "zh-CN",
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn rule(code: CheckCode) -> Value {
    json!({
        "id": code.as_str(),
        "name": code.chinese(),
        "shortDescription": { "text": code.chinese() },
        "fullDescription": { "text": code.meaning() },
    })
}

fn result(draft: &CheckedDraft<'_>, finding: &DraftFinding) -> Value {
    let place = Place::of(draft.text, finding.span);
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let index = CheckCode::ALL.iter().position(|code| *code == finding.code);
    let mut properties = json!({ "source": finding.source });
    if let (Some(right), Some(map)) = (&finding.suggestion, properties.as_object_mut()) {
        map.insert("suggestion".to_owned(), json!(right));
    }
    json!({
        "ruleId": finding.code.as_str(),
        "ruleIndex": index,
        "level": level,
        "message": { "text": finding.message },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(draft.name) },
            "region": {
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.end_line,
                "endColumn": place.end_column,
                "snippet": { "text": excerpt(draft.text, finding.span) },
            },
        }}],
        "properties": properties,
    })
}

/// A file's name as a relative reference (RFC 3986): what may not stand in one is written by its bytes.
fn uri(name: &str) -> String {
    let mut uri = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            b'\\' => uri.push('/'),
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_references() {
        assert_eq!(uri("a b/文.txt"), "a%20b/%E6%96%87.txt");
    }
}
