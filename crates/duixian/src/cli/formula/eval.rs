//! `duixian formula eval`: formulas computed over the figures of a ledger.

use std::collections::BTreeSet;

use assessment::formula::{Checked, Figures, Formula, Names, region_above};
use clap::{Args, ValueEnum};
use ledger::Ledger;
use terms::{Day, Facet, Indicator, Period};

use super::super::LedgerArgument;
use super::super::output::Output;
use super::cells::{Cells, Head, Place};
use super::wrong;
use crate::clock;
use crate::error::Failure;
use crate::figures::LedgerFigures;

/// What `duixian formula eval` is told.
#[derive(Debug, Args)]
pub(super) struct Eval {
    /// 公式，如 "一般公共预算收入 ÷ 地区生产总值 × 100%"（formula）
    #[arg(value_name = "公式", help_heading = "参数")]
    #[arg(required_unless_present = "indicator", conflicts_with = "indicator")]
    formula: Option<String>,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 派生指标的代码或名称，按目录中的公式计算（derived indicator）
    #[arg(long, value_name = "指标", help_heading = "选项")]
    indicator: Option<String>,
    /// 地区的名称或代码，可写多个；默认为所有有数据的地区（regions）
    #[arg(long, value_name = "地区", num_args = 1.., help_heading = "选项")]
    #[arg(conflicts_with = "children_of")]
    region: Vec<String>,
    /// 这个地区的直接下级（regions directly below this one）
    #[arg(long, value_name = "地区", help_heading = "选项")]
    children_of: Option<String>,
    /// 时期，可写多个，如 2024 2024-Q1 2024-01..05；默认为能算出数的时期（periods）
    #[arg(long, value_name = "时期", num_args = 1.., help_heading = "选项")]
    #[arg(conflicts_with_all = ["from", "to"])]
    period: Vec<Period>,
    /// 从这个时期起有数据的各期（from this period on）
    #[arg(long, value_name = "时期", help_heading = "选项")]
    from: Option<Period>,
    /// 到这个时期为止有数据的各期（up to this period）
    #[arg(long, value_name = "时期", help_heading = "选项")]
    to: Option<Period>,
    /// 按这一天所知计算，如 2024-03-05（as known on this day）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    as_of: Option<Day>,
    /// 输出格式：table（四位小数）、json（含所用的数）或 csv（output format）
    #[arg(long, value_name = "格式", default_value = "table", help_heading = "选项")]
    #[arg(hide_default_value = true)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
}

/// Computes a formula for regions and periods.
pub(super) fn run(arguments: &Eval) -> Result<(), Failure> {
    let catalogue = statement::catalogue();
    let names = Names::of(&catalogue);
    let (derived, text) = match (&arguments.indicator, &arguments.formula) {
        (Some(written), _) => {
            let found = Indicator::named(&catalogue, written).ok_or_else(|| {
                Failure::Input(format!("目录中没有指标：{written}（应为指标的代码或名称）"))
            })?;
            (Some(found), found.formula.as_str())
        }
        (None, text) => (None, text.as_deref().unwrap_or_default()),
    };
    let told = |error| match derived {
        // One that has no formula has no place in it either.
        Some(indicator) if indicator.formula.is_empty() => {
            Failure::Input(format!("指标“{}”没有公式（应为由其他指标算得的指标）", indicator.name))
        }
        _ => wrong(&error, text),
    };
    let check = match derived {
        Some(indicator) => Formula::of_indicator(&names, indicator).map(Checked::Number),
        None => Formula::parse(text).and_then(|formula| formula.check(&names, None)),
    };
    let check = check.map_err(told)?;
    let formula = Formula::parse(text).map_err(|error| wrong(&error, text))?;
    let read: Vec<&Indicator> =
        formula.names().into_iter().filter_map(|name| names.find(name)).collect();

    let ledger = Ledger::open_read_only(&arguments.ledger.ledger)?;
    let observed = ledger.observed()?;
    let regions = regions(arguments, &ledger, &read, &observed)?;
    let figures =
        LedgerFigures::of(&ledger, observed.iter().map(|(_, region, ..)| region.as_str()))
            .known_on(arguments.as_of);
    let periods = periods(arguments, &figures, &read, &regions)?;
    let with_inputs = arguments.format == Format::Json;
    let mut cells = Cells::compute(&check, &figures, &regions, &periods, with_inputs);
    if arguments.period.is_empty() && arguments.from.is_none() && arguments.to.is_none() {
        cells.keep_known_periods();
    }
    figures.forget()?;
    let formula = formula.to_string();
    let head = Head { formula: &formula, indicator: derived, as_of: arguments.as_of };
    Output::Standard.write(|out| match arguments.format {
        Format::Table => cells.table(out, &head),
        Format::Csv => cells.csv(out),
        Format::Json => cells.json(out, &head),
    })
}

/// The regions that are computed, with their names.
fn regions(
    arguments: &Eval,
    ledger: &Ledger,
    read: &[&Indicator],
    observed: &[(String, String, Facet, usize)],
) -> Result<Vec<Place>, Failure> {
    let today = arguments.as_of.or_else(clock::today);
    let place = |code: &str| -> Result<Place, Failure> {
        let known = today.map(|day| ledger.region_at(code, day)).transpose()?.flatten();
        let name = known.map_or_else(String::new, |known| known.name);
        Ok(Place { code: code.to_owned(), name })
    };
    if let Some(above) = &arguments.children_of {
        let above = ledger.region_code(above)?;
        let day = today.ok_or_else(|| {
            Failure::Input("不知道今天的日期（应以 --as-of 给出日期）".to_owned())
        })?;
        let mut codes: BTreeSet<String> =
            ledger.children(&above, day)?.into_iter().map(|region| region.code).collect();
        // Towns that have figures need not be in the ledger's list of regions.
        let below = |code: &&String| region_above(code).as_deref() == Some(above.as_str());
        codes.extend(observed.iter().map(|(_, region, ..)| region).filter(below).cloned());
        if codes.is_empty() {
            return Err(Failure::Input(format!(
                "{above} 没有下级地区（乡镇、村先用 duixian regions 或数据录入）"
            )));
        }
        return codes.iter().map(|code| place(code)).collect();
    }
    if !arguments.region.is_empty() {
        let mut places: Vec<Place> = Vec::new();
        for written in &arguments.region {
            let found = place(&ledger.region_code(written)?)?;
            if places.iter().all(|known| known.code != found.code) {
                places.push(found);
            }
        }
        return Ok(places);
    }
    let reads = |code: &str| read.iter().any(|indicator| indicator.code == code);
    let codes: BTreeSet<&str> = observed
        .iter()
        .filter(|(code, ..)| reads(code))
        .map(|(_, region, ..)| region.as_str())
        .collect();
    if codes.is_empty() {
        let names: Vec<&str> = read.iter().map(|indicator| indicator.name.as_str()).collect();
        return Err(Failure::Input(format!(
            "台账中没有公式所用的数：{}（应先导入，或用 --region 指定地区）",
            names.join("、")
        )));
    }
    codes.into_iter().map(place).collect()
}

/// The periods that are computed: those that were named, else those of which the formula's indicators have a figure.
fn periods(
    arguments: &Eval,
    figures: &LedgerFigures<'_>,
    read: &[&Indicator],
    regions: &[Place],
) -> Result<Vec<Period>, Failure> {
    if !arguments.period.is_empty() {
        let named: BTreeSet<Period> = arguments.period.iter().copied().collect();
        return Ok(named.into_iter().collect());
    }
    let (from, to) = (arguments.from, arguments.to);
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        return Err(Failure::Input(format!("--from {from} 晚于 --to {to}（应不晚于）")));
    }
    let mut periods = BTreeSet::new();
    for region in regions {
        for indicator in read {
            for facet in [Facet::Level, Facet::Growth] {
                let series = figures.series(&indicator.code, &region.code, facet);
                let known = series.iter().flat_map(|series| &series.observations);
                periods.extend(known.map(|known| known.period));
            }
        }
    }
    // A year counts from its first month on, not from its end.
    let begins = |period: Period| (period.year(), period.first_month());
    periods.retain(|period| {
        from.is_none_or(|from| begins(*period) >= begins(from)) && to.is_none_or(|to| *period <= to)
    });
    match periods.is_empty() {
        false => Ok(periods.into_iter().collect()),
        true => Err(Failure::Input(
            "这些地区在所选的时期里没有公式所用的数（应以 --period 写明时期，或先导入数据）"
                .to_owned(),
        )),
    }
}
