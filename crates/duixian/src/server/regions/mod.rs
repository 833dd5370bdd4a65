//! The regions as pages: those below one ranked and compared, and the page of one.

mod grounds;
mod one;
mod ranked;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ledger::LedgerError;
use publication::grid::Grid;
use publication::html::{self, Moved, Ranked, RegionIndicator, RegionsPage, Show};
use rust_decimal::Decimal;
use terms::{Day, Facet, Indicator, NATION, Period, RegionPlace, Right};

use super::ask::fault;
use super::kept::Kept;
use super::reply::Reply;
use super::standing::day_asked;
use super::visit::{Refusal, Visit};
use crate::regional;
use grounds::{Grounds, grounds};
use ranked::ranked;

pub(super) use one::{beside_siblings, one};

/// What is ranked: the ledger's last entry, the region above, indicator, facet, period, and the day as known on which.
type Key = (String, String, String, Facet, Period, Day);

/// What is known of regions, as was told before.
#[derive(Default)]
pub(super) struct Compared {
    /// By the ledger's last entry and the day.
    grounds: Kept<(String, Day), Grounds>,
    rankings: Kept<Key, Ranked>,
    /// By the ledger's last entry, the region, and the day as known on which.
    siblings: Kept<(String, String, Day), [RegionIndicator]>,
}

/// What an address asks.
struct Asked<'a> {
    grounds: Arc<Grounds>,
    among: RegionPlace,
    choices: Vec<RegionPlace>,
    indicator: &'a Indicator,
    indicators: Vec<&'a Indicator>,
    facet: Facet,
    period: Period,
    /// The period that was asked for, where there are no figures of it.
    unheard: Option<Period>,
    periods: Vec<Period>,
    as_of: Day,
    today: Day,
}

/// What an address asks; `None` where no region that the guest may see has parts with figures.
fn asked<'a>(visit: &Visit<'a>) -> Result<Option<Asked<'a>>, Refusal> {
    let today = visit.today()?;
    let as_of = day_asked(visit, today)?;
    let grounds = grounds(visit, as_of)?;
    let may = |code: &str| visit.guest.may(Right::Read, code, None);
    let above: BTreeSet<&str> = grounds
        .observed
        .keys()
        .filter_map(|code| grounds.places.get(code))
        .map(|place| place.parent.as_deref().unwrap_or(NATION))
        .filter(|code| may(code))
        .collect();
    let with: Vec<(&RegionPlace, usize)> = above
        .into_iter()
        .filter_map(|code| grounds.places.get(code))
        .map(|place| (place, grounds.comparable(&place.code).values().sum()))
        .filter(|(_, count)| *count > 0)
        .collect();
    let among = match visit.asked.get("among") {
        Some(code) => {
            let known = with.iter().find(|(place, _)| place.code == code);
            let expected = || {
                let codes: Vec<&str> = with.iter().map(|(place, _)| place.code.as_str()).collect();
                codes.join(" | ")
            };
            known.ok_or_else(|| fault("among", code, &expected()))?.0.clone()
        }
        None => match with.iter().rev().max_by_key(|(_, count)| *count) {
            Some((place, _)) => (*place).clone(),
            None => return Ok(None),
        },
    };
    let comparable = grounds.comparable(&among.code);
    let indicators: Vec<&Indicator> = visit
        .house
        .catalogue
        .iter()
        .filter(|known| comparable.contains_key(known.code.as_str()))
        .collect();
    let indicator = match visit.asked.get("indicator") {
        Some(code) => indicators.iter().find(|known| known.code == code).ok_or_else(|| {
            let codes: Vec<&str> = indicators.iter().map(|known| known.code.as_str()).collect();
            fault("indicator", code, &codes.join(" | "))
        })?,
        None => match indicators.first() {
            Some(first) => first,
            None => return Ok(None),
        },
    };
    let facet = match visit.asked.get("facet") {
        Some(word) => word.parse().map_err(|_| fault("facet", word, "level | growth"))?,
        None => Facet::Level,
    };
    let (mut facet, mut found) =
        (facet, periods(visit, &grounds, (&among, indicator, facet), as_of)?);
    if found.usual.is_none() {
        // Some indicators are published as growth alone.
        facet = Facet::Growth;
        found = periods(visit, &grounds, (&among, indicator, facet), as_of)?;
    }
    let Some(usual) = found.usual else { return Ok(None) };
    let (period, unheard) = match visit.asked.get("period") {
        // Who asks for another indicator with the form keeps the period, which that one may not have.
        Some(text) => match text.parse::<Period>() {
            Ok(period) if found.all.contains(&period) => (period, None),
            Ok(period) => (usual, Some(period)),
            Err(_) => return Err(fault("period", text, &usual.to_string()).into()),
        },
        None => (usual, None),
    };
    let choices = with.into_iter().map(|(place, _)| place.clone()).collect();
    Ok(Some(Asked {
        among,
        choices,
        indicator,
        indicators: indicators.clone(),
        facet,
        period,
        unheard,
        periods: found.all,
        as_of,
        today,
        grounds: Arc::clone(&grounds),
    }))
}

/// Periods of which there are figures.
struct Periods {
    /// The latest first.
    all: Vec<Period>,
    /// The latest of which at least half as many regions have figures as of any.
    usual: Option<Period>,
}

/// The periods of which parts of a region have figures. Where no growth is published, growth is computed from levels.
fn periods(
    visit: &Visit<'_>,
    grounds: &Grounds,
    (among, indicator, facet): (&RegionPlace, &Indicator, Facet),
    as_of: Day,
) -> Result<Periods, Refusal> {
    let counts = visit.house.store.read(|ledger| {
        let count = |facet| {
            let mut counts: BTreeMap<Period, usize> = BTreeMap::new();
            for part in grounds.parts(&among.code) {
                let series = ledger.series(&indicator.code, &part.code, facet, Some(as_of))?;
                for known in &series.observations {
                    *counts.entry(known.period).or_default() += 1;
                }
            }
            Ok::<_, LedgerError>(counts)
        };
        let own = count(facet)?;
        if own.is_empty() && facet == Facet::Growth { count(Facet::Level) } else { Ok(own) }
    })?;
    let most = counts.values().max().copied().unwrap_or_default();
    let usual = counts.iter().rev().find(|(_, count)| **count * 2 >= most);
    let usual = usual.map(|(period, _)| *period);
    Ok(Periods { all: counts.into_keys().rev().collect(), usual })
}

fn shown(
    asked: &Asked<'_>,
    page: impl FnOnce(&RegionsPage<'_>) -> String,
    visit: &Visit<'_>,
) -> Result<String, Refusal> {
    let show = match visit.asked.get("show") {
        Some(word) => Show::ALL
            .into_iter()
            .find(|show| show.as_str() == word)
            .ok_or_else(|| fault("show", word, &Show::ALL.map(Show::as_str).join(" | ")))?,
        None => Show::default(),
    };
    let own_scale = match visit.asked.get("scale") {
        Some("own") => true,
        Some(word) => return Err(fault("scale", word, "own").into()),
        None => false,
    };
    let found = ranked(visit, asked)?;
    let above = asked.grounds.above(&asked.among);
    Ok(page(&RegionsPage {
        among: &asked.among,
        above: &above,
        choices: &asked.choices,
        indicator: asked.indicator,
        indicators: &asked.indicators,
        facet: asked.facet,
        period: asked.period,
        periods: &asked.periods,
        as_of: asked.as_of,
        today: asked.today,
        show,
        own_scale,
        unheard: asked.unheard,
        found: &found,
    }))
}

/// The regions below one.
pub(super) fn list(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let page = match asked(visit)? {
        None => html::regions(visit.view, None),
        Some(asked) => shown(&asked, |page| html::regions(visit.view, Some(page)), visit)?,
    };
    Ok(Reply::page(page))
}

/// The ranking as comma-separated values.
pub(super) fn csv(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let asked = asked(visit)?.ok_or(Refusal::NotFound)?;
    let found = ranked(visit, &asked)?;
    let mut grid = Grid::of(&[
        "rank",
        "movement",
        "region",
        "name",
        "value",
        "unit",
        "growth_percent",
        "share_percent",
        "provisional",
        "vintage",
        "source",
        "reason",
    ]);
    let text = |number: Option<Decimal>| number.map(regional::exact).unwrap_or_default();
    for one in &found.regions {
        let movement = match one.moved {
            Moved::Up(by) => by.to_string(),
            Moved::Down(by) => format!("-{by}"),
            Moved::Same => "0".to_owned(),
            Moved::New => String::new(),
        };
        let first = one.inputs.first();
        grid.rows.push(vec![
            one.rank.to_string(),
            movement,
            one.place.code.clone(),
            one.place.name.clone(),
            regional::exact(one.value),
            found.unit.to_string(),
            text(one.growth),
            text(one.share),
            one.provisional.to_string(),
            first.map(|known| known.vintage.to_string()).unwrap_or_default(),
            first.map(|known| known.source.to_string()).unwrap_or_default(),
            String::new(),
        ]);
    }
    for (place, why) in &found.unranked {
        let mut row = vec![String::new(); grid.columns.len()];
        let cells = [(2, &place.code), (3, &place.name), (grid.columns.len() - 1, why)];
        for (at, cell) in cells {
            if let Some(place) = row.get_mut(at) {
                place.clone_from(cell);
            }
        }
        grid.rows.push(row);
    }
    let mut bytes = Vec::new();
    grid.csv(&mut bytes).map_err(|error| Refusal::Failed(error.to_string()))?;
    let name =
        format!("duixian-{}-{}-{}.csv", asked.indicator.code, asked.among.code, asked.period);
    Ok(Reply::attachment(bytes, "text/csv; charset=utf-8", &name))
}
