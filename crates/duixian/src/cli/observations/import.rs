//! `duixian observations import`: figures from tables.

use std::path::{Path, PathBuf};

use assessment::RuleSet;
use clap::Args;
use ledger::{Filed, Ledger};
use terms::{Indicator, RuleSeverity};

use super::super::LedgerArgument;
use super::super::output::{self, Output};
use super::super::progress::Progress;
use super::{named, said};
use crate::check::table::RowFinding;
use crate::clock::{entry, latest_day};
use crate::error::Failure;
use crate::observations::{self, Setting, Table};
use crate::{check, pipeline};

/// The largest table that is read, in bytes.
const LARGEST: usize = 1 << 30;

/// What `duixian observations import` is told.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// 数据表：xlsx、xls，或 UTF-8、GB18030 等编码的 CSV（table of figures）
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 工作簿中的工作表，默认第一张可见的（sheet of a workbook）
    #[arg(long, value_name = "名称", help_heading = "选项")]
    sheet: Option<String>,
    /// 只预览，不写入（preview only）
    #[arg(long, help_heading = "选项")]
    dry_run: bool,
    /// 违反“需说明”规则而没有备注的行，拒收（refuse rows that break a rule without a note）
    #[arg(long, help_heading = "选项")]
    strict: bool,
    /// 记入台账的理由，默认“导入指标数据”（reason kept in the ledger）
    #[arg(long, value_name = "理由", default_value = "导入指标数据", help_heading = "选项")]
    #[arg(hide_default_value = true)]
    reason: String,
}

/// Files the figures of a table.
pub(super) fn run(arguments: &Import) -> Result<(), Failure> {
    let file = &arguments.file;
    let shown = file.display().to_string();
    let catalogue = statement::catalogue();
    let progress = Progress::of(format!("正在读取 {}", file.display()));
    let bytes = pipeline::bytes_of(file, LARGEST, "一张 CSV 或 xlsx 数据表", |size| {
        let file = file.display();
        Failure::Input(format!("文件过大：{file}（{size} 字节，上限为 {LARGEST} 字节）"))
    })?;
    let path = &arguments.ledger.ledger;
    let known = match path.exists() {
        true => Some(Ledger::open_read_only(path)?),
        false => None,
    };
    let (catalogue, today) = (&catalogue, latest_day());
    let setting = Setting { catalogue, today, ledger: known.as_ref() };
    let table = observations::read(&bytes, arguments.sheet.as_deref(), setting)
        .map_err(|fault| Failure::Input(format!("{}：{fault}", file.display())))?;
    drop((bytes, progress, known));
    let faults: Vec<String> = table.faults.iter().map(ToString::to_string).collect();
    if !faults.is_empty() && !arguments.dry_run {
        return output::refuse_table(&shown, &faults);
    }
    if table.observations.is_empty() && faults.is_empty() {
        return Err(Failure::Input(format!("{}：没有数据行", file.display())));
    }
    // Of a ledger that is not there yet, everything is new.
    let scratch = if arguments.dry_run && !path.exists() {
        Some(tempfile::tempdir().map_err(|error| Failure::Failed(error.to_string()))?)
    } else {
        None
    };
    let mut ledger = match &scratch {
        Some(folder) => Ledger::open(&folder.path().join("preview.db"))?,
        None if arguments.dry_run => Ledger::open_read_only(path)?,
        None => Ledger::open(path)?,
    };
    let rules = check::rules(&ledger, catalogue)?;
    let broken = refused_by_rules(&ledger, &rules, catalogue, &table, arguments.strict)?;
    if !broken.is_empty() {
        return output::refuse_table(&shown, &broken);
    }
    let progress = Progress::of(format!("正在导入 {}", file.display()));
    let filing = if arguments.dry_run {
        ledger.preview(&table.observations)?
    } else {
        ledger.observe(&table.observations, catalogue, &entry(&arguments.reason))?
    };
    drop(progress);
    let rows = || filing.filed.iter().zip(&table.observations).enumerate();
    let conflicts = rows().filter(|(_, (filed, _))| **filed == Filed::Conflict).map(
        |(number, (_, observation))| {
            format!(
                "{}：{} 在 {} 已有不同的数值（修订应使用新的发布日）",
                table.place(number),
                named(observation),
                observation.vintage
            )
        },
    );
    let wrong: Vec<String> = faults.into_iter().chain(conflicts).collect();
    if arguments.dry_run {
        preview(&table, &filing.filed, path)?;
    }
    if !wrong.is_empty() {
        return output::refuse_table(&shown, &wrong);
    }
    if arguments.dry_run {
        return advise(&ledger, &rules, &table);
    }
    Output::Standard.write(|out| {
        let count = |what| filing.count(what);
        writeln!(
            out,
            "已导入 {} 条：新增 {} · 修订 {} · 数值不变 {} · 台账中已有 {}（台账 {}）",
            table.observations.len(),
            count(Filed::New),
            count(Filed::Revised),
            count(Filed::Confirmed),
            count(Filed::Equal),
            path.display()
        )
    })?;
    advise(&ledger, &rules, &table)
}

/// The most rows of a table that every rule is held against; of more there is `duixian observations check`.
const CHECKED: usize = 20_000;

/// So many findings are printed after an import.
const ADVISED: usize = 5;

/// Rows that a rule refuses: one that says error, and where the check is strict one that asks for a reason which the row
/// does not give.
fn refused_by_rules(
    ledger: &Ledger,
    rules: &RuleSet,
    catalogue: &[Indicator],
    table: &Table,
    strict: bool,
) -> Result<Vec<String>, Failure> {
    let weighs =
        |severity| severity == RuleSeverity::Error || strict && severity == RuleSeverity::Reason;
    let Some(rules) = check::table::only(rules, catalogue, weighs) else { return Ok(Vec::new()) };
    let rows = &table.observations;
    let found = check::table::findings(ledger, &rules, rows)?.into_iter();
    let unexplained = |finding: &RowFinding| {
        finding.severity == RuleSeverity::Error || rows[finding.row].note.trim().is_empty()
    };
    let said = |RowFinding { row, severity, sentence }: RowFinding| {
        let named = named(&rows[row]);
        format!("{}：{named}：{sentence}（{}）", table.place(row), severity.chinese())
    };
    Ok(found.filter(unexplained).map(said).collect())
}

/// Tells what the rules find in a table of moderate size. None of it hinders the import.
fn advise(ledger: &Ledger, rules: &RuleSet, table: &Table) -> Result<(), Failure> {
    let rows = &table.observations;
    if rows.len() > CHECKED {
        return Ok(());
    }
    let found = check::table::findings(ledger, rules, rows)?;
    if found.is_empty() {
        return Ok(());
    }
    Output::Standard.write(|out| {
        for RowFinding { row, severity, sentence } in found.iter().take(ADVISED) {
            let (place, named) = (table.place(*row), named(&rows[*row]));
            writeln!(out, "{place}\t{}\t{named}\t{sentence}", severity.chinese())?;
        }
        let all = found.len();
        writeln!(
            out,
            "提醒 {all} 处（全部用 duixian observations check 查看；--strict 拒收未说明的行）"
        )
    })
}

/// What would become of a row of a table, in the order in which a preview counts.
pub(super) const OUTCOMES: [(Filed, &str); 5] = [
    (Filed::New, "新增"),
    (Filed::Revised, "修订"),
    (Filed::Confirmed, "不变"),
    (Filed::Equal, "已有"),
    (Filed::Conflict, "冲突"),
];

/// Prints what an import would do, row by row and counted, with the first place of each outcome.
fn preview(table: &Table, filed: &[Filed], ledger: &Path) -> Result<(), Failure> {
    Output::Standard.write(|out| {
        for (number, (filed, observation)) in filed.iter().zip(&table.observations).enumerate() {
            let what =
                OUTCOMES.iter().find(|(known, _)| known == filed).map_or("", |(_, what)| what);
            let (place, said) = (table.place(number), said(observation));
            writeln!(out, "{place}\t{what}\t{}\t{said}", named(observation))?;
        }
        let refused = table.faults.len();
        let counts = OUTCOMES.map(|(outcome, what)| {
            format!("{what} {}", filed.iter().filter(|known| **known == outcome).count())
        });
        writeln!(
            out,
            "预览 {} 条：{} · 拒收 {refused}（台账 {}）",
            filed.len() + refused,
            counts.join(" · "),
            ledger.display()
        )?;
        let firsts = OUTCOMES.iter().filter_map(|(outcome, what)| {
            let first = filed.iter().position(|known| known == outcome)?;
            Some(format!("{what} {}", table.place(first)))
        });
        // A fault begins with its place.
        let fault = table.faults.first().map(|fault| format!("拒收 {fault}"));
        let firsts: Vec<String> = firsts.chain(fault).collect();
        writeln!(out, "各类首处：{}", firsts.join(" · "))
    })
}
