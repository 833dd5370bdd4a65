//! The open data interface: `/api/v1/…`, its description `/api/openapi.json`, and the page about it.

mod catalogue;
mod dcat;
mod endpoint;
mod figures;
mod negotiation;
mod office;
mod openapi;
mod page;
mod parameter;
mod plan;
mod problem;
mod texts;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{HOST, LINK, VARY};
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;
use axum::routing::any;
use publication::html::Address;
use publication::standing;

use super::ask::Asked;
use super::data;
use super::house::House;
use super::reply::Reply;
use super::visit::{Answer, shown};
use crate::clock;
use endpoint::{Call, Endpoint, Format, Found, Rows};
use parameter::Values;
use problem::Problem;

/// Everything that may be asked for.
fn endpoints() -> impl Iterator<Item = &'static Endpoint> {
    [catalogue::ENDPOINTS, figures::ENDPOINTS, texts::ENDPOINTS, plan::ENDPOINTS, office::ENDPOINTS]
        .into_iter()
        .flatten()
}

/// The addresses of the interface.
pub(super) fn routes() -> Router<Arc<House>> {
    Router::new()
        .route("/api", shown(Answer::Everybody(page::page)))
        .route("/api/openapi.json", any(answered))
        .route("/api/v1", any(answered))
        .route("/api/v1/", any(answered))
        .route("/api/v1/{*rest}", any(answered))
}

/// Answers on a thread that may block.
async fn answered(
    State(house): State<Arc<House>>,
    ConnectInfo(place): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let (method, uri, headers) = (parts.method, parts.uri, parts.headers);
    let asked = headers.clone();
    let reply = tokio::task::spawn_blocking(move || {
        let reply = match method {
            Method::OPTIONS => return data::options(&house, &headers),
            Method::GET | Method::HEAD => found(&house, (&method, &uri, &headers), place)
                .unwrap_or_else(|problem| problem.reply(&headers)),
            other => data::wrong_method(Problem::method(other.as_str()).reply(&headers)),
        };
        data::leaving(&house, &headers, reply)
    });
    match reply.await {
        Ok(reply) => reply.send(&asked),
        Err(_) => Problem::failure("服务内部错误 (internal error)").reply(&asked).send(&asked),
    }
}

/// Finds what is asked for.
fn found(
    house: &House,
    (method, uri, headers): (&Method, &Uri, &HeaderMap),
    place: SocketAddr,
) -> Result<Reply, Problem> {
    let admit = |scope| data::admit(house, (method, headers), place.ip(), scope);
    let path = uri.path().trim_end_matches('/');
    let fitting = endpoints().filter_map(|known| Some((known, known.parts(path)?)));
    let fitting = fitting.min_by_key(|(known, _)| known.variables());
    let Some((endpoint, parts)) = fitting else {
        admit(None)?;
        return match path {
            openapi::PATH => openapi::reply(house),
            _ => Err(Problem::nowhere(uri.path())),
        };
    };
    let guest = admit(endpoint.scope)?;
    let values = Values::read(endpoint, &parts, Asked::new(uri).pairs())?;
    let format = negotiation::format(endpoint, values.one("format"), headers)?;
    let today = house.day.or_else(clock::today);
    let today = today.ok_or_else(|| Problem::failure("本机时钟有误 (no clock)"))?;
    let base = base(house, headers);
    let call = Call { house, guest: &guest, values: &values, today, format, base: &base };
    let found = (endpoint.answer)(&call)?;
    written(endpoint, &call, found, path).map(|reply| reply.header(VARY, "Accept"))
}

/// Writes what was found in the format that is asked for.
fn written(
    endpoint: &Endpoint,
    call: &Call<'_>,
    found: Found,
    path: &str,
) -> Result<Reply, Problem> {
    let file = |bytes, format: Format| {
        let name = format!("duixian-{}.{}", endpoint.name, format.as_str());
        let charset = if format == Format::Csv { "; charset=utf-8" } else { "" };
        Reply::attachment(bytes, &format!("{}{charset}", format.media()), &name)
    };
    let failed = |error: &dyn std::fmt::Display| Problem::failure(&error.to_string());
    match found {
        Found::One(bytes) => Ok(Reply::file(bytes, call.format.media())),
        Found::Standings(found) if call.format == Format::Csv => {
            let mut bytes = Vec::new();
            standing::csv(&mut bytes, &found).map_err(|error| failed(&error))?;
            Ok(file(bytes, Format::Csv))
        }
        Found::Standings(found) => {
            let report = standing::Report::from(&*found);
            let bytes = serde_json::to_vec(&report).map_err(|error| failed(&error))?;
            Ok(Reply::file(bytes, Format::Json.media()))
        }
        Found::List { rows, more } => {
            let next = more.then(|| next(endpoint, call, path, rows.count()));
            let reply = match call.format {
                Format::Csv => file(rows.csv()?, Format::Csv),
                Format::Parquet => file(rows.parquet()?, Format::Parquet),
                Format::Json | Format::JsonLd => {
                    let bytes = list(call, &*rows, next.as_deref())?;
                    Reply::file(bytes, Format::Json.media())
                }
            };
            Ok(match next {
                Some(next) => reply.header(LINK, format!("<{next}>; rel=\"next\"")),
                None => reply,
            })
        }
    }
}

/// A page of a list as JSON; the records stand last, with their fields in the order in which they are described.
fn list(call: &Call<'_>, rows: &dyn Rows, next: Option<&str>) -> Result<Vec<u8>, Problem> {
    let (as_of, offset, count) = (call.as_of(), call.window().0, rows.count());
    let next = serde_json::json!(next);
    let mut bytes =
        format!(r#"{{"as_of":"{as_of}","offset":{offset},"count":{count},"next":{next},"data":"#)
            .into_bytes();
    bytes.extend(rows.json()?);
    bytes.push(b'}');
    Ok(bytes)
}

/// The address of the records that come next. It names the day as of which it was asked, so that what becomes known
/// meanwhile shifts nothing.
fn next(endpoint: &Endpoint, call: &Call<'_>, path: &str, count: usize) -> String {
    let (offset, _) = call.window();
    let mut address = Address::new(path);
    for parameter in endpoint.parameters().filter(|known| known.place == parameter::Place::Query) {
        let given = call.values.many(parameter.name);
        let value = match parameter.name {
            "offset" => (offset + count).to_string(),
            "as_of" => call.as_of().to_string(),
            "format" if call.format != Format::Json => call.format.as_str().to_owned(),
            _ if given.is_empty() => continue,
            _ => given.join(","),
        };
        address = address.with(parameter.name, value);
    }
    address.to_string()
}

/// Where this server is, as the request says; empty where it says nothing that could be an address.
fn base(house: &House, headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
    if host.is_empty() || !host.bytes().all(plain) {
        return String::new();
    }
    format!("{}://{host}", if house.https { "https" } else { "http" })
}
