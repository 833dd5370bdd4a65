//! Who is asking: sessions, and proof that a form was sent from a page of this server.

use std::net::IpAddr;

use axum::http::header::{AUTHORIZATION, HOST, ORIGIN};
use axum::http::{HeaderMap, Method};
use ledger::{Entry, LedgerError};
use publication::html::desk::Visitor;
use sha2::{Digest, Sha256};
use terms::{Account, ApiKey, Right, Scope};

use super::ask;
use super::house::{Doors, House};
use super::password;
use super::sent::Sent;
use crate::clock;

/// How long a session lasts without use, and at most, in seconds.
pub(super) const IDLE: i64 = 30 * 60;
const LONGEST: i64 = 12 * 60 * 60;

/// After how many seconds of use it is noted anew that a session is used.
const NOTED: i64 = 60;

/// The cookie that holds a session's token.
pub(super) const COOKIE: &str = "session";

/// Who is asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Guest {
    /// Whoever sits at this machine, where nobody signs in.
    Operator,
    /// Somebody who signed in, with the token of the session.
    Account(Account, String),
    /// A program with a key that is in use. It reads open data and nothing else.
    Program(ApiKey),
    /// A program with a key that opens nothing: unknown, withdrawn or past its last day.
    Unrecognised,
    /// Nobody knows.
    Stranger,
}

/// Why somebody is kept out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeptOut {
    /// The request was not sent from a page of this server.
    Elsewhere,
    /// The session that the form belongs to has ended.
    Stale,
}

impl Guest {
    /// Finds out who is asking.
    pub(super) fn of(house: &House, headers: &HeaderMap) -> Result<Guest, LedgerError> {
        // A key is asked for what it opens even where none is needed: what a program is to read tomorrow behind locked
        // doors can be tried today.
        if let Some(secret) = bearer(headers) {
            let found = house.store.read(|ledger| ledger.api_key(&hashed(secret)))?;
            let today = clock::today();
            let valid = found.filter(|key| today.is_some_and(|today| key.is_valid(today)));
            return Ok(valid.map_or(Guest::Unrecognised, Guest::Program));
        }
        if let Doors::Open { .. } = house.doors {
            return Ok(Guest::Operator);
        }
        let Some(token) = ask::cookie(headers, COOKIE) else { return Ok(Guest::Stranger) };
        let (hashed, now) = (hashed(token), clock::seconds());
        let found =
            house.store.read(|ledger| ledger.session(&hashed, now - LONGEST, now - IDLE))?;
        let Some((account, seen)) = found else { return Ok(Guest::Stranger) };
        if now - seen > NOTED {
            house.store.write(|ledger| ledger.touch_session(&hashed, now, now - IDLE))?;
        }
        Ok(Guest::Account(account, token.to_owned()))
    }

    /// Makes sure that what changes something was sent from a page of this server: a browser names the page's origin,
    /// and the form that is sent holds the session's token, which no other page can read.
    pub(super) fn check(
        &self,
        house: &House,
        method: &Method,
        headers: &HeaderMap,
        sent: Option<&Sent>,
    ) -> Result<(), KeptOut> {
        if let Doors::Open { .. } = house.doors
            && !is_host_of_this_machine(headers)
        {
            // A name of elsewhere that was made to lead here would let its pages read this one.
            return Err(KeptOut::Elsewhere);
        }
        if method != Method::POST {
            return Ok(());
        }
        if !is_same_origin(headers) {
            return Err(KeptOut::Elsewhere);
        }
        match (self.token(house), sent) {
            // There is no session that could be abused, or nothing that it could be abused for.
            (None, _) | (_, None) => Ok(()),
            (Some(token), Some(sent)) if same(&token, sent.get("token").unwrap_or("")) => Ok(()),
            (Some(_), Some(_)) => Err(KeptOut::Stale),
        }
    }

    /// The token that forms of this guest carry.
    fn token(&self, house: &House) -> Option<String> {
        match (self, &house.doors) {
            (Guest::Operator, Doors::Open { token }) => Some(hashed(&format!("form {token}"))),
            (Guest::Account(_, token), _) => Some(hashed(&format!("form {token}"))),
            _ => None,
        }
    }

    /// The guest as pages show it.
    pub(super) fn visitor(&self, house: &House) -> Option<Visitor> {
        let token = self.token(house)?;
        let all = Right::ALL.iter().copied();
        Some(match self {
            Guest::Account(account, _) => Visitor {
                login: account.login.clone(),
                name: account.name.clone(),
                rights: all.filter(|right| account.has(*right)).collect(),
                token,
            },
            Guest::Operator | Guest::Program(_) | Guest::Unrecognised | Guest::Stranger => {
                Visitor { login: String::new(), name: String::new(), rights: all.collect(), token }
            }
        })
    }

    /// The name under which the guest writes.
    pub(super) fn login(&self) -> String {
        match self {
            Guest::Account(account, _) => account.login.clone(),
            Guest::Program(key) => key.name.clone(),
            Guest::Operator | Guest::Unrecognised | Guest::Stranger => clock::user(),
        }
    }

    /// Whether the guest signed in, and is not whoever has the file in hand.
    pub(super) fn is_account(&self) -> bool {
        matches!(self, Guest::Account(..))
    }

    /// Whether the guest has a right there.
    pub(super) fn may(&self, right: Right, region: &str, department: Option<&str>) -> bool {
        match self {
            Guest::Operator => true,
            Guest::Account(account, _) => account.may(right, region, department),
            Guest::Program(key) => right == Right::Read && key.covers(region),
            Guest::Unrecognised | Guest::Stranger => false,
        }
    }

    /// Whether the guest has a right somewhere.
    pub(super) fn has(&self, right: Right) -> bool {
        match self {
            Guest::Operator => true,
            Guest::Account(account, _) => account.has(right),
            Guest::Program(_) => right == Right::Read,
            Guest::Unrecognised | Guest::Stranger => false,
        }
    }

    /// Whether the guest may read open data of a kind. People may read what they may see.
    pub(super) fn opens(&self, scope: Scope) -> bool {
        match self {
            Guest::Operator => true,
            Guest::Account(account, _) => account.has(Right::Read),
            Guest::Program(key) => key.scopes.contains(&scope),
            Guest::Unrecognised | Guest::Stranger => false,
        }
    }

    /// An entry of this guest at this time.
    pub(super) fn entry(&self, place: IpAddr, reason: &str) -> Entry {
        Entry {
            author: self.login(),
            at: clock::now(),
            reason: reason.to_owned(),
            place: place.to_string(),
            account: matches!(self, Guest::Account(..)),
        }
    }
}

/// What the ledger keeps of a token: who reads the ledger cannot use it.
pub(super) fn hashed(token: &str) -> String {
    Sha256::digest(token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a key begins with, so that people and tools that look for secrets know what they see.
const KEY: &str = "duixian_";

/// A new key for a program, and what the ledger keeps of it; `None` where the system has no random numbers. No slow hash
/// is needed: nobody guesses 32 random bytes.
pub(crate) fn new_key() -> Option<(String, String)> {
    let secret = format!("{KEY}{}", password::token()?);
    let hash = hashed(&secret);
    Some((secret, hash))
}

/// A new token for a session.
pub(super) fn new_token() -> Option<String> {
    password::token()
}

/// The secret of a key that a request carries: `Authorization: Bearer …`. What else may stand there is meant for a proxy
/// that the request came through.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let written = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = written.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

/// Compares without telling by the time where texts differ.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one.bytes().zip(other.bytes()).fold(0, |apart, (a, b)| apart | (a ^ b)) == 0
}

/// Whether the request names this machine itself.
fn is_host_of_this_machine(headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether a browser says that a page of this server sent the request. What is no browser says nothing, and has no
/// cookies that a page could abuse.
fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if text("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return false;
    }
    match (text(ORIGIN.as_str()), text(HOST.as_str())) {
        (None, _) => true,
        (Some(origin), Some(host)) => {
            origin.split_once("://").is_some_and(|(_, own)| own.eq_ignore_ascii_case(host))
        }
        (Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn only_pages_of_this_server_send() {
        let own = [("host", "plan.example:8080"), ("origin", "http://plan.example:8080")];
        assert!(is_same_origin(&headers(&own)));
        assert!(is_same_origin(&headers(&own[..1])));
        for origin in ["http://evil.example", "null", "http://plan.example:8081", ""] {
            assert!(!is_same_origin(&headers(&[own[0], ("origin", origin)])), "{origin}");
        }
        for site in ["cross-site", "same-site"] {
            assert!(!is_same_origin(&headers(&[own[0], ("sec-fetch-site", site)])), "{site}");
        }
    }

    #[test]
    fn this_machine_is_known_by_its_names() {
        for host in ["127.0.0.1:8080", "localhost", "localhost:80", "[::1]:8080", "[::1]"] {
            assert!(is_host_of_this_machine(&headers(&[("host", host)])), "{host}");
        }
        for host in ["evil.example", "127.0.0.1.evil.example:8080", "10.0.0.8:8080", ""] {
            assert!(!is_host_of_this_machine(&headers(&[("host", host)])), "{host}");
        }
    }

    #[test]
    fn texts_are_compared_whole() {
        assert!(same("abc", "abc") && !same("abc", "abd") && !same("abc", "ab") && !same("a", ""));
    }
}
