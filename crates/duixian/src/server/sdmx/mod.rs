//! Figures and structures for statistical programs: the web service of SDMX, versions 2.1 (REST 1.x) and 3.0 (REST 2.x).

mod accept;
mod data;
mod fault;
mod filter;
mod key;
mod known;
mod moment;
mod question;
mod structures;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{ConnectInfo, RawPathParams, Request, State};
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, VARY};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use axum::routing::{MethodRouter, any};
use ledger::Ledger;
use publication::sdmx::error::{self, Failure};
use publication::sdmx::{FLOW, Header, STRUCTURE, Version};
use terms::Scope;

use self::accept::Accept;
use self::question::Pairs;
use self::structures::{agencies, is_named, is_version};
use super::data as door;
use super::gate::Guest;
use super::house::House;
use super::reply::Reply;
use crate::clock;

/// The addresses of the service.
pub(super) fn routes() -> Router<Arc<House>> {
    let old = |state, place, params, request| served(Version::V21, state, place, params, request);
    let new = |state, place, params, request| served(Version::V30, state, place, params, request);
    let all = |router: Router<Arc<House>>, root: &str, answer: MethodRouter<Arc<House>>| {
        let paths = [root.to_owned(), format!("{root}/"), format!("{root}/{{*rest}}")];
        paths.iter().fold(router, |router, path| router.route(path, answer.clone()))
    };
    let router = all(Router::new(), "/sdmx/2.1", any(old));
    all(router, "/sdmx/3.0", any(new))
}

/// A question, with what is needed to answer it.
struct Call<'a> {
    version: Version,
    house: &'a House,
    guest: &'a Guest,
    accept: &'a Accept,
    pairs: Pairs,
    purpose: Purpose,
}

/// What a question is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// Figures or structures.
    Plain,
    /// What there are figures of.
    Availability,
    /// What figures have to keep to.
    Schema,
}

/// An answer with its format.
struct Answer {
    bytes: Vec<u8>,
    media_type: String,
}

impl Call<'_> {
    /// Reads from the ledger.
    fn read<T>(&self, read: impl FnOnce(&Ledger) -> Result<T, Failure>) -> Result<T, Failure> {
        struct Unread(Failure);
        impl From<ledger::LedgerError> for Unread {
            fn from(error: ledger::LedgerError) -> Self {
                Unread(fault::ledger(&error))
            }
        }
        self.house.store.read(|ledger| read(ledger).map_err(Unread)).map_err(|Unread(why)| why)
    }
}

/// Answers on a thread that may block, since answers are made of files.
async fn served(
    version: Version,
    State(house): State<Arc<House>>,
    ConnectInfo(place): ConnectInfo<SocketAddr>,
    params: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    // A path that is no text names nothing.
    let path = params.map_or_else(
        |_| "\u{fffd}".to_owned(),
        |params| params.iter().next().map_or_else(String::new, |(_, rest)| rest.to_owned()),
    );
    let (parts, _) = request.into_parts();
    let (method, uri, headers) = (parts.method, parts.uri, parts.headers);
    let asked = headers.clone();
    let reply = tokio::task::spawn_blocking(move || {
        let pairs = Pairs::of(&uri);
        let format = pairs.as_ref().ok().and_then(|pairs| pairs.get("format"));
        let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let accept = Accept::new(header(&ACCEPT), format, header(&ACCEPT_LANGUAGE));
        let reply = match method {
            Method::OPTIONS => return door::options(&house, &headers),
            Method::GET | Method::HEAD => {
                let asker = (&method, &headers, place.ip());
                reply(version, &house, asker, (&path, pairs, &accept))
            }
            other => {
                let failure = fault::not_implemented(other.as_str());
                door::wrong_method(failed(&failure, version, &accept))
            }
        };
        door::leaving(&house, &headers, reply.header(VARY, "Accept, Accept-Language"))
    });
    let failed = |_| Reply::fault(StatusCode::INTERNAL_SERVER_ERROR, String::new());
    reply.await.unwrap_or_else(failed).send(&asked)
}

fn reply(
    version: Version,
    house: &House,
    (method, headers, place): (&Method, &HeaderMap, IpAddr),
    (path, pairs, accept): (&str, Result<Pairs, Failure>, &Accept),
) -> Reply {
    let guest = match door::admit(house, (method, headers), place, Some(Scope::Figures)) {
        Ok(guest) => guest,
        Err(kept) => return kept.headed(failed(&fault::kept(&kept), version, accept)),
    };
    let answer = pairs.and_then(|pairs| {
        let call = Call { version, house, guest: &guest, accept, pairs, purpose: Purpose::Plain };
        answer(call, path)
    });
    match answer {
        Ok(answer) => Reply::file(answer.bytes, &answer.media_type),
        Err(failure) => failed(&failure, version, accept),
    }
}

fn failed(failure: &Failure, version: Version, accept: &Accept) -> Reply {
    let reply = if accept.wants_json() {
        let header = Header { id: "ERROR".to_owned(), prepared: clock::now() };
        let bytes = error::write_json(failure, &header, version, accept.language());
        Reply::file(bytes, "application/json")
    } else {
        Reply::file(error::write_xml(failure, version), "application/xml")
    };
    let status = StatusCode::from_u16(failure.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    reply.status(status)
}

/// Finds what a path asks for.
fn answer(mut call: Call<'_>, path: &str) -> Result<Answer, Failure> {
    let mut parts: Vec<&str> = path.split('/').collect();
    // An address may end with a stroke.
    while parts.last().is_some_and(|last| last.is_empty()) {
        parts.pop();
    }
    let (resource, rest) = parts.split_first().map_or(("", &[][..]), |(one, rest)| (*one, rest));
    match (call.version, resource) {
        (Version::V21, "data") => data::answer(&call, old_flow(rest)?),
        (Version::V30, "data") => data::answer(&call, new_flow(rest)?),
        (Version::V21, "availableconstraint") => {
            call.purpose = Purpose::Availability;
            structures::availability(&call, old_flow(rest)?, rest.get(3).copied())
        }
        (Version::V30, "availability") => {
            call.purpose = Purpose::Availability;
            structures::availability(&call, new_flow(rest)?, rest.get(5).copied())
        }
        (Version::V30, "structure") => {
            let kind = rest.first().copied().unwrap_or("*");
            structures::answer(&call, kind, rest.get(1..).unwrap_or_default())
        }
        (Version::V21, kind) if structures::is_kind(kind) => structures::answer(&call, kind, rest),
        // What figures of a flow have to keep to, as structures; there are no files of schemas.
        (_, "schema") => {
            let kind = rest.first().copied().unwrap_or("*");
            call.purpose = Purpose::Schema;
            structures::answer(&call, kind, rest.get(1..).unwrap_or_default())
        }
        (_, "metadata" | "registration") => Err(fault::not_implemented(resource)),
        (Version::V21, other) => {
            let expected = "data | availableconstraint | dataflow | datastructure | codelist | \
                            conceptscheme | contentconstraint | agencyscheme";
            Err(fault::no_such("资源", other, expected))
        }
        (Version::V30, other) => {
            Err(fault::no_such("资源", other, "data | availability | structure"))
        }
    }
}

/// Makes sure that a path of the older version names our dataflow; gives its key.
fn old_flow<'a>(path: &[&'a str]) -> Result<&'a str, Failure> {
    let flow = path.first().copied().unwrap_or_default();
    let parts: Vec<&str> = flow.split(',').collect();
    let (agency, id, version) = match parts[..] {
        [id] => ("all", id, "latest"),
        [agency, id] => (agency, id, "latest"),
        [agency, id, version] => (agency, id, version),
        _ => return Err(fault::syntax("flowRef", flow, FLOW)),
    };
    named(agency, id, version, FLOW)?;
    // Figures come from one house, whatever provider is named.
    Ok(path.get(1).copied().unwrap_or("all"))
}

/// Makes sure that a path of the newer version names our dataflow, or its structure; gives its key.
fn new_flow<'a>(path: &[&'a str]) -> Result<&'a str, Failure> {
    let part = |at: usize| path.get(at).copied().filter(|part| !part.is_empty()).unwrap_or("*");
    let [context, agency, id, version] = [part(0), part(1), part(2), part(3)];
    let expected = match context {
        "datastructure" => STRUCTURE,
        // Any context: what is meant is told by the id.
        "*" if is_named(id, STRUCTURE) => STRUCTURE,
        "*" | "dataflow" => FLOW,
        "provisionagreement" => return Err(fault::nothing()),
        other => {
            let expected = "dataflow | datastructure | *";
            return Err(fault::syntax("context", other, expected));
        }
    };
    named(agency, id, version, expected)?;
    Ok(part(4))
}

fn named(agency: &str, id: &str, version: &str, expected: &str) -> Result<(), Failure> {
    if !is_named(agency, publication::sdmx::AGENCY) {
        return Err(fault::no_such("机构", agency, &agencies()));
    }
    if !is_named(id, expected) {
        return Err(fault::no_such("数据流", id, expected));
    }
    if !is_version(version) {
        return Err(fault::no_such("版本", version, "1.0 | 1.0.0 | latest | +"));
    }
    Ok(())
}
