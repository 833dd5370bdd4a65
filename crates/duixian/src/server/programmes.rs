//! Programmes of solar roofs, as they were planned and kept.

use std::sync::Arc;

use axum::Router;
use ledger::Ledger;
use publication::html::{self, ProgrammePage, ProgrammesPage};
use publication::programme::Planned;
use terms::{Programme, Right};

use super::house::House;
use super::lists;
use super::reply::Reply;
use super::visit::{Answer, Refusal, Visit, shown};
use crate::programme::adopt;

pub(super) fn routes() -> Router<Arc<House>> {
    Router::new()
        .route("/programmes", shown(Answer::Desk(list)))
        .route("/programmes/{code}", shown(Answer::Desk(one)))
        .route("/programmes/{code}/{file}", shown(Answer::Desk(file)))
}

fn list(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let mut found = visit.house.store.read(Ledger::programmes)?;
    found.retain(|programme| visit.guest.may(Right::Read, &programme.region, None));
    let found: Vec<(Programme, Result<Planned, String>)> = found
        .into_iter()
        .map(|programme| {
            let planned = Planned::read(&programme.answer);
            (programme, planned)
        })
        .collect();
    let page = ProgrammesPage { programmes: &found, names: &super::desk::regions(visit)? };
    Ok(Reply::page(html::programmes(visit.view, &page)))
}

fn one(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let programme = asked(visit, visit.id)?;
    let targets = lists::stock(visit, "target")?;
    let target = targets.get(&adopt::target_code(&programme.code));
    let (tasks, prefix) = (lists::stock(visit, "task")?, adopt::task_prefix(&programme.code));
    let own = tasks.all().iter().filter(|task| task.code.starts_with(&prefix)).count();
    let page = ProgrammePage {
        programme: &programme,
        planned: &Planned::read(&programme.answer),
        adopted: target.map(|target| (target.code.as_str(), own)),
        tasks: &prefix,
        names: &super::desk::regions(visit)?,
    };
    Ok(Reply::page(html::programme(visit.view, &page)))
}

/// What was put, byte for byte.
fn file(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let [code, name] = visit.parts else { return Err(Refusal::NotFound) };
    let Programme { table, table_name, answer, settings, .. } = asked(visit, code)?;
    Ok(match name.as_str() {
        "buildings" => Reply::attachment(table, terms::media_type(&table_name), &table_name),
        "answer.json" => {
            Reply::attachment(answer.into_bytes(), "application/json", &format!("{code}.json"))
        }
        "settings.toml" => {
            Reply::attachment(settings.into_bytes(), "application/toml", &format!("{code}.toml"))
        }
        _ => return Err(Refusal::NotFound),
    })
}

/// The programme of a code, where the guest may see it.
fn asked(visit: &Visit<'_>, code: &str) -> Result<Programme, Refusal> {
    let found = visit.house.store.read(|ledger| ledger.programme(code))?;
    let programme = found.ok_or(Refusal::NotFound)?;
    if visit.guest.may(Right::Read, &programme.region, None) {
        Ok(programme)
    } else {
        Err(Refusal::Forbidden(Right::Read))
    }
}
