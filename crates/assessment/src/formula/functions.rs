//! Checks the functions of a formula: what they take, and what they measure.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use terms::{Facet, Period, Span, Unit};

use super::checker::{Checker, Typed, bare_share, joined, miscounted, of_source};
use super::dimension::{Dims, Factor, Shown, measure};
use super::error::{Fault, FormulaErrorKind};
use super::figures::region_code;
use super::node::{Counted, Gather, Number, Window};
use super::step::Step;
use super::syntax::{Expr, ExprKind, Function};

/// So many months, years or periods away may a shift lead at most.
const FARTHEST: i64 = 1200;

/// So many years may a mean growth span at most.
const LONGEST: i64 = 100;

impl Checker<'_> {
    pub(crate) fn call(
        &self,
        function: Function,
        arguments: &[Expr],
        span: Span,
    ) -> Result<Typed, Fault> {
        // Calls are deeply nested, so each kind has a frame of its own on the stack.
        match (function, arguments) {
            (
                Function::Growth | Function::Single | Function::Cumulative | Function::RobustZ,
                [of],
            ) => self.of_indicator(function, of, span),
            (
                Function::SingleGrowth
                | Function::NominalGrowth
                | Function::RealGrowth
                | Function::ConstantPrice
                | Function::MeanGrowth,
                [of, rest @ ..],
            ) => self.growing(function, of, rest, span),
            (Function::Previous, [of]) => self.wrapped(of, span, Number::Previous),
            (Function::Absolute, [of]) => self.wrapped(of, span, Number::Absolute),
            (Function::YearAgo, [of]) => self.stepped(Ok(Step::Years(-1)), of, span),
            (Function::FullYear, [of]) => self.stepped(Ok(Step::FullYear), of, span),
            (Function::Shift, [of, by]) => self.stepped(step(by), of, span),
            (Function::Region, [of, place]) => self.elsewhere(of, place, span),
            (Function::Children, [of]) => self.below(function, Gather::Sum, of, &[], span),
            (Function::ChildrenMean, [of, least @ ..]) => {
                self.below(function, Gather::Mean, of, least, span)
            }
            (Function::ChildrenLeast, [of, least @ ..]) => {
                self.below(function, Gather::Least, of, least, span)
            }
            (Function::ChildrenGreatest, [of, least @ ..]) => {
                self.below(function, Gather::Greatest, of, least, span)
            }
            (Function::ChildrenWeighted, [of, weight, least @ ..]) => {
                self.weighted(of, weight, least, span)
            }
            (Function::ChildrenCount, [of]) => self.counted(of, span),
            (Function::SumOver, [of, window @ ..]) => {
                self.over(function, Gather::Sum, of, window, span)
            }
            (Function::MeanOver, [of, window @ ..]) => {
                self.over(function, Gather::Mean, of, window, span)
            }
            (Function::LeastOver, [of, window @ ..]) => {
                self.over(function, Gather::Least, of, window, span)
            }
            (Function::GreatestOver, [of, window @ ..]) => {
                self.over(function, Gather::Greatest, of, window, span)
            }
            (Function::Latest, [of, window]) => self.latest(of, window, span),
            (Function::Elapsed, []) => Ok(plain(Number::Elapsed, true, span)),
            (Function::Round, [of, rest @ ..]) => self.rounded(of, rest, span),
            (Function::Convert, [of, unit]) => self.converted(of, unit, span),
            (Function::StandardCoal, [of, carrier, factor @ ..]) => {
                self.standard_coal(of, carrier, factor, span)
            }
            (Function::IntensityDecline, [energy, output]) => {
                self.intensity_decline(energy, output, span)
            }
            (Function::Default, [of, without]) => self.defaulted(of, without, span),
            (Function::If, [condition, then, otherwise]) => {
                self.branched(condition, then, otherwise, span)
            }
            (Function::Sum, all) => self.gathered(Gather::Sum, all, span),
            (Function::Mean, all) => self.gathered(Gather::Mean, all, span),
            (Function::Least, all) => self.gathered(Gather::Least, all, span),
            (Function::Greatest, all) => self.gathered(Gather::Greatest, all, span),
            (Function::Missing | Function::About | Function::IsCumulative, _) => {
                Err((FormulaErrorKind::NumberExpected, span))
            }
            _ => Err(miscounted(function, arguments, span)),
        }
    }

    /// What becomes of one number and keeps its unit.
    fn wrapped(
        &self,
        of: &Expr,
        span: Span,
        wrap: impl FnOnce(Box<Number>) -> Number,
    ) -> Result<Typed, Fault> {
        let inner = self.number(of)?;
        Ok(Typed { number: wrap(Box::new(inner.number)), bare: None, span, ..inner })
    }

    fn stepped(&self, step: Result<Step, Fault>, of: &Expr, span: Span) -> Result<Typed, Fault> {
        let step = step?;
        self.wrapped(of, span, |inner| Number::At(step, inner))
    }

    fn elsewhere(&self, of: &Expr, place: &Expr, span: Span) -> Result<Typed, Fault> {
        let code = region(place)?;
        self.wrapped(of, span, |inner| Number::Elsewhere(code, inner))
    }

    fn below(
        &self,
        function: Function,
        gather: Gather,
        of: &Expr,
        least: &[Expr],
        span: Span,
    ) -> Result<Typed, Fault> {
        let least = self::least(function, least)?;
        self.wrapped(of, span, |inner| Number::Below(gather, inner, least))
    }

    fn weighted(
        &self,
        of: &Expr,
        weight: &Expr,
        least: &[Expr],
        span: Span,
    ) -> Result<Typed, Fault> {
        let least = self::least(Function::ChildrenWeighted, least)?;
        let weight = Box::new(self.number(weight)?.number);
        self.wrapped(of, span, |inner| Number::Weighted(inner, weight, least))
    }

    fn counted(&self, of: &Expr, span: Span) -> Result<Typed, Fault> {
        let counted = match of.is_condition() {
            true => Counted::Keeping(self.condition(of)?),
            false => Counted::Known(self.number(of)?.number),
        };
        Ok(plain(Number::Count(Box::new(counted)), false, span))
    }

    fn over(
        &self,
        function: Function,
        gather: Gather,
        of: &Expr,
        window: &[Expr],
        span: Span,
    ) -> Result<Typed, Fault> {
        let window = match window {
            [by] => last(function, by)?,
            [from, to] => range(function, from, to)?,
            _ => return Err(miscounted(function, window, span)),
        };
        self.wrapped(of, span, |inner| Number::Over(gather, window, inner))
    }

    fn latest(&self, of: &Expr, window: &Expr, span: Span) -> Result<Typed, Fault> {
        let window = last(Function::Latest, window)?;
        self.wrapped(of, span, |inner| Number::Latest(window, inner))
    }

    fn rounded(&self, of: &Expr, rest: &[Expr], span: Span) -> Result<Typed, Fault> {
        let places = rest.first().map_or(Ok(0), places)?;
        let inner = self.number(of)?;
        let number = Number::Round(Box::new(inner.number), places, inner.shown.factor);
        Ok(Typed { number, bare: None, span, ..inner })
    }

    fn defaulted(&self, of: &Expr, without: &Expr, span: Span) -> Result<Typed, Fault> {
        self.alike(&[of, without], span, |mut both| {
            let without = both.pop();
            let nothing = Number::Gather(Gather::Sum, Vec::new());
            both.pop()
                .zip(without)
                .map_or(nothing, |(of, without)| Number::Default(Box::new(of), Box::new(without)))
        })
    }

    fn branched(
        &self,
        condition: &Expr,
        then: &Expr,
        otherwise: &Expr,
        span: Span,
    ) -> Result<Typed, Fault> {
        let condition = self.condition(condition)?;
        let (then, otherwise) = (self.number(then)?, self.number(otherwise)?);
        self.same(&then, &otherwise, "并用", |bare| bare.is_zero())?;
        Ok(joined(then, otherwise, span, |then, otherwise| {
            Number::If(Box::new(condition), Box::new(then), Box::new(otherwise))
        }))
    }

    /// What is asked of an indicator, not of a number.
    fn of_indicator(&self, function: Function, of: &Expr, span: Span) -> Result<Typed, Fault> {
        match function {
            Function::Growth => {
                if matches!((&of.kind, self.this), (ExprKind::This, Some((_, Facet::Growth)))) {
                    return Err((FormulaErrorKind::GrowthOfGrowth, of.span));
                }
                let source = self.indicator(function, of, Some(Facet::Growth))?;
                Ok(of_source(source, Number::Figure, span))
            }
            Function::Cumulative => {
                let source = self.indicator(function, of, Some(Facet::Level))?;
                let typed = of_source(source, Number::Cumulative, span);
                // The shares of months do not add up to that of the year.
                if typed.share { Err((FormulaErrorKind::ShareGrowth, of.span)) } else { Ok(typed) }
            }
            Function::RobustZ => {
                let source = self.indicator(function, of, Some(Facet::Level))?;
                let scored = of_source(source, Number::Score, span);
                Ok(Typed { dims: Dims::default(), shown: Shown::plain(), share: false, ..scored })
            }
            _ => Ok(of_source(self.indicator(function, of, None)?, Number::Single, span)),
        }
    }

    /// Growth that is computed: of levels, not of shares, whose change is told in points.
    fn growing(
        &self,
        function: Function,
        of: &Expr,
        rest: &[Expr],
        span: Span,
    ) -> Result<Typed, Fault> {
        let sources = || {
            let level = self.indicator(function, of, Some(Facet::Level))?;
            let growth = self.indicator(function, of, Some(Facet::Growth))?;
            match measure(&level.unit).is_some_and(|measured| measured.share) {
                true => Err((FormulaErrorKind::ShareGrowth, of.span)),
                false => Ok((level, growth)),
            }
        };
        let number = || {
            let typed = self.number(of)?;
            match typed.share {
                true => Err((FormulaErrorKind::ShareGrowth, of.span)),
                false => Ok(Box::new(typed.number)),
            }
        };
        match (function, rest) {
            (Function::SingleGrowth, []) => {
                let (level, growth) = sources()?;
                Ok(plain(Number::SingleGrowth(level, growth), true, span))
            }
            (Function::ConstantPrice, [base]) => {
                let (level, growth) = sources()?;
                let base = year(function, base)?;
                let priced = |level| Number::ConstantPrice(level, growth, base);
                Ok(of_source(level, priced, span))
            }
            (Function::NominalGrowth, []) => Ok(plain(Number::Growth(number()?, None), true, span)),
            (Function::RealGrowth, [index]) => {
                let (of, prices) = (number()?, self.number(index)?);
                if !prices.dims.is_plain() {
                    let (left, right) = ("%".to_owned(), prices.unit());
                    let units = FormulaErrorKind::Units { left, right, doing: "并用" };
                    return Err((units, index.span));
                }
                if let Some(bare) = prices.bare {
                    return Err((bare_share(bare), index.span));
                }
                let prices = Some(Box::new(prices.number));
                Ok(plain(Number::Growth(of, prices), true, span))
            }
            (Function::MeanGrowth, [years]) => {
                let of = number()?;
                let count = whole(years).filter(|(_, unit)| matches!(*unit, "" | "年"));
                let count = count.filter(|(count, _)| (1..=LONGEST).contains(count));
                let count = count.and_then(|(count, _)| u32::try_from(count).ok());
                let expected = "1年 到 100年";
                let count = count.ok_or_else(|| unwritten(function, expected, years))?;
                Ok(plain(Number::MeanGrowth(of, count), true, span))
            }
            _ => Err(miscounted(function, rest, span)),
        }
    }

    /// A number in another unit, which is written as 1 of it.
    fn converted(&self, of: &Expr, unit: &Expr, span: Span) -> Result<Typed, Fault> {
        let inner = self.number(of)?;
        let function = Function::Convert;
        let written = match &unit.kind {
            ExprKind::Number(one, text) if *one == Decimal::ONE && !text.is_empty() => Some(text),
            _ => None,
        };
        let expected = "1万元、1元/人、1% 之类的单位，前面写 1";
        let text = written.ok_or_else(|| unwritten(function, expected, unit))?;
        let wanted = measure(&Unit::new(text.as_str()));
        let wanted = wanted.ok_or_else(|| unwritten(function, expected, unit))?;
        if wanted.dims != inner.dims {
            let (left, right) = (inner.unit(), text.clone());
            return Err((FormulaErrorKind::Units { left, right, doing: "换算" }, unit.span));
        }
        let shown = Shown { text: text.clone(), factor: wanted.factor };
        Ok(Typed { shown, share: wanted.share, bare: None, span, ..inner })
    }

    fn gathered(&self, gather: Gather, all: &[Expr], span: Span) -> Result<Typed, Fault> {
        let all: Vec<&Expr> = all.iter().collect();
        self.alike(&all, span, |numbers| Number::Gather(gather, numbers))
    }

    /// Several numbers of one kind.
    fn alike(
        &self,
        all: &[&Expr],
        span: Span,
        join: impl FnOnce(Vec<Number>) -> Number,
    ) -> Result<Typed, Fault> {
        let mut typed = all.iter().map(|expr| self.number(expr)).collect::<Result<Vec<_>, _>>()?;
        // Each is held against the first that has a unit.
        let first = typed.iter().position(|one| !one.is_zero()).unwrap_or_default();
        for one in &typed {
            if let Some(first) = typed.get(first) {
                self.same(first, one, "并用", |bare| bare.is_zero())?;
            }
        }
        let numbers = typed.iter().map(|one| one.number.clone()).collect();
        let share = typed.iter().any(|one| one.share);
        let first = typed.swap_remove(first);
        let shown = if share { Shown::percent() } else { first.shown };
        Ok(Typed { number: join(numbers), shown, dims: first.dims, share, bare: None, span })
    }
}

/// A number without a unit, or a share.
pub(crate) fn plain(number: Number, share: bool, span: Span) -> Typed {
    let shown = if share { Shown::percent() } else { Shown::plain() };
    Typed { number, shown, dims: Dims::default(), share, bare: None, span }
}

pub(crate) fn unwritten(function: Function, expected: &'static str, expr: &Expr) -> Fault {
    let function = function.chinese();
    (FormulaErrorKind::ConstantExpected { function, expected }, expr.span)
}

/// What part of the regions below must be known, where that is said.
fn least(function: Function, written: &[Expr]) -> Result<Option<Decimal>, Fault> {
    let Some(written) = written.first() else { return Ok(None) };
    let part = match &written.kind {
        ExprKind::Number(part, unit) if unit == "%" => Factor::PERCENT.to_base(*part),
        _ => None,
    };
    let part = part.filter(|part| *part > Decimal::ZERO && *part <= Decimal::ONE);
    part.map(Some).ok_or_else(|| unwritten(function, "有数的下级至少占多少，如 80%", written))
}

/// The last so many periods, years, months or quarters.
fn last(function: Function, expr: &Expr) -> Result<Window, Fault> {
    let window = whole(expr).and_then(|(count, unit)| {
        let count = usize::try_from(count).ok().filter(|n| (1..=1200).contains(n))?;
        Some(Window::Last(
            count,
            match unit {
                "" => Step::Own(-1),
                "年" => Step::Years(-1),
                "个月" => Step::Months(-1),
                "个季度" => Step::Months(-3),
                _ => return None,
            },
        ))
    });
    window.ok_or_else(|| unwritten(function, "3、3年、12个月、4个季度 之类，至多 1200", expr))
}

/// All periods of one kind from one to another.
fn range(function: Function, from: &Expr, to: &Expr) -> Result<Window, Fault> {
    let expected = "2021年 或 「2024-01」 之类的时期";
    let [first, end] = [from, to].map(|expr| {
        let period = match &expr.kind {
            ExprKind::Number(year, unit) if matches!(unit.as_str(), "" | "年") => {
                year.to_i16().filter(|_| year.is_integer()).and_then(Period::year_of)
            }
            ExprKind::Name(name) => name.parse().ok(),
            _ => None,
        };
        period.ok_or_else(|| unwritten(function, expected, expr))
    });
    let (first, end) = (first?, end?);
    let mut periods = vec![first];
    let mut at = first;
    while at < end && periods.len() < 1200 {
        let Some(next) = Step::Own(1).from(at) else { break };
        periods.push(next);
        at = next;
    }
    match at == end {
        true => Ok(Window::Range(periods)),
        false => Err(unwritten(function, "与前一个同类、不早于它的时期，至多 1200 期", to)),
    }
}

fn year(function: Function, expr: &Expr) -> Result<i16, Fault> {
    let year = whole(expr).filter(|(_, unit)| matches!(*unit, "" | "年"));
    let year = year.and_then(|(year, _)| Period::year_of(i16::try_from(year).ok()?));
    let year = year.ok_or_else(|| unwritten(function, "2020年 之类的年份", expr));
    year.map(Period::year)
}

/// A whole number that is written out, and its unit.
fn whole(expr: &Expr) -> Option<(i64, &str)> {
    match &expr.kind {
        ExprKind::Number(value, unit) if value.is_integer() => Some((value.to_i64()?, unit)),
        ExprKind::Negate(inner) => {
            let (value, unit) = whole(inner)?;
            Some((value.checked_neg()?, unit))
        }
        _ => None,
    }
}

fn step(expr: &Expr) -> Result<Step, Fault> {
    let step = whole(expr).and_then(|(count, unit)| {
        let count = i32::try_from(count).ok().filter(|n| i64::from(n.abs_diff(0)) <= FARTHEST)?;
        match unit {
            "" => Some(Step::Own(count)),
            "年" => Some(Step::Years(count)),
            "个月" => Some(Step::Months(count)),
            "个季度" => Some(Step::Months(count.checked_mul(3)?)),
            _ => None,
        }
    });
    let expected = "-1、-1年、-3个月、-1个季度 之类，至多 1200";
    let function = Function::Shift.chinese();
    step.ok_or((FormulaErrorKind::ConstantExpected { function, expected }, expr.span))
}

fn places(expr: &Expr) -> Result<u32, Fault> {
    let places = whole(expr).filter(|(_, unit)| unit.is_empty());
    let places = places.and_then(|(count, _)| u32::try_from(count).ok().filter(|n| *n <= 10));
    let function = Function::Round.chinese();
    let expected = "0 到 10 的小数位数";
    places.ok_or((FormulaErrorKind::ConstantExpected { function, expected }, expr.span))
}

fn region(expr: &Expr) -> Result<String, Fault> {
    let written = match &expr.kind {
        ExprKind::Number(code, unit) if unit.is_empty() => code.to_string(),
        ExprKind::Name(name) => name.clone(),
        _ => {
            let function = Function::Region.chinese();
            let expected = "地区的名称或代码";
            return Err((FormulaErrorKind::ConstantExpected { function, expected }, expr.span));
        }
    };
    match region_code(&written) {
        Ok(code) => Ok(code.to_owned()),
        Err(error) => Err((FormulaErrorKind::Region(error.to_string()), expr.span)),
    }
}
