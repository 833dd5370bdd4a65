//! Office files made for tests.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// An archive with these parts.
pub fn archive(parts: &[(&str, impl AsRef<[u8]>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_ref()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word document with this body, and with other parts beside it.
pub fn docx(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let main = document(body);
    let mut parts = vec![("[Content_Types].xml", "<Types/>"), ("word/document.xml", main.as_str())];
    parts.extend_from_slice(others);
    archive(&parts)
}

/// The main part of a Word document.
pub fn document(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>{body}</w:body></w:document>"
    )
}

/// A paragraph of Word.
pub fn paragraph(words: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")
}

/// A cell of Word: its properties and its paragraphs.
pub fn cell(properties: &str, words: &[&str]) -> String {
    let words: String = words.iter().map(|words| paragraph(words)).collect();
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{words}</w:tc>")
}
