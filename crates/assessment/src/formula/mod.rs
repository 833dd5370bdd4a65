//! The formula language, in which validation rules and derived indicators are written; `docs/formulas.md` describes
//! it for those who write them.
//!
//! A formula is parsed once ([`Formula`]), checked against a catalogue before anything is computed ([`CheckedCondition`],
//! [`CheckedNumber`]), and then computed for as many regions and periods as wanted, over whatever implements [`Figures`].

mod checker;
mod dimension;
mod error;
mod evaluator;
mod figures;
mod lexer;
mod node;
mod parser;
mod step;
mod syntax;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use terms::{Facet, Indicator, Period};

pub use checker::Names;
pub use error::{FormulaError, FormulaErrorKind};
pub(crate) use figures::region_code;
pub use figures::{Figures, Quantity, Reading, SeriesTable, Unknown, region_above};
pub(crate) use step::Step as PeriodStep;

use checker::Checker;
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
            Ok(typed) => Ok(CheckedNumber { number: typed.number, shown: typed.shown }),
            Err(fault) => Err(FormulaError::of(fault, &self.source)),
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
}
