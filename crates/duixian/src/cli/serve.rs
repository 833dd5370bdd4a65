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
    /// 每个密钥、账号或地址每分钟可取数据的次数，默认 1200，0 为不限（requests for data a minute）
    #[arg(hide_default_value = true)]
    #[arg(long, value_name = "次数", default_value_t = 1200, help_heading = "选项")]
    data_rate: u32,
    /// 其他机器每分钟可取页面的次数，默认 3000，0 为不限（requests for pages a minute, of other machines）
    #[arg(hide_default_value = true)]
    #[arg(long, value_name = "次数", default_value_t = 3000, help_heading = "选项")]
    page_rate: u32,
    /// 允许此来源的网页读取数据，可多个，如 https://www.example.cn；* 为任何来源（CORS）
    #[arg(long = "cors", value_name = "来源", value_parser = origin, help_heading = "选项")]
    origins: Vec<String>,
}

/// An origin as browsers name it.
fn origin(written: &str) -> Result<String, String> {
    let (scheme, host) = written.split_once("://").unwrap_or_default();
    let named = matches!(scheme, "http" | "https")
        && !host.is_empty()
        && host.bytes().all(|byte| byte.is_ascii_graphic() && !b"/?#@,\"".contains(&byte));
    match written == "*" || named {
        true => Ok(written.to_owned()),
        false => Err("应如 https://www.example.cn，或 *（不带路径）".to_owned()),
    }
}

/// Serves a ledger until it is told to stop.
pub(super) fn run(arguments: Arguments) -> Result<(), Failure> {
    Ok(server::serve(ServeOptions {
        ledger: arguments.ledger.ledger,
        address: arguments.address,
        port: arguments.port,
        accounts: arguments.accounts,
        single_user: arguments.single_user,
        https: arguments.https,
        day: arguments.day,
        data_rate: arguments.data_rate,
        page_rate: arguments.page_rate,
        origins: arguments.origins,
    })?)
}
