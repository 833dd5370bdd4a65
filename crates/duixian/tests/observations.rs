//! `duixian observations` as it is typed: figures filed, revised, redefined, and asked for as known on a day.

#![allow(clippy::unwrap_used)]

mod desk;

use desk::Desk;

/// Imports rows of indicator, region, period, value, unit, vintage, source and note.
fn import(desk: &Desk, rows: &str) -> (i32, String, String) {
    let head = "indicator,region,period,value,unit,vintage,source,note\n";
    std::fs::write(desk.path("t.csv"), format!("{head}{rows}")).unwrap();
    desk.run(&["observations", "import", "t.csv"])
}

/// The line of a period in what is shown.
fn shown(desk: &Desk, period: &str, arguments: &[&str]) -> Option<String> {
    let all = [&["observations", "show", "地区生产总值"], arguments].concat();
    let out = desk.ok(&all);
    let start = format!("{period}\t");
    out.lines().find(|line| line.starts_with(&start)).map(str::to_owned)
}

/// Published, revised, redefined: three days give three answers, and growth across the break is refused.
#[test]
fn a_figure_is_published_revised_and_redefined() {
    let desk = Desk::new();
    let (code, out, _) = import(
        &desk,
        "地区生产总值,330784,2022,722.17,亿元,2023-01-28,统计公报,\n\
         地区生产总值,330784,2023,770.8,亿元,2024-01-28,统计公报,初步核算\n",
    );
    assert_eq!(code, 0);
    assert!(out.starts_with("已导入 2 条：新增 2 · 修订 0"), "{out}");
    let (_, out, _) =
        import(&desk, "地区生产总值,330784,2023,791.52,亿元,2024-12-27,经济普查,普查修订\n");
    assert!(out.starts_with("已导入 1 条：新增 0 · 修订 1"), "{out}");
    let redefine = [
        "observations",
        "redefine",
        "地区生产总值",
        "--from",
        "2023",
        "--known",
        "2025-02-10",
        "--reason",
        "研发支出计入方法改变",
    ];
    assert_eq!(desk.ok(&redefine), "已记入：地区生产总值 自2023年起口径变化\n");
    assert!(desk.ok(&redefine).starts_with("台账中已有"));

    let first = shown(&desk, "2023年", &["--as-of", "2024-06-30"]).unwrap();
    assert!(first.starts_with("2023年\t770.8亿元\t2024-01-28\t\t6.7%\t"), "{first}");
    let second = shown(&desk, "2023年", &["--as-of", "2024-12-31"]).unwrap();
    assert!(second.starts_with("2023年\t791.52亿元\t2024-12-27\t\t9.6%\t"), "{second}");
    let third = shown(&desk, "2023年", &[]).unwrap();
    let refused = "自2023年起统计口径变化，前后不可比：研发支出计入方法改变";
    assert!(third.contains(refused), "{third}");
    assert_eq!(shown(&desk, "2023年", &["--as-of", "2023-12-31"]), None);
    let history = desk.ok(&["observations", "show", "地区生产总值", "--history"]);
    assert_eq!(history.lines().filter(|line| line.starts_with("2023年\t")).count(), 2);
    assert!(desk.ok(&["verify"]).contains("完好"));
}

#[test]
fn a_bad_table_is_refused_as_a_whole() {
    let desk = Desk::new();
    let good = "地区生产总值,330784,2022,722.17,亿元,2023-01-28,统计公报,\n";
    let (code, _, err) =
        import(&desk, &format!("{good}地区生产总值,330784,2023,7O0,亿元,2024-01-28,,\n"));
    assert_eq!(code, 2);
    assert!(err.starts_with("t.csv：第 3 行：数值“7O0”（应为十进制数"), "{err}");
    assert!(err.ends_with("错误：t.csv 有 1 处错误；没有写入任何数据\n"), "{err}");
    assert!(!desk.path("duixian.db").exists());
    assert_eq!(import(&desk, good).0, 0);
    let (code, _, err) = import(&desk, "地区生产总值,330784,2022,723,亿元,2023-01-28,统计公报,\n");
    assert_eq!(code, 2);
    assert!(err.contains("第 2 行：") && err.contains("修订应使用新的发布日"), "{err}");
    // The same table again has no effect.
    let (code, out, _) = import(&desk, good);
    assert_eq!(code, 0);
    assert!(out.contains("台账中已有 1"), "{out}");
    let preview = ["observations", "import", "t.csv", "--dry-run"];
    let head = desk.ok(&["verify"]);
    std::fs::write(
        desk.path("t.csv"),
        format!(
            "indicator,region,period,value,unit,vintage\n{}",
            "地区生产总值,330784,2023,7,亿元,2024-01-28\n"
        ),
    )
    .unwrap();
    let out = desk.ok(&preview);
    assert!(out.starts_with("第 2 行\t新增\t"), "{out}");
    assert!(out.contains("预览 1 条：新增 1"), "{out}");
    assert_eq!(desk.ok(&["verify"]), head);
    assert_eq!(desk.run(&["observations", "import", "none.csv"]).0, 2);
}

#[test]
fn single_months_are_derived_and_said_to_be() {
    let desk = Desk::new();
    let mut rows = String::new();
    for (period, level, growth) in
        [("2024年1—2月", "100", "5"), ("2024-Q1", "160", "6"), ("2024-01..04", "214", "6.2")]
    {
        rows += &format!("社会消费品零售总额,330784,{period},{level},亿元,2024-05-20,月报,\n");
        rows += &format!("社会消费品零售总额,330784,{period},{growth},%,2024-05-20,月报,\n");
    }
    assert_eq!(import(&desk, &rows).0, 0);
    let out = desk.ok(&["observations", "show", "社会消费品零售总额", "--monthly"]);
    assert!(out.contains("单月（由累计数推算，非发布数）"), "{out}");
    let line = out.lines().find(|line| line.starts_with("2024年4月")).unwrap();
    assert!(line.starts_with("2024年4月\t54亿元\t6.8%（"), "{line}");
    assert!(line.ends_with("2024年1—4月 减 2024年一季度"), "{line}");
    assert!(!out.contains("2024年2月"), "{out}");
}

#[test]
fn figures_that_break_a_rule_are_pointed_out() {
    let desk = Desk::new();
    let rows = "森林覆盖率,永康市,2023,712,%,2024-01-28,公报,\n\
         地区生产总值,永康市,2024-Q1,160,亿元,2024-04-28,月报,\n\
         地区生产总值,永康市,2024-H1,150,亿元,2024-07-28,月报,\n\
         出口总额,永康市,2024-Q1,60,亿元,2024-04-28,月报,\n\
         进口总额,永康市,2024-Q1,30000,万元,2024-04-28,月报,\n\
         货物贸易进出口总额,永康市,2024-Q1,65,亿元,2024-04-28,月报,\n";
    assert_eq!(import(&desk, rows).0, 0);
    let out = desk.ok(&["observations", "check"]);
    // Parts and their sum stand against each other; that is told once, not once for each of the three.
    let sum = "出口与进口之和不等于进出口总额（左边 63亿元 < 右边 65亿元）\t需说明\n";
    assert_eq!(out.matches(sum).count(), 1, "{out}");
    assert!(out.contains("330784 永康市\t712%\t2023年：比重不在 0 到 100% 之间"), "{out}");
    assert!(out.contains("2024年上半年：累计数低于上期（左边"), "{out}");
    assert!(out.ends_with("检查 5 个序列，提醒 3 处；提醒不等于错误，请核对或说明原因\n"), "{out}");
}

#[test]
fn a_preview_makes_no_ledger_and_nothing_but_a_file_is_read() {
    let desk = Desk::new();
    let row =
        "indicator,region,period,value,unit,vintage\n地区生产总值,永康市,2023,7,亿元,2024-01-28\n";
    std::fs::write(desk.path("t.csv"), row).unwrap();
    let out = desk.ok(&["observations", "import", "t.csv", "--dry-run"]);
    assert!(out.contains("预览 1 条：新增 1"), "{out}");
    assert!(!desk.path("duixian.db").exists());
    std::fs::create_dir(desk.path("folder")).unwrap();
    let (code, _, err) = desk.run(&["observations", "import", "folder"]);
    assert_eq!(
        (code, err.as_str()),
        (2, "错误：是文件夹：folder（应为一张 CSV 或 xlsx 数据表）\n")
    );
    let (code, _, err) = desk.run(&["observations", "import", "/dev/zero"]);
    assert_eq!(
        (code, err.as_str()),
        (2, "错误：不是普通文件：/dev/zero（应为一张 CSV 或 xlsx 数据表）\n")
    );
    std::fs::write(desk.path("t.csv"), row.replace("2024-01-28", "9999-12-31")).unwrap();
    let (code, _, err) = desk.run(&["observations", "import", "t.csv"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("t.csv：第 2 行：发布日“9999-12-31”晚于今天"), "{err}");
}

/// What a report states as results becomes figures, once; what is not certain is told with the reason.
#[test]
fn the_results_of_a_report_become_figures() {
    let desk = Desk::new();
    let report = "关于永康市2023年国民经济和社会发展计划执行情况与2024年计划草案的报告\n\
        一、2023年计划执行情况\n全年地区生产总值740.5亿元，增长6.2%。上半年一般公共预算收入40亿元。\n";
    std::fs::write(desk.path("报告.txt"), report).unwrap();
    desk.run(&["import", "报告.txt", "--ledger", "l.db"]);
    let adopt = ["observations", "adopt", "--vintage", "2024-02-20", "--ledger", "l.db"];
    let out = desk.ok(&[&adopt[..], &["--dry-run"]].concat());
    assert!(out.contains("未写入：新增 2") && out.contains("句中有“上半年”"), "{out}");
    assert!(desk.ok(&adopt).contains("已记入：新增 2"));
    assert!(desk.ok(&adopt).contains("未写入：新增 0 · 修订 0 · 不变 0 · 已有 2"));
    let show = ["observations", "show", "地区生产总值", "--ledger", "l.db"];
    let shown = desk.ok(&show);
    assert!(shown.contains("740.5亿元\t2024-02-20") && shown.contains("陈述"), "{shown}");
    let (code, _, err) =
        desk.run(&["observations", "adopt", "none", "--vintage", "2024-02-20", "--ledger", "l.db"]);
    assert_eq!((code, err.contains("没有文档 none")), (2, true), "{err}");
    assert!(desk.ok(&["verify", "--ledger", "l.db"]).contains("chain ok"));
}

/// Rules hold on import too: what says error is refused, what asks for a reason is told, and refused where asked.
#[test]
fn rules_are_held_against_a_table() {
    let desk = Desk::new();
    let table = |name: &str, value: &str, note: &str| {
        let head = "indicator,region,period,value,unit,vintage,source,note\n";
        let first = "地区生产总值,330784,2024-H1,800,亿元,2024-07-20,月报,\n";
        let second =
            format!("地区生产总值,330784,2024-01..09,{value},亿元,2024-10-20,月报,{note}\n");
        std::fs::write(desk.path(name), format!("{head}{first}{second}")).unwrap();
    };
    table("a.csv", "700", "");
    let import = ["observations", "import", "a.csv", "--ledger", "l.db"];
    let (code, _, err) = desk.run(&[&import[..], &["--strict"]].concat());
    assert_eq!(code, 2);
    assert!(
        err.starts_with("a.csv：第 3 行：gdp 330784 2024-01..09：")
            && err.contains("累计数低于上期"),
        "{err}"
    );
    let told = desk.ok(&[&import[..], &["--dry-run"]].concat());
    assert!(told.contains("第 3 行\t需说明\t") && told.contains("提醒 1 处"), "{told}");
    table("a.csv", "700", "普查核减");
    assert!(desk.ok(&[&import[..], &["--strict"]].concat()).contains("已导入 2 条：新增 2"));
    let rule = "[[rule]]\ncode = \"small\"\nname = \"总量有限\"\nformula = \"地区生产总值 <= 1000亿元\"\n\
        severity = \"error\"\nexplanation = \"总量过大\"\n";
    std::fs::write(desk.path("r.toml"), rule).unwrap();
    desk.ok(&["rules", "set", "r.toml", "--ledger", "l.db"]);
    let head = desk.ok(&["verify", "--ledger", "l.db"]);
    let text = "indicator,region,period,value,unit,vintage,source,note\n\
        地区生产总值,330784,2024,1200,亿元,2025-01-20,月报,核实\n";
    std::fs::write(desk.path("b.csv"), text).unwrap();
    let (code, _, err) = desk.run(&["observations", "import", "b.csv", "--ledger", "l.db"]);
    assert_eq!(code, 2);
    assert!(err.contains("第 2 行：gdp 330784 2024：") && err.contains("总量过大"), "{err}");
    assert_eq!(desk.ok(&["verify", "--ledger", "l.db"]), head);
}
