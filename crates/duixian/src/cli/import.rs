//! `duixian import`: files reports in a ledger.

use std::path::PathBuf;

use clap::Args;
use jiff::tz::{self, TimeZone};
use ledger::{Appended, Entry, Ledger};

use super::LedgerArgument;
use super::output::Output;
use super::progress::Progress;
use crate::error::Failure;
use crate::pipeline::{self, Source};

/// What `duixian import` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 计划报告的文本文件，可以多个（text files of reports）
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
    Ok(())
}

fn file(ledger: &mut Ledger, source: &Source, reason: &str) -> Result<Appended, Failure> {
    let _progress = Progress::of(format!("正在导入 {}", source.document.name));
    let statements = pipeline::extract(&source.document);
    let entry = Entry { author: author(), at: now(), reason: reason.to_owned() };
    pipeline::import(ledger, source, &statements, &entry)
}

fn author() -> String {
    std::env::var("USER").ok().filter(|user| !user.is_empty()).unwrap_or_else(|| "本机".to_owned())
}

/// The time to the second with the local offset; where the machine does not know its zone, that of China.
fn now() -> String {
    let now = jiff::Timestamp::now();
    let china = || TimeZone::fixed(tz::offset(8));
    let zone = TimeZone::try_system().unwrap_or_else(|_| china());
    let second = jiff::Timestamp::from_second(now.as_second()).unwrap_or(now);
    second.display_with_offset(zone.to_offset(now)).to_string()
}
