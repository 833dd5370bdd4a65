//! `duixian water`: classes of sections of surface water, whether they are what they are meant for, and rivers.

mod answer;
mod read;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::output::{self, Output};
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
    let sections = read::sections(file)?;
    let refuse = |said: String| Failure::Input(format!("{}：{said}", file.display()));
    let found = answer::judged(&sections).map_err(refuse)?;
    match arguments.format {
        Format::Json => output::json(&answer::json(&found)),
        Format::Text => {
            let (grid, closing) = answer::table(&found);
            Output::Standard.write(|mut out| {
                writeln!(out, "地表水断面水质（GB 3838-2002，单因子）")?;
                grid.table(&mut out, output::width())?;
                closing.iter().try_for_each(|line| writeln!(out, "{line}"))
            })
        }
    }
}
