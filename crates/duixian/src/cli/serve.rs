//! `duixian serve`: the ledger as pages.

use clap::Args;

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
}

/// Serves a ledger until it is told to stop.
pub(super) fn run(arguments: Arguments) -> Result<(), Failure> {
    let Arguments { ledger, port, address } = arguments;
    Ok(server::serve(ServeOptions { ledger: ledger.ledger, address, port })?)
}
