//! `duixian list`: plan objects of a kind.

use clap::Args;
use ledger::{Ledger, LedgerError, PlanQuery};
use terms::{Day, PlanKind, PlanObject};

use super::LedgerArgument;
use super::output::Output;
use crate::clock;
use crate::error::Failure;

/// What `duixian list` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 类别的代码或名称，如 project 或 项目；省略时列出各类（kind of plan object）
    #[arg(value_name = "类别", help_heading = "参数")]
    kind: Option<String>,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 只列此地区及其下级的（of this region and below）
    #[arg(long, value_name = "地区", help_heading = "选项")]
    region: Option<String>,
    /// 只列此状态的（in this state）
    #[arg(long, value_name = "状态", help_heading = "选项")]
    state: Option<String>,
    /// 只列此上级之下的（under this object）
    #[arg(long, value_name = "上级", help_heading = "选项")]
    parent: Option<String>,
    /// 按此时所知，日期或 RFC 3339 时间（as known at a time）
    #[arg(long, value_name = "时间", help_heading = "选项")]
    as_of: Option<String>,
    /// 每行一个 JSON 对象（JSON Lines）
    #[arg(long, help_heading = "选项")]
    json: bool,
}

/// Lists the kinds, or the objects of one.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let kind = arguments.kind.as_deref().map(kind_of).transpose()?;
    let ledger = Ledger::open_read_only(&arguments.ledger.ledger)?;
    let Some(kind) = kind else {
        let counts = ledger.plan_counts()?;
        if arguments.json {
            let line = |(kind, count): &(&PlanKind, usize)| serde_json::json!({ "kind": kind.code, "name": kind.chinese, "count": count });
            return Output::Standard
                .write(|out| counts.iter().try_for_each(|one| writeln!(out, "{}", line(one))));
        }
        return Output::Standard.write(|out| {
            writeln!(out, "类别\t代码\t数量")?;
            counts.iter().try_for_each(|(kind, count)| {
                writeln!(out, "{}\t{}\t{count}", kind.chinese, kind.code)
            })
        });
    };
    let state = arguments.state.as_deref().map(|written| state_of(kind, written)).transpose()?;
    let region = arguments.region.as_deref().map(|written| ledger.region_code(written));
    let query = PlanQuery {
        region: region.transpose().map_err(refusal)?,
        department: None,
        state: state.map(str::to_owned),
        parent: arguments.parent.as_deref().and_then(|code| crate::plan::parent_of(kind, code)),
    };
    let as_of = arguments.as_of.as_deref().map(moment);
    let objects = ledger.plan_objects(kind, &query, as_of.as_deref())?;
    Output::Standard.write(|out| {
        if arguments.json {
            return objects.iter().try_for_each(|object| writeln!(out, "{}", json(object)));
        }
        writeln!(out, "代码\t名称\t状态\t地区\t责任部门\t上级")?;
        for object in &objects {
            let parent = object.parent.as_ref().map_or("—".to_owned(), ToString::to_string);
            let department = object.department.as_deref().unwrap_or("—");
            let (title, state) = (object.title(), object.state_name());
            let (code, region) = (&object.code, &object.region);
            writeln!(out, "{code}\t{title}\t{state}\t{region}\t{department}\t{parent}")?;
        }
        writeln!(out, "共 {} 个{}", objects.len(), kind.chinese)
    })
}

/// The kind that is named.
pub(super) fn kind_of(written: &str) -> Result<&'static PlanKind, Failure> {
    PlanKind::named(written).ok_or_else(|| {
        let names = PlanKind::all().iter().map(|kind| format!("{} {}", kind.code, kind.chinese));
        let names = names.collect::<Vec<_>>().join("、");
        Failure::Input(format!("没有类别：{written}（应为 {names}）"))
    })
}

fn state_of(kind: &'static PlanKind, written: &str) -> Result<&'static str, Failure> {
    kind.state(written).map(|state| state.code).ok_or_else(|| {
        let names: Vec<&str> = kind.states.iter().map(|state| state.chinese).collect();
        Failure::Input(format!("{}没有状态：{written}（应为{}）", kind.chinese, names.join("、")))
    })
}

/// The end of a day, or the moment that is written.
pub(super) fn moment(written: &str) -> String {
    match written.parse::<Day>() {
        Ok(day) => clock::end_of(day),
        Err(_) => written.to_owned(),
    }
}

/// A refusal that the user's input is to blame for.
pub(super) fn refusal(error: LedgerError) -> Failure {
    match error {
        LedgerError::Invalid { .. } | LedgerError::Unknown { .. } | LedgerError::NoStep { .. } => {
            Failure::Input(error.to_string())
        }
        other => other.into(),
    }
}

/// An object for programs.
pub(super) fn json(object: &PlanObject) -> serde_json::Value {
    let attachments = object.attachments.iter().map(|attached| {
        serde_json::json!({
            "hash": attached.hash, "name": attached.name, "media": attached.media,
            "size": attached.size, "author": attached.author, "at": attached.at,
        })
    });
    serde_json::json!({
        "kind": object.kind.code,
        "code": object.code,
        "parent": object.parent.as_ref().map(ToString::to_string),
        "region": object.region,
        "department": object.department,
        "state": object.state,
        "state_comment": object.comment,
        "state_author": object.state_author,
        "state_since": object.state_since,
        "version": object.version,
        "fields": object.fields,
        "attachments": attachments.collect::<Vec<_>>(),
    })
}
