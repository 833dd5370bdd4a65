//! Who writes in a ledger, and when.

use jiff::tz::{self, TimeZone};
use ledger::Entry;
use terms::Day;

/// An entry of this user at this time.
pub(super) fn entry(reason: &str) -> Entry {
    Entry { author: author(), at: now(), reason: reason.to_owned(), ..Entry::default() }
}

fn author() -> String {
    std::env::var("USER").ok().filter(|user| !user.is_empty()).unwrap_or_else(|| "本机".to_owned())
}

/// The day on which nothing later can have become known: it is that day somewhere on Earth.
pub(super) fn today() -> Option<Day> {
    let day = tz::offset(14).to_datetime(jiff::Timestamp::now()).date();
    Day::new(day.year(), u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?)
}

/// The time to the second with the local offset; where the machine does not know its zone, that of China.
fn now() -> String {
    let now = jiff::Timestamp::now();
    let china = || TimeZone::fixed(tz::offset(8));
    let zone = TimeZone::try_system().unwrap_or_else(|_| china());
    let second = jiff::Timestamp::from_second(now.as_second()).unwrap_or(now);
    second.display_with_offset(zone.to_offset(now)).to_string()
}
