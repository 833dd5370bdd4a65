//! The language as its users see it.

mod chance;
mod columns;
mod computing;
mod energy;
mod gathering;
mod reading;
mod units;

use terms::{Better, Facet, Frequency, Indicator};

use super::*;
use crate::example::series;

/// The region of the figures that tests are made of.
const REGION: &str = "330784";

fn indicator(code: &str, name: &str, unit: &str) -> Indicator {
    Indicator {
        code: code.into(),
        name: name.into(),
        english: String::new(),
        synonyms: Vec::new(),
        unit: unit.into(),
        better: Better::Higher,
        frequency: Frequency::Month,
        definition: String::new(),
        formula: String::new(),
        owner: String::new(),
    }
}

fn catalogue() -> Vec<Indicator> {
    [
        ("gdp", "地区生产总值", "亿元"),
        ("budget-revenue", "一般公共预算收入", "亿元"),
        ("tax", "税收收入", "亿元"),
        ("non-tax", "非税收入", "万元"),
        ("people", "常住人口", "万人"),
        ("tax-share", "税收占比", "%"),
        ("gap", "城乡居民收入倍差", ""),
        ("land", "用地面积", "亩"),
        ("forest", "造林面积", "公顷"),
        ("firms", "规上企业", "家"),
        ("projects", "开工项目", "个"),
        ("dust", "PM2.5平均浓度", "微克/立方米"),
        ("rd", "R&D经费支出", "亿元"),
        ("doctors", "执业（助理）医师", "人"),
        ("foreign", "实际使用外资", "亿美元"),
        ("works", "交通、水利投资", "亿元"),
        ("power", "全社会用电量", "亿千瓦时"),
        ("coal", "原煤消费量", "万吨"),
        ("gas", "天然气消费量", "万立方米"),
        ("heat", "供热量", "兆焦"),
        ("energy", "能源消费总量", "万吨标准煤"),
    ]
    .into_iter()
    .map(|(code, name, unit)| indicator(code, name, unit))
    .collect()
}

/// An indicator, a unit, and the figures by period.
type Known<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

/// The figures of the region.
fn figures(all: &[Known<'_>]) -> SeriesTable {
    let mut table = SeriesTable::default();
    for (code, unit, known) in all {
        table.insert(code, REGION, Facet::Level, series(Facet::Level, unit, known));
    }
    table
}

/// Checks a condition of which `本值` is the level of gross product.
fn condition(source: &str) -> Result<CheckedCondition, FormulaError> {
    let catalogue = catalogue();
    let this = Some((&catalogue[0], Facet::Level));
    Formula::parse(source)?.condition(&Names::of(&catalogue), this)
}

fn number(source: &str) -> Result<CheckedNumber, FormulaError> {
    let catalogue = catalogue();
    let this = Some((&catalogue[0], Facet::Level));
    Formula::parse(source)?.number(&Names::of(&catalogue), this)
}

/// What a formula comes to, to four decimals with its unit, or why not.
fn computed(source: &str, figures: &SeriesTable, period: &str) -> String {
    let formula = number(source).unwrap_or_else(|error| panic!("{}", error.render(source)));
    match formula.compute(figures, REGION, period.parse().unwrap()) {
        Ok((found, _)) => format!("{}{}", found.value.round_dp(4).normalize(), found.unit),
        Err(why) => why.to_string(),
    }
}

/// Whether a condition holds: 是, 否, or why that cannot be told.
fn judged(source: &str, figures: &SeriesTable, period: &str) -> String {
    let formula = condition(source).unwrap_or_else(|error| panic!("{}", error.render(source)));
    match formula.judge(figures, REGION, period.parse().unwrap()).holds {
        Ok(true) => "是".into(),
        Ok(false) => "否".into(),
        Err(why) => why.to_string(),
    }
}
