//! What is attached to plan objects: bytes that are kept once, under names that are only labels.

use rusqlite::{OptionalExtension, params};
use terms::{LARGEST_ATTACHMENT, PlanKind, PlanObject, Right, attachment_name, media_type};

use super::{read, write};
use crate::append::Entry;
use crate::audit::{self, Action};
use crate::people::invalid;
use crate::record::{self, Trouble, Writing};
use crate::{Ledger, LedgerError};

impl Ledger {
    /// Attaches bytes to a plan object; gives their hash, and whether something was written. The same bytes are kept
    /// once, whatever they are attached to and under whatever name.
    pub fn attach(
        &mut self,
        kind: &'static PlanKind,
        code: &str,
        name: &str,
        content: &[u8],
        entry: &Entry,
    ) -> Result<(String, bool), LedgerError> {
        let name = attachment_name(name);
        if content.is_empty() || content.len() > LARGEST_ATTACHMENT {
            let found = format!("{name}（{} 字节）", content.len());
            let expected = format!("1 到 {LARGEST_ATTACHMENT} 字节（20 MiB）的文件");
            return Err(invalid("附件", &found, expected));
        }
        let hash = audit::digest_of(content);
        let written = self.write(entry, |writing| {
            let object = owned(writing, kind, code)?;
            if object.attachments.iter().any(|known| known.hash == hash && known.name == name) {
                return Ok(false);
            }
            keep_bytes(writing, &hash, content)?;
            put(writing, &object, &hash, (&name, media_type(&name)), true)?;
            Ok(true)
        })?;
        Ok((hash, written))
    }

    /// Takes an attachment off a plan object again, which is a recorded act: its bytes and its history stay. The answer
    /// tells whether it was attached.
    pub fn detach(
        &mut self,
        kind: &'static PlanKind,
        code: &str,
        hash: &str,
        entry: &Entry,
    ) -> Result<bool, LedgerError> {
        self.write(entry, |writing| {
            let object = owned(writing, kind, code)?;
            let Some(known) = object.attachments.iter().find(|known| known.hash == hash) else {
                return Ok(false);
            };
            write::authorise(writing, Right::Plan, &object.region, object.department.as_deref())?;
            put(writing, &object, hash, (&known.name, &known.media), false)?;
            Ok(true)
        })
    }

    /// The plan objects to which an attachment is attached now, each with what it is called there.
    pub fn attached_to(&self, hash: &str) -> Result<Vec<PlanObject>, LedgerError> {
        let read = || -> rusqlite::Result<Vec<PlanObject>> {
            let query =
                "SELECT DISTINCT object FROM plan_attachment WHERE hash = ?1 ORDER BY object";
            let mut query = self.connection.prepare_cached(query)?;
            let numbers: Vec<i64> =
                query.query_map([hash], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            let mut objects = Vec::with_capacity(numbers.len());
            for number in numbers {
                objects.extend(read::object(&self.connection, number, None)?);
            }
            objects.retain(|object| object.attachments.iter().any(|known| known.hash == hash));
            Ok(objects)
        };
        read().map_err(|error| self.error(error))
    }

    /// The bytes of an attachment.
    pub fn attachment(&self, hash: &str) -> Result<Option<Vec<u8>>, LedgerError> {
        let read = || {
            self.connection
                .prepare_cached("SELECT content FROM attachment WHERE hash = ?1")?
                .query_row([hash], |row| row.get(0))
                .optional()
        };
        read().map_err(|error| self.error(error))
    }
}

/// An object to which the author may attach something.
fn owned(
    writing: &Writing<'_>,
    kind: &'static PlanKind,
    code: &str,
) -> Result<PlanObject, Trouble> {
    let number = read::number(writing.transaction, kind.code, code)?;
    let object = match number {
        Some(number) => read::object(writing.transaction, number, None)?,
        None => None,
    };
    let Some(object) = object else { return Err(read::unknown(kind.chinese, code).into()) };
    write::authorise(writing, Right::Fill, &object.region, object.department.as_deref())?;
    Ok(object)
}

/// Keeps bytes of this hash, once.
pub(crate) fn keep_bytes(writing: &Writing<'_>, hash: &str, content: &[u8]) -> Result<(), Trouble> {
    let query = "SELECT 1 FROM attachment WHERE hash = ?1";
    if !writing.transaction.prepare_cached(query)?.exists([hash])? {
        record::ATTACHMENT.insert(writing.transaction, params![writing.number, hash, content])?;
    }
    Ok(())
}

fn put(
    writing: &Writing<'_>,
    object: &PlanObject,
    hash: &str,
    (name, media): (&str, &str),
    active: bool,
) -> Result<(), Trouble> {
    record::PLAN_ATTACHMENT.insert(
        writing.transaction,
        params![writing.number, object.number, hash, name, media, active],
    )?;
    writing.log(Action::Attach, &object.reference().to_string())?;
    Ok(())
}
