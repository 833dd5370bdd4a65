//! Two documents' statements side by side: promises against results, or a draft against its final text.

use rust_decimal::Decimal;

use crate::vocabulary::vocabulary;
use crate::{Document, Profile, Statement};

vocabulary! {
    /// How two documents are held against each other.
    CompareAs {
        /// 承诺对结果: what the earlier one promises for a year against what the later one reports of that year.
        Promises = "promises",
        /// 前稿对后稿: two texts for the same years.
        Drafts = "drafts",
    }
}

vocabulary! {
    /// Which question a line of a comparison answers.
    Aspect {
        /// 承诺: what became of a target of the earlier document.
        Promise = "promise",
        /// 目标衔接: how the later document's targets go on from the earlier one's.
        Programme = "programme",
        /// 文稿: what a later text made of a statement.
        Draft = "draft",
    }
}

vocabulary! {
    /// What a line of a comparison found.
    Relation {
        /// 已兑现: the result keeps the promise.
        Kept = "kept",
        /// 超额兑现: the result is strictly better than what was promised.
        Exceeded = "exceeded",
        /// 未兑现: the result breaks the promise.
        Missed = "missed",
        /// 不可比: there are two figures, which may not be compared.
        NotComparable = "not-comparable",
        /// 未再提及: the later document reports no result.
        NotMentioned = "not-mentioned",
        /// 调高: the new target's number is higher.
        Raised = "raised",
        /// 调低: the new target's number is lower.
        Lowered = "lowered",
        /// 延续: the target goes on with the same number.
        Continued = "continued",
        /// 调整: a range that is neither higher nor lower.
        Adjusted = "adjusted",
        /// 不再列为目标: there is no such target any more.
        Dropped = "dropped",
        /// 数字改动: the number is another one.
        Number = "number",
        /// 力度改动: the same number, promised more or less strongly or strictly.
        Strength = "strength",
        /// 措辞改动: the same number in other words.
        Wording = "wording",
        /// 未改: the same claim in the same words.
        Unchanged = "unchanged",
        /// 删去: the later text does not have it.
        Removed = "removed",
        /// 新增: the earlier document does not have it.
        New = "new",
    }
}

impl Aspect {
    /// What lines of this aspect can find, in the order in which they are counted.
    pub fn relations(self) -> &'static [Relation] {
        use Relation::*;
        match self {
            Aspect::Promise => &[Kept, Exceeded, Missed, NotComparable, NotMentioned],
            Aspect::Programme => {
                &[Raised, Lowered, Continued, Adjusted, NotComparable, Dropped, New]
            }
            Aspect::Draft => &[Number, Strength, Wording, NotComparable, Removed, New, Unchanged],
        }
    }
}

vocabulary! {
    /// By what two statements were recognised as speaking of the same thing.
    MatchedBy {
        /// The same indicator of the catalogue on the same basis.
        Indicator = "indicator",
        /// A name that is like the other, with the same basis and a unit of the same dimension.
        Name = "name",
        /// The same number in a sentence that is like the other.
        Sentence = "sentence",
    }
}

/// A document that is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComparedDocument {
    /// The first eight digits of the hash, with which its statements' ids begin.
    pub id: String,
    /// The file's name.
    pub name: String,
    /// What the document says of itself.
    pub profile: Profile,
}

impl From<&Document> for ComparedDocument {
    /// A document that was read from a file and is in no ledger: its id is the one that a ledger would give it.
    fn from(document: &Document) -> Self {
        ComparedDocument {
            id: document.hash.chars().take(8).collect(),
            name: document.name.clone(),
            profile: document.profile.clone(),
        }
    }
}

/// Two documents' statements side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// How they were held against each other.
    pub compared_as: CompareAs,
    /// The earlier document.
    pub before: ComparedDocument,
    /// The later document.
    pub after: ComparedDocument,
    /// What the reader must know of the comparison as a whole, in Chinese.
    pub remarks: Vec<String>,
    /// How many lines found what, in the order of [`Aspect::relations`], those without any included.
    pub counts: Vec<(Aspect, Relation, usize)>,
    /// The lines: by aspect, then in the text order of the earlier document, then of the later.
    pub lines: Vec<ComparedLine>,
}

/// Two statements side by side, or one that stands alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedLine {
    /// Which question it answers.
    pub aspect: Aspect,
    /// What was found.
    pub relation: Relation,
    /// The earlier document's statement.
    pub before: Option<Statement>,
    /// The later document's statement.
    pub after: Option<Statement>,
    /// By what the two were recognised as the same.
    pub matched_by: Option<MatchedBy>,
    /// How like the names (or sentences) are, from 0 to 1, two decimals.
    pub likeness: Option<Decimal>,
    /// The later number minus the earlier one in the earlier one's unit, where the two are exact and single; of
    /// two falls (下降3%, 下降3.4%) how much deeper the later one is.
    pub difference: Option<Decimal>,
    /// Why, in Chinese; empty where the relation says enough.
    pub reason: Option<String>,
}
