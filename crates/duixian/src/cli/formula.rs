//! `duixian formula`: formulas, checked before they run.

use assessment::formula::{Formula, Names};
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
}

#[derive(Debug, Args)]
struct Check {
    /// 公式，如 "一般公共预算收入 ÷ 地区生产总值"（formula）
    #[arg(value_name = "公式", help_heading = "参数")]
    formula: String,
}

/// Says what a formula is, or where it is wrong.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Command::Check(Check { formula: text }) = &arguments.command;
    let wrong = |error: assessment::formula::FormulaError| {
        // The place, below the formula; the error itself is one line.
        eprintln!("{}", error.render(text));
        Failure::Input(format!("公式有误：{error}"))
    };
    let catalogue = statement::catalogue();
    let names = Names::of(&catalogue);
    let formula = Formula::parse(text).map_err(wrong)?;
    // What is no condition may be a number; the error of what it was meant as is told.
    let (kind, unit) = match formula.number(&names, None) {
        Ok(number) => ("数", number.unit().to_owned()),
        Err(as_number) => match formula.condition(&names, None) {
            Ok(_) => ("条件", String::new()),
            Err(as_condition) => {
                let further = as_condition.span.start > as_number.span.start;
                return Err(wrong(if further { as_condition } else { as_number }));
            }
        },
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
