//! The desk: where people sign in, file and check figures, and keep forms and accounts.

mod accounts;
mod departments;
mod duty;
mod forms;
mod history;
mod home;
pub(super) mod plan;
mod rounds;
mod sign_in;
mod workbook;

use std::sync::Arc;

use axum::Router;
use ledger::{Ledger, LedgerError};
use publication::html::Address;
use publication::html::desk::Names;
use terms::NATION;

pub(super) use plan::{attached, may, moves};

use super::house::House;
use super::reply::Reply;
use super::visit::{Answer, Refusal, Visit, sent, shown};
use crate::entered;

/// The addresses of the desk.
pub(super) fn routes() -> Router<Arc<House>> {
    let page = |answer| shown(Answer::Desk(answer));
    let form = |answer| sent(Answer::Desk(answer));
    Router::new()
        .route(
            "/login",
            shown(Answer::Everybody(sign_in::page))
                .merge(sent(Answer::Everybody(sign_in::sign_in))),
        )
        .route("/logout", sent(Answer::Everybody(sign_in::sign_out)))
        .route("/account", shown(Answer::Own(sign_in::account)))
        .route("/account/password", sent(Answer::Own(sign_in::change_password)))
        .route("/desk", page(home::page))
        .route("/rounds", page(rounds::list).merge(form(rounds::open)))
        .route("/rounds/new", page(rounds::new))
        .route("/rounds/{code}", page(rounds::page))
        .route("/rounds/{code}/lock", form(rounds::lock))
        .route("/rounds/{code}/bulletin.json", page(rounds::bulletin))
        .route("/rounds/{code}/reminders.zip", page(rounds::reminders))
        .route("/duties/{number}", page(duty::page).merge(form(duty::act)))
        .route("/duties/{number}/extend", form(rounds::extend))
        .route("/duties/{number}/history", page(duty::history))
        .route("/duties/{number}/form.xlsx", page(workbook::download))
        .route("/duties/{number}/upload", form(workbook::upload))
        .route("/forms", page(forms::list).merge(form(forms::save)))
        .route("/forms/new", page(forms::new))
        .route("/forms/{code}", page(forms::page))
        .route("/accounts", page(accounts::list).merge(form(accounts::add)))
        .route("/accounts/new", page(accounts::new))
        .route("/accounts/{login}", page(accounts::page).merge(form(accounts::save)))
        .route("/accounts/{login}/reset", form(accounts::reset))
        .route("/departments", page(departments::list).merge(form(departments::save)))
        .route("/history", page(history::page))
        .merge(plan::routes())
}

/// Names of regions that are no bundled divisions.
pub(super) fn regions(visit: &Visit<'_>) -> Result<Names, Refusal> {
    let mut names: Names = [(NATION.to_owned(), "全国".to_owned())].into_iter().collect();
    // Of several names the latest is used: they come by code and first day.
    let own = visit.house.store.read(Ledger::own_regions)?;
    names.extend(own.into_iter().map(|own| (own.code, own.name)));
    Ok(names)
}

/// Names of departments.
pub(super) fn departments(visit: &Visit<'_>) -> Result<Names, Refusal> {
    let known = visit.house.store.read(|ledger| ledger.departments())?;
    Ok(known.into_iter().map(|known| (known.code, known.name)).collect())
}

/// Names of persons by login.
pub(super) fn people(visit: &Visit<'_>) -> Result<Names, Refusal> {
    Ok(visit.house.store.read(|ledger| ledger.names())?.into_iter().collect())
}

/// The code of a region that a code or a name means, of the table of divisions or of the ledger's own.
fn region_of(visit: &Visit<'_>, written: &str) -> Result<String, String> {
    let found = visit
        .house
        .store
        .read(|ledger| Ok::<_, LedgerError>(entered::region(written, Some(ledger))));
    found.map_err(|error| error.to_string())?
}

/// Leads to an address after something was done, in the language of the view.
pub(super) fn done(visit: &Visit<'_>, address: Address) -> Reply {
    let language = visit.view.language;
    let other = language != publication::html::Language::default();
    let address = address.with_some("lang", other.then(|| language.as_str()));
    Reply::see(&address.to_string())
}
