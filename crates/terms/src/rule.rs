//! Rules that figures should keep, as data.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// What becomes of a figure that breaks a rule.
    RuleSeverity {
        /// It is not accepted.
        Error = "error",
        /// It is accepted with a reason (需说明).
        Reason = "reason",
        /// It is accepted; somebody should look at it again.
        Warning = "warning",
    }
}

impl RuleSeverity {
    /// Its name in Chinese.
    pub fn chinese(self) -> &'static str {
        match self {
            RuleSeverity::Error => "错误",
            RuleSeverity::Reason => "需说明",
            RuleSeverity::Warning => "提醒",
        }
    }
}

/// A condition that sound figures fulfil. What its texts may say stands in `docs/formulas.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidationRule {
    /// Stable code, for example `share-range`.
    pub code: String,
    /// The Chinese name that is shown.
    pub name: String,
    /// The figures that it holds for, for example `比重 除投资完成率 @330784`; empty for the levels of the indicators
    /// that the formula names.
    pub scope: String,
    /// The condition, in the formula language.
    pub formula: String,
    /// What becomes of a figure that breaks it.
    pub severity: RuleSeverity,
    /// What is wrong with a figure that breaks it: a Chinese sentence without a full stop.
    pub explanation: String,
}
