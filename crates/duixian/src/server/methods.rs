//! Pages of methods: a form is read, the method is asked as the command line asks it, and the answer stands below.

mod roof;
mod table;
mod typed;

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use publication::html::desk::Trouble;
use publication::html::{self, CalculatedTable, Calculator, CalculatorPage, Language};
use terms::Right;

use self::typed::Typed;
use super::house::House;
use super::reply::Reply;
use super::visit::{Answer as Answered, Refusal, Visit, sent, shown};
use crate::calculate::{self, Answer, Refused};
use crate::error::Failure;

/// The addresses of methods.
pub(super) fn routes() -> Router<Arc<House>> {
    let page = |answer| shown(Answered::Desk(answer));
    let form = |answer| shown(Answered::Desk(answer)).merge(sent(Answered::Desk(answer)));
    Router::new()
        .route("/methods", page(list))
        .route(Calculator::Air.path(), page(air))
        .route(Calculator::Solar.path(), page(solar))
        .route(Calculator::PriceIndex.path(), form(price_index))
        .route(Calculator::Lmdi.path(), form(lmdi))
        .route(Calculator::Coal.path(), form(coal))
        .route(Calculator::Water.path(), form(water))
}

/// The list of all methods.
fn list(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    Ok(Reply::page(html::methods(visit.view)))
}

/// The index of the air.
fn air(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    got(visit, Calculator::Air, |typed| Ok(vec![calculate::air::answer(&typed.air()?)?]))
}

/// A price index.
fn price_index(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    posted(visit, Calculator::PriceIndex, |typed, table| {
        let asked = typed.price()?;
        let told = calculate::price::answer(table::NAME.as_ref(), table, &asked);
        let crate::cli::regional::Answer { heading, grid, closing, json, .. } =
            told.map_err(in_table)?;
        Ok(vec![Answer { heading, grid, closing, json }])
    })
}

/// What changed the use of energy.
fn lmdi(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    posted(visit, Calculator::Lmdi, |typed, table| {
        let places = typed.places()?;
        let answer = calculate::lmdi::answer(table::NAME.as_ref(), table, places);
        Ok(vec![answer.map_err(in_table)?])
    })
}

/// Energy in standard coal.
fn coal(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    posted(visit, Calculator::Coal, |typed, table| {
        let basis = typed.basis()?;
        let answer = calculate::coal::answer(table::NAME.as_ref(), table, basis);
        Ok(vec![answer.map_err(in_table)?])
    })
}

/// Classes of surface water.
fn water(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    posted(visit, Calculator::Water, |_, table| {
        let answer = calculate::water::answer(table::NAME.as_ref(), table);
        Ok(vec![answer.map_err(in_table)?])
    })
}

/// Where the sun is, and what a roof makes in a year.
fn solar(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    got(visit, Calculator::Solar, roof::answers)
}

/// Without a single input to blame it is the table.
fn in_table(failure: Failure) -> Refused {
    Refused { field: "table", said: failure.to_string() }
}

/// A form whose address holds all of it.
fn got(
    visit: &Visit<'_>,
    calculator: Calculator,
    compute: impl FnOnce(&Typed<'_>) -> Result<Vec<Answer>, Refused>,
) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    if visit.asked.has_empty() {
        // A form sends its empty fields too; the address that is kept has only what was told.
        let language = visit.asked.language().filter(|language| *language != Language::default());
        let here = visit.view.here.clone();
        let here = here.with_some("lang", language.map(Language::as_str));
        return Ok(Reply::see(&here.to_string()));
    }
    let fields = visit.asked.pairs();
    let asked = fields.iter().any(|(name, value)| name != "lang" && !value.is_empty());
    let outcome = if asked { Some(compute(&Typed(fields))) } else { None };
    Ok(page(visit, calculator, fields, outcome))
}

/// A form with a table, which is posted; got, it is empty.
fn posted(
    visit: &Visit<'_>,
    calculator: Calculator,
    compute: impl FnOnce(&Typed<'_>, &[u8]) -> Result<Vec<Answer>, Refused>,
) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let fields = visit.sent.fields();
    if fields.is_empty() && visit.sent.file.is_none() {
        return Ok(page(visit, calculator, fields, None));
    }
    let outcome = table::bytes(visit.sent).and_then(|table| compute(&Typed(fields), &table));
    Ok(page(visit, calculator, fields, Some(outcome)).private())
}

fn page(
    visit: &Visit<'_>,
    calculator: Calculator,
    typed: &[(String, String)],
    outcome: Option<Result<Vec<Answer>, Refused>>,
) -> Reply {
    let (answers, refused) = match outcome {
        None => (Vec::new(), None),
        Some(Ok(answers)) => (answers, None),
        Some(Err(refused)) => (Vec::new(), Some(refused)),
    };
    let tables = answers.into_iter().map(|Answer { heading, grid, closing, .. }| CalculatedTable {
        heading,
        grid,
        closing,
    });
    let answers: Vec<CalculatedTable> = tables.collect();
    let trouble = refused.as_ref().map(|Refused { field, said }| Trouble { field, sentence: said });
    let troubles: Vec<Trouble<'_>> = trouble.into_iter().collect();
    let page = CalculatorPage { calculator, typed, troubles: &troubles, answers: &answers };
    let reply = Reply::page(html::calculator(visit.view, &page));
    if troubles.is_empty() { reply } else { reply.status(StatusCode::UNPROCESSABLE_ENTITY) }
}
