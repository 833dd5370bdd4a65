//! `duixian energy`: what changed the use of energy, standard coal, energy per unit of output, accounts of green power,
//! diagnosis of enterprises.

mod coal;
mod diagnose;
mod green;
mod intensity;
mod lmdi;

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::TEMPLATE;
use super::output;
use crate::calculate::Answer;
use crate::calculate::cells::{needed, number, percent, period, plain, text};
use crate::error::Failure;

/// What `duixian energy` is told.
#[derive(Debug, Args)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令")]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 能耗变化的分解：活动、结构、强度（LMDI decomposition of the change of energy）
    #[command(help_template = TEMPLATE, override_usage = "duixian energy lmdi [选项] <文件>")]
    Lmdi(lmdi::Arguments),
    /// 各种能源折标准煤（energy in standard coal）
    #[command(help_template = TEMPLATE, override_usage = "duixian energy coal [选项] <文件>")]
    Coal(coal::Arguments),
    /// 单位 GDP 能耗及其降低率（energy per unit of GDP）
    #[command(help_template = TEMPLATE, override_usage = "duixian energy intensity [选项] <文件>")]
    Intensity(intensity::Arguments),
    /// 绿色电力账：购入、绿证、自发，不重复计算（accounts of green power）
    #[command(help_template = TEMPLATE, override_usage = "duixian energy green [选项] <文件>")]
    Green(green::Arguments),
    /// 企业公共用能系统节能诊断，每家企业一份报告（energy diagnosis of enterprises）
    #[command(help_template = TEMPLATE, override_usage = "duixian energy diagnose [选项] <文件>")]
    Diagnose(diagnose::Arguments),
}

/// A table, and how it is answered.
#[derive(Debug, Args)]
struct Table {
    /// CSV 表或工作簿（table）
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
    /// 输出格式：text 或 json（output format）
    #[arg(long, value_name = "格式", default_value = "text", hide_default_value = true)]
    #[arg(hide_possible_values = true, help_heading = "选项")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Runs a command of energy.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Lmdi(arguments) => lmdi::run(arguments),
        Command::Coal(arguments) => coal::run(arguments),
        Command::Intensity(arguments) => intensity::run(arguments),
        Command::Green(arguments) => green::run(arguments),
        Command::Diagnose(arguments) => diagnose::run(arguments),
    }
}

impl Answer {
    fn print(&self, format: Format) -> Result<(), Failure> {
        match format {
            Format::Json => output::json(&self.json),
            Format::Text => output::answer(self),
        }
    }
}
