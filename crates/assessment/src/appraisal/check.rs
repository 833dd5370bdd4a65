//! Whether a scheme can be used: its tree, its rules, its cuts, and the formulas against a catalogue.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use terms::{Criterion, Indicator, Scheme, ScoringRule};
use thiserror::Error;

use crate::formula::{CheckedCondition, CheckedNumber, Formula, Names};

/// A fault of a scheme; its text is a Chinese sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}{field}{said}", if part.is_empty() { String::new() } else { format!("{part} 的 ") })]
pub struct SchemeError {
    /// Code of the criterion, the level or the veto that it lies in; empty where it is the scheme itself.
    pub part: String,
    /// The field, as the file names it.
    pub field: &'static str,
    /// What is wrong and what was expected, after the field's name.
    pub said: String,
}

/// How the value of a criterion is found.
#[derive(Debug, Clone)]
pub(super) enum Input {
    /// By a formula of a number, in the criterion's unit.
    Number(CheckedNumber),
    /// By a formula of a condition.
    Fact(CheckedCondition),
    /// By people.
    Answer,
}

/// A scheme whose parts fit together and whose formulas were checked.
#[derive(Debug, Clone)]
pub struct CheckedScheme {
    pub(super) scheme: Scheme,
    /// In the order of the criteria, then of the bonuses; `None` for those that have others below them.
    pub(super) inputs: Vec<Option<Input>>,
    pub(super) vetoes: Vec<Input>,
}

/// So many criteria stand below each other at most.
const DEEPEST: usize = 8;

impl CheckedScheme {
    /// Checks a scheme; all faults are found at once. Formulas may name the indicators of `catalogue`.
    pub fn compile(scheme: Scheme, catalogue: &[Indicator]) -> Result<Self, Vec<SchemeError>> {
        let names = Names::of(catalogue);
        let mut check = Check { scheme: &scheme, errors: Vec::new() };
        check.head();
        check.codes();
        check.tree();
        check.levels();
        let all = scheme.criteria.iter().map(|own| (own, false));
        let all = all.chain(scheme.bonuses.iter().map(|own| (own, true)));
        let inputs: Vec<_> = all.map(|(own, bonus)| check.criterion(own, bonus, &names)).collect();
        let vetoes: Vec<_> = scheme
            .vetoes
            .iter()
            .map(|veto| check.condition(&veto.code, &veto.formula, &names))
            .collect();
        match check.errors {
            errors if errors.is_empty() => Ok(CheckedScheme { scheme, inputs, vetoes }),
            errors => Err(errors),
        }
    }

    /// The scheme.
    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// Whether a formula is in it, which a subject of the ledger and a period have to be told for.
    pub fn computes(&self) -> bool {
        let inputs = self.inputs.iter().flatten().chain(&self.vetoes);
        inputs.into_iter().any(|input| !matches!(input, Input::Answer))
    }
}

struct Check<'a> {
    scheme: &'a Scheme,
    errors: Vec<SchemeError>,
}

impl Check<'_> {
    fn fault(&mut self, part: &str, field: &'static str, said: impl Into<String>) {
        self.errors.push(SchemeError { part: part.to_owned(), field, said: said.into() });
    }

    fn head(&mut self) {
        let scheme = self.scheme;
        for (field, text) in
            [("code", &scheme.code), ("name", &scheme.name), ("version", &scheme.version)]
        {
            if text.trim().is_empty() {
                self.fault("", field, " 为空（应为文字）");
            }
        }
        if let Some((first, last)) = scheme.valid_from.zip(scheme.valid_until)
            && last < first
        {
            self.fault("", "valid-until", format!(" {last} 早于 valid-from {first}"));
        }
        if scheme.decimals > 6 {
            self.fault("", "decimals", format!(" {}（应为 0 到 6）", scheme.decimals));
        }
        if !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&scheme.coverage) {
            self.fault("", "coverage", format!(" {}（应为 0 到 100）", scheme.coverage));
        }
        if scheme.bonus_cap.is_some_and(|cap| cap < Decimal::ZERO) {
            self.fault("", "bonus-cap", " 为负（应为 0 或更大）");
        }
    }

    fn codes(&mut self) {
        let scheme = self.scheme;
        let criteria = scheme.criteria.iter().chain(&scheme.bonuses);
        let codes = criteria.map(|own| (&own.code, &own.name));
        let codes = codes.chain(scheme.vetoes.iter().map(|own| (&own.code, &own.name)));
        let mut seen = BTreeSet::new();
        for (code, name) in codes {
            let good = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
            if code.is_empty() || !code.chars().all(good) {
                self.fault(code, "code", "（应为字母、数字、汉字或 - _ .）");
            } else if !seen.insert(code) {
                self.fault(code, "code", " 重复（每个代码只用一次）");
            }
            if name.trim().is_empty() {
                self.fault(code, "name", " 为空（应为名称）");
            }
        }
    }

    fn tree(&mut self) {
        let scheme = self.scheme;
        if scheme.below(None).next().is_none() {
            self.fault("", "criterion", " 没有不写 under 的准则（应至少有一项在顶层）");
        }
        for own in &scheme.criteria {
            let mut above = own.under.as_deref();
            let mut steps = 0;
            while let Some(code) = above {
                let Some(parent) = scheme.criteria.iter().find(|known| known.code == code) else {
                    self.fault(&own.code, "under", format!(" 指向没有的准则“{code}”"));
                    break;
                };
                steps += 1;
                if steps >= DEEPEST {
                    let said = format!("（应少于 {DEEPEST} 层，且不指回自己）");
                    self.fault(&own.code, "under", said);
                    break;
                }
                above = parent.under.as_deref();
            }
        }
        for own in &scheme.bonuses {
            if own.under.is_some() {
                self.fault(&own.code, "under", "（加减分项不分层，应不写）");
            }
        }
    }

    fn levels(&mut self) {
        let levels = &self.scheme.levels;
        for pair in levels.windows(2) {
            if let [lower, upper] = pair
                && upper.from <= lower.from
            {
                let said = format!(" {} 不高于前一级的 {}（应由低到高）", upper.from, lower.from);
                self.fault(&upper.code, "from", said);
            }
        }
        let mut seen = BTreeSet::new();
        for level in levels {
            if level.code.trim().is_empty() || !seen.insert(&level.code) {
                self.fault(&level.code, "code", "（等级代码应不为空且只用一次）");
            }
        }
        for veto in &self.scheme.vetoes {
            if let Some(cap) = veto.cap.as_ref().filter(|cap| !seen.contains(cap)) {
                self.fault(&veto.code, "cap", format!(" 指向没有的等级“{cap}”"));
            }
        }
    }

    fn criterion(&mut self, own: &Criterion, bonus: bool, names: &Names<'_>) -> Option<Input> {
        let code = own.code.as_str();
        if own.weight <= Decimal::ZERO {
            self.fault(code, "weight", format!(" {}（应大于 0）", own.weight));
        }
        let has_children = !bonus && self.scheme.below(Some(code)).next().is_some();
        let Some(rule) = &own.rule else {
            if !has_children {
                let said = "（没有下级的准则应写 steps、linear、yes 与 no、points 之一）";
                self.fault(code, "rule", said);
            } else if !own.formula.is_empty() {
                self.fault(code, "formula", "（有下级的准则不直接计分，应不写）");
            }
            return None;
        };
        if has_children {
            self.fault(code, "rule", "（有下级的准则不直接计分，应不写）");
        }
        self.rule(code, rule);
        if !bonus && rule.least() < Decimal::ZERO {
            self.fault(code, "points", "（准则的分不为负；扣分应写在 [[bonus]]）");
        }
        if !bonus && rule.most() <= Decimal::ZERO {
            self.fault(code, "points", "（准则的最高分应大于 0）");
        }
        if own.formula.trim().is_empty() {
            return Some(Input::Answer);
        }
        Some(match rule {
            ScoringRule::Fact { .. } => self.condition(code, &own.formula, names),
            ScoringRule::Given { .. } => {
                self.fault(code, "formula", "（points 由评定人给出，应不写公式）");
                Input::Answer
            }
            _ => self.number(code, own, names),
        })
    }

    fn rule(&mut self, code: &str, rule: &ScoringRule) {
        let rising = |table: &[(Decimal, Decimal)]| {
            table.windows(2).all(|pair| matches!(pair, [one, other] if one.0 < other.0))
        };
        match rule {
            ScoringRule::Steps { steps, .. } => {
                if steps.is_empty() || !rising(steps) {
                    self.fault(code, "steps", "（应至少有一档，起点由小到大）");
                }
            }
            ScoringRule::Linear(knots) => {
                if knots.len() < 2 || !rising(knots) {
                    self.fault(code, "linear", "（应至少有两点，数值由小到大）");
                }
            }
            ScoringRule::Fact { yes, no } => {
                if yes == no {
                    self.fault(code, "yes", " 与 no 相同（应为不同的分）");
                }
            }
            ScoringRule::Given { least, most } => {
                if most <= least {
                    self.fault(code, "points", "（应为 [最低分, 最高分]，由小到大）");
                }
            }
        }
    }

    fn condition(&mut self, code: &str, text: &str, names: &Names<'_>) -> Input {
        if text.trim().is_empty() {
            return Input::Answer;
        }
        let checked = Formula::parse(text).and_then(|formula| formula.condition(names, None));
        match checked {
            Ok(condition) => Input::Fact(condition),
            Err(error) => {
                self.fault(code, "formula", format!("：{error}"));
                Input::Answer
            }
        }
    }

    fn number(&mut self, code: &str, own: &Criterion, names: &Names<'_>) -> Input {
        let checked = Formula::parse(&own.formula).and_then(|formula| formula.number(names, None));
        let number = match checked {
            Ok(number) => number,
            Err(error) => {
                self.fault(code, "formula", format!("：{error}"));
                return Input::Answer;
            }
        };
        // Divided by one of the unit, a number of that unit is left; what is not left plain is of another kind.
        let unit = own.unit.trim();
        let divided = match unit {
            "" => own.formula.clone(),
            unit => format!("({}) ÷ 1{unit}", own.formula),
        };
        let plain = Formula::parse(&divided).and_then(|formula| formula.number(names, None));
        match plain {
            Ok(plain) if plain.unit().is_empty() => Input::Number(plain),
            _ => {
                let (found, expected) = (named(number.unit()), named(unit));
                let said = format!(" {expected} 与公式的单位 {found} 不能换算");
                self.fault(code, "unit", said);
                Input::Answer
            }
        }
    }
}

fn named(unit: &str) -> String {
    if unit.is_empty() { "“无单位”".into() } else { format!("“{unit}”") }
}
