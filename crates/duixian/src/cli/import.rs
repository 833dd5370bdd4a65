//! `duixian import`: files reports in a ledger.

use std::path::PathBuf;

use clap::Args;
use ledger::{Appended, Ledger};

use super::LedgerArgument;
use super::link::open_measures;
use super::output::Output;
use super::progress::Progress;
use crate::clock::entry;
use crate::error::Failure;
use crate::pipeline::{self, Source};

/// What `duixian import` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 计划报告，可以多个：文本、网页、docx、xlsx、csv、PDF（reports）
    #[arg(value_name = "文件", required = true, help_heading = "参数")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 记入台账的理由，默认“导入计划报告”（reason kept in the ledger）
    #[arg(long, value_name = "理由", default_value = "导入计划报告", help_heading = "选项")]
    #[arg(hide_default_value = true)]
    reason: String,
}

/// Files reports. All files are read before the first is filed, so that a bad one leaves the ledger as it was.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut sources = Vec::with_capacity(arguments.files.len());
    for file in &arguments.files {
        let _progress = Progress::of(format!("正在读取 {}", file.display()));
        sources.push(pipeline::read_file(file)?);
    }
    let path = &arguments.ledger.ledger;
    let mut ledger = Ledger::open(path)?;
    for source in &sources {
        let name = &source.document.name;
        let line = match file(&mut ledger, source, &arguments.reason)? {
            Appended::New { document, statements } => format!(
                "已导入 {name}：文档 {document}，陈述 {statements} 条（台账 {}）",
                path.display()
            ),
            Appended::Known { document, imported_at } => {
                format!("台账中已有 {name}，未作改动：文档 {document}，{imported_at} 导入")
            }
        };
        Output::Standard.write(|out| writeln!(out, "{line}"))?;
    }
    match open_measures(&ledger)? {
        0 => Ok(()),
        number => Output::Standard.write(|out| {
            writeln!(
                out,
                "未对应指标的名称 {number} 个：查看与指定用 duixian link --ledger {}",
                path.display()
            )
        }),
    }
}

fn file(ledger: &mut Ledger, source: &Source, reason: &str) -> Result<Appended, Failure> {
    let _progress = Progress::of(format!("正在导入 {}", source.document.name));
    let statements = pipeline::extract(&source.document);
    pipeline::import(ledger, source, &statements, &entry(reason))
}
