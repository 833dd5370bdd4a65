//! `duixian show`: a plan object with its values and its history.

use std::io::{self, Write};

use clap::Args;
use ledger::Ledger;
use terms::{PlanEvent, PlanKind, PlanObject, Target};

use super::LedgerArgument;
use super::list::{json, kind_of, moment};
use super::output::Output;
use crate::clock;
use crate::error::Failure;

/// What `duixian show` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 类别的代码或名称（kind of plan object）
    #[arg(value_name = "类别", display_order = 1, help_heading = "参数")]
    kind: String,
    /// 对象的代码；省略时列出此类的字段与状态（code of the object）
    #[arg(value_name = "代码", display_order = 2, help_heading = "参数")]
    code: Option<String>,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 按此时所知，日期或 RFC 3339 时间（as known at a time）
    #[arg(long, value_name = "时间", help_heading = "选项")]
    as_of: Option<String>,
    /// 列出全部改动（everything that was done to it）
    #[arg(long, help_heading = "选项")]
    history: bool,
    /// 输出 JSON（as JSON）
    #[arg(long, conflicts_with = "history", help_heading = "选项")]
    json: bool,
}

/// Shows an object, or what is known of objects of a kind.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let kind = kind_of(&arguments.kind)?;
    let Some(code) = &arguments.code else {
        return Output::Standard.write(|out| describe(out, kind));
    };
    let ledger = Ledger::open_read_only(&arguments.ledger.ledger)?;
    let as_of = arguments.as_of.as_deref().map(moment);
    let Some(object) = ledger.plan_object(kind, code, as_of.as_deref())? else {
        return Err(Failure::Input(format!(
            "没有{}“{code}”（应为台账中已有的代码）",
            kind.chinese
        )));
    };
    if arguments.json {
        return Output::Standard.write(|out| writeln!(out, "{}", json(&object)));
    }
    let target = if kind.code == "target" { ledger.target(code, as_of.as_deref())? } else { None };
    let history = if arguments.history { ledger.plan_history(kind, code)? } else { Vec::new() };
    Output::Standard.write(|out| {
        show(out, &object)?;
        if let Some(target) = &target {
            print_adjustments(out, target)?;
        }
        history.iter().try_for_each(|event| print_event(out, kind, event))
    })
}

fn describe(out: &mut dyn Write, kind: &PlanKind) -> io::Result<()> {
    writeln!(out, "{}（{}）\n字段\t代码\t必填\t填报员可填", kind.chinese, kind.code)?;
    let mark = |yes| if yes { "是" } else { "" };
    for field in kind.fields {
        let (required, clerk) = (mark(field.required), mark(field.clerk));
        writeln!(out, "{}\t{}\t{required}\t{clerk}", field.chinese, field.code)?;
    }
    for state in kind.states {
        let next: Vec<&str> = kind.next(state.code).map(|next| next.chinese).collect();
        writeln!(out, "状态 {}\t{}\t→ {}", state.chinese, state.code, next.join("、"))?;
    }
    Ok(())
}

fn show(out: &mut dyn Write, object: &PlanObject) -> io::Result<()> {
    writeln!(out, "{} {} {}", object.kind.chinese, object.code, object.title())?;
    let since = format!("{} {}", object.state_since, object.state_author);
    writeln!(out, "状态\t{}\t{since}\t{}", object.state_name(), object.comment)?;
    if let Some(parent) = &object.parent {
        writeln!(out, "上级\t{parent}")?;
    }
    for field in object.kind.fields {
        let value = field.shown(object.value(field.code));
        if !value.is_empty() {
            writeln!(out, "{}\t{}", field.chinese, value.replace('\n', " "))?;
        }
    }
    for attached in &object.attachments {
        let (name, size, hash) = (&attached.name, attached.size, &attached.hash);
        writeln!(out, "附件\t{name}\t{size} 字节\t{hash}")?;
    }
    Ok(())
}

fn print_adjustments(out: &mut dyn Write, target: &Target) -> io::Result<()> {
    for made in &target.adjustments {
        let (day, value, by) = (made.day, made.bound.value, &made.approved_by);
        writeln!(out, "调整\t自 {day} 起 {value}\t{by}\t{}", made.reason)?;
    }
    match clock::today() {
        Some(today) if !target.adjustments.is_empty() => {
            writeln!(out, "现值\t{}{}", target.on(today).value, target.unit)
        }
        _ => Ok(()),
    }
}

fn print_event(out: &mut dyn Write, kind: &PlanKind, event: &PlanEvent) -> io::Result<()> {
    writeln!(out, "— {}\t{}\t{}", event.at, event.author, event.reason)?;
    if let Some((state, comment)) = &event.state {
        let name = kind.state(state).map_or(state.as_str(), |state| state.chinese);
        writeln!(out, "  状态 → {name}\t{comment}")?;
    }
    for (code, before, after) in &event.fields {
        if let Some(field) = kind.field(code) {
            let (before, after) = (said(field.shown(before)), said(field.shown(after)));
            writeln!(out, "  {}\t{before} → {after}", field.chinese)?;
        }
    }
    for (name, hash, added) in &event.attached {
        let act = if *added { "附上" } else { "取下" };
        writeln!(out, "  {act}\t{name}\t{hash}")?;
    }
    Ok(())
}

/// A value in a line; a dash for none.
pub(super) fn said(value: &str) -> String {
    if value.is_empty() { "—".to_owned() } else { value.replace('\n', " ") }
}
