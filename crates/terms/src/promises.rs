//! What became of the promises of a report.

use rust_decimal::Decimal;

use crate::vocabulary::vocabulary;
use crate::{ComparedDocument, Day, MatchedBy, Observation, Statement, Verdict, Work};

vocabulary! {
    /// What became of a promise.
    Fulfilment {
        /// 已兑现: the result keeps the promise.
        Kept = "kept",
        /// 超额兑现: the result is strictly better than what was promised.
        Exceeded = "exceeded",
        /// 未兑现: the result breaks the promise.
        Missed = "missed",
        /// 不可比: there are figures, which may not be compared or contradict each other.
        NotComparable = "not-comparable",
        /// 未报结果: no result, but the later report speaks of it or promises it again.
        Continued = "continued",
        /// 无声消失: neither a result nor a word that goes on with it.
        Dropped = "dropped",
        /// 未到期: promised for a year that the later report does not account for.
        NotDue = "not-due",
    }
}

impl Fulfilment {
    /// Whether it says that the promise was kept or broken.
    pub fn is_decided(self) -> bool {
        matches!(self, Fulfilment::Kept | Fulfilment::Exceeded | Fulfilment::Missed)
    }
}

vocabulary! {
    /// From where it is known which department owes a promise.
    DepartmentSource {
        /// The ledger's target that came of the statement.
        Plan = "plan",
        /// The sentence of the report names it (责任单位).
        Report = "report",
        /// The indicator catalogue: the department that usually owns the indicator.
        Catalogue = "catalogue",
    }
}

/// A figure of the ledger that answers a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureAnswer {
    /// The figure, as known on the day that was asked for.
    pub observation: Observation,
    /// What it makes of the promise.
    pub fulfilment: Fulfilment,
    /// Why, in Chinese.
    pub reason: String,
}

/// One promise and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseOutcome {
    /// What became of it.
    pub fulfilment: Fulfilment,
    /// The statement that promises.
    pub promise: Statement,
    /// The year for which it promises.
    pub due: i32,
    /// The department that owes it, and from where that is known.
    pub department: Option<(String, DepartmentSource)>,
    /// The later report's statement on the result.
    pub answer: Option<Statement>,
    /// The later report's statement that promises it again.
    pub continued: Option<Statement>,
    /// Where no statement answers it: the later report's words on it, first among what was done.
    pub mention: Option<Work>,
    /// What the ledger knows of it.
    pub figure: Option<FigureAnswer>,
    /// What the later report's own account of its headline indicators says of it.
    pub verdict: Option<Verdict>,
    /// Whether report, ledger and the report's own account judge it differently.
    pub contradicted: bool,
    /// By what the promise and the later report's statement were recognised as the same.
    pub matched_by: Option<MatchedBy>,
    /// How like the two are, from 0 to 1, two decimals.
    pub likeness: Option<Decimal>,
    /// The result minus the promise in the promise's unit, where both are exact and single; of two falls how much
    /// deeper the result is.
    pub difference: Option<Decimal>,
    /// Why, in Chinese; empty where the outcome says enough.
    pub reason: Option<String>,
}

vocabulary! {
    /// What the later report says of a piece of work.
    WorkFound {
        /// 结果提到: it tells of it among what was done.
        Reported = "reported",
        /// 继续列为任务: it promises it again.
        Continued = "continued",
        /// 未再提及: neither, as far as the words show.
        NotMentioned = "not-mentioned",
    }
}

/// One piece of work that was promised, and where the later report speaks of it. Nothing is judged: the words say that
/// it is spoken of, not that it was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkOutcome {
    /// What the later report says.
    pub found: WorkFound,
    /// What was promised.
    pub work: Work,
    /// What was done, in the later report.
    pub answer: Option<Work>,
    /// What it promises.
    pub continued: Option<Work>,
    /// How like the two are, from 0 to 1, two decimals.
    pub likeness: Option<Decimal>,
}

/// Promises that belong together, with what became of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseGroup {
    /// The department, strength or heading; `None` for those of which none is known.
    pub name: Option<String>,
    /// How many found what, in the order of [`Fulfilment::ALL`].
    pub counts: Vec<(Fulfilment, usize)>,
    /// Their marks.
    pub marks: PromiseMarks,
}

/// The marks of promises, in percent with one decimal; `None` where nothing can be divided by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PromiseMarks {
    /// 得分: the weights of the promises kept, of those of all promises kept, missed or dropped.
    pub score: Option<Decimal>,
    /// 兑现率: the promises kept, of those kept or missed.
    pub kept: Option<Decimal>,
    /// 交代率: the promises with a result, of those that are due.
    pub answered: Option<Decimal>,
}

/// What became of the promises of a report for a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseReport {
    /// The year for which was promised.
    pub year: i32,
    /// The report that promises.
    pub before: ComparedDocument,
    /// The report that accounts for it.
    pub after: ComparedDocument,
    /// Code of the region whose figures were asked of a ledger.
    pub region: Option<String>,
    /// The day as of which they were asked; `None` for now.
    pub as_of: Option<Day>,
    /// What the reader must know of it as a whole, in Chinese.
    pub remarks: Vec<String>,
    /// How many promises found what, in the order of [`Fulfilment::ALL`].
    pub counts: Vec<(Fulfilment, usize)>,
    /// The marks of all.
    pub marks: PromiseMarks,
    /// How the marks are made, a sentence each, in Chinese.
    pub method: Vec<String>,
    /// By department, those with the most promises first, unknown last.
    pub departments: Vec<PromiseGroup>,
    /// By strength: firm, then aims.
    pub strengths: Vec<PromiseGroup>,
    /// By the nearest heading, in text order; `None` for those that stand under none.
    pub sections: Vec<PromiseGroup>,
    /// The promises in text order.
    pub promises: Vec<PromiseOutcome>,
    /// The later report's targets that go on from none of the earlier one's, in text order.
    pub added: Vec<Statement>,
    /// How many works found what, in the order of [`WorkFound::ALL`].
    pub work_counts: Vec<(WorkFound, usize)>,
    /// The works in text order, where the reports were read for them; they count for no mark.
    pub works: Vec<WorkOutcome>,
}
