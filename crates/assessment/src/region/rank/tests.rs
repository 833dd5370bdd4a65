use terms::{ObservationStatus, Series};

use super::*;
use crate::example::{indicator, series, town};
use crate::formula::SeriesTable;

fn put(table: &mut SeriesTable, code: &str, region: &str, unit: &str, figures: &[(&str, &str)]) {
    let facet = if unit == "%" { Facet::Growth } else { Facet::Level };
    table.insert(code, region, facet, series(facet, unit, figures));
}

fn question<'a>(indicator: &'a Indicator, facet: Facet) -> Question<'a> {
    Question {
        indicator,
        facet,
        per: None,
        period: "2024".parse().unwrap(),
        against: "2023".parse().unwrap(),
        order: Order::HighestFirst,
        ties: Ties::Competition,
    }
}

fn shown(found: &Ranking) -> Vec<String> {
    let place = |place: &Place| {
        let value = place.value.round_dp(2).normalize();
        format!("{} {} {value} {:?}", place.rank, place.region.code, place.movement)
    };
    found.places.iter().map(place).collect()
}

#[test]
fn regions_stand_in_their_order_and_what_is_missing_apart() {
    let gdp = indicator("gdp", "地区生产总值", "亿元");
    let mut table = SeriesTable::default();
    put(&mut table, "gdp", "1", "亿元", &[("2023", "90"), ("2024", "100")]);
    put(&mut table, "gdp", "2", "万元", &[("2023", "1000000"), ("2024", "1000000")]);
    put(&mut table, "gdp", "3", "亿元", &[("2024", "70")]);
    put(&mut table, "gdp", "4", "亿元", &[("2023", "60"), ("2024", "120")]);
    put(&mut table, "gdp", "5", "亿元", &[("2023", "200")]);
    let regions = ["1", "2", "3", "4", "5"].map(town);
    let found = rank(&table, question(&gdp, Facet::Level), &regions);
    let expected = ["1 4 120 Up(3)", "2 1 100 Up(1)", "2 2 100 Same", "4 3 70 New"];
    assert_eq!(shown(&found), expected);
    assert_eq!(found.unranked.len(), 1);
    assert_eq!(found.unranked[0].reason, "地区生产总值：没有2024年的数据");
    assert_eq!(found.unit.as_str(), "亿元");
    assert_eq!(found.mean().map(|mean| mean.to_string()).as_deref(), Some("97.5"));
    assert_eq!(found.places[1].inputs[0].observation.unit.as_str(), "亿元");
    assert!(found.remarks[0].contains("只有 4 个地区"), "{:?}", found.remarks);
    let low =
        Question { order: Order::LowestFirst, ties: Ties::Dense, ..question(&gdp, Facet::Level) };
    let ranks: Vec<usize> = rank(&table, low, &regions).places.iter().map(|p| p.rank).collect();
    assert_eq!(ranks, [1, 2, 2, 3]);
}

/// A published growth is never ranked beside one that was computed.
#[test]
fn growth_is_published_or_computed_but_not_both() {
    let gdp = indicator("gdp", "地区生产总值", "亿元");
    let mut table = SeriesTable::default();
    put(&mut table, "gdp", "1", "亿元", &[("2023", "100"), ("2024", "110")]);
    put(&mut table, "gdp", "2", "亿元", &[("2023", "100"), ("2024", "105")]);
    let regions = ["1", "2"].map(town);
    let found = rank(&table, question(&gdp, Facet::Growth), &regions);
    assert_eq!(shown(&found), ["1 1 10 New", "2 2 5 New"]);
    assert!(found.remarks[0].contains("没有发布的增速"));
    assert_eq!(found.places[0].inputs.len(), 2);
    put(&mut table, "gdp", "2", "%", &[("2024", "6.1")]);
    let found = rank(&table, question(&gdp, Facet::Growth), &regions);
    assert_eq!(shown(&found), ["1 2 6.1 New"]);
    assert_eq!(found.unranked[0].region.code, "1");
}

#[test]
fn a_level_is_ranked_per_head_with_the_last_count_of_all() {
    let gdp = indicator("gdp", "地区生产总值", "亿元");
    let people = indicator("population", "常住人口", "万人");
    let mut table = SeriesTable::default();
    put(&mut table, "gdp", "1", "亿元", &[("2024", "100")]);
    put(&mut table, "gdp", "2", "亿元", &[("2024", "60")]);
    let mut provisional: Series = series(Facet::Level, "亿元", &[("2024", "50")]);
    provisional.observations[0].status = ObservationStatus::Provisional;
    table.insert("gdp", "3", Facet::Level, provisional);
    put(&mut table, "population", "1", "万人", &[("2023", "20")]);
    put(&mut table, "population", "2", "人", &[("2023", "50000")]);
    put(&mut table, "population", "3", "万人", &[("2023", "8")]);
    let regions = ["1", "2", "3"].map(town);
    let ask = Question { per: Some(&people), ..question(&gdp, Facet::Level) };
    let found = rank(&table, ask, &regions);
    assert_eq!(found.unit.as_str(), "元/人");
    assert_eq!(shown(&found), ["1 2 120000 New", "2 3 62500 New", "3 1 50000 New"]);
    assert_eq!(found.remarks[0], "常住人口用2023年的数");
    assert!(found.places[1].provisional && !found.places[0].provisional);
}
