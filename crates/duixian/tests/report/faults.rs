//! What is wrong is told in one line, and nothing is written.

use std::fs;

use crate::desk::Desk;
use crate::shop::{bundled, county, part, with_part};

fn fault(desk: &Desk, arguments: &[&str]) -> String {
    let (code, out, err) = desk.run(arguments);
    assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}: {err}");
    let line = err.strip_suffix('\n').unwrap();
    assert!(!line.contains('\n'), "{line}");
    line.strip_prefix("错误：").unwrap().to_owned()
}

#[test]
fn wrong_files_and_questions_are_named_with_what_was_expected() {
    let desk = bundled();
    desk.ok(&["report", "template", "t.docx"]);
    let own = fs::read(desk.path("t.docx")).unwrap();
    let main = part(&own, "word/document.xml");
    let changed =
        |from: &str, to: &str| with_part(&own, "word/document.xml", &main.replace(from, to));
    fs::write(desk.path("no-body.docx"), changed("{{body}}", "")).unwrap();
    fs::write(desk.path("typo.docx"), changed("{{issuer}}", "{{isuer}}")).unwrap();
    fs::write(desk.path("text.docx"), "文字").unwrap();
    let base = ["report", "execution", "--ledger", "l.db", "--out"];
    for (more, expected) in [
        (&["r.odt"][..], "不能识别报告格式：r.odt（文件名应以 .docx、.xlsx"),
        (&["t.docx"], "输出文件已存在：t.docx"),
        (&["r.docx", "--template", "no-body.docx"], "模板不能用：没有单独成段的 {{body}}"),
        (
            &["r.docx", "--template", "typo.docx"],
            "模板不能用：不认识的占位符 {{isuer}}（应为 {{title}}",
        ),
        (&["r.docx", "--template", "text.docx"], "模板不能用：不是 Word 文档（应为 .docx 文件）"),
        (&["r.xlsx", "--template", "t.docx"], "只有 Word 文档用模板：r.xlsx"),
        (
            &["r.docx", "--year", "2020"],
            "台账里没有永康市2020年的目标，也没有该年的报告（应为 2023）",
        ),
        (&["r.docx", "--region", "火星市"], "地区“火星市”有误"),
    ] {
        let line: Vec<&str> = base.iter().chain(more).copied().collect();
        let said = fault(&desk, &line);
        assert!(said.contains(expected), "{said}");
        assert!(!desk.path("r.docx").exists() && !desk.path("r.xlsx").exists(), "{more:?}");
    }
    assert!(fault(&desk, &["report", "template", "t.xlsx"]).contains("应以 .docx 结尾"));
}

#[test]
fn what_a_ledger_does_not_know_is_said_in_brackets() {
    let desk = county();
    let words = ["report", "execution", "--ledger", "l.db", "--out", "r.docx"];
    let said = desk.ok(&[&words[..], &["--as-of", "2024-10-20"]].concat());
    assert!(said.ends_with("r.docx，待补 3 处（【缺：…】）\n"), "{said}");
    let text = document::read("r.docx", &fs::read(desk.path("r.docx")).unwrap()).unwrap().text;
    assert!(text.contains("R&D经费支出占GDP比重【缺：完成数，2024年还没有任何数据】"), "{text}");
    assert!(
        text.contains("1—9月，地区生产总值增长6.0%（年度目标为6%左右），进度符合年度目标要求。")
    );
    assert!(text.contains("县级项目6个，年度计划投资5.66亿元，完成投资3.2亿元，投资完成率56.5%。"));
}

#[test]
fn a_round_has_its_bulletin_as_a_document() {
    let desk = Desk::new();
    desk.ok(&["departments", "set", "stats", "--name", "统计局", "--region", "330784"]);
    desk.ok(&[
        "forms",
        "set",
        "industry",
        "--name",
        "工业月报",
        "--department",
        "stats",
        "--region",
        "永康市",
        "--item",
        "地区生产总值",
    ]);
    desk.ok(&[
        "round",
        "open",
        "2024-09",
        "--name",
        "九月填报",
        "--period",
        "2024-01..09",
        "--opens",
        "2024-10-01",
        "--due",
        "2024-10-08",
        "--closes",
        "2024-10-12",
        "--form",
        "industry",
    ]);
    let said = desk.ok(&[
        "report",
        "bulletin",
        "2024-09",
        "--ledger",
        "duixian.db",
        "--out",
        "b.docx",
        "--as-of",
        "2024-10-10",
        "--issuer",
        "永康市发展和改革局",
    ]);
    assert_eq!(said, "已写关于九月填报情况的通报：b.docx\n");
    let text = document::read("b.docx", &fs::read(desk.path("b.docx")).unwrap()).unwrap().text;
    for expected in
        ["本轮共有填报任务1项，逾期未报1项", "统计局（工业月报）逾期未报。", "永康市发展和改革局"]
    {
        assert!(text.contains(expected), "{expected}: {text}");
    }
}
