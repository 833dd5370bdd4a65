//! Where the targets stand, as pages.

use std::sync::Arc;

use assessment::formula::{Formula, Names};
use assessment::standing::{Policy, Question, track};
use ledger::{Ledger, LedgerError};
use publication::html::desk;
use publication::html::{self, IndicatorPage, StandingsPage};
use terms::{
    Day, Facet, FigureQuery, Indicator, Observation, Period, Right, Standings, Status, Target,
};

use super::ask::fault;
use super::house::House;
use super::kept::{self, Kept};
use super::reply::Reply;
use super::visit::{Refusal, Visit};
use crate::standing::{self, SEED};

/// Answers that were given, by the ledger's last entry, region, year and day: futures are simulated for each target.
pub(super) type Given = Kept<(String, String, i16, Day), Standings>;

/// The targets of a ledger, by the last entry that wrote plan objects.
pub(super) type Targets = Kept<String, [Target]>;

/// What an address asks, and what of it there is.
pub(super) struct Asked {
    pub(super) region: String,
    regions: Vec<String>,
    years: Vec<i16>,
    pub(super) year: i16,
    pub(super) as_of: Day,
    today: Day,
    pub(super) targets: Vec<Target>,
    names: desk::Names,
}

/// The list of indicators with a target.
pub(super) fn list(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let only = match visit.asked.get("status") {
        Some(word) => Some(word.parse::<Status>().map_err(|_| fault("status", word, "at-risk"))?),
        None => None,
    };
    let Some(asked) = asked(visit)? else {
        let today = visit.today()?;
        let page = StandingsPage {
            found: None,
            asked: html::Asked::default(),
            as_of: today,
            today,
            only,
            regions: &[],
            years: &[],
            names: &super::desk::regions(visit)?,
            figures: &[],
            beside: &[],
        };
        return Ok(Reply::page(html::standings(visit.view, &page)));
    };
    let found = found(visit, &asked)?;
    let page = StandingsPage {
        found: Some(&found),
        asked: kept(visit, &asked),
        as_of: asked.as_of,
        today: asked.today,
        only,
        regions: &asked.regions,
        years: &asked.years,
        names: &asked.names,
        figures: &two_years(visit, &asked)?,
        beside: &super::regions::beside_siblings(visit, &asked.region, asked.as_of)?,
    };
    Ok(Reply::page(html::standings(visit.view, &page)))
}

/// The figures of the region of the year and the year before, as they were known on the day.
fn two_years(visit: &Visit<'_>, asked: &Asked) -> Result<Vec<Observation>, Refusal> {
    let query = FigureQuery {
        regions: vec![asked.region.clone()],
        indicators: asked.targets.iter().map(|target| target.indicator.clone()).collect(),
        from: Period::year_of(asked.year - 1),
        to: Period::year_of(asked.year),
        as_of: Some(asked.as_of),
        ..FigureQuery::default()
    };
    Ok(visit.house.store.read(|ledger| ledger.figures(&query))?)
}

/// The indicators that a formula names.
fn parts<'a>(catalogue: &'a [Indicator], indicator: &Indicator) -> Vec<&'a Indicator> {
    let Ok(formula) = Formula::parse(&indicator.formula) else { return Vec::new() };
    let names = Names::of(catalogue);
    let mut parts: Vec<&Indicator> = Vec::new();
    for part in formula.names().into_iter().filter_map(|name| names.find(name)) {
        if !parts.iter().any(|known| known.code == part.code) {
            parts.push(part);
        }
    }
    parts
}

/// The page of an indicator.
pub(super) fn one(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let indicator = visit.house.catalogue.iter().find(|known| known.code == visit.id);
    let indicator = indicator.filter(|known| visit.house.shows(&known.code));
    let indicator = indicator.ok_or(Refusal::NotFound)?;
    let asked = match without_targets(visit, indicator)? {
        Some(asked) => asked,
        None => asked(visit)?.ok_or(Refusal::NotFound)?,
    };
    let found = found(visit, &asked)?;
    let standings: Vec<_> =
        found.indicators.iter().filter(|one| one.indicator == indicator.code).collect();
    let (code, region, as_of) = (indicator.code.as_str(), asked.region.as_str(), asked.as_of);
    let (level, growth, vintages) = visit.house.store.read(|ledger| {
        let series = |facet| ledger.series(code, region, facet, Some(as_of));
        let vintages = |facet| ledger.vintages(code, region, facet, Some(as_of));
        let mut all = vintages(Facet::Level)?;
        all.extend(vintages(Facet::Growth)?);
        Ok::<_, LedgerError>((series(Facet::Level)?, series(Facet::Growth)?, all))
    })?;
    let policy = Policy::default();
    let tracks = standings
        .iter()
        .flat_map(|group| &group.targets)
        .map(|one| {
            let target = &one.target;
            let (level, growth, policy) = (&level, &growth, &policy);
            let question = Question { target, indicator, level, growth, as_of, policy, seed: SEED };
            (target.code.clone(), track(&question))
        })
        .collect::<Vec<_>>();
    let assessment = visit.house.store.snapshot()?;
    let told: Vec<_> = assessment
        .documents
        .iter()
        .flat_map(|document| document.statements.iter().map(move |one| (document, one)))
        .filter(|(_, one)| one.statement.indicator.as_deref() == Some(code))
        .filter(|_| visit.house.shows_reports())
        .collect();
    let page = IndicatorPage {
        parts: &parts(&visit.house.catalogue, indicator),
        told: &told,
        indicator,
        standings: &standings,
        tracks: &tracks,
        series: [(Facet::Level, &level), (Facet::Growth, &growth)],
        vintages: &vintages,
        asked: kept(visit, &asked),
        region,
        year: asked.year,
        as_of,
        names: &asked.names,
    };
    Ok(Reply::page(html::indicator(visit.view, &page)))
}

/// What of an address goes without saying is left out of the addresses that are made of it.
pub(super) fn kept<'a>(visit: &'a Visit<'_>, asked: &'a Asked) -> html::Asked<'a> {
    html::Asked {
        region: visit.asked.get("region").map(|_| asked.region.as_str()),
        as_of: visit.asked.get("as_of").filter(|_| asked.as_of != asked.today),
        year: visit.asked.get("year").map(|_| asked.year),
    }
}

/// The targets that count, of all regions.
pub(super) fn targets(house: &House) -> Result<Arc<[Target]>, LedgerError> {
    house.store.read(|ledger| {
        let last = kept::hash_of(ledger, ledger.last_plan()?)?;
        house.targets.get_or(last, || standing::targets(ledger, None, None))
    })
}

pub(super) fn asked(visit: &Visit<'_>) -> Result<Option<Asked>, Refusal> {
    let today = visit.today()?;
    let as_of = day_asked(visit, today)?;
    let all = targets(visit.house)?;
    let all: Vec<Target> = all
        .iter()
        .filter(|target| visit.guest.may(Right::Read, &target.region, None))
        .filter(|target| visit.house.shows(&target.indicator))
        .cloned()
        .collect();
    let mut regions: Vec<String> = all.iter().map(|target| target.region.clone()).collect();
    regions.sort_unstable();
    regions.dedup();
    let region = match visit.asked.get("region") {
        Some(code) if regions.iter().any(|known| known == code) => code.to_owned(),
        Some(code) => return Err(fault("region", code, &regions.join(" | ")).into()),
        // The one with most targets is the ledger's own.
        None => {
            let count = |code: &&String| all.iter().filter(|one| one.region == **code).count();
            let Some(most) = regions.iter().rev().max_by_key(count) else { return Ok(None) };
            most.clone()
        }
    };
    let targets: Vec<Target> = all.into_iter().filter(|one| one.region == region).collect();
    let mut years: Vec<i16> = targets.iter().map(|target| target.period.year()).collect();
    years.sort_unstable();
    years.dedup();
    years.reverse();
    let year = match visit.asked.get("year") {
        Some(text) => {
            let known = text.parse().ok().filter(|year| years.contains(year));
            let expected = || years.iter().map(i16::to_string).collect::<Vec<_>>().join(" | ");
            known.ok_or_else(|| fault("year", text, &expected()))?
        }
        None => match standing::latest_year(&targets, as_of).or_else(|| years.last().copied()) {
            Some(year) => year,
            None => return Ok(None),
        },
    };
    let names = super::desk::regions(visit)?;
    Ok(Some(Asked { region, regions, years, year, as_of, today, targets, names }))
}

/// A page of an indicator in a region that has figures but no targets: the one that is asked for, or the first in a
/// ledger without targets. `None` where the region has targets, or is not there.
fn without_targets(visit: &Visit<'_>, indicator: &Indicator) -> Result<Option<Asked>, Refusal> {
    let wanted = visit.asked.get("region");
    let may = |region: &str| visit.guest.may(Right::Read, region, None);
    let is_wanted = |region: &str| wanted.is_none_or(|wanted| wanted == region);
    if targets(visit.house)?.iter().any(|target| is_wanted(&target.region) && may(&target.region)) {
        return Ok(None);
    }
    let observed = visit.house.store.read(Ledger::observed)?;
    let known = observed
        .into_iter()
        .find(|(code, region, ..)| *code == indicator.code && is_wanted(region) && may(region));
    let region = match (known, wanted) {
        (Some((_, region, ..)), _) => region,
        (None, Some(_)) => return Ok(None),
        (None, None) => String::new(),
    };
    let today = visit.today()?;
    let as_of = day_asked(visit, today)?;
    Ok(Some(Asked {
        region,
        regions: Vec::new(),
        years: Vec::new(),
        year: as_of.year(),
        as_of,
        today,
        targets: Vec::new(),
        names: super::desk::regions(visit)?,
    }))
}

/// The day as known on which is asked, today where none is told.
pub(super) fn day_asked(visit: &Visit<'_>, today: Day) -> Result<Day, Refusal> {
    match visit.asked.get("as_of") {
        Some(text) => Ok(text.parse().map_err(|_| fault("as_of", text, &format!("{today}")))?),
        None => Ok(today),
    }
}

fn found(visit: &Visit<'_>, asked: &Asked) -> Result<Arc<Standings>, Refusal> {
    standings(visit, (&asked.region, asked.year, asked.as_of), &asked.targets)
}

/// Where the targets of a region and a year stand on a day; the targets are all that the ledger has of the region.
pub(super) fn standings(
    visit: &Visit<'_>,
    wanted: (&str, i16, Day),
    targets: &[Target],
) -> Result<Arc<Standings>, Refusal> {
    given(visit.house, wanted, targets).map_err(Refusal::from)
}

/// The same, as it was told before or is computed now.
pub(super) fn given(
    house: &House,
    wanted: (&str, i16, Day),
    targets: &[Target],
) -> Result<Arc<Standings>, LedgerError> {
    let (region, year, as_of) = wanted;
    house.store.read(|ledger| {
        let key = (kept::head(ledger)?, region.to_owned(), year, as_of);
        house.given.get_or(key, || house.judge.standings(ledger, wanted, targets))
    })
}
