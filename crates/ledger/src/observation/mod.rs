//! Figures of indicators: filed with the day on which they became known, given back as known on a day.

mod file;
mod query;
mod read;
pub(crate) mod trail;

use terms::{Observation, Redefinition};

pub use file::{Filed, Filing};
pub(crate) use file::{admit, file};
pub use read::Origin;

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
