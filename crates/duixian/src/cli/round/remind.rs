//! Reminders to departments, as files or by mail.

use std::path::PathBuf;

use clap::Args;
use ledger::Ledger;

use super::super::LedgerArgument;
use super::super::output::Output;
use super::template::make_folder;
use super::{round, say, today};
use crate::error::Failure;
use crate::reminder::{self, ReminderError};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 轮次代码（code of the round）
    #[arg(value_name = "代码", help_heading = "参数", display_order = 1)]
    code: String,
    /// 写入的文件夹，每个部门一个文件（folder to write to）
    #[arg(value_name = "文件夹", help_heading = "参数", display_order = 2)]
    #[arg(required_unless_present = "smtp", conflicts_with = "smtp")]
    folder: Option<PathBuf>,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 经此邮件服务器发出，如 mail.example.cn:25；应在内网，不加密、不用密码（send through a relay）
    #[arg(long, value_name = "主机:端口", help_heading = "选项")]
    smtp: Option<String>,
    /// 发件人的邮箱（address of the sender）
    #[arg(long, value_name = "邮箱", default_value = reminder::SENDER, help_heading = "选项")]
    #[arg(hide_default_value = true)]
    from: String,
    /// 覆盖已有的文件（overwrite existing files）
    #[arg(long, help_heading = "选项")]
    force: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let server = arguments.smtp.as_deref().map(server).transpose()?;
    let ledger = Ledger::open_read_only(&arguments.ledger.ledger)?;
    let round = round(&ledger, &arguments.code)?;
    let duties = ledger.progress(&round.code)?;
    let reminders = reminder::of(&ledger, &round, &duties, today()?).map_err(worded)?;
    if reminders.is_empty() {
        return say("没有要提醒的部门");
    }
    if let Some(server) = server {
        let sent = reminder::send(&reminders, &arguments.from, server).map_err(worded)?;
        say(&format!("已发出 {sent} 封"))?;
        for reminder in reminders.iter().filter(|reminder| reminder.email.is_empty()) {
            say(&format!("没有邮箱，未发：{} {}", reminder.department, reminder.name))?;
        }
        return Ok(());
    }
    let Some(folder) = &arguments.folder else { return Ok(()) };
    let files = reminder::files(&reminders, &arguments.from).map_err(worded)?;
    make_folder(folder)?;
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| folder.join(name)).collect();
    for path in &paths {
        Output::File { path, force: arguments.force }.check()?;
    }
    for (((_, bytes), path), reminder) in files.iter().zip(&paths).zip(&reminders) {
        let output = Output::File { path, force: arguments.force };
        output.write(|out| out.write_all(bytes))?;
        let (name, duties) = (&reminder.name, reminder.duties);
        say(&format!("已写：{name} {duties} 项：{}", path.display()))?;
    }
    Ok(())
}

/// Host and port of a server.
fn server(written: &str) -> Result<(&str, u16), Failure> {
    let parts = written.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse().ok()?)));
    parts.filter(|(host, port)| !host.is_empty() && *port > 0).ok_or_else(|| {
        Failure::Input(format!("邮件服务器“{written}”（应为 主机:端口，如 mail.example.cn:25）"))
    })
}

fn worded(error: ReminderError) -> Failure {
    match error {
        ReminderError::Ledger(error) => Failure::Ledger(error),
        refused @ ReminderError::Refused { .. } => Failure::Failed(refused.to_string()),
        other => Failure::Input(other.to_string()),
    }
}
