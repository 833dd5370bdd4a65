//! What "左右" (about) allows.
//!
//! No rule of the state says how wide it is, so the width is ours, and it is said wherever it decides: one unit of
//! the last digit that the target states (6.5 % reaches from 6.4 to 6.6 %), but no more than a twentieth of the target
//! (5 % reaches from 4.75 to 5.25 %). Zeros at the end of a whole amount are no stated digits (1200万人), in a rate they
//! are (70 %).

use rust_decimal::Decimal;
use terms::{Better, Dimension, Unit};

/// A target may be missed by one part in so many.
const PARTS: u32 = 20;

/// Indicators whose "about" is a ceiling in practice: a plan that says 3 % for prices means no more than 3 %.
pub const CEILINGS: &[&str] = &["cpi"];

/// Indicators whose "about" is a floor in practice: nobody promises fewer jobs than the number that is named.
pub const FLOORS: &[&str] = &["urban-jobs"];

/// How far from its number a target with "左右" reaches, in the target's unit; `None` where the number is too long
/// for exact decimals.
pub(crate) fn band(value: Decimal, unit: &Unit) -> Option<Decimal> {
    let rate = matches!(unit.dimension(), Dimension::Share | Dimension::Points);
    let mut digit = Decimal::try_new(1, value.scale()).ok()?;
    let ten = Decimal::from(10);
    let mut whole = value;
    while !rate && value.scale() == 0 && !whole.is_zero() && (whole % ten).is_zero() {
        whole /= ten;
        digit = digit.checked_mul(ten)?;
    }
    let share = value.abs().checked_div(Decimal::from(PARTS))?;
    Some(digit.min(share).normalize())
}

/// Which way an indicator improves where it is promised as "about".
pub(crate) fn sense(indicator: Option<&str>, better: Option<Better>) -> Option<Better> {
    match indicator {
        Some(code) if CEILINGS.contains(&code) => Some(Better::Lower),
        _ => better,
    }
}

/// Whether less than the number, however little, breaks the promise.
pub(crate) fn is_floor(indicator: Option<&str>) -> bool {
    indicator.is_some_and(|code| FLOORS.contains(&code))
}

/// Whether an indicator is promised as a ceiling, below which there is nothing to exceed.
pub(crate) fn is_ceiling(indicator: Option<&str>) -> bool {
    indicator.is_some_and(|code| CEILINGS.contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_is_one_stated_digit_or_a_twentieth() {
        for (value, unit, expected) in [
            ("5", "%", "0.25"),
            ("6.5", "%", "0.1"),
            ("5.0", "%", "0.1"),
            ("3", "%", "0.15"),
            ("70", "%", "1"),
            ("67.5", "%", "0.1"),
            ("1200", "万人", "60"),
            ("1.4", "万亿斤", "0.07"),
            ("26", "微克/立方米", "1"),
            ("8", "家", "0.4"),
            ("20", "家", "1"),
            ("0", "家", "0"),
        ] {
            let found = band(value.parse().unwrap(), &Unit::new(unit)).unwrap();
            assert_eq!(found.to_string(), expected, "{value}{unit}");
        }
    }
}
