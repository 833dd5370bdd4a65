//! `duixian solar`: where the sun is, what modules on a roof make in a year, a programme of roofs, and what
//! became of it.

mod follow;
mod position;
mod programme;
mod yields;

use clap::{Args, Subcommand, ValueEnum};

use super::TEMPLATE;
use crate::calculate::solar::{refused, rounded, site};
use crate::error::Failure;

/// What `duixian solar` is told.
#[derive(Debug, Args)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令")]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 太阳在何处：天顶角、方位角、时差、日出日没（where the sun is）
    #[command(help_template = TEMPLATE, override_usage = "duixian solar position [选项] --lat <纬度> --lon <经度> --time <时刻>")]
    Position(position::Position),
    /// 屋顶光伏一年发电多少，逐月，P50 和 P90（yield of a roof）
    #[command(help_template = TEMPLATE, override_usage = "duixian solar yield [选项] --lat <纬度> --lon <经度> --kwp <千瓦> --tilt <倾角> --azimuth <方位角>")]
    Yield(Box<yields::Yield>),
    /// 全县屋顶光伏计划：先装哪些、何时、多少钱、有多大可能（programme of roofs）
    #[command(help_template = TEMPLATE, override_usage = "duixian solar programme [选项] <建筑表> --target-mw <兆瓦>")]
    Programme(Box<programme::Programme>),
    /// 跟踪：各栋各月实发与当月天气应发相比，偏低、停发的标出（roofs held against the weather of their months）
    #[command(help_template = TEMPLATE, override_usage = "duixian solar follow [选项] <发电量表>")]
    Follow(follow::Follow),
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Answers.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Position(arguments) => position::run(arguments),
        Command::Yield(arguments) => yields::run(arguments),
        Command::Programme(arguments) => programme::run(arguments),
        Command::Follow(arguments) => follow::run(arguments),
    }
}
