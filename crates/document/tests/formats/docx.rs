//! Reads Word documents of our own.

use crate::office;

use crate::office::{cell, document, docx, paragraph};
use document::{ReadError, read};
use terms::{BlockKind, Document, Span};

fn words(document: &Document, table: usize) -> Vec<Vec<&str>> {
    let rows = &document.tables[table].rows;
    rows.iter().map(|row| row.iter().map(|cell| document.slice(cell.span)).collect()).collect()
}

/// A plan table with a head of two rows.
pub fn plan_table() -> String {
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let plain = |words: &str| cell("", &[words]);
    [
        "<w:tbl><w:tblPr/>".to_owned(),
        row(&[
            cell("<w:vMerge w:val=\"restart\"/>", &["指标名称"]),
            cell("<w:vMerge w:val=\"restart\"/>", &["计量", "单位"]),
            cell("<w:gridSpan w:val=\"2\"/>", &["2023年"]),
            cell("<w:vMerge w:val=\"restart\"/>", &["2024年计划"]),
            cell("<w:vMerge w:val=\"restart\"/>", &["属性"]),
        ]),
        row(&[
            cell("<w:vMerge/>", &[""]),
            cell("<w:vMerge w:val=\"continue\"/>", &[""]),
            plain("计划"),
            plain("实际"),
            cell("<w:vMerge/>", &[""]),
            cell("<w:vMerge/>", &[""]),
        ]),
        row(&[plain("一、经济发展"), plain(""), plain(""), plain(""), plain(""), plain("")]),
        row(&[
            plain("地区生产总值增速"),
            plain("%"),
            plain("7"),
            plain("6.5"),
            plain("6.5左右"),
            plain("预期性"),
        ]),
        row(&[
            plain("能耗降幅"),
            plain("%"),
            plain("3"),
            plain("—"),
            plain("完成上级任务"),
            plain("约束性"),
        ]),
        "</w:tbl>".to_owned(),
    ]
    .concat()
}

#[test]
fn reads_what_the_page_shows() {
    let body = [
        paragraph("关于青石市2024年国民经济和社会发展计划草案的报告"),
        "<w:p><w:r><w:t>全年</w:t></w:r><w:del><w:r><w:delText>旧</w:delText><w:t>旧文</w:t></w:r></w:del><w:ins><w:r><w:t>完成投资</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText><w:t>12.5&#20159;元&amp;增长</w:t><w:tab/><w:t>6%</w:t></w:r></w:p>".to_owned(),
        "<w:p><mc:AlternateContent><mc:Choice><w:r><w:txbxContent><w:p><w:r><w:t>文本框</w:t></w:r></w:p></w:txbxContent></w:r></mc:Choice><mc:Fallback><w:r><w:t>重复</w:t></w:r></mc:Fallback></mc:AlternateContent><w:r><w:t>框后文字</w:t><w:br/><w:t>换行</w:t></w:r></w:p>".to_owned(),
    ]
    .concat();
    let notes = "<w:footnotes xmlns:w=\"w\"><w:footnote><w:p><w:r><w:t>注释一则。</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let bytes = docx(&body, &[("word/footnotes.xml", notes), ("word/vbaProject.bin", "x")]);
    let document_ = read("a.docx", &bytes).unwrap();
    assert_eq!(
        document_.text,
        "关于青石市2024年国民经济和社会发展计划草案的报告\n全年完成投资12.5亿元&增长 6%\n文本框\n框后文字\n换行\n注释一则。\n"
    );
    assert_eq!(document_.encoding, "DOCX word/document.xml + word/footnotes.xml");
    assert_eq!(document_.profile.plan_year, Some(2024));
    assert!(document_.diagnostics.iter().any(|known| known.code == "macros-ignored"));
    let parts = document(&body) + notes;
    for (words, source) in
        [("12.5亿元", "12.5&#20159;元"), ("注释一则", "注释一则"), ("换行", "换行")]
    {
        let at = document_.text.find(words).unwrap();
        let span = Span::new(at, at + words.len());
        let bytes = document_.map.source(span);
        assert_eq!(&parts[bytes.range()], source);
    }
}

#[test]
fn a_plan_table_keeps_every_cell() {
    let body = [
        paragraph(
            "关于青石市2023年国民经济和社会发展计划执行情况与2024年国民经济和社会发展计划草案的报告",
        ),
        paragraph("一、2023年计划执行情况"),
        paragraph("完成10项。"),
        paragraph("二、2024年预期目标"),
        paragraph("（一）预期目标"),
        paragraph("确定主要预期目标："),
        plan_table(),
        paragraph("（二）重点工作"),
        paragraph("力争增长6%。"),
    ];
    let document = read("a.docx", &docx(&body.concat(), &[])).unwrap();
    assert_eq!(
        words(&document, 0),
        [
            vec!["指标名称", "计量 单位", "2023年", "2024年计划", "属性"],
            vec!["计划", "实际"],
            vec!["一、经济发展", "", "", "", "", ""],
            vec!["地区生产总值增速", "%", "7", "6.5", "6.5左右", "预期性"],
            vec!["能耗降幅", "%", "3", "—", "完成上级任务", "约束性"],
        ]
    );
    let room: Vec<_> = document.tables[0].rows[..2]
        .iter()
        .flatten()
        .map(|cell| (cell.column, cell.columns, cell.rows))
        .collect();
    assert_eq!(room, [(0, 1, 2), (1, 1, 2), (2, 2, 1), (4, 1, 2), (5, 1, 2), (2, 1, 1), (3, 1, 1)]);
    assert!(document.diagnostics.iter().all(|known| known.code != "target-table-missing"));
    let kinds: Vec<_> = document.blocks.iter().map(|block| block.kind).collect();
    use BlockKind::*;
    assert_eq!(
        kinds,
        [Title, Heading, Paragraph, Heading, Heading, Paragraph, Table, Heading, Paragraph]
    );
    let table = document.blocks.iter().find(|block| block.kind == Table).unwrap();
    assert_eq!(table.part, terms::Part::Targets);

    let without: String = [&body[..6], &body[7..]].concat().concat();
    let document = self::read("a.docx", &docx(&without, &[])).unwrap();
    assert!(document.diagnostics.iter().any(|known| known.code == "target-table-missing"));
}

#[test]
fn numbers_that_word_counts_are_written() {
    let numbering = "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"7\">\
        <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCountingThousand\"/><w:lvlText w:val=\"%1、\"/></w:lvl>\
        <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"（%2）\"/></w:lvl>\
        <w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%3.\"/></w:lvl>\
        </w:abstractNum><w:num w:numId=\"3\"><w:abstractNumId w:val=\"7\"/></w:num></w:numbering>";
    let styles = "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"H\"><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style></w:styles>";
    let item = |level: usize, words: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"H\"/><w:numPr><w:ilvl w:val=\"{level}\"/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
        )
    };
    let body: String = [
        (0, "执行情况"),
        (1, "经济"),
        (2, "甲"),
        (2, "乙"),
        (1, "民生"),
        (2, "丙"),
        (0, "目标"),
        (1, "总体"),
    ]
    .map(|(level, words)| item(level, words))
    .concat();
    let bytes = docx(&body, &[("word/numbering.xml", numbering), ("word/styles.xml", styles)]);
    assert_eq!(
        read("a.docx", &bytes).unwrap().text,
        "一、执行情况\n（一）经济\n1.甲\n2.乙\n（二）民生\n1.丙\n二、目标\n（一）总体\n"
    );
}

#[test]
fn what_is_no_document_is_named() {
    let error = |bytes: &[u8]| read("a.docx", bytes).unwrap_err();
    let zip = office::archive(&[("a.txt", "x"), ("b.zip", "PK\u{3}\u{4}")]);
    assert!(error(&zip).to_string().contains("先解压"));
    let whole = docx(&paragraph("完成5项。"), &[]);
    assert!(matches!(error(&whole[..whole.len() / 2]), ReadError::Broken { .. }));
    let cut = office::archive(&[
        ("[Content_Types].xml", ""),
        ("word/document.xml", "<w:document><w:body>"),
    ]);
    assert!(matches!(error(&cut), ReadError::Broken { .. }));
    let mut old = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    old.extend("WordDocument".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(error(&old), ReadError::OldWord);
    let mut locked = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert!(matches!(error(&locked), ReadError::Encrypted { .. }));
    assert_eq!(error(&docx("<w:p/>", &[])), ReadError::Empty);
}

#[test]
fn what_would_fill_memory_is_refused() {
    let bomb = docx(&" ".repeat(8 << 20), &[]);
    assert!(bomb.len() < 100 << 10);
    assert!(matches!(read("a.docx", &bomb), Err(ReadError::Inflated { .. })));
    let deep = docx(&"<w:sdt>".repeat(200_000), &[]);
    assert!(matches!(read("a.docx", &deep), Err(ReadError::TooDeep { .. })));
    let nested =
        format!("{}{}{}", "<w:sdt>".repeat(100), paragraph("完成5项。"), "</w:sdt>".repeat(100));
    assert_eq!(read("a.docx", &docx(&nested, &[])).unwrap().text, "完成5项。\n");
    let entities = "<!DOCTYPE a [<!ENTITY b \"cccc\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    let body = format!("{entities}{}", document(&paragraph("前&b;&x;后")));
    let bytes = office::archive(&[("[Content_Types].xml", ""), ("word/document.xml", &body)]);
    assert_eq!(read("a.docx", &bytes).unwrap().text, "前后\n");
}

#[test]
fn a_message_quotes_at_most_a_line_of_the_file() {
    let body = format!("<w:p></w:\n\u{7f}{}>", "x".repeat(5000));
    let message = read("a.docx", &docx(&body, &[])).unwrap_err().to_string();
    assert!(message.starts_with("docx 文件已损坏或不完整：word/document.xml："), "{message}");
    assert!(message.chars().count() < 400 && !message.contains(char::is_control), "{message}");
}

#[test]
fn a_cell_that_says_it_stands_before_the_last_one_stands_behind_it() {
    let row = format!(
        "<w:tr>{}{}<w:gridBefore w:val=\"0\"/>{}</w:tr>",
        cell("", &["指标"]),
        cell("", &["单位"]),
        cell("", &["计划"])
    );
    let document = read("a.docx", &docx(&format!("<w:tbl>{row}</w:tbl>"), &[])).unwrap();
    assert_eq!(document.text, "指标\t单位\t计划\n");
}
