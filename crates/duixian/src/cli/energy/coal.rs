//! `duixian energy coal`: energy of many kinds in standard coal.

use clap::Args;

use super::super::table_file;
use super::Table;
use crate::calculate::coal::{self, By};
use crate::error::Failure;

/// What `duixian energy coal` is told: a table of `carrier`, `amount`, `unit` and, where it is measured, `factor`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    table: Table,
    /// 电力、热力按当量还是等价：calorific 或 equivalent，默认当量（basis of electricity and heat）
    #[arg(long, value_name = "口径", default_value = "calorific", hide_default_value = true)]
    #[arg(hide_possible_values = true, help_heading = "选项")]
    basis: By,
}

/// Computes the standard coal of a table.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Table { file, format } = &arguments.table;
    let bytes = table_file::bytes_of(file, "一张 CSV 表")?;
    coal::answer(file, &bytes, arguments.basis)?.print(*format)
}
