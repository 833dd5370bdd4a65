//! Where the targets of a ledger stand: figures, targets and catalogue come together here.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use assessment::standing::{Policy, Question, gather, stand};
use assessment::warning::TargetStanding;
use ledger::{Ledger, LedgerError, PlanQuery};
use quick_cache::sync::Cache;
use terms::{Day, Facet, Indicator, PlanKind, Series, Standing, Standings, Target};

/// The seed of the futures that pages and warnings are made of, so that they agree and do not change when asked again.
pub(crate) const SEED: u64 = 1;

/// So many answers are remembered: of some thousand targets, those of two days.
const REMEMBERED: usize = 8192;

/// Tells where targets stand by one policy and one seed, and remembers what it told: what is asked again is only
/// computed where the target or a figure that it depends on has changed since.
pub(crate) struct Judge {
    policy: Policy,
    seed: u64,
    told: Cache<Ground, Standing>,
}

/// All that an answer depends on beside policy and seed.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Ground {
    /// The target written out: 1.0 and 1.00 are the same number, but not on a page.
    target: String,
    /// The last entry that wrote to its figures.
    figures: String,
    as_of: Day,
}

impl Default for Judge {
    fn default() -> Self {
        Judge::new(Policy::default(), SEED)
    }
}

/// The targets of a ledger that count: what is drafted or cancelled does not.
///
/// Targets and their adjustments are those that the ledger knew at a time (RFC 3339), or knows now; which adjustment holds
/// depends on its own day.
///
/// # Errors
/// Where the ledger cannot be read.
pub(crate) fn targets(
    ledger: &Ledger,
    region: Option<&str>,
    moment: Option<&str>,
) -> Result<Vec<Target>, LedgerError> {
    let Some(kind) = PlanKind::named("target") else { return Ok(Vec::new()) };
    let query = PlanQuery { region: region.map(str::to_owned), ..PlanQuery::default() };
    let counts = |state: &str| matches!(state, "adopted" | "closed");
    let mut found = Vec::new();
    for object in ledger.plan_objects(kind, &query, moment)? {
        if counts(&object.state) && region.is_none_or(|region| object.region == region) {
            found.extend(ledger.target(&object.code, moment)?);
        }
    }
    Ok(found)
}

/// The latest year that targets are about, of those that have begun by a day.
pub(crate) fn latest_year(targets: &[Target], as_of: Day) -> Option<i16> {
    let begun = |year: &i16| Day::new(*year, 1, 1).is_some_and(|first| first <= as_of);
    targets.iter().map(|target| target.period.year()).filter(begun).max()
}

impl Judge {
    /// A judge who has told nothing yet.
    pub(crate) fn new(policy: Policy, seed: u64) -> Self {
        Judge { policy, seed, told: Cache::new(REMEMBERED) }
    }

    /// Where the targets of a region and a year stand on a day.
    ///
    /// # Errors
    /// Where the ledger cannot be read.
    pub(crate) fn standings(
        &self,
        ledger: &Ledger,
        (region, year, as_of): (&str, i16, Day),
        targets: &[Target],
    ) -> Result<Standings, LedgerError> {
        let catalogue = statement::catalogue();
        let own = targets.iter().filter(|target| target.period.year() == year);
        let own: Vec<(&Target, &Indicator)> = own
            .filter_map(|target| Some((target, Indicator::named(&catalogue, &target.indicator)?)))
            .collect();
        let mut last: BTreeMap<&str, String> = BTreeMap::new();
        let mut grounds = Vec::with_capacity(own.len());
        for (target, _) in &own {
            let code = target.indicator.as_str();
            if !last.contains_key(code) {
                // Taken before the figures are read: what is written in between is then read again the next time.
                last.insert(code, ledger.last_of_series(code, region, as_of)?);
            }
            let figures = last.get(code).cloned().unwrap_or_default();
            grounds.push(Ground { target: format!("{target:?}"), figures, as_of });
        }
        let mut told: Vec<Option<Standing>> =
            grounds.iter().map(|ground| self.told.get(ground)).collect();
        let open: Vec<usize> =
            (0..own.len()).filter(|at| told.get(*at).is_some_and(Option::is_none)).collect();
        let mut known: BTreeMap<&str, (Series, Series)> = BTreeMap::new();
        for (target, _) in open.iter().filter_map(|at| own.get(*at)) {
            let code = target.indicator.as_str();
            if !known.contains_key(code) {
                let series = |facet| ledger.series(code, region, facet, Some(as_of));
                known.insert(code, (series(Facet::Level)?, series(Facet::Growth)?));
            }
        }
        let (policy, seed) = (&self.policy, self.seed);
        let question = |at: &usize| {
            let (target, indicator) = *own.get(*at)?;
            let (level, growth) = known.get(target.indicator.as_str())?;
            Some(Question { target, indicator, level, growth, as_of, policy, seed })
        };
        let questions: Vec<Question<'_>> = open.iter().filter_map(question).collect();
        for (at, standing) in open.iter().zip(all_stand(&questions)) {
            if let (Some(place), Some(ground)) = (told.get_mut(*at), grounds.get(*at)) {
                self.told.insert(ground.clone(), standing.clone());
                *place = Some(standing);
            }
        }
        let standings = told.into_iter().flatten().collect();
        Ok(gather((as_of, region, year), &catalogue, standings))
    }
}

/// The answers to questions in their order. Futures are simulated for each target, which all processors share.
fn all_stand(questions: &[Question<'_>]) -> Vec<Standing> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = questions.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = questions
            .chunks(share)
            .map(|part| (part, scope.spawn(|| part.iter().map(stand).collect::<Vec<_>>())))
            .collect();
        parts
            .into_iter()
            // What a thread could not do is done here, where it fails as it would have without threads.
            .flat_map(|(part, done)| {
                done.join().unwrap_or_else(|_| part.iter().map(stand).collect())
            })
            .collect()
    })
}

/// The status of every target that early warning may watch: of each region, those of the latest year that has begun.
///
/// # Errors
/// Where the ledger cannot be read.
pub(crate) fn for_warning(ledger: &Ledger, as_of: Day) -> Result<Vec<TargetStanding>, LedgerError> {
    let mut by_region: BTreeMap<String, Vec<Target>> = BTreeMap::new();
    for target in targets(ledger, None, None)? {
        by_region.entry(target.region.clone()).or_default().push(target);
    }
    let (judge, mut all) = (Judge::default(), Vec::new());
    for (region, targets) in &by_region {
        let Some(year) = latest_year(targets, as_of) else { continue };
        let asked = (region.as_str(), year, as_of);
        let found = judge.standings(ledger, asked, targets)?;
        for indicator in &found.indicators {
            all.extend(indicator.targets.iter().map(|one| TargetStanding {
                target: one.target.code.clone(),
                name: indicator.name.clone(),
                region: region.clone(),
                status: one.status.to_string(),
                sentence: one.reason.clone(),
            }));
        }
    }
    Ok(all)
}
