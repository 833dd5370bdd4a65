//! `duixian propose` as it is typed: a county that does not exist, whose targets are proposed, filed as drafts, or told to
//! contradict each other.

#![allow(clippy::unwrap_used)]

mod desk;

use desk::Desk;
use serde_json::Value;

/// Indicator, unit, levels and growth of 2022 to 2025, growth of the first three quarters of 2022 to 2026.
type Row = (&'static str, &'static str, [&'static str; 4], [&'static str; 4], [&'static str; 5]);

const FIGURES: &[Row] = &[
    (
        "地区生产总值",
        "亿元",
        ["548.9", "583.6", "617.2", "652.8"],
        ["5.8", "6.1", "5.9", "5.7"],
        ["5.7", "6.2", "5.9", "5.8", "5.6"],
    ),
    (
        "第一产业增加值",
        "亿元",
        ["20.9", "21.6", "22.3", "23"],
        ["2.9", "3.1", "3", "2.8"],
        ["2.8", "3.2", "3", "2.9", "2.7"],
    ),
    (
        "第二产业增加值",
        "亿元",
        ["264", "278.1", "291.5", "305.3"],
        ["5.6", "6", "5.6", "5.3"],
        ["5.5", "6.1", "5.6", "5.4", "5.2"],
    ),
    (
        "服务业增加值",
        "亿元",
        ["264", "283.9", "303.4", "324.5"],
        ["6.3", "6.5", "6.4", "6.3"],
        ["6.2", "6.6", "6.4", "6.4", "6.2"],
    ),
    (
        "居民人均可支配收入",
        "元",
        ["51450", "54640", "57870", "61170"],
        ["6.7", "6.2", "5.9", "5.7"],
        ["6.6", "6.3", "5.9", "5.8", "5.6"],
    ),
];

/// A ledger with figures and last year's plan.
fn county() -> Desk {
    let desk = Desk::new();
    let mut rows = "indicator,region,period,value,unit,vintage,source,note\n".to_owned();
    for (name, unit, levels, growth, so_far) in FIGURES {
        for (year, (level, rate)) in (2022..).zip(levels.iter().zip(growth)) {
            let known = format!("{}-02-20,统计公报,", year + 1);
            rows += &format!("{name},330784,{year},{level},{unit},{known}\n");
            rows += &format!("{name},330784,{year},{rate},%,{known}\n");
        }
        for (year, rate) in (2022..).zip(so_far) {
            rows += &format!("{name},330784,{year}-01..09,{rate},%,{year}-10-22,月报,\n");
        }
    }
    std::fs::write(desk.path("figures.csv"), rows).unwrap();
    desk.ok(&["observations", "import", "figures.csv"]);
    let targets = "代码,指标,地区,时期,口径,比较,目标值,单位,力度,状态,名称\n\
        T26,地区生产总值,330784,2026,增速,>=,6,%,确保,下达,\n\
        T30,地区生产总值,330784,2030,增速,>=,6,%,,下达,地区生产总值年均增长\n\
        JH27,地区生产总值,330700,2027,增速,>=,5.5,%,,下达,\n";
    std::fs::write(desk.path("targets.csv"), targets).unwrap();
    desk.ok(&["enter", "target", "targets.csv"]);
    desk
}

const ASKED: [&str; 5] = ["propose", "--region", "330784", "--as-of", "2026-11-30"];

fn asked(desk: &Desk, more: &[&str]) -> Value {
    let json = [&ASKED, more, &["--format", "json"]].concat();
    serde_json::from_str(&desk.ok(&json)).unwrap()
}

fn of<'a>(found: &'a Value, indicator: &str) -> &'a Value {
    let all = found["proposals"].as_array().unwrap();
    all.iter().find(|one| one["indicator"] == indicator).unwrap()
}

/// All conditions are kept by the proposals, and every figure names its source.
#[test]
fn a_county_gets_proposals_in_balance_and_keeps_them_as_drafts() {
    let desk = county();
    let found = asked(&desk, &[]);
    assert_eq!((&found["year"], &found["settled"]), (&2027.into(), &true.into()));
    assert_eq!(found["proposals"].as_array().unwrap().len(), 5);
    let gdp = of(&found, "gdp");
    assert_eq!((&gdp["value"], &gdp["strength"]), (&"6".into(), &"firm".into()));
    assert_eq!(gdp["expected"]["method"], "usual-change");
    assert_eq!(gdp["outcomes"][3]["sources"][0]["source"], "统计公报");
    let grounds: Vec<&str> = gdp["grounds"]
        .as_array()
        .unwrap()
        .iter()
        .map(|ground| ground["ground"].as_str().unwrap())
        .collect();
    assert_eq!(grounds, ["trend", "forecast", "outline", "superior"]);
    let number = |code: &str| of(&found, code)["value"].as_str().unwrap().parse::<f64>().unwrap();
    // Shares of 2025: 23, 305.3 and 324.5 of 652.8.
    let weighted = 0.0352 * number("primary-value-added")
        + 0.4677 * number("secondary-value-added")
        + 0.4971 * number("services-value-added");
    assert!((6.0 - weighted).abs() <= 0.3 + 1e-9, "{weighted}");
    assert!(number("resident-income") >= 6.0);
    let unused = found["unused"].as_array().unwrap();
    assert!(unused.iter().any(
        |one| one["reason"] == "缺项目2027年的计划投资，未用" || one["name"] == "项目支撑投资"
    ));

    let table = desk.ok(&ASKED);
    assert!(
        table.starts_with("2027年目标建议 5 项，截至 2026-11-30 所知：各项条件都能满足\n"),
        "{table}"
    );
    assert!(table.contains("确保增长≥6%"), "{table}");
    let csv = desk.ok(&[&ASKED[..], &["--format", "csv"]].concat());
    assert_eq!(csv.lines().count(), 6);

    let written = desk.ok(&[&ASKED[..], &["--write"]].concat());
    let said = "已拟定 5 个目标：新增 5 · 变更 0 · 不变 0（台账 duixian.db）\n";
    assert!(written.ends_with(said), "{written}");
    let draft = desk.ok(&["show", "target", "T2027-330784-gdp"]);
    for part in ["拟定", "目标值", "加权得"] {
        assert!(draft.contains(part), "{draft}");
    }
    // Drafts count for nothing until they are adopted, and the same again changes nothing.
    let again = desk.ok(&[&ASKED[..], &["--write"]].concat());
    assert!(again.ends_with("新增 0 · 变更 0 · 不变 5（台账 duixian.db）\n"), "{again}");
}

/// The city asks for more than the sectors ever brought: told in words, and nothing is written.
#[test]
fn a_conflict_is_explained_and_not_written() {
    let desk = county();
    // Departments are those of the ledger; an outline may name others.
    let outline = "代码,指标,地区,时期,口径,比较,目标值,单位,责任部门\n\
        JH,地区生产总值,330700,2027,增速,>=,9,%,市发改委\n";
    std::fs::write(desk.path("outline.csv"), outline).unwrap();
    let found = asked(&desk, &["--outline", "outline.csv"]);
    assert_eq!(found["settled"], false);
    let conflicts = found["conflicts"].as_array().unwrap();
    let names: Vec<Vec<&str>> = conflicts
        .iter()
        .map(|conflict| {
            let members = conflict["members"].as_array().unwrap().iter();
            members
                .map(|at| {
                    let at = usize::try_from(at.as_u64().unwrap()).unwrap();
                    found["conditions"][at]["name"].as_str().unwrap()
                })
                .collect()
        })
        .collect();
    assert_eq!(names[0], ["上级目标·地区生产总值", "历史最好水平·地区生产总值"]);
    let told = conflicts[0]["explanation"].as_str().unwrap();
    assert!(
        told.contains(
            "“上级目标·地区生产总值”放宽2.5个百分点；或“历史最好水平·地区生产总值”放宽2.5个百分点"
        ),
        "{told}"
    );
    assert!(conflicts.len() > 1 && !found["relaxed"].as_array().unwrap().is_empty());

    let (code, out, err) =
        desk.run(&[&ASKED[..], &["--outline", "outline.csv", "--write"]].concat());
    assert_eq!(code, 2);
    assert!(out.contains("\n矛盾 1：以下2项不能同时满足："), "{out}");
    assert!(out.contains("\n代价最小的让步（上表按此）："), "{out}");
    assert!(err.starts_with("错误：条件互相矛盾，没有写入任何数据"), "{err}");
    let none = desk.run(&["show", "target", "T2027-330784-gdp"]);
    assert_eq!(none.0, 2);
}

#[test]
fn bad_input_is_one_line_that_names_what_was_expected() {
    let desk = county();
    std::fs::write(desk.path("wrong.toml"), "years = 5\n[weight]\ntrend = 1\n").unwrap();
    std::fs::write(
        desk.path("wrong.csv"),
        "代码,指标,地区,时期,口径,比较,目标值,单位\nJ,国力,330700,2027,增速,>=,9,%\n",
    )
    .unwrap();
    for (more, said) in [
        (
            vec!["--year", "2029"],
            "不能建议 2029 年的目标（应为不晚于 2027 年，即 2026-11-30 的下一年）",
        ),
        (vec!["--relations", "wrong.toml"], "wrong.toml：第 3 行："),
        (vec!["--relations", "none.toml"], "none.toml"),
        (vec!["--outline", "wrong.csv"], "wrong.csv 有 1 处错误；没有写入任何数据"),
        (vec!["--reason", "无"], "--write"),
    ] {
        let (code, out, err) = desk.run(&[&ASKED[..], &more].concat());
        assert_eq!((code, out.as_str()), (2, ""), "{more:?}: {err}");
        assert!(err.contains(said), "{err}");
    }
    let (code, _, err) = desk.run(&["propose", "--region", "330106", "--as-of", "2026-11-30"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("错误：330106 没有可据以建议 2027 年目标的数"), "{err}");
    let (code, _, err) = desk.run(&["propose", "--region", "桃花源"]);
    assert_eq!((code, err.lines().count()), (2, 1), "{err}");
}
