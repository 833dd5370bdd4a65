//! What is known of the regions below one.

use std::sync::Arc;

use assessment::formula::Figures;
use assessment::region::{
    Asked as Method, Branch, Input, Question, Ranking, RollUp, method_of, order_of, rank, roll_up,
};
use methods::classes::{Class, quantiles};
use methods::ranking::{Movement, Order, Ties};
use publication::html::{MOST_CLASSES, MapClass, Moved, Ranked, RankedRegion, Whole};
use terms::{Facet, Indicator, Observation, RegionPlace};

use super::super::kept::head;
use super::super::visit::{Refusal, Visit};
use super::Asked;
use crate::figures::LedgerFigures;
use crate::regional;

/// What is known of the regions below the one that is asked for.
pub(super) fn ranked(visit: &Visit<'_>, asked: &Asked<'_>) -> Result<Arc<Ranked>, Refusal> {
    let (among, code) = (asked.among.code.clone(), asked.indicator.code.clone());
    visit.house.store.read(|ledger| {
        let key = (head(ledger)?, among, code, asked.facet, asked.period, asked.as_of);
        visit.house.compared.rankings.get_or(key, || {
            let figures = LedgerFigures::of(ledger, std::iter::empty()).known_on(Some(asked.as_of));
            let mut found = compared(&figures, asked, &visit.house.catalogue);
            figures.forget()?;
            let parts = asked.grounds.parts(&asked.among.code);
            found.boundaries =
                ledger.boundaries(parts.map(|part| part.code.as_str()), asked.as_of)?;
            Ok(found)
        })
    })
}

fn compared(figures: &dyn Figures, asked: &Asked<'_>, catalogue: &[Indicator]) -> Ranked {
    let Asked { indicator, facet, period, .. } = *asked;
    let regions: Vec<RegionPlace> = asked.grounds.parts(&asked.among.code).cloned().collect();
    let against = regional::against(None, period).ok();
    let question = |facet| Question {
        indicator,
        facet,
        per: None,
        period,
        // Where there is no year before, no place moved.
        against: against.unwrap_or(period),
        order: order_of(indicator).unwrap_or(Order::HighestFirst),
        ties: Ties::Competition,
    };
    let found = rank(figures, question(facet), &regions);
    let (growth, rolled) = match facet {
        Facet::Growth => (None, None),
        Facet::Level => {
            let branches: Vec<Branch> =
                regions.iter().map(|place| asked.grounds.branch(place)).collect();
            let rolled = method_of(indicator, catalogue, Method::default()).ok().map(|method| {
                let among = (asked.among.code.as_str(), branches.as_slice());
                roll_up(figures, (indicator, method), among, period)
            });
            (Some(rank(figures, question(Facet::Growth), &regions)), rolled)
        }
    };
    let series = |place: &RegionPlace| {
        let series = figures.series(&indicator.code, &place.code, facet)?;
        Some((place.clone(), series))
    };
    let in_order = found.places.iter().map(|one| &one.region);
    let others = found.unranked.iter().map(|one| &one.region);
    let figure = |code: &str| figures.series(&indicator.code, code, facet)?.at(period).cloned();
    let mut found = Ranked {
        unit: found.unit.clone(),
        series: in_order.chain(others).filter_map(series).collect(),
        unranked: found
            .unranked
            .iter()
            .map(|one| (one.region.clone(), one.reason.clone()))
            .collect(),
        lowest_first: order_of(indicator).map(|order| order == Order::LowestFirst),
        against,
        remarks: found.remarks.clone(),
        whole: rolled.as_ref().filter(|rolled| rolled.value.is_some()).map(whole),
        classes: Vec::new(),
        boundaries: Vec::new(),
        tree: Some(asked.grounds.tree(&asked.among, &figure)),
        regions: placed(found, growth.as_ref(), rolled.as_ref()),
    };
    let values: Vec<_> = found.regions.iter().map(|one| Some(one.value)).collect();
    let (classes, of) = quantiles(&values, MOST_CLASSES);
    let class = |Class { from, to, count }: Class| MapClass { from, to, count };
    found.classes = classes.into_iter().map(class).collect();
    for (one, class) in found.regions.iter_mut().zip(of) {
        one.class = class;
    }
    found
}

fn placed(found: Ranking, growth: Option<&Ranking>, rolled: Option<&RollUp>) -> Vec<RankedRegion> {
    let growth_of = |code: &str| {
        let known = growth?.places.iter().find(|one| one.region.code == code)?;
        Some(known.value)
    };
    let places = found.places.into_iter().map(|one| RankedRegion {
        growth: growth_of(&one.region.code),
        share: rolled.and_then(|rolled| rolled.share(&one.region.code)),
        place: one.region,
        class: None,
        rank: one.rank,
        moved: moved(one.movement),
        value: one.value,
        provisional: one.provisional,
        inputs: observations(one.inputs),
    });
    places.collect()
}

pub(super) fn observations(inputs: Vec<Input>) -> Vec<Observation> {
    inputs.into_iter().map(|input| input.observation).collect()
}

fn moved(movement: Movement) -> Moved {
    match movement {
        Movement::Up(by) => Moved::Up(by),
        Movement::Down(by) => Moved::Down(by),
        Movement::Same => Moved::Same,
        Movement::New => Moved::New,
    }
}

fn whole(rolled: &RollUp) -> Whole {
    Whole {
        method: rolled.method.chinese(),
        unit: rolled.unit.clone(),
        value: rolled.value,
        growth: rolled.growth.map(|(rate, _)| rate),
        present: rolled.coverage.present,
        all: rolled.coverage.all,
        official: rolled.official.clone(),
        gap: rolled.gap.as_ref().map(|gap| (gap.difference, gap.percent)),
    }
}
