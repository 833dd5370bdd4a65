//! What numbers measure: products of units, with exact factors.

use std::sync::Arc;

use rust_decimal::Decimal;
use terms::{Dimension, Unit};

/// What a number measures, as powers of what no exact factor joins; none of a share or a plain number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Dims(Vec<(Base, i32)>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Base {
    Known(Dimension),
    /// A counter, a currency, or a word without factor, which is comparable with itself alone.
    Word(Arc<str>),
}

impl Dims {
    fn of(base: Base) -> Dims {
        Dims(vec![(base, 1)])
    }

    pub(crate) fn is_plain(&self) -> bool {
        self.0.is_empty()
    }

    /// Those of a product, or of a quotient where `sign` is −1.
    pub(crate) fn times(&self, other: &Dims, sign: i32) -> Dims {
        let mut powers = self.0.clone();
        for (base, power) in &other.0 {
            let power = power.saturating_mul(sign);
            match powers.iter_mut().find(|(known, _)| known == base) {
                Some((_, sum)) => *sum = sum.saturating_add(power),
                None => powers.push((base.clone(), power)),
            }
        }
        powers.retain(|(_, power)| *power != 0);
        powers.sort();
        Dims(powers)
    }
}

/// The factor of a unit to the base of its dimension, as a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Factor {
    numerator: Decimal,
    denominator: Decimal,
}

impl Factor {
    pub(crate) const ONE: Factor = Factor { numerator: Decimal::ONE, denominator: Decimal::ONE };
    pub(crate) const PERCENT: Factor =
        Factor { numerator: Decimal::ONE, denominator: Decimal::ONE_HUNDRED };

    /// An amount of the unit in the base.
    pub(crate) fn to_base(self, amount: Decimal) -> Option<Decimal> {
        scaled(amount, self.numerator, self.denominator)
    }

    /// An amount of the base in the unit.
    pub(crate) fn to_unit(self, amount: Decimal) -> Option<Decimal> {
        scaled(amount, self.denominator, self.numerator)
    }

    pub(crate) fn times(self, other: Factor) -> Option<Factor> {
        Some(Factor {
            numerator: self.numerator.checked_mul(other.numerator)?,
            denominator: self.denominator.checked_mul(other.denominator)?,
        })
    }

    pub(crate) fn over(self, other: Factor) -> Option<Factor> {
        self.times(Factor { numerator: other.denominator, denominator: other.numerator })
    }
}

/// An amount times one number over another, of which most are 1.
fn scaled(amount: Decimal, times: Decimal, over: Decimal) -> Option<Decimal> {
    let scaled = if times == Decimal::ONE { amount } else { amount.checked_mul(times)? };
    if over == Decimal::ONE { Some(scaled) } else { scaled.checked_div(over) }
}

/// What a unit measures and by how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Measure {
    pub(crate) dims: Dims,
    pub(crate) factor: Factor,
    /// Whether it is a share, a rate or points, which are said in percent.
    pub(crate) share: bool,
}

/// The measure of a unit; `None` where its factor is beyond all measure.
pub(crate) fn measure(unit: &Unit) -> Option<Measure> {
    let mut parts = unit.as_str().split('/');
    let mut whole = single(&Unit::new(parts.next().unwrap_or_default()))?;
    for below in parts {
        let below = single(&Unit::new(below))?;
        whole = Measure {
            dims: whole.dims.times(&below.dims, -1),
            factor: whole.factor.over(below.factor)?,
            share: false,
        };
    }
    Some(whole)
}

/// The measure of a unit that is no quotient.
fn single(unit: &Unit) -> Option<Measure> {
    let dimension = unit.dimension();
    let whole = |numerator| Factor { numerator, denominator: Decimal::ONE };
    let (dims, factor, share) = match (dimension, unit.factor()) {
        (Dimension::Share | Dimension::Points, Some((numerator, denominator))) => {
            let factor = Factor { numerator, denominator }.times(Factor::PERCENT)?;
            (Dims::default(), factor, true)
        }
        (Dimension::Ratio, Some((numerator, _))) => (Dims::default(), whole(numerator), false),
        (Dimension::Ratio, None) if unit.as_str().is_empty() => {
            (Dims::default(), Factor::ONE, false)
        }
        // Fifteenths of a square metre, so that 亩 are whole numbers of them.
        (Dimension::Area, Some((numerator, denominator))) => {
            let whole_numerator =
                numerator.checked_mul(Decimal::from(15))?.checked_div(denominator)?;
            (Dims::of(Base::Known(dimension)), whole(whole_numerator), false)
        }
        (Dimension::Count | Dimension::Unknown, _) | (_, None) => {
            let word = unit.base();
            // 3亿 is a plain number.
            let dims = match word {
                "" => Dims::default(),
                _ => Dims::of(Base::Word(word.into())),
            };
            (dims, whole(unit.multiplier()), false)
        }
        (known, Some((numerator, denominator))) => {
            (Dims::of(Base::Known(known)), Factor { numerator, denominator }, false)
        }
    };
    Some(Measure { dims, factor, share })
}

/// The unit in which a number is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) text: String,
    pub(crate) factor: Factor,
}

impl Shown {
    pub(crate) fn plain() -> Shown {
        Shown { text: String::new(), factor: Factor::ONE }
    }

    pub(crate) fn percent() -> Shown {
        Shown { text: "%".into(), factor: Factor::PERCENT }
    }

    /// A number of the base as it is shown to people: with at most four decimals.
    pub(crate) fn say(&self, number: Decimal) -> String {
        match self.factor.to_unit(number) {
            Some(shown) => format!("{}{}", shown.round_dp(4).normalize(), self.text),
            None => number.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(unit: &str) -> Measure {
        measure(&Unit::new(unit)).unwrap()
    }

    #[test]
    fn units_of_one_kind_have_one_measure() {
        for (one, other, amount, same) in [
            ("亿元", "万元", "1.5", "15000"),
            ("亩", "公顷", "15", "1"),
            ("元/平方米", "万元/亩", "15", "1"),
            ("吨标准煤/万元", "千克", "", ""),
            ("万元/人", "亿元/万人", "1", "1"),
            ("%", "个百分点", "5", "5"),
            ("%", "‰", "5", "50"),
            ("倍", "", "2", "2"),
            ("万人", "人", "1.2", "12000"),
            ("亿美元", "万美元", "1", "10000"),
            ("万千伏安", "千伏安", "1", "10000"),
        ] {
            let (one, other) = (of(one), of(other));
            if same.is_empty() {
                assert_ne!(one.dims, other.dims);
                continue;
            }
            assert_eq!(one.dims, other.dims);
            let amount = Decimal::from_str_exact(amount).unwrap();
            let base = one.factor.to_base(amount).unwrap();
            let found = other.factor.to_unit(base).unwrap();
            assert_eq!(found.normalize().to_string(), same);
        }
        for (one, other) in
            [("家", "个"), ("元", "美元"), ("元", "人"), ("元/人", "元"), ("年", "天")]
        {
            assert_ne!(of(one).dims, of(other).dims, "{one} {other}");
        }
    }
}
