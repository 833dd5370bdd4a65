//! Targets against the results that other documents of the ledger report.
//!
//! A target is held against a result when both are of the same region, indicator, basis, year and, where the
//! statement is not about the region itself, the same entity. The result comes from another document: a report
//! that promises for a year cannot know that year's result.
//!
//! "达到7%" is kept by 7 % or better, where the catalogue says which way is better; "3%—5%" is kept from its
//! near end on. "左右" has no agreed width, so a result on the wrong side of it leaves the question open. A fall
//! counts as a growth with the other sign. A place in an order is better the smaller it is.

use std::collections::BTreeMap;

use methods::progress::{Range, change, kept};
use rust_decimal::Decimal;
use terms::{
    Amount, Baseline, Basis, Better, Comparator, Direction, Facts, FiledDocument, Role, Statement,
    Status, Unit,
};

/// The results of all documents by indicator.
pub(crate) struct Results<'a> {
    by_indicator: BTreeMap<&'a str, Vec<Reported<'a>>>,
    better: BTreeMap<&'a str, Better>,
}

/// A result and where it was reported.
#[derive(Clone, Copy)]
struct Reported<'a> {
    document: usize,
    region: Option<&'a str>,
    statement: &'a Statement,
}

/// A number of a statement that can be computed with.
struct Figure<'a> {
    comparator: Comparator,
    basis: Basis,
    /// The other sign belongs to it: a fall.
    falls: bool,
    value: &'a Amount,
    upper: Option<&'a Amount>,
    unit: &'a Unit,
}

impl<'a> Results<'a> {
    /// Gathers the results of all documents, in the order of the documents.
    pub(crate) fn of(facts: &'a Facts) -> Self {
        let mut by_indicator: BTreeMap<&str, Vec<Reported<'_>>> = BTreeMap::new();
        for (number, document) in facts.documents.iter().enumerate() {
            let region = document.profile.region.as_deref();
            let results =
                document.statements.iter().filter(|statement| statement.role == Role::Result);
            for statement in results {
                if let Some(code) = &statement.indicator {
                    let reported = Reported { document: number, region, statement };
                    by_indicator.entry(code).or_default().push(reported);
                }
            }
        }
        let better =
            facts.indicators.iter().map(|indicator| (indicator.code.as_str(), indicator.better));
        Results { by_indicator, better: better.collect() }
    }

    /// Where a target of document `number` stands, and why.
    pub(crate) fn judge(
        &self,
        number: usize,
        document: &FiledDocument,
        target: &Statement,
    ) -> (Status, Option<String>) {
        let open = (Status::Open, None);
        let (Some(promised), Some(year)) = (Figure::of(target), target.year) else { return open };
        let results: Vec<&Statement> = self
            .comparable(document, target)
            .filter(|reported| reported.document != number && reported.statement.year == Some(year))
            .map(|reported| reported.statement)
            .collect();
        let better = target.indicator.as_deref().and_then(|code| self.better.get(code)).copied();
        let mut answers = results.iter().filter_map(|result| {
            let reported = Figure::of(result)?;
            let (status, why) = hold(&promised, &reported, better);
            let figures = format!("目标{promised}，{year}年结果{reported}（陈述 {}）", result.id);
            let reason = if why.is_empty() { figures } else { format!("{figures}：{why}") };
            Some((status, reason))
        });
        let Some(first) = answers.next() else { return open };
        let (decided, undecided): (Vec<_>, Vec<_>) = std::iter::once(first)
            .chain(answers)
            .partition(|(status, _)| *status != Status::NotComparable);
        let mut decided = decided.into_iter();
        match decided.next() {
            None => {
                undecided.into_iter().next().map_or(open, |(status, reason)| (status, Some(reason)))
            }
            Some((status, reason)) => match decided.find(|(other, _)| *other != status) {
                None => (status, Some(reason)),
                Some((_, other)) => {
                    (Status::NotComparable, Some(format!("所报结果互相矛盾：{reason}；{other}")))
                }
            },
        }
    }

    /// The last result before a target's year, the target's own document counting first, and how far the target
    /// is from it.
    pub(crate) fn baseline(
        &self,
        number: usize,
        document: &FiledDocument,
        target: &Statement,
    ) -> Option<Baseline> {
        let promised = Figure::of(target)?;
        let year = target.year?;
        let earlier = self
            .comparable(document, target)
            .filter(|reported| reported.statement.year.is_some_and(|known| known < year));
        // Of equals `max_by_key` takes the last, so the order is turned to get the first in text order.
        let last = earlier
            .rev()
            .max_by_key(|reported| (reported.statement.year, reported.document == number))?;
        let distance = Figure::of(last.statement).and_then(|base| {
            let target = promised.point(promised.unit)?;
            change(target, base.point(promised.unit)?)
        });
        Some(Baseline {
            statement: last.statement.id.clone(),
            year: last.statement.year,
            change: distance,
        })
    }

    /// The results of which a target speaks, whatever their year.
    fn comparable<'b>(
        &'b self,
        document: &'b FiledDocument,
        target: &'b Statement,
    ) -> impl DoubleEndedIterator<Item = &'b Reported<'a>> {
        let region = document.profile.region.as_deref();
        let results = target.indicator.as_deref().and_then(|code| self.by_indicator.get(code));
        results.into_iter().flatten().filter(move |reported| {
            reported.region == region
                && reported.statement.basis == target.basis
                && reported.statement.entity == target.entity
        })
    }
}

impl<'a> Figure<'a> {
    fn of(statement: &'a Statement) -> Option<Self> {
        let basis = statement.basis?;
        Some(Figure {
            comparator: statement.comparator?,
            basis,
            falls: basis == Basis::Growth && statement.direction == Some(Direction::Down),
            value: statement.value.as_ref()?,
            upper: statement.upper.as_ref(),
            unit: statement.unit.as_ref()?,
        })
    }

    fn is_lost(&self) -> bool {
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
    fn point(&self, unit: &Unit) -> Option<Decimal> {
        let (value, upper) = self.ends(unit)?;
        match upper {
            None if self.falls => Some(-value),
            None => Some(value),
            Some(_) => None,
        }
    }

    /// What the true value may be, with its sign.
    fn range(&self, unit: &Unit) -> Option<Range> {
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

/// Holds a promise against a result: where it stands, and what hindered the comparison.
fn hold(
    promised: &Figure<'_>,
    reported: &Figure<'_>,
    better: Option<Better>,
) -> (Status, &'static str) {
    let not = |why| (Status::NotComparable, why);
    if promised.is_lost() || reported.is_lost() {
        return not("来源缺失数字，不作推测");
    }
    if promised.unit.dimension() != reported.unit.dimension() {
        return not("计量单位的量纲不同");
    }
    let (Some(wanted), Some(found)) =
        (promised.range(promised.unit), reported.range(promised.unit))
    else {
        return not("计量单位之间没有精确换算");
    };
    if kept(found, wanted) == Some(true) && promised.basis != Basis::Rank {
        return (Status::Met, "");
    }
    let better = if promised.basis == Basis::Rank { Some(Better::Lower) } else { better };
    let bare =
        matches!(promised.comparator, Comparator::Equal | Comparator::About | Comparator::Range);
    let wanted = match better {
        // "第3位以上" means the third place or a smaller number.
        Some(Better::Lower) if bare || promised.basis == Basis::Rank => {
            Range { lower: None, upper: wanted.upper.or(wanted.lower) }
        }
        Some(Better::Higher) if bare => Range { lower: wanted.lower, upper: None },
        Some(Better::Within) if promised.comparator == Comparator::Equal => {
            return not("该指标以适度为佳，目标没有给出范围");
        }
        None if bare => return not("指标目录没有说明该指标以高为好还是以低为好"),
        _ => wanted,
    };
    match kept(found, wanted) {
        Some(true) => (Status::Met, ""),
        Some(false) if promised.comparator == Comparator::About => not("目标是约数"),
        Some(false) => (Status::Missed, ""),
        None => not("结果只给出范围，不足以判定"),
    }
}
