//! Early warning: rules held against figures, plan objects and the status of targets, and what follows of what they see.
//!
//! A rule that cannot be told (a figure is missing, a definition changed) is told as such, and changes nothing.

mod check;
mod decide;
#[cfg(test)]
mod tests;

use terms::{Day, Facet, Indicator, Period, PlanObject, Region, WarningSeverity, Watch};

use crate::formula::{CheckedCondition, Figures, PeriodStep, Reading};
use crate::object_figures::object_period;
use crate::rules::FigureAt;

use check::Checked;
pub use check::{CheckedWarning, WarningError};
pub use decide::{Decision, Held, ProblemState, Step, decide};

/// What a rule sees in a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// One of its grades.
    Grade(Sighting),
    /// None of them.
    Nothing,
    /// It cannot be told, and why: a Chinese sentence without a full stop.
    Unknown(String),
}

/// A grade that a rule sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// How serious it is.
    pub severity: WarningSeverity,
    /// The condition that holds, as the rule writes it.
    pub condition: String,
    /// Why: a Chinese sentence with the numbers.
    pub sentence: String,
    /// The figures that were read.
    pub readings: Vec<Reading>,
}

/// Where a target stands, as it was judged elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetStanding {
    /// Code of the target.
    pub target: String,
    /// What it is called.
    pub name: String,
    /// Code of its region.
    pub region: String,
    /// The word of the status, for example `off-track`.
    pub status: String,
    /// Why it stands there: a Chinese sentence without a full stop; may be empty.
    pub sentence: String,
}

/// What a figure is called as the subject of an alarm: `indicator:CODE@REGION`.
pub fn figure_subject(at: &FigureAt<'_>) -> String {
    let facet = if at.facet == Facet::Growth { "/growth" } else { "" };
    format!("indicator:{}{facet}@{}", at.indicator, at.region)
}

/// The name of a region, else its code.
fn placed(region: &str) -> String {
    Region::of_code(region).map_or_else(|| region.to_owned(), |known| known.name.to_owned())
}

impl CheckedWarning {
    /// Whether it watches figures of an indicator in a region.
    pub fn watches_figure(&self, indicator: &str, region: &str, facet: Facet) -> bool {
        match &self.checked {
            Checked::Figures { scope, conditions } => {
                scope.facet == facet && scope.holds_in(region) && conditions.contains_key(indicator)
            }
            _ => false,
        }
    }

    /// Whether it watches a plan object.
    pub fn watches_object(&self, object: &PlanObject) -> bool {
        let Watch::Objects { kind, states, containing } = &self.rule.watch else { return false };
        object.kind == *kind
            && states.contains(&object.state.as_str())
            && containing.iter().all(|(field, text)| object.value(field).contains(text.as_str()))
    }

    /// What it sees in a figure.
    pub fn sees_figure(&self, figures: &dyn Figures, at: FigureAt<'_>, name: &Indicator) -> Seen {
        let Checked::Figures { conditions, .. } = &self.checked else { return Seen::Nothing };
        let Some(conditions) = conditions.get(at.indicator) else { return Seen::Nothing };
        let facet = if at.facet == Facet::Growth { "增速" } else { "" };
        let what = format!("{}{}{facet}", placed(at.region), name.name);
        self.sees(figures, conditions, (at.region, at.period), &what)
    }

    /// What it sees in a plan object, whose figures are those of [`crate::object_figures`].
    pub fn sees_object(&self, figures: &dyn Figures, object: &PlanObject, day: Day) -> Seen {
        let Checked::Objects(conditions) = &self.checked else { return Seen::Nothing };
        let Some(period) = object_period(object, day) else { return Seen::Nothing };
        let what = format!("{} {} {}", object.kind.chinese, object.code, object.title());
        self.sees(figures, conditions, (&object.code, period), &what)
    }

    /// What it sees in a target.
    pub fn sees_target(&self, standing: &TargetStanding) -> Seen {
        let Checked::Targets(statuses) = &self.checked else { return Seen::Nothing };
        let grades = self.rule.grades.iter().zip(statuses);
        let Some((grade, _)) = grades.into_iter().find(|(_, all)| all.contains(&standing.status))
        else {
            return Seen::Nothing;
        };
        let why = if standing.sentence.is_empty() { &standing.status } else { &standing.sentence };
        let (name, explanation) = (&standing.name, &self.rule.explanation);
        Seen::Grade(Sighting {
            severity: grade.severity,
            condition: grade.when.clone(),
            sentence: format!("目标 {} {name}：{explanation}（{why}）", standing.target),
            readings: Vec::new(),
        })
    }

    fn sees(
        &self,
        figures: &dyn Figures,
        conditions: &[CheckedCondition],
        (region, latest): (&str, Period),
        what: &str,
    ) -> Seen {
        let steps = 0..i32::from(self.rule.running);
        let periods: Option<Vec<Period>> =
            steps.map(|back| PeriodStep::Own(-back).from(latest)).collect();
        let Some(periods) = periods else {
            return Seen::Unknown(format!("{}之前没有所要的时期", latest.chinese()));
        };
        let mut unknown = None;
        for (grade, condition) in self.rule.grades.iter().zip(conditions) {
            let mut readings: Vec<Reading> = Vec::new();
            let mut all = Ok(true);
            for period in &periods {
                let judged = condition.judge(figures, region, *period);
                for reading in judged.readings {
                    if !readings.contains(&reading) {
                        readings.push(reading);
                    }
                }
                match judged.holds {
                    Ok(true) => {}
                    // One period that is not so decides, whatever is not known of others.
                    Ok(false) => {
                        all = Ok(false);
                        break;
                    }
                    Err(why) => all = Err(why),
                }
            }
            match all {
                Ok(false) => {}
                Err(why) => unknown = unknown.or(Some(why.to_string())),
                Ok(true) => {
                    let said = condition.reasons(figures, region, latest).join("；");
                    let said = if said.is_empty() { grade.when.clone() } else { said };
                    let running = match periods.len() {
                        0 | 1 => latest.chinese(),
                        many => format!("至{}连续 {many} 期", latest.chinese()),
                    };
                    let explanation = &self.rule.explanation;
                    return Seen::Grade(Sighting {
                        severity: grade.severity,
                        condition: grade.when.clone(),
                        sentence: format!("{what}：{explanation}（{running}；{said}）"),
                        readings,
                    });
                }
            }
        }
        unknown.map_or(Seen::Nothing, Seen::Unknown)
    }
}
