//! Reads the bytes of a source file into a [`Document`]: repaired text, a map back to the bytes, a report of
//! every repair, and the structure of the report.
//!
//! Nothing is guessed silently: every change is a [`terms::Repair`] with its source bytes, a digit
//! that the source lost is printed as `〓`, and a character that cannot be inferred as `□`.
//!
//! Text, Markdown, web pages, docx, xlsx, xls, csv and PDF with text are read; the content of a file decides
//! what it is, not its name. Tables come as lines of cells parted by tabs, and as [`Document::tables`].
//!
//! Source offsets count bytes of the file where the file is text (plain text, Markdown, HTML, CSV). In a docx or
//! xlsx they count bytes of the parts that hold the text, laid end to end in the order in which
//! [`Document::encoding`] names them, for example `DOCX word/document.xml`. Of xls and PDF no part can be read as
//! text; there they count bytes of the text as it was taken out, before repair (`XLS`, `PDF`).
//!
//! Forms and tables of data are read from workbooks cell by cell by [`sheets`], as they are stored and with addresses.
//!
//! ```
//! let document = document::read("a.txt", "實(shí)施公建項(xiàng)目".as_bytes()).unwrap();
//! assert_eq!(document.text, "实施公建项目");
//! ```

mod decode;
mod format;
mod gbk;
mod readings;
mod repair;
mod structure;

pub use format::{CellKind, Sheet, SheetArea, SheetCell, address, place, sheets};
pub use readings::readings;

use sha2::{Digest, Sha256};
use terms::{Diagnostic, Document, RepairKind, Severity, Span};
use thiserror::Error;

/// The largest file that is read, in bytes. A caller that reads from disk checks the size before it reads.
pub const MAX_BYTES: usize = 64 << 20;

/// Why a file could not be read. Offsets are bytes from 0, lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// There is nothing in the file but white space.
    #[error("文件是空的：应为计划报告的文本、网页、docx、xlsx、csv 或 PDF")]
    Empty,
    /// The file is larger than [`MAX_BYTES`].
    #[error("文件过大：{size} 字节，上限为 {limit} 字节（64 MiB）")]
    TooLarge {
        /// Its size in bytes.
        size: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// The file is not text.
    #[error(
        "不是纯文本，也不是能读的文档，而是{kind}（字节 {offset}，第 {line} 行）：应为 UTF-8、UTF-16、GB18030 或 Big5 编码的文本、网页，或 docx、xlsx、xls、csv、带文字的 PDF"
    )]
    Binary {
        /// What it seems to be, in Chinese.
        kind: &'static str,
        /// The byte that tells.
        offset: usize,
        /// Its line.
        line: usize,
    },
    /// The file is text in no encoding that is known.
    #[error(
        "无法解码：字节 {offset}（第 {line} 行）是 0x{byte:02X}，应为 UTF-8、UTF-16、GB18030 或 Big5 编码的文本"
    )]
    Undecodable {
        /// The first byte that cannot be decoded.
        offset: usize,
        /// Its line.
        line: usize,
        /// Its value.
        byte: u8,
    },
    /// The file is protected by a password.
    #[error("{kind}已加密：请先去掉密码再读取")]
    Encrypted {
        /// What it is, in Chinese.
        kind: &'static str,
    },
    /// The file is a Word document from before 2007.
    #[error("这是旧版 Word 文档（doc）：请在 Word 或 WPS 中另存为 docx 再读取")]
    OldWord,
    /// A part of the file is damaged or cut off.
    #[error("{kind} 文件已损坏或不完整：{part}：{reason}")]
    Broken {
        /// What the file is.
        kind: &'static str,
        /// The part at fault.
        part: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Unpacked, the file would be larger than is read.
    #[error("文件解开后过大（上限 {limit}）：应为一份报告，而不是压缩炸弹或整库数据")]
    Inflated {
        /// The limit, in bytes, characters or parts.
        limit: usize,
    },
    /// Elements lie in each other too deep.
    #[error("{kind}嵌套过深：上限 {limit} 层")]
    TooDeep {
        /// What the file is, in Chinese.
        kind: &'static str,
        /// The limit.
        limit: usize,
    },
    /// The file is no workbook where one is needed.
    #[error("不是工作簿：应为 xlsx 或 xls 文件")]
    NoWorkbook,
    /// The file has pages or sheets, but no text on them.
    #[error("{kind}里没有文字（可能是扫描件）：请提供带文字的 PDF、docx 或文本")]
    NoText {
        /// What the file is.
        kind: &'static str,
    },
}

/// Reads a file's bytes. `name` is the file's name without its folder.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { size: bytes.len(), limit: MAX_BYTES });
    }
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let raw = format::raw(name, bytes)?;
    let (repaired, unreadable) = repair::repair(raw.text)?;
    if repaired.text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let tables = format::find(&raw.tables, &repaired.marks);
    let (profile, mut blocks, mut diagnostics) = if tables.is_empty() {
        structure::structure(&repaired.text)
    } else {
        structure::structure(&format::without(&repaired.text, &tables))
    };
    format::place_tables(&mut blocks, &tables, &mut diagnostics);
    let glossary = structure::glossary(&repaired.text, &blocks);
    diagnostics.extend(raw.diagnostics);
    diagnostics.extend(unreadable);
    diagnostics.extend(repaired.repairs.places().filter_map(loss));
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.map(|span| span.start));
    Ok(Document {
        name: name.to_owned(),
        hash: hash(bytes),
        size: bytes.len(),
        encoding: raw.encoding,
        text: repaired.text,
        map: repaired.map,
        repairs: repaired.repairs,
        blocks,
        tables,
        glossary,
        profile,
        diagnostics,
    })
}

/// Decodes a text file in any encoding that is known, strictly: its characters, not yet repaired but where they had been
/// decoded wrongly before. For tables of data, which are no reports.
pub fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { size: bytes.len(), limit: MAX_BYTES });
    }
    let decoded = decode::decode(bytes)?;
    Ok(decoded.tape.cells.iter().map(|cell| cell.character).collect())
}

/// The remark that a repair which could not restore everything deserves.
fn loss((kind, span): (RepairKind, Span)) -> Option<Diagnostic> {
    let (code, message) = match kind {
        RepairKind::LostDigit => ("digit-lost", "原文此处丢失一个数字，以 〓 标出，不作推测"),
        RepairKind::LostCharacter => {
            ("character-lost", "原文此处丢失一个字符，无法可靠复原，以 □ 标出")
        }
        _ => return None,
    };
    Some(Diagnostic {
        severity: Severity::Warning,
        code: code.to_owned(),
        message: message.to_owned(),
        span: Some(span),
    })
}

fn hash(bytes: &[u8]) -> String {
    use std::fmt::Write;

    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_holds_nothing() {
        assert_eq!(read("a", b"").unwrap_err(), ReadError::Empty);
        assert_eq!(read("a", "\u{FEFF} \r\n\t　".as_bytes()).unwrap_err(), ReadError::Empty);
    }

    #[test]
    fn refuses_what_is_too_large() {
        let error = read("a", &vec![b'a'; MAX_BYTES + 1]).unwrap_err();
        assert!(matches!(error, ReadError::TooLarge { .. }));
        assert!(error.to_string().contains("64 MiB"));
    }

    #[test]
    fn says_which_file_it_read() {
        let document = read("甲.txt", b"abc").unwrap();
        assert_eq!(document.name, "甲.txt");
        assert_eq!(document.size, 3);
        assert_eq!(
            document.hash,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(document.encoding, "UTF-8");
        assert!(document.repairs.is_empty());
    }
}
