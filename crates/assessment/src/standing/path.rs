//! Where a figure should be by now, by the way earlier years went.

use methods::progress::Range;
use rust_decimal::Decimal;
use terms::{Dimension, KnownFigure, PathPoint, TargetFacet, Unit};

use super::course::{Course, at_end, ends};
use super::known::Facts;

/// Older years are not asked.
const MOST_YEARS: usize = 8;

/// The edge of what is wanted that has to be reached or kept below, and whether it is to be reached. `None` for corridors.
pub(super) fn edge(wanted: Range) -> Option<(Decimal, bool)> {
    match (wanted.lower, wanted.upper) {
        (Some(lower), None) => Some((lower.at, true)),
        (None, Some(upper)) => Some((upper.at, false)),
        _ => None,
    }
}

/// Where the figure should be by now. Of what adds up, and of stocks, the target times the usual share; of rates, the
/// target less the usual change to the end. Without earlier years, of what adds up the share of the calendar, of stocks a
/// straight line from the end of last year, of rates the target itself.
pub(super) fn path(facts: &Facts<'_>, wanted: Range, latest: &KnownFigure) -> Option<PathPoint> {
    let question = facts.question;
    let target = question.target;
    let (bound, rising) = edge(wanted)?;
    if !target.period.is_year() || bound.is_zero() || target.facet == TargetFacet::Rank {
        return None;
    }
    let unit = &target.unit;
    let actual = latest.unit.convert(latest.value.exact()?, unit)?;
    let at = (latest.period.year(), latest.period.last_month());
    let (series, rate) = match (target.facet, facts.course) {
        (TargetFacet::Growth, _) => (question.growth, true),
        (TargetFacet::Level, Course::Rate) => (question.level, true),
        _ => (question.level, false),
    };
    let added = target.facet == TargetFacet::Increment && facts.course != Course::Flow;
    let years = if added { Vec::new() } else { recent(ends(series, unit, at, rate)) };
    if target.facet == TargetFacet::Growth && years.is_empty() && facts.course == Course::Flow {
        return growth_by_level(facts, (bound, rising), latest, actual);
    }
    let calendar = Decimal::from(at.1).checked_div(Decimal::from(12))?;
    let (expected, share) = if rate {
        let change = match years.is_empty() {
            true => Decimal::ZERO,
            false => mean(&years, |early, end| end.checked_sub(early))?,
        };
        (bound.checked_sub(change)?, None)
    } else if years.is_empty() {
        match facts.course {
            Course::Flow => (bound.checked_mul(calendar)?, Some(calendar)),
            _ if added => (bound.checked_mul(calendar)?, Some(calendar)),
            _ => (line(facts, bound, calendar, unit)?, None),
        }
    } else {
        let share = mean(&years, |early, end| early.checked_div(end))?;
        (bound.checked_mul(share)?, Some(share))
    };
    point((bound, rising), actual, expected, share, years.len())
}

fn point(
    (bound, rising): (Decimal, bool),
    actual: Decimal,
    expected: Decimal,
    share: Option<Decimal>,
    years: usize,
) -> Option<PathPoint> {
    let apart = actual.checked_sub(expected)?.checked_mul(Decimal::ONE_HUNDRED)?;
    let ahead = apart.checked_div(bound.abs())?.round_dp(1);
    let digits = actual.scale().saturating_add(1);
    Some(PathPoint {
        expected: expected.round_dp(digits).normalize(),
        actual,
        share: share.map(|share| share.round_dp(4)),
        ahead: if rising { ahead } else { -ahead },
        years,
    })
}

/// The growth that the usual share of the year's level comes to by now, where earlier years published no growth.
fn growth_by_level(
    facts: &Facts<'_>,
    (bound, rising): (Decimal, bool),
    latest: &KnownFigure,
    actual: Decimal,
) -> Option<PathPoint> {
    let level = facts.question.level.at(latest.period)?;
    let at = (latest.period.year(), latest.period.last_month());
    let years = recent(ends(facts.question.level, &level.unit, at, true));
    let base = facts.comparable_base(latest.period, &level.unit)?;
    let now = level.value.as_ref()?.exact()?;
    let base_so_far = methods::growth::implied_previous(now, actual)?;
    let share = mean(&years, |early, end| early.checked_div(end))?;
    let factor = Decimal::ONE_HUNDRED.checked_add(bound)?.checked_div(Decimal::ONE_HUNDRED)?;
    let whole = base.checked_mul(factor)?.checked_mul(share)?;
    let expected = methods::growth::rate(whole, base_so_far)?;
    point((bound, rising), actual, expected, None, years.len())
}

fn recent(mut years: Vec<(Decimal, Decimal)>) -> Vec<(Decimal, Decimal)> {
    years.drain(..years.len().saturating_sub(MOST_YEARS));
    years
}

/// A straight line from the end of last year to the target.
fn line(facts: &Facts<'_>, bound: Decimal, calendar: Decimal, unit: &Unit) -> Option<Decimal> {
    let year = facts.question.target.period.year();
    let last = at_end(facts.question.level, year.checked_sub(1)?)?;
    let before = last.unit.convert(last.value.as_ref()?.exact()?, unit)?;
    before.checked_add(bound.checked_sub(before)?.checked_mul(calendar)?)
}

/// Where the figure should be after each month of the year that can be told: the months after which earlier years had
/// figures; of what adds up and without earlier years, every month by the calendar.
pub(super) fn track(facts: &Facts<'_>, wanted: Range) -> Vec<(u8, Decimal)> {
    let question = facts.question;
    let target = question.target;
    let series = match target.facet {
        TargetFacet::Growth => question.growth,
        TargetFacet::Level => question.level,
        TargetFacet::Increment if facts.course == Course::Flow => question.level,
        TargetFacet::Increment | TargetFacet::Rank => return Vec::new(),
    };
    let Some((bound, _)) = edge(wanted).filter(|_| target.period.is_year()) else {
        return Vec::new();
    };
    let rate = target.facet == TargetFacet::Growth || facts.course == Course::Rate;
    let after = |month: u8| {
        if month == 12 {
            return Some(bound);
        }
        let years = recent(ends(series, &target.unit, (target.period.year(), month), rate));
        if years.is_empty() {
            let adds_up = facts.course == Course::Flow && !rate;
            let any =
                series.observations.iter().any(|one| one.period.year() < target.period.year());
            let part = Decimal::from(month).checked_div(Decimal::from(12))?;
            return bound.checked_mul(part).filter(|_| adds_up && !any);
        }
        match rate {
            true => bound.checked_sub(mean(&years, |early, end| end.checked_sub(early))?),
            false => bound.checked_mul(mean(&years, |early, end| early.checked_div(end))?),
        }
    };
    let told = |month: u8| Some((month, after(month)?.round_dp(bound.scale().max(2))));
    (1..=12).filter_map(told).collect()
}

/// The mean over years of what each year's figures of the month and of the end come to.
fn mean(
    years: &[(Decimal, Decimal)],
    each: impl Fn(Decimal, Decimal) -> Option<Decimal>,
) -> Option<Decimal> {
    let sum = years
        .iter()
        .try_fold(Decimal::ZERO, |sum, (early, end)| sum.checked_add(each(*early, *end)?));
    sum?.checked_div(Decimal::from(years.len()))
}

/// Whether what adds up has already been decided: an upper bound that is passed, or a lower bound that is reached.
pub(super) fn decided(facts: &Facts<'_>, wanted: Range, latest: &KnownFigure) -> Option<bool> {
    let target = facts.question.target;
    let adds_up = facts.course == Course::Flow
        && matches!(target.facet, TargetFacet::Level | TargetFacet::Increment)
        && target.unit.dimension() != Dimension::Share;
    let actual = latest.unit.convert(latest.value.exact()?, &target.unit)?;
    let reached = |at: Decimal, included: bool| actual > at || included && actual == at;
    let over = wanted
        .upper
        .is_some_and(|upper| !(actual < upper.at || upper.included && actual == upper.at));
    if !adds_up {
        return None;
    }
    if over {
        return Some(false);
    }
    let lower = wanted.lower.filter(|_| wanted.upper.is_none())?;
    reached(lower.at, lower.included).then_some(true)
}
