//! What time it is, and who writes from this machine.

use jiff::tz::{self, TimeZone};
use jiff::{SpanRound, Timestamp, Unit};
use ledger::Entry;
use terms::Day;

/// An entry of this machine's user at this time.
pub(crate) fn entry(reason: &str) -> Entry {
    Entry { author: user(), at: now(), reason: reason.to_owned(), ..Entry::default() }
}

/// The name of this machine's user.
pub(crate) fn user() -> String {
    std::env::var("USER").ok().filter(|user| !user.is_empty()).unwrap_or_else(|| "本机".to_owned())
}

/// The day on which nothing later can have become known: it is that day somewhere on Earth.
pub(crate) fn latest_day() -> Option<Day> {
    day(tz::offset(14).to_datetime(Timestamp::now()).date())
}

/// The day here, against which deadlines are held.
pub(crate) fn today() -> Option<Day> {
    day(zone().to_datetime(Timestamp::now()).date())
}

fn day(day: jiff::civil::Date) -> Option<Day> {
    Day::new(day.year(), u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?)
}

/// Where the machine does not know its zone, that of China.
fn zone() -> TimeZone {
    TimeZone::try_system().unwrap_or_else(|_| TimeZone::fixed(tz::offset(8)))
}

/// The last second of a day in China, for what the ledger knew on that day.
pub(crate) fn end_of(day: Day) -> String {
    format!("{day}T23:59:59+08:00")
}

/// The time to the second with the local offset.
pub(crate) fn now() -> String {
    let now = Timestamp::now();
    let second = Timestamp::from_second(now.as_second()).unwrap_or(now);
    second.display_with_offset(zone().to_offset(now)).to_string()
}

/// Seconds since 1970.
pub(crate) fn seconds() -> i64 {
    Timestamp::now().as_second()
}

/// How many whole days have passed since a time (RFC 3339); `None` where the text is no time.
pub(crate) fn days_since(time: &str) -> Option<i64> {
    let since = Timestamp::now().since(time.parse::<Timestamp>().ok()?).ok()?;
    let round = SpanRound::new().largest(Unit::Day).days_are_24_hours();
    since.round(round).ok().map(|span| i64::from(span.get_days()))
}
