//! `duixian link`: which indicator a measure names, where the reader cannot know it without doubt.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use clap::Args;
use ledger::{Decision, Ledger, LinkDecision};
use terms::{Basis, Candidate, Facts, Indicator, Kind, Statement, Unit, folded_name};

use super::LedgerArgument;
use super::output::Output;
use crate::clock::entry;
use crate::error::Failure;

/// What `duixian link` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 报告中的指标名；省略时列出未对应的（measure as reports write it）
    #[arg(value_name = "指标名", display_order = 1, help_heading = "参数")]
    measure: Option<String>,
    /// 目录中指标的代码或名称；省略时列出候选（code of the indicator）
    #[arg(value_name = "代码", display_order = 2, help_heading = "参数")]
    #[arg(conflicts_with_all = ["none", "withdraw"])]
    code: Option<String>,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 决定：此名不对应任何指标（it names no indicator）
    #[arg(long, requires = "measure", conflicts_with = "withdraw", help_heading = "选项")]
    none: bool,
    /// 撤回此名先前的决定（withdraw the decision）
    #[arg(long, requires = "measure", help_heading = "选项")]
    withdraw: bool,
    /// 列出全部决定，含修改与撤回（list all decisions）
    #[arg(long, conflicts_with = "measure", help_heading = "选项")]
    list: bool,
    /// 每行一个 JSON 对象：未对应的，或 --list 的决定（JSON Lines）
    #[arg(long, conflicts_with = "measure", help_heading = "选项")]
    json: bool,
    /// 记入台账的理由（reason kept in the ledger）
    #[arg(long, value_name = "理由", default_value = "指定指标对应", help_heading = "选项")]
    #[arg(hide_default_value = true)]
    reason: String,
}

/// Decides on a measure, or shows what may be decided.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let path = &arguments.ledger.ledger;
    let catalogue = statement::catalogue();
    let Some(measure) = &arguments.measure else {
        let ledger = Ledger::open_read_only(path)?;
        if arguments.list {
            let decisions = ledger.link_decisions()?;
            if arguments.json {
                let mut lines = decisions.iter().map(decided);
                return Output::Standard
                    .write(|out| lines.try_for_each(|line| writeln!(out, "{line}")));
            }
            return Output::Standard.write(|out| print_decisions(out, &decisions, &catalogue));
        }
        let open = unlinked(&ledger.facts(None)?, &ledger.link_decisions()?);
        if arguments.json {
            let line = |one: &Unlinked| {
                let basis = one.basis.map(|basis| basis.as_str());
                let unit = one.unit.as_ref().map(|unit| unit.as_str());
                serde_json::json!({
                    "measure": one.measure, "statements": one.count, "unit": unit, "basis": basis,
                })
            };
            return Output::Standard
                .write(|out| open.iter().try_for_each(|one| writeln!(out, "{}", line(one))));
        }
        return Output::Standard.write(|out| print_unlinked(out, &open, &catalogue));
    };
    let decision = match &arguments.code {
        Some(code) => Decision::Indicator(resolve(code, &catalogue)?),
        None if arguments.none => Decision::None,
        None if arguments.withdraw => Decision::Withdrawn,
        None => {
            let ledger = Ledger::open_read_only(path)?;
            let (facts, decisions) = (ledger.facts(None)?, ledger.link_decisions()?);
            let print = |out: &mut dyn Write| show(out, measure, &facts, &decisions, &catalogue);
            return Output::Standard.write(print);
        }
    };
    decide(path, measure, &decision, &catalogue, &arguments.reason)
}

/// A decision for programs.
fn decided(made: &LinkDecision) -> serde_json::Value {
    let (decision, indicator) = match &made.decision {
        Decision::Indicator(code) => ("indicator", Some(code)),
        Decision::None => ("none", None),
        Decision::Withdrawn => ("withdrawn", None),
    };
    serde_json::json!({
        "measure": made.measure, "decision": decision, "indicator": indicator,
        "at": made.at, "author": made.author, "reason": made.reason,
    })
}

/// The code of an indicator that is given by its code or its name.
fn resolve(code: &str, catalogue: &[Indicator]) -> Result<String, Failure> {
    Indicator::named(catalogue, code).map(|known| known.code.clone()).ok_or_else(|| {
        Failure::Input(format!(
            "目录中没有指标：{code}（应为指标的代码或名称；候选见 duixian link <指标名>）"
        ))
    })
}

fn decide(
    path: &Path,
    measure: &str,
    decision: &Decision,
    catalogue: &[Indicator],
    reason: &str,
) -> Result<(), Failure> {
    // A decision belongs to a ledger that is there; a mistyped path must not make a new one.
    drop(Ledger::open_read_only(path)?);
    let mut ledger = Ledger::open(path)?;
    let written = ledger.decide_link(measure, decision, catalogue, &entry(reason))?;
    let bearers = bearing(&ledger.facts(None)?, measure).len();
    let done = said(decision, catalogue);
    Output::Standard.write(|out| {
        if written {
            writeln!(out, "已记入：{measure} {done}（台账中以此为名的陈述 {bearers} 条）")
        } else {
            writeln!(out, "未作改动：{measure} 已是如此（{done}）")
        }
    })
}

fn said(decision: &Decision, catalogue: &[Indicator]) -> String {
    match decision {
        Decision::Indicator(code) => format!("→ {}", titled(code, catalogue)),
        Decision::None => "不对应任何指标".to_owned(),
        Decision::Withdrawn => "不再有决定，按读出的对应".to_owned(),
    }
}

/// A code with its indicator's name.
fn titled(code: &str, catalogue: &[Indicator]) -> String {
    match catalogue.iter().find(|known| known.code == code) {
        Some(known) => format!("{code} {}", known.name),
        None => code.to_owned(),
    }
}

/// A measure that names no indicator.
struct Unlinked {
    measure: String,
    /// How many statements bear it.
    count: usize,
    unit: Option<Unit>,
    basis: Option<Basis>,
}

/// How many measures in the ledger wait for a decision.
pub(super) fn open_measures(ledger: &Ledger) -> Result<usize, Failure> {
    Ok(unlinked(&ledger.facts(None)?, &ledger.link_decisions()?).len())
}

/// The measures with a number that name no indicator, those that stand most often first. Measures of which it
/// was decided that they name none are settled.
fn unlinked(facts: &Facts, decisions: &[LinkDecision]) -> Vec<Unlinked> {
    // Of several decisions on a measure the last one holds.
    let last: BTreeMap<String, &Decision> =
        decisions.iter().map(|made| (folded_name(&made.measure), &made.decision)).collect();
    let mut open: BTreeMap<String, Unlinked> = BTreeMap::new();
    for statement in statements(facts) {
        let folded = folded_name(&statement.measure);
        let waits = statement.kind == Kind::Quantity
            && statement.indicator.is_none()
            && last.get(&folded) != Some(&&Decision::None);
        if folded.is_empty() || !waits {
            continue;
        }
        let known = open.entry(folded).or_insert_with(|| Unlinked {
            measure: statement.measure.to_string(),
            count: 0,
            unit: statement.unit.clone(),
            basis: statement.basis,
        });
        known.count += 1;
    }
    let mut open: Vec<Unlinked> = open.into_values().collect();
    open.sort_by_key(|one| std::cmp::Reverse(one.count));
    open
}

fn statements(facts: &Facts) -> impl Iterator<Item = &Statement> {
    facts.documents.iter().flat_map(|document| &document.statements)
}

/// The statements that bear a measure's name.
fn bearing<'a>(facts: &'a Facts, measure: &str) -> Vec<&'a Statement> {
    let folded = folded_name(measure);
    statements(facts).filter(|statement| folded_name(&statement.measure) == folded).collect()
}

fn print_unlinked(
    out: &mut dyn Write,
    open: &[Unlinked],
    catalogue: &[Indicator],
) -> io::Result<()> {
    writeln!(out, "次数\t指标名\t单位\t最可能的指标（分）")?;
    for one in open {
        let best = statement::candidates(catalogue, &one.measure, one.unit.as_ref(), one.basis)
            .into_iter();
        let best = best.take(1).map(|one| scored(&one, catalogue)).collect::<String>();
        let best = if best.is_empty() { "—".to_owned() } else { best };
        let unit = one.unit.as_ref().map_or("", Unit::as_str);
        writeln!(out, "{}\t{}\t{unit}\t{best}", one.count, one.measure)?;
    }
    writeln!(
        out,
        "未对应指标的名称 {} 个；指定：duixian link <指标名> <代码>，或 --none",
        open.len()
    )
}

fn scored(candidate: &Candidate, catalogue: &[Indicator]) -> String {
    format!("{}（{}）", titled(&candidate.code, catalogue), candidate.score)
}

fn print_decisions(
    out: &mut dyn Write,
    decisions: &[LinkDecision],
    catalogue: &[Indicator],
) -> io::Result<()> {
    writeln!(out, "时间\t决定人\t指标名\t决定\t理由")?;
    for made in decisions {
        let LinkDecision { measure, decision, at, author, reason } = made;
        writeln!(out, "{at}\t{author}\t{measure}\t{}\t{reason}", said(decision, catalogue))?;
    }
    writeln!(out, "共 {} 项决定；同名以最后一项为准", decisions.len())
}

/// What is known of a measure, and the indicators that it may name.
fn show(
    out: &mut dyn Write,
    measure: &str,
    facts: &Facts,
    decisions: &[LinkDecision],
    catalogue: &[Indicator],
) -> io::Result<()> {
    let bearers = bearing(facts, measure);
    writeln!(out, "{measure}：台账中以此为名的陈述 {} 条", bearers.len())?;
    for statement in &bearers {
        let link = statement.indicator.as_deref().map(|code| titled(code, catalogue));
        writeln!(
            out,
            "  {}\t{}\t{}",
            statement.id,
            statement.quote,
            link.as_deref().unwrap_or("—")
        )?;
    }
    let folded = folded_name(measure);
    let last = decisions.iter().rfind(|made| folded_name(&made.measure) == folded);
    if let Some(made) = last {
        writeln!(
            out,
            "现有决定：{}（{}，{}）",
            said(&made.decision, catalogue),
            made.author,
            made.at
        )?;
    }
    // Without a statement there is no unit that could forbid a candidate.
    let first = bearers.first();
    let unit = first.and_then(|statement| statement.unit.as_ref());
    let basis = first.and_then(|statement| statement.basis);
    let offered = statement::candidates(catalogue, measure, unit, basis);
    writeln!(out, "候选指标（分，1 为同名）：")?;
    for candidate in &offered {
        writeln!(out, "  {}\t{}", candidate.score, titled(&candidate.code, catalogue))?;
    }
    if offered.is_empty() {
        writeln!(out, "  —")?;
    }
    Ok(())
}
