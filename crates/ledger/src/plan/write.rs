//! Adding and changing plan objects, and the steps that they take.

use std::collections::{BTreeMap, HashSet};

use rusqlite::{OptionalExtension, params};
use terms::{Indicator, PlanField, PlanKind, PlanObject, PlanRef, PlanState, PlanStep, Right};

use super::check;
use super::read::{self, Owner};
use crate::append::Entry;
use crate::audit::Action;
use crate::people::{check_code, invalid};
use crate::record::{self, Trouble, Writing};
use crate::{Ledger, LedgerError};

/// What somebody wants of a plan object: that it is there with these values and in this state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanChange {
    /// What it is.
    pub kind: &'static PlanKind,
    /// Its code.
    pub code: String,
    /// Under which object it stands; for one that is there already it may be left out.
    pub parent: Option<PlanRef>,
    /// The version of the object that the person saw, 0 for none; `None` where whatever is there may be changed.
    pub seen: Option<i64>,
    /// Values as they were written; fields that are not named stay as they are.
    pub fields: Vec<(&'static PlanField, String)>,
    /// Code or Chinese name of the state; `None` to leave it where it stands.
    pub state: Option<String>,
    /// Why it is brought to this state.
    pub comment: String,
}

/// A value that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The field.
    pub field: &'static PlanField,
    /// What it was; empty for nothing.
    pub before: String,
    /// What it is now.
    pub after: String,
}

/// What became of a change.
#[derive(Debug)]
pub enum PlanOutcome {
    /// The object is new.
    New,
    /// Something of the object changed.
    Changed {
        /// Values.
        fields: Vec<FieldChange>,
        /// The state before and after.
        state: Option<(&'static PlanState, &'static PlanState)>,
    },
    /// All is as it was meant already.
    Equal,
    /// Others changed the object meanwhile; it has this version now.
    Conflict(i64),
    /// The change is not to be.
    Refused(LedgerError),
}

/// What became of changes that were made together.
#[derive(Debug)]
pub struct PlanReport {
    /// What became of each, in their order.
    pub outcomes: Vec<PlanOutcome>,
    /// Whether they were written: all, or none.
    pub written: bool,
}

impl Ledger {
    /// Adds and changes plan objects in one transaction. Where one change is refused or in conflict, none is written.
    pub fn put_plan(
        &mut self,
        changes: &[PlanChange],
        catalogue: &[Indicator],
        entry: &Entry,
    ) -> Result<PlanReport, LedgerError> {
        self.weigh_plan(changes, catalogue, entry, true)
    }

    /// What would become of changes, of which none is written.
    pub fn preview_plan(
        &mut self,
        changes: &[PlanChange],
        catalogue: &[Indicator],
        entry: &Entry,
    ) -> Result<PlanReport, LedgerError> {
        self.weigh_plan(changes, catalogue, entry, false)
    }

    /// Makes one change; a refusal is an error.
    pub fn change_plan(
        &mut self,
        change: &PlanChange,
        catalogue: &[Indicator],
        entry: &Entry,
    ) -> Result<PlanOutcome, LedgerError> {
        let report = self.put_plan(std::slice::from_ref(change), catalogue, entry)?;
        match report.outcomes.into_iter().next() {
            Some(PlanOutcome::Refused(error)) => Err(error),
            Some(outcome) => Ok(outcome),
            None => Ok(PlanOutcome::Equal),
        }
    }

    fn weigh_plan(
        &mut self,
        changes: &[PlanChange],
        catalogue: &[Indicator],
        entry: &Entry,
        wanted: bool,
    ) -> Result<PlanReport, LedgerError> {
        self.write_or_not(entry, |writing| {
            let mut outcomes = Vec::with_capacity(changes.len());
            let mut seen = HashSet::new();
            for change in changes {
                if !seen.insert((change.kind.code, &change.code)) {
                    let twice = invalid("代码", &change.code, "每个代码只出现一次");
                    outcomes.push(PlanOutcome::Refused(twice));
                    continue;
                }
                outcomes.push(match make(writing, change, catalogue) {
                    Ok(outcome) => outcome,
                    Err(Trouble::Refused(error)) => PlanOutcome::Refused(error),
                    Err(trouble) => return Err(trouble),
                });
            }
            let bad = |outcome: &PlanOutcome| {
                matches!(outcome, PlanOutcome::Refused(_) | PlanOutcome::Conflict(_))
            };
            let something = outcomes.iter().any(|outcome| !matches!(outcome, PlanOutcome::Equal));
            let written = wanted && !outcomes.iter().any(bad);
            if written && something {
                writing.log(Action::Plan, &subject(changes))?;
            }
            Ok((PlanReport { outcomes, written }, written && something))
        })
    }
}

/// What changes are about, in a word.
fn subject(changes: &[PlanChange]) -> String {
    match changes {
        [change] => PlanRef::new(change.kind.code, &change.code).to_string(),
        [change, ..] => format!("{} × {}", change.kind.code, changes.len()),
        [] => String::new(),
    }
}

/// Refuses what the author has no right to; planners may do what clerks may.
pub(super) fn authorise(
    writing: &Writing<'_>,
    right: Right,
    region: &str,
    department: Option<&str>,
) -> Result<(), Trouble> {
    if may(writing, right, region, department)? {
        Ok(())
    } else {
        Err(writing.denied(right).into())
    }
}

fn may(
    writing: &Writing<'_>,
    right: Right,
    region: &str,
    department: Option<&str>,
) -> rusqlite::Result<bool> {
    Ok(writing.may(right, region, department)?
        || right == Right::Fill && writing.may(Right::Plan, region, department)?)
}

/// An object before and after a change.
struct Making<'a> {
    writing: &'a Writing<'a>,
    change: &'a PlanChange,
    known: Option<PlanObject>,
    parent: Option<PlanObject>,
    after: BTreeMap<&'static str, String>,
    changed: Vec<FieldChange>,
}

/// Makes a change, or tells why it is not to be; what is refused leaves no row.
fn make(
    writing: &Writing<'_>,
    change: &PlanChange,
    catalogue: &[Indicator],
) -> Result<PlanOutcome, Trouble> {
    check_code("代码", &change.code)?;
    check::remark(&change.comment)?;
    let known = match read::number(writing.transaction, change.kind.code, &change.code)? {
        Some(number) => read::object(writing.transaction, number, None)?,
        None => None,
    };
    let parent = parent(writing, change, known.as_ref())?;
    let after = known.as_ref().map(|known| known.fields.clone()).unwrap_or_default();
    let mut making = Making { writing, change, known, parent, after, changed: Vec::new() };
    making.take_fields(catalogue)?;
    let state = making.state()?;
    making.authorise(state)?;
    if making.known.is_some() && making.changed.is_empty() && state.is_none() {
        return Ok(PlanOutcome::Equal);
    }
    let version = making.known.as_ref().map_or(0, |known| known.version);
    if change.seen.is_some_and(|seen| seen != version) {
        return Ok(PlanOutcome::Conflict(version));
    }
    making.check_fixed()?;
    let parent = making.parent.as_ref();
    let object = making.known.as_ref().map(|known| known.number);
    check::whole(writing.transaction, change.kind, &making.after, parent, object, catalogue)?;
    if let (Some(known), Some(to)) = (&making.known, state) {
        making.check_step(known, to)?;
    }
    making.insert(state)
}

/// The object under which one stands.
fn parent(
    writing: &Writing<'_>,
    change: &PlanChange,
    known: Option<&PlanObject>,
) -> Result<Option<PlanObject>, Trouble> {
    let kinds = change.kind.parents;
    let found = change.parent.as_ref().map(ToString::to_string).unwrap_or_default();
    let wanted = match known {
        Some(known) => {
            if change.parent.is_some() && known.parent != change.parent {
                let there = known.parent.as_ref().map(ToString::to_string).unwrap_or_default();
                return Err(invalid("上级", &found, format!("原来的“{there}”")).into());
            }
            known.parent.as_ref()
        }
        None => change.parent.as_ref(),
    };
    let names = || {
        let names = kinds.iter().filter_map(|kind| PlanKind::named(kind));
        names.map(|kind| kind.chinese).collect::<Vec<_>>().join("或")
    };
    match wanted {
        None if kinds.is_empty() => Ok(None),
        None => Err(invalid("上级", "", format!("已有{}的代码", names())).into()),
        Some(parent) if !kinds.contains(&&*parent.kind) => {
            let expected =
                if kinds.is_empty() { "空".to_owned() } else { format!("{}的代码", names()) };
            Err(invalid("上级", &found, expected).into())
        }
        Some(parent) => {
            let number = read::number(writing.transaction, &parent.kind, &parent.code)?;
            match number {
                Some(number) => Ok(read::object(writing.transaction, number, None)?),
                None => Err(invalid("上级", &found, format!("已有{}的代码", names())).into()),
            }
        }
    }
}

impl Making<'_> {
    /// Reads what was written for each field, and notes what changes.
    fn take_fields(&mut self, catalogue: &[Indicator]) -> Result<(), Trouble> {
        for (field, written) in &self.change.fields {
            if self.changed.iter().any(|change| change.field == *field) {
                return Err(invalid(field.chinese, written, "只写一次").into());
            }
            let value = field.read(written).map_err(LedgerError::from)?;
            let value = check::resolved(self.writing.transaction, field, value, catalogue)?;
            let before = self.after.get(field.code).cloned().unwrap_or_default();
            if before != value {
                if value.is_empty() {
                    self.after.remove(field.code);
                } else {
                    self.after.insert(field.code, value.clone());
                }
                self.changed.push(FieldChange { field, before, after: value });
            }
        }
        let missing = |field: &&PlanField| field.required && !self.after.contains_key(field.code);
        match self.change.kind.fields.iter().find(missing) {
            Some(field) => Err(invalid(field.chinese, "", "非空的值").into()),
            None => Ok(()),
        }
    }

    /// The state to which the object is brought; `None` where it stays.
    fn state(&self) -> Result<Option<&'static PlanState>, LedgerError> {
        let kind = self.change.kind;
        let wanted = self.change.state.as_deref().map(str::trim).filter(|state| !state.is_empty());
        let wanted = match wanted {
            None => None,
            Some(written) => Some(kind.state(written).ok_or_else(|| {
                let names: Vec<&str> = kind.states.iter().map(|state| state.chinese).collect();
                invalid("状态", written, names.join("、"))
            })?),
        };
        match &self.known {
            Some(known) => Ok(wanted.filter(|state| state.code != known.state)),
            None => {
                let state = wanted.unwrap_or(kind.beginning());
                if state.first {
                    return Ok(Some(state));
                }
                let first: Vec<&str> =
                    kind.states.iter().filter(|state| state.first).map(|s| s.chinese).collect();
                Err(invalid("新建时的状态", state.chinese, first.join("、")))
            }
        }
    }

    /// To whom the object belongs before and after.
    fn owners(&self) -> Vec<Owner> {
        let above = self.parent.as_ref().map_or_else(Owner::default, |parent| Owner {
            region: Some(parent.region.clone()),
            department: parent.department.clone(),
        });
        let before = self.known.as_ref().map(|known| Owner {
            region: Some(known.region.clone()),
            department: known.department.clone(),
        });
        let mut owners: Vec<Owner> = before.into_iter().collect();
        let after = Owner::told(&self.after).or(above);
        if !owners.contains(&after) {
            owners.push(after);
        }
        owners
    }

    fn may(&self, right: Right) -> rusqlite::Result<bool> {
        for owner in self.owners() {
            let region = owner.region.unwrap_or_default();
            if !may(self.writing, right, &region, owner.department.as_deref())? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Refuses what the author may not write. Clerks write what is theirs in fields and steps that are for clerks.
    fn authorise(&self, state: Option<&PlanState>) -> Result<(), Trouble> {
        if !self.writing.entry.account || self.may(Right::Plan)? {
            return Ok(());
        }
        let denied = |right| Err(self.writing.denied(right).into());
        let fills = self.may(Right::Fill)?;
        let reviews = self.may(Right::Review)?;
        if !fills && !reviews || self.known.is_none() && self.change.kind.adding != Right::Fill {
            return denied(Right::Plan);
        }
        for change in &self.changed {
            if !fills || !change.field.clerk {
                let login = self.writing.entry.author.clone();
                let field = change.field.chinese;
                return Err(LedgerError::FieldDenied { login, field }.into());
            }
        }
        let Some((known, to)) = self.known.as_ref().zip(state) else { return Ok(()) };
        // A step that there is none of is refused for that.
        match self.change.kind.step(&known.state, to.code).map(|step| step.right) {
            Some(Right::Fill) if !fills => denied(Right::Fill),
            Some(Right::Review) if !reviews => denied(Right::Review),
            Some(Right::Plan) => denied(Right::Plan),
            _ => Ok(()),
        }
    }

    /// Refuses to change what stays once an object is under way.
    fn check_fixed(&self) -> Result<(), LedgerError> {
        let Some(known) = &self.known else { return Ok(()) };
        if known.state == self.change.kind.beginning().code {
            return Ok(());
        }
        match self.changed.iter().find(|change| change.field.fixed && !change.before.is_empty()) {
            None => Ok(()),
            Some(change) => {
                let (before, state) = (&change.before, known.state_name());
                let way = match self.change.kind.code {
                    "target" => "；改变目标请记入目标调整",
                    _ => "",
                };
                let expected = format!("保持“{before}”，{state}后不再改动{way}");
                Err(invalid(change.field.chinese, &change.after, expected))
            }
        }
    }

    /// Refuses a step that there is none of, or that lacks something.
    fn check_step(&self, known: &PlanObject, to: &'static PlanState) -> Result<(), Trouble> {
        let kind = self.change.kind;
        let Some(step) = kind.step(&known.state, to.code) else {
            let next: Vec<&str> = kind.next(&known.state).map(|state| state.chinese).collect();
            let next = if next.is_empty() { "不再变动".to_owned() } else { next.join("、") };
            let from = known.state_name().to_owned();
            let object = format!("{}“{}”", kind.chinese, known.code);
            return Err(LedgerError::NoStep { object, from, to: to.chinese, next }.into());
        };
        if step.comment && self.change.comment.trim().is_empty() {
            return Err(invalid("意见", "", format!("改为“{}”的理由", to.chinese)).into());
        }
        let missing = step.needs.iter().find(|field| !self.after.contains_key(*field));
        if let Some(field) = missing.and_then(|field| kind.field(field)) {
            let expected = format!("先填写，才能改为“{}”", to.chinese);
            return Err(invalid(field.chinese, "", expected).into());
        }
        self.check_evidence(known, to, step)?;
        self.check_person(known, step)
    }

    fn check_evidence(
        &self,
        known: &PlanObject,
        to: &PlanState,
        step: &PlanStep,
    ) -> Result<(), Trouble> {
        let query = "SELECT 1 FROM plan_attachment AS own WHERE object = ?1 AND active
                     AND entry > (SELECT max(entry) FROM plan_state WHERE object = ?1)
                     AND entry = (SELECT max(entry) FROM plan_attachment
                         WHERE object = ?1 AND hash = own.hash)";
        if !step.evidence
            || self.writing.transaction.prepare_cached(query)?.exists([known.number])?
        {
            return Ok(());
        }
        let expected = format!("“{}”之后附上的佐证材料", known.state_name());
        Err(invalid("附件", "", format!("{expected}，才能改为“{}”", to.chinese)).into())
    }

    /// Who did a thing does not approve it.
    fn check_person(&self, known: &PlanObject, step: &PlanStep) -> Result<(), Trouble> {
        let Some(state) = step.not_by.filter(|_| self.writing.entry.account) else { return Ok(()) };
        let query = "SELECT author FROM plan_state JOIN entry ON entry.number = plan_state.entry
                     WHERE object = ?1 AND state = ?2 ORDER BY plan_state.entry DESC LIMIT 1";
        let author: Option<String> = self
            .writing
            .transaction
            .prepare_cached(query)?
            .query_row(params![known.number, state], |row| row.get(0))
            .optional()?;
        match author.filter(|author| *author == self.writing.entry.author) {
            None => Ok(()),
            Some(login) => {
                let object = format!("{}“{}”", self.change.kind.chinese, known.code);
                let state = self.change.kind.state(state).map_or("", |state| state.chinese);
                Err(LedgerError::OwnStep { object, login, state }.into())
            }
        }
    }

    fn insert(self, state: Option<&'static PlanState>) -> Result<PlanOutcome, Trouble> {
        let Writing { transaction, number: entry, .. } = self.writing;
        let number = match &self.known {
            Some(known) => known.number,
            None => {
                let query = "SELECT coalesce(max(number), 0) + 1 FROM plan_object";
                let number: i64 = transaction.query_row(query, [], |row| row.get(0))?;
                let parent = self.parent.as_ref().map(|parent| parent.number);
                let (kind, code) = (self.change.kind.code, &self.change.code);
                record::PLAN_OBJECT
                    .insert(transaction, params![entry, number, kind, code, parent])?;
                number
            }
        };
        for FieldChange { field, after, .. } in &self.changed {
            record::PLAN_FIELD.insert(transaction, params![entry, number, field.code, after])?;
        }
        if let Some(state) = state {
            let comment = self.change.comment.trim();
            record::PLAN_STATE.insert(transaction, params![entry, number, state.code, comment])?;
        }
        Ok(match self.known {
            None => PlanOutcome::New,
            Some(known) => {
                let before = self.change.kind.state(&known.state);
                PlanOutcome::Changed { fields: self.changed, state: before.zip(state) }
            }
        })
    }
}
