//! `duixian rollup`: what figures of the regions below one come to, beside the published figure.

use std::collections::HashMap;

use assessment::region::{
    Asked, Branch, Method, MethodName, Part, RollUp, Use, method_of, roll_up,
};
use clap::{Args, ValueEnum};
use ledger::Ledger;
use publication::grid::Grid;
use serde_json::json;
use terms::{Day, Indicator, Period, RegionPlace};

use super::LedgerArgument;
use super::regional::{self, Answer, Format, Records};
use crate::error::Failure;
use crate::figures::LedgerFigures;

/// What `duixian rollup` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 指标的代码或名称（code or name of the indicator）
    #[arg(value_name = "指标", help_heading = "参数")]
    indicator: String,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 汇总到哪个地区：名称或代码（region that the others belong to）
    #[arg(long, value_name = "地区", help_heading = "选项")]
    region: String,
    /// 时期，如 2024、2024-01..05（period）
    #[arg(long, value_name = "时期", help_heading = "选项")]
    period: Period,
    /// 按这一天所知（as known on this day）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    as_of: Option<Day>,
    /// 方法：sum 合计、weighted-mean 加权平均、ratio-of-sums 分子之和比分母之和、formula-of-sums 各项之和代入公式、mean 简单平均；默认由指标定（method）
    #[arg(
        long,
        value_enum,
        value_name = "方法",
        hide_possible_values = true,
        help_heading = "选项"
    )]
    method: Option<Told>,
    /// 加权平均的权数指标（indicator that weighs）
    #[arg(long, value_name = "指标", help_heading = "选项")]
    weight: Option<String>,
    /// 分子指标（numerator）
    #[arg(long, value_name = "指标", help_heading = "选项")]
    numerator: Option<String>,
    /// 分母指标（denominator）
    #[arg(long, value_name = "指标", help_heading = "选项")]
    denominator: Option<String>,
    /// 缺数的下级由其下级的数代替（look below a region without a figure）
    #[arg(long, help_heading = "选项")]
    deep: bool,
    /// 输出格式：table（默认）、json、csv（output format）
    #[arg(long, value_enum, value_name = "格式", default_value_t = Format::Table, help_heading = "选项")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Told {
    Sum,
    WeightedMean,
    RatioOfSums,
    FormulaOfSums,
    Mean,
}

/// Rolls figures up.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let ledger = Ledger::open_read_only(&arguments.ledger.ledger)?;
    let catalogue = statement::catalogue();
    let indicator = regional::indicator(&arguments.indicator, &catalogue)?;
    let named = |written: &Option<String>| {
        written.as_deref().map(|written| regional::indicator(written, &catalogue)).transpose()
    };
    let asked = Asked {
        method: arguments.method.map(|told| match told {
            Told::Sum => MethodName::Sum,
            Told::WeightedMean => MethodName::WeightedMean,
            Told::RatioOfSums => MethodName::RatioOfSums,
            Told::FormulaOfSums => MethodName::FormulaOfSums,
            Told::Mean => MethodName::Mean,
        }),
        weight: named(&arguments.weight)?,
        numerator: named(&arguments.numerator)?,
        denominator: named(&arguments.denominator)?,
    };
    let method = method_of(indicator, &catalogue, asked)
        .map_err(|error| Failure::Input(error.to_string()))?;
    let day = regional::last_day(arguments.period)?;
    let parent = regional::region(&ledger, &arguments.region, day)?;
    let all = if arguments.deep { ledger.regions(day)? } else { Vec::new() };
    let places = regional::below(&ledger, &parent, day)?;
    let mut under: HashMap<&str, Vec<&RegionPlace>> = HashMap::new();
    for place in &all {
        under.entry(place.parent.as_deref().unwrap_or_default()).or_default().push(place);
    }
    let branches: Vec<Branch> = places.iter().map(|place| branch(place, &under)).collect();
    let figures = LedgerFigures::of(&ledger, std::iter::empty()).known_on(arguments.as_of);
    let found = roll_up(&figures, (indicator, method), (&parent.code, &branches), arguments.period);
    figures.forget()?;
    if found.value.is_none() && found.coverage.present == 0 {
        let reasons = found.parts.iter().find_map(|part| part.lack.as_ref());
        let reason = reasons.map_or(String::new(), ToString::to_string);
        return Err(Failure::Input(format!(
            "{} 的下级都没有可用的数（{reason}；应先以 observations import 记入）",
            parent.name
        )));
    }
    answer(arguments, (indicator, method), &parent, &found).print(arguments.format)
}

/// A region with all that belong to it.
fn branch(place: &RegionPlace, under: &HashMap<&str, Vec<&RegionPlace>>) -> Branch {
    let own = under.get(place.code.as_str()).into_iter().flatten();
    Branch { place: place.clone(), below: own.map(|other| branch(other, under)).collect() }
}

fn answer(
    arguments: &Arguments,
    (indicator, method): (&Indicator, Method<'_>),
    parent: &RegionPlace,
    found: &RollUp,
) -> Answer {
    let unit = found.unit.as_str();
    let heading = format!(
        "{} · {} {} · {} · {} · {}",
        indicator.name,
        parent.code,
        parent.name,
        arguments.period.chinese(),
        with(method),
        regional::known_on(arguments.as_of)
    );
    let weight = match method {
        Method::Sum | Method::Mean | Method::FormulaOfSums { .. } => None,
        Method::WeightedMean { weight } => Some(weight),
        Method::RatioOfSums { denominator, .. } => Some(denominator),
    };
    let mut columns = vec!["代码".to_owned(), "名称".to_owned(), format!("数值（{unit}）")];
    columns.extend(weight.map(|weight| format!("{}（{}）", weight.name, weight.unit)));
    columns.extend(["来源".to_owned(), "说明".to_owned()]);
    let row = |part: &Part| {
        let number = |number: Option<_>| number.map_or("—".to_owned(), regional::shown);
        let mut row = vec![part.place.code.clone(), part.place.name.clone(), number(part.value)];
        row.extend(weight.map(|_| number(part.weight)));
        row.push(regional::sources(&part.inputs));
        row.push(part.lack.as_ref().map(ToString::to_string).unwrap_or_default());
        row
    };
    let grid = Grid { columns, rows: found.parts.iter().map(row).collect() };
    Answer {
        heading: vec![heading],
        grid,
        closing: closing(found),
        json: json(arguments, (indicator, method), parent, found),
        records: Records::of(
            &["parts"],
            &[
                ("region", "/region/code"),
                ("name", "/region/name"),
                ("value", "/value"),
                ("unit", "/unit"),
                ("weight", "/weight"),
                ("vintage", "/inputs/0/vintage"),
                ("status", "/inputs/0/status"),
                ("source", "/inputs/0/source"),
                ("reason", "/reason"),
            ],
        ),
    }
}

/// A method with what it takes.
fn with(method: Method<'_>) -> String {
    let name = method.name().chinese();
    match method {
        Method::Sum | Method::Mean => name.to_owned(),
        Method::FormulaOfSums { indicator, .. } => format!("{name}（{}）", indicator.formula),
        Method::WeightedMean { weight } => format!("{name}（权数：{}）", weight.name),
        Method::RatioOfSums { numerator, denominator } => {
            format!("{name}（{} ÷ {}）", numerator.name, denominator.name)
        }
    }
}

fn closing(found: &RollUp) -> Vec<String> {
    let unit = found.unit.as_str();
    let coverage = &found.coverage;
    let mut lines = Vec::new();
    let value = found.value.map_or("—".to_owned(), regional::shown);
    let part = if coverage.missing.is_empty() { "" } else { "（不全）" };
    let mut line = format!(
        "{}{part} {value}{unit}：{}/{} 个下级有数",
        found.method.chinese(),
        coverage.present,
        coverage.all
    );
    let of = match coverage.measured_by {
        Use::Base => "上年同期数",
        Use::Weight => "权数",
        Use::Numerator => "公式首项上年同期数",
        _ => "分母",
    };
    match coverage.share {
        Some(share) => line += &format!("，占{of}的 {}", regional::percent(share)),
        None => line += &format!("，占{of}的份额不明（有下级缺该数）"),
    }
    lines.push(line);
    if let Some((rate, count)) = found.growth {
        let rate = regional::percent(rate);
        lines.push(format!("两年口径可比的 {count} 个下级之和的增速 {rate}（水平之比）"));
    }
    match (&found.official, &found.gap) {
        (Some(official), gap) => {
            let value = official.value.as_ref().map(ToString::to_string).unwrap_or_default();
            let (day, source) = (official.vintage, &official.source);
            let mut line = format!("发布数 {value}{}（{source} {day}）", official.unit);
            if let Some(gap) = gap {
                line += &format!("，发布数减所得 {}{unit}", regional::shown(gap.difference));
                line +=
                    &gap.percent.map_or(String::new(), |p| format!("（{}）", regional::percent(p)));
            }
            lines.push(line);
        }
        (None, _) => lines.push("没有发布数可以对照".to_owned()),
    }
    lines.extend(found.remarks.iter().map(|remark| format!("注意 {remark}")));
    lines
}

fn json(
    arguments: &Arguments,
    (indicator, method): (&Indicator, Method<'_>),
    parent: &RegionPlace,
    found: &RollUp,
) -> serde_json::Value {
    let (weight, numerator, denominator) = match method {
        Method::Sum | Method::Mean | Method::FormulaOfSums { .. } => (None, None, None),
        Method::WeightedMean { weight } => (Some(weight), None, None),
        Method::RatioOfSums { numerator, denominator } => {
            (None, Some(numerator), Some(denominator))
        }
    };
    let code = |indicator: Option<&Indicator>| indicator.map(|known| known.code.clone());
    let parts = found.parts.iter().map(|part| {
        json!({
            "region": regional::place(&part.place),
            "value": part.value.map(regional::exact),
            "unit": found.unit.as_str(),
            "weight": part.weight.map(regional::exact),
            "reason": part.lack.as_ref().map(ToString::to_string),
            "inputs": regional::inputs(&part.inputs),
        })
    });
    let coverage = &found.coverage;
    json!({
        "indicator": regional::about(indicator),
        "region": regional::place(parent),
        "period": arguments.period.to_string(),
        "as_of": arguments.as_of.map(|day| day.to_string()),
        "method": found.method.as_str(),
        "weight": code(weight),
        "numerator": code(numerator),
        "denominator": code(denominator),
        "value": found.value.map(regional::exact),
        "unit": found.unit.as_str(),
        "complete": coverage.missing.is_empty(),
        "growth_percent": found.growth.map(|(rate, _)| regional::exact(rate)),
        "growth_of_regions": found.growth.map(|(_, count)| count),
        "coverage": {
            "present": coverage.present,
            "all": coverage.all,
            "missing": coverage.missing,
            "share_percent": coverage.share.map(regional::exact),
            "share_of": coverage.measured_by.as_str(),
        },
        "official": found.official.as_ref().map(regional::observation),
        "gap": found.gap.as_ref().map(|gap| json!({
            "difference": regional::exact(gap.difference),
            "percent": gap.percent.map(regional::exact),
            "rounding": gap.rounding.map(regional::exact),
        })),
        "parts": parts.collect::<Vec<_>>(),
        "remarks": found.remarks,
    })
}
