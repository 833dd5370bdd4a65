//! `duixian race`: regions by several indicators at once, after rules that a file describes.

use std::path::{Path, PathBuf};

use assessment::region::{
    Combined, Item, MissingRule, Race, RaceCell, RaceRow, RaceTable, Scoring, order_of, race,
};
use clap::Args;
use ledger::Ledger;
use methods::ranking::{Order, Ties};
use publication::grid::Grid;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;
use terms::{Day, Indicator, Period, RegionPlace};

use super::LedgerArgument;
use super::regional::{self, Answer, Format, Records};
use super::table_file;
use crate::error::Failure;
use crate::figures::LedgerFigures;
use crate::regional::{against, movement};

/// What `duixian race` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 赛马规则的 TOML 文件（rules of the race）
    #[arg(value_name = "规则文件", help_heading = "参数")]
    file: PathBuf,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 时期，如 2024、2024-01..05（period）
    #[arg(long, value_name = "时期", help_heading = "选项")]
    period: Period,
    /// 上一轮的时期，默认上年同期（period of the round before）
    #[arg(long, value_name = "时期", help_heading = "选项")]
    against: Option<Period>,
    /// 参赛的是哪个地区的下级，默认由规则文件定（region whose parts race）
    #[arg(long, value_name = "地区", help_heading = "选项")]
    among: Option<String>,
    /// 按这一天所知（as known on this day）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    as_of: Option<Day>,
    /// 输出格式：table（默认）、json、csv（output format）
    #[arg(long, value_enum, value_name = "格式", default_value_t = Format::Table, help_heading = "选项")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    format: Format,
}

/// A file of rules.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RaceFile {
    name: String,
    among: Option<String>,
    #[serde(default = "min_max")]
    scoring: String,
    scale: Option<[Given; 2]>,
    #[serde(default = "arithmetic")]
    combine: String,
    #[serde(default = "exclude")]
    missing: String,
    #[serde(default = "competition")]
    ties: String,
    item: Vec<GivenItem>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenItem {
    indicator: String,
    #[serde(default = "level")]
    facet: String,
    per: Option<String>,
    better: Option<String>,
    #[serde(default = "one")]
    weight: Given,
    goals: Option<[Given; 2]>,
}

/// A number as people write it in such a file.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Given {
    Whole(i64),
    /// As many digits as tell it from others, which are those that were written.
    Fraction(f64),
    Text(String),
}

impl Given {
    fn written(&self) -> String {
        match self {
            Given::Whole(number) => number.to_string(),
            Given::Fraction(number) => number.to_string(),
            Given::Text(text) => text.trim().to_owned(),
        }
    }
}

fn min_max() -> String {
    "min-max".into()
}

fn arithmetic() -> String {
    "arithmetic".into()
}

fn exclude() -> String {
    "exclude".into()
}

fn competition() -> String {
    "competition".into()
}

fn level() -> String {
    "level".into()
}

fn one() -> Given {
    Given::Whole(1)
}

/// Holds a race.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let file = &arguments.file;
    let fault = |said: String| Failure::Input(format!("{}：{said}", file.display()));
    let catalogue = statement::catalogue();
    let given = read(file)?;
    let rules = rules(&given, &catalogue).map_err(fault)?;
    let ledger = Ledger::open_read_only(&arguments.ledger.ledger)?;
    let period = arguments.period;
    let against = against(arguments.against, period)?;
    let day = regional::last_day(period)?;
    let among = arguments.among.as_deref().or(given.among.as_deref());
    let among = among.ok_or_else(|| fault("没有写明 among（应为地区的名称或代码）".to_owned()))?;
    let parent = regional::region(&ledger, among, day)?;
    let regions = regional::below(&ledger, &parent, day)?;
    let figures = LedgerFigures::of(&ledger, std::iter::empty()).known_on(arguments.as_of);
    let found = race(&figures, &rules, &regions, (period, against));
    figures.forget()?;
    let found = found.map_err(|error| fault(error.to_string()))?;
    answer(arguments, (&given, &rules), &parent, (&found, against)).print(arguments.format)
}

fn read(file: &Path) -> Result<RaceFile, Failure> {
    let fault = |said: String| Failure::Input(format!("{}：{said}", file.display()));
    let text = table_file::toml_text(file, "赛马规则的 TOML 文件", None)?;
    toml::from_str(&text).map_err(|error| fault(format!("不是赛马规则的 TOML（{error}）")))
}

/// The rules that a file means, or what is wrong with it.
fn rules(given: &RaceFile, catalogue: &[Indicator]) -> Result<Race, String> {
    let decimal = |what: &str, given: &Given| {
        let written = given.written();
        Decimal::from_str_exact(&written)
            .map_err(|_| format!("{what}“{written}”（应为十进制数，如 1.5）"))
    };
    let pair = |what: &str, [one, other]: &[Given; 2]| -> Result<(Decimal, Decimal), String> {
        Ok((decimal(what, one)?, decimal(what, other)?))
    };
    let scale = given.scale.as_ref().map(|scale| pair("scale ", scale)).transpose()?;
    let (from, to) = scale.unwrap_or((Decimal::ZERO, Decimal::ONE_HUNDRED));
    if from >= to {
        return Err(format!("scale [{from}, {to}]（应由低到高）"));
    }
    let scoring = match given.scoring.as_str() {
        "min-max" => Scoring::MinMax { from, to },
        "z-score" => Scoring::ZScore,
        "borda" => Scoring::Borda,
        "percent-rank" => Scoring::PercentRank,
        "goalposts" => Scoring::Goalposts,
        "rank" => Scoring::Rank,
        other => {
            return Err(format!(
                "scoring “{other}”（应为 min-max、z-score、borda、percent-rank、goalposts 或 rank）"
            ));
        }
    };
    let combined = match given.combine.as_str() {
        "arithmetic" => Combined::Arithmetic,
        "geometric" => Combined::Geometric,
        "harmonic" => Combined::Harmonic,
        "sum" => Combined::Sum,
        "copeland" => Combined::Copeland,
        other => {
            return Err(format!(
                "combine “{other}”（应为 arithmetic、geometric、harmonic、sum 或 copeland）"
            ));
        }
    };
    let missing = match given.missing.as_str() {
        "exclude" => MissingRule::Exclude,
        "reweight" => MissingRule::Reweight,
        other => return Err(format!("missing “{other}”（应为 exclude 或 reweight）")),
    };
    let ties = match given.ties.as_str() {
        "competition" => Ties::Competition,
        "dense" => Ties::Dense,
        other => return Err(format!("ties “{other}”（应为 competition 或 dense）")),
    };
    let mut items = Vec::with_capacity(given.item.len());
    for (number, item) in given.item.iter().enumerate() {
        let fault = |said: String| format!("第 {} 项：{said}", number + 1);
        let named = |written: &str| {
            Indicator::named(catalogue, written)
                .cloned()
                .ok_or_else(|| fault(format!("目录中没有指标：{written}（应为指标的代码或名称）")))
        };
        let indicator = named(&item.indicator)?;
        let order = match item.better.as_deref() {
            Some("higher") => Order::HighestFirst,
            Some("lower") => Order::LowestFirst,
            None => order_of(&indicator).ok_or_else(|| {
                fault(format!(
                    "{}以适度为佳（应写明 better = \"higher\" 或 \"lower\"）",
                    indicator.name
                ))
            })?,
            Some(other) => {
                return Err(fault(format!("better “{other}”（应为 higher 或 lower）")));
            }
        };
        let facet = item.facet.parse();
        let facet =
            facet.map_err(|_| fault(format!("facet “{}”（应为 level 或 growth）", item.facet)))?;
        let weight = decimal("weight ", &item.weight).map_err(fault)?;
        if weight < Decimal::ZERO {
            return Err(fault(format!("weight “{weight}”（应不小于零）")));
        }
        let goals = item.goals.as_ref().map(|goals| pair("goals ", goals)).transpose();
        let per = item.per.as_deref().map(named).transpose()?;
        items.push(Item { indicator, facet, per, order, weight, goals: goals.map_err(fault)? });
    }
    Ok(Race { items, scoring, combined, missing, ties })
}

fn answer(
    arguments: &Arguments,
    (given, rules): (&RaceFile, &Race),
    parent: &RegionPlace,
    (found, against): (&RaceTable, Period),
) -> Answer {
    let heading = format!(
        "{} · {} {} 的下级 · {} · 计分 {} · 合并 {} · {}",
        given.name,
        parent.code,
        parent.name,
        arguments.period.chinese(),
        given.scoring,
        given.combine,
        regional::known_on(arguments.as_of)
    );
    let mut columns = vec![
        "名次".to_owned(),
        format!("比{}", against.chinese()),
        "代码".into(),
        "名称".into(),
        "总分".into(),
    ];
    for (item, unit) in rules.items.iter().zip(&found.units) {
        let (name, side) = (&item.indicator.name, regional::side(item.facet));
        let percent = item.weight.normalize();
        columns.push(format!("{name}{side}（{unit}）"));
        columns.push(format!("名次／得分（权重 {percent}）"));
    }
    let dash = || "—".to_owned();
    let row = |row: &RaceRow| {
        let mut cells = vec![
            row.rank.map_or_else(dash, |rank| rank.to_string()),
            row.movement.map_or_else(dash, regional::moved),
            row.region.code.clone(),
            row.region.name.clone(),
            row.total.map_or_else(dash, regional::shown),
        ];
        for cell in &row.cells {
            let mark = if cell.provisional { "（初步）" } else { "" };
            let value = cell.value.map(regional::shown);
            cells.push(value.map_or_else(dash, |value| format!("{value}{mark}")));
            let both = cell.rank.zip(cell.points);
            cells.push(both.map_or_else(dash, |(rank, points)| {
                format!("{rank}／{}", regional::shown(points))
            }));
        }
        cells
    };
    let grid = Grid { columns, rows: found.rows.iter().map(row).collect() };
    let mut closing = Vec::new();
    for row in &found.rows {
        for reason in row.cells.iter().filter_map(|cell| cell.reason.as_ref()) {
            let fate = match row.total {
                Some(_) => format!("按其余 {} 的权重计", regional::percent(row.covered)),
                None => "不计总分".to_owned(),
            };
            closing.push(format!("缺数 {} {}：{reason}；{fate}", row.region.code, row.region.name));
        }
    }
    closing.extend(found.remarks.iter().map(|remark| format!("注意 {remark}")));
    let json = json(arguments, (given, rules), parent, (found, against));
    Answer { heading: vec![heading], grid, closing, json, records: records(rules) }
}

/// A row for each region, with the value, place and points of each item.
fn records(rules: &Race) -> Records {
    let mut records = Records::of(
        &["rows"],
        &[
            ("rank", "/rank"),
            ("before", "/before"),
            ("movement", "/movement"),
            ("region", "/region/code"),
            ("name", "/region/name"),
            ("total", "/total"),
            ("weight_percent", "/weight_percent"),
        ],
    );
    for (at, item) in rules.items.iter().enumerate() {
        let name = format!("{}_{}", item.indicator.code, item.facet);
        let per = item.per.as_ref().map_or(String::new(), |per| format!("_per_{}", per.code));
        for field in ["value", "rank", "points", "provisional", "reason"] {
            records.columns.push((format!("{name}{per}_{field}"), format!("/items/{at}/{field}")));
        }
    }
    records
}

fn json(
    arguments: &Arguments,
    (given, rules): (&RaceFile, &Race),
    parent: &RegionPlace,
    (found, against): (&RaceTable, Period),
) -> serde_json::Value {
    let items = rules.items.iter().zip(&found.units).map(|(item, unit)| {
        json!({
            "indicator": regional::about(&item.indicator),
            "facet": item.facet.as_str(),
            "per": item.per.as_ref().map(|per| per.code.clone()),
            "first": match item.order {
                Order::HighestFirst => "higher",
                Order::LowestFirst => "lower",
            },
            "weight": item.weight.to_string(),
            "unit": unit.as_str(),
        })
    });
    let cell = |cell: &RaceCell| {
        json!({
            "value": cell.value.map(regional::exact),
            "rank": cell.rank,
            "points": cell.points.map(regional::plain),
            "provisional": cell.provisional,
            "reason": cell.reason,
            "inputs": regional::inputs(&cell.inputs),
        })
    };
    let rows = found.rows.iter().map(|row| {
        json!({
            "region": regional::place(&row.region),
            "rank": row.rank,
            "before": row.before,
            "movement": row.movement.and_then(movement),
            "total": row.total.map(regional::plain),
            "weight_percent": regional::plain(row.covered),
            "items": row.cells.iter().map(cell).collect::<Vec<_>>(),
        })
    });
    json!({
        "name": given.name,
        "among": regional::place(parent),
        "period": arguments.period.to_string(),
        "against": against.to_string(),
        "as_of": arguments.as_of.map(|day| day.to_string()),
        "scoring": given.scoring,
        "combine": given.combine,
        "missing": given.missing,
        "ties": given.ties,
        "items": items.collect::<Vec<_>>(),
        "rows": rows.collect::<Vec<_>>(),
        "remarks": found.remarks,
    })
}
