//! `duixian assess`: where the targets of a region stand on a day.

use std::path::{Path, PathBuf};

use assessment::standing::{Behind, Chances, Policy};
use clap::{Args, ValueEnum};
use ledger::Ledger;
use rust_decimal::Decimal;
use serde::Deserialize;
use terms::Day;

use super::output::{self, Output};
use super::progress::Progress;
use super::{LedgerArgument, list};
use crate::error::Failure;
use crate::{clock, pipeline, standing};

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
    /// 随机数种子，同一种子得到同样的结果（seed）
    #[arg(
        long,
        value_name = "数",
        default_value_t = 1,
        hide_default_value = true,
        help_heading = "选项"
    )]
    seed: u64,
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
    let as_of = match arguments.as_of.or_else(clock::today) {
        Some(day) => day,
        None => return Err(Failure::Input("不知道今天的日期（请用 --as-of 指明）".to_owned())),
    };
    let region = region_of(&ledger, arguments.region.as_deref())?;
    let targets = standing::targets(&ledger, Some(&region))?;
    let year = arguments.year.or_else(|| standing::latest_year(&targets, as_of));
    let Some(year) = year else {
        return Err(Failure::Input(format!(
            "到 {as_of} 为止 {region} 没有已下达的目标（可用 duixian enter target 录入）"
        )));
    };
    let progress = Progress::of("正在判断");
    let asked = (region.as_str(), year, as_of);
    let found = standing::standings(&ledger, asked, &targets, (&policy, arguments.seed))?;
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
        standing::targets(ledger, None)?.into_iter().map(|target| target.region).collect();
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
    on_track: String,
    at_risk: String,
}

fn policy_of(file: &Path) -> Result<Policy, Failure> {
    let shown = file.display();
    let bytes = pipeline::bytes_of(file, LARGEST, "一个 TOML 文件", |size| {
        Failure::Input(format!("文件过大：{shown}（{size} 字节，上限为 {LARGEST} 字节）"))
    })?;
    let wrong = |said: String| Failure::Input(format!("{shown}：{said}"));
    let text = String::from_utf8(bytes).map_err(|_| wrong("不是 UTF-8 文本".to_owned()))?;
    let borders: Borders = toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(1, |span| {
            text.get(..span.start).map_or(1, |before| before.matches('\n').count() + 1)
        });
        let said = error.message().to_owned();
        wrong(format!(
            "第 {line} 行：{said}（应为 [firm]、[aim]、[behind]、[pace] 各节，各有 on-track 和 at-risk）"
        ))
    })?;
    let pair = |name: &str, pair: &Option<Pair>, usual: (Decimal, Decimal)| {
        let Some(Pair { on_track, at_risk }) = pair else { return Ok::<_, Failure>(usual) };
        let number = |written: &String| {
            written.parse::<Decimal>().map_err(|_| {
                wrong(format!("[{name}] 的“{written}”（应为加引号的十进制数，如 \"0.65\"）"))
            })
        };
        Ok((number(on_track)?, number(at_risk)?))
    };
    let usual = Policy::default();
    let chances = |name, given, usual: Chances| {
        pair(name, given, (usual.on_track, usual.at_risk))
            .map(|(on_track, at_risk)| Chances { on_track, at_risk })
    };
    let behind = pair("behind", &borders.behind, (usual.behind.on_track, usual.behind.at_risk))?;
    let policy = Policy {
        firm: chances("firm", &borders.firm, usual.firm)?,
        aim: chances("aim", &borders.aim, usual.aim)?,
        pace: chances("pace", &borders.pace, usual.pace)?,
        behind: Behind { on_track: behind.0, at_risk: behind.1 },
    };
    policy.check().map_err(|error| wrong(error.to_string()))?;
    Ok(policy)
}
