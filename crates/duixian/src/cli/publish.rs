//! `duixian publish`: a site for the public that needs no server.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use terms::{Day, Indicator};

use super::LedgerArgument;
use super::output::Output;
use super::progress::Progress;
use crate::error::Failure;
use crate::publish::{Wanted, publish};

/// What `duixian publish` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 写到这个文件夹：新的或空的（folder of the site）
    #[arg(value_name = "文件夹", help_heading = "参数")]
    folder: PathBuf,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 公开的指标，代码或名称，可多次给出；默认为已下达目标的全部指标（indicators to show）
    #[arg(long = "indicator", value_name = "指标", help_heading = "选项")]
    indicators: Vec<String>,
    /// 不公开报告及其陈述（leave reports out）
    #[arg(long, help_heading = "选项")]
    without_reports: bool,
    /// 以此日为今天，默认为本日（the day that pages take for today）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    day: Option<Day>,
    /// 替换文件夹中已有的站点（replace the site that is there）
    #[arg(long, help_heading = "选项")]
    force: bool,
}

/// Writes the site.
pub(super) fn run(arguments: Arguments) -> Result<(), Failure> {
    let Arguments { folder, ledger, indicators, without_reports, day, force } = arguments;
    let catalogue = statement::catalogue();
    let named = |written: &String| {
        let known = Indicator::named(&catalogue, written);
        known
            .map(|known| known.code.clone())
            .ok_or_else(|| Failure::Input(format!("指标“{written}”（应为目录中指标的代码或名称）")))
    };
    let wanted = Wanted {
        ledger: ledger.ledger,
        indicators: indicators.iter().map(named).collect::<Result<BTreeSet<_>, _>>()?,
        reports: !without_reports,
        day,
        force,
    };
    let made = {
        let _progress = Progress::of("生成公开站点");
        publish(&folder, &wanted)?
    };
    Output::Standard.write(|out| {
        writeln!(
            out,
            "{}：{} 项指标，{} 个页面（中英文），共 {} 个文件，{:.1} MB；打开 {} 即可查看",
            folder.display(),
            made.indicators,
            made.pages,
            made.files,
            made.bytes as f64 / 1e6,
            folder.join("index.html").display()
        )
    })
}
