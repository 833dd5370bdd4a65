//! `duixian propose`: next year's targets from trend, forecast, outline and the plan above, in balance with each other.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use ledger::{Ledger, LedgerError, PlanOutcome};
use terms::{Day, PlanKind, Proposals, Target};

use super::output::{self, Output};
use super::progress::Progress;
use super::{LedgerArgument, SeedArgument, day_or_today, enter, list, table_file};
use crate::clock::entry;
use crate::error::Failure;
use crate::plan::PlanTable;
use crate::{pipeline, proposal};

/// The largest file of settings that is read, in bytes.
const LARGEST: usize = 1 << 20;

/// What `duixian propose` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 地区的名称或行政区划代码（region）
    #[arg(long, value_name = "地区", help_heading = "选项")]
    region: String,
    /// 目标的年度；默认 1—3 月为当年，此后为明年（year of the targets）
    #[arg(long, value_name = "年", help_heading = "选项")]
    year: Option<i16>,
    /// 按这一天所知建议，如 2026-10-31；默认今天（as known on this day）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    as_of: Option<Day>,
    /// 台账之外的纲要目标和上级目标：同 enter target 的 CSV 或 xlsx 表（outline and superior targets）
    #[arg(long, value_name = "文件", help_heading = "选项")]
    outline: Option<PathBuf>,
    /// 代替随程序的指标、权重和关系：TOML 文件（settings and relations）
    #[arg(long, value_name = "文件", help_heading = "选项")]
    relations: Option<PathBuf>,
    #[command(flatten)]
    seed: SeedArgument,
    /// 把建议记入台账，作为拟定的目标（file the proposals as drafts）
    #[arg(long, help_heading = "选项")]
    write: bool,
    /// 与 --write 合用：记入台账的理由（reason kept in the ledger）
    #[arg(long, value_name = "理由", default_value = "目标建议", requires = "write")]
    #[arg(hide_default_value = true, help_heading = "选项")]
    reason: String,
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

/// Makes the proposals, and files them where that is wished.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let settings = match &arguments.relations {
        Some(file) => settings_of(file)?,
        None => proposal::read(proposal::BUNDLED, &statement::catalogue())
            .map_err(|why| Failure::Failed(format!("随程序的设置：{why}")))?,
    };
    let outline = arguments.outline.as_deref().map(outline_of).transpose()?.unwrap_or_default();
    let ledger = Ledger::open_read_only(&arguments.ledger.ledger)?;
    let as_of = day_or_today(arguments.as_of)?;
    let region = ledger.region_code(&arguments.region).map_err(list::refusal)?;
    let this = i16::try_from(as_of.number() / 10_000);
    let next = this.map_err(|_| Failure::Input(format!("{as_of} 没有下一年")))? + 1;
    // The plan of a year is adopted in its first months.
    let usual = if as_of.number() / 100 % 100 <= 3 { next - 1 } else { next };
    let year = arguments.year.unwrap_or(usual);
    if !(1901..=next).contains(&year) {
        return Err(Failure::Input(format!(
            "不能建议 {year} 年的目标（应为不晚于 {next} 年，即 {as_of} 的下一年）"
        )));
    }
    let progress = Progress::of("正在平衡");
    let asked = proposal::Asked { region: &region, year, as_of, seed: arguments.seed.seed };
    let found = proposal::proposals(&ledger, asked, &settings, outline)?;
    drop(progress);
    drop(ledger);
    if found.proposals.is_empty() {
        return Err(Failure::Input(format!(
            "{region} 没有可据以建议 {year} 年目标的数（可用 duixian observations import 导入往年数）"
        )));
    }
    Output::Standard.write(|mut out| match arguments.format {
        Format::Table => publication::proposal::table(&mut out, &found, output::width()),
        Format::Json => publication::proposal::json(&mut out, &found),
        Format::Csv => publication::proposal::csv(&mut out, &found),
    })?;
    if arguments.write { write(arguments, &found) } else { Ok(()) }
}

fn settings_of(file: &Path) -> Result<assessment::proposal::Settings, Failure> {
    let shown = file.display();
    let text = table_file::toml_text(file, "一个 TOML 文件", Some(LARGEST))?;
    let wrong = |said: String| Failure::Input(format!("{shown}：{said}"));
    proposal::read(&text, &statement::catalogue()).map_err(wrong)
}

fn outline_of(file: &Path) -> Result<Vec<Target>, Failure> {
    let shown = file.display().to_string();
    let bytes = pipeline::bytes_of(file, enter::LARGEST, "一张 CSV 或 xlsx 表", |size| {
        let most = enter::LARGEST;
        Failure::Input(format!("文件过大：{shown}（{size} 字节，上限为 {most} 字节）"))
    })?;
    let kind = PlanKind::named("target");
    let kind = kind.ok_or_else(|| Failure::Failed("没有目标这一类别".to_owned()))?;
    let table = PlanTable::read(&bytes, kind)
        .map_err(|fault| Failure::Input(format!("{shown}：{fault}")))?;
    match proposal::targets_of(&table)? {
        Ok(targets) => Ok(targets),
        Err(faults) => {
            output::refuse_table(&shown, &faults)?;
            Ok(Vec::new())
        }
    }
}

/// Files the proposals as drafts, all or none.
fn write(arguments: &Arguments, found: &Proposals) -> Result<(), Failure> {
    if !found.is_settled() {
        return Err(Failure::Input(
            "条件互相矛盾，没有写入任何数据（应先按上面的说明让其中一项让步）".to_owned(),
        ));
    }
    let path = &arguments.ledger.ledger;
    let mut ledger = Ledger::open(path)?;
    let changes = proposal::drafts(found)?;
    let entry = entry(&arguments.reason);
    let report = ledger.put_plan(&changes, &statement::catalogue(), &entry)?;
    let (mut new, mut changed) = (0_usize, 0_usize);
    for (change, outcome) in changes.iter().zip(report.outcomes) {
        match outcome {
            PlanOutcome::New => new += 1,
            PlanOutcome::Changed { .. } => changed += 1,
            PlanOutcome::Equal => {}
            PlanOutcome::Conflict(_) => {
                return Err(Failure::Input(format!("{} 已被他人改动", change.code)));
            }
            PlanOutcome::Refused(error) => return Err(refused(&change.code, error)),
        }
    }
    let (all, path) = (changes.len(), path.display());
    let equal = all - new - changed;
    let said =
        format!("已拟定 {all} 个目标：新增 {new} · 变更 {changed} · 不变 {equal}（台账 {path}）");
    if arguments.format == Format::Table {
        return Output::Standard.write(|out| writeln!(out, "{said}"));
    }
    // Standard output holds data alone.
    eprintln!("提示：{said}");
    Ok(())
}

fn refused(code: &str, error: LedgerError) -> Failure {
    match list::refusal(error) {
        Failure::Input(said) => Failure::Input(format!("{code}：{said}；没有写入任何数据")),
        other => other,
    }
}
