//! The plan: which buildings, in which order, when, and how likely.

use std::collections::BTreeMap;

use methods::programme::chance::{Chance, Gain, Question, YearGain, chance, year_gain};
use methods::programme::choice::{Candidate, Choice, Limits, NoChoice, choose};
use methods::programme::schedule::{Dates, NoSchedule, Work, plan as dates_of};
use methods::programme::span::Span;

use super::assumptions::Assumptions;
use super::buildings::Building;
use super::offer::Offer;

/// Which side of the inverter counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    Ac,
    Dc,
}

/// What is minimised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Objective {
    Cost,
    Loss,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    /// Kilowatts.
    pub(crate) target: f64,
    pub(crate) counted: Counted,
    pub(crate) objective: Objective,
    /// Yuan.
    pub(crate) budget: Option<f64>,
    pub(crate) seed: u64,
}

/// A plan.
pub(crate) struct Plan {
    pub(crate) choice: Choice,
    /// The chosen offers in the order in which they come, with their dates.
    pub(crate) chosen: Vec<(usize, Dates)>,
    /// What they add when all goes as usual.
    pub(crate) year: YearGain,
    pub(crate) chance: Chance,
}

impl Asked {
    /// What an offer counts, in kilowatts.
    pub(crate) fn counts(&self, offer: &Offer) -> f64 {
        match self.counted {
            Counted::Ac => offer.ac_kw,
            Counted::Dc => offer.layout.dc_kw,
        }
    }
}

/// Makes the plan.
///
/// # Errors
/// In Chinese, where the target is out of reach or an assumption cannot be.
pub(crate) fn plan(
    buildings: &[Building],
    offers: &[Offer],
    feeders: &BTreeMap<String, f64>,
    assumed: &Assumptions,
    asked: &Asked,
) -> Result<Plan, String> {
    let names: Vec<&String> = feeders.keys().collect();
    let candidates: Vec<Candidate> = offers
        .iter()
        .map(|offer| {
            let spend = offer.investment - offer.grant;
            let feeder = buildings.get(offer.building).and_then(|one| one.feeder.as_ref());
            Candidate {
                gain: asked.counts(offer),
                price: match asked.objective {
                    Objective::Cost => spend,
                    Objective::Loss => -offer.worth.npv,
                },
                spend,
                area: offer.layout.usable,
                feeder: feeder.and_then(|feeder| names.binary_search(&feeder).ok()),
                draw: offer.ac_kw,
            }
        })
        .collect();
    let limits = Limits {
        target: asked.target,
        budget: asked.budget,
        area: None,
        feeders: feeders.values().copied().collect(),
    };
    let choice = choose(&candidates, &limits).map_err(|error| short(error, asked, &limits))?;
    // What costs least for its capacity comes first.
    let mut order: Vec<usize> = choice.chosen.clone();
    let rate = |at: &usize| {
        let rate = |one: &Candidate| one.spend / one.gain.max(f64::MIN_POSITIVE);
        candidates.get(*at).map_or(0.0, rate)
    };
    order.sort_by(|one, other| rate(one).total_cmp(&rate(other)).then(one.cmp(other)));
    let start = assumed.start()?;
    let (mut works, mut gains) = (Vec::new(), Vec::new());
    for offer in order.iter().filter_map(|at| offers.get(*at)) {
        let kind = buildings.get(offer.building).and_then(|one| assumed.kind.get(&one.kind));
        works.push(Work {
            asked: start,
            permit: kind.map_or(Span::Fixed(0.0), |kind| kind.permit()),
            build: assumed.build(offer.layout.dc_kw),
            connect: assumed.connect(),
        });
        let left = 1.0 - assumed.money.first_loss;
        gains.push(Gain {
            kw: asked.counts(offer),
            months: offer.flows.given.map(|kwh| kwh * left),
        });
    }
    let crews = assumed.crews()?;
    // The waits were checked when they were read: only a roof by itself can take too long.
    let wrong = |error| match error {
        NoSchedule::Span(at, _) => {
            let offer = order.get(at).and_then(|at| offers.get(*at));
            match offer.and_then(|offer| buildings.get(offer.building)) {
                Some(one) => {
                    format!("{}“{}”：施工超过 10000 天（屋顶面积是否有误）", one.place, one.name)
                }
                None => error.to_string(),
            }
        }
        _ => error.to_string(),
    };
    let dates = dates_of(&works, &crews).map_err(wrong)?;
    let year = year_gain(&dates, &gains);
    let question = Question {
        works: &works,
        gains: &gains,
        crews: &crews,
        target: asked.target,
        common: assumed.time.common,
        runs: assumed.time.runs,
        seed: asked.seed,
    };
    let chance = chance(&question).map_err(|error| format!("方案 time（{error}）"))?;
    let chosen = order.into_iter().zip(dates).collect();
    Ok(Plan { choice, chosen, year, chance })
}

/// Why a target is out of reach, and by how much.
fn short(error: NoChoice, asked: &Asked, limits: &Limits) -> String {
    let mw = |kw: f64| format!("{:.2} 兆瓦", kw / 1000.0);
    match error {
        NoChoice::Short { reached, most, all, spend, feeders } => {
            let target = asked.target;
            let mut said = match most < target {
                true => format!("达不到 {}：", mw(target)),
                false => format!("没有找到达到 {} 的组合，也没有证明没有：", mw(target)),
            };
            said.push_str(&format!("限制之内可达 {}，差 {}", mw(reached), mw(target - reached)));
            if all < target {
                said.push_str(&format!("；全部屋顶只有 {}（应增加建筑或降低目标）", mw(all)));
                return said;
            }
            if let Some(spend) =
                spend.filter(|spend| limits.budget.is_some_and(|most| *spend > most))
            {
                said.push_str(&format!("；预算应至少约 {:.0} 万元", spend / 1e4));
            }
            if feeders && !limits.feeders.is_empty() {
                said.push_str("；馈线都够时可以达到");
            }
            said
        }
        NoChoice::Limit => "目标、预算或馈线上限（应为零或更大的数）".to_owned(),
        NoChoice::Candidate(at) | NoChoice::Feeder(at) => {
            format!("第 {} 个屋顶的数不能用（{error}）", at + 1)
        }
    }
}
