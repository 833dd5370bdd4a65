use super::*;
use crate::example::{indicator, series, town};
use crate::formula::SeriesTable;

fn d(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

/// The numbers of COINr's example for Copeland, as three indicators of four towns.
fn table() -> SeriesTable {
    let mut table = SeriesTable::default();
    let columns =
        [("a", ["3", "7", "1", "9"]), ("b", ["5", "5", "2", "8"]), ("c", ["10", "4", "6", "7"])];
    for (code, numbers) in columns {
        for (region, number) in ["1", "2", "3", "4"].into_iter().zip(numbers) {
            table.insert(
                code,
                region,
                Facet::Level,
                series(Facet::Level, "亿元", &[("2024", number)]),
            );
        }
    }
    table
}

fn rules(scoring: Scoring, combined: Combined) -> Race {
    let item = |code: &str, weight: &str| Item {
        indicator: indicator(code, code, "亿元"),
        facet: Facet::Level,
        per: None,
        order: Order::HighestFirst,
        weight: d(weight),
        goals: Some((d("0"), d("10"))),
    };
    Race {
        items: vec![item("a", "1"), item("b", "2"), item("c", "1")],
        scoring,
        combined,
        missing: MissingRule::Exclude,
        ties: Ties::Competition,
    }
}

fn held(rules: &Race, table: &SeriesTable) -> Result<RaceTable, RaceError> {
    let period = |text: &str| text.parse().unwrap();
    race(table, rules, &["1", "2", "3", "4"].map(town), (period("2024"), period("2023")))
}

fn totals(rules: &Race) -> Vec<String> {
    let table = held(rules, &table()).unwrap();
    let row = |row: &RaceRow| {
        let total = row.total.unwrap().round_dp(4).normalize();
        format!("{}:{}={total}", row.rank.unwrap(), row.region.code)
    };
    table.rows.iter().map(row).collect()
}

#[test]
fn points_come_together_as_the_rules_say() {
    let hundred = Scoring::MinMax { from: d("0"), to: d("100") };
    // Town 1: a 25, b 50, c 100, so (25 + 2 × 50 + 100) ÷ 4.
    assert_eq!(
        totals(&rules(hundred, Combined::Arithmetic)),
        ["1:4=87.5", "2:1=56.25", "3:2=43.75", "4:3=8.3333"]
    );
    assert_eq!(
        totals(&rules(Scoring::Borda, Combined::Copeland)),
        ["1:4=3", "2:1=0", "2:2=0", "4:3=-3"]
    );
    // Places: a 3 2 4 1, b 2 2 4 1, c 1 4 3 2.
    assert_eq!(
        totals(&rules(Scoring::Rank, Combined::Sum)),
        ["1:4=5", "2:1=8", "3:2=10", "4:3=15"]
    );
    // Goals from 0 to 10: town 4 (0.9 + 2 × 0.8 + 0.7) ÷ 4.
    assert_eq!(totals(&rules(Scoring::Goalposts, Combined::Arithmetic))[0], "1:4=0.8");
    let mut turned = rules(Scoring::Goalposts, Combined::Arithmetic);
    for item in &mut turned.items {
        (item.order, item.goals) = (Order::LowestFirst, Some((d("10"), d("0"))));
    }
    assert_eq!(totals(&turned)[0], "1:3=0.725");
}

#[test]
fn rules_that_do_not_go_together_are_refused() {
    let of = |scoring, combined| held(&rules(scoring, combined), &table()).map(|_| ());
    let zero = Scoring::MinMax { from: d("0"), to: d("100") };
    assert_eq!(of(zero, Combined::Geometric), Err(RaceError::NotPositive("a".into())));
    let one = Scoring::MinMax { from: d("1"), to: d("100") };
    assert_eq!(of(one, Combined::Geometric), Ok(()));
    assert_eq!(of(Scoring::Rank, Combined::Arithmetic), Err(RaceError::RanksAreAdded));
    assert_eq!(
        held(&rules(zero, Combined::Arithmetic), &SeriesTable::default()),
        Err(RaceError::NoScale("a".into()))
    );
    let mut nothing = rules(zero, Combined::Arithmetic);
    nothing.items.iter_mut().for_each(|item| item.weight = Decimal::ZERO);
    assert_eq!(held(&nothing, &table()), Err(RaceError::NoItem));
    nothing.items.iter_mut().for_each(|item| item.weight = Decimal::MAX);
    assert_eq!(held(&nothing, &table()), Err(RaceError::Range));
    let mut no_goals = rules(Scoring::Goalposts, Combined::Arithmetic);
    no_goals.items[1].goals = None;
    assert_eq!(held(&no_goals, &table()), Err(RaceError::NoGoals("b".into())));
}

#[test]
fn a_region_that_lacks_an_item_is_left_out_or_weighed_anew() {
    let mut table = table();
    table.insert("c", "1", Facet::Level, series(Facet::Level, "亿元", &[("2022", "1")]));
    let mut rules = rules(Scoring::Goalposts, Combined::Arithmetic);
    let found = held(&rules, &table).unwrap();
    let last = found.rows.last().unwrap();
    assert_eq!((last.region.code.as_str(), last.total, last.rank), ("1", None, None));
    assert_eq!(last.covered, d("75"));
    assert_eq!(last.cells[2].reason.as_deref(), Some("c：没有2024年的数据"));
    rules.missing = MissingRule::Reweight;
    let found = held(&rules, &table).unwrap();
    let row = found.rows.iter().find(|row| row.region.code == "1").unwrap();
    // (0.3 + 2 × 0.5) ÷ 3.
    assert_eq!(row.total.unwrap().round_dp(4), d("0.4333"));
    assert!(found.remarks.iter().any(|remark| remark.contains("升降无从比较")));
}
