//! The lists that everybody reads: tasks, projects and problems, and the page of one project.

mod asked;
mod course;
mod found;
pub(super) mod names;
mod photo;
mod problems;
mod project;
mod projects;
mod tasks;

use std::sync::Arc;

use axum::Router;
use publication::html::PlanListKind;
use terms::{PlanKind, PlanObject, Right};

pub(super) use course::{Told, course};

use super::house::House;
use super::reply::Reply;
use super::stock::Stock;
use super::visit::{Answer, Refusal, Visit, shown};

/// The addresses of the lists.
pub(super) fn routes() -> Router<Arc<House>> {
    let page = |answer| shown(Answer::Desk(answer));
    Router::new()
        .route("/tasks", page(tasks::page))
        .route("/tasks.csv", page(tasks::file))
        .route("/projects", page(projects::page))
        .route("/projects.csv", page(projects::file))
        .route("/projects/{code}", page(project::page))
        .route("/problems", page(problems::page))
        .route("/problems.csv", page(problems::file))
        .route("/attachments/{hash}/image", page(photo::image))
}

/// The objects of a kind by its code, as they were last read.
pub(super) fn stock(visit: &Visit<'_>, kind: &str) -> Result<Arc<Stock>, Refusal> {
    let kind = PlanKind::named(kind).ok_or(Refusal::NotFound)?;
    Ok(visit.house.store.plan(kind)?)
}

/// Whether the guest has a right over an object; who plans may do what clerks may.
fn may(visit: &Visit<'_>, right: Right, object: &PlanObject) -> bool {
    super::desk::may(visit, right, object)
}

/// What stands under an object, of one of these kinds.
fn below<'a>(kinds: &'a [Arc<Stock>], object: &PlanObject) -> Vec<&'a PlanObject> {
    let parent = object.reference();
    kinds.iter().flat_map(|kept| kept.below(&parent)).collect()
}

/// The milestones among objects, by day.
fn milestones<'a>(below: &[&'a PlanObject]) -> Vec<&'a PlanObject> {
    let mut own: Vec<&PlanObject> =
        below.iter().copied().filter(|own| own.kind.code == "milestone").collect();
    own.sort_by(|one, other| one.value("due").cmp(other.value("due")));
    own
}

/// A list as a file that spreadsheet programs open.
fn sent(
    list: PlanListKind,
    write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>,
) -> Result<Reply, Refusal> {
    let mut bytes = Vec::new();
    write(&mut bytes).map_err(|error| Refusal::Failed(error.to_string()))?;
    let name = format!("duixian-{}s.csv", list.kind());
    Ok(Reply::attachment(bytes, "text/csv; charset=utf-8", &name))
}
