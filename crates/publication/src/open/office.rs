//! Rounds and alarms.

use std::collections::BTreeMap;

use serde::Serialize;
use terms::{Alarm, Day, DutyProgress, FigureState, Round};
use utoipa::ToSchema;

use super::{address, record};
use crate::known::said;

record! {
    /// A round: one cycle in which departments hand in figures.
    #[schema(title = "Round")]
    RoundRecord {
        /// Its code.
        #[schema(example = "2024-09")]
        code: String,
        /// Its address.
        url: String,
        /// Its name.
        name: String,
        /// The time that its figures are about.
        period: String,
        /// The first day.
        #[schema(format = Date)]
        opens: String,
        /// The last day on which figures are in time.
        #[schema(format = Date)]
        due: String,
        /// The last day on which figures are taken.
        #[schema(format = Date)]
        closes: String,
        /// How many forms are to be handed in.
        duties: i64,
        /// How many were handed in.
        handed_in: i64,
    }
}

impl RoundRecord {
    /// The record of a round with those of its duties that may be seen.
    pub fn new(round: &Round, duties: &[DutyProgress]) -> Self {
        let handed_in = duties.iter().filter(|duty| duty.handed_in.is_some()).count();
        RoundRecord {
            code: round.code.clone(),
            url: address("/api/v1/rounds", &round.code),
            name: round.name.clone(),
            period: round.period.to_string(),
            opens: round.opens.to_string(),
            due: round.due.to_string(),
            closes: round.closes.to_string(),
            duties: count(duties.len()),
            handed_in: count(handed_in),
        }
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

record! {
    /// A form that a department hands in for a region in a round.
    #[schema(title = "Duty")]
    DutyRecord {
        /// Its number in the ledger.
        number: i64,
        /// Code of the form.
        form: String,
        /// Name of the form.
        form_name: String,
        /// Code of the department.
        department: String,
        /// Name of the department.
        department_name: String,
        /// Code of the region.
        region: String,
        /// The last day on which it is in time.
        #[schema(format = Date)]
        due: String,
        /// How many lines it has.
        lines: i64,
        /// How many of them stand in which state; states without any are left out.
        #[schema(value_type = BTreeMap<String, i64>)]
        states: BTreeMap<String, i64>,
        /// The day on which the last of its lines was handed in for the first time.
        #[schema(format = Date)]
        handed_in: Option<String>,
        /// How punctual it is today: `in-time`, `late`, `overdue`, `closed` or `open`.
        punctuality: String,
    }
}

/// A round with its duties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(title = "Round with its duties")]
pub struct RoundSheet {
    /// The round.
    pub round: RoundRecord,
    /// What is to be handed in.
    pub duties: Vec<DutyRecord>,
}

impl RoundSheet {
    /// A round with those of its duties that may be seen, as they are on a day.
    pub fn new(round: &Round, duties: &[DutyProgress], today: Day) -> Self {
        let duty = |known: &DutyProgress| DutyRecord {
            number: known.duty.number,
            form: known.duty.form.clone(),
            form_name: known.form.clone(),
            department: known.duty.department.clone(),
            department_name: known.department.clone(),
            region: known.duty.region.to_string(),
            due: known.duty.due(round).to_string(),
            lines: count(known.lines),
            states: FigureState::ALL
                .iter()
                .map(|state| (state.to_string(), count(known.count(*state))))
                .filter(|(_, number)| *number > 0)
                .collect(),
            handed_in: known.handed_in.map(|day| day.to_string()),
            punctuality: known.punctuality(round, today).to_string(),
        };
        RoundSheet {
            round: RoundRecord::new(round, duties),
            duties: duties.iter().map(duty).collect(),
        }
    }
}

/// What was done with an alarm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(title = "Act on an alarm")]
pub struct AlarmActRecord {
    /// `acknowledged`, `escalated`, `eased` or `cleared`.
    act: String,
    /// The day.
    #[schema(format = Date)]
    day: String,
    /// The colour that it fell back to.
    severity: Option<String>,
    /// Code of the problem that was made of it.
    problem: Option<String>,
    /// A remark.
    note: Option<String>,
}

record! {
    /// An alarm of early warning.
    #[schema(title = "Alarm")]
    AlarmRecord {
        /// Its number in the ledger.
        number: i64,
        /// Its address.
        url: String,
        /// Code of the rule that raised it.
        rule: String,
        /// What it is about: an indicator as `indicator:code@region`, or a plan object as `kind:code`.
        subject: String,
        /// What the subject is called.
        name: String,
        /// Code of the region.
        region: String,
        /// The day for which it was judged.
        #[schema(format = Date)]
        day: String,
        /// Its colour when it was raised: `blue`, `yellow`, `orange` or `red`.
        severity: String,
        /// Its colour now; null once it was cleared.
        standing: Option<String>,
        /// The condition that held.
        condition: String,
        /// Why, in a Chinese sentence.
        sentence: String,
        /// The figures that were read.
        figures: Vec<String>,
        /// Code of the problem that was made of it.
        problem: Option<String>,
        /// What was done with it.
        acts: Vec<AlarmActRecord>,
    }
}

impl From<&Alarm> for AlarmRecord {
    fn from(known: &Alarm) -> Self {
        let alarm = &known.alarm;
        let acts = known.acts.iter().map(|act| AlarmActRecord {
            act: act.kind.to_string(),
            day: act.day.to_string(),
            severity: act.severity.map(|colour| colour.to_string()),
            problem: act.problem.clone(),
            note: said(&act.note).map(str::to_owned),
        });
        AlarmRecord {
            number: known.number,
            url: address("/api/v1/alarms", &known.number.to_string()),
            rule: alarm.rule.clone(),
            subject: alarm.subject.clone(),
            name: alarm.name.clone(),
            region: alarm.region.clone(),
            day: alarm.day.to_string(),
            severity: alarm.severity.to_string(),
            standing: known.standing().map(|colour| colour.to_string()),
            condition: alarm.condition.clone(),
            sentence: alarm.sentence.clone(),
            figures: alarm.figures.lines().map(str::to_owned).collect(),
            problem: known.problem().map(str::to_owned),
            acts: acts.collect(),
        }
    }
}
