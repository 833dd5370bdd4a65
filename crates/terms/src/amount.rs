//! Exact amounts, and amounts of which the source lost a digit.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

/// The mark that stands for a digit that the source has lost.
pub const LOST: char = '〓';

/// A number as a report gives it: an exact decimal, or what is left of one that lost a digit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// An exact decimal; trailing zeros are kept as written.
    Exact(Decimal),
    /// What the source left of the number, with [`LOST`] for what is missing. Never computed with.
    Lost(String),
}

/// Text that is no amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidAmount(pub String);

impl fmt::Display for InvalidAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a decimal number", self.0)
    }
}

impl std::error::Error for InvalidAmount {}

impl Amount {
    /// The exact value, or `None` where a digit was lost.
    pub fn exact(&self) -> Option<Decimal> {
        match self {
            Amount::Exact(value) => Some(*value),
            Amount::Lost(_) => None,
        }
    }

    /// Whether the source lost a digit of this number.
    pub fn is_lost(&self) -> bool {
        matches!(self, Amount::Lost(_))
    }
}

impl From<Decimal> for Amount {
    fn from(value: Decimal) -> Self {
        Amount::Exact(value)
    }
}

impl From<i64> for Amount {
    fn from(value: i64) -> Self {
        Amount::Exact(Decimal::from(value))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Amount::Exact(value) => value.fmt(f),
            Amount::Lost(rest) => f.write_str(rest),
        }
    }
}

impl FromStr for Amount {
    type Err = InvalidAmount;

    /// Reads ASCII digits with an optional sign and decimal point, or such a text with [`LOST`] marks.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidAmount(text.to_owned());
        if text.contains(LOST) {
            let rest = text.replace(LOST, "0");
            Decimal::from_str_exact(&rest).map_err(|_| invalid())?;
            return Ok(Amount::Lost(text.to_owned()));
        }
        Decimal::from_str_exact(text).map(Amount::Exact).map_err(|_| invalid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_was_written() {
        for text in ["0", "24.53", "8.0", "-1.5", "1709.8"] {
            assert_eq!(text.parse::<Amount>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_lost_digit_is_never_a_value() {
        let amount: Amount = "〓5".parse().unwrap();
        assert_eq!(amount.exact(), None);
        assert_eq!(amount.to_string(), "〓5");
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in ["", "〓x", "1,000", "十", "1e5"] {
            assert!(text.parse::<Amount>().is_err(), "{text}");
        }
    }
}
