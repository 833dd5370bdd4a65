//! Where targets stand on a day, as it is asked.

#![allow(clippy::unwrap_used)]

mod desk;

use desk::Desk;
use serde_json::Value;

/// Seven years of revenue month by month, each published on the 18th of the month behind; 2024 through September, which
/// was revised down in November. Growth of gross product, published quarter by quarter.
fn figures() -> String {
    let shares = [170, 280, 360, 440, 540, 620, 690, 770, 850, 920, 1000];
    let mut text = "indicator,region,period,facet,value,unit,vintage,source\n".to_owned();
    let mut level = 60_000;
    for year in 2018..=2024 {
        for (share, month) in shares.iter().zip(2..=12) {
            if (year, month) > (2024, 9) {
                break;
            }
            let value = level * share / 1000 + (year * 37 + month * 101) % 97;
            let (after, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            text.push_str(&format!(
                "一般公共预算收入,永康市,{year}-01..{month:02},level,{}.{:03},亿元,{after}-{next:02}-18,财政月报\n",
                value / 1000,
                value % 1000
            ));
        }
        level = level * 106 / 100;
    }
    text.push_str("一般公共预算收入,永康市,2024-01..09,level,50.1,亿元,2024-11-20,财政订正\n");
    for (period, growth, vintage) in [
        ("2023-Q1", "5.1", "2023-04-20"),
        ("2023", "6.2", "2024-01-25"),
        ("2024-Q1", "5.6", "2024-04-20"),
    ] {
        text.push_str(&format!(
            "地区生产总值,永康市,{period},growth,{growth},%,{vintage},统计局\n"
        ));
    }
    text
}

fn desk() -> Desk {
    let desk = Desk::new();
    let write = |name: &str, text: &str| std::fs::write(desk.path(name), text).unwrap();
    write("o.csv", &figures());
    write(
        "t.csv",
        "代码,指标,地区,时期,口径,比较,目标值,单位,力度,状态\n\
         T-1,一般公共预算收入,永康市,2024年,水平,不低于,84,亿元,确保,下达\n\
         T-2,一般公共预算收入,永康市,2024年,增速,不低于,6,%,力争,下达\n\
         T-3,地区生产总值,永康市,2024年,增速,左右,6,%,确保,下达\n\
         T-4,地区生产总值,永康市,2023年,增速,不低于,6,%,确保,下达\n\
         T-5,城镇调查失业率,永康市,2024年,水平,不高于,5.5,%,确保,拟定\n",
    );
    desk.ok(&["observations", "import", "o.csv"]);
    desk.ok(&["enter", "target", "t.csv"]);
    desk
}

fn assessed(desk: &Desk, arguments: &[&str]) -> Value {
    let asked = [&["assess", "--format", "json"], arguments].concat();
    serde_json::from_str(&desk.ok(&asked)).unwrap()
}

fn target<'a>(found: &'a Value, code: &str) -> &'a Value {
    let indicators = found["indicators"].as_array().unwrap().iter();
    let mut targets = indicators.flat_map(|one| one["targets"].as_array().unwrap());
    targets.find(|target| target["code"] == code).unwrap()
}

#[test]
fn targets_are_judged_by_what_was_known_on_the_day() {
    let desk = desk();
    let asked = |day| assessed(&desk, &["--region", "330784", "--as-of", day]);
    let found = asked("2024-10-31");
    assert_eq!(
        (&found["as_of"], &found["region"], &found["year"]),
        (&"2024-10-31".into(), &"330784".into(), &2024.into())
    );
    let revenue = target(&found, "T-1");
    assert_eq!(revenue["status"], "on-track", "{revenue:#}");
    assert_eq!(revenue["figure"]["from"][0]["vintage"], "2024-10-18");
    let chance: f64 = revenue["outlook"]["probability"].as_str().unwrap().parse().unwrap();
    assert!(chance > 0.65, "{chance}");
    assert!(revenue["outlook"]["needed"]["best_year"].is_i64());
    // The revision of November is not known in October.
    let later = asked("2024-11-30");
    let revised = target(&later, "T-1");
    assert_eq!(
        (&revised["figure"]["value"], &revised["status"]),
        (&"50.1".into(), &"off-track".into())
    );
    // A draft does not count, and neither does another year.
    assert!(!found.to_string().contains("T-5") && !found.to_string().contains("T-4"));
    assert_eq!(target(&asked("2024-01-31"), "T-3")["status"], "no-data");
    let last = assessed(&desk, &["--year", "2023"]);
    assert_eq!(
        (&target(&last, "T-4")["status"], &last["counts"][0]["status"]),
        (&"met".into(), &"met".into())
    );
    let (code, out, err) = desk.run(&["assess", "--year", "1999", "--as-of", "2024-10-31"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("330784 没有 1999 年的目标（应为 2023、2024）"), "{err}");
    // The same question has the same answer.
    assert_eq!(asked("2024-10-31"), found);
}

#[test]
fn an_adjustment_and_a_change_of_definition_count_from_their_day() {
    let desk = desk();
    std::fs::write(
        desk.path("a.csv"),
        "代码,上级,调整后的值,理由,批准机关,批准日,状态\nTA-1,target:T-1,80,上级核减,市人大常委会,2024-09-01,提出\n",
    )
    .unwrap();
    desk.ok(&["enter", "adjustment", "a.csv"]);
    desk.ok(&["set", "adjustment", "TA-1", "--state", "approved"]);
    let asked = |day| assessed(&desk, &["--as-of", day]);
    assert_eq!(target(&asked("2024-08-31"), "T-1")["value"], "84");
    let now = asked("2024-09-30");
    let now = target(&now, "T-1");
    assert_eq!((&now["value"], &now["original_value"]), (&"80".into(), &"84".into()));
    desk.ok(&[
        "observations",
        "redefine",
        "一般公共预算收入",
        "--from",
        "2024",
        "--region",
        "330784",
        "--known",
        "2024-10-01",
        "--reason",
        "部分收入划转",
    ]);
    let found = asked("2024-10-31");
    let level = target(&found, "T-1");
    assert_eq!(level["status"], "not-comparable");
    assert!(level["reason"].as_str().unwrap().contains("部分收入划转"));
    let before = asked("2024-09-30");
    assert_eq!(target(&before, "T-1")["status"], "on-track");
}

#[test]
fn borders_are_data_and_wrong_ones_are_told() {
    let desk = desk();
    let asked = |policy: &str| {
        std::fs::write(desk.path("p.toml"), policy).unwrap();
        desk.run(&["assess", "--as-of", "2024-10-31", "--policy", "p.toml", "--format", "csv"])
    };
    let (code, out, _) = asked("[firm]\non-track = \"1\"\nat-risk = \"1\"\n");
    assert_eq!(code, 0);
    assert!(out.contains("T-1,level,>=,84,,亿元,firm,off-track,"), "{out}");
    for (policy, said) in [
        (
            "[firm]\non-track = \"0.3\"\nat-risk = \"0.6\"\n",
            "p.toml：firm：两个界限应在 0 与 1 之间",
        ),
        (
            "[firm]\non-track = \"多\"\nat-risk = \"0.6\"\n",
            "p.toml：第 2 行：不是状态界限（[firm]、[aim]、[behind]、[pace]）的 TOML（“多”（应为十进制数））",
        ),
        ("\n[fast]\n", "p.toml：第 2 行："),
        (
            "[behind]\non-track = \"-1\"\nat-risk = \"3\"\n",
            "p.toml：behind：落后的百分数应不小于 0",
        ),
    ] {
        let (code, _, err) = asked(policy);
        assert_eq!(code, 2, "{policy}");
        assert!(err.contains(said), "{err}");
    }
}

#[test]
fn a_ledger_without_targets_says_what_to_do() {
    let desk = Desk::new();
    std::fs::write(desk.path("o.csv"), figures()).unwrap();
    desk.ok(&["observations", "import", "o.csv"]);
    let (code, _, err) = desk.run(&["assess"]);
    assert_eq!(code, 2);
    assert!(err.contains("没有已下达的目标") && err.contains("duixian enter target"), "{err}");
    let (code, _, err) = desk.run(&["assess", "--as-of", "2024-02-30"]);
    assert_eq!(code, 2);
    assert!(err.contains("2024-02-30") && err.contains("应如 2024-03-05"), "{err}");
    let (code, _, err) = desk.run(&["assess", "--seed", "一"]);
    assert_eq!(code, 2);
    assert!(err.contains("应为不过大的整数"), "{err}");
    let (code, _, err) = desk.run(&["assess", "--region", "不存在县"]);
    assert_eq!(code, 2, "{err}");
    let (code, out, _) = desk.run(&["assess", "--help"]);
    assert!(code == 0 && out.contains("--as-of") && out.contains("--policy"));
}
