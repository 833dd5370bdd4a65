//! What a report states as results, as observations: only what means one figure of one indicator, region and period.

use std::collections::HashMap;
use std::sync::Arc;

use terms::{
    Basis, Comparator, Day, Direction, Facet, FiledDocument, Indicator, Observation,
    ObservationStatus, Period, Region, Role, Statement, Unit,
};

/// A statement that became an observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Adopted {
    /// The statement's id.
    pub(crate) statement: String,
    /// The figure.
    pub(crate) observation: Observation,
}

/// A result with an indicator that became none, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Left {
    /// The statement's id.
    pub(crate) statement: String,
    /// Why, in Chinese.
    pub(crate) reason: String,
}

/// The observations that a document's results come to, known since `vintage`, and the results that come to none.
/// `region` takes the place of the region that the document names.
///
/// # Errors
/// Where no region is told, or the one that the document names is none.
pub(crate) fn of(
    document: &FiledDocument,
    catalogue: &[Indicator],
    vintage: Day,
    region: Option<&str>,
) -> Result<(Vec<Adopted>, Vec<Left>), String> {
    let named = document.profile.region.as_deref();
    let Some(named) = region.or(named) else {
        return Err("报告没有写明地区（请用 --region 指定）".to_owned());
    };
    let region: Arc<str> =
        Region::code_of(named).map_err(|error| format!("{error}；请用 --region 指定"))?.into();
    let known: HashMap<&str, &Indicator> =
        catalogue.iter().map(|indicator| (indicator.code.as_str(), indicator)).collect();
    let source: Arc<str> = document.profile.title.as_deref().unwrap_or(&document.name).into();
    let (mut adopted, mut left) = (Vec::new(), Vec::new());
    for statement in &document.statements {
        let Some(code) = statement.indicator.as_ref().filter(|_| statement.role == Role::Result)
        else {
            continue;
        };
        let Some(indicator) = known.get(&**code) else { continue };
        match read(statement, indicator) {
            Ok((facet, period, unit, value)) => adopted.push(Adopted {
                statement: statement.id.to_string(),
                observation: Observation {
                    indicator: Arc::clone(code),
                    region: Arc::clone(&region),
                    facet,
                    period,
                    vintage,
                    value: Some(value),
                    unit,
                    status: ObservationStatus::Normal,
                    source: Arc::clone(&source),
                    note: format!("陈述 {}", statement.id).into(),
                },
            }),
            Err(reason) => left.push(Left { statement: statement.id.to_string(), reason }),
        }
    }
    part_contradictions(&mut adopted, &mut left);
    Ok((adopted, left))
}

type Said = (Facet, Period, Unit, terms::Amount);

fn read(statement: &Statement, indicator: &Indicator) -> Result<Said, String> {
    let plain = |reason: &str| Err(reason.to_owned());
    if statement.entity.is_some() {
        return plain("说的是另一地区或对象");
    }
    if statement.comparator != Some(Comparator::Equal) {
        return plain("不是一个确定的数");
    }
    let (Some(value), Some(unit)) = (&statement.value, &statement.unit) else {
        return plain("没有数值");
    };
    let Some(year) = statement.year else { return plain("没有写明年份") };
    let period = i16::try_from(year).ok().and_then(Period::year_of);
    let Some(period) = period else { return plain("年份有误") };
    if let Some(word) = statement.part_of_year() {
        return Err(format!("句中有“{word}”，可能不是全年数"));
    }
    let facet = match statement.basis {
        Some(Basis::Level) => Facet::Level,
        Some(Basis::Growth) => Facet::Growth,
        _ => return plain("是增量、位次或频次，不是水平或增速"),
    };
    if Facet::of(indicator, unit) != Some(facet) {
        return Err(format!(
            "单位“{}”不是{}的单位（应为与“{}”同类的单位；增速用 %）",
            unit.as_str(),
            indicator.name,
            indicator.unit
        ));
    }
    let falls = facet == Facet::Growth && statement.direction == Some(Direction::Down);
    let value = match (falls, value.exact()) {
        (false, _) => value.clone(),
        (true, Some(exact)) => (-exact).into(),
        // A digit that is lost cannot carry a sign that the text does not write.
        (true, None) => return plain("下降的数字缺失"),
    };
    Ok((facet, period, unit.clone(), value))
}

/// Takes out figures of which the same report states different ones: which of them holds is not guessed. Of those that
/// agree the first stays.
fn part_contradictions(adopted: &mut Vec<Adopted>, left: &mut Vec<Left>) {
    let mut groups: HashMap<(Arc<str>, Facet, Period), Vec<Adopted>> = HashMap::new();
    let mut order = Vec::new();
    for one in adopted.drain(..) {
        let Observation { indicator, facet, period, .. } = &one.observation;
        let key = (Arc::clone(indicator), *facet, *period);
        if !groups.contains_key(&key) {
            order.push(key.clone());
        }
        groups.entry(key).or_default().push(one);
    }
    for key in order {
        let mut group = groups.remove(&key).unwrap_or_default().into_iter();
        let Some(first) = group.next() else { continue };
        let others: Vec<Adopted> = group.collect();
        let agrees = |other: &Adopted| agree(&first.observation, &other.observation);
        if others.iter().all(agrees) {
            let reason = format!("与陈述 {} 相同", first.statement);
            left.extend(
                others
                    .into_iter()
                    .map(|other| Left { statement: other.statement, reason: reason.clone() }),
            );
            adopted.push(first);
            continue;
        }
        let all: Vec<Adopted> = std::iter::once(first).chain(others).collect();
        let ids: Vec<&str> = all.iter().map(|one| one.statement.as_str()).collect();
        let reason = format!("同一报告说法不一：{}", ids.join("、"));
        left.extend(
            all.iter().map(|one| Left { statement: one.statement.clone(), reason: reason.clone() }),
        );
    }
}

fn agree(one: &Observation, other: &Observation) -> bool {
    let exact = |known: &Observation| known.value.as_ref().and_then(terms::Amount::exact);
    match (exact(one), exact(other)) {
        (Some(own), Some(value)) => {
            other.unit.convert(value, &one.unit).is_some_and(|value| value == own)
        }
        _ => one.value == other.value && one.unit == other.unit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "关于永康市2023年国民经济和社会发展计划执行情况与2024年计划草案的报告\n\
        一、2023年计划执行情况\n\
        全年地区生产总值740.5亿元，增长6.2%。一般公共预算收入67.1亿元，下降1.5%。\n\
        上半年规模以上工业增加值增长8.8%。\n\
        全社会用电量81.2亿千瓦时。全年全社会用电量82.2亿千瓦时。\n\
        常住人口97万人左右。\n\
        二、2024年计划安排\n\
        地区生产总值增长6.5%以上。\n";

    fn adopted() -> (Vec<String>, Vec<String>) {
        let document = document::read("报告.txt", REPORT.as_bytes()).unwrap();
        let statements = statement::extract(&document, &statement::catalogue());
        let filed = FiledDocument {
            id: document.hash[..8].to_owned(),
            hash: document.hash.clone(),
            name: document.name.clone(),
            size: document.size,
            encoding: document.encoding.clone(),
            profile: document.profile.clone(),
            text: document.text.clone(),
            blocks: Vec::new(),
            glossary: Vec::new(),
            repairs: Vec::new(),
            diagnostics: Vec::new(),
            imported_at: String::new(),
            imported_by: String::new(),
            headline: None,
            statements: statements.statements,
        };
        let catalogue = statement::catalogue();
        let vintage = Day::new(2024, 2, 1).unwrap();
        let (adopted, left) = of(&filed, &catalogue, vintage, None).unwrap();
        let said = |one: &Adopted| {
            let Observation { period, value, unit, region, .. } = &one.observation;
            format!("{region} {period} {}{}", value.as_ref().unwrap(), unit.as_str())
        };
        let reasons = left.into_iter().map(|one| one.reason).collect();
        (adopted.iter().map(said).collect(), reasons)
    }

    #[test]
    fn results_become_figures_and_what_is_not_certain_does_not() {
        let (adopted, left) = adopted();
        for expected in [
            "330784 2023 740.5亿元",
            "330784 2023 6.2%",
            "330784 2023 67.1亿元",
            "330784 2023 -1.5%",
        ] {
            assert!(adopted.iter().any(|one| one == expected), "{expected}: {adopted:?}");
        }
        assert!(
            !adopted.iter().any(|one| one.contains("8.8") || one.contains("6.5")),
            "{adopted:?}"
        );
        assert!(!adopted.iter().any(|one| one.contains("亿千瓦时")), "{adopted:?}");
        assert!(left.iter().any(|reason| reason.contains("上半年")), "{left:?}");
        assert!(left.iter().any(|reason| reason.starts_with("同一报告说法不一")), "{left:?}");
        assert!(left.iter().any(|reason| reason == "不是一个确定的数"), "{left:?}");
    }
}
