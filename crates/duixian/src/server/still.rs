//! The server without a network: pages as they would be sent, for a site that needs none.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::{Request, StatusCode};
use tokio::runtime::Runtime;
use tower::ServiceExt;

use super::house::{House, Public};
use super::{ServeError, ServeOptions, pages};

/// The largest page that is taken.
const LARGEST: usize = 256 << 20;

/// A server that nobody can reach.
pub(crate) struct Still {
    router: Router,
    runtime: Runtime,
}

/// An answer.
pub(crate) struct Got {
    /// Whether it is a page, whose links can be followed.
    pub(crate) is_page: bool,
    /// Its bytes.
    pub(crate) body: Vec<u8>,
}

/// Opens the ledger for pages of a public site.
pub(crate) fn still(options: &ServeOptions, public: Public) -> Result<Still, ServeError> {
    let mut house = House::open(options)?;
    house.public = Some(public);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(ServeError::Stopped)?;
    Ok(Still { router: pages::router(Arc::new(house)), runtime })
}

impl Still {
    /// What would be sent for an address.
    pub(crate) fn get(&self, address: &str) -> Result<Got, ServeError> {
        let failed = |why: String| ServeError::Stopped(std::io::Error::other(why));
        let mut request = Request::get(address)
            .header(HOST, "127.0.0.1")
            .body(Body::empty())
            .map_err(|error| failed(format!("{address}：{error}")))?;
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 0))));
        self.runtime.block_on(async {
            let answer = self.router.clone().oneshot(request).await;
            let Ok(answer) = answer;
            let (head, body) = answer.into_parts();
            if head.status != StatusCode::OK {
                return Err(failed(format!("{address}：{}", head.status)));
            }
            let media = head.headers.get(CONTENT_TYPE).and_then(|media| media.to_str().ok());
            let is_page = media.is_some_and(|media| media.starts_with("text/html"));
            let body = to_bytes(body, LARGEST).await;
            let body = body.map_err(|error| failed(format!("{address}：{error}")))?.to_vec();
            Ok(Got { is_page, body })
        })
    }
}
