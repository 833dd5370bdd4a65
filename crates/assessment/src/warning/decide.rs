//! From what a rule sees to what is done: raised, held back, eased, cleared.

use terms::{Alarm, AlarmActKind, Day, WarningRule, WarningSeverity};

/// Where a problem stands that an alarm became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemState {
    /// It is not verified yet.
    Open,
    /// It was verified, closed or cancelled by the entry of this number: the rule is armed again.
    Settled(i64),
}

/// Why an alarm is held back or stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// It was raised for this day already.
    SameDay,
    /// The cool-down lasts to the day before this one.
    CoolDown(Day),
    /// It became this problem, which is not verified.
    Problem(String),
    /// What was missing is made up; the lesser colour stays to the day before this one.
    MadeUp(Day),
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// An alarm is raised.
    Raise {
        /// How serious it is.
        severity: WarningSeverity,
        /// Whether it is worse than the last one.
        worse: bool,
        /// The how manieth since the rule was armed.
        nth: u32,
        /// Whether it becomes a problem.
        escalate: bool,
    },
    /// An alarm falls back to a lesser colour.
    Ease {
        /// Its number.
        alarm: i64,
        /// The colour.
        to: WarningSeverity,
    },
    /// Nothing, and why.
    Hold(Held),
    /// What stands is cleared.
    Clear,
    /// Nothing stands, and nothing is seen.
    Quiet,
}

/// What is to be done with a rule and a subject on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The step.
    pub step: Step,
    /// Alarms that are over, each with why.
    pub close: Vec<(i64, String)>,
}

/// Decides what follows of what a rule sees in a subject on a day: `seen` is the grade, or `None` where it sees none. What
/// cannot be told is not to be asked of. `past` are the alarms of the rule and the subject, by number; `problem` tells
/// where a problem stands. The same day again changes nothing.
pub fn decide(
    rule: &WarningRule,
    seen: Option<WarningSeverity>,
    past: &[&Alarm],
    problem: &dyn Fn(&str) -> ProblemState,
    day: Day,
) -> Decision {
    let mut open = None;
    let mut armed = None;
    for code in past.iter().filter_map(|alarm| alarm.problem()) {
        match problem(code) {
            ProblemState::Open => open = Some(code),
            ProblemState::Settled(entry) => armed = armed.max(Some((entry, code))),
        }
    }
    let settled = |alarm: &&&Alarm| armed.is_some_and(|(entry, _)| alarm.entry <= entry);
    let over = past.iter().filter(settled).filter(|alarm| alarm.standing().is_some());
    let code = armed.map_or("", |(_, code)| code);
    let mut close: Vec<(i64, String)> =
        over.map(|alarm| (alarm.number, format!("问题 {code} 已核验"))).collect();
    let since: Vec<&Alarm> = past.iter().filter(|alarm| !settled(alarm)).copied().collect();
    let standing: Vec<&Alarm> =
        since.iter().filter(|alarm| alarm.standing().is_some()).copied().collect();
    let case = Case { rule, since, standing, open, day };
    let same_day = |severity| {
        past.iter().any(|known| known.alarm.day == day && known.alarm.severity >= severity)
    };
    let step = match seen {
        Some(severity) if same_day(severity) => Step::Hold(Held::SameDay),
        Some(severity) => case.seen(severity),
        None => case.unseen(),
    };
    if step == Step::Clear {
        let why = "情形已不存在".to_owned();
        close.extend(case.standing.iter().map(|alarm| (alarm.number, why.clone())));
    }
    Decision { step, close }
}

struct Case<'a> {
    rule: &'a WarningRule,
    /// The alarms since the rule was armed.
    since: Vec<&'a Alarm>,
    /// Those that were not cleared.
    standing: Vec<&'a Alarm>,
    /// The problem that is not verified.
    open: Option<&'a str>,
    day: Day,
}

impl Case<'_> {
    fn seen(&self, severity: WarningSeverity) -> Step {
        let colour = self.standing.last().and_then(|alarm| alarm.standing());
        let last = self.since.last();
        let before = colour.or(last.map(|alarm| alarm.alarm.severity));
        let worse = before.is_some_and(|before| severity > before);
        if !worse {
            if let Some(code) = self.open {
                return Step::Hold(Held::Problem(code.to_owned()));
            }
            let until = last.and_then(|alarm| self.rule.cooldown.after(alarm.alarm.day));
            if let Some(until) = until.filter(|until| self.day < *until) {
                return Step::Hold(Held::CoolDown(until));
            }
        }
        let nth = u32::try_from(self.standing.len()).unwrap_or(u32::MAX).saturating_add(1);
        let escalate = self.open.is_none()
            && self.rule.escalation.as_ref().is_some_and(|escalation| {
                escalation.after.is_some_and(|after| nth >= after)
                    || escalation.severity.is_some_and(|least| severity >= least)
            });
        Step::Raise { severity, worse, nth, escalate }
    }

    fn unseen(&self) -> Step {
        let Some((alarm, colour)) =
            self.standing.last().and_then(|alarm| Some((alarm, alarm.standing()?)))
        else {
            return Step::Quiet;
        };
        if let Some(to) = self.rule.made_up.filter(|to| *to < colour) {
            return Step::Ease { alarm: alarm.number, to };
        }
        if let Some(code) = self.open {
            return Step::Hold(Held::Problem(code.to_owned()));
        }
        let eased = alarm.acts.iter().rev().find(|act| act.kind == AlarmActKind::Eased);
        if let Some(eased) = eased {
            let until = self.rule.cooldown.after(eased.day);
            let next_day = self.day.plus_days(1).unwrap_or(self.day);
            let until = if eased.day == self.day { until.max(Some(next_day)) } else { until };
            if let Some(until) = until.filter(|until| self.day < *until) {
                return Step::Hold(Held::MadeUp(until));
            }
        }
        Step::Clear
    }
}
