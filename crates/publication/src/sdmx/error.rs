//! Why there is no answer, as a message.

use serde_json::json;

use super::artefact::Version;
use super::header::{Header, meta, namespaces};
use super::xml::Xml;

/// Why there is no answer: a code of the standard, and a sentence in Chinese and one in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// For example 100: nothing was found.
    pub code: u16,
    /// The status of HTTP.
    pub status: u16,
    /// What is wrong, in Chinese.
    pub chinese: String,
    /// The same in English.
    pub english: String,
}

/// A failure in SDMX-ML.
pub fn write_xml(failure: &Failure, version: Version) -> Vec<u8> {
    let mut xml = Xml::new(1_000);
    xml.open("mes:Error", &namespaces(version));
    xml.open("mes:ErrorMessage", &[("code", &failure.code.to_string())]);
    xml.text("com:Text", &[("xml:lang", "zh")], &failure.chinese);
    xml.text("com:Text", &[("xml:lang", "en")], &failure.english);
    xml.finish()
}

/// A failure in SDMX-JSON.
pub fn write_json(failure: &Failure, header: &Header, version: Version, language: &str) -> Vec<u8> {
    let best = if language == "en" { &failure.english } else { &failure.chinese };
    let error = json!({
        "code": failure.status,
        "title": best,
        "titles": { "zh": failure.chinese, "en": failure.english },
    });
    let meta = meta(header, language, ("data", version));
    json!({ "meta": meta, "errors": [error] }).to_string().into_bytes()
}
