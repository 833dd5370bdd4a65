//! Rules of early warning as people write them: TOML with one `[[rule]]` a rule and one `[[rule.grade]]` a colour.

use std::collections::BTreeMap;

use assessment::warning::{CheckedWarning, WarningError};
use serde::{Deserialize, Serialize};
use terms::{
    Escalation, Indicator, PlanKind, Wait, WarningGrade, WarningRule, WarningSeverity, Watch,
};
use toml::Spanned;

use crate::toml_file::{self, FileFault};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    rule: Vec<Spanned<GivenRule>>,
}

/// How a rule is kept in the ledger.
#[derive(Serialize)]
struct KeptFile<'a> {
    rule: [&'a GivenRule; 1],
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct GivenRule {
    code: String,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    object: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    states: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    targets: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    running: Option<u8>,
    cooldown: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    made_up: Option<String>,
    explanation: String,
    #[serde(default = "yes")]
    active: bool,
    // Tables stand behind plain values in TOML.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    containing: BTreeMap<String, String>,
    #[serde(default)]
    grade: Vec<Spanned<GivenGrade>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    escalate: Option<GivenEscalation>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenGrade {
    severity: String,
    when: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    words: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenEscalation {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    severity: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    department: String,
    deadline: String,
}

fn yes() -> bool {
    true
}

/// A rule that can be used.
pub(crate) struct Read {
    pub(crate) checked: CheckedWarning,
    pub(crate) active: bool,
    /// The rule by itself, as the ledger keeps it.
    pub(crate) content: String,
}

/// Reads and checks rules; all faults are found at once.
pub(crate) fn read(text: &str, catalogue: &[Indicator]) -> Result<Vec<Read>, Vec<FileFault>> {
    let given: RulesFile = toml_file::read(text, "预警规则").map_err(|fault| vec![fault])?;
    let mut found: Vec<Read> = Vec::new();
    let mut faults = Vec::new();
    for spanned in given.rule {
        let head = spanned.span().start;
        let given = spanned.into_inner();
        let at = |head, field, said| {
            let line = toml_file::line_of_field(text, head, field);
            FileFault { line: Some(line), said }
        };
        if found.iter().any(|known| known.checked.rule().code == given.code) {
            faults.push(at(head, "code", format!("规则 {} 重复（每条规则只写一次）", given.code)));
            continue;
        }
        let heads: Vec<usize> = given.grade.iter().map(|grade| grade.span().start).collect();
        let content = toml::to_string(&KeptFile { rule: [&given] });
        let active = given.active;
        let compiled = rule(given)
            .map_err(|error| vec![error])
            .and_then(|rule| CheckedWarning::compile(rule, catalogue));
        match (compiled, content) {
            (Ok(checked), Ok(content)) => found.push(Read { checked, active, content }),
            (Ok(_), Err(error)) => faults.push(at(head, "code", error.to_string())),
            (Err(errors), _) => {
                for error in errors {
                    let grade = error.grade.and_then(|grade| heads.get(grade)).copied();
                    faults.push(at(grade.unwrap_or(head), error.field, error.to_string()));
                }
            }
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

fn rule(given: GivenRule) -> Result<WarningRule, WarningError> {
    let code = given.code.clone();
    let fault =
        |field, grade, said: String| WarningError { code: code.clone(), field, grade, said };
    let severity = |field, grade, written: &str| {
        written.parse::<WarningSeverity>().map_err(|_| {
            let said = format!(" “{written}”（应为 blue、yellow、orange 或 red）");
            fault(field, grade, said)
        })
    };
    let wait = |field, written: &str| {
        written.parse::<Wait>().map_err(|error| fault(field, None, format!("：{error}")))
    };
    let watch = match (&given.scope, &given.object, given.targets.unwrap_or_default()) {
        (Some(scope), None, false) => Watch::Figures { scope: scope.clone() },
        (None, Some(object), false) => {
            objects(&given, object).map_err(|(field, said)| fault(field, None, said))?
        }
        (None, None, true) => Watch::Targets,
        _ => {
            let said = "（应在 scope、object、targets = true 中只写一个）".to_owned();
            return Err(fault("scope", None, said));
        }
    };
    let of_objects = !given.states.is_empty() || !given.containing.is_empty();
    if of_objects && !matches!(watch, Watch::Objects { .. }) {
        return Err(fault("states", None, "（states 和 containing 只与 object 同写）".to_owned()));
    }
    let mut grades = Vec::with_capacity(given.grade.len());
    for (place, grade) in given.grade.into_iter().enumerate() {
        let GivenGrade { severity: written, when, words } = grade.into_inner();
        let severity = severity("severity", Some(place), &written)?;
        grades.push(WarningGrade { severity, when, words });
    }
    let made_up = given.made_up.as_deref();
    let made_up = made_up.map(|written| severity("made-up", None, written)).transpose()?;
    let escalation = match given.escalate {
        None => None,
        Some(GivenEscalation { after, severity: written, department, deadline }) => {
            let written = written.as_deref();
            let least = written.map(|written| severity("severity", None, written)).transpose()?;
            let deadline = wait("deadline", &deadline)?;
            Some(Escalation { after, severity: least, department, deadline })
        }
    };
    Ok(WarningRule {
        cooldown: wait("cooldown", &given.cooldown)?,
        code: given.code,
        name: given.name,
        watch,
        grades,
        running: given.running.unwrap_or(1),
        made_up,
        escalation,
        explanation: given.explanation,
    })
}

fn objects(given: &GivenRule, object: &str) -> Result<Watch, (&'static str, String)> {
    let Some(kind) = PlanKind::named(object) else {
        let names: Vec<&str> = PlanKind::all().iter().map(|kind| kind.code).collect();
        return Err(("object", format!(" “{object}”（应为 {}）", names.join("、"))));
    };
    let mut states = Vec::new();
    for written in &given.states {
        let Some(state) = kind.state(written) else {
            let names: Vec<&str> = kind.states.iter().map(|state| state.code).collect();
            return Err(("states", format!(" “{written}”（应为 {}）", names.join("、"))));
        };
        states.push(state.code);
    }
    if states.is_empty() {
        return Err(("states", " 为空（应写在哪些状态下预警）".to_owned()));
    }
    let mut containing = Vec::new();
    for (written, text) in &given.containing {
        let Some(field) = kind.field(written) else {
            return Err(("containing", format!(" 的“{written}”（应为{}的字段）", kind.chinese)));
        };
        containing.push((field.code, text.clone()));
    }
    Ok(Watch::Objects { kind, states, containing })
}
