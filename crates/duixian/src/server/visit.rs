//! One request, from the door to the answer.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, RawPathParams, Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use ledger::{Entry, LedgerError};
use publication::html::{self, Fault, Language, View};
use terms::{Assessment, Day, Right};

use super::ask::Asked;
use super::gate::{Guest, KeptOut};
use super::house::{Doors, House};
use super::kept::{self, Kept};
use super::pace::Caller;
use super::password;
use super::reply::Reply;
use super::sent::{Sent, Unreadable};
use crate::clock;

/// What answers a request.
#[derive(Clone, Copy)]
pub(super) enum Answer {
    /// A page about the documents; strangers have to sign in first.
    Documents(fn(&Visit<'_>, &Assessment) -> Result<Reply, Refusal>),
    /// A page of the desk; strangers have to sign in first.
    Desk(fn(&Visit<'_>) -> Result<Reply, Refusal>),
    /// A page of the desk that is open even to whom has to change the password first.
    Own(fn(&Visit<'_>) -> Result<Reply, Refusal>),
    /// A page for everybody.
    Everybody(fn(&Visit<'_>) -> Result<Reply, Refusal>),
}

/// Why a page is not shown.
pub(super) enum Refusal {
    /// The ledger holds no document yet.
    Empty,
    NotFound,
    Fault(Fault),
    /// The guest lacks a right.
    Forbidden(Right),
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
            LedgerError::Denied { right, .. } => Refusal::Forbidden(right),
            other => Refusal::Ledger(other),
        }
    }
}

/// One request, with what is needed to answer it.
pub(super) struct Visit<'a> {
    pub(super) asked: &'a Asked,
    pub(super) view: &'a View,
    pub(super) house: &'a House,
    pub(super) guest: &'a Guest,
    pub(super) sent: &'a Sent,
    /// What the request says beside its address.
    pub(super) headers: &'a HeaderMap,
    /// From where the request came.
    pub(super) place: IpAddr,
    /// The last variable part of the path.
    pub(super) id: &'a str,
    /// All variable parts of the path, in their order.
    pub(super) parts: &'a [String],
}

impl Visit<'_> {
    /// An entry of the guest at this time.
    pub(super) fn entry(&self, reason: &str) -> Entry {
        self.guest.entry(self.place, reason)
    }

    /// Refuses where the guest has a right nowhere.
    pub(super) fn demand(&self, right: Right) -> Result<(), Refusal> {
        if self.guest.has(right) { Ok(()) } else { Err(Refusal::Forbidden(right)) }
    }

    /// The day that the house takes for today: the day here, unless it was told another.
    pub(super) fn today(&self) -> Result<Day, Refusal> {
        let day = self.house.day.or_else(clock::today);
        day.ok_or_else(|| Refusal::Failed("本机时钟有误".to_owned()))
    }
}

/// The route of what is got.
pub(super) fn shown(answer: Answer) -> MethodRouter<Arc<House>> {
    get(move |state, place, params, request| answered(answer, state, place, params, request))
}

/// The route of what is sent.
pub(super) fn sent(answer: Answer) -> MethodRouter<Arc<House>> {
    post(move |state, place, params, request| answered(answer, state, place, params, request))
}

/// Answers on a thread that may block, since pages are made of files.
pub(super) async fn answered(
    answer: Answer,
    State(house): State<Arc<House>>,
    ConnectInfo(place): ConnectInfo<SocketAddr>,
    params: RawPathParams,
    request: Request,
) -> Response {
    if !place.ip().is_loopback()
        && let Err(seconds) = house.page_pace.take(Caller::Address(place.ip()))
    {
        let said = "请求过多，请稍后再试 (too many requests)\n".to_owned().into_bytes();
        return Reply::file(said, "text/plain; charset=utf-8")
            .status(StatusCode::TOO_MANY_REQUESTS)
            .header(RETRY_AFTER, seconds.to_string())
            .send(request.headers());
    }
    let parts = params.iter().map(|(_, value)| value.to_owned()).collect();
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let headers = request.headers().clone();
    let sent = Sent::read(request).await;
    let asked = headers.clone();
    let reply = tokio::task::spawn_blocking(move || {
        let request = Arrived { method, uri, headers, place: place.ip(), parts };
        reply(answer, &house, &request, sent)
    });
    reply
        .await
        .unwrap_or_else(|_| Reply::fault(StatusCode::INTERNAL_SERVER_ERROR, String::new()))
        .send(&asked)
}

/// A request without what it sends.
struct Arrived {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    place: IpAddr,
    parts: Vec<String>,
}

fn reply(
    answer: Answer,
    house: &House,
    request: &Arrived,
    sent: Result<Sent, Unreadable>,
) -> Reply {
    let asked = Asked::new(&request.uri);
    let mut view = asked.view(&request.headers, house.store.name());
    let sent = match sent {
        Ok(sent) => sent,
        Err(Unreadable(status)) => {
            let fault = Fault {
                field: "form".to_owned(),
                value: status.to_string(),
                expected: format!("≤ {} MiB", super::sent::MOST >> 20),
            };
            return Reply::fault(status, html::bad_request(&view, &fault));
        }
    };
    let guest = match Guest::of(house, &request.headers) {
        Ok(guest) => guest,
        Err(error) => return failed(&view, &error.to_string()),
    };
    view.public = house.public.is_some();
    view.visitor = if view.public { None } else { guest.visitor(house) };
    // What everybody may send changes nothing but the sender's own view, or asks for a password.
    let everybody = matches!(answer, Answer::Everybody(_));
    match guest.check(house, &request.method, &request.headers, (!everybody).then_some(&sent)) {
        Ok(()) => {}
        // What came from elsewhere is not kept: it would be sent again with a good token.
        Err(KeptOut::Elsewhere) => {
            return Reply::fault(StatusCode::FORBIDDEN, html::desk::stale(&view)).private();
        }
        Err(KeptOut::Stale) => {
            let page = html::desk::stale_with(&view, sent.fields());
            return Reply::fault(StatusCode::FORBIDDEN, page).private();
        }
    }
    if let Some(reply) = kept_at_the_door(answer, house, &guest, request, (&view, &sent)) {
        return reply;
    }
    let make = || made(answer, house, &guest, request, (&asked, &view, &sent));
    let reply = match kept_as(answer, house, request, &view) {
        Some(key) => {
            let page = house.sent_before.get_or(key, || {
                let reply = make();
                if reply.is_page() { Ok(reply.with_fingerprint()) } else { Err(reply) }
            });
            page.map_or_else(|other| other, |page| Reply::clone(&page))
        }
        None => make(),
    };
    let reply = match house.doors {
        Doors::Open { .. } => reply,
        // What one person was shown is not to be shown to the next one at the same machine.
        Doors::Locked => reply.private(),
    };
    match asked.language() {
        Some(language) => reply.remember("lang", Language::as_str(language)),
        None => reply,
    }
}

/// Pages as they were sent before: by the ledger's last entry, the day, and all that a page depends on beside them, the
/// session among it.
pub(super) type SentBefore = Kept<(String, Day, String), Reply>;

/// As what a page is kept, where it may be: for the session that it was made for, which its forms name, and where nobody
/// signs in for all.
fn kept_as(
    answer: Answer,
    house: &House,
    request: &Arrived,
    view: &View,
) -> Option<(String, Day, String)> {
    let is_page = matches!(answer, Answer::Documents(_) | Answer::Desk(_));
    if !is_page || request.method != Method::GET {
        return None;
    }
    let whose = match &view.visitor {
        Some(visitor) => visitor.token.as_str(),
        None if view.public => "",
        None => return None,
    };
    let head = house.store.read(kept::head).ok()?;
    let day = house.day.or_else(clock::today)?;
    let (language, theme) = (view.language.as_str(), view.theme.as_str());
    let asked = format!("{} {language} {theme} {} {whose}", request.uri, view.shortcuts);
    Some((head, day, asked))
}

/// What is answered.
fn made(
    answer: Answer,
    house: &House,
    guest: &Guest,
    request: &Arrived,
    (asked, view, sent): (&Asked, &View, &Sent),
) -> Reply {
    let (place, parts) = (request.place, request.parts.as_slice());
    let id = parts.last().map_or("", String::as_str);
    let visit =
        Visit { asked, view, house, guest, sent, headers: &request.headers, place, id, parts };
    let answer = match answer {
        Answer::Documents(answer) => house
            .store
            .snapshot()
            .map_err(Refusal::from)
            .and_then(|assessment| answer(&visit, &assessment)),
        Answer::Desk(answer) | Answer::Own(answer) | Answer::Everybody(answer) => answer(&visit),
    };
    match answer {
        Ok(reply) => reply,
        Err(Refusal::Empty) => Reply::page(html::empty(view)),
        Err(Refusal::NotFound) => Reply::fault(StatusCode::NOT_FOUND, html::not_found(view)),
        Err(Refusal::Fault(fault)) => {
            Reply::fault(StatusCode::BAD_REQUEST, html::bad_request(view, &fault))
        }
        Err(Refusal::Forbidden(right)) => {
            Reply::fault(StatusCode::FORBIDDEN, html::desk::forbidden(view, right, ""))
        }
        Err(Refusal::Ledger(error)) => failed(view, &error.to_string()),
        Err(Refusal::Failed(reason)) => failed(view, &reason),
    }
}

/// Leads strangers to the sign-in page, and those whose password has to be changed to the page for that.
fn kept_at_the_door(
    answer: Answer,
    house: &House,
    guest: &Guest,
    request: &Arrived,
    (view, sent): (&View, &Sent),
) -> Option<Reply> {
    match (answer, guest) {
        (Answer::Everybody(_), _) | (_, Guest::Operator) | (Answer::Own(_), Guest::Account(..)) => {
            None
        }
        // Keys are for data; pages are for people.
        (_, Guest::Program(_) | Guest::Unrecognised) => {
            let page = html::desk::forbidden(view, Right::Read, "");
            Some(Reply::fault(StatusCode::FORBIDDEN, page).private())
        }
        (_, Guest::Stranger) if request.method == Method::GET => {
            let back = request.uri.path_and_query().map_or("/", |path| path.as_str());
            let address = html::Address::new("/login").with("back", back);
            Some(Reply::see(&address.to_string()))
        }
        (_, Guest::Stranger) => {
            let page = html::desk::stale_with(view, sent.fields());
            Some(Reply::fault(StatusCode::FORBIDDEN, page).private())
        }
        (_, Guest::Account(account, _)) => match must_change(house, &account.login) {
            Ok(true) => Some(Reply::see("/account")),
            Ok(false) => None,
            Err(error) => Some(failed(view, &error.to_string())),
        },
    }
}

/// Whether an account's password was made for one use, or is too old.
pub(super) fn must_change(house: &House, login: &str) -> Result<bool, LedgerError> {
    let known = house.store.read(|ledger| ledger.credentials(login))?;
    Ok(known.first().is_some_and(|known| {
        let age = clock::days_since(&known.since);
        known.temporary || age.is_none_or(|days| days >= password::MOST_DAYS)
    }))
}

fn failed(view: &View, reason: &str) -> Reply {
    Reply::fault(StatusCode::INTERNAL_SERVER_ERROR, html::failure(view, reason))
}
