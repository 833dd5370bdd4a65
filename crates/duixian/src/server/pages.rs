//! The addresses of the server and what stands behind them.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use ledger::LedgerError;
use publication::html::{self, Fault, Language, Selection, Theme, View};
use publication::{csv, jsonl};
use terms::{Assessment, DocumentAssessment, Statement};

use super::ask::{self, Asked};
use super::reply::Reply;
use super::store::Store;

/// Every address of the server.
pub(super) fn router(store: Arc<Store>) -> Router {
    Router::new()
        .route("/", page(overview))
        .route("/statements", page(statements))
        .route("/statements.csv", page(statements_csv))
        .route("/statements.jsonl", page(statements_jsonl))
        .route("/statements/{id}", page(statement))
        .route("/documents/{id}", page(document))
        .route("/documents/{id}/source", page(source))
        .route("/documents/{id}/repairs", page(repairs))
        .route("/documents/{id}/glossary", page(glossary))
        .route("/preferences", post(preferences))
        .route("/assets/{name}", get(asset))
        .route("/healthz", get(healthz))
        .fallback(|State(store): State<Arc<Store>>, request: Request| {
            answered(|_, _| Err(Refusal::NotFound), store, request)
        })
        .with_state(store)
}

/// What answers a request for a page.
type Answerer = fn(&Visit<'_>, &Assessment) -> Result<Reply, Refusal>;

/// The route of a page.
fn page(answer: Answerer) -> MethodRouter<Arc<Store>> {
    get(move |State(store): State<Arc<Store>>, request: Request| answered(answer, store, request))
}

/// Answers on a thread that may block, since pages are made of files.
async fn answered(answer: Answerer, store: Arc<Store>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let headers = parts.headers.clone();
    let reply =
        tokio::task::spawn_blocking(move || reply(answer, &store, &parts.uri, &parts.headers))
            .await;
    reply
        .unwrap_or_else(|_| Reply::fault(StatusCode::INTERNAL_SERVER_ERROR, String::new()))
        .send(&headers)
}

fn reply(answer: Answerer, store: &Store, uri: &Uri, headers: &HeaderMap) -> Reply {
    let asked = Asked::new(uri);
    let view = asked.view(headers, store.name());
    let id = uri.path().split('/').nth(2).unwrap_or("");
    let visit = Visit { asked: &asked, view: &view, store, id };
    let answer =
        store.snapshot().map_err(Refusal::from).and_then(|assessment| answer(&visit, &assessment));
    let reply = match answer {
        Ok(reply) => reply,
        Err(Refusal::Empty) => Reply::page(html::empty(&view)),
        Err(Refusal::NotFound) => Reply::fault(StatusCode::NOT_FOUND, html::not_found(&view)),
        Err(Refusal::Fault(fault)) => {
            Reply::fault(StatusCode::BAD_REQUEST, html::bad_request(&view, &fault))
        }
        Err(Refusal::Ledger(error)) => failed(&view, &error.to_string()),
        Err(Refusal::Failed(reason)) => failed(&view, &reason),
    };
    match asked.language() {
        Some(language) => reply.remember("lang", language.as_str()),
        None => reply,
    }
}

/// Why a page is not shown.
enum Refusal {
    /// The ledger holds nothing yet.
    Empty,
    NotFound,
    Fault(Fault),
    Ledger(LedgerError),
    Failed(String),
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Refusal::Fault(fault)
    }
}

impl From<LedgerError> for Refusal {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::UnknownDocument(_) => Refusal::NotFound,
            other => Refusal::Ledger(other),
        }
    }
}

/// One request for a page, with what is needed to answer it.
struct Visit<'a> {
    asked: &'a Asked,
    view: &'a View,
    store: &'a Store,
    /// The id in the path.
    id: &'a str,
}

impl Visit<'_> {
    /// The document that the query names; the latest where it names none.
    fn document<'a>(&self, assessment: &'a Assessment) -> Result<&'a DocumentAssessment, Refusal> {
        match self.asked.get("doc") {
            Some(id) => by_id(assessment, id),
            None => assessment.documents.first().ok_or(Refusal::Empty),
        }
    }
}

fn by_id<'a>(assessment: &'a Assessment, id: &str) -> Result<&'a DocumentAssessment, Refusal> {
    assessment.documents.iter().find(|document| document.document.id == id).ok_or(Refusal::NotFound)
}

fn failed(view: &View, reason: &str) -> Reply {
    Reply::fault(StatusCode::INTERNAL_SERVER_ERROR, html::failure(view, reason))
}

fn overview(visit: &Visit<'_>, assessment: &Assessment) -> Result<Reply, Refusal> {
    let document = visit.document(assessment)?;
    let order = visit.asked.order()?;
    Ok(Reply::page(html::overview(assessment, document, order, visit.view)))
}

fn statements(visit: &Visit<'_>, assessment: &Assessment) -> Result<Reply, Refusal> {
    let document = visit.document(assessment)?;
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
    let document = visit.document(assessment)?;
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

fn document(visit: &Visit<'_>, assessment: &Assessment) -> Result<Reply, Refusal> {
    let document = by_id(assessment, visit.id)?;
    Ok(Reply::page(html::document(assessment, document, visit.view)))
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
    let bytes = visit.store.source(&document.document.id)?;
    Ok(Reply::attachment(bytes, "application/octet-stream", &document.document.name))
}

/// Remembers how the reader wants to look at pages, and leads back.
async fn preferences(Form(chosen): Form<Vec<(String, String)>>) -> Response {
    let get = |name: &str| {
        chosen.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    };
    let mut reply = Reply::see(ask::back(get("back")));
    if let Some(theme) = get("theme").and_then(Theme::parse) {
        reply = reply.remember("theme", theme.as_str());
    }
    match get("shortcuts") {
        Some("off") => reply = reply.remember("shortcuts", "off"),
        Some("on") => reply = reply.remember("shortcuts", "on"),
        _ => {}
    }
    reply.send(&HeaderMap::new())
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
