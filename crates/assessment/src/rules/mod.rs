//! Rules that figures should keep, as data: checked as a whole, then held against one figure or many.
//!
//! What breaks a rule is not wrong for that: how much it weighs is the rule's severity.

mod default;
pub(crate) mod scope;
mod series;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt;

use terms::{Facet, Indicator, Period, RuleSeverity, ValidationRule};
use thiserror::Error;

pub use default::{DEFAULT_RULES, DefaultRule, default_rules};
pub use series::{Breach, check};

use crate::formula::{CheckedCondition, Figures, Formula, FormulaError, Names, Reading, Unknown};
use scope::Scope;

/// Rules that were checked against a catalogue.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    rules: Vec<Compiled>,
    /// The rules of an indicator by their places, each with its condition for that indicator.
    by_indicator: HashMap<String, Vec<(usize, CheckedCondition)>>,
}

#[derive(Debug, Clone)]
struct Compiled {
    rule: ValidationRule,
    scope: Scope,
    /// Whether it speaks of the figure that is checked; if not, all figures that it holds for break it together.
    uses_this: bool,
}

/// A rule that cannot be used; its text is a Chinese sentence.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("规则 {code} 的{}：{error}", part(*.in_scope, .indicator.as_deref()))]
pub struct RuleError {
    /// The rule's code.
    pub code: String,
    /// Whether the error lies in its scope, not in its formula.
    pub in_scope: bool,
    /// The indicator for whose figures the formula does not fit, where it does not speak of all in the same way.
    pub indicator: Option<String>,
    /// What is wrong, and where.
    pub error: FormulaError,
}

fn part(in_scope: bool, indicator: Option<&str>) -> String {
    match (in_scope, indicator) {
        (true, _) => "适用范围".into(),
        (false, None) => "公式".into(),
        (false, Some(name)) => format!("公式（用于“{name}”时）"),
    }
}

impl RuleError {
    /// The error as a compiler shows it, with the text of the rule at fault.
    pub fn render(&self, rule: &ValidationRule) -> String {
        let text = if self.in_scope { &rule.scope } else { &rule.formula };
        let part = part(self.in_scope, self.indicator.as_deref());
        format!("规则 {} 的{part}：{}", self.code, self.error.render(text))
    }
}

/// The figure that rules are held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureAt<'a> {
    /// Code of the indicator.
    pub indicator: &'a str,
    /// Code of the region.
    pub region: &'a str,
    /// Level or growth.
    pub facet: Facet,
    /// The time that it is about.
    pub period: Period,
}

/// A figure that breaks a rule. It prints as its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Code of the rule.
    pub rule: String,
    /// What becomes of the figure.
    pub severity: RuleSeverity,
    /// Code of the figure's indicator.
    pub indicator: String,
    /// Code of its region.
    pub region: String,
    /// Its facet.
    pub facet: Facet,
    /// Its period.
    pub period: Period,
    /// What is wrong, in Chinese, with the numbers that were compared.
    pub sentence: String,
    /// The figures that the rule read.
    pub readings: Vec<Reading>,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

/// What a rule says of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The figure keeps it.
    Kept,
    /// The figure breaks it.
    Broken(Finding),
    /// It could not be judged, and why.
    Unjudged(Unknown),
}

impl RuleSet {
    /// Checks rules against a catalogue: every name, unit and scope. All errors of all rules are found at once.
    pub fn compile(
        rules: &[ValidationRule],
        catalogue: &[Indicator],
    ) -> Result<RuleSet, Vec<RuleError>> {
        let names = Names::of(catalogue);
        let mut set = RuleSet::default();
        let mut errors = Vec::new();
        for rule in rules {
            if let Err(error) = set.add(rule, &names) {
                errors.push(*error);
            }
        }
        if errors.is_empty() { Ok(set) } else { Err(errors) }
    }

    fn add(&mut self, rule: &ValidationRule, names: &Names<'_>) -> Result<(), Box<RuleError>> {
        let fault = |in_scope, indicator, error| {
            let code = rule.code.clone();
            Box::new(RuleError { code, in_scope, indicator, error })
        };
        let in_formula = |error| fault(false, None, error);
        let formula = Formula::parse(&rule.formula).map_err(in_formula)?;
        let uses_this = formula.uses_this();
        let scope = if rule.scope.trim().is_empty() {
            // Names that are not known, and a 本值 that is nothing, are told with their places.
            formula.condition(names, None).map_err(in_formula)?;
            Scope::listed(formula.names().into_iter().filter_map(|name| names.find(name)))
        } else {
            Scope::parse(&rule.scope, names).map_err(|error| fault(true, None, error))?
        };
        let mut conditions = Vec::new();
        for indicator in names.all().iter().filter(|indicator| scope.holds(indicator)) {
            let condition = formula.condition(names, Some((indicator, scope.facet)));
            let condition = condition
                .map_err(|error| fault(false, uses_this.then(|| indicator.name.clone()), error))?;
            conditions.push((indicator.code.clone(), condition));
        }
        let place = self.rules.len();
        self.rules.push(Compiled { rule: rule.clone(), scope, uses_this });
        for (code, condition) in conditions {
            self.by_indicator.entry(code).or_default().push((place, condition));
        }
        Ok(())
    }

    /// What each rule that holds for a figure says of it.
    pub fn judge(
        &self,
        figures: &dyn Figures,
        at: FigureAt<'_>,
    ) -> Vec<(&ValidationRule, Verdict)> {
        self.holding(at)
            .map(|(compiled, condition)| {
                (&compiled.rule, verdict(&compiled.rule, condition, figures, at))
            })
            .collect()
    }

    /// The rules that a figure breaks.
    pub fn check(&self, figures: &dyn Figures, at: FigureAt<'_>) -> Vec<Finding> {
        let judged = self.judge(figures, at).into_iter();
        judged.filter_map(|(_, verdict)| verdict.broken()).collect()
    }

    /// The rules that figures break. A rule that does not speak of a single figure (parts and their sum) is broken once
    /// for all figures of a region and a period, not once for each.
    pub fn check_all<'a>(
        &self,
        figures: &dyn Figures,
        all: impl IntoIterator<Item = FigureAt<'a>>,
    ) -> Vec<Finding> {
        let mut seen: HashMap<(&str, &'a str, Period), ()> = HashMap::new();
        let mut findings = Vec::new();
        for at in all {
            for (Compiled { rule, uses_this, .. }, condition) in self.holding(at) {
                let known = (rule.code.as_str(), at.region, at.period);
                if *uses_this || seen.insert(known, ()).is_none() {
                    findings.extend(verdict(rule, condition, figures, at).broken());
                }
            }
        }
        findings
    }

    /// The rules, as they were given.
    pub fn rules(&self) -> impl Iterator<Item = &ValidationRule> {
        self.rules.iter().map(|compiled| &compiled.rule)
    }

    fn holding<'s>(
        &'s self,
        at: FigureAt<'_>,
    ) -> impl Iterator<Item = (&'s Compiled, &'s CheckedCondition)> {
        let known = self.by_indicator.get(at.indicator).into_iter().flatten();
        known.filter_map(move |(place, condition)| {
            let compiled = self.rules.get(*place)?;
            let scope = &compiled.scope;
            (scope.facet == at.facet && scope.holds_in(at.region)).then_some((compiled, condition))
        })
    }
}

impl Verdict {
    fn broken(self) -> Option<Finding> {
        match self {
            Verdict::Broken(finding) => Some(finding),
            _ => None,
        }
    }
}

/// So many other periods are named in a sentence at most; all stand in the readings.
const NAMED: usize = 3;

fn verdict(
    rule: &ValidationRule,
    condition: &CheckedCondition,
    figures: &dyn Figures,
    at: FigureAt<'_>,
) -> Verdict {
    let judgement = condition.judge(figures, at.region, at.period);
    match judgement.holds {
        Ok(true) => Verdict::Kept,
        Err(why) => Verdict::Unjudged(why),
        Ok(false) => {
            let mut said = judgement.compared;
            said.extend(held_against(&judgement.readings, at.period));
            let mut sentence = format!("{}：{}", at.period.chinese(), rule.explanation);
            if !said.is_empty() {
                sentence += &format!("（{}）", said.join("；"));
            }
            Verdict::Broken(Finding {
                rule: rule.code.clone(),
                severity: rule.severity,
                indicator: at.indicator.to_owned(),
                region: at.region.to_owned(),
                facet: at.facet,
                period: at.period,
                sentence,
                readings: judgement.readings,
            })
        }
    }
}

/// The other periods whose figures were read, where they are few enough to be named.
fn held_against(readings: &[Reading], period: Period) -> Option<String> {
    let mut others: Vec<Period> =
        readings.iter().map(|reading| reading.period).filter(|other| *other != period).collect();
    others.sort();
    others.dedup();
    let names: Vec<String> = others.iter().map(|other| other.chinese()).collect();
    (1..=NAMED).contains(&names.len()).then(|| format!("对照{}", names.join("、")))
}
