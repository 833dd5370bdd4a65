//! `duixian restore`: a ledger from a backup.

use std::path::PathBuf;

use clap::Args;
use ledger::Ledger;

use super::output::Output;
use super::progress::Progress;
use super::whole::{self, Existing};
use crate::error::Failure;

/// What `duixian restore` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 备份文件（backup）
    #[arg(value_name = "备份文件", help_heading = "参数")]
    backup: PathBuf,
    /// 新台账，应为新文件（new ledger, a new file）
    #[arg(value_name = "新台账", help_heading = "参数")]
    new: PathBuf,
}

/// Makes a ledger from a backup, which is checked and left as it is.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Arguments { backup, new } = arguments;
    let progress = Progress::of(format!("正在恢复 {}", backup.display()));
    let open = Ledger::open_to_copy(backup)?;
    let found = whole::write(new, Existing::Kept, |part| {
        open.copy_to(part)?;
        // A backup of an older schema is itself what an upgrade would keep.
        if let Some(upgrade) = Ledger::upgrade(part)? {
            std::fs::remove_file(&upgrade.backup)
                .map_err(|error| Failure::writing(&upgrade.backup, &error))?;
        }
        whole::check(part, backup)
    })?;
    drop(progress);
    Output::Standard.write(|out| {
        writeln!(
            out,
            "已恢复：{}（写入记录 {} 条，文档 {} 份，已核对）",
            new.display(),
            found.entries,
            found.documents
        )
    })
}
