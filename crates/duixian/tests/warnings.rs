//! Early warning as it is typed: three months of figures, an alarm, none again, a worse one, a problem, its closing, and
//! the rule armed again.

#![allow(clippy::unwrap_used)]

mod desk;

use desk::Desk;
use serde_json::Value;

fn write(desk: &Desk, name: &str, text: &str) {
    std::fs::write(desk.path(name), text).unwrap();
}

/// Orders of a month, known on the tenth of the next.
fn orders(desk: &Desk, month: u8, value: &str) {
    let row = format!(
        "indicator,region,period,value,unit,vintage,source\n\
         在手订单额,330784,2024-{month:02},{value},亿元,2024-{:02}-10,月报\n",
        month + 1
    );
    write(desk, "o.csv", &row);
    desk.ok(&["observations", "import", "o.csv"]);
}

fn desk() -> Desk {
    let desk = Desk::new();
    write(
        &desk,
        "d.csv",
        "code,name,region\nsw,商务局,330784\nrs,人力资源和社会保障局,330784\nfgw,发展和改革局,330784\n",
    );
    desk.ok(&["departments", "import", "d.csv"]);
    desk
}

/// The lines of a run for one rule: outcome, severity, problem.
fn run(desk: &Desk, day: &str, rule: &str, more: &[&str]) -> Vec<(String, String, String)> {
    let all = [&["warn", "--as-of", day, "--format", "json"], more].concat();
    let told: Value = serde_json::from_str(&desk.ok(&all)).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let lines = told["lines"].as_array().unwrap().iter().filter(|line| line["rule"] == rule);
    lines
        .map(|line| (text(&line["outcome"]), text(&line["severity"]), text(&line["problem"])))
        .collect()
}

fn one(desk: &Desk, day: &str) -> (String, String, String) {
    let found = run(desk, day, "orders-fall", &[]);
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().unwrap()
}

fn line(outcome: &str, severity: &str, problem: &str) -> (String, String, String) {
    (outcome.into(), severity.into(), problem.into())
}

#[test]
fn an_alarm_goes_its_way_until_the_rule_is_armed_again() {
    let desk = desk();
    orders(&desk, 2, "52");
    orders(&desk, 3, "51");
    assert_eq!(one(&desk, "2024-04-30"), line("unknown", "", ""));
    orders(&desk, 4, "50");
    // A dry run tells, and writes nothing.
    let head = desk.ok(&["verify"]);
    assert_eq!(
        run(&desk, "2024-05-31", "orders-fall", &["--dry-run"]),
        [line("raised", "yellow", "")]
    );
    assert_eq!(desk.ok(&["verify"]), head);
    // Three months of figures: an alarm; the same day again: none.
    assert_eq!(one(&desk, "2024-05-31"), line("raised", "yellow", ""));
    let head = desk.ok(&["verify"]);
    assert_eq!(one(&desk, "2024-05-31"), line("held", "yellow", ""));
    assert_eq!(desk.ok(&["verify"]), head);
    // Within the cool-down none; worse: an alarm at once, which becomes a problem of the owner.
    orders(&desk, 5, "49");
    assert_eq!(one(&desk, "2024-06-20"), line("held", "yellow", ""));
    // Both months fall by more than a tenth only once May is revised.
    write(
        &desk,
        "o.csv",
        "indicator,region,period,value,unit,vintage,source\n\
         在手订单额,330784,2024-04,45,亿元,2024-06-21,修订\n\
         在手订单额,330784,2024-05,40,亿元,2024-06-21,修订\n",
    );
    desk.ok(&["observations", "import", "o.csv"]);
    assert_eq!(one(&desk, "2024-06-22"), line("worse", "orange", "W-1"));
    let shown = desk.ok(&["show", "problem", "W-1"]);
    for part in [
        "名称\t预警：在手订单连降（永康市在手订单额）",
        "责任部门\tsw",
        "发现日\t2024-06-22",
        "整改期限\t2024-07-22",
        "来源：预警规则 orders-fall，2 号预警，橙色（警示），对象 indicator:orders-in-hand@330784。",
        "左边 40亿元 < 右边 40.5亿元",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    // The loop is open until the problem is verified, long after the cool-down.
    assert_eq!(one(&desk, "2024-09-30"), line("held", "orange", ""));
    desk.ok(&["set", "problem", "W-1", "measure=走访企业，组织参展", "--state", "assigned"]);
    write(&desk, "proof.txt", "走访记录");
    desk.ok(&["attach", "proof.txt", "--to", "problem", "W-1"]);
    desk.ok(&["set", "problem", "W-1", "--state", "rectified"]);
    assert_eq!(one(&desk, "2024-10-31"), line("held", "orange", ""));
    desk.ok(&["set", "problem", "W-1", "--state", "verified"]);
    // Verified: the old alarms are over, and the rule is armed again.
    assert_eq!(one(&desk, "2024-11-30"), line("raised", "orange", "W-2"));
    desk.ok(&["set", "problem", "W-1", "--state", "closed"]);
    assert_eq!(one(&desk, "2024-12-31"), line("held", "orange", ""));
    let told: Value = serde_json::from_str(&desk.ok(&["warnings", "--format", "json"])).unwrap();
    let alarms = told["alarms"].as_array().unwrap();
    let standing: Vec<&Value> = alarms.iter().map(|alarm| &alarm["standing"]).collect();
    assert_eq!(standing, [&Value::Null, &Value::Null, &"orange".into()]);
    assert_eq!(alarms[0]["acts"][0]["note"], "问题 W-1 已核验");
    assert_eq!(alarms[1]["author"], "李四");
    let figures: Vec<&str> =
        alarms[1]["figures"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(figures[0], "orders-in-hand@330784 2024-05 40亿元 2024-06-21 修订");
    assert!(desk.ok(&["verify"]).ends_with("chain ok\n"));
    // An earlier day than the last is not judged anew.
    desk.ok(&["set", "problem", "W-2", "--state", "cancelled", "--comment", "重复"]);
    let (code, _, err) = desk.run(&["warn", "--as-of", "2024-08-31"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("不早于 2024-11-30"), "{err}");
}

#[test]
fn arrears_beyond_the_deadline_are_seen_until_they_are_closed() {
    let desk = desk();
    let case = [
        "set",
        "problem",
        "W-1",
        "--new",
        "name=某工地欠薪案",
        "region=永康市",
        "department=rs",
        "opened=2027-01-05",
        "deadline=2027-03-01",
    ];
    desk.ok(&case);
    let rule = "wage-arrears-overdue";
    // Days after the case was entered, for objects are seen as they were known.
    assert_eq!(run(&desk, "2090-01-01", "accidents-above-mean", &["--dry-run"]), []);
    assert_eq!(run(&desk, "2090-01-01", rule, &["--dry-run"]), [line("raised", "red", "")]);
    let out = desk.ok(&["warn", "--as-of", "2090-01-01"]);
    assert!(
        out.contains(
            "新增\t1\t红色（严重）\twage-arrears-overdue 欠薪案件逾期未结\t某工地欠薪案\t"
        ),
        "{out}"
    );
    assert!(out.contains("转为问题 W-2\n"), "{out}");
    // The problem that it became speaks of arrears too, and is not watched for that.
    assert_eq!(run(&desk, "2091-01-01", rule, &[]), [line("held", "red", "")]);
    desk.ok(&["set", "problem", "W-1", "--state", "cancelled", "--comment", "已结清"]);
    desk.ok(&["set", "problem", "W-2", "--state", "cancelled", "--comment", "已结清"]);
    let out = desk.ok(&["warn", "--as-of", "2091-01-02"]);
    assert!(out.starts_with("预警 2091-01-02：新增 0 · 加重 0"), "{out}");
    assert!(desk.ok(&["warnings", "--open"]).ends_with("共 0 条预警\n"));
    assert!(desk.ok(&["warnings"]).contains("\t已解除\t"));
}

#[test]
fn a_project_behind_the_time_line_turns_red_and_then_yellow() {
    let desk = desk();
    let example = include_str!("../../../examples/warnings/local-colours.toml");
    write(&desk, "local.toml", example);
    let out = desk.ok(&["warn", "rules", "put", "local.toml"]);
    assert_eq!(out, "已导入预警规则 3 个：新增或修改 3 · 不变 0\n");
    let again = desk.ok(&["warn", "rules", "put", "local.toml"]);
    assert_eq!(again, "已导入预警规则 3 个：新增或修改 0 · 不变 3\n");
    assert!(desk.ok(&["warn", "rules", "list"]).contains("project-on-time-line\t项目投资序时进度\t项目\t红色（严重）、黄色（提醒）\t1个月\t红色（严重）起，限 30天\t台账\t在用\n"));
    desk.ok(&[
        "set",
        "project",
        "P-1",
        "--new",
        "name=产业园",
        "region=永康市",
        "department=fgw",
        "level=county",
        "--state",
        "building",
    ]);
    desk.ok(&[
        "set",
        "project-year",
        "PY-1",
        "--new",
        "--parent",
        "P-1",
        "year=2090",
        "planned=10000万元",
        "actual=1000万元",
    ]);
    let rule = "project-on-time-line";
    // By hand: on the 31st of March 90 of 365 days are 24.66 %, less 10 % is 14.66: yellow.
    assert_eq!(run(&desk, "2090-03-31", rule, &[]), [line("raised", "yellow", "")]);
    // On the 30th of June 181 of 365 are 49.59 %, less 10 % is 39.59: red, and a problem about the project.
    assert_eq!(run(&desk, "2090-06-30", rule, &[]), [line("worse", "red", "W-1")]);
    assert!(desk.ok(&["show", "problem", "W-1"]).contains("project:P-1"));
    let out = desk.ok(&["warnings"]);
    assert!(out.contains("红色（严重）"), "{out}");
    desk.ok(&["set", "project-year", "PY-1", "actual=7000万元"]);
    assert_eq!(run(&desk, "2090-07-10", rule, &[]), [line("eased", "", "")]);
    assert!(desk.ok(&["warnings"]).contains("降为黄色（提醒）"));
    assert_eq!(run(&desk, "2090-07-10", "targets-behind", &[]), [], "there are no targets");
}

#[test]
fn a_target_that_falls_behind_raises_an_alarm_by_its_status() {
    let desk = desk();
    let rules = include_str!("../../../examples/warnings/local-colours.toml");
    write(&desk, "colours.toml", rules);
    desk.ok(&["warn", "rules", "put", "colours.toml"]);
    write(
        &desk,
        "t.csv",
        "代码,指标,地区,时期,口径,比较,目标值,单位,力度,状态\n\
         T-1,一般公共预算收入,330784,2024年,水平,不低于,100,亿元,确保,下达\n",
    );
    desk.ok(&["enter", "target", "t.csv"]);
    write(
        &desk,
        "o.csv",
        "indicator,region,period,facet,value,unit,vintage,source\n\
         一般公共预算收入,330784,2023,level,90,亿元,2024-01-20,财政\n\
         一般公共预算收入,330784,2024-Q1,level,24,亿元,2024-04-18,财政\n\
         一般公共预算收入,330784,2024-H1,level,35,亿元,2024-07-18,财政\n\
         一般公共预算收入,330784,2024,level,101,亿元,2025-01-18,财政\n",
    );
    desk.ok(&["observations", "import", "o.csv"]);
    let rule = "targets-behind";
    // By the calendar 25 and 50 are due; 24 is 1 % of the target behind, 35 is 15 %.
    assert_eq!(run(&desk, "2024-04-30", rule, &[]), [line("quiet", "", "")]);
    assert_eq!(run(&desk, "2024-07-31", rule, &[]), [line("raised", "red", "")]);
    assert!(desk.ok(&["warnings"]).contains("没有往年可比，按月份平均"));
    assert_eq!(run(&desk, "2025-01-31", rule, &[]), [line("cleared", "", "")]);
}

#[test]
fn an_alarm_is_acknowledged_once_and_bad_rules_are_refused() {
    let desk = desk();
    for (month, value) in [(2, "52"), (3, "51"), (4, "50")] {
        orders(&desk, month, value);
    }
    desk.ok(&["warn", "--as-of", "2024-05-31"]);
    let note = ["warnings", "acknowledge", "1", "--note", "已了解"];
    assert_eq!(desk.ok(&note), "已记入：1 号预警已阅\n");
    let head = desk.ok(&["verify"]);
    assert_eq!(desk.ok(&note), "未作改动：1 号预警已阅\n");
    assert_eq!(desk.ok(&["verify"]), head);
    assert!(desk.ok(&["warnings"]).contains("李四 已阅：已了解"));
    let mine = desk.ok(&["warn", "rules", "show", "orders-fall"]);
    write(&desk, "off.toml", &mine.replace("active = true", "active = false"));
    desk.ok(&["warn", "rules", "put", "off.toml"]);
    assert_eq!(run(&desk, "2024-06-30", "orders-fall", &[]), []);
    write(&desk, "bad.toml", &mine.replace("running = 2", "running = 99"));
    for (arguments, said) in [
        (
            &["warn", "rules", "put", "bad.toml"][..],
            "bad.toml：第 5 行：规则 orders-fall 的 running 99（应为 1 到 24 期）",
        ),
        (&["warn", "rules", "show", "x"], "没有规则 x"),
        (&["warn", "--ledger", "none.db"], "台账不存在：none.db"),
        (&["warnings", "acknowledge", "9"], "没有预警“9”"),
    ] {
        let (code, out, err) = desk.run(arguments);
        assert_eq!((code, out.as_str(), err.lines().count()), (2, "", 1), "{arguments:?} {err}");
        assert!(err.contains(said), "{err}");
    }
}
