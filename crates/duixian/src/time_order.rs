//! The order of time of what people write as periods.

use terms::{Day, Period};

/// Numbers that put names in the order of time, where all of them are periods of statistics, days, or whole numbers.
pub(crate) fn keys(names: &[String]) -> Option<Vec<i64>> {
    let all = |of: &dyn Fn(&str) -> Option<i64>| -> Option<Vec<i64>> {
        names.iter().map(|name| of(name)).collect()
    };
    all(&|name| name.parse::<Period>().ok().map(Period::number))
        .or_else(|| all(&|name| name.parse::<Day>().ok().map(Day::number)))
        .or_else(|| all(&|name| name.parse::<i64>().ok()))
}
