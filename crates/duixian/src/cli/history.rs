//! `duixian history`: who wrote what, when and why.

use clap::Args;
use ledger::Ledger;
use serde_json::json;

use super::LedgerArgument;
use super::output::{self, Output};
use crate::error::Failure;

/// What `duixian history` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 最多几条，默认 50（at most so many entries）
    #[arg(long, value_name = "条数", default_value_t = 50, help_heading = "选项")]
    #[arg(hide_default_value = true, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
    /// 只列此号之前的（only those before this number）
    #[arg(long, value_name = "号", help_heading = "选项")]
    before: Option<i64>,
    /// 输出 JSON（as JSON）
    #[arg(long, help_heading = "选项")]
    json: bool,
}

/// Prints the record of writes, latest first.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let ledger = Ledger::open_read_only(&arguments.ledger.ledger)?;
    let limit = usize::try_from(arguments.limit).unwrap_or(usize::MAX);
    let entries = ledger.log_entries(arguments.before, limit)?;
    if arguments.json {
        let all: Vec<_> = entries
            .iter()
            .map(|entry| {
                json!({
                    "number": entry.number, "at": entry.at, "author": entry.author,
                    "place": entry.place, "action": entry.action, "subject": entry.subject,
                    "reason": entry.reason, "hash": entry.hash,
                })
            })
            .collect();
        return output::json(&all);
    }
    Output::Standard.write(|out| {
        writeln!(out, "号\t时间\t写入人\t来处\t操作\t对象\t理由")?;
        for entry in &entries {
            let (number, at, author) = (entry.number, &entry.at, &entry.author);
            let (place, action, subject) = (&entry.place, &entry.action, &entry.subject);
            let reason = output::one_line(&entry.reason);
            writeln!(out, "{number}\t{at}\t{author}\t{place}\t{action}\t{subject}\t{reason}")?;
        }
        Ok(())
    })
}
