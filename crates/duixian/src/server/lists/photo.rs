//! Pictures that are attached to plan objects, as pages show them.

use super::super::reply::Reply;
use super::super::visit::{Refusal, Visit};

/// How pictures begin that browsers show and that run nothing.
const PICTURES: &[(&[u8], &str)] =
    &[(b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg")];

/// An attached picture, for who may read an object to which it is attached. It is told by its bytes, not by its name:
/// what is no picture is sent as a file to be saved, or not at all.
pub(super) fn image(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let (_, bytes) = super::super::desk::attached(visit)?;
    let known = PICTURES.iter().find(|(beginning, _)| bytes.starts_with(beginning));
    let (_, media) = known.ok_or(Refusal::NotFound)?;
    Ok(Reply::file(bytes, media).private())
}
