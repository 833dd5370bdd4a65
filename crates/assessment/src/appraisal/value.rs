//! Values of criteria, from formulas and from answers, and the points that they give.

use std::collections::BTreeMap;

use methods::scoring;
use rust_decimal::Decimal;
use terms::{Criterion, LOST, Quantity, SchemeAnswer, ScoringRule, Unit};

use super::{AnswerError, CheckedScheme, Input, Outcome, Subject};
use crate::formula::Reading;

/// A value of a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Number(Decimal),
    Fact(bool),
}

/// An answer that was read.
pub(super) struct Answer<'a> {
    /// `None` where none was given.
    value: Option<Value>,
    given: &'a SchemeAnswer,
}

/// What was found of a criterion or a veto.
pub(super) struct Found {
    pub(super) value: Result<Value, String>,
    pub(super) why: String,
    pub(super) evidence: String,
    pub(super) readings: Vec<Reading>,
}

/// Reads answers: each names a criterion or a veto that people answer, once, with a value that fits.
pub(super) fn read<'a>(
    checked: &CheckedScheme,
    answers: &'a [SchemeAnswer],
) -> Result<BTreeMap<&'a str, Answer<'a>>, Vec<AnswerError>> {
    let mut taken: BTreeMap<&str, Answer<'_>> = BTreeMap::new();
    let mut errors = Vec::new();
    for (place, given) in answers.iter().enumerate() {
        let criterion = given.criterion.as_str();
        let read = if taken.contains_key(criterion) {
            Err("重复（每项只答一次）".to_owned())
        } else {
            one(checked, given)
        };
        match read {
            Ok(value) => {
                taken.insert(criterion, Answer { value, given });
            }
            Err(said) => {
                errors.push(AnswerError { place, criterion: given.criterion.clone(), said });
            }
        }
    }
    if errors.is_empty() { Ok(taken) } else { Err(errors) }
}

fn one(checked: &CheckedScheme, given: &SchemeAnswer) -> Result<Option<Value>, String> {
    let scheme = &checked.scheme;
    let criteria = scheme.criteria.iter().chain(&scheme.bonuses);
    let criterion = criteria.zip(&checked.inputs).find(|(own, _)| own.code == given.criterion);
    let veto = scheme.vetoes.iter().zip(&checked.vetoes);
    let veto = veto.into_iter().find(|(own, _)| own.code == given.criterion);
    let (rule, unit, input) = match (criterion, veto) {
        (Some((own, Some(input))), _) => (own.rule.as_ref(), own.unit.as_str(), input),
        (Some((_, None)), _) => return Err("有下级的准则不直接作答（应答其下级）".to_owned()),
        (None, Some((_, input))) => (None, "", input),
        (None, None) => return Err("方案里没有这个准则（应为方案列出的代码）".to_owned()),
    };
    let text = given.value.trim();
    if !matches!(input, Input::Answer) {
        return Err("由公式计算，不作答（应删去此行）".to_owned());
    }
    if text.is_empty() {
        return Ok(None);
    }
    match rule {
        None | Some(ScoringRule::Fact { .. }) => fact(text).map(Some),
        Some(rule) => {
            let number = number(text, unit)?;
            if let ScoringRule::Given { least, most } = rule
                && !(*least..=*most).contains(&number)
            {
                return Err(format!("“{text}”（应为 {least} 到 {most} 的分）"));
            }
            Ok(Some(Value::Number(number)))
        }
    }
}

fn fact(text: &str) -> Result<Value, String> {
    match text {
        "是" | "有" => Ok(Value::Fact(true)),
        "否" | "无" => Ok(Value::Fact(false)),
        _ if text.eq_ignore_ascii_case("yes") => Ok(Value::Fact(true)),
        _ if text.eq_ignore_ascii_case("no") => Ok(Value::Fact(false)),
        _ => Err(format!("“{text}”（应为 是 或 否）")),
    }
}

fn number(text: &str, unit: &str) -> Result<Decimal, String> {
    if text.contains(LOST) {
        return Err(format!("“{text}”缺了数字（应为完整的数）"));
    }
    let written = text.replace('％', "%");
    let expected = if unit.is_empty() { "数".to_owned() } else { format!("以 {unit} 计的数") };
    let wrong = || format!("“{text}”（应为{expected}）");
    let quantity: Quantity = written.parse().map_err(|_| wrong())?;
    if quantity.unit.as_str().is_empty() {
        return Ok(quantity.amount);
    }
    quantity.unit.convert(quantity.amount, &Unit::new(unit)).ok_or_else(wrong)
}

/// What a formula or an answer says.
pub(super) fn found(
    input: &Input,
    answer: Option<&Answer<'_>>,
    subject: &Subject<'_>,
    evidence_needed: &str,
) -> Found {
    let plain =
        |value, why: String, readings| Found { value, why, evidence: String::new(), readings };
    match input {
        Input::Number(number) => {
            match number.compute(subject.figures, subject.code, subject.period) {
                Ok((quantity, readings)) => {
                    plain(Ok(Value::Number(quantity.value)), "由公式计算".to_owned(), readings)
                }
                Err(why) => plain(Err(why.to_string()), String::new(), Vec::new()),
            }
        }
        Input::Fact(condition) => {
            let judged = condition.judge(subject.figures, subject.code, subject.period);
            let why = match judged.compared.is_empty() {
                true => "由公式判断".to_owned(),
                false => format!("由公式判断（{}）", judged.compared.join("；")),
            };
            let value = judged.holds.map(Value::Fact).map_err(|why| why.to_string());
            plain(value, why, judged.readings)
        }
        Input::Answer => answered(answer, evidence_needed),
    }
}

fn answered(answer: Option<&Answer<'_>>, evidence_needed: &str) -> Found {
    let unmeasured = |why: String, evidence: String| Found {
        value: Err(why),
        why: String::new(),
        evidence,
        readings: Vec::new(),
    };
    let Some(Answer { value, given }) = answer else {
        return unmeasured("没有作答".to_owned(), String::new());
    };
    let evidence = given.evidence.trim().to_owned();
    let Some(value) = value else {
        let note = given.note.trim();
        let why = if note.is_empty() {
            "没有作答".to_owned()
        } else {
            format!("没有作答：{note}")
        };
        return unmeasured(why, evidence);
    };
    if !evidence_needed.is_empty() && evidence.is_empty() {
        return unmeasured(format!("缺证明材料（应有：{evidence_needed}）"), evidence);
    }
    let note = given.note.trim();
    let why = if note.is_empty() { "评定".to_owned() } else { format!("评定：{note}") };
    Found { value: Ok(value.clone()), why, evidence, readings: Vec::new() }
}

/// What becomes of a criterion.
pub(super) fn outcome(
    criterion: &Criterion,
    input: &Input,
    answer: Option<&Answer<'_>>,
    subject: &Subject<'_>,
) -> Outcome {
    let found = found(input, answer, subject, &criterion.evidence);
    let value = match found.value {
        Ok(value) => value,
        Err(why) => return Outcome::Unmeasured(why),
    };
    let Some(points) = criterion.rule.as_ref().and_then(|rule| points(rule, &value)) else {
        return Outcome::Unmeasured("数值超出精确小数的范围".to_owned());
    };
    let value = match value {
        Value::Number(number) => {
            let shown = scoring::rounded(number, SHOWN).normalize();
            format!("{shown}{}", criterion.unit)
        }
        Value::Fact(fact) => if fact { "是" } else { "否" }.to_owned(),
    };
    let rule = criterion.rule.as_ref().map(said).unwrap_or_default();
    let why = if rule.is_empty() { found.why } else { format!("{}；{rule}", found.why) };
    Outcome::Points { points, value, why, evidence: found.evidence, readings: found.readings }
}

/// Values are shown to so many decimals; they are reckoned with as they are.
const SHOWN: u32 = 4;

fn points(rule: &ScoringRule, value: &Value) -> Option<Decimal> {
    match (rule, value) {
        (ScoringRule::Steps { below, steps }, Value::Number(value)) => {
            Some(scoring::steps(*value, *below, steps))
        }
        (ScoringRule::Linear(knots), Value::Number(value)) => scoring::linear(*value, knots),
        (ScoringRule::Fact { yes, no }, Value::Fact(fact)) => Some(if *fact { *yes } else { *no }),
        (ScoringRule::Given { .. }, Value::Number(value)) => Some(*value),
        _ => None,
    }
}

/// A rule in words.
fn said(rule: &ScoringRule) -> String {
    let table = |pairs: &[(Decimal, Decimal)], sign: &str| {
        let pairs = pairs.iter().map(|(at, points)| format!("{sign}{at} 得 {points}"));
        pairs.collect::<Vec<_>>().join("、")
    };
    match rule {
        ScoringRule::Steps { below, steps } => format!("{}，以下 {below}", table(steps, "≥")),
        ScoringRule::Linear(knots) => format!("{}，其间按直线", table(knots, "")),
        ScoringRule::Fact { yes, no } => format!("是 {yes}、否 {no}"),
        ScoringRule::Given { .. } => String::new(),
    }
}
