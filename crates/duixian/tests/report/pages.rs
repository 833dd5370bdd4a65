//! What is written arrives on the page: nothing is lost in the word processor, in the spreadsheet program or in the PDF.

use crate::desk::Desk;
use crate::shop::{bundled, converted, county, dense, keep_pictures, part, poppler, write};

/// The words of a PDF without white space and page numbers; `None` where they cannot be read.
fn words(desk: &Desk, pdf: &str) -> Option<String> {
    let text = poppler(desk, "pdftotext", &["-raw", pdf, "-"])?;
    let is_number = |line: &str| {
        let line = line.trim();
        let inner = line.strip_prefix('—').and_then(|rest| rest.strip_suffix('—'));
        inner.is_some_and(|inner| inner.trim().parse::<u32>().is_ok())
    };
    let lines: Vec<&str> = text.lines().filter(|line| !is_number(line)).collect();
    // A page begins with a mark of its own.
    Some(dense(&lines.join("").replace('\u{c}', "")))
}

/// Every line of a Word document, as our own reader reads it, is on the pages; how many lines there were.
fn all_there(docx: &[u8], words: &str) -> usize {
    let document = document::read("report.docx", docx).unwrap();
    let lines = document.text.lines().flat_map(|line| line.split('\t'));
    let lines: Vec<String> = lines.map(dense).filter(|line| !line.is_empty()).collect();
    for line in &lines {
        assert!(words.contains(line.as_str()), "not on the pages: {line}");
    }
    lines.len()
}

/// Every font of a PDF is in it.
fn fonts(desk: &Desk, pdf: &str, subset: bool) {
    let Some(list) = poppler(desk, "pdffonts", &[pdf]) else { return };
    let fonts: Vec<Vec<&str>> =
        list.lines().skip(2).map(|line| line.split_whitespace().rev().collect()).collect();
    assert!(!fonts.is_empty());
    for font in fonts {
        // From behind: object (two numbers), unicode, subset, embedded.
        assert_eq!(font[4], "yes", "not embedded: {list}");
        assert!(!subset || font[3] == "yes", "not a subset: {list}");
        assert_eq!(font[2], "yes", "no map to characters: {list}");
    }
}

fn info(desk: &Desk, pdf: &str, name: &str) -> Option<String> {
    let all = poppler(desk, "pdfinfo", &[pdf])?;
    let line = all.lines().find_map(|line| line.strip_prefix(&format!("{name}:")));
    Some(line.unwrap_or_default().trim().to_owned())
}

fn word_document(desk: &Desk, day: &str, name: &str, pages: std::ops::RangeInclusive<u32>) {
    let docx = write(desk, "r.docx", day, &[]);
    if !converted(desk, "r.docx", "pdf") {
        return;
    }
    keep_pictures(desk, "r.pdf", name);
    fonts(desk, "r.pdf", false);
    let Some(words) = words(desk, "r.pdf") else { return };
    let lines = all_there(&docx, &words);
    assert!(!words.contains(['□', '\u{fffd}']));
    let count: u32 = info(desk, "r.pdf", "Pages").unwrap().parse().unwrap();
    println!("{name}: {lines} lines and cells on {count} pages");
    assert!(pages.contains(&count), "{count} pages");
    let title = info(desk, "r.pdf", "Title").unwrap();
    assert!(title.starts_with("关于") && title.contains("计划执行情况"), "{title}");
}

#[test]
fn a_word_processor_shows_all_of_the_bundled_report() {
    word_document(&bundled(), "2024-02-03", "yongkang-docx", 12..=22);
}

#[test]
fn a_word_processor_shows_all_of_a_county() {
    word_document(&county(), "2024-10-20", "county-docx", 6..=16);
}

#[test]
fn every_source_is_a_footnote_and_each_mark_has_its_note() {
    let desk = county();
    let docx = write(&desk, "r.docx", "2024-10-20", &["--sources", "footnotes"]);
    let body = part(&docx, "word/document.xml");
    let notes = part(&docx, "word/footnotes.xml");
    let ids = |text: &str, tag: &str| -> Vec<i64> {
        let opening = format!("<{tag} w:id=\"");
        let marks = text.split(opening.as_str()).skip(1);
        marks.map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect()
    };
    let marks = ids(&body, "w:footnoteReference");
    assert!(marks.len() > 60, "{}", marks.len());
    assert_eq!(marks, ids(&notes, "w:footnote"));
    assert!(notes.contains("国民经济月报") || notes.contains("公布（指标"), "{notes}");
    if converted(&desk, "r.docx", "pdf") {
        keep_pictures(&desk, "r.pdf", "county-footnotes-docx");
        if let Some(words) = words(&desk, "r.pdf") {
            assert!(words.contains("任务K-15"));
        }
    }
    // Without sources there is none.
    let plain = write(&desk, "p.docx", "2024-10-20", &["--sources", "none"]);
    assert!(!part(&plain, "word/document.xml").contains("footnoteReference"));
}

#[test]
fn a_spreadsheet_program_shows_all_of_a_county() {
    let desk = county();
    write(&desk, "r.xlsx", "2024-10-20", &["--sources", "footnotes"]);
    if !converted(&desk, "r.xlsx", "pdf") {
        return;
    }
    keep_pictures(&desk, "r.pdf", "county-xlsx");
    fonts(&desk, "r.pdf", false);
    let Some(words) = words(&desk, "r.pdf") else { return };
    for shown in ["青石市2024年主要指标完成情况", "0.4823", "明显落后", "县级小计", "各状态项数"]
    {
        assert!(words.contains(shown), "{shown}: {words}");
    }
    // A number that does not fit its column is shown as marks.
    assert!(!words.contains("###"));
}

/// The PDF needs fonts; where the machine has none, the program says which.
#[cfg(feature = "pdf")]
fn set(desk: &Desk, out: &str, more: &[&str]) -> Option<Vec<u8>> {
    let mut line = vec!["report", "execution", "--ledger", "l.db", "--out", out, "--as-of"];
    line.push("2024-10-20");
    line.extend(more);
    let (code, _, err) = desk.run(&line);
    if code != 0 {
        assert!(err.contains("没有找到可用的中文字体"), "{err}");
        println!("skipped: no Chinese font is installed");
        return None;
    }
    Some(std::fs::read(desk.path(out)).unwrap())
}

#[cfg(feature = "pdf")]
#[test]
fn a_pdf_says_the_same_with_bookmarks_tags_and_its_fonts() {
    let desk = county();
    let docx = write(&desk, "r.docx", "2024-10-20", &[]);
    let Some(pdf) = set(&desk, "r.pdf", &[]) else { return };
    let again = set(&desk, "again.pdf", &[]).unwrap();
    assert!(pdf == again, "the same ledger gives another file");
    keep_pictures(&desk, "r.pdf", "county-pdf");
    fonts(&desk, "r.pdf", true);
    let text = String::from_utf8_lossy(&pdf);
    assert!(text.contains("/Outlines"), "no bookmarks");
    if let Some(words) = words(&desk, "r.pdf") {
        let lines = all_there(&docx, &words);
        println!("county-pdf: {lines} lines and cells");
        assert_eq!(info(&desk, "r.pdf", "Tagged").as_deref(), Some("yes"));
        assert_eq!(info(&desk, "r.pdf", "Page size").unwrap().split(' ').next(), Some("595.276"));
        let title = info(&desk, "r.pdf", "Title").unwrap();
        assert_eq!(title, "关于青石市2024年国民经济和社会发展计划执行情况的报告");
        assert!(info(&desk, "r.pdf", "CreationDate").unwrap().contains("2024"));
    }
    set(&desk, "f.pdf", &["--sources", "footnotes"]).unwrap();
    keep_pictures(&desk, "f.pdf", "county-footnotes-pdf");
    if let Some(words) = words(&desk, "f.pdf") {
        assert!(words.contains("任务K-15"));
    }
}
