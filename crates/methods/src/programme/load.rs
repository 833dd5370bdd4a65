//! How a kind of building uses its electricity through a year: a shape of hours for each kind of day, and a calendar.
//!
//! The shapes are arguments, as surveys and standards give them (for instance the schedules of GB 50189-2015, appendix
//! B); so are the holidays, which the State Council sets anew each year.

use super::roof::HOURS;

/// Days of each month without a leap day.
pub const MONTH_DAYS: [usize; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// Days of the typical year.
const DAYS: usize = 365;

/// What a building does on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// Work is done.
    Work,
    /// A weekend or public holiday.
    Rest,
    /// The building is closed for a longer time, as schools are in summer.
    Vacation,
}

/// A day of any year: month from 1, day from 1.
pub type MonthDay = (u8, u8);

/// The kinds of the 365 days of a year, without the leap day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days(Vec<DayKind>);

/// Why there is no load.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum NoLoad {
    /// A day that there is not.
    #[error("month {} day {}: no day of a year", .0.0, .0.1)]
    Day(MonthDay),
    /// A weight is negative or no number, or all of a kind are zero.
    #[error("a weight of {0}: expected zero or more, and not all zero")]
    Weight(f64),
    /// The year's use is negative or no number.
    #[error("{0} kWh a year: expected zero or more")]
    Energy(f64),
}

impl Days {
    /// The days of a year in the Gregorian calendar: Monday to Friday are workdays but for the public holidays `off`,
    /// Saturday and Sunday are not but for the days `on` on which work is made up for. Each stretch of `vacations`, first
    /// and last day, turns all its days into vacation; one whose last day comes before its first goes over New Year.
    ///
    /// # Errors
    /// When a day does not exist. 29 February is taken and left out.
    pub fn new(
        year: i32,
        off: &[MonthDay],
        on: &[MonthDay],
        vacations: &[(MonthDay, MonthDay)],
    ) -> Result<Days, NoLoad> {
        let mut kinds = Vec::with_capacity(DAYS);
        for (month, length) in (1..).zip(MONTH_DAYS) {
            for day in 1..=length {
                kinds.push(match weekday(year, month, day as i64) {
                    0..=4 => DayKind::Work,
                    _ => DayKind::Rest,
                });
            }
        }
        for (days, kind) in [(off, DayKind::Rest), (on, DayKind::Work)] {
            for day in days {
                // The leap day is no day of the typical year.
                if let Some(place) = place(*day)?
                    && let Some(known) = kinds.get_mut(place)
                {
                    *known = kind;
                }
            }
        }
        for (first, last) in vacations {
            let end = |day| place(day).map(|place| place.unwrap_or(MARCH - 1));
            let (first, last) = (end(*first)?, end(*last)?);
            for (place, kind) in kinds.iter_mut().enumerate() {
                let within = match first <= last {
                    true => (first..=last).contains(&place),
                    false => place >= first || place <= last,
                };
                if within {
                    *kind = DayKind::Vacation;
                }
            }
        }
        Ok(Days(kinds))
    }

    /// How many days are of a kind.
    pub fn count(&self, kind: DayKind) -> usize {
        self.0.iter().filter(|known| **known == kind).count()
    }

    /// The kinds, from 1 January.
    pub fn kinds(&self) -> &[DayKind] {
        &self.0
    }
}

/// The place of 1 March among the days of a year without a leap day.
const MARCH: usize = 59;

/// The place of a day, from 0 for 1 January; `None` for 29 February.
fn place((month, day): MonthDay) -> Result<Option<usize>, NoLoad> {
    let wrong = NoLoad::Day((month, day));
    let before = usize::from(month).checked_sub(1).ok_or(wrong)?;
    let length = *MONTH_DAYS.get(before).ok_or(wrong)?;
    if (month, day) == (2, 29) {
        return Ok(None);
    }
    let within = usize::from(day).checked_sub(1).filter(|within| *within < length).ok_or(wrong)?;
    Ok(Some(MONTH_DAYS.iter().take(before).sum::<usize>() + within))
}

/// The day of the week, 0 for Monday (Zeller 1882, for the Gregorian calendar).
fn weekday(year: i32, month: i64, day: i64) -> i64 {
    let (year, month) = match month {
        1 | 2 => (i64::from(year) - 1, month + 12),
        _ => (i64::from(year), month),
    };
    // 1 January of the year 1 was a Monday.
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    (day + (13 * (month + 1)) / 5 + year + leaps + 5).rem_euclid(7)
}

/// How strongly electricity is used in each hour of a day, in any unit, and how the months differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Hours of a workday.
    pub work: [f64; 24],
    /// Hours of a day of rest.
    pub rest: [f64; 24],
    /// Hours of a day of vacation.
    pub vacation: [f64; 24],
    /// What the hours of each month are multiplied by.
    pub months: [f64; 12],
}

impl Shape {
    /// The shape on the days of a year, scaled to one kilowatt-hour in all: what is used in each of 8,760 hours.
    ///
    /// # Errors
    /// When a weight is negative or no number, or nothing is used at all.
    pub fn spread(&self, days: &Days) -> Result<Vec<f64>, NoLoad> {
        let all = [&self.work[..], &self.rest, &self.vacation, &self.months];
        for weight in all.into_iter().flatten() {
            if !(*weight >= 0.0 && weight.is_finite()) {
                return Err(NoLoad::Weight(*weight));
            }
        }
        let mut hours = Vec::with_capacity(HOURS);
        let months = MONTH_DAYS.iter().zip(&self.months);
        let factors = months.flat_map(|(length, factor)| std::iter::repeat_n(*factor, *length));
        for (kind, factor) in days.0.iter().zip(factors) {
            let shape = match kind {
                DayKind::Work => &self.work,
                DayKind::Rest => &self.rest,
                DayKind::Vacation => &self.vacation,
            };
            hours.extend(shape.iter().map(|weight| weight * factor));
        }
        let sum: f64 = hours.iter().sum();
        if !(sum > 0.0 && sum.is_finite()) {
            return Err(NoLoad::Weight(sum));
        }
        for hour in &mut hours {
            *hour /= sum;
        }
        Ok(hours)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2023: weekdays that were public holidays, and weekends that were worked (chinese-calendar 1.11.0).
    const OFF: &[MonthDay] = &[
        (1, 2),
        (1, 23),
        (1, 24),
        (1, 25),
        (1, 26),
        (1, 27),
        (4, 5),
        (5, 1),
        (5, 2),
        (5, 3),
        (6, 22),
        (6, 23),
        (9, 29),
        (10, 2),
        (10, 3),
        (10, 4),
        (10, 5),
        (10, 6),
    ];
    const ON: &[MonthDay] = &[(1, 28), (1, 29), (4, 23), (5, 6), (6, 25), (10, 7), (10, 8)];

    fn office() -> Shape {
        let mut work = [0.0; 24];
        for (hour, weight) in (6..).zip([10, 50, 95, 95, 95, 50, 50, 95, 95, 95, 95, 30, 30]) {
            work[hour] = f64::from(weight) / 100.0;
        }
        let base = |weights: [f64; 24]| weights.map(|weight| weight + 0.08);
        let rest = base([0.0; 24]);
        Shape { work: base(work), rest, vacation: rest, months: [1.0; 12] }
    }

    #[test]
    fn workdays_are_those_of_the_state_council() {
        let days = Days::new(2023, OFF, ON, &[]).unwrap();
        assert_eq!(days.count(DayKind::Work), 249);
        // Weekends and no holiday: 2023 has 260 days from Monday to Friday.
        assert_eq!(Days::new(2023, &[], &[], &[]).unwrap().count(DayKind::Work), 260);
    }

    /// First of January, of some years (Python 3.11 `datetime.date.weekday`).
    #[test]
    fn weekdays_are_those_of_the_calendar() {
        for (year, expected) in
            [(1900, 0), (1999, 4), (2000, 5), (2001, 0), (2023, 6), (2024, 0), (2025, 2), (2100, 4)]
        {
            assert_eq!(weekday(year, 1, 1), expected, "{year}");
        }
        for (month, expected) in (1..).zip([0, 3, 4, 0, 2, 5, 0, 3, 6, 1, 4, 6]) {
            assert_eq!(weekday(2024, month, 1), expected, "2024-{month}");
        }
    }

    #[test]
    fn vacations_may_go_over_new_year() {
        let summer = ((7, 1), (8, 31));
        let winter = ((12, 30), (1, 2));
        let days = Days::new(2024, &[(2, 29)], &[], &[summer, winter]).unwrap();
        assert_eq!(days.count(DayKind::Vacation), 62 + 4);
        assert_eq!(days.kinds().len(), 365);
        assert_eq!(days.kinds()[0], DayKind::Vacation);
        for wrong in [(0, 1), (13, 1), (2, 30), (4, 31), (1, 0)] {
            assert_eq!(Days::new(2024, &[wrong], &[], &[]), Err(NoLoad::Day(wrong)));
        }
    }

    #[test]
    fn a_shape_comes_to_one_and_follows_the_days() {
        let days = Days::new(2023, OFF, ON, &[]).unwrap();
        let hours = office().spread(&days).unwrap();
        assert_eq!(hours.len(), HOURS);
        assert!((hours.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // Tuesday 3 January at 9 o'clock against Sunday 1 January.
        assert!((hours[2 * 24 + 9] / hours[9] - 1.03 / 0.08).abs() < 1e-9);
    }

    #[test]
    fn a_shape_of_nothing_is_refused() {
        let days = Days::new(2023, &[], &[], &[]).unwrap();
        let none = Shape { work: [0.0; 24], rest: [0.0; 24], ..office() };
        assert_eq!(none.spread(&days), Err(NoLoad::Weight(0.0)));
        let mut below = office();
        below.rest[3] = -1.0;
        assert_eq!(below.spread(&days), Err(NoLoad::Weight(-1.0)));
        below.rest[3] = f64::NAN;
        assert!(below.spread(&days).is_err());
    }
}
