//! The template is the user's: what Word keeps in it stays, and only the places for words are filled.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::shop::{bundled, county, part, with_part, write};

#[test]
fn an_edited_template_keeps_its_styles_page_and_footers() {
    let desk = bundled();
    assert!(desk.ok(&["report", "template", "t.docx"]).starts_with("已写模板"));
    let own = fs::read(desk.path("t.docx")).unwrap();
    let (styles, main, footer) = ["word/styles.xml", "word/document.xml", "word/footer1.xml"]
        .map(|name| part(&own, name))
        .into();
    // Another font for the body, another page, the year in the footer, as Word would cut it into runs.
    let styles = styles
        .replace("仿宋_GB2312", "华文仿宋")
        .replace("w:styleId=\"BodyText\"", "w:styleId=\"a7\"");
    let main = main.replace("w:w=\"11906\"", "w:w=\"10319\"").replace("\"BodyText\"", "\"a7\"");
    let split = "<w:r><w:t>{{ye</w:t></w:r><w:r><w:t>ar}} {{region}}</w:t></w:r></w:p>";
    let footer = footer.replace("</w:p>", split);
    let mut edited = with_part(&own, "word/styles.xml", &styles);
    edited = with_part(&edited, "word/document.xml", &main);
    edited = with_part(&edited, "word/footer1.xml", &footer);
    fs::write(desk.path("t.docx"), &edited).unwrap();
    let docx = write(&desk, "r.docx", "2024-02-03", &["--template", "t.docx"]);
    assert_eq!(part(&docx, "word/styles.xml"), styles);
    let body = part(&docx, "word/document.xml");
    assert!(body.contains("w:w=\"10319\"") && body.contains("<w:pStyle w:val=\"a7\"/>"));
    assert!(!body.contains("BodyText") && !body.contains("{{"));
    let footer = part(&docx, "word/footer1.xml");
    assert!(footer.contains("<w:t>2023</w:t>") && footer.contains(" 永康市</w:t>"), "{footer}");
}

#[test]
fn a_template_without_counted_headings_gets_their_numbers_in_words() {
    let desk = bundled();
    desk.ok(&["report", "template", "t.docx"]);
    let own = fs::read(desk.path("t.docx")).unwrap();
    let styles = part(&own, "word/styles.xml");
    let mut pieces = styles.split("<w:numPr>");
    let head = pieces.next().unwrap().to_owned();
    let styles = pieces.fold(head, |out, piece| out + piece.split_once("</w:numPr>").unwrap().1);
    fs::write(desk.path("t.docx"), with_part(&own, "word/styles.xml", &styles)).unwrap();
    let docx = write(&desk, "r.docx", "2024-02-03", &["--template", "t.docx"]);
    let body = part(&docx, "word/document.xml");
    assert!(body.contains(">一、2023年计划执行情况<"));
    assert!(body.contains(">（一）主要指标完成情况<"));
    let text = document::read("r.docx", &docx).unwrap().text;
    assert!(text.contains("\n二、2024年预期目标与重点工作\n（一）"), "{text}");
}

/// What another reader of Word documents finds: styles of paragraphs, tables with repeated heads, properties.
const OTHER_READER: &str = r#"
import sys, docx
from docx.oxml.ns import qn
d = docx.Document(sys.argv[1])
styles = [p.style.name for p in d.paragraphs]
print('headings', sum(s.lower().startswith('heading') for s in styles))
print('title', d.paragraphs[0].style.name, d.paragraphs[0].text)
print('tables', len(d.tables), sum(len(t.rows) for t in d.tables))
print('repeated', sum(t.rows[0]._tr.trPr is not None and t.rows[0]._tr.trPr.find(qn('w:tblHeader')) is not None for t in d.tables))
s = d.sections[0]
print('page', round(s.page_width.mm), round(s.page_height.mm), round(s.top_margin.mm), round(s.bottom_margin.mm), round(s.left_margin.mm), round(s.right_margin.mm))
print('property', d.core_properties.title, d.core_properties.created.date())
"#;

/// The Python of the environment that `./test` makes ready, or the machine's own, where it has the reader.
fn python() -> Option<PathBuf> {
    let ready =
        std::env::var_os("DUIXIAN_CLIENTS").map(|folder| PathBuf::from(folder).join("bin/python"));
    let found = ready.into_iter().chain([PathBuf::from("python3")]).find(|python| {
        let tried = Command::new(python).args(["-c", "import docx"]).output();
        tried.is_ok_and(|tried| tried.status.success())
    });
    if found.is_none() {
        println!("skipped: python-docx is not installed");
    }
    found
}

#[test]
fn another_reader_finds_styles_tables_page_and_properties() {
    let desk = county();
    write(&desk, "r.docx", "2024-10-20", &["--sources", "footnotes"]);
    let Some(python) = python() else { return };
    let run = Command::new(python)
        .args(["-c", OTHER_READER, desk.path("r.docx").to_str().unwrap()])
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let said = String::from_utf8(run.stdout).unwrap();
    let title = "关于青石市2024年国民经济和社会发展计划执行情况的报告";
    for line in [
        format!("title Title {title}"),
        "tables 4 52".to_owned(),
        "repeated 4".to_owned(),
        "page 210 297 37 35 28 26".to_owned(),
        format!("property {title} 2024-10-20"),
    ] {
        assert!(said.contains(&line), "{line}: {said}");
    }
}
