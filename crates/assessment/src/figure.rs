//! The rule by which a promised number is held against reported ones. It stands here once, for the ledger's
//! targets and for two documents side by side.
//!
//! "达到7%" is kept by 7 % or better, where the catalogue says which way is better; "3%—5%" is kept from its
//! near end on. How wide "左右" is stands in `about`. A fall counts as a growth with the other sign. A place in an
//! order is better the smaller it is. Of things that are counted or measured in metres and promised as an addition
//! ("建成学校3所"), more than promised keeps the promise even where the catalogue does not know them.

use std::cmp::Ordering;

use methods::progress::{Range, change, kept};
use rust_decimal::Decimal;
use terms::{Amount, Basis, Better, Comparator, Dimension, Direction, Statement, Status, Unit};

use crate::about;

/// What hinders a comparison.
const LOST_DIGIT: &str = "来源缺失数字，不作推测";
const OTHER_DIMENSION: &str = "计量单位的量纲不同";
const NO_FACTOR: &str = "计量单位之间没有精确换算";

/// A number of a statement that can be computed with.
pub(crate) struct Figure<'a> {
    comparator: Comparator,
    pub(crate) basis: Basis,
    /// The other sign belongs to it: a fall.
    falls: bool,
    value: &'a Amount,
    upper: Option<&'a Amount>,
    pub(crate) unit: &'a Unit,
    /// Code of the indicator, which "about" asks for.
    pub(crate) indicator: Option<&'a str>,
}

impl<'a> Figure<'a> {
    pub(crate) fn of(statement: &'a Statement) -> Option<Self> {
        let basis = statement.basis?;
        Some(Figure {
            comparator: statement.comparator?,
            basis,
            falls: basis == Basis::Growth && statement.direction == Some(Direction::Down),
            value: statement.value.as_ref()?,
            upper: statement.upper.as_ref(),
            unit: statement.unit.as_ref()?,
            indicator: statement.indicator.as_deref(),
        })
    }

    /// What a target of the plan asks for; what falls is negative.
    pub(crate) fn promised(
        comparator: Comparator,
        basis: Basis,
        (value, upper): (&'a Amount, Option<&'a Amount>),
        unit: &'a Unit,
        indicator: Option<&'a str>,
    ) -> Self {
        Figure { comparator, basis, falls: false, value, upper, unit, indicator }
    }

    /// A figure of a ledger: just this, a fall with its sign.
    pub(crate) fn observed(basis: Basis, value: &'a Amount, unit: &'a Unit) -> Self {
        let comparator = Comparator::Equal;
        Figure { comparator, basis, falls: false, value, upper: None, unit, indicator: None }
    }

    pub(crate) fn is_lost(&self) -> bool {
        self.value.is_lost() || self.upper.is_some_and(Amount::is_lost)
    }

    /// The ends of the figure in `unit`, without its sign; `None` where no exact factor joins the units or a
    /// digit is lost.
    fn ends(&self, unit: &Unit) -> Option<(Decimal, Option<Decimal>)> {
        let convert = |amount: &Amount| self.unit.convert(amount.exact()?, unit);
        let upper = match self.upper {
            Some(upper) => Some(convert(upper)?),
            None => None,
        };
        Some((convert(self.value)?, upper))
    }

    /// The figure as a single number with its sign; `None` for a range.
    pub(crate) fn point(&self, unit: &Unit) -> Option<Decimal> {
        let (value, upper) = self.ends(unit)?;
        match upper {
            None if self.falls => Some(-value),
            None => Some(value),
            Some(_) => None,
        }
    }

    /// What the true value may be, with its sign.
    pub(crate) fn range(&self, unit: &Unit) -> Option<Range> {
        let (value, upper) = self.ends(unit)?;
        let range = match self.comparator {
            Comparator::Equal | Comparator::About => Range::exactly(value),
            Comparator::AtLeast => Range::at_least(value),
            Comparator::AtMost => Range::at_most(value),
            Comparator::Above => Range::above(value),
            Comparator::Below => Range::below(value),
            Comparator::Range => Range::between(value, upper?),
        };
        Some(if self.falls { range.negated() } else { range })
    }

    /// How far from its number a promise reaches; `None` where it does not say "about".
    fn band(&self) -> Option<Decimal> {
        let value = self.value.exact().filter(|_| self.comparator == Comparator::About)?;
        about::band(value, self.unit)
    }

    /// What is promised, with its sign.
    fn wanted(&self) -> Option<Range> {
        let Some(band) = self.band() else { return self.range(self.unit) };
        let value = self.value.exact()?;
        let least = if about::is_floor(self.indicator) { Decimal::ZERO } else { band };
        let range = Range::between(value.checked_sub(least)?, value.checked_add(band)?);
        Some(if self.falls { range.negated() } else { range })
    }

    /// How "about" was read, in words; empty where nothing is about.
    fn width(&self) -> String {
        let Some(band) = self.band() else { return String::new() };
        let unit = match self.unit.dimension() {
            Dimension::Share => "个百分点",
            _ => self.unit.as_str(),
        };
        let least = if about::is_floor(self.indicator) { "，不少于所列数" } else { "" };
        format!("“左右”按正负{band}{unit}掌握{least}")
    }
}

impl std::fmt::Display for Figure<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let course = match (self.basis, self.falls) {
            (Basis::Growth, false) => "增长",
            (Basis::Growth, true) => "下降",
            _ => "",
        };
        let comparator = match self.comparator {
            Comparator::Equal | Comparator::Range => "",
            Comparator::AtLeast => "不低于",
            Comparator::AtMost => "不超过",
            Comparator::Above => "超过",
            Comparator::Below => "低于",
            Comparator::About => "约",
        };
        write!(f, "{course}{comparator}{}", self.value)?;
        if let Some(upper) = self.upper {
            write!(f, "至{upper}")?;
        }
        write!(f, "{}", self.unit)
    }
}

/// The later number minus the earlier one in the earlier one's unit, of two falls the later depth minus the
/// earlier; `None` where either is a range, has lost a digit or no exact factor joins the units.
pub(crate) fn difference(before: &Figure<'_>, after: &Figure<'_>) -> Option<Decimal> {
    let (was, is) = (before.point(before.unit)?, after.point(before.unit)?);
    let falls = before.falls && is.is_sign_negative();
    let moved = if falls { change(was, is) } else { change(is, was) };
    moved.map(|moved| moved.normalize())
}

/// A verdict over a promise, with the result that decided it.
pub(crate) struct Verdict<'a> {
    pub(crate) status: Status,
    pub(crate) reason: String,
    pub(crate) result: &'a Statement,
}

/// Holds a promise for `year` against all that is reported of it. Results that contradict each other decide
/// nothing. `None` where nothing is reported.
pub(crate) fn decide<'a>(
    promised: &Figure<'_>,
    year: i32,
    results: impl IntoIterator<Item = &'a Statement>,
    better: Option<Better>,
) -> Option<Verdict<'a>> {
    let verdict = |result: &'a Statement| {
        let reported = Figure::of(result)?;
        let (status, why) = hold(promised, &reported, better);
        let figures = format!("目标{promised}，{year}年结果{reported}（陈述 {}）", result.id);
        let reason = if why.is_empty() { figures } else { format!("{figures}：{why}") };
        Some(Verdict { status, reason, result })
    };
    let (decided, undecided): (Vec<_>, Vec<_>) = results
        .into_iter()
        .filter_map(verdict)
        .partition(|verdict| verdict.status != Status::NotComparable);
    let mut decided = decided.into_iter();
    let Some(first) = decided.next() else { return undecided.into_iter().next() };
    match decided.find(|other| other.status != first.status) {
        None => Some(first),
        Some(other) => Some(Verdict {
            status: Status::NotComparable,
            reason: format!("所报结果互相矛盾：{}；{}", first.reason, other.reason),
            result: first.result,
        }),
    }
}

/// Whether a result is strictly better than all that was promised. Beyond "超过" there is no such thing, it already
/// asks for more, and none below a ceiling: "失业率5.5%左右" is kept by 5.2 %. A fall that was promised as about so
/// much is a piece of work, and may be exceeded.
pub(crate) fn beyond(promised: &Figure<'_>, reported: &Figure<'_>, better: Option<Better>) -> bool {
    use Comparator::{About, Above, Below};
    let better = direction(promised, better);
    let ceiling = better == Some(Better::Lower) && !promised.falls;
    if matches!(promised.comparator, Above | Below)
        || promised.comparator == About && ceiling
        || about::is_ceiling(promised.indicator)
    {
        return false;
    }
    let (Some(wanted), Some(found)) = (promised.wanted(), reported.range(promised.unit)) else {
        return false;
    };
    let asked = match (wanted.lower, wanted.upper) {
        (Some(_), None) => Some(Better::Higher),
        (None, Some(_)) => Some(Better::Lower),
        _ => None,
    };
    let edge = match better.or(asked) {
        Some(Better::Higher) if wanted.lower.is_some() => {
            wanted.upper.or(wanted.lower).map(|edge| Range::above(edge.at))
        }
        Some(Better::Lower) if wanted.upper.is_some() || promised.basis == Basis::Rank => {
            wanted.lower.or(wanted.upper).map(|edge| Range::below(edge.at))
        }
        _ => None,
    };
    edge.is_some_and(|edge| kept(found, edge) == Some(true))
}

/// Which way the promised number improves, as far as that is certain.
fn direction(promised: &Figure<'_>, better: Option<Better>) -> Option<Better> {
    use Dimension::{Area, Count, Length, Volume};
    let added = promised.basis == Basis::Increment
        && matches!(promised.unit.dimension(), Area | Count | Length | Volume);
    match promised.basis {
        Basis::Rank => Some(Better::Lower),
        _ if better.is_none() && added => Some(Better::Higher),
        _ => about::sense(promised.indicator, better),
    }
}

/// How a number moved from one statement to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shift {
    Up,
    Down,
    Same,
    /// A range that has moved at both ends, but not to the same side, or that became a bound.
    Mixed,
}

/// How a number moved, or what hinders the comparison. Two falls are compared by how deep they are.
pub(crate) fn shift(before: &Figure<'_>, after: &Figure<'_>) -> Result<Shift, &'static str> {
    if before.is_lost() || after.is_lost() {
        return Err(LOST_DIGIT);
    }
    if before.unit.dimension() != after.unit.dimension() {
        return Err(OTHER_DIMENSION);
    }
    let unit = before.unit;
    let ends = |figure: &Figure<'_>| {
        let (value, upper) = figure.ends(unit)?;
        let (low, high) = (value, upper.unwrap_or(value));
        let signed = figure.falls && !(before.falls && after.falls);
        Some(if signed { (-high, -low) } else { (low, high) })
    };
    let (Some((low, high)), Some((new_low, new_high))) = (ends(before), ends(after)) else {
        return Err(NO_FACTOR);
    };
    let bound = |figure: &Figure<'_>| {
        use Comparator::{Above, AtLeast, AtMost, Below};
        matches!(figure.comparator, Above | AtLeast | AtMost | Below)
    };
    let ranged = |figure: &Figure<'_>| figure.comparator == Comparator::Range;
    if bound(before) && ranged(after) || ranged(before) && bound(after) {
        return Ok(Shift::Mixed);
    }
    Ok(match (new_low.cmp(&low), new_high.cmp(&high)) {
        (Ordering::Equal, Ordering::Equal) => Shift::Same,
        (Ordering::Less, Ordering::Greater) | (Ordering::Greater, Ordering::Less) => Shift::Mixed,
        (Ordering::Greater, _) | (_, Ordering::Greater) => Shift::Up,
        _ => Shift::Down,
    })
}

/// Where a result has to lie that keeps a promise, its sign and unit those of the promise: better than promised is enough.
pub(crate) fn enough(promised: &Figure<'_>, better: Option<Better>) -> Result<Range, &'static str> {
    let range = promised.wanted().ok_or(NO_FACTOR)?;
    let bare =
        matches!(promised.comparator, Comparator::Equal | Comparator::About | Comparator::Range);
    match direction(promised, better) {
        // "第3位以上" means the third place or a smaller number.
        Some(Better::Lower) if bare || promised.basis == Basis::Rank => {
            Ok(Range { lower: None, upper: range.upper.or(range.lower) })
        }
        Some(Better::Higher) if bare => Ok(Range { lower: range.lower, upper: None }),
        Some(Better::Within) if promised.comparator == Comparator::Equal => {
            Err("该指标以适度为佳，目标没有给出范围")
        }
        None if bare => Err("指标目录没有说明该指标以高为好还是以低为好"),
        _ => Ok(range),
    }
}

/// Holds a promise against a result: where it stands, and what hindered the comparison or how it was read.
pub(crate) fn hold(
    promised: &Figure<'_>,
    reported: &Figure<'_>,
    better: Option<Better>,
) -> (Status, String) {
    let not = |why: &str| (Status::NotComparable, why.to_owned());
    if promised.is_lost() || reported.is_lost() {
        return not(LOST_DIGIT);
    }
    if promised.unit.dimension() != reported.unit.dimension() {
        return not(OTHER_DIMENSION);
    }
    let (Some(wanted), Some(found)) = (promised.wanted(), reported.range(promised.unit)) else {
        return not(NO_FACTOR);
    };
    if kept(found, wanted) == Some(true) && promised.basis != Basis::Rank {
        return (Status::Met, promised.width());
    }
    let wanted = match enough(promised, better) {
        Ok(wanted) => wanted,
        Err(why) => return not(why),
    };
    match kept(found, wanted) {
        Some(true) if about::is_ceiling(promised.indicator) => {
            (Status::Met, below_ceiling(promised, found).to_owned())
        }
        Some(true) => (Status::Met, String::new()),
        Some(false) => (Status::Missed, promised.width()),
        None => not("结果只给出范围，不足以判定"),
    }
}

/// How far a result stays below what is a ceiling in practice, in words: prices that rise by less than half of what
/// was expected keep the promise, but are not what the plan was after.
fn below_ceiling(promised: &Figure<'_>, found: Range) -> &'static str {
    let half = promised.point(promised.unit).and_then(|value| value.checked_div(Decimal::TWO));
    let far = half.is_some_and(|half| kept(found, Range::below(half)) == Some(true));
    if far { "按上限衡量，但明显低于预期目标" } else { "按上限衡量" }
}
