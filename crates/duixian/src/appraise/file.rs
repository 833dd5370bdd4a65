//! Schemes as people write them: TOML with one `[[criterion]]` a criterion.

use assessment::appraisal::{CheckedScheme, SchemeError};
use assessment::object_indicators;
use serde::Deserialize;
use terms::{Combine, Criterion, Day, Indicator, Level, Scheme, SchemeSubject, ScoringRule, Veto};
use toml::Spanned;

use crate::toml_file::{self, FileFault, Number};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct GivenScheme {
    code: String,
    name: String,
    version: String,
    #[serde(default)]
    edition: String,
    subject: String,
    valid_from: Option<toml::Value>,
    valid_until: Option<toml::Value>,
    combine: Option<String>,
    decimals: Option<u32>,
    coverage: Option<Number>,
    bonus_cap: Option<Number>,
    #[serde(default)]
    note: String,
    criterion: Vec<Spanned<GivenCriterion>>,
    #[serde(default)]
    bonus: Vec<Spanned<GivenCriterion>>,
    #[serde(default)]
    veto: Vec<Spanned<GivenVeto>>,
    #[serde(default)]
    level: Vec<Spanned<GivenLevel>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct GivenCriterion {
    code: String,
    name: String,
    under: Option<String>,
    weight: Option<Number>,
    combine: Option<String>,
    #[serde(default)]
    formula: String,
    #[serde(default)]
    unit: String,
    steps: Option<Vec<[Number; 2]>>,
    below: Option<Number>,
    linear: Option<Vec<[Number; 2]>>,
    yes: Option<Number>,
    no: Option<Number>,
    points: Option<[Number; 2]>,
    #[serde(default)]
    evidence: String,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenVeto {
    code: String,
    name: String,
    #[serde(default)]
    formula: String,
    cap: Option<String>,
    #[serde(default)]
    evidence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenLevel {
    code: String,
    name: String,
    from: Number,
}

/// Where the heads of the parts of a scheme stand in its file, in bytes.
type Places = Vec<(String, usize)>;

/// Reads and checks a scheme; all faults of its parts are found at once. Formulas of regions may name the indicators of
/// the catalogue, those of projects what projects tell.
pub(crate) fn read(text: &str, catalogue: &[Indicator]) -> Result<CheckedScheme, Vec<FileFault>> {
    let given: GivenScheme = toml_file::read(text, "评价方案").map_err(|fault| vec![fault])?;
    let mut places = Places::new();
    let scheme = scheme(given, text, &mut places).map_err(|fault| vec![fault])?;
    let own = object_indicators();
    let catalogue = match scheme.subject {
        SchemeSubject::Region => catalogue,
        SchemeSubject::Project => own.as_slice(),
        SchemeSubject::Enterprise => &[],
    };
    CheckedScheme::compile(scheme, catalogue).map_err(|errors| {
        let fault = |error: &SchemeError| {
            // Of codes that stand twice, the later one is at fault.
            let part = places.iter().rev().find(|(code, _)| *code == error.part);
            let head = part.map_or(0, |(_, head)| *head);
            let line = toml_file::line_of_field(text, head, error.field);
            FileFault { line: Some(line), said: error.to_string() }
        };
        errors.iter().map(fault).collect()
    })
}

fn scheme(given: GivenScheme, text: &str, places: &mut Places) -> Result<Scheme, FileFault> {
    let in_head = |field: &str, said: String| FileFault {
        line: Some(toml_file::line_of_field(text, 0, field)),
        said: format!("{field} {said}"),
    };
    let subject = given.subject.parse::<SchemeSubject>();
    let subject = subject.map_err(|error| {
        in_head("subject", format!("“{}”（应为 project、region 或 enterprise）", error.word))
    })?;
    let day = |field, written: Option<toml::Value>| {
        let Some(written) = written else { return Ok(None) };
        let text = match &written {
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let day = text.parse::<Day>();
        day.map(Some).map_err(|error| in_head(field, error.to_string()))
    };
    let combine = combine(given.combine).map_err(|said| in_head("combine", said))?;
    let criterion = |given: Spanned<GivenCriterion>, places: &mut Places| {
        let head = given.span().start;
        let given = given.into_inner();
        places.push((given.code.clone(), head));
        criterion(given).map_err(|(field, said)| FileFault {
            line: Some(toml_file::line_of_field(text, head, field)),
            said,
        })
    };
    let mut criteria = Vec::with_capacity(given.criterion.len());
    for one in given.criterion {
        criteria.push(criterion(one, places)?);
    }
    let mut bonuses = Vec::with_capacity(given.bonus.len());
    for one in given.bonus {
        bonuses.push(criterion(one, places)?);
    }
    let veto = |given: Spanned<GivenVeto>| {
        places.push((given.get_ref().code.clone(), given.span().start));
        let GivenVeto { code, name, formula, cap, evidence } = given.into_inner();
        Veto { code, name, formula, cap, evidence }
    };
    let vetoes = given.veto.into_iter().map(veto).collect();
    let level = |given: Spanned<GivenLevel>| {
        // A level may bear the code of a criterion; its faults are of its own field.
        let head = given.span().start;
        let GivenLevel { code, name, from } = given.into_inner();
        if places.iter().all(|(known, _)| *known != code) {
            places.push((code.clone(), head));
        }
        Level { code, name, from: from.0 }
    };
    let levels = given.level.into_iter().map(level).collect();
    Ok(Scheme {
        code: given.code,
        name: given.name,
        version: given.version,
        edition: given.edition,
        subject,
        valid_from: day("valid-from", given.valid_from)?,
        valid_until: day("valid-until", given.valid_until)?,
        combine: combine.unwrap_or(Combine::Sum),
        decimals: given.decimals.unwrap_or(2),
        coverage: given.coverage.map(|number| number.0).unwrap_or_default(),
        note: given.note,
        criteria,
        bonuses,
        bonus_cap: given.bonus_cap.map(|number| number.0),
        vetoes,
        levels,
    })
}

fn combine(written: Option<String>) -> Result<Option<Combine>, String> {
    let read =
        |word: String| word.parse::<Combine>().map_err(|_| format!("“{word}”（应为 sum 或 mean）"));
    written.map(read).transpose()
}

/// A criterion; a fault with the field that it lies in.
fn criterion(given: GivenCriterion) -> Result<Criterion, (&'static str, String)> {
    let code = given.code;
    let combine = combine(given.combine)
        .map_err(|said| ("combine", format!("{code} 的 combine {said}")))?
        .unwrap_or(Combine::Sum);
    let pairs = |pairs: Vec<[Number; 2]>| -> Vec<_> {
        pairs.into_iter().map(|[at, points]| (at.0, points.0)).collect()
    };
    let below = given.below;
    let rules = [
        ("steps", given.steps.is_some()),
        ("linear", given.linear.is_some()),
        ("yes", given.yes.is_some() || given.no.is_some()),
        ("points", given.points.is_some()),
    ];
    let mut named = rules.iter().filter(|(_, there)| *there).map(|(field, _)| *field);
    if let (Some(_), Some(second)) = (named.next(), named.next()) {
        return Err((
            second,
            format!("{code} 有两种计分（应只写 steps、linear、yes 与 no、points 之一）"),
        ));
    }
    let rule = match (given.steps, given.linear, given.yes, given.no, given.points) {
        (Some(steps), ..) => {
            let Some(below) = below else {
                return Err((
                    "steps",
                    format!("{code} 的 steps 之外没有 below（应写低于首档的分）"),
                ));
            };
            Some(ScoringRule::Steps { below: below.0, steps: pairs(steps) })
        }
        (_, Some(knots), ..) => Some(ScoringRule::Linear(pairs(knots))),
        (_, _, Some(yes), Some(no), _) => Some(ScoringRule::Fact { yes: yes.0, no: no.0 }),
        (_, _, Some(_), None, _) | (_, _, None, Some(_), _) => {
            return Err(("yes", format!("{code} 的 yes 与 no 缺一（应写两者的分）")));
        }
        (.., Some([least, most])) => Some(ScoringRule::Given { least: least.0, most: most.0 }),
        _ => None,
    };
    Ok(Criterion {
        code,
        name: given.name,
        under: given.under,
        weight: given.weight.map_or(rust_decimal::Decimal::ONE, |number| number.0),
        combine,
        rule,
        formula: given.formula,
        unit: given.unit,
        evidence: given.evidence,
        note: given.note,
    })
}
