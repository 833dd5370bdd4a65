//! Days of the Gregorian calendar, for what depends on the day of the year and for sums of months.
//!
//! Source: Howard Hinnant, *chrono-Compatible Low-Level Date Algorithms* (2013), `civil_from_days` and its inverse.

/// Seconds of a day.
pub(super) const DAY: f64 = 86_400.0;

/// Year, month and day of the month of a day, counted from 1970-01-01.
pub(super) fn civil(days: i64) -> (i64, usize, i64) {
    // Years that begin in March end with the leap day.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month.unsigned_abs() as usize, day)
}

/// The first day of a year, counted from 1970-01-01.
pub(super) fn new_year(year: i64) -> i64 {
    let before = year - 1;
    365 * before + before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400) - 719_162
}

/// Whether a year has 366 days.
pub(super) fn is_leap(year: i64) -> bool {
    new_year(year + 1) - new_year(year) == 366
}

/// The day on which a moment falls, counted from 1970-01-01; `offset` is how far the clock is ahead of UTC in seconds.
pub(super) fn day_of(moment: f64, offset: f64) -> i64 {
    libm::floor((moment + offset) / DAY) as i64
}

/// The year of a moment in UTC and the day of it, from 1.
pub(super) fn day_of_year(moment: f64) -> (i64, i64) {
    let day = day_of(moment, 0.0);
    let (year, ..) = civil(day);
    (year, day - new_year(year) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(-1), (1969, 12, 31));
        assert_eq!(civil(19_782), (2024, 2, 29));
        assert_eq!(civil(11_016), (2000, 2, 29));
        assert!(is_leap(2024) && !is_leap(2023) && !is_leap(2100) && is_leap(2000));
        // 2024-12-31 is day 366.
        assert_eq!(day_of_year(20_088.0 * DAY + 1.0), (2024, 366));
    }

    #[test]
    fn each_day_follows_the_one_before() {
        let (mut year, mut month, mut day) = civil(-100_000);
        for days in -99_999..100_000 {
            let next = civil(days);
            let grown = next == (year, month, day + 1);
            let new_month = next == (year, month + 1, 1) && day >= 28;
            let turned = next == (year + 1, 1, 1) && (month, day) == (12, 31);
            assert!(grown || new_month || turned, "{next:?} after {year}-{month}-{day}");
            if turned {
                assert_eq!(days, new_year(next.0));
            }
            (year, month, day) = next;
        }
    }
}
