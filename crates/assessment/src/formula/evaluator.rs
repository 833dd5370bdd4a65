//! Computes checked formulas in exact decimals.
//!
//! What cannot be told is an [`Unknown`], never a guess.

use std::sync::Arc;

use methods::outlier;
use rust_decimal::{Decimal, RoundingStrategy};
use terms::{Facet, Observation, Period, Redefinition, Series};

use super::aggregate::gathered;
use super::dimension::Factor;
use super::figures::{Figures, Reading, Unknown};
use super::node::{Condition, Gather, Number, Source};
use super::step::Step;
use super::syntax::Operator;
use crate::growth::growth_on_year;
use crate::single::single_month;

/// A number, and how far it may be off as its figures were rounded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Value {
    pub(crate) number: Decimal,
    pub(crate) slack: Decimal,
}

impl Value {
    pub(crate) fn exact(number: Decimal) -> Value {
        Value { number, slack: Decimal::ZERO }
    }
}

/// Where and when a part of a formula is computed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) region: &'a str,
    pub(crate) period: Period,
}

/// Computes formulas, and keeps what it read.
pub(crate) struct Evaluator<'a> {
    pub(crate) figures: &'a dyn Figures,
    /// The period that is checked, which others must be comparable with.
    origin: Period,
    pub(crate) readings: Vec<Reading>,
    steps: usize,
}

/// So many parts are computed at most: sums over regions in sums over regions grow without end.
pub(crate) const MOST_STEPS: usize = 1_000_000;

pub(crate) type Computed = Result<Value, Unknown>;

pub(crate) fn overflow(found: Option<Decimal>) -> Result<Decimal, Unknown> {
    found.ok_or(Unknown::Overflow)
}

impl<'a> Evaluator<'a> {
    pub(crate) fn new(figures: &'a dyn Figures, origin: Period) -> Self {
        Evaluator { figures, origin, readings: Vec::new(), steps: 0 }
    }

    pub(crate) fn number(&mut self, number: &Number, place: Place<'_>) -> Computed {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return Err(Unknown::TooMuch);
        }
        match number {
            Number::Constant(value) => Ok(Value::exact(*value)),
            Number::Figure(source) => self.figure(source, place),
            Number::Single(source) => self.single(source, place),
            Number::Score(source) => self.score(source, place),
            Number::Negate(inner) => self.changed(inner, place, std::ops::Neg::neg),
            Number::Absolute(inner) => self.changed(inner, place, |number| number.abs()),
            Number::Compute(operator, left, right) => self.compute(*operator, left, right, place),
            Number::Gather(gather, all) => self.gather(*gather, all, place),
            Number::Round(inner, places, factor) => self.round(inner, *places, *factor, place),
            Number::Default(inner, without) => match self.number(inner, place) {
                Err(_) => self.number(without, place),
                known => known,
            },
            Number::If(condition, then, otherwise) => {
                self.branch(condition, then, otherwise, place)
            }
            Number::At(step, inner) => match step.from(place.period) {
                Some(period) => self.number(inner, Place { period, ..place }),
                None => Err(Unknown::NoPeriod(place.period)),
            },
            Number::Previous(inner) => self.previous(inner, place),
            Number::Elsewhere(region, inner) => self.number(inner, Place { region, ..place }),
            Number::Below(gather, inner, least) => self.below(*gather, inner, *least, place),
            Number::Weighted(of, weight, least) => self.weighted(of, weight, *least, place),
            Number::Count(counted) => self.count(counted, place),
            Number::Over(gather, window, inner) => self.over(*gather, window, inner, place),
            Number::Latest(window, inner) => self.latest(window, inner, place),
            Number::Cumulative(source) => self.cumulative(source, place),
            Number::SingleGrowth(level, growth) => self.single_growth(level, growth, place),
            Number::ConstantPrice(level, growth, base) => {
                self.constant_price(level, growth, *base, place)
            }
            Number::Growth(inner, prices) => self.growth(inner, prices.as_deref(), place),
            Number::MeanGrowth(inner, years) => self.mean_growth(inner, *years, place),
            Number::IntensityDecline(energy, output, units) => {
                self.intensity_decline(energy, output, *units, place)
            }
            Number::Elapsed => Ok(Value::exact(elapsed(place.period))),
        }
    }

    // Formulas are deeply nested, so each kind of part has a frame of its own on the stack.

    fn changed(
        &mut self,
        inner: &Number,
        place: Place<'_>,
        change: impl Fn(Decimal) -> Decimal,
    ) -> Computed {
        let Value { number, slack } = self.number(inner, place)?;
        Ok(Value { number: change(number), slack })
    }

    fn compute(
        &mut self,
        operator: Operator,
        left: &Number,
        right: &Number,
        place: Place<'_>,
    ) -> Computed {
        let (left, right) = (self.number(left, place)?, self.number(right, place)?);
        compute(operator, left, right)
    }

    fn gather(&mut self, gather: Gather, all: &[Number], place: Place<'_>) -> Computed {
        gathered(gather, all.iter().map(|one| self.number(one, place)))
    }

    fn round(&mut self, inner: &Number, places: u32, unit: Factor, place: Place<'_>) -> Computed {
        let Value { number, slack } = self.number(inner, place)?;
        let half = Decimal::try_new(5, places + 1).unwrap_or_default();
        let slack = unit.to_base(half).and_then(|half| slack.checked_add(half));
        let number = overflow(rounded(number, places, unit))?;
        Ok(Value { number, slack: slack.unwrap_or(Decimal::MAX) })
    }

    fn branch(
        &mut self,
        condition: &Condition,
        then: &Number,
        otherwise: &Number,
        place: Place<'_>,
    ) -> Computed {
        let branch = if self.condition(condition, place)? { then } else { otherwise };
        self.number(branch, place)
    }

    /// The last shorter period of the year from January on that has a figure; of other periods the one before.
    fn previous(&mut self, inner: &Number, place: Place<'_>) -> Computed {
        let period = place.period;
        if period.first_month() > 1 {
            let before = Step::Own(-1).from(period).ok_or(Unknown::NoPeriod(period))?;
            return self.number(inner, Place { period: before, ..place });
        }
        let read = self.readings.len();
        for last in (1..period.last_month()).rev() {
            let Some(shorter) = Period::months(period.year(), 1, last) else { continue };
            match self.number(inner, Place { period: shorter, ..place }) {
                Err(Unknown::NoFigure { .. }) => self.readings.truncate(read),
                found => return found,
            }
        }
        Err(Unknown::NothingBefore(period))
    }

    pub(crate) fn series(&self, source: &Source, place: Place<'_>) -> Result<Arc<Series>, Unknown> {
        let found = self.figures.series(&source.code, place.region, source.facet);
        found.ok_or_else(|| Unknown::NoFigure {
            what: what(source),
            region: place.region.to_owned(),
            period: place.period,
        })
    }

    pub(crate) fn figure(&mut self, source: &Source, place: Place<'_>) -> Computed {
        let series = self.series(source, place)?;
        let Some(known) = series.at(place.period) else {
            let region = place.region.to_owned();
            return Err(Unknown::NoFigure { what: what(source), region, period: place.period });
        };
        self.comparable(&series, place.period)?;
        self.read(source, known, place.region)
    }

    /// Refuses a figure of another definition than that of the period that is checked.
    pub(crate) fn comparable(&self, series: &Series, period: Period) -> Result<(), Unknown> {
        parted(series, period, self.origin).map_or(Ok(()), |change| {
            Err(Unknown::Redefined { from: change.from, reason: change.reason.to_string() })
        })
    }

    /// The number of a figure and how far rounding may have put it off, both in the base.
    pub(crate) fn read(&mut self, source: &Source, known: &Observation, region: &str) -> Computed {
        let Some(value) = known.value.as_ref().and_then(terms::Amount::exact) else {
            return Err(Unknown::NoNumber { what: what(source), period: known.period });
        };
        let factor = source.factor_of(&known.unit).ok_or_else(|| Unknown::Units {
            found: known.unit.as_str().to_owned(),
            expected: source.unit.as_str().to_owned(),
        })?;
        self.readings.push(Reading {
            indicator: source.code.clone(),
            region: region.to_owned(),
            facet: source.facet,
            period: known.period,
            value,
            unit: known.unit.clone(),
            vintage: known.vintage,
            source: Arc::clone(&known.source),
        });
        // A figure with the most decimals that there can be is taken as exact.
        let half = Decimal::try_new(5, value.scale() + 1).unwrap_or_default();
        let slack = factor.to_base(half).unwrap_or(Decimal::MAX);
        Ok(Value { number: overflow(factor.to_base(value))?, slack })
    }

    /// The month that ends the period: as published, else the difference of what runs up to it and to the month before.
    fn single(&mut self, source: &Source, place: Place<'_>) -> Computed {
        let series = self.series(source, place)?;
        let last = place.period.last_month();
        let month = Period::months(place.period.year(), last, last)
            .ok_or(Unknown::NoPeriod(place.period))?;
        if series.at(month).is_some() {
            return self.figure(source, Place { period: month, ..place });
        }
        let derived =
            single_month(&series, &Series::default(), month).map_err(Unknown::Incomparable)?;
        self.comparable(&series, month)?;
        let [through, before] = &derived.from;
        let through = self.read(source, through, place.region)?;
        let before = self.read(source, before, place.region)?;
        compute(Operator::Subtract, through, before)
    }

    /// The modified z-score of the growth on the year among that of the same months of all other years.
    fn score(&mut self, source: &Source, place: Place<'_>) -> Computed {
        let series = self.series(source, place)?;
        let period = place.period;
        let growth = growth_on_year(&series, period).map_err(Unknown::Incomparable)?;
        let same_months = |other: &Period| {
            other.year() != period.year() && other.in_year(period.year()) == Some(period)
        };
        let others: Vec<Decimal> = series
            .observations
            .iter()
            .map(|known| known.period)
            .filter(same_months)
            .filter_map(|other| Some(growth_on_year(&series, other).ok()?.rate))
            .collect();
        for known in [&growth.level, &growth.base] {
            self.read(source, known, place.region)?;
        }
        outlier::modified_z(growth.rate, &others).map(Value::exact).ok_or(Unknown::NoScore)
    }
}

/// How much of the year is over when a period ends.
pub(crate) fn elapsed(period: Period) -> Decimal {
    Decimal::from(period.last_month()) / Decimal::from(12)
}

/// What parts a figure of a series from the period that is checked, if anything does.
pub(crate) fn parted(series: &Series, period: Period, origin: Period) -> Option<&Redefinition> {
    if period == origin || series.redefinitions.is_empty() {
        return None;
    }
    let from_january = period.first_month() == 1 && origin.first_month() == 1;
    if from_january && period.year() == origin.year() {
        let (shorter, longer) = if period < origin { (period, origin) } else { (origin, period) };
        series.redefined_within(shorter, longer)
    } else {
        series.redefined_between(period, origin)
    }
}

/// A number of the base, rounded half away from nought to so many decimals of a unit.
pub(crate) fn rounded(number: Decimal, places: u32, unit: Factor) -> Option<Decimal> {
    let shown = unit.to_unit(number)?;
    unit.to_base(shown.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
}

fn what(source: &Source) -> String {
    match source.facet {
        Facet::Level => source.name.to_string(),
        Facet::Growth => format!("{}增速", source.name),
    }
}

/// One of the four operations; what rounding may have put off adds up, and grows with what it is multiplied by.
pub(crate) fn compute(operator: Operator, left: Value, right: Value) -> Computed {
    let (a, b) = (left.number, right.number);
    let sum = |one: Option<Decimal>, other: Option<Decimal>| one?.checked_add(other?);
    if operator == Operator::Divide && b.is_zero() {
        return Err(Unknown::DivisionByZero);
    }
    let number = overflow(operate(operator, a, b))?;
    if left.slack.is_zero() && right.slack.is_zero() {
        return Ok(Value::exact(number));
    }
    let slack = match operator {
        Operator::Add | Operator::Subtract => left.slack.checked_add(right.slack),
        Operator::Multiply => {
            let crossed = sum(a.abs().checked_mul(right.slack), b.abs().checked_mul(left.slack));
            sum(crossed, left.slack.checked_mul(right.slack))
        }
        // The divisor may be nearer to nought than it looks; where it may be nought itself, all is possible.
        _ => match b.abs().checked_sub(right.slack).filter(|least| *least > Decimal::ZERO) {
            Some(least) => {
                let off = sum(Some(left.slack), number.abs().checked_mul(right.slack));
                off.and_then(|off| off.checked_div(least))
            }
            None => Some(Decimal::MAX),
        },
    };
    Ok(Value { number, slack: slack.unwrap_or(Decimal::MAX) })
}

/// One of the four operations; `None` for a division by zero and beyond the range of exact decimals.
pub(crate) fn operate(operator: Operator, a: Decimal, b: Decimal) -> Option<Decimal> {
    match operator {
        Operator::Add => a.checked_add(b),
        Operator::Subtract => a.checked_sub(b),
        Operator::Multiply => a.checked_mul(b),
        _ => a.checked_div(b),
    }
}
