//! `duixian compare`: what became of a report's promises in the next one, or what a later draft changed.

use std::path::{Path, PathBuf};

use assessment::{CompareError, Side};
use clap::{Args, ValueEnum};
use publication::comparison;
use terms::{CompareAs, ComparedDocument, Comparison, Statements};

use super::output::{self, Output};
use super::progress::Progress;
use crate::error::Failure;
use crate::pipeline;

/// What `duixian compare` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 前一份报告或前稿（the earlier report or draft）
    #[arg(value_name = "前文件", help_heading = "参数", display_order = 1)]
    before: PathBuf,
    /// 后一份报告或后稿（the later report or draft）
    #[arg(value_name = "后文件", help_heading = "参数", display_order = 2)]
    after: PathBuf,
    /// 比较方式：promises 承诺对结果、drafts 前稿对后稿；默认由年份判断（how to compare）
    #[arg(long = "as", value_enum, value_name = "方式", help_heading = "选项")]
    #[arg(hide_possible_values = true)]
    mode: Option<Mode>,
    /// 输出格式：table（默认）、jsonl、csv、xlsx（output format）
    #[arg(long, value_enum, value_name = "格式", default_value_t = Format::Table, help_heading = "选项")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    format: Format,
    /// 写入文件而不是标准输出（write to a file）
    #[arg(long, value_name = "输出文件", help_heading = "选项")]
    output: Option<PathBuf>,
    /// 覆盖已有的输出文件（overwrite an existing file）
    #[arg(long, requires = "output", help_heading = "选项")]
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Mode {
    Promises,
    Drafts,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Jsonl,
    Csv,
    Xlsx,
}

/// Compares two reports.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let output = match &arguments.output {
        Some(path) => Output::File { path, force: arguments.force },
        None => Output::Standard,
    };
    output.check()?;
    if arguments.format == Format::Xlsx && arguments.output.is_none() {
        output::refuse_terminal()?;
    }
    let (before, found_before) = read(&arguments.before)?;
    let (after, found_after) = read(&arguments.after)?;
    let progress = Progress::of("正在对照");
    let comparison = assessment::compare(
        Side { document: &before, statements: &found_before.statements },
        Side { document: &after, statements: &found_after.statements },
        &statement::catalogue(),
        arguments.mode.map(|mode| match mode {
            Mode::Promises => CompareAs::Promises,
            Mode::Drafts => CompareAs::Drafts,
        }),
    )
    .map_err(explained)?;
    drop(progress);
    write(&output, arguments.format, &comparison)
}

fn read(path: &Path) -> Result<(ComparedDocument, Statements), Failure> {
    let _progress = Progress::of(format!("正在读取 {}", path.display()));
    let document = pipeline::read_file(path)?.document;
    let statements = pipeline::extract(&document);
    Ok((ComparedDocument::from(&document), statements))
}

fn write(output: &Output<'_>, format: Format, found: &Comparison) -> Result<(), Failure> {
    match format {
        Format::Table => {
            let width = matches!(output, Output::Standard).then(output::width).flatten();
            output.write(|mut out| comparison::table(&mut out, found, width))
        }
        Format::Jsonl => output.write(|mut out| comparison::jsonl(&mut out, found)),
        Format::Csv => output.write(|mut out| comparison::csv(&mut out, found)),
        Format::Xlsx => {
            let book = comparison::workbook(found)?;
            output.write(|out| out.write_all(&book))
        }
    }
}

/// Why two files cannot be compared, and what was expected of them.
fn explained(error: CompareError) -> Failure {
    let expected = match &error {
        CompareError::Years { .. } => {
            "应为相邻两年的报告或同一年度的两稿，或以 --as promises、--as drafts 指明"
        }
        CompareError::Reversed { .. } => "应先写前一年的，后写后一年的",
        CompareError::NoTargets { .. } => "前文件应为有目标的报告",
        CompareError::NoResults { .. } => "后文件应报告该年的结果，或以 --as drafts 比较两稿",
        _ => "应为一份报告",
    };
    Failure::Input(format!("{error}（{expected}）"))
}
