//! Files are attached, taken off, and sent to who may read what they are attached to.

use ledger::LedgerError;
use publication::html::desk::PlanDone;
use terms::{Attached, Right};

use super::super::super::reply::Reply;
use super::super::super::visit::{Refusal, Visit};
use super::object::{self, Shown};
use super::{worded, write};

/// Attaches the file that was sent.
pub(super) fn attach(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let known = super::object(visit)?;
    let (kind, code) = (known.kind, known.code.clone());
    let file = visit.sent.file.as_ref().filter(|(_, bytes)| !bytes.is_empty());
    let Some((name, bytes)) = file else {
        let fault = ("file".to_owned(), "没有文件（应为要附上的文件）".to_owned());
        return object::show(visit, known, Shown { faults: vec![fault], ..Shown::default() });
    };
    let entry = visit.entry("附上文件");
    match visit.house.store.write(|ledger| ledger.attach(kind, &code, name, bytes, &entry)) {
        Ok((_, true)) => Ok(write::done(visit, kind, &code, PlanDone::Attached)),
        Ok((_, false)) => Ok(write::done(visit, kind, &code, PlanDone::Known)),
        Err(error) => {
            let faults = vec![worded(error, kind)?];
            object::show(visit, known, Shown { faults, ..Shown::default() })
        }
    }
}

/// Takes a file off.
pub(super) fn detach(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let known = super::object(visit)?;
    let (kind, code) = (known.kind, known.code);
    let (hash, entry) = (visit.sent.text("hash"), visit.entry("取下附件"));
    match visit.house.store.write(|ledger| ledger.detach(kind, &code, hash, &entry))? {
        true => Ok(write::done(visit, kind, &code, PlanDone::Detached)),
        false => Err(Refusal::NotFound),
    }
}

/// A file, for who may read an object to which it is attached. Others are not told whether there is such a file.
pub(super) fn download(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let (file, bytes) = attached(visit)?;
    // Never shown as what it says that it is, so that a browser runs nothing of it.
    let reply = Reply::attachment(bytes, "application/octet-stream", &file.name);
    Ok(reply.private())
}

/// The file of the address and its bytes, for who may read an object to which it is attached.
pub(in super::super::super) fn attached(visit: &Visit<'_>) -> Result<(Attached, Vec<u8>), Refusal> {
    let hash = visit.parts.first().map_or("", String::as_str);
    if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Refusal::NotFound);
    }
    let found = visit.house.store.read(|ledger| {
        let objects = ledger.attached_to(hash)?;
        let seen = objects.into_iter().find(|object| super::may(visit, Right::Read, object));
        let Some(object) = seen else { return Ok(None) };
        let name = object.attachments.into_iter().find(|known| known.hash == hash);
        Ok::<_, LedgerError>(name.zip(ledger.attachment(hash)?))
    })?;
    found.ok_or(Refusal::NotFound)
}
