//! Filing a plan in a ledger, all of it or nothing.

use ledger::{Ledger, PlanOutcome};

use super::super::super::list;
use super::super::super::output::Output;
use super::super::Format;
use super::{Found, Programme, json};
use crate::clock::entry;
use crate::error::Failure;
use crate::programme::adopt;

/// Files the plan.
pub(super) fn file(arguments: &Programme, found: &Found<'_>) -> Result<(), Failure> {
    let (Some(path), Some(region)) = (&arguments.ledger, &arguments.region) else { return Ok(()) };
    let mut ledger = Ledger::open(path)?;
    let region = ledger.region_code(region).map_err(list::refusal)?;
    let offered = (&found.table.buildings[..], found.offers);
    let whose = (region.as_str(), arguments.department.as_str(), found.year);
    let changes = adopt::changes(found.plan, offered, found.asked, whose)
        .ok_or_else(|| Failure::Failed("计划对象没有这样的字段".to_owned()))?;
    let report = ledger.put_plan(&changes, &statement::catalogue(), &entry(&arguments.reason))?;
    let (mut new, mut changed) = (0_usize, 0_usize);
    for (change, outcome) in changes.iter().zip(report.outcomes) {
        match outcome {
            PlanOutcome::New => new += 1,
            PlanOutcome::Changed { .. } => changed += 1,
            PlanOutcome::Equal => {}
            PlanOutcome::Conflict(_) => {
                return Err(Failure::Input(format!("{} 已被他人改动", change.code)));
            }
            PlanOutcome::Refused(error) => {
                let said = match list::refusal(error) {
                    Failure::Input(said) => said,
                    other => return Err(other),
                };
                let code = &change.code;
                return Err(Failure::Input(format!("{code}：{said}；没有写入任何数据")));
            }
        }
    }
    let entry = entry(&arguments.reason);
    ledger.put_programme(&record(arguments, found, &region), &entry)?;
    let equal = changes.len() - new - changed;
    let said = format!(
        "已记入计划对象 {} 个：新增 {new} · 变更 {changed} · 不变 {equal}（台账 {}）",
        changes.len(),
        path.display()
    );
    if arguments.format == Format::Text {
        return Output::Standard.write(|out| writeln!(out, "{said}"));
    }
    // Standard output holds data alone.
    eprintln!("提示：{said}");
    Ok(())
}

/// The plan as it is kept beside its objects, so that pages can show it.
fn record(arguments: &Programme, found: &Found<'_>, region: &str) -> terms::Programme {
    let name = arguments.file.file_name().unwrap_or_default().to_string_lossy();
    terms::Programme {
        code: adopt::code(region, found.year),
        name: format!("{} 年屋顶光伏 {} 兆瓦", found.year, found.asked.target / 1000.0),
        region: region.to_owned(),
        settings: found.scenario.to_owned(),
        answer: json::of(found).to_string(),
        table_name: terms::attachment_name(&name),
        table: found.bytes.to_vec(),
    }
}
