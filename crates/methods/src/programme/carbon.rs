//! Carbon dioxide avoided, and green certificates.
//!
//! Emission factors of the grid are published for a year and an area (in China by the ministry of ecology and environment
//! with the bureau of statistics) and are arguments here. One certificate is given for 1,000 kWh (国能发新能规〔2023〕1044号);
//! what is left over waits for the next month.

use rust_decimal::Decimal;

/// Kilowatt-hours of one green certificate.
pub const CERTIFICATE: Decimal = Decimal::ONE_THOUSAND;

/// Why there is no account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoCarbon {
    /// An amount is below zero. Months count from 0.
    #[error("amount {at} (counted from 0) is {amount}: expected zero or more")]
    Negative {
        /// Which one.
        at: usize,
        /// The amount.
        amount: Decimal,
    },
    /// A number leaves the range of exact decimals.
    #[error("out of range")]
    Range,
}

/// Tonnes of carbon dioxide avoided by so many kilowatt-hours at a factor in kilograms a kilowatt-hour.
///
/// Own use counts only where its certificate was not passed on to somebody else.
///
/// # Errors
/// When a number is below zero or out of range.
pub fn avoided(kwh: Decimal, factor: Decimal) -> Result<Decimal, NoCarbon> {
    for (at, amount) in [kwh, factor].into_iter().enumerate() {
        if amount < Decimal::ZERO {
            return Err(NoCarbon::Negative { at, amount });
        }
    }
    let kilograms = kwh.checked_mul(factor).ok_or(NoCarbon::Range)?;
    kilograms.checked_div(Decimal::ONE_THOUSAND).ok_or(NoCarbon::Range)
}

/// The certificates of a row of months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificates {
    /// How many are given for each month.
    pub given: Vec<u64>,
    /// Kilowatt-hours that wait for the next month.
    pub carried: Decimal,
}

/// Certificates for monthly kilowatt-hours, with what was carried from before. What goes to the grid and what is used in
/// the building are accounts of their own, as certificates of the latter may not be traded (国能发新能规〔2024〕67号).
///
/// ```
/// use methods::programme::carbon::certificates;
///
/// let found = certificates(700.into(), &[400.into(), 899.into(), 1.into()]).unwrap();
/// assert_eq!((found.given, found.carried), (vec![1, 0, 1], 0.into()));
/// ```
///
/// # Errors
/// When an amount is below zero or out of range.
pub fn certificates(carried: Decimal, months: &[Decimal]) -> Result<Certificates, NoCarbon> {
    if carried < Decimal::ZERO {
        return Err(NoCarbon::Negative { at: 0, amount: carried });
    }
    let mut found = Certificates { given: Vec::with_capacity(months.len()), carried };
    for (at, amount) in months.iter().copied().enumerate() {
        if amount < Decimal::ZERO {
            return Err(NoCarbon::Negative { at, amount });
        }
        let sum = found.carried.checked_add(amount).ok_or(NoCarbon::Range)?;
        let whole = sum.checked_div(CERTIFICATE).ok_or(NoCarbon::Range)?.floor();
        found.given.push(u64::try_from(whole).map_err(|_| NoCarbon::Range)?);
        found.carried = sum.checked_rem(CERTIFICATE).ok_or(NoCarbon::Range)?;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    /// 40 MW in Zhejiang at the factor of 2022: 20.6 to 21.4 thousand tonnes.
    #[test]
    fn forty_megawatts_avoid_some_twenty_thousand_tonnes() {
        assert_eq!(avoided(d("40000000"), d("0.5153")).unwrap(), d("20612"));
        assert_eq!(avoided(d("41500000"), d("0.5153")).unwrap(), d("21384.95"));
        assert_eq!(avoided(d("-1"), d("0.5")), Err(NoCarbon::Negative { at: 0, amount: d("-1") }));
        assert_eq!(avoided(Decimal::MAX, d("2")), Err(NoCarbon::Range));
    }

    /// However a year is cut into months, nothing is lost.
    #[test]
    fn no_kilowatt_hour_is_lost() {
        let mut random = crate::forecast::random::Random::new(3);
        for _ in 0..200 {
            let months: Vec<Decimal> = (0..12)
                .map(|_| Decimal::from((random.uniform() * 9e5) as u64) / d("100"))
                .collect();
            let carried = Decimal::from((random.uniform() * 1e3) as u64);
            let found = certificates(carried, &months).unwrap();
            let given: u64 = found.given.iter().sum();
            let sum = carried + months.iter().sum::<Decimal>();
            assert_eq!(Decimal::from(given) * CERTIFICATE + found.carried, sum);
            assert!(found.carried < CERTIFICATE);
        }
        assert!(certificates(d("-1"), &[]).is_err() && certificates(d("0"), &[d("-1")]).is_err());
    }
}
