//! The year's end from a table, and formulas checked, as they are typed.

#![allow(clippy::unwrap_used)]

mod desk;

use desk::Desk;

/// Ten years of the same course, 6 % more each year, the last one known through September.
fn table(header: &str, cumulative: bool) -> String {
    let shares = [14, 9, 8, 8, 9, 8, 8, 9, 8, 9, 10];
    let mut text = format!("period,{header}\n");
    let mut level = 1_000_000_i64;
    for year in 2015..=2024 {
        let mut sum = 0;
        for (share, month) in shares.iter().zip(2..=12) {
            if (year, month) > (2024, 9) {
                break;
            }
            // A little that repeats itself in no year.
            let part = level * share / 100 + (year * 37 + month * 101) % 997;
            sum += part;
            let (period, value) = match (cumulative, month) {
                (true, _) | (false, 2) => (format!("{year}-01..{month:02}"), sum),
                (false, _) => (format!("{year}-{month:02}"), part),
            };
            text.push_str(&format!("{period},{value}\n"));
        }
        level = level * 106 / 100;
    }
    text
}

#[test]
fn the_end_of_the_year_is_forecast_with_its_chance() {
    let desk = Desk::new();
    std::fs::write(desk.path("c.csv"), table("cumulative", true)).unwrap();
    std::fs::write(desk.path("v.csv"), table("value", false)).unwrap();
    let run = |file: &str, target: &str| -> serde_json::Value {
        let out = desk.ok(&["forecast", file, "--target", target, "--format", "json"]);
        serde_json::from_str(&out).unwrap()
    };
    let low = run("c.csv", "≥ 1600000");
    let high = run("c.csv", ">= 1800000");
    assert_eq!((&low["year"], &low["known_through"]), (&2024.into(), &9.into()));
    let mean: f64 = low["mean"].as_str().unwrap().parse().unwrap();
    assert!((1_670_000.0..1_720_000.0).contains(&mean), "{mean}");
    assert!(low["probability"].as_f64().unwrap() > 0.95);
    assert!(high["probability"].as_f64().unwrap() < 0.05);
    assert!(high["needed"]["growth_percent"].as_str().is_some());
    assert_eq!(low["backtest"].as_array().unwrap().len(), 8);
    // Single figures come to the same sums, and the same seed to the same futures.
    assert_eq!(run("v.csv", "≥ 1600000"), low);
    let text = desk.ok(&["forecast", "c.csv", "--target", "≥ 1800000"]);
    assert!(text.contains("完成的可能") && text.contains("其余各月还需"), "{text}");
}

#[test]
fn what_cannot_be_forecast_is_told() {
    let desk = Desk::new();
    for (text, words) in [
        ("period,cumulative\n2024-01..02,5\n", "历史太短：1 个数"),
        ("period,cumulative\n2024-05,5\n", "第 2 行：“2024-05”不是一月起的累计时期"),
        ("period,value\n2024-01,1\n2024-03,2\n", "第 3 行：“2024-03”没有接上前一期"),
        ("period,cumulative\n2024-01..13,5\n", "第 2 行：`2024-01..13` 不是统计时期"),
        ("period,cumulative\n2024-01..02,1e5\n", "第 2 行：数值“1e5”（应为十进制数）"),
        ("时期,数\n2024-01,1\n", "第 1 行：没有 period 和 cumulative"),
        ("period,value,时期\n2024-01,1,2024-02\n", "第 1 行：“时期”列重复"),
    ] {
        std::fs::write(desk.path("x.csv"), text).unwrap();
        let (code, _, err) = desk.run(&["forecast", "x.csv"]);
        assert_eq!((code, err.contains(words)), (2, true), "{err}");
    }
    std::fs::write(desk.path("x.csv"), table("cumulative", true)).unwrap();
    for target in ["", "xx", "≥", "1..", "5亿元"] {
        let (code, _, err) = desk.run(&["forecast", "x.csv", "--target", target]);
        assert_eq!((code, err.contains("目标“")), (2, true), "{target}: {err}");
    }
}

#[test]
fn a_formula_is_checked_before_it_runs() {
    let desk = Desk::new();
    let good = desk.ok(&["formula", "check", "一般公共预算收入 ÷ 地区生产总值"]);
    assert!(good.starts_with("公式可用：数") && good.contains("gdp 地区生产总值"), "{good}");
    assert!(desk.ok(&["formula", "check", "地区生产总值 > 0"]).starts_with("公式可用：条件"));
    let (code, _, err) = desk.run(&["formula", "check", "地区生产总值 + 常住人口 > 0"]);
    assert_eq!(code, 2);
    assert!(err.contains("^^^^") && err.contains("“万人”不能与“亿元”相加"), "{err}");
}
