//! `duixian serve`: the ledger as pages.

use clap::Args;
use terms::Day;

use super::LedgerArgument;
use crate::error::Failure;
use crate::server::{self, ServeOptions};

/// What `duixian serve` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 端口，默认 8080（port）
    #[arg(hide_default_value = true)]
    #[arg(long, value_name = "端口", default_value_t = 8080, help_heading = "选项")]
    port: u16,
    /// 监听地址，默认 127.0.0.1 即仅限本机（address to listen on）
    #[arg(hide_default_value = true)]
    #[arg(long, value_name = "地址", default_value = "127.0.0.1", help_heading = "选项")]
    address: String,
    /// 本机使用也须登录；首次启动建立管理员账号并显示一次性密码（sign in even on this machine）
    #[arg(long, help_heading = "选项")]
    accounts: bool,
    /// 台账已有账号，但本机一人使用、不登录（nobody signs in; this machine only）
    #[arg(long, conflicts_with = "accounts", help_heading = "选项")]
    single_user: bool,
    /// 浏览器经由反向代理的 HTTPS 访问，cookie 只随 HTTPS 发送（browsers come through TLS）
    #[arg(long, help_heading = "选项")]
    https: bool,
    /// 以此日为今天，用于示例和回看；写入仍记当时的时间（the day that pages take for today）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    day: Option<Day>,
}

/// Serves a ledger until it is told to stop.
pub(super) fn run(arguments: Arguments) -> Result<(), Failure> {
    let Arguments { ledger, port, address, accounts, single_user, https, day } = arguments;
    let ledger = ledger.ledger;
    Ok(server::serve(ServeOptions { ledger, address, port, accounts, single_user, https, day })?)
}
