//! Approving, returning, reopening, locking; giving more time.

use clap::Args;
use ledger::{Filled, Ledger, Line};
use terms::{Day, FigureAct, Slot};

use super::super::LedgerArgument;
use super::super::output;
use super::{duty, round, say, today};
use crate::clock::entry;
use crate::error::Failure;

#[derive(Debug, Args)]
pub(super) struct Act {
    /// 任务编号（number of the duty）
    #[arg(value_name = "任务", help_heading = "参数")]
    duty: i64,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 第几行，可多个，默认所有可以这样处理的（lines, from 1）
    #[arg(long, value_name = "行", help_heading = "选项")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    line: Vec<u32>,
    /// 意见或理由；退回和重开必填（why）
    #[arg(long, value_name = "意见", default_value = "", help_heading = "选项")]
    #[arg(hide_default_value = true)]
    comment: String,
}

#[derive(Debug, Args)]
pub(super) struct Lock {
    /// 轮次代码（code of the round）
    #[arg(value_name = "代码", help_heading = "参数")]
    code: String,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 发布日，默认今天（the day on which the figures became known）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    vintage: Option<Day>,
}

#[derive(Debug, Args)]
pub(super) struct Extend {
    /// 任务编号（number of the duty）
    #[arg(value_name = "任务", help_heading = "参数")]
    duty: i64,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 延至（new last day）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    until: Day,
    /// 理由（why）
    #[arg(long, value_name = "理由", help_heading = "选项")]
    comment: String,
}

pub(super) fn act(arguments: &Act, act: FigureAct) -> Result<(), Failure> {
    let said = match act {
        FigureAct::Approve => "审核通过",
        FigureAct::Return => "退回",
        _ => "重开",
    };
    drop(Ledger::open_read_only(&arguments.ledger.ledger)?);
    let mut ledger = Ledger::open(&arguments.ledger.ledger)?;
    let sheet = duty(&ledger, arguments.duty)?;
    let follows =
        |slot: &Slot| act.after(slot.filing.as_ref().map(|filing| filing.state)).is_some();
    let seen = |slot: &Slot| Line {
        position: slot.position,
        seen: slot.filing.as_ref().map_or(0, |filing| filing.version),
        figure: None,
    };
    let lines: Vec<Line> = if arguments.line.is_empty() {
        sheet.slots.iter().filter(|slot| follows(slot)).map(seen).collect()
    } else {
        let mut lines = Vec::new();
        for number in &arguments.line {
            let slot = sheet.slots.iter().find(|slot| slot.position + 1 == *number);
            let slot = slot.ok_or_else(|| {
                let (duty, most) = (arguments.duty, sheet.slots.len());
                Failure::Input(format!("任务 {duty} 没有第 {number} 行（应为 1 到 {most}）"))
            })?;
            lines.push(seen(slot));
        }
        lines
    };
    let entry = entry(&format!("{said}数据"));
    let comment = &arguments.comment;
    let done = ledger.fill(arguments.duty, act, &lines, comment, today()?, &entry)?;
    match done {
        Filled::Done(0) => say(&format!("未作改动：任务 {} 没有要{said}的行", arguments.duty)),
        Filled::Done(count) => say(&format!("已{said}：任务 {} 共 {count} 行", arguments.duty)),
        Filled::Conflict(lines) => Err(Failure::Input(format!(
            "任务 {} 第 {} 行刚被他人改动，没有{said}（请重新查看）",
            arguments.duty,
            lines.iter().map(|line| (line + 1).to_string()).collect::<Vec<_>>().join("、")
        ))),
    }
}

pub(super) fn lock(arguments: &Lock) -> Result<(), Failure> {
    let today = today()?;
    let vintage = arguments.vintage.unwrap_or(today);
    if vintage > today {
        let said = format!("发布日 {vintage} 晚于今天（应不晚于 {today}）");
        return Err(Failure::Input(said));
    }
    drop(Ledger::open_read_only(&arguments.ledger.ledger)?);
    let mut ledger = Ledger::open(&arguments.ledger.ledger)?;
    let round = round(&ledger, &arguments.code)?;
    let catalogue = statement::catalogue();
    let locked = ledger.lock_round(&round.code, vintage, &catalogue, &entry("锁定轮次"))?;
    output::told(
        locked.figures > 0,
        &format!(
            "轮次 {} 锁定 {} 个数据，其中新的或修订的 {} 个；未审 {} 个",
            round.code, locked.figures, locked.observations, locked.left
        ),
    )
}

pub(super) fn extend(arguments: &Extend) -> Result<(), Failure> {
    let until = arguments.until;
    if arguments.comment.trim().is_empty() {
        return Err(Failure::Input("延期的理由为空（应说明为何延期）".to_owned()));
    }
    drop(Ledger::open_read_only(&arguments.ledger.ledger)?);
    let mut ledger = Ledger::open(&arguments.ledger.ledger)?;
    let sheet = duty(&ledger, arguments.duty)?;
    let written = sheet.duty.extended != Some(until);
    if written {
        ledger.extend(arguments.duty, until, &entry(&arguments.comment))?;
    }
    output::told(written, &format!("任务 {} 延至 {until}", arguments.duty))
}
