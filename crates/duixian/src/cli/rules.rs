//! `duixian rules`: what figures are held against.

use std::path::{Path, PathBuf};

use assessment::{RuleSet, default_rules};
use clap::{Args, Subcommand};
use ledger::{KeptRule, Ledger};
use serde::Deserialize;
use serde_json::json;
use terms::{Indicator, RuleSeverity, ValidationRule};

use super::output::{self, Output};
use super::{LedgerArgument, Listing, TEMPLATE, table_file};
use crate::clock::entry;
use crate::error::Failure;

/// What `duixian rules` is told.
#[derive(Debug, Args)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令")]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 列出校验规则（list rules）
    #[command(help_template = TEMPLATE, override_usage = "duixian rules list [选项]")]
    List(Listing),
    /// 显示一条规则（show a rule）
    #[command(help_template = TEMPLATE, override_usage = "duixian rules show [选项] <代码>")]
    Show(Show),
    /// 检查规则文件，不写入（check a file of rules）
    #[command(help_template = TEMPLATE, override_usage = "duixian rules check <文件>")]
    Check(File),
    /// 记入规则；同代码的替换程序自带的（keep the rules of a file）
    #[command(help_template = TEMPLATE, override_usage = "duixian rules set [选项] <文件>")]
    Set(Set),
}

#[derive(Debug, Args)]
struct Show {
    /// 规则代码（code of the rule）
    #[arg(value_name = "代码", help_heading = "参数")]
    code: String,
    #[command(flatten)]
    ledger: LedgerArgument,
}

#[derive(Debug, Args)]
struct File {
    /// TOML，每条规则一个 [[rule]]（file）
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
}

#[derive(Debug, Args)]
struct Set {
    #[command(flatten)]
    file: File,
    #[command(flatten)]
    ledger: LedgerArgument,
}

/// Keeps rules.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let catalogue = statement::catalogue();
    match &arguments.command {
        Command::List(arguments) => list(arguments, &catalogue),
        Command::Show(arguments) => show(arguments, &catalogue),
        Command::Check(File { file }) => {
            let rules = read(file, &catalogue)?;
            let count = rules.len();
            Output::Standard.write(|out| writeln!(out, "{count} 条规则可用：{}", file.display()))
        }
        Command::Set(arguments) => {
            let rules = read(&arguments.file.file, &catalogue)?;
            let mut ledger = Ledger::open(&arguments.ledger.ledger)?;
            let written = ledger.put_rules(&rules, &entry("维护校验规则"))?;
            output::imported("规则", rules.len(), written)
        }
    }
}

/// Every rule, with whether it is the ledger's own.
fn all(ledger: &Path, catalogue: &[Indicator]) -> Result<Vec<(KeptRule, bool)>, Failure> {
    let kept = Ledger::open_read_only(ledger)?.rules()?;
    let (defaults, _) = default_rules(catalogue);
    let own = |code: &str| kept.iter().any(|known| known.rule.code == code);
    let defaults = defaults.into_iter().filter(|rule| !own(&rule.code));
    let defaults = defaults.map(|rule| (KeptRule { rule, active: true }, false));
    Ok(defaults
        .collect::<Vec<_>>()
        .into_iter()
        .chain(kept.iter().cloned().map(|rule| (rule, true)))
        .collect())
}

fn list(arguments: &Listing, catalogue: &[Indicator]) -> Result<(), Failure> {
    let rules = all(&arguments.ledger.ledger, catalogue)?;
    if arguments.json {
        let all: Vec<_> = rules
            .iter()
            .map(|(KeptRule { rule, active }, own)| {
                json!({
                    "code": rule.code, "name": rule.name, "scope": rule.scope,
                    "formula": rule.formula, "severity": rule.severity.as_str(),
                    "explanation": rule.explanation, "active": active, "own": own,
                })
            })
            .collect();
        return output::json(&all);
    }
    Output::Standard.write(|out| {
        writeln!(out, "代码\t名称\t级别\t来处\t状态")?;
        for (KeptRule { rule, active }, own) in &rules {
            let from = if *own { "台账" } else { "自带" };
            let state = if *active { "在用" } else { "停用" };
            let severity = rule.severity.chinese();
            writeln!(out, "{}\t{}\t{severity}\t{from}\t{state}", rule.code, rule.name)?;
        }
        writeln!(out, "共 {} 条规则", rules.len())
    })
}

fn show(arguments: &Show, catalogue: &[Indicator]) -> Result<(), Failure> {
    let code = &arguments.code;
    let rules = all(&arguments.ledger.ledger, catalogue)?;
    let found = rules.iter().find(|(known, _)| known.rule.code == *code);
    let missing = || Failure::Input(format!("没有规则 {code}（应为 rules list 列出的代码）"));
    let (KeptRule { rule, active }, own) = found.ok_or_else(missing)?;
    Output::Standard.write(|out| {
        let from = if *own { "台账" } else { "自带" };
        let state = if *active { "在用" } else { "停用" };
        writeln!(out, "{code} {} · {} · {from} · {state}", rule.name, rule.severity.chinese())?;
        writeln!(out, "适用范围：{}", output::one_line(&rule.scope))?;
        writeln!(out, "公式：{}", output::one_line(&rule.formula))?;
        writeln!(out, "说明：{}", output::one_line(&rule.explanation))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    rule: Vec<GivenRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenRule {
    code: String,
    name: String,
    #[serde(default)]
    scope: String,
    formula: String,
    severity: String,
    explanation: String,
    #[serde(default = "yes")]
    active: bool,
}

fn yes() -> bool {
    true
}

/// The rules of a file, all of which can be used; every fault is shown with its place, and then counted.
fn read(file: &Path, catalogue: &[Indicator]) -> Result<Vec<KeptRule>, Failure> {
    let fault = |said: String| Failure::Input(format!("{}：{said}", file.display()));
    let text = table_file::toml_text(file, "规则的 TOML 文件", None)?;
    let read: RulesFile =
        toml::from_str(&text).map_err(|error| fault(format!("不是规则的 TOML（{error}）")))?;
    let mut rules: Vec<KeptRule> = Vec::new();
    for given in read.rule {
        let GivenRule { code, name, scope, formula, severity, explanation, active } = given;
        let severity = severity.parse::<RuleSeverity>().map_err(|_| {
            fault(format!("规则 {code}：级别“{severity}”（应为 error、reason 或 warning）"))
        })?;
        if rules.iter().any(|known| known.rule.code == code) {
            return Err(fault(format!("规则 {code} 重复（每条规则只写一次）")));
        }
        let rule = ValidationRule { code, name, scope, formula, severity, explanation };
        rules.push(KeptRule { rule, active });
    }
    let plain: Vec<ValidationRule> = rules.iter().map(|known| known.rule.clone()).collect();
    if let Err(errors) = RuleSet::compile(&plain, catalogue) {
        for error in &errors {
            if let Some(rule) = plain.iter().find(|rule| rule.code == error.code) {
                eprintln!("{}", error.render(rule));
            }
        }
        return Err(fault(format!("{} 处错误，没有写入任何规则", errors.len())));
    }
    Ok(rules)
}
