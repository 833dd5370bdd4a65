//! `duixian warnings`: the alarms of a ledger, and taking note of one.

use clap::{Args, Subcommand};
use ledger::{AlarmChange, Ledger};
use serde_json::{Value, json};
use terms::{Alarm, AlarmAct, AlarmActKind};

use super::appraise::Format;
use super::output::{self, Output};
use super::{LedgerArgument, TEMPLATE, day_or_today};
use crate::clock::entry;
use crate::error::Failure;

/// What `duixian warnings` is told.
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
    /// 记下已阅（take note of an alarm）
    #[command(help_template = TEMPLATE, override_usage = "duixian warnings acknowledge [选项] <号>")]
    Acknowledge(Acknowledge),
}

#[derive(Debug, Args)]
struct List {
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 只列尚未解除的（only those that stand）
    #[arg(long, help_heading = "选项")]
    open: bool,
    /// 输出格式：table（默认）、json（output format）
    #[arg(long, value_enum, value_name = "格式", default_value_t = Format::Table, help_heading = "选项")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    format: Format,
}

#[derive(Debug, Args)]
struct Acknowledge {
    /// 预警的号（number of the alarm）
    #[arg(value_name = "号", help_heading = "参数")]
    number: i64,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 批注（remark）
    #[arg(long, value_name = "批注", default_value = "", help_heading = "选项")]
    #[arg(hide_default_value = true)]
    note: String,
}

/// Lists alarms, or takes note of one.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        None => list(&arguments.list),
        Some(Command::Acknowledge(Acknowledge { number, ledger, note })) => {
            let day = day_or_today(None)?;
            drop(Ledger::open_read_only(&ledger.ledger)?);
            let mut ledger = Ledger::open(&ledger.ledger)?;
            let known = ledger.alarms()?.into_iter().find(|alarm| alarm.number == *number);
            let taken = known.is_some_and(|alarm| {
                alarm.acts.iter().any(|act| act.kind == AlarmActKind::Acknowledged)
            });
            let change = AlarmChange::Act {
                alarm: *number,
                kind: AlarmActKind::Acknowledged,
                day,
                severity: None,
                problem: None,
                note: note.clone(),
            };
            ledger.record_alarms(&[change], &entry("预警已阅"))?;
            output::told(!taken, &format!("{number} 号预警已阅"))
        }
    }
}

fn list(arguments: &List) -> Result<(), Failure> {
    let ledger = Ledger::open_read_only(&arguments.ledger.ledger)?;
    let mut alarms = ledger.alarms()?;
    if arguments.open {
        alarms.retain(|alarm| alarm.standing().is_some());
    }
    if arguments.format == Format::Json {
        let all: Vec<Value> = alarms.iter().map(as_json).collect();
        return output::json(&json!({ "alarms": all }));
    }
    Output::Standard.write(|out| {
        writeln!(out, "号\t日期\t级别\t现状\t规则\t对象\t情况\t经办")?;
        for own in &alarms {
            let Alarm { number, author, alarm, acts, .. } = own;
            let now = match own.standing() {
                None => "已解除".to_owned(),
                Some(colour) if colour != alarm.severity => format!("降为{}", colour.chinese()),
                Some(_) => "在".to_owned(),
            };
            let (day, severity) = (alarm.day, alarm.severity.chinese());
            let (rule, name) = (&alarm.rule, output::one_line(&alarm.name));
            let sentence = output::one_line(&alarm.sentence);
            let acts: Vec<String> = acts.iter().map(said).collect();
            let acts = if acts.is_empty() { "—".to_owned() } else { acts.join("；") };
            writeln!(
                out,
                "{number}\t{day}\t{severity}\t{now}\t{rule}\t{name}\t{sentence}\t{author} 记；{acts}"
            )?;
        }
        writeln!(out, "共 {} 条预警", alarms.len())
    })
}

/// What was done with an alarm, in a few words.
fn said(act: &AlarmAct) -> String {
    let what = match (act.kind, act.severity, &act.problem) {
        (AlarmActKind::Eased, Some(colour), _) => format!("降为{}", colour.chinese()),
        (_, _, Some(problem)) => format!("{} {problem}", act.kind.chinese()),
        (kind, ..) => kind.chinese().to_owned(),
    };
    let note = output::one_line(&act.note);
    let note = if note.is_empty() { note } else { format!("：{note}") };
    format!("{} {} {what}{note}", act.day, act.author)
}

fn as_json(own: &Alarm) -> Value {
    let Alarm { number, at, author, alarm, acts, .. } = own;
    let acts = acts.iter().map(|act| {
        json!({
            "act": act.kind.as_str(), "at": act.at, "author": act.author,
            "day": act.day.to_string(), "severity": act.severity.map(|colour| colour.as_str()),
            "problem": act.problem, "note": act.note,
        })
    });
    json!({
        "number": number, "at": at, "author": author, "rule": alarm.rule,
        "subject": alarm.subject, "name": alarm.name, "region": alarm.region,
        "day": alarm.day.to_string(), "severity": alarm.severity.as_str(),
        "severity_name": alarm.severity.chinese(),
        "standing": own.standing().map(|colour| colour.as_str()), "condition": alarm.condition,
        "sentence": alarm.sentence, "figures": alarm.figures.lines().collect::<Vec<_>>(),
        "acts": acts.collect::<Vec<_>>(),
    })
}
