//! Objects are added and changed, and take steps.

use std::collections::BTreeMap;

use ledger::{LedgerError, PlanChange, PlanOutcome};
use publication::html::Address;
use publication::html::desk::{
    self, PlanClash, PlanConflict, PlanDone, PlanNewPage, PlanTyped, Trouble,
};
use terms::{PlanField, PlanKind, PlanObject, Right};

use super::super::super::ask;
use super::super::super::reply::Reply;
use super::super::super::visit::{Refusal, Visit};
use super::object::Shown;
use super::{Fault, list, names, object, worded};

/// Leads to the page of an object after something was done.
pub(super) fn done(visit: &Visit<'_>, kind: &PlanKind, code: &str, done: PlanDone) -> Reply {
    let address = Address::of(&format!("/plan/{}", kind.code), code);
    super::super::done(visit, address.with("done", done.as_str()))
}

/// A form for a new object.
pub(super) fn new(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let kind = super::kind(visit)?;
    let code = visit.house.store.read(|ledger| ledger.next_plan_code(kind))?;
    let above = match visit.asked.get("parent") {
        Some(written) if !kind.parents.is_empty() => Some(super::above(visit, written)?),
        _ => None,
    };
    let state = kind.beginning().code;
    show_new(visit, kind, above.as_ref(), (&code, state), &PlanTyped::default(), &[])
}

fn show_new(
    visit: &Visit<'_>,
    kind: &'static PlanKind,
    above: Option<&PlanObject>,
    (code, state): (&str, &str),
    typed: &PlanTyped,
    faults: &[Fault],
) -> Result<Reply, Refusal> {
    let (plans, fills) = match above {
        Some(above) => {
            (super::may(visit, Right::Plan, above), super::may(visit, Right::Fill, above))
        }
        None if kind.parents.is_empty() => (visit.guest.has(Right::Plan), false),
        // What stands under nothing is told from the page of what it stands under.
        None => return Err(Refusal::NotFound),
    };
    let adds = plans || fills && kind.adding == Right::Fill;
    if !adds || !list::may_add(visit, kind) {
        return Err(Refusal::Forbidden(Right::Plan));
    }
    let parent = above.map(PlanObject::reference);
    let troubles: Vec<Trouble<'_>> =
        faults.iter().map(|(field, sentence)| Trouble { field, sentence }).collect();
    let departments = visit.house.store.read(|ledger| ledger.departments())?;
    let page = PlanNewPage {
        kind,
        parent: parent.as_ref(),
        code,
        state,
        fields: &object::fields(kind, None, plans, fills),
        typed,
        departments: &departments,
        names: &named(visit, above)?,
        faults: &troubles,
    };
    Ok(super::told(desk::plan_new(visit.view, &page), false, !faults.is_empty()))
}

/// Names for a form, with that of the object above.
fn named(visit: &Visit<'_>, above: Option<&PlanObject>) -> Result<desk::PlanNames, Refusal> {
    let mut names = names::of(visit, above.into_iter())?;
    names.objects.extend(above.map(|above| (above.reference().to_string(), above.title())));
    Ok(names)
}

/// The values that were sent for these fields.
fn sent(visit: &Visit<'_>, fields: &[&'static PlanField]) -> PlanTyped {
    let value = |field: &&'static PlanField| {
        let value = visit.sent.get(&format!("field-{}", field.code))?;
        // A browser parts lines as the network does.
        Some((field.code, value.replace("\r\n", "\n")))
    };
    PlanTyped { values: fields.iter().filter_map(value).collect(), clashes: BTreeMap::new() }
}

/// All values that cannot be read, so that all are told at once.
fn unreadable(kind: &PlanKind, typed: &PlanTyped) -> Vec<Fault> {
    let fault = |(code, value): (&&'static str, &String)| {
        let error = kind.field(code)?.read(value).err()?;
        Some((format!("field-{code}"), error.to_string()))
    };
    let mut faults: Vec<Fault> = typed.values.iter().filter_map(fault).collect();
    let place = |field: &str| kind.fields.iter().position(|own| field.ends_with(own.code));
    faults.sort_by_key(|(field, _)| place(field));
    faults
}

fn values(kind: &'static PlanKind, typed: &PlanTyped) -> Vec<(&'static PlanField, String)> {
    let pair = |field: &'static PlanField| Some((field, typed.values.get(field.code)?.clone()));
    kind.fields.iter().filter_map(pair).collect()
}

/// Adds an object.
pub(super) fn add(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let kind = super::kind(visit)?;
    if !list::may_add(visit, kind) {
        return Err(Refusal::Forbidden(kind.adding));
    }
    let above = match visit.sent.text("parent") {
        "" => None,
        written => Some(super::above(visit, written)?),
    };
    let all: Vec<&'static PlanField> = kind.fields.iter().collect();
    let typed = sent(visit, &all);
    let (code, state) = (visit.sent.text("code"), visit.sent.text("state"));
    let refused = |faults: &[Fault]| {
        let begins = kind.state(state).map_or(kind.beginning().code, |state| state.code);
        show_new(visit, kind, above.as_ref(), (code, begins), &typed, faults)
    };
    let faults = unreadable(kind, &typed);
    if !faults.is_empty() {
        return refused(&faults);
    }
    if code == "new" {
        return refused(&[("code".to_owned(), "代码“new”有误（应为其他代码）".to_owned())]);
    }
    let change = PlanChange {
        kind,
        code: code.to_owned(),
        parent: above.as_ref().map(PlanObject::reference),
        seen: Some(0),
        fields: values(kind, &typed),
        state: Some(state.to_owned()),
        comment: String::new(),
    };
    let entry = visit.entry(&format!("新增{}", kind.chinese));
    match write(visit, &change, &entry) {
        Ok(PlanOutcome::Conflict(_) | PlanOutcome::Equal) => {
            let sentence = format!("代码“{code}”有误（应为没有用过的代码）");
            refused(&[("code".to_owned(), sentence)])
        }
        Ok(_) => Ok(done(visit, kind, code, PlanDone::Added)),
        Err(error) => refused(&[worded(error, kind)?]),
    }
}

fn write(
    visit: &Visit<'_>,
    change: &PlanChange,
    entry: &ledger::Entry,
) -> Result<PlanOutcome, LedgerError> {
    let catalogue = &visit.house.catalogue;
    visit.house.store.write(|ledger| ledger.change_plan(change, catalogue, entry))
}

/// The version that the page showed; what came without one was made of nothing that is there.
fn version(visit: &Visit<'_>) -> i64 {
    visit.sent.text("version").parse().unwrap_or(0)
}

/// Changes the fields of an object.
pub(super) fn save(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let known = super::object(visit)?;
    let (kind, code) = (known.kind, known.code.clone());
    let all: Vec<&'static PlanField> = kind.fields.iter().collect();
    let typed = sent(visit, &all);
    let seen = version(visit);
    let faults = unreadable(kind, &typed);
    if !faults.is_empty() {
        let shown = Shown { typed: Some(typed), faults, ..Shown::default() };
        return object::show(visit, known, shown);
    }
    let change = PlanChange {
        kind,
        code: code.clone(),
        parent: None,
        seen: Some(seen),
        fields: values(kind, &typed),
        state: None,
        comment: String::new(),
    };
    let entry = visit.entry(&format!("修改{}", kind.chinese));
    match write(visit, &change, &entry) {
        Ok(PlanOutcome::Equal) => Ok(done(visit, kind, &code, PlanDone::Equal)),
        Ok(PlanOutcome::Conflict(_)) => conflict(visit, typed, seen),
        Ok(_) => Ok(done(visit, kind, &code, PlanDone::Saved)),
        Err(error) => {
            let faults = vec![worded(error, kind)?];
            object::show(visit, known, Shown { typed: Some(typed), faults, ..Shown::default() })
        }
    }
}

/// The page after others wrote meanwhile. What the person did not touch takes what stands in the ledger now; what both
/// changed is shown in both ways.
fn conflict(visit: &Visit<'_>, mut typed: PlanTyped, seen: i64) -> Result<Reply, Refusal> {
    let now = super::object(visit)?;
    let events = visit.house.store.read(|ledger| ledger.plan_history(now.kind, &now.code))?;
    // What each field held when the page was made: what the first change since found there.
    let mut before: BTreeMap<&'static str, String> = BTreeMap::new();
    for event in events.iter().filter(|event| event.entry > seen) {
        for (field, old, _) in &event.fields {
            before.insert(field, old.clone());
        }
    }
    let names = names::of(visit, [&now].into_iter())?;
    let as_typed = names::typed(visit, &now, &names)?;
    let old = PlanObject {
        fields: {
            let mut fields = now.fields.clone();
            fields.extend(before.iter().map(|(field, value)| (*field, value.clone())));
            fields
        },
        ..now.clone()
    };
    let old_typed = names::typed(visit, &old, &names)?;
    for (field, old_value) in &before {
        let Some(own) = typed.values.get(field).map(|value| value.trim().to_owned()) else {
            continue;
        };
        let current = as_typed.get(field).cloned().unwrap_or_default();
        if own == current || own == now.value(field) {
            continue;
        }
        let untouched =
            own == *old_value || old_typed.get(field).is_some_and(|shown| own == *shown);
        let clash = if untouched { PlanClash::Merged } else { PlanClash::Differs };
        typed.clashes.insert(field, (clash, old_value.clone()));
        if untouched {
            typed.values.insert(field, current);
        }
    }
    let shown =
        Shown { typed: Some(typed), conflict: Some(PlanConflict::Values), ..Shown::default() };
    object::show(visit, now, shown)
}

/// What became of a step.
enum Stepped {
    Done,
    Conflict,
}

/// Brings an object to a state; a file that comes along is attached first, as evidence.
pub(super) fn step(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let known = super::object(visit)?;
    let (kind, code) = (known.kind, known.code.clone());
    let comment = visit.sent.text("comment").replace("\r\n", "\n");
    let (wanted, seen) = (visit.sent.text("state"), version(visit));
    let refused = |fault: Fault| {
        let shown = Shown { comment: comment.clone(), faults: vec![fault], ..Shown::default() };
        object::show(visit, super::object(visit)?, shown)
    };
    let Some(to) = kind.state(wanted) else {
        let next: Vec<&str> = kind.next(&known.state).map(|state| state.chinese).collect();
        let shown: String = wanted.chars().take(20).collect();
        let sentence = format!("状态“{shown}”有误（应为{}）", next.join("、"));
        return refused(("step".to_owned(), sentence));
    };
    let file = visit.sent.file.as_ref().filter(|(_, bytes)| !bytes.is_empty());
    let reason = format!("{}改为“{}”", kind.chinese, to.chinese);
    let change = |seen: i64| PlanChange {
        kind,
        code: code.clone(),
        parent: None,
        seen: Some(seen),
        fields: Vec::new(),
        state: Some(to.code.to_owned()),
        comment: comment.clone(),
    };
    let catalogue = &visit.house.catalogue;
    let taken = visit.house.store.write(|ledger| {
        let mut seen = seen;
        let there = ledger.plan_object(kind, &code, None)?.map_or(0, |object| object.version);
        if there != seen {
            return Ok(Stepped::Conflict);
        }
        if let Some((name, bytes)) = file {
            // What is refused for another reason than the evidence that comes along leaves nothing behind.
            let weighed = [change(seen)];
            let report = ledger.preview_plan(&weighed, catalogue, &visit.entry(&reason))?;
            if let Some(PlanOutcome::Refused(error)) = report.outcomes.into_iter().next()
                && !matches!(error, LedgerError::Invalid { field: "附件", .. })
            {
                return Err(error);
            }
            ledger.attach(kind, &code, name, bytes, &visit.entry("附上佐证材料"))?;
            seen = ledger.plan_object(kind, &code, None)?.map_or(0, |object| object.version);
        }
        match ledger.change_plan(&change(seen), catalogue, &visit.entry(&reason))? {
            PlanOutcome::Conflict(_) => Ok(Stepped::Conflict),
            _ => Ok(Stepped::Done),
        }
    });
    match taken {
        // A board wants its guests back.
        Ok(Stepped::Done) => match visit.sent.text("back") {
            "" => Ok(done(visit, kind, &code, PlanDone::Stepped)),
            back => Ok(Reply::see(ask::back(Some(back)))),
        },
        Ok(Stepped::Conflict) => {
            let conflict = Some(PlanConflict::Step);
            let shown = Shown { comment, conflict, ..Shown::default() };
            object::show(visit, super::object(visit)?, shown)
        }
        Err(error) => refused(worded(error, kind)?),
    }
}
