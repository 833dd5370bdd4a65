//! The lines of the annex and of the workbook: a side (level or growth) of each indicator, with what was planned, what was
//! reached, and what follows from the two.

use ledger::Ledger;
use methods::growth::rate;
use publication::report::{IndicatorLine, Sourced};
use rust_decimal::{Decimal, RoundingStrategy};
use terms::{
    Amount, Basis, Bound, Comparator, Dimension, Direction, Facet, Indicator, IndicatorStatus,
    Modality, Period, Role, Standing, Statement, Status, Target, TargetFacet, Unit,
};

use super::ground::Ground;
use super::words;
use crate::error::Failure;

type Number = (Comparator, Sourced);

/// The lines in the order of the catalogue, or of the report where the ledger has no targets of the year.
pub(super) fn of(ledger: &Ledger, ground: &Ground) -> Result<Vec<IndicatorLine>, Failure> {
    if ground.standings.is_empty() {
        return Ok(reported(ground));
    }
    let mut lines = Vec::new();
    for indicator in &ground.standings {
        let standings = indicator.targets.iter();
        for standing in standings.filter(|one| one.target.facet != TargetFacet::Rank) {
            lines.push(judged(ledger, ground, &indicator.name, standing)?);
        }
    }
    Ok(lines)
}

/// A share in percent as reports write it.
pub(super) fn percent(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero)
}

/// The result over the target in percent; `None` where nothing is to be reached, as of an upper bound.
pub(super) fn completion(actual: Decimal, planned: Decimal) -> Option<Decimal> {
    let positive = planned > Decimal::ZERO && actual >= Decimal::ZERO;
    positive.then_some(())?;
    Some(percent(actual.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(planned)?))
}

/// The part of a year, without the year.
fn part(period: Period) -> String {
    let said = period.chinese();
    let year = format!("{}年", period.year());
    if period.is_year() { String::new() } else { said.replacen(&year, "", 1) }
}

fn field(code: &str) -> String {
    statement::field_of(code).map_or(String::new(), |field| field.chinese.to_owned())
}

fn name(name: &str, facet: TargetFacet) -> String {
    match facet {
        TargetFacet::Growth if !name.ends_with("增速") => format!("{name}增速"),
        TargetFacet::Increment if !name.starts_with("新增") && !name.contains("新增") => {
            format!("新增{name}")
        }
        _ => name.to_owned(),
    }
}

fn judged(
    ledger: &Ledger,
    ground: &Ground,
    indicator: &str,
    standing: &Standing,
) -> Result<IndicatorLine, Failure> {
    let target = &standing.target;
    let figure = standing.figure.as_ref().and_then(|known| {
        let value = known.unit.convert(known.value.exact()?, &target.unit)?;
        let from: Vec<String> = known.from.iter().map(words::source).collect();
        let derived =
            if known.derived.is_empty() { String::new() } else { format!("{}：", known.derived) };
        Some((value, format!("{derived}{}", from.join("；"))))
    });
    // Of shares there is neither a growth nor a completion.
    let share = target.unit.dimension() == Dimension::Share;
    let level = target.facet == TargetFacet::Level && !share;
    let mut previous = None;
    let mut growth = None;
    if let (true, Some(code), Some(known)) = (level, &ground.code, &standing.figure) {
        let series = ledger.series(&target.indicator, code, Facet::Level, Some(ground.as_of))?;
        let before = known.period.in_year(known.period.year() - 1);
        let found = before.and_then(|before| series.at(before));
        previous = found.and_then(|found| {
            let value = found.unit.convert(found.value.as_ref()?.exact()?, &target.unit)?;
            Some(Sourced {
                value: value.into(),
                upper: None,
                aim: false,
                source: words::source(found),
            })
        });
        // Only what may be compared has a growth.
        let comparable = assessment::growth_on_year(&series, known.period).is_ok();
        let base = previous.as_ref().and_then(|known| known.value.exact());
        if let (true, Some((value, _)), Some(base)) = (comparable, &figure, base) {
            growth = rate(*value, base).map(percent);
        }
    }
    let reaches = matches!(
        target.comparator,
        Comparator::AtLeast | Comparator::Above | Comparator::Equal | Comparator::About
    );
    let whole = level || target.facet == TargetFacet::Increment;
    let value = figure.as_ref().map(|(value, _)| *value);
    let next = adopted_next(ground, &target.indicator, target.facet, &target.unit);
    Ok(IndicatorLine {
        group: field(&target.indicator),
        name: name(indicator, target.facet),
        unit: target.unit.as_str().to_owned(),
        previous,
        target: planned(target, &standing.bound, &target.unit),
        completion: value
            .filter(|_| whole && reaches)
            .and_then(|value| completion(value, standing.bound.value)),
        difference: value
            .filter(|_| standing.bound.upper.is_none())
            .and_then(|value| value.checked_sub(standing.bound.value)),
        result: figure.map(|(value, source)| {
            (Comparator::Equal, Sourced { value: value.into(), upper: None, aim: false, source })
        }),
        part: standing.figure.as_ref().map_or(String::new(), |known| part(known.period)),
        growth,
        next,
        status: Some(standing.status),
        reason: standing.reason.clone(),
    })
}

/// What the adopted target of the next year asks for.
fn adopted_next(
    ground: &Ground,
    indicator: &str,
    facet: TargetFacet,
    unit: &Unit,
) -> Option<Number> {
    let of = |own: &&Target| own.indicator == indicator && own.facet == facet;
    let target = ground.next.iter().find(of)?;
    planned(target, target.on(ground.as_of), unit)
}

/// What a target asks for, in a unit.
fn planned(target: &Target, bound: &Bound, unit: &Unit) -> Option<Number> {
    let value = target.unit.convert(bound.value, unit)?;
    let upper = match bound.upper {
        Some(upper) => Some(Amount::from(target.unit.convert(upper, unit)?)),
        None => None,
    };
    let statement = if target.statement.is_empty() {
        String::new()
    } else {
        format!("，陈述 {}", target.statement)
    };
    let source = format!("目标 {}{statement}", target.code);
    let aim = target.strength == Some(Modality::Aim);
    Some((target.comparator, Sourced { value: value.into(), upper, aim, source }))
}

/// Lines from what reports state: of headline indicators first, then of others of which result and target are known.
fn reported(ground: &Ground) -> Vec<IndicatorLine> {
    let Some(report) = ground.report() else { return Vec::new() };
    let headline: &[IndicatorStatus] =
        report.headline.as_ref().map_or(&[], |headline| &headline.indicators);
    let mut lines: Vec<IndicatorLine> = Vec::new();
    let catalogue = statement::catalogue();
    for one in headline {
        let before = lines.len();
        if let Some(code) = &one.indicator {
            let known =
                Indicator::named(&catalogue, code).map_or(one.name.as_str(), |own| &own.name);
            for basis in [Basis::Level, Basis::Growth] {
                lines.extend(stated_line(ground, (code, known, basis), Some(one)));
            }
        }
        // An indicator without a number is told with its status.
        if lines.len() == before {
            lines.push(IndicatorLine {
                group: one.indicator.as_deref().map(field).unwrap_or_default(),
                name: one.name.clone(),
                unit: "—".to_owned(),
                previous: None,
                target: None,
                result: None,
                part: String::new(),
                completion: None,
                difference: None,
                growth: None,
                next: None,
                status: Some(one.status),
                reason: one.reason.clone().unwrap_or_default(),
            });
        }
    }
    let told = |code: &str| headline.iter().any(|one| one.indicator.as_deref() == Some(code));
    for indicator in catalogue.iter().filter(|own| !told(&own.code)) {
        for basis in [Basis::Level, Basis::Growth] {
            let line = stated_line(ground, (&indicator.code, &indicator.name, basis), None);
            lines.extend(line.filter(|line| {
                line.result.is_some() && (line.next.is_some() || line.target.is_some())
            }));
        }
    }
    lines
}

fn stated_line(
    ground: &Ground,
    (code, known, basis): (&str, &str, Basis),
    headline: Option<&IndicatorStatus>,
) -> Option<IndicatorLine> {
    let year = i32::from(ground.year);
    let one = |role, year| single(ground, code, basis, role, year);
    let (result, target, next) =
        (one(Role::Result, year), one(Role::Target, year), one(Role::Target, year + 1));
    let unit = result.as_ref().or(target.as_ref()).or(next.as_ref())?.1.clone();
    let same = |found: Option<(Number, Unit)>| {
        found.and_then(|((comparator, known), own)| {
            let value = converted(&known.value, &own, &unit)?;
            let upper = match &known.upper {
                Some(upper) => Some(converted(upper, &own, &unit)?),
                None => None,
            };
            Some((comparator, Sourced { value, upper, aim: known.aim, source: known.source }))
        })
    };
    let facet = if basis == Basis::Growth { TargetFacet::Growth } else { TargetFacet::Level };
    let (result, target) = (same(result), same(target));
    let next = adopted_next(ground, code, facet, &unit).or_else(|| same(next));
    let exact = |known: &Option<Number>| {
        let (comparator, known) = known.as_ref()?;
        let plain = known.upper.is_none();
        plain.then_some((*comparator, known.value.exact()?))
    };
    // A result that is itself a bound has no exact completion.
    let both = exact(&result)
        .filter(|(comparator, _)| *comparator == Comparator::Equal)
        .zip(exact(&target));
    let own = headline.and_then(|one| one.facets.iter().find(|own| own.facet == basis));
    let status = own.map(|own| own.status).or(headline.map(|one| one.status));
    let reason = own.and_then(|own| own.reason.clone());
    let reason = reason.or_else(|| headline?.reason.clone()).unwrap_or_default();
    Some(IndicatorLine {
        group: field(code),
        name: name(known, facet),
        unit: unit.as_str().to_owned(),
        previous: None,
        completion: both
            .filter(|(_, (comparator, _))| {
                basis == Basis::Level
                    && unit.dimension() != Dimension::Share
                    && matches!(
                        comparator,
                        Comparator::AtLeast | Comparator::Above | Comparator::Equal
                    )
            })
            .and_then(|((_, value), (_, planned))| completion(value, planned)),
        difference: both.and_then(|((_, value), (_, planned))| value.checked_sub(planned)),
        target,
        result: result.clone(),
        part: String::new(),
        growth: None,
        next,
        status: status.or(result.map(|_| Status::Reported)),
        reason,
    })
}

fn converted(value: &Amount, from: &Unit, to: &Unit) -> Option<Amount> {
    match value {
        Amount::Exact(value) => from.convert(*value, to).map(Amount::Exact),
        // What lost a digit stands as it is, or not at all.
        Amount::Lost(_) => (from == to).then(|| value.clone()),
    }
}

/// The number of the statements on one side of an indicator, where they agree.
fn single(
    ground: &Ground,
    code: &str,
    basis: Basis,
    role: Role,
    year: i32,
) -> Option<(Number, Unit)> {
    let fits = |own: &Statement| {
        own.indicator.as_deref() == Some(code)
            && own.basis == Some(basis)
            && own.role == role
            && own.year == Some(year)
            && own.part_of_year().is_none()
    };
    let mut found = ground.statements().filter(|(_, own)| fits(own));
    let (document, first) = found.next()?;
    let number =
        |own: &Statement| (own.value.clone(), own.upper.clone(), own.unit.clone(), own.direction);
    if found.any(|(_, other)| number(other) != number(first)) {
        return None;
    }
    let falls = basis == Basis::Growth && first.direction == Some(Direction::Down);
    let (value, upper, unit) = (first.value.clone()?, first.upper.clone(), first.unit.clone()?);
    let negative = |value: Amount| match value {
        Amount::Exact(value) => Some(Amount::Exact(-value)),
        Amount::Lost(_) => None,
    };
    let (value, upper, comparator) = if falls {
        let upper = match upper {
            Some(upper) => Some(negative(upper)?),
            None => None,
        };
        (negative(value)?, upper, first.comparator?.mirrored())
    } else {
        (value, upper, first.comparator?)
    };
    let aim = first.modality == Some(Modality::Aim);
    let title = document.profile.title.as_deref().unwrap_or(&document.name);
    let source = format!("《{title}》（文档 {}），陈述 {}", document.id, first.id);
    Some(((comparator, Sourced { value, upper, aim, source }), unit))
}
