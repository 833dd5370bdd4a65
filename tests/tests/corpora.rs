//! Figures that others have read: the growth targets of provinces, and the national fiscal series that a peer
//! read out of the ministry's narratives. Where the two readings differ, `docs/conformance.md` says who is right.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;

use rust_decimal::Decimal;
use serde_json::Value;
use terms::{Basis, Comparator, Direction, Role, Statement};

fn statements(name: &str, bytes: &[u8]) -> Vec<Statement> {
    let document = document::read(name, bytes).unwrap();
    statement::extract(&document, &statement::catalogue()).statements
}

fn decimal(value: &Value) -> Option<Decimal> {
    value.as_number().map(|number| number.to_string().parse().unwrap())
}

/// Low, high and comparator of the first growth target of gross domestic product.
fn growth_target(found: &[Statement], roles: &[Role]) -> Option<(Decimal, Decimal, Comparator)> {
    let target = found.iter().find(|statement| {
        statement.indicator.as_deref() == Some("gdp")
            && statement.basis == Some(Basis::Growth)
            && roles.contains(&statement.role)
    })?;
    let low = target.value.as_ref()?.exact()?;
    let high = target.upper.as_ref().map_or(Some(low), |upper| upper.exact())?;
    Some((low, high, target.comparator?))
}

#[test]
fn the_growth_target_of_every_province_is_read_from_its_sentence() {
    let Some(path) = tests::shared("corpus/prov_targets.jsonl") else { return };
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in fs::read_to_string(path).unwrap().lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let comparator = match row["phrasing"].as_str().unwrap() {
            "区间" => Comparator::Range,
            "以上" => Comparator::AtLeast,
            "左右" => Comparator::About,
            "" => Comparator::Equal,
            other => panic!("`{other}` is no known phrasing"),
        };
        let expected = (decimal(&row["low"]).unwrap(), decimal(&row["high"]).unwrap(), comparator);
        let text = format!("某省2026年主要预期目标\n{}\n", row["sentence"].as_str().unwrap());
        let found = growth_target(&statements("目标.txt", text.as_bytes()), Role::ALL);
        if found != Some(expected) {
            wrong.push(format!("{}: {found:?} for {expected:?}", row["province"]));
        }
        count += 1;
    }
    assert!(count >= 16, "only {count} provinces");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_growth_target_is_read_from_a_whole_report() {
    for (name, low, high, comparator) in [
        ("2026_HB", "5.5", "5.5", Comparator::About),
        ("2026_SH", "5", "5", Comparator::About),
        ("2026_XJ", "5.5", "6", Comparator::Range),
    ] {
        let Some(path) = tests::shared(&format!("corpus/prov/{name}.txt")) else { return };
        let found = statements(name, &fs::read(path).unwrap());
        let expected = (low.parse().unwrap(), high.parse().unwrap(), comparator);
        assert_eq!(growth_target(&found, &[Role::Target]), Some(expected), "{name}");
    }
}

/// The narratives of which the series holds a month. The one of 2008 is older than the series.
const NARRATIVES: &[(&str, &str)] = &[
    ("t20210318_3672268", "2021-02"),
    ("t20230130_3864368", "2022-12"),
    ("t20240321_3931078", "2024-02"),
    ("t20250917_3972555", "2025-08"),
];

/// Keys of the series, and how the narratives name what they hold.
const SERIES: &[(&str, &[&str])] = &[
    ("pub_rev", &["全国一般公共预算收入"]),
    ("tax", &["全国税收收入"]),
    ("nontax", &["非税收入"]),
    ("pub_rev_central", &["中央一般公共预算收入"]),
    ("pub_rev_local", &["地方一般公共预算本级收入"]),
    ("pub_exp", &["全国一般公共预算支出"]),
    ("pub_exp_central", &["中央一般公共预算本级支出"]),
    ("pub_exp_local", &["地方一般公共预算支出"]),
    ("fund_rev", &["全国政府性基金预算收入"]),
    ("land_rev", &["国有土地使用权出让收入"]),
    ("fund_exp", &["全国政府性基金预算支出"]),
    ("fund_exp_central", &["中央政府性基金预算本级支出"]),
    ("fund_exp_local", &["地方政府性基金预算支出", "地方政府性基金预算相关支出"]),
    ("land_exp", &["国有土地使用权出让收入相关支出"]),
];

/// Lists of the series whose members carry the name that the narratives use.
const LISTS: &[&str] = &["tax_items", "tax_sub", "exp_items"];

/// Every figure where the peer's series and the narrative differ: month, key, field, and what the narrative says.
const PEER_WRONG: &[(&str, &str, &str, &str)] = &[
    // The narrative says 相关支出; the peer knows 支出 only and has no figure.
    ("2021-02", "fund_exp_local", "v", "10931"),
    ("2021-02", "fund_exp_local", "g", "-14.4"),
    // The peer passes over 微增 and takes the growth of the next revenue.
    ("2025-08", "tax", "g", "0.02"),
    // The peer passes over a growth told as a multiple, 3.1倍, and takes that of the next expenditure.
    ("2025-08", "fund_exp_central", "g", "310"),
];

/// How many figures our reader may leave without a name that the series knows. It names none wrongly.
const MISSED_AT_MOST: usize = 1;

/// Level in 亿元 and growth in %, downwards negative, of what bears one of the names.
fn figures(found: &[Statement], names: &[&str]) -> (Option<Decimal>, Option<Decimal>) {
    let named = |statement: &&Statement| names.contains(&&*statement.measure);
    let exact = |statement: &Statement| statement.value.as_ref().and_then(terms::Amount::exact);
    let unit = |statement: &Statement| statement.unit.as_ref().map(|unit| unit.as_str().to_owned());
    let level = found.iter().filter(named).find(|statement| {
        statement.basis == Some(Basis::Level) && unit(statement).as_deref() == Some("亿元")
    });
    let growth =
        found.iter().filter(named).find(|statement| statement.basis == Some(Basis::Growth));
    let growth = growth.and_then(|statement| {
        let size = match unit(statement)?.as_str() {
            "%" => exact(statement)?,
            "倍" => exact(statement)? * Decimal::ONE_HUNDRED,
            _ => return None,
        };
        Some(if statement.direction == Some(Direction::Down) { -size } else { size })
    });
    (level.and_then(exact), growth)
}

#[test]
fn the_fiscal_narratives_give_the_series_of_the_peer() {
    let Some(path) = tests::shared("corpus/mof/fiscal_series.json") else { return };
    let series: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut differing = BTreeMap::new();
    let (mut compared, mut missed) = (0, 0);
    for (file, period) in NARRATIVES {
        let Some(path) = tests::shared(&format!("corpus/mof/{file}.txt")) else { return };
        let found = statements(file, &fs::read(path).unwrap());
        let month = series.as_array().unwrap().iter().find(|month| month["period"] == *period);
        let month = month.unwrap_or_else(|| panic!("the series has no {period}"));
        for (key, names, peer) in month_figures(month) {
            let (level, growth) = figures(&found, &names);
            for (field, ours) in [("v", level), ("g", growth)] {
                let theirs = decimal(&peer[field]);
                compared += 1;
                if ours != theirs {
                    println!("{period} {key}.{field}: ours {ours:?}, the peer's {theirs:?}");
                    missed += usize::from(ours.is_none());
                    differing.insert((*period, key.clone(), field), ours);
                }
            }
        }
    }
    println!("{compared} figures compared, {} differ, {missed} missed by us", differing.len());
    assert!(compared > 300, "only {compared} figures");
    assert!(missed <= MISSED_AT_MOST, "{missed} figures are missed");
    let known: BTreeMap<_, Decimal> = PEER_WRONG
        .iter()
        .map(|(period, key, field, told)| {
            ((*period, (*key).to_owned(), *field), told.parse().unwrap())
        })
        .collect();
    assert!(differing.keys().eq(known.keys()), "{differing:#?} differ, known are {known:#?}");
    for (place, ours) in differing {
        assert!(ours.is_none_or(|ours| ours == known[&place]), "{place:?}: {ours:?}");
    }
}

/// The figures of a month of the series: key, names in the narratives, and the record.
fn month_figures(month: &Value) -> Vec<(String, Vec<&str>, &Value)> {
    let totals =
        SERIES.iter().map(|(key, names)| ((*key).to_owned(), names.to_vec(), &month[*key]));
    let items = LISTS.iter().flat_map(|list| month[*list].as_array().unwrap()).map(|item| {
        let name = item["name"].as_str().unwrap();
        let told = if name == "其他税收" { "其他各项税收收入" } else { name };
        (name.to_owned(), vec![told], item)
    });
    totals.chain(items).collect()
}
