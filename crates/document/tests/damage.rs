//! Damages text of our own in the ways that pages do, and checks what reading makes of it.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail like the tests themselves")]

use document::ReadError;
use encoding_rs::GB18030;
use pinyin::ToPinyin;
use terms::{Document, RepairKind};

/// Sentences in traditional and in simplified characters; `#` is a number.
const SENTENCES: &[(&str, &str)] = &[
    ("全縣實現地區生產總值#億元，增長#%。", "全县实现地区生产总值#亿元，增长#%。"),
    ("規模以上工業增加值增長#%，新增規上企業#家。", "规模以上工业增加值增长#%，新增规上企业#家。"),
    ("“一門辦結”改革工作機制在全縣推廣。", "“一门办结”改革工作机制在全县推广。"),
    ("一般公共預算收入#億元，完成年度任務。", "一般公共预算收入#亿元，完成年度任务。"),
    (
        "糧食播種面積#萬畝，糧食總產量#萬噸；畜牧業產值#億元。",
        "粮食播种面积#万亩，粮食总产量#万吨；畜牧业产值#亿元。",
    ),
    (
        "城鎮登記失業率控制在#%以內，城鄉居民收入穩步提高。",
        "城镇登记失业率控制在#%以内，城乡居民收入稳步提高。",
    ),
    (
        "開工建設“四好農村路”項目#個，改造提升公路#公里。",
        "开工建设“四好农村路”项目#个，改造提升公路#公里。",
    ),
    (
        "基本養老保險參保率達到#%以上，新增養老床位#張。",
        "基本养老保险参保率达到#%以上，新增养老床位#张。",
    ),
    ("空氣質量優良天數比例#%，森林覆蓋率#%。", "空气质量优良天数比例#%，森林覆盖率#%。"),
    ("“清風行動”入選全省治理創新最佳案例。", "“清风行动”入选全省治理创新最佳案例。"),
    ("招商引資簽約項目#個，實際利用外資#萬美元。", "招商引资签约项目#个，实际利用外资#万美元。"),
    ("高新技術企業達到#家，研發經費支出占比#%。", "高新技术企业达到#家，研发经费支出占比#%。"),
    (
        "接待游客#萬人次，旅游總收入#億元，同比增長#%。",
        "接待游客#万人次，旅游总收入#亿元，同比增长#%。",
    ),
    ("商品房銷售面積#萬平方米（住宅#萬平方米）。", "商品房销售面积#万平方米（住宅#万平方米）。"),
];

const PROSE: &str = "怎样看待今年的形势？有人问：“增长5.2%难不难?”答案是：难，但能做到!\n\
    R&D经费占比2.1%，PM2.5浓度28微克/立方米，(EOD)模式(试点)，专硕(MBA)、医师(助理)、情形(a)。\n1. 2024年完成 35 项；乾隆年间著名建筑，瞭望塔。5%、3‰，A-1？B?C。\r\n“问计于民?”活动";

/// Numbers that come again the same for the same seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }

    fn number(&mut self) -> String {
        match self.roll(3) {
            0 => self.roll(900).to_string(),
            1 => format!("{}.{}", self.roll(200), self.roll(10)),
            _ => format!("{}.{}", self.roll(99), self.roll(90) + 10),
        }
    }
}

/// A report of some sentences: traditional and simplified.
fn report(dice: &mut Dice, sentences: usize) -> (String, String) {
    let (mut traditional, mut simplified) = (String::new(), String::new());
    for number in 0..sentences {
        let (left, right) = SENTENCES[dice.roll(SENTENCES.len())];
        let mut values: Vec<String> = Vec::new();
        for character in left.chars() {
            if character == '#' {
                values.push(dice.number());
                traditional.push_str(&values[values.len() - 1]);
            } else {
                traditional.push(character);
            }
        }
        let mut values = values.iter();
        for character in right.chars() {
            match character {
                '#' => simplified.push_str(values.next().unwrap()),
                _ => simplified.push(character),
            }
        }
        if number % 6 == 5 {
            traditional.push('\n');
            simplified.push('\n');
        }
    }
    (traditional, simplified)
}

#[derive(Clone, Copy, PartialEq)]
enum Reader {
    Drops,
    Swallows,
}

/// Reads double bytes the way that a careless page does.
fn misread(bytes: &[u8], reader: Reader) -> String {
    let mut text = String::new();
    let mut at = 0;
    while at < bytes.len() {
        let lead = bytes[at];
        match (lead, bytes.get(at + 1)) {
            (0..=0x7F, _) => text.push(char::from(lead)),
            (_, Some(0x40..=0x7E | 0x80..=0xFE)) => {
                let pair =
                    GB18030.decode_without_bom_handling_and_without_replacement(&bytes[at..at + 2]);
                let shown = pair.and_then(|pair| pair.chars().next());
                text.push(shown.filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c)).unwrap_or('?'));
                at += 1;
            }
            (_, Some(_)) if reader == Reader::Swallows => {
                text.push('?');
                at += 1;
            }
            _ => {}
        }
        at += 1;
    }
    text
}

/// Loses the lead byte of some full-width marks; returns the shown text and how many marks were hit.
fn lose_bytes(text: &str, dice: &mut Dice, reader: Reader) -> (String, usize) {
    let mut shown = String::new();
    let mut hits = 0;
    for line in text.split_inclusive('\n') {
        let marks: Vec<usize> = line
            .char_indices()
            .filter(|(at, c)| matches!(c, '。' | '；') && at + 3 < line.trim_end().len())
            .map(|(at, _)| at)
            .collect();
        if marks.is_empty() {
            shown.push_str(line);
            continue;
        }
        let at = marks[dice.roll(marks.len())];
        let (clean, hit) = line.split_at(at);
        let (bytes, ..) = GB18030.encode(hit);
        let mut bytes = bytes.into_owned();
        bytes[0] = b'?';
        shown.push_str(clean);
        shown.push_str(&misread(&bytes, reader));
        hits += 1;
    }
    (shown, hits)
}

fn inject_pinyin(text: &str, dice: &mut Dice, percent: usize) -> String {
    let mut damaged = String::new();
    for character in text.chars() {
        damaged.push(character);
        if let Some(reading) = character.to_pinyin()
            && dice.roll(100) < percent
        {
            let (open, close) = if dice.roll(5) == 0 { ('（', '）') } else { ('(', ')') };
            damaged.extend([open].into_iter().chain(reading.with_tone().chars()).chain([close]));
        }
    }
    damaged
}

fn read(text: &str) -> Document {
    document::read("report.txt", text.as_bytes()).unwrap()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// What must hold of every document, whatever was done to it.
fn check(source: &str, document: &Document) {
    assert_eq!(digits(source), digits(&document.text), "a digit changed in {source}");
    assert_eq!(document.map.len(), document.text.chars().count());
    for repair in document.repairs() {
        assert!(document.text.get(repair.span.range()).is_some(), "{repair:?}");
        assert!(source.get(repair.source.range()).is_some(), "{repair:?}");
        assert_eq!(document.slice(repair.span), repair.after, "{repair:?}");
    }
    let mut before = 0;
    for (at, character) in document.text.char_indices() {
        let place = document.map.source(terms::Span::new(at, at + character.len_utf8()));
        assert!(
            place.start >= before && place.end <= source.len() && !place.is_empty(),
            "{at}: {place:?}"
        );
        before = place.start;
    }
    let again = read(&document.text);
    assert_eq!(again.text, document.text, "a second reading changed the text");
}

#[test]
fn clean_text_comes_out_unchanged() {
    let mut dice = Dice(1);
    for text in
        [report(&mut dice, 40).1, PROSE.to_owned(), format!("{PROSE}\n{}", report(&mut dice, 12).1)]
    {
        let document = read(&text);
        assert_eq!(document.text, text);
        assert!(document.repairs.is_empty(), "{:?}", document.repairs);
        check(&text, &document);
    }
}

#[test]
fn real_question_marks_stay() {
    let mut dice = Dice(7);
    let mut text = report(&mut dice, 60).1.replace('。', "?");
    text.push_str("是不是?鑫淼、喆昇公司(?)怎么办?!谁来办?A县?“B计划”?3年?5%?www.example.com/?id=7&key=囍\n?\n??");
    let document = read(&text);
    assert_eq!(document.text, text);
    assert!(document.repairs.is_empty(), "{:?}", document.repairs);
    assert!(document.diagnostics.iter().all(|diagnostic| diagnostic.code != "digit-lost"));
}

#[test]
fn pinyin_and_traditional_text_come_out_clean() {
    for seed in 0..20 {
        let mut dice = Dice(seed);
        let (traditional, simplified) = report(&mut dice, 12);
        let percent = [5, 50, 100][dice.roll(3)];
        let damaged = inject_pinyin(&traditional, &mut dice, percent);
        let document = read(&damaged);
        assert_eq!(document.text, simplified, "seed {seed}");
        check(&damaged, &document);
    }
}

#[test]
fn a_text_of_many_stretches_comes_out_clean() {
    // Long enough for several, with line breaks, without them, and without any mark.
    let mut dice = Dice(3);
    let (traditional, simplified) = report(&mut dice, 11_000);
    let without = |text: &str, left_out: &[char]| text.replace(left_out, "");
    for left_out in [&[][..], &['\n'], &['\n', '。', '；', '，']] {
        let clean = without(&simplified, left_out);
        assert!(clean.chars().count() > 200_000);
        let damaged = inject_pinyin(&without(&traditional, left_out), &mut dice, 50);
        let document = read(&damaged);
        assert!(document.text == clean, "{left_out:?}");
        check(&damaged, &document);
        let (bytes, ..) = GB18030.encode(&clean);
        let document = document::read("report.txt", &bytes).unwrap();
        assert!(document.text == clean, "{left_out:?}");
        assert_eq!(document.map.source(terms::Span::new(0, clean.len())).len(), bytes.len());
    }
    let (mut bytes, ..) = GB18030.encode(&simplified);
    bytes.to_mut().push(0xFF);
    let line = simplified.matches('\n').count() + 1;
    let error = document::read("report.txt", &bytes).unwrap_err();
    let expected = ReadError::Undecodable { offset: bytes.len() - 1, line, byte: 0xFF };
    assert_eq!(error, expected);
}

#[test]
fn gb18030_reads_like_utf_8() {
    let (traditional, simplified) = report(&mut Dice(3), 30);
    for text in [&traditional, &simplified] {
        let (bytes, ..) = GB18030.encode(text);
        let document = document::read("report.txt", &bytes).unwrap();
        assert_eq!(document.text, simplified);
        assert_eq!(document.encoding, "GB18030");
        assert_eq!(document.repairs().next().unwrap().kind, RepairKind::Encoding);
        let at = simplified.find('%').unwrap();
        assert_eq!(&bytes[document.map.source(terms::Span::new(at, at + 1)).range()], b"%");
    }
}

/// Compares what was read with what was written, character by character; a mark stands for one of any kind.
fn compare(read: &str, written: &str) -> (usize, usize, usize) {
    let (mut right, mut marked, mut wrong) = (0, 0, 0);
    for (read, written) in read.lines().zip(written.lines()) {
        if read.chars().filter(|c| *c != '〓').count() != written.chars().count()
            && read.chars().count() != written.chars().count()
        {
            wrong += 1;
            println!("other length:\n  {read}\n  {written}");
            continue;
        }
        for (read, written) in read.chars().zip(written.chars()) {
            match read {
                '□' | '〓' => marked += 1,
                _ if read == written => right += 1,
                _ => {
                    wrong += 1;
                    println!("{read} for {written}");
                }
            }
        }
    }
    (right, marked, wrong)
}

fn recovery(
    reader: Reader,
    script: fn((String, String)) -> (String, String),
) -> (usize, usize, usize, usize) {
    let (mut hits, mut marked, mut wrong, mut inferred) = (0, 0, 0, 0);
    for seed in 100..140 {
        let mut dice = Dice(seed);
        let (source, clean) = script(report(&mut dice, 60));
        let (damaged, hit) = lose_bytes(&source, &mut dice, reader);
        let document = read(&damaged);
        check(&damaged, &document);
        let result = compare(&document.text, &clean);
        hits += hit;
        marked += result.1;
        wrong += result.2;
        inferred += document.repairs().filter(|repair| repair.kind == RepairKind::Inferred).count();
    }
    println!("{hits} places: {inferred} characters inferred, {marked} marked, {wrong} wrong");
    (hits, inferred, marked, wrong)
}

#[test]
fn runs_whose_odd_byte_was_dropped_are_re_paired() {
    let (hits, inferred, marked, wrong) =
        recovery(Reader::Drops, |(_, simplified)| (simplified.clone(), simplified));
    assert!(hits > 300);
    assert_eq!(wrong, 0);
    assert!(marked * 100 <= inferred * 2, "{marked} of {inferred} marked");
}

#[test]
fn traditional_runs_are_re_paired() {
    let (hits, inferred, marked, wrong) = recovery(Reader::Drops, |texts| texts);
    assert!(hits > 300);
    assert_eq!(wrong, 0);
    assert!(marked * 100 <= inferred * 2, "{marked} of {inferred} marked");
}

#[test]
fn a_swallowed_digit_is_marked_and_never_guessed() {
    let mut marked = 0;
    for seed in 200..230 {
        let mut dice = Dice(seed);
        let (traditional, clean) = report(&mut dice, 40);
        let (damaged, _) = lose_bytes(&traditional, &mut dice, Reader::Swallows);
        let document = read(&damaged);
        check(&damaged, &document);
        // Every digit that the damaged text shows stands in the text, and none besides; where the text before had
        // more digits, a mark stands for each.
        for (read, written) in document.text.lines().zip(clean.lines()) {
            let read: String = read.chars().filter(|c| c.is_ascii_digit() || *c == '〓').collect();
            let written = digits(written);
            assert_eq!(
                read.chars().count(),
                written.chars().count(),
                "seed {seed}: {read} for {written}"
            );
            assert!(
                read.chars()
                    .zip(written.chars())
                    .all(|(read, written)| read == '〓' || read == written)
            );
            marked += read.chars().filter(|c| *c == '〓').count();
        }
    }
    assert!(marked > 10, "{marked}");
}

#[test]
fn any_text_at_all_is_read() {
    const PIECES: &[&str] = &[
        "?", "??", "?!", "\u{FFFD}", "煌", "谕", "鎷", "國", "(guó)", "（", ")", "shí)", "(", "5",
        "0.5", " . ", "%", " ", "　", "\n", "\r\n", "&", "&amp;", "#", ";", "amp;", "\u{200B}",
        "\u{FEFF}", "\u{E000}", "计划", "増", "。“", "”", "ＡＢ", "３", "〓", "□", "著", "乾",
        "𠀀", "é", "|", "C", "年", "增长", "1",
    ];
    for seed in 0..60 {
        let mut dice = Dice(seed);
        let length = 1 + dice.roll(200);
        let text: String = (0..length).map(|_| PIECES[dice.roll(PIECES.len())]).collect();
        if let Ok(document) = document::read("soup.txt", text.as_bytes()) {
            check(&text, &document);
        }
    }
}

/// Pinyin as it went into bytes: ASCII that no pairing can break, made readable afterwards.
fn placeholder(reading: &str) -> String {
    let number: u32 =
        reading.bytes().fold(7, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let letters: String = number.to_string().bytes().map(|digit| char::from(digit + 49)).collect();
    format!("(qq{letters}qq)")
}

fn make_readable(text: &str) -> String {
    let mut readable = text.to_owned();
    for character in SENTENCES.iter().flat_map(|(left, right)| left.chars().chain(right.chars())) {
        if let Some(reading) = character.to_pinyin().map(pinyin::Pinyin::with_tone) {
            let name = placeholder(reading);
            readable = readable.replace(name.trim_matches(['(', ')']), reading);
        }
    }
    readable
}

#[test]
fn pinyin_that_went_between_bytes_proves_what_they_were() {
    for (traditional, simplified) in SENTENCES {
        let traditional = traditional.replace('#', "7");
        let simplified = simplified.replace('#', "7");
        // Pinyin behind every fifth character, as a page of such text has it, with one byte lost before.
        let mut annotated = String::new();
        for (number, character) in traditional.chars().enumerate() {
            annotated.push(character);
            if number % 5 == 4
                && let Some(reading) = character.to_pinyin()
            {
                annotated.push_str(&placeholder(reading.with_tone()));
            }
        }
        let context = "全縣經濟增長7%，改革工作機制完善。";
        let (bytes, ..) = GB18030.encode(&annotated);
        let mut damaged = vec![b'?'];
        damaged.extend(&GB18030.encode("。").0[1..]);
        damaged.extend(&*bytes);
        let shown = make_readable(&misread(&damaged, Reader::Swallows));
        let source = format!("{context}完成任務{shown}");
        let document = read(&source);
        check(&source, &document);
        // Where a `?` hid a number of one digit with half a character, the digit is marked.
        let wanted = format!("全县经济增长7%，改革工作机制完善。完成任务。{simplified}");
        assert_eq!(document.text.replace('〓', "7"), wanted, "{source}");
    }
}
