//! The formulas that compare two periods.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// So many decimals of what has a root or a power are kept; a ratio of usual size has 15 sure digits.
pub const DECIMALS: u32 = 12;

/// How the prices of two periods become one number. `p`, `q` are price and quantity, 0 and 1 the periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formula {
    /// `Π (p1 ÷ p0)^(1/n)`.
    Jevons,
    /// `Σ p1 ÷ Σ p0`: for items of one kind and unit only.
    Dutot,
    /// `Σ (p1 ÷ p0) ÷ n`; known to drift upwards.
    Carli,
    /// `Σ p1·q0 ÷ Σ p0·q0`.
    Laspeyres,
    /// `Σ p1·q1 ÷ Σ p0·q1`.
    Paasche,
    /// `√(Laspeyres · Paasche)`.
    Fisher,
    /// `Π (p1 ÷ p0)^((s0 + s1) / 2)`, `s` being the share in what was paid.
    Tornqvist,
    /// `Σ p1·√(q0·q1) ÷ Σ p0·√(q0·q1)`.
    Walsh,
}

/// An item that has a price in both periods. A quantity that the formula does not need may be zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Prices of the earlier and the later period, above zero.
    pub prices: [Decimal; 2],
    /// Quantities of the same, not negative.
    pub quantities: [Decimal; 2],
}

impl Formula {
    /// Whether quantities of the earlier and of the later period are needed.
    pub fn needs_quantities(self) -> [bool; 2] {
        match self {
            Formula::Jevons | Formula::Dutot | Formula::Carli => [false, false],
            Formula::Laspeyres => [true, false],
            Formula::Paasche => [false, true],
            Formula::Fisher | Formula::Tornqvist | Formula::Walsh => [true, true],
        }
    }

    /// Whether the formula has neither root nor power, so that its index is an exact decimal.
    pub fn is_rational(self) -> bool {
        matches!(self, Formula::Dutot | Formula::Carli | Formula::Laspeyres | Formula::Paasche)
    }
}

/// The index of the later period against the earlier one.
///
/// `None` where there is no item, the weights come to nothing, or a number leaves the range of exact decimals.
///
/// ```
/// use methods::price_index::{Formula, Pair, compare};
/// use rust_decimal::Decimal;
///
/// let pair = |p0, p1, q0, q1| Pair {
///     prices: [Decimal::from(p0), Decimal::from(p1)],
///     quantities: [Decimal::from(q0), Decimal::from(q1)],
/// };
/// let pairs = [pair(10, 12, 5, 4), pair(20, 20, 10, 10)];
/// assert_eq!(compare(Formula::Laspeyres, &pairs), Some(Decimal::new(104, 2)));
/// ```
pub fn compare(formula: Formula, pairs: &[Pair]) -> Option<Decimal> {
    match formula {
        Formula::Dutot => ratio(pairs, |_| Some(Decimal::ONE)),
        Formula::Laspeyres => ratio(pairs, |pair| Some(pair.quantities[0])),
        Formula::Paasche => ratio(pairs, |pair| Some(pair.quantities[1])),
        Formula::Carli => {
            let count = Decimal::from(pairs.len());
            let add = |sum: Decimal, pair: &Pair| {
                sum.checked_add(pair.prices[1].checked_div(pair.prices[0])?)
            };
            pairs.iter().try_fold(Decimal::ZERO, add)?.checked_div(count)
        }
        Formula::Jevons | Formula::Fisher | Formula::Tornqvist | Formula::Walsh => {
            let plain: Vec<Plain> = pairs.iter().map(Plain::of).collect::<Option<_>>()?;
            kept(rooted(formula, &plain)?)
        }
    }
}

/// A binary fraction with [`DECIMALS`] decimals; `None` of what is no price index.
pub(super) fn kept(number: f64) -> Option<Decimal> {
    if !number.is_finite() || number <= 0.0 {
        return None;
    }
    Some(Decimal::from_f64_retain(number)?.round_dp(DECIMALS).normalize())
}

fn ratio(pairs: &[Pair], weight: impl Fn(&Pair) -> Option<Decimal>) -> Option<Decimal> {
    let mut sums = [Decimal::ZERO; 2];
    for pair in pairs {
        let weight = weight(pair)?;
        for (sum, price) in sums.iter_mut().zip(pair.prices) {
            *sum = sum.checked_add(price.checked_mul(weight)?)?;
        }
    }
    sums[1].checked_div(sums[0]).filter(|found| *found > Decimal::ZERO)
}

/// A pair in binary fractions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plain {
    pub(super) prices: [f64; 2],
    pub(super) quantities: [f64; 2],
}

impl Plain {
    pub(super) fn of(pair: &Pair) -> Option<Plain> {
        let both = |[one, other]: [Decimal; 2]| Some([one.to_f64()?, other.to_f64()?]);
        Some(Plain { prices: both(pair.prices)?, quantities: both(pair.quantities)? })
    }

    /// What was paid at the prices of one period for the quantities of another.
    pub(super) fn paid(&self, prices: usize, quantities: usize) -> f64 {
        self.prices[prices] * self.quantities[quantities]
    }

    /// The price of the later period over that of the earlier.
    pub(super) fn relative(&self) -> f64 {
        self.prices[1] / self.prices[0]
    }
}

/// What has a root or a power; `None` without items or weight.
pub(super) fn rooted(formula: Formula, pairs: &[Plain]) -> Option<f64> {
    let sum = |of: &dyn Fn(&Plain) -> f64| pairs.iter().map(of).sum::<f64>();
    let found = match formula {
        Formula::Fisher => {
            let laspeyres = sum(&|pair| pair.paid(1, 0)) / sum(&|pair| pair.paid(0, 0));
            let paasche = sum(&|pair| pair.paid(1, 1)) / sum(&|pair| pair.paid(0, 1));
            libm::sqrt(laspeyres * paasche)
        }
        Formula::Walsh => {
            let common = |pair: &Plain| libm::sqrt(pair.quantities[0] * pair.quantities[1]);
            sum(&|pair| pair.prices[1] * common(pair)) / sum(&|pair| pair.prices[0] * common(pair))
        }
        _ => {
            let weights = log_weights(formula, pairs);
            let logarithm: f64 = pairs
                .iter()
                .zip(weights)
                .map(|(pair, weight)| weight * libm::log(pair.relative()))
                .sum();
            if pairs.is_empty() {
                return None;
            }
            libm::exp(logarithm)
        }
    };
    (found.is_finite() && found > 0.0).then_some(found)
}

/// The exponents of the price relatives, which come to 1: equal ones, or mean shares in what was paid.
pub(super) fn log_weights(formula: Formula, pairs: &[Plain]) -> Vec<f64> {
    if formula == Formula::Jevons {
        return vec![1.0 / pairs.len() as f64; pairs.len()];
    }
    let whole =
        [0, 1].map(|period| pairs.iter().map(|pair| pair.paid(period, period)).sum::<f64>());
    let share = |pair: &Plain, period: usize| pair.paid(period, period) / whole[period];
    pairs.iter().map(|pair| (share(pair, 0) + share(pair, 1)) / 2.0).collect()
}
