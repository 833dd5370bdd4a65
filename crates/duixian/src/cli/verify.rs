//! `duixian verify`: checks the ledger's history.

use std::path::Path;

use ledger::{Fault, Ledger, Verification};

use super::output::Output;
use super::progress::Progress;
use crate::error::Failure;

/// Checks the audit log of a ledger against its content.
pub(super) fn run(path: &Path) -> Result<(), Failure> {
    let progress = Progress::of(format!("正在核对 {}", path.display()));
    let checked = Ledger::open_read_only(path)?.verify()?;
    drop(progress);
    Output::Standard.write(|out| {
        checked.faults.iter().try_for_each(|fault| writeln!(out, "{fault}"))?;
        writeln!(out, "写入记录 {} 条，文档 {} 份", checked.entries, checked.documents)?;
        writeln!(out, "链头 {}", if checked.head.is_empty() { "（空）" } else { &checked.head })?;
        if checked.faults.is_empty() {
            writeln!(out, "台账完好")?
        }
        writeln!(out, "{}", summary(&checked))
    })?;
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
