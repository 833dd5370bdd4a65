//! Energy: amounts in standard coal, and by how much energy per unit of output declines.

use methods::energy::coal::{Basis, Measured, standard_coal};
use methods::energy::intensity::{Year, decline};
use rust_decimal::Decimal;
use terms::{Span, Unit};

use super::checker::{Checker, Typed};
use super::dimension::{Factor, Measure, Shown, measure};
use super::error::{Fault, FormulaErrorKind};
use super::evaluator::{Computed, Evaluator, Place, Value, compute, overflow};
use super::figures::Unknown;
use super::functions::{plain, unwritten};
use super::node::Number;
use super::step::Step;
use super::syntax::{Expr, ExprKind, Function, Operator};
use crate::carrier::named;

/// The unit of results, and of the energy of an intensity.
const COAL: &str = "吨标准煤";

/// The unit of output in an intensity that is kept to four decimals: tonnes of standard coal per 10,000 yuan.
const OUTPUT: &str = "万元";

/// What may stand for a factor.
const FACTOR: &str = "大于零的折标系数，千克标准煤每千克、立方米、千瓦时或兆焦，如 0.295";

impl Checker<'_> {
    /// An amount of a kind of energy in standard coal, by the printed factor or by one that is written out.
    pub(crate) fn standard_coal(
        &self,
        of: &Expr,
        carrier: &Expr,
        factor: &[Expr],
        span: Span,
    ) -> Result<Typed, Fault> {
        let function = Function::StandardCoal;
        let known = match &carrier.kind {
            ExprKind::Name(name) => named(name),
            _ => None,
        };
        let known = known.ok_or_else(|| {
            let written = match &carrier.kind {
                ExprKind::Name(name) => name.clone(),
                _ => carrier.to_string(),
            };
            (FormulaErrorKind::Carrier(written), carrier.span)
        })?;
        let supplied = factor.first().map(|factor| written_factor(function, factor)).transpose()?;
        let inner = self.number(of)?;
        let own = match known.measured() {
            Measured::Kilogram => "千克",
            Measured::CubicMetre => "立方米",
            Measured::Megajoule => "兆焦",
            Measured::KilowattHour => "千瓦时",
        };
        let wanted = unit(own, of.span)?;
        convertible(&inner, &wanted, own, of.span)?;
        let coal = unit(COAL, span)?;
        // What one of the base comes to; with a factor of its own the basis makes no difference.
        let one = wanted.factor.to_unit(Decimal::ONE);
        let kilograms =
            one.and_then(|one| standard_coal(known, one, Basis::Calorific, supplied).ok());
        let tonnes = kilograms.and_then(|kilograms| kilograms.checked_div(Decimal::ONE_THOUSAND));
        let each = tonnes.and_then(|tonnes| coal.factor.to_base(tonnes));
        let beyond = || {
            (
                FormulaErrorKind::Number(
                    factor.first().map_or_else(String::new, ToString::to_string),
                ),
                span,
            )
        };
        let each = Number::Constant(each.ok_or_else(beyond)?);
        let number = Number::Compute(Operator::Multiply, Box::new(inner.number), Box::new(each));
        let shown = Shown { text: COAL.to_owned(), factor: coal.factor };
        Ok(Typed { number, shown, dims: coal.dims, share: false, bare: None, span })
    }

    /// By how much energy per unit of output declined on the year before.
    pub(crate) fn intensity_decline(
        &self,
        energy: &Expr,
        output: &Expr,
        span: Span,
    ) -> Result<Typed, Fault> {
        let (used, made) = (self.number(energy)?, self.number(output)?);
        let (coal, money) = (unit(COAL, energy.span)?, unit(OUTPUT, output.span)?);
        convertible(&used, &coal, COAL, energy.span)?;
        convertible(&made, &money, OUTPUT, output.span)?;
        let (used, made) = (Box::new(used.number), Box::new(made.number));
        Ok(plain(Number::IntensityDecline(used, made, [coal.factor, money.factor]), true, span))
    }
}

/// A factor above nought that is written out without a unit.
fn written_factor(function: Function, expr: &Expr) -> Result<Decimal, Fault> {
    match &expr.kind {
        ExprKind::Number(value, unit) if unit.is_empty() && *value > Decimal::ZERO => Ok(*value),
        _ => Err(unwritten(function, FACTOR, expr)),
    }
}

fn unit(text: &str, span: Span) -> Result<Measure, Fault> {
    measure(&Unit::new(text)).ok_or_else(|| (FormulaErrorKind::UnknownUnit(text.to_owned()), span))
}

/// That a number measures what a unit does.
fn convertible(found: &Typed, wanted: &Measure, text: &str, span: Span) -> Result<(), Fault> {
    if found.dims == wanted.dims {
        return Ok(());
    }
    let (left, right) = (text.to_owned(), found.unit());
    Err((FormulaErrorKind::Units { left, right, doing: "换算" }, span))
}

impl Evaluator<'_> {
    /// The decline as a share, of intensities that are kept to four decimals; `units` are those of energy and output.
    pub(crate) fn intensity_decline(
        &mut self,
        energy: &Number,
        output: &Number,
        units: [Factor; 2],
        place: Place<'_>,
    ) -> Computed {
        let period = Step::Years(-1).from(place.period).ok_or(Unknown::NoPeriod(place.period))?;
        let before = Place { period, ..place };
        let mut year = |place| {
            let (energy, output) = (self.number(energy, place)?, self.number(output, place)?);
            let energy = in_unit(energy, units[0])?;
            Ok::<_, Unknown>((energy, in_unit(output, units[1])?))
        };
        let (after, before) = (year(place)?, year(before)?);
        let exact =
            |(energy, output): (Value, Value)| Year { energy: energy.number, gdp: output.number };
        let found = decline(exact(before), exact(after)).ok_or(Unknown::NoIntensity)?;
        // What the figures' own rounding and that of the intensities may have put off.
        let half = Decimal::new(5, 5);
        let rounded = |(energy, output): (Value, Value)| {
            let ratio = compute(Operator::Divide, energy, output)?;
            let slack = ratio.slack.checked_add(half).unwrap_or(Decimal::MAX);
            Ok::<_, Unknown>(Value { slack, ..ratio })
        };
        let quotient = compute(Operator::Divide, rounded(after)?, rounded(before)?)?;
        let share = overflow(found.change.checked_div(Decimal::ONE_HUNDRED))?;
        Ok(Value { number: -share, slack: quotient.slack })
    }
}

fn in_unit(value: Value, unit: Factor) -> Computed {
    let number = overflow(unit.to_unit(value.number))?;
    Ok(Value { number, slack: unit.to_unit(value.slack).unwrap_or(Decimal::MAX) })
}
