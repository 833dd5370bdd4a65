//! The shared words of Duixian: what one stage hands to the next.
//!
//! Every stage stands on this crate and on no other stage. It holds data and the rules that belong to the
//! data itself (how an amount prints, what a unit measures, where a character came from); it opens no file,
//! speaks no SQL and knows no clock.
//!
//! ```
//! use terms::{Amount, Unit, Dimension};
//!
//! let amount: Amount = "12.50".parse().unwrap();
//! assert_eq!(amount.to_string(), "12.50");
//! assert!("〓5".parse::<Amount>().unwrap().is_lost());
//! assert_eq!(Unit::new("万千瓦时").dimension(), Dimension::Energy);
//! ```

mod access;
mod amount;
mod assessment;
mod boundary;
mod calibration;
mod comparison;
mod day;
mod diagnostic;
mod document;
mod draft;
mod facts;
mod glossary;
mod indicator;
mod observation;
mod people;
mod period;
mod plan;
mod pool;
mod programme;
mod promises;
mod proposal;
mod query;
mod region;
mod repair;
mod round;
mod rule;
mod scheme;
mod source_map;
mod span;
mod standing;
mod statement;
mod unit;
mod vocabulary;
mod warning;
mod work;

pub use access::{ApiKey, Scope};
pub use amount::{Amount, InvalidAmount, LOST};
pub use assessment::{
    AssessedStatement, Assessment, Baseline, Counts, DocumentAssessment, FacetStatus,
    HeadlineAssessment, IndicatorStatus, Status,
};
pub use boundary::{Boundary, InvalidOutline, Outline, Polygon, Position, Ring};
pub use calibration::{
    Calibration, ChanceBin, ChanceScore, ForecastCase, IntervalCover, Knowledge, MonthError,
};
pub use comparison::{
    Aspect, CompareAs, ComparedDocument, ComparedLine, Comparison, MatchedBy, Relation,
};
pub use day::{Day, InvalidDay};
pub use diagnostic::{Diagnostic, Severity};
pub use document::{Block, BlockKind, Cell, Document, Part, Profile, Table};
pub use draft::{
    Asides, CheckCode, CheckedDraft, Coined, CountedList, Course, DraftFinding, Item, NamedYear,
    Place, Shares, Skeleton, Whole,
};
pub use facts::{Facts, FiledDocument};
pub use glossary::Term;
pub use indicator::{Better, Candidate, Frequency, Indicator, folded_name};
pub use observation::{Facet, Observation, ObservationStatus, Redefinition, Series};
pub use people::{Account, Department, Grant, Post, Right, is_login};
pub use period::{InvalidPeriod, Period};
pub use plan::{
    Adjustment, Attached, Bound, Choice, Deadline, FieldKind, FundingTotal, InvalidCreditCode,
    InvalidField, InvestmentRate, InvestmentTotal, InvestmentYear, LARGEST_ATTACHMENT, Member,
    MilestoneCount, OwnRegion, Pace, PlanEvent, PlanField, PlanKind, PlanMove, PlanObject, PlanRef,
    PlanState, PlanStep, ProblemCourse, ProjectProgress, Quantity, RegionEnd, RegionPlace,
    RegisterCount, StageStay, StallCause, Target, TargetFacet, attachment_name, credit_code,
    media_type,
};
pub use pool::Pool;
pub use programme::Programme;
pub use promises::{
    DepartmentSource, FigureAnswer, Fulfilment, PromiseGroup, PromiseMarks, PromiseOutcome,
    PromiseReport, WorkFound, WorkOutcome,
};
pub use proposal::{
    ExpectedEnd, GivenWay, Ground, OutlineCourse, OutlinePace, Proposal, ProposalCondition,
    ProposalConflict, ProposalGround, Proposals,
};
pub use query::{FigureQuery, StatementQuery};
pub use region::{InvalidRegion, NATION, Region, Tier, covers, tier_of_code};
pub use repair::{Repair, RepairKind, Repairs};
pub use round::{
    Duty, DutyProgress, DutySheet, Figure, FigureAct, FigureState, Filing, Form, FormItem,
    Punctuality, Round, Slot,
};
pub use rule::{RuleSeverity, ValidationRule};
pub use scheme::{
    Combine, Criterion, Level, Scheme, SchemeAnswer, SchemeSubject, ScoringRule, Veto,
};
pub use source_map::SourceMap;
pub use span::Span;
pub use standing::{
    IndicatorStanding, KnownFigure, Needed, Outlook, PathPoint, Standing, Standings, Turn,
};
pub use statement::{
    Basis, Comparator, Direction, FacetOutcome, Headline, Kind, Modality, Outcome, Role, Statement,
    Statements, Verdict,
};
pub use unit::{Dimension, Unit};
pub use vocabulary::UnknownWord;
pub use warning::{
    Alarm, AlarmAct, AlarmActKind, Escalation, InvalidWait, NewAlarm, Wait, WarningGrade,
    WarningRule, WarningSeverity, Watch,
};
pub use work::Work;
