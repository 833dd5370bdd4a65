//! One project.

use std::sync::Arc;

use assessment::plan::{self, ProjectPolicy};
use publication::html::{self, ProjectPage};
use terms::{Deadline, PlanKind, PlanObject, Right};

use super::super::reply::Reply;
use super::super::stock::Stock;
use super::super::visit::{Refusal, Visit};
use super::{below, may, milestones, names, stock};

/// The page of a project.
pub(super) fn page(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let projects = stock(visit, "project")?;
    let object = projects.get(visit.id).ok_or(Refusal::NotFound)?;
    if !may(visit, Right::Read, object) {
        return Err(Refusal::Forbidden(Right::Read));
    }
    let today = visit.today()?;
    let kinds = PlanKind::all().iter().filter(|kind| kind.parents.contains(&"project"));
    let under: Vec<Arc<Stock>> =
        kinds.map(|kind| visit.house.store.plan(kind)).collect::<Result<_, _>>()?;
    let below = below(&under, object);
    let of = |kind: &'static str| below.iter().copied().filter(move |own| own.kind.code == kind);
    let dated = |own: &'_ PlanObject| plan::deadline(own);
    let changes: Vec<_> = of("change-order").map(|own| (own, plan::change(own))).collect();
    let land: Vec<&PlanObject> = of("land").collect();
    let milestones: Vec<(&PlanObject, Option<Deadline>)> =
        milestones(&below).into_iter().map(|own| (own, dated(own))).collect();
    let reference = object.reference().to_string();
    let known = stock(visit, "problem")?;
    let about = known.all().iter().filter(|own| own.value("about") == reference);
    let problems: Vec<(&PlanObject, Option<Deadline>)> =
        about.filter(|own| may(visit, Right::Read, own)).map(|own| (own, dated(own))).collect();
    let page = ProjectPage {
        today,
        object,
        deadline: plan::deadline(object),
        progress: &plan::progress(object, &below, today, &ProjectPolicy::default()),
        milestones: &milestones,
        funding: &plan::funding(below.iter().copied()),
        land: &land,
        changes: &changes,
        problems: &problems,
        names: &names::of(visit, problems.iter().map(|(own, _)| *own))?,
        may_edit: may(visit, Right::Fill, object),
    };
    Ok(Reply::page(html::project(visit.view, &page)))
}
