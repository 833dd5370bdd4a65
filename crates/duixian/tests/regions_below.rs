//! `duixian rollup`, `rank`, `race` and `decompose` as they are typed, on a county with towns of its own.

#![allow(clippy::unwrap_used)]

mod desk;

use desk::Desk;
use serde_json::Value;

fn table(desk: &Desk, name: &str, text: &str) {
    std::fs::write(desk.path(name), text).unwrap();
}

/// Yongkang with four towns, two villages, figures of two years, and targets for 2025. One town publishes late.
fn county() -> Desk {
    let desk = Desk::new();
    let regions = "代码,名称\n330784001,东城街道\n330784002,西城街道\n330784100,石柱镇\n\
        330784101,前仓镇\n330784101201,甲村\n330784101202,乙村\n";
    table(&desk, "r.csv", regions);
    desk.ok(&["regions", "import", "r.csv"]);
    let head = "indicator,region,period,value,unit,vintage,source,status\n";
    let figures = "地区生产总值,330784,2023,770.8,亿元,2024-01-28,统计公报,\n\
        地区生产总值,330784,2024,812.5,亿元,2025-01-28,统计公报,\n\
        地区生产总值,330784001,2023,300.0,亿元,2024-01-20,镇报,\n\
        地区生产总值,330784001,2024,318.0,亿元,2025-01-20,镇报,\n\
        地区生产总值,330784002,2023,2000000,万元,2024-01-20,镇报,\n\
        地区生产总值,330784002,2024,2180000,万元,2025-01-20,镇报,\n\
        地区生产总值,330784100,2023,150.0,亿元,2024-01-20,镇报,\n\
        地区生产总值,330784100,2024,157.5,亿元,2025-01-20,镇报,provisional\n\
        地区生产总值,330784101,2023,100.0,亿元,2024-01-20,镇报,\n\
        地区生产总值,330784101,2024,110.0,亿元,2025-02-20,镇报,\n\
        常住人口,330784001,2023,19,万人,2024-01-20,镇报,\n\
        常住人口,330784002,2023,90000,人,2024-01-20,镇报,\n\
        常住人口,330784100,2023,7,万人,2024-01-20,镇报,\n\
        常住人口,330784101,2023,5,万人,2024-01-20,镇报,\n\
        常住人口,330784001,2024,20,万人,2025-01-20,镇报,\n\
        常住人口,330784002,2024,100000,人,2025-01-20,镇报,\n\
        常住人口,330784100,2024,8,万人,2025-01-20,镇报,\n\
        常住人口,330784101,2024,5,万人,2025-01-20,镇报,\n\
        一般公共预算收入,330784001,2024,30,亿元,2025-01-20,镇报,\n\
        一般公共预算收入,330784002,2024,20,亿元,2025-01-20,镇报,\n\
        一般公共预算收入,330784100,2024,10,亿元,2025-01-20,镇报,\n\
        一般公共预算收入,330784101201,2024,20000,万元,2025-01-20,村报,\n\
        一般公共预算收入,330784101202,2024,3,亿元,2025-01-20,村报,\n";
    table(&desk, "o.csv", &format!("{head}{figures}"));
    let done = desk.ok(&["observations", "import", "o.csv"]);
    assert!(done.contains("新增 23"), "{done}");
    let targets = "代码,指标,地区,时期,口径,比较,目标值,单位,状态,力度\n\
        T-1,地区生产总值,永康市,2025,水平,不低于,870,亿元,下达,力争\n\
        T-2,地区生产总值,永康市,2025,增速,不低于,6.5,%,下达,确保\n\
        T-3,地区生产总值,永康市,2025,位次,不低于,3,位,下达,\n";
    table(&desk, "t.csv", targets);
    desk.ok(&["enter", "target", "t.csv"]);
    desk
}

fn json(desk: &Desk, arguments: &[&str]) -> Value {
    serde_json::from_str(&desk.ok(&[arguments, &["--format", "json"]].concat())).unwrap()
}

/// The values of the parts of a target.
fn values(found: &Value) -> Vec<&str> {
    let parts = found["parts"].as_array().unwrap();
    parts.iter().map(|part| part["value"].as_str().unwrap()).collect()
}

/// The error of what was refused as input.
fn refused(desk: &Desk, arguments: &[&str]) -> String {
    let (code, out, err) = desk.run(arguments);
    assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}: {err}");
    assert_eq!(err.lines().count(), 1, "{err}");
    err
}

#[test]
fn figures_of_towns_come_to_that_of_the_county() {
    let desk = county();
    let gdp = ["rollup", "地区生产总值", "--region", "永康市", "--period", "2024"];
    let found = json(&desk, &gdp);
    assert_eq!((&found["method"], &found["value"]), (&"sum".into(), &"803.5".into()));
    assert_eq!(found["complete"], true);
    assert_eq!(found["official"]["value"], "812.5");
    assert_eq!(found["gap"]["difference"], "9.0");
    let part = &found["parts"][1];
    assert_eq!((&part["value"], &part["region"]["name"]), (&"218".into(), &"西城街道".into()));
    let input = &part["inputs"][0];
    assert_eq!((&input["value"], &input["unit"]), (&"2180000".into(), &"万元".into()));
    assert_eq!((&input["vintage"], &input["source"]), (&"2025-01-20".into(), &"镇报".into()));
    // A month earlier one town had published nothing for the year.
    let then = json(&desk, &[&gdp[..], &["--as-of", "2025-01-31"]].concat());
    assert_eq!((&then["value"], &then["complete"]), (&"693.5".into(), &false.into()));
    assert_eq!(then["coverage"]["missing"][0], "330784101");
    assert!(then["coverage"]["share_percent"].as_str().unwrap().starts_with("86.66"));
    let shown = desk.ok(&[&gdp[..], &["--as-of", "2025-01-31"]].concat());
    assert!(
        shown.contains("合计（不全） 693.5亿元：3/4 个下级有数，占上年同期数的 86.67%"),
        "{shown}"
    );
    assert!(shown.contains("地区生产总值：没有2024年的数据"), "{shown}");
    let none = refused(&desk, &[&gdp[..], &["--as-of", "2023-01-01"]].concat());
    assert!(none.contains("永康市 的下级都没有可用的数"), "{none}");
    let values = desk.ok(&[&gdp[..], &["--format", "csv"]].concat());
    assert!(values.contains("330784002,西城街道,218,亿元,,2025-01-20,normal,镇报,"), "{values}");
}

#[test]
fn the_indicator_tells_how_its_figures_come_together() {
    let desk = county();
    let of = |indicator| ["rollup", indicator, "--region", "330784", "--period", "2024"];
    let head = json(&desk, &of("人均地区生产总值"));
    assert_eq!(head["method"], "formula-of-sums");
    // 803.5 亿元 among the mean of 40 and 43 万人.
    assert!(head["value"].as_str().unwrap().starts_with("193614.457"), "{head}");
    assert_eq!(head["parts"][1]["inputs"].as_array().unwrap().len(), 3);
    let error = refused(&desk, &of("居民人均可支配收入"));
    assert!(error.contains("不能由下级相加") && error.contains("--weight"), "{error}");
    let error = refused(
        &desk,
        &[&of("地区生产总值")[..], &["--weight", "常住人口", "--method", "sum"]].concat(),
    );
    assert!(error.contains("用不到"), "{error}");
    // A town without a figure stands for its villages, if it is told to.
    let revenue = of("一般公共预算收入");
    assert_eq!(json(&desk, &revenue)["value"], "60");
    let deep = json(&desk, &[&revenue[..], &["--deep"]].concat());
    assert_eq!((&deep["value"], &deep["coverage"]["all"]), (&"65".into(), &5.into()));
}

#[test]
fn towns_are_ranked_and_moved() {
    let desk = county();
    let rank = ["rank", "地区生产总值", "--among", "永康市", "--period", "2024"];
    let found = json(&desk, &[&rank[..], &["--per", "常住人口"]].concat());
    assert_eq!(found["unit"], "元/人");
    let order: Vec<&str> = found["places"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["region"]["code"].as_str().unwrap())
        .collect();
    assert_eq!(order, ["330784101", "330784002", "330784100", "330784001"]);
    let shown = desk.ok(&[&rank[..], &["--facet", "growth"]].concat());
    assert!(shown.contains("没有发布的增速") && shown.contains("5（初步）"), "{shown}");
    let then = json(&desk, &[&rank[..], &["--as-of", "2025-01-31"]].concat());
    assert_eq!(then["unranked"][0]["region"]["code"], "330784101");
    assert_eq!(then["places"][0]["movement"], 0);
    let error = refused(&desk, &["rank", "常住人口", "--among", "永康市", "--period", "2024"]);
    assert!(error.contains("--better higher"), "{error}");
    let error =
        refused(&desk, &["rank", "地区生产总值", "--among", "330784001", "--period", "2024"]);
    assert!(error.contains("没有下级地区"), "{error}");
}

#[test]
fn a_race_is_held_by_its_file() {
    let desk = county();
    let race = |rules: &str| {
        let items = "[[item]]\nindicator = \"地区生产总值\"\nfacet = \"growth\"\nweight = 2\n\
            [[item]]\nindicator = \"地区生产总值\"\nper = \"常住人口\"\nweight = 0.5\n";
        table(
            &desk,
            "race.toml",
            &format!("name = \"赛马\"\namong = \"永康市\"\n{rules}\n{items}"),
        );
        ["race", "race.toml", "--period", "2024"]
    };
    let found = json(&desk, &race("scoring = \"min-max\""));
    let first = &found["rows"][0];
    // First in both.
    assert_eq!((&first["region"]["code"], &first["total"]), (&"330784101".into(), &"100".into()));
    let second = &found["rows"][1];
    // Growth 9 of 5 to 10, and 218,000 of 159,000 to 220,000.
    assert_eq!(second["items"][0]["points"], "80");
    assert_eq!(second["items"][0]["inputs"].as_array().unwrap().len(), 2);
    assert!(second["total"].as_str().unwrap().starts_with("83.3442"), "{second}");
    let found = json(&desk, &race("scoring = \"rank\"\ncombine = \"sum\""));
    assert_eq!(found["rows"][3]["total"], "9.5");
    for (rules, fault) in [
        ("scoring = \"best\"", "scoring “best”"),
        ("scoring = \"rank\"", "名次只能求加权和"),
        ("scoring = \"goalposts\"", "没有目标区间"),
        ("colour = 1", "unknown field"),
        ("scale = [5, 1]", "应由低到高"),
    ] {
        let error = refused(&desk, &race(rules));
        assert!(error.starts_with("错误：race.toml：") && error.contains(fault), "{error}");
    }
}

/// The file that the documentation shows is one that works.
#[test]
fn the_race_of_the_documentation_is_held() {
    let desk = county();
    let page = include_str!("../../../docs/regions-and-ranking.md");
    let shown = page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    table(&desk, "race.toml", shown);
    let found = json(&desk, &["race", "race.toml", "--period", "2024"]);
    assert_eq!(found["rows"].as_array().unwrap().len(), 4);
}

#[test]
fn a_target_is_parted_filed_and_revised() {
    let desk = county();
    let found = json(&desk, &["decompose", "T-1", "--decimals", "1", "--write"]);
    assert_eq!((&found["whole"], &found["over"]), (&"870.0".into(), &"0.0".into()));
    assert_eq!(found["filed"]["new"], 4);
    assert_eq!(found["parts"][0]["inputs"][0]["vintage"], "2025-01-20");
    // On a day when one town had published nothing yet, there was nothing to go by.
    let error = refused(
        &desk,
        &[
            "decompose",
            "--indicator",
            "地区生产总值",
            "--region",
            "永康市",
            "--period",
            "2025",
            "--value",
            "870",
            "--as-of",
            "2025-01-31",
        ],
    );
    assert!(error.contains("330784101 没有基数") && error.contains("没有2024年的数据"), "{error}");
    let listed = desk.ok(&["list", "target", "--json"]);
    let town = listed.lines().find(|line| line.contains("T-1-330784001")).unwrap();
    let town: Value = serde_json::from_str(town).unwrap();
    assert_eq!((&town["state"], &town["region"]), (&"draft".into(), &"330784001".into()));
    // 870 × 318 ÷ 803.5 is 344.32…
    assert_eq!(
        (&town["fields"]["value"], &town["fields"]["strength"]),
        (&"344.3".into(), &"aim".into())
    );
    assert!(
        desk.ok(&["decompose", "T-1", "--check"])
            .contains("层层加码：台账中下级目标 4/4 个，合计 870亿元，与总目标相等")
    );
    let error = refused(&desk, &["decompose", "T-1", "--write"]);
    assert!(error.contains("--revise"), "{error}");
    // What is adopted stays, and the drafts take the change.
    desk.ok(&["set", "target", "T-1-330784001", "--state", "下达"]);
    let revise = ["decompose", "T-1", "--revise", "--value", "880", "--decimals", "1", "--write"];
    let found = json(&desk, &revise);
    assert_eq!(
        (&found["parts"][0]["kept"], &found["parts"][0]["change"]),
        (&true.into(), &"0.0".into())
    );
    assert_eq!(
        (&found["filed"]["changed"], &found["filed"]["adjustments"]),
        (&3.into(), &0.into())
    );
    assert!(found["remarks"][0].as_str().unwrap().contains("总目标在台账中是 870亿元"));
    // What is adopted changes by an adjustment alone, which somebody has to approve.
    let open = [&revise[..], &["--open", "330784001"]].concat();
    let open: Vec<&str> =
        open.iter().map(|word| if *word == "880" { "850" } else { word }).collect();
    let error = refused(&desk, &open);
    assert!(error.contains("--approved-by"), "{error}");
    let found = json(&desk, &[&open[..], &["--approved-by", "市政府"]].concat());
    assert_eq!(found["filed"]["adjustments"], 1);
    let listed = desk.ok(&["list", "adjustment"]);
    assert!(listed.contains("提出") && listed.contains("target:T-1-330784001"), "{listed}");
    let error = refused(&desk, &["decompose", "T-1", "--revise", "--value", "300"]);
    assert!(error.contains("已定的合计 344.3 超过总目标 300"), "{error}");
    assert!(desk.ok(&["verify"]).contains("chain ok"));
    // What the towns were to do at first is known still.
    let day = ["decompose", "T-1", "--check", "--as-of", "2020-01-01"];
    let error = refused(&desk, &day);
    assert!(error.contains("没有目标“T-1”"), "{error}");
}

#[test]
fn growths_and_ratios_are_parted_honestly_or_not_at_all() {
    let desk = county();
    let capacity = ["decompose", "T-2", "--by", "capacity", "--weight", "常住人口"];
    let found = json(&desk, &capacity);
    let over: f64 = found["over"].as_str().unwrap().parse().unwrap();
    assert!((0.0..0.1).contains(&over), "{over}");
    let head =
        ["decompose", "--indicator", "人均地区生产总值", "--region", "永康市", "--period", "2025"];
    let found = json(
        &desk,
        &[&head[..], &["--value", "190000", "--by", "equal", "--denominator", "常住人口"]].concat(),
    );
    assert_eq!((&found["kind"], &found["parts"][2]["value"]), (&"ratio".into(), &"190000".into()));
    // Where nobody published what a town has a head, its formula tells where it stands.
    let base =
        json(&desk, &[&head[..], &["--value", "190000", "--denominator", "常住人口"]].concat());
    assert!(base["parts"][0]["base"].as_str().unwrap().starts_with("163076.92"), "{base}");
    let error = refused(&desk, &["decompose", "T-3"]);
    assert!(error.contains("位次目标不能分解"), "{error}");
    let income = [
        "decompose",
        "--indicator",
        "居民人均可支配收入",
        "--region",
        "永康市",
        "--period",
        "2025",
    ];
    let error = refused(&desk, &[&income[..], &["--facet", "growth", "--value", "5"]].concat());
    assert!(error.contains("没有可加权的基数"), "{error}");
    let error = refused(&desk, &[&income[..], &["--value", "60000"]].concat());
    assert!(error.contains("--denominator"), "{error}");
    let revenue =
        ["decompose", "--indicator", "一般公共预算收入", "--region", "永康市", "--period", "2025"];
    let error = refused(&desk, &[&revenue[..], &["--value", "70"]].concat());
    assert!(error.contains("330784101 没有基数"), "{error}");
}

/// What is to be added goes by weights, and is no growth of what there is.
#[test]
fn an_increment_is_parted_without_growth() {
    let desk = county();
    let whole = ["--indicator", "地区生产总值", "--region", "永康市", "--period", "2025"];
    let facet =
        ["--facet", "increment", "--value", "43", "--by", "capacity", "--weight", "常住人口"];
    let found = json(&desk, &[&["decompose"], &whole[..], &facet[..]].concat());
    assert_eq!(values(&found), ["20", "10", "8", "5"]);
    assert!(found["parts"][0]["growth_percent"].is_null());
    // Two targets of one town for the same thing leave open which one counts.
    let rows = "代码,指标,地区,时期,口径,比较,目标值,单位,状态\n\
        A,地区生产总值,330784001,2025,增量,不低于,20,亿元,拟定\n\
        B,地区生产总值,330784001,2025,增量,不低于,21,亿元,拟定\n";
    table(&desk, "t.csv", rows);
    desk.ok(&["enter", "target", "t.csv"]);
    let error = refused(&desk, &[&["decompose"], &whole[..], &facet[..]].concat());
    assert!(error.contains("330784001 有两个同样的目标：A、B"), "{error}");
    desk.ok(&["set", "target", "B", "--state", "撤销", "--comment", "重复"]);
    let check = desk.ok(&[&["decompose"], &whole[..], &facet[..], &["--check"]].concat());
    assert!(
        check.contains("下级目标 1/4 个，合计 20亿元（只是有目标的），比总目标低 23亿元"),
        "{check}"
    );
}

#[test]
fn departments_take_parts_by_their_shares() {
    let desk = county();
    for (code, name) in [("fgj", "发改局"), ("jxj", "经信局"), ("nyj", "农业局")] {
        desk.ok(&["departments", "set", code, "--name", name, "--region", "330784"]);
    }
    table(&desk, "s.csv", "代码,权重,上限,已定\n发改局,1,,\njxj,5,400,\n农业局,1,,120.5\n");
    let parted = ["decompose", "T-1", "--to", "departments", "--by", "capacity", "--decimals", "1"];
    let error = refused(&desk, &parted);
    assert!(error.contains("--shares"), "{error}");
    let shares = [&parted[..], &["--shares", "s.csv"]].concat();
    let found = json(&desk, &[&shares[..], &["--write", "--state", "下达"]].concat());
    assert_eq!(values(&found), ["349.5", "400", "120.5"]);
    assert_eq!((&found["parts"][1]["held"], &found["filed"]["new"]), (&"cap".into(), &3.into()));
    let check = desk.ok(&["decompose", "T-1", "--to", "departments", "--check"]);
    assert!(check.contains("台账中下级目标 3/3 个，合计 870亿元"), "{check}");
    table(&desk, "s.csv", "代码,权重\n发改局,x\n");
    let error = refused(&desk, &shares);
    assert!(error.contains("s.csv：第 2 行：权重“x”"), "{error}");
    table(&desk, "s.csv", "代码,权重\n财政局,1\n");
    let error = refused(&desk, &shares);
    assert!(error.contains("没有部门“财政局”"), "{error}");
}
