//! Times in addresses: days, moments and periods, as days.

use publication::sdmx::error::Failure;
use terms::{Day, Period};

use super::fault;

/// What is expected of a time.
const TIMES: &str =
    "2024 | 2024-S1 | 2024-Q3 | 2024-05 | 2024-M05 | 2024-05-17 | 2024-05-17T08:00:00";

/// The first and the last day of a time of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) first: Day,
    pub(super) last: Day,
}

impl Moment {
    /// Reads a time of the parameter `field`.
    pub(super) fn read(field: &str, text: &str) -> Result<Moment, Failure> {
        parsed(text).ok_or_else(|| fault::syntax(field, text, TIMES))
    }

    /// The days of a period.
    pub(super) fn of(period: Period) -> Option<Moment> {
        let (year, month) = (period.year(), period.last_month());
        let first = Day::new(year, period.first_month(), 1)?;
        Some(Moment { first, last: end(year, month)? })
    }
}

/// Reads the day of a moment, such as those of `asOf` and `updatedAfter`.
pub(super) fn day(field: &str, text: &str) -> Result<Day, Failure> {
    let found = text.get(..10).filter(|_| is_day_or_moment(text)).and_then(|day| day.parse().ok());
    found.ok_or_else(|| fault::syntax(field, text, "2024-05-17 | 2024-05-17T08:00:00+08:00"))
}

fn is_day_or_moment(text: &str) -> bool {
    let dashes = text.as_bytes().get(4) == Some(&b'-') && text.as_bytes().get(7) == Some(&b'-');
    let clock = text.get(10..).unwrap_or_default();
    dashes && (clock.is_empty() || clock.starts_with(['T', 'Z', '+']) && clock.len() <= 25)
}

fn parsed(text: &str) -> Option<Moment> {
    if text.len() >= 10 {
        let day = text.get(..10).filter(|_| is_day_or_moment(text))?.parse().ok()?;
        return Some(Moment { first: day, last: day });
    }
    let (year, rest) = text.split_at_checked(4)?;
    let year: i16 = year.bytes().all(|b| b.is_ascii_digit()).then(|| year.parse().ok())??;
    let months = |first, last| Moment { first, last };
    let span = |first: u8, last: u8| Some(months(Day::new(year, first, 1)?, end(year, last)?));
    let part = |digits: &str, most: u8| {
        let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        let number = plain.then(|| digits.parse::<u8>().ok())??;
        (1..=most).contains(&number).then_some(number)
    };
    if rest.is_empty() || rest == "-A1" {
        return span(1, 12);
    }
    let rest = rest.strip_prefix('-')?;
    let split = |length: u8, most: u8, digits: &str| {
        let number = part(digits, most)?;
        span(number * length - length + 1, number * length)
    };
    match rest.split_at_checked(1)? {
        ("S", digits) => split(6, 2, digits),
        ("T", digits) => split(4, 3, digits),
        ("Q", digits) => split(3, 4, digits),
        ("M", digits) => split(1, 12, digits),
        _ if rest.len() == 2 => split(1, 12, rest),
        _ => None,
    }
}

/// The last day of a month.
fn end(year: i16, month: u8) -> Option<Day> {
    (28..=31).rev().find_map(|day| Day::new(year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_the_standard_writes_them() {
        for (text, first, last) in [
            ("2024", "2024-01-01", "2024-12-31"),
            ("2024-A1", "2024-01-01", "2024-12-31"),
            ("2024-S2", "2024-07-01", "2024-12-31"),
            ("2024-T2", "2024-05-01", "2024-08-31"),
            ("2024-Q1", "2024-01-01", "2024-03-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2024-M11", "2024-11-01", "2024-11-30"),
            ("2024-05-17", "2024-05-17", "2024-05-17"),
            ("2024-05-17T08:00:00+08:00", "2024-05-17", "2024-05-17"),
        ] {
            let moment = Moment::read("startPeriod", text).unwrap();
            let found = (moment.first.to_string(), moment.last.to_string());
            assert_eq!(found, (first.to_owned(), last.to_owned()), "{text}");
        }
    }

    #[test]
    fn other_times_are_refused() {
        for text in [
            "",
            "24",
            "2024-13",
            "2024-Q5",
            "2024-W05",
            "2024-5",
            "2024-05-32",
            "二〇二四",
            "2024-05-17x",
            "2024-",
        ] {
            assert_eq!(Moment::read("startPeriod", text).unwrap_err().status, 400, "{text}");
        }
        for text in ["2024", "2024-05", "2024/05/17", "", "2024-02-30T00:00:00"] {
            assert_eq!(day("asOf", text).unwrap_err().status, 400, "{text}");
        }
        assert_eq!(day("asOf", "2024-05-17T23:59:59.5Z").unwrap().to_string(), "2024-05-17");
        // A plus that was not encoded arrives as a space.
        assert!(day("asOf", "2024-05-17T23:59:59 08:00").is_ok());
    }
}
