//! A bureau's month from the command line alone: departments, accounts, forms, a round, workbooks, the bulletin.

#![allow(clippy::unwrap_used, clippy::panic)]

mod book;
mod desk;
#[allow(dead_code, reason = "this test uses its part")]
#[path = "../../../tests/tests/forms/xlsx.rs"]
mod xlsx;

use std::fs;

use desk::Desk;
use xlsx::{ENTRY, Put, filled};

const OPEN: &[&str] = &[
    "round",
    "open",
    "2024-09",
    "--name",
    "九月填报",
    "--period",
    "2024-01..09",
    "--opens",
    "2020-01-01",
    "--due",
    "2199-01-08",
    "--closes",
    "2199-01-12",
    "--form",
    "industry",
];

fn prepare(desk: &Desk) {
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
        "--item",
        "地区生产总值, 增速",
    ]);
    desk.ok(OPEN);
}

/// The one line of a failed run.
fn fault(desk: &Desk, arguments: &[&str]) -> String {
    let (code, _, err) = desk.run(arguments);
    assert_eq!(code, 2, "{arguments:?}: {err}");
    let line = err.strip_suffix('\n').unwrap();
    assert!(!line.contains('\n'), "{line}");
    line.strip_prefix("错误：").unwrap().to_owned()
}

fn fill(desk: &Desk, from: &str, to: &str, values: &[(&str, &str)]) {
    let puts: Vec<(&str, Put<'_>)> =
        values.iter().map(|(cell, value)| (*cell, Put::Number(value))).collect();
    let bytes = fs::read(desk.path(from)).unwrap();
    fs::write(desk.path(to), filled(&bytes, ENTRY, &puts)).unwrap();
}

fn entries(desk: &Desk) -> u64 {
    let all: serde_json::Value =
        serde_json::from_str(&desk.ok(&["history", "--json", "--limit", "1"])).unwrap();
    all[0]["number"].as_u64().unwrap()
}

#[test]
fn a_month_from_nothing_to_the_bulletin() {
    let desk = Desk::new();
    prepare(&desk);
    let made = desk.ok(&["round", "template", "2024-09", "表"]);
    assert!(made.contains("已写：任务 1 统计局"), "{made}");
    let again = desk.ok(&["round", "template", "2024-09", "表"]);
    assert!(again.contains("未作改动"), "{again}");
    let blank = "表/2024-09-industry-330784.xlsx";
    let cells = desk.ok(&["round", "collect", blank, "--dry-run"]);
    let cells: Vec<&str> = cells.lines().filter_map(|line| line.split('\t').nth(1)).collect();
    assert_eq!(cells.len(), 2, "{cells:?}");
    fill(&desk, blank, "filled.xlsx", &[(cells[0], "718.30"), (cells[1], "6.5")]);
    let before = entries(&desk);
    let preview = desk.ok(&["round", "collect", "filled.xlsx", "--submit", "--dry-run"]);
    assert!(preview.contains("新增 2 · 改动 0 · 不变 0 · 拒收 0"), "{preview}");
    assert_eq!(entries(&desk), before, "a preview writes nothing");
    let collected = desk.ok(&["round", "collect", "filled.xlsx", "--submit"]);
    assert!(collected.contains("已上报 2 行"), "{collected}");
    desk.ok(&["round", "return", "1", "--line", "1", "--comment", "请核对"]);
    // The department corrects its own workbook, which is older than the return.
    fill(&desk, blank, "old.xlsx", &[(cells[0], "719"), (cells[1], "6.5")]);
    let conflict = fault(&desk, &["round", "collect", "old.xlsx", "--submit"]);
    assert!(conflict.contains("有他人改动") && conflict.contains("718.3"), "{conflict}");
    desk.ok(&["round", "template", "2024-09", "表", "--force"]);
    fill(&desk, blank, "new.xlsx", &[(cells[0], "719")]);
    let collected = desk.ok(&["round", "collect", "new.xlsx", "--submit"]);
    assert!(collected.contains("已上报 1 行"), "{collected}");
    desk.ok(&["round", "approve", "1"]);
    let locked = desk.ok(&["round", "lock", "2024-09"]);
    assert!(locked.contains("锁定 2 个数据，其中新的或修订的 2 个；未审 0 个"), "{locked}");
    let shown = desk.ok(&["observations", "show", "地区生产总值"]);
    assert!(shown.contains("719亿元") && shown.contains("6.5%"), "{shown}");
    desk.ok(&["round", "bulletin", "2024-09", "--out", "通报.json"]);
    let bulletin: serde_json::Value =
        serde_json::from_slice(&fs::read(desk.path("通报.json")).unwrap()).unwrap();
    assert_eq!(bulletin["totals"]["locked"], 2);
    // A second run of everything changes nothing.
    let done = entries(&desk);
    prepare(&desk);
    desk.ok(&["round", "collect", "new.xlsx", "--submit"]);
    desk.ok(&["round", "approve", "1"]);
    desk.ok(&["round", "lock", "2024-09"]);
    assert_eq!(entries(&desk), done);
    assert!(desk.ok(&["verify"]).contains("chain ok"));
}

#[test]
fn accounts_have_a_password_for_one_use() {
    let desk = Desk::new();
    prepare(&desk);
    let bad = fault(&desk, &["accounts", "add", "admin", "--name", "管", "--post", "皇帝"]);
    assert!(bad.starts_with("岗位“皇帝”（应为"), "{bad}");
    let added =
        desk.ok(&["accounts", "add", "admin", "--name", "管理员", "--post", "管理员@330784"]);
    assert!(added.contains("一次性密码 "), "{added}");
    assert!(
        fault(&desk, &["accounts", "add", "admin", "--name", "甲", "--post", "leader"])
            .contains("已存在")
    );
    let table = "账号,姓名,岗位,地区,部门\nli,李四,填报员,永康市,stats\nli,李四,leader,永康市,\n";
    fs::write(desk.path("people.csv"), table).unwrap();
    let import = ["accounts", "import", "people.csv", "--passwords", "secret.csv"];
    let told = desk.ok(&import);
    let secret = fs::read_to_string(desk.path("secret.csv")).unwrap();
    let once = secret.lines().nth(1).unwrap().strip_prefix("li,").unwrap();
    assert_eq!(once.len(), 16);
    assert!(!told.contains(once), "a password is not printed where others are written");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(desk.path("secret.csv")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let before = entries(&desk);
    assert!(desk.ok(&import).contains("不变 1"), "again, nothing is new");
    assert_eq!(entries(&desk), before);
    assert!(desk.ok(&["accounts", "list"]).contains("填报员@330784/stats、领导@330784"));
    desk.ok(&["accounts", "close", "li"]);
    assert!(fault(&desk, &["accounts", "close", "admin"]).contains("管理员"));
}

#[test]
fn errors_name_what_was_expected() {
    let desk = Desk::new();
    prepare(&desk);
    for (arguments, words) in [
        (&["departments", "set", "x", "--name", "某局"][..], "缺少 --region"),
        (&["departments", "set", "x", "--name", "某局", "--region", "无此地"][..], "地区“无此地”"),
        (&["forms", "set", "industry", "--item", "无此指标"][..], "指标“无此指标”"),
        (&["forms", "show", "none"][..], "没有报表 none"),
        (&["round", "show", "none"][..], "没有轮次 none"),
        (&["round", "approve", "99"][..], "没有任务 99"),
        (&["round", "return", "1", "--line", "1"][..], "意见"),
        (&["round", "approve", "1", "--line", "9"][..], "没有第 9 行"),
        (&["round", "remind", "2024-09", "--smtp", "host"][..], "应为 主机:端口"),
    ] {
        let line = fault(&desk, arguments);
        assert!(line.contains(words), "{line}");
    }
    fs::write(desk.path("d.csv"), "代码,名称\na,甲\n").unwrap();
    assert!(fault(&desk, &["departments", "import", "d.csv"]).contains("没有 region（地区）列"));
    fs::write(desk.path("d.csv"), "code,name,region,代码\na,甲,330784,b\n").unwrap();
    assert!(fault(&desk, &["departments", "import", "d.csv"]).contains("“代码”列重复"));
    fs::write(desk.path("f.toml"), "[[form]]\ncode = \"t\"\ncolour = 1\n").unwrap();
    assert!(fault(&desk, &["forms", "import", "f.toml"]).contains("f.toml"));
}

#[test]
fn rules_of_the_ledger_lie_over_those_of_the_program() {
    let desk = Desk::new();
    prepare(&desk);
    let rule = |formula: &str, active: bool| {
        format!(
            "[[rule]]\ncode = \"small\"\nname = \"总量有限\"\nformula = \"{formula}\"\n\
             severity = \"error\"\nexplanation = \"总量过大\"\nactive = {active}\n"
        )
    };
    fs::write(desk.path("bad.toml"), rule("地区生产总值 <= ", true)).unwrap();
    let (code, _, err) = desk.run(&["rules", "set", "bad.toml"]);
    assert_eq!(code, 2);
    assert!(err.contains('^') && err.contains("1 处错误"), "{err}");
    fs::write(desk.path("good.toml"), rule("地区生产总值 <= 100亿元", true)).unwrap();
    assert!(desk.ok(&["rules", "check", "good.toml"]).contains("1 条规则可用"));
    assert!(desk.ok(&["rules", "set", "good.toml"]).contains("新增或修改 1"));
    assert!(desk.ok(&["rules", "set", "good.toml"]).contains("不变 1"));
    assert!(desk.ok(&["rules", "show", "small"]).contains("公式：地区生产总值 <= 100亿元"));
    desk.ok(&["round", "template", "2024-09", "表"]);
    let blank = "表/2024-09-industry-330784.xlsx";
    let cells = desk.ok(&["round", "collect", blank, "--dry-run"]);
    let cells: Vec<&str> = cells.lines().filter_map(|line| line.split('\t').nth(1)).collect();
    fill(&desk, blank, "filled.xlsx", &[(cells[0], "718.30"), (cells[1], "6.5")]);
    let (code, _, err) = desk.run(&["round", "collect", "filled.xlsx", "--submit"]);
    assert_eq!(code, 2);
    assert!(err.contains("总量过大"), "{err}");
    fs::write(desk.path("off.toml"), rule("地区生产总值 <= 100亿元", false)).unwrap();
    desk.ok(&["rules", "set", "off.toml"]);
    desk.ok(&["round", "collect", "filled.xlsx", "--submit"]);
    assert!(desk.ok(&["verify"]).contains("chain ok"));
}

#[test]
fn a_duty_is_given_time_and_a_figure_comes_back() {
    let desk = Desk::new();
    prepare(&desk);
    desk.ok(&["round", "template", "2024-09", "表"]);
    let blank = "表/2024-09-industry-330784.xlsx";
    let cells = desk.ok(&["round", "collect", blank, "--dry-run"]);
    let cells: Vec<&str> = cells.lines().filter_map(|line| line.split('\t').nth(1)).collect();
    fill(&desk, blank, "filled.xlsx", &[(cells[0], "718.30"), (cells[1], "6.5")]);
    desk.ok(&["round", "collect", "filled.xlsx", "--submit"]);
    let extend = ["round", "extend", "1", "--until", "2198-02-01"];
    assert!(fault(&desk, &extend).contains("--comment"), "a reason is asked for");
    desk.ok(&[&extend[..], &["--comment", "系统停机"]].concat());
    assert!(desk.ok(&["history", "--limit", "1"]).contains("系统停机"));
    desk.ok(&["round", "approve", "1"]);
    desk.ok(&["round", "lock", "2024-09", "--vintage", "2024-10-10"]);
    assert!(fault(&desk, &["round", "reopen", "1"]).contains("理由"));
    desk.ok(&["round", "reopen", "1", "--line", "1", "--comment", "核实后更正"]);
    let shown = desk.ok(&["round", "show", "2024-09"]);
    assert!(shown.contains("重开 1"), "{shown}");
    assert!(desk.ok(&["verify"]).contains("chain ok"));
}

/// A bureau's own workbook becomes the form: handed out as it is, and read back by where its figures stand.
#[test]
fn a_workbook_of_the_bureau_is_adopted() {
    let desk = Desk::new();
    prepare(&desk);
    let sheet = |level: &str, growth: &str| {
        book::workbook(&[
            &["工业经济月报"],
            &["指标名称", "计量单位", "1—9月累计", "同比增长%"],
            &["地区生产总值", "亿元", level, growth],
        ])
    };
    fs::write(desk.path("own.xlsx"), sheet("", "")).unwrap();
    let preview = desk.ok(&["forms", "adopt", "industry", "own.xlsx", "--dry-run"]);
    assert!(preview.contains("C3") && preview.contains("D3"), "{preview}");
    let before = entries(&desk);
    desk.ok(&["forms", "adopt", "industry", "own.xlsx"]);
    assert_eq!(entries(&desk), before + 1);
    desk.ok(&["round", "template", "2024-09", "表"]);
    let blank = desk.path("表/2024-09-industry-330784.xlsx");
    assert_eq!(fs::read(blank).unwrap(), sheet("", ""), "the bureau's own bytes");
    fs::write(desk.path("表/2024-09-industry-330784.xlsx"), sheet("718.3", "6.5")).unwrap();
    let collect = ["round", "collect", "表/2024-09-industry-330784.xlsx", "--submit"];
    assert!(fault(&desk, &collect).contains("请加 --duty"), "it does not say whose it is");
    desk.ok(&[&collect[..], &["--duty", "1"]].concat());
    let shown = desk.ok(&["round", "show", "2024-09"]);
    assert!(shown.contains("已报 2"), "{shown}");
    assert!(desk.ok(&["verify"]).contains("chain ok"));
}

/// Of a table with a bad row nothing is written, and no password is left behind.
#[test]
fn a_table_is_taken_whole_or_not_at_all() {
    let desk = Desk::new();
    prepare(&desk);
    let before = entries(&desk);
    fs::write(desk.path("d.csv"), "code,name,region\na,甲局,330784\nnew,乙局,330784\n").unwrap();
    let said = fault(&desk, &["departments", "import", "d.csv"]);
    assert!(said.contains("第 3 行") && said.contains("但不是 new"), "{said}");
    let head = "login,name,post,region,department\n";
    let good = "boss,管理员,administrator,330784,\nli,李四,clerk,330784,stats\n";
    fs::write(desk.path("a.csv"), format!("{head}{good}wang,王五,clerk,330784,none\n")).unwrap();
    let import = ["accounts", "import", "a.csv", "--passwords", "p.csv"];
    assert!(fault(&desk, &import).contains("没有部门“none”"));
    assert!(!desk.path("p.csv").exists());
    assert_eq!(entries(&desk), before);
    fs::write(desk.path("a.csv"), format!("{head}{good}")).unwrap();
    desk.ok(&import);
    assert_eq!(fs::read_to_string(desk.path("p.csv")).unwrap().lines().count(), 3);
    assert_eq!(entries(&desk), before + 4);
    assert!(desk.ok(&["verify"]).contains("chain ok"));
}
