//! Growth and accumulation: what is computed from figures of a year before, or of other parts of the year.

use std::sync::Arc;

use methods::growth::mean_rate;
use rust_decimal::Decimal;
use terms::{Period, Series};

use super::evaluator::{Computed, Evaluator, Place, Value, compute, overflow};
use super::figures::Unknown;
use super::node::{Number, Source};
use super::step::Step;
use super::syntax::Operator;
use crate::single::single_month;

const ONE: Value = Value { number: Decimal::ONE, slack: Decimal::ZERO };

/// A price index lies between these, the year before being 1: 2.1 % is a rise of prices and no index.
pub(crate) fn is_index(index: Decimal) -> bool {
    (Decimal::new(5, 1)..=Decimal::TWO).contains(&index)
}

impl Evaluator<'_> {
    /// The growth on the year of what a number comes to, over the change of prices where one is given.
    pub(crate) fn growth(
        &mut self,
        inner: &Number,
        prices: Option<&Number>,
        place: Place<'_>,
    ) -> Computed {
        let level = self.number(inner, place)?;
        let base = self.earlier(inner, 1, place)?;
        let ratio = compute(Operator::Divide, level, base)?;
        let ratio = match prices {
            None => ratio,
            Some(prices) => {
                let index = self.number(prices, place)?;
                if !is_index(index.number) {
                    return Err(Unknown::NotIndex(index.number));
                }
                compute(Operator::Divide, ratio, index)?
            }
        };
        compute(Operator::Subtract, ratio, ONE)
    }

    /// A number so many years before, which growth can be measured from.
    fn earlier(&mut self, inner: &Number, years: u32, place: Place<'_>) -> Computed {
        let back =
            i32::try_from(years).ok().and_then(|years| Step::Years(-years).from(place.period));
        let period = back.ok_or(Unknown::NoPeriod(place.period))?;
        let base = self.number(inner, Place { period, ..place })?;
        if base.number > Decimal::ZERO { Ok(base) } else { Err(Unknown::NoBase(period)) }
    }

    /// The mean growth over so many years: the root of the last over the first (水平法).
    pub(crate) fn mean_growth(&mut self, inner: &Number, years: u32, place: Place<'_>) -> Computed {
        let level = self.number(inner, place)?;
        let base = self.earlier(inner, years, place)?;
        let rate = |level: Option<Decimal>, base: Option<Decimal>| {
            mean_rate(level?, base?, years)?.checked_div(Decimal::ONE_HUNDRED)
        };
        let Some(number) = rate(Some(level.number), Some(base.number)) else {
            return Err(if level.number > Decimal::ZERO {
                Unknown::Overflow
            } else {
                Unknown::NoBase(place.period)
            });
        };
        // Between a lower level on a higher base, and a higher level on a lower base.
        let ends = [
            rate(level.number.checked_sub(level.slack), base.number.checked_add(base.slack)),
            rate(level.number.checked_add(level.slack), base.number.checked_sub(base.slack)),
        ];
        let off = ends.map(|end| end.map(|end| (end - number).abs()));
        let slack = match off {
            [Some(one), Some(other)] => one.max(other),
            _ => Decimal::MAX,
        };
        Ok(Value { number, slack })
    }

    /// A level at the prices of another year: that year's, carried on by published growth at comparable prices.
    pub(crate) fn constant_price(
        &mut self,
        level: &Source,
        growth: &Source,
        base: i16,
        place: Place<'_>,
    ) -> Computed {
        let no_period = || Unknown::NoPeriod(place.period);
        let in_year = |year| place.period.in_year(year).ok_or_else(no_period);
        let mut value = self.figure(level, Place { period: in_year(base)?, ..place })?;
        let year = place.period.year();
        let (first, last) = if base < year { (base, year) } else { (year, base) };
        // Backwards from the base, each year's growth is taken away again.
        let operator = if base < year { Operator::Multiply } else { Operator::Divide };
        for year in first.saturating_add(1)..=last {
            let period = in_year(year)?;
            let grown = self.figure(growth, Place { period, ..place })?;
            let factor = compute(Operator::Add, ONE, grown)?;
            if factor.number <= Decimal::ZERO {
                return Err(Unknown::NoBase(period));
            }
            value = compute(operator, value, factor)?;
        }
        Ok(value)
    }

    /// From January to the end of the period: as published, else put together from what is published of the year.
    pub(crate) fn cumulative(&mut self, source: &Source, place: Place<'_>) -> Computed {
        let series = self.series(source, place)?;
        let (year, last) = (place.period.year(), place.period.last_month());
        let whole = Period::months(year, 1, last).ok_or(Unknown::NoPeriod(place.period))?;
        let mut sum: Option<Value> = None;
        let mut covered = 0;
        while covered < last {
            let longest = (covered + 1..=last).rev().find_map(|end| {
                Period::months(year, covered + 1, end).filter(|part| series.at(*part).is_some())
            });
            let part = longest.ok_or(Unknown::NotCovered(whole))?;
            let value = self.figure(source, Place { period: part, ..place })?;
            sum = Some(match sum {
                Some(sum) => compute(Operator::Add, sum, value)?,
                None => value,
            });
            covered = part.last_month();
        }
        sum.ok_or(Unknown::NotCovered(whole))
    }

    /// The growth of the month that ends the period: as published, else from levels and growth from January on.
    pub(crate) fn single_growth(
        &mut self,
        level: &Source,
        growth: &Source,
        place: Place<'_>,
    ) -> Computed {
        let last = place.period.last_month();
        let month = Period::months(place.period.year(), last, last)
            .ok_or(Unknown::NoPeriod(place.period))?;
        let rates = self.series(growth, place)?;
        if rates.at(month).is_some() {
            return self.figure(growth, Place { period: month, ..place });
        }
        let levels: Arc<Series> = self.series(level, place)?;
        let derived = single_month(&levels, &rates, month).map_err(Unknown::Incomparable)?;
        self.comparable(&levels, month)?;
        let bounded = derived.growth.ok_or(Unknown::NoSingleGrowth(month))?;
        for known in &derived.from {
            self.read(level, known, place.region)?;
            if let Some(rate) = rates.at(known.period) {
                self.read(growth, rate, place.region)?;
            }
        }
        let share = |percent: Decimal| overflow(percent.checked_div(Decimal::ONE_HUNDRED));
        let (up, down) =
            (bounded.high.checked_sub(bounded.rate), bounded.rate.checked_sub(bounded.low));
        let off = up.zip(down).map_or(Decimal::MAX, |(up, down)| up.max(down));
        Ok(Value { number: share(bounded.rate)?, slack: share(off)? })
    }
}
