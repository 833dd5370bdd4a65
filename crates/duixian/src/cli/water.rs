//! `duixian water`: classes of sections of surface water, whether they are what they are meant for, and rivers.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{output, table_file};
use crate::calculate::water;
use crate::error::Failure;

/// What `duixian water` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// CSV 表或工作簿：section（断面）、target（目标类别）和各监测项目（table of sections）
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

/// Judges the sections of a table.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let file = &arguments.file;
    let answer = water::answer(file, &table_file::bytes_of(file, "一张 CSV 表")?)?;
    match arguments.format {
        Format::Json => output::json(&answer.json),
        Format::Text => output::answer(&answer),
    }
}
