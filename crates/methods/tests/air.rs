//! The index of the air against aqi-hub 0.2.1 (HJ 633-2012) and 0.3.3 (HJ 633-2026), percentiles against numpy 2.4.6, both
//! written by `oracles/air.py`, and the tables once more, as the standards print them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use methods::air::{
    AirError, Day, Level, Measure, Pollutant, Reading, Report, Stage, Standard, YearError, index,
    limits, percentile, sub_index, year,
};
use rust_decimal::Decimal;

/// Every table as the standards print it: the concentrations at sub-index 0, 50, 100, 150, 200, 300, 400, 500.
const OLD: &[(Measure, &[i64])] = &[
    (Measure::So2Day, &[0, 50, 150, 475, 800, 1600, 2100, 2620]),
    (Measure::So2Hour, &[0, 150, 500, 650, 800]),
    (Measure::No2Day, &[0, 40, 80, 180, 280, 565, 750, 940]),
    (Measure::No2Hour, &[0, 100, 200, 700, 1200, 2340, 3090, 3840]),
    (Measure::Pm10Day, &[0, 50, 150, 250, 350, 420, 500, 600]),
    (Measure::Pm10Hour, &[0, 50, 150, 250, 350, 420, 500, 600]),
    (Measure::CoDay, &[0, 2, 4, 14, 24, 36, 48, 60]),
    (Measure::CoHour, &[0, 5, 10, 35, 60, 90, 120, 150]),
    (Measure::O3Hour, &[0, 160, 200, 300, 400, 800, 1000, 1200]),
    (Measure::O3EightHours, &[0, 100, 160, 215, 265, 800]),
    (Measure::Pm25Day, &[0, 35, 75, 115, 150, 250, 350, 500]),
    (Measure::Pm25Hour, &[0, 35, 75, 115, 150, 250, 350, 500]),
];
const STEPS: [u16; 8] = [0, 50, 100, 150, 200, 300, 400, 500];

fn d(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap_or_else(|_| panic!("{text}"))
}

/// The printed table under a standard: the newer one moves one edge of either kind of particles.
fn printed(standard: Standard, measure: Measure) -> Vec<i64> {
    let (_, edges) = OLD.iter().find(|(one, _)| *one == measure).unwrap();
    let mut edges = edges.to_vec();
    if standard == Standard::Hj2026 {
        match measure.pollutant() {
            Pollutant::Pm25 => edges[2] = 60,
            Pollutant::Pm10 => edges[2] = 120,
            _ => {}
        }
    }
    edges
}

#[test]
fn every_edge_of_every_table_is_met_and_left() {
    assert_eq!(OLD.len(), Measure::ALL.len());
    for standard in Standard::ALL {
        for measure in Measure::ALL {
            let edges = printed(standard, measure);
            for (edge, step) in edges.iter().zip(STEPS) {
                let found = sub_index(standard, measure, Decimal::from(*edge)).unwrap();
                assert_eq!(found, Some(step), "{standard:?} {measure:?} {edge}");
                // However little above an edge is in the next band, and rounded up; at the last one the table ends.
                let above = Decimal::from(*edge) + Decimal::new(1, 20);
                let found = sub_index(standard, measure, above).unwrap();
                let last = Some(edge) == edges.last();
                let expected = match (measure, standard) {
                    _ if !last => Some(step + 1),
                    (Measure::So2Hour | Measure::O3EightHours, Standard::Hj2012) => None,
                    _ => Some(step),
                };
                assert_eq!(found, expected, "{standard:?} {measure:?} above {edge}");
            }
        }
    }
}

/// The vectors that the specification gives for both standards.
#[test]
fn known_vectors() {
    for (measure, value, old, new) in [
        (Measure::Pm25Day, "36", 52, 52),
        (Measure::Pm25Day, "60", 82, 100),
        (Measure::Pm25Day, "75", 100, 114),
        (Measure::Pm25Day, "76", 102, 115),
        (Measure::Pm25Day, "154", 204, 204),
        (Measure::Pm25Day, "300", 350, 350),
        (Measure::Pm25Day, "501", 500, 500),
        (Measure::Pm10Day, "151", 101, 112),
        (Measure::O3EightHours, "161", 101, 101),
        (Measure::CoDay, "1.3", 33, 33),
        // Where aqi-hub takes the table of an hour and says 20.
        (Measure::So2Day, "60", 55, 55),
    ] {
        for (standard, expected) in [(Standard::Hj2012, old), (Standard::Hj2026, new)] {
            assert_eq!(sub_index(standard, measure, d(value)), Ok(Some(expected)), "{value}");
        }
    }
}

#[test]
fn aqi_hub_says_the_same() {
    let (mut single, mut days) = (0, 0);
    for line in include_str!("oracles/aqi_hub.csv").lines() {
        let cells: Vec<&str> = line.split(',').collect();
        let standard = match cells[0] {
            "2012" => Standard::Hj2012,
            _ => Standard::Hj2026,
        };
        if cells[1] == "DAY" {
            let readings: Vec<Reading> = Pollutant::ALL
                .iter()
                .zip(cells[2].split(';'))
                .map(|(one, text)| Reading { measure: one.daily(), concentration: d(text) })
                .collect();
            let found = index(standard, Report::Day, &readings).unwrap();
            assert_eq!(found.complete().unwrap().to_string(), cells[3], "{line}");
            let names = ["PM2.5", "PM10", "SO2", "NO2", "CO", "O3"];
            let named = Pollutant::ALL.iter().zip(names);
            let primary: Vec<&str> = named
                .filter(|(one, _)| found.primary.contains(one))
                .map(|(_, name)| name)
                .collect();
            assert_eq!(primary.join("+"), cells[4], "{line}");
            assert_eq!(found.level().unwrap().number().to_string(), cells[5], "{line}");
            days += 1;
            continue;
        }
        let measure = match cells[1] {
            "PM25_24H" => Measure::Pm25Day,
            "PM25_1H" => Measure::Pm25Hour,
            "PM10_24H" => Measure::Pm10Day,
            "PM10_1H" => Measure::Pm10Hour,
            "SO2_1H" => Measure::So2Hour,
            "NO2_24H" => Measure::No2Day,
            "NO2_1H" => Measure::No2Hour,
            "CO_24H" => Measure::CoDay,
            "CO_1H" => Measure::CoHour,
            "O3_8H" => Measure::O3EightHours,
            "O3_1H" => Measure::O3Hour,
            other => panic!("{other}"),
        };
        let found = sub_index(standard, measure, d(cells[2])).unwrap();
        assert_eq!(found.map_or(String::new(), |one| one.to_string()), cells[3], "{line}");
        single += 1;
    }
    assert!(single > 1500 && days > 200, "{single} {days}");
}

#[test]
fn numpy_has_the_same_percentiles() {
    let mut seen = 0;
    for line in include_str!("oracles/air_percentiles.csv").lines() {
        let cells: Vec<&str> = line.split(',').collect();
        let values: Vec<Decimal> = cells[4].split(';').map(d).collect();
        for (share, expected) in [50, 90, 95, 98].into_iter().zip(&cells) {
            let found = percentile(&values, share).unwrap();
            assert_eq!(found.round_dp(6), d(expected).round_dp(6), "{share} of {}", values.len());
            seen += 1;
        }
    }
    assert_eq!(seen, 32);
}

/// Numbers without end, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn decimal(&mut self, end: u64) -> Decimal {
        let scale = u32::try_from(self.below(6)).unwrap();
        let units = self.below(end * 10_u64.pow(scale));
        Decimal::from_i128_with_scale(i128::from(units), scale)
    }
}

/// Never falling, never outside 0 to 500, rounded up from the exact ratio, which whole numbers tell.
#[test]
fn more_is_never_better() {
    let mut dice = Dice(633);
    for _ in 0..20_000 {
        let standard = Standard::ALL[usize::try_from(dice.below(2)).unwrap()];
        let measure = Measure::ALL[usize::try_from(dice.below(12)).unwrap()];
        let edges = printed(standard, measure);
        let end = u64::try_from(*edges.last().unwrap()).unwrap();
        let (one, other) = (dice.decimal(end + 1), dice.decimal(end + 1));
        let (low, high) = (one.min(other), one.max(other));
        let of = |value| sub_index(standard, measure, value).unwrap();
        if let (Some(less), Some(more)) = (of(low), of(high)) {
            assert!(less <= more && more <= 500, "{standard:?} {measure:?} {low} {high}");
        }
        // In hundred-thousandths, so that nothing is rounded but the result.
        let unit = 100_000_i128;
        let value = (low * Decimal::from(unit)).trunc().mantissa();
        let place = edges.windows(2).position(|band| value <= i128::from(band[1]) * unit);
        let Some(place) = place else { continue };
        let band = [edges[place], edges[place + 1]].map(i128::from);
        let steps = [STEPS[place], STEPS[place + 1]].map(i128::from);
        let climbed = (steps[1] - steps[0]) * (value - band[0] * unit);
        let width = (band[1] - band[0]) * unit;
        let expected = steps[0] + (climbed + width - 1).div_euclid(width);
        assert_eq!(of(low).map(i128::from), Some(expected), "{measure:?} {low}");
    }
}

#[test]
fn every_index_has_the_level_of_its_hundred() {
    let mut seen = [0; 6];
    for aqi in 0..=500 {
        let level = Level::of(aqi);
        assert_eq!(level.is_good(), aqi <= 100);
        seen[usize::from(level.number()) - 1] += 1;
    }
    assert_eq!(seen, [51, 50, 50, 50, 100, 200]);
}

#[test]
fn the_tables_have_their_days() {
    for (day, expected) in [
        ((2025, 6, 1), Ok(Standard::Hj2012)),
        ((2026, 2, 28), Ok(Standard::Hj2012)),
        ((2026, 3, 1), Ok(Standard::Hj2026)),
        ((2030, 12, 31), Ok(Standard::Hj2026)),
        ((2031, 1, 1), Err(AirError::NoTable { year: 2031, month: 1 })),
        ((2012, 2, 28), Err(AirError::NoTable { year: 2012, month: 2 })),
    ] {
        assert_eq!(Standard::on(day.0, day.1, day.2), expected, "{day:?}");
    }
}

/// A day on which only particles change.
fn day(month: u8, day: u8, pm25: &str) -> Day {
    let daily = [pm25, "60", "8", "20", "0.6", "90"].map(|text| Some(d(text)));
    Day { month, day, daily, ozone_hour: None }
}

/// All days of a year, with PM2.5 as the day of the month.
fn all_days(february: u8) -> Vec<Day> {
    let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    (1..=12)
        .zip(months)
        .flat_map(|(month, days)| (1..=days).map(move |one| day(month, one, &one.to_string())))
        .collect()
}

#[test]
fn a_year_under_one_table() {
    let mut days = all_days(28);
    for (place, pm25) in [(0, "76"), (1, "115"), (40, "75")] {
        days[place].daily[0] = Some(d(pm25));
    }
    days[2].daily[5] = None;
    days[3].daily = [None; 6];
    // Not valid, and too much all the same.
    days[4].daily = [Some(d("200")), None, None, None, None, None];
    days.remove(364);
    days.reverse();
    let found = year(2025, &days, None).unwrap();
    assert_eq!((found.calendar, found.days.len(), found.halves.len()), (365, 364, 1));
    let tally = found.whole;
    assert_eq!((tally.days, tally.valid, tally.good), (364, 361, 359));
    assert_eq!((tally.levels[2], tally.exceeding_incomplete), (2, 1));
    // PM10 at 60 gives 55, PM2.5 more from 40 on.
    assert_eq!(tally.primary[..2], [3, 358]);
    assert_eq!(tally.good_share().unwrap().round_dp(4), d("99.4460"));
    let pm25 = &found.statistics[0];
    assert!(pm25.is_valid() && pm25.days == 363);
    let ozone = &found.statistics[5];
    assert_eq!((ozone.days, ozone.share, ozone.percentile), (361, 90, Some(d("90"))));
    assert_eq!((found.days[0].month, found.days[0].day), (1, 1));
}

/// 2026 has two tables, and the same air is worse under the later one.
#[test]
fn a_year_of_two_tables_has_two_halves() {
    let mut days = all_days(28);
    days.iter_mut().for_each(|day| day.daily[0] = Some(d("62")));
    let found = year(2026, &days, None).unwrap();
    let halves: Vec<_> =
        found.halves.iter().map(|half| (half.tally.days, half.tally.good)).collect();
    assert_eq!(halves, [(59, 59), (306, 0)]);
    assert_eq!(found.whole.good, 59);
    for (standard, good) in [(Standard::Hj2012, 365), (Standard::Hj2026, 0)] {
        let one = year(2026, &days, Some(standard)).unwrap();
        assert_eq!((one.halves.len(), one.whole.good), (1, good));
    }
}

#[test]
fn days_that_cannot_be_are_refused() {
    assert_eq!(year(2025, &[], None), Err(YearError::Nothing));
    let leap = [day(2, 29, "1")];
    let none = YearError::NoSuchDay { year: 2025, month: 2, day: 29 };
    assert_eq!(year(2025, &leap, None), Err(none));
    assert!(year(2024, &leap, None).is_ok() && year(2000, &leap, Some(Standard::Hj2012)).is_ok());
    assert!(year(1900, &leap, Some(Standard::Hj2012)).is_err());
    for (month, one) in [(0, 1), (13, 1), (4, 31), (1, 0)] {
        assert!(year(2025, &[day(month, one, "1")], None).is_err());
    }
    let twice = [day(3, 1, "1"), day(3, 2, "1"), day(3, 1, "2")];
    assert_eq!(year(2025, &twice, None), Err(YearError::Twice { month: 3, day: 1 }));
    let below = year(2025, &[day(3, 1, "-1")], None).unwrap_err();
    assert!(matches!(below, YearError::Day { month: 3, day: 1, .. }));
}

/// The number of good days is the same in any order, and one more clean day never makes the share smaller.
#[test]
fn a_clean_day_never_makes_a_year_worse() {
    let mut dice = Dice(663);
    for _ in 0..40 {
        let mut days = all_days(28);
        for day in &mut days {
            day.daily[0] = (dice.below(10) > 0).then(|| dice.decimal(150));
            day.daily[5] = (dice.below(20) > 0).then(|| dice.decimal(220));
        }
        let last = days.pop().unwrap();
        let before = year(2025, &days, None).unwrap();
        let mut clean = last;
        clean.daily = ["1", "1", "1", "1", "0.1", "1"].map(|text| Some(d(text)));
        days.push(clean);
        let after = year(2025, &days, None).unwrap();
        assert!(after.whole.good_share() >= before.whole.good_share());
        assert_eq!(after.whole.levels.iter().sum::<usize>(), after.whole.valid);
        assert_eq!(after.whole.levels[..2].iter().sum::<usize>(), after.whole.good);
        for (old, new) in before.statistics.iter().zip(&after.statistics) {
            assert!(new.percentile <= old.percentile && new.days == old.days + 1);
        }
    }
}

#[test]
fn limits_only_become_stricter() {
    for pollutant in Pollutant::ALL {
        let [old, first, second] = [Stage::Gb2012, Stage::Gb2026First, Stage::Gb2026Second]
            .map(|one| limits(one, pollutant));
        assert!(old.day >= first.day && first.day >= second.day, "{pollutant:?}");
        assert!(old.year >= first.year && first.year >= second.year, "{pollutant:?}");
    }
    // A sub-index of 100 is the limit of the day.
    for (standard, stage) in
        [(Standard::Hj2012, Stage::Gb2012), (Standard::Hj2026, Stage::Gb2026First)]
    {
        for pollutant in Pollutant::ALL {
            let day = limits(stage, pollutant).day;
            assert_eq!(sub_index(standard, pollutant.daily(), day), Ok(Some(100)), "{pollutant:?}");
        }
    }
}
