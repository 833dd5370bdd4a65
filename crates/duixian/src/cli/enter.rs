//! `duixian enter`: plan objects from a table, all rows or none.

use std::path::{Path, PathBuf};

use clap::Args;
use ledger::{Ledger, LedgerError, PlanChange, PlanOutcome};
use terms::PlanKind;

use super::LedgerArgument;
use super::list::kind_of;
use super::output::{self, Output};
use super::show::said;
use crate::clock::entry;
use crate::error::Failure;
use crate::plan::PlanTable;
use crate::{pipeline, targets};

/// The largest table that is read, in bytes.
pub(super) const LARGEST: usize = 64 << 20;

/// What `duixian enter` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 类别的代码或名称（kind of plan object）
    #[arg(value_name = "类别", display_order = 1, help_heading = "参数")]
    kind: String,
    /// CSV 或 xlsx 表；列名用字段代码或中文名，空格不改（table of objects）
    #[arg(value_name = "文件", display_order = 2, help_heading = "参数")]
    #[arg(required_unless_present = "from")]
    file: Option<PathBuf>,
    /// 目标取自已导入的报告：文档编号（targets of a report that was imported）
    #[arg(long, value_name = "文档编号", conflicts_with = "file", help_heading = "选项")]
    from: Option<String>,
    /// 与 --from 合用：地区，默认为报告题目中的地区（region of the report）
    #[arg(long, value_name = "地区", requires = "from", help_heading = "选项")]
    region: Option<String>,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 只预览，不写入（preview only）
    #[arg(long, help_heading = "选项")]
    dry_run: bool,
    /// 记入台账的理由（reason kept in the ledger）
    #[arg(long, value_name = "理由", default_value = "录入计划表", help_heading = "选项")]
    #[arg(hide_default_value = true)]
    reason: String,
}

/// Enters or previews a table.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let kind = kind_of(&arguments.kind)?;
    let path = &arguments.ledger.ledger;
    let (file, table) = match (&arguments.file, &arguments.from) {
        (Some(file), _) => (file.display().to_string(), read(file, kind)?),
        (None, document) => {
            if kind.code != "target" {
                let name = kind.chinese;
                return Err(Failure::Input(format!(
                    "{name}不能取自报告（--from 只用于目标 target）"
                )));
            }
            promised(path, document.as_deref().unwrap_or(""), arguments.region.as_deref(), kind)?
        }
    };
    // Of a ledger that is not there yet, everything is new.
    let scratch = match arguments.dry_run && !path.exists() {
        true => Some(tempfile::tempdir().map_err(|error| Failure::Failed(error.to_string()))?),
        false => None,
    };
    let mut ledger = match &scratch {
        Some(folder) => Ledger::open(&folder.path().join("preview.db"))?,
        None => Ledger::open(path)?,
    };
    let catalogue = statement::catalogue();
    let changes: Vec<PlanChange> = table.changes.iter().map(|(_, change)| change.clone()).collect();
    let entry = entry(&arguments.reason);
    let preview = arguments.dry_run || !table.faults.is_empty();
    let report = if preview {
        ledger.preview_plan(&changes, &catalogue, &entry)?
    } else {
        ledger.put_plan(&changes, &catalogue, &entry)?
    };
    let mut faults = table.faults.clone();
    let (mut lines, mut counts) = (Vec::new(), [0_usize; 3]);
    for ((row, change), outcome) in table.changes.iter().zip(&report.outcomes) {
        let place = || table.place(*row, None);
        let what = match outcome {
            PlanOutcome::New => (0, "新增".to_owned()),
            PlanOutcome::Changed { fields, state } => {
                let mut words: Vec<String> = fields
                    .iter()
                    .map(|made| {
                        let (before, after) = [&made.before, &made.after]
                            .map(|value| said(made.field.shown(value)))
                            .into();
                        format!("{} {before} → {after}", made.field.chinese)
                    })
                    .collect();
                let step =
                    state.map(|(from, to)| format!("状态 {} → {}", from.chinese, to.chinese));
                words.extend(step);
                (1, format!("变更\t{}", words.join("；")))
            }
            PlanOutcome::Equal => (2, "不变".to_owned()),
            PlanOutcome::Conflict(_) => {
                faults.push(format!("{}：{} 已被他人改动", place(), change.code));
                continue;
            }
            PlanOutcome::Refused(error) => {
                let field = match error {
                    LedgerError::Invalid { field, .. } => Some(*field),
                    _ => None,
                };
                faults.push(format!("{}：{error}", table.place(*row, field)));
                continue;
            }
        };
        counts[what.0] += 1;
        lines.push(format!("{}\t{}\t{}", place(), change.code, what.1));
    }
    if arguments.dry_run {
        Output::Standard.write(|out| lines.iter().try_for_each(|line| writeln!(out, "{line}")))?;
    }
    output::refuse_table(&file, &faults)?;
    let [new, changed, equal] = counts;
    let done = if arguments.dry_run { "预览" } else { "已录入" };
    Output::Standard.write(|out| {
        let total = changes.len();
        let (name, path) = (kind.chinese, path.display());
        writeln!(
            out,
            "{done} {total} 个{name}：新增 {new} · 变更 {changed} · 不变 {equal}（台账 {path}）"
        )
    })
}

fn read(file: &Path, kind: &'static PlanKind) -> Result<PlanTable, Failure> {
    let shown = file.display();
    let bytes = pipeline::bytes_of(file, LARGEST, "一张 CSV 或 xlsx 表", |size| {
        Failure::Input(format!("文件过大：{shown}（{size} 字节，上限为 {LARGEST} 字节）"))
    })?;
    PlanTable::read(&bytes, kind).map_err(|fault| Failure::Input(format!("{shown}：{fault}")))
}

/// The targets that a report promises, after telling of each that is none why.
fn promised(
    ledger: &Path,
    document: &str,
    region: Option<&str>,
    kind: &'static PlanKind,
) -> Result<(String, PlanTable), Failure> {
    let facts = Ledger::open_read_only(ledger)?.facts(None)?;
    let Some(document) = facts.documents.iter().find(|known| known.id == document) else {
        let ids: Vec<&str> = facts.documents.iter().map(|known| known.id.as_str()).collect();
        return Err(Failure::Input(format!("没有文档 {document}（应为：{}）", ids.join("、"))));
    };
    let (changes, left) = targets::of(document, region, kind)
        .map_err(|reason| Failure::Input(format!("{}：{reason}", document.name)))?;
    Output::Standard.write(|out| {
        left.iter().try_for_each(|(id, reason)| writeln!(out, "{id}\t未采用\t{reason}"))
    })?;
    if changes.is_empty() {
        return Err(Failure::Input(format!("{}：没有可以记为目标的承诺", document.name)));
    }
    Ok((document.name.clone(), PlanTable::of(changes)))
}
