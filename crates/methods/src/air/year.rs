//! A year of days: index and level of each, the share of good days, and the figures of the year.
//!
//! Source: HJ 663-2013 and HJ 663-2026. The share of good days (优良天数比例) is that of the **valid** days, those with
//! an index of all six pollutants, not of the calendar. A year whose days fall under two versions of the index has a
//! share under each, and these are not comparable.

use rust_decimal::Decimal;

use super::index::{Index, Level, Reading, Report, index};
use super::statistic::Statistic;
use super::table::Standard;
use super::{AirError, Measure, Pollutant};

/// The concentrations of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The month, from 1 to 12.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
    /// The means of 24 hours, of ozone the highest mean of eight hours, in the order of [`Pollutant::ALL`].
    pub daily: [Option<Decimal>; 6],
    /// The highest hour of ozone.
    pub ozone_hour: Option<Decimal>,
}

/// A day with its index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayIndex {
    /// The month.
    pub month: u8,
    /// The day of the month.
    pub day: u8,
    /// The index; `None` where nothing was measured.
    pub index: Option<Index>,
}

/// How many days are of which kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Days of the table.
    pub days: usize,
    /// Days with an index of all six pollutants.
    pub valid: usize,
    /// Valid days with an index of at most 100.
    pub good: usize,
    /// Valid days of each level, in the order of [`Level::ALL`].
    pub levels: [usize; 6],
    /// Valid days on which each is a primary pollutant, in the order of [`Pollutant::ALL`]; a tie counts for each.
    pub primary: [usize; 6],
    /// Days that are not valid because something is missing, and above 100 all the same.
    pub exceeding_incomplete: usize,
}

impl Tally {
    /// Good days in percent of the valid ones, not rounded; `None` without a valid day.
    pub fn good_share(&self) -> Option<Decimal> {
        let good = Decimal::from(self.good).checked_mul(Decimal::ONE_HUNDRED)?;
        good.checked_div(Decimal::from(self.valid))
    }

    fn add(&mut self, index: Option<&Index>) {
        self.days += 1;
        let Some(index) = index else { return };
        let Some(aqi) = index.complete() else {
            self.exceeding_incomplete += usize::from(index.aqi > Some(100));
            return;
        };
        let level = Level::of(aqi);
        self.valid += 1;
        self.good += usize::from(level.is_good());
        for (count, one) in self.levels.iter_mut().zip(Level::ALL) {
            *count += usize::from(one == level);
        }
        for (count, one) in self.primary.iter_mut().zip(Pollutant::ALL) {
            *count += usize::from(index.primary.contains(&one));
        }
    }
}

/// The days under one version of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Half {
    /// The version.
    pub standard: Standard,
    /// Its days.
    pub tally: Tally,
}

/// A year of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AirYear {
    /// The days, in their order.
    pub days: Vec<DayIndex>,
    /// Days of the calendar.
    pub calendar: usize,
    /// The days under each version of the index that has some.
    pub halves: Vec<Half>,
    /// All days together; where there are two versions, a mixture that is comparable to no other year.
    pub whole: Tally,
    /// The figures of the year, in the order of [`Pollutant::ALL`].
    pub statistics: Vec<Statistic>,
}

/// Why there is no year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum YearError {
    /// There is no day.
    #[error("no day is given")]
    Nothing,
    /// There is no such day in the year.
    #[error("{year} has no {month:02}-{day:02}")]
    NoSuchDay {
        /// The year.
        year: i32,
        /// The month.
        month: u8,
        /// The day.
        day: u8,
    },
    /// A day comes twice.
    #[error("{month:02}-{day:02} is given twice")]
    Twice {
        /// The month.
        month: u8,
        /// The day.
        day: u8,
    },
    /// A day has no index.
    #[error("{month:02}-{day:02}: {error}")]
    Day {
        /// The month.
        month: u8,
        /// The day.
        day: u8,
        /// Why.
        error: AirError,
    },
}

/// A year from its days, which may come in any order; `only` takes one version of the index for all of them, so that a
/// year of two can be compared.
///
/// # Errors
/// Where there is no day, one is not in the calendar or comes twice, or a concentration cannot be ([`AirError`]).
pub fn year(year: i32, days: &[Day], only: Option<Standard>) -> Result<AirYear, YearError> {
    let mut days: Vec<&Day> = days.iter().collect();
    days.sort_by_key(|day| (day.month, day.day));
    if days.is_empty() {
        return Err(YearError::Nothing);
    }
    let mut tallies = Standard::ALL.map(|standard| Half { standard, tally: Tally::default() });
    let mut whole = Tally::default();
    let mut found: Vec<DayIndex> = Vec::with_capacity(days.len());
    for one in &days {
        let (month, day) = (one.month, one.day);
        if day == 0 || day > days_of(year, month) {
            return Err(YearError::NoSuchDay { year, month, day });
        }
        if found.last().is_some_and(|last| (last.month, last.day) == (month, day)) {
            return Err(YearError::Twice { month, day });
        }
        let at_fault = |error| YearError::Day { month, day, error };
        let standard = only.map_or_else(|| Standard::on(year, month, day), Ok);
        let standard = standard.map_err(at_fault)?;
        let readings = readings(one);
        let index = match readings.is_empty() {
            true => None,
            false => Some(index(standard, Report::Day, &readings).map_err(at_fault)?),
        };
        whole.add(index.as_ref());
        for half in tallies.iter_mut().filter(|half| half.standard == standard) {
            half.tally.add(index.as_ref());
        }
        found.push(DayIndex { month, day, index });
    }
    let values = |place: usize| -> Vec<(u8, Decimal)> {
        let value = |day: &&Day| Some((day.month, day.daily.get(place).copied().flatten()?));
        days.iter().filter_map(value).collect()
    };
    let statistics = Pollutant::ALL.iter().enumerate();
    let statistics = statistics.map(|(place, pollutant)| Statistic::of(*pollutant, &values(place)));
    Ok(AirYear {
        statistics: statistics.collect(),
        calendar: (1..=12).map(|month| usize::from(days_of(year, month))).sum(),
        halves: tallies.into_iter().filter(|half| half.tally.days > 0).collect(),
        days: found,
        whole,
    })
}

fn readings(day: &Day) -> Vec<Reading> {
    let daily = Pollutant::ALL.iter().map(|one| one.daily()).zip(day.daily);
    let all = daily.chain([(Measure::O3Hour, day.ozone_hour)]);
    let one = |(measure, value): (Measure, Option<Decimal>)| {
        Some(Reading { measure, concentration: value? })
    };
    all.filter_map(one).collect()
}

/// The days of a month; none of a month that there is not.
fn days_of(year: i32, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u8::from(leap),
        1..=12 => 31,
        _ => 0,
    }
}
