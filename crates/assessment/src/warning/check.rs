//! Whether rules of early warning can be used.

use std::collections::{BTreeSet, HashMap};

use terms::{Indicator, WarningRule, Watch};
use thiserror::Error;

use crate::formula::{CheckedCondition, Formula, Names};
use crate::object_figures::object_indicators;
use crate::rules::scope::Scope;

/// A rule that cannot be used; its text is a Chinese sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("规则 {code} 的 {field}{said}")]
pub struct WarningError {
    /// The rule's code.
    pub code: String,
    /// The field, as the file names it.
    pub field: &'static str,
    /// The grade that it lies in, from 0, where it lies in one.
    pub grade: Option<usize>,
    /// What is wrong and what was expected, after the field's name.
    pub said: String,
}

/// A rule whose names are known and whose conditions fit.
#[derive(Debug, Clone)]
pub struct CheckedWarning {
    pub(super) rule: WarningRule,
    pub(super) checked: Checked,
}

/// Conditions, a grade each.
#[derive(Debug, Clone)]
pub(super) enum Checked {
    Figures { scope: Scope, conditions: HashMap<String, Vec<CheckedCondition>> },
    Objects(Vec<CheckedCondition>),
    Targets(Vec<Vec<String>>),
}

/// In so many periods running a rule may have to hold.
const LONGEST: u8 = 24;

impl CheckedWarning {
    /// Checks a rule against a catalogue; all faults are found at once.
    pub fn compile(rule: WarningRule, catalogue: &[Indicator]) -> Result<Self, Vec<WarningError>> {
        let mut check = Check { rule: &rule, errors: Vec::new() };
        check.plain();
        let checked = match &rule.watch {
            Watch::Figures { scope } => check.figures(scope, catalogue),
            Watch::Objects { .. } => {
                let own = object_indicators();
                Checked::Objects(check.conditions(&Names::of(&own), None))
            }
            Watch::Targets => Checked::Targets(check.statuses()),
        };
        let errors = check.errors;
        if errors.is_empty() { Ok(CheckedWarning { rule, checked }) } else { Err(errors) }
    }

    /// The rule.
    pub fn rule(&self) -> &WarningRule {
        &self.rule
    }
}

struct Check<'a> {
    rule: &'a WarningRule,
    errors: Vec<WarningError>,
}

impl Check<'_> {
    fn fault(&mut self, field: &'static str, grade: Option<usize>, said: impl Into<String>) {
        let code = self.rule.code.clone();
        self.errors.push(WarningError { code, field, grade, said: said.into() });
    }

    fn plain(&mut self) {
        let rule = self.rule;
        for (field, text) in
            [("code", &rule.code), ("name", &rule.name), ("explanation", &rule.explanation)]
        {
            if text.trim().is_empty() {
                self.fault(field, None, " 为空（应为文字）");
            }
        }
        if rule.grades.is_empty() {
            self.fault("grade", None, "（应至少有一个 [[rule.grade]]）");
        }
        let mut seen = BTreeSet::new();
        for (place, grade) in rule.grades.iter().enumerate() {
            if !seen.insert(grade.severity) {
                self.fault("severity", Some(place), format!(" {} 重复", grade.severity));
            }
        }
        if !rule.grades.is_sorted_by(|one, next| one.severity >= next.severity) {
            self.fault("grade", None, " 的次序有误（应由重到轻：red、orange、yellow、blue）");
        }
        if !(1..=LONGEST).contains(&rule.running) {
            self.fault("running", None, format!(" {}（应为 1 到 {LONGEST} 期）", rule.running));
        }
        if rule.running > 1 && !matches!(rule.watch, Watch::Figures { .. }) {
            self.fault("running", None, "（只用于指标数据，应不写）");
        }
        if let Some(escalation) = &rule.escalation {
            if escalation.after.is_none() && escalation.severity.is_none() {
                let said = "（应写 after 次数或 severity 级别，至少一个）";
                self.fault("escalate", None, said);
            }
            if escalation.after == Some(0) {
                self.fault("after", None, " 0（应为 1 或更多次）");
            }
        }
    }

    fn figures(&mut self, text: &str, catalogue: &[Indicator]) -> Checked {
        let names = Names::of(catalogue);
        let scope = match Scope::parse(text, &names) {
            Ok(scope) => scope,
            Err(error) => {
                self.fault("scope", None, format!("：{error}"));
                let scope = Scope::listed(std::iter::empty());
                return Checked::Figures { scope, conditions: HashMap::new() };
            }
        };
        let mut conditions = HashMap::new();
        for indicator in names.all().iter().filter(|indicator| scope.holds(indicator)) {
            let found = self.conditions(&names, Some((indicator, scope.facet)));
            conditions.insert(indicator.code.clone(), found);
            if !self.errors.is_empty() {
                // What is wrong for one indicator is mostly wrong for all.
                break;
            }
        }
        Checked::Figures { scope, conditions }
    }

    fn conditions(
        &mut self,
        names: &Names<'_>,
        this: Option<(&Indicator, terms::Facet)>,
    ) -> Vec<CheckedCondition> {
        let mut found = Vec::new();
        for (place, grade) in self.rule.grades.iter().enumerate() {
            let formula = Formula::parse(&grade.when);
            match formula.and_then(|formula| formula.condition(names, this)) {
                Ok(condition) => found.push(condition),
                Err(error) => self.fault("when", Some(place), format!("：{error}")),
            }
        }
        found
    }

    fn statuses(&mut self) -> Vec<Vec<String>> {
        let mut all = Vec::new();
        for (place, grade) in self.rule.grades.iter().enumerate() {
            let words = grade.when.split([' ', ',', '，', '、']).filter(|word| !word.is_empty());
            let words: Vec<String> = words.map(str::to_owned).collect();
            if words.is_empty() {
                self.fault("when", Some(place), " 为空（应为目标的状态，如 off-track）");
            }
            all.push(words);
        }
        all
    }
}
