//! `duixian check`: silent on reports that are right, and sharp on errors that were planted in them.

#![allow(clippy::unwrap_used, clippy::panic)]

mod desk;

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use desk::Desk;
use serde_json::Value;

/// At least so many of the sixty planted errors are found, with at most so many findings elsewhere.
const FOUND: usize = 57;
const ELSEWHERE: usize = 3;

/// A report with its ledger and the errors that are planted in it.
struct Case {
    desk: Desk,
    report: &'static str,
    planted: &'static str,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn shared(path: &str) -> String {
    root().join(path).display().to_string()
}

/// The example that is bundled: its report, its results as figures, its promises as targets.
fn yongkang() -> Case {
    let desk = Desk::new();
    let report = "examples/yongkang/report.txt";
    desk.run(&["import", &shared(report)]);
    desk.run(&["observations", "adopt", "--vintage", "2024-02-03"]);
    let id = desk.ok(&["read", &shared(report), "--format", "jsonl"]);
    let id: Value = serde_json::from_str(id.lines().next().unwrap()).unwrap();
    let id = id["id"].as_str().unwrap().split('-').next().unwrap().to_owned();
    let (code, out, err) = desk.run(&["enter", "target", "--from", &id]);
    assert_eq!(code, 0, "{out}{err}");
    Case { desk, report, planted: "tests/planted/yongkang.tsv" }
}

/// The example of a draft, with the ledger that its folder describes.
fn qingshi() -> Case {
    let desk = Desk::new();
    let own = |name: &str| shared(&format!("examples/draft/{name}"));
    desk.ok(&["regions", "import", &own("regions.csv")]);
    for report in [shared("examples/qingshi/2024.txt"), own("bulletin.txt")] {
        assert_eq!(desk.run(&["import", &report]).0, 0);
    }
    assert_eq!(desk.run(&["observations", "import", &own("observations.csv")]).0, 0);
    desk.ok(&["enter", "target", &own("targets.csv")]);
    Case { desk, report: "examples/draft/draft.txt", planted: "tests/planted/qingshi.tsv" }
}

/// The findings on a text that is checked against the case's ledger.
fn findings(desk: &Desk, text: &str) -> Vec<Value> {
    std::fs::write(desk.path("draft.txt"), text).unwrap();
    let (code, out, err) =
        desk.run(&["check", "draft.txt", "--ledger", "duixian.db", "--format", "json"]);
    let found: Vec<Value> =
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {err}"));
    assert_eq!(code, i32::from(!found.is_empty()), "{err}");
    found
}

/// A planted error.
struct Planted {
    kind: String,
    code: String,
    original: String,
    words: String,
    place: String,
}

fn planted(path: &str) -> Vec<Planted> {
    let table = std::fs::read_to_string(root().join(path)).unwrap();
    let row = |line: &str| {
        let mut cells = line.split('\t').map(str::to_owned);
        let mut next = || cells.next().unwrap();
        let (kind, code, original, words, place) = (next(), next(), next(), next(), next());
        let place = if place.is_empty() { words.clone() } else { place };
        Planted { kind, code, original, words, place }
    };
    table.lines().skip(1).map(row).collect()
}

/// The stretch of a text, in bytes, in which the finding must be: a sentence, for what is missing a paragraph.
fn stretch(text: &str, error: &Planted) -> std::ops::Range<usize> {
    let at = text.find(&error.place).unwrap_or_else(|| panic!("{}", error.place));
    let last = at + error.place.trim_end_matches('。').len();
    let ends: &[char] = if error.kind == "10" { &['\n'] } else { &['\n', '。'] };
    let start = text[..at].rfind(ends).map_or(0, |end| end + 1);
    start..text[last..].find(ends).map_or(text.len(), |end| last + end)
}

fn offset(text: &str, line: &Value, column: &Value) -> usize {
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let before: usize = text.split_inclusive('\n').take(number(line) - 1).map(str::len).sum();
    let columns = text[before..].chars().take(number(column) - 1);
    before + columns.map(char::len_utf8).sum::<usize>()
}

fn touches(text: &str, finding: &Value, place: &std::ops::Range<usize>) -> bool {
    let start = offset(text, &finding["line"], &finding["column"]);
    let end = offset(text, &finding["end_line"], &finding["end_column"]);
    start <= place.end && end >= place.start
}

/// How many errors are found, and how many findings are elsewhere, when each is planted alone.
fn one_by_one(case: &Case) -> (usize, usize) {
    let report = std::fs::read_to_string(root().join(case.report)).unwrap();
    let (mut hits, mut elsewhere) = (0, 0);
    for error in planted(case.planted) {
        assert_eq!(report.matches(&error.original).count(), 1, "{}", error.original);
        let text = report.replace(&error.original, &error.words);
        let place = stretch(&text, &error);
        let found = findings(&case.desk, &text);
        let here = |finding: &&Value| touches(&text, finding, &place);
        let hit = found.iter().filter(here).any(|finding| finding["code"] == error.code.as_str());
        if !hit {
            println!("missed: {} {} {}", error.kind, error.code, error.words);
        }
        for finding in found.iter().filter(|finding| !here(finding)) {
            println!("elsewhere, after {}: {finding}", error.words);
            elsewhere += 1;
        }
        hits += usize::from(hit);
    }
    (hits, elsewhere)
}

/// The same with all errors of a report planted at once. One error may hide another.
fn all_at_once(case: &Case) -> (usize, usize) {
    let mut text = std::fs::read_to_string(root().join(case.report)).unwrap();
    let errors = planted(case.planted);
    for error in &errors {
        text = text.replace(&error.original, &error.words);
    }
    let found = findings(&case.desk, &text);
    let places: Vec<_> = errors.iter().map(|error| stretch(&text, error)).collect();
    let hits = errors.iter().zip(&places).filter(|(error, place)| {
        found
            .iter()
            .any(|finding| finding["code"] == error.code.as_str() && touches(&text, finding, place))
    });
    let elsewhere = found
        .iter()
        .filter(|finding| !places.iter().any(|place| touches(&text, finding, place)))
        .inspect(|finding| println!("elsewhere: {finding}"));
    (hits.count(), elsewhere.count())
}

#[test]
fn reports_that_are_right_have_no_findings() {
    for case in [yongkang(), qingshi()] {
        let report = std::fs::read_to_string(root().join(case.report)).unwrap();
        assert_eq!(findings(&case.desk, &report), Vec::<Value>::new(), "{}", case.report);
    }
    let desk = Desk::new();
    for report in [
        "examples/yongkang/report.txt",
        "examples/yongkang/damaged.txt",
        "examples/draft/draft.txt",
        "examples/qingshi/2023.txt",
        "examples/qingshi/2024.txt",
        "examples/qingshi/2024-draft.txt",
    ] {
        let (code, out, err) = desk.run(&["check", &shared(report), "--format", "json"]);
        assert_eq!((code, out.as_str()), (0, "[]\n"), "{report}");
        assert!(err.contains("没有给出台账"), "{err}");
    }
}

#[test]
fn planted_errors_are_found_and_nothing_else() {
    let cases = [yongkang(), qingshi()];
    let errors: Vec<Planted> = cases.iter().flat_map(|case| planted(case.planted)).collect();
    assert_eq!(errors.len(), 60);
    for kind in 1..=12 {
        let of_kind = errors.iter().filter(|error| error.kind == kind.to_string());
        assert_eq!(of_kind.count(), 5, "kind {kind}");
    }
    for (how, count) in [("alone", one_by_one as fn(&Case) -> _), ("together", all_at_once)] {
        let [(one, away), (other, far)] = [count(&cases[0]), count(&cases[1])];
        println!("planted {how}: {} of 60 found, {} findings elsewhere", one + other, away + far);
        assert!(one + other >= FOUND, "{how}: {one} and {other} of 30 found");
        assert!(away + far <= ELSEWHERE, "{how}: {away} and {far} findings elsewhere");
    }
}

#[test]
fn findings_are_told_as_a_table_and_as_sarif() {
    let case = qingshi();
    let report = std::fs::read_to_string(root().join(case.report)).unwrap();
    let text = report.replace("城镇新增就业6530人", "城镇新增就业6350人");
    std::fs::write(case.desk.path("文稿 1.txt"), &text).unwrap();
    let check = ["check", "文稿 1.txt", "--ledger", "duixian.db"];
    let (code, out, _) = case.desk.run(&check);
    assert_eq!(code, 1);
    assert!(out.contains("level 数值不符") && out.contains("台账为6530人"), "{out}");
    assert!(out.ends_with("共 1 处：错误 1 · 提请核对 0\n"), "{out}");
    let (code, out, _) = case.desk.run(&[&check[..], &["--format", "sarif"]].concat());
    assert_eq!(code, 1);
    let log: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let result = &run["results"][0];
    let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(rules[rule]["id"], result["ruleId"]);
    assert_eq!(result["ruleId"], "level");
    assert!(result["message"]["text"].as_str().unwrap().contains("6530"));
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "%E6%96%87%E7%A8%BF%201.txt");
    let line = text.lines().position(|line| line.contains("6350")).unwrap();
    assert_eq!(place["region"]["startLine"], line + 1);
    let columns = text.lines().nth(line).unwrap().split("城镇新增就业6350").next().unwrap();
    assert_eq!(place["region"]["startColumn"], columns.chars().count() + 1);
    // Every code has its row in the documentation.
    let documented = std::fs::read_to_string(root().join("docs/draft-check.md")).unwrap();
    for rule in rules {
        let id = rule["id"].as_str().unwrap();
        assert!(documented.contains(&format!("| `{id}` |")), "{id}");
    }
}

/// A sentence of results that is right, what is wrong instead, and the code of that. No ledger is needed.
const PAIRS: &[(&str, &str, &str)] = &[
    (
        "growth",
        "企业由上年的3200家增加到3520家，增长10%。",
        "企业由上年的3200家增加到3520家，增长12%。",
    ),
    (
        "growth",
        "外贸出口330亿元，上年为300亿元，增长10%。",
        "外贸出口330亿元，上年为300亿元，增长11.5%。",
    ),
    (
        "parts",
        "进出口420亿元，其中出口350亿元，进口70亿元。",
        "进出口420亿元，其中出口350亿元，进口90亿元。",
    ),
    ("parts", "建成学校3所、医院2所，共计5所。", "建成学校3所、医院2所，共计6所。"),
    ("parts", "工业投资50亿元，其中技改投资30亿元。", "工业投资50亿元，其中技改投资80亿元。"),
    ("share", "三次产业比重为1.2:53.8:45.0。", "三次产业比重为1.2:53.8:46.0。"),
    ("share", "农村生活污水治理率98.5%。", "农村生活污水治理率198.5%。"),
    ("unit", "森林覆盖率比上年提高0.3个百分点。", "森林覆盖率比上年提高0.3%。"),
    ("unit", "地区生产总值增长6.2%。", "地区生产总值增长6.2个百分点。"),
    ("year", "2024年11月，高铁新城开工建设。", "2025年11月，高铁新城开工建设。"),
    (
        "count",
        "抓了三件事：一是增长，二是改革，三是民生。",
        "抓了四件事：一是增长，二是改革，三是民生。",
    ),
    (
        "count",
        "新改建公路3条（云前线、石岭线、竹海线）。",
        "新改建公路4条（云前线、石岭线、竹海线）。",
    ),
    ("direction", "事故由56起下降到48起，下降14.3%。", "事故由56起下降到48起，上升14.3%。"),
];

#[test]
fn a_draft_is_held_against_itself() {
    let desk = Desk::new();
    let found = |sentence: &str| {
        let text = format!(
            "关于永康市2024年国民经济和社会发展计划执行情况与2025年国民经济和社会发展计划草案的报告\n\
             一、2024年计划执行情况\n（一）经济运行情况\n{sentence}\n\
             二、2025年预期目标和重点工作\n经济平稳增长。\n"
        );
        std::fs::write(desk.path("d.txt"), text).unwrap();
        let out = desk.run(&["check", "d.txt", "--format", "json"]).1;
        let found: Vec<Value> = serde_json::from_str(&out).unwrap();
        found.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for (code, right, wrong) in PAIRS {
        assert_eq!(found(right), Vec::<String>::new(), "{right}");
        assert_eq!(found(wrong), [*code], "{wrong}");
    }
}

/// The ledger is asked as of a day: what became known later says nothing.
#[test]
fn only_what_was_known_on_the_day_counts() {
    let case = qingshi();
    let report = std::fs::read_to_string(root().join(case.report)).unwrap();
    let text = report.replace("金融机构本外币存款余额612.5亿元", "金融机构本外币存款余额621.5亿元");
    std::fs::write(case.desk.path("d.txt"), text).unwrap();
    let check = ["check", "d.txt", "--ledger", "duixian.db", "--format", "json", "--as-of"];
    let known = |day: &str| case.desk.run(&[&check[..], &[day]].concat()).1.contains("612.48");
    assert!(known("2199-01-01"));
    assert!(!known("2024-12-31"));
}

#[test]
fn bad_input_is_told_and_nothing_is_written() {
    let desk = Desk::new();
    let report = shared("examples/qingshi/2024.txt");
    for (arguments, told) in [
        (vec!["check", "none.docx"], "文件不存在"),
        (vec!["check", &report, "--ledger", "none.db"], "none.db"),
        (vec!["check", &report, "--comments", "out.docx"], "文稿不是 docx"),
        (vec!["check", &report, "--format", "xml"], "xml"),
    ] {
        let (code, out, err) = desk.run(&arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains(told), "{err}");
        assert!(!desk.path("out.docx").exists());
    }
}

/// A word-processor file with a paragraph for each line, a run for each sentence.
fn docx(text: &str) -> Vec<u8> {
    let names = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let mut body = String::new();
    for line in text.lines() {
        body.push_str("<w:p>");
        for sentence in line.split_inclusive('。') {
            body.push_str(&format!("<w:r><w:t>{sentence}</w:t></w:r>"));
        }
        body.push_str("</w:p>");
    }
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
        <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument\
        .wordprocessingml.document.main+xml\"/></Types>";
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/\
        officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in [
        ("[Content_Types].xml", types.to_owned()),
        ("_rels/.rels", relations.to_owned()),
        ("word/document.xml", format!("<w:document {names}><w:body>{body}</w:body></w:document>")),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(part.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn part(file: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let number = zip.index_for_name(name).unwrap();
    let mut text = String::new();
    zip.by_index(number).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn comments_stand_at_their_places_in_a_copy_of_the_draft() {
    let case = qingshi();
    let report = std::fs::read_to_string(root().join(case.report)).unwrap();
    let text = report
        .replace("城镇新增就业6530人", "城镇新增就业6350人")
        .replace("新建学校3所：", "新建学校4所：");
    let file = docx(&text);
    std::fs::write(case.desk.path("d.docx"), &file).unwrap();
    let check = ["check", "d.docx", "--ledger", "duixian.db", "--format", "json"];
    let comments = ["--comments", "out.docx"];
    let (code, out, err) = case.desk.run(&[&check[..], &comments].concat());
    assert_eq!(code, 1, "{err}");
    let found: Vec<Value> = serde_json::from_str(&out).unwrap();
    assert_eq!(found.len(), 2, "{out}");
    let line = text.lines().position(|line| line.contains("6350")).unwrap() + 1;
    assert_eq!(found[0]["paragraph"], line);
    let copy = std::fs::read(case.desk.path("out.docx")).unwrap();
    let body = part(&copy, "word/document.xml");
    // Without the marks it is the draft, character by character.
    let mut bare = String::new();
    for piece in body.split('<').skip(1) {
        let mark = ["w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"];
        if !mark.iter().any(|name| piece.starts_with(name)) {
            bare.push('<');
            bare.push_str(piece);
        }
    }
    assert_eq!(bare.replace("<w:r></w:r>", ""), part(&file, "word/document.xml"));
    let marked = body.split("<w:commentRangeStart w:id=\"0\"/>").nth(1).unwrap();
    let marked = marked.split("<w:commentRangeEnd w:id=\"0\"/>").next().unwrap();
    assert_eq!(marked, "<w:r><w:t>城镇新增就业6350人，城镇登记失业率3.1%。</w:t></w:r>");
    let notes = part(&copy, "word/comments.xml");
    assert!(notes.contains("[数值不符]") && notes.contains("应为：6530人"), "{notes}");
    assert_eq!(notes.matches("<w:comment ").count(), 2);
    // A second round of comments goes beside the first.
    std::fs::rename(case.desk.path("out.docx"), case.desk.path("d.docx")).unwrap();
    assert_eq!(case.desk.run(&[&check[..], &comments].concat()).0, 1);
    let copy = std::fs::read(case.desk.path("out.docx")).unwrap();
    let notes = part(&copy, "word/comments.xml");
    assert_eq!(notes.matches("<w:comment ").count(), 4);
    assert!((0..4).all(|id| notes.contains(&format!("w:id=\"{id}\""))), "{notes}");
    let types = part(&copy, "[Content_Types].xml");
    assert_eq!(types.matches("comments+xml").count(), 1, "{types}");
    // An existing file is not overwritten unasked.
    assert_eq!(case.desk.run(&[&check[..], &comments].concat()).0, 2);
    opens(&case.desk, "out.docx", 4);
}

/// Lets LibreOffice open a file with comments, where it is installed.
fn opens(desk: &Desk, file: &str, comments: usize) {
    if !has_writer() {
        println!("skipped: LibreOffice Writer is not installed");
        return;
    }
    let profile = format!("-env:UserInstallation=file://{}", desk.path("profile").display());
    std::process::Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "odt", file])
        .current_dir(desk.path("."))
        .output()
        .unwrap();
    let odt = std::fs::read(desk.path(file).with_extension("odt")).unwrap();
    let content = part(&odt, "content.xml");
    assert_eq!(content.matches("<office:annotation ").count(), comments);
}

/// Whether LibreOffice is there with its word processor, which is a package of its own.
fn has_writer() -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join("soffice"));
    let program = found.filter_map(|file| std::fs::canonicalize(file).ok()).next();
    program.is_some_and(|program| program.with_file_name("libswlo.so").exists())
}
