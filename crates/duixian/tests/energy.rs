//! Energy from the command line: what changed its use, standard coal, intensity, green power.

#![allow(clippy::unwrap_used)]

mod book;
mod desk;

use desk::Desk;
use rust_decimal::Decimal;
use serde_json::{Value, json};

fn run(desk: &Desk, command: &str, table: &str, more: &[&str]) -> Value {
    std::fs::write(desk.path("t.csv"), table).unwrap();
    let mut all = vec!["energy", command, "t.csv", "--format", "json"];
    all.extend_from_slice(more);
    serde_json::from_str(&desk.ok(&all)).unwrap()
}

fn refused(desk: &Desk, command: &str, table: &str, words: &str) {
    std::fs::write(desk.path("t.csv"), table).unwrap();
    let (code, _, err) = desk.run(&["energy", command, "t.csv"]);
    assert_eq!((code, err.contains(words)), (2, true), "{err}");
}

fn d(value: &Value) -> Decimal {
    Decimal::from_str_exact(value.as_str().unwrap()).unwrap()
}

fn sum(effects: &Value) -> Decimal {
    ["activity", "structure", "intensity"].iter().map(|name| d(&effects[name])).sum()
}

const TWO: &str = "sector,year,activity,energy\n工业,2023,10,30\n服务业,2023,40,20\n工业,2024,20,40\n服务业,2024,60,24\n";

/// mpmath 1.4.1 of the definition, as in `crates/methods/tests/oracles/lmdi.csv`.
#[test]
fn a_change_of_energy_is_told_apart_and_adds_up() {
    let desk = Desk::new();
    let found = run(&desk, "lmdi", TWO, &[]);
    assert_eq!((&found["change"], &found["residual"]), (&json!("14"), &json!("0")));
    let effects = &found["additive"];
    assert_eq!(sum(effects), Decimal::from(14));
    assert_eq!(effects["activity"], "26.6491");
    assert_eq!(found["multiplicative"]["activity"], "1.599835134684");
    assert_eq!(found["multiplicative"]["total"], "1.280000000000");
    for sector in found["steps"][0]["sectors"].as_array().unwrap() {
        assert_eq!(sum(&sector["additive"]), d(&sector["change"]));
    }
    let fine = run(&desk, "lmdi", TWO, &["--places", "9"]);
    assert_eq!(fine["additive"]["structure"], "6.340675225");
    assert_eq!(sum(&fine["additive"]), Decimal::from(14));
    let text = desk.ok(&["energy", "lmdi", "t.csv"]);
    assert!(text.contains("2023→2024") && text.contains("1.118294"), "{text}");
}

#[test]
fn chinese_heads_several_years_and_sectors_that_come_and_go() {
    let desk = Desk::new();
    let table = "行业,年份,增加值,能耗\n甲,2024,12,33.5\n甲,2022,10,30\n乙,2022,5,0\n丙,2022,0,0\n\
                 甲,2023,11,31.25\n乙,2023,5,4\n丙,2023,3,2.5\n乙,2024,0,0\n丙,2024,4,2\n";
    let found = run(&desk, "lmdi", table, &[]);
    assert_eq!(found["steps"].as_array().unwrap().len(), 2);
    assert_eq!((&found["from"], &found["to"]), (&json!("2022"), &json!("2024")));
    assert_eq!(sum(&found["additive"]), d(&found["change"]));
    assert_eq!(d(&found["change"]), Decimal::new(55, 1));
    assert_eq!(sum(&found["direct"]["additive"]), d(&found["change"]));
    let steps = found["steps"].as_array().unwrap();
    let chained: Decimal = steps.iter().map(|step| d(&step["additive"]["structure"])).sum();
    assert_eq!(chained, d(&found["additive"]["structure"]));
}

/// A workbook as a bureau keeps it: a title above the heads.
#[test]
fn a_workbook_says_the_same() {
    let desk = Desk::new();
    let mut rows: Vec<Vec<&str>> = vec![vec!["能耗（万吨标准煤）"], vec![]];
    rows.extend(TWO.lines().map(|line| line.split(',').collect()));
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    std::fs::write(desk.path("t.xlsx"), book::workbook(&rows)).unwrap();
    let out = desk.ok(&["energy", "lmdi", "t.xlsx", "--json"]);
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found, run(&desk, "lmdi", TWO, &[]));
    let bad = [&["题"][..], &["year", "energy", "gdp"], &["2023", "1", "0"]];
    std::fs::write(desk.path("t.xlsx"), book::workbook(&bad)).unwrap();
    let (code, _, err) = desk.run(&["energy", "intensity", "t.xlsx"]);
    assert_eq!((code, err.contains("第 3 行：没有能耗强度")), (2, true), "{err}");
    let twice = [&["题"][..], &["year", "energy", "gdp", "能源消费量"], &["2023", "1", "1", "1"]];
    std::fs::write(desk.path("t.xlsx"), book::workbook(&twice)).unwrap();
    let (code, _, err) = desk.run(&["energy", "intensity", "t.xlsx"]);
    assert_eq!((code, err.contains("第 2 行：“能源消费量”列重复")), (2, true), "{err}");
}

#[test]
fn a_table_of_sectors_that_cannot_be_is_refused() {
    let desk = Desk::new();
    for (table, words) in [
        ("sector,year,activity,energy\n甲,2023,1,1\n", "只有一个时期"),
        (
            "sector,year,activity,energy\n甲,2023,1,1\n甲,2024,1,-1\n",
            "第 3 行：活动量或能源消费量是负数",
        ),
        (
            "sector,year,activity,energy\n甲,2023,0,1\n甲,2024,1,1\n",
            "第 2 行：“甲”没有活动量却有能源消费量",
        ),
        (
            "sector,year,activity,energy\n甲,2023,1,1\n乙,2024,1,1\n",
            "“乙”缺 2023 的一行（没有活动则写 0）",
        ),
        ("sector,year,activity,energy\n甲,2023,1,1\n甲,2023,1,1\n", "第 3 行：“甲”2023 已有一行"),
        (
            "sector,year,activity,energy\n甲,2023,1,x\n",
            "第 2 行：energy（能源消费量、能耗）“x”（应为十进制数）",
        ),
        ("sector,year,activity\n甲,2023,1\n", "第 2 行：没有 energy"),
        ("sector,year,activity,energy\n甲,去年,1,1\n", "第 2 行"),
        ("sector,year,activity,energy\n甲,2023,0,0\n甲,2024,1,1\n", "2023 所有行业的活动量都是 0"),
    ] {
        refused(&desk, "lmdi", table, words);
    }
}

#[test]
fn standard_coal_keeps_its_two_values_apart() {
    let desk = Desk::new();
    let table = "能源品种,消费量,单位,折标系数\n原煤,100,吨,\n电力,20,万千瓦时,\n气田天然气,1000,m3,\n热力,50,GJ,\n柴油,2,t,1.46\n";
    let found = run(&desk, "coal", table, &[]);
    let tonnes: Vec<&Value> =
        found["rows"].as_array().unwrap().iter().map(|row| &row["tonnes"]).collect();
    assert_eq!(tonnes, ["71.43", "24.58", "1.2143", "1.706", "2.92"]);
    assert_eq!((&found["tonnes"], &found["basis"]), (&json!("101.8503"), &json!("当量")));
    std::fs::write(desk.path("t.csv"), table).unwrap();
    let (code, _, err) = desk.run(&["energy", "coal", "t.csv", "--basis", "equivalent"]);
    assert_eq!((code, err.contains("第 3 行：电力按等价值需要当年的折标系数")), (2, true), "{err}");
    let priced = "carrier,amount,unit,factor\nelectricity,1000,kWh,0.3012\n原煤,1,kg,\n";
    let found = run(&desk, "coal", priced, &["--basis", "等价"]);
    assert_eq!(found["tonnes"], "0.3019143");
    for (table, words) in [
        ("carrier,amount,unit\n煤球,1,吨\n", "没有能源品种“煤球”"),
        ("carrier,amount,unit\n原煤,1,千瓦时\n", "单位“千瓦时”不能换算（应与千克同类）"),
        ("carrier,amount,unit\n原煤,-1,吨\n", "原煤的消费量是负数"),
        ("carrier,amount,unit,factor\n原煤,1,吨,0\n", "折标系数是 0（应为正数）"),
        ("carrier,amount,unit\n热力,1,吨\n", "应与兆焦同类"),
    ] {
        refused(&desk, "coal", table, words);
    }
}

#[test]
fn intensity_is_rounded_before_it_declines() {
    let desk = Desk::new();
    let table = "year,energy,gdp\n2024,318.9,760.1\n2023,310.2,720.5\n2025,325,801\n";
    let found = run(&desk, "intensity", table, &[]);
    let years = found["years"].as_array().unwrap();
    assert_eq!(
        (&years[0]["intensity"], &years[0]["decline_percent"]),
        (&json!("0.4305"), &Value::Null)
    );
    assert_eq!(years[1]["change_percent"], "-2.5319396051");
    assert_eq!(years[1]["decline_percent"], "2.5319396051");
    assert_eq!(years[1]["change_percent_unrounded"], "-2.5513160362");
    // 0.4057 / 0.4305 − 1
    assert_eq!(years[2]["decline_since_first_percent"], "5.7607433217");
    for (table, words) in [
        ("year,energy,gdp\n2023,1,0\n", "第 2 行：没有能耗强度"),
        ("year,energy,gdp\n2023,1,1\n2023,1,2\n", "第 3 行：2023 已有一行"),
    ] {
        refused(&desk, "intensity", table, words);
    }
}

#[test]
fn a_kilowatt_hour_is_green_once() {
    let desk = Desk::new();
    let table = "类别,月份,数量,单位,生产月份,批次\n购电,2025-01,10,万千瓦时,,\n自发自用,2025-01,20500,,,\n\
                 上网,2025-01,9999,千瓦时,,\n绿电交易,2025-01,3,万千瓦时,,A1\n绿证,2025-02,30,个,2024-11,A1\n\
                 绿证,2025-02,25,个,2024-11,B7\n绿证,2025-02,5,个,2022-12,C9\n";
    let found = run(&desk, "green", table, &[]);
    assert_eq!((&found["used_kwh"], &found["green_kwh"]), (&json!("120500"), &json!("75500")));
    assert_eq!((&found["duplicate_lines"], &found["expired_lines"]), (&json!([6]), &json!([8])));
    assert_eq!(found["issued_own_use"], json!({ "certificates": "20", "carried_kwh": "500" }));
    assert_eq!(found["rest_kwh"], "45000");
    let text = desk.ok(&["energy", "green", "t.csv"]);
    assert!(text.contains("绿色电力占用电 62.66%"), "{text}");
    for (table, words) in [
        ("kind,month,amount\n绿证,2025-01,3\n", "没有 generated（生产月份）"),
        ("kind,month,amount,generated\n绿证,2025-01,3,2025-02\n", "生产月份晚于"),
        ("kind,month,amount\n购电,2025-01,3\n绿电,2025-01,4\n", "绿电交易 4 千瓦时多于购电 3"),
        (
            "kind,month,amount\n自发自用,2025-01,5000\n转让绿证,2025-01,9\n",
            "转让绿证 9 个多于自有发电核发的 5",
        ),
        ("kind,month,amount\n购电,2025,3\n", "不是一个月"),
        ("kind,month,amount\n风电,2025-01,3\n", "没有类别“风电”"),
        ("kind,month,amount,unit\n购电,2025-01,3,吨\n", "单位“吨”不能换算"),
        ("kind,month,amount\n购电,2025-01,-3\n", "第 2 行：数量是负数"),
    ] {
        refused(&desk, "green", table, words);
    }
}
