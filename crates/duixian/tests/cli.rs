//! The program as it is typed: what it prints, where it writes, and what it says of bad input.

#![allow(clippy::unwrap_used)]

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder of its own for a test, with the example report in it.
struct Desk {
    folder: tempfile::TempDir,
}

/// What a run of the program left behind.
struct Run {
    code: i32,
    out: Vec<u8>,
    err: String,
}

impl Run {
    fn text(&self) -> String {
        String::from_utf8(self.out.clone()).unwrap()
    }

    /// The one line of a failed run, after making sure that it is one line and that nothing else was printed.
    fn fault(&self, code: i32) -> &str {
        assert_eq!(self.code, code, "{}", self.err);
        assert!(self.out.is_empty(), "{:?}", self.text());
        let line = self.err.strip_suffix('\n').unwrap();
        assert!(!line.contains('\n'), "{line}");
        line.strip_prefix("错误：").unwrap()
    }

    fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{}", self.err);
        assert_eq!(self.err, "");
        self
    }
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/yongkang").join(name)
}

impl Desk {
    fn new() -> Self {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(name), bytes).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
        command.current_dir(self.folder.path()).args(arguments).env("USER", "测试员");
        command.stdin(Stdio::null());
        command
    }

    /// Runs the program in the folder; `@` before a name stands for a file of the example.
    fn run(&self, arguments: &[&str]) -> Run {
        let arguments: Vec<String> = arguments
            .iter()
            .map(|argument| match argument.strip_prefix('@') {
                Some(name) => example(name).to_str().unwrap().to_owned(),
                None => (*argument).to_owned(),
            })
            .collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let Output { status, stdout, stderr } = self.command(&arguments).output().unwrap();
        let err = String::from_utf8(stderr).unwrap();
        Run { code: status.code().unwrap_or(-1), out: stdout, err }
    }

    /// The names in the folder, sorted.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn mark_read_only(path: &Path, mark: bool) {
    let mut permissions = fs::metadata(path).unwrap().permissions();
    permissions.set_readonly(mark);
    fs::set_permissions(path, permissions).unwrap();
}

#[test]
fn read_prints_the_statements_in_every_format() {
    let desk = Desk::new();
    let lines = desk.run(&["read", "@report.txt", "--format", "jsonl"]).ok().text();
    let records: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(records.iter().filter(|record| record["kind"] == "quantity").count() >= 150);
    let lost: Vec<&Value> = records.iter().filter(|record| record["value"] == "〓5").collect();
    assert_eq!(lost.len(), 1, "the lost digit is printed as lost");

    let repaired = desk.run(&["read", "@report.txt", "--repaired"]).ok().text();
    let characters: Vec<char> = repaired.chars().collect();
    let source = fs::read(example("report.txt")).unwrap();
    for record in &records {
        let place = |field: &str| usize::try_from(record[field].as_u64().unwrap()).unwrap();
        let quote: String = characters[place("start")..place("end")].iter().collect();
        assert_eq!(record["quote"], quote);
        assert!(
            source.get(place("source_start")..place("source_end")).is_some_and(|s| !s.is_empty())
        );
    }

    let csv = desk.run(&["read", "@report.txt", "--format", "csv"]).ok().text();
    assert!(csv.starts_with("\u{feff}id,quote,value,"));
    let table = desk.run(&["read", "@report.txt"]).ok().text();
    assert!(table.ends_with(&format!("共 {} 条陈述\n", records.len())));
    assert!(desk.run(&["read", "@report.txt", "--format", "xlsx"]).ok().out.starts_with(b"PK"));

    desk.run(&["read", "@report.txt", "--format", "jsonl", "--output", "a.jsonl"]).ok();
    assert_eq!(fs::read_to_string(desk.path("a.jsonl")).unwrap(), lines);
    assert_eq!(desk.names(), ["a.jsonl"]);
}

#[test]
fn read_repairs_and_says_what_it_repaired() {
    let desk = Desk::new();
    let text = desk.run(&["read", "@damaged.txt", "--repaired"]).ok().text();
    assert!(text.contains("关于永康市2023年国民经济和社会发展计划执行情况"), "{text}");
    assert!(text.contains("〓5%"));
    let report = desk.run(&["read", "@damaged.txt", "--report"]).ok().text();
    for kind in ["夹入的拼音\t(", "繁体转简体\t", "缺失的数字\t"] {
        assert!(report.contains(kind), "{kind}");
    }
    let summary = report.lines().last().unwrap();
    assert_eq!(summary, format!("共修复 {} 处", report.lines().count() - 2));
}

#[test]
fn import_files_a_report_once_and_status_tells_its_state() {
    let desk = Desk::new();
    let first = desk.run(&["import", "@report.txt", "--ledger", "l.db"]).ok().text();
    assert!(first.starts_with("已导入 report.txt：文档 "), "{first}");
    let before = fs::read(desk.path("l.db")).unwrap();
    let again = desk.run(&["import", "@report.txt", "--ledger", "l.db"]).ok().text();
    assert!(again.contains("未作改动"), "{again}");
    assert!(before == fs::read(desk.path("l.db")).unwrap(), "the ledger changed");
    assert_eq!(desk.names(), ["l.db"], "nothing is left beside the ledger");

    let status = desk.run(&["status", "--ledger", "l.db"]).ok().text();
    for line in [
        "主要指标 30 项：已完成 26 · 有差距 3 · 无数据 1",
        "  有差距  实际利用外资",
        "  有差距  规上工业增加值",
    ] {
        assert!(status.lines().any(|found| found == line), "{line}\n{status}");
    }
    for part in [
        "  无数据  跨境电商出口（",
        "  分项    地区生产总值：增速已完成；绝对值有差距（",
        "测试员",
        "〓5%",
    ] {
        assert!(status.contains(part), "{part}\n{status}");
    }
    let verified = desk.run(&["verify", "--ledger", "l.db"]).ok().text();
    assert!(verified.ends_with("台账完好\nchain ok\n"), "{verified}");
    assert_eq!(desk.names(), ["l.db"], "nothing is left beside the ledger");
}

#[test]
fn import_takes_the_default_ledger_and_several_files_or_none() {
    let desk = Desk::new();
    desk.file("空.txt", b"");
    let refused = desk.run(&["import", "@report.txt", "空.txt"]);
    assert!(refused.fault(2).contains("空.txt"));
    assert_eq!(desk.names(), ["空.txt"], "no ledger was made");
    desk.run(&["import", "@report.txt", "@damaged.txt"]).ok();
    assert!(desk.run(&["status"]).ok().text().contains("文档 2 份"));
}

/// Two reports of a county that does not exist, one year apart.
const YEARS: [&str; 2] = [
    "关于青川县2023年国民经济和社会发展计划执行情况与2024年国民经济和社会发展计划草案的报告
一、2023年计划执行情况
全年地区生产总值增长6.1%，一般公共预算收入达到20.5亿元。
二、2024年计划安排
地区生产总值增长6.5%以上，一般公共预算收入达到22亿元，固定资产投资增长8%以上。
",
    "关于青川县2024年国民经济和社会发展计划执行情况与2025年国民经济和社会发展计划草案的报告
一、2024年计划执行情况
全年地区生产总值增长6.8%，一般公共预算收入达到218000万元。
二、2025年计划安排
地区生产总值增长6%以上。
",
];

#[test]
fn a_later_report_judges_the_targets_of_an_earlier_one() {
    let desk = Desk::new();
    desk.file("2024.txt", YEARS[0].as_bytes());
    desk.file("2025.txt", YEARS[1].as_bytes());
    desk.run(&["import", "2024.txt"]).ok();
    let before = desk.run(&["status"]).ok().text();
    assert!(!before.lines().any(|line| line.starts_with("  已完成  ")), "{before}");
    desk.run(&["import", "2025.txt"]).ok();
    let status = desk.run(&["status"]).ok().text();
    for part in [
        "地区生产总值：目标增长不低于6.5%，2024年结果增长6.8%（陈述 ",
        "一般公共预算收入：目标22亿元，2024年结果218000万元（陈述 ",
    ] {
        assert!(status.contains(part), "{part}\n{status}");
    }
    let judged = |word: &str| status.lines().filter(|line| line.starts_with(word)).count();
    assert_eq!((judged("  已完成  "), judged("  未达标  ")), (1, 1), "{status}");
}

#[test]
fn verify_finds_a_change() {
    let desk = Desk::new();
    desk.run(&["import", "@report.txt", "--ledger", "l.db"]).ok();
    let mut bytes = fs::read(desk.path("l.db")).unwrap();
    let name = b"report.txt";
    let at = bytes.windows(name.len()).position(|window| window == name).unwrap();
    bytes[at] = b'R';
    desk.file("l.db", &bytes);
    let run = desk.run(&["verify", "--ledger", "l.db"]);
    assert_eq!(run.code, 1);
    assert!(run.text().starts_with("第 1 条记录写入的内容被改动"), "{}", run.text());
    assert!(run.err.starts_with("错误：台账被改动过：l.db"), "{}", run.err);
}

/// A cut-off end of the history shows against a head that was noted.
#[test]
fn a_noted_head_is_found_again_or_missed() {
    let desk = Desk::new();
    desk.run(&["import", "@report.txt", "--ledger", "l.db"]).ok();
    let short = fs::read(desk.path("l.db")).unwrap();
    let link = ["link", "某某新指标", "gdp", "--ledger", "l.db", "--reason", "核对"];
    desk.run(&link).ok();
    let text = desk.run(&["verify", "--ledger", "l.db"]).ok().text();
    let head = text.lines().find_map(|line| line.strip_prefix("链头 ")).unwrap().to_owned();
    let noted = ["verify", "--ledger", "l.db", "--head", &head];
    assert!(desk.run(&noted).ok().text().starts_with("所记链头是第 2 条记录的"));
    for extra in ["l.db-wal", "l.db-shm"] {
        let _ = fs::remove_file(desk.path(extra));
    }
    desk.file("l.db", &short);
    assert!(desk.run(&["verify", "--ledger", "l.db"]).ok().text().contains("chain ok"));
    let run = desk.run(&noted);
    assert_eq!((run.code, run.err.contains("被截去或换掉")), (1, true), "{}", run.err);
}

#[test]
fn export_writes_whole_files_only_where_it_may() {
    let desk = Desk::new();
    desk.run(&["import", "@report.txt", "--ledger", "l.db"]).ok();
    let export = |name: &str, more: &[&str]| {
        desk.run(&[&["export", name, "--ledger", "l.db"], more].concat())
    };
    for name in ["a.xlsx", "a.csv", "a.JSONL"] {
        export(name, &[]).ok();
    }
    assert_eq!(desk.names(), ["a.JSONL", "a.csv", "a.xlsx", "l.db"]);
    let lines = desk.run(&["read", "@report.txt", "--format", "jsonl"]).ok().text();
    assert_eq!(fs::read_to_string(desk.path("a.JSONL")).unwrap(), lines);

    desk.file("a.csv", b"mine");
    assert!(export("a.csv", &[]).fault(2).contains("已存在：a.csv"));
    assert_eq!(fs::read(desk.path("a.csv")).unwrap(), b"mine");
    export("a.csv", &["--force"]).ok();
    assert_ne!(fs::read(desk.path("a.csv")).unwrap(), b"mine");

    for (name, part) in [
        ("a.pdf", "应以 .xlsx、.csv 或 .jsonl 结尾"),
        ("a", "应以 .xlsx、.csv 或 .jsonl 结尾"),
        ("none/a.csv", "输出文件夹不存在"),
        ("a.csv/b.csv", "输出文件夹不存在"),
    ] {
        assert!(export(name, &[]).fault(2).contains(part), "{name}");
    }
    fs::create_dir(desk.path("shut")).unwrap();
    mark_read_only(&desk.path("shut"), true);
    assert!(export("shut/a.csv", &[]).fault(2).contains("没有写入权限：shut/a.csv"));
    mark_read_only(&desk.path("shut"), false);
    assert_eq!(desk.names(), ["a.JSONL", "a.csv", "a.xlsx", "l.db", "shut"]);
    assert!(desk.run(&["export", "b.csv", "--ledger", "none.db"]).fault(2).contains("none.db"));
    assert!(!desk.path("b.csv").exists());
}

#[test]
fn a_file_that_is_no_report_is_named_and_leaves_nothing() {
    let desk = Desk::new();
    desk.file("empty.txt", b"");
    desk.file("white.txt", b" \r\n\t \n");
    desk.file("binary.bin", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0");
    desk.file("zeros.txt", &[0; 4096]);
    desk.file("broken.txt", "某县报告".as_bytes().split_last().unwrap().1);
    File::create(desk.path("large.txt")).unwrap().set_len(200 << 20).unwrap();
    fs::create_dir(desk.path("folder")).unwrap();
    let before = desk.names();
    for (name, part) in [
        ("empty.txt", "空"),
        ("white.txt", "空"),
        ("binary.bin", "不是纯文本"),
        ("zeros.txt", "不是纯文本"),
        ("broken.txt", "无法解码"),
        ("large.txt", "文件过大：209715200 字节"),
        ("folder", "是文件夹"),
        ("missing.txt", "文件不存在"),
        ("empty.txt/inside.txt", "文件不存在"),
    ] {
        for arguments in [&["read", name][..], &["read", name, "--repaired"], &["import", name]] {
            let run = desk.run(arguments);
            let fault = run.fault(2);
            assert!(fault.contains(part) && fault.contains(name), "{arguments:?}: {fault}");
        }
    }
    #[cfg(unix)]
    assert!(desk.run(&["read", "/dev/zero"]).fault(2).contains("不是普通文件：/dev/zero"));
    assert_eq!(desk.names(), before, "no ledger was made");
}

#[test]
fn a_ledger_that_cannot_be_used_is_named_and_left_alone() {
    let desk = Desk::new();
    desk.run(&["import", "@damaged.txt", "--ledger", "good.db"]).ok();
    let good = fs::read(desk.path("good.db")).unwrap();
    let mut newer = good.clone();
    // The schema version stands in the header of the file, big-endian.
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    desk.file("newer.db", &newer);
    let mut foreign = good.clone();
    foreign[68..72].copy_from_slice(&7_u32.to_be_bytes());
    desk.file("foreign.db", &foreign);
    desk.file("text.db", "这不是数据库".as_bytes());
    fs::create_dir(desk.path("folder.db")).unwrap();
    for (ledger, part) in [
        ("newer.db", "台账为第 99 版"),
        ("foreign.db", "属于其他程序"),
        ("text.db", "不是 SQLite 数据库"),
        ("folder.db", "不是文件"),
    ] {
        for arguments in [
            &["import", "@report.txt", "--ledger", ledger][..],
            &["status", "--ledger", ledger],
            &["verify", "--ledger", ledger],
            &["export", "a.csv", "--ledger", ledger],
            &["serve", "--ledger", ledger, "--port", "0"],
        ] {
            let run = desk.run(arguments);
            let fault = run.fault(2);
            assert!(fault.contains(part) && fault.contains(ledger), "{arguments:?}: {fault}");
        }
    }
    assert!(newer == fs::read(desk.path("newer.db")).unwrap());
    for command in ["status", "verify", "serve"] {
        assert!(
            desk.run(&[command, "--ledger", "none.db"]).fault(2).contains("台账不存在：none.db")
        );
    }
    let inside = desk.run(&["import", "@report.txt", "--ledger", "text.db/l.db"]);
    assert!(inside.fault(2).contains("文件夹不存在"));

    mark_read_only(&desk.path("good.db"), true);
    let refused = desk.run(&["import", "@report.txt", "--ledger", "good.db"]);
    assert!(refused.fault(2).contains("台账只读：good.db"));
    assert!(good == fs::read(desk.path("good.db")).unwrap());
    desk.run(&["status", "--ledger", "good.db"]).ok();
    assert!(!desk.path("none.db").exists() && !desk.path("a.csv").exists());
}

#[test]
fn a_wrong_command_line_is_explained_in_a_line() {
    let desk = Desk::new();
    for (arguments, part) in [
        (&["reed"][..], "没有命令 reed"),
        (&["read"], "缺少参数 <文件>"),
        (&["read", "a", "--format", "pdf"], "应为 table、jsonl、csv、xlsx 之一"),
        (&["read", "a", "--report", "--repaired"], "不能与"),
        (&["read", "a", "--force"], "缺少参数 --output"),
        (&["status", "--colour"], "没有参数 --colour"),
        (&["serve", "--port", "70000"], "70000"),
        (&["export", "a.csv", "--ledger"], "缺少值"),
    ] {
        assert!(desk.run(arguments).fault(2).contains(part), "{arguments:?}");
    }
    assert!(desk.run(&["--help"]).ok().text().contains("duixian"));
    assert!(desk.run(&["read", "--help"]).ok().text().contains("--repaired"));
    assert!(desk.run(&["--version"]).ok().text().starts_with("duixian "));
    assert_eq!(desk.run(&[]).code, 2);
}

#[test]
fn a_port_in_use_is_named() {
    let desk = Desk::new();
    desk.run(&["import", "@damaged.txt", "--ledger", "l.db"]).ok();
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = holder.local_addr().unwrap().port().to_string();
    let run = desk.run(&["serve", "--ledger", "l.db", "--port", &port]);
    let fault = run.fault(2);
    assert!(fault.contains(&port) && fault.contains("占用"), "{fault}");
}

#[test]
fn a_reader_who_stops_reading_is_no_failure() {
    let desk = Desk::new();
    let report = example("report.txt");
    let mut child = desk
        .command(&["read", report.to_str().unwrap(), "--format", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn libreoffice_opens_the_workbook() {
    let desk = Desk::new();
    desk.run(&["import", "@report.txt", "--ledger", "l.db"]).ok();
    desk.run(&["export", "a.xlsx", "--ledger", "l.db"]).ok();
    let profile = format!("-env:UserInstallation=file://{}", desk.path("profile").display());
    // Separator ",", quote "\"", UTF-8, all sheets.
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";
    let converted = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", filter, "a.xlsx"])
        .current_dir(desk.folder.path())
        .output();
    let Ok(converted) = converted else {
        println!("skipped: soffice is not installed");
        return;
    };
    assert!(converted.status.success(), "{converted:?}");
    let sheet = |name: &str| fs::read_to_string(desk.path(&format!("a-{name}.csv"))).unwrap();
    assert!(sheet("概览").lines().nth(1).unwrap().contains(",2023,2024,30,26,3,1,"));
    let indicators = sheet("主要指标");
    assert_eq!(indicators.lines().count(), 31);
    assert_eq!(indicators.matches(",有差距,").count(), 3);
    let statements = sheet("陈述");
    let lines = desk.run(&["read", "@report.txt", "--format", "jsonl"]).ok().text();
    for line in lines.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let (id, Some(value)) = (record["id"].as_str().unwrap(), record["value"].as_str()) else {
            continue;
        };
        let row = statements.lines().find(|row| row.starts_with(id)).unwrap();
        assert!(row.contains(&format!(",{value},")), "{value}: {row}");
    }
}
