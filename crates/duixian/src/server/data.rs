//! Who may read data: one door for all interfaces that programs use. Each tells a refusal in its own format.

use std::net::IpAddr;

use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ALLOW, ORIGIN, RETRY_AFTER, VARY,
    WWW_AUTHENTICATE,
};
use axum::http::{HeaderMap, Method, StatusCode};
use ledger::LedgerError;
use terms::Scope;

use super::gate::Guest;
use super::house::{Doors, House};
use super::pace::Caller;
use super::reply::Reply;
use super::visit::must_change;

/// What may be done at addresses of data.
const METHODS: &str = "GET, HEAD, OPTIONS";

/// Why data are not given.
#[derive(Debug)]
pub(super) enum Kept {
    /// The request names another machine than this one, where nobody signs in.
    Elsewhere,
    /// Nobody knows who asks.
    Nameless,
    /// The key opens nothing: it is unknown, withdrawn or past its last day.
    Unrecognised,
    /// The password of the account has to be changed first.
    Password,
    /// The key, or the account, does not open this kind of data.
    Scope(Scope),
    /// Too many requests; so many seconds are to be waited.
    Wait(u64),
    /// The ledger cannot be read.
    Ledger(LedgerError),
}

impl From<LedgerError> for Kept {
    fn from(error: LedgerError) -> Self {
        Kept::Ledger(error)
    }
}

/// Finds out who asks for data, and whether that is allowed: what needs no right is open even to whom nobody knows.
pub(super) fn admit(
    house: &House,
    (method, headers): (&Method, &HeaderMap),
    place: IpAddr,
    scope: Option<Scope>,
) -> Result<Guest, Kept> {
    let guest = Guest::of(house, headers)?;
    let caller = match &guest {
        Guest::Program(key) => Caller::Key(key.name.clone()),
        Guest::Account(account, _) => Caller::Login(account.login.clone()),
        Guest::Operator | Guest::Unrecognised | Guest::Stranger => Caller::Address(place),
    };
    house.data_pace.take(caller).map_err(Kept::Wait)?;
    guest.check(house, method, headers, None).map_err(|_| Kept::Elsewhere)?;
    if let Guest::Unrecognised = guest {
        return Err(Kept::Unrecognised);
    }
    let Some(scope) = scope else { return Ok(guest) };
    match &guest {
        Guest::Stranger => return Err(Kept::Nameless),
        Guest::Account(account, _) if must_change(house, &account.login)? => {
            return Err(Kept::Password);
        }
        _ => {}
    }
    if guest.opens(scope) { Ok(guest) } else { Err(Kept::Scope(scope)) }
}

impl Kept {
    /// The status of the answer.
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Kept::Nameless | Kept::Unrecognised => StatusCode::UNAUTHORIZED,
            Kept::Elsewhere | Kept::Password | Kept::Scope(_) => StatusCode::FORBIDDEN,
            Kept::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
            Kept::Ledger(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The answer with the headers that tell a program what to do next.
    pub(super) fn headed(&self, reply: Reply) -> Reply {
        const REALM: &str = "Bearer realm=\"duixian\"";
        match self {
            Kept::Nameless => reply.header(WWW_AUTHENTICATE, REALM),
            Kept::Unrecognised => {
                reply.header(WWW_AUTHENTICATE, format!("{REALM}, error=\"invalid_token\""))
            }
            Kept::Scope(scope) => {
                let error = format!("{REALM}, error=\"insufficient_scope\", scope=\"{scope}\"");
                reply.header(WWW_AUTHENTICATE, error)
            }
            Kept::Wait(seconds) => reply.header(RETRY_AFTER, seconds.to_string()),
            Kept::Elsewhere | Kept::Password | Kept::Ledger(_) => reply,
        }
    }
}

/// An answer of data as it leaves the house: where all sign in, no proxy keeps it for others; pages of the origins that
/// the house was told may read it.
pub(super) fn leaving(house: &House, asked: &HeaderMap, reply: Reply) -> Reply {
    let reply = match house.doors {
        Doors::Open { .. } => reply,
        Doors::Locked => reply.own().header(VARY, "Authorization, Cookie"),
    };
    if house.origins.is_empty() {
        return reply;
    }
    let reply = reply.header(VARY, ORIGIN.as_str());
    let origin = asked.get(ORIGIN).and_then(|origin| origin.to_str().ok());
    match origin.filter(|origin| house.origins.iter().any(|own| own == origin || own == "*")) {
        Some(origin) => reply
            .header(ACCESS_CONTROL_ALLOW_ORIGIN, origin)
            .header(ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Link, Retry-After"),
        None => reply,
    }
}

/// What may be done here, for pages of other origins too.
pub(super) fn options(house: &House, asked: &HeaderMap) -> Reply {
    let reply = Reply::nothing().header(ALLOW, METHODS);
    let reply = match house.origins.is_empty() {
        true => reply,
        false => reply
            .header(ACCESS_CONTROL_ALLOW_METHODS, METHODS)
            .header(
                ACCESS_CONTROL_ALLOW_HEADERS,
                "Authorization, Accept, Accept-Language, If-None-Match",
            )
            .header(ACCESS_CONTROL_MAX_AGE, "86400"),
    };
    leaving(house, asked, reply)
}

/// An answer to a method that nothing is done for.
pub(super) fn wrong_method(reply: Reply) -> Reply {
    reply.status(StatusCode::METHOD_NOT_ALLOWED).header(ALLOW, METHODS)
}
