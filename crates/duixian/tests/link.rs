//! `duixian link` as it is typed: what waits for a decision, what may be meant, and decisions that are remembered.

#![allow(clippy::unwrap_used)]

mod desk;

use desk::Desk;
use serde_json::Value;

const REPORT: &str = "青石县2024年国民经济和社会发展计划报告\n一、2023年计划执行情况\n\
     全年新建竹编工坊12家。地区生产总值128.5亿元，增长6.1%。\n";
const NEXT: &str = "青石县2025年国民经济和社会发展计划报告\n一、2024年计划执行情况\n\
     全年新建竹编工坊15家。森林覆盖率71.2%。\n";

/// A folder with two short reports.
fn desk() -> Desk {
    let desk = Desk::new();
    std::fs::write(desk.path("2024.txt"), REPORT).unwrap();
    std::fs::write(desk.path("2025.txt"), NEXT).unwrap();
    desk
}

/// The indicator of every statement on a measure, in the ledger's order.
fn links(desk: &Desk, measure: &str) -> Vec<Value> {
    desk.ok(&["export", "all.jsonl", "--force"]);
    let text = std::fs::read_to_string(desk.path("all.jsonl")).unwrap();
    let records = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    records.filter(|one| one["measure"] == measure).map(|one| one["indicator"].clone()).collect()
}

#[test]
fn a_decision_is_remembered_for_later_reports_too() {
    let desk = desk();
    let imported = desk.ok(&["import", "2024.txt"]);
    assert!(imported.contains("未对应指标的名称 1 个"), "{imported}");
    assert!(imported.contains("duixian link --ledger duixian.db"), "{imported}");
    let open = desk.ok(&["link"]);
    assert!(open.contains("1\t竹编工坊\t家\t"), "{open}");
    let measure = "竹编工坊";
    assert_eq!(links(&desk, measure), [Value::Null]);

    let done = desk.ok(&["link", measure, "pocket-parks", "--reason", "试一试"]);
    assert!(done.contains("→ pocket-parks 口袋公园") && done.contains("1 条"), "{done}");
    let again = desk.ok(&["link", measure, "口袋公园"]);
    assert!(again.starts_with("未作改动"), "{again}");
    let imported = desk.ok(&["import", "2025.txt"]);
    assert!(!imported.contains("未对应指标"), "{imported}");
    assert_eq!(links(&desk, measure), ["pocket-parks", "pocket-parks"]);

    desk.ok(&["link", measure, "--none"]);
    assert_eq!(links(&desk, measure), [Value::Null, Value::Null]);
    assert!(desk.ok(&["link"]).contains("未对应指标的名称 0 个"));
    desk.ok(&["link", measure, "--withdraw"]);
    assert!(desk.ok(&["link"]).contains("未对应指标的名称 1 个"));

    let all = desk.ok(&["link", "--list"]);
    assert_eq!(all.lines().count(), 5, "{all}");
    assert!(all.contains("\t李四\t") && all.contains("\t试一试\n"), "{all}");
    assert!(desk.ok(&["verify"]).contains("台账完好"));
}

#[test]
fn a_measure_is_shown_with_what_it_may_mean() {
    let desk = desk();
    desk.ok(&["import", "2024.txt"]);
    let shown = desk.ok(&["link", "地区生产总值"]);
    assert!(shown.contains("陈述 2 条") && shown.contains("  1.00\tgdp 地区生产总值"), "{shown}");
    let shown = desk.ok(&["link", "某镇森林覆盖比率"]);
    assert!(shown.contains("陈述 0 条") && shown.contains("forest-cover 森林覆盖率"), "{shown}");
    desk.ok(&["link", "某镇森林覆盖比率", "--none"]);
    let shown = desk.ok(&["link", "某镇森林覆盖比率"]);
    assert!(shown.contains("现有决定：不对应任何指标（李四"), "{shown}");
}

#[test]
fn what_cannot_be_decided_is_one_clear_line() {
    let desk = desk();
    desk.ok(&["import", "2024.txt"]);
    for (arguments, said) in [
        (&["link", "竹编工坊", "no-such"][..], "no-such"),
        (&["link", "竹编工坊", "gdp", "--none"], "--none"),
        (&["link", "--none"], "指标名"),
        (&["link", "竹编工坊", "--list"], "--list"),
        (&["link", "“”", "gdp"], "指标名为空"),
        (&["link", "竹编工坊", "gdp", "--ledger", "none.db"], "none.db"),
    ] {
        let (code, out, err) = desk.run(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(
            err.starts_with("错误：") && err.contains(said) && err.lines().count() == 1,
            "{err}"
        );
    }
    assert!(!desk.path("none.db").exists());
    assert!(desk.ok(&["link", "--list"]).contains("共 0 项决定"));
}
