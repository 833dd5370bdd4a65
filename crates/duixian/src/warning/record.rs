//! Recording what early warning decided: alarms, what is done with them, and the problems that they become.

use assessment::formula::Reading;
use assessment::warning::{CheckedWarning, Decision, Seen, Sighting, Step};
use ledger::{AlarmChange, Entry, Ledger, LedgerError, PlanChange, PlanOutcome};
use terms::{
    AlarmActKind, Department, Escalation, Facet, NewAlarm, PlanKind, PlanRef, WarningRule, Watch,
};

use super::{Line, Owner, Report, Watching};

/// Records a report, all of it or nothing, and writes the numbers of alarms and problems into its lines.
pub(super) fn record(
    ledger: &mut Ledger,
    watching: &Watching<'_>,
    rules: &[CheckedWarning],
    report: &mut Report,
    owners: &[Owner],
    entry: &Entry,
) -> Result<(), LedgerError> {
    let mut changes = Vec::new();
    let mut raised = Vec::new();
    for (place, line) in report.lines.iter().enumerate() {
        let Some(Decision { step, close }) = &line.decision else { continue };
        let act = |alarm, kind, severity, note: &str| AlarmChange::Act {
            alarm,
            kind,
            day: watching.day,
            severity,
            problem: None,
            note: note.to_owned(),
        };
        for (alarm, why) in close {
            changes.push(act(*alarm, AlarmActKind::Cleared, None, why));
        }
        match step {
            Step::Ease { alarm, to } => {
                changes.push(act(*alarm, AlarmActKind::Eased, Some(*to), "已补上"));
            }
            Step::Raise { .. } => {
                if let Seen::Grade(sighting) = &line.seen {
                    raised.push((place, changes.len()));
                    changes.push(AlarmChange::Raise(alarm(line, sighting, watching)));
                }
            }
            Step::Hold(_) | Step::Clear | Step::Quiet => {}
        }
    }
    if changes.is_empty() {
        return Ok(());
    }
    let departments = ledger.departments()?;
    let Report { lines, notes } = report;
    ledger.together(|ledger| {
        let numbers = ledger.record_alarms(&changes, entry)?;
        for (place, change) in raised {
            let Some((line, number)) = lines.get_mut(place).zip(numbers.get(change)) else {
                continue;
            };
            line.alarm = Some(*number);
            let escalates = matches!(
                &line.decision,
                Some(Decision { step: Step::Raise { escalate: true, .. }, .. })
            );
            let rule = rules.iter().map(CheckedWarning::rule).find(|rule| rule.code == line.rule);
            let Some((rule, escalation)) =
                rule.and_then(|rule| Some((rule, rule.escalation.as_ref()?))).filter(|_| escalates)
            else {
                continue;
            };
            let owner = owners.get(place).cloned().flatten();
            let department = department(&departments, escalation, owner.as_deref());
            if department.is_none() {
                notes.push(format!("{number} 号预警转为问题，没有找到责任部门，请补上"));
            }
            let Some(change) = problem(ledger, (rule, escalation), line, department, watching)?
            else {
                continue;
            };
            let code = change.code.clone();
            let done = ledger.put_plan(&[change], watching.catalogue, entry)?;
            if let Some(PlanOutcome::Refused(error)) = done.outcomes.first() {
                notes.push(format!("{number} 号预警没有转为问题：{error}"));
                continue;
            }
            let act = AlarmChange::Act {
                alarm: *number,
                kind: AlarmActKind::Escalated,
                day: watching.day,
                severity: None,
                problem: Some(code.clone()),
                note: String::new(),
            };
            ledger.record_alarms(&[act], entry)?;
            line.problem = Some(code);
        }
        Ok(())
    })
}

fn alarm(line: &Line, sighting: &Sighting, watching: &Watching<'_>) -> NewAlarm {
    NewAlarm {
        rule: line.rule.clone(),
        subject: line.subject.clone(),
        name: line.name.clone(),
        region: line.region.clone(),
        day: watching.day,
        severity: sighting.severity,
        condition: sighting.condition.clone(),
        sentence: sighting.sentence.clone(),
        figures: figures(&sighting.readings),
    }
}

/// The figures that were read, one a line: indicator, region, facet, period, value and unit, the day on which it became
/// known and its source.
fn figures(readings: &[Reading]) -> String {
    let line = |reading: &Reading| {
        let Reading { indicator, region, facet, period, value, unit, vintage, source } = reading;
        let facet = if *facet == Facet::Growth { "/growth" } else { "" };
        format!("{indicator}{facet}@{region} {period} {value}{unit} {vintage} {source}")
    };
    readings.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Code of the department that has to answer.
fn department(all: &[Department], escalation: &Escalation, owner: Option<&str>) -> Option<String> {
    let wanted = match escalation.department.trim() {
        "" => owner?,
        named => named,
    };
    let fits = |known: &&Department| known.active && (known.code == wanted || known.name == wanted);
    all.iter().find(fits).map(|known| known.code.clone())
}

/// The longest name that a problem is given, in characters.
const LONGEST_NAME: usize = 120;

fn problem(
    ledger: &Ledger,
    (rule, escalation): (&WarningRule, &Escalation),
    line: &Line,
    department: Option<String>,
    watching: &Watching<'_>,
) -> Result<Option<PlanChange>, LedgerError> {
    let Some(kind) = PlanKind::named("problem") else { return Ok(None) };
    let Seen::Grade(sighting) = &line.seen else { return Ok(None) };
    let name: String =
        format!("预警：{}（{}）", rule.name, line.name).chars().take(LONGEST_NAME).collect();
    let about = match rule.watch {
        Watch::Figures { .. } => None,
        _ => line.subject.parse::<PlanRef>().ok(),
    };
    // A problem speaks of a project, a task or a target; others stand in its remark.
    let about = about.filter(|about| ["project", "task", "target"].contains(&&*about.kind));
    let deadline = escalation.deadline.after(watching.day);
    let number = line.alarm.unwrap_or_default();
    let (severity, subject) = (&line.severity_name, &line.subject);
    let note = format!(
        "来源：预警规则 {}，{number} 号预警，{severity}，对象 {subject}。{}",
        rule.code, sighting.sentence
    );
    let mut fields = Vec::new();
    for (field, value) in [
        ("name", Some(name)),
        ("region", Some(line.region.clone())),
        ("opened", Some(watching.day.to_string())),
        ("about", about.map(|about| about.to_string())),
        ("department", department),
        ("deadline", deadline.map(|day| day.to_string())),
        ("note", Some(note)),
    ] {
        fields.extend(kind.field(field).zip(value));
    }
    let code = ledger.next_plan_code(kind)?;
    let (parent, seen, state, comment) = (None, Some(0), None, String::new());
    Ok(Some(PlanChange { kind, code, parent, seen, fields, state, comment }))
}
