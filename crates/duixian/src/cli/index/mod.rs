//! `duixian index`: price indices.

mod price;
mod price_answer;
mod price_file;

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
}

/// Computes an index.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Price(arguments) => price::run(arguments),
    }
}
