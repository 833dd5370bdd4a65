//! Answers: bytes with their headers.

use std::hash::{DefaultHasher, Hasher};

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION, REFERRER_POLICY, SET_COOKIE, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;

use super::shrink::{self, Coding};

/// Of which nobody keeps a copy.
const NO_STORE: &str = "no-store";

const HTML: &str = "text/html; charset=utf-8";

/// Everything comes from the server itself; nothing may frame it, and no inline script or style runs.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'none'";

/// An answer before it is sent.
#[derive(Clone)]
pub(super) struct Reply {
    status: StatusCode,
    headers: Vec<(HeaderName, String)>,
    body: Bytes,
    /// The fingerprint of the body, where it was told already.
    print: Option<u64>,
}

impl Reply {
    /// A page.
    pub(super) fn page(html: String) -> Self {
        Reply::file(html.into_bytes(), HTML).header(VARY, "Cookie")
    }

    /// A page about a failure.
    pub(super) fn fault(status: StatusCode, html: String) -> Self {
        Reply { status, ..Reply::page(html) }
    }

    /// A file.
    pub(super) fn file(bytes: Vec<u8>, media_type: &str) -> Self {
        let headers = vec![
            (CONTENT_TYPE, media_type.to_owned()),
            // Kept, but asked for again each time: the answer is then mostly an empty 304.
            (CACHE_CONTROL, "no-cache".to_owned()),
        ];
        Reply { status: StatusCode::OK, headers, body: bytes.into(), print: None }
    }

    /// Whether it is a page, and not a failure.
    pub(super) fn is_page(&self) -> bool {
        self.status == StatusCode::OK && self.value(&CONTENT_TYPE) == HTML
    }

    /// The same, with what its tag is made of told once.
    pub(super) fn with_fingerprint(self) -> Self {
        Reply { print: Some(fingerprint(&self.body)), ..self }
    }

    /// A file to be saved under a name.
    pub(super) fn attachment(bytes: Vec<u8>, media_type: &str, name: &str) -> Self {
        let disposition = format!("attachment; filename*=UTF-8''{}", encoded(name));
        Reply::file(bytes, media_type).header(CONTENT_DISPOSITION, disposition)
    }

    /// A way to another address of this server, to be got.
    pub(super) fn see(address: &str) -> Self {
        let headers = vec![(LOCATION, address.to_owned()), (CACHE_CONTROL, NO_STORE.to_owned())];
        Reply { status: StatusCode::SEE_OTHER, headers, body: Bytes::new(), print: None }
    }

    /// Nothing at all.
    pub(super) fn nothing() -> Self {
        Reply {
            status: StatusCode::NO_CONTENT,
            headers: Vec::new(),
            body: Bytes::new(),
            print: None,
        }
    }

    /// The same with one more header.
    pub(super) fn header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same, remembering a choice for a year. `name` and `value` are words of our own.
    pub(super) fn remember(self, name: &str, value: &str) -> Self {
        self.header(
            SET_COOKIE,
            format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"),
        )
    }

    /// The same, with a cookie that lasts as long as the browser is open, or no longer where the value is empty. With
    /// `secure` the browser sends it through TLS alone.
    pub(super) fn session(self, name: &str, value: &str, secure: bool) -> Self {
        let end = if value.is_empty() { "; Max-Age=0" } else { "" };
        let secure = if secure { "; Secure" } else { "" };
        self.header(
            SET_COOKIE,
            format!("{name}={value}; Path=/; SameSite=Lax; HttpOnly{end}{secure}"),
        )
    }

    /// The same, of which nobody keeps a copy: what it shows is for one person, or for one time.
    pub(super) fn private(mut self) -> Self {
        self.headers.retain(|(name, _)| *name != CACHE_CONTROL);
        self.header(CACHE_CONTROL, NO_STORE)
    }

    /// The same, of which only the one who asked keeps a copy, and asks each time whether it still holds.
    pub(super) fn own(mut self) -> Self {
        self.headers.retain(|(name, _)| *name != CACHE_CONTROL);
        self.header(CACHE_CONTROL, "private, no-cache")
    }

    /// The same with another status.
    pub(super) fn status(self, status: StatusCode) -> Self {
        Reply { status, ..self }
    }

    /// The value of a header; empty where there is none.
    fn value(&self, name: &HeaderName) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// The response to a request with these headers.
    pub(super) fn send(self, asked: &HeaderMap) -> Response {
        let fingerprint = self.print.unwrap_or_else(|| fingerprint(&self.body));
        let shrinkable = shrink::is_shrinkable(self.value(&CONTENT_TYPE), self.body.len());
        let coding = shrinkable.then(|| Coding::accepted(asked)).flatten();
        // Each form of an answer has a tag of its own.
        let suffix = coding.map_or(String::new(), |coding| format!("-{}", coding.as_str()));
        let tag = format!("\"{fingerprint:016x}{suffix}\"");
        let known =
            asked.get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).is_some_and(|tags| {
                tags.split(',').any(|known| known.trim().trim_start_matches("W/") == tag)
            });
        let unchanged = self.status == StatusCode::OK && known;
        let again = self.value(&CACHE_CONTROL) != NO_STORE;
        let shrunk = coding.filter(|_| !unchanged).and_then(|coding| {
            Some((coding, shrink::shrunk(&self.body, fingerprint, coding, again)?))
        });
        let mut response = Response::new(match &shrunk {
            _ if unchanged => Body::empty(),
            Some((_, shrunk)) => Body::from(shrunk.clone()),
            None => Body::from(self.body),
        });
        *response.status_mut() = if unchanged { StatusCode::NOT_MODIFIED } else { self.status };
        let headers = response.headers_mut();
        let mut put = |name: HeaderName, value: &str| {
            // A value that is no header value (a control character in an address) is left out, not sent broken.
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.append(name, value);
            }
        };
        for (name, value) in &self.headers {
            put(name.clone(), value);
        }
        if let Some((coding, _)) = shrunk {
            put(CONTENT_ENCODING, coding.as_str());
        }
        if shrinkable {
            put(VARY, ACCEPT_ENCODING.as_str());
        }
        if self.status == StatusCode::OK {
            put(ETAG, &tag);
        }
        put(CONTENT_SECURITY_POLICY, POLICY);
        put(X_CONTENT_TYPE_OPTIONS, "nosniff");
        // Within the server, so that a browser names the origin of a form.
        put(REFERRER_POLICY, "same-origin");
        response
    }
}

/// The same for the same bytes on every start, which is all that a cache asks.
fn fingerprint(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

fn encoded(name: &str) -> String {
    name.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_answer_is_not_sent_again() {
        let first = Reply::page("<p>计划".into()).send(&HeaderMap::new());
        assert_eq!(first.status(), StatusCode::OK);
        let mut asked = HeaderMap::new();
        asked.insert(IF_NONE_MATCH, first.headers()[ETAG].clone());
        assert_eq!(Reply::page("<p>计划".into()).send(&asked).status(), StatusCode::NOT_MODIFIED);
        assert_eq!(Reply::page("<p>结果".into()).send(&asked).status(), StatusCode::OK);
        let fault = Reply::fault(StatusCode::NOT_FOUND, "<p>计划".into()).send(&asked);
        assert_eq!(fault.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn names_of_files_stay_whole() {
        let reply = Reply::attachment(Vec::new(), "application/octet-stream", "报告\r\n\"1\".txt");
        let response = reply.send(&HeaderMap::new());
        assert_eq!(
            response.headers()[CONTENT_DISPOSITION],
            "attachment; filename*=UTF-8''%E6%8A%A5%E5%91%8A%0D%0A%221%22.txt"
        );
    }
}
