//! Who writes in a ledger, and when.

use jiff::tz::{self, TimeZone};
use ledger::Entry;

/// An entry of this user at this time.
pub(super) fn entry(reason: &str) -> Entry {
    Entry { author: author(), at: now(), reason: reason.to_owned() }
}

fn author() -> String {
    std::env::var("USER").ok().filter(|user| !user.is_empty()).unwrap_or_else(|| "本机".to_owned())
}

/// The time to the second with the local offset; where the machine does not know its zone, that of China.
fn now() -> String {
    let now = jiff::Timestamp::now();
    let china = || TimeZone::fixed(tz::offset(8));
    let zone = TimeZone::try_system().unwrap_or_else(|_| china());
    let second = jiff::Timestamp::from_second(now.as_second()).unwrap_or(now);
    second.display_with_offset(zone.to_offset(now)).to_string()
}
