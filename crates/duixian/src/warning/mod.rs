//! Early warning over a ledger: which rules there are, what they see on a day, and what is recorded of it.

pub(crate) mod file;
mod record;

use std::collections::BTreeMap;

use assessment::warning::{
    CheckedWarning, Decision, ProblemState, Seen, Step, TargetStanding, decide, figure_subject,
};
use assessment::{FigureAt, formula::Figures};
use ledger::{Entry, Ledger, LedgerError, PlanQuery};
use terms::{Alarm, Day, Indicator, PlanKind, PlanObject, Watch};

use crate::appraise::{below, figures_of};
use crate::figures::LedgerFigures;
use crate::warning::file::Read;

/// The rules that come with the program, as a file.
pub(crate) const DEFAULT: &str = include_str!("../../warnings/default.toml");

/// A rule, and where it comes from.
pub(crate) struct Known {
    pub(crate) read: Read,
    /// Whether it is the ledger's own.
    pub(crate) own: bool,
}

/// Every rule that is known: those of the ledger, and those of the program whose code it does not have. One of the ledger
/// that no longer fits the catalogue is told in a note.
pub(crate) fn known(
    ledger: &Ledger,
    catalogue: &[Indicator],
) -> Result<(Vec<Known>, Vec<String>), LedgerError> {
    let kept = ledger.warning_rules()?;
    // What comes with the program fits its catalogue; a test sees to it.
    let defaults = file::read(DEFAULT, catalogue).unwrap_or_default().into_iter();
    let mut found: Vec<Known> = defaults
        .filter(|read| kept.iter().all(|own| own.code != read.checked.rule().code))
        .map(|read| Known { read, own: false })
        .collect();
    let mut notes = Vec::new();
    for own in kept {
        match file::read(&own.content, catalogue) {
            Ok(all) => found.extend(all.into_iter().map(|read| Known { read, own: true })),
            Err(faults) => {
                let why = faults.first().map(|fault| fault.said.clone()).unwrap_or_default();
                notes.push(format!("预警规则 {} 不能用：{why}", own.code));
            }
        }
    }
    Ok((found, notes))
}

/// What is asked of early warning.
#[derive(Debug, Clone, Copy)]
pub struct Watching<'a> {
    /// The day for which it is judged.
    pub day: Day,
    /// Figures as they were known on this day; `None` for now.
    pub as_of: Option<Day>,
    /// Plan objects as they were known at this time (RFC 3339); `None` for now.
    pub moment: Option<&'a str>,
    /// What indicators there are.
    pub catalogue: &'a [Indicator],
    /// The status of each target, where it was judged.
    pub standings: &'a [TargetStanding],
}

/// What came of a rule and a subject.
#[derive(Debug)]
pub struct Line {
    /// Code of the rule.
    pub rule: String,
    /// Name of the rule.
    pub rule_name: String,
    /// The subject, as alarms name it.
    pub subject: String,
    /// What it is called.
    pub name: String,
    /// Code of its region.
    pub region: String,
    /// What the rule sees.
    pub seen: Seen,
    /// What the severity is called under the rule.
    pub severity_name: String,
    /// What follows; `None` where it cannot be told.
    pub decision: Option<Decision>,
    /// The number of the alarm, once it is recorded.
    pub alarm: Option<i64>,
    /// Code of the problem that it became, once it is recorded.
    pub problem: Option<String>,
}

/// What came of all rules.
#[derive(Debug, Default)]
pub struct Report {
    /// A line for each rule and subject, in the order of the rules.
    pub lines: Vec<Line>,
    /// What is to be known beside, a Chinese sentence each.
    pub notes: Vec<String>,
}

/// Holds all rules against a ledger, and records what follows where an entry says who does; without one, nothing is
/// written. The same day again changes nothing.
pub fn watch(
    ledger: &mut Ledger,
    watching: &Watching<'_>,
    entry: Option<&Entry>,
) -> Result<Report, LedgerError> {
    let (rules, notes) = known(ledger, watching.catalogue)?;
    let rules: Vec<CheckedWarning> =
        rules.into_iter().filter(|one| one.read.active).map(|one| one.read.checked).collect();
    let alarms = ledger.alarms()?;
    let mut report = Report { lines: Vec::new(), notes };
    let mut owners = Vec::new();
    for rule in &rules {
        let mut round = Round { ledger, watching, rule, alarms: &alarms, found: Vec::new() };
        round.look(&mut report.notes)?;
        for (line, owner) in round.close()? {
            report.lines.push(line);
            owners.push(owner);
        }
    }
    if let Some(entry) = entry {
        record::record(ledger, watching, &rules, &mut report, &owners, entry)?;
    }
    Ok(report)
}

/// Who owns what is watched: the department of an object, or the owner that the catalogue names.
type Owner = Option<String>;

/// A subject as a rule finds it.
struct Subject {
    code: String,
    name: String,
    region: String,
    owner: Owner,
    seen: Seen,
}

/// One rule over a ledger.
struct Round<'a> {
    ledger: &'a Ledger,
    watching: &'a Watching<'a>,
    rule: &'a CheckedWarning,
    alarms: &'a [Alarm],
    found: Vec<Subject>,
}

impl Round<'_> {
    fn look(&mut self, notes: &mut Vec<String>) -> Result<(), LedgerError> {
        match &self.rule.rule().watch {
            Watch::Figures { .. } => self.figures()?,
            Watch::Objects { kind, .. } => self.objects(kind)?,
            Watch::Targets => {
                if self.watching.standings.is_empty() {
                    let code = &self.rule.rule().code;
                    notes.push(format!("规则 {code} 没有判断：还没有目标的状态"));
                }
                for standing in self.watching.standings {
                    self.found.push(Subject {
                        code: format!("target:{}", standing.target),
                        name: standing.name.clone(),
                        region: standing.region.clone(),
                        owner: None,
                        seen: self.rule.sees_target(standing),
                    });
                }
            }
        }
        Ok(())
    }

    fn figures(&mut self) -> Result<(), LedgerError> {
        let regions = self.ledger.observed_regions()?;
        let regions = regions.iter().map(String::as_str);
        let figures = LedgerFigures::of(self.ledger, regions).known_on(self.watching.as_of);
        for (indicator, region, facet, _) in self.ledger.observed()? {
            if !self.rule.watches_figure(&indicator, &region, facet) {
                continue;
            }
            let known = self.watching.catalogue.iter().find(|known| known.code == indicator);
            let Some(known) = known else { continue };
            let series = figures.series(&indicator, &region, facet);
            let Some(period) =
                series.and_then(|series| series.observations.last().map(|last| last.period))
            else {
                continue;
            };
            let at = FigureAt { indicator: &indicator, region: &region, facet, period };
            let name = terms::Region::of_code(&region).map_or(region.as_str(), |one| one.name);
            self.found.push(Subject {
                code: figure_subject(&at),
                name: format!("{name}{}", known.name),
                owner: Some(known.owner.clone()),
                seen: self.rule.sees_figure(&figures, at, known),
                region: region.clone(),
            });
        }
        figures.forget()
    }

    fn objects(&mut self, kind: &'static PlanKind) -> Result<(), LedgerError> {
        let Watching { day, moment, .. } = *self.watching;
        // A problem that early warning raised is not watched again, or one would lead to another for ever.
        let raised = |object: &PlanObject| {
            kind.code == "problem"
                && self.alarms.iter().any(|alarm| alarm.problem() == Some(object.code.as_str()))
        };
        let below = below(self.ledger, kind, None, moment)?;
        for object in self.ledger.plan_objects(kind, &PlanQuery::default(), moment)? {
            if !self.rule.watches_object(&object) || raised(&object) {
                continue;
            }
            let below = below.get(&object.code).map(Vec::as_slice).unwrap_or_default();
            let figures = figures_of(self.ledger, &object, below, (day, moment))?;
            self.found.push(Subject {
                code: object.reference().to_string(),
                name: object.title(),
                region: object.region.clone(),
                owner: object.department.clone(),
                seen: self.rule.sees_object(&figures, &object, day),
            });
        }
        Ok(())
    }

    /// What follows for each subject, and for those that have alarms and are no longer watched.
    fn close(mut self) -> Result<Vec<(Line, Owner)>, LedgerError> {
        let rule = self.rule.rule();
        let mut past: BTreeMap<&str, Vec<&Alarm>> = BTreeMap::new();
        for alarm in self.alarms.iter().filter(|alarm| alarm.alarm.rule == rule.code) {
            past.entry(alarm.alarm.subject.as_str()).or_default().push(alarm);
        }
        for (subject, alarms) in &past {
            let stands = alarms.iter().any(|alarm| alarm.standing().is_some());
            // Without the status of targets, nothing is known of them.
            let told = !matches!(rule.watch, Watch::Targets) || !self.watching.standings.is_empty();
            if let Some(last) = alarms.last().filter(|_| {
                stands && told && self.found.iter().all(|known| known.code != **subject)
            }) {
                self.found.push(Subject {
                    code: (*subject).to_owned(),
                    name: last.alarm.name.clone(),
                    region: last.alarm.region.clone(),
                    owner: None,
                    seen: Seen::Nothing,
                });
            }
        }
        let mut lines = Vec::with_capacity(self.found.len());
        for Subject { code, name, region, owner, seen } in self.found {
            let own = past.get(code.as_str()).map(Vec::as_slice).unwrap_or_default();
            let mut states = BTreeMap::new();
            for problem in own.iter().filter_map(|alarm| alarm.problem()) {
                states.insert(problem, problem_state(self.ledger, problem)?);
            }
            let state = |code: &str| states.get(code).copied().unwrap_or(ProblemState::Open);
            let severity = match &seen {
                Seen::Grade(sighting) => Some(Some(sighting.severity)),
                Seen::Nothing => Some(None),
                Seen::Unknown(_) => None,
            };
            let decision = severity.map(|seen| decide(rule, seen, own, &state, self.watching.day));
            let severity_name = match (&decision, severity.flatten()) {
                (Some(Decision { step: Step::Ease { to, .. }, .. }), _) => rule.severity_name(*to),
                (_, severity) => severity.map(|own| rule.severity_name(own)).unwrap_or_default(),
            };
            let line = Line {
                rule: rule.code.clone(),
                rule_name: rule.name.clone(),
                subject: code,
                name,
                region,
                seen,
                severity_name,
                decision,
                alarm: None,
                problem: None,
            };
            lines.push((line, owner));
        }
        Ok(lines)
    }
}

/// Where a problem stands now, and the entry that last brought it from an open state to one that closes the loop.
fn problem_state(ledger: &Ledger, code: &str) -> Result<ProblemState, LedgerError> {
    let Some(kind) = PlanKind::named("problem") else { return Ok(ProblemState::Open) };
    let mut settled = None;
    for event in ledger.plan_history(kind, code)?.iter().rev() {
        match event.state.as_ref().map(|(state, _)| state.as_str()) {
            Some("verified" | "closed" | "cancelled") => {
                settled = settled.or(Some(event.entry));
            }
            Some(_) => settled = None,
            None => {}
        }
    }
    Ok(settled.map_or(ProblemState::Open, ProblemState::Settled))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str) -> Vec<Read> {
        match file::read(text, &statement::catalogue()) {
            Ok(rules) => rules,
            Err(faults) => panic!("{faults:#?}"),
        }
    }

    #[test]
    fn the_rules_of_the_program_and_the_example_can_be_used_and_kept() {
        let example = include_str!("../../../../examples/warnings/local-colours.toml");
        let codes = |text: &str| -> Vec<String> {
            rules(text).iter().map(|read| read.checked.rule().code.clone()).collect()
        };
        assert_eq!(codes(DEFAULT), ["orders-fall", "accidents-above-mean", "wage-arrears-overdue"]);
        assert_eq!(
            codes(example),
            ["project-on-time-line", "arrears-register-grows", "targets-behind"]
        );
        for text in [DEFAULT, example] {
            for read in rules(text) {
                // What the ledger keeps of a rule is the same rule.
                let kept = rules(&read.content);
                assert_eq!(kept.len(), 1);
                assert_eq!(kept[0].checked.rule(), read.checked.rule());
                assert_eq!(kept[0].content, read.content);
            }
        }
    }

    #[test]
    fn the_example_of_the_manual_can_be_used() {
        let manual = include_str!("../../../../docs/warning.md");
        let example = manual.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
        let rules = rules(example.unwrap());
        let rule = rules[0].checked.rule();
        assert_eq!((rule.code.as_str(), rule.running, rule.grades.len()), ("orders-fall", 2, 2));
    }

    #[test]
    fn faults_name_their_line() {
        for (from, to, said) in [
            (
                "severity = \"orange\"",
                "severity = \"pink\"",
                "第 12 行：规则 orders-fall 的 severity “pink”（应为 blue",
            ),
            (
                "when = \"本值 < 上期(本值)\"",
                "when = \"本值 < 上期\"",
                "第 17 行：规则 orders-fall 的 when：",
            ),
            (
                "scope = \"在手订单额\"",
                "scope = \"订单\"",
                "第 6 行：规则 orders-fall 的 scope：第 1 字",
            ),
            (
                "cooldown = \"1个月\"",
                "cooldown = \"一月\"",
                "第 8 行：规则 orders-fall 的 cooldown：“一月”不是一段时间",
            ),
            (
                "object = \"problem\"",
                "object = \"case\"",
                "规则 wage-arrears-overdue 的 object “case”（应为 target、",
            ),
            ("\"rectified\", ", "\"done\", ", "的 states “done”（应为 opened、"),
            (
                "{ name = \"欠薪\" }",
                "{ title = \"欠薪\" }",
                "的 containing 的“title”（应为问题的字段）",
            ),
            (
                "running = 2",
                "running = 2\ntargets = true",
                "的 scope（应在 scope、object、targets = true 中只写一个）",
            ),
            ("running = 2", "runing = 2", "unknown field `runing`"),
            ("code = \"accidents-above-mean\"", "code = \"orders-fall\"", "规则 orders-fall 重复"),
        ] {
            let text = DEFAULT.replacen(from, to, 1);
            assert_ne!(text, DEFAULT, "{from}");
            let Err(faults) = file::read(&text, &statement::catalogue()) else {
                panic!("{to} is taken");
            };
            let found: Vec<String> = faults.iter().map(ToString::to_string).collect();
            assert!(found.iter().any(|found| found.contains(said)), "{said}: {found:?}");
        }
    }
}
