//! A workbook for each duty of a round.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use ledger::Ledger;

use super::super::LedgerArgument;
use super::super::output::Output;
use super::{duty, round, say};
use crate::error::Failure;
use crate::workbook::{self, MakeError};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 轮次代码（code of the round）
    #[arg(value_name = "代码", help_heading = "参数", display_order = 1)]
    code: String,
    /// 写入的文件夹（folder to write to）
    #[arg(value_name = "文件夹", help_heading = "参数", display_order = 2)]
    folder: PathBuf,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 只为此部门（only for this department）
    #[arg(long, value_name = "部门", help_heading = "选项")]
    department: Option<String>,
    /// 覆盖已有的文件（overwrite existing files）
    #[arg(long, help_heading = "选项")]
    force: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let ledger = Ledger::open_read_only(&arguments.ledger.ledger)?;
    let round = round(&ledger, &arguments.code)?;
    let catalogue = statement::catalogue();
    let mut duties = ledger.progress(&round.code)?;
    if let Some(department) = &arguments.department {
        duties.retain(|known| known.duty.department == *department);
        if duties.is_empty() {
            let code = &round.code;
            return Err(Failure::Input(format!("部门 {department} 在轮次 {code} 没有任务")));
        }
    }
    let folder = &arguments.folder;
    make_folder(folder)?;
    for progress in &duties {
        let sheet = duty(&ledger, progress.duty.number)?;
        let made = workbook::of(&ledger, &catalogue, &sheet).map_err(|error| match error {
            MakeError::Ledger(error) => Failure::Ledger(error),
            MakeError::Workbook(error) => Failure::Workbook(error),
        })?;
        let known = &sheet.duty;
        let name = format!("{}-{}-{}.{}", known.round, known.form, known.region, made.kind);
        let path = folder.join(name);
        let what = format!("任务 {} {}：{}", known.number, sheet.department, path.display());
        if fs::read(&path).is_ok_and(|there| there == made.bytes) {
            say(&format!("未作改动：{what}"))?;
            continue;
        }
        let output = Output::File { path: &path, force: arguments.force };
        output.write(|out| out.write_all(&made.bytes))?;
        say(&format!("已写：{what}"))?;
    }
    Ok(())
}

/// Makes a folder where there is none.
pub(super) fn make_folder(folder: &Path) -> Result<(), Failure> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir(folder).map_err(|error| Failure::writing(folder, &error))
}
