//! What a form sends.

use axum::extract::{Form, FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode};
use axum::response::IntoResponse;

/// The most that a form may send, in bytes.
pub(super) const MOST: usize = 20 << 20;

/// The fields of a form, and the file that came with it.
#[derive(Debug, Default)]
pub(super) struct Sent {
    fields: Vec<(String, String)>,
    /// Its name, which is only ever shown, and its bytes.
    pub(super) file: Option<(String, Vec<u8>)>,
}

/// A form that cannot be read, with the status that tells so.
pub(super) struct Unreadable(pub(super) StatusCode);

impl Sent {
    /// Reads what a request sends; nothing where it only asks.
    pub(super) async fn read(request: Request) -> Result<Sent, Unreadable> {
        if request.method() != Method::POST {
            return Ok(Sent::default());
        }
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            return Sent::read_parts(request).await;
        }
        let form = Form::<Vec<(String, String)>>::from_request(request, &()).await;
        let Form(fields) = form.map_err(|error| Unreadable(error.into_response().status()))?;
        Ok(Sent { fields, file: None })
    }

    async fn read_parts(request: Request) -> Result<Sent, Unreadable> {
        let parts = Multipart::from_request(request, &()).await;
        let mut parts = parts.map_err(|error| Unreadable(error.status()))?;
        let mut sent = Sent::default();
        while let Some(part) = parts.next_field().await.map_err(|e| Unreadable(e.status()))? {
            let name = part.name().unwrap_or("").to_owned();
            match part.file_name().map(str::to_owned) {
                Some(file) => {
                    let bytes = part.bytes().await.map_err(|error| Unreadable(error.status()))?;
                    sent.file = Some((file, bytes.to_vec()));
                }
                None => {
                    let text = part.text().await.map_err(|error| Unreadable(error.status()))?;
                    sent.fields.push((name, text));
                }
            }
        }
        Ok(sent)
    }

    /// All fields in their order.
    pub(super) fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// The value of a field, the last one where it came twice.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The value of a field without the spaces around it; empty where it did not come.
    pub(super) fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or("").trim()
    }

    /// All values of a field.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
