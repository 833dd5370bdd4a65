//! Filing the parts of a target as targets, and what changes of those that are adopted as adjustments.

use assessment::region::{Spread, SpreadPart};
use ledger::{Ledger, PlanChange, PlanOutcome};
use terms::{Day, Indicator, Modality, PlanField, PlanKind, PlanRef};

use super::super::list::kind_of;
use super::super::output;
use super::asked::Goal;
use super::below::{Before, Taker};
use super::{Arguments, To, each, origin};
use crate::clock::entry;
use crate::error::Failure;

/// What was filed.
#[derive(Debug, Default)]
pub(super) struct Filed {
    pub(super) new: usize,
    pub(super) changed: usize,
    pub(super) adjustments: usize,
    pub(super) equal: usize,
}

/// Files the parts, all or none.
pub(super) fn file(
    arguments: &Arguments,
    goal: &Goal<'_>,
    takers: &[Taker],
    found: &Spread,
    day: Day,
    catalogue: &[Indicator],
) -> Result<Filed, Failure> {
    let there = takers.iter().find_map(|taker| taker.before.as_ref());
    if let Some(before) = there.filter(|_| !arguments.revise) {
        return Err(Failure::Input(format!(
            "已有下级目标，如 {}（应以 --revise 重新分解）",
            before.code
        )));
    }
    if arguments.as_of.is_some() {
        return Err(Failure::Input("按过去某日所知分解的不能记入（应去掉 --as-of）".to_owned()));
    }
    let mut ledger = Ledger::open(&arguments.ledger.ledger)?;
    let mut filing = Filing {
        arguments,
        goal,
        day,
        target: kind_of("target")?,
        adjustment: kind_of("adjustment")?,
        next: 0,
    };
    let mut changes = Vec::new();
    let mut filed = Filed::default();
    for (taker, part) in each(takers, found) {
        changes.push(match &taker.before {
            None => filing.added(taker, part)?,
            Some(before) if before.value == part.value => {
                filed.equal += 1;
                continue;
            }
            Some(before) if before.state == "draft" => filing.changed(before, part)?,
            Some(before) => filing.adjusted(&ledger, before, part)?,
        });
    }
    let report = ledger.put_plan(&changes, catalogue, &entry(&arguments.reason))?;
    let mut faults = Vec::new();
    for (change, outcome) in changes.iter().zip(&report.outcomes) {
        match outcome {
            PlanOutcome::New if change.kind.code == "adjustment" => filed.adjustments += 1,
            PlanOutcome::New => filed.new += 1,
            PlanOutcome::Changed { .. } => filed.changed += 1,
            PlanOutcome::Equal => filed.equal += 1,
            PlanOutcome::Conflict(_) => faults.push(format!("{} 已被他人改动", change.code)),
            PlanOutcome::Refused(error) => faults.push(format!("{}：{error}", change.code)),
        }
    }
    output::refuse_table("分解", &faults)?;
    Ok(filed)
}

struct Filing<'a> {
    arguments: &'a Arguments,
    goal: &'a Goal<'a>,
    day: Day,
    target: &'static PlanKind,
    adjustment: &'static PlanKind,
    /// The number of the last adjustment that was given.
    next: usize,
}

type Written = (&'static PlanField, String);

impl Filing<'_> {
    fn fields(
        &self,
        kind: &'static PlanKind,
        values: Vec<(&str, String)>,
    ) -> Result<Vec<Written>, Failure> {
        let named = |(code, value): (&str, String)| Some((kind.field(code)?, value));
        let fields = values.into_iter().map(named).collect::<Option<Vec<_>>>();
        fields.ok_or_else(|| Failure::Failed(format!("{}没有所需的栏", kind.chinese)))
    }

    /// A target of somebody who had none.
    fn added(&self, taker: &Taker, part: &SpreadPart) -> Result<PlanChange, Failure> {
        let Goal { indicator, region, period, facet, comparator, unit, .. } = self.goal;
        let code = &taker.share.code;
        let mut values = vec![
            ("name", format!("{}{}", taker.name, indicator.name)),
            ("indicator", indicator.code.clone()),
            ("period", period.to_string()),
            ("facet", facet.as_str().to_owned()),
            ("comparator", comparator.as_str().to_owned()),
            ("value", part.value.to_string()),
            ("unit", unit.as_str().to_owned()),
            ("note", origin(self.goal)),
        ];
        match self.arguments.to {
            To::Children => values.push(("region", code.clone())),
            To::Departments => {
                values.push(("region", region.code.clone()));
                values.push(("department", code.clone()));
            }
        }
        values.extend(self.goal.strength.map(|strength| {
            let word = match strength {
                Modality::Firm => "firm",
                Modality::Aim => "aim",
            };
            ("strength", word.to_owned())
        }));
        let prefix = match (&self.arguments.prefix, &self.goal.target) {
            (Some(prefix), _) => prefix.clone(),
            (None, Some(target)) => target.code.clone(),
            (None, None) => format!("T-{}-{}", indicator.code, period.year()),
        };
        Ok(PlanChange {
            kind: self.target,
            code: format!("{prefix}-{code}"),
            parent: None,
            seen: None,
            fields: self.fields(self.target, values)?,
            state: Some(self.arguments.state.clone()),
            comment: String::new(),
        })
    }

    /// Another value of a target that is no more than a draft.
    fn changed(&self, before: &Before, part: &SpreadPart) -> Result<PlanChange, Failure> {
        let values = vec![
            ("value", part.value.to_string()),
            ("unit", self.goal.unit.as_str().to_owned()),
            ("note", origin(self.goal)),
        ];
        Ok(PlanChange {
            kind: self.target,
            code: before.code.clone(),
            parent: None,
            seen: Some(before.version),
            fields: self.fields(self.target, values)?,
            state: None,
            comment: String::new(),
        })
    }

    /// An adjustment of a target that was adopted, for somebody to approve.
    fn adjusted(
        &mut self,
        ledger: &Ledger,
        before: &Before,
        part: &SpreadPart,
    ) -> Result<PlanChange, Failure> {
        let approved_by = self.arguments.approved_by.clone().ok_or_else(|| {
            Failure::Input(format!(
                "{} 已下达，只能经目标调整改变（应以 --approved-by 写明批准机关）",
                before.code
            ))
        })?;
        let values = vec![
            ("value", self.in_own_unit(ledger, before, part)?),
            ("reason", format!("{}：{}", self.arguments.reason, origin(self.goal))),
            ("approved-by", approved_by),
            ("day", self.day.to_string()),
        ];
        let code = loop {
            self.next += 1;
            let code = format!("{}-{}", self.adjustment.prefix, self.next);
            if ledger.plan_object(self.adjustment, &code, None)?.is_none() {
                break code;
            }
        };
        Ok(PlanChange {
            kind: self.adjustment,
            code,
            parent: Some(PlanRef::new("target", &before.code)),
            seen: None,
            fields: self.fields(self.adjustment, values)?,
            state: None,
            comment: String::new(),
        })
    }

    /// The value of a part in the unit of the target that it adjusts, which stays.
    fn in_own_unit(
        &self,
        ledger: &Ledger,
        before: &Before,
        part: &SpreadPart,
    ) -> Result<String, Failure> {
        let target = ledger.target(&before.code, None)?;
        let value = target.and_then(|known| self.goal.unit.convert(part.value, &known.unit));
        value.map(|value| value.to_string()).ok_or_else(|| {
            Failure::Input(format!("目标 {} 的单位不能换算（应与总目标同类）", before.code))
        })
    }
}
