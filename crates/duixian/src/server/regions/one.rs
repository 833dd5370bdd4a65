//! The page of one region.

use std::sync::Arc;

use assessment::formula::Figures;
use assessment::region::{Question, order_of, rank};
use methods::ranking::{Order, Ties};
use publication::html::{self, RegionIndicator, RegionPage};
use terms::{Day, Facet, Indicator, NATION, RegionPlace, Right, covers};

use super::super::reply::Reply;
use super::super::standing::{day_asked, standings};
use super::super::visit::{Refusal, Visit};
use super::grounds::grounds;
use super::ranked::observations;
use crate::figures::LedgerFigures;
use crate::standing;

/// The page of one region.
pub(in super::super) fn one(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let today = visit.today()?;
    let as_of = day_asked(visit, today)?;
    let grounds = grounds(visit, as_of)?;
    let place = grounds.places.get(visit.id).ok_or(Refusal::NotFound)?;
    if !visit.guest.may(Right::Read, &place.code, None) {
        return Err(Refusal::Forbidden(Right::Read));
    }
    let code = place.code.as_str();
    let targets = visit.house.store.read(|ledger| standing::targets(ledger, Some(code), None))?;
    let found = standing::latest_year(&targets, as_of)
        .map(|year| standings(visit, (code, year, as_of), &targets))
        .transpose()?;
    let indicators = beside_siblings(visit, code, as_of)?;
    let above = grounds.above(place);
    let below: Vec<RegionPlace> = grounds.parts(code).cloned().collect();
    let page = RegionPage {
        place,
        above: &above,
        below: &below,
        standings: found.as_ref().map(|found| (found.year, found.counts.as_slice())),
        indicators: &indicators,
        as_of,
        today,
    };
    Ok(Reply::page(html::region(visit.view, &page)))
}

/// The indicators of a region beside those of its siblings, each in the latest period of the region; where the guest may
/// not see the siblings, none.
pub(in super::super) fn beside_siblings(
    visit: &Visit<'_>,
    code: &str,
    as_of: Day,
) -> Result<Arc<[RegionIndicator]>, Refusal> {
    let grounds = grounds(visit, as_of)?;
    let Some(place) = grounds.places.get(code) else { return Ok(Vec::new().into()) };
    let above = place.parent.as_deref().unwrap_or(NATION);
    if !visit.guest.may(Right::Read, above, None) || !covers(above, &place.code) {
        return Ok(Vec::new().into());
    }
    let comparable = grounds.comparable(above);
    let own = grounds.observed.get(&place.code);
    let siblings: Vec<RegionPlace> = grounds.parts(above).cloned().collect();
    visit.house.store.read(|ledger| {
        let last = ledger.last_figures()?.map(|last| last.hash).unwrap_or_default();
        let key = (last, place.code.clone(), as_of);
        visit.house.compared.siblings.get_or(key, || {
            let figures = LedgerFigures::of(ledger, std::iter::empty()).known_on(Some(as_of));
            let known = visit.house.catalogue.iter().filter(|known| {
                comparable.contains_key(known.code.as_str())
                    && own.is_some_and(|own| own.contains(&known.code))
            });
            let found: Vec<RegionIndicator> = known
                .filter_map(|indicator| beside(&figures, indicator, place, &siblings))
                .collect();
            figures.forget()?;
            Ok(found)
        })
    })
}

fn beside(
    figures: &dyn Figures,
    indicator: &Indicator,
    place: &RegionPlace,
    siblings: &[RegionPlace],
) -> Option<RegionIndicator> {
    let series = figures.series(&indicator.code, &place.code, Facet::Level)?;
    let period = series.observations.last()?.period;
    let order = order_of(indicator);
    let question = Question {
        indicator,
        facet: Facet::Level,
        per: None,
        period,
        against: period,
        order: order.unwrap_or(Order::HighestFirst),
        ties: Ties::Competition,
    };
    let found = rank(figures, question, siblings);
    let mean = found.mean();
    let (of, unit) = (found.places.len(), found.unit.clone());
    let own = found.places.into_iter().find(|one| one.region.code == place.code)?;
    Some(RegionIndicator {
        code: indicator.code.clone(),
        name: indicator.name.clone(),
        period,
        value: own.value,
        unit,
        rank: order.map(|_| (own.rank, of)),
        mean,
        against_mean: mean.and_then(|mean| own.value.checked_sub(mean)),
        inputs: observations(own.inputs),
    })
}
