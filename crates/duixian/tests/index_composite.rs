//! `duixian index composite` as it is typed, on the example and on bad files.

#![allow(clippy::unwrap_used)]

mod book;
mod desk;

use desk::Desk;
use serde_json::Value;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/indices");

fn example(name: &str) -> String {
    std::fs::read_to_string(format!("{EXAMPLE}/{name}")).unwrap()
}

fn json(desk: &Desk, arguments: &[&str]) -> Value {
    let mut all = vec!["index", "composite", "f.toml", "x.csv", "--format", "json"];
    all.extend(arguments);
    serde_json::from_str(&desk.ok(&all)).unwrap()
}

#[test]
fn the_example_is_a_family_of_eight() {
    let desk = Desk::new();
    std::fs::write(desk.path("f.toml"), example("family.toml")).unwrap();
    std::fs::write(desk.path("x.csv"), example("figures.csv")).unwrap();
    let found = json(&desk, &["--sensitivity"]);
    let indices = found["indices"].as_array().unwrap();
    let codes: Vec<&str> = indices.iter().map(|index| index["code"].as_str().unwrap()).collect();
    assert_eq!(
        codes,
        [
            "price",
            "prosperity",
            "logistics",
            "upgrading",
            "chain",
            "innovation",
            "e-commerce",
            "responsibility"
        ]
    );
    assert!(indices.iter().all(|index| index["series"][0]["index"] == "100"));
    assert_eq!(found["overall"][0]["index"], "100");
    // By hand from the table: (3·99.9 ÷ 100.1 + 2·99.2 ÷ 99.7) ÷ 5.
    let price: f64 = indices[0]["series"][1]["index"].as_str().unwrap().parse().unwrap();
    assert!((price - 20.0 * (3.0 * 99.9 / 100.1 + 2.0 * 99.2 / 99.7)).abs() < 1e-9, "{price}");
    let changed = found["changed"].as_array().unwrap();
    assert_eq!(changed.len(), 3);
    assert!(changed.iter().all(|one| one["was"].is_null()));
    assert_eq!(changed[0]["row"], "2024-02");
    // Patents are a fifth of innovation, live shops a fifth of e-commerce, of ten.
    assert_eq!(found["overall"][13]["coverage"], "0.96");
    let sensitivity = &found["sensitivity"];
    assert_eq!(sensitivity["runs"], 128 * 6);
    let choices: Vec<&str> = sensitivity["effects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|effect| effect["choice"].as_str().unwrap())
        .collect();
    assert_eq!(choices, ["scale", "aggregation", "missing", "weights"]);
    for band in sensitivity["ranks"].as_array().unwrap() {
        let at = |name: &str| band[name].as_u64().unwrap();
        assert!(1 <= at("rank_5") && at("rank_5") <= at("rank_median"), "{band}");
        assert!(at("rank_median") <= at("rank_95") && at("rank_95") <= 24, "{band}");
        assert_eq!(at("placed"), 768);
    }
    assert_eq!(json(&desk, &["--sensitivity"]), found, "the same seed, the same answer");
    let text = desk.ok(&["index", "composite", "f.toml", "x.csv", "--sensitivity"]);
    assert!(text.contains("2023-01 = 100") && text.contains("补上 3 个"), "{text}");
    assert!(text.contains("标准化方法：单独解释"), "{text}");
}

const FAMILY: &str = "name = \"族\"\nscale = \"min-max\"\n
[[index]]\ncode = \"a\"\nname = \"甲\"\n
[[index.indicator]]\ncode = \"x\"\nname = \"出口额\"\nweight = 2\n
[[index.indicator]]\ncode = \"y\"\nbetter = \"less\"\n";

#[test]
fn regions_are_ranked_and_columns_found_by_name() {
    let desk = Desk::new();
    std::fs::write(desk.path("f.toml"), FAMILY).unwrap();
    std::fs::write(desk.path("x.csv"), "地区,出口额,y,z\n东,10,4,1\n南,20,4,1\n西,15,2,1\n")
        .unwrap();
    let found = json(&desk, &[]);
    // By hand, from 1 to 100: 东 1 and 1, 南 100 and 1, 西 50.5 and 100; weights 2 and 1.
    let expected = [("东", "1", 3), ("南", "67", 1), ("西", "67", 1)];
    for (row, (name, index, rank)) in found["overall"].as_array().unwrap().iter().zip(expected) {
        assert_eq!(
            (&row["row"], &row["index"], &row["rank"]),
            (&name.into(), &index.into(), &rank.into())
        );
    }
    assert_eq!(found["unused_columns"], serde_json::json!(["z"]));
    // The same as a workbook, below a title.
    let rows: [&[&str]; 5] = [
        &["各地区指标"],
        &["地区", "出口额", "y", "z"],
        &["东", "10", "4", "1"],
        &["南", "20", "4", "1"],
        &["西", "15", "2", "1"],
    ];
    std::fs::write(desk.path("x.csv"), book::workbook(&rows)).unwrap();
    assert_eq!(json(&desk, &[]), found);
}

#[test]
fn a_bad_file_is_told_with_its_place() {
    let desk = Desk::new();
    let table = "region,x,y\n东,10,4\n南,20,5\n";
    for (family, table, words) in [
        (FAMILY.replace("min-max", "minmax"), table, "scale “minmax”（应为 ratio"),
        (FAMILY.replace("min-max", "ratio"), table, "没有写明 base"),
        (FAMILY.replace("min-max", "goalposts"), table, "“出口额”（甲）没有 goals"),
        (FAMILY.replace("less", "lower"), table, "指标“y”的 better “lower”（应为 more 或 less）"),
        (FAMILY.replace("\"y\"", "\"x\""), table, "指标“x”重复"),
        (FAMILY.replace("weight = 2", "weight = -2"), table, "甲的权重有负数或合计为零"),
        (FAMILY.replace("weight", "wait"), table, "第 11 行：不是指数族的 TOML"),
        (FAMILY.to_owned(), "region,x\n东,1\n", "第 1 行：没有指标 y 列"),
        (FAMILY.to_owned(), "name,x,y\n东,1,1\n", "第 1 行：没有写明各行是什么的列"),
        (FAMILY.to_owned(), "region,x,y\n东,1,a\n", "第 2 行：y“a”（应为十进制数"),
        (FAMILY.to_owned(), "region,x,y\n东,1,1\n东,1,1\n", "第 3 行：“东”重复"),
        (FAMILY.to_owned(), "region,x,y\n东,1,1\n南,1,2\n", "“出口额”（甲）不能标准化"),
        (
            FAMILY.replace("min-max\"", "min-max\"\nrange = [0, 1]\nwithin = \"geometric\""),
            table,
            "甲在“东”有不大于零的分数",
        ),
        (
            FAMILY.replace("min-max\"", "ratio\"\nbase = \"北\""),
            table,
            "base “北”（应为数据中的一行",
        ),
    ] {
        std::fs::write(desk.path("f.toml"), &family).unwrap();
        std::fs::write(desk.path("x.csv"), table).unwrap();
        let (code, out, err) = desk.run(&["index", "composite", "f.toml", "x.csv"]);
        assert_eq!((code, out.as_str(), err.contains(words)), (2, "", true), "{family} {err}");
        assert_eq!(err.lines().count(), 1, "{err}");
    }
    let wide = format!("{FAMILY}\n[sensitivity]\nweights = 1\n");
    std::fs::write(desk.path("f.toml"), wide).unwrap();
    std::fs::write(desk.path("x.csv"), table).unwrap();
    let (code, _, err) = desk.run(&["index", "composite", "f.toml", "x.csv", "--sensitivity"]);
    assert_eq!((code, err.contains("sensitivity.weights（应为 0 至 1 之间")), (2, true), "{err}");
}
