//! Indicators that follow from others by the formula of the catalogue: for a region, and for several together, whose
//! figures are added before the formula is applied to them.

use std::collections::HashMap;

use rust_decimal::Decimal;
use terms::{Amount, Facet, Indicator, Observation, Period, Series};

use super::Figures;
use super::reading::{Input, Lack, Use};
use crate::formula::{CheckedNumber, Formula, Names, SeriesTable};

/// An indicator with its formula, ready to be computed.
pub(super) struct Derived<'a> {
    indicator: &'a Indicator,
    formula: CheckedNumber,
    /// The indicators that it names, each once.
    pub(super) parts: Vec<&'a Indicator>,
}

impl<'a> Derived<'a> {
    /// `None` where the indicator has no formula, or one that does not fit the catalogue.
    pub(super) fn of(indicator: &'a Indicator, catalogue: &'a [Indicator]) -> Option<Derived<'a>> {
        let names = Names::of(catalogue);
        let formula = Formula::of_indicator(&names, indicator).ok()?;
        let written = Formula::parse(&indicator.formula).ok()?;
        let parts = written.names().into_iter().map(|name| names.find(name)).collect::<Option<_>>();
        Some(Derived { indicator, formula, parts: parts? })
    }

    /// The number of a region in the indicator's usual unit, with the figures that it rests on.
    pub(super) fn compute(
        &self,
        figures: &dyn Figures,
        region: &str,
        period: Period,
    ) -> Result<(Vec<Input>, Decimal), Lack> {
        let found = self
            .formula
            .compute(figures, region, period)
            .map_err(|why| Lack { indicator: self.indicator.name.clone(), why: why.to_string() });
        let (quantity, readings) = found?;
        let mut inputs: Vec<Input> = Vec::new();
        for reading in readings {
            let series = figures.series(&reading.indicator, &reading.region, reading.facet);
            let known = series.as_ref().and_then(|series| series.at(reading.period));
            let input =
                known.map(|known| Input { used_as: Use::Value, observation: known.clone() });
            inputs.extend(input.filter(|input| !inputs.contains(input)));
        }
        Ok((inputs, quantity.value))
    }

    /// The number of several regions together: the formula of the sums of what was read for each. `None` where not the
    /// same was read for each, or something that cannot be added, as a growth.
    pub(super) fn together(&self, read: &[&[Input]], period: Period) -> Option<Decimal> {
        const TOGETHER: &str = "together";
        let mut sums: HashMap<&str, Series> = HashMap::new();
        let first = read.first()?;
        for input in *first {
            let known = &input.observation;
            let mut sum = Decimal::ZERO;
            for inputs in read {
                let same = |input: &&Input| is_like(&input.observation, known);
                let other = &inputs.iter().find(same)?.observation;
                let number = other.value.as_ref()?.exact()?;
                sum = sum.checked_add(other.unit.convert(number, &known.unit)?)?;
            }
            if known.facet == Facet::Growth || read.iter().any(|one| one.len() != first.len()) {
                return None;
            }
            let mut observation = known.clone();
            (observation.region, observation.value) = (TOGETHER.into(), Some(Amount::from(sum)));
            sums.entry(&known.indicator).or_default().observations.push(observation);
        }
        let mut table = SeriesTable::default();
        for (code, mut series) in sums {
            series.observations.sort_by_key(|known| known.period);
            table.insert(code, TOGETHER, Facet::Level, series);
        }
        self.formula.compute(&table, TOGETHER, period).ok().map(|(quantity, _)| quantity.value)
    }
}

/// Whether two figures tell the same of two regions.
fn is_like(one: &Observation, other: &Observation) -> bool {
    (&one.indicator, one.facet, one.period) == (&other.indicator, other.facet, other.period)
}

/// What the formula of an indicator comes to for a region, in its usual unit, with the figures that it rests on.
pub fn derived_in(
    figures: &dyn Figures,
    (indicator, catalogue): (&Indicator, &[Indicator]),
    (region, period): (&str, Period),
) -> Result<(Vec<Input>, Decimal), Lack> {
    match Derived::of(indicator, catalogue) {
        Some(derived) => derived.compute(figures, region, period),
        None => Err(Lack {
            indicator: indicator.name.clone(),
            why: format!("没有{}的数据，也没有公式", period.chinese()),
        }),
    }
}
