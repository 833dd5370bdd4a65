//! Reads PDF files of our own, written here so that their fonts are not embedded and their codes known.

use std::fmt::Write;
use std::io::Write as _;

use document::{ReadError, read};
use terms::Document;

/// Codes in which a Chinese font may be used.
#[derive(Clone, Copy)]
pub enum Codes {
    Unicode,
    Gbk,
}

impl Codes {
    fn hex(self, text: &str) -> String {
        let bytes: Vec<u8> = match self {
            Codes::Unicode => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Codes::Gbk => encoding_rs::GBK.encode(text).0.into_owned(),
        };
        bytes.iter().map(|byte| format!("{byte:02X}")).collect()
    }

    fn name(self) -> &'static str {
        match self {
            Codes::Unicode => "UniGB-UTF16-H",
            Codes::Gbk => "GBK-EUC-H",
        }
    }
}

/// Draws words at a place.
pub fn words(codes: Codes, x: f64, y: f64, text: &str) -> String {
    format!("BT /F 10 Tf 1 0 0 1 {x} {y} Tm <{}> Tj ET\n", codes.hex(text))
}

/// A file with these drawings as pages.
pub fn pdf(codes: Codes, pages: &[String]) -> Vec<u8> {
    let count = pages.len();
    let kids: String = (0..count).map(|page| format!("{} 0 R ", 6 + page * 2)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Count {count}/Kids[{kids}]/MediaBox[0 0 595 842]>>"),
        format!("<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/{}/DescendantFonts[4 0 R]>>", codes.name()),
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/W[1 95 500 814 939 500]/FontDescriptor 5 0 R>>".to_owned(),
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]/Ascent 900/Descent -200/CapHeight 800/StemV 80/ItalicAngle 0>>".to_owned(),
    ];
    for (page, drawing) in pages.iter().enumerate() {
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/Resources<</Font<</F 3 0 R>>>>/Contents {} 0 R>>",
            7 + page * 2
        ));
        objects.push(format!("<</Length {}>>stream\n{drawing}endstream", drawing.len()));
    }
    written(&objects)
}

/// A file of these objects, the first of which is its catalogue.
fn written(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(file.len());
        let _ = writeln!(file, "{} 0 obj\n{object}\nendobj", number + 1);
    }
    let start = file.len();
    let _ = write!(file, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    for place in &places {
        let _ = writeln!(file, "{place:010} 00000 n ");
    }
    let _ = write!(
        file,
        "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n",
        places.len() + 1
    );
    file.into_bytes()
}

/// Lays paragraphs out as a word processor does: indented, filled to a measure, numbers not parted, page by page.
pub fn laid_out(codes: Codes, text: &str) -> Vec<u8> {
    let wide = |character: char| if character.is_ascii() { 0.5 } else { 1.0 };
    let mut lines = Vec::new();
    for paragraph in text.lines().filter(|line| !line.trim().is_empty()) {
        let mut line = String::new();
        let (mut indent, mut room) = (2.0, 34.0);
        let characters: Vec<char> = paragraph.trim().chars().collect();
        let mut at = 0;
        while at < characters.len() {
            let mut end = at + 1;
            while end < characters.len()
                && (characters[end - 1].is_ascii() && characters[end].is_ascii()
                    || "，。、；：！？）”》".contains(characters[end]))
            {
                end += 1;
            }
            let width: f64 = characters[at..end].iter().map(|character| wide(*character)).sum();
            if width > room {
                lines.push((indent, std::mem::take(&mut line)));
                (indent, room) = (0.0, 36.0);
            }
            room -= width;
            line.extend(&characters[at..end]);
            at = end;
        }
        lines.push((indent, line));
    }
    let page = |(number, lines): (usize, &[(f64, String)])| {
        let mut page: String = lines
            .iter()
            .enumerate()
            .map(|(row, (indent, line))| {
                words(codes, 90.0 + indent * 10.0, 760.0 - row as f64 * 18.0, line)
            })
            .collect();
        page += &words(codes, 290.0, 40.0, &format!("— {} —", number + 1));
        page
    };
    let pages: Vec<String> = lines.chunks(38).enumerate().map(page).collect();
    pdf(codes, &pages)
}

/// A table with two rows of head over two columns, and cells with two lines.
pub fn ruled(codes: Codes) -> String {
    let mut page = String::from("0.5 w\n");
    // Columns at 90, 190, 250, 310 and 430; rows at 700, 680, 660, 620 and 600.
    for (x0, y0, x1, y1) in [
        (90, 700, 430, 700),
        (190, 680, 310, 680),
        (90, 660, 430, 660),
        (90, 620, 430, 620),
        (90, 600, 430, 600),
        (90, 700, 90, 600),
        (190, 700, 190, 600),
        (250, 680, 250, 600),
        (310, 700, 310, 600),
        (430, 700, 430, 600),
    ] {
        let _ = writeln!(page, "{x0} {y0} m {x1} {y1} l S");
    }
    for (x, y, text) in [
        (110, 676, "指标名称"),
        (230, 686, "2023年"),
        (330, 676, "2024年计划"),
        (205, 666, "计划"),
        (265, 666, "实际"),
        (95, 645, "每百元固定资产投"),
        (95, 629, "资产出"),
        (205, 638, "7.0"),
        (265, 638, "6.5"),
        (315, 638, "6.5左右"),
        (95, 606, "城镇调查失业率年均值"),
        (265, 606, "2.1"),
        (315, 606, "4以内"),
    ] {
        page += &words(codes, f64::from(x), f64::from(y), text);
    }
    page
}

fn cells(document: &Document) -> Vec<Vec<&str>> {
    let rows = &document.tables[0].rows;
    rows.iter().map(|row| row.iter().map(|cell| document.slice(cell.span)).collect()).collect()
}

#[test]
fn lines_become_paragraphs_again() {
    let report = include_str!("../../../../examples/yongkang/report.txt");
    let plain = read("report.txt", report.as_bytes()).unwrap();
    for codes in [Codes::Unicode, Codes::Gbk] {
        let document = read("report.pdf", &laid_out(codes, report)).unwrap();
        assert_eq!(document.encoding, "PDF");
        assert!(document.diagnostics.iter().all(|known| known.code != "glyphs-unmapped"));
        for (read, plain) in document.text.lines().zip(plain.text.lines()) {
            assert_eq!(read, plain);
        }
        assert_eq!(document.text.lines().count(), plain.text.lines().count());
        assert_eq!(document.profile, plain.profile);
    }
}

#[test]
fn ruled_cells_are_a_table() {
    let lead = words(Codes::Unicode, 90.0, 730.0, "主要预期目标如下：");
    let behind = words(Codes::Unicode, 90.0, 560.0, "以上报告，请审议。");
    let file = pdf(Codes::Unicode, &[lead + &ruled(Codes::Unicode) + &behind]);
    // The name of another kind does not fool it.
    let document = read("a.docx", &file).unwrap();
    assert_eq!(
        cells(&document),
        [
            vec!["指标名称", "2023年", "2024年计划"],
            vec!["计划", "实际"],
            vec!["每百元固定资产投资产出", "7.0", "6.5", "6.5左右"],
            vec!["城镇调查失业率年均值", "", "2.1", "4以内"],
        ]
    );
    let room: Vec<_> = document.tables[0].rows[..2]
        .iter()
        .flatten()
        .map(|cell| (cell.column, cell.columns, cell.rows))
        .collect();
    assert_eq!(room, [(0, 1, 2), (1, 2, 1), (3, 1, 2), (1, 1, 1), (2, 1, 1)]);
    assert!(document.text.starts_with("主要预期目标如下：\n指标名称\t2023年\t\t2024年计划\n"));
    assert!(document.text.ends_with("\n以上报告，请审议。\n"));
}

/// A file whose font has codes of its own and tells what they stand for.
pub fn mapped(lines: &[&str]) -> Vec<u8> {
    let mut known: Vec<char> = Vec::new();
    let mut drawing = String::new();
    for (row, line) in lines.iter().enumerate() {
        let _ = write!(drawing, "BT /F 10 Tf 1 0 0 1 90 {} Tm <", 700 - row * 18);
        for character in line.chars() {
            let code = known.iter().position(|known| *known == character).unwrap_or(known.len());
            if code == known.len() {
                known.push(character);
            }
            let _ = write!(drawing, "{:02X}", code + 1);
        }
        drawing += "> Tj ET\n";
    }
    let mut map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n\
        1 begincodespacerange <00> <FF> endcodespacerange\n"
        .to_owned();
    let _ = writeln!(map, "{} beginbfchar", known.len());
    for (code, character) in known.iter().enumerate() {
        let _ = writeln!(map, "<{:02X}> <{:04X}>", code + 1, *character as u32);
    }
    map += "endbfchar endcmap end end";
    let widths = "1000 ".repeat(known.len());
    written(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 595 842]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Resources<</Font<</F 4 0 R>>>>/Contents 6 0 R>>".to_owned(),
        format!(
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 1/LastChar {}/Widths[{widths}]/ToUnicode 5 0 R>>",
            known.len()
        ),
        format!("<</Length {}>>stream\n{map}\nendstream", map.len() + 1),
        format!("<</Length {}>>stream\n{drawing}endstream", drawing.len()),
    ])
}

#[test]
fn a_font_tells_what_its_codes_stand_for() {
    let lines = ["一、主要⽬标", "地区⽣产总值增⻓6.5%左右。"];
    let document = read("a.pdf", &mapped(&lines)).unwrap();
    assert_eq!(document.text, "一、主要目标\n地区生产总值增长6.5%左右。\n");
}

#[test]
fn files_without_text_are_refused() {
    let blank = pdf(Codes::Unicode, &["90 700 m 430 700 l S\n".to_owned()]);
    assert_eq!(read("a.pdf", &blank).unwrap_err(), ReadError::NoText { kind: "PDF" });
    assert!(matches!(read("a.pdf", b"%PDF-1.7\nrest"), Err(ReadError::Broken { .. })));
}

#[test]
fn forms_within_forms_come_to_an_end() {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 595 842]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>".to_owned(),
        "<</Length 5>>stream\n/X Do\nendstream".to_owned(),
    ];
    for form in 0..12 {
        let drawing =
            if form == 11 { "90 700 m 430 700 l S ".repeat(10) } else { "/X Do ".repeat(10) };
        let next = objects.len() + 2;
        objects.push(format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X {next} 0 R>>>>/Length {}>>stream\n{drawing}\nendstream",
            drawing.len()
        ));
    }
    let begin = std::time::Instant::now();
    assert!(read("a.pdf", &written(&objects)).is_err());
    println!("forms within forms: {:?}", begin.elapsed());
}

#[test]
fn streams_that_would_fill_memory_are_refused() {
    let packed = |bytes: &[u8]| {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let mut file = b"%PDF-1.7\n1 0 obj\n<</Filter[/FlateDecode/FlateDecode]>>stream\n".to_vec();
    file.extend(packed(&packed(&vec![b' '; 65 << 20])));
    file.extend(b"\nendstream endobj\n");
    assert!(file.len() < 64 << 10);
    assert!(matches!(read("a.pdf", &file), Err(ReadError::Inflated { .. })));
}
