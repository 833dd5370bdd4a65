//! `duixian man`: the manual, as pages for `man`.

use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use super::output::Output;
use super::{Cli, json_alias};
use crate::error::Failure;

/// What `duixian man` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 写到此文件夹，每个命令一页；省略则把总页写到标准输出（a page for each command, into this folder）
    #[arg(value_name = "文件夹", help_heading = "参数")]
    folder: Option<PathBuf>,
}

/// Prints the page of the program, or writes a page for each command.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let command = json_alias::told(Cli::command());
    let Some(folder) = &arguments.folder else {
        let mut page = Vec::new();
        let made = Man::new(command).render(&mut page);
        made.map_err(|error| Failure::Failed(format!("无法生成手册（{error}）")))?;
        return Output::Standard.write(|out| out.write_all(&page));
    };
    if !folder.is_dir() {
        let place = folder.display();
        return Err(Failure::Input(format!("没有文件夹：{place}（应为已有的文件夹）")));
    }
    // Pages of an earlier version are replaced.
    clap_mangen::generate_to(command, folder).map_err(|error| Failure::writing(folder, &error))?;
    Output::Standard.write(|out| {
        let place = folder.display();
        writeln!(out, "已写手册：{place}（查看：man -l {place}/duixian.1）")
    })
}
