//! Whether a figure of a text agrees with one that is known, digit by digit.
//!
//! A text rounds: 123.45 may be told as 123.5 (half up) or 123.4 (half to even, GB/T 8170). A known figure of fewer
//! decimals than the text says nothing of the further ones.

use rust_decimal::{Decimal, RoundingStrategy};
use terms::{Comparator, Statement, Unit};

/// How a figure of a text relates to a known one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agreement {
    /// It is the same, as far as both go.
    Agrees,
    /// It is the known one, rounded to a neighbour of what it rounds to.
    Rounded,
    /// It is the known one times a power of ten.
    Magnitude,
    /// It has the other sign.
    Sign,
    /// It is another one.
    Differs,
}

/// Holds a figure of a text against a known one in the same unit.
pub(super) fn agreement(told: Decimal, known: Decimal) -> Agreement {
    if same(told, known) {
        return Agreement::Agrees;
    }
    if !told.is_zero() && same(-told, known) {
        return Agreement::Sign;
    }
    if power_of_ten(told, known) {
        return Agreement::Magnitude;
    }
    let last = unit_in_last_place(told.scale());
    let near = last.checked_mul(Decimal::new(15, 1));
    let apart = told.checked_sub(known).map(|apart| apart.abs());
    match (near, apart) {
        (Some(near), Some(apart))
            if apart < near && known.normalize().scale() > told.normalize().scale() =>
        {
            Agreement::Rounded
        }
        _ => Agreement::Differs,
    }
}

/// Whether one is what the other rounds to.
pub(super) fn same(told: Decimal, known: Decimal) -> bool {
    told == known || rounds_to(known, told) || rounds_to(told, known)
}

fn rounds_to(exact: Decimal, rounded: Decimal) -> bool {
    if exact.scale() <= rounded.scale() {
        return false;
    }
    [RoundingStrategy::MidpointAwayFromZero, RoundingStrategy::MidpointNearestEven]
        .iter()
        .any(|how| exact.round_dp_with_strategy(rounded.scale(), *how) == rounded)
}

/// Whether the two differ by a power of ten of at least ten.
fn power_of_ten(told: Decimal, known: Decimal) -> bool {
    let (mut small, large) = match (told.abs(), known.abs()) {
        (told, known) if told < known => (told, known),
        (told, known) => (known, told),
    };
    if small.is_zero() || told.is_sign_negative() != known.is_sign_negative() {
        return false;
    }
    for _ in 0..8 {
        let Some(next) = small.checked_mul(Decimal::TEN) else { return false };
        // Either figure may have been rounded.
        if close(next, large) {
            return true;
        }
        if next > large {
            return false;
        }
        small = next;
    }
    false
}

/// Within a two-thousandth: what rounding to four digits leaves.
fn close(one: Decimal, other: Decimal) -> bool {
    let apart = one.checked_sub(other).and_then(|apart| apart.abs().checked_mul(2000.into()));
    apart.is_some_and(|apart| apart <= other)
}

/// The value of one in the last decimal: 0.1 for one decimal.
pub(super) fn unit_in_last_place(scale: u32) -> Decimal {
    Decimal::try_new(1, scale).unwrap_or(Decimal::ONE)
}

/// The single number of a statement with its sign, in a unit; `None` for a range or a lost digit.
pub(super) fn point(statement: &Statement, unit: &Unit) -> Option<Decimal> {
    let figure = crate::figure::Figure::of(statement)?;
    let own = statement.unit.as_ref()?;
    // What is written keeps its decimals, which say how it was rounded.
    match own == unit {
        true => figure.point(own),
        false => figure.point(unit).map(|value| value.normalize()),
    }
}

/// Whether a known exact figure may be what a bound says (突破200).
pub(super) fn within(comparator: Comparator, told: Decimal, known: Decimal) -> Option<bool> {
    match comparator {
        Comparator::Equal => Some(same(told, known)),
        Comparator::AtLeast => Some(known >= told || same(told, known)),
        Comparator::AtMost => Some(known <= told || same(told, known)),
        Comparator::Above => Some(known >= told),
        Comparator::Below => Some(known <= told),
        Comparator::About | Comparator::Range => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_rounding_are_accepted_and_no_third() {
        let told = |told: &str, known: &str| {
            agreement(
                Decimal::from_str_exact(told).unwrap(),
                Decimal::from_str_exact(known).unwrap(),
            )
        };
        for rounded in ["123.4", "123.5", "123.45", "123.450", "123"] {
            assert_eq!(told(rounded, "123.45"), Agreement::Agrees, "{rounded}");
        }
        assert_eq!(told("123.6", "123.45"), Agreement::Differs);
        assert_eq!(told("71.7", "71.64"), Agreement::Rounded);
        assert_eq!(told("71.6", "71.64"), Agreement::Agrees);
        assert_eq!(told("123.46", "123.5"), Agreement::Agrees);
        assert_eq!(told("474.2", "472.4"), Agreement::Differs);
        assert_eq!(told("612.5", "6124800"), Agreement::Magnitude);
        assert_eq!(told("50", "500000"), Agreement::Magnitude);
        assert_eq!(told("5", "-5"), Agreement::Sign);
        assert_eq!(told("0", "5"), Agreement::Differs);
    }
}
