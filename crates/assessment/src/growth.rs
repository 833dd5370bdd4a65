//! Growth on the year from figures that were published, as far as they can be compared.

use std::fmt;

use rust_decimal::Decimal;
use terms::{Observation, Period, Redefinition, Series};

/// What a growth was computed from, and what it comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Growth {
    /// In percent, not rounded.
    pub rate: Decimal,
    /// The figure of the period.
    pub level: Observation,
    /// The figure of the same months of the year before.
    pub base: Observation,
}

/// Why two figures cannot be compared; its text is a Chinese sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Incomparable {
    /// There is no figure of a period.
    NoFigure(Period),
    /// The figure of a period lost a digit, or is published as missing.
    NoNumber(Period),
    /// The definition changed between the two.
    Redefined {
        /// The first period of the new definition.
        from: Period,
        /// What changed.
        reason: String,
    },
    /// No exact factor joins the units.
    Units {
        /// The unit of the period.
        unit: String,
        /// The unit of the year before.
        base: String,
    },
    /// There is no growth from nothing or from a loss, or the numbers are beyond all measure.
    NoBase(Period),
}

impl fmt::Display for Incomparable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Incomparable::NoFigure(period) => write!(f, "没有{}的数据", period.chinese()),
            Incomparable::NoNumber(period) => write!(f, "{}的数值缺失", period.chinese()),
            Incomparable::Redefined { from, reason } => {
                write!(f, "自{}起统计口径变化，前后不可比：{reason}", from.chinese())
            }
            Incomparable::Units { unit, base } => {
                write!(f, "单位“{unit}”与“{base}”之间没有精确的换算")
            }
            Incomparable::NoBase(period) => {
                write!(f, "{}的数值不是正数，不能作基数", period.chinese())
            }
        }
    }
}

/// The growth on the year of a period: its figure over that of the same months of the year before, in percent.
///
/// This is the ratio of two published levels, which a published growth need not be: where a survey's scope changes from
/// year to year, the bureau computes growth on a base of its own. Where the definition is known to have changed between
/// the two, there is no such ratio.
pub fn growth_on_year(series: &Series, period: Period) -> Result<Growth, Incomparable> {
    let before = period.in_year(period.year() - 1).ok_or(Incomparable::NoFigure(period))?;
    let Comparable { level, number, base, base_number } =
        comparable(series, (period, before), series.redefined_between(before, period))?;
    let rate = methods::growth::rate(number, base_number).ok_or(Incomparable::NoBase(before))?;
    Ok(Growth { rate, level: level.clone(), base: base.clone() })
}

/// Two figures of one definition, with their numbers in the unit of the first.
pub(crate) struct Comparable<'a> {
    pub(crate) level: &'a Observation,
    pub(crate) number: Decimal,
    pub(crate) base: &'a Observation,
    pub(crate) base_number: Decimal,
}

/// The figures of two periods, unless something `between` them forbids to compare them.
pub(crate) fn comparable<'a>(
    series: &'a Series,
    (period, before): (Period, Period),
    between: Option<&Redefinition>,
) -> Result<Comparable<'a>, Incomparable> {
    if let Some(Redefinition { from, reason, .. }) = between {
        return Err(Incomparable::Redefined { from: *from, reason: reason.to_string() });
    }
    let (level, number) = figure(series, period)?;
    let (base, base_number) = figure(series, before)?;
    let base_number = base.unit.convert(base_number, &level.unit).ok_or_else(|| {
        let [unit, base] = [level, base].map(|known| known.unit.as_str().to_owned());
        Incomparable::Units { unit, base }
    })?;
    Ok(Comparable { level, number, base, base_number })
}

/// The figure of a period with its number.
pub(crate) fn figure(
    series: &Series,
    period: Period,
) -> Result<(&Observation, Decimal), Incomparable> {
    let known = series.at(period).ok_or(Incomparable::NoFigure(period))?;
    let number = known.value.as_ref().and_then(terms::Amount::exact);
    Ok((known, number.ok_or(Incomparable::NoNumber(period))?))
}

#[cfg(test)]
mod tests {
    use terms::{Day, Facet, ObservationStatus, Redefinition, Unit};

    use super::*;

    fn figure(period: &str, value: &str, unit: &str) -> Observation {
        Observation {
            indicator: "x".into(),
            region: "330784".into(),
            facet: Facet::Level,
            period: period.parse().unwrap(),
            vintage: Day::new(2024, 1, 20).unwrap(),
            value: Some(value.parse().unwrap()),
            unit: Unit::new(unit),
            status: ObservationStatus::Normal,
            source: "月报".into(),
            note: "".into(),
        }
    }

    fn grown(observations: Vec<Observation>, redefined: Option<&str>) -> Result<String, String> {
        let change = |from: &str| Redefinition {
            indicator: "x".into(),
            region: None,
            from: from.parse().unwrap(),
            known: Day::new(2024, 3, 1).unwrap(),
            reason: "省统计口径调整".into(),
        };
        let series =
            Series { observations, redefinitions: redefined.map(change).into_iter().collect() };
        growth_on_year(&series, "2024-01..05".parse().unwrap())
            .map(|growth| growth.rate.round_dp(4).normalize().to_string())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn is_the_ratio_of_comparable_levels() {
        let levels = |base, base_unit| {
            vec![figure("2023-01..05", base, base_unit), figure("2024-01..05", "106", "亿元")]
        };
        assert_eq!(grown(levels("100", "亿元"), None), Ok("6".into()));
        assert_eq!(grown(levels("1000000", "万元"), None), Ok("6".into()));
        assert_eq!(grown(levels("99.5", "亿元"), Some("2023")), Ok("6.5327".into()));
        for (base, unit, redefined, reason) in [
            (
                "100",
                "亿元",
                Some("2024-01"),
                "自2024年1月起统计口径变化，前后不可比：省统计口径调整",
            ),
            ("10〓", "亿元", None, "2023年1—5月的数值缺失"),
            ("100", "亿美元", None, "单位“亿元”与“亿美元”之间没有精确的换算"),
            ("0", "亿元", None, "2023年1—5月的数值不是正数，不能作基数"),
        ] {
            assert_eq!(grown(levels(base, unit), redefined), Err(reason.into()));
        }
        assert_eq!(
            grown(vec![figure("2024-01..05", "1", "亿元")], None),
            Err("没有2023年1—5月的数据".into())
        );
    }
}
