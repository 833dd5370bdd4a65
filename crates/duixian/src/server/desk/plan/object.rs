//! One object: what is known of it, what may be done to it, what was done.

use publication::html::Move;
use publication::html::desk::{
    self, PlanChildren, PlanConflict, PlanDone, PlanHistoryPage, PlanMay, PlanObjectPage,
    PlanTyped, Trouble,
};
use terms::{PlanField, PlanKind, PlanObject, PlanStep, Right};

use super::super::super::reply::Reply;
use super::super::super::visit::{Refusal, Visit};
use super::{Fault, due, list, names};

/// How many objects of a kind are shown under one; the list shows the others.
const CHILDREN_SHOWN: usize = 100;

/// The page of an object.
pub(super) fn page(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let object = super::object(visit)?;
    let word = visit.asked.get("done");
    let done = PlanDone::ALL.into_iter().find(|done| Some(done.as_str()) == word);
    show(visit, object, Shown { done, ..Shown::default() })
}

/// What the page shows beside the object.
#[derive(Default)]
pub(super) struct Shown {
    /// What was typed; the object's own values where nothing was.
    pub(super) typed: Option<PlanTyped>,
    pub(super) comment: String,
    pub(super) conflict: Option<PlanConflict>,
    pub(super) done: Option<PlanDone>,
    pub(super) faults: Vec<Fault>,
}

pub(super) fn show(visit: &Visit<'_>, object: PlanObject, shown: Shown) -> Result<Reply, Refusal> {
    let may = what_may(visit, &object);
    let reference = object.reference();
    let mut children = Vec::new();
    let below = PlanKind::all().iter().filter(|kind| kind.parents.contains(&object.kind.code));
    for kind in below {
        let mut lines = list::below(visit, kind, &reference)?;
        let all = lines.len();
        lines.truncate(CHILDREN_SHOWN);
        children.push(PlanChildren { kind, lines, all });
    }
    let shown_below = children.iter().flat_map(|known| &known.lines).map(|line| &line.object);
    let names = names::of(visit, shown_below.chain([&object]))?;
    // What was not sent is not cleared when the form is sent again.
    let mut typed = shown.typed.unwrap_or_default();
    for (field, value) in names::typed(visit, &object, &names)? {
        typed.values.entry(field).or_insert(value);
    }
    let departments = visit.house.store.read(|ledger| ledger.departments())?;
    let faults: Vec<Trouble<'_>> =
        shown.faults.iter().map(|(field, sentence)| Trouble { field, sentence }).collect();
    let page = PlanObjectPage {
        today: visit.today()?,
        line: &due::line(object),
        children: &children,
        may: &may,
        typed: &typed,
        comment: &shown.comment,
        departments: &departments,
        names: &names,
        conflict: shown.conflict,
        done: shown.done,
        faults: &faults,
    };
    Ok(super::told(
        desk::plan_object(visit.view, &page),
        shown.conflict.is_some(),
        !faults.is_empty(),
    ))
}

/// What the guest may do to an object.
pub(super) fn what_may(visit: &Visit<'_>, object: &PlanObject) -> PlanMay {
    let kind = object.kind;
    let may = |right| super::may(visit, right, object);
    let own = |step: &PlanStep| {
        visit.guest.is_account()
            && step.not_by == Some(object.state.as_str())
            && object.state_author == visit.guest.login()
    };
    let from_here = kind.steps.iter().filter(|step| step.from.contains(&object.state.as_str()));
    let (others, steps) =
        from_here.filter(|step| may(step.right) || may(Right::Plan)).partition(|step| own(step));
    let below = PlanKind::all().iter().filter(|kind| kind.parents.contains(&object.kind.code));
    PlanMay {
        fields: fields(kind, Some(object), may(Right::Plan), may(Right::Fill)),
        steps,
        others,
        attach: may(Right::Fill),
        detach: may(Right::Plan),
        children: below.filter(|kind| may(kind.adding)).collect(),
    }
}

/// The steps that the guest may take from where an object stands, for lists.
pub(in super::super::super) fn moves(visit: &Visit<'_>, object: &PlanObject) -> Vec<Move> {
    let steps = what_may(visit, object).steps.into_iter();
    // Nothing is cancelled in passing.
    let kept = steps.filter(|step| step.to != "cancelled");
    kept.filter_map(|step| Move::of(object, step)).collect()
}

/// The fields that somebody may write who plans or fills.
pub(super) fn fields(
    kind: &'static PlanKind,
    object: Option<&PlanObject>,
    plans: bool,
    fills: bool,
) -> Vec<&'static PlanField> {
    let settled = |field: &PlanField| {
        object.is_some_and(|object| {
            field.fixed
                && object.state != kind.beginning().code
                && !object.value(field.code).is_empty()
        })
    };
    let writes = |field: &&PlanField| !settled(field) && (plans || fills && field.clerk);
    kind.fields.iter().filter(writes).collect()
}

/// Everything that was done to an object.
pub(super) fn history(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let object = super::object(visit)?;
    let code = object.code.clone();
    let events = visit.house.store.read(|ledger| ledger.plan_history(object.kind, &code))?;
    let names = names::of(visit, [&object].into_iter())?;
    let page = PlanHistoryPage { object: &object, events: &events, names: &names };
    Ok(Reply::page(desk::plan_history(visit.view, &page)))
}
