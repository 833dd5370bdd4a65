use terms::{Day, ObservationStatus, Redefinition, Series};

use super::super::{Asked, method_of};
use super::*;
use crate::example::{indicator, series, town};
use crate::formula::SeriesTable;

fn d(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

fn catalogue() -> Vec<Indicator> {
    vec![
        indicator("gdp", "地区生产总值", "亿元"),
        indicator("revenue", "一般公共预算收入", "亿元"),
        indicator("population", "常住人口", "万人"),
        indicator("income", "居民人均可支配收入", "元"),
        Indicator {
            formula: "地区生产总值 ÷ 常住人口".into(),
            ..indicator("per-head", "人均地区生产总值", "元")
        },
    ]
}

const PARENT: &str = "330784";
const TOWNS: [&str; 3] = ["330784001", "330784002", "330784003"];

fn branches() -> Vec<Branch> {
    TOWNS.iter().map(|code| Branch { place: town(code), below: Vec::new() }).collect()
}

/// Indicator, region, unit, and values by period.
type Row<'a> = (&'a str, &'a str, &'a str, &'a [(&'a str, &'a str)]);

fn table(rows: &[Row<'_>]) -> SeriesTable {
    let row = |(code, region, unit, figures): &Row<'_>| {
        let mut series = series(Facet::Level, unit, figures);
        for known in &mut series.observations {
            (known.indicator, known.region) = ((*code).into(), (*region).into());
        }
        (((*code).to_owned(), (*region).to_owned(), Facet::Level), series)
    };
    rows.iter().map(row).collect()
}

fn rolled(figures: &SeriesTable, code: &str, asked: Asked<'_>) -> RollUp {
    let catalogue = catalogue();
    let indicator = Indicator::named(&catalogue, code).unwrap();
    let method = method_of(indicator, &catalogue, asked).unwrap();
    roll_up(figures, (indicator, method), (PARENT, &branches()), "2024".parse().unwrap())
}

/// Mixed units are joined exactly, the published figure stands beside the sum, and the difference is explained.
#[test]
fn a_sum_stands_beside_the_published_figure() {
    let figures = table(&[
        ("gdp", TOWNS[0], "亿元", &[("2023", "100"), ("2024", "106.0")]),
        ("gdp", TOWNS[1], "万元", &[("2023", "500000"), ("2024", "540000")]),
        ("gdp", TOWNS[2], "亿元", &[("2023", "50"), ("2024", "52.0")]),
        ("gdp", PARENT, "亿元", &[("2024", "214.5")]),
    ]);
    let found = rolled(&figures, "gdp", Asked::default());
    assert_eq!(found.value, Some(d("212.0")));
    assert_eq!(found.coverage.share, Some(Decimal::ONE_HUNDRED));
    assert_eq!(TOWNS.map(|code| found.share(code)), [d("50.0"), d("25.5"), d("24.5")].map(Some));
    assert_eq!(found.share(PARENT), None);
    assert_eq!(found.growth.map(|(rate, count)| (rate.normalize(), count)), Some((d("6"), 3)));
    let gap = found.gap.unwrap();
    assert_eq!((gap.difference, gap.percent.unwrap().round_dp(4)), (d("2.5"), d("1.1655")));
    // Half a decimal of 106.0, 52.0 and 214.5, and of 540000万元.
    assert_eq!(gap.rounding.unwrap().normalize(), d("0.15005"));
    assert!(found.remarks.iter().any(|remark| remark.contains("超出四舍五入")));
    assert!(found.remarks.iter().any(|remark| remark.contains("统一核算")));
    assert_eq!(found.parts[1].value, Some(d("54")));
    assert_eq!(&*found.parts[1].inputs[0].observation.source, "月报");
}

#[test]
fn who_is_missing_is_named_and_the_sum_is_not_the_whole() {
    let figures = table(&[
        ("gdp", TOWNS[0], "亿元", &[("2023", "100"), ("2024", "106")]),
        ("gdp", TOWNS[1], "亿元", &[("2023", "60"), ("2024", "6〓")]),
        ("gdp", TOWNS[2], "亿元", &[("2023", "40")]),
    ]);
    let found = rolled(&figures, "gdp", Asked::default());
    assert_eq!(found.value, Some(d("106")));
    assert_eq!(found.coverage.missing, [TOWNS[1], TOWNS[2]]);
    assert_eq!((found.coverage.present, found.coverage.all), (1, 3));
    assert_eq!((found.coverage.share, found.coverage.measured_by), (Some(d("50")), Use::Base));
    let lack = |at: usize| found.parts[at].lack.as_ref().unwrap().to_string();
    assert_eq!(lack(1), "地区生产总值：2024年的数值缺失");
    assert_eq!(lack(2), "地区生产总值：没有2024年的数据");
    assert!(found.remarks[0].contains("缺 2 个下级"), "{:?}", found.remarks);
    let none = rolled(&SeriesTable::default(), "gdp", Asked::default());
    assert_eq!((none.value, none.coverage.share), (None, None));
}

#[test]
fn a_ratio_is_of_sums_and_a_mean_says_that_it_is_one() {
    let figures = table(&[
        ("gdp", TOWNS[0], "亿元", &[("2024", "100")]),
        ("gdp", TOWNS[1], "万元", &[("2024", "300000")]),
        ("gdp", TOWNS[2], "亿元", &[("2024", "20")]),
        ("population", TOWNS[0], "万人", &[("2024", "10")]),
        ("population", TOWNS[1], "人", &[("2024", "60000")]),
        ("population", TOWNS[2], "万人", &[("2024", "4")]),
        ("income", TOWNS[0], "元", &[("2024", "60000")]),
        ("income", TOWNS[1], "元", &[("2024", "40000")]),
        ("income", TOWNS[2], "元", &[("2024", "30000")]),
    ]);
    // 150 亿元 among 20 万人.
    let found = rolled(&figures, "per-head", Asked::default());
    assert_eq!((found.method, found.value), (MethodName::RatioOfSums, Some(d("75000"))));
    assert_eq!(found.parts[1].value, Some(d("50000")));
    let catalogue = catalogue();
    let weighed = Asked { weight: Some(&catalogue[2]), ..Asked::default() };
    // (60000 × 10 + 40000 × 6 + 30000 × 4) ÷ 20.
    assert_eq!(rolled(&figures, "income", weighed).value, Some(d("48000")));
    // People are counted once a year.
    let indicator = &catalogue[3];
    let method = Method::WeightedMean { weight: &catalogue[2] };
    let half = table(&[
        ("income", TOWNS[0], "元", &[("2024-H1", "30000")]),
        ("income", TOWNS[1], "元", &[("2024-H1", "20000")]),
        ("population", TOWNS[0], "万人", &[("2023", "10")]),
        ("population", TOWNS[1], "万人", &[("2023", "30")]),
    ]);
    let two = &branches()[..2];
    let found = roll_up(&half, (indicator, method), (PARENT, two), "2024-H1".parse().unwrap());
    assert_eq!((found.value, &*found.remarks[0]), (Some(d("22500")), "权数常住人口用2023年的数"));
    let mean = Asked { method: Some(MethodName::Mean), ..Asked::default() };
    let found = rolled(&figures, "income", mean);
    assert_eq!(found.value.unwrap().round_dp(2), d("43333.33"));
    assert!(found.remarks[0].starts_with("简单平均"));
}

/// The formula is applied to the sums of what it reads for each town, of this year and the last.
#[test]
fn a_formula_is_applied_to_sums() {
    let mut catalogue = catalogue();
    catalogue[4].formula = "地区生产总值 ÷ 均值(常住人口, 同期(常住人口)) × 1人".into();
    let mut figures = table(&[
        ("gdp", TOWNS[0], "亿元", &[("2023", "90"), ("2024", "100")]),
        ("gdp", TOWNS[1], "万元", &[("2023", "100000"), ("2024", "200000")]),
        ("population", TOWNS[0], "万人", &[("2023", "18"), ("2024", "22")]),
        ("population", TOWNS[1], "人", &[("2023", "30000"), ("2024", "50000")]),
        ("population", TOWNS[2], "万人", &[("2024", "4")]),
    ]);
    let rolled = |figures: &SeriesTable| {
        let method = method_of(&catalogue[4], &catalogue, Asked::default()).unwrap();
        roll_up(figures, (&catalogue[4], method), (PARENT, &branches()), "2024".parse().unwrap())
    };
    let found = rolled(&figures);
    // 120 亿元 among the mean of 21 and 27 万人; the third town has no product.
    assert_eq!((found.method, found.value), (MethodName::FormulaOfSums, Some(d("50000"))));
    assert_eq!(found.parts[0].value, Some(d("50000")));
    assert_eq!(found.parts[1].inputs.len(), 3);
    assert_eq!(found.coverage.missing, [TOWNS[2]]);
    assert!(found.parts[2].lack.as_ref().unwrap().to_string().contains("地区生产总值"));
    // How large the third one is, is not known.
    assert_eq!(found.coverage.share, None);
    figures.insert("gdp", TOWNS[2], Facet::Level, series(Facet::Level, "亿元", &[("2023", "25")]));
    let share = rolled(&figures).coverage.share.unwrap();
    assert_eq!((share, rolled(&figures).coverage.measured_by), (d("80"), Use::Numerator));
}

#[test]
fn a_change_of_definition_in_some_towns_is_said() {
    let mut figures = table(&[("revenue", TOWNS[0], "亿元", &[("2023", "1"), ("2024", "2")])]);
    let mut changed = series(Facet::Level, "亿元", &[("2023", "1"), ("2024", "3")]);
    changed.observations[1].status = ObservationStatus::Provisional;
    changed.redefinitions.push(Redefinition {
        indicator: "revenue".into(),
        region: Some(TOWNS[1].into()),
        from: "2024".parse().unwrap(),
        known: Day::new(2024, 3, 1).unwrap(),
        reason: "并入开发区".into(),
    });
    figures.insert("revenue", TOWNS[1], Facet::Level, changed);
    let found = rolled(&figures, "revenue", Asked::default());
    assert!(
        found.remarks.iter().any(|r| r.contains("并入开发区") && r.contains("口径不一")),
        "{:?}",
        found.remarks
    );
    assert!(found.remarks.iter().any(|remark| remark.contains("初步")));
    // The town whose definition changed does not count for the growth.
    assert_eq!(found.growth, Some((d("100"), 1)));
}

/// A generator of Knuth (MMIX), so that every run tries the same.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Grows a random tree; every leaf has a figure, in one of two units.
fn grow(
    chance: &mut Chance,
    code: String,
    depth: u64,
    table: &mut SeriesTable,
    sum: &mut Decimal,
) -> Branch {
    let count = if depth == 0 { 0 } else { chance.below(4) };
    let below: Vec<Branch> = (0..count)
        .map(|child| grow(chance, format!("{code}{child:03}"), depth - 1, table, sum))
        .collect();
    if below.is_empty() {
        let value = Decimal::new(chance.below(1_000_000).cast_signed(), 2);
        *sum += value;
        let (unit, value) = match chance.below(2) {
            0 => ("亿元", value),
            _ => ("万元", value * Decimal::from(10_000)),
        };
        let figures: Series = series(Facet::Level, unit, &[("2024", &value.to_string())]);
        table.insert("gdp", &code, Facet::Level, figures);
    }
    Branch { place: town(&code), below }
}

#[test]
fn the_sum_of_a_tree_is_that_of_its_leaves() {
    let mut chance = Chance(3);
    let catalogue = catalogue();
    for _ in 0..200 {
        let (mut table, mut sum) = (SeriesTable::default(), Decimal::ZERO);
        let tree = grow(&mut chance, PARENT.into(), 3, &mut table, &mut sum);
        let tree = if tree.below.is_empty() { vec![tree] } else { tree.below };
        let found =
            roll_up(&table, (&catalogue[0], Method::Sum), ("1", &tree), "2024".parse().unwrap());
        let unit = found.unit.clone();
        let value = unit.convert(found.value.unwrap(), &Unit::new("亿元")).unwrap();
        assert_eq!(value.normalize(), sum.normalize());
        assert!(found.coverage.missing.is_empty());
    }
}
