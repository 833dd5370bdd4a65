//! `duixian package`: the whole ledger as a data package, and back.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use ledger::Ledger;

use super::output::Output;
use super::progress::Progress;
use super::whole::{self, Existing};
use super::{LedgerArgument, TEMPLATE};
use crate::error::Failure;
use crate::package;

/// What `duixian package` is told.
#[derive(Debug, Args)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令")]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 把整个台账写为数据包（write the ledger as a data package）
    #[command(help_template = TEMPLATE, override_usage = "duixian package export [选项] <文件夹>")]
    Export(Place),
    /// 由数据包建立新台账（make a new ledger from a data package）
    #[command(help_template = TEMPLATE, override_usage = "duixian package import [选项] <文件夹>")]
    Import(Place),
}

#[derive(Debug, Args)]
struct Place {
    /// 数据包的文件夹（folder of the package）
    #[arg(value_name = "文件夹", help_heading = "参数")]
    folder: PathBuf,
    #[command(flatten)]
    ledger: LedgerArgument,
}

/// Takes a ledger out or puts it back.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Export(place) => export(place),
        Command::Import(place) => import(place),
    }
}

fn export(Place { folder, ledger }: &Place) -> Result<(), Failure> {
    let progress = Progress::of(format!("正在写数据包 {}", folder.display()));
    let done = package::export(&Ledger::open_read_only(&ledger.ledger)?, folder)?;
    drop(progress);
    Output::Standard.write(|out| {
        writeln!(
            out,
            "已写数据包：{}（表 {} 张，数据 {} 行，原文件 {} 个，共 {} 字节）",
            folder.display(),
            done.tables,
            done.rows,
            done.blobs,
            done.bytes
        )
    })
}

fn import(Place { folder, ledger }: &Place) -> Result<(), Failure> {
    let progress = Progress::of(format!("正在读数据包 {}", folder.display()));
    let new = &ledger.ledger;
    let done = whole::write(new, Existing::Kept, |part| Ok(package::import(folder, part)?))?;
    drop(progress);
    Output::Standard.write(|out| {
        writeln!(
            out,
            "已建立台账：{}（表 {} 张，数据 {} 行，写入记录 {} 条，已核对）",
            new.display(),
            done.tables,
            done.rows,
            done.verification.entries
        )
    })
}
