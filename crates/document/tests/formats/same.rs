//! The same report in several formats is the same text with the same structure.

use document::read;
use terms::{BlockKind, Document};

use crate::office;

const REPORT: &str = include_str!("../../../../examples/yongkang/report.txt");

fn lines() -> impl Iterator<Item = &'static str> {
    REPORT.lines().filter(|line| !line.trim().is_empty())
}

fn escaped(line: &str) -> String {
    line.replace('&', "&amp;").replace('<', "&lt;")
}

fn assert_same(document: &Document) {
    let plain = read("report.txt", REPORT.as_bytes()).unwrap();
    for (read, line) in document.text.lines().zip(lines()) {
        assert_eq!(read, line);
    }
    assert_eq!(document.text.lines().count(), lines().count());
    assert_eq!(document.profile, plain.profile);
    let shape = |document: &Document| -> Vec<_> {
        document.blocks.iter().map(|block| (block.kind, block.level, block.part)).collect()
    };
    assert_eq!(shape(document), shape(&plain));
    assert!(document.repairs.is_empty());
    assert!(document.blocks.iter().any(|block| block.kind == BlockKind::Heading));
}

#[test]
fn as_a_page() {
    let paragraphs: String = lines()
        .map(|line| format!("<p style=\"text-indent:2em\">{}</p>\n", escaped(line)))
        .collect();
    let page = format!(
        "<html><head><meta charset=\"utf-8\"><title>报告</title></head><body><ul class=\"menu\"><li><a href=\"/\">首页</a></li></ul><div class=\"content\">{paragraphs}</div><div id=\"footer\">版权所有</div></body></html>"
    );
    assert_same(&read("report.html", page.as_bytes()).unwrap());
}

#[test]
fn as_a_word_document() {
    let body: String = lines().map(|line| office::paragraph(&escaped(line))).collect();
    assert_same(&read("report.docx", &office::docx(&body, &[])).unwrap());
}

#[test]
fn as_markdown() {
    let text: String = lines().map(|line| format!("{line}\n\n")).collect();
    assert_same(&read("report.md", text.as_bytes()).unwrap());
}
