//! Resolves the names of a formula and checks its units before anything is computed.

use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use terms::{Facet, Indicator, Span, Unit, folded_name};

use super::dimension::{Dims, Factor, Measure, Shown, measure};
use super::error::{Fault, FormulaErrorKind};
use super::node::{Condition, Number, Side, Source, Tolerance};
use super::syntax::{Expr, ExprKind, Function, Operator};

/// The indicators of a catalogue by code and by folded name.
#[derive(Debug, Clone)]
pub struct Names<'a> {
    by_code: HashMap<&'a str, &'a Indicator>,
    by_name: HashMap<String, &'a Indicator>,
    all: &'a [Indicator],
}

impl<'a> Names<'a> {
    /// The names of a catalogue.
    pub fn of(catalogue: &'a [Indicator]) -> Names<'a> {
        let mut by_name = HashMap::new();
        for indicator in catalogue {
            for name in indicator.names() {
                by_name.entry(folded_name(name)).or_insert(indicator);
            }
        }
        let by_code = catalogue.iter().map(|known| (known.code.as_str(), known)).collect();
        Names { by_code, by_name, all: catalogue }
    }

    /// The indicator of a code or name.
    pub fn find(&self, written: &str) -> Option<&'a Indicator> {
        let named = || self.by_name.get(&folded_name(written));
        self.by_code.get(written).or_else(named).copied()
    }

    /// All of the catalogue.
    pub fn all(&self) -> &'a [Indicator] {
        self.all
    }
}

/// Checks formulas against a catalogue, for a figure that is checked or for none.
pub(crate) struct Checker<'a> {
    pub(crate) names: &'a Names<'a>,
    /// What `本值` is.
    pub(crate) this: Option<(&'a Indicator, Facet)>,
}

/// A number with what is known of it before it is computed.
pub(crate) struct Typed {
    pub(crate) number: Number,
    pub(crate) shown: Shown,
    pub(crate) dims: Dims,
    pub(crate) share: bool,
    /// The number itself, where it was written without a unit.
    pub(crate) bare: Option<Decimal>,
    pub(crate) span: Span,
}

impl Typed {
    pub(crate) fn is_zero(&self) -> bool {
        self.bare.is_some_and(|value| value.is_zero())
    }

    fn side(self) -> Side {
        Side { number: self.number, shown: self.shown }
    }

    pub(crate) fn unit(&self) -> String {
        if self.shown.text.is_empty() { "无单位".into() } else { self.shown.text.clone() }
    }
}

impl Checker<'_> {
    pub(crate) fn condition(&self, expr: &Expr) -> Result<Condition, Fault> {
        let boxed = |expr: &Expr| self.condition(expr).map(Box::new);
        Ok(match &expr.kind {
            ExprKind::Not(inner) => Condition::Not(boxed(inner)?),
            ExprKind::Binary(Operator::And, left, right) => {
                Condition::And(boxed(left)?, boxed(right)?)
            }
            ExprKind::Binary(Operator::Or, left, right) => {
                Condition::Or(boxed(left)?, boxed(right)?)
            }
            ExprKind::Binary(operator, left, right) if operator.is_comparison() => {
                let (left, right, _) = self.compared(left, right)?;
                let (left, right) = (Box::new(left), Box::new(right));
                match operator {
                    Operator::About => Condition::About(left, right, Tolerance::Rounding),
                    operator => Condition::Compare(*operator, left, right),
                }
            }
            ExprKind::Call(Function::If, arguments) => {
                let (asked, then, otherwise) = match &arguments[..] {
                    [asked, then] => (asked, then, Box::new(Condition::Holds)),
                    [asked, then, otherwise] => (asked, then, boxed(otherwise)?),
                    _ => return Err(miscounted(Function::If, arguments, expr.span)),
                };
                Condition::If(boxed(asked)?, boxed(then)?, otherwise)
            }
            ExprKind::Call(Function::Missing, arguments) => {
                let [asked] = &arguments[..] else {
                    return Err(miscounted(Function::Missing, arguments, expr.span));
                };
                Condition::Missing(Box::new(self.number(asked)?.number))
            }
            ExprKind::Call(Function::About, arguments) => {
                let [left, right, tolerance] = &arguments[..] else {
                    return Err(miscounted(Function::About, arguments, expr.span));
                };
                self.about(left, right, tolerance)?
            }
            ExprKind::Call(Function::IsCumulative, _) => Condition::IsCumulative,
            _ => return Err((FormulaErrorKind::ConditionExpected, expr.span)),
        })
    }

    /// Two numbers that can be compared, each shown in the unit of the first that has one, and what they measure.
    fn compared(&self, left: &Expr, right: &Expr) -> Result<(Side, Side, (Dims, bool)), Fault> {
        let (left, right) = (self.number(left)?, self.number(right)?);
        self.same(&left, &right, "比较", |bare| bare.is_zero())?;
        let common = if left.is_zero() && !right.is_zero() { &right } else { &left };
        let dims = common.dims.clone();
        let share = left.share || right.share;
        let shown = if share { Shown::percent() } else { common.shown.clone() };
        let (mut left, mut right) = (left.side(), right.side());
        left.shown = shown.clone();
        right.shown = shown;
        Ok((left, right, (dims, share)))
    }

    fn about(&self, left: &Expr, right: &Expr, tolerance: &Expr) -> Result<Condition, Fault> {
        let (left, right, (dims, share)) = self.compared(left, right)?;
        let allowed = self.number(tolerance)?;
        let kind = if allowed.dims == dims {
            if share
                && !allowed.share
                && let Some(bare) = allowed.bare.filter(|bare| !bare.is_zero())
            {
                return Err((bare_share(bare), allowed.span));
            }
            Tolerance::Absolute(Box::new(allowed.number))
        } else if allowed.share && allowed.dims.is_plain() {
            Tolerance::Relative(Box::new(allowed.number))
        } else if allowed.is_zero() {
            Tolerance::Absolute(Box::new(allowed.number))
        } else {
            let units = FormulaErrorKind::Units {
                left: left.shown.text,
                right: allowed.unit(),
                doing: "比较",
            };
            return Err((units, allowed.span));
        };
        Ok(Condition::About(Box::new(left), Box::new(right), kind))
    }

    /// Whether two numbers measure the same; a bare nought is nought of anything. Beside a share stand only those bare
    /// numbers that `plain` lets pass, for nobody knows whether others mean percent.
    pub(crate) fn same(
        &self,
        left: &Typed,
        right: &Typed,
        doing: &'static str,
        plain: impl Fn(Decimal) -> bool,
    ) -> Result<(), Fault> {
        if left.dims != right.dims && !left.is_zero() && !right.is_zero() {
            let (left, found) = (left.unit(), right.unit());
            return Err((FormulaErrorKind::Units { left, right: found, doing }, right.span));
        }
        for (one, other) in [(left, right), (right, left)] {
            if let Some(bare) = other.bare
                && one.share
                && !plain(bare)
            {
                return Err((bare_share(bare), other.span));
            }
        }
        Ok(())
    }

    pub(crate) fn number(&self, expr: &Expr) -> Result<Typed, Fault> {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Number(value, unit) => constant(*value, unit, span),
            ExprKind::Name(_) | ExprKind::This => {
                let source = self.source(expr, None).ok_or_else(|| self.unnamed(expr))?;
                Ok(of_source(source, Number::Figure, span))
            }
            ExprKind::Negate(inner) => {
                let inner = self.number(inner)?;
                let bare = inner.bare.map(|value| -value);
                Ok(Typed { number: Number::Negate(Box::new(inner.number)), bare, span, ..inner })
            }
            ExprKind::Binary(operator @ (Operator::Add | Operator::Subtract), left, right) => {
                let (left, right) = (self.number(left)?, self.number(right)?);
                let doing = if *operator == Operator::Add { "相加" } else { "相减" };
                self.same(&left, &right, doing, |bare| bare.is_zero() || bare == Decimal::ONE)?;
                Ok(joined(left, right, span, |left, right| {
                    Number::Compute(*operator, Box::new(left), Box::new(right))
                }))
            }
            ExprKind::Binary(operator @ (Operator::Multiply | Operator::Divide), left, right) => {
                product(*operator, self.number(left)?, self.number(right)?, span)
            }
            ExprKind::Call(function, arguments) => self.call(*function, arguments, span),
            ExprKind::Not(_) | ExprKind::Binary(..) => {
                Err((FormulaErrorKind::NumberExpected, span))
            }
        }
    }

    /// The indicator that a function is asked for.
    pub(crate) fn indicator(
        &self,
        function: Function,
        expr: &Expr,
        facet: Option<Facet>,
    ) -> Result<Arc<Source>, Fault> {
        if !matches!(expr.kind, ExprKind::Name(_) | ExprKind::This) {
            return Err((FormulaErrorKind::IndicatorExpected(function.chinese()), expr.span));
        }
        self.source(expr, facet).ok_or_else(|| self.unnamed(expr))
    }

    /// What a name reads: the level unless another facet is asked for; of `本值` that which is checked.
    pub(crate) fn source(&self, expr: &Expr, facet: Option<Facet>) -> Option<Arc<Source>> {
        let (indicator, own) = match &expr.kind {
            ExprKind::Name(name) => (self.names.find(name)?, Facet::Level),
            _ => self.this?,
        };
        let facet = facet.unwrap_or(own);
        let unit = Unit::new(match facet {
            Facet::Level => indicator.unit.as_str(),
            Facet::Growth => "%",
        });
        let Measure { dims, factor, .. } = measure(&unit)?;
        let (code, name) = (indicator.code.as_str().into(), indicator.name.as_str().into());
        Some(Arc::new(Source { code, name, facet, unit, factor, dims }))
    }

    fn unnamed(&self, expr: &Expr) -> Fault {
        let kind = match &expr.kind {
            ExprKind::Name(name) => FormulaErrorKind::UnknownName(name.clone()),
            _ => FormulaErrorKind::NoThis,
        };
        (kind, expr.span)
    }
}

/// What the parser has refused already.
pub(crate) fn miscounted(function: Function, arguments: &[Expr], span: Span) -> Fault {
    let (name, expected) = (function.chinese(), function.arguments());
    (FormulaErrorKind::Arguments { function: name, expected, found: arguments.len() }, span)
}

pub(crate) fn bare_share(bare: Decimal) -> FormulaErrorKind {
    FormulaErrorKind::BareShare(bare.normalize().to_string())
}

fn constant(value: Decimal, unit: &str, span: Span) -> Result<Typed, Fault> {
    let beyond = || (FormulaErrorKind::Number(format!("{value}{unit}")), span);
    let Measure { dims, factor, share } = measure(&Unit::new(unit)).ok_or_else(beyond)?;
    let base = factor.to_base(value).ok_or_else(beyond)?;
    let plain = dims.is_plain() && !share;
    let shown = match plain {
        true => Shown::plain(),
        false => Shown { text: unit.to_owned(), factor },
    };
    // 3倍 says what it is, 3 and 3亿 do not.
    let bare = (plain && !unit.ends_with('倍')).then_some(base);
    Ok(Typed { number: Number::Constant(base), shown, dims, share, bare, span })
}

pub(crate) fn of_source(
    source: Arc<Source>,
    read: impl FnOnce(Arc<Source>) -> Number,
    span: Span,
) -> Typed {
    let share = measure(&source.unit).is_some_and(|known| known.share);
    let shown = Shown { text: source.unit.as_str().to_owned(), factor: source.factor };
    Typed { dims: source.dims.clone(), shown, share, bare: None, span, number: read(source) }
}

/// Two numbers of one kind that come to one of that kind.
pub(crate) fn joined(
    left: Typed,
    right: Typed,
    span: Span,
    join: impl FnOnce(Number, Number) -> Number,
) -> Typed {
    let share = left.share || right.share;
    let common = if left.is_zero() { &right } else { &left };
    let shown = if share { Shown::percent() } else { common.shown.clone() };
    let dims = common.dims.clone();
    Typed { number: join(left.number, right.number), shown, dims, share, bare: None, span }
}

fn product(operator: Operator, left: Typed, right: Typed, span: Span) -> Result<Typed, Fault> {
    let divided = operator == Operator::Divide;
    let dims = left.dims.times(&right.dims, if divided { -1 } else { 1 });
    // 5% × 2 is a share, 5% ÷ 2% is none.
    let share = left.dims.is_plain()
        && right.dims.is_plain()
        && if divided { left.share && !right.share } else { left.share || right.share };
    let shown = if share {
        Shown::percent()
    } else if dims.is_plain() {
        Shown::plain()
    } else if right.dims.is_plain() {
        left.shown
    } else if left.dims.is_plain() && !divided {
        right.shown
    } else {
        // What has no unit above is counted as it is: 1/人.
        let above_factor = if left.dims.is_plain() { Factor::ONE } else { left.shown.factor };
        let factor = match divided {
            true => above_factor.over(right.shown.factor),
            false => above_factor.times(right.shown.factor),
        };
        let beyond = || (FormulaErrorKind::Number(right.shown.text.clone()), span);
        let mark = if divided { '/' } else { '·' };
        let above = if left.dims.is_plain() { "1" } else { left.shown.text.as_str() };
        let text = format!("{above}{mark}{}", right.shown.text);
        let factor = factor.ok_or_else(beyond)?;
        Shown { text, factor }
    };
    let number = Number::Compute(operator, Box::new(left.number), Box::new(right.number));
    Ok(Typed { number, shown, dims, share, bare: None, span })
}
