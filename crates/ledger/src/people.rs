//! Departments, accounts, passwords and sessions.
//!
//! Who may do what is told by an account's posts ([`terms::Post`]); every write is held against them in its own
//! transaction, so that a right that was taken away ends at once.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Row, params};
use terms::{Account, Department, Grant, NATION, Post, Region, Right, is_login, tier_of_code};

use crate::append::Entry;
use crate::audit::{self, Action};
use crate::record::{self, Trouble, Writing};
use crate::row::{self, whole};
use crate::{Ledger, LedgerError};

/// How many passwords of an account are kept, so that none comes back too soon.
const KEPT_PASSWORDS: i64 = 5;

/// The password of an account, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Its argon2id hash in PHC format.
    pub hash: String,
    /// Whether it has to be changed at the next sign-in.
    pub temporary: bool,
    /// When it was set, RFC 3339.
    pub since: String,
}

/// What a visitor did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitAct {
    /// Signed in.
    SignIn,
    /// Signed out.
    SignOut,
    /// Was kept out after too many wrong passwords.
    LockedOut,
}

impl VisitAct {
    fn word(self) -> &'static str {
        match self {
            VisitAct::SignIn => "sign-in",
            VisitAct::SignOut => "sign-out",
            VisitAct::LockedOut => "locked-out",
        }
    }
}

impl Ledger {
    /// Adds a department, or changes what is known of it. The answer tells whether something was written.
    pub fn put_department(
        &mut self,
        department: &Department,
        entry: &Entry,
    ) -> Result<bool, LedgerError> {
        check_code("部门代码", &department.code)?;
        check_name("部门名称", &department.name)?;
        self.check_region(&department.region)?;
        if !department.email.is_empty() && !is_address(&department.email) {
            return Err(invalid("邮箱", &department.email, "邮箱地址，如 tjj@example.cn"));
        }
        self.write(entry, |writing| {
            let known = departments(writing.transaction)?;
            let known = known.iter().find(|known| known.code == department.code);
            if known == Some(department) {
                return Ok(false);
            }
            for region in known.iter().map(|known| &known.region).chain([&department.region]) {
                writing.authorise(Right::Administer, region, Some(&department.code))?;
            }
            record::DEPARTMENT.insert(
                writing.transaction,
                params![
                    writing.number,
                    department.code,
                    department.name,
                    department.region,
                    department.email,
                    department.active,
                ],
            )?;
            writing.log(Action::Department, &department.code)?;
            Ok(true)
        })
    }

    /// All departments, by code.
    pub fn departments(&self) -> Result<Vec<Department>, LedgerError> {
        departments(&self.connection).map_err(|error| self.error(error))
    }

    /// Adds an account, or changes its name, its posts or whether it may be used. Nobody changes the posts of the own
    /// account, and one administrator always stays. The answer tells whether something was written.
    pub fn put_account(&mut self, account: &Account, entry: &Entry) -> Result<bool, LedgerError> {
        if !is_login(&account.login) || account.login == RESERVED {
            let expected = "2 到 32 个字母、数字、汉字或 . - _，但不是 new";
            return Err(invalid("账号", &account.login, expected));
        }
        check_name("姓名", &account.name)?;
        for grant in &account.grants {
            self.check_region(&grant.region)?;
        }
        self.write(entry, |writing| {
            let known = self::account(writing.transaction, &account.login)?;
            if known.as_ref() == Some(account) {
                return Ok(false);
            }
            check_grants(writing, known.as_ref(), account)?;
            record::ACCOUNT.insert(
                writing.transaction,
                params![writing.number, account.login, account.name, account.active],
            )?;
            for (position, grant) in account.grants.iter().enumerate() {
                record::GRANT.insert(
                    writing.transaction,
                    params![
                        writing.number,
                        account.login,
                        whole(position),
                        grant.post.as_str(),
                        grant.region,
                        grant.department,
                    ],
                )?;
            }
            if !account.active {
                end_sessions(writing.transaction, &account.login)?;
            }
            keep_an_administrator(writing.transaction)?;
            writing.log(Action::Account, &account.login)?;
            Ok(true)
        })
    }

    /// All accounts, by login.
    pub fn accounts(&self) -> Result<Vec<Account>, LedgerError> {
        let read = || -> rusqlite::Result<Vec<Account>> {
            let mut query = self
                .connection
                .prepare_cached("SELECT DISTINCT login FROM account ORDER BY login")?;
            let logins: Vec<String> =
                query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            logins.iter().filter_map(|login| account(&self.connection, login).transpose()).collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// The name of every person, by login.
    pub fn names(&self) -> Result<Vec<(String, String)>, LedgerError> {
        let read = || -> rusqlite::Result<Vec<(String, String)>> {
            self.connection
                .prepare_cached(
                    "SELECT login, name FROM account AS own
                     WHERE entry = (SELECT max(entry) FROM account WHERE account.login = own.login)
                     ORDER BY login",
                )?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// The account of a login.
    pub fn account(&self, login: &str) -> Result<Option<Account>, LedgerError> {
        account(&self.connection, login).map_err(|error| self.error(error))
    }

    /// Sets the password of an account, given as an argon2id hash in PHC format, and ends its sessions. Everyone may
    /// set the own one; that of another takes the right to keep accounts.
    pub fn set_password(
        &mut self,
        login: &str,
        hash: &str,
        temporary: bool,
        entry: &Entry,
    ) -> Result<(), LedgerError> {
        if !hash.starts_with("$argon2id$") {
            return Err(invalid("密码散列", "", "argon2id 的 PHC 文本"));
        }
        self.write(entry, |writing| {
            let Some(account) = account(writing.transaction, login)? else {
                return Err(unknown_account(login).into());
            };
            if entry.author != login || temporary {
                authorise_all(writing, &account.grants)?;
            }
            let temporary = i64::from(temporary);
            let digest = audit::digest_of(hash.as_bytes());
            record::PASSWORD
                .insert(writing.transaction, params![writing.number, login, digest, temporary])?;
            writing.transaction.execute(
                "INSERT INTO credential (login, number, hash)
                 SELECT ?1, coalesce(max(number), 0) + 1, ?2 FROM credential WHERE login = ?1",
                params![login, hash],
            )?;
            writing.transaction.execute(
                "DELETE FROM credential WHERE login = ?1 AND number <= (
                     SELECT max(number) - ?2 FROM credential WHERE login = ?1)",
                params![login, KEPT_PASSWORDS],
            )?;
            end_sessions(writing.transaction, login)?;
            writing.log(Action::Password, login)?;
            Ok(())
        })
    }

    /// The password of an account that is in use, and those before it, latest first. Empty where none was set in this
    /// ledger.
    pub fn credentials(&self, login: &str) -> Result<Vec<Credential>, LedgerError> {
        let read = || -> rusqlite::Result<Vec<Credential>> {
            let query =
                "SELECT temporary, at FROM password_change JOIN entry ON entry.number = entry
                         WHERE login = ?1 ORDER BY entry DESC LIMIT 1";
            let change: Option<(bool, String)> = self
                .connection
                .prepare_cached(query)?
                .query_row([login], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let Some((temporary, since)) = change else { return Ok(Vec::new()) };
            self.connection
                .prepare_cached(
                    "SELECT hash FROM credential WHERE login = ?1 ORDER BY number DESC",
                )?
                .query_map([login], |row| {
                    Ok(Credential { hash: row.get(0)?, temporary, since: since.clone() })
                })?
                .collect()
        };
        read().map_err(|error| self.error(error))
    }

    /// Notes that somebody came, went or was kept out.
    pub fn note_visit(
        &mut self,
        login: &str,
        act: VisitAct,
        entry: &Entry,
    ) -> Result<(), LedgerError> {
        self.write(entry, |writing| note_visit(writing, login, act))
    }

    /// Opens a session for an account and notes the visit. `token` is a hash of what the browser holds, `now` counts
    /// seconds since 1970.
    pub fn open_session(
        &mut self,
        login: &str,
        token: &str,
        now: i64,
        entry: &Entry,
    ) -> Result<(), LedgerError> {
        self.write(entry, |writing| {
            writing.transaction.execute(
                "INSERT INTO session (token, login, started, seen) VALUES (?1, ?2, ?3, ?3)",
                params![token, login, now],
            )?;
            note_visit(writing, login, VisitAct::SignIn)
        })
    }

    /// The account whose session a token opens, where it was opened and last seen no earlier than told; with when it
    /// was last seen.
    pub fn session(
        &self,
        token: &str,
        opened_since: i64,
        seen_since: i64,
    ) -> Result<Option<(Account, i64)>, LedgerError> {
        let read = || -> rusqlite::Result<Option<(Account, i64)>> {
            let query = "SELECT login, seen FROM session
                         WHERE token = ?1 AND started >= ?2 AND seen >= ?3";
            let found: Option<(String, i64)> = self
                .connection
                .prepare_cached(query)?
                .query_row(params![token, opened_since, seen_since], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
                .optional()?;
            let Some((login, seen)) = found else { return Ok(None) };
            let account = account(&self.connection, &login)?;
            Ok(account.filter(|account| account.active).map(|account| (account, seen)))
        };
        read().map_err(|error| self.error(error))
    }

    /// Notes that a session was used, and forgets those that were last seen earlier than told.
    pub fn touch_session(
        &mut self,
        token: &str,
        now: i64,
        seen_since: i64,
    ) -> Result<(), LedgerError> {
        let touch = || -> rusqlite::Result<()> {
            self.connection
                .execute("UPDATE session SET seen = ?2 WHERE token = ?1", params![token, now])?;
            self.connection.execute("DELETE FROM session WHERE seen < ?1", [seen_since])?;
            Ok(())
        };
        touch().map_err(|error| self.error(error))
    }

    /// Ends a session and notes it.
    pub fn end_session(&mut self, token: &str, entry: &Entry) -> Result<(), LedgerError> {
        self.write(entry, |writing| {
            let query = "DELETE FROM session WHERE token = ?1 RETURNING login";
            let login: Option<String> =
                writing.transaction.query_row(query, [token], |row| row.get(0)).optional()?;
            match login {
                Some(login) => note_visit(writing, &login, VisitAct::SignOut),
                None => Ok(()),
            }
        })
    }
}

fn note_visit(writing: &Writing<'_>, login: &str, act: VisitAct) -> Result<(), Trouble> {
    record::VISIT.insert(writing.transaction, params![writing.number, login, act.word()])?;
    writing.log(Action::Visit, login)?;
    Ok(())
}

fn end_sessions(write: &Connection, login: &str) -> rusqlite::Result<usize> {
    write.execute("DELETE FROM session WHERE login = ?1", [login])
}

/// Refuses posts that the author may not give or take, and a change of the own ones.
fn check_grants(
    writing: &Writing<'_>,
    known: Option<&Account>,
    account: &Account,
) -> Result<(), Trouble> {
    let before = known.map_or(&[][..], |known| &known.grants);
    let own = writing.entry.account && writing.entry.author == account.login;
    if own && (before != account.grants || !account.active) {
        return Err(writing.denied(Right::Administer).into());
    }
    let known = departments(writing.transaction)?;
    for department in account.grants.iter().filter_map(|grant| grant.department.as_deref()) {
        if !known.iter().any(|known| known.code == department) {
            return Err(LedgerError::Unknown { what: "部门", code: department.to_owned() }.into());
        }
    }
    authorise_all(writing, before)?;
    authorise_all(writing, &account.grants)
}

/// Refuses the write where its author may not keep accounts everywhere that the posts hold.
fn authorise_all(writing: &Writing<'_>, grants: &[Grant]) -> Result<(), Trouble> {
    for grant in grants {
        writing.authorise(Right::Administer, &grant.region, grant.department.as_deref())?;
    }
    let keeps_accounts = |account: Account| account.has(Right::Administer);
    // An account without posts has no region that could tell.
    let keeper = || account(writing.transaction, &writing.entry.author);
    if writing.entry.account && grants.is_empty() && !keeper()?.is_some_and(keeps_accounts) {
        return Err(writing.denied(Right::Administer).into());
    }
    Ok(())
}

/// Refuses to leave a ledger that has accounts without one that may keep them.
fn keep_an_administrator(read: &Connection) -> Result<(), Trouble> {
    let query = "SELECT count(*) FROM account_grant AS own JOIN account USING (login, entry)
                 WHERE active AND post = 'administrator'
                   AND entry = (SELECT max(entry) FROM account WHERE account.login = own.login)";
    let left: i64 = read.query_row(query, [], |row| row.get(0))?;
    if left == 0 {
        return Err(LedgerError::NoAdministrator.into());
    }
    Ok(())
}

/// All departments, by code.
pub(crate) fn departments(read: &Connection) -> rusqlite::Result<Vec<Department>> {
    read.prepare_cached(
        "SELECT code, name, region, email, active FROM department AS own
         WHERE entry = (SELECT max(entry) FROM department WHERE department.code = own.code)
         ORDER BY code",
    )?
    .query_map([], |row| {
        Ok(Department {
            code: row.get(0)?,
            name: row.get(1)?,
            region: row.get(2)?,
            email: row.get(3)?,
            active: row.get(4)?,
        })
    })?
    .collect()
}

/// The account of a login as it is now.
pub(crate) fn account(read: &Connection, login: &str) -> rusqlite::Result<Option<Account>> {
    let query =
        "SELECT entry, name, active FROM account WHERE login = ?1 ORDER BY entry DESC LIMIT 1";
    let found: Option<(i64, String, bool)> = read
        .prepare_cached(query)?
        .query_row([login], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((entry, name, active)) = found else { return Ok(None) };
    let grants = read
        .prepare_cached(
            "SELECT post, region, department FROM account_grant
             WHERE login = ?1 AND entry = ?2 ORDER BY position",
        )?
        .query_map(params![login, entry], grant)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(Account { login: login.to_owned(), name, grants, active }))
}

fn grant(row: &Row<'_>) -> rusqlite::Result<Grant> {
    let region: String = row.get(1)?;
    let department: Option<String> = row.get(2)?;
    Ok(Grant {
        post: row::word::<Post>(row, 0)?,
        region: Arc::from(region),
        department: department.map(Arc::from),
    })
}

fn unknown_account(login: &str) -> LedgerError {
    LedgerError::Unknown { what: "账号", code: login.to_owned() }
}

pub(crate) fn invalid(
    field: &'static str,
    found: &str,
    expected: impl Into<String>,
) -> LedgerError {
    LedgerError::Invalid { field, found: found.to_owned(), expected: expected.into() }
}

/// The word under which pages add something.
const RESERVED: &str = "new";

/// Codes are part of addresses and file names.
pub(crate) fn check_code(field: &'static str, code: &str) -> Result<(), LedgerError> {
    let good = code.chars().all(|character| {
        character.is_ascii_alphanumeric()
            || matches!(character, '-' | '_')
            || ('\u{4e00}'..='\u{9fff}').contains(&character)
    });
    // Pages are made at addresses that end with this word.
    if good && (1..=40).contains(&code.chars().count()) && code != RESERVED {
        return Ok(());
    }
    Err(invalid(field, code, "1 到 40 个字母、数字、汉字或 - _，但不是 new"))
}

/// How long the name of something may be, in characters.
const LONGEST_NAME: usize = 100;

pub(crate) fn check_name(field: &'static str, name: &str) -> Result<(), LedgerError> {
    let good = !name.trim().is_empty()
        && name.trim() == name
        && name.chars().count() <= LONGEST_NAME
        && !name.chars().any(char::is_control);
    if good { Ok(()) } else { Err(invalid(field, name, "1 到 100 个字，前后无空格")) }
}

impl Ledger {
    /// Refuses what is no region of the table of divisions, nor a county of the ledger's own; below the county the form
    /// of the code is enough, as towns need not be filed to have departments.
    pub(crate) fn check_region(&self, code: &str) -> Result<(), LedgerError> {
        let below = tier_of_code(code).is_some_and(|tier| tier > terms::Tier::County);
        let known = Region::of_code(code).is_some() || code == NATION || below;
        if known || self.own_regions()?.iter().any(|own| own.code == code) {
            Ok(())
        } else {
            Err(invalid("地区代码", code, "6、9 或 12 位行政区划代码"))
        }
    }
}

/// Whether a text is an address for mail, simply written.
fn is_address(text: &str) -> bool {
    let plain = |text: &str| {
        !text.is_empty()
            && text.chars().all(|character| {
                character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_' | '+')
            })
    };
    text.len() <= 254
        && text.split_once('@').is_some_and(|(user, host)| {
            plain(user) && plain(host) && host.contains('.') && !host.starts_with('.')
        })
}
