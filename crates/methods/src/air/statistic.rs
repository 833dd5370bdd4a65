//! What a year of daily concentrations comes to: mean and percentile.
//!
//! Source: HJ 663-2013 and HJ 663-2026: the percentile p of n sorted values stands at k = 1 + (n − 1)·p and is
//! interpolated between the two beside it; SO₂ and NO₂ the 98th, particles and CO the 95th, ozone the 90th.
//! GB 3095 (both versions), validity: at least 324 daily values in the year and 27 in every month, 25 in February.

use rust_decimal::{Decimal, RoundingStrategy};

use super::Pollutant;

/// So many daily values a year needs.
const DAYS_OF_YEAR: usize = 324;

/// Mean and percentile of a pollutant over the days of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statistic {
    /// The pollutant.
    pub pollutant: Pollutant,
    /// Days with a concentration.
    pub days: usize,
    /// Months with fewer days than a year needs of them.
    pub short_months: Vec<u8>,
    /// The mean of the daily values, not rounded; `None` without any, and of ozone, whose days have no yearly mean in the
    /// standard.
    pub mean: Option<Decimal>,
    /// The share below the percentile, in percent: 90, 95 or 98.
    pub share: u8,
    /// The percentile, not rounded; `None` without a value.
    pub percentile: Option<Decimal>,
}

impl Statistic {
    /// Of the concentrations of a pollutant, each with its month.
    pub(super) fn of(pollutant: Pollutant, values: &[(u8, Decimal)]) -> Statistic {
        let in_month = |month: u8| values.iter().filter(|(other, _)| *other == month).count();
        let needed = |month: u8| if month == 2 { 25 } else { 27 };
        let sorted = sorted(values.iter().map(|(_, value)| *value).collect());
        let share = match pollutant {
            Pollutant::So2 | Pollutant::No2 => 98,
            Pollutant::Pm25 | Pollutant::Pm10 | Pollutant::Co => 95,
            Pollutant::O3 => 90,
        };
        let has_mean = pollutant != Pollutant::O3 && pollutant != Pollutant::Co;
        let sum: Decimal = sorted.iter().sum();
        Statistic {
            pollutant,
            days: sorted.len(),
            short_months: (1..=12).filter(|month| in_month(*month) < needed(*month)).collect(),
            mean: sum.checked_div(Decimal::from(sorted.len())).filter(|_| has_mean),
            share,
            percentile: of_sorted(&sorted, share),
        }
    }

    /// Whether there are days enough for the figures to be those of the year.
    pub fn is_valid(&self) -> bool {
        self.days >= DAYS_OF_YEAR && self.short_months.is_empty()
    }
}

/// The percentile of some values: at rank k = 1 + (n − 1)·p ÷ 100, between two values in proportion.
///
/// `None` without a value, where `share` is above 100, or where a number leaves the range of exact decimals.
///
/// ```
/// use methods::air::percentile;
/// use rust_decimal::Decimal;
///
/// let values = [4, 1, 3, 2].map(Decimal::from);
/// assert_eq!(percentile(&values, 50), Some(Decimal::new(25, 1)));
/// ```
pub fn percentile(values: &[Decimal], share: u8) -> Option<Decimal> {
    of_sorted(&sorted(values.to_vec()), share)
}

fn sorted(mut values: Vec<Decimal>) -> Vec<Decimal> {
    values.sort_unstable();
    values
}

fn of_sorted(sorted: &[Decimal], share: u8) -> Option<Decimal> {
    if share > 100 {
        return None;
    }
    let steps = sorted.len().checked_sub(1)?.checked_mul(usize::from(share))?;
    let (place, rest) = (steps / 100, steps % 100);
    let low = *sorted.get(place)?;
    let Some(high) = sorted.get(place + 1) else { return Some(low) };
    let part = Decimal::new(i64::try_from(rest).ok()?, 2);
    low.checked_add(high.checked_sub(low)?.checked_mul(part)?)
}

/// A concentration as it is reported: whole micrograms, carbon monoxide to a tenth of a milligram, an exact half to the
/// even digit (GB/T 8170).
pub fn reported(pollutant: Pollutant, concentration: Decimal) -> Decimal {
    let decimals = if pollutant == Pollutant::Co { 1 } else { 0 };
    concentration.round_dp_with_strategy(decimals, RoundingStrategy::MidpointNearestEven)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    /// numpy 2.4.6: percentile(…, method="linear") of these.
    #[test]
    fn percentiles_stand_at_the_rank_of_the_rule() {
        let values = ["35", "12.5", "80", "41", "63", "22", "17", "54", "29", "48"].map(d);
        for (share, expected) in
            [(0, "12.5"), (50, "38"), (90, "64.7"), (95, "72.35"), (98, "76.94"), (100, "80")]
        {
            assert_eq!(percentile(&values, share).unwrap().normalize(), d(expected), "{share}");
        }
        assert_eq!(percentile(&values[..1], 95), Some(d("35")));
        assert_eq!(percentile(&[], 95), None);
        assert_eq!(percentile(&values, 101), None);
    }

    #[test]
    fn halves_go_to_the_even_digit() {
        let whole = |text| reported(Pollutant::Pm25, d(text));
        assert_eq!([whole("28.5"), whole("29.5"), whole("28.51")], [d("28"), d("30"), d("29")]);
        assert_eq!(reported(Pollutant::Co, d("0.85")), d("0.8"));
    }

    #[test]
    fn a_month_that_is_too_short_is_named() {
        let all: Vec<(u8, Decimal)> =
            (1..=12).flat_map(|month| (1..=28).map(move |_| (month, Decimal::TEN))).collect();
        let whole = Statistic::of(Pollutant::Pm25, &all);
        assert!(whole.is_valid() && whole.days == 336 && whole.mean == Some(Decimal::TEN));
        let february: Vec<_> = all.iter().copied().skip(28 + 3).collect();
        let february: Vec<_> = all[..28].iter().copied().chain(february[..].to_vec()).collect();
        assert!(Statistic::of(Pollutant::Pm25, &february).is_valid());
        let cut: Vec<_> = all.iter().copied().skip(2).collect();
        let cut = Statistic::of(Pollutant::O3, &cut);
        assert_eq!((cut.is_valid(), cut.short_months, cut.mean), (false, vec![1], None));
    }
}
