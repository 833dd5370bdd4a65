//! Departments.

use axum::http::StatusCode;
use publication::html::Address;
use publication::html::desk::{self, DepartmentsPage, Trouble, TypedDepartment};
use terms::{Department, Right};

use super::super::reply::Reply;
use super::super::visit::{Refusal, Visit};
use super::rounds::worded;

/// All departments, and one to be added or changed.
pub(super) fn list(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let known = visit.house.store.read(|ledger| ledger.departments())?;
    let edited = visit.asked.get("edit").and_then(|code| known.iter().find(|d| d.code == code));
    let empty = TypedDepartment { active: true, ..TypedDepartment::default() };
    let typed = edited.map_or(empty, TypedDepartment::of);
    show(visit, &typed, edited.is_some(), None)
}

fn show(
    visit: &Visit<'_>,
    typed: &TypedDepartment,
    known: bool,
    fault: Option<Trouble<'_>>,
) -> Result<Reply, Refusal> {
    visit.demand(Right::Administer)?;
    let departments = visit.house.store.read(|ledger| ledger.departments())?;
    let saved = fault.is_none() && visit.asked.get("done").is_some();
    let page = DepartmentsPage {
        departments: &departments,
        regions: &super::regions(visit)?,
        known,
        typed,
        saved,
        fault,
    };
    let reply = Reply::page(desk::departments(visit.view, &page));
    Ok(if fault.is_some() { reply.status(StatusCode::UNPROCESSABLE_ENTITY) } else { reply })
}

/// Adds or changes a department.
pub(super) fn save(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Administer)?;
    let text = |name| visit.sent.text(name).to_owned();
    let typed = TypedDepartment {
        code: text("code"),
        name: text("name"),
        region: text("region"),
        email: text("email"),
        active: visit.sent.text("active") == "1",
    };
    let known = visit.sent.text("known") == "1";
    let refused =
        |field: &str, sentence: &str| show(visit, &typed, known, Some(Trouble { field, sentence }));
    let region = match super::region_of(visit, &typed.region) {
        Ok(region) => region,
        Err(sentence) => return refused("region", &sentence),
    };
    let TypedDepartment { code, name, email, active, .. } = typed.clone();
    let department = Department { code, name, region, email, active };
    let there = visit.house.store.read(|ledger| ledger.departments())?;
    if !known && there.iter().any(|there| there.code == department.code) {
        return refused("code", "此代码的部门已存在（新部门应用新的代码）");
    }
    let entry = visit.entry("维护部门");
    match visit.house.store.write(|ledger| ledger.put_department(&department, &entry)) {
        Ok(_) => Ok(super::done(visit, Address::new("/departments").with("done", "1"))),
        Err(error) => refused("", &worded(error)?),
    }
}
