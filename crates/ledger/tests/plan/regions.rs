//! Towns, villages and grids, and counties that were renamed or merged.

use crate::bureau::{Bureau, catalogue, day};
use ledger::RegionOutcome;
use terms::{Amount, Facet, Observation, ObservationStatus, OwnRegion, RegionEnd, Tier, Unit};

fn region(code: &str, name: &str, parent: &str, since: &str) -> OwnRegion {
    OwnRegion {
        code: code.into(),
        name: name.into(),
        parent: parent.into(),
        since: day(since),
        until: None,
        end: None,
        successor: String::new(),
    }
}

fn ended(region: OwnRegion, until: &str, end: RegionEnd, successor: &str) -> OwnRegion {
    OwnRegion { until: Some(day(until)), end: Some(end), successor: successor.into(), ..region }
}

/// A county with two towns, one of which went into the other, a village, a grid, and two counties that are no more.
fn known() -> Vec<OwnRegion> {
    vec![
        region("330784100", "石柱镇", "330784", "1950-01-01"),
        ended(
            region("330784101", "新店乡", "330784", "1950-01-01"),
            "2001-10-31",
            RegionEnd::Merged,
            "330784100",
        ),
        region("330784100201", "新店村", "330784100", "1950-01-01"),
        region("330784100201001", "第一网格", "330784100201", "2020-01-01"),
        ended(
            region("330784", "永康县", "330700", "1950-01-01"),
            "1992-10-16",
            RegionEnd::Renamed,
            "330784",
        ),
        ended(
            region("330721", "金华县", "330700", "1950-01-01"),
            "2000-12-31",
            RegionEnd::Merged,
            "330703",
        ),
    ]
}

fn filed() -> Bureau {
    let mut bureau = Bureau::new();
    let entry = bureau.entry("");
    // A county has its name before its towns are put under it.
    let mut known = known();
    known.rotate_right(2);
    let outcomes = bureau.ledger.put_regions(&known, true, &entry).unwrap();
    assert!(outcomes.iter().all(|outcome| matches!(outcome, RegionOutcome::New)), "{outcomes:?}");
    bureau
}

#[test]
fn the_tree_is_asked_for_on_a_day() {
    let bureau = filed();
    let name = |code: &str, on: &str| {
        bureau.ledger.region_at(code, day(on)).unwrap().map(|place| place.name)
    };
    assert_eq!(name("330784", "1985-01-01").as_deref(), Some("永康县"));
    assert_eq!(name("330784", "1992-10-17").as_deref(), Some("永康市"));
    assert_eq!(name("330721", "2000-12-31").as_deref(), Some("金华县"));
    assert_eq!(name("330721", "2001-01-01"), None);
    assert_eq!(name("330784101", "2001-11-01"), None);
    assert_eq!(name("330784", "1949-12-31"), None);
    assert_eq!(name("330700", "1985-01-01").as_deref(), Some("金华市"));
    let below = |code: &str, on: &str| {
        let children = bureau.ledger.children(code, day(on)).unwrap();
        children.into_iter().map(|place| (place.code, place.tier)).collect::<Vec<_>>()
    };
    let (stone, shop) =
        (("330784100".to_owned(), Tier::Town), ("330784101".to_owned(), Tier::Town));
    assert_eq!(below("330784", "2000-01-01"), [stone.clone(), shop]);
    assert_eq!(below("330784", "2024-01-01"), [stone]);
    assert_eq!(below("330784100201", "2024-01-01"), [("330784100201001".to_owned(), Tier::Grid)]);
    let tree = bureau.ledger.regions(day("2024-01-01")).unwrap();
    assert!(tree.len() > 3_000 && tree.is_sorted_by_key(|place| place.code.clone()));
    let grid = tree.iter().find(|place| place.tier == Tier::Grid).unwrap();
    assert_eq!(grid.parent.as_deref(), Some("330784100201"));
    bureau.sound();
}

#[test]
fn names_are_found_with_those_of_the_ledger() {
    let bureau = filed();
    for (written, code) in [
        ("石柱镇", "330784100"),
        ("永康市石柱镇", "330784100"),
        ("浙江省永康市石柱镇", "330784100"),
        ("新店村", "330784100201"),
        ("石柱镇新店村第一网格", "330784100201001"),
        ("永康市", "330784"),
        ("永康县", "330784"),
        ("金华县", "330721"),
        ("330721", "330721"),
        ("330784100201001", "330784100201001"),
    ] {
        assert_eq!(bureau.ledger.region_code(written).unwrap(), code, "{written}");
    }
    for written in ["", "武义县石柱镇", "没有镇", "第二网格"] {
        let error = bureau.ledger.region_code(written).unwrap_err().to_string();
        assert!(error.starts_with(&format!("地区“{written}”有误（应为已有地区")), "{error}");
    }
}

#[test]
fn what_is_no_region_is_refused_by_name() {
    let mut bureau = filed();
    let before = bureau.ledger.verify().unwrap().head;
    let town = |code: &str| region(code, "某镇", "330784", "2010-01-01");
    for (wrong, message) in [
        (town("33078410"), "地区代码“33078410”有误（应为6 位、乡镇 9 位"),
        (town("330784102'"), "地区代码"),
        (OwnRegion { name: " ".into(), ..town("330784102") }, "地区名称“ ”有误"),
        (
            OwnRegion { parent: "330799".into(), ..town("330784102") },
            "上级“330799”有误（应为2010-01-01 已有的地区）",
        ),
        (OwnRegion { parent: "330721".into(), ..town("330784102") }, "上级“330721”有误"),
        (
            OwnRegion { parent: "330784100".into(), ..town("330784102") },
            "上级“330784100”有误（应为级别高于 330784102",
        ),
        (
            OwnRegion { until: Some(day("2009-12-31")), ..town("330784102") },
            "终止日“2009-12-31”有误（应为不早于起始日 2010-01-01）",
        ),
        (town("330784100"), "起止日“2010-01-01”有误（应为不与“石柱镇”（1950-01-01 至今）重叠）"),
        (
            ended(town("330784102"), "2020-01-01", RegionEnd::Merged, ""),
            "后继地区“”有误（应为并入后的地区代码）",
        ),
        (
            ended(town("330784102"), "2020-01-01", RegionEnd::Merged, "330784999"),
            "后继地区“330784999”有误（应为已有地区的代码）",
        ),
        (
            ended(town("330784102"), "2020-01-01", RegionEnd::Merged, "330784102"),
            "后继地区“330784102”有误",
        ),
        (
            ended(town("330784102"), "2020-01-01", RegionEnd::Abolished, "330784100"),
            "后继地区“330784100”有误（应为空",
        ),
        (
            OwnRegion { end: Some(RegionEnd::Abolished), ..town("330784102") },
            "终止日“”有误（应为撤销前的最后一天）",
        ),
        // The town into which another went cannot go back into that.
        (
            ended(
                region("330784100", "石柱镇", "330784", "1950-01-01"),
                "2030-01-01",
                RegionEnd::Merged,
                "330784101",
            ),
            "后继地区“330784101”有误（应为不回到自身的地区代码）",
        ),
    ] {
        let entry = bureau.entry("");
        let outcomes = bureau.ledger.put_regions(&[wrong], true, &entry).unwrap();
        match &outcomes[..] {
            [RegionOutcome::Refused(error)] => {
                assert!(error.to_string().starts_with(message), "{error}");
            }
            other => panic!("{message}: {other:?}"),
        }
    }
    for (who, code, fine) in [
        ("planner", "330784102", true),
        ("elsewhere", "330784103", false),
        ("clerk", "330784103", false),
    ] {
        let entry = bureau.entry(who);
        let outcomes = bureau.ledger.put_regions(&[town(code)], false, &entry).unwrap();
        assert_eq!(matches!(outcomes[0], RegionOutcome::New), fine, "{who}");
    }
    assert_eq!(bureau.ledger.verify().unwrap().head, before, "nothing was written");
    let entry = bureau.entry("");
    let again = bureau.ledger.put_regions(&known(), true, &entry).unwrap();
    assert!(again.iter().all(|outcome| matches!(outcome, RegionOutcome::Equal)));
    assert_eq!(bureau.ledger.verify().unwrap().head, before);
}

#[test]
fn figures_of_a_region_that_is_no_more_stay() {
    let mut bureau = filed();
    let figure = Observation {
        indicator: "GDP".into(),
        region: "330721".into(),
        facet: Facet::Level,
        period: "1999".parse().unwrap(),
        vintage: day("2000-02-20"),
        value: Some("51.20".parse::<Amount>().unwrap()),
        unit: Unit::new("亿元"),
        status: ObservationStatus::Normal,
        source: "年鉴".into(),
        note: "".into(),
    };
    let entry = bureau.entry("");
    bureau.ledger.observe(std::slice::from_ref(&figure), &catalogue(), &entry).unwrap();
    let series = bureau.ledger.series("GDP", "330721", Facet::Level, None).unwrap();
    assert_eq!(series.observations, [figure]);
    bureau.sound();
}
