//! The formula language, in which validation rules and derived indicators are written; `docs/formulas.md` describes
//! it for those who write them.
//!
//! A formula is parsed once ([`Formula`]), checked against a catalogue before anything is computed ([`CheckedCondition`],
//! [`CheckedNumber`]), and then computed for a region and a period, or for as many as wanted at once, over whatever
//! implements [`Figures`].

mod aggregate;
mod checker;
mod columns;
mod condition;
mod dimension;
mod energy;
mod error;
mod evaluator;
mod figures;
mod functions;
mod growing;
mod lexer;
mod node;
mod parser;
mod step;
mod sums;
mod syntax;
#[cfg(test)]
mod tests;
mod weight;

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use terms::{Facet, Indicator, Period, Span, Unit};

pub use checker::Names;
pub use error::{FormulaError, FormulaErrorKind};
pub(crate) use figures::region_code;
pub use figures::{Figures, Quantity, Reading, SeriesTable, Unknown, region_above};
pub(crate) use step::Step as PeriodStep;

use checker::{Checker, Typed};
use columns::Columns;
use dimension::Shown;
pub(crate) use dimension::{Measure, measure};
use evaluator::{Evaluator, Place};
use node::{Condition, Number};
use syntax::{Expr, ExprKind};

/// A formula that follows the grammar. It prints in one way of writing, which reads as the same formula.
///
/// ```
/// use assessment::formula::Formula;
///
/// let formula = Formula::parse("(this>=0%)且本值≤100％").unwrap();
/// assert_eq!(formula.to_string(), "本值 >= 0% 且 本值 <= 100%");
/// assert_eq!(Formula::parse(&formula.to_string()), Ok(formula));
/// ```
#[derive(Debug, Clone)]
pub struct Formula {
    source: String,
    root: Expr,
}

impl PartialEq for Formula {
    fn eq(&self, other: &Formula) -> bool {
        self.root == other.root
    }
}

impl Formula {
    /// Reads a formula. Too long or too deeply nested ones are refused.
    pub fn parse(source: &str) -> Result<Formula, FormulaError> {
        match parser::parse(source) {
            Ok(root) => Ok(Formula { source: source.to_owned(), root }),
            Err(fault) => Err(FormulaError::of(fault, source)),
        }
    }

    /// The formula as it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The indicators that it names, as written, each once.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.root.walk(&mut |part| {
            if let ExprKind::Name(name) = &part.kind
                && !names.contains(&name.as_str())
            {
                names.push(name);
            }
        });
        names
    }

    /// Whether it speaks of the figure that is checked (`本值`).
    pub fn uses_this(&self) -> bool {
        let mut found = false;
        self.root.walk(&mut |part| found |= part.kind == ExprKind::This);
        found
    }

    /// Checks a formula as what it is meant as; `this` is what `本值` stands for.
    pub fn check(
        &self,
        names: &Names<'_>,
        this: Option<(&Indicator, Facet)>,
    ) -> Result<Checked, FormulaError> {
        match self.root.is_condition() {
            true => self.condition(names, this).map(Checked::Condition),
            false => self.number(names, this).map(Checked::Number),
        }
    }

    /// Checks a formula that is a condition; `this` is what `本值` stands for.
    pub fn condition(
        &self,
        names: &Names<'_>,
        this: Option<(&Indicator, Facet)>,
    ) -> Result<CheckedCondition, FormulaError> {
        match (Checker { names, this }).condition(&self.root) {
            Ok(condition) => Ok(CheckedCondition { condition }),
            Err(fault) => Err(FormulaError::of(fault, &self.source)),
        }
    }

    /// Checks a formula that comes to a number, as that of a derived indicator; `this` is what `本值` stands for.
    pub fn number(
        &self,
        names: &Names<'_>,
        this: Option<(&Indicator, Facet)>,
    ) -> Result<CheckedNumber, FormulaError> {
        match (Checker { names, this }).number(&self.root) {
            Ok(typed) => Ok(CheckedNumber::of(typed)),
            Err(fault) => Err(FormulaError::of(fault, &self.source)),
        }
    }

    /// The formula of an indicator that follows from others, checked; its numbers come in the indicator's unit. A place
    /// in the error is one of [`Indicator::formula`].
    pub fn of_indicator(
        names: &Names<'_>,
        indicator: &Indicator,
    ) -> Result<CheckedNumber, FormulaError> {
        let source = &indicator.formula;
        let whole = Span::new(0, source.len());
        let fault = |kind| FormulaError::of((kind, whole), source);
        if source.trim().is_empty() {
            return Err(fault(FormulaErrorKind::NotDerived(indicator.name.clone())));
        }
        let formula = Formula::parse(source)?;
        let typed = (Checker { names, this: None }).number(&formula.root);
        let typed = typed.map_err(|fault| FormulaError::of(fault, source))?;
        let measured = measure(&Unit::new(indicator.unit.as_str()));
        match measured.filter(|measured| measured.dims == typed.dims) {
            Some(Measure { factor, .. }) => {
                let shown = Shown { text: indicator.unit.clone(), factor };
                Ok(CheckedNumber { number: typed.number, shown })
            }
            None => {
                let (found, expected) = (typed.unit(), indicator.unit.clone());
                Err(fault(FormulaErrorKind::NotOfIndicator { found, expected }))
            }
        }
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

impl FromStr for Formula {
    type Err = FormulaError;

    fn from_str(source: &str) -> Result<Self, Self::Err> {
        Formula::parse(source)
    }
}

/// A formula whose names are known and whose units fit.
#[derive(Debug, Clone, PartialEq)]
pub enum Checked {
    /// It comes to a number.
    Number(CheckedNumber),
    /// It holds or does not.
    Condition(CheckedCondition),
}

/// A condition whose names are known and whose units fit.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedCondition {
    condition: Condition,
}

/// What a condition came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Whether it holds, or why that cannot be told.
    pub holds: Result<bool, Unknown>,
    /// Where it does not hold, the comparisons that fail, with their numbers.
    pub compared: Vec<String>,
    /// The figures that were read.
    pub readings: Vec<Reading>,
}

impl CheckedCondition {
    /// Computes the condition for a region and a period.
    pub fn judge(&self, figures: &dyn Figures, region: &str, period: Period) -> Judgement {
        let place = Place { region, period };
        let mut evaluator = Evaluator::new(figures, period);
        let holds = evaluator.condition(&self.condition, place);
        let mut compared = Vec::new();
        if holds == Ok(false) {
            // Of two conditions that fail, the first ended the computation; both are told.
            evaluator.explain(&self.condition, place, true, &mut compared);
        }
        let mut judgement = Judgement { holds, compared, readings: Vec::new() };
        for reading in evaluator.readings {
            if !judgement.readings.contains(&reading) {
                judgement.readings.push(reading);
            }
        }
        judgement
    }
}

impl CheckedCondition {
    /// Of a condition that holds, the comparisons that make it so, with their numbers; empty where it does not.
    pub fn reasons(&self, figures: &dyn Figures, region: &str, period: Period) -> Vec<String> {
        let mut said = Vec::new();
        let place = Place { region, period };
        Evaluator::new(figures, period).explain(&self.condition, place, false, &mut said);
        said
    }
}

/// A formula of a number whose names are known and whose units fit.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedNumber {
    number: Number,
    shown: Shown,
}

impl CheckedNumber {
    fn of(typed: Typed) -> CheckedNumber {
        CheckedNumber { number: typed.number, shown: typed.shown }
    }

    /// The unit in which the number is given.
    pub fn unit(&self) -> &str {
        &self.shown.text
    }

    /// Computes the number for a region and a period, with the figures that were read for it.
    pub fn compute(
        &self,
        figures: &dyn Figures,
        region: &str,
        period: Period,
    ) -> Result<(Quantity, Vec<Reading>), Unknown> {
        let mut evaluator = Evaluator::new(figures, period);
        let value = evaluator.number(&self.number, Place { region, period })?;
        Ok((Quantity::of(value.number, &self.shown)?, evaluator.readings))
    }

    /// Computes the number for each of the regions and each of the periods: part by part for all periods of a region at
    /// once, with the answers of [`CheckedNumber::compute`] to the last digit.
    pub fn compute_all(&self, figures: &dyn Figures, regions: &[&str], periods: &[Period]) -> Grid {
        let mut columns = Columns::new(figures, periods);
        let mut cells = Vec::with_capacity(regions.len().saturating_mul(periods.len()));
        for region in regions {
            let column = columns.compute(&self.number, region);
            cells.extend(column.into_iter().map(|cell| self.shown.factor.to_unit(cell.ok()?)));
        }
        Grid { cells, periods: periods.len() }
    }
}

/// What a formula came to for regions and periods, in the unit of the formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    cells: Vec<Option<Decimal>>,
    periods: usize,
}

impl Grid {
    /// The number of a region and a period, by their places in what was asked; `None` where it cannot be told, of which
    /// [`CheckedNumber::compute`] says why.
    pub fn at(&self, region: usize, period: usize) -> Option<Decimal> {
        let start = region.checked_mul(self.periods)?;
        let row = self.cells.get(start..start.checked_add(self.periods)?)?;
        row.get(period).copied().flatten()
    }

    /// How many numbers there are, of all that were asked for.
    pub fn known(&self) -> usize {
        self.cells.iter().flatten().count()
    }
}
