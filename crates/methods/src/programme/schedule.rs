//! When each roof is permitted, begun and connected, with so many crews.
//!
//! A roof waits for its permit, then for a crew, is built by one crew, and then waits for the grid. A crew that is free
//! takes, of the roofs that have their permit, the one that comes first in the order; where none has, it waits for the
//! next permit (list scheduling, Graham 1966). Permitted, begun and connected are counted apart, as reports do: only what
//! is connected counts as capacity.
//!
//! Days are counted from the beginning of the year and may pass its end: day 0.0 is 1 January, 0:00.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::load::MONTH_DAYS;
use super::span::{NoSpan, Span};

/// A roof to be built.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Work {
    /// When its permit is asked for, in days.
    pub asked: f64,
    /// From then to the permit.
    pub permit: Span,
    /// What one crew takes to build it.
    pub build: Span,
    /// From then to the connection.
    pub connect: Span,
}

/// Crews in each of the months from January on; the last number holds for later months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crews(Vec<u32>);

/// When the steps of a roof are done, in days.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Dates {
    /// The permit is there.
    pub permitted: f64,
    /// A crew begins.
    pub begun: f64,
    /// It is built.
    pub built: f64,
    /// It is on the grid.
    pub connected: f64,
}

/// Why there are no dates.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum NoSchedule {
    /// A span of a roof is none. Roofs count from 0.
    #[error("roof {0}: {1}")]
    Span(usize, NoSpan),
    /// The day on which a permit is asked for is no day from 0 to 10,000.
    #[error("roof {0}: asked for on day {1}, expected 0 to 10,000")]
    Asked(usize, f64),
    /// There are no crews, or none in the end.
    #[error("expected at least one crew in the last month, and no more than 10,000")]
    Crews,
}

impl Crews {
    /// Crews by month.
    ///
    /// # Errors
    /// Where the last month has none, so that nothing would ever be finished, or a month has more than 10,000.
    pub fn new(months: Vec<u32>) -> Result<Crews, NoSchedule> {
        let enough = months.last().is_some_and(|last| *last > 0);
        if enough && months.iter().all(|crews| *crews <= 10_000) {
            Ok(Crews(months))
        } else {
            Err(NoSchedule::Crews)
        }
    }

    fn most(&self) -> u32 {
        self.0.iter().copied().max().unwrap_or(0)
    }

    /// The first day from `day` on on which crew number `crew` is there; `None` where it never is again.
    fn there(&self, crew: u32, day: f64) -> Option<f64> {
        let last = self.0.len().saturating_sub(1);
        let mut begin = 0.0;
        for (month, crews) in self.0.iter().enumerate() {
            let end = begin + MONTH_DAYS.get(month % 12).copied().unwrap_or(31) as f64;
            if *crews > crew && (day < end || month == last) {
                return Some(day.max(begin));
            }
            begin = end;
        }
        None
    }
}

/// The dates of roofs in the order in which they are to come, when all goes as it usually does: each span is its median.
///
/// # Errors
/// When a span or day is out of range.
pub fn plan(works: &[Work], crews: &Crews) -> Result<Vec<Dates>, NoSchedule> {
    check(works)?;
    Ok(run(works, crews, |span| span.median(), 1.0))
}

pub(super) fn check(works: &[Work]) -> Result<(), NoSchedule> {
    for (at, work) in works.iter().enumerate() {
        for span in [work.permit, work.build, work.connect] {
            span.checked().map_err(|error| NoSchedule::Span(at, error))?;
        }
        if !(0.0..=10_000.0).contains(&work.asked) {
            return Err(NoSchedule::Asked(at, work.asked));
        }
    }
    Ok(())
}

/// The dates with spans as they are drawn, and all waiting for offices stretched by a factor.
pub(super) fn run(
    works: &[Work],
    crews: &Crews,
    mut days: impl FnMut(&Span) -> f64,
    stretch: f64,
) -> Vec<Dates> {
    let mut dates: Vec<Dates> = Vec::with_capacity(works.len());
    let mut builds = Vec::with_capacity(works.len());
    for work in works {
        let permitted = work.asked + days(&work.permit) * stretch;
        builds.push(days(&work.build));
        // The wait for the grid stands here until the building is known.
        let connected = days(&work.connect) * stretch;
        dates.push(Dates { permitted, connected, ..Dates::default() });
    }
    let mut waiting: Vec<usize> = (0..works.len()).collect();
    let permitted = |dates: &[Dates], at: usize| dates.get(at).map_or(0.0, |one| one.permitted);
    waiting.sort_by(|one, other| {
        permitted(&dates, *one).total_cmp(&permitted(&dates, *other)).then(one.cmp(other))
    });
    let mut waiting = waiting.into_iter().peekable();
    // Roofs with a permit by their place in the order; crews with nothing to do by their number; crews at work or away by
    // the day of their return.
    let mut ready: BinaryHeap<Reverse<usize>> = BinaryHeap::new();
    let mut idle: BinaryHeap<Reverse<u32>> = BinaryHeap::new();
    let mut away: BinaryHeap<Reverse<(Day, u32)>> = BinaryHeap::new();
    for crew in 0..crews.most() {
        away.extend(crews.there(crew, 0.0).map(|day| Reverse((Day(day), crew))));
    }
    let mut now = 0.0;
    loop {
        while !ready.is_empty() {
            let Some(Reverse(crew)) = idle.pop() else { break };
            let back = crews.there(crew, now);
            if back != Some(now) {
                away.extend(back.map(|day| Reverse((Day(day), crew))));
                continue;
            }
            let Some(Reverse(roof)) = ready.pop() else { break };
            if let (Some(dates), Some(build)) = (dates.get_mut(roof), builds.get(roof)) {
                dates.begun = now;
                dates.built = now + build;
                dates.connected += dates.built;
                let back = crews.there(crew, dates.built);
                away.extend(back.map(|day| Reverse((Day(day), crew))));
            }
        }
        let permit = waiting.peek().map(|at| permitted(&dates, *at));
        if permit.is_none() && ready.is_empty() {
            return dates;
        }
        let back = away.peek().map(|Reverse((Day(day), _))| *day);
        now = match (permit, back) {
            (Some(permit), Some(back)) => permit.min(back),
            (Some(day), None) | (None, Some(day)) => day,
            (None, None) => return dates,
        };
        while let Some(roof) = waiting.next_if(|at| permitted(&dates, *at) <= now) {
            ready.push(Reverse(roof));
        }
        while away.peek().is_some_and(|Reverse((Day(day), _))| *day <= now) {
            idle.extend(away.pop().map(|Reverse((_, crew))| Reverse(crew)));
        }
    }
}

/// A day that can be sorted by.
#[derive(Debug, Clone, Copy)]
struct Day(f64);

impl Ord for Day {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Day {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Day {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Day {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::random::Random;

    fn fixed(asked: f64, permit: f64, build: f64, connect: f64) -> Work {
        let [permit, build, connect] = [permit, build, connect].map(Span::Fixed);
        Work { asked, permit, build, connect }
    }

    fn crews(months: &[u32]) -> Crews {
        Crews::new(months.to_vec()).unwrap()
    }

    /// By hand: one crew; the second roof has its permit first and is begun, then the first of the order.
    #[test]
    fn a_free_crew_takes_the_first_roof_with_a_permit() {
        let works =
            [fixed(0.0, 20.0, 10.0, 5.0), fixed(0.0, 10.0, 15.0, 5.0), fixed(0.0, 12.0, 5.0, 0.0)];
        let dates = plan(&works, &crews(&[1])).unwrap();
        let begun: Vec<f64> = dates.iter().map(|one| one.begun).collect();
        assert_eq!(begun, [25.0, 10.0, 35.0]);
        let connected: Vec<f64> = dates.iter().map(|one| one.connected).collect();
        assert_eq!(connected, [40.0, 30.0, 40.0]);
        let dates = plan(&works, &crews(&[3])).unwrap();
        assert!(dates.iter().all(|one| one.begun == one.permitted));
    }

    #[test]
    fn crews_come_with_their_month() {
        // None in January, two from February on.
        let works = [fixed(0.0, 0.0, 10.0, 0.0); 3];
        let begun = |months: &[u32]| {
            plan(&works, &crews(months)).unwrap().iter().map(|one| one.begun).collect::<Vec<_>>()
        };
        assert_eq!(begun(&[0, 2]), [31.0, 31.0, 41.0]);
        // The second crew leaves with January; what it has begun it finishes.
        assert_eq!(begun(&[2, 1]), [0.0, 0.0, 10.0]);
        let long = [fixed(0.0, 0.0, 30.0, 0.0); 4];
        let dates = plan(&long, &crews(&[2, 1])).unwrap();
        let begun: Vec<f64> = dates.iter().map(|one| one.begun).collect();
        assert_eq!(begun, [0.0, 0.0, 30.0, 30.0]);
        let later = [fixed(40.0, 0.0, 30.0, 0.0); 2];
        let dates = plan(&later, &crews(&[2, 1])).unwrap();
        assert_eq!((dates[0].begun, dates[1].begun), (40.0, 70.0));
    }

    /// Against every day of the year: never more roofs at work than crews, none before its permit, and no crew idle while
    /// a roof with a permit waits.
    #[test]
    fn crews_are_neither_doubled_nor_idle() {
        let mut random = Random::new(5);
        for round in 0..60 {
            let count = 1 + (random.uniform() * 40.0) as usize;
            let works: Vec<Work> = (0..count)
                .map(|_| {
                    let mut days = |most: f64| (random.uniform() * most).floor();
                    fixed(days(60.0), days(90.0), 1.0 + days(20.0), days(30.0))
                })
                .collect();
            let number = 1 + round % 4;
            let dates = plan(&works, &crews(&[number])).unwrap();
            for day in 0..900 {
                let day = f64::from(day) + 0.5;
                let busy = dates.iter().filter(|one| one.begun <= day && day < one.built).count();
                let waits = dates.iter().any(|one| one.permitted <= day && day < one.begun);
                assert!(busy <= number as usize && (!waits || busy == number as usize));
            }
            for (work, one) in works.iter().zip(&dates) {
                assert!(one.permitted <= one.begun && one.built <= one.connected);
                assert_eq!(one.permitted, work.asked + work.permit.median());
            }
        }
    }

    #[test]
    fn what_cannot_be_is_told() {
        assert_eq!(Crews::new(vec![]), Err(NoSchedule::Crews));
        assert_eq!(Crews::new(vec![3, 0]), Err(NoSchedule::Crews));
        let wrong = fixed(0.0, -1.0, 1.0, 1.0);
        assert!(matches!(plan(&[wrong], &crews(&[1])), Err(NoSchedule::Span(0, _))));
        let wrong = fixed(f64::NAN, 1.0, 1.0, 1.0);
        assert!(matches!(plan(&[wrong], &crews(&[1])), Err(NoSchedule::Asked(0, _))));
        assert_eq!(plan(&[], &crews(&[1])), Ok(vec![]));
    }
}
