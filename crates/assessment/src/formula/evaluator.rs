//! Computes checked formulas in exact decimals.
//!
//! What cannot be told is an [`Unknown`], never a guess: a condition over it is neither kept nor broken, unless the
//! other side of an `且` or `或` decides it (S. C. Kleene's logic of three values).

use std::sync::Arc;

use methods::outlier;
use rust_decimal::{Decimal, RoundingStrategy};
use terms::{Facet, Observation, Period, Series};

use super::dimension::measure;
use super::figures::{Figures, Reading, Unknown};
use super::node::{Condition, Number, Side, Source, Tolerance};
use super::step::Step;
use super::syntax::Operator;
use crate::growth::growth_on_year;
use crate::single::single_month;

/// A number, and how far it may be off as its figures were rounded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Value {
    pub(crate) number: Decimal,
    slack: Decimal,
}

impl Value {
    fn exact(number: Decimal) -> Value {
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
    figures: &'a dyn Figures,
    /// The period that is checked, which others must be comparable with.
    origin: Period,
    pub(crate) readings: Vec<Reading>,
    steps: usize,
}

/// So many parts are computed at most: sums over regions in sums over regions grow without end.
const MOST_STEPS: usize = 1_000_000;

type Computed = Result<Value, Unknown>;

fn overflow(found: Option<Decimal>) -> Result<Decimal, Unknown> {
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
            Number::Negate(inner) => {
                let Value { number, slack } = self.number(inner, place)?;
                Ok(Value { number: -number, slack })
            }
            Number::Absolute(inner) => {
                let Value { number, slack } = self.number(inner, place)?;
                Ok(Value { number: number.abs(), slack })
            }
            Number::Compute(operator, left, right) => {
                let (left, right) = (self.number(left, place)?, self.number(right, place)?);
                compute(*operator, left, right)
            }
            Number::Sum(all) => all.iter().try_fold(Value::exact(Decimal::ZERO), |sum, one| {
                compute(Operator::Add, sum, self.number(one, place)?)
            }),
            Number::Least(all) => self.extreme(all, place, |found, kept| found < kept),
            Number::Greatest(all) => self.extreme(all, place, |found, kept| found > kept),
            Number::Round(inner, places, factor) => {
                let Value { number, slack } = self.number(inner, place)?;
                let shown = overflow(factor.to_unit(number))?;
                let rounded =
                    shown.round_dp_with_strategy(*places, RoundingStrategy::MidpointAwayFromZero);
                let half = Decimal::try_new(5, places + 1).unwrap_or_default();
                let slack = slack.checked_add(overflow(factor.to_base(half))?);
                let slack = slack.unwrap_or(Decimal::MAX);
                Ok(Value { number: overflow(factor.to_base(rounded))?, slack })
            }
            Number::Default(inner, without) => {
                self.number(inner, place).or_else(|_| self.number(without, place))
            }
            Number::If(condition, then, otherwise) => {
                let branch = if self.condition(condition, place)? { then } else { otherwise };
                self.number(branch, place)
            }
            Number::At(step, inner) => {
                let period = step.from(place.period).ok_or(Unknown::NoPeriod(place.period))?;
                self.number(inner, Place { period, ..place })
            }
            Number::Previous(inner) => self.previous(inner, place),
            Number::Elsewhere(region, inner) => self.number(inner, Place { region, ..place }),
            Number::Children(inner) => {
                let children = self.figures.children(place.region);
                if children.is_empty() {
                    return Err(Unknown::NoChildren(place.region.to_owned()));
                }
                children.iter().try_fold(Value::exact(Decimal::ZERO), |sum, region| {
                    compute(Operator::Add, sum, self.number(inner, Place { region, ..place })?)
                })
            }
        }
    }

    fn extreme(
        &mut self,
        all: &[Number],
        place: Place<'_>,
        beats: impl Fn(Decimal, Decimal) -> bool,
    ) -> Computed {
        let mut kept: Option<Value> = None;
        for one in all {
            let found = self.number(one, place)?;
            kept = Some(match kept {
                Some(kept) if !beats(found.number, kept.number) => kept,
                _ => found,
            });
        }
        // The language takes no list without a number.
        kept.ok_or(Unknown::Overflow)
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

    fn series(&self, source: &Source, place: Place<'_>) -> Result<Arc<Series>, Unknown> {
        let found = self.figures.series(&source.code, place.region, source.facet);
        found.ok_or_else(|| Unknown::NoFigure {
            what: what(source),
            region: place.region.to_owned(),
            period: place.period,
        })
    }

    fn figure(&mut self, source: &Source, place: Place<'_>) -> Computed {
        let series = self.series(source, place)?;
        let Some(known) = series.at(place.period) else {
            let region = place.region.to_owned();
            return Err(Unknown::NoFigure { what: what(source), region, period: place.period });
        };
        self.comparable(&series, place.period)?;
        let (value, slack) = self.read(source, known, place.region)?;
        Ok(Value { number: value, slack })
    }

    /// Refuses a figure of another definition than that of the period that is checked.
    fn comparable(&self, series: &Series, period: Period) -> Result<(), Unknown> {
        let origin = self.origin;
        if period == origin || series.redefinitions.is_empty() {
            return Ok(());
        }
        let from_january = period.first_month() == 1 && origin.first_month() == 1;
        let between = if from_january && period.year() == origin.year() {
            let (shorter, longer) =
                if period < origin { (period, origin) } else { (origin, period) };
            series.redefined_within(shorter, longer)
        } else {
            series.redefined_between(period, origin)
        };
        between.map_or(Ok(()), |change| {
            Err(Unknown::Redefined { from: change.from, reason: change.reason.to_string() })
        })
    }

    /// The number of a figure and how far rounding may have put it off, both in the base.
    fn read(
        &mut self,
        source: &Source,
        known: &Observation,
        region: &str,
    ) -> Result<(Decimal, Decimal), Unknown> {
        let Some(value) = known.value.as_ref().and_then(terms::Amount::exact) else {
            return Err(Unknown::NoNumber { what: what(source), period: known.period });
        };
        let factor = if known.unit == source.unit {
            source.factor
        } else {
            let measured = measure(&known.unit).filter(|measured| measured.dims == source.dims);
            let measured = measured.ok_or_else(|| Unknown::Units {
                found: known.unit.as_str().to_owned(),
                expected: source.unit.as_str().to_owned(),
            })?;
            measured.factor
        };
        self.readings.push(Reading {
            indicator: source.code.clone(),
            region: region.to_owned(),
            facet: source.facet,
            period: known.period,
            value,
            unit: known.unit.clone(),
        });
        // A figure with the most decimals that there can be is taken as exact.
        let half = Decimal::try_new(5, value.scale() + 1).unwrap_or_default();
        Ok((overflow(factor.to_base(value))?, overflow(factor.to_base(half))?))
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
        let value = |(number, slack)| Value { number, slack };
        compute(Operator::Subtract, value(through), value(before))
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

    pub(crate) fn condition(
        &mut self,
        condition: &Condition,
        place: Place<'_>,
    ) -> Result<bool, Unknown> {
        match condition {
            Condition::Compare(operator, left, right) => {
                let left = self.number(&left.number, place)?.number;
                let right = self.number(&right.number, place)?.number;
                Ok(match operator {
                    Operator::Equal => left == right,
                    Operator::NotEqual => left != right,
                    Operator::Less => left < right,
                    Operator::LessEqual => left <= right,
                    Operator::Greater => left > right,
                    _ => left >= right,
                })
            }
            Condition::About(left, right, tolerance) => {
                let left = self.number(&left.number, place)?;
                let right = self.number(&right.number, place)?;
                let allowed = match tolerance {
                    Tolerance::Rounding => overflow(left.slack.checked_add(right.slack))?,
                    Tolerance::Absolute(allowed) => self.number(allowed, place)?.number,
                    Tolerance::Relative(part) => {
                        let larger = left.number.abs().max(right.number.abs());
                        let part = self.number(part, place)?.number;
                        overflow(part.checked_mul(larger))?
                    }
                };
                let apart = overflow(left.number.checked_sub(right.number))?;
                Ok(apart.abs() <= allowed)
            }
            Condition::And(left, right) => self.either(left, right, place, false),
            Condition::Or(left, right) => self.either(left, right, place, true),
            Condition::Not(inner) => Ok(!self.condition(inner, place)?),
            Condition::If(condition, then, otherwise) => {
                let branch = if self.condition(condition, place)? { then } else { otherwise };
                self.condition(branch, place)
            }
            Condition::Missing(number) => Ok(self.number(number, place).is_err()),
            Condition::IsCumulative => Ok(place.period.is_cumulative()),
            Condition::Holds => Ok(true),
        }
    }

    /// Two conditions of which either decides when it is `decisive`.
    fn either(
        &mut self,
        left: &Condition,
        right: &Condition,
        place: Place<'_>,
        decisive: bool,
    ) -> Result<bool, Unknown> {
        match self.condition(left, place) {
            Ok(found) if found == decisive => Ok(decisive),
            Ok(_) => self.condition(right, place),
            Err(why) => match self.condition(right, place) {
                Ok(found) if found == decisive => Ok(decisive),
                _ => Err(why),
            },
        }
    }

    /// The comparisons that make a condition come out as it does not, with the numbers on both sides; `wanted` is how it
    /// should come out.
    pub(crate) fn explain(
        &mut self,
        condition: &Condition,
        place: Place<'_>,
        wanted: bool,
        said: &mut Vec<String>,
    ) {
        if self.condition(condition, place) != Ok(!wanted) {
            return;
        }
        match condition {
            Condition::Compare(_, left, right) | Condition::About(left, right, _) => {
                said.extend(self.compared(left, right, place));
            }
            Condition::And(left, right) | Condition::Or(left, right) => {
                self.explain(left, place, wanted, said);
                self.explain(right, place, wanted, said);
            }
            Condition::Not(inner) => self.explain(inner, place, !wanted, said),
            Condition::If(asked, then, otherwise) => {
                let branch =
                    if self.condition(asked, place) == Ok(true) { then } else { otherwise };
                self.explain(branch, place, wanted, said);
            }
            Condition::Missing(_) => {
                said.push(if wanted { "数值已有" } else { "数值缺失" }.to_owned());
            }
            Condition::IsCumulative => {
                said.push(if wanted { "不是累计期" } else { "是累计期" }.to_owned());
            }
            Condition::Holds => {}
        }
    }

    fn compared(&mut self, left: &Side, right: &Side, place: Place<'_>) -> Option<String> {
        let one = self.number(&left.number, place).ok()?.number;
        let other = self.number(&right.number, place).ok()?.number;
        let sign = match one.cmp(&other) {
            std::cmp::Ordering::Less => '<',
            std::cmp::Ordering::Equal => '=',
            std::cmp::Ordering::Greater => '>',
        };
        Some(format!("左边 {} {sign} 右边 {}", left.shown.say(one), right.shown.say(other)))
    }
}

fn what(source: &Source) -> String {
    match source.facet {
        Facet::Level => source.name.to_string(),
        Facet::Growth => format!("{}增速", source.name),
    }
}

/// One of the four operations; what rounding may have put off adds up, and grows with what it is multiplied by.
fn compute(operator: Operator, left: Value, right: Value) -> Computed {
    let (a, b) = (left.number, right.number);
    let sum = |one: Option<Decimal>, other: Option<Decimal>| one?.checked_add(other?);
    let number = match operator {
        Operator::Add => a.checked_add(b),
        Operator::Subtract => a.checked_sub(b),
        Operator::Multiply => a.checked_mul(b),
        _ if b.is_zero() => return Err(Unknown::DivisionByZero),
        _ => a.checked_div(b),
    };
    let number = overflow(number)?;
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
