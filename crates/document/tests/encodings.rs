//! The same text in every encoding comes back the same, and what is in none is refused where it goes wrong.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail like the tests themselves"
)]

use encoding_rs::{BIG5, Encoding, GB18030, GBK, SHIFT_JIS, WINDOWS_1252};
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use terms::{Document, RepairKind, Span};

const SIMPLIFIED: &str =
    "全县生产总值增长6.5%，粮食产量3.2万吨。\n“放心消费”行动覆盖12个乡镇；上级要求：稳中求进。\n";
const TRADITIONAL: &str =
    "全縣生產總值增長6.5%，糧食產量3.2萬噸。\n「放心消費」行動覆蓋12個鄉鎮；上級要求：穩中求進。\n";

type Write = fn(&str) -> Vec<u8>;

/// Ways to write a text as bytes, with the name that reading gives them.
const WAYS: &[(&str, Write)] = &[
    ("UTF-8", |text| text.as_bytes().to_vec()),
    ("UTF-8", |text| [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
    ("UTF-16LE", |text| [b"\xFF\xFE".to_vec(), little(text)].concat()),
    ("UTF-16BE", |text| [b"\xFE\xFF".to_vec(), big(text)].concat()),
    ("UTF-16LE", little),
    ("UTF-16BE", big),
    ("GB18030", |text| strictly(GB18030, text)),
];

fn little(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn big(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

fn strictly(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = encoding.encode(text);
    assert!(!lossy, "{text}");
    bytes.into_owned()
}

/// UTF-8 taken for Windows-1252 and written as UTF-8.
fn western(text: &str) -> String {
    WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
}

fn latin1(text: &str) -> String {
    text.bytes().map(char::from).collect()
}

/// UTF-8 taken for GBK and written as UTF-8.
fn as_gbk(text: &str) -> String {
    GBK.decode_without_bom_handling(text.as_bytes()).0.into_owned()
}

fn read(bytes: &[u8]) -> Document {
    document::read("report.txt", bytes).unwrap()
}

/// The text as read from clean UTF-8: what reading in another encoding must come to.
fn expected(text: &str) -> String {
    read(text.as_bytes()).text
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Numbers that come again the same for the same seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }
}

fn example() -> String {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/yongkang/report.txt");
    std::fs::read_to_string(path).unwrap()
}

/// A twin of a text in traditional characters: for each the first of Big5 that is simplified to it.
fn traditional(text: &str) -> String {
    let simplify = OpenCC::from_config(BuiltinConfig::T2s).unwrap();
    let mut twins = std::collections::HashMap::new();
    for character in ('\u{4E00}'..='\u{9FA5}').filter(|c| !BIG5.encode(&c.to_string()).2) {
        let simple = simplify.convert(&character.to_string());
        if BIG5.encode(&simple).2 {
            twins.entry(simple.chars().next().unwrap()).or_insert(character);
        }
    }
    text.chars().map(|c| twins.get(&c).copied().unwrap_or(c)).collect()
}

/// Stretches of a text of at least ten characters that hold some Chinese.
fn slices(text: &str, seed: u64, count: usize) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut dice = Dice(seed);
    let mut slices = Vec::new();
    while slices.len() < count {
        let start = dice.roll(characters.len() - 10);
        let length = 10 + dice.roll(400);
        let end = (start + length).min(characters.len());
        let slice: String = characters[start..end].iter().collect();
        // Some decoders swallow a digit at the very end with the byte before it, and leave no sign of it.
        let slice = slice.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
        let han = slice.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).count();
        if han >= 5 && slice.chars().any(|c| c.is_ascii_digit()) {
            slices.push(slice);
        }
    }
    slices
}

#[test]
fn every_encoding_reads_alike() {
    for text in [SIMPLIFIED, TRADITIONAL] {
        let expected = expected(text);
        for (name, write) in WAYS {
            let document = read(&write(text));
            assert_eq!((document.encoding.as_str(), &document.text), (*name, &expected));
        }
    }
}

#[test]
fn big5_is_told_from_gb18030() {
    let bytes = strictly(BIG5, TRADITIONAL);
    let document = read(&bytes);
    assert_eq!(document.encoding, "Big5");
    assert_eq!(document.text, expected(TRADITIONAL));
    let first = document.repairs().next().unwrap();
    assert_eq!(first.kind, RepairKind::Encoding);
    assert!(first.proof.contains("Big5") && first.proof.contains('%'), "{}", first.proof);
    for text in [TRADITIONAL, SIMPLIFIED] {
        assert_eq!(read(&strictly(GB18030, text)).encoding, "GB18030");
    }
}

#[test]
fn slices_of_a_report_come_back_in_every_encoding() {
    let simplified = example();
    let traditional = traditional(&simplified);
    for (seed, text) in [(1, &simplified), (2, &traditional)] {
        for slice in slices(text, seed, 60) {
            let expected = expected(&slice);
            for (name, write) in WAYS {
                let document = read(&write(&slice));
                assert_eq!((document.encoding.as_str(), &document.text), (*name, &expected));
            }
            let (bytes, _, lossy) = BIG5.encode(&slice);
            if !lossy {
                let document = read(&bytes);
                assert_eq!((document.encoding.as_str(), &document.text), ("Big5", &expected));
            }
        }
    }
}

#[test]
fn slices_read_wrongly_come_back() {
    let text = example();
    for slice in slices(&text, 3, 80) {
        let expected = expected(&slice);
        for damaged in [western(&slice), latin1(&slice), western(&western(&slice))] {
            let document = read(damaged.as_bytes());
            assert_eq!(document.text, expected, "{damaged}");
            let other = document.repairs().find(|repair| repair.kind != RepairKind::Encoding);
            assert_eq!(other, None, "{slice}");
            check(&damaged, &document);
        }
        let damaged = as_gbk(&slice);
        let document = read(damaged.as_bytes());
        // Of every odd run the last character lost its last byte.
        let written: Vec<char> = expected.chars().collect();
        let got: Vec<char> = document.text.chars().collect();
        assert_eq!(got.len(), written.len(), "{damaged}\n{}\n{expected}", document.text);
        for (got, written) in got.iter().zip(&written) {
            assert!(got == written || *got == '□', "{damaged}\n{}\n{expected}", document.text);
        }
        assert_eq!(digits(&document.text), digits(&slice));
        check(&damaged, &document);
    }
}

/// The map is that of the damaged file, and reading again changes nothing.
fn check(damaged: &str, document: &Document) {
    let number = document.text.find(|c: char| c.is_ascii_digit()).unwrap();
    let source = document.map.source(Span::new(number, number + 1));
    assert_eq!(&damaged[source.range()], &document.text[number..number + 1]);
    let again = read(document.text.as_bytes());
    assert_eq!(again.text, document.text);
    assert!(again.repairs.is_empty(), "{:?}", again.repairs);
}

#[test]
fn each_character_knows_the_bytes_that_it_came_from() {
    let damaged = format!("共{}元", western("国内"));
    let document = read(damaged.as_bytes());
    assert_eq!(document.text, "共国内元");
    let source = |at: usize| &damaged[document.map.source(Span::new(at, at + 3)).range()];
    assert_eq!([source(0), source(3), source(6), source(9)], ["共", "å›½", "å†…", "元"]);
    let document = read("鍥藉唴".as_bytes());
    assert_eq!(document.text, "国内");
    // The second character of three holds the end of one and the beginning of the other.
    assert_eq!(document.map.source(Span::new(3, 6)), Span::new(3, 9));
    assert!(document.repairs().next().unwrap().proof.contains("GBK"), "{:?}", document.repairs);
}

#[test]
fn one_damaged_line_in_a_clean_text() {
    for damage in [western, as_gbk] {
        let clean = "财政收入完成年度任务，楠溪江、璀璨夜景改造完工。\n".repeat(4);
        let text =
            format!("{clean}{}\n{clean}", damage("城镇居民人均可支配收入增长了5.3%，完成任务了"));
        let document = read(text.as_bytes());
        let repaired = document.text.lines().nth(4).unwrap();
        assert_eq!(repaired, "城镇居民人均可支配收入增长了5.3%，完成任务了");
        assert_eq!(document.text.lines().next(), clean.lines().next());
        assert!(document.repairs().all(|repair| repair.kind == RepairKind::Encoding));
    }
}

#[test]
fn a_lost_digit_is_said_to_be_lost() {
    // Old decoders made one question mark of the last byte and the digit behind it.
    let damaged = as_gbk("规模以上工业增加值增幅").replace('\u{FFFD}', "?.5%，全年25%");
    let document = read(damaged.as_bytes());
    assert!(document.text.starts_with("规模以上工业增加值增□〓.5%"), "{}", document.text);
    assert_eq!(digits(&document.text), "525");
    for code in ["digit-lost", "character-lost"] {
        assert!(document.diagnostics.iter().any(|known| known.code == code), "{code}");
    }
}

#[test]
fn clean_text_is_left_alone() {
    let names = "楠溪江畔，璀璨、缤纷、涓涓细流，骥、琨、妗；30×40米，±0.5℃，São Paulo、Zürich、été，Ñ、ç；\
        “Â”与“Ã©”；怎么办?《通知》·第3号…——€100。\n璇这个字?瑾";
    for text in [names, SIMPLIFIED, &example()] {
        let document = read(text.as_bytes());
        assert_eq!(document.text, text);
        let changed: Vec<_> =
            document.repairs().filter(|repair| repair.kind == RepairKind::Encoding).collect();
        assert!(changed.is_empty(), "{changed:?}");
    }
}

/// Offset, line and byte of a refusal.
fn refusal(bytes: &[u8]) -> (usize, usize, u8) {
    match document::read("report.txt", bytes) {
        Err(document::ReadError::Undecodable { offset, line, byte }) => (offset, line, byte),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_wrong_byte_is_named() {
    for (_, write) in &WAYS[2..6] {
        // A lone surrogate in the second line.
        let mut bytes = write(SIMPLIFIED);
        let is_big = bytes.starts_with(b"\xFE\xFF") || bytes[1] == 0x68;
        let marks = bytes.len() - SIMPLIFIED.encode_utf16().count() * 2;
        let at = marks + (SIMPLIFIED.chars().position(|c| c == '\n').unwrap() + 3) * 2;
        let high = if is_big { at } else { at + 1 };
        bytes[high] = 0xDC;
        assert_eq!(refusal(&bytes), (at, 2, bytes[at]));
    }
    for (text, encoding) in [(SIMPLIFIED, GB18030), (TRADITIONAL, GB18030), (TRADITIONAL, BIG5)] {
        let mut bytes = strictly(encoding, text);
        let at = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 3;
        bytes[at] = 0xFF;
        assert_eq!(refusal(&bytes), (at, 2, 0xFF), "{}", encoding.name());
    }
    let mut bytes = SIMPLIFIED.as_bytes().to_vec();
    let at = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 4;
    bytes[at] = 0xFF;
    assert_eq!(refusal(&bytes), (at, 2, 0xFF));
}

#[test]
fn a_cut_off_file_is_refused_at_its_end() {
    for (name, write) in WAYS {
        let mut bytes = write(SIMPLIFIED.trim_end());
        bytes.pop();
        let (offset, line, _) = refusal(&bytes);
        assert_eq!(line, 2, "{name}");
        assert!(bytes.len() - offset <= 2, "{name}: {offset} of {}", bytes.len());
    }
    let mut bytes = strictly(BIG5, TRADITIONAL.trim_end());
    bytes.pop();
    assert_eq!(refusal(&bytes).0, bytes.len() - 1);
}

#[test]
fn other_files_are_refused() {
    let (kana, ..) = SHIFT_JIS.encode("これはテストです。カタカナばかりのぶんしょう");
    assert!(document::read("a.txt", &kana).is_err());
    let noise: Vec<u8> = {
        let mut dice = Dice(9);
        (0..4000).map(|_| dice.roll(256) as u8).collect()
    };
    assert!(document::read("a.txt", &noise).is_err());
    let message = document::read("a.bin", b"abc\0def").unwrap_err().to_string();
    assert!(message.contains("空字节") && message.contains("UTF-16"), "{message}");
}
