//! `duixian export`: the ledger as a workbook or as data.

use std::path::{Path, PathBuf};

use clap::Args;
use publication::{csv, jsonl, xlsx};

use super::LedgerArgument;
use super::output::Output;
use super::progress::Progress;
use crate::error::Failure;
use crate::pipeline;

/// What `duixian export` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 输出文件，以 .xlsx、.csv 或 .jsonl 结尾（file to write）
    #[arg(value_name = "输出文件", help_heading = "参数")]
    file: PathBuf,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 覆盖已有的输出文件（overwrite an existing file）
    #[arg(long, help_heading = "选项")]
    force: bool,
}

enum Format {
    Xlsx,
    Csv,
    Jsonl,
}

/// Exports a ledger.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let format = format(&arguments.file)?;
    let output = Output::File { path: &arguments.file, force: arguments.force };
    output.check()?;
    let _progress = Progress::of(format!("正在导出 {}", arguments.file.display()));
    let assessment = pipeline::assess_ledger(&arguments.ledger.ledger)?;
    let statements = || {
        let assessed = assessment.documents.iter().flat_map(|document| &document.statements);
        assessed.map(|assessed| &assessed.statement)
    };
    match format {
        Format::Xlsx => {
            let book = xlsx::workbook(&assessment)?;
            output.write(|out| out.write_all(&book))
        }
        Format::Csv => output.write(|mut out| csv::write(&mut out, statements())),
        Format::Jsonl => output.write(|mut out| jsonl::write(&mut out, statements())),
    }
}

fn format(path: &Path) -> Result<Format, Failure> {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("xlsx") => Ok(Format::Xlsx),
        Some("csv") => Ok(Format::Csv),
        Some("jsonl") => Ok(Format::Jsonl),
        _ => Err(Failure::Input(format!(
            "不能识别导出格式：{}（文件名应以 .xlsx、.csv 或 .jsonl 结尾）",
            path.display()
        ))),
    }
}
