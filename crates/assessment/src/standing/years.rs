//! Levels that are promised for a later year, as five-year plans do: the pace so far against the pace that is asked for.
//!
//! The pace is compound for levels and a straight line for rates ([`methods::pace`]). It counts from the last year of the
//! five-year plan before, which ends with 0 or 5. Only whole years are held against each other; what the running year will
//! bring is not guessed.

use methods::pace::{linear, share_of_required};
use rust_decimal::Decimal;
use terms::{Amount, Bound, Observation, Standing, TargetFacet, Unit};

use super::course::{Course, at_end};
use super::known::{Facts, published};
use super::{judge_chance, words};

/// Judges a target whose year has not begun, where its base and a later year are known; else leaves it as it is.
pub(super) fn judge(facts: &Facts<'_>, bound: &Bound, standing: &mut Standing) {
    let target = facts.question.target;
    if target.facet != TargetFacet::Level || !target.period.is_year() {
        return;
    }
    let level = facts.question.level;
    let last = base_year(target.period.year());
    let Some(base) = at_end(level, last).filter(|base| whole(facts, base)) else { return };
    let years = level.observations.iter().map(|known| known.period.year());
    let latest = years
        .filter(|year| *year > last && *year < target.period.year())
        .filter_map(|year| at_end(level, year).filter(|known| whole(facts, known)))
        .next_back();
    let Some(latest) = latest else { return };
    if let Some(change) = level.redefined_between(base.period, latest.period) {
        standing.status = terms::Status::NotComparable;
        standing.reason = words::changed(change);
        return;
    }
    let Some(pace) = pace(facts, bound, base, latest) else { return };
    standing.figure = published(Some(latest)).ok();
    standing.status = judge_chance(pace, facts.question.policy.pace);
    standing.reason = words::pace(base, latest, pace);
}

/// The last year of the five-year plan before: of 2026 to 2030 that is 2025.
fn base_year(year: i16) -> i16 {
    (year - 1).div_euclid(5) * 5
}

/// Whether a figure tells a whole year, or how a stock stood at its end.
fn whole(facts: &Facts<'_>, known: &Observation) -> bool {
    known.period.is_year() || facts.course == Course::Stock
}

/// The pace so far as a part of the pace that is asked for; `None` where it cannot be told.
fn pace(
    facts: &Facts<'_>,
    bound: &Bound,
    base: &Observation,
    latest: &Observation,
) -> Option<Decimal> {
    let target = facts.question.target;
    let value = |known: &Observation, unit: &Unit| {
        known.unit.convert(known.value.as_ref().and_then(Amount::exact)?, unit)
    };
    let (start, now) = (value(base, &target.unit)?, value(latest, &target.unit)?);
    let span = |year: i16| u32::try_from(year - base.period.year()).ok();
    let (elapsed, all) = (span(latest.period.year())?, span(target.period.year())?);
    let wanted = bound.value;
    let share = match facts.course {
        Course::Rate => linear(start, now, elapsed)?.checked_div(linear(start, wanted, all)?)?,
        _ => share_of_required(start, (now, elapsed), (wanted, all))?,
    };
    Some(share.round_dp(4))
}
