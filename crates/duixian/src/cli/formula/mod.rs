//! `duixian formula`: formulas, checked before they run, and computed over the figures of a ledger.

mod cells;
mod eval;

use assessment::formula::{Checked, Formula, FormulaError, Names};
use clap::{Args, Subcommand};

use super::TEMPLATE;
use super::output::Output;
use crate::error::Failure;

/// What `duixian formula` is told.
#[derive(Debug, Args)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令")]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 检查一个公式的写法、名称和单位（check a formula）
    #[command(help_template = TEMPLATE, override_usage = "duixian formula check <公式>")]
    Check(Check),
    /// 按台账中的数计算公式或派生指标，可算许多地区和时期（compute a formula）
    #[command(help_template = TEMPLATE, override_usage = "duixian formula eval [选项] [公式]")]
    Eval(eval::Eval),
}

#[derive(Debug, Args)]
struct Check {
    /// 公式，如 "一般公共预算收入 ÷ 地区生产总值"（formula）
    #[arg(value_name = "公式", help_heading = "参数")]
    formula: String,
}

/// Checks or computes a formula.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Check(arguments) => check(arguments),
        Command::Eval(arguments) => eval::run(arguments),
    }
}

/// Tells where a formula is wrong: the place, below the formula; the error itself is one line.
fn wrong(error: &FormulaError, text: &str) -> Failure {
    eprintln!("{}", error.render(text));
    Failure::Input(format!("公式有误：{error}"))
}

/// Says what a formula is, or where it is wrong.
fn check(Check { formula: text }: &Check) -> Result<(), Failure> {
    let catalogue = statement::catalogue();
    let names = Names::of(&catalogue);
    let formula = Formula::parse(text).map_err(|error| wrong(&error, text))?;
    let (kind, unit) = match formula.check(&names, None).map_err(|error| wrong(&error, text))? {
        Checked::Number(number) => ("数", number.unit().to_owned()),
        Checked::Condition(_) => ("条件", String::new()),
    };
    let indicators: Vec<String> = formula
        .names()
        .into_iter()
        .filter_map(|name| names.find(name))
        .map(|indicator| format!("{} {}", indicator.code, indicator.name))
        .collect();
    Output::Standard.write(|out| {
        let unit = if unit.is_empty() { String::new() } else { format!("，单位 {unit}") };
        writeln!(out, "公式可用：{kind}{unit}\n{formula}")?;
        indicators.iter().try_for_each(|name| writeln!(out, "指标\t{name}"))
    })
}
