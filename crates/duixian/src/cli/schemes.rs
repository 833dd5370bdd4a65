//! `duixian schemes`: by what projects, regions and enterprises are appraised.

use std::path::{Path, PathBuf};

use assessment::appraisal::CheckedScheme;
use clap::{Args, Subcommand};
use ledger::{KeptScheme, Ledger};
use serde_json::json;
use terms::{Criterion, ScoringRule};

use super::output::{self, Output};
use super::{LedgerArgument, TEMPLATE, day_or_today, table_file};
use crate::appraise::{self, Known};
use crate::clock::{self, entry};
use crate::error::Failure;
use crate::toml_file::FileFault;

/// What `duixian schemes` is told.
#[derive(Debug, Args)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令")]
#[command(disable_help_subcommand = true, args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    list: List,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 显示一个方案，--file 为其文件（show a scheme, or its file）
    #[command(help_template = TEMPLATE, override_usage = "duixian schemes show [选项] <方案>")]
    Show(Show),
    /// 检查方案文件，不写入（check a file）
    #[command(help_template = TEMPLATE, override_usage = "duixian schemes check <文件>")]
    Check(File),
    /// 把方案的一版记入台账；记入的版本不再改动（keep a version of a scheme）
    #[command(help_template = TEMPLATE, override_usage = "duixian schemes put [选项] <文件>")]
    Put(Put),
}

#[derive(Debug, Args)]
struct List {
    /// 台账文件，默认 duixian.db；没有台账时只列自带的（ledger file）
    #[arg(long, value_name = "台账", help_heading = "选项")]
    ledger: Option<PathBuf>,
    /// 输出 JSON（as JSON）
    #[arg(long, help_heading = "选项")]
    json: bool,
}

#[derive(Debug, Args)]
struct Show {
    /// 方案的代码，或 代码@版本（code, or code@version）
    #[arg(value_name = "方案", help_heading = "参数")]
    scheme: String,
    /// 台账文件，默认 duixian.db（ledger file）
    #[arg(long, value_name = "台账", help_heading = "选项")]
    ledger: Option<PathBuf>,
    /// 输出方案的文件，改后可再记入（print its file）
    #[arg(long, help_heading = "选项")]
    file: bool,
}

#[derive(Debug, Args)]
struct File {
    /// TOML 方案文件（file of a scheme）
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
}

#[derive(Debug, Args)]
struct Put {
    #[command(flatten)]
    file: File,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 记入台账的理由（reason kept in the ledger）
    #[arg(long, value_name = "理由", default_value = "记入评价方案", help_heading = "选项")]
    #[arg(hide_default_value = true)]
    reason: String,
}

/// Lists, shows, checks and keeps schemes.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        None => list(&arguments.list),
        Some(Command::Show(arguments)) => show(arguments),
        Some(Command::Check(File { file })) => {
            let (checked, _) = read(file)?;
            let scheme = checked.scheme();
            let (code, version, name) = (&scheme.code, &scheme.version, &scheme.name);
            Output::Standard.write(|out| writeln!(out, "方案可用：{code}@{version} {name}"))
        }
        Some(Command::Put(arguments)) => {
            let (checked, content) = read(&arguments.file.file)?;
            let scheme = checked.scheme();
            let (code, version) = (scheme.code.clone(), scheme.version.clone());
            let said = format!("{code}@{version} {}", scheme.name);
            let kept = KeptScheme { code, version, name: scheme.name.clone(), content };
            let mut ledger = Ledger::open(&arguments.ledger.ledger)?;
            let written = ledger.put_scheme(&kept, &entry(&arguments.reason))?;
            output::told(written, &said)
        }
    }
}

/// The ledger that is named, or the usual one where it is there.
pub(super) fn ledger_of(named: Option<&Path>) -> Result<Option<Ledger>, Failure> {
    let usual = Path::new("duixian.db");
    match named {
        Some(path) => Ok(Some(Ledger::open_read_only(path)?)),
        None if usual.exists() => Ok(Some(Ledger::open_read_only(usual)?)),
        None => Ok(None),
    }
}

/// A scheme of a file; every fault is shown with its line, and then counted.
pub(super) fn read(file: &Path) -> Result<(CheckedScheme, String), Failure> {
    let text = table_file::toml_text(file, "评价方案的 TOML 文件", None)?;
    match appraise::file::read(&text, &statement::catalogue()) {
        Ok(checked) => Ok((checked, text)),
        Err(faults) => Err(refused(file, &faults)),
    }
}

/// That a file has faults: one as it is, several on standard error and counted.
pub(super) fn refused(file: &Path, faults: &[FileFault]) -> Failure {
    let shown = file.display();
    match faults {
        [one] => Failure::Input(format!("{shown}：{one}")),
        _ => {
            for fault in faults {
                eprintln!("{shown}：{fault}");
            }
            Failure::Input(format!("{shown} 有 {} 处错误；没有写入任何数据", faults.len()))
        }
    }
}

/// Tells notes on standard error.
pub(super) fn warn(notes: &[String]) {
    for note in notes {
        eprintln!("提醒：{}", output::one_line(note));
    }
}

fn list(arguments: &List) -> Result<(), Failure> {
    let ledger = ledger_of(arguments.ledger.as_deref())?;
    let (known, notes) = appraise::known(ledger.as_ref(), &statement::catalogue())?;
    warn(&notes);
    let today = clock::today();
    let in_force = |one: &Known| today.is_none_or(|day| one.checked.scheme().holds_on(day));
    if arguments.json {
        let all: Vec<_> = known
            .iter()
            .map(|one| {
                let scheme = one.checked.scheme();
                json!({
                    "code": scheme.code, "version": scheme.version, "name": scheme.name,
                    "edition": scheme.edition, "subject": scheme.subject.as_str(),
                    "valid_from": scheme.valid_from.map(|day| day.to_string()),
                    "valid_until": scheme.valid_until.map(|day| day.to_string()),
                    "criteria": scheme.criteria.iter().filter(|one| one.rule.is_some()).count(),
                    "levels": scheme.levels.len(), "from": one.from.word(), "in_force": in_force(one),
                })
            })
            .collect();
        return output::json(&json!({ "schemes": all }));
    }
    Output::Standard.write(|out| {
        writeln!(out, "代码\t版本\t名称\t对象\t评分项\t等级\t依据\t来处\t状态")?;
        for one in &known {
            let scheme = one.checked.scheme();
            let (code, version, name) = (&scheme.code, &scheme.version, &scheme.name);
            let leaves = scheme.criteria.iter().filter(|one| one.rule.is_some()).count();
            let (subject, levels) = (scheme.subject.chinese(), scheme.levels.len());
            let edition = if scheme.edition.is_empty() { "—" } else { &scheme.edition };
            let from = one.from.chinese();
            let state = if in_force(one) { "有效" } else { "不在有效期" };
            writeln!(
                out,
                "{code}\t{version}\t{name}\t{subject}\t{leaves}\t{levels}\t{edition}\t{from}\t{state}"
            )?;
        }
        writeln!(out, "共 {} 个方案", known.len())
    })
}

fn show(arguments: &Show) -> Result<(), Failure> {
    let ledger = ledger_of(arguments.ledger.as_deref())?;
    let (known, notes) = appraise::known(ledger.as_ref(), &statement::catalogue())?;
    warn(&notes);
    let today = day_or_today(None)?;
    let found = appraise::chosen(known, &arguments.scheme, today);
    let Known { checked, content, from } = found.ok_or_else(|| missing(&arguments.scheme))?;
    if arguments.file {
        return Output::Standard.write(|out| write!(out, "{content}"));
    }
    let scheme = checked.scheme();
    Output::Standard.write(|out| {
        let from = from.chinese();
        let (code, version, name) = (&scheme.code, &scheme.version, &scheme.name);
        writeln!(out, "{code}@{version} {name} · {} · {from}", scheme.subject.chinese())?;
        if !scheme.edition.is_empty() {
            writeln!(out, "依据\t{}", scheme.edition)?;
        }
        if !scheme.note.is_empty() {
            writeln!(out, "说明\t{}", output::one_line(&scheme.note))?;
        }
        for veto in &scheme.vetoes {
            let effect = veto
                .cap
                .as_deref()
                .and_then(|cap| scheme.levels.iter().find(|level| level.code == cap));
            let effect = effect.map_or("不定级".to_owned(), |cap| format!("最高{}", cap.name));
            writeln!(out, "否决\t{} {}\t{effect}", veto.code, veto.name)?;
        }
        let mut open: Vec<(&Criterion, usize)> = scheme.below(None).map(|one| (one, 0)).collect();
        open.reverse();
        while let Some((one, depth)) = open.pop() {
            writeln!(out, "{}{} {}\t{}", "  ".repeat(depth), one.code, one.name, rule(one))?;
            let below: Vec<_> = scheme.below(Some(&one.code)).map(|one| (one, depth + 1)).collect();
            open.extend(below.into_iter().rev());
        }
        for one in &scheme.bonuses {
            writeln!(out, "加减分 {} {}\t{}", one.code, one.name, rule(one))?;
        }
        for level in scheme.levels.iter().rev() {
            writeln!(out, "等级\t{}\t{} 分起", level.name, level.from)?;
        }
        Ok(())
    })
}

/// How a criterion gives points, in a word.
fn rule(one: &Criterion) -> String {
    let weight = if one.weight == rust_decimal::Decimal::ONE {
        String::new()
    } else {
        format!("权重 {} · ", one.weight)
    };
    let Some(rule) = &one.rule else { return weight.trim_end_matches(" · ").to_owned() };
    let way = match rule {
        ScoringRule::Steps { .. } => "分档",
        ScoringRule::Linear(_) => "直线",
        ScoringRule::Fact { .. } => "是否",
        ScoringRule::Given { .. } => "评定",
    };
    let source = if one.formula.is_empty() { "作答" } else { &one.formula };
    let evidence = match one.evidence.as_str() {
        "" => String::new(),
        evidence => format!(" · 附{evidence}"),
    };
    format!("{weight}{} 到 {} 分 · {way} · {source}{evidence}", rule.least(), rule.most())
}

/// That there is no such scheme.
pub(super) fn missing(written: &str) -> Failure {
    Failure::Input(format!(
        "没有方案 {written}（应为 schemes 列出的有效代码、代码@版本，或一个 .toml 文件）"
    ))
}
