//! `duixian energy lmdi`: what changed the use of energy.

use clap::Args;

use super::super::table_file;
use super::Table;
use crate::calculate::lmdi;
use crate::error::Failure;

/// What `duixian energy lmdi` is told: a table of `sector`, `year` or `period`, `activity` and `energy`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    table: Table,
    /// 各效应保留几位小数，0 至 10，默认 4（decimals of the effects）
    #[arg(long, value_name = "位数", default_value_t = 4, hide_default_value = true)]
    #[arg(help_heading = "选项", value_parser = clap::value_parser!(u32).range(0..=10))]
    places: u32,
}

/// Tells the change of a table apart.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Table { file, format } = &arguments.table;
    let bytes = table_file::bytes_of(file, "一张 CSV 表")?;
    lmdi::answer(file, &bytes, arguments.places)?.print(*format)
}
