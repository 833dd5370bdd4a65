//! Where targets stand on a day: met, on track, at risk, off track, missed, without data or not comparable, and why.
//!
//! A figure of the whole period decides. Before it is known, the chance of the target decides where the history is long
//! enough to tell one, else the distance from the path that earlier years took, else nothing is said. Which chance or
//! distance means what is data ([`Policy`]). The answer depends on the day, the figures known by then and the seed alone.

mod calibration;
mod course;
mod expected;
mod known;
mod outlook;
mod path;
mod policy;
#[cfg(test)]
mod tests;
mod turn;
mod words;
mod years;

use std::collections::BTreeMap;

use methods::progress::Range;
use rust_decimal::Decimal;
use terms::{
    Amount, Basis, Day, Indicator, IndicatorStanding, Modality, PathPoint, Redefinition, Series,
    Standing, Standings, Status, Target, TargetFacet, Unit,
};

pub use calibration::{Past, calibrate};
pub(crate) use expected::{Expected, expected, known_end};
pub use policy::{Behind, Chances, InvalidPolicy, Policy};
pub use turn::{turns, unlikely};

use crate::figure::{Figure, enough, hold};
use known::{Facts, NoFigure};

/// A question about one target.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The target.
    pub target: &'a Target,
    /// Its indicator.
    pub indicator: &'a Indicator,
    /// The levels that were known on the day, of the target's region.
    pub level: &'a Series,
    /// The published growth that was known on the day.
    pub growth: &'a Series,
    /// The day.
    pub as_of: Day,
    /// The borders between the statuses.
    pub policy: &'a Policy,
    /// The same seed gives the same futures.
    pub seed: u64,
}

/// Plans are adopted in spring: a change of definition that became known later than the end of this month of the target's
/// own year was not known to those who set the target.
const ADOPTED_BY: (u8, u8) = (3, 31);

/// Percent, the unit of growth.
fn percent() -> Unit {
    Unit::new("%")
}

/// Where a target stands.
pub fn stand(question: &Question<'_>) -> Standing {
    let Question { target, as_of, indicator, .. } = question;
    let bound = target.on(*as_of).clone();
    let facts = Facts::of(question);
    let mut standing = Standing {
        target: (*target).clone(),
        bound: bound.clone(),
        status: Status::Open,
        reason: String::new(),
        figure: None,
        path: None,
        outlook: None,
        without_outlook: String::new(),
    };
    let period = target.period;
    let begun = Day::new(period.year(), period.first_month(), 1).is_some_and(|day| day <= *as_of);
    if !begun {
        standing.reason = format!("{}还没有开始", period.chinese());
        years::judge(&facts, &bound, &mut standing);
        return standing;
    }
    let amount = Amount::Exact(bound.value);
    let upper = bound.upper.map(Amount::Exact);
    let promised = promised(target, (&amount, upper.as_ref()));
    let better = Some(indicator.better);
    standing.figure = facts.latest();
    let changed = redefined(question);
    match (facts.figure(period), changed) {
        (Ok(figure), None) => {
            let reported = Figure::observed(promised.basis, &figure.value, &figure.unit);
            let (status, why) = hold(&promised, &reported, better);
            standing.status = status;
            standing.reason = words::ended(&promised.to_string(), &figure, &why, target.strength);
            standing.figure = Some(figure);
        }
        (Ok(figure), Some(change)) => {
            standing.status = Status::NotComparable;
            standing.reason = words::redefined(&figure, change);
            standing.figure = Some(figure);
        }
        (Err(NoFigure::Unfit(why)), _) => {
            standing.status = Status::NoData;
            standing.reason = why;
        }
        (Err(NoFigure::Parted(why)), _) => {
            standing.status = Status::NotComparable;
            standing.reason = why;
        }
        (Err(NoFigure::None), Some(change)) if standing.figure.is_some() => {
            standing.status = Status::NotComparable;
            standing.reason = words::changed(change);
        }
        (Err(NoFigure::None), _) if is_over(period, *as_of) => {
            standing.status = Status::NoData;
            standing.reason = words::not_published(period, standing.figure.as_ref());
            look_ahead(&facts, &promised, &mut standing);
        }
        (Err(NoFigure::None), _) => {
            look_ahead(&facts, &promised, &mut standing);
            running(&facts, &promised, &mut standing);
        }
    }
    standing
}

/// Where the figure should be after each month of the target's year, in the unit of the target: the last of the year is
/// what is asked for. Empty where the target has no direction or is not for a year.
pub fn track(question: &Question<'_>) -> Vec<(u8, Decimal)> {
    let facts = Facts::of(question);
    let bound = question.target.on(question.as_of);
    let (amount, upper) = (Amount::Exact(bound.value), bound.upper.map(Amount::Exact));
    let promised = promised(question.target, (&amount, upper.as_ref()));
    range(&facts, &promised).map(|wanted| path::track(&facts, wanted)).unwrap_or_default()
}

fn promised<'a>(target: &'a Target, ends: (&'a Amount, Option<&'a Amount>)) -> Figure<'a> {
    let basis = match target.facet {
        TargetFacet::Level => Basis::Level,
        TargetFacet::Growth => Basis::Growth,
        TargetFacet::Increment => Basis::Increment,
        TargetFacet::Rank => Basis::Rank,
    };
    Figure::promised(target.comparator, basis, ends, &target.unit, Some(&target.indicator))
}

/// What changed in the definition since the target was set, if its level is asked for.
fn redefined<'a>(question: &Question<'a>) -> Option<&'a Redefinition> {
    let period = question.target.period;
    if question.target.facet == TargetFacet::Growth {
        return None;
    }
    let adopted = Day::new(period.year(), ADOPTED_BY.0, ADOPTED_BY.1)?;
    let applies = |change: &&Redefinition| {
        let from = (change.from.year(), change.from.first_month());
        change.known > adopted && from <= (period.year(), period.last_month())
    };
    question.level.redefinitions.iter().rev().find(applies)
}

fn is_over(period: terms::Period, as_of: Day) -> bool {
    let next = match period.last_month() {
        12 => Day::new(period.year().saturating_add(1), 1, 1),
        month => Day::new(period.year(), month + 1, 1),
    };
    next.is_some_and(|next| next <= as_of)
}

/// Fills in path and outlook.
fn look_ahead(facts: &Facts<'_>, promised: &Figure<'_>, standing: &mut Standing) {
    let Some(latest) = &standing.figure else {
        standing.without_outlook = "当年还没有数据".to_owned();
        return;
    };
    let Some(wanted) = range(facts, promised) else {
        standing.without_outlook = "目标没有确定的方向，不作预测".to_owned();
        return;
    };
    standing.path = path::path(facts, wanted, latest);
    match outlook::outlook(facts, wanted, latest) {
        Ok(outlook) => standing.outlook = Some(outlook),
        Err(why) => standing.without_outlook = why,
    }
}

/// Where the final figure has to lie, in the unit of the target.
fn range(facts: &Facts<'_>, promised: &Figure<'_>) -> Option<Range> {
    enough(promised, Some(facts.question.indicator.better)).ok()
}

/// Judges a period that is not over, or of which nothing final is known.
fn running(facts: &Facts<'_>, promised: &Figure<'_>, standing: &mut Standing) {
    let Question { policy, target, .. } = facts.question;
    let Some(latest) = standing.figure.clone() else {
        standing.status = Status::NoData;
        standing.reason = words::nothing_yet(target.period);
        return;
    };
    let certain = range(facts, promised).and_then(|range| path::decided(facts, range, &latest));
    let by_chance = standing.outlook.as_ref().map(|outlook| {
        let aim = target.strength == Some(Modality::Aim);
        judge_chance(outlook.probability, if aim { policy.aim } else { policy.firm })
    });
    let by_path = standing.path.as_ref().map(|path| judge_path(path, policy.behind));
    standing.status = match (certain, by_chance.or(by_path)) {
        (Some(true), _) => Status::Met,
        (Some(false), _) => Status::Missed,
        (None, Some(status)) => status,
        (None, None) => Status::NoData,
    };
    standing.reason = words::running(&words::Running {
        latest: &latest,
        promised: promised.to_string(),
        certain,
        path: standing.path.as_ref(),
        outlook: standing.outlook.as_ref(),
        without_outlook: &standing.without_outlook,
        rate: facts.course == course::Course::Rate || target.facet == TargetFacet::Growth,
        unit: &target.unit,
        strength: target.strength,
    });
}

fn judge_chance(chance: Decimal, chances: Chances) -> Status {
    if chance >= chances.on_track {
        Status::OnTrack
    } else if chance >= chances.at_risk {
        Status::AtRisk
    } else {
        Status::OffTrack
    }
}

fn judge_path(path: &PathPoint, behind: Behind) -> Status {
    let behind_by = -path.ahead;
    if behind_by <= behind.on_track {
        Status::OnTrack
    } else if behind_by <= behind.at_risk {
        Status::AtRisk
    } else {
        Status::OffTrack
    }
}

/// Gathers the targets of a region and a year by indicator and period, in the order of the catalogue.
pub fn gather(
    (as_of, region, year): (Day, &str, i16),
    catalogue: &[Indicator],
    standings: Vec<Standing>,
) -> Standings {
    let place = |code: &str| catalogue.iter().position(|known| known.code == code);
    let mut groups: BTreeMap<_, Vec<Standing>> = BTreeMap::new();
    for standing in standings {
        let target = &standing.target;
        let at = place(&target.indicator).unwrap_or(catalogue.len());
        groups.entry((at, target.indicator.clone(), target.period)).or_default().push(standing);
    }
    let indicators: Vec<IndicatorStanding> = groups
        .into_iter()
        .map(|((at, indicator, period), mut targets)| {
            targets.sort_by(|one, other| {
                (one.target.facet.as_str(), &one.target.code)
                    .cmp(&(other.target.facet.as_str(), &other.target.code))
            });
            let name =
                catalogue.get(at).map_or_else(|| indicator.clone(), |known| known.name.clone());
            let (status, disagreement) = words::together(&targets);
            IndicatorStanding { indicator, name, period, status, disagreement, targets }
        })
        .collect();
    let mut counts: Vec<(Status, usize)> = Vec::new();
    for status in Status::ALL {
        let found = indicators.iter().filter(|one| one.status == *status).count();
        if found > 0 {
            counts.push((*status, found));
        }
    }
    Standings { as_of, region: region.to_owned(), year, counts, indicators }
}
