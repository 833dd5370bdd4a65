//! Appraisal schemes of the ledger's own, each version for good.

use rusqlite::{Connection, params};
use terms::{NATION, Right};

use crate::append::Entry;
use crate::audit::Action;
use crate::people::{check_code, check_name, invalid};
use crate::record;
use crate::{Ledger, LedgerError};

/// A version of a scheme as the ledger keeps it: the file as it was put, which the caller can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptScheme {
    /// Its code.
    pub code: String,
    /// Its version.
    pub version: String,
    /// Its name.
    pub name: String,
    /// The file.
    pub content: String,
}

impl Ledger {
    /// Keeps a version of a scheme; tells whether it was new. A version that is there with another content is refused:
    /// what was appraised by it would no longer be what it was.
    pub fn put_scheme(&mut self, scheme: &KeptScheme, entry: &Entry) -> Result<bool, LedgerError> {
        let KeptScheme { code, version, name, content } = scheme;
        check_code("方案代码", code)?;
        check_name("方案版本", version)?;
        check_name("方案名称", name)?;
        self.write_or_not(entry, |writing| {
            writing.authorise(Right::Plan, NATION, None)?;
            let known = kept(writing.transaction)?.into_iter();
            let same = |known: &KeptScheme| known.code == *code && known.version == *version;
            match known.into_iter().find(same) {
                Some(known) if known == *scheme => return Ok((false, false)),
                Some(_) => {
                    let expected = format!("新的版本号：{code} 的这一版已记入台账，内容不同");
                    return Err(invalid("方案版本", version, expected).into());
                }
                None => {}
            }
            record::SCHEME.insert(
                writing.transaction,
                params![writing.number, code, version, name, content],
            )?;
            writing.log(Action::Scheme, code)?;
            Ok((true, true))
        })
    }

    /// Every version of every scheme, by code, those that were put first before later ones.
    pub fn schemes(&self) -> Result<Vec<KeptScheme>, LedgerError> {
        kept(&self.connection).map_err(|error| self.error(error))
    }
}

fn kept(read: &Connection) -> rusqlite::Result<Vec<KeptScheme>> {
    read.prepare_cached("SELECT code, version, name, content FROM scheme ORDER BY code, entry")?
        .query_map([], |row| {
            Ok(KeptScheme {
                code: row.get(0)?,
                version: row.get(1)?,
                name: row.get(2)?,
                content: row.get(3)?,
            })
        })?
        .collect()
}
