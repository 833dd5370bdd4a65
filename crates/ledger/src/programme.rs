//! Programmes of rooftop solar, each with its history.

use rusqlite::{Connection, OptionalExtension, Row, params};
use terms::{LARGEST_ATTACHMENT, Programme, Right};

use crate::append::Entry;
use crate::audit::{self, Action};
use crate::people::{check_code, check_name, invalid};
use crate::plan::keep_bytes;
use crate::record;
use crate::{Ledger, LedgerError};

const KEPT: &str =
    "SELECT code, name, region, settings, answer, table_name, content FROM programme AS own
    JOIN attachment ON attachment.hash = own.hash
    WHERE own.entry = (SELECT max(entry) FROM programme WHERE programme.code = own.code)";

impl Ledger {
    /// Keeps a programme, in place of an earlier one of its code; tells whether it was new or other than before.
    pub fn put_programme(
        &mut self,
        programme: &Programme,
        entry: &Entry,
    ) -> Result<bool, LedgerError> {
        let Programme { code, name, region, settings, answer, table_name, table } = programme;
        check_code("方案代码", code)?;
        check_name("方案名称", name)?;
        check_name("文件名", table_name)?;
        if table.is_empty() || table.len() > LARGEST_ATTACHMENT {
            let found = format!("{table_name}（{} 字节）", table.len());
            let expected = format!("1 到 {LARGEST_ATTACHMENT} 字节（20 MiB）的文件");
            return Err(invalid("建筑清单", &found, expected));
        }
        self.write_or_not(entry, |writing| {
            let known = kept(writing.transaction, code)?;
            if known.as_ref() == Some(programme) {
                return Ok((false, false));
            }
            writing.authorise(Right::Plan, region, None)?;
            // Who may not plan in a region may not take a programme from it either.
            if let Some(known) = known {
                writing.authorise(Right::Plan, &known.region, None)?;
            }
            let hash = audit::digest_of(table);
            keep_bytes(writing, &hash, table)?;
            record::PROGRAMME.insert(
                writing.transaction,
                params![writing.number, code, name, region, settings, answer, table_name, hash],
            )?;
            writing.log(Action::Programme, code)?;
            Ok((true, true))
        })
    }

    /// The programme of a code, as it is now.
    pub fn programme(&self, code: &str) -> Result<Option<Programme>, LedgerError> {
        kept(&self.connection, code).map_err(|error| self.error(error))
    }

    /// All programmes as they are now, by code.
    pub fn programmes(&self) -> Result<Vec<Programme>, LedgerError> {
        let read = || {
            self.connection
                .prepare_cached(&format!("{KEPT} ORDER BY code"))?
                .query_map([], programme)?
                .collect::<rusqlite::Result<_>>()
        };
        read().map_err(|error| self.error(error))
    }
}

fn kept(read: &Connection, code: &str) -> rusqlite::Result<Option<Programme>> {
    read.prepare_cached(&format!("{KEPT} AND code = ?1"))?.query_row([code], programme).optional()
}

fn programme(row: &Row<'_>) -> rusqlite::Result<Programme> {
    Ok(Programme {
        code: row.get(0)?,
        name: row.get(1)?,
        region: row.get(2)?,
        settings: row.get(3)?,
        answer: row.get(4)?,
        table_name: row.get(5)?,
        table: row.get(6)?,
    })
}
