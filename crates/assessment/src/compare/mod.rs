//! Two documents' statements side by side: what became of last year's promises, or what a later draft changed.
//!
//! Statements are recognised as speaking of the same thing by the indicator that they name, then by the likeness
//! of their names, always on the same basis. Each is paired once. Where a thing is only found on another basis
//! (a growth was promised, a level is reported), that is said and nothing is judged.

mod align;
mod drafts;
pub(crate) mod name;
mod promises;
mod sense;
mod subject;
mod works;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use terms::{
    Aspect, Basis, CompareAs, ComparedDocument, ComparedLine, Comparison, Indicator, Modality,
    Relation, Role, Statement,
};

pub(crate) use align::is_relative;
use align::{Item, Pair};
pub(crate) use works::{Weights, WorkPair, pair_works};

/// More statements than this are no report; the work grows with the square of their number.
const MOST_STATEMENTS: usize = 10_000;

/// A document with its statements.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The document.
    pub document: &'a ComparedDocument,
    /// Its statements in text order.
    pub statements: &'a [Statement],
}

impl Side<'_> {
    /// The year for which it promises: what it says itself, or what most of its targets say.
    fn plan_year(&self) -> Option<i32> {
        self.document.profile.plan_year.or_else(|| self.usual_year(Role::Target))
    }

    /// The year whose results it reports, likewise.
    fn result_year(&self) -> Option<i32> {
        self.document.profile.result_year.or_else(|| self.usual_year(Role::Result))
    }

    fn usual_year(&self, role: Role) -> Option<i32> {
        let mut years: BTreeMap<i32, usize> = BTreeMap::new();
        let own = self.statements.iter().filter(|statement| statement.role == role);
        own.filter_map(|statement| statement.year)
            .for_each(|year| *years.entry(year).or_default() += 1);
        years.into_iter().max_by_key(|(_, count)| *count).map(|(year, _)| year)
    }

    /// Its file and its years, for a message.
    fn described(&self) -> String {
        let year = |year: Option<i32>| year.map_or("未知".to_owned(), |year| year.to_string());
        let (result, plan) = (year(self.result_year()), year(self.plan_year()));
        format!("{}（结果年度{result}，计划年度{plan}）", self.document.name)
    }
}

/// Why two documents cannot be compared, in Chinese.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CompareError {
    /// Their years say neither that one follows the other nor that they are drafts of one.
    #[error("不能由年份判断如何比较：{before}与{after}")]
    Years {
        /// The earlier document with its years.
        before: String,
        /// The later one.
        after: String,
    },
    /// The first document follows the second.
    #[error("两份文件次序颠倒：{before}在{after}之后")]
    Reversed {
        /// The first document with its years.
        before: String,
        /// The second.
        after: String,
    },
    /// Nothing is promised for a year that is known.
    #[error("{document}没有可以对照的目标")]
    NoTargets {
        /// The document with its years.
        document: String,
    },
    /// Nothing is reported of the year for which was promised.
    #[error("{document}没有关于{year}年的结果")]
    NoResults {
        /// The document with its years.
        document: String,
        /// The year.
        year: i32,
    },
    /// There are more statements than a report has.
    #[error("陈述过多：{document}有{found}条，最多{limit}条")]
    TooMany {
        /// The document with its years.
        document: String,
        /// How many it has.
        found: usize,
        /// How many it may have.
        limit: usize,
    },
}

/// Holds two documents' statements against each other, as asked or as their years suggest: where the later one
/// reports of the year for which the earlier one promises, promises against results; where both are for the same
/// years, draft against draft.
pub fn compare(
    before: Side<'_>,
    after: Side<'_>,
    catalogue: &[Indicator],
    asked: Option<CompareAs>,
) -> Result<Comparison, CompareError> {
    for side in [&before, &after] {
        if side.statements.len() > MOST_STATEMENTS {
            let (document, found) = (side.described(), side.statements.len());
            return Err(CompareError::TooMany { document, found, limit: MOST_STATEMENTS });
        }
    }
    let compared_as = match asked {
        Some(asked) => asked,
        None => suggested(&before, &after)?,
    };
    let lines = match compared_as {
        CompareAs::Drafts => drafts::lines(&before, &after),
        CompareAs::Promises => {
            let year = due_year(&before, &after)?;
            promises::lines(&before, &after, year, catalogue)
        }
    };
    Ok(Comparison {
        compared_as,
        before: before.document.clone(),
        after: after.document.clone(),
        remarks: remarks(compared_as, &before, &after),
        counts: counts(compared_as, &lines),
        lines,
    })
}

fn suggested(before: &Side<'_>, after: &Side<'_>) -> Result<CompareAs, CompareError> {
    let (plan, next) = (before.plan_year(), after.plan_year());
    let (result, reported) = (before.result_year(), after.result_year());
    let described = || (before.described(), after.described());
    if plan.is_some() && plan == reported {
        return Ok(CompareAs::Promises);
    }
    if (plan, result) == (next, reported) && (plan.is_some() || result.is_some()) {
        return Ok(CompareAs::Drafts);
    }
    let (before, after) = described();
    if next.is_some() && next == result {
        return Err(CompareError::Reversed { before, after });
    }
    Err(CompareError::Years { before, after })
}

/// The year for which the one promises and of which the other reports.
pub(crate) fn due_year(before: &Side<'_>, after: &Side<'_>) -> Result<i32, CompareError> {
    let no_targets = || CompareError::NoTargets { document: before.described() };
    let year = before.plan_year().ok_or_else(no_targets)?;
    let any = |side: &Side<'_>, role| {
        side.statements.iter().any(|one| promises::is_about(one, role, year))
    };
    if !any(before, Role::Target) {
        return Err(no_targets());
    }
    if !any(after, Role::Result) {
        return Err(CompareError::NoResults { document: after.described(), year });
    }
    Ok(year)
}

fn remarks(compared_as: CompareAs, before: &Side<'_>, after: &Side<'_>) -> Vec<String> {
    let mut remarks = Vec::new();
    let regions = (&before.document.profile.region, &after.document.profile.region);
    if let (Some(one), Some(other)) = regions
        && one != other
    {
        remarks.push(format!("两份文件的地区不同：{one}与{other}"));
    }
    let promises = compared_as == CompareAs::Promises;
    if promises && !after.statements.iter().any(|statement| statement.role == Role::Target) {
        remarks.push(format!("{}没有目标，目标衔接从略", after.document.name));
    }
    remarks
}

fn counts(compared_as: CompareAs, lines: &[ComparedLine]) -> Vec<(Aspect, Relation, usize)> {
    let aspects: &[Aspect] = match compared_as {
        CompareAs::Promises => &[Aspect::Promise, Aspect::Programme],
        CompareAs::Drafts => &[Aspect::Draft],
    };
    let mut counts = Vec::new();
    for aspect in aspects {
        for relation in aspect.relations() {
            let found =
                lines.iter().filter(|one| (one.aspect, one.relation) == (*aspect, *relation));
            counts.push((*aspect, *relation, found.count()));
        }
    }
    counts
}

/// A line of one or two statements.
fn line(
    aspect: Aspect,
    relation: Relation,
    before: Option<&Item<'_>>,
    after: Option<&Item<'_>>,
) -> ComparedLine {
    let own = |item: Option<&Item<'_>>| item.map(|item| item.statement.clone());
    ComparedLine {
        aspect,
        relation,
        before: own(before),
        after: own(after),
        matched_by: None,
        likeness: None,
        difference: None,
        reason: None,
    }
}

/// A line of a pair.
fn paired_line(
    aspect: Aspect,
    relation: Relation,
    before: &[Item<'_>],
    after: &[Item<'_>],
    pair: &Pair,
) -> ComparedLine {
    let mut line = line(aspect, relation, before.get(pair.before), after.get(pair.after));
    line.matched_by = Some(pair.by);
    line.likeness = Some(Decimal::new(pair.likeness.into(), 4).round_dp(2));
    line
}

/// How the strength of a promise changed, in words; `None` where it did not.
fn strength(before: &Statement, after: &Statement) -> Option<String> {
    let word = |modality: Modality| match modality {
        Modality::Firm => "确定",
        Modality::Aim => "力争",
    };
    let (was, is) = (before.modality?, after.modality?);
    (was != is).then(|| format!("力度：{}→{}", word(was), word(is)))
}

fn basis(statement: &Statement) -> &'static str {
    match statement.basis {
        Some(Basis::Level) => "总量或水平",
        Some(Basis::Increment) => "新增量",
        Some(Basis::Growth) => "增减幅度",
        Some(Basis::Rank) => "位次",
        Some(Basis::Frequency) => "次数",
        None => "是否完成",
    }
}
