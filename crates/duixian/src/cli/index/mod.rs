//! `duixian index`: price indices and composite indices.

mod composite;
mod composite_answer;
mod composite_data;
mod composite_file;
mod price;

use clap::{Args, Subcommand};

use super::TEMPLATE;
use crate::error::Failure;

/// What `duixian index` is told.
#[derive(Debug, Args)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令")]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 由各品目的价格和数量计算价格指数（price index of items）
    #[command(help_template = TEMPLATE, override_usage = "duixian index price [选项] <文件>")]
    Price(price::Arguments),
    /// 由配置文件和指标数据计算一族合成指数，可看敏感性（family of composite indices）
    #[command(help_template = TEMPLATE, override_usage = "duixian index composite [选项] <配置文件> <数据文件>")]
    Composite(composite::Arguments),
}

/// Computes an index.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Price(arguments) => price::run(arguments),
        Command::Composite(arguments) => composite::run(arguments),
    }
}
