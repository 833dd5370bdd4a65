//! `duixian verify`: checks the ledger's history.

use std::path::Path;

use clap::Args;
use ledger::{Fault, Ledger, Verification};

use super::LedgerArgument;
use super::output::{self, Output};
use super::progress::Progress;
use crate::error::Failure;

/// What `duixian verify` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 以前记下的链头：核对它之后的记录没有被截去（a head that was noted before）
    #[arg(long, value_name = "链头", help_heading = "选项")]
    head: Option<String>,
    /// 输出 JSON（as JSON）
    #[arg(long, help_heading = "选项")]
    json: bool,
}

/// Checks the audit log of a ledger against its content, and that a head that was noted before is still part of it.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let path = &arguments.ledger.ledger;
    let progress = Progress::of(format!("正在核对 {}", path.display()));
    let ledger = Ledger::open_read_only(path)?;
    let checked = ledger.verify()?;
    drop(progress);
    let mut noted = None;
    if let Some(head) = &arguments.head {
        let Some(number) = ledger.entry_of_head(head.trim())? else {
            return Err(Failure::Failed(format!(
                "台账中没有链头 {head}：其后的记录被截去或换掉（{}；应仍含以前记下的链头）",
                path.display()
            )));
        };
        noted = Some(number);
    }
    if arguments.json {
        let faults: Vec<String> = checked.faults.iter().map(ToString::to_string).collect();
        output::json(&serde_json::json!({
            "sound": checked.faults.is_empty(),
            "entries": checked.entries,
            "documents": checked.documents,
            "head": checked.head,
            "noted_entry": noted,
            "faults": faults,
        }))?;
        return judged(&checked, path);
    }
    if let Some(number) = noted {
        Output::Standard.write(|out| writeln!(out, "所记链头是第 {number} 条记录的"))?;
    }
    Output::Standard.write(|out| {
        checked.faults.iter().try_for_each(|fault| writeln!(out, "{fault}"))?;
        writeln!(out, "写入记录 {} 条，文档 {} 份", checked.entries, checked.documents)?;
        writeln!(out, "链头 {}", if checked.head.is_empty() { "（空）" } else { &checked.head })?;
        if checked.faults.is_empty() {
            writeln!(out, "台账完好")?
        }
        writeln!(out, "{}", summary(&checked))
    })?;
    judged(&checked, path)
}

/// Fails where something is wrong.
fn judged(checked: &Verification, path: &Path) -> Result<(), Failure> {
    match checked.faults.len() {
        0 => Ok(()),
        number => Err(Failure::Failed(format!(
            "台账被改动过：{}（{number} 处不符，应与写入记录一致）",
            path.display()
        ))),
    }
}

/// A line in fixed words, for programs: `chain ok`, or the first bad entry.
fn summary(checked: &Verification) -> String {
    if checked.faults.is_empty() {
        return "chain ok".to_owned();
    }
    match checked.faults.iter().filter_map(Fault::entry).min() {
        Some(entry) => format!("chain broken: first bad entry {entry}"),
        None => "chain broken: no entry is bad, but the ledger holds what none wrote or is damaged"
            .to_owned(),
    }
}
