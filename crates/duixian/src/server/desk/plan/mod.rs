//! Plan objects: listed, shown, added, changed, brought from state to state, with what is attached to them.
//!
//! What a person may do is told here only to show the right forms; the ledger decides at every write.

mod count;
mod due;
mod files;
mod list;
pub(in super::super) mod names;
mod object;
mod write;

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use ledger::LedgerError;
use terms::{PlanKind, PlanObject, PlanRef, Right};

pub(in super::super) use files::attached;
pub(in super::super) use object::moves;

use super::super::house::House;
use super::super::reply::Reply;
use super::super::visit::{Answer, Refusal, Visit, sent, shown};

/// The addresses of plan objects.
pub(super) fn routes() -> Router<Arc<House>> {
    let page = |answer| shown(Answer::Desk(answer));
    let form = |answer| sent(Answer::Desk(answer));
    Router::new()
        .route("/plan", page(list::overview))
        .route("/plan/{kind}", page(list::page).merge(form(write::add)))
        .route("/plan/{kind}/new", page(write::new))
        .route("/plan/{kind}/{code}", page(object::page).merge(form(write::save)))
        .route("/plan/{kind}/{code}/step", form(write::step))
        .route("/plan/{kind}/{code}/attach", form(files::attach))
        .route("/plan/{kind}/{code}/detach", form(files::detach))
        .route("/plan/{kind}/{code}/history", page(object::history))
        .route("/plan/{kind}/{code}/count", page(count::page))
        .route("/attachments/{hash}", page(files::download))
}

/// Something that is wrong: the field of the form, which may be empty, and a sentence.
type Fault = (String, String);

/// The kind of the address.
fn kind(visit: &Visit<'_>) -> Result<&'static PlanKind, Refusal> {
    let code = visit.parts.first().map_or("", String::as_str);
    PlanKind::all().iter().find(|kind| kind.code == code).ok_or(Refusal::NotFound)
}

/// The object of the address, where the guest may see it.
fn object(visit: &Visit<'_>) -> Result<PlanObject, Refusal> {
    let kind = kind(visit)?;
    let code = visit.parts.get(1).map_or("", String::as_str);
    let object = visit.house.store.read(|ledger| ledger.plan_object(kind, code, None))?;
    let object = object.ok_or(Refusal::NotFound)?;
    if may(visit, Right::Read, &object) { Ok(object) } else { Err(Refusal::Forbidden(Right::Read)) }
}

/// The object above that a form or an address names, where the guest may see it.
fn above(visit: &Visit<'_>, written: &str) -> Result<PlanObject, Refusal> {
    let named: PlanRef = written.parse().map_err(|_| Refusal::NotFound)?;
    let kind = PlanKind::named(&named.kind).ok_or(Refusal::NotFound)?;
    let object = visit.house.store.read(|ledger| ledger.plan_object(kind, &named.code, None))?;
    let object = object.ok_or(Refusal::NotFound)?;
    if may(visit, Right::Read, &object) { Ok(object) } else { Err(Refusal::Forbidden(Right::Read)) }
}

/// Whether the guest has a right over an object; who plans may do what clerks may.
pub(in super::super) fn may(visit: &Visit<'_>, right: Right, object: &PlanObject) -> bool {
    let holds = |right| visit.guest.may(right, &object.region, object.department.as_deref());
    holds(right) || right == Right::Fill && holds(Right::Plan)
}

/// What an error says beside a form, and which field it is about; other errors are no matter of the form.
fn worded(error: LedgerError, kind: &PlanKind) -> Result<Fault, Refusal> {
    let field = match &error {
        LedgerError::Invalid { field, .. } => match (*field, kind.field(field)) {
            (_, Some(known)) => format!("field-{}", known.code),
            ("意见", None) => "comment".to_owned(),
            ("代码", None) => "code".to_owned(),
            ("附件", None) => "attachments".to_owned(),
            _ => String::new(),
        },
        LedgerError::FieldDenied { .. } => return Err(Refusal::Forbidden(Right::Plan)),
        LedgerError::NoStep { .. } | LedgerError::OwnStep { .. } => {
            return Ok(("step".to_owned(), error.to_string()));
        }
        _ => String::new(),
    };
    Ok((field, super::rounds::worded(error)?))
}

/// A page with the status that its faults ask for.
fn told(page: String, conflict: bool, faults: bool) -> Reply {
    let status = match (conflict, faults) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, false) => StatusCode::OK,
    };
    Reply::page(page).status(status)
}
