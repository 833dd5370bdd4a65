//! What the ledger says to each statement: figures first, then adopted targets, then the reports that it has.

use rust_decimal::Decimal;
use terms::{
    Basis, CheckCode, Comparator, DraftFinding, Facet, Kind, Period, Role, Statement, Target,
    TargetFacet, Unit,
};

use super::number::{Agreement, agreement, point, within};
use super::subject::Subject;
use super::{Check, Known, earlier, error, quoted};
use crate::figure::Figure;

/// What the ledger says to a statement.
#[derive(Debug, Clone)]
pub(super) enum Held {
    /// The same, and where it says so.
    Agrees,
    /// Something else.
    Differs(Difference),
}

/// How a statement differs from what the ledger says.
#[derive(Debug, Clone)]
pub(super) struct Difference {
    pub(super) code: CheckCode,
    /// What the ledger says, in words.
    pub(super) known: String,
    /// Where it says so.
    pub(super) source: String,
    /// What could stand there instead.
    pub(super) suggestion: Option<String>,
}

/// Holds every statement against the ledger.
pub(super) fn hold(check: &Check<'_>) -> Vec<Option<Held>> {
    let Some(known) = check.known else { return vec![None; check.draft.statements.len()] };
    let reports = earlier::hold(check);
    let own = check.draft.statements.iter().zip(check.subjects).zip(reports);
    own.map(|((statement, subject), report)| {
        figure(known, statement, subject).or_else(|| promised(known, statement, subject)).or(report)
    })
    .collect()
}

/// Reports what differs.
pub(super) fn check(check: &Check<'_>, found: &mut Vec<DraftFinding>) {
    for (statement, _, held) in check.statements() {
        let Some(Held::Differs(difference)) = held else { continue };
        let told = told(statement);
        let message = format!("{}为{told}，{}", quoted(&statement.measure), difference.known);
        let mut finding =
            error(difference.code, statement.span, message, difference.source.clone());
        finding.suggestion = difference.suggestion.clone();
        found.push(finding);
    }
}

/// The figure of a statement in words.
pub(super) fn told(statement: &Statement) -> String {
    Figure::of(statement).map_or_else(|| statement.quote.to_string(), |figure| figure.to_string())
}

/// A result against the figure of its indicator.
fn figure(known: &Known<'_>, statement: &Statement, subject: &Subject) -> Option<Held> {
    let region = known.region?;
    let asked = statement.role == Role::Result
        && statement.kind == Kind::Quantity
        && subject.indicator
        && subject.entity.is_none()
        && !subject.other
        && statement.part_of_year().is_none();
    if !asked {
        return None;
    }
    let facet = match statement.basis? {
        Basis::Level | Basis::Increment => Facet::Level,
        Basis::Growth => Facet::Growth,
        Basis::Rank | Basis::Frequency => return None,
    };
    let period = Period::year_of(i16::try_from(statement.year?).ok()?)?;
    let series = known.figures.series(&subject.name, region, facet)?;
    let observation = series.at(period)?;
    let value = observation.value.as_ref()?.exact()?;
    let unit = statement.unit.as_ref()?;
    let source = format!(
        "台账数据：{} {} {}，{}（{}）",
        subject.name,
        period.chinese(),
        facet_name(facet),
        observation.source,
        observation.vintage
    );
    match in_unit(&observation.unit, value, unit) {
        Some(value) => Some(compared(statement, value, "台账为", source)),
        None => other_unit(statement, value, &observation.unit, "台账为", source),
    }
}

fn facet_name(facet: Facet) -> &'static str {
    match facet {
        Facet::Level => "水平",
        Facet::Growth => "增速",
    }
}

/// A known value in the unit of the text, with the decimals that it has.
fn in_unit(own: &Unit, value: Decimal, unit: &Unit) -> Option<Decimal> {
    match own == unit {
        true => Some(value),
        false => own.convert(value, unit).map(|value| value.normalize()),
    }
}

/// The known number in a unit that no factor joins with that of the text (微克/立方米, 毫克/立方米): a slip of the unit.
pub(super) fn other_unit(
    statement: &Statement,
    known: Decimal,
    own: &Unit,
    lead: &str,
    source: String,
) -> Option<Held> {
    let unit = statement.unit.as_ref()?;
    let measured = own.dimension() == terms::Dimension::Quotient;
    let slip = measured && own.dimension() == unit.dimension() && own != unit;
    (slip && point(statement, unit)? == known).then(|| {
        Held::Differs(Difference {
            code: CheckCode::Unit,
            known: format!("{lead}{known}{own}"),
            source,
            suggestion: Some(own.to_string()),
        })
    })
}

/// A statement against a single known value in its unit.
pub(super) fn compared(statement: &Statement, known: Decimal, lead: &str, source: String) -> Held {
    let (Some(unit), Some(comparator)) = (&statement.unit, statement.comparator) else {
        return Held::Agrees;
    };
    let Some(own) = point(statement, unit) else { return Held::Agrees };
    let growth = statement.basis == Some(Basis::Growth);
    let found = match (comparator, agreement(own, known)) {
        (_, Agreement::Agrees) => return Held::Agrees,
        (_, Agreement::Sign) if growth => CheckCode::Direction,
        (_, Agreement::Magnitude) if !growth => CheckCode::Unit,
        // 左右 has no agreed width.
        (Comparator::About | Comparator::Range, _) => return Held::Agrees,
        (comparator, _) if within(comparator, own, known) == Some(true) => return Held::Agrees,
        (_, Agreement::Rounded) => CheckCode::Rounding,
        _ if growth => CheckCode::Growth,
        _ => CheckCode::Level,
    };
    let written = written(known, unit, growth);
    let exact = comparator == Comparator::Equal && found != CheckCode::Unit;
    Held::Differs(Difference {
        code: found,
        known: format!("{lead}{written}"),
        source,
        suggestion: exact.then(|| rounded(statement, known, unit, growth)),
    })
}

fn written(value: Decimal, unit: &Unit, growth: bool) -> String {
    match (growth, value.is_sign_negative()) {
        (false, _) => format!("{value}{unit}"),
        (true, false) => format!("增长{value}{unit}"),
        (true, true) => format!("下降{}{unit}", -value),
    }
}

/// A known value with as many decimals as the text gives.
fn rounded(statement: &Statement, known: Decimal, unit: &Unit, growth: bool) -> String {
    let scale = statement.value.as_ref().and_then(terms::Amount::exact).map_or(0, |v| v.scale());
    let strategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    written(known.round_dp_with_strategy(scale, strategy), unit, growth)
}

/// The facet of a target that a statement is about.
pub(super) fn facet_of(statement: &Statement) -> Option<TargetFacet> {
    Some(match statement.basis? {
        Basis::Level => TargetFacet::Level,
        Basis::Growth => TargetFacet::Growth,
        Basis::Increment => TargetFacet::Increment,
        Basis::Rank => TargetFacet::Rank,
        Basis::Frequency => return None,
    })
}

/// Whether a target is of a statement's indicator, year and facet, and adopted.
pub(super) fn is_target_of(target: &Target, statement: &Statement, subject: &Subject) -> bool {
    subject.indicator
        && target.indicator == subject.name
        && statement.year == Some(i32::from(target.period.year()))
        && target.period.is_year()
        && facet_of(statement) == Some(target.facet)
}

/// A promise against the target that was adopted.
fn promised(known: &Known<'_>, statement: &Statement, subject: &Subject) -> Option<Held> {
    if statement.role != Role::Target || subject.entity.is_some() || subject.other {
        return None;
    }
    let mut differs = None;
    for target in known.targets.iter().filter(|target| is_target_of(target, statement, subject)) {
        let held = promise(known, statement, target)?;
        match held {
            Held::Agrees => return Some(held),
            Held::Differs(_) => differs = differs.or(Some(held)),
        }
    }
    differs
}

fn promise(known: &Known<'_>, statement: &Statement, target: &Target) -> Option<Held> {
    let unit = statement.unit.as_ref()?;
    let bound = target.on(known.day);
    let value = in_unit(&target.unit, bound.value, unit);
    let upper = bound.upper.map(|upper| in_unit(&target.unit, upper, unit));
    let growth = statement.basis == Some(Basis::Growth);
    let source =
        format!("下达的目标：{}（{} {}年）", target.code, target.indicator, target.period.year());
    let Some(value) = value else {
        return Some(Held::Differs(Difference {
            code: CheckCode::Unit,
            known: format!("下达的目标以“{}”计", target.unit),
            source,
            suggestion: None,
        }));
    };
    let ends = (|| {
        let figure = Figure::of(statement)?;
        match statement.upper {
            None => figure.point(unit).map(|value| (value, None)),
            Some(_) => {
                let range = figure.range(unit)?;
                Some((range.lower?.at, Some(range.upper?.at)))
            }
        }
    })();
    let (own, own_upper) = ends?;
    if own == value && own_upper == upper.flatten() {
        return Some(Held::Agrees);
    }
    let code = match agreement(own, value) {
        Agreement::Magnitude if !growth => CheckCode::Unit,
        Agreement::Sign if growth => CheckCode::Direction,
        _ if growth => CheckCode::Growth,
        _ => CheckCode::Level,
    };
    Some(Held::Differs(Difference {
        code,
        known: format!("下达的目标为{}", written(value, unit, growth)),
        source,
        suggestion: None,
    }))
}
