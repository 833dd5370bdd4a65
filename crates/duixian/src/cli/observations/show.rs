//! `duixian observations show`: figures as known on a day.

use std::io::{self, Write};

use assessment::{growth_on_year, single_month};
use clap::Args;
use ledger::Ledger;
use terms::{Day, Facet, Observation, Period, Series};

use super::super::LedgerArgument;
use super::super::list::refusal;
use super::super::output::Output;
use super::{placed, resolve, said, status};
use crate::error::Failure;

/// What `duixian observations show` is told.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// 指标的代码或名称；省略时列出有数据的指标（code or name of the indicator）
    #[arg(value_name = "指标", help_heading = "参数")]
    indicator: Option<String>,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 地区的名称或行政区划代码；只有一个地区有数据时可省略（region）
    #[arg(long, value_name = "地区", help_heading = "选项")]
    region: Option<String>,
    /// 按这一天所知显示，如 2024-03-05（as known on this day）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    as_of: Option<Day>,
    /// 列出全部发布与修订（all vintages）
    #[arg(long, conflicts_with = "monthly", help_heading = "选项")]
    history: bool,
    /// 由累计数推算单月（derive single months）
    #[arg(long, help_heading = "选项")]
    monthly: bool,
    /// 每行一个 JSON 对象（JSON Lines）
    #[arg(long, conflicts_with = "monthly", help_heading = "选项")]
    json: bool,
}

/// Shows the figures of an indicator, or which indicators have some.
pub(super) fn run(arguments: &Show) -> Result<(), Failure> {
    let ledger = Ledger::open_read_only(&arguments.ledger.ledger)?;
    let catalogue = statement::catalogue();
    let observed = ledger.observed()?;
    let Some(written) = &arguments.indicator else {
        if arguments.json {
            let line = |(indicator, region, facet, count): &(String, String, Facet, usize)| {
                serde_json::json!({
                    "indicator": indicator, "region": region, "facet": facet.as_str(), "figures": count,
                })
            };
            return Output::Standard
                .write(|out| observed.iter().try_for_each(|one| writeln!(out, "{}", line(one))));
        }
        return Output::Standard.write(|out| {
            writeln!(out, "指标\t名称\t地区\t数据\t条数")?;
            for (code, region, facet, count) in &observed {
                let name = catalogue.iter().find(|known| known.code == *code);
                let name = name.map_or("", |known| &known.name);
                let region = placed(region);
                writeln!(out, "{code}\t{name}\t{region}\t{}\t{count}", side(*facet))?;
            }
            writeln!(out, "共 {} 个序列", observed.len())
        });
    };
    let indicator = resolve(written, &catalogue)?;
    let mut regions: Vec<&str> = observed
        .iter()
        .filter(|(code, ..)| *code == indicator.code)
        .map(|(_, region, ..)| region.as_str())
        .collect();
    regions.dedup();
    // A name or code of the bundled divisions, or one of the ledger's own regions.
    let told = arguments.region.as_deref().map(|written| ledger.region_code(written));
    let told = told.transpose().map_err(refusal)?;
    let region = match (told.as_deref(), &regions[..]) {
        (Some(region), _) => region,
        (None, [region]) => region,
        (None, []) => {
            return Err(Failure::Input(format!("台账中没有{}的数据", indicator.name)));
        }
        (None, regions) => {
            return Err(Failure::Input(format!(
                "{} 个地区有{}的数据，请用 --region 指定：{}",
                regions.len(),
                indicator.name,
                regions.join("、")
            )));
        }
    };
    if arguments.json {
        for facet in [Facet::Level, Facet::Growth] {
            let (code, day) = (&indicator.code, arguments.as_of);
            let figures = if arguments.history {
                ledger.vintages(code, region, facet, day)?
            } else {
                ledger.series(code, region, facet, day)?.observations
            };
            Output::Standard
                .write(|out| figures.iter().try_for_each(|one| writeln!(out, "{}", json(one))))?;
        }
        return Ok(());
    }
    Output::Standard.write(|out| {
        let day = arguments.as_of.map_or("现在".to_owned(), |day| day.to_string());
        let region = placed(region);
        writeln!(out, "{} {} · 地区 {region} · 按{day}所知", indicator.code, indicator.name)
    })?;
    let as_of = arguments.as_of;
    if arguments.monthly {
        let [levels, growth] = [Facet::Level, Facet::Growth]
            .map(|facet| ledger.series(&indicator.code, region, facet, as_of));
        let (levels, growth) = (levels?, growth?);
        return Output::Standard.write(|out| print_months(out, &levels, &growth));
    }
    for facet in [Facet::Level, Facet::Growth] {
        let series = ledger.series(&indicator.code, region, facet, as_of)?;
        let vintages = if arguments.history {
            ledger.vintages(&indicator.code, region, facet, as_of)?
        } else {
            series.observations.clone()
        };
        if !vintages.is_empty() {
            Output::Standard.write(|out| print(out, facet, &series, &vintages))?;
        }
    }
    Ok(())
}

fn side(facet: Facet) -> &'static str {
    match facet {
        Facet::Level => "水平",
        Facet::Growth => "增速",
    }
}

fn print(
    out: &mut dyn Write,
    facet: Facet,
    series: &Series,
    shown: &[Observation],
) -> io::Result<()> {
    writeln!(out, "{}\n时期\t数值\t发布日\t状态\t按此推算的同比\t来源\t备注", side(facet))?;
    for observation in shown {
        let growth = match facet {
            // Only the figure that holds has a growth.
            Facet::Level if series.at(observation.period) == Some(observation) => {
                match growth_on_year(series, observation.period) {
                    Ok(growth) => format!("{}%", growth.rate.round_dp(1)),
                    Err(reason) => reason.to_string(),
                }
            }
            _ => "—".to_owned(),
        };
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{growth}\t{}\t{}",
            observation.period.chinese(),
            said(observation),
            observation.vintage,
            status(observation.status),
            observation.source,
            observation.note
        )?;
    }
    for change in &series.redefinitions {
        let (from, known) = (change.from.chinese(), change.known);
        writeln!(out, "自{from}起统计口径变化（{known} 公布）：{}", change.reason)?;
    }
    Ok(())
}

/// The single months that end the cumulative figures, each with what it was derived from or why it was not.
fn print_months(out: &mut dyn Write, levels: &Series, growth: &Series) -> io::Result<()> {
    writeln!(
        out,
        "单月（由累计数推算，非发布数）\n时期\t数值\t同比（因发布数的舍入，可能的范围）\t由来"
    )?;
    let ends = levels.observations.iter().map(|known| known.period);
    for through in ends.filter(|period| period.first_month() == 1 && period.last_month() > 2) {
        let last = through.last_month();
        let Some(month) = Period::months(through.year(), last, last) else { continue };
        match single_month(levels, growth, month) {
            Ok(derived) => {
                let rate = derived.growth.map_or("—".to_owned(), |growth| {
                    let [rate, low, high] =
                        [growth.rate, growth.low, growth.high].map(|rate| rate.round_dp(1));
                    format!("{rate}%（{low}%～{high}%）")
                });
                let [end, start] = &derived.from;
                writeln!(
                    out,
                    "{}\t{}{}\t{rate}\t{} 减 {}",
                    month.chinese(),
                    derived.value,
                    derived.unit.as_str(),
                    end.period.chinese(),
                    start.period.chinese()
                )?;
            }
            Err(reason) => writeln!(out, "{}\t—\t—\t{reason}", month.chinese())?,
        }
    }
    Ok(())
}

/// A figure for programs; its value is a text, so that no digit is lost.
fn json(figure: &Observation) -> serde_json::Value {
    serde_json::json!({
        "indicator": &*figure.indicator,
        "region": &*figure.region,
        "facet": figure.facet.as_str(),
        "period": figure.period.to_string(),
        "value": figure.value.as_ref().map(ToString::to_string),
        "unit": figure.unit.as_str(),
        "vintage": figure.vintage.to_string(),
        "status": figure.status.as_str(),
        "source": &*figure.source,
        "note": &*figure.note,
    })
}
