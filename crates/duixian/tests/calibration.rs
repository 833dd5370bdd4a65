//! `duixian calibration` as it is typed, on a ledger whose figures became known month by month.

#![allow(clippy::unwrap_used)]

mod desk;

use desk::Desk;
use serde_json::Value;

const HEAD: &str = "indicator,region,period,value,unit,vintage,source,note\n";

/// Quarters of five years, each known three weeks after its end.
fn quarters() -> String {
    let mut text = HEAD.to_owned();
    for (at, year) in (2019..=2023).enumerate() {
        let whole = 10_000 + 700 * i32::try_from(at).unwrap();
        for (share, month) in [(22, 3), (47, 6), (73, 9), (100, 12)] {
            let value = whole * share / 100 + (year * 31 + month * 17) % 97;
            let (period, known) = match month {
                12 => (year.to_string(), format!("{}-01-20", year + 1)),
                month => (format!("{year}-01..{month:02}"), format!("{year}-{:02}-20", month + 1)),
            };
            text += &format!("一般公共预算收入,330784,{period},{value},亿元,{known},月报,\n");
        }
    }
    text
}

fn import(desk: &Desk, rows: &str) {
    std::fs::write(desk.path("t.csv"), rows).unwrap();
    let (code, _, err) = desk.run(&["observations", "import", "t.csv"]);
    assert_eq!(code, 0, "{err}");
}

fn cases(desk: &Desk) -> Vec<Value> {
    let out = desk.ok(&["calibration", "一般公共预算收入", "--format", "json"]);
    let found: Value = serde_json::from_str(&out).unwrap();
    found["indicators"][0]["cases"].as_array().unwrap().clone()
}

#[test]
fn past_forecasts_are_made_again_and_a_later_revision_does_not_leak() {
    let desk = Desk::new();
    import(&desk, &quarters());
    let before = cases(&desk);
    assert_eq!(before.len(), 10);
    assert_eq!(before[0]["known_on"], "2020-10-20");
    assert!(before.iter().all(|case| case["knowledge"] == "at-the-time"));

    // Half a year later a census takes a third off the figures of 2022.
    import(
        &desk,
        &format!(
            "{HEAD}一般公共预算收入,330784,2022-01..09,6000,亿元,2023-06-30,普查修订,\n\
             一般公共预算收入,330784,2022,8000,亿元,2023-06-30,普查修订,\n"
        ),
    );
    let after = cases(&desk);
    assert_eq!(after.len(), before.len());
    for (then, now) in before.iter().zip(&after) {
        let said = |case: &Value| {
            ["known_on", "so_far", "median", "interval_95", "last_years_share"]
                .map(|field| case[field].clone())
        };
        let known_later = then["known_on"].as_str().unwrap() >= "2023-06-30";
        assert_eq!(said(then) == said(now), !known_later, "{then} {now}");
        let revised = then["year"] == 2022;
        assert_eq!(now["outcome"] == "8000", revised, "{now}");
        assert_eq!(now["outcome_source"] == "普查修订", revised, "{now}");
    }

    let text = desk.ok(&["calibration", "--region", "330784"]);
    assert!(text.contains("2020至2023年回测 10 次：10 次只用当时所知"), "{text}");
    assert!(text.contains("说80%的区间，10 次里有"), "{text}");
    assert!(text.contains("只有 10 次，不足以下结论"), "{text}");
    assert!(text.contains("已知至") && !text.contains("知道的日期"), "{text}");
    let text = desk.ok(&["calibration", "一般公共预算收入"]);
    assert!(text.contains("知道的日期") && text.contains("当时所知"), "{text}");
}

#[test]
fn what_cannot_be_forecast_again_is_told() {
    let desk = Desk::new();
    import(&desk, &format!("{HEAD}一般公共预算收入,330784,2023,100,亿元,2024-01-20,月报,\n"));
    for (arguments, said) in [
        (vec!["calibration"], "可以回测的累计数"),
        (vec!["calibration", "没有这个指标"], "目录中没有指标"),
        (vec!["calibration", "--region", "没有这个地方"], "没有这个地方"),
    ] {
        let (code, out, err) = desk.run(&arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains(said), "{err}");
    }
}
