//! `duixian rank`: in which order the regions below one stand.

use assessment::region::{Place, Question, Ranking, order_of, rank};
use clap::{Args, ValueEnum};
use ledger::Ledger;
use methods::ranking::{Order, Ties};
use publication::grid::Grid;
use serde_json::json;
use terms::{Day, Facet, Indicator, Period, RegionPlace};

use super::LedgerArgument;
use super::regional::{self, Answer, Format, Records};
use crate::error::Failure;
use crate::figures::LedgerFigures;
use crate::regional::{against, movement};

/// What `duixian rank` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 指标的代码或名称（code or name of the indicator）
    #[arg(value_name = "指标", help_heading = "参数")]
    indicator: String,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 排哪个地区的下级：名称或代码（region whose parts are ranked）
    #[arg(long, value_name = "地区", help_heading = "选项")]
    among: String,
    /// 时期，如 2024、2024-01..05（period）
    #[arg(long, value_name = "时期", help_heading = "选项")]
    period: Period,
    /// 与哪个时期相比升降，默认上年同期（period that places are held against）
    #[arg(long, value_name = "时期", help_heading = "选项")]
    against: Option<Period>,
    /// 按这一天所知（as known on this day）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    as_of: Option<Day>,
    /// 排什么：level 水平（默认）、growth 增速（level or growth）
    #[arg(long, value_enum, value_name = "口径", default_value_t = ByFacet::Level, help_heading = "选项")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    facet: ByFacet,
    /// 按此指标平均，如 常住人口（per head of this indicator）
    #[arg(long, value_name = "指标", help_heading = "选项")]
    per: Option<String>,
    /// 何者为先：higher 高、lower 低；默认由指标定（what comes first）
    #[arg(
        long,
        value_enum,
        value_name = "方向",
        hide_possible_values = true,
        help_heading = "选项"
    )]
    better: Option<First>,
    /// 并列之后不空名次：1、2、2、3（dense ranking）
    #[arg(long, help_heading = "选项")]
    dense: bool,
    /// 输出格式：table（默认）、json、csv（output format）
    #[arg(long, value_enum, value_name = "格式", default_value_t = Format::Table, help_heading = "选项")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ByFacet {
    Level,
    Growth,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum First {
    Higher,
    Lower,
}

/// Ranks regions.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let ledger = Ledger::open_read_only(&arguments.ledger.ledger)?;
    let catalogue = statement::catalogue();
    let indicator = regional::indicator(&arguments.indicator, &catalogue)?;
    let per = arguments.per.as_deref().map(|written| regional::indicator(written, &catalogue));
    let per = per.transpose()?;
    let facet = match arguments.facet {
        ByFacet::Level => Facet::Level,
        ByFacet::Growth if per.is_some() => {
            return Err(Failure::Input(
                "增速不按人口等平均（--per 应与 --facet level 合用）".to_owned(),
            ));
        }
        ByFacet::Growth => Facet::Growth,
    };
    let order = match arguments.better {
        Some(First::Higher) => Order::HighestFirst,
        Some(First::Lower) => Order::LowestFirst,
        None => order_of(indicator).ok_or_else(|| {
            let name = &indicator.name;
            Failure::Input(format!(
                "{name}以适度为佳，没有先后（应以 --better higher 或 lower 指明）"
            ))
        })?,
    };
    let period = arguments.period;
    let against = against(arguments.against, period)?;
    let day = regional::last_day(period)?;
    let parent = regional::region(&ledger, &arguments.among, day)?;
    let regions = regional::below(&ledger, &parent, day)?;
    let figures = LedgerFigures::of(&ledger, std::iter::empty()).known_on(arguments.as_of);
    let ties = if arguments.dense { Ties::Dense } else { Ties::Competition };
    let question = Question { indicator, facet, per, period, against, order, ties };
    let found = rank(&figures, question, &regions);
    figures.forget()?;
    if found.places.is_empty() {
        let reason = found.unranked.first().map_or("", |one| &one.reason);
        return Err(Failure::Input(format!(
            "{} 的下级都没有可排的数（{reason}；应先以 observations import 记入）",
            parent.name
        )));
    }
    answer(arguments, question, &parent, &found).print(arguments.format)
}

fn answer(
    arguments: &Arguments,
    question: Question<'_>,
    parent: &RegionPlace,
    found: &Ranking,
) -> Answer {
    let Question { indicator, facet, per, period, against, order, .. } = question;
    let first = match order {
        Order::HighestFirst => "高者为先",
        Order::LowestFirst => "低者为先",
    };
    let per_name = per.map_or(String::new(), |per| format!("，按{}平均", per.name));
    let heading = format!(
        "{} {}{per_name} · {} {} 的下级 · {} · {first} · {}",
        indicator.name,
        regional::side(facet),
        parent.code,
        parent.name,
        period.chinese(),
        regional::known_on(arguments.as_of)
    );
    let value = format!("数值（{}）", found.unit);
    let moved = format!("比{}", against.chinese());
    let mut grid = Grid::of(&["名次", &moved, "代码", "名称", &value, "来源"]);
    for place in &found.places {
        let Place { region, rank, movement, provisional, inputs, .. } = place;
        let mark = if *provisional { "（初步）" } else { "" };
        grid.rows.push(vec![
            rank.to_string(),
            regional::moved(*movement),
            region.code.clone(),
            region.name.clone(),
            format!("{}{mark}", regional::shown(place.value)),
            regional::sources(inputs),
        ]);
    }
    let mut closing = Vec::new();
    if !found.unranked.is_empty() {
        closing.push(format!("未排名 {} 个：", found.unranked.len()));
        let line = |one: &assessment::region::Unranked| {
            format!("  {} {}：{}", one.region.code, one.region.name, one.reason)
        };
        closing.extend(found.unranked.iter().map(line));
    }
    closing.extend(found.remarks.iter().map(|remark| format!("注意 {remark}")));
    let json = json(arguments, question, parent, found);
    let records = Records::of(
        &["places", "unranked"],
        &[
            ("rank", "/rank"),
            ("before", "/before"),
            ("movement", "/movement"),
            ("region", "/region/code"),
            ("name", "/region/name"),
            ("value", "/value"),
            ("unit", "/unit"),
            ("provisional", "/provisional"),
            ("vintage", "/inputs/0/vintage"),
            ("source", "/inputs/0/source"),
            ("reason", "/reason"),
        ],
    );
    Answer { heading: vec![heading], grid, closing, json, records }
}

fn json(
    arguments: &Arguments,
    question: Question<'_>,
    parent: &RegionPlace,
    found: &Ranking,
) -> serde_json::Value {
    let places = found.places.iter().map(|place| {
        json!({
            "region": regional::place(&place.region),
            "rank": place.rank,
            "before": place.before,
            "movement": movement(place.movement),
            "value": regional::exact(place.value),
            "unit": found.unit.as_str(),
            "provisional": place.provisional,
            "inputs": regional::inputs(&place.inputs),
        })
    });
    let unranked = found
        .unranked
        .iter()
        .map(|one| json!({ "region": regional::place(&one.region), "reason": one.reason }));
    json!({
        "indicator": regional::about(question.indicator),
        "facet": question.facet.as_str(),
        "per": question.per.map(|per: &Indicator| per.code.clone()),
        "among": regional::place(parent),
        "period": question.period.to_string(),
        "against": question.against.to_string(),
        "as_of": arguments.as_of.map(|day| day.to_string()),
        "first": match question.order {
            Order::HighestFirst => "higher",
            Order::LowestFirst => "lower",
        },
        "ties": match question.ties {
            Ties::Competition => "competition",
            Ties::Dense => "dense",
        },
        "unit": found.unit.as_str(),
        "places": places.collect::<Vec<_>>(),
        "unranked": unranked.collect::<Vec<_>>(),
        "remarks": found.remarks,
    })
}
