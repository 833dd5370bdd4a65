//! `duixian index price` as it is typed.

#![allow(clippy::unwrap_used)]

mod desk;

use desk::Desk;
use serde_json::Value;

/// Three goods, three years: the vector of the methods' tests, whose values pyindexnum 0.4.0 gives too.
const VECTOR: &str = "period,item,price,quantity
2022,锤,12,90
2020,锤,10,100
2020,扳手,4,200
2020,电钻,50,20
2021,锤,11,95
2021,扳手,5,180
2021,电钻,48,25
2022,扳手,4.5,210
2022,电钻,47,28
";

fn run(desk: &Desk, arguments: &[&str]) -> Value {
    let mut all = vec!["index", "price", "x.csv", "--format", "json", "--formula"];
    all.extend(arguments);
    serde_json::from_str(&desk.ok(&all)).unwrap()
}

fn desk(table: &str) -> Desk {
    let desk = Desk::new();
    std::fs::write(desk.path("x.csv"), table).unwrap();
    desk
}

/// Whether a number of the answer is this one to nine digits.
fn is(value: &Value, expected: f64) -> bool {
    let found: f64 = value.as_str().unwrap().parse().unwrap();
    (found / expected - 1.0).abs() < 1e-9
}

#[test]
fn an_index_is_computed_directly_and_in_a_chain() {
    let desk = desk(VECTOR);
    let found = run(&desk, &["fisher"]);
    assert_eq!(
        (&found["base"], &found["method"], &found["items"]),
        (&"2020".into(), &"direct".into(), &3.into())
    );
    let series = found["series"].as_array().unwrap();
    let periods: Vec<&str> = series.iter().map(|row| row["period"].as_str().unwrap()).collect();
    assert_eq!(periods, ["2020", "2021", "2022"], "in the order of time, not of the file");
    assert_eq!(
        (series[0]["index"].as_str(), series[0]["ratio"].as_str()),
        (Some("100"), Some("1"))
    );
    assert!(is(&series[1]["ratio"], 1.084927198));
    assert!(is(&series[2]["ratio"], 1.074808741));
    assert!(is(&series[2]["chained"], 107.4578986));
    assert!(series[2]["drift_percent"].as_str().unwrap().starts_with("-0.0213"));

    let chained = run(&desk, &["fisher", "--chained"]);
    assert!(is(&chained["series"][2]["ratio"], 1.074578986));
    let other = run(&desk, &["laspeyres", "--base", "2021"]);
    assert_eq!(other["series"][1]["index"], "100");
    assert!(is(&other["series"][2]["ratio"], 0.993640700));
    for (formula, expected) in [
        ("laspeyres", 1.092857143),
        ("paasche", 1.077054795),
        ("tornqvist", 1.085002786),
        ("walsh", 1.085032310),
        ("jevons", 1.096961310),
        ("carli", 1.103333333),
        ("dutot", 1.0),
    ] {
        assert!(is(&run(&desk, &[formula])["series"][1]["ratio"], expected), "{formula}");
    }
    let geks = run(&desk, &["geks"]);
    assert_eq!((&geks["formula"], &geks["method"]), (&"geks-fisher".into(), &"geks".into()));
    // pyindexnum 0.4.0, geks_fisher.
    assert!(is(&geks["series"][2]["ratio"], 1.0747321507609942));
    let text = desk.ok(&["index", "price", "x.csv", "--formula", "fisher", "--format", "text"]);
    assert!(text.contains("价格指数 · fisher · 直接与基期比 · 2020 = 100"), "{text}");
    assert!(text.contains("107.4809") && text.contains("-0.02%"), "{text}");
}

#[test]
fn parts_come_to_the_change_and_chinese_heads_are_read() {
    let desk = desk(&VECTOR.replace("period,item,price,quantity", "时期,品目,价格,数量"));
    let found = run(&desk, &["laspeyres", "--contributions"]);
    let parts = found["series"][1]["contributions"].as_array().unwrap();
    let sum: f64 = parts
        .iter()
        .map(|part| part["percentage_points"].as_str().unwrap().parse::<f64>().unwrap())
        .sum();
    assert!((sum - 9.285714).abs() < 1e-5, "{sum}");
    // By hand: the wrench rose by 1, times 200, of 2,800.
    assert_eq!(parts[0]["item"], "扳手");
    assert_eq!(parts[0]["percentage_points"], "7.142857");
}

#[test]
fn missing_new_and_replaced_items_are_told() {
    let desk = desk(
        "period,item,class,price,replaces\n2024-01,甲,钻,10,\n2024-01,乙,钻,20,\n2024-02,乙,钻,22,\n2024-02,甲,钻,,\n2024-03,甲,钻,12,\n2024-03,乙,钻,24,\n2024-03,丙,锤,7,\n",
    );
    let found = run(&desk, &["jevons"]);
    let series = &found["series"];
    assert_eq!((&series[1]["items"], &series[1]["gone"]), (&1.into(), &serde_json::json!(["甲"])));
    assert_eq!(series[2]["new"], serde_json::json!(["丙"]));
    assert_eq!(found["filled"], serde_json::json!([]));
    let carried = run(&desk, &["jevons", "--missing", "carry"]);
    assert_eq!(carried["filled"][0]["price"], "10");
    let moved = run(&desk, &["jevons", "--missing", "class-mean"]);
    assert_eq!(moved["filled"][0]["price"], "11");
    assert_eq!(moved["series"][1]["index"], "110");

    std::fs::write(
        desk.path("x.csv"),
        "period,item,price,replaces\n2023,旧,100,\n2024,旧,110,\n2024,新,220,旧\n2025,新,231,旧\n",
    )
    .unwrap();
    let linked = run(&desk, &["jevons"]);
    assert_eq!(linked["replaced"], serde_json::json!([{ "old": "旧", "new": "新" }]));
    assert_eq!(linked["series"][2]["index"], "115.5");
}

#[test]
fn a_bad_table_is_told_with_row_and_column() {
    let desk = Desk::new();
    for (table, words) in [
        ("period,item,quantity\n2020,a,1\n", "第 1 行：没有 price（价格）列"),
        ("period,item,price,quantity\n2020,a,-3,1\n", "第 2 行：价格“-3”（应大于零）"),
        ("period,item,price,quantity\n2020,a,0,1\n", "第 2 行：价格“0”（应大于零）"),
        ("period,item,price,quantity\n2020,a,3,-1\n", "第 2 行：数量“-1”（不应小于零）"),
        ("period,item,price,quantity\n2020,a,NaN,1\n", "第 2 行：价格“NaN”（应为十进制数"),
        ("period,item,price,quantity\n2020,a,1,x\n", "第 2 行：数量“x”（应为十进制数"),
        ("period,item,price,quantity\n2020,,1,1\n", "第 2 行：item（品目）列为空"),
        (
            "period,item,price,quantity\n2020,a,1,1\n2021,a,1,1\n2020,a,2,1\n",
            "第 4 行：2020的“a”已在第 2 行",
        ),
        ("period,item,price,quantity\n2020,a,1,1\n2021,a,2,\n", "第 3 行：2021的“a”没有数量"),
        ("period,item,price,quantity\n2020,a,1,1\n2021,b,2,1\n", "2020和2021没有都有价格的品目"),
        ("period,item,price,quantity\n2020,a,1,0\n2021,a,2,0\n", "数量之和为零"),
        (
            "period,item,price,quantity\n2020,a,1,1\n2020年,a,2,1\n",
            "时期“2020”和“2020年”是同一时期",
        ),
        ("period,item,price,replaces\n2020,a,1,z\n", "第 2 行：接替“z”（应为表中另一个品目）"),
        ("period,item,price,quantity\n", "没有数据行"),
    ] {
        std::fs::write(desk.path("x.csv"), table).unwrap();
        let (code, out, err) = desk.run(&["index", "price", "x.csv", "--formula", "fisher"]);
        assert_eq!((code, out.as_str(), err.contains(words)), (2, "", true), "{table} {err}");
        assert_eq!(err.lines().count(), 1, "{err}");
    }
    std::fs::write(desk.path("x.csv"), VECTOR).unwrap();
    for (arguments, words) in [
        (&["geks", "--chained"][..], "GEKS 与 --chained 不能同用"),
        (&["fisher", "--window", "2"], "--window 只用于 GEKS"),
        (&["geks", "--window", "9"], "窗口 9 期（应为 2 至 3"),
        (&["fisher", "--base", "2019"], "没有基期“2019”"),
        (&["fish"], "fish"),
    ] {
        let mut all = vec!["index", "price", "x.csv", "--formula"];
        all.extend(arguments);
        let (code, _, err) = desk.run(&all);
        assert_eq!((code, err.contains(words)), (2, true), "{err}");
    }
}
