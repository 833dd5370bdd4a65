//! Proposals for next year's targets: from the trend of past years, the expected end of the running year, the multi-year
//! outline and the plan of the region above, with the relations between indicators kept, or told why they cannot be.
//!
//! Each indicator has a preferred value, the weighted mean of its grounds. Firm targets of the outline and of the region
//! above are bounds, what was never reached before is a ceiling, relations are linear conditions
//! ([`methods::balance`]); all of these are held exactly by the values on their steps. The quotient of two levels is not
//! linear in their growth: it is replaced by its tangent at the values found before, until the values keep the relation
//! itself.

mod bounds;
mod evidence;
mod relation;
mod settings;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;

use methods::balance::{self, Balance, Unbalanced, Unknown, settle};
use rust_decimal::{Decimal, RoundingStrategy};
use terms::{
    Better, Comparator, Day, Dimension, GivenWay, Indicator, Proposal, ProposalCondition,
    ProposalConflict, Proposals, Series, Target, TargetFacet,
};

use evidence::Evidence;
pub use settings::{Prices, Projects, Relation, Rule, Setting, Settings, Weights};

/// A question for proposals.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Code of the region.
    pub region: &'a str,
    /// The year that the targets are for.
    pub year: i16,
    /// What became known later is not used.
    pub as_of: Day,
    /// All indicators.
    pub catalogue: &'a [Indicator],
    /// What proposals are made by.
    pub settings: &'a Settings,
    /// Levels and growth by the indicator's code, as known on the day.
    pub figures: &'a BTreeMap<String, (Series, Series)>,
    /// Targets of the region: those of the year before, and of later years.
    pub own: &'a [Target],
    /// Targets of the year of regions above, the nearest first.
    pub superior: &'a [Target],
    /// What projects plan for the year, where there are any.
    pub projects: Option<&'a Projects>,
    /// The same seed gives the same forecasts.
    pub seed: u64,
}

/// Why there are no proposals, in Chinese.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoProposals {
    /// The settings do not suit the figures.
    #[error("{0}")]
    Settings(String),
    /// Numbers leave the range of exact decimals, or the solver gives up.
    #[error("{0}")]
    Failed(String),
}

/// A condition, in words and in numbers.
struct Condition {
    told: ProposalCondition,
    held: balance::Condition,
}

/// Tangents are moved so often.
const ROUNDS: usize = 6;

/// Makes the proposals.
///
/// # Errors
/// Where the settings do not suit the figures, numbers leave the range of exact decimals, or the solver gives up.
pub fn propose(question: &Question<'_>) -> Result<Proposals, NoProposals> {
    let mut unused = Vec::new();
    let known = gather(question, &mut unused);
    let unknowns: Vec<Unknown> = known
        .iter()
        .map(|one| {
            unknown(one).ok_or_else(|| words::out_of_range(one)).map_err(NoProposals::Failed)
        })
        .collect::<Result<_, _>>()?;
    let bounds = bounds::all(question, &known);
    let mut point: Vec<Decimal> = unknowns.iter().map(|one| one.preferred).collect();
    for _ in 0..ROUNDS {
        let (joined, left) =
            relation::all(question, &known, &point).map_err(NoProposals::Failed)?;
        let conditions: Vec<&Condition> = bounds.iter().chain(&joined).collect();
        let held: Vec<balance::Condition> =
            conditions.iter().map(|condition| condition.held.clone()).collect();
        let found = settle(&unknowns, &held).map_err(|why| unbalanced(&known, &why))?;
        let values = match &found {
            Balance::Settled { values, .. } => Some(values),
            Balance::Conflicting { .. } => None,
        };
        if let Some(values) = values
            && !relation::kept(question, &known, values).map_err(NoProposals::Failed)?
        {
            point.clone_from(values);
            continue;
        }
        unused.extend(left);
        return Ok(answer(question, &known, &conditions, found, unused));
    }
    Err(NoProposals::Settings(words::not_settled()))
}

fn unbalanced(known: &[Evidence<'_>], why: &Unbalanced) -> NoProposals {
    match why {
        Unbalanced::Unknown(number) => match known.get(*number) {
            Some(one) => NoProposals::Settings(words::no_step(one)),
            None => NoProposals::Failed(words::range()),
        },
        Unbalanced::Condition(_) | Unbalanced::Range => NoProposals::Failed(words::range()),
        Unbalanced::Solver(said) => NoProposals::Failed(words::gave_up(said)),
    }
}

/// What is known of each indicator that gets a proposal; the others are told.
fn gather<'a>(question: &Question<'a>, unused: &mut Vec<(String, String)>) -> Vec<Evidence<'a>> {
    let mut settings = question.settings.targets.clone();
    let last = question
        .own
        .iter()
        .filter(|target| target.period.is_year() && target.period.year() == question.year - 1);
    for target in last {
        let Some(indicator) = Indicator::named(question.catalogue, &target.indicator) else {
            continue;
        };
        if settings.iter().any(|known| known.indicator == indicator.code) {
            continue;
        }
        match of_target(target, question.as_of, indicator) {
            Some(setting) => settings.push(setting),
            None => unused.push((indicator.name.clone(), words::facet_unused(target.facet))),
        }
    }
    let mut known = Vec::new();
    for setting in settings {
        let Some(indicator) = Indicator::named(question.catalogue, &setting.indicator) else {
            continue;
        };
        let mut one = Evidence::of(question, setting, indicator);
        unused.append(&mut one.unused);
        if one.preferred().is_some() {
            known.push(one);
        } else {
            unused.push((indicator.name.clone(), words::nothing_known()));
        }
    }
    known
}

/// A new target is as fine as last year's, but no finer than a hundredth of it needs.
const FINEST: i64 = 100;

/// How a target is set that only last year's plan tells of.
fn of_target(target: &Target, as_of: Day, indicator: &Indicator) -> Option<Setting> {
    if !matches!(target.facet, TargetFacet::Level | TargetFacet::Growth) {
        return None;
    }
    let own = match target.facet {
        TargetFacet::Growth => terms::Unit::new("%"),
        _ => terms::Unit::new(indicator.unit.as_str()),
    };
    let value = target.unit.convert(target.on(as_of).value, &own)?.normalize();
    let mut step = Decimal::new(1, value.scale());
    while let Some(coarser) = step.checked_mul(Decimal::TEN) {
        let whole = value.checked_rem(coarser).is_some_and(|rest| rest.is_zero());
        let fine = coarser.checked_mul(FINEST.into()).is_some_and(|most| most <= value.abs());
        if !whole || !fine {
            break;
        }
        step = coarser;
    }
    Some(Setting {
        indicator: indicator.code.clone(),
        facet: target.facet,
        step,
        weight: Decimal::ONE,
        comparator: None,
        strength: None,
        ceiling: true,
    })
}

/// What is looked for, with limits that no sensible target leaves.
fn unknown(known: &Evidence<'_>) -> Option<Unknown> {
    let preferred = known.preferred()?;
    let step = known.setting.step;
    let wide = preferred.abs().checked_mul(Decimal::TEN)?;
    let wide = wide.checked_add(step.checked_mul(Decimal::ONE_HUNDRED)?)?;
    let (lower, upper) = match known.setting.facet {
        TargetFacet::Growth => (-Decimal::ONE_HUNDRED, wide.max(Decimal::ONE_HUNDRED)),
        _ if known.unit.dimension() == Dimension::Share && preferred >= Decimal::ZERO => {
            (Decimal::ZERO, Decimal::ONE_HUNDRED)
        }
        _ if preferred >= Decimal::ZERO => (Decimal::ZERO, wide),
        _ => (-wide, wide),
    };
    Some(Unknown { preferred, weight: known.setting.weight, step, lower, upper })
}

/// A value on its steps.
fn stepped(value: Decimal, step: Decimal) -> Option<Decimal> {
    let steps = value.checked_div(step)?;
    steps.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).checked_mul(step)
}

fn answer(
    question: &Question<'_>,
    known: &[Evidence<'_>],
    conditions: &[&Condition],
    found: Balance,
    unused: Vec<(String, String)>,
) -> Proposals {
    let given = |(condition, by): (usize, Decimal)| GivenWay { condition, by: by.normalize() };
    let told: Vec<ProposalCondition> =
        conditions.iter().map(|condition| condition.told.clone()).collect();
    let (values, binding, conflicts, relaxed) = match found {
        Balance::Settled { values, binding } => (Some(values), binding, Vec::new(), Vec::new()),
        Balance::Conflicting { conflicts, relaxed } => {
            let conflicts = conflicts
                .into_iter()
                .map(|conflict| {
                    let remedies: Vec<GivenWay> =
                        conflict.remedies.into_iter().map(given).collect();
                    let explanation = words::conflict(&told, &conflict.members, &remedies);
                    ProposalConflict { members: conflict.members, remedies, explanation }
                })
                .collect();
            match relaxed {
                Some(relaxed) => {
                    let by = relaxed.by.into_iter().map(given).collect();
                    (Some(relaxed.values), relaxed.binding, conflicts, by)
                }
                None => (None, Vec::new(), conflicts, Vec::new()),
            }
        }
    };
    let settled = conflicts.is_empty();
    let proposals = known
        .iter()
        .enumerate()
        .filter_map(|(number, one)| {
            let value = values.as_ref().and_then(|values| values.get(number)).copied();
            let own = binding.iter().filter(|(unknown, _)| *unknown == number);
            let binding: Vec<usize> = own.map(|(_, condition)| *condition).collect();
            proposal(one, value.map(|value| value.normalize()), binding, &told, settled)
        })
        .collect();
    Proposals {
        as_of: question.as_of,
        region: question.region.to_owned(),
        year: question.year,
        proposals,
        conditions: told,
        conflicts,
        relaxed,
        unused,
    }
}

fn proposal(
    known: &Evidence<'_>,
    value: Option<Decimal>,
    binding: Vec<usize>,
    conditions: &[ProposalCondition],
    settled: bool,
) -> Option<Proposal> {
    let preferred = known.preferred()?;
    let wanted = stepped(preferred, known.setting.step)?.normalize();
    let usual = match known.indicator.better {
        Better::Higher => Comparator::AtLeast,
        Better::Lower => Comparator::AtMost,
        Better::Within => Comparator::About,
    };
    let last = known.last.map(|target| target.comparator);
    let last = last.filter(|comparator| *comparator != Comparator::Range);
    let why: Vec<&ProposalCondition> =
        binding.iter().filter_map(|condition| conditions.get(*condition)).collect();
    let reason = words::reason(known, (preferred, wanted), value, &why, settled);
    Some(Proposal {
        indicator: known.indicator.code.clone(),
        name: known.indicator.name.clone(),
        facet: known.setting.facet,
        unit: known.unit.clone(),
        outcomes: known.outcomes.clone(),
        expected: known.expected.clone(),
        without_expected: known.without_expected.clone(),
        grounds: known.grounds.clone(),
        outline: known.outline.clone(),
        preferred,
        step: known.setting.step,
        value,
        comparator: known.setting.comparator.or(last).unwrap_or(usual),
        strength: known.setting.strength.or(known.last.and_then(|target| target.strength)),
        binding,
        reason,
    })
}
