//! Plan objects: what a plan promises to do and what is done for it. Which kinds there are, what is known of each and
//! which way it goes is data ([`PlanKind::all`]); what is written of one is a text for each field, as it was published.

mod attachment;
mod credit_code;
mod field;
mod kinds;
mod object;
mod progress;
mod region;
mod target;

pub use attachment::{Attached, LARGEST_ATTACHMENT, attachment_name, media_type};
pub use credit_code::{InvalidCreditCode, credit_code};
pub use field::{Choice, FieldKind, InvalidField, PlanField, Quantity};
pub use object::{Member, PlanEvent, PlanObject, PlanRef, RegisterCount};
pub use progress::{
    Deadline, FundingTotal, InvestmentRate, InvestmentTotal, InvestmentYear, MilestoneCount, Pace,
    PlanMove, ProblemCourse, ProjectProgress, StageStay, StallCause,
};
pub use region::{OwnRegion, RegionEnd, RegionPlace};
pub use target::{Adjustment, Bound, Target, TargetFacet};

use crate::Right;

/// A kind of plan object (计划对象).
#[derive(Debug, PartialEq, Eq)]
pub struct PlanKind {
    /// Its code, for example `project`.
    pub code: &'static str,
    /// Its Chinese name, for example `项目`.
    pub chinese: &'static str,
    /// Its English name.
    pub english: &'static str,
    /// What codes begin with that the ledger gives.
    pub prefix: &'static str,
    /// Codes of the kinds under which such an object stands; empty where it stands by itself.
    pub parents: &'static [&'static str],
    /// The right that is needed to add one; [`Right::Plan`] is always enough.
    pub adding: Right,
    /// What is known of one, in the order in which it is shown.
    pub fields: &'static [PlanField],
    /// Where one may stand; the first is where it begins.
    pub states: &'static [PlanState],
    /// Which way one may go.
    pub steps: &'static [PlanStep],
}

/// Where a plan object may stand.
#[derive(Debug, PartialEq, Eq)]
pub struct PlanState {
    /// Its code, for example `verified`.
    pub code: &'static str,
    /// Its Chinese name, for example `已核验`.
    pub chinese: &'static str,
    /// Its English name.
    pub english: &'static str,
    /// Whether an object may be added in this state, as when a list is taken over that was kept elsewhere.
    pub first: bool,
}

/// A step that a plan object may take.
#[derive(Debug, PartialEq, Eq)]
pub struct PlanStep {
    /// Codes of the states from which it is taken.
    pub from: &'static [&'static str],
    /// Code of the state to which it leads.
    pub to: &'static str,
    /// The right that it needs; [`Right::Plan`] is enough where it is [`Right::Fill`].
    pub right: Right,
    /// Whether it has to say why.
    pub comment: bool,
    /// Whether something has to have been attached since the object came to where it stands.
    pub evidence: bool,
    /// Codes of the fields that have to be filled.
    pub needs: &'static [&'static str],
    /// Code of an earlier state: who brought the object there does not take this step.
    pub not_by: Option<&'static str>,
}

impl PlanKind {
    /// Every kind.
    pub fn all() -> &'static [PlanKind] {
        kinds::KINDS
    }

    /// The kind of this code or Chinese name.
    pub fn named(written: &str) -> Option<&'static PlanKind> {
        PlanKind::all().iter().find(|kind| kind.code == written || kind.chinese == written)
    }

    /// The field of this code, Chinese or English name.
    pub fn field(&self, written: &str) -> Option<&'static PlanField> {
        self.fields.iter().find(|field| field.is_named(written))
    }

    /// The state of this code or Chinese name.
    pub fn state(&self, written: &str) -> Option<&'static PlanState> {
        self.states.iter().find(|state| state.code == written || state.chinese == written)
    }

    /// The state in which an object begins.
    pub fn beginning(&self) -> &'static PlanState {
        &self.states[0]
    }

    /// The step from one state to another, if there is one.
    pub fn step(&self, from: &str, to: &str) -> Option<&'static PlanStep> {
        self.steps.iter().find(|step| step.to == to && step.from.contains(&from))
    }

    /// The states to which a step leads from here.
    pub fn next<'a>(&'a self, from: &'a str) -> impl Iterator<Item = &'static PlanState> + 'a {
        self.states.iter().filter(move |state| self.step(from, state.code).is_some())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_kinds_fit_together() {
        let mut codes = BTreeSet::new();
        let mut prefixes = BTreeSet::new();
        for kind in PlanKind::all() {
            let code = kind.code;
            assert!(codes.insert(code) && prefixes.insert(kind.prefix), "{code} twice");
            assert_eq!(PlanKind::named(kind.chinese), Some(kind));
            for parent in kind.parents {
                assert!(PlanKind::named(parent).is_some(), "{code}: parent {parent}");
            }
            let names: BTreeSet<&str> =
                kind.fields.iter().flat_map(|field| [field.code, field.chinese]).collect();
            assert_eq!(names.len(), 2 * kind.fields.len(), "{code}: a field twice");
            for word in ["code", "parent", "state", "comment", "代码", "上级", "状态", "意见"]
            {
                assert!(kind.field(word).is_none(), "{code}: {word} means something else");
            }
            assert!(kind.beginning().first, "{code}");
            let states: BTreeSet<&str> = kind.states.iter().map(|state| state.code).collect();
            assert_eq!(states.len(), kind.states.len(), "{code}: a state twice");
            for step in kind.steps {
                assert!(states.contains(step.to), "{code}: {}", step.to);
                assert!(step.from.iter().all(|from| states.contains(from)), "{code}");
                assert!(step.needs.iter().all(|field| kind.field(field).is_some()), "{code}");
                assert!(step.not_by.is_none_or(|state| states.contains(state)), "{code}");
            }
            for field in kind.fields {
                if let FieldKind::Reference(kinds) = field.kind {
                    assert!(kinds.iter().all(|kind| PlanKind::named(kind).is_some()), "{code}");
                }
            }
            // Every state can be reached.
            let mut reached: BTreeSet<&str> =
                kind.states.iter().filter(|state| state.first).map(|state| state.code).collect();
            for _ in kind.states {
                for step in kind.steps {
                    if step.from.iter().any(|from| reached.contains(from)) {
                        reached.insert(step.to);
                    }
                }
            }
            assert_eq!(reached, states, "{code}: a state that is never reached");
            // Whose object it is must be told by itself or by what it stands under.
            if kind.parents.is_empty() {
                assert!(kind.field("region").is_some_and(|field| field.required), "{code}");
            }
        }
    }

    #[test]
    fn a_problem_goes_its_way_and_no_other() {
        let problem = PlanKind::named("问题").unwrap();
        let next = |from| problem.next(from).map(|state| state.code).collect::<Vec<_>>();
        assert_eq!(next("opened"), ["assigned", "cancelled"]);
        assert_eq!(next("rectified"), ["verified", "reopened"]);
        assert_eq!(next("closed"), ["reopened"]);
        assert_eq!(problem.step("opened", "closed"), None);
        let verify = problem.step("rectified", "verified").unwrap();
        assert_eq!(verify.not_by, Some("rectified"));
        assert!(problem.step("assigned", "rectified").unwrap().evidence);
        assert!(problem.step("verified", "reopened").unwrap().comment);
    }
}
