//! How likely the capacity is reached by the end of the year, when permits and buildings take as long as they may.
//!
//! The year is simulated many times (Monte Carlo) with times drawn for each roof; crews go where a permit is. Delays that
//! meet all roofs together, as an office that is short of people, are one factor a year: without it the futures would lie
//! too close to each other, as single delays average out over many roofs.

use super::load::MONTH_DAYS;
use super::schedule::{Crews, Dates, NoSchedule, Work, check, run};
use super::span::normal_quantile;
use crate::forecast::Distribution;
use crate::forecast::random::Random;

/// What a roof adds once it is connected.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Gain {
    /// Kilowatts.
    pub kw: f64,
    /// Kilowatt-hours of each full month.
    pub months: [f64; 12],
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Roofs in the order in which they are to come.
    pub works: &'a [Work],
    /// What each adds.
    pub gains: &'a [Gain],
    /// Crews by month.
    pub crews: &'a Crews,
    /// Kilowatts to be connected by the end of the year.
    pub target: f64,
    /// Standard deviation of the logarithm of the factor by which all waiting for permits and connections of a year is
    /// longer or shorter.
    pub common: f64,
    /// How often the year is simulated.
    pub runs: u32,
    /// The same seed gives the same answer on every machine.
    pub seed: u64,
}

/// The number below which 10, 50 and 90 % of the futures lie.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Fan {
    /// 10 %.
    pub p10: f64,
    /// 50 %.
    pub p50: f64,
    /// 90 %.
    pub p90: f64,
}

/// How the year may go.
#[derive(Debug, Clone, PartialEq)]
pub struct Chance {
    /// The share of the futures in which the target is reached. As few of them cannot rule anything out, half a future is
    /// added to each side.
    pub reached: f64,
    /// Kilowatts connected at the end of each month.
    pub capacity: [Fan; 12],
    /// Kilowatt-hours from each roof's connection to the end of the year.
    pub energy: Fan,
}

/// Why there is no chance.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum NoChance {
    /// The roofs have no dates.
    #[error(transparent)]
    Schedule(#[from] NoSchedule),
    /// There are other gains than roofs, or one is below zero.
    #[error("expected a gain from zero up for each roof")]
    Gains,
    /// No run was asked for, or too many.
    #[error("expected 1 to 100,000 runs, and a common spread from 0 to 2")]
    Runs,
}

/// Kilowatts and kilowatt-hours of a year with given dates.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct YearGain {
    /// Kilowatts connected at the end of each month.
    pub capacity: [f64; 12],
    /// Kilowatt-hours of each month, from the connections on.
    pub energy: [f64; 12],
}

/// What roofs with these dates add within the year; a roof that is connected in a month gives that part of it.
pub fn year_gain(dates: &[Dates], gains: &[Gain]) -> YearGain {
    let mut found = YearGain::default();
    for (dates, gain) in dates.iter().zip(gains) {
        let mut begin = 0.0;
        for (month, days) in MONTH_DAYS.iter().enumerate() {
            let days = *days as f64;
            let part = ((begin + days - dates.connected) / days).clamp(0.0, 1.0);
            if dates.connected <= begin + days
                && let Some(capacity) = found.capacity.get_mut(month)
            {
                *capacity += gain.kw;
            }
            let energy = found.energy.get_mut(month).zip(gain.months.get(month));
            if let Some((sum, whole)) = energy {
                *sum += whole * part;
            }
            begin += days;
        }
    }
    found
}

/// Simulates the year.
///
/// # Errors
/// When a number is out of range.
pub fn chance(question: &Question<'_>) -> Result<Chance, NoChance> {
    let Question { works, gains, crews, target, common, runs, seed } = *question;
    check(works)?;
    let positive = |number: &f64| *number >= 0.0 && number.is_finite();
    let sound = |gain: &Gain| positive(&gain.kw) && gain.months.iter().all(positive);
    if gains.len() != works.len() || !gains.iter().all(sound) {
        return Err(NoChance::Gains);
    }
    if !(1..=100_000).contains(&runs) || !(0.0..=2.0).contains(&common) {
        return Err(NoChance::Runs);
    }
    let mut random = Random::new(seed);
    let mut capacity: [Vec<f64>; 12] = Default::default();
    let mut energy = Vec::new();
    let mut reached = 0_u32;
    for _ in 0..runs {
        let stretch = libm::exp(common * normal_quantile(random.uniform()));
        let dates = run(works, crews, |span| span.draw(&mut random), stretch);
        let year = year_gain(&dates, gains);
        for (all, one) in capacity.iter_mut().zip(year.capacity) {
            all.push(one);
        }
        energy.push(year.energy.iter().sum());
        // A sum of binary fractions may miss the target by a little.
        reached += u32::from(year.capacity.last().is_some_and(|end| *end >= target * (1.0 - 1e-9)));
    }
    let runs = f64::from(runs);
    Ok(Chance {
        reached: (f64::from(reached) + 0.5) / (runs + 1.0),
        capacity: capacity.map(fan),
        energy: fan(energy),
    })
}

fn fan(numbers: Vec<f64>) -> Fan {
    let all: Distribution = numbers.into_iter().collect();
    let at = |share: f64| all.quantile(share).unwrap_or(0.0);
    Fan { p10: at(0.1), p50: at(0.5), p90: at(0.9) }
}

#[cfg(test)]
mod tests {
    use super::super::span::Span;
    use super::*;

    fn gain(kw: f64) -> Gain {
        Gain { kw, months: [kw * 100.0; 12] }
    }

    fn work(permit: Span) -> Work {
        Work { asked: 0.0, permit, build: Span::Fixed(0.0), connect: Span::Fixed(0.0) }
    }

    fn ask(works: &[Work], gains: &[Gain], target: f64, common: f64, seed: u64) -> Chance {
        let crews = Crews::new(vec![3]).unwrap();
        let question = Question { works, gains, crews: &crews, target, common, runs: 4000, seed };
        chance(&question).unwrap()
    }

    /// One roof whose permit takes longer than the year with a chance that is known.
    #[test]
    fn one_roof_has_the_chance_of_its_permit() {
        let slow = Span::Lognormal { median: 365.0, spread: 0.4 };
        let found = ask(&[work(slow)], &[gain(10.0)], 10.0, 0.0, 1);
        assert!((found.reached - 0.5).abs() < 0.03, "{}", found.reached);
        // Its own spread and the common one make 0.5: the chance of less than 365 is that of 0.8 standard deviations.
        let quick = Span::Lognormal { median: 365.0 * libm::exp(-0.4), spread: 0.4 };
        let found = ask(&[work(quick)], &[gain(10.0)], 10.0, 0.3, 2);
        assert!((found.reached - 0.788_144_6).abs() < 0.025, "{}", found.reached);
        assert_eq!(ask(&[work(quick)], &[gain(10.0)], 10.0, 0.3, 2), found);
        assert_ne!(ask(&[work(quick)], &[gain(10.0)], 10.0, 0.3, 3), found);
    }

    #[test]
    fn what_is_sure_has_no_spread() {
        let works = [work(Span::Fixed(31.0)), work(Span::Fixed(105.0)), work(Span::Fixed(400.0))];
        let gains = [gain(5.0), gain(7.0), gain(9.0)];
        let found = ask(&works, &gains, 12.0, 0.0, 1);
        assert!(found.reached > 0.999 && found.reached < 1.0);
        assert_eq!(found.capacity[0], Fan { p10: 5.0, p50: 5.0, p90: 5.0 });
        assert_eq!(found.capacity[11].p90, 12.0);
        // Eleven months of 500 kWh; half of April and eight months of 700 kWh.
        assert!((found.energy.p50 - (5500.0 + 350.0 + 5600.0)).abs() < 1e-9);
        assert!(ask(&works, &gains, 12.1, 0.0, 1).reached < 0.001);
    }

    #[test]
    fn more_months_and_more_crews_never_harm() {
        let long = Span::Triangular { least: 20.0, likely: 60.0, most: 200.0 };
        let works: Vec<Work> =
            (0..60).map(|_| Work { build: Span::Fixed(12.0), ..work(long) }).collect();
        let gains = vec![gain(1.0); 60];
        let mut last = 0.0;
        for number in [1, 2, 3, 4] {
            let crews = Crews::new(vec![number]).unwrap();
            let (works, gains) = (&works[..], &gains[..]);
            let question = Question {
                works,
                gains,
                crews: &crews,
                target: 50.0,
                common: 0.2,
                runs: 500,
                seed: 1,
            };
            let found = chance(&question).unwrap();
            assert!(found.reached >= last);
            last = found.reached;
            for pair in found.capacity.windows(2) {
                assert!(pair[0].p50 <= pair[1].p50 && pair[1].p10 <= pair[1].p90);
            }
        }
        assert!(last > 0.5);
    }

    #[test]
    fn what_cannot_be_is_told() {
        let crews = Crews::new(vec![1]).unwrap();
        let works = [work(Span::Fixed(1.0))];
        let gains = [gain(1.0)];
        let good = Question {
            works: &works,
            gains: &gains,
            crews: &crews,
            target: 1.0,
            common: 0.0,
            runs: 10,
            seed: 1,
        };
        assert!(chance(&good).is_ok());
        assert_eq!(chance(&Question { gains: &[], ..good }), Err(NoChance::Gains));
        assert_eq!(chance(&Question { gains: &[gain(-1.0)], ..good }), Err(NoChance::Gains));
        assert_eq!(chance(&Question { runs: 0, ..good }), Err(NoChance::Runs));
        assert_eq!(chance(&Question { common: f64::NAN, ..good }), Err(NoChance::Runs));
        let wrong = [work(Span::Fixed(-1.0))];
        assert!(matches!(chance(&Question { works: &wrong, ..good }), Err(NoChance::Schedule(_))));
    }
}
