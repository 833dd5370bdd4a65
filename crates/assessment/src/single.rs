//! Single months derived from published cumulative figures.

use methods::accumulation::{Bounded, Cumulative, single, single_growth};
use rust_decimal::Decimal;
use terms::{Observation, Period, Series, Unit};

use crate::growth::{Comparable, Incomparable, comparable};

/// The figure of a single month, which nobody published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// The month.
    pub period: Period,
    /// How much.
    pub value: Decimal,
    /// In the unit of the later figure.
    pub unit: Unit,
    /// Its growth on the year, where growth of both figures was published.
    pub growth: Option<Bounded>,
    /// The figure up to the month, and the one up to the month before.
    pub from: [Observation; 2],
}

/// The single month that ends a cumulative period: its figure less that up to the month before. `growth` is the
/// indicator's published growth.
///
/// January and February are published together and have no single figures; a month that was published by itself needs no
/// derivation.
pub fn single_month(
    series: &Series,
    growth: &Series,
    month: Period,
) -> Result<Derived, Incomparable> {
    let (year, last) = (month.year(), month.last_month());
    let through = Period::months(year, 1, last).filter(|_| month.first_month() == last && last > 2);
    let before = last.checked_sub(1).and_then(|before| Period::months(year, 1, before));
    let (Some(through), Some(before)) = (through, before) else {
        return Err(Incomparable::NoFigure(month));
    };
    let Comparable { level: end, number: end_number, base: start, base_number: start_number } =
        comparable(series, (through, before), series.redefined_within(before, through))?;
    let value = single(end_number, start_number).ok_or(Incomparable::NoNumber(through))?;
    let rate = |period| growth.at(period)?.value.as_ref()?.exact();
    let grown = rate(through).zip(rate(before)).and_then(|(this, last)| {
        single_growth(
            Cumulative { level: end_number, rate: this },
            Cumulative { level: start_number, rate: last },
        )
    });
    Ok(Derived {
        period: month,
        value,
        unit: end.unit.clone(),
        growth: grown,
        from: [end.clone(), start.clone()],
    })
}

#[cfg(test)]
mod tests {
    use terms::{Day, Facet, Redefinition};

    use super::*;
    use crate::example::series;

    fn derived(series: &Series, growth: &Series, month: &str) -> Result<Derived, String> {
        single_month(series, growth, month.parse().unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn months_follow_from_cumulative_figures() {
        let periods = ["2024-01..02", "2024-Q1", "2024-01..04", "2024-01..05"];
        let with = |values: [&'static str; 4]| {
            periods.into_iter().zip(values).collect::<Vec<(&str, &str)>>()
        };
        let mut levels = series(Facet::Level, "亿元", &with(["100", "160", "214", "275"]));
        let growth = series(Facet::Growth, "%", &with(["5", "6", "6.2", "6.1"]));
        for (month, value, rate) in
            [("2024-03", "60", "7.7"), ("2024-04", "54", "6.8"), ("2024-05", "61", "5.8")]
        {
            let found = derived(&levels, &growth, month).unwrap();
            assert_eq!(found.value.to_string(), value);
            assert_eq!(found.growth.unwrap().rate.round_dp(1).to_string(), rate);
        }
        let none = series(Facet::Growth, "%", &[]);
        assert_eq!(derived(&levels, &none, "2024-04").unwrap().growth, None);
        for month in ["2024-01", "2024-02", "2024-01..02", "2024-Q2"] {
            assert!(derived(&levels, &growth, month).unwrap_err().starts_with("没有"), "{month}");
        }
        assert_eq!(derived(&levels, &growth, "2024-06"), Err("没有2024年上半年的数据".into()));
        levels.redefinitions.push(Redefinition {
            indicator: "x".into(),
            region: None,
            from: "2024-04".parse().unwrap(),
            known: Day::new(2024, 5, 1).unwrap(),
            reason: "范围扩大".into(),
        });
        let refused = derived(&levels, &growth, "2024-04").unwrap_err();
        assert!(refused.contains("范围扩大"), "{refused}");
        assert!(derived(&levels, &growth, "2024-03").is_ok());
        assert!(derived(&levels, &growth, "2024-05").is_ok());
    }
}
