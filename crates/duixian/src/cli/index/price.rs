//! `duixian index price`: a price index from a table of prices and quantities.

use std::path::PathBuf;

use clap::Args;

use crate::calculate::price::{self, Asked};
use crate::cli::regional::Format;
use crate::cli::table_file;
use crate::error::Failure;

/// What `duixian index price` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// CSV 或 xlsx 表：时期、品目、价格、数量各一列，可另有类别、接替（table of prices）
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
    #[command(flatten)]
    asked: Asked,
    /// 输出格式：table（默认）、json、csv（output format）
    #[arg(long, value_enum, value_name = "格式", default_value_t = Format::Table, help_heading = "选项")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    format: Format,
}

/// Computes a price index.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Arguments { file, asked, format } = arguments;
    let bytes = table_file::bytes_of(file, "一张 CSV 表")?;
    price::answer(file, &bytes, asked)?.print(*format)
}
