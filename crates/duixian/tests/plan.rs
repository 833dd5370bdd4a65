//! Plan objects as they are typed: entered from tables, changed, shown, counted.

#![allow(clippy::unwrap_used)]

mod book;
mod desk;

use book::workbook;
use desk::Desk;

fn table(desk: &Desk, name: &str, text: &str) {
    std::fs::write(desk.path(name), text).unwrap();
}

/// A desk whose ledger has a term, which needs no department.
fn desk() -> Desk {
    let desk = Desk::new();
    table(&desk, "n.csv", "代码,名称,地区,解释\nN-1,亩均论英雄,永康市,按亩均效益评价企业\n");
    desk.ok(&["enter", "term", "n.csv"]);
    desk
}

#[test]
fn a_table_is_previewed_entered_and_repeated_without_effect() {
    let desk = Desk::new();
    table(
        &desk,
        "t.csv",
        "代码,指标,地区,时期,口径,比较,目标值,单位,状态\n\
        T-1,地区生产总值,永康市,2024年,增速,不低于,6.5,%,下达\n",
    );
    let out = desk.ok(&["enter", "目标", "t.csv", "--dry-run"]);
    assert!(out.starts_with("第 2 行\tT-1\t新增\n预览 1 个目标：新增 1"), "{out}");
    assert!(!desk.path("duixian.db").exists());
    assert!(desk.ok(&["enter", "target", "t.csv"]).contains("新增 1 · 变更 0 · 不变 0"));
    let head = desk.ok(&["verify"]);
    assert!(desk.ok(&["enter", "target", "t.csv"]).contains("新增 0 · 变更 0 · 不变 1"));
    assert_eq!(desk.ok(&["verify"]), head);
    // A cell that is wrong is named, and nothing is written.
    table(&desk, "u.csv", "code,力度,note\nT-1,力争,一\nT-2,力争,\n");
    let (code, _, err) = desk.run(&["enter", "target", "u.csv"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("u.csv：第 3 行：指标“”有误（应为非空的值）"), "{err}");
    assert!(err.ends_with("错误：u.csv 有 1 处错误；没有写入任何数据\n"), "{err}");
    assert_eq!(desk.ok(&["verify"]), head);
    table(&desk, "u.csv", "code,力度,note\nT-1,力争,一\n");
    let out = desk.ok(&["enter", "target", "u.csv", "--dry-run"]);
    assert!(out.contains("第 2 行\tT-1\t变更\t力度 — → 力争；备注 — → 一"), "{out}");
    table(&desk, "u.csv", "code,颜色\nT-1,红\n");
    let (code, _, err) = desk.run(&["enter", "target", "u.csv"]);
    assert_eq!(code, 2);
    assert!(err.contains("目标没有“颜色”列"), "{err}");
    let (code, _, err) = desk.run(&["enter", "target", "none.csv"]);
    assert_eq!((code, err.contains("none.csv")), (2, true));
}

#[test]
fn an_adjusted_target_shows_both_values() {
    let desk = Desk::new();
    table(
        &desk,
        "t.csv",
        "代码,指标,地区,时期,口径,比较,目标值,单位,状态\n\
        T-1,地区生产总值,永康市,2024年,增速,不低于,6.5,%,下达\n",
    );
    desk.ok(&["enter", "target", "t.csv"]);
    let (code, _, err) = desk.run(&["set", "target", "T-1", "目标值=6.0"]);
    assert_eq!(code, 2);
    assert!(err.contains("保持“6.5”") && err.contains("目标调整"), "{err}");
    let values = ["value=6.0", "reason=预期下调", "approved-by=市人大常委会", "day=2024-08-28"];
    let add = [&["set", "adjustment", "+", "--new", "--parent", "T-1"], &values[..]].concat();
    assert_eq!(desk.ok(&add), "已新建：目标调整 TA-1\n");
    assert!(!desk.ok(&["show", "target", "T-1"]).contains("6.0"));
    desk.ok(&["set", "adjustment", "TA-1", "--state", "批准"]);
    let out = desk.ok(&["show", "target", "T-1"]);
    assert!(out.contains("目标值\t6.5\n"), "{out}");
    assert!(
        out.contains("调整\t自 2024-08-28 起 6.0\t市人大常委会\t预期下调\n现值\t6.0%"),
        "{out}"
    );
    let (code, _, err) = desk.run(&["set", "adjustment", "TA-1", "--state", "refused"]);
    assert_eq!(code, 2);
    assert!(err.contains("现为“批准”，不能改为“不予批准”"), "{err}");
    let (code, _, err) = desk.run(&["show", "target", "T-1", "--as-of", "2001-01-01"]);
    assert_eq!((code, err.contains("没有目标“T-1”")), (2, true));
}

#[test]
fn an_object_is_changed_listed_and_its_history_shown() {
    let desk = desk();
    let out = desk.ok(&["set", "term", "N-1", "英文名=output per mu", "--state", "停用"]);
    assert!(out.contains("英文名\t— → output per mu\n状态\t在用 → 停用"), "{out}");
    let same = desk.ok(&["set", "term", "N-1", "英文名=output per mu"]);
    assert_eq!(same, "未作改动：名词 N-1 已是如此\n");
    let out = desk.ok(&["list", "term", "--region", "永康市", "--state", "停用"]);
    assert!(out.contains("N-1\t亩均论英雄\t停用\t330784"), "{out}");
    assert!(desk.ok(&["list", "名词", "--state", "current"]).ends_with("共 0 个名词\n"));
    let out = desk.ok(&["list", "term", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&told["code"], &told["fields"]["name"]), (&"N-1".into(), &"亩均论英雄".into()));
    let out = desk.ok(&["show", "term", "N-1", "--history"]);
    assert!(out.contains("  状态 → 停用") && out.contains("  状态 → 在用"), "{out}");
    assert!(desk.ok(&["list"]).contains("名词\tterm\t1\n"));
    assert!(desk.ok(&["show", "problem"]).contains("状态 已整改\trectified\t→ 已核验、已重开"));
    for (arguments, message) in [
        (&["list", "乱写"][..], "没有类别：乱写（应为 target 目标"),
        (&["set", "term", "N-9", "name=x"], "没有名词“N-9”"),
        (&["set", "term", "N-1", "颜色=红"], "名词没有字段：颜色"),
        (&["set", "term", "N-1", "红"], "“红”有误（应为 字段=值）"),
        (&["list", "term", "--region", "幸福县"], "地区“幸福县”有误"),
    ] {
        let (code, _, err) = desk.run(arguments);
        assert_eq!((code, err.lines().count()), (2, 1), "{err}");
        assert!(err.contains(message), "{err}");
    }
}

#[test]
fn files_are_attached_and_travel_in_the_package() {
    let desk = desk();
    std::fs::write(desk.path("依据.pdf"), b"%PDF-1.4 a letter").unwrap();
    let out = desk.ok(&["attach", "依据.pdf", "--to", "term", "N-1"]);
    assert!(out.starts_with("已附上：名词 N-1\t"), "{out}");
    assert!(desk.ok(&["attach", "依据.pdf", "--to", "名词", "N-1"]).starts_with("已有此附件"));
    assert!(desk.ok(&["show", "term", "N-1"]).contains("附件\t依据.pdf\t17 字节\t"));
    std::fs::write(desk.path("big"), vec![0; (20 << 20) + 1]).unwrap();
    let (code, _, err) = desk.run(&["attach", "big", "--to", "term", "N-1"]);
    assert_eq!((code, err.contains("文件过大：big")), (2, true), "{err}");
    desk.ok(&["package", "export", "p"]);
    desk.ok(&["package", "import", "p", "--ledger", "again.db"]);
    let shown = ["show", "term", "N-1", "--history"];
    assert_eq!(desk.ok(&[&shown[..], &["--ledger", "again.db"]].concat()), desk.ok(&shown));
    assert!(desk.ok(&["verify", "--ledger", "again.db"]).contains("chain ok"));
}

#[test]
fn regions_are_entered_in_any_order_and_listed_on_a_day() {
    let desk = Desk::new();
    table(
        &desk,
        "r.csv",
        "代码,名称,起始日,终止日,变动,后继地区\n\
        330784100201,新店村,,,,\n\
        330784101,新店乡,,2001-10-31,并入,330784100\n\
        330784100,石柱镇,,,,\n",
    );
    // The town into which the other went is in the same table, whatever the order.
    let (code, _, err) = desk.run(&["regions", "import", "r.csv"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(desk.ok(&["regions", "import", "r.csv"]).contains("新增 0 · 变更 0 · 不变 3"));
    let out = desk.ok(&["regions", "list", "永康市", "--day", "2000-01-01"]);
    assert_eq!(
        out,
        "330784 永康市：2000-01-01 有下级 2 个\n330784100\t石柱镇\n330784101\t新店乡\n"
    );
    let out = desk.ok(&["regions", "list", "永康市", "--day", "2024-01-01"]);
    assert!(out.ends_with("有下级 1 个\n330784100\t石柱镇\n"), "{out}");
    assert!(
        desk.ok(&["regions", "list"])
            .contains("330784101\t新店乡\t330784\t1949-10-01\t2001-10-31\t并入 330784100")
    );
    table(&desk, "r.csv", "代码,名称,变动\n330784102,某镇,飞走\n");
    let (code, _, err) = desk.run(&["regions", "import", "r.csv"]);
    assert_eq!(code, 2);
    assert!(
        err.starts_with("r.csv：第 2 行：变动“飞走”有误（应为更名、并入、拆分、撤销）"),
        "{err}"
    );
}

#[test]
fn a_register_is_counted_by_names() {
    let desk = desk();
    let department = terms::Department {
        code: "jxj".into(),
        name: "经信局".into(),
        region: "330784".into(),
        email: String::new(),
        active: true,
    };
    let entry = ledger::Entry { at: "2024-01-01T00:00:00Z".into(), ..ledger::Entry::default() };
    let mut ledger = ledger::Ledger::open(&desk.path("duixian.db")).unwrap();
    ledger.put_department(&department, &entry).unwrap();
    drop(ledger);
    let values = ["name=企业", "region=永康市", "department=经信局", "对象=企业", "识别码=自编码"];
    desk.ok(&[&["set", "register", "R-1", "--new"], &values[..]].concat());
    let member = "代码,上级,名称,地区,入库日\nE1,R-1,甲厂,永康市,2023-01-01\nE2,R-1,乙厂,永康市,2023-01-01\n";
    table(&desk, "m.csv", member);
    desk.ok(&["enter", "member", "m.csv"]);
    let award = "代码,上级,等级,认定日\nA1,E1,小巨人,2023-05-01\nA2,E2,小巨人,2024-05-01\n";
    table(&desk, "a.csv", award);
    desk.ok(&["enter", "认定", "a.csv"]);
    let count =
        ["count", "R-1", "--level", "小巨人", "--since", "2023-12-31", "--as-of", "2024-12-31"];
    let out = desk.ok(&count);
    let expected =
        "名录 R-1 小巨人：2024-12-31 共 2 个\n2023-12-31 为 1 个：新增 1 个，退出 0 个\n";
    assert_eq!(out, format!("{expected}新增\tE2\t乙厂\t\t330784\n"));
    let out = desk.ok(&[&count[..], &["--json"]].concat());
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&told["count"], &told["came"][0]["name"]), (&2.into(), &"乙厂".into()));
    let project =
        "代码,名称,地区,责任部门,层级,总投资（万元）\nP-1,大桥,永康市,经信局,市级,12500.50\n";
    table(&desk, "p.csv", project);
    desk.ok(&["enter", "project", "p.csv"]);
    assert!(desk.ok(&["show", "project", "P-1"]).contains("总投资\t12500.50万元\n"));
    let (code, _, err) = desk.run(&["count", "R-9"]);
    assert_eq!((code, err.as_str()), (2, "错误：没有名录“R-9”\n"));
}

/// What a report promises becomes targets, once, each with its sentence.
#[test]
fn the_promises_of_a_report_become_targets() {
    let desk = Desk::new();
    let report = "关于永康市2023年国民经济和社会发展计划执行情况与2024年计划草案的报告\n\
        一、2023年计划执行情况\n全年地区生产总值增长6.2%。\n\
        二、2024年国民经济和社会发展计划安排\n\
        地区生产总值增长6%以上，力争一般公共预算收入达到70亿元。单位GDP能耗下降2%以上。\n";
    std::fs::write(desk.path("报告.txt"), report).unwrap();
    let (code, _, err) = desk.run(&["import", "报告.txt"]);
    assert_eq!(code, 0, "{err}");
    let (_, _, err) = desk.run(&["enter", "target", "--from", "none"]);
    let id = err.split("应为：").nth(1).unwrap().trim_end().trim_end_matches('）').to_owned();
    let preview = desk.ok(&["enter", "target", "--from", &id, "--dry-run"]);
    assert!(preview.contains("预览 3 个目标：新增 3"), "{preview}");
    assert!(desk.ok(&["enter", "target", "--from", &id]).contains("新增 3"));
    assert!(desk.ok(&["enter", "target", "--from", &id]).contains("不变 3"));
    let list = desk.ok(&["list", "target", "--json"]);
    let shown: Vec<&str> = list.lines().collect();
    assert_eq!(shown.len(), 3);
    let energy = shown.iter().find(|line| line.contains("能耗")).unwrap();
    assert!(
        energy.contains("<=") && energy.contains("-2"),
        "a fall is a growth below nothing: {energy}"
    );
    let revenue = shown.iter().find(|line| line.contains("预算收入")).unwrap();
    assert!(revenue.contains("aim") && revenue.contains(&id), "{revenue}");
    let (code, _, err) = desk.run(&["enter", "task", "--from", &id]);
    assert_eq!((code, err.contains("不能取自报告")), (2, true), "{err}");
}

/// Plan objects come from a workbook too, each fault with its cell.
#[test]
fn a_workbook_of_objects_is_entered() {
    let desk = Desk::new();
    let mut book = workbook(&[
        &["代码", "名称", "地区", "解释"],
        &["N-1", "亩均论英雄", "永康市", "按亩均效益评价企业"],
        &["N-2", "最多跑一次", "没有的地方", "一次办成"],
    ]);
    std::fs::write(desk.path("n.xlsx"), &book).unwrap();
    let (code, _, err) = desk.run(&["enter", "term", "n.xlsx"]);
    assert_eq!((code, err.contains("n.xlsx：C3：")), (2, true), "{err}");
    book = workbook(&[
        &["代码", "名称", "地区", "解释"],
        &["N-1", "亩均论英雄", "永康市", "按亩均效益评价企业"],
        &["N-2", "最多跑一次", "永康市", "一次办成"],
    ]);
    std::fs::write(desk.path("n.xlsx"), &book).unwrap();
    assert!(desk.ok(&["enter", "term", "n.xlsx"]).contains("新增 2"));
}

/// Regions of the ledger's own are named in figures and forms like those of the table of divisions.
#[test]
fn own_regions_are_named_everywhere() {
    let desk = Desk::new();
    table(&desk, "r.csv", "代码,名称,上级,启用日\n330784001,东城街道,330784,2000-01-01\n");
    desk.ok(&["regions", "import", "r.csv"]);
    table(
        &desk,
        "o.csv",
        "indicator,region,period,value,unit,vintage,source\n\
        地区生产总值,东城街道,2023,80.5,亿元,2024-02-01,镇报\n\
        地区生产总值,永康市西城街道,2023,70.5,亿元,2024-02-01,镇报\n",
    );
    let (code, _, err) = desk.run(&["observations", "import", "o.csv"]);
    assert_eq!((code, err.starts_with("o.csv：第 3 行：地区“永康市西城街道”")), (2, true), "{err}");
    table(
        &desk,
        "o.csv",
        "indicator,region,period,value,unit,vintage,source\n\
        地区生产总值,永康市东城街道,2023,80.5,亿元,2024-02-01,镇报\n",
    );
    assert!(desk.ok(&["observations", "import", "o.csv"]).contains("新增 1"));
    desk.ok(&["departments", "set", "town", "--name", "街道办", "--region", "330784"]);
    let form = ["forms", "set", "t", "--name", "街道月报", "--department", "town"];
    let items = ["--region", "东城街道", "--item", "地区生产总值"];
    desk.ok(&[&form[..], &items].concat());
    assert!(desk.ok(&["forms", "show", "t"]).contains("330784001"));
}
