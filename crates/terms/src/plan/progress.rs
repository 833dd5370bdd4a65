//! How the work of a plan gets on: what is overdue, what stalls, how money keeps up with the year, and how a problem goes
//! from stage to stage.

use rust_decimal::Decimal;

use super::Quantity;
use crate::Day;
use crate::vocabulary::vocabulary;

/// The last day of something that is waited for, or was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// The last day in time.
    pub day: Day,
    /// Whether it is still waited for.
    pub waits: bool,
}

impl Deadline {
    /// How many days it is overdue on a day; `None` where it is not.
    pub fn overdue(self, today: Day) -> Option<i64> {
        let days = self.day.days_until(today);
        (self.waits && days > 0).then_some(days)
    }
}

/// Why a project is said to stall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StallCause {
    /// It is suspended.
    Suspended {
        /// Since when.
        since: Option<Day>,
    },
    /// It should have been begun and was not.
    NotBegun {
        /// The day on which it was to begin.
        planned: Day,
        /// For how many days it has been late.
        days: i64,
    },
    /// Nothing was reported of it for long.
    Silent {
        /// The last day of which something is known.
        last: Day,
        /// How many days that is ago.
        days: i64,
    },
    /// Its investment stays far behind the year.
    Behind {
        /// The share of the year's planned investment that was made, in percent.
        rate: Decimal,
        /// The share of the year that had passed, in percent.
        elapsed: Decimal,
        /// By how many points it is behind.
        behind: Decimal,
        /// The day through which the investment is known.
        through: Day,
    },
}

impl StallCause {
    /// Why, as a Chinese sentence without a full stop.
    pub fn chinese(&self) -> String {
        match self {
            StallCause::Suspended { since: Some(since) } => format!("自 {since} 起停工"),
            StallCause::Suspended { since: None } => "停工".to_owned(),
            StallCause::NotBegun { planned, days } => {
                format!("应于 {planned} 开工，已晚 {days} 天")
            }
            StallCause::Silent { last, days } => {
                format!("最近一次进展截至 {last}，此后 {days} 天没有新的进展")
            }
            StallCause::Behind { rate, elapsed, behind, through } => {
                format!(
                    "截至 {through} 完成年度计划投资的 {rate}%，比时间进度 {elapsed}% 落后 {behind} 个百分点"
                )
            }
        }
    }
}

vocabulary! {
    /// How investment keeps up with the year.
    Pace {
        /// At least the share of the year that has passed.
        Ahead = "ahead",
        /// Behind it, within what is tolerated.
        Near = "near",
        /// Further behind.
        Behind = "behind",
        /// So far behind that the project is said to stall.
        FarBehind = "far-behind",
    }
}

/// What of the planned investment was made, against the time that has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvestmentRate {
    /// The share of the plan that was made, in percent, to one decimal.
    pub rate: Decimal,
    /// The share of the year that had passed (序时进度), in percent, to one decimal.
    pub elapsed: Decimal,
    /// By how many points the rate is ahead; negative where it is behind. The difference of the two as they are shown.
    pub ahead: Decimal,
    /// What that means.
    pub pace: Pace,
    /// The day on which the year is looked at: that through which the investment is known, where that is told.
    pub on: Day,
}

/// The investment of a project in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvestmentYear {
    /// Code of the object that tells it.
    pub code: String,
    /// The year.
    pub year: i16,
    /// What was planned.
    pub planned: Option<Quantity>,
    /// What was made.
    pub actual: Option<Quantity>,
    /// What was made since the project began.
    pub cumulative: Option<Quantity>,
    /// Through which day that is known.
    pub through: Option<Day>,
    /// The one against the other; `None` where one is missing.
    pub rate: Option<InvestmentRate>,
}

/// Milestones on a day; those that were cancelled do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MilestoneCount {
    /// How many there are.
    pub all: usize,
    /// How many were reached.
    pub reached: usize,
    /// How many should have been reached and were not.
    pub overdue: usize,
}

/// How a project gets on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectProgress {
    /// The investment of each year, earliest first.
    pub years: Vec<InvestmentYear>,
    /// Its milestones.
    pub milestones: MilestoneCount,
    /// How many changes were asked for, whatever became of them.
    pub changes: usize,
    /// Why it is said to stall; empty where it is not.
    pub stalled: Vec<StallCause>,
}

impl ProjectProgress {
    /// The investment of a year.
    pub fn year(&self, year: i16) -> Option<&InvestmentYear> {
        self.years.iter().find(|known| known.year == year)
    }
}

/// The investment of several projects in a year, added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvestmentTotal {
    /// How many projects there are.
    pub projects: usize,
    /// How many of them stall.
    pub stalled: usize,
    /// What was planned, by all that have a plan.
    pub planned: Option<Quantity>,
    /// What was made, by all of which it is known.
    pub actual: Option<Quantity>,
    /// What was made of the plan, by those of which both are known, in percent, to one decimal.
    pub rate: Option<Decimal>,
    /// How many projects have no part in the rate, because something is missing.
    pub without: usize,
}

/// Funds of one kind, added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundingTotal {
    /// Code of the kind of funds.
    pub source: String,
    /// What was asked for.
    pub requested: Option<Quantity>,
    /// What was granted.
    pub issued: Option<Quantity>,
    /// What was paid.
    pub paid: Option<Quantity>,
}

/// One step of a plan object to a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanMove {
    /// Code of the state.
    pub state: String,
    /// Why; may be empty.
    pub comment: String,
    /// Who.
    pub author: String,
    /// When, RFC 3339.
    pub at: String,
}

/// How long a problem was in a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageStay {
    /// Code of the state.
    pub state: &'static str,
    /// So many days in all; `None` where it never came there.
    pub days: Option<i64>,
    /// Whether it is there now.
    pub now: bool,
}

/// The way of a problem from its entry to its end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProblemCourse {
    /// The stages in their order, those of which a way to the end is made and no others.
    pub stages: Vec<StageStay>,
    /// How often it was opened again.
    pub reopened: usize,
    /// For how many days it has been known, or was until it was closed.
    pub days: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_waited_for_is_overdue() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let deadline = |waits| Deadline { day: day("2024-06-30"), waits };
        assert_eq!(deadline(true).overdue(day("2024-07-02")), Some(2));
        assert_eq!(deadline(true).overdue(day("2024-06-30")), None);
        assert_eq!(deadline(false).overdue(day("2024-07-02")), None);
    }

    #[test]
    fn a_cause_is_told_with_its_figures() {
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        let cause = StallCause::Behind {
            rate: number("31.5"),
            elapsed: number("74.9"),
            behind: number("43.4"),
            through: "2024-09-30".parse().unwrap(),
        };
        assert_eq!(
            cause.chinese(),
            "截至 2024-09-30 完成年度计划投资的 31.5%，比时间进度 74.9% 落后 43.4 个百分点"
        );
    }
}
