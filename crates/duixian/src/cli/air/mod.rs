//! `duixian air`: the index of the air, and what a year of days comes to.

mod aqi;
mod year;

use clap::{Args, Subcommand, ValueEnum};
use methods::air::Standard;

use super::TEMPLATE;
use crate::calculate::air::{concentration, day_of_month};
use crate::calculate::air_words as words;
use crate::error::Failure;

/// What `duixian air` is told.
#[derive(Debug, Args)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令")]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 一天或一小时的空气质量指数（AQI of a day or an hour）
    #[command(help_template = TEMPLATE, override_usage = "duixian air aqi --date <日期> [浓度]")]
    Aqi(Box<aqi::Arguments>),
    /// 一年各日：AQI、优良天数比例、年均值、百分位数（a year of days）
    #[command(help_template = TEMPLATE, override_usage = "duixian air year [选项] <文件>")]
    Year(year::Arguments),
}

/// By which rules.
#[derive(Debug, Args)]
struct Rules {
    /// 按哪一版标准：2012 或 2026，省略则按日期（version of the standard）
    #[arg(long, value_name = "版本", help_heading = "选项", hide_possible_values = true)]
    standard: Option<Version>,
    /// 先把浓度修约到整数（CO 到 0.1）再计算（round concentrations first）
    #[arg(long, help_heading = "选项")]
    round: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Version {
    #[value(name = "2012")]
    Old,
    #[value(name = "2026")]
    New,
}

impl Rules {
    fn only(&self) -> Option<Standard> {
        self.standard.map(|version| match version {
            Version::Old => Standard::Hj2012,
            Version::New => Standard::Hj2026,
        })
    }
}

/// Runs a command of the air.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Aqi(arguments) => aqi::run(arguments),
        Command::Year(arguments) => year::run(arguments),
    }
}
