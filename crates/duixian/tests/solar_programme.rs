//! A programme of roofs, as it is typed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod desk;

use desk::Desk;
use serde_json::Value;

const COUNTY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/solar/buildings.csv");

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn planned(desk: &Desk, arguments: &[&str]) -> Value {
    let out = desk.ok(&[&["solar", "programme"], arguments, &["--format", "json"]].concat());
    serde_json::from_str(&out).unwrap()
}

/// The invented county of the example: the target is reached, the choice proven, and everything that is told of it agrees.
#[test]
fn a_county_is_planned_to_forty_megawatts() {
    let desk = Desk::new();
    let scenario = "[time]\nruns = 200\n";
    std::fs::write(desk.path("s.toml"), scenario).unwrap();
    let arguments = [COUNTY, "--target-mw", "40", "--year", "2025", "--scenario", "s.toml"];
    let found = planned(&desk, &arguments);
    let totals = &found["totals"];
    assert_eq!((&totals["buildings"], &found["counted"]), (&1200.into(), &"ac".into()));
    assert!(number(&totals["ac_mw"]) >= 40.0 && number(&totals["ac_mw"]) < 40.1);
    assert!(number(&totals["dc_mw"]) / number(&totals["ac_mw"]) > 1.19);
    assert!((900.0..1100.0).contains(&number(&totals["kwh_per_kwp"])), "{totals}");
    let choice = &found["choice"];
    assert!(
        number(&choice["gap_percent"]) < 1.0
            && number(&choice["bound"]) <= number(&choice["price"])
    );

    let chosen = found["chosen"].as_array().unwrap();
    assert_eq!(chosen.len(), totals["chosen"].as_u64().unwrap() as usize);
    let sum = |field: &str| chosen.iter().map(|one| number(&one[field])).sum::<f64>();
    let near = |one: f64, other: f64| assert!((one / other - 1.0).abs() < 1e-5, "{one} {other}");
    near(sum("ac_kw"), number(&totals["ac_mw"]) * 1000.0);
    near(sum("kwh"), number(&totals["kwh"]));
    near(sum("investment_yuan"), number(&found["money"]["investment_yuan"]));
    near(sum("npv_yuan"), number(&found["money"]["npv_yuan"]));
    near(number(&totals["own_use_kwh"]) + number(&totals["export_kwh"]), number(&totals["kwh"]));

    // No feeder takes more than it can.
    let table = std::fs::read_to_string(COUNTY).unwrap();
    let mut limits = std::collections::BTreeMap::new();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        limits.insert(cells[10].to_owned(), cells[11].parse::<f64>().unwrap());
    }
    for (feeder, limit) in limits {
        let on = chosen.iter().filter(|one| one["feeder"] == feeder.as_str());
        let drawn: f64 = on.map(|one| number(&one["ac_kw"])).sum();
        assert!(drawn <= limit + 1e-3, "{feeder}: {drawn} of {limit}");
    }

    let months = found["months"].as_array().unwrap();
    assert_eq!(months.len(), 12);
    for pair in months.windows(2) {
        for field in ["permitted", "begun", "connected", "planned_mw", "p10_mw", "p50_mw", "p90_mw"]
        {
            assert!(number(&pair[0][field]) <= number(&pair[1][field]), "{field}");
        }
        assert!(number(&pair[1]["connected"]) <= number(&pair[1]["begun"]));
    }
    let chance = number(&found["chance"]["probability"]);
    assert!(chance > 0.0 && chance < 1.0);
    let planned_kwh: f64 = months.iter().map(|month| number(&month["planned_kwh"])).sum();
    assert!(planned_kwh < number(&totals["kwh"]), "a roof gives nothing before its connection");
    assert_eq!(found["carbon"]["kg_per_kwh"], "0.4974");
    assert_eq!(found["weather"], "synthetic");
    assert!(found["warnings"].as_array().unwrap().len() >= 2, "place and weather were assumed");

    // The same answer again, and as text.
    assert_eq!(planned(&desk, &arguments), found);
    let text = desk.ok(&[&["solar", "programme"], &arguments[..]].concat());
    assert!(text.contains("目标 40.00 兆瓦（交流侧）") && text.contains("差距不超过"), "{text}");
}

const SMALL: &str = "\
name,kind,roof_area_m2,tilt,azimuth,year,load_kwh,tariff,grid_limit_kw,feeder,polygon
First school,school,2000,15,180,1999,60000,0.56,,F1,
Second school,school,1500,15,180,2005,50000,0.56,60,F1,
Town hall,office,1800,10,170,2010,90000,0.6,,F2,
By outline,hospital,,15,180,2012,200000,0.6,,,\"{\"\"type\"\":\"\"Polygon\"\",\"\"coordinates\"\":[[[120.03,28.89],[120.0306,28.89],[120.0306,28.8904],[120.03,28.8904],[120.03,28.89]]]}\"
";

#[test]
fn a_table_in_english_with_an_outline_is_read() {
    let desk = Desk::new();
    std::fs::write(desk.path("b.csv"), SMALL).unwrap();
    let place = ["--lat", "28.89", "--lon", "120.03", "--altitude", "90", "--year", "2025"];
    let arguments = [&["b.csv", "--target-mw", "0.3"], &place[..]].concat();
    let found = planned(&desk, &arguments);
    assert_eq!(found["choice"]["gap"], 0.0);
    let chosen = found["chosen"].as_array().unwrap();
    let of = |name: &str| chosen.iter().find(|one| one["name"] == name);
    let outline = of("By outline").expect("the largest roof is chosen");
    assert!((number(&outline["roof_m2"]) - 2594.62).abs() < 0.01);
    // 2,594.62 m2, two fifths of it, at 6.12 m2 a kilowatt.
    assert!((number(&outline["dc_kw"]) - 169.2).abs() < 0.7);

    // A connection of 60 kW takes 60 kW of inverters, and 72 kW of modules are all that is built.
    let whole = planned(&desk, &[&["b.csv", "--target-mw", "0.39"], &place[..]].concat());
    let second =
        whole["chosen"].as_array().unwrap().iter().find(|one| one["name"] == "Second school");
    let second = second.expect("nearly all roofs are needed");
    assert!((number(&second["ac_kw"]) - 60.0).abs() < 0.51 && number(&second["dc_kw"]) <= 72.0);

    // The direct side counts more, so that fewer or smaller roofs do.
    let direct = planned(&desk, &[&arguments[..], &["--count", "dc"]].concat());
    let spent = |found: &Value| number(&found["money"]["investment_yuan"]);
    assert!(spent(&direct) <= spent(&found));
    // Taxes and a dear grid make it worth less.
    let scenario = "[tax]\npay = true\n[money]\nfeed_price = 0.3\n";
    std::fs::write(desk.path("s.toml"), scenario).unwrap();
    let taxed = planned(&desk, &[&arguments[..], &["--scenario", "s.toml"]].concat());
    assert_eq!(taxed["money"]["taxed"], true);
    assert!(number(&taxed["money"]["npv_yuan"]) < number(&found["money"]["npv_yuan"]));
}

#[test]
fn what_is_out_of_reach_says_by_how_much() {
    let desk = Desk::new();
    std::fs::write(desk.path("b.csv"), SMALL).unwrap();
    let told = |arguments: &[&str]| {
        let (code, out, err) = desk.run(&[&["solar", "programme", "b.csv"], arguments].concat());
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        err
    };
    let far = told(&["--target-mw", "5"]);
    assert!(far.contains("达不到 5.00 兆瓦") && far.contains("全部屋顶只有"), "{far}");
    let poor = told(&["--target-mw", "0.3", "--budget", "60万元"]);
    assert!(poor.contains("预算应至少约"), "{poor}");
    std::fs::write(desk.path("s.toml"), "[feeders]\nF1 = 10\nF2 = 10\n").unwrap();
    let narrow = told(&["--target-mw", "0.3", "--scenario", "s.toml"]);
    assert!(narrow.contains("馈线都够时可以达到"), "{narrow}");
    for (arguments, words) in [
        (&["--target-mw", "-1"][..], "目标 -1 兆瓦"),
        (&["--target-mw", "1", "--budget", "许多"], "预算“许多”"),
        (&["--target-mw", "1", "--year", "3000"], "计划年 3000"),
        (&["--target-mw", "0.1", "--lat", "120.03", "--lon", "28.89"], "是否与经度颠倒"),
        (&["--target-mw", "0.1", "--crews", "0"], "time.crews"),
    ] {
        let err = told(arguments);
        assert!(err.contains(words), "{err}");
    }
}

/// The plan becomes a target, milestones and a task for each roof; filed again, nothing changes.
#[test]
fn a_plan_is_filed_in_a_ledger() {
    let desk = Desk::new();
    std::fs::write(desk.path("b.csv"), SMALL).unwrap();
    let filed = || {
        desk.ok(&[
            "solar",
            "programme",
            "b.csv",
            "--target-mw",
            "0.3",
            "--year",
            "2025",
            "--lat",
            "28.89",
            "--lon",
            "120.03",
            "--adopt",
            "--ledger",
            "l.db",
            "--region",
            "330784",
        ])
    };
    // Who is responsible has to be there.
    let office = ["departments", "set", "ndrc", "--name", "发展和改革局", "--region", "330784"];
    desk.ok(&[&office[..], &["--ledger", "l.db"]].concat());
    let first = filed();
    let tasks = desk.ok(&["list", "task", "--ledger", "l.db", "--json"]);
    let tasks: Vec<Value> = tasks.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(tasks.len() >= 2 && first.contains("已记入计划对象"), "{first}");
    let due = tasks[0]["fields"]["due"].as_str().unwrap_or_else(|| panic!("{}", tasks[0]));
    assert!(due.starts_with("2025-"), "{due}");
    let target = desk.ok(&["show", "target", "T2025-330784-PV", "--ledger", "l.db", "--json"]);
    let target: Value = serde_json::from_str(&target).unwrap();
    assert_eq!((&target["state"], &target["kind"]), (&"adopted".into(), &"target".into()));
    assert!(target.to_string().contains("distributed-solar-capacity"), "{target}");
    let milestones = desk.ok(&["list", "milestone", "--ledger", "l.db", "--json"]);
    for line in milestones.lines() {
        let milestone: Value = serde_json::from_str(line).unwrap();
        assert_eq!(milestone["parent"], "target:T2025-330784-PV", "{milestone}");
    }
    assert!(filed().contains("新增 0 · 变更 0"));

    // Without a ledger there is nothing to file in.
    let (code, _, err) = desk.run(&["solar", "programme", "b.csv", "--target-mw", "1", "--adopt"]);
    assert!(code == 2 && err.contains("--ledger"), "{err}");
}

#[test]
fn a_setting_out_of_range_is_told_as_one_and_not_as_a_fault_of_the_table() {
    let desk = Desk::new();
    std::fs::write(desk.path("x.csv"), "name,kind,area\nA,office,1000\n").unwrap();
    for (scenario, said) in [
        ("[money]\nyears = 4000000000\n", "money.years（应为 1 至 60 年）"),
        ("[money]\nrate = -1\n", "money.rate（应大于 -1、不大于 1）"),
        ("[cost]\nper_kw = -1\n", "cost.per_kw"),
        ("[tax]\npay = true\nvat = 2\n", "tax 的各税率"),
        ("[time]\nruns = 0\n", "time.runs 0"),
        ("[time]\nbuild_spread = 1000\n", "time.build_spread"),
        ("[time]\nbuild_kw_per_day = -20\n", "time.build_kw_per_day -20"),
        ("[time]\nstart = \"13-01\"\n", "日期“13-01”"),
        ("[time]\ncrews = [3, 0]\n", "time.crews"),
        ("[time]\nconnect = { least = 9, likely = 3, most = 45 }\n", "time.connect"),
        ("[kind.office]\nshare = 1.5\n", "kind.office.share 1.5"),
        ("[kind.office]\npermit = { least = -1, likely = 3, most = 45 }\n", "kind.office.permit"),
        ("[design]\nwatts = 0\n", "watts"),
        ("[design]\ndc_ac_ratio = 9\n", "design.dc_ac_ratio 9"),
    ] {
        std::fs::write(desk.path("s.toml"), scenario).unwrap();
        let arguments =
            ["solar", "programme", "x.csv", "--target-mw", "0.01", "--scenario", "s.toml"];
        let done = desk.run(&arguments);
        let err = done.2;
        assert_eq!(done.0, 2, "{scenario}: {err}");
        assert!(err.starts_with("错误：s.toml：") && err.contains(said), "{scenario}: {err}");
        assert_eq!(err.lines().count(), 1, "{err}");
    }
    std::fs::write(desk.path("x.csv"), "name,kind,area\nA,office,9000000\n").unwrap();
    let done = desk.run(&["solar", "programme", "x.csv", "--target-mw", "0.01"]);
    let err = done.2;
    assert!(err.contains("第 2 行“A”：施工超过 10000 天"), "{err}");
}

#[test]
fn every_bad_row_is_named() {
    let desk = Desk::new();
    let told = |text: &str| {
        std::fs::write(desk.path("x.csv"), text).unwrap();
        let (code, out, err) = desk.run(&["solar", "programme", "x.csv", "--target-mw", "1"]);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        err
    };
    let many = told(
        "name,kind,area,tilt,azimuth\nA,office,-5,10,180\nB,office,100,10,400\nC,office,100,95,180\nD,office,abc,10,180\n,office,100,10,180\nE,office,,10,180\n",
    );
    for words in [
        "第 2 行：屋顶面积“-5”",
        "第 3 行：方位角“400”",
        "第 4 行：倾角“95”",
        "第 5 行：屋顶面积“abc”",
        "第 6 行：没有名称",
        "第 7 行：没有屋顶面积",
        "有 6 处错误",
    ] {
        assert!(many.contains(words), "{words}\n{many}");
    }
    for (text, words) in [
        ("name,kind,area\nA,office,100\nA,school,200\n", "第 3 行：名称“A”与第 2 行重复"),
        ("name,area\nA,100\n", "表头没有 kind（类别） 列"),
        ("name,kind\nA,office\n", "表头没有 roof_area"),
        ("name,kind,area,面积\nA,office,1,1\n", "“面积”列重复"),
        ("a,b\n1,2\n", "没有表头"),
        ("name,kind,area\n", "没有数据行"),
        ("name,kind,area,铺设\nA,office,1,hang\n", "铺设“hang”"),
        ("name,kind,area,lat,lon\nA,office,100,120.03,28.89\n", "是否与经度颠倒"),
        (
            "name,kind,area,feeder,feeder_limit\nA,office,1,F,5\nB,office,1,F,6\n",
            "馈线“F”的上限 6 与前面的 5 不同",
        ),
        (
            "name,kind,polygon\nA,office,\"{\"\"type\"\":\"\"Polygon\"\",\"\"coordinates\"\":[[[28.89,120.03],[28.891,120.03],[28.891,120.031],[28.89,120.03]]]}\"\n",
            "是否颠倒",
        ),
        ("name,kind,polygon\nA,office,there\n", "轮廓不是 GeoJSON"),
    ] {
        let err = told(text);
        assert!(err.contains(words), "{words}\n{err}");
    }
    std::fs::write(desk.path("s.toml"), "[cost]\nper_kilowatt = 1\n").unwrap();
    std::fs::write(desk.path("x.csv"), SMALL).unwrap();
    let arguments = ["solar", "programme", "x.csv", "--target-mw", "1", "--scenario", "s.toml"];
    let (code, _, err) = desk.run(&arguments);
    assert!(code == 2 && err.contains("per_kilowatt"), "{err}");
}
