//! Numbers gathered over the regions below and over periods.

use rust_decimal::Decimal;
use terms::Period;

use super::evaluator::{Computed, Evaluator, Place, Value, compute};
use super::figures::Unknown;
use super::node::{Counted, Gather, Number, Window};
use super::syntax::Operator;

/// Gathers numbers, all of which must be known.
pub(crate) fn gathered(gather: Gather, values: impl Iterator<Item = Computed>) -> Computed {
    let mut kept: Option<Value> = None;
    let mut count = 0_usize;
    for value in values {
        let value = value?;
        count += 1;
        kept = Some(match (kept, gather) {
            (None, _) => value,
            (Some(sum), Gather::Sum | Gather::Mean) => compute(Operator::Add, sum, value)?,
            (Some(kept), Gather::Least) if value.number >= kept.number => kept,
            (Some(kept), Gather::Greatest) if value.number <= kept.number => kept,
            (Some(_), _) => value,
        });
    }
    // The language takes no list without a number.
    let kept = kept.ok_or(Unknown::Overflow)?;
    match gather {
        Gather::Mean => compute(Operator::Divide, kept, Value::exact(Decimal::from(count))),
        _ => Ok(kept),
    }
}

/// Two periods that follow each other and overlap, if there are any.
pub(crate) fn overlap(periods: &[Period]) -> Option<(Period, Period)> {
    let pairs = periods.iter().zip(periods.iter().skip(1));
    pairs
        .map(|(one, next)| (*one, *next))
        .find(|(one, next)| one.year() == next.year() && next.first_month() <= one.last_month())
}

/// Whether so many of all make up a part.
pub(crate) fn enough(known: usize, all: usize, least: Decimal) -> bool {
    known > 0 && Decimal::from(all).checked_mul(least).is_some_and(|n| Decimal::from(known) >= n)
}

impl Evaluator<'_> {
    /// The regions directly below one.
    fn regions_below(&self, place: Place<'_>) -> Result<Vec<String>, Unknown> {
        let children = self.figures.children(place.region);
        match children.is_empty() {
            true => Err(Unknown::NoChildren(place.region.to_owned())),
            false => Ok(children),
        }
    }

    /// What is known of the regions below: all of it, or where a `least` part is given what there is if it is enough.
    fn known_below<T>(
        &mut self,
        place: Place<'_>,
        least: Option<Decimal>,
        mut one: impl FnMut(&mut Self, Place<'_>) -> Result<T, Unknown>,
    ) -> Result<Vec<T>, Unknown> {
        let children = self.regions_below(place)?;
        let mut known = Vec::with_capacity(children.len());
        let mut missing: Option<Unknown> = None;
        for region in &children {
            let read = self.readings.len();
            match (one(self, Place { region, ..place }), least) {
                (Ok(value), _) => known.push(value),
                (Err(why @ (Unknown::NoFigure { .. } | Unknown::NoNumber { .. })), Some(_)) => {
                    // What was read of a region that is left out is no part of the answer.
                    self.readings.truncate(read);
                    missing.get_or_insert(why);
                }
                (Err(why), _) => return Err(why),
            }
        }
        match (missing, least) {
            (Some(first), Some(least)) if !enough(known.len(), children.len(), least) => {
                let (known, all) = (known.len(), children.len());
                Err(Unknown::TooFew { known, all, first: Box::new(first) })
            }
            _ => Ok(known),
        }
    }

    pub(crate) fn below(
        &mut self,
        gather: Gather,
        inner: &Number,
        least: Option<Decimal>,
        place: Place<'_>,
    ) -> Computed {
        let known = self.known_below(place, least, |this, place| this.number(inner, place))?;
        gathered(gather, known.into_iter().map(Ok))
    }

    pub(crate) fn weighted(
        &mut self,
        of: &Number,
        weight: &Number,
        least: Option<Decimal>,
        place: Place<'_>,
    ) -> Computed {
        let known = self.known_below(place, least, |this, place| {
            let (of, weight) = (this.number(of, place)?, this.number(weight, place)?);
            Ok((compute(Operator::Multiply, of, weight)?, weight))
        })?;
        let above = gathered(Gather::Sum, known.iter().map(|(product, _)| Ok(*product)))?;
        let below = gathered(Gather::Sum, known.iter().map(|(_, weight)| Ok(*weight)))?;
        compute(Operator::Divide, above, below)
    }

    pub(crate) fn count(&mut self, counted: &Counted, place: Place<'_>) -> Computed {
        let mut count = 0_usize;
        for region in &self.regions_below(place)? {
            let place = Place { region, ..place };
            let counts = match counted {
                Counted::Known(number) => self.number(number, place).is_ok(),
                Counted::Keeping(condition) => self.condition(condition, place)?,
            };
            count += usize::from(counts);
        }
        Ok(Value::exact(Decimal::from(count)))
    }

    pub(crate) fn over(
        &mut self,
        gather: Gather,
        window: &Window,
        inner: &Number,
        place: Place<'_>,
    ) -> Computed {
        let periods = window.periods(place.period).ok_or(Unknown::NoPeriod(place.period))?;
        if matches!(gather, Gather::Sum | Gather::Mean)
            && inner.reads_whole_period()
            && let Some((one, other)) = overlap(&periods)
        {
            return Err(Unknown::Overlap(one, other));
        }
        let values =
            periods.iter().map(|period| self.number(inner, Place { period: *period, ..place }));
        gathered(gather, values)
    }

    /// The last of the periods that has a figure.
    pub(crate) fn latest(&mut self, window: &Window, inner: &Number, place: Place<'_>) -> Computed {
        let periods = window.periods(place.period).ok_or(Unknown::NoPeriod(place.period))?;
        let mut missing = None;
        for period in periods.into_iter().rev() {
            let read = self.readings.len();
            match self.number(inner, Place { period, ..place }) {
                Err(why @ (Unknown::NoFigure { .. } | Unknown::NoNumber { .. })) => {
                    self.readings.truncate(read);
                    missing.get_or_insert(why);
                }
                found => return found,
            }
        }
        Err(missing.unwrap_or(Unknown::NoPeriod(place.period)))
    }
}
