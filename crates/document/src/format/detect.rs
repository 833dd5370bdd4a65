//! What kind of file it is.

use super::archive::Archive;
use super::{csv, html, markdown};
use crate::ReadError;

/// The kinds of files that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
    /// Values parted by commas or tabs.
    Csv,
    /// A document of Word 2007 or later.
    Docx,
    /// A workbook of Excel 2007 or later.
    Xlsx,
    /// A workbook of Excel 97.
    Xls,
    /// A PDF file.
    Pdf,
}

/// The first bytes of a compound file, in which Office kept everything before 2007.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// A PDF file may begin with this many bytes of something else.
const PDF_WITHIN: usize = 1024;

/// Says what kind of file it is. Files of other kinds that are not text are refused by the decoder, which names them.
pub(super) fn kind(name: &str, bytes: &[u8]) -> Result<Kind, ReadError> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archived(bytes);
    }
    if bytes.starts_with(COMPOUND) {
        return compound(bytes);
    }
    let head = bytes.get(..PDF_WITHIN).unwrap_or(bytes);
    if memchr::memmem::find(head, b"%PDF-").is_some_and(|at| at == 0 || !is_text(&head[..at])) {
        return Ok(Kind::Pdf);
    }
    let extension =
        name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    if html::is_page(bytes, &extension) {
        return Ok(Kind::Html);
    }
    if csv::is_csv(bytes, &extension) {
        return Ok(Kind::Csv);
    }
    if markdown::is_markdown(bytes, &extension) {
        return Ok(Kind::Markdown);
    }
    Ok(Kind::Text)
}

fn is_text(bytes: &[u8]) -> bool {
    bytes.iter().filter(|byte| !byte.is_ascii_whitespace()).count() > 3 && !bytes.contains(&0)
}

fn archived(bytes: &[u8]) -> Result<Kind, ReadError> {
    let archive = Archive::open(bytes, "docx、xlsx")?;
    let has = |name: &str| archive.names().any(|known| known == name);
    if archive.find("word/", ".xml").is_some_and(|_| has("[Content_Types].xml")) {
        return Ok(Kind::Docx);
    }
    if has("xl/workbook.xml") {
        return Ok(Kind::Xlsx);
    }
    let kind = if has("xl/workbook.bin") {
        "Excel 二进制工作簿（xlsb），请另存为 xlsx"
    } else if has("ppt/presentation.xml") {
        "PowerPoint 演示文稿（pptx）"
    } else if has("content.xml") {
        "OpenDocument 文档（odt、ods），请另存为 docx 或 xlsx"
    } else {
        "ZIP 压缩文件，请先解压"
    };
    Err(ReadError::Binary { kind, offset: 0, line: 1 })
}

/// Tells compound files apart by the names in their directory, which are UTF-16.
fn compound(bytes: &[u8]) -> Result<Kind, ReadError> {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &wide).is_some()
    };
    if has("EncryptedPackage") {
        return Err(ReadError::Encrypted { kind: "Office 文档" });
    }
    if has("WordDocument") {
        return Err(ReadError::OldWord);
    }
    if has("Workbook") || has("Book") {
        return Ok(Kind::Xls);
    }
    Err(ReadError::Binary { kind: "旧版 Office 文档（ppt、wps 等）", offset: 0, line: 1 })
}
