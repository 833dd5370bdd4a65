//! `duixian compare` as it is typed, on the two reports and the draft of the example town.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

struct Run {
    code: i32,
    out: String,
    err: String,
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/qingshi").join(name)
}

/// Runs the program; `@` before a name stands for a file of the example.
fn compare(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
    command.current_dir(folder).stdin(Stdio::null()).arg("compare");
    for argument in arguments {
        match argument.strip_prefix('@') {
            Some(name) => command.arg(example(name)),
            None => command.arg(argument),
        };
    }
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn records(arguments: &[&str]) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let run = compare(folder.path(), arguments);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The one line of a failed run.
fn fault(folder: &Path, arguments: &[&str]) -> String {
    let run = compare(folder, arguments);
    assert_eq!(run.code, 2, "{}", run.err);
    assert_eq!(run.out, "");
    let line = run.err.strip_suffix('\n').unwrap();
    assert!(!line.contains('\n'), "{line}");
    line.to_owned()
}

/// What became of the first statement whose quote has these words, on one side or the other.
fn found<'a>(records: &'a [Value], aspect: &str, words: &str) -> &'a Value {
    let has = |side: &Value| side["quote"].as_str().is_some_and(|quote| quote.contains(words));
    records
        .iter()
        .find(|one| one["aspect"] == aspect && (has(&one["before"]) || has(&one["after"])))
        .unwrap()
}

#[test]
fn two_years_show_every_outcome_of_a_promise() {
    let records = records(&["@2023.txt", "@2024.txt", "--format", "jsonl"]);
    for (words, relation) in [
        ("地区生产总值增长6.5%", "kept"),
        ("固定资产投资增长8%", "missed"),
        ("新增规上工业企业30家", "missed"),
        ("国家高新技术企业20家", "exceeded"),
        ("登记失业率控制在3%", "exceeded"),
        ("PM2.5平均浓度降至26", "exceeded"),
        ("社会消费品零售总额增长6%", "not-comparable"),
        ("养老床位500张", "not-comparable"),
        ("森林覆盖率", "not-mentioned"),
        ("建成青石大桥", "kept"),
        ("创建省级全域旅游示范区", "not-mentioned"),
    ] {
        let line = found(&records, "promise", words);
        assert_eq!(line["relation"], relation, "{words}: {line}");
    }
    for (words, relation) in [
        ("地区生产总值增长6.5%", "lowered"),
        ("新建绿道35公里", "raised"),
        ("单位GDP能耗下降3%", "raised"),
        ("城镇新增就业6000人", "continued"),
        ("出口增长5%", "adjusted"),
        ("森林覆盖率", "dropped"),
        ("低空经济项目3个", "new"),
    ] {
        let line = found(&records, "programme", words);
        assert_eq!(line["relation"], relation, "{words}: {line}");
    }
    let lost = found(&records, "promise", "养老床位500张");
    assert!(lost["reason"].as_str().unwrap().contains("来源缺失数字"), "{lost}");
    assert_eq!((&lost["difference"], &lost["after"]["value"]), (&Value::Null, &"5〓0".into()));
    let strength = found(&records, "programme", "国家高新技术企业20家");
    assert!(strength["reason"].as_str().unwrap().contains("力争→确定"), "{strength}");
}

#[test]
fn the_summary_counts_what_the_lines_show_and_every_line_has_its_places() {
    for (before, as_is) in [("@2023.txt", "promises"), ("@2024-draft.txt", "drafts")] {
        let records = records(&[before, "@2024.txt", "--format", "jsonl"]);
        let (summary, lines) = records.split_first().unwrap();
        assert_eq!(
            (&summary["record"], &summary["compared_as"]),
            (&"summary".into(), &as_is.into())
        );
        let mut counted: BTreeMap<(String, String), u64> = BTreeMap::new();
        for line in lines {
            let word = |field: &str| line[field].as_str().unwrap().to_owned();
            *counted.entry((word("aspect"), word("relation"))).or_default() += 1;
            assert!(line["before"].is_object() || line["after"].is_object(), "{line}");
            for side in ["before", "after"]
                .map(|side| &line[side])
                .into_iter()
                .filter(|side| side.is_object())
            {
                assert!(!side["section"].as_array().unwrap().is_empty(), "{line}");
            }
            for (side, document) in [("before", "before"), ("after", "after")] {
                if let Some(id) = line[side]["id"].as_str() {
                    assert!(
                        id.starts_with(summary[document]["document"].as_str().unwrap()),
                        "{line}"
                    );
                }
            }
        }
        for count in summary["counts"].as_array().unwrap() {
            let word = |field: &str| count[field].as_str().unwrap().to_owned();
            let of_lines = counted.remove(&(word("aspect"), word("relation"))).unwrap_or(0);
            assert_eq!(count["lines"].as_u64(), Some(of_lines), "{count}");
        }
        assert!(counted.is_empty(), "not counted: {counted:?}");
    }
}

#[test]
fn a_draft_shows_what_was_changed() {
    let records = records(&["@2024-draft.txt", "@2024.txt", "--format", "jsonl"]);
    for (words, relation) in [
        ("规上工业增加值增长8%", "number"),
        ("固定资产投资增长9%", "strength"),
        ("力争新增国家高新技术企业", "strength"),
        ("建成绿道31公里", "wording"),
        ("150000万元", "wording"),
        ("校园运动场地8处", "removed"),
        ("低空经济项目3个", "new"),
        ("530张", "not-comparable"),
        ("城镇新增就业6480人", "unchanged"),
    ] {
        let line = found(&records, "draft", words);
        assert_eq!(line["relation"], relation, "{words}: {line}");
    }
}

#[test]
fn the_same_file_twice_has_not_changed() {
    let records = records(&["@2024.txt", "@2024.txt", "--format", "jsonl"]);
    assert!(records.len() > 40);
    assert!(records[1..].iter().all(|line| line["relation"] == "unchanged"));
}

#[test]
fn tables_say_the_counts_first() {
    let folder = tempfile::tempdir().unwrap();
    let run = compare(folder.path(), &["@2023.txt", "@2024.txt"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.starts_with("承诺：已兑现 "), "{}", run.out);
    assert!(run.out.contains("\n目标衔接：调高 ") && run.out.contains("（一）主要预期目标"));
}

#[test]
fn files_are_written_whole_and_not_over_others() {
    let folder = tempfile::tempdir().unwrap();
    for format in ["csv", "xlsx", "table"] {
        let arguments = ["@2023.txt", "@2024.txt", "--format", format, "--output", format];
        let run = compare(folder.path(), &arguments);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
    }
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    assert!(read("xlsx").starts_with(b"PK"));
    let csv = String::from_utf8(read("csv")).unwrap();
    let header = csv.lines().next().unwrap().trim_start_matches('\u{feff}');
    assert_eq!(header.split(',').count(), 9 + 2 * 21);
    let again = ["@2023.txt", "@2024.txt", "--format", "csv", "--output", "csv"];
    assert!(fault(folder.path(), &again).contains("已存在"));
}

#[test]
fn what_cannot_be_compared_is_said_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("散文.txt"), "青石市的春天来得很早。\n").unwrap();
    std::fs::write(folder.path().join("空.txt"), "").unwrap();
    for (arguments, words) in [
        (["@2024.txt", "@2023.txt"], "次序颠倒"),
        (["散文.txt", "@2023.txt"], "不能由年份判断"),
        (["没有.txt", "@2023.txt"], "没有.txt"),
        (["@2023.txt", "空.txt"], "空.txt"),
    ] {
        let line = fault(folder.path(), &arguments);
        assert!(line.contains(words), "{line}");
    }
    let none = fault(folder.path(), &["散文.txt", "@2023.txt", "--as", "promises"]);
    assert!(none.contains("散文.txt"), "{none}");
    let late = fault(folder.path(), &["@2024.txt", "@2023.txt", "--as", "promises"]);
    assert!(late.contains("没有关于2024年的结果"), "{late}");
}

#[test]
fn how_to_compare_can_be_told() {
    let records = records(&["@2023.txt", "@2024.txt", "--as", "drafts", "--format", "jsonl"]);
    assert_eq!(records[0]["compared_as"], "drafts");
    let line = found(&records, "draft", "固定资产投资增长8%");
    assert_eq!(line["relation"], "number", "{line}");
}
