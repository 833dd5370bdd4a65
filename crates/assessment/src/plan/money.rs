//! Money of projects: what was planned and made, how that keeps up with the year, and sums over projects and funds.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use terms::{
    Day, FieldKind, FundingTotal, InvestmentRate, InvestmentTotal, InvestmentYear, Pace, PlanKind,
    PlanObject, ProjectProgress, Quantity, Unit,
};

use super::{ProjectPolicy, elapsed, shown};
use crate::object_figures;

/// The unit in which sums over projects are told.
const SUM: &str = "亿元";

/// The investment of each year that is told among these objects, earliest first; cancelled ones do not stand under a
/// project.
pub fn investment(
    below: &[&PlanObject],
    today: Day,
    policy: &ProjectPolicy,
) -> Vec<InvestmentYear> {
    let years = below.iter().filter(|own| own.kind.code == "project-year");
    let mut years: Vec<InvestmentYear> = years.filter_map(|own| year(own, today, policy)).collect();
    years.sort_by_key(|own| own.year);
    years
}

fn year(own: &PlanObject, today: Day, policy: &ProjectPolicy) -> Option<InvestmentYear> {
    let year = own.value("year").parse().ok()?;
    let (planned, actual) = (own.amount("planned"), own.amount("actual"));
    let through: Option<Day> = own.value("through").parse().ok();
    // Figures are held against the day through which they are known: an old figure is not behind, it is old.
    let on = through.filter(|day| *day <= today).unwrap_or(today);
    let rate = share(planned.as_ref(), actual.as_ref())
        .zip(elapsed(year, on))
        .map(|(rate, elapsed)| against(rate, elapsed, on, policy));
    let (code, cumulative) = (own.code.clone(), own.amount("cumulative"));
    Some(InvestmentYear { code, year, planned, actual, cumulative, through, rate })
}

/// One amount in percent of another; `None` of nothing, or where the two do not come together.
fn share(whole: Option<&Quantity>, part: Option<&Quantity>) -> Option<Decimal> {
    let (whole, part) = (whole?, part?);
    part.unit
        .convert(part.amount, &whole.unit)?
        .checked_mul(Decimal::ONE_HUNDRED)?
        .checked_div(whole.amount)
}

fn against(rate: Decimal, elapsed: Decimal, on: Day, policy: &ProjectPolicy) -> InvestmentRate {
    // The difference is that of the shares as they are shown, so that a reader who reckons finds it.
    let (rate, elapsed) = (shown(rate), shown(elapsed));
    let ahead = rate - elapsed;
    let pace = if ahead >= Decimal::ZERO {
        Pace::Ahead
    } else if -ahead <= policy.behind {
        Pace::Near
    } else if -ahead <= policy.far_behind {
        Pace::Behind
    } else {
        Pace::FarBehind
    };
    InvestmentRate { rate, elapsed, ahead, pace, on }
}

/// The investment of these projects in a year, added up.
pub fn total<'a>(
    projects: impl IntoIterator<Item = &'a ProjectProgress>,
    year: i16,
) -> InvestmentTotal {
    let (mut planned, mut actual) = (Vec::new(), Vec::new());
    let (mut plan_known, mut made_known) = (Vec::new(), Vec::new());
    let (mut count, mut stalled) = (0, 0);
    for project in projects {
        count += 1;
        stalled += usize::from(!project.stalled.is_empty());
        let Some(own) = project.year(year) else { continue };
        planned.extend(own.planned.clone());
        actual.extend(own.actual.clone());
        if let (Some(plan), Some(made)) = (&own.planned, &own.actual) {
            plan_known.push(plan.clone());
            made_known.push(made.clone());
        }
    }
    let rate = share(sum(&plan_known).as_ref(), sum(&made_known).as_ref()).map(shown);
    InvestmentTotal {
        projects: count,
        stalled,
        planned: sum(&planned),
        actual: sum(&actual),
        rate,
        without: count - plan_known.len(),
    }
}

/// The sum of amounts of money, in 亿元; `None` of none.
fn sum(all: &[Quantity]) -> Option<Quantity> {
    let (sum, unit) = (object_figures::sum(all)?, Unit::new(SUM));
    let amount = sum.unit.convert(sum.amount, &unit)?.normalize();
    Some(Quantity { amount, unit })
}

/// The funds that stand among these objects, by kind, in the order in which the kinds are known. Those that were refused
/// count as asked for and no more.
pub fn funding<'a>(below: impl IntoIterator<Item = &'a PlanObject>) -> Vec<FundingTotal> {
    let Some(kind) = PlanKind::named("funding") else { return Vec::new() };
    let mut by_source: BTreeMap<String, Vec<&PlanObject>> = BTreeMap::new();
    for own in below.into_iter().filter(|own| own.kind.code == kind.code) {
        by_source.entry(own.value("source").to_owned()).or_default().push(own);
    }
    let place = |source: &str| match kind.field("source").map(|field| field.kind) {
        Some(FieldKind::Choice(choices)) => choices.iter().position(|own| own.code == source),
        _ => None,
    };
    let mut totals: Vec<FundingTotal> = by_source
        .into_iter()
        .map(|(source, own)| {
            let of = |field: &str| {
                let amounts: Vec<Quantity> =
                    own.iter().filter_map(|object| object.amount(field)).collect();
                sum(&amounts)
            };
            let (requested, issued, paid) = (of("requested"), of("issued"), of("paid"));
            FundingTotal { source, requested, issued, paid }
        })
        .collect();
    totals.sort_by_key(|total| place(&total.source));
    totals
}

/// By how much a change order changes an amount, in the unit of what was before; negative where it lessens it.
pub fn change(order: &PlanObject) -> Option<Quantity> {
    let (before, after) = (order.amount("before")?, order.amount("after")?);
    let amount = after.unit.convert(after.amount, &before.unit)?.checked_sub(before.amount)?;
    Some(Quantity { amount: amount.normalize(), unit: before.unit })
}
