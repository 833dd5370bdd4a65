//! How far off a last day is.

use terms::Day;

/// How many days lie between two days; negative where the second comes first.
pub(super) fn days_between(from: Day, to: Day) -> i64 {
    day_count(to) - day_count(from)
}

/// The days since the first of March of the year 0: leap days then stand at the end of their year.
fn day_count(day: Day) -> i64 {
    let number = day.number();
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(days_between(day(from), day(to)), days, "{from} {to}");
        }
        let mut one = day("2023-01-01");
        for month in 1..=12 {
            for number in 1..=31 {
                let Some(next) = Day::new(2024, month, number) else { continue };
                if (month, number) != (1, 1) {
                    assert_eq!(days_between(one, next), 1, "{next}");
                }
                one = next;
            }
        }
    }
}
