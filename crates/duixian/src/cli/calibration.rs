//! `duixian calibration`: how good the forecasts of past year ends would have been.

use assessment::standing::{Past, calibrate};
use clap::{Args, ValueEnum};
use ledger::{Ledger, LedgerError};
use terms::{Calibration, Facet, Indicator};

use super::observations::resolve;
use super::output::{self, Output};
use super::progress::Progress;
use super::{LedgerArgument, SeedArgument, list};
use crate::error::Failure;

/// What `duixian calibration` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 指标的代码或名称；省略时为全部有累计数的指标（code or name of the indicator）
    #[arg(value_name = "指标", help_heading = "参数")]
    indicator: Option<String>,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 地区的名称或行政区划代码；省略时为全部有数据的地区（region）
    #[arg(long, value_name = "地区", help_heading = "选项")]
    region: Option<String>,
    #[command(flatten)]
    seed: SeedArgument,
    /// 输出格式：table（默认）、json（output format）
    #[arg(long, value_enum, value_name = "格式", default_value_t = Format::Table, help_heading = "选项")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
}

/// Makes the forecasts of past years again, and tells how good they were.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let ledger = Ledger::open_read_only(&arguments.ledger.ledger)?;
    let catalogue = statement::catalogue();
    let asked = arguments.indicator.as_deref();
    let asked = asked.map(|written| resolve(written, &catalogue)).transpose()?;
    let region = arguments.region.as_deref();
    let region = region.map(|written| ledger.region_code(written)).transpose();
    let region = region.map_err(list::refusal)?;
    let progress = Progress::of("正在回测");
    let mut found = Vec::new();
    for (code, of, facet, _) in ledger.observed()? {
        let wanted = facet == Facet::Level
            && asked.is_none_or(|asked| asked.code == code)
            && region.as_ref().is_none_or(|region| *region == of);
        let Some(indicator) = Indicator::named(&catalogue, &code).filter(|_| wanted) else {
            continue;
        };
        found.extend(again(&ledger, indicator, &of, arguments.seed.seed)?);
    }
    drop(progress);
    // Over all indicators, those that no month tells anything of would hide the others.
    if asked.is_none() {
        found.retain(|one| !one.cases.is_empty());
    }
    if found.is_empty() {
        let what = asked.map_or("任何指标", |asked| &asked.name);
        return Err(Failure::Input(format!(
            "台账中没有{what}可以回测的累计数（应有逐月累计数和以往年度的年末数）"
        )));
    }
    // Single forecasts are for one who asks for one indicator.
    let (cases, width) = (asked.is_some(), output::width());
    Output::Standard.write(|mut out| match arguments.format {
        Format::Table => publication::calibration::table(&mut out, &found, cases, width),
        Format::Json => publication::calibration::json(&mut out, &found),
    })
}

fn again(
    ledger: &Ledger,
    indicator: &Indicator,
    region: &str,
    seed: u64,
) -> Result<Option<Calibration>, LedgerError> {
    let of = (indicator.code.as_str(), region, Facet::Level);
    let vintages = ledger.vintages(of.0, of.1, of.2, None)?;
    let now = ledger.series(of.0, of.1, of.2, None)?;
    let past = Past { indicator, region, vintages: &vintages, now: &now, seed };
    calibrate(&past, |day| ledger.series(of.0, of.1, of.2, Some(day)))
}
