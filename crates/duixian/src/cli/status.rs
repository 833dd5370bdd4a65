//! `duixian status`: the state of the plans in a ledger.

use std::path::Path;

use publication::table;

use super::output::{self, Output};
use super::progress::Progress;
use crate::error::Failure;
use crate::pipeline;

/// Prints the state of the plans.
pub(super) fn run(ledger: &Path) -> Result<(), Failure> {
    let progress = Progress::of(format!("正在读取 {}", ledger.display()));
    let assessment = pipeline::assess_ledger(ledger)?;
    drop(progress);
    Output::Standard.write(|mut out| table::status(&mut out, &assessment, output::width()))
}
