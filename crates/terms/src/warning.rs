//! Early warning as data: rules that watch figures and plan objects, and the alarms that they raised.

use std::fmt;
use std::str::FromStr;

use crate::vocabulary::vocabulary;
use crate::{Day, PlanKind};

vocabulary! {
    /// How serious an alarm is, least first. It is always told in words beside its colour.
    WarningSeverity {
        /// 蓝色.
        Blue = "blue",
        /// 黄色.
        Yellow = "yellow",
        /// 橙色.
        Orange = "orange",
        /// 红色.
        Red = "red",
    }
}

impl WarningSeverity {
    /// The colour and what it means, in Chinese.
    pub fn chinese(self) -> &'static str {
        match self {
            WarningSeverity::Blue => "蓝色（关注）",
            WarningSeverity::Yellow => "黄色（提醒）",
            WarningSeverity::Orange => "橙色（警示）",
            WarningSeverity::Red => "红色（严重）",
        }
    }
}

/// How long something waits: so many days, or calendar months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Days.
    Days(u16),
    /// Calendar months.
    Months(u16),
}

/// Text that names no such time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidWait(pub String);

impl fmt::Display for InvalidWait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}”不是一段时间（应如 30天、1个月，不超过 3650天）", self.0)
    }
}

impl std::error::Error for InvalidWait {}

impl Wait {
    /// The day on which it ends that began on `day`; `None` beyond the calendar.
    pub fn after(self, day: Day) -> Option<Day> {
        match self {
            Wait::Days(days) => day.plus_days(i64::from(days)),
            Wait::Months(months) => day.plus_months(i64::from(months)),
        }
    }
}

impl fmt::Display for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wait::Days(days) => write!(f, "{days}天"),
            Wait::Months(months) => write!(f, "{months}个月"),
        }
    }
}

impl FromStr for Wait {
    type Err = InvalidWait;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidWait(text.to_owned());
        let written = text.trim();
        let number = |digits: &str, most: u16| {
            digits.trim().parse::<u16>().ok().filter(|number| *number <= most).ok_or_else(invalid)
        };
        if let Some(days) = written.strip_suffix('天').or_else(|| written.strip_suffix('日')) {
            return Ok(Wait::Days(number(days, 3650)?));
        }
        let months = written.strip_suffix("个月").ok_or_else(invalid)?;
        Ok(Wait::Months(number(months, 120)?))
    }
}

/// What a rule looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Watch {
    /// The latest figure of each indicator and region of a scope, which is written as that of a rule of figures.
    Figures {
        /// For example `在手订单 @330784`.
        scope: String,
    },
    /// Plan objects, each by itself.
    Objects {
        /// Their kind.
        kind: &'static PlanKind,
        /// Codes of the states in which they are watched.
        states: Vec<&'static str>,
        /// A field by its code, and a text that it has to contain.
        containing: Vec<(&'static str, String)>,
    },
    /// The status of each target, which is judged elsewhere; a grade then names statuses.
    Targets,
}

/// One colour of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WarningGrade {
    /// How serious it is.
    pub severity: WarningSeverity,
    /// When it is so: a condition of the formula language; of targets, statuses set off by spaces or commas.
    pub when: String,
    /// What it is called there, for example `黄牌`; may be empty.
    pub words: String,
}

/// When an alarm becomes a problem (问题) of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Escalation {
    /// With so many alarms since the rule was armed.
    pub after: Option<u32>,
    /// At once with this severity or a worse one.
    pub severity: Option<WarningSeverity>,
    /// Code or name of the department that has to answer; empty for the owner of what is watched.
    pub department: String,
    /// How long it has.
    pub deadline: Wait,
}

/// What is watched, and when an alarm is raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WarningRule {
    /// Stable code, for example `orders-fall`.
    pub code: String,
    /// The Chinese name that is shown.
    pub name: String,
    /// What it looks at.
    pub watch: Watch,
    /// Its colours, the most serious first; the first that is so counts.
    pub grades: Vec<WarningGrade>,
    /// In so many periods running it has to be so; 1 for the latest alone.
    pub running: u8,
    /// So long no second alarm is raised for the same subject unless it got worse.
    pub cooldown: Wait,
    /// The colour that a worse alarm falls back to once what was missing is made up, for as long as the cool-down.
    pub made_up: Option<WarningSeverity>,
    /// When it becomes a problem; `None` for never.
    pub escalation: Option<Escalation>,
    /// What is wrong: a Chinese sentence without a full stop.
    pub explanation: String,
}

impl WarningRule {
    /// What a severity is called under this rule: the rule's own words, else the colour and its meaning.
    pub fn severity_name(&self, severity: WarningSeverity) -> String {
        let own = self.grades.iter().find(|grade| grade.severity == severity);
        match own.map(|grade| grade.words.as_str()).filter(|words| !words.is_empty()) {
            Some(words) => format!("{}·{words}", severity.chinese()),
            None => severity.chinese().to_owned(),
        }
    }
}

vocabulary! {
    /// What became of an alarm later.
    AlarmActKind {
        /// Somebody took note of it.
        Acknowledged = "acknowledged",
        /// It became a problem of the plan.
        Escalated = "escalated",
        /// It fell back to a lesser colour.
        Eased = "eased",
        /// What it was about is no longer so.
        Cleared = "cleared",
    }
}

impl AlarmActKind {
    /// Its name in Chinese.
    pub fn chinese(self) -> &'static str {
        match self {
            AlarmActKind::Acknowledged => "已阅",
            AlarmActKind::Escalated => "转为问题",
            AlarmActKind::Eased => "降级",
            AlarmActKind::Cleared => "解除",
        }
    }
}

/// What was done with an alarm, by whom and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlarmAct {
    /// Number of the entry that wrote it.
    pub entry: i64,
    /// When, RFC 3339.
    pub at: String,
    /// Who.
    pub author: String,
    /// What.
    pub kind: AlarmActKind,
    /// The day that it is about.
    pub day: Day,
    /// The colour that it fell back to.
    pub severity: Option<WarningSeverity>,
    /// Code of the problem that it became.
    pub problem: Option<String>,
    /// A remark; may be empty.
    pub note: String,
}

/// An alarm that is to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAlarm {
    /// Code of the rule.
    pub rule: String,
    /// What it is about: `indicator:CODE@REGION`, or a plan object as `problem:W-1`.
    pub subject: String,
    /// What that is called.
    pub name: String,
    /// Code of the region.
    pub region: String,
    /// The day for which it was judged.
    pub day: Day,
    /// How serious it is.
    pub severity: WarningSeverity,
    /// The condition that held, as the rule wrote it then.
    pub condition: String,
    /// Why: a Chinese sentence with the numbers.
    pub sentence: String,
    /// The figures that were read, one a line.
    pub figures: String,
}

/// An alarm as the ledger keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// Its number, from 1.
    pub number: i64,
    /// Number of the entry that recorded it.
    pub entry: i64,
    /// When it was recorded, RFC 3339.
    pub at: String,
    /// Who had it recorded.
    pub author: String,
    /// What it says.
    pub alarm: NewAlarm,
    /// What was done with it, in order.
    pub acts: Vec<AlarmAct>,
}

impl Alarm {
    /// The colour in which it stands; `None` where it was cleared.
    pub fn standing(&self) -> Option<WarningSeverity> {
        if self.acts.iter().any(|act| act.kind == AlarmActKind::Cleared) {
            return None;
        }
        let eased = self.acts.iter().rev().find_map(|act| act.severity);
        Some(eased.unwrap_or(self.alarm.severity))
    }

    /// Code of the problem that it became.
    pub fn problem(&self) -> Option<&str> {
        self.acts.iter().find_map(|act| act.problem.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_read_and_leads_to_its_day() {
        let day = Day::new(2024, 1, 31).unwrap();
        for (text, end) in [
            ("0天", "2024-01-31"),
            ("30天", "2024-03-01"),
            ("1个月", "2024-02-29"),
            ("13个月", "2025-02-28"),
        ] {
            let wait: Wait = text.parse().unwrap();
            assert_eq!(wait.to_string(), text);
            assert_eq!(wait.after(day).unwrap().to_string(), end, "{text}");
        }
        for text in ["", "30", "天", "-1天", "9999天", "1月", "一个月"] {
            assert!(text.parse::<Wait>().is_err(), "{text}");
        }
        assert_eq!(Wait::Months(1).after(Day::new(9999, 12, 1).unwrap()), None);
    }
}
