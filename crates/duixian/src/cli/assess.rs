//! `duixian assess`: where the targets of a region stand on a day.

use std::path::{Path, PathBuf};

use assessment::standing::{Behind, Chances, Policy};
use clap::{Args, ValueEnum};
use ledger::Ledger;
use serde::Deserialize;
use terms::Day;

use super::output::{self, Output};
use super::progress::Progress;
use super::{LedgerArgument, SeedArgument, day_or_today, list, table_file};
use crate::error::Failure;
use crate::standing::{self, Judge};
use crate::toml_file::{self, Number};

/// The largest file of borders that is read, in bytes.
const LARGEST: usize = 1 << 16;

/// What `duixian assess` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 地区的名称或行政区划代码；只有一个地区有目标时可省略（region）
    #[arg(long, value_name = "地区", help_heading = "选项")]
    region: Option<String>,
    /// 按这一天所知判断，如 2024-10-31；默认今天（as known on this day）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    as_of: Option<Day>,
    /// 目标的年度；默认到这一天已开始的最近一年（year of the targets）
    #[arg(long, value_name = "年", help_heading = "选项")]
    year: Option<i16>,
    /// 状态的界限，TOML 文件（borders between the statuses）
    #[arg(long, value_name = "文件", help_heading = "选项")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    seed: SeedArgument,
    /// 输出格式：table（默认）、json、csv（output format）
    #[arg(long, value_enum, value_name = "格式", default_value_t = Format::Table, help_heading = "选项")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
}

/// Tells where targets stand.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let policy = arguments.policy.as_deref().map(policy_of).transpose()?.unwrap_or_default();
    let ledger = Ledger::open_read_only(&arguments.ledger.ledger)?;
    let as_of = day_or_today(arguments.as_of)?;
    let region = region_of(&ledger, arguments.region.as_deref())?;
    let targets = standing::targets(&ledger, Some(&region), None)?;
    let year = arguments.year.or_else(|| standing::latest_year(&targets, as_of));
    let Some(year) = year else {
        return Err(Failure::Input(format!(
            "到 {as_of} 为止 {region} 没有已下达的目标（可用 duixian enter target 录入）"
        )));
    };
    let mut years: Vec<i16> = targets.iter().map(|target| target.period.year()).collect();
    years.sort_unstable();
    years.dedup();
    if !years.contains(&year) {
        let years = years.iter().map(i16::to_string).collect::<Vec<_>>().join("、");
        return Err(Failure::Input(format!("{region} 没有 {year} 年的目标（应为 {years}）")));
    }
    let progress = Progress::of("正在判断");
    let asked = (region.as_str(), year, as_of);
    let judge = Judge::new(policy, arguments.seed.seed);
    let found = judge.standings(&ledger, asked, &targets)?;
    drop(progress);
    Output::Standard.write(|mut out| match arguments.format {
        Format::Table => publication::standing::table(&mut out, &found, output::width()),
        Format::Json => publication::standing::json(&mut out, &found),
        Format::Csv => publication::standing::csv(&mut out, &found),
    })
}

/// The region that is asked for, or the only one that has targets.
fn region_of(ledger: &Ledger, written: Option<&str>) -> Result<String, Failure> {
    if let Some(written) = written {
        return ledger.region_code(written).map_err(list::refusal);
    }
    let mut regions: Vec<String> =
        standing::targets(ledger, None, None)?.into_iter().map(|target| target.region).collect();
    regions.sort_unstable();
    regions.dedup();
    match &regions[..] {
        [only] => Ok(only.clone()),
        [] => Err(Failure::Input(
            "台账里没有已下达的目标（可用 duixian enter target 录入）".to_owned(),
        )),
        several => Err(Failure::Input(format!(
            "有目标的地区不止一个（请用 --region 指明：{}）",
            several.join("、")
        ))),
    }
}

/// Borders as a file gives them; what is left out is as usual.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Borders {
    firm: Option<Pair>,
    aim: Option<Pair>,
    behind: Option<Pair>,
    pace: Option<Pair>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Pair {
    on_track: Number,
    at_risk: Number,
}

fn policy_of(file: &Path) -> Result<Policy, Failure> {
    let text = table_file::toml_text(file, "一个 TOML 文件", Some(LARGEST))?;
    let wrong = |said: String| Failure::Input(format!("{}：{said}", file.display()));
    let borders: Borders = toml_file::read(&text, "状态界限（[firm]、[aim]、[behind]、[pace]）")
        .map_err(|fault| wrong(fault.to_string()))?;
    let usual = Policy::default();
    let pair = |given: &Option<Pair>, on_track, at_risk| match given {
        Some(pair) => (pair.on_track.0, pair.at_risk.0),
        None => (on_track, at_risk),
    };
    let chances = |given: &Option<Pair>, usual: Chances| {
        let (on_track, at_risk) = pair(given, usual.on_track, usual.at_risk);
        Chances { on_track, at_risk }
    };
    let (on_track, at_risk) = pair(&borders.behind, usual.behind.on_track, usual.behind.at_risk);
    let policy = Policy {
        firm: chances(&borders.firm, usual.firm),
        aim: chances(&borders.aim, usual.aim),
        pace: chances(&borders.pace, usual.pace),
        behind: Behind { on_track, at_risk },
    };
    policy.check().map_err(|error| wrong(error.to_string()))?;
    Ok(policy)
}
