//! Columns gathered over the regions below and over periods.

use std::rc::Rc;

use rust_decimal::Decimal;
use terms::Period;

use super::aggregate::{enough, overlap};
use super::columns::{Cell, Column, Columns, Gap};
use super::evaluator::operate;
use super::node::{Counted, Gather, Number, Window};
use super::syntax::Operator;
use super::weight::MOST_BELOW;

/// What a cell has been gathered to so far.
#[derive(Debug, Clone, Copy)]
struct Sum {
    value: Option<Decimal>,
    known: usize,
    missing: usize,
    gap: Option<Gap>,
    beyond: bool,
}

/// How gaps are met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gaps {
    /// The first ends the computation.
    End,
    /// All numbers are known before they are gathered.
    Before,
    /// As before, and what is missing is left out.
    LeaveOut,
}

/// Numbers gathered cell by cell.
struct Sums {
    gather: Gather,
    gaps: Gaps,
    cells: Vec<Sum>,
}

impl Sums {
    fn new(gather: Gather, gaps: Gaps, length: usize) -> Sums {
        let none = Sum { value: None, known: 0, missing: 0, gap: None, beyond: false };
        Sums { gather, gaps, cells: vec![none; length] }
    }

    fn add(&mut self, cell_of: impl Fn(usize) -> Cell) {
        for (at, sum) in self.cells.iter_mut().enumerate() {
            let number = match cell_of(at) {
                Ok(number) => number,
                Err(Gap::Missing) if self.gaps == Gaps::LeaveOut => {
                    sum.missing += 1;
                    continue;
                }
                Err(gap) => {
                    if !(sum.beyond && self.gaps == Gaps::End) {
                        sum.gap.get_or_insert(gap);
                    }
                    continue;
                }
            };
            sum.known += 1;
            if sum.beyond || sum.gap.is_some() {
                continue;
            }
            sum.value = match (sum.value, self.gather) {
                (None, _) => Some(number),
                (Some(so_far), Gather::Sum | Gather::Mean) => so_far.checked_add(number),
                (Some(kept), Gather::Least) if number >= kept => Some(kept),
                (Some(kept), Gather::Greatest) if number <= kept => Some(kept),
                (Some(_), _) => Some(number),
            };
            sum.beyond = sum.value.is_none();
        }
    }

    /// What was gathered; `least` is the part that must be known where what is missing is left out.
    fn end(self, least: Option<Decimal>) -> Vec<Cell> {
        let ended = |sum: Sum| {
            if let Some(gap) = sum.gap {
                return Err(gap);
            }
            if let Some(least) = least
                && sum.missing > 0
                && !enough(sum.known, sum.known + sum.missing, least)
            {
                return Err(Gap::Other);
            }
            let value = sum.value.ok_or(Gap::Other)?;
            match self.gather {
                Gather::Mean => {
                    operate(Operator::Divide, value, Decimal::from(sum.known)).ok_or(Gap::Other)
                }
                _ => Ok(value),
            }
        };
        self.cells.into_iter().map(ended).collect()
    }
}

impl Columns<'_> {
    pub(crate) fn gathered(
        &mut self,
        gather: Gather,
        all: &[Number],
        region: &str,
        periods: &[Option<Period>],
    ) -> Column {
        let mut sums = Sums::new(gather, Gaps::End, periods.len());
        for one in all {
            let column = self.number(one, region, periods);
            sums.add(|at| column.at(at));
        }
        Column::Each(sums.end(None))
    }

    /// The regions directly below one; none where there are more than were reckoned with.
    fn regions_below(&mut self, region: &str) -> Rc<[String]> {
        if let Some(known) = self.children.get(region) {
            return Rc::clone(known);
        }
        let children: Rc<[String]> = self.figures.children(region).into();
        self.too_wide |= children.len() > MOST_BELOW;
        self.children.insert(region.to_owned(), Rc::clone(&children));
        children
    }

    pub(crate) fn below(
        &mut self,
        gather: Gather,
        inner: &Number,
        least: Option<Decimal>,
        region: &str,
        periods: &[Option<Period>],
    ) -> Column {
        let gaps = if least.is_some() { Gaps::LeaveOut } else { Gaps::Before };
        let mut sums = Sums::new(gather, gaps, periods.len());
        for child in self.regions_below(region).iter() {
            let column = self.in_another_region(|this| this.number(inner, child, periods));
            sums.add(|at| column.at(at));
        }
        Column::Each(sums.end(least))
    }

    pub(crate) fn weighted(
        &mut self,
        (of, weight): (&Number, &Number),
        least: Option<Decimal>,
        region: &str,
        periods: &[Option<Period>],
    ) -> Column {
        let gaps = if least.is_some() { Gaps::LeaveOut } else { Gaps::Before };
        let new = || Sums::new(Gather::Sum, gaps, periods.len());
        let (mut above, mut below) = (new(), new());
        for child in self.regions_below(region).iter() {
            let (of, weight) = self.in_another_region(|this| {
                (this.number(of, child, periods), this.number(weight, child, periods))
            });
            let product = |at| {
                let (of, weight) = (of.at(at)?, weight.at(at)?);
                of.checked_mul(weight).ok_or(Gap::Other)
            };
            above.add(product);
            below.add(|at| product(at).and(weight.at(at)));
        }
        let (above, below) = (Column::Each(above.end(least)), Column::Each(below.end(least)));
        above.operate(Operator::Divide, below)
    }

    pub(crate) fn count(
        &mut self,
        counted: &Counted,
        region: &str,
        periods: &[Option<Period>],
    ) -> Column {
        let children = self.regions_below(region);
        let mut sums = Sums::new(Gather::Sum, Gaps::End, periods.len());
        let one = |counts: bool| Decimal::from(u8::from(counts));
        for child in children.iter() {
            match counted {
                Counted::Known(number) => {
                    let column = self.in_another_region(|this| this.number(number, child, periods));
                    sums.add(|at| Ok(one(column.at(at).is_ok())));
                }
                Counted::Keeping(condition) => {
                    let truths =
                        self.in_another_region(|this| this.condition(condition, child, periods));
                    sums.add(|at| truths.get(at).copied().unwrap_or(Err(Gap::Other)).map(one));
                }
            }
        }
        Column::Each(sums.end(None))
    }

    pub(crate) fn over(
        &mut self,
        gather: Gather,
        window: &Window,
        inner: &Number,
        region: &str,
        periods: &[Option<Period>],
    ) -> Column {
        let distinct = matches!(gather, Gather::Sum | Gather::Mean) && inner.reads_whole_period();
        let (windows, sound) = spread(window, periods, distinct);
        let mut sums = Sums::new(gather, Gaps::End, periods.len());
        for periods in &windows {
            let column = self.number(inner, region, periods);
            sums.add(|at| column.at(at));
        }
        Column::Each(where_sound(sums.end(None), &sound))
    }

    pub(crate) fn latest(
        &mut self,
        window: &Window,
        inner: &Number,
        region: &str,
        periods: &[Option<Period>],
    ) -> Column {
        let (windows, sound) = spread(window, periods, false);
        let mut found = vec![Err(Gap::Missing); periods.len()];
        for periods in windows.iter().rev() {
            let column = self.number(inner, region, periods);
            for (at, cell) in found.iter_mut().enumerate() {
                if *cell == Err(Gap::Missing) {
                    *cell = column.at(at);
                }
            }
        }
        Column::Each(where_sound(found, &sound))
    }
}

/// The periods of a window for each cell, the earliest of all cells first, and which cells have all of them; where
/// periods must be `distinct`, none may lie within another.
fn spread(
    window: &Window,
    periods: &[Option<Period>],
    distinct: bool,
) -> (Vec<Vec<Option<Period>>>, Vec<bool>) {
    let all: Vec<Option<Vec<Period>>> =
        periods.iter().map(|period| window.periods((*period)?)).collect();
    let sound = |window: &Option<Vec<Period>>| {
        window.as_ref().is_some_and(|periods| !(distinct && overlap(periods).is_some()))
    };
    let length = match window {
        Window::Last(count, _) => *count,
        Window::Range(periods) => periods.len(),
    };
    let nth = |at: usize| all.iter().map(|window| window.as_ref()?.get(at).copied()).collect();
    ((0..length).map(nth).collect(), all.iter().map(sound).collect())
}

fn where_sound(mut cells: Vec<Cell>, sound: &[bool]) -> Vec<Cell> {
    for (cell, sound) in cells.iter_mut().zip(sound) {
        if !sound {
            *cell = Err(Gap::Other);
        }
    }
    cells
}
