//! The addresses of the server and what stands behind them.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use publication::html::{self, Language, Selection, Theme};
use publication::{csv, jsonl};
use terms::{Assessment, DocumentAssessment, Statement};

use super::house::House;
use super::reply::Reply;
use super::sent::MOST;
use super::visit::{Answer, Refusal, Visit, answered, sent, shown};
use super::{
    api, ask, desk, documents, lists, methods, programmes, regions, reports, sdmx, search,
    standing, terms_page, today,
};

/// Every address of the server.
pub(super) fn router(house: Arc<House>) -> Router {
    let page = |answer| shown(Answer::Documents(answer));
    Router::new()
        .route("/", page(overview))
        .route("/statements", page(statements))
        .route("/statements.csv", page(statements_csv))
        .route("/statements.jsonl", page(statements_jsonl))
        .route("/statements/{id}", page(statement))
        .route("/documents", page(documents::list))
        .route("/documents/compare", page(documents::compare))
        .route("/documents/compare.csv", page(documents::compare_csv))
        .route("/documents/compare.json", page(documents::compare_json))
        .route("/documents/compare.xlsx", page(documents::compare_xlsx))
        .route("/documents/{id}", page(documents::one))
        .route("/documents/{id}/source", page(source))
        .route("/documents/{id}/repairs", page(repairs))
        .route("/documents/{id}/glossary", page(glossary))
        .route("/indicators", shown(Answer::Desk(standing::list)))
        .route("/indicators/{code}", shown(Answer::Desk(standing::one)))
        .route("/regions", shown(Answer::Desk(regions::list)))
        .route("/regions.csv", shown(Answer::Desk(regions::csv)))
        .route("/regions/{code}", shown(Answer::Desk(regions::one)))
        .route("/search", page(search::page))
        .route("/glossary", page(terms_page::page))
        .route("/reports", shown(Answer::Desk(reports::page)))
        .route("/reports/execution", shown(Answer::Desk(reports::execution)))
        .route("/reports/bulletin", shown(Answer::Desk(reports::bulletin)))
        .route("/reports/template", shown(Answer::Desk(reports::template)))
        .merge(methods::routes())
        .merge(desk::routes())
        .merge(api::routes())
        .merge(lists::routes())
        .merge(programmes::routes())
        .merge(sdmx::routes())
        .route("/preferences", sent(Answer::Everybody(preferences)))
        .route("/assets/{name}", get(asset))
        .route("/healthz", get(healthz))
        .fallback(|state, place, params, request| {
            answered(Answer::Desk(|_| Err(Refusal::NotFound)), state, place, params, request)
        })
        .layer(DefaultBodyLimit::max(MOST))
        .with_state(house)
}

/// The document that the query names; the latest where it names none.
fn named<'a>(
    visit: &Visit<'_>,
    assessment: &'a Assessment,
) -> Result<&'a DocumentAssessment, Refusal> {
    match visit.asked.get("doc") {
        Some(id) => by_id(assessment, id),
        None => assessment.documents.first().ok_or(Refusal::Empty),
    }
}

pub(super) fn by_id<'a>(
    assessment: &'a Assessment,
    id: &str,
) -> Result<&'a DocumentAssessment, Refusal> {
    assessment.documents.iter().find(|document| document.document.id == id).ok_or(Refusal::NotFound)
}

fn overview(visit: &Visit<'_>, assessment: &Assessment) -> Result<Reply, Refusal> {
    if today::is_asked(visit)? {
        return today::page(visit, assessment);
    }
    let document = named(visit, assessment)?;
    let order = visit.asked.order()?;
    Ok(Reply::page(html::overview(assessment, document, order, visit.view)))
}

fn statements(visit: &Visit<'_>, assessment: &Assessment) -> Result<Reply, Refusal> {
    let document = named(visit, assessment)?;
    let query = visit.asked.query()?;
    if visit.asked.has_empty() {
        // A form sends its empty fields too; the address that is kept has only what was asked.
        let language = visit.asked.language().filter(|language| *language != Language::default());
        let address =
            html::statements_address(&query).with_some("lang", language.map(Language::as_str));
        return Ok(Reply::see(&address.to_string()));
    }
    let found = assessment::select(document, &query);
    let selection = Selection { query: &query, found: &found, page: 1 };
    let selection = Selection { page: visit.asked.page(selection.pages())?, ..selection };
    Ok(Reply::page(html::statements(assessment, document, selection, visit.view)))
}

/// The statements that the query asks for, as bytes that `write` makes of them.
fn selected(
    visit: &Visit<'_>,
    assessment: &Assessment,
    write: fn(&mut Vec<u8>, &[&Statement]) -> std::io::Result<()>,
) -> Result<(Vec<u8>, String), Refusal> {
    let document = named(visit, assessment)?;
    let query = visit.asked.query()?;
    let found = assessment::select(document, &query);
    let statements: Vec<_> = found.into_iter().map(|assessed| &assessed.statement).collect();
    let mut bytes = Vec::new();
    write(&mut bytes, &statements).map_err(|error| Refusal::Failed(error.to_string()))?;
    Ok((bytes, format!("duixian-{}", document.document.id)))
}

fn statements_csv(visit: &Visit<'_>, assessment: &Assessment) -> Result<Reply, Refusal> {
    let write = |out: &mut Vec<u8>, found: &[&Statement]| csv::write(out, found.iter().copied());
    let (bytes, name) = selected(visit, assessment, write)?;
    Ok(Reply::attachment(bytes, "text/csv; charset=utf-8", &format!("{name}.csv")))
}

fn statements_jsonl(visit: &Visit<'_>, assessment: &Assessment) -> Result<Reply, Refusal> {
    let write = |out: &mut Vec<u8>, found: &[&Statement]| jsonl::write(out, found.iter().copied());
    let (bytes, name) = selected(visit, assessment, write)?;
    Ok(Reply::attachment(bytes, "application/x-ndjson", &format!("{name}.jsonl")))
}

fn statement(visit: &Visit<'_>, assessment: &Assessment) -> Result<Reply, Refusal> {
    let places = assessment.documents.iter().flat_map(|document| {
        document
            .statements
            .iter()
            .enumerate()
            .map(move |(number, assessed)| (document, number, assessed))
    });
    let page =
        places.into_iter().find(|(.., assessed)| *assessed.statement.id == *visit.id).and_then(
            |(document, number, _)| html::statement(assessment, document, number, visit.view),
        );
    page.map(Reply::page).ok_or(Refusal::NotFound)
}

fn repairs(visit: &Visit<'_>, assessment: &Assessment) -> Result<Reply, Refusal> {
    let document = by_id(assessment, visit.id)?;
    Ok(Reply::page(html::repairs(assessment, document, visit.view)))
}

fn glossary(visit: &Visit<'_>, assessment: &Assessment) -> Result<Reply, Refusal> {
    let document = by_id(assessment, visit.id)?;
    Ok(Reply::page(html::glossary(assessment, document, visit.view)))
}

fn source(visit: &Visit<'_>, assessment: &Assessment) -> Result<Reply, Refusal> {
    let document = by_id(assessment, visit.id)?;
    let bytes = visit.house.store.read(|ledger| ledger.source(&document.document.id))?;
    Ok(Reply::attachment(bytes, "application/octet-stream", &document.document.name))
}

/// Remembers how the reader wants to look at pages, and leads back.
fn preferences(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let mut reply = Reply::see(ask::back(visit.sent.get("back")));
    if let Some(theme) = visit.sent.get("theme").and_then(Theme::parse) {
        reply = reply.remember("theme", theme.as_str());
    }
    match visit.sent.get("shortcuts") {
        Some("off") => reply = reply.remember("shortcuts", "off"),
        Some("on") => reply = reply.remember("shortcuts", "on"),
        _ => {}
    }
    Ok(reply)
}

async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    match html::asset(&name) {
        Some(asset) => Reply::file(asset.bytes.to_vec(), asset.media_type).send(&headers),
        None => Reply::fault(StatusCode::NOT_FOUND, String::new()).send(&headers),
    }
}

/// Says that the server answers.
async fn healthz() -> Response {
    Reply::file(b"ok\n".to_vec(), "text/plain; charset=utf-8").send(&HeaderMap::new())
}
