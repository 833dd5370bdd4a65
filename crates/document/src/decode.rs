//! Bytes to characters: what kind of file it is, which encoding it has, and where each character stands.

use encoding_rs::GB18030;
use terms::Span;

use crate::ReadError;
use crate::gbk::{Class, Gbk};
use crate::repair::{Cell, Tape};

/// Beginnings of files that are not plain text.
const MAGIC: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "ZIP 压缩文件或 Word、Excel 文档（docx、xlsx）"),
    (b"PK\x05\x06", "ZIP 压缩文件"),
    (b"%PDF-", "PDF 文档"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "旧版 Office 文档（doc、xls、wps）"),
    (b"\x89PNG\r\n\x1A\n", "PNG 图片"),
    (b"\xFF\xD8\xFF", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"II*\0", "TIFF 图片"),
    (b"MM\0*", "TIFF 图片"),
    (b"\x1F\x8B", "gzip 压缩文件"),
    (b"7z\xBC\xAF\x27\x1C", "7z 压缩文件"),
    (b"Rar!\x1A\x07", "RAR 压缩文件"),
    (b"\x28\xB5\x2F\xFD", "zstd 压缩文件"),
    (b"{\\rtf", "RTF 文档"),
    (b"SQLite format 3\0", "SQLite 数据库"),
    (b"\x7FELF", "可执行文件"),
    (b"\xFF\xFE", "UTF-16 文本"),
    (b"\xFE\xFF", "UTF-16 文本"),
];

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Of the double-byte characters of a GB18030 text, at least this share in percent is common.
const PLAUSIBLE: usize = 60;

/// A decoded file.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// Its characters.
    pub(crate) tape: Tape,
    /// The name of its encoding.
    pub(crate) encoding: &'static str,
}

/// Decodes a file that is text, and says what is wrong with one that is not.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, ReadError> {
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(ReadError::Binary { kind, offset: 0, line: 1 });
    }
    if let Some(offset) = memchr::memchr(0, bytes) {
        return Err(ReadError::Binary {
            kind: "含空字节的二进制文件",
            offset,
            line: line(bytes, offset),
        });
    }
    let body = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let skipped = bytes.len() - body.len();
    match std::str::from_utf8(body) {
        Ok(text) => {
            let mut tape = Tape::new();
            if skipped > 0 {
                tape.note_encoding(Span::new(0, skipped), "\u{FEFF}", "去掉字节顺序标记");
            }
            // Counted first, as a vector that grows would hold up to twice the room of a large text.
            tape.cells = Vec::with_capacity(text.chars().count());
            tape.cells.extend(text.char_indices().map(|(at, character)| {
                Cell::new(character, skipped + at, skipped + at + character.len_utf8())
            }));
            Ok(Decoded { tape, encoding: "UTF-8" })
        }
        Err(error) => {
            let offset = skipped + error.valid_up_to();
            decode_gb18030(bytes).map_err(|failure| {
                // A file that is plausible GB18030 up to its error is told that error's place.
                let offset = failure.unwrap_or(offset);
                ReadError::Undecodable { offset, line: line(bytes, offset), byte: bytes[offset] }
            })
        }
    }
}

/// The number of the line at a byte offset, from 1.
fn line(bytes: &[u8], offset: usize) -> usize {
    memchr::memchr_iter(b'\n', &bytes[..offset]).count() + 1
}

/// Decodes strictly. `Err(Some(offset))` is the first bad byte of a text that is GB18030 up to there;
/// `Err(None)` means that the text does not look like GB18030.
fn decode_gb18030(bytes: &[u8]) -> Result<Decoded, Option<usize>> {
    let gbk = Gbk::get();
    let mut cells = Vec::with_capacity(bytes.len() / 2);
    let mut common = 0;
    let mut double = 0;
    let mut at = 0;
    let mut bad = None;
    while let Some(&lead) = bytes.get(at) {
        let (character, length) = match (lead, bytes.get(at + 1)) {
            (0..=0x7F, _) => (Some(char::from(lead)), 1),
            (_, Some(0x30..=0x39)) => (four_bytes(bytes.get(at..at + 4)), 4),
            (_, Some(&trail)) => (gbk.decode(lead, trail), 2),
            (_, None) => (None, 1),
        };
        let Some(character) = character else {
            bad = Some(at);
            break;
        };
        if length == 2 {
            double += 1;
            common += usize::from(matches!(gbk.class(character), Class::Common | Class::Sign));
            // Traditional text keeps most of its common characters in the extended part.
            if gbk.class(character) == Class::Extended {
                double -= 1;
            }
        }
        cells.push(Cell::new(character, at, at + length));
        at += length;
    }
    if double == 0 || common * 100 < double * PLAUSIBLE {
        return Err(None);
    }
    if let Some(offset) = bad {
        return Err(Some(offset));
    }
    let mut tape = Tape::new();
    let share = common * 100 / double;
    tape.note_encoding(Span::new(0, 0), "", &format!("按 GB18030 解码，常用字占 {share}%"));
    tape.cells = cells;
    Ok(Decoded { tape, encoding: "GB18030" })
}

fn four_bytes(bytes: Option<&[u8]>) -> Option<char> {
    GB18030.decode_without_bom_handling_and_without_replacement(bytes?)?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(decoded: &Decoded) -> String {
        decoded.tape.cells.iter().map(|cell| cell.character).collect()
    }

    #[test]
    fn reads_both_encodings_alike() {
        let sentence = "全县生产总值增长6.5%，粮食产量3.2万吨。\n第二行。";
        let (bytes, ..) = GB18030.encode(sentence);
        let from_gb = decode(&bytes).unwrap();
        assert_eq!(from_gb.encoding, "GB18030");
        assert_eq!(text(&from_gb), sentence);
        let from_utf8 = decode(sentence.as_bytes()).unwrap();
        assert_eq!(text(&from_utf8), sentence);
        let last = from_gb.tape.cells.last().unwrap();
        assert_eq!(last.end as usize, bytes.len());
    }

    #[test]
    fn a_mark_at_the_beginning_is_no_text() {
        let decoded = decode("\u{FEFF}计划".as_bytes()).unwrap();
        assert_eq!(text(&decoded), "计划");
        assert_eq!(decoded.tape.cells[0].start, 3);
    }

    #[test]
    fn names_the_first_bad_byte() {
        let mut bytes = "第一行\n第二".as_bytes().to_vec();
        bytes.push(0xFF);
        let Err(ReadError::Undecodable { offset, line, byte }) = decode(&bytes) else { panic!() };
        assert_eq!((offset, line, byte), (16, 2, 0xFF));
    }

    #[test]
    fn names_the_kind_of_a_binary_file() {
        for (bytes, word) in [
            (&b"PK\x03\x04rest"[..], "docx"),
            (b"%PDF-1.7", "PDF"),
            (b"\x89PNG\r\n\x1A\n..", "PNG"),
            (b"abc\0def", "空字节"),
            (b"\xFF\xFEa\0", "UTF-16"),
        ] {
            let message = decode(bytes).unwrap_err().to_string();
            assert!(message.contains(word), "{message}");
            assert!(message.contains("UTF-8"), "{message}");
        }
    }

    #[test]
    fn other_encodings_are_refused() {
        // Shift JIS kana and Latin-1 prose are valid or nearly valid double bytes, but no common Chinese.
        let (bytes, ..) = encoding_rs::SHIFT_JIS.encode("これはテストです。");
        assert!(decode(&bytes).is_err());
        let (bytes, ..) = encoding_rs::WINDOWS_1252.encode("déjà vu à la carte, élève");
        assert!(decode(&bytes).is_err());
    }
}
