//! `duixian observations`: figures of indicators, filed and shown as known on a day.

mod adopt;
mod check;
mod import;
mod show;

use clap::{Args, Subcommand};
use ledger::Ledger;
use terms::{Day, Indicator, Observation, ObservationStatus, Period, Redefinition, Region};

use super::output::Output;
use super::{LedgerArgument, TEMPLATE};
use crate::clock::entry;
use crate::error::Failure;

/// What `duixian observations` is told.
#[derive(Debug, Args)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令")]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 导入指标数据（CSV 或 xlsx：indicator, region, period, value, unit, vintage, source, note）（file figures）
    #[command(help_template = TEMPLATE, override_usage = "duixian observations import [选项] <文件>")]
    Import(import::Import),
    /// 把已导入报告中的结果记为指标数据（file the results that a report states）
    #[command(help_template = TEMPLATE, override_usage = "duixian observations adopt [选项] [文档编号]")]
    Adopt(adopt::Adopt),
    /// 显示一个指标的数据，可按某日所知（show figures as known on a day）
    #[command(help_template = TEMPLATE, override_usage = "duixian observations show [选项] [指标]")]
    Show(show::Show),
    /// 检查数据：比重范围、累计下降、增速与水平、历年同期跳变、分项之和（check figures by rules）
    #[command(help_template = TEMPLATE, override_usage = "duixian observations check [选项]")]
    Check(LedgerArgument),
    /// 记入统计口径的变化（file a change of definition）
    #[command(help_template = TEMPLATE, override_usage = "duixian observations redefine [选项] <指标>")]
    Redefine(Redefine),
}

#[derive(Debug, Args)]
struct Redefine {
    /// 指标的代码或名称（code or name of the indicator）
    #[arg(value_name = "指标", help_heading = "参数")]
    indicator: String,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 新口径的第一个时期，如 2024-01（first period of the new definition）
    #[arg(long, value_name = "时期", help_heading = "选项")]
    from: Period,
    /// 公布变化的日期（the day on which it became known）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    known: Day,
    /// 地区的名称或行政区划代码；省略时为所有地区（region; all without it）
    #[arg(long, value_name = "地区", help_heading = "选项")]
    region: Option<String>,
    /// 变化的内容（what changed）
    #[arg(long, value_name = "内容", help_heading = "选项")]
    reason: String,
}

/// Files or shows figures.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Import(arguments) => import::run(arguments),
        Command::Adopt(arguments) => adopt::run(arguments),
        Command::Show(arguments) => show::run(arguments),
        Command::Check(arguments) => check::run(&arguments.ledger),
        Command::Redefine(arguments) => redefine(arguments),
    }
}

fn named(observation: &Observation) -> String {
    let Observation { indicator, region, period, .. } = observation;
    format!("{indicator} {region} {period}")
}

fn said(observation: &Observation) -> String {
    match &observation.value {
        Some(value) => format!("{value}{}", observation.unit.as_str()),
        None => status(observation.status).to_owned(),
    }
}

fn status(status: ObservationStatus) -> &'static str {
    match status {
        ObservationStatus::Normal => "",
        ObservationStatus::Provisional => "初步",
        ObservationStatus::Estimated => "估计",
        ObservationStatus::Missing => "缺失",
        ObservationStatus::Withdrawn => "撤回",
    }
}

/// The indicator that is given by its code or its name.
pub(super) fn resolve<'a>(
    written: &str,
    catalogue: &'a [Indicator],
) -> Result<&'a Indicator, Failure> {
    Indicator::named(catalogue, written)
        .ok_or_else(|| Failure::Input(format!("目录中没有指标：{written}（应为指标的代码或名称）")))
}

/// The code of a region that is given by its code or its name.
fn code_of(written: &str) -> Result<&str, Failure> {
    Region::code_of(written).map_err(|error| Failure::Input(error.to_string()))
}

/// A code with its region's name.
fn placed(code: &str) -> String {
    Region::of_code(code).map_or(code.to_owned(), |known| format!("{code} {}", known.name))
}

fn redefine(arguments: &Redefine) -> Result<(), Failure> {
    let catalogue = statement::catalogue();
    let indicator = resolve(&arguments.indicator, &catalogue)?;
    let region = arguments.region.as_deref().map(code_of).transpose()?;
    let path = &arguments.ledger.ledger;
    drop(Ledger::open_read_only(path)?);
    let change = Redefinition {
        indicator: indicator.code.as_str().into(),
        region: region.map(Into::into),
        from: arguments.from,
        known: arguments.known,
        reason: arguments.reason.as_str().into(),
    };
    let written = Ledger::open(path)?.redefine(&change, &catalogue, &entry(&arguments.reason))?;
    Output::Standard.write(|out| {
        let done = if written { "已记入" } else { "台账中已有，未作改动" };
        writeln!(out, "{done}：{} 自{}起口径变化", indicator.name, arguments.from.chinese())
    })
}
