//! `duixian count`: whom a register counts on a day, and who came and went since another.

use clap::Args;
use ledger::Ledger;
use terms::{Day, Member};

use super::list::refusal;
use super::output::Output;
use super::{LedgerArgument, day_or_today};
use crate::error::Failure;

/// What `duixian count` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 名录的代码（code of the register）
    #[arg(value_name = "名录", help_heading = "参数")]
    register: String,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 只计有此等级的，如 专精特新（holders of this level）
    #[arg(long, value_name = "等级", help_heading = "选项")]
    level: Option<String>,
    /// 与这一天相比：谁新增，谁退出（compared with this day）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    since: Option<Day>,
    /// 这一天的数，默认今天（on this day）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    as_of: Option<Day>,
    /// 输出 JSON（as JSON）
    #[arg(long, help_heading = "选项")]
    json: bool,
}

/// Counts a register.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let day = day_or_today(arguments.as_of)?;
    let ledger = Ledger::open_read_only(&arguments.ledger.ledger)?;
    let (register, level) = (arguments.register.as_str(), arguments.level.as_deref());
    let on = |day| ledger.register_count(register, level, day, None).map_err(refusal);
    let now = on(day)?;
    let before = arguments.since.map(on).transpose()?;
    let (came, went) = before.as_ref().map(|before| now.since(before)).unwrap_or_default();
    if arguments.json {
        let all = |members: Vec<&Member>| members.into_iter().map(json).collect::<Vec<_>>();
        let told = serde_json::json!({
            "register": register, "level": level, "day": day.to_string(), "count": now.count(),
            "members": all(now.members.iter().collect()),
            "since": arguments.since.map(|day| day.to_string()),
            "before": before.as_ref().map(terms::RegisterCount::count),
            "came": all(came), "went": all(went),
        });
        return Output::Standard.write(|out| writeln!(out, "{told}"));
    }
    Output::Standard.write(|out| {
        let level = level.map_or(String::new(), |level| format!(" {level}"));
        writeln!(out, "名录 {register}{level}：{day} 共 {} 个", now.count())?;
        let Some(before) = &before else {
            return now.members.iter().try_for_each(|member| writeln!(out, "{}", line(member)));
        };
        let (new, gone) = (came.len(), went.len());
        writeln!(out, "{} 为 {} 个：新增 {new} 个，退出 {gone} 个", before.day, before.count())?;
        came.iter().try_for_each(|member| writeln!(out, "新增\t{}", line(member)))?;
        went.iter().try_for_each(|member| writeln!(out, "退出\t{}", line(member)))
    })
}

fn line(member: &Member) -> String {
    [&member.code, &member.name, &member.id, &member.region].map(String::as_str).join("\t")
}

fn json(member: &Member) -> serde_json::Value {
    let Member { code, name, id, region } = member;
    serde_json::json!({ "code": code, "name": name, "id": id, "region": region })
}
