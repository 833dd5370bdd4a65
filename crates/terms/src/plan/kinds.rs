//! The kinds of plan objects as data.

mod project;
mod register;
mod work;

use super::field::FieldKind::{
    Amount, Attachment, Choice as OneOf, Day, Department, Duty, Indicator, Line, Number, Period,
    Person, Reference, Region, Statement, Text, Whole, Year,
};
use super::{Choice, FieldKind, PlanField, PlanKind, PlanState, PlanStep};
use crate::Dimension::{Area, Yuan};
use crate::Right;

const fn field(
    code: &'static str,
    chinese: &'static str,
    english: &'static str,
    kind: FieldKind,
) -> PlanField {
    PlanField { code, chinese, english, kind, required: false, clerk: false, fixed: false }
}

impl PlanField {
    /// Every object has it.
    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Clerks write it too.
    const fn clerk(mut self) -> Self {
        self.clerk = true;
        self
    }

    /// It stays once the object is under way.
    const fn fixed(mut self) -> Self {
        self.fixed = true;
        self
    }
}

const fn choice(code: &'static str, chinese: &'static str, english: &'static str) -> Choice {
    Choice { code, chinese, english }
}

const fn state(code: &'static str, chinese: &'static str, english: &'static str) -> PlanState {
    PlanState { code, chinese, english, first: false }
}

impl PlanState {
    /// An object may be added in it.
    const fn first(mut self) -> Self {
        self.first = true;
        self
    }
}

const fn step(from: &'static [&'static str], to: &'static str, right: Right) -> PlanStep {
    PlanStep { from, to, right, comment: false, evidence: false, needs: &[], not_by: None }
}

impl PlanStep {
    /// It says why.
    const fn comment(mut self) -> Self {
        self.comment = true;
        self
    }

    /// It takes something attached.
    const fn evidence(mut self) -> Self {
        self.evidence = true;
        self
    }

    /// It takes these fields.
    const fn needs(mut self, fields: &'static [&'static str]) -> Self {
        self.needs = fields;
        self
    }

    /// Another person takes it.
    const fn not_by(mut self, state: &'static str) -> Self {
        self.not_by = Some(state);
        self
    }
}

const NAME: PlanField = field("name", "名称", "name", Line).required();
const REGION: PlanField = field("region", "地区", "region", Region).required();
const DEPARTMENT: PlanField = field("department", "责任部门", "department", Department).required();
const PERSON: PlanField = field("person", "责任人", "person", Person);
const PROGRESS: PlanField = field("progress", "进展", "progress", Text).clerk();
const NOTE: PlanField = field("note", "备注", "note", Text).clerk();
const SOURCE: PlanField = field("source", "来源陈述", "source statement", Statement);
const INDICATOR: PlanField = field("indicator", "相关指标", "related indicator", Indicator);

const COMPARATORS: &[Choice] = &[
    choice("=", "等于", "equal"),
    choice(">=", "不低于", "at least"),
    choice("<=", "不高于", "at most"),
    choice(">", "高于", "above"),
    choice("<", "低于", "below"),
    choice("~", "左右", "about"),
    choice("range", "区间", "range"),
];

const FACETS: &[Choice] = &[
    choice("level", "水平", "level"),
    choice("growth", "增速", "growth"),
    choice("increment", "增量", "increment"),
    choice("rank", "位次", "rank"),
];

const PROPOSAL: &[PlanState] = &[
    state("proposed", "提出", "proposed").first(),
    state("approved", "批准", "approved"),
    state("refused", "不予批准", "refused"),
];

const DECISION: &[PlanStep] = &[
    step(&["proposed"], "approved", Right::Plan),
    step(&["proposed"], "refused", Right::Plan).comment(),
];

/// Every kind; parents stand before what stands under them.
pub(super) const KINDS: &[PlanKind] = &[
    work::TARGET,
    work::ADJUSTMENT,
    work::TASK,
    project::PROJECT,
    work::MILESTONE,
    project::PROJECT_YEAR,
    project::FUNDING,
    project::LAND,
    project::CHANGE_ORDER,
    work::PROBLEM,
    work::ORDER,
    work::TERM,
    register::POLICY,
    register::PAYMENT,
    register::REGISTER,
    register::MEMBER,
    register::AWARD,
];
