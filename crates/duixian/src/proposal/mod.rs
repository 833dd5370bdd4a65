//! Proposals for next year's targets: figures, targets and projects of a ledger, an outline from a file and the settings
//! come together here.

mod settings;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use assessment::proposal::{NoProposals, Projects, Question, Settings, propose};
use ledger::{Ledger, LedgerError, PlanChange, PlanOutcome, PlanQuery};
use rust_decimal::Decimal;
use terms::{Day, Facet, NATION, PlanKind, Proposal, Proposals, Series, Target, Unit, covers};

pub(crate) use settings::{BUNDLED, read};

use crate::clock::entry;
use crate::error::Failure;
use crate::plan::PlanTable;
use crate::standing;

/// What is asked for: a region, a year, and the day whose knowledge is used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) region: &'a str,
    pub(crate) year: i16,
    pub(crate) as_of: Day,
    pub(crate) seed: u64,
}

/// Makes the proposals. Targets of a file go before those of the ledger.
///
/// # Errors
/// Where the ledger cannot be read or no balance is found.
pub(crate) fn proposals(
    ledger: &Ledger,
    asked: Asked<'_>,
    settings: &Settings,
    from_file: Vec<Target>,
) -> Result<Proposals, Failure> {
    let Asked { region, year, as_of, seed } = asked;
    let catalogue = statement::catalogue();
    let mut targets = from_file;
    targets.extend(standing::targets(ledger, None, None)?);
    let above = |target: &&Target| target.region != region && covers(&target.region, region);
    let this_year = |target: &&Target| target.period.is_year() && target.period.year() == year;
    let mut superior: Vec<Target> =
        targets.iter().filter(above).filter(this_year).cloned().collect();
    superior.sort_by_key(|target| {
        let nation = target.region == NATION;
        (nation, std::cmp::Reverse(target.region.trim_end_matches('0').len()))
    });
    let own: Vec<Target> = targets.into_iter().filter(|target| target.region == region).collect();
    let figures = figures(ledger, asked, settings, &own)?;
    let projects = projects(ledger, region, year)?;
    let question = Question {
        region,
        year,
        as_of,
        catalogue: &catalogue,
        settings,
        figures: &figures,
        own: &own,
        superior: &superior,
        projects: projects.as_ref(),
        seed,
    };
    propose(&question).map_err(|why| match why {
        NoProposals::Settings(said) => Failure::Input(said),
        NoProposals::Failed(said) => Failure::Failed(said),
    })
}

/// The figures of all indicators that may matter.
fn figures(
    ledger: &Ledger,
    asked: Asked<'_>,
    settings: &Settings,
    own: &[Target],
) -> Result<BTreeMap<String, (Series, Series)>, LedgerError> {
    let mut codes: BTreeSet<&str> = BTreeSet::new();
    codes.extend(settings.targets.iter().map(|target| target.indicator.as_str()));
    codes.extend(settings.relations.iter().flat_map(|relation| relation.rule.indicators()));
    codes.extend(own.iter().map(|target| target.indicator.as_str()));
    let mut found = BTreeMap::new();
    for code in codes {
        let series = |facet| ledger.series(code, asked.region, facet, Some(asked.as_of));
        let both = (series(Facet::Level)?, series(Facet::Growth)?);
        if !both.0.observations.is_empty() || !both.1.observations.is_empty() {
            found.insert(code.to_owned(), both);
        }
    }
    Ok(found)
}

/// What the projects of a region, but those that were stopped or cancelled, plan for a year; `None` where none does.
fn projects(ledger: &Ledger, region: &str, year: i16) -> Result<Option<Projects>, Failure> {
    let kinds = PlanKind::named("project").zip(PlanKind::named("project-year"));
    let Some((project, project_year)) = kinds else { return Ok(None) };
    let query = PlanQuery { region: Some(region.to_owned()), ..PlanQuery::default() };
    let going: BTreeSet<String> = ledger
        .plan_objects(project, &query, None)?
        .into_iter()
        .filter(|project| !matches!(project.state.as_str(), "suspended" | "cancelled"))
        .map(|project| project.code)
        .collect();
    let unit = Unit::new("亿元");
    let (mut counted, mut planned) = (BTreeSet::new(), Decimal::ZERO);
    for object in ledger.plan_objects(project_year, &query, None)? {
        let of = object.parent.as_ref().map(|parent| parent.code.to_string());
        let Some(of) = of.filter(|of| going.contains(of)) else { continue };
        if object.value("year") != year.to_string() {
            continue;
        }
        let amount = object.amount("planned");
        let amount = amount.and_then(|planned| planned.unit.convert(planned.amount, &unit));
        let sum = amount.and_then(|amount| planned.checked_add(amount));
        planned = sum.ok_or_else(|| {
            let found = object.value("planned");
            Failure::Failed(format!("项目 {of} {year} 年的计划投资“{found}”不能相加"))
        })?;
        counted.insert(of);
    }
    let planned = planned.normalize();
    Ok((!counted.is_empty()).then_some(Projects { count: counted.len(), planned, unit }))
}

/// The targets of a table as `duixian enter target` reads it, held by the same rules; they are written nowhere.
///
/// # Errors
/// What is wrong in the table, each with its place, in Chinese.
pub(crate) fn targets_of(table: &PlanTable) -> Result<Result<Vec<Target>, Vec<String>>, Failure> {
    if !table.faults.is_empty() {
        return Ok(Err(table.faults.clone()));
    }
    let folder = tempfile::tempdir().map_err(|error| Failure::Failed(error.to_string()))?;
    let mut scratch = Ledger::open(&scratch_in(folder.path()))?;
    // Who answers for a target and which statement promises it is known to the ledger alone, and matters not here.
    let elsewhere = ["department", "person", "source"];
    let adopted = |change: &PlanChange| {
        let mut change = change.clone();
        change.fields.retain(|(field, _)| !elsewhere.contains(&field.code));
        change.state = change.state.or_else(|| Some("adopted".to_owned()));
        change
    };
    let changes: Vec<PlanChange> =
        table.changes.iter().map(|(_, change)| adopted(change)).collect();
    let report = scratch.put_plan(&changes, &statement::catalogue(), &entry("纲要目标"))?;
    let mut faults = Vec::new();
    for ((row, _), outcome) in table.changes.iter().zip(&report.outcomes) {
        if let PlanOutcome::Refused(error) = outcome {
            let field = match error {
                LedgerError::Invalid { field, .. } => Some(*field),
                _ => None,
            };
            faults.push(format!("{}：{error}", table.place(*row, field)));
        }
    }
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    Ok(Ok(standing::targets(&scratch, None, None)?))
}

fn scratch_in(folder: &Path) -> std::path::PathBuf {
    folder.join("outline.db")
}

/// The longest code that a plan object may have, in characters.
const LONGEST_CODE: usize = 40;

/// The proposals as drafts of targets; those without a value are left out.
///
/// # Errors
/// Where targets have no such field.
pub(crate) fn drafts(found: &Proposals) -> Result<Vec<PlanChange>, Failure> {
    let kind = PlanKind::named("target");
    let kind = kind.ok_or_else(|| Failure::Failed("没有目标这一类别".to_owned()))?;
    let draft = |proposal: &Proposal| {
        let value = proposal.value?;
        // A target has a unit; a ratio without one is in multiples.
        let unit = match proposal.unit.as_str() {
            "" => "倍",
            unit => unit,
        };
        let mut fields: Vec<(&str, String)> = vec![
            ("name", proposal.name.clone()),
            ("indicator", proposal.indicator.clone()),
            ("region", found.region.clone()),
            ("period", found.year.to_string()),
            ("facet", proposal.facet.as_str().to_owned()),
            ("comparator", proposal.comparator.as_str().to_owned()),
            ("value", value.to_string()),
            ("unit", unit.to_owned()),
            ("note", proposal.reason.clone()),
        ];
        if let Some(strength) = proposal.strength {
            fields.push(("strength", strength.as_str().to_owned()));
        }
        let named = |(code, value)| Some((kind.field(code)?, value));
        let code = format!("T{}-{}-{}", found.year, found.region, proposal.indicator);
        Some(PlanChange {
            kind,
            code: code.chars().take(LONGEST_CODE).collect(),
            parent: None,
            seen: None,
            fields: fields.into_iter().map(named).collect::<Option<_>>()?,
            state: Some("draft".to_owned()),
            comment: String::new(),
        })
    };
    Ok(found.proposals.iter().filter_map(draft).collect())
}
