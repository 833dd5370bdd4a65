//! Keys of programs that read the open data: made, withdrawn, looked up by the hash of their secret.

use rusqlite::{Connection, OptionalExtension, Row, params};
use terms::{ApiKey, Day, Right, Scope};

use crate::append::Entry;
use crate::audit::{self, Action};
use crate::people::{check_code, invalid};
use crate::record::{self, Trouble, Writing};
use crate::row::unfit;
use crate::{Ledger, LedgerError};

impl Ledger {
    /// Makes a key. `hash` is a hash of what the program will send, in hexadecimal; a name that a key in use bears is
    /// refused, one that was withdrawn may come again.
    pub fn put_api_key(
        &mut self,
        key: &ApiKey,
        hash: &str,
        entry: &Entry,
    ) -> Result<(), LedgerError> {
        check_code("密钥名称", &key.name)?;
        if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(invalid("密钥散列", "", "64 位十六进制的 SHA-256"));
        }
        if key.scopes.is_empty() {
            let known: Vec<&str> = Scope::ALL.iter().map(|scope| scope.as_str()).collect();
            return Err(invalid("密钥范围", "", known.join("、")));
        }
        if key.regions.is_empty() {
            return Err(invalid("密钥地区", "", "至少一个行政区划代码"));
        }
        for region in &key.regions {
            self.check_region(region)?;
        }
        let name = key.name.as_str();
        self.write(entry, |writing| {
            let known = latest(writing.transaction, name)?;
            if known.is_some_and(|(known, _)| known.active) {
                let expected = "没有在用的密钥的名称，或先撤回该密钥";
                return Err(invalid("密钥名称", name, expected).into());
            }
            let digest = audit::digest_of(hash.as_bytes());
            put(writing, &ApiKey { active: true, ..key.clone() }, &digest)?;
            writing.transaction.execute(
                "INSERT INTO api_secret (hash, name) VALUES (?1, ?2)",
                params![hash, name],
            )?;
            Ok(())
        })
    }

    /// Withdraws a key; from then on it opens nothing. `false` where it was withdrawn before.
    pub fn withdraw_api_key(&mut self, name: &str, entry: &Entry) -> Result<bool, LedgerError> {
        self.write_or_not(entry, |writing| {
            let Some((key, digest)) = latest(writing.transaction, name)? else {
                return Err(LedgerError::Unknown { what: "密钥", code: name.to_owned() }.into());
            };
            if !key.active {
                return Ok((false, false));
            }
            put(writing, &ApiKey { active: false, ..key }, &digest)?;
            writing.transaction.execute("DELETE FROM api_secret WHERE name = ?1", [name])?;
            Ok((true, true))
        })
    }

    /// All keys as they are now, withdrawn ones too, by name; each with whether its secret is in this ledger, which it is
    /// not in one that was made from a package.
    pub fn api_keys(&self) -> Result<Vec<(ApiKey, bool)>, LedgerError> {
        let read = || -> rusqlite::Result<Vec<(ApiKey, bool)>> {
            let query = format!(
                "SELECT {COLUMNS}, EXISTS (SELECT 1 FROM api_secret WHERE api_secret.name = own.name)
                 FROM api_key AS own
                 WHERE entry = (SELECT max(entry) FROM api_key WHERE api_key.name = own.name)
                 ORDER BY name"
            );
            self.connection
                .prepare_cached(&query)?
                .query_map([], |row| Ok((key(row)?.0, row.get(6)?)))?
                .collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// The key in use whose secret has this hash. Whether its days are over is for the caller to tell.
    pub fn api_key(&self, hash: &str) -> Result<Option<ApiKey>, LedgerError> {
        let read = || -> rusqlite::Result<Option<ApiKey>> {
            let query = "SELECT name FROM api_secret WHERE hash = ?1";
            let name: Option<String> = self
                .connection
                .prepare_cached(query)?
                .query_row([hash], |row| row.get(0))
                .optional()?;
            let Some(name) = name else { return Ok(None) };
            let known = latest(&self.connection, &name)?;
            // A secret that was put into the table past the log is none.
            let own = audit::digest_of(hash.as_bytes());
            Ok(known.filter(|(key, digest)| key.active && *digest == own).map(|(key, _)| key))
        };
        read().map_err(|error| self.error(error))
    }
}

const COLUMNS: &str = "name, scopes, regions, until, digest, active";

fn put(writing: &Writing<'_>, key: &ApiKey, digest: &str) -> Result<(), Trouble> {
    for region in &key.regions {
        writing.authorise(Right::Administer, region, None)?;
    }
    let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.as_str()).collect();
    record::API_KEY.insert(
        writing.transaction,
        params![
            writing.number,
            key.name,
            scopes.join(" "),
            key.regions.join(" "),
            key.until.map(Day::number),
            digest,
            key.active,
        ],
    )?;
    writing.log(Action::ApiKey, &key.name)?;
    Ok(())
}

/// The key of a name as it is now, and the digest of the hash of its secret.
fn latest(read: &Connection, name: &str) -> rusqlite::Result<Option<(ApiKey, String)>> {
    let query =
        format!("SELECT {COLUMNS} FROM api_key WHERE name = ?1 ORDER BY entry DESC LIMIT 1");
    read.prepare_cached(&query)?.query_row([name], key).optional()
}

fn key(row: &Row<'_>) -> rusqlite::Result<(ApiKey, String)> {
    let (scopes, regions): (String, String) = (row.get(1)?, row.get(2)?);
    let until: Option<i64> = row.get(3)?;
    let day =
        |number: i64| Day::of_number(number).ok_or_else(|| unfit(3, format!("{number} is no day")));
    let scope = |word: &str| word.parse::<Scope>().map_err(|error| unfit(1, error));
    let key = ApiKey {
        name: row.get(0)?,
        scopes: scopes.split_whitespace().map(scope).collect::<rusqlite::Result<_>>()?,
        regions: regions.split_whitespace().map(Into::into).collect(),
        until: until.map(day).transpose()?,
        active: row.get(5)?,
    };
    Ok((key, row.get(4)?))
}
