//! Figures of indicators: filed with the day on which they became known, given back as known on a day.

mod file;
mod read;
pub(crate) mod trail;

use jiff::civil::Date;
use terms::{Observation, Redefinition};

pub use file::{Filed, Filing};

/// How a day is kept: year, month and day in one number.
fn day_number(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

/// The day of such a number.
fn day(number: i64) -> Option<Date> {
    let part = |number: i64| i8::try_from(number % 100).ok();
    let year = i16::try_from(number / 10_000).ok()?;
    Date::new(year, part(number / 100)?, part(number)?).ok()
}

/// What a figure says, without when it became known and where it comes from.
fn says_the_same(one: &Observation, other: &Observation) -> bool {
    one.value == other.value && one.unit == other.unit && one.status == other.status
}

/// Whether two redefinitions are the same but for the words of the reason.
fn is_same_change(one: &Redefinition, other: &Redefinition) -> bool {
    one.indicator == other.indicator
        && one.region == other.region
        && one.from == other.from
        && one.known == other.known
}
