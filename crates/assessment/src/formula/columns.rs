//! Computes a formula for many regions and periods at once: each part of it for all periods of a region, one after the
//! other, so that its figures are looked up and brought to one unit once and not for each cell.
//!
//! The answer is that of the evaluator of single cells to the last digit, as both use the same operations in the same
//! order; what cannot be told is marked, and why is asked of that evaluator. Parts that lead elsewhere from each cell
//! (`上期`, `单月`) are left to it too.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use rust_decimal::Decimal;
use terms::{Facet, Period, Series};

use super::condition::compares;
use super::evaluator::{Evaluator, MOST_STEPS, Place, elapsed, operate, parted, rounded};
use super::figures::{Figures, Unknown};
use super::growing::is_index;
use super::node::{Condition, Number, Source, Tolerance};
use super::step::Step;
use super::syntax::Operator;

/// Why a cell has no number, as far as other parts of a formula ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    /// There is no figure, or it has no number.
    Missing,
    /// Anything else.
    Other,
}

impl From<Unknown> for Gap {
    fn from(why: Unknown) -> Gap {
        match why {
            Unknown::NoFigure { .. } | Unknown::NoNumber { .. } => Gap::Missing,
            _ => Gap::Other,
        }
    }
}

pub(crate) type Cell = Result<Decimal, Gap>;

/// What a part comes to for all periods of a region.
pub(crate) enum Column {
    /// The same for all.
    Same(Cell),
    Each(Vec<Cell>),
}

impl Column {
    pub(crate) fn at(&self, index: usize) -> Cell {
        match self {
            Column::Same(cell) => *cell,
            Column::Each(cells) => cells.get(index).copied().unwrap_or(Err(Gap::Other)),
        }
    }

    /// Each cell changed.
    fn map(self, change: impl Fn(Decimal) -> Option<Decimal>) -> Column {
        let change = |cell: Cell| cell.and_then(|number| change(number).ok_or(Gap::Other));
        match self {
            Column::Same(cell) => Column::Same(change(cell)),
            Column::Each(mut cells) => {
                cells.iter_mut().for_each(|cell| *cell = change(*cell));
                Column::Each(cells)
            }
        }
    }

    /// Two columns joined cell by cell.
    fn join(self, other: Column, join: impl Fn(Cell, Cell) -> Cell) -> Column {
        match (self, other) {
            (Column::Same(one), Column::Same(other)) => Column::Same(join(one, other)),
            (Column::Each(mut cells), Column::Same(other)) => {
                cells.iter_mut().for_each(|cell| *cell = join(*cell, other));
                Column::Each(cells)
            }
            (Column::Same(one), Column::Each(mut cells)) => {
                cells.iter_mut().for_each(|cell| *cell = join(one, *cell));
                Column::Each(cells)
            }
            (Column::Each(mut cells), Column::Each(others)) => {
                for (cell, other) in cells.iter_mut().zip(others) {
                    *cell = join(*cell, other);
                }
                Column::Each(cells)
            }
        }
    }

    pub(crate) fn operate(self, operator: Operator, other: Column) -> Column {
        self.join(other, |one, other| operated(operator, one, other))
    }
}

fn operated(operator: Operator, one: Cell, other: Cell) -> Cell {
    let (one, other) = (one?, other?);
    operate(operator, one, other).ok_or(Gap::Other)
}

/// Whether conditions hold, for all periods of a region.
pub(crate) type Truths = Vec<Result<bool, Gap>>;

/// The figures of an indicator and region in the base of its dimension.
struct Lane {
    figures: Vec<(Period, Cell)>,
    /// The series itself, where a change of its definition is known.
    parted: Option<Arc<Series>>,
}

impl Lane {
    fn of(source: &Source, series: &Arc<Series>) -> Lane {
        let figures = series.observations.iter().map(|known| {
            let value = known.value.as_ref().and_then(terms::Amount::exact).ok_or(Gap::Missing);
            let based = value.and_then(|value| {
                source
                    .factor_of(&known.unit)
                    .and_then(|factor| factor.to_base(value))
                    .ok_or(Gap::Other)
            });
            (known.period, based)
        });
        let parted = (!series.redefinitions.is_empty()).then(|| Arc::clone(series));
        Lane { figures: figures.collect(), parted }
    }

    /// The figures of these periods.
    fn column(&self, periods: &[Option<Period>], origins: &[Period]) -> Vec<Cell> {
        let mut next = 0;
        let mut find = |period: Option<Period>| -> Cell {
            let period = period.ok_or(Gap::Other)?;
            // Most are asked for in the order in which they stand, or one for many, as the plan of a year.
            let stands =
                |at: usize| self.figures.get(at).is_some_and(|(known, _)| *known == period);
            let at = if stands(next) {
                next
            } else if let Some(last) = next.checked_sub(1).filter(|last| stands(*last)) {
                last
            } else {
                let found = self.figures.binary_search_by_key(&period, |(known, _)| *known);
                found.map_err(|_| Gap::Missing)?
            };
            next = at + 1;
            self.figures.get(at).map_or(Err(Gap::Missing), |(_, cell)| *cell)
        };
        let mut cells: Vec<Cell> = periods.iter().map(|period| find(*period)).collect();
        if let Some(series) = &self.parted {
            for ((cell, period), origin) in cells.iter_mut().zip(periods).zip(origins) {
                let changed = period.is_some_and(|period| {
                    series.at(period).is_some() && parted(series, period, *origin).is_some()
                });
                if changed {
                    *cell = Err(Gap::Other);
                }
            }
        }
        cells
    }
}

/// The lanes of one region that were asked for, by code and facet.
type Lanes = Vec<(Arc<str>, Facet, Option<Rc<Lane>>)>;

/// Computes a formula for the periods of one region after the other. A part in a period that a shift has led beyond all
/// time may come to anything: the shift sees to it.
pub(crate) struct Columns<'a> {
    pub(crate) figures: &'a dyn Figures,
    /// The periods that are computed, with which others must be comparable.
    origins: &'a [Period],
    periods: Vec<Option<Period>>,
    lanes: Lanes,
    pub(crate) children: HashMap<String, Rc<[String]>>,
    /// More regions stand below one than were reckoned with.
    pub(crate) too_wide: bool,
}

impl<'a> Columns<'a> {
    pub(crate) fn new(figures: &'a dyn Figures, origins: &'a [Period]) -> Self {
        let periods = origins.iter().copied().map(Some).collect();
        Columns {
            figures,
            origins,
            periods,
            lanes: Vec::new(),
            children: HashMap::new(),
            too_wide: false,
        }
    }

    /// What a number comes to in a region, for each of the periods.
    pub(crate) fn compute(&mut self, number: &Number, region: &str) -> Vec<Cell> {
        self.lanes.clear();
        if number.weight() <= MOST_STEPS && !self.too_wide {
            let periods = std::mem::take(&mut self.periods);
            let found = self.number(number, region, &periods);
            self.periods = periods;
            if !self.too_wide {
                return match found {
                    Column::Each(cells) => cells,
                    Column::Same(cell) => vec![cell; self.origins.len()],
                };
            }
        }
        // Sums within sums may come to more than are computed; where they end is counted cell by cell.
        let single = |origin: &Period| {
            let place = Place { region, period: *origin };
            let found = Evaluator::new(self.figures, *origin).number(number, place);
            found.map(|value| value.number).map_err(Gap::from)
        };
        self.origins.iter().map(single).collect()
    }

    pub(crate) fn number(
        &mut self,
        number: &Number,
        region: &str,
        periods: &[Option<Period>],
    ) -> Column {
        match number {
            Number::Constant(value) => Column::Same(Ok(*value)),
            Number::Figure(source) => self.figure(source, region, periods),
            Number::Negate(inner) => {
                self.number(inner, region, periods).map(|number| Some(-number))
            }
            Number::Absolute(inner) => {
                self.number(inner, region, periods).map(|number| Some(number.abs()))
            }
            Number::Compute(operator, left, right) => {
                let left = self.number(left, region, periods);
                left.operate(*operator, self.number(right, region, periods))
            }
            Number::Gather(gather, all) => self.gathered(*gather, all, region, periods),
            Number::Round(inner, places, factor) => {
                self.number(inner, region, periods).map(|number| rounded(number, *places, *factor))
            }
            Number::Default(inner, without) => {
                let inner = self.number(inner, region, periods);
                inner.join(self.number(without, region, periods), |one, other| one.or(other))
            }
            Number::If(condition, then, otherwise) => {
                let truths = self.condition(condition, region, periods);
                let then = self.number(then, region, periods);
                let otherwise = self.number(otherwise, region, periods);
                let chosen = |(at, truth): (usize, Result<bool, Gap>)| match truth? {
                    true => then.at(at),
                    false => otherwise.at(at),
                };
                Column::Each(truths.into_iter().enumerate().map(chosen).collect())
            }
            Number::At(step, inner) => self.at_step(*step, inner, region, periods),
            Number::Elsewhere(other, inner) => {
                self.in_another_region(|this| this.number(inner, other, periods))
            }
            Number::Below(gather, inner, least) => {
                self.below(*gather, inner, *least, region, periods)
            }
            Number::Weighted(of, weight, least) => {
                self.weighted((of, weight), *least, region, periods)
            }
            Number::Count(counted) => self.count(counted, region, periods),
            Number::Over(gather, window, inner) => {
                self.over(*gather, window, inner, region, periods)
            }
            Number::Latest(window, inner) => self.latest(window, inner, region, periods),
            Number::Growth(inner, prices) => {
                let level = self.number(inner, region, periods);
                let base = self.at_step(Step::Years(-1), inner, region, periods);
                let ratio = level.join(base, |level, base| {
                    let (level, base) = (level?, base?);
                    let positive = Some(base).filter(|base| *base > Decimal::ZERO);
                    positive.and_then(|base| level.checked_div(base)).ok_or(Gap::Other)
                });
                let ratio = match prices {
                    None => ratio,
                    Some(prices) => {
                        let index = self.number(prices, region, periods);
                        let index = index.map(|index| Some(index).filter(|index| is_index(*index)));
                        ratio.operate(Operator::Divide, index)
                    }
                };
                ratio.map(|ratio| ratio.checked_sub(Decimal::ONE))
            }
            Number::Elapsed => {
                let part = |period: &Option<Period>| period.map(elapsed).ok_or(Gap::Other);
                Column::Each(periods.iter().map(part).collect())
            }
            Number::Single(_)
            | Number::Score(_)
            | Number::Previous(_)
            | Number::Cumulative(_)
            | Number::SingleGrowth(..)
            | Number::ConstantPrice(..)
            | Number::MeanGrowth(..)
            | Number::IntensityDecline(..) => {
                let cell = |evaluator: &mut Evaluator<'_>, place: Place<'_>| {
                    evaluator.number(number, place).map(|value| value.number)
                };
                Column::Each(self.by_cell(region, periods, cell))
            }
        }
    }

    /// A number in the periods that a step leads to; where it leads nowhere, there is none.
    fn at_step(
        &mut self,
        step: Step,
        inner: &Number,
        region: &str,
        periods: &[Option<Period>],
    ) -> Column {
        let periods: Vec<Option<Period>> =
            periods.iter().map(|period| step.from((*period)?)).collect();
        let column = self.number(inner, region, &periods);
        if periods.iter().all(Option::is_some) {
            return column;
        }
        let there = |(at, period): (usize, &Option<Period>)| {
            period.ok_or(Gap::Other).and_then(|_| column.at(at))
        };
        Column::Each(periods.iter().enumerate().map(there).collect())
    }

    /// Each cell by itself.
    pub(crate) fn by_cell<T>(
        &self,
        region: &str,
        periods: &[Option<Period>],
        cell: impl Fn(&mut Evaluator<'_>, Place<'_>) -> Result<T, Unknown>,
    ) -> Vec<Result<T, Gap>> {
        let one = |(period, origin): (&Option<Period>, &Period)| {
            let period = period.ok_or(Gap::Other)?;
            let mut evaluator = Evaluator::new(self.figures, *origin);
            cell(&mut evaluator, Place { region, period }).map_err(Gap::from)
        };
        periods.iter().zip(self.origins).map(one).collect()
    }

    fn figure(&mut self, source: &Source, region: &str, periods: &[Option<Period>]) -> Column {
        let known = self
            .lanes
            .iter()
            .find(|(code, facet, _)| *facet == source.facet && *code == source.code);
        let lane = match known {
            Some((_, _, lane)) => lane.clone(),
            None => {
                let series = self.figures.series(&source.code, region, source.facet);
                let lane = series.map(|series| Rc::new(Lane::of(source, &series)));
                self.lanes.push((Arc::clone(&source.code), source.facet, lane.clone()));
                lane
            }
        };
        match lane {
            Some(lane) => Column::Each(lane.column(periods, self.origins)),
            None => Column::Same(Err(Gap::Missing)),
        }
    }

    /// Computes for another region, of which no figures are at hand.
    pub(crate) fn in_another_region<T>(&mut self, compute: impl FnOnce(&mut Self) -> T) -> T {
        let own = std::mem::take(&mut self.lanes);
        let found = compute(self);
        self.lanes = own;
        found
    }
}

impl Columns<'_> {
    pub(crate) fn condition(
        &mut self,
        condition: &Condition,
        region: &str,
        periods: &[Option<Period>],
    ) -> Truths {
        let mut both = |left: &Number, right: &Number| {
            let left = self.number(left, region, periods);
            (left, self.number(right, region, periods))
        };
        match condition {
            Condition::Compare(operator, left, right) => {
                let (left, right) = both(&left.number, &right.number);
                let one = |at| Ok(compares(*operator, left.at(at)?, right.at(at)?));
                (0..periods.len()).map(one).collect()
            }
            Condition::About(left, right, tolerance) => {
                let (allowed, relative) = match tolerance {
                    // Only there it matters how figures were rounded.
                    Tolerance::Rounding => {
                        return self.by_cell(region, periods, |evaluator, place| {
                            evaluator.condition(condition, place)
                        });
                    }
                    Tolerance::Absolute(allowed) => (allowed, false),
                    Tolerance::Relative(allowed) => (allowed, true),
                };
                let (left, right) = both(&left.number, &right.number);
                let allowed = self.number(allowed, region, periods);
                let one = |at| {
                    let (left, right, mut allowed) = (left.at(at)?, right.at(at)?, allowed.at(at)?);
                    if relative {
                        let larger = left.abs().max(right.abs());
                        allowed = allowed.checked_mul(larger).ok_or(Gap::Other)?;
                    }
                    Ok(left.checked_sub(right).ok_or(Gap::Other)?.abs() <= allowed)
                };
                (0..periods.len()).map(one).collect()
            }
            Condition::And(left, right) => self.either(left, right, region, periods, false),
            Condition::Or(left, right) => self.either(left, right, region, periods, true),
            Condition::Not(inner) => {
                let inner = self.condition(inner, region, periods);
                inner.into_iter().map(|holds| holds.map(|holds| !holds)).collect()
            }
            Condition::If(asked, then, otherwise) => {
                let asked = self.condition(asked, region, periods);
                let then = self.condition(then, region, periods);
                let otherwise = self.condition(otherwise, region, periods);
                let branches = then.into_iter().zip(otherwise);
                let chosen = |(asked, (then, otherwise)): (Result<bool, Gap>, _)| {
                    if asked? { then } else { otherwise }
                };
                asked.into_iter().zip(branches).map(chosen).collect()
            }
            Condition::Missing(number) => {
                let column = self.number(number, region, periods);
                (0..periods.len()).map(|at| Ok(column.at(at).is_err())).collect()
            }
            Condition::IsCumulative => {
                periods.iter().map(|period| Ok(period.ok_or(Gap::Other)?.is_cumulative())).collect()
            }
            Condition::Holds => vec![Ok(true); periods.len()],
        }
    }

    /// Two conditions of which either decides when it is `decisive`.
    fn either(
        &mut self,
        left: &Condition,
        right: &Condition,
        region: &str,
        periods: &[Option<Period>],
        decisive: bool,
    ) -> Truths {
        let left = self.condition(left, region, periods);
        let right = self.condition(right, region, periods);
        let joined = |(left, right): (Result<bool, Gap>, Result<bool, Gap>)| match (left, right) {
            (Ok(found), _) if found == decisive => Ok(decisive),
            (_, Ok(found)) if found == decisive => Ok(decisive),
            (Ok(_), right) => right,
            (Err(why), _) => Err(why),
        };
        left.into_iter().zip(right).map(joined).collect()
    }
}
