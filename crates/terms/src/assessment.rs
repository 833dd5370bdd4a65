//! What the facts of a ledger amount to.

use rust_decimal::Decimal;

use crate::vocabulary::vocabulary;
use crate::{Basis, FiledDocument, Indicator, Span, Statement};

vocabulary! {
    /// Where a target, an indicator or a statement stands.
    Status {
        /// 已完成: the target was met.
        Met = "met",
        /// 进度正常: the period is not over, and the target will likely be met.
        OnTrack = "on-track",
        /// 有风险: the period is not over, and the target may be missed.
        AtRisk = "at-risk",
        /// 明显落后: the period is not over, and the target will likely be missed.
        OffTrack = "off-track",
        /// 未达标: the target was missed.
        Missed = "missed",
        /// 无数据: there is no figure.
        NoData = "no-data",
        /// 不可比: there is a figure that may not be compared, for example after a change of definition.
        NotComparable = "not-comparable",
        /// 待检验: promised for a period of which nothing is known yet.
        Open = "open",
        /// 已报告: reported by the document itself; nothing to hold it against.
        Reported = "reported",
        /// 背景: background that nobody promised.
        Background = "background",
    }
}

impl Status {
    /// What may be said of a target, what asks for attention first. That nothing is known yet asks for more than that all
    /// goes well.
    pub const URGENT_FIRST: [Status; 8] = [
        Status::Missed,
        Status::OffTrack,
        Status::AtRisk,
        Status::NotComparable,
        Status::NoData,
        Status::Open,
        Status::OnTrack,
        Status::Met,
    ];

    /// Its place among [`Status::URGENT_FIRST`]; behind all where it is none of a target.
    pub fn urgency(self) -> usize {
        let place = Status::URGENT_FIRST.iter().position(|known| *known == self);
        place.unwrap_or(Status::URGENT_FIRST.len())
    }
}

/// What the facts of a ledger amount to at a time.
#[derive(Debug, Clone, Default)]
pub struct Assessment {
    /// The time, RFC 3339.
    pub as_of: String,
    /// The documents, the latest plan year first.
    pub documents: Vec<DocumentAssessment>,
    /// The indicator catalogue.
    pub indicators: Vec<Indicator>,
}

/// One document, judged.
#[derive(Debug, Clone)]
pub struct DocumentAssessment {
    /// The document; its statements stand in `statements`, so its own list is empty here.
    pub document: FiledDocument,
    /// Counts over its statements.
    pub counts: Counts,
    /// Its headline indicators.
    pub headline: Option<HeadlineAssessment>,
    /// Its statements in text order.
    pub statements: Vec<AssessedStatement>,
}

/// Counts over the statements of a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All statements.
    pub statements: usize,
    /// Those with a number.
    pub quantities: usize,
    /// Those without.
    pub milestones: usize,
    /// Results of the past year.
    pub results: usize,
    /// Targets for the coming year.
    pub targets: usize,
    /// Targets that are only aimed at (力争).
    pub aims: usize,
    /// Background.
    pub context: usize,
    /// Those that name an indicator of the catalogue.
    pub linked: usize,
    /// Those of which the source lost a digit.
    pub lost: usize,
}

/// The headline indicators of a report, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadlineAssessment {
    /// How many the report says there are.
    pub declared: Option<u32>,
    /// How many were met.
    pub met: u32,
    /// How many fell short.
    pub short: u32,
    /// How many have no figure.
    pub no_data: u32,
    /// Where the names that were read differ in number from what the report declares, in Chinese; empty when
    /// all agree.
    pub disagreements: Vec<String>,
    /// The indicators in text order.
    pub indicators: Vec<IndicatorStatus>,
    /// The sentences in the repaired text, in bytes.
    pub span: Span,
}

/// One headline indicator, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorStatus {
    /// Its place in the report's list, from 1.
    pub position: usize,
    /// Its name as the report writes it.
    pub name: String,
    /// Code of the catalogue's indicator.
    pub indicator: Option<String>,
    /// Where it stands as a whole.
    pub status: Status,
    /// Why, in a sentence.
    pub reason: Option<String>,
    /// Facets told apart.
    pub facets: Vec<FacetStatus>,
    /// Place of its name in the repaired text, in bytes.
    pub span: Span,
    /// Place of its name in the source file, in bytes.
    pub source: Span,
    /// Ids of the document's statements on the same indicator.
    pub statements: Vec<String>,
}

/// Where one facet of an indicator's target stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetStatus {
    /// Growth or level.
    pub facet: Basis,
    /// Where it stands.
    pub status: Status,
    /// Why, in a sentence.
    pub reason: Option<String>,
}

/// One statement, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessedStatement {
    /// The statement.
    pub statement: Statement,
    /// Where it stands.
    pub status: Status,
    /// Why, in a sentence; empty where the status says enough.
    pub reason: Option<String>,
    /// For a target, the last result on the same indicator.
    pub baseline: Option<Baseline>,
}

/// The last result on a target's indicator, and how far the target is from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// Id of the result statement.
    pub statement: String,
    /// The result's year.
    pub year: Option<i32>,
    /// The target minus the result, in the target's unit; `None` where they may not be compared.
    pub change: Option<Decimal>,
}
