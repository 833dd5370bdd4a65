//! The parts of a Word document as a zip archive.

use std::io::{Cursor, Read, Write};

use quick_xml::escape::escape;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::report::ReportError;

/// A template is refused beyond so many parts and so many bytes when unpacked.
const LARGEST: (usize, u64) = (2_000, 64 << 20);

const TYPES: &str = "[Content_Types].xml";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const CORE: &str =
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";

/// The parts of a document, in the order of the file.
pub(super) struct Package {
    parts: Vec<(String, Vec<u8>)>,
}

impl Package {
    pub(super) fn of(parts: Vec<(String, Vec<u8>)>) -> Package {
        Package { parts }
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Package, ReportError> {
        let wrong = |what: &str| ReportError::Template(format!("{what}（应为 .docx 文件）"));
        let mut archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|_| wrong("不是 Word 文档"))?;
        if archive.len() > LARGEST.0 {
            return Err(wrong("部件过多"));
        }
        let mut parts = Vec::new();
        let mut left = LARGEST.1;
        for number in 0..archive.len() {
            let entry = archive.by_index(number).map_err(|_| wrong("压缩包有误"))?;
            let name = entry.name().map_err(|_| wrong("压缩包有误"))?.into_owned();
            if name.ends_with('/') {
                continue;
            }
            let mut content = Vec::new();
            let read = entry.take(left + 1).read_to_end(&mut content);
            let size = read.map_err(|_| wrong("压缩包有误"))? as u64;
            left = left.checked_sub(size).ok_or_else(|| wrong("文件过大"))?;
            parts.push((name, content));
        }
        let package = Package { parts };
        package.text(TYPES).ok_or_else(|| wrong("不是 Word 文档"))?;
        Ok(package)
    }

    /// A part as text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let (_, content) = self.parts.iter().find(|(known, _)| known == name)?;
        let text = std::str::from_utf8(content).ok()?;
        Some(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    pub(super) fn put(&mut self, name: &str, text: String) {
        match self.parts.iter_mut().find(|(known, _)| known == name) {
            Some((_, content)) => *content = text.into_bytes(),
            None => self.parts.push((name.to_owned(), text.into_bytes())),
        }
    }

    /// The part that holds the words.
    pub(super) fn main(&self) -> Result<String, ReportError> {
        let relations = self.text("_rels/.rels").unwrap_or_default();
        let target = relations
            .split('<')
            .find(|tag| tag.contains("/officeDocument\""))
            .and_then(|tag| tag.split("Target=\"").nth(1)?.split('"').next());
        let name = target.unwrap_or("word/document.xml").trim_start_matches('/').to_owned();
        match self.text(&name) {
            Some(_) => Ok(name),
            None => Err(ReportError::Template(format!("没有 {name}（应为 Word 文档）"))),
        }
    }

    /// The headers and footers.
    pub(super) fn around(&self) -> Vec<String> {
        let is = |name: &str| {
            name.ends_with(".xml")
                && (name.starts_with("word/header") || name.starts_with("word/footer"))
        };
        self.parts.iter().map(|(name, _)| name.clone()).filter(|name| is(name)).collect()
    }

    /// The id of the next footnote; a part that is not there yet begins with the two separators.
    pub(super) fn next_footnote(&self) -> i64 {
        let notes = self.text("word/footnotes.xml").unwrap_or_default();
        let ids = notes.split(":id=\"").skip(1).filter_map(|rest| rest.split('"').next());
        ids.filter_map(|id| id.parse::<i64>().ok()).max().map_or(1, |highest| highest.max(0) + 1)
    }

    /// Adds footnotes to those that are there.
    pub(super) fn add_footnotes(&mut self, main: &str, notes: &str) {
        let name = "word/footnotes.xml";
        let there = self.text(name).is_some();
        let old = self.text(name).unwrap_or(include_str!("../../../assets/report/footnotes.xml"));
        let added = before_close(old, notes);
        self.put(name, added);
        if there {
            return;
        }
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
        let kind = format!("{RELATIONS}/footnotes");
        self.relate(&format!("{folder}/_rels/{file}.rels"), &kind, "footnotes.xml");
        self.declare(
            "/word/footnotes.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        );
    }

    /// The properties of the file: title, author and day, which is that of the report and not that of its making.
    pub(super) fn describe(&mut self, title: &str, author: &str, day: &str) {
        let name = "docProps/core.xml";
        let there =
            self.text(name).is_some() || self.text("_rels/.rels").is_some_and(|r| r.contains(CORE));
        let (title, author) = (escape(title), escape(author));
        let day = format!("{day}T00:00:00Z");
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:created><dcterms:modified xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:modified></cp:coreProperties>"
        );
        self.put(name, text);
        if there {
            return;
        }
        self.relate("_rels/.rels", CORE, name);
        self.declare(
            "/docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml",
        );
    }

    fn relate(&mut self, part: &str, kind: &str, target: &str) {
        let empty = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
        let old = self.text(part).unwrap_or(empty);
        let id = format!("rIdDuixian{}", old.matches("<Relationship ").count());
        let own = format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>");
        let added = before_close(old, &own);
        self.put(part, added);
    }

    fn declare(&mut self, name: &str, kind: &str) {
        let old = self.text(TYPES).unwrap_or_default();
        let own = format!("<Override PartName=\"{name}\" ContentType=\"{kind}\"/>");
        let added = before_close(old, &own);
        self.put(TYPES, added);
    }

    /// The file: the same parts give the same bytes.
    pub(super) fn finish(self) -> Result<Vec<u8>, ReportError> {
        let failed = |error: &dyn std::fmt::Display| ReportError::Failed(error.to_string());
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default();
        for (name, content) in &self.parts {
            out.start_file(name.as_str(), options).map_err(|error| failed(&error))?;
            out.write_all(content).map_err(|error| failed(&error))?;
        }
        Ok(out.finish().map_err(|error| failed(&error))?.into_inner())
    }
}

/// A text with something added before its last tag.
fn before_close(text: &str, added: &str) -> String {
    let (head, tail) = text.split_at(text.rfind("</").unwrap_or(text.len()));
    format!("{head}{added}{tail}")
}
