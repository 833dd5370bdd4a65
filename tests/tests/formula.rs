//! The formula language on the catalogue of the program: what is refused and how, and what derived indicators come to.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use assessment::formula::{Checked, CheckedNumber, Formula, FormulaError, Names, SeriesTable};
use rust_decimal::Decimal;
use terms::{Day, Facet, Indicator, Observation, ObservationStatus, Period, Series, Unit};
use tests::suite;

const REGION: &str = "330784";

/// What a formula is, or why it is none.
fn checked(source: &str, names: &Names<'_>) -> Result<String, FormulaError> {
    Ok(match Formula::parse(source)?.check(names, None)? {
        Checked::Number(number) => format!("数 {}", number.unit()),
        Checked::Condition(_) => "条件".to_owned(),
    })
}

#[test]
fn formula_cases() {
    let catalogue = statement::catalogue();
    let names = Names::of(&catalogue);
    suite::run("assessment-formula", |input| {
        let mut out = String::new();
        for source in input.lines() {
            match checked(source, &names) {
                Ok(kind) => writeln!(out, "{source}\n  {kind}"),
                Err(error) => writeln!(out, "{source}\n  {error}"),
            }
            .unwrap();
        }
        out
    });
}

/// Figures of one region: indicator, facet, unit, and values by period.
type Known<'a> = (&'a str, Facet, &'a str, &'a [(&'a str, &'a str)]);

fn table(all: &[Known<'_>]) -> SeriesTable {
    let mut table = SeriesTable::default();
    for (code, facet, unit, values) in all {
        let mut observations: Vec<Observation> = values
            .iter()
            .map(|(period, value)| Observation {
                indicator: (*code).into(),
                region: REGION.into(),
                facet: *facet,
                period: period.parse().unwrap(),
                vintage: Day::new(2025, 3, 1).unwrap(),
                value: Some(value.parse().unwrap()),
                unit: Unit::new(*unit),
                status: ObservationStatus::Normal,
                source: "统计公报".into(),
                note: "".into(),
            })
            .collect();
        observations.sort_by_key(|known| known.period);
        let series = Series { observations, redefinitions: Vec::new() };
        table.insert(code, REGION, *facet, series);
    }
    table
}

/// What a formula comes to, to six decimals, or why not.
fn said(formula: &CheckedNumber, figures: &SeriesTable, period: &str) -> String {
    let period: Period = period.parse().unwrap();
    let at_once = formula.compute_all(figures, &[REGION], &[period]).at(0, 0);
    match formula.compute(figures, REGION, period) {
        Ok((found, readings)) => {
            assert_eq!(at_once, Some(found.value), "one by one and at once");
            assert!(!readings.is_empty(), "a figure comes from somewhere");
            let rounded: Decimal = found.value.round_dp(6);
            format!("{}{}", rounded.normalize(), found.unit)
        }
        Err(why) => {
            assert_eq!(at_once, None);
            why.to_string()
        }
    }
}

fn derived(code: &str, figures: &SeriesTable, period: &str) -> String {
    let catalogue = statement::catalogue();
    let indicator: &Indicator = catalogue.iter().find(|known| known.code == code).unwrap();
    let formula = Formula::of_indicator(&Names::of(&catalogue), indicator).unwrap();
    said(&formula, figures, period)
}

fn computed(source: &str, figures: &SeriesTable, period: &str) -> String {
    let catalogue = statement::catalogue();
    let formula = Formula::parse(source).unwrap().number(&Names::of(&catalogue), None);
    said(&formula.unwrap_or_else(|e| panic!("{}", e.render(source))), figures, period)
}

const LEVEL: Facet = Facet::Level;

/// Reference value, computed independently: −2.551316 % exactly, −2.531940 % where each year's intensity first keeps
/// four decimals, as bulletins reckon. A reduction is told as positive.
#[test]
fn energy_per_product_keeps_four_decimals_of_each_year_first() {
    let figures = table(&[
        ("gdp-constant", LEVEL, "亿元", &[("2023", "720.5"), ("2024", "760.1")]),
        ("energy-use", LEVEL, "万吨标准煤", &[("2023", "310.2"), ("2024", "318.9")]),
    ]);
    assert_eq!(derived("energy-intensity-reduction", &figures, "2024"), "2.53194%");
    assert_eq!(derived("energy-intensity", &figures, "2024"), "0.4196吨标准煤/万元");
    let exact =
        "1 - 能源消费总量 ÷ 不变价地区生产总值 ÷ (同期(能源消费总量) ÷ 同期(不变价地区生产总值))";
    assert_eq!(computed(&format!("换算({exact}, 1%)"), &figures, "2024"), "2.551316%");
    // In other units the four decimals are those of the same unit.
    let figures = table(&[
        ("gdp-constant", LEVEL, "万元", &[("2023", "7205000"), ("2024", "7601000")]),
        ("energy-use", LEVEL, "吨标准煤", &[("2023", "3102000"), ("2024", "3189000")]),
    ]);
    assert_eq!(derived("energy-intensity-reduction", &figures, "2024"), "2.53194%");
    let missing = derived("energy-intensity-reduction", &figures, "2023");
    assert_eq!(missing, "没有永康市2022年的能源消费总量");
}

/// 760.1 over the mean of 58.2 and 59.4; with the year's end alone it would be 12.796296.
#[test]
fn labour_productivity_takes_the_mean_of_the_employed() {
    let figures = table(&[
        ("gdp", LEVEL, "亿元", &[("2024", "760.1")]),
        ("employed", LEVEL, "万人", &[("2023", "58.2"), ("2024", "59.4")]),
    ]);
    assert_eq!(derived("labour-productivity", &figures, "2024"), "12.926871万元/人");
    let figures = table(&[
        ("gdp", LEVEL, "亿元", &[("2024", "760.1")]),
        ("employed", LEVEL, "万人", &[("2024", "59.4")]),
    ]);
    let missing = derived("labour-productivity", &figures, "2024");
    assert_eq!(missing, "没有永康市2023年的从业人员");
}

/// From yuan, then rounded to two decimals: 65938 over 40013 is 1.647914, and 1.65.
#[test]
fn the_gap_of_incomes_comes_from_yuan() {
    let figures = table(&[
        ("urban-income", LEVEL, "元", &[("2023", "65938"), ("2024", "68900")]),
        ("rural-income", LEVEL, "元", &[("2023", "40013"), ("2024", "4〓213")]),
    ]);
    assert_eq!(derived("income-gap", &figures, "2023"), "1.65");
    let lost = derived("income-gap", &figures, "2024");
    assert_eq!(lost, "2024年的农村居民人均可支配收入没有完整的数值");
}

/// Done from January on against the plan of the whole year.
#[test]
fn the_rate_of_investment_is_cumulative_over_the_plan_of_the_year() {
    let figures = table(&[
        ("investment-done", LEVEL, "亿元", &[("2024-01..05", "54"), ("2024", "126")]),
        ("major-project-plan", LEVEL, "万元", &[("2024", "1200000")]),
    ]);
    assert_eq!(derived("investment-completion", &figures, "2024-01..05"), "45%");
    assert_eq!(derived("investment-completion", &figures, "2024"), "105%");
    let ahead = "累计完成投资 ÷ 全年(年度计划投资) - 时序进度()";
    assert_eq!(computed(ahead, &figures, "2024-01..05"), "3.333333%");
}

#[test]
fn the_share_of_research_is_of_the_product_at_current_prices() {
    let figures = table(&[
        ("gdp", LEVEL, "亿元", &[("2023", "720.5")]),
        ("rd-spending", LEVEL, "万元", &[("2023", "187330")]),
    ]);
    assert_eq!(derived("rd-intensity", &figures, "2023"), "2.6%");
}

/// Reference values, computed independently: months from cumulative figures, two years' mean of 2.1 and 8.9 %, a nominal
/// ratio over a deflator of 1.012, and the mean growth from 100 to 128 in five years.
#[test]
fn growth_is_told_at_current_comparable_and_constant_prices() {
    let figures = table(&[
        (
            "budget-revenue",
            LEVEL,
            "亿元",
            &[
                ("2024-01..02", "100"),
                ("2024-Q1", "160"),
                ("2024-01..04", "214"),
                ("2024-01..05", "275"),
                ("2024-H1", "350"),
            ],
        ),
        (
            "budget-revenue",
            Facet::Growth,
            "%",
            &[
                ("2024-01..02", "5"),
                ("2024-Q1", "6"),
                ("2024-01..04", "6.2"),
                ("2024-01..05", "6.1"),
                ("2024-H1", "6.5"),
            ],
        ),
        (
            "gdp",
            LEVEL,
            "亿元",
            &[("2019", "625"), ("2022", "100"), ("2023", "800"), ("2024", "848")],
        ),
        ("gdp", Facet::Growth, "%", &[("2023", "2.1"), ("2024", "8.9")]),
    ]);
    for (source, period, expected) in [
        ("单月(一般公共预算收入)", "2024-Q1", "60亿元"),
        ("单月增速(一般公共预算收入)", "2024-Q1", "7.709677%"),
        ("单月增速(一般公共预算收入)", "2024-01..04", "6.797048%"),
        ("单月增速(一般公共预算收入)", "2024-05", "5.750665%"),
        ("单月增速(一般公共预算收入)", "2024-H1", "7.992832%"),
        ("累计(一般公共预算收入)", "2024-04", "214亿元"),
        ("现价增速(gdp)", "2024", "6%"),
        ("可比价增速(gdp, 101.2%)", "2024", "4.743083%"),
        ("可比价增速(gdp, 1.2%)", "2024", "价格指数 1.2% 不合理（应以上年为 100%，如 101.2%）"),
        ("不变价(gdp, 2022年)", "2024", "111.1869亿元"),
        ("年均增速(不变价(gdp, 2022年), 2年)", "2024", "5.445199%"),
        ("不变价(gdp, 2024年)", "2022", "762.679776亿元"),
        // 848 × 0.28 + 100 over 625 × 0.28 + 100.
        ("年均增速(gdp × 0.28 + 100亿元, 5年)", "2024", "4.177222%"),
    ] {
        assert_eq!(computed(source, &figures, period), expected, "{source} {period}");
    }
    let levels = table(&[("gdp", LEVEL, "亿元", &[("2019", "100"), ("2024", "128")])]);
    assert_eq!(computed("年均增速(gdp, 5年)", &levels, "2024"), "5.061112%");
}
