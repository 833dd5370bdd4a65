//! Units that do not fit what is measured.

use terms::{Basis, CheckCode, Dimension, DraftFinding, Kind, Statement};

use super::subject::Subject;
use super::{Check, error, quoted};

/// Endings of measures that are shares or growths themselves: their change is told in percentage points.
const RATES: &[&str] = &["增速", "增幅", "增长率", "比重", "占比"];

/// Words that tell a change of a rate.
const CHANGES: &[&str] = &["提高", "提升", "上升", "下降", "回落", "降低", "加快", "放缓"];

/// Words that compare with an earlier period.
const EARLIER: &[&str] = &["比上年", "较上年", "比去年", "较去年", "同比", "比年初", "较年初"];

/// Reports units that do not fit.
pub(super) fn check(check: &Check<'_>, found: &mut Vec<DraftFinding>) {
    for (statement, subject, _) in check.statements() {
        if statement.kind == Kind::Quantity {
            found.extend(dimension(check, statement, subject));
            found.extend(points(check, statement, subject));
        }
    }
}

/// An amount of an indicator in a unit that cannot be one of it.
fn dimension(check: &Check<'_>, statement: &Statement, subject: &Subject) -> Option<DraftFinding> {
    let unit = statement.unit.as_ref()?;
    let indicator = check.names.named(&statement.measure)?;
    let certain = subject.plain
        && subject.entity.is_none()
        && statement.indicator.is_none()
        && !matches!(unit.dimension(), Dimension::Unknown | Dimension::Ratio | Dimension::Rank);
    if !certain || indicator.admits(Some(unit), statement.basis) {
        return None;
    }
    // A count of the firms, projects or places of something is another figure of the same name, and so is its money.
    let own = terms::Unit::new(indicator.unit.as_str()).dimension();
    let confusable = [(own, unit.dimension()), (unit.dimension(), own)].iter().any(|pair| {
        matches!(
            pair,
            (
                Dimension::Yuan | Dimension::Share,
                Dimension::Area
                    | Dimension::Length
                    | Dimension::Volume
                    | Dimension::Mass
                    | Dimension::Energy
                    | Dimension::Power
            ) | (Dimension::Area, Dimension::Length)
                | (Dimension::Power, Dimension::Energy)
                | (Dimension::Volume, Dimension::Area)
                | (Dimension::Mass, Dimension::Volume)
        )
    });
    if !confusable {
        return None;
    }
    let message =
        format!("{}以“{unit}”计，应为“{}”一类的单位", quoted(&statement.measure), indicator.unit);
    let source = format!("指标目录：{}（{}）", indicator.name, indicator.unit);
    Some(error(CheckCode::Unit, statement.span, message, source))
}

/// Percent where percentage points are meant, and the other way round.
fn points(check: &Check<'_>, statement: &Statement, subject: &Subject) -> Option<DraftFinding> {
    let unit = statement.unit.as_ref()?;
    if statement.basis != Some(Basis::Growth) {
        return None;
    }
    let measure: &str = &statement.measure;
    let rate = RATES.iter().any(|end| measure.ends_with(end))
        || measure.ends_with('率') && !measure.ends_with("生产率");
    let value = statement.value.as_ref()?.to_string();
    let before = statement.quote.get(..statement.quote.rfind(&value)?)?;
    let finding = |message: String, right: &str| {
        let source = "比率之差以个百分点计，水平之变以%计".to_owned();
        let mut finding = error(CheckCode::Unit, statement.span, message, source);
        finding.suggestion = Some(format!("{value}{right}"));
        finding
    };
    let changed = CHANGES.iter().any(|word| before.ends_with(word));
    if rate && unit.as_str() == "%" && changed && EARLIER.iter().any(|word| before.contains(word)) {
        let message = format!("{}的变化写成{value}%，应以个百分点计", quoted(measure));
        return Some(finding(message, "个百分点"));
    }
    let indicator = check.names.indicator(&subject.name)?;
    let own = terms::Unit::new(indicator.unit.as_str()).dimension();
    let level = matches!(own, Dimension::Yuan | Dimension::Count | Dimension::Mass)
        && subject.plain
        && before.ends_with("增长");
    if level && unit.dimension() == Dimension::Points {
        let message = format!("{}增长{value}个百分点，水平的增长应以%计", quoted(measure));
        return Some(finding(message, "%"));
    }
    None
}
