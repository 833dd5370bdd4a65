//! Rounds as they stand.

use std::path::PathBuf;

use clap::Args;
use ledger::Ledger;
use serde_json::json;
use terms::{FigureState, Punctuality};

use super::super::output::{self, Output};
use super::super::{LedgerArgument, Listing};
use super::{round, today};
use crate::bulletin;
use crate::error::Failure;

#[derive(Debug, Args)]
pub(super) struct Show {
    /// 轮次代码（code of the round）
    #[arg(value_name = "代码", help_heading = "参数")]
    code: String,
    #[command(flatten)]
    list: Listing,
    /// 只列迟报和截止未报的（only what is late）
    #[arg(long, help_heading = "选项")]
    late: bool,
}

#[derive(Debug, Args)]
pub(super) struct BulletinArguments {
    /// 轮次代码（code of the round）
    #[arg(value_name = "代码", help_heading = "参数")]
    code: String,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 写入文件而不是标准输出（write to a file）
    #[arg(long, value_name = "输出文件", help_heading = "选项")]
    out: Option<PathBuf>,
    /// 覆盖已有的输出文件（overwrite an existing file）
    #[arg(long, requires = "out", help_heading = "选项")]
    force: bool,
}

pub(super) fn list(arguments: &Listing) -> Result<(), Failure> {
    let ledger = Ledger::open_read_only(&arguments.ledger.ledger)?;
    let mut lines = Vec::new();
    for round in ledger.rounds()? {
        let duties = ledger.progress(&round.code)?;
        let handed_in = duties.iter().filter(|duty| duty.handed_in.is_some()).count();
        lines.push((round, duties.len(), handed_in));
    }
    if arguments.json {
        let all: Vec<_> = lines
            .iter()
            .map(|(round, duties, handed_in)| {
                json!({
                    "code": round.code, "name": round.name, "period": round.period.to_string(),
                    "opens": round.opens.to_string(), "due": round.due.to_string(),
                    "closes": round.closes.to_string(), "duties": duties, "handed_in": handed_in,
                })
            })
            .collect();
        return output::json(&all);
    }
    Output::Standard.write(|out| {
        writeln!(out, "代码\t名称\t时期\t开始\t期限\t截止\t任务\t已报")?;
        for (round, duties, handed_in) in &lines {
            let (code, name, period) = (&round.code, &round.name, round.period.chinese());
            let (opens, due, closes) = (round.opens, round.due, round.closes);
            let days = format!("{opens}\t{due}\t{closes}");
            writeln!(out, "{code}\t{name}\t{period}\t{days}\t{duties}\t{handed_in}")?;
        }
        writeln!(out, "共 {} 轮", lines.len())
    })
}

/// The states in Chinese, in the order of [`FigureState::ALL`].
const STATES: [&str; FigureState::ALL.len()] = ["草稿", "已报", "退回", "已审", "已锁", "重开"];

pub(super) fn show(arguments: &Show) -> Result<(), Failure> {
    let ledger = Ledger::open_read_only(&arguments.list.ledger.ledger)?;
    let (round, today) = (round(&ledger, &arguments.code)?, today()?);
    let mut duties = ledger.progress(&round.code)?;
    if arguments.late {
        duties.retain(|duty| {
            let punctuality = duty.punctuality(&round, today);
            !matches!(punctuality, Punctuality::Open | Punctuality::InTime)
        });
    }
    if arguments.list.json {
        return output::json(&bulletin::of(&ledger, &round, &duties, Some(today))?);
    }
    Output::Standard.write(|out| {
        let period = round.period.chinese();
        let (due, closes) = (round.due, round.closes);
        writeln!(out, "{} {} · {period} · 期限 {due} · 截止 {closes}", round.code, round.name)?;
        writeln!(out, "任务\t部门\t报表\t地区\t进度\t期限\t行数\t各状态行数")?;
        for progress in &duties {
            let duty = &progress.duty;
            let states: Vec<String> = STATES
                .iter()
                .zip(progress.states)
                .filter(|(_, count)| *count > 0)
                .map(|(state, count)| format!("{state} {count}"))
                .collect();
            writeln!(
                out,
                "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
                duty.number,
                progress.department,
                progress.form,
                duty.region,
                bulletin::chinese(progress.punctuality(&round, today)),
                duty.due(&round),
                progress.lines,
                states.join(" · ")
            )?;
        }
        writeln!(out, "共 {} 项任务", duties.len())
    })
}

pub(super) fn bulletin(arguments: &BulletinArguments) -> Result<(), Failure> {
    let ledger = Ledger::open_read_only(&arguments.ledger.ledger)?;
    let round = round(&ledger, &arguments.code)?;
    let duties = ledger.progress(&round.code)?;
    let bulletin = bulletin::of(&ledger, &round, &duties, Some(today()?))?;
    let Some(path) = &arguments.out else { return output::json(&bulletin) };
    let text = serde_json::to_string_pretty(&bulletin)
        .map_err(|error| Failure::Failed(format!("无法生成 JSON（{error}）")))?;
    Output::File { path, force: arguments.force }.write(|out| writeln!(out, "{text}"))?;
    super::say(&format!("已写通报：{}", path.display()))
}
