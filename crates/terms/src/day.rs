//! Days of the calendar.

use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar, without a time and without a zone: the day on which a figure is published.
///
/// ```
/// use terms::Day;
///
/// let day: Day = "2024年3月5日".parse().unwrap();
/// assert_eq!(day.to_string(), "2024-03-05");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: i16,
    month: u8,
    day: u8,
}

/// Text that names no day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidDay(pub String);

impl fmt::Display for InvalidDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}”不是日期（应如 2024-03-05、2024/3/5、2024年3月5日）", self.0)
    }
}

impl std::error::Error for InvalidDay {}

impl Day {
    /// A day, if there is one.
    pub fn new(year: i16, month: u8, day: u8) -> Option<Day> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => return None,
        };
        let fits = (1..=last).contains(&day) && (1..=9999).contains(&year);
        fits.then_some(Day { year, month, day })
    }

    /// One number for it, ordered as days are, for stores that order by numbers: year, month and day.
    pub fn number(self) -> i64 {
        i64::from(self.year) * 10_000 + i64::from(self.month) * 100 + i64::from(self.day)
    }

    /// How many days lie between this day and another; negative where the other one comes first.
    pub fn days_until(self, other: Day) -> i64 {
        other.count() - self.count()
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, from 1.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day so many days later, or earlier where there are fewer than none; `None` beyond the calendar.
    pub fn plus_days(self, days: i64) -> Option<Day> {
        // From the first of March of the year 0, in spans of 400 years, which are all of the same length.
        let since = self.count().checked_add(days)?.checked_sub(1)?;
        let (span, rest) = (since.div_euclid(146_097), since.rem_euclid(146_097));
        let years = (rest - rest / 1_460 + rest / 36_524 - rest / 146_096) / 365;
        let in_year = rest - (365 * years + years / 4 - years / 100);
        let month = (5 * in_year + 2) / 153;
        let day = in_year - (153 * month + 2) / 5 + 1;
        let (month, later) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
        let year = span.checked_mul(400)?.checked_add(years + later)?;
        Day::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// The same day so many months later, or the last of that month where it has no such day; `None` beyond the calendar.
    pub fn plus_months(self, months: i64) -> Option<Day> {
        let end = (i64::from(self.year) * 12 + i64::from(self.month) - 1).checked_add(months)?;
        let year = i16::try_from(end.div_euclid(12)).ok()?;
        let month = u8::try_from(end.rem_euclid(12) + 1).ok()?;
        (1..=self.day).rev().find_map(|day| Day::new(year, month, day))
    }

    /// The days since the first of March of the year 0: leap days then stand at the end of their year.
    fn count(self) -> i64 {
        let (year, month, day) = (i64::from(self.year), i64::from(self.month), i64::from(self.day));
        let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
        year * 365 + year.div_euclid(4) - year.div_euclid(100)
            + year.div_euclid(400)
            + (153 * month + 2) / 5
            + day
    }

    /// The day of such a number.
    pub fn of_number(number: i64) -> Option<Day> {
        let part = |number: i64| u8::try_from(number % 100).ok();
        Day::new(i16::try_from(number / 10_000).ok()?, part(number / 100)?, part(number)?)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Day {
    type Err = InvalidDay;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read(text).ok_or_else(|| InvalidDay(text.to_owned()))
    }
}

fn read(written: &str) -> Option<Day> {
    let text = written.trim().replace(['/', '年', '月'], "-");
    let mut parts = text.strip_suffix('日').unwrap_or(&text).split('-');
    let mut part = |digits: std::ops::RangeInclusive<usize>| {
        let part = parts.next()?;
        let fits = digits.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<i16>().ok().filter(|_| fits)
    };
    let (year, month, day) = (part(4..=4)?, part(1..=2)?, part(1..=2)?);
    if parts.next().is_some() {
        return None;
    }
    Day::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for text in ["2024-03-05", "2024/3/5", "2024年3月5日", " 2024-3-05 "] {
            let day: Day = text.parse().unwrap();
            assert_eq!(day.to_string(), "2024-03-05", "{text}");
            assert_eq!(Day::of_number(day.number()), Some(day));
        }
        for text in [
            "",
            "2024-02-30",
            "2023-02-29",
            "1900-02-29",
            "2024-13-01",
            "2024-00-10",
            "2024-3",
            "24-3-5",
            "2024-3-5-1",
            "2024-03-+5",
            "２０２４-03-05",
        ] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
        assert!("2000-02-29".parse::<Day>().is_ok() && "2024-02-29".parse::<Day>().is_ok());
        assert!(Day::new(2024, 1, 31) < Day::new(2024, 2, 1));
    }

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        for (from, to, days) in [
            ("2024-02-28", "2024-03-01", 2),
            ("2023-02-28", "2023-03-01", 1),
            ("2023-12-31", "2024-01-01", 1),
            ("2024-10-08", "2024-10-08", 0),
            ("2024-10-08", "2024-10-05", -3),
            ("2000-01-01", "2024-01-01", 8766),
            ("1900-02-28", "1900-03-01", 1),
        ] {
            assert_eq!(day(from).days_until(day(to)), days, "{from} {to}");
        }
        let mut one = day("2023-01-01");
        for month in 1..=12 {
            for number in 1..=31 {
                let Some(next) = Day::new(2024, month, number) else { continue };
                if (month, number) != (1, 1) {
                    assert_eq!(one.days_until(next), 1, "{next}");
                }
                one = next;
            }
        }
    }

    #[test]
    fn so_many_days_or_months_later_is_a_day_again() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let first = day("1999-12-28");
        for days in -800..1500 {
            let later = first.plus_days(days).unwrap();
            assert_eq!(first.days_until(later), days, "{later}");
        }
        for (from, months, to) in [
            ("2024-01-31", 1, "2024-02-29"),
            ("2024-01-31", -11, "2023-02-28"),
            ("2024-11-30", 2, "2025-01-30"),
            ("2024-05-15", 0, "2024-05-15"),
        ] {
            assert_eq!(day(from).plus_months(months), Some(day(to)), "{from} {months}");
        }
        assert_eq!(day("9999-12-31").plus_days(1), None);
        assert_eq!(day("0001-01-01").plus_days(-1), None);
        assert_eq!(day("2024-01-01").plus_days(i64::MAX), None);
    }
}
