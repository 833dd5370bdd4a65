//! Figures that a number rests on.

use std::fmt;

use rust_decimal::Decimal;
use terms::{Facet, Indicator, Observation, ObservationStatus, Period, Unit};

use super::Figures;
use crate::formula::{Measure, measure};
use crate::growth::{self, Incomparable};

/// What a figure is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It is what is asked for itself.
    Value,
    /// How much a value counts.
    Weight,
    /// What stands above in a ratio.
    Numerator,
    /// What stands below in a ratio, or what something is counted per.
    Denominator,
    /// The figure of a year before.
    Base,
}

impl Use {
    /// The word for it in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Use::Value => "value",
            Use::Weight => "weight",
            Use::Numerator => "numerator",
            Use::Denominator => "denominator",
            Use::Base => "base",
        }
    }
}

/// A figure that a number rests on, with its source and the day on which it became known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// What it is used for.
    pub used_as: Use,
    /// As it was published.
    pub observation: Observation,
}

/// Which figure is lacking, and why; its text is a Chinese sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// Name of the indicator.
    pub indicator: String,
    /// Why its figure cannot be used, in a sentence.
    pub why: String,
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}：{}", self.indicator, self.why)
    }
}

/// Which figure is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) indicator: &'a Indicator,
    pub(super) region: &'a str,
    pub(super) facet: Facet,
    pub(super) period: Period,
}

impl Wanted<'_> {
    /// The figure as it was published, with its number.
    pub(super) fn read(self, figures: &dyn Figures) -> Result<(Observation, Decimal), Lack> {
        let lack = |why: Incomparable| Lack {
            indicator: self.indicator.name.clone(),
            why: why.to_string(),
        };
        let series = figures
            .series(&self.indicator.code, self.region, self.facet)
            .ok_or_else(|| lack(Incomparable::NoFigure(self.period)))?;
        let (known, number) = growth::figure(&series, self.period).map_err(lack)?;
        Ok((known.clone(), number))
    }

    /// The figure, and its number in a unit.
    pub(super) fn read_in(
        self,
        figures: &dyn Figures,
        unit: &Unit,
    ) -> Result<(Observation, Decimal), Lack> {
        let (known, number) = self.read(figures)?;
        match known.unit.convert(number, unit) {
            Some(number) => Ok((known, number)),
            None => Err(Lack {
                indicator: self.indicator.name.clone(),
                why: Incomparable::Units {
                    unit: unit.as_str().to_owned(),
                    base: known.unit.as_str().to_owned(),
                }
                .to_string(),
            }),
        }
    }
}

/// The level of an indicator in a region and a period: the figure, and its number in a unit.
pub fn level_in(
    figures: &dyn Figures,
    (indicator, region, period): (&Indicator, &str, Period),
    unit: &Unit,
    used_as: Use,
) -> Result<(Input, Decimal), Lack> {
    let wanted = Wanted { indicator, region, facet: Facet::Level, period };
    let (observation, number) = wanted.read_in(figures, unit)?;
    Ok((Input { used_as, observation }, number))
}

/// So many years back a yearly figure is looked for that something is counted per or weighed by.
const YEARS_BACK: i16 = 2;

/// The period of which the figures of an indicator count for another: that one itself, or the last year of which any of
/// the regions has one, as people are counted once a year. It is one for all regions.
pub(super) fn counted<'a>(
    figures: &dyn Figures,
    indicator: &Indicator,
    regions: impl Iterator<Item = &'a str> + Clone,
    period: Period,
) -> Period {
    let has = |period: &Period| {
        let known = |region: &str| {
            let wanted = Wanted { indicator, region, facet: Facet::Level, period: *period };
            wanted.read(figures).is_ok()
        };
        regions.clone().any(known)
    };
    let years = (0..=YEARS_BACK).filter_map(|back| Period::year_of(period.year() - back));
    std::iter::once(period).chain(years).find(has).unwrap_or(period)
}

/// Whether a figure may still change.
pub(super) fn is_provisional(observation: &Observation) -> bool {
    use ObservationStatus::{Estimated, Provisional};
    matches!(observation.status, Provisional | Estimated)
}

/// The half of the last decimal of a figure, which rounding may have taken or given, in a unit.
pub(super) fn half_step(observation: &Observation, unit: &Unit) -> Option<Decimal> {
    let number = observation.value.as_ref()?.exact()?;
    let scale = number.scale().checked_add(1).filter(|scale| *scale <= Decimal::MAX_SCALE)?;
    observation.unit.convert(Decimal::new(5, scale), unit)
}

/// How a number of one unit over one of another is said in a third: both kinds of thing joined by a factor, or the unit
/// of the upper one with the lower one's bare word meant (`元` for yuan a head).
///
/// `None` where no exact factor joins them, or a number leaves the range of exact decimals.
pub(super) fn quotient(
    (upper, upper_unit): (Decimal, &Unit),
    (lower, lower_unit): (Decimal, &Unit),
    unit: &Unit,
) -> Option<Decimal> {
    let (above, below, wanted) = (measure(upper_unit)?, measure(lower_unit)?, measure(unit)?);
    let ratio = |below: Measure| -> Option<Decimal> {
        let upper = above.factor.to_base(upper)?;
        let lower = below.factor.to_base(lower)?;
        wanted.factor.to_unit(upper.checked_div(lower)?)
    };
    if above.dims.times(&below.dims, -1) == wanted.dims {
        return ratio(below);
    }
    if above.dims != wanted.dims {
        return None;
    }
    let lower = lower.checked_mul(lower_unit.multiplier())?;
    upper_unit.convert(upper, unit)?.checked_div(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_said_in_its_own_unit() {
        let d = |text: &str| Decimal::from_str_exact(text).unwrap();
        for (upper, upper_unit, lower, lower_unit, unit, expected) in [
            ("800", "亿元", "100", "万人", "元", Some("80000")),
            ("800", "亿元", "100", "万人", "万元/人", Some("8")),
            ("30", "亿元", "1000", "亿元", "%", Some("3")),
            ("300000", "万元", "1000", "亿元", "%", Some("3")),
            ("50", "万吨标准煤", "1000", "亿元", "吨标准煤/万元", Some("0.05")),
            ("60000", "元", "30000", "元", "", Some("2")),
            ("5", "万吨", "10", "万亩", "公斤", Some("500")),
            ("5", "万吨", "10", "万亩", "%", None),
            ("5", "亿美元", "10", "亿元", "%", None),
            ("5", "亿元", "0", "亿元", "%", None),
        ] {
            let unit = Unit::new(unit);
            let (upper_unit, lower_unit) = (Unit::new(upper_unit), Unit::new(lower_unit));
            let found = quotient((d(upper), &upper_unit), (d(lower), &lower_unit), &unit);
            let found = found.map(|found| found.normalize().to_string());
            assert_eq!(found.as_deref(), expected, "{upper_unit} {lower_unit} {unit}");
        }
    }
}
