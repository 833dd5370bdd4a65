//! Reads Markdown of our own.

use document::read;
use terms::{BlockKind, Document, Span};

const TEXT: &str = "# 关于青石市2023年国民经济和社会发展计划执行情况与2024年国民经济和社会发展计划草案的报告\n\n## 一、2023年计划执行情况\n\n全年**完成投资**12.5亿元，详见[附件](http://example.com/a)。\n第二行\\*完成&amp;5项。\n\n1. 稳增长\n2. 促改革\n\n- 惠民生\n\n| 指标 | 单位 | 计划 |\n|---|:--:|---|\n| 地区生产总值 | % | 6.5左右 |\n| **失业率** | % | |\n\n表后文字。\n\n![图](x.png)\n";

fn words(document: &Document) -> Vec<Vec<&str>> {
    let rows = &document.tables[0].rows;
    rows.iter().map(|row| row.iter().map(|cell| document.slice(cell.span)).collect()).collect()
}

#[test]
fn reads_words_without_marks() {
    for name in ["a.md", "a.txt"] {
        let document = read(name, TEXT.as_bytes()).unwrap();
        assert_eq!(
            document.text,
            "关于青石市2023年国民经济和社会发展计划执行情况与2024年国民经济和社会发展计划草案的报告\n一、2023年计划执行情况\n全年完成投资12.5亿元，详见附件。\n第二行*完成&5项。\n1.稳增长\n2.促改革\n惠民生\n指标\t单位\t计划\n地区生产总值\t%\t6.5左右\n失业率\t%\t\n表后文字。\n"
        );
        assert_eq!(
            words(&document),
            [
                vec!["指标", "单位", "计划"],
                vec!["地区生产总值", "%", "6.5左右"],
                vec!["失业率", "%", ""]
            ]
        );
        let kinds: Vec<_> = document.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds[..2], [BlockKind::Title, BlockKind::Heading]);
        for (words, source) in
            [("投资12.5", "投资**12.5"), ("&5", "&amp;5"), ("6.5左右", "6.5左右")]
        {
            let at = document.text.find(words).unwrap();
            let span = Span::new(at, at + words.len());
            assert_eq!(&TEXT[document.map.source(span).range()], source);
        }
    }
}

#[test]
fn a_table_in_plain_text_is_one() {
    let text = "完成情况如下：\r\n\r\n|指标|计划|\r\n|----|----|\r\n|粮食产量|3.2万吨|\r\n表后 文字|不是表格。\r\n";
    let document = read("a.txt", text.as_bytes()).unwrap();
    assert_eq!(words(&document), [["指标", "计划"], ["粮食产量", "3.2万吨"]]);
    assert_eq!(
        document.text,
        "完成情况如下：\r\n\r\n指标\t计划\n粮食产量\t3.2万吨\n表后 文字|不是表格。\r\n"
    );
    let kinds: Vec<_> = document.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::Table, BlockKind::Paragraph]);
}

#[test]
fn other_text_is_not_touched() {
    for text in ["A|B\n# 1\n", "|单独一行|\n", "\t\t缩进\n\t\t缩进\n", "甲，乙，丙\n丁，戊，己\n"]
    {
        let document = read("a.txt", text.as_bytes()).unwrap();
        assert_eq!(document.text, text);
        assert!(document.tables.is_empty());
    }
}
