//! The air from the command line: a day, an hour, a year of days.

#![allow(clippy::unwrap_used)]

mod desk;

use desk::Desk;
use serde_json::{Value, json};

const DAY: [&str; 12] = [
    "--pm25", "78", "--pm10", "112", "--so2", "12", "--no2", "45", "--co", "0.9", "--o3-8h", "138",
];

fn aqi(desk: &Desk, arguments: &[&str]) -> Value {
    let mut all = vec!["air", "aqi"];
    all.extend_from_slice(arguments);
    all.extend(["--format", "json"]);
    serde_json::from_str(&desk.ok(&all)).unwrap()
}

#[test]
fn a_day_has_the_index_of_the_standard_of_its_date() {
    let desk = Desk::new();
    for (date, standard, expected) in [
        ("2025-06-01", "HJ 633-2012", 104),
        ("2026-02-28", "HJ 633-2012", 104),
        ("2026-03-01", "HJ 633-2026", 117),
    ] {
        let mut arguments = vec!["--date", date];
        arguments.extend(DAY);
        let found = aqi(&desk, &arguments);
        assert_eq!(found["aqi"], expected);
        assert_eq!(found["standard"], standard);
        assert_eq!((&found["level"], &found["category"]), (&json!(3), &json!("轻度污染")));
        assert_eq!(found["primary_pollutants"], json!(["PM2.5"]));
        assert_eq!((&found["complete"], &found["report"]), (&json!(true), &json!("day")));
        assert_eq!(found["iaqi"]["O3"], 82);
    }
    let text = desk.ok(&["air", "aqi", "--date", "2025-06-01", "--pm25", "36"]);
    assert!(text.starts_with("2025-06-01 日报（HJ 633-2012）：AQI 52，二级 良；首要污染物 PM2.5"));
    assert!(text.contains("缺 PM10、SO2、NO2、CO、O3：AQI 只是已有项目中的最大值"), "{text}");
}

#[test]
fn an_hour_and_a_rounded_day() {
    let desk = Desk::new();
    let hour = ["--date", "2026-05-01", "--so2-1h", "801", "--o3-1h", "201", "--co-1h", "6"];
    let found = aqi(&desk, &hour);
    assert_eq!((&found["report"], &found["aqi"]), (&json!("hour"), &json!(200)));
    assert_eq!(found["missing"], json!(["PM2.5", "PM10", "NO2"]));
    let exact = aqi(&desk, &["--standard", "2026", "--pm25", "60.4"]);
    let rounded = aqi(&desk, &["--standard", "2026", "--pm25", "60.4", "--round"]);
    assert_eq!((&exact["aqi"], &rounded["aqi"]), (&json!(101), &json!(100)));
    let beyond = aqi(&desk, &["--standard", "2012", "--o3-8h", "801"]);
    assert_eq!((&beyond["aqi"], &beyond["complete"]), (&Value::Null, &json!(false)));
}

#[test]
fn a_wrong_concentration_is_named() {
    let desk = Desk::new();
    for (arguments, words) in [
        (&["--date", "2025-06-01", "--pm25", "-3"][..], "PM2.5 24h 的浓度是负数：-3"),
        (&["--date", "2025-06-01", "--co", "900"], "应不超过 200 mg/m³；请核对单位"),
        (&["--date", "2025-06-01", "--pm25", "abc"], "应为十进制数"),
        (&["--date", "2025-06-01", "--pm25", "〓5"], "应为十进制数"),
        (&["--date", "2025-06-01"], "没有浓度"),
        (&["--pm25", "35"], "应以 --date 给出日期"),
        (&["--date", "2031-01-01", "--pm25", "35"], "没有已知的 AQI 分级表"),
        (&["--date", "2026-05-01", "--pm25", "35", "--co-1h", "1"], "不属于这种报告"),
        (&["--date", "2025-02-30", "--pm25", "35"], "--date"),
    ] {
        let mut all = vec!["air", "aqi"];
        all.extend_from_slice(arguments);
        let (code, _, err) = desk.run(&all);
        assert_eq!((code, err.contains(words)), (2, true), "{err}");
    }
}

/// A table of all days of a year, with PM2.5 given by the month.
fn table(year: i16, pm25: impl Fn(u8) -> String) -> String {
    let mut text = "日期,PM2.5,pm10,so2,no2,co,o3_8h\n".to_owned();
    let mut day = terms::Day::new(year, 1, 1).unwrap();
    while day.year() == year {
        text.push_str(&format!("{day},{},50,8,20,0.6,90\n", pm25(day.month())));
        day = day.plus_days(1).unwrap();
    }
    text
}

#[test]
fn a_year_of_one_table() {
    let desk = Desk::new();
    let text = table(2025, |month| if month == 1 { "80" } else { "28.5" }.to_owned());
    // One day without a figure of ozone is no valid day, and no day of nought either.
    let text = text.replace("2025-03-03,28.5,50,8,20,0.6,90", "2025-03-03,28.5,50,8,20,0.6,—");
    std::fs::write(desk.path("d.csv"), text).unwrap();
    let out = desk.ok(&["air", "year", "d.csv", "--format", "json"]);
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&found["year"], &found["comparable"]), (&json!(2025), &json!(true)));
    let whole = &found["whole"];
    assert_eq!((&whole["valid_days"], &whole["good_days"]), (&json!(364), &json!(333)));
    // 333 / 364 = 91.48 %
    assert_eq!(whole["good_percent"], "91.5");
    assert_eq!(whole["levels"]["轻度污染"], 31);
    let pm25 = &found["statistics"][0];
    // (31 × 80 + 334 × 28.5) / 365 = 32.8740
    assert_eq!((&pm25["mean"], &pm25["valid"]), (&json!("33"), &json!(true)));
    assert_eq!(pm25["mean_exact"], "32.8739726027");
    assert_eq!(pm25["percentile"], "80");
    assert_eq!(pm25["limits"][0]["standard"], "GB 3095-2012");
    let met = (&pm25["limits"][0]["year_met"], &pm25["limits"][0]["percentile_met"]);
    assert_eq!(met, (&json!(true), &json!(false)));
    assert_eq!(found["days"].as_array().unwrap().len(), 365);
    assert_eq!(found["days"][61]["complete"], false);
    let text = desk.ok(&["air", "year", "d.csv"]);
    assert!(text.contains("有效 364 天，优良 333 天，优良天数比例 91.5%"), "{text}");
    let csv = desk.ok(&["air", "year", "d.csv", "--format", "csv"]);
    assert!(csv.contains("2025-01-01,HJ 633-2012,107,3,轻度污染,PM2.5,107,"), "{csv}");
}

#[test]
fn a_year_of_two_tables_is_not_comparable() {
    let desk = Desk::new();
    std::fs::write(desk.path("d.csv"), table(2026, |_| "62".to_owned())).unwrap();
    let run = |more: &[&str]| -> Value {
        let mut all = vec!["air", "year", "d.csv", "--json"];
        all.extend_from_slice(more);
        serde_json::from_str(&desk.ok(&all)).unwrap()
    };
    let found = run(&[]);
    assert_eq!(found["comparable"], false);
    let parts = found["parts"].as_array().unwrap();
    let told: Vec<_> =
        parts.iter().map(|part| (&part["standard"], &part["good_percent"])).collect();
    let (old, new) = (json!("HJ 633-2012"), json!("HJ 633-2026"));
    assert_eq!(told, [(&old, &json!("100.0")), (&new, &json!("0.0"))]);
    assert_eq!(found["statistics"][0]["limits"].as_array().unwrap().len(), 2);
    assert_eq!(run(&["--standard", "2012"])["whole"]["good_days"], 365);
    let text = desk.ok(&["air", "year", "d.csv"]);
    assert!(text.contains("注意 两版标准的优良天数比例不能比较"), "{text}");
}

#[test]
fn a_table_that_cannot_be_is_refused() {
    let desk = Desk::new();
    for (text, words) in [
        ("date,pm25\n2025-01-01,-5\n", "2025-01-01：PM2.5 24h 的浓度是负数"),
        ("date,pm25\n2025-01-01,5\n2025-01-01,6\n", "2025-01-01 有两行"),
        ("date,pm25\n2025-02-30,5\n", "第 2 行：日期“2025-02-30”"),
        ("date,pm25\n2025-01-01,5\n2026-01-01,5\n", "第 3 行：日期“2026-01-01”不在 2025 年"),
        ("date,co\n2025-01-01,950\n", "请核对单位"),
        ("date,co\n2025-01-01,1e3\n", "第 2 行：CO 的浓度“1e3”（应为十进制数"),
        ("date,o3\n2025-01-01,90\n", "“O3”列不知道是哪一种平均"),
        ("date,pm25,细颗粒物\n2025-01-01,5,5\n", "第 2 行：PM2.5 有两列"),
        ("pm25\n5\n", "没有 date（日期）列"),
        ("date,pm25\n", "没有数据行"),
    ] {
        std::fs::write(desk.path("x.csv"), text).unwrap();
        let (code, _, err) = desk.run(&["air", "year", "x.csv"]);
        assert_eq!((code, err.contains(words)), (2, true), "{err}");
    }
    // Too few days for a year are told, and what there is is shown.
    std::fs::write(desk.path("x.csv"), "date,pm25\n2025-01-01,5\n").unwrap();
    let out = desk.ok(&["air", "year", "x.csv", "--json"]);
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found["statistics"][0]["valid"], false);
    assert_eq!(found["statistics"][0]["limits"][0]["year_met"], Value::Null);
    assert_eq!(found["whole"]["good_percent"], Value::Null);
    let remarks = found["remarks"].to_string();
    assert!(remarks.contains("表中没有 PM10、SO2、NO2、CO、O3 的数据"), "{remarks}");
    assert!(remarks.contains("PM2.5 的有效天数不足"), "{remarks}");
}
