//! `duixian promises` as it is typed: two reports of the example town, and a ledger beside them.

#![allow(clippy::unwrap_used)]

mod desk;

use std::path::Path;

use desk::Desk;
use serde_json::Value;

fn example(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name);
    path.to_str().unwrap().to_owned()
}

/// An account of the example's promises for 2023, with what is added to the command line.
fn account(desk: &Desk, from: &str, to: &str, more: &[&str]) -> Value {
    let arguments = [&["promises", "--from", from, "--to", to, "--format", "json"], more].concat();
    serde_json::from_str(&desk.ok(&arguments)).unwrap()
}

/// What became of the promise whose quote has these words.
fn found<'a>(account: &'a Value, words: &str) -> &'a Value {
    let has = |one: &&Value| one["promise"]["quote"].as_str().unwrap().contains(words);
    account["promises"].as_array().unwrap().iter().find(has).unwrap()
}

#[test]
fn two_reports_give_an_account() {
    let desk = Desk::new();
    let (from, to) = (example("qingshi/2023.txt"), example("qingshi/2024.txt"));
    let all = account(&desk, &from, &to, &["--works"]);
    for (words, outcome, department) in [
        ("地区生产总值增长6.5%", "kept", Some("统计局")),
        ("固定资产投资增长8%", "missed", Some("发展和改革局")),
        ("社会消费品零售总额增长6%", "not-comparable", Some("商务局")),
        ("高新技术企业20家", "exceeded", Some("科技局")),
        ("登记失业率控制在3%", "exceeded", Some("人力资源和社会保障局")),
        ("新增学位1800个", "continued", None),
        ("森林覆盖率", "dropped", Some("自然资源和规划局")),
        ("建成青石大桥", "kept", None),
    ] {
        let one = found(&all, words);
        assert_eq!(one["outcome"], outcome, "{words}: {one}");
        assert_eq!(one["department"].as_str(), department, "{words}: {one}");
    }
    let rows = all["promises"].as_array().unwrap();
    let count = |outcome: &str| rows.iter().filter(|one| one["outcome"] == outcome).count() as u64;
    for (outcome, counted) in all["counts"].as_object().unwrap() {
        assert_eq!(counted.as_u64(), Some(count(outcome)), "{outcome}");
    }
    let groups = |field: &str| -> u64 {
        let groups = all[field].as_array().unwrap().iter();
        groups
            .flat_map(|group| group["counts"].as_object().unwrap().values())
            .map(|n| n.as_u64().unwrap())
            .sum()
    };
    assert_eq!(groups("by_department"), rows.len() as u64);
    assert_eq!(groups("by_strength"), rows.len() as u64);
    assert_eq!(groups("by_section"), rows.len() as u64);
    // All of these are firm but two aims, of which one was kept and one was dropped.
    let (good, bad) = (count("kept") + count("exceeded"), count("missed") + count("dropped"));
    let score = (2 * good - 1) as f64 * 100.0 / (2 * (good + bad) - 2) as f64;
    assert_eq!(all["score"].as_str().unwrap(), format!("{score:.1}"));
    assert!(all["method"].as_array().unwrap().len() > 3);
    let works = all["works"].as_array().unwrap().len() as u64;
    let counted = all["work_counts"].as_object().unwrap().values();
    assert_eq!(counted.map(|count| count.as_u64().unwrap()).sum::<u64>(), works);
}

#[test]
fn figures_of_a_ledger_answer_and_contradict() {
    let desk = Desk::new();
    let (from, to) = (example("qingshi/2023.txt"), example("qingshi/2024.txt"));
    desk.ok(&["import", &from, &to, "--ledger", "l.db"]);
    let table = "indicator,region,period,value,unit,vintage,source\n\
                 社会消费品零售总额,330784,2023,6.3,%,2024-01-25,统计月报\n\
                 固定资产投资,330784,2023,8.4,%,2024-01-25,统计月报\n\
                 森林覆盖率,330784,2023,71.2,%,2024-01-25,林业公报\n\
                 森林覆盖率,330784,2023,71.6,%,2024-06-01,林业公报\n\
                 地区生产总值,330784,2023,6.4,%,2024-01-25,统计月报\n";
    std::fs::write(desk.path("t.csv"), table).unwrap();
    desk.ok(&["observations", "import", "t.csv", "--ledger", "l.db"]);
    let more = ["--ledger", "l.db", "--region", "永康市"];
    let all = account(&desk, "2023", "2024", &more);
    assert_eq!((&all["region"], &all["from"]["file"]), (&"330784".into(), &"2023.txt".into()));

    let silent = found(&all, "社会消费品零售总额增长6%");
    assert_eq!((&silent["outcome"], &silent["difference"]), (&"exceeded".into(), &"0.3".into()));
    assert!(silent["reason"].as_str().unwrap().starts_with("据台账"), "{silent}");
    let forest = found(&all, "森林覆盖率");
    assert_eq!(
        (&forest["outcome"], &forest["figure"]["value"]),
        (&"exceeded".into(), &"71.6".into())
    );

    // The report says 6.2 %, the ledger 8.4 %: both are shown, and neither decides.
    let torn = found(&all, "固定资产投资增长8%");
    assert_eq!((&torn["outcome"], &torn["contradicted"]), (&"not-comparable".into(), &true.into()));
    assert_eq!(
        (&torn["answer"]["value"], &torn["figure"]["value"]),
        (&"6.2".into(), &"8.4".into())
    );

    // 6.5 % and 6.4 % are both about 6.5 %; the figures differ, the verdict does not.
    let same = found(&all, "地区生产总值增长6.5%");
    assert_eq!((&same["outcome"], &same["contradicted"]), (&"kept".into(), &false.into()));

    let then = account(&desk, "2023", "2024", &[&more[..], &["--as-of", "2024-03-01"]].concat());
    assert_eq!(found(&then, "森林覆盖率")["outcome"], "missed");
    let before = account(&desk, "2023", "2024", &[&more[..], &["--as-of", "2023-12-31"]].concat());
    assert_eq!(found(&before, "森林覆盖率")["outcome"], "dropped");
    let redefine = ["--from", "2023", "--known", "2024-07-01", "--reason", "普查方法改变"];
    let redefined =
        [&["observations", "redefine", "森林覆盖率", "--ledger", "l.db"], &redefine[..]];
    desk.ok(&redefined.concat());
    let broken = account(&desk, "2023", "2024", &more);
    let forest = found(&broken, "森林覆盖率");
    assert_eq!(forest["outcome"], "not-comparable", "{forest}");
    assert!(forest["reason"].as_str().unwrap().contains("统计口径有变：普查方法改变"), "{forest}");
    // The town is in no table of regions: without one there are no figures, and that is said.
    let without = account(&desk, "2023", "2024", &["--ledger", "l.db"]);
    assert_eq!(without["region"], Value::Null);
    assert!(without["remarks"].to_string().contains("没有写明地区"), "{}", without["remarks"]);
}

#[test]
fn a_target_of_the_ledger_names_the_department() {
    let desk = Desk::new();
    let (from, to) = (example("qingshi/2023.txt"), example("qingshi/2024.txt"));
    desk.ok(&["import", &from, &to]);
    desk.ok(&["departments", "set", "D1", "--name", "重大项目办", "--region", "330784"]);
    let id = found(&account(&desk, &from, &to, &[]), "固定资产投资")["promise"]["id"].clone();
    let id = id.as_str().unwrap();
    let document = id.split('-').next().unwrap();
    desk.ok(&["enter", "target", "--from", document, "--region", "永康市"]);
    desk.ok(&["set", "target", &format!("T-{id}"), "department=D1"]);
    let target = format!("T-{id}");
    let made = ["value=6", "reason=预期下调", "approved-by=市人大常委会", "day=2023-08-28"];
    desk.ok(&[&["set", "adjustment", "TA-1", "--new", "--parent", &target], &made[..]].concat());
    desk.ok(&["set", "adjustment", "TA-1", "--state", "批准"]);
    let all = account(&desk, document, "2024", &["--ledger", "duixian.db"]);
    let one = found(&all, "固定资产投资");
    assert_eq!(
        (&one["department"], &one["department_source"]),
        (&"重大项目办".into(), &"plan".into())
    );
    // 6.2 % would do for the adjusted target; the promise is judged as it was made, and that is said.
    assert_eq!(one["outcome"], "missed");
    let reason = one["reason"].as_str().unwrap();
    assert!(reason.contains("2023-08-28经市人大常委会调整为6%，这里按原来的承诺判"), "{reason}");
}

#[test]
fn other_formats_hold_the_same() {
    let desk = Desk::new();
    let (from, to) = (example("national/2024.txt"), example("national/2025.txt"));
    let run =
        |more: &[&str]| desk.ok(&[&["promises", "--from", &from, "--to", &to], more].concat());
    let table = run(&[]);
    assert!(table.starts_with("2024年的承诺：已兑现 3 · 超额兑现 2 · 未兑现 0"), "{table}");
    assert!(table.contains("得分 100 · 兑现率 100% · 交代率 100%"), "{table}");
    assert!(table.contains("明显低于预期目标"), "{table}");
    let csv = run(&["--format", "csv"]);
    assert_eq!(csv.lines().count(), 1 + 5);
    let fields = csv.lines().next().unwrap().trim_start_matches('\u{feff}').split(',').count();
    assert_eq!(fields, 15 + 3 * 21);
    run(&["--format", "xlsx", "--output", "p.xlsx"]);
    assert!(std::fs::read(desk.path("p.xlsx")).unwrap().starts_with(b"PK"));
}

#[test]
fn what_gives_no_account_is_said_in_one_line() {
    let desk = Desk::new();
    let (from, to) = (example("qingshi/2023.txt"), example("qingshi/2024.txt"));
    desk.ok(&["import", &from]);
    for (arguments, words) in [
        (vec!["--from", &to, "--to", &from], "没有关于2024年的结果"),
        (vec!["--from", "没有.txt", "--to", &to], "没有.txt"),
        (vec!["--from", "2023", "--to", &to], "--ledger"),
        (
            vec!["--from", "1999", "--to", &to, "--ledger", "duixian.db"],
            "没有这份报告：--from 1999",
        ),
        (vec!["--from", &from, "--to", &to, "--region", "永康市"], "--ledger"),
        (vec!["--from", &from, "--to", &to, "--ledger", "没有.db"], "没有.db"),
        (vec!["--from", &from, "--to", &to, "--ledger", "duixian.db", "--region", "某地"], "某地"),
    ] {
        let (code, out, err) = desk.run(&[&["promises"][..], &arguments[..]].concat());
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?} {err}");
        assert!(err.contains(words) && err.trim_end().lines().count() == 1, "{arguments:?}: {err}");
    }
}
