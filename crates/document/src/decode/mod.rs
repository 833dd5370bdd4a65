//! Bytes to characters: what kind of file it is, which encoding it has, and where each character stands.
//!
//! A mark at the beginning decides; else bytes that are UTF-8 are that, as no other encoding is so by chance. What
//! is neither is read in every encoding that is known, and the one whose characters are the most likely in a
//! report is taken. Then nothing is guessed: the first byte that does not fit refuses the file.

mod code;
mod double;
mod likelihood;
mod text;

use terms::Span;

use crate::ReadError;
use crate::repair::Tape;
use code::{Big5, Code, Gb18030, Utf8, Utf16};
pub(crate) use text::Text;

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
    (b"\xFF\xFE\0\0", "UTF-32 文本"),
    (b"\0\0\xFE\xFF", "UTF-32 文本"),
];

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Of the characters beyond ASCII, at least this share in percent is common.
const PLAUSIBLE: usize = 60;

/// Of the characters of a text in UTF-16 without a mark, at least this share in percent is common or ASCII.
const PLAUSIBLE_WIDE: usize = 85;

/// A text in UTF-16 without a mark has at least this many such characters.
const WIDE: usize = 4;

/// Big5 is taken rather than GB18030 only if it is more likely by this much.
const MARGIN: u64 = 10;

/// How many bytes are looked at to find out the encoding.
const SAMPLE: usize = 64 << 10;

/// A decoded file.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// Its characters.
    pub(crate) tape: Tape,
    /// The name of its encoding.
    pub(crate) encoding: &'static str,
}

/// Decodes a file that is text as a whole, and says what is wrong with one that is not.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, ReadError> {
    let (text, encoding) = open(bytes)?;
    Ok(Decoded { tape: text.whole()?, encoding })
}

/// Finds out the encoding of a file that is text, and says what is wrong with one that is not. The text is to be
/// decoded; the name of the encoding is beside.
pub(crate) fn open(bytes: &[u8]) -> Result<(Text<'_>, &'static str), ReadError> {
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(ReadError::Binary { kind, offset: 0, line: 1 });
    }
    for encoding in [Encoding::Utf16Le, Encoding::Utf16Be] {
        if bytes.starts_with(encoding.mark()) {
            return Ok(marked(bytes, encoding));
        }
    }
    if let Some(offset) = memchr::memchr(0, bytes) {
        return match pick(bytes, &[Encoding::Utf16Le, Encoding::Utf16Be]) {
            Some(pick) => Ok(guessed(bytes, &pick)),
            None => Err(ReadError::Binary {
                kind: "含空字节的二进制文件",
                offset,
                line: line(bytes, offset),
            }),
        };
    }
    let body = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let skipped = bytes.len() - body.len();
    let undecodable = |valid: usize| {
        let offset = skipped + valid;
        let byte = bytes.get(offset).copied().unwrap_or_default();
        ReadError::Undecodable { offset, line: line(bytes, offset), byte }
    };
    match std::str::from_utf8(body) {
        Ok(text) => Ok(utf8(text, skipped)),
        Err(error) if skipped > 0 => Err(undecodable(error.valid_up_to())),
        Err(error) => match pick(bytes, Encoding::ALL) {
            None | Some(Pick { encoding: Encoding::Utf8, .. }) => {
                Err(undecodable(error.valid_up_to()))
            }
            Some(pick) => Ok(guessed(bytes, &pick)),
        },
    }
}

/// The number of the line at a byte offset, from 1, in an encoding in which a line feed is one byte.
fn line(bytes: &[u8], offset: usize) -> usize {
    memchr::memchr_iter(b'\n', bytes.get(..offset).unwrap_or(bytes)).count() + 1
}

fn utf8(text: &str, skipped: usize) -> (Text<'_>, &'static str) {
    let mut tape = Tape::new();
    if skipped > 0 {
        tape.note_encoding(Span::new(0, skipped), "\u{FEFF}", "去掉字节顺序标记");
    }
    (Text::utf8(text, skipped, tape), Encoding::Utf8.name())
}

/// A text that a mark at its beginning says the encoding of.
fn marked(bytes: &[u8], encoding: Encoding) -> (Text<'_>, &'static str) {
    let mark = encoding.mark().len();
    let mut tape = Tape::new();
    let proof = format!("按 {} 解码，去掉字节顺序标记", encoding.name());
    tape.note_encoding(Span::new(0, mark), "\u{FEFF}", &proof);
    (Text::encoded(bytes, mark, encoding, tape), encoding.name())
}

/// A text in the encoding that was found the most likely.
fn guessed<'a>(bytes: &'a [u8], pick: &Pick) -> (Text<'a>, &'static str) {
    let encoding = pick.encoding;
    let mut tape = Tape::new();
    let mut proof = format!("按 {} 解码，常用字占 {}%", encoding.name(), pick.share);
    if let Some(other) = pick.other {
        proof.push_str("；按 ");
        proof.push_str(other.name());
        proof.push_str(" 也读得通，可能性相近");
    }
    tape.note_encoding(Span::new(0, 0), "", &proof);
    (Text::encoded(bytes, 0, encoding, tape), encoding.name())
}

/// The encodings that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Gb18030,
    Big5,
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    const ALL: &[Encoding] =
        &[Encoding::Utf8, Encoding::Gb18030, Encoding::Big5, Encoding::Utf16Le, Encoding::Utf16Be];

    fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Gb18030 => "GB18030",
            Encoding::Big5 => "Big5",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
        }
    }

    fn is_wide(self) -> bool {
        matches!(self, Encoding::Utf16Le | Encoding::Utf16Be)
    }

    /// The byte-order mark; empty where there is none.
    fn mark(self) -> &'static [u8] {
        match self {
            Encoding::Utf8 => BOM,
            Encoding::Utf16Le => b"\xFF\xFE",
            Encoding::Utf16Be => b"\xFE\xFF",
            Encoding::Gb18030 | Encoding::Big5 => b"",
        }
    }

    fn trial(self, bytes: &[u8]) -> Trial {
        match self {
            Encoding::Utf8 => trial(Utf8, bytes),
            Encoding::Gb18030 => trial(Gb18030::get(), bytes),
            Encoding::Big5 => trial(Big5::get(), bytes),
            Encoding::Utf16Le => trial(Utf16 { big: false }, bytes),
            Encoding::Utf16Be => trial(Utf16 { big: true }, bytes),
        }
    }
}

/// The encoding of a file, as far as its characters tell.
struct Pick {
    encoding: Encoding,
    /// How many of its characters beyond ASCII are common, in percent.
    share: usize,
    /// Another encoding that is about as likely.
    other: Option<Encoding>,
}

/// Finds the most likely of some encodings, if any is plausible.
fn pick(bytes: &[u8], among: &[Encoding]) -> Option<Pick> {
    let trials: Vec<(Encoding, Trial)> = among
        .iter()
        .map(|encoding| (*encoding, encoding.trial(bytes)))
        .filter(|(encoding, trial)| trial.is_plausible(*encoding))
        .collect();
    let (mut encoding, mut best) = *trials.iter().min_by_key(|(_, trial)| trial.cost)?;
    let mut other = None;
    let find = |wanted| trials.iter().find(|(encoding, _)| *encoding == wanted);
    if let (Encoding::Gb18030 | Encoding::Big5, Some((_, gb)), Some((_, big5))) =
        (encoding, find(Encoding::Gb18030), find(Encoding::Big5))
        && gb.cost.abs_diff(big5.cost) <= MARGIN
        && gb.bad <= big5.bad
    {
        (encoding, best, other) = (Encoding::Gb18030, *gb, Some(Encoding::Big5));
    }
    Some(Pick { encoding, share: best.share(), other })
}

/// What reading the beginning of a file in an encoding came to.
#[derive(Debug, Default, Clone, Copy)]
struct Trial {
    /// The sum of what its characters cost: the more, the less likely.
    cost: u64,
    /// Characters beyond ASCII.
    beyond: usize,
    /// Those of them that are common.
    common: usize,
    /// ASCII that is text.
    ascii: usize,
    /// All characters, and places that are none.
    units: usize,
    /// Places that are no character.
    bad: usize,
}

impl Trial {
    fn share(&self) -> usize {
        // A text that has no character beyond ASCII has nothing uncommon.
        (self.common * 100).checked_div(self.beyond).unwrap_or(100)
    }

    fn is_plausible(&self, encoding: Encoding) -> bool {
        if encoding.is_wide() {
            let good = self.common + self.ascii;
            good >= WIDE && good * 100 >= self.units * PLAUSIBLE_WIDE
        } else {
            self.common > 0 && self.common * 100 >= (self.beyond + self.bad) * PLAUSIBLE
        }
    }
}

fn trial(code: impl Code, bytes: &[u8]) -> Trial {
    let likelihood = likelihood::get();
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let mut trial = Trial::default();
    let mut at = 0;
    while at < sample.len() {
        let (character, length) = code.next(bytes, at);
        at += length;
        trial.units += 1;
        match character {
            Some(character) => {
                trial.cost += u64::from(likelihood.cost(character));
                if !character.is_ascii() {
                    trial.beyond += 1;
                    trial.common += usize::from(likelihood.is_common(character));
                } else if !character.is_ascii_control() || character.is_ascii_whitespace() {
                    trial.ascii += 1;
                }
            }
            None => {
                trial.cost += u64::from(likelihood::BAD);
                trial.bad += 1;
            }
        }
    }
    trial
}

#[cfg(test)]
mod tests {
    use encoding_rs::GB18030;

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
            (b"\xFF\xFE\0\0a\0\0\0", "UTF-32"),
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
