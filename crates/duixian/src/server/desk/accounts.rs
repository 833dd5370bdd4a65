//! Accounts and their posts.

use axum::http::StatusCode;
use publication::html::Address;
use publication::html::desk::{self, AccountPage, AccountsPage, Trouble, TypedAccount, TypedGrant};
use terms::{Account, Grant, Post, Right};

use super::super::password;
use super::super::reply::Reply;
use super::super::visit::{Refusal, Visit};
use super::rounds::worded;

/// All accounts.
pub(super) fn list(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Administer)?;
    let mut accounts = visit.house.store.read(|ledger| ledger.accounts())?;
    accounts.retain(|account| is_kept_by(visit, account));
    let page = AccountsPage {
        accounts: &accounts,
        departments: &super::departments(visit)?,
        regions: &super::regions(visit)?,
        saved: visit.asked.get("done").is_some(),
    };
    Ok(Reply::page(desk::accounts(visit.view, &page)))
}

/// Whether an account has a post in the guest's care, or none at all.
fn is_kept_by(visit: &Visit<'_>, account: &Account) -> bool {
    let cares = |grant: &Grant| {
        visit.guest.may(Right::Administer, &grant.region, grant.department.as_deref())
    };
    account.grants.is_empty() || account.grants.iter().any(cares)
}

/// The page on which an account is added.
pub(super) fn new(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let typed = TypedAccount { active: true, ..TypedAccount::default() };
    show(visit, &typed, false, None)
}

/// The page of an account.
pub(super) fn page(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Administer)?;
    let account = visit.house.store.read(|ledger| ledger.account(visit.id))?;
    let account = account.ok_or(Refusal::NotFound)?;
    if !is_kept_by(visit, &account) {
        return Err(Refusal::Forbidden(Right::Administer));
    }
    show(visit, &TypedAccount::of(&account), true, None)
}

fn show(
    visit: &Visit<'_>,
    typed: &TypedAccount,
    known: bool,
    fault: Option<Trouble<'_>>,
) -> Result<Reply, Refusal> {
    visit.demand(Right::Administer)?;
    let departments = visit.house.store.read(|ledger| ledger.departments())?;
    let page = AccountPage { known, typed, departments: &departments, fault };
    let reply = Reply::page(desk::account(visit.view, &page));
    Ok(if fault.is_some() { reply.status(StatusCode::UNPROCESSABLE_ENTITY) } else { reply })
}

/// Adds an account, and shows its first password, which is for one use.
pub(super) fn add(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Administer)?;
    let typed = typed(visit, visit.sent.text("login"));
    if visit.house.store.read(|ledger| ledger.account(&typed.login))?.is_some() {
        let sentence = "此账号已存在（新账号应用新的名称）";
        return show(visit, &typed, false, Some(Trouble { field: "login", sentence }));
    }
    match put(visit, &typed, false)? {
        Some(reply) => Ok(reply),
        None => give_password(visit, &typed.login),
    }
}

/// Changes an account.
pub(super) fn save(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Administer)?;
    if visit.house.store.read(|ledger| ledger.account(visit.id))?.is_none() {
        return Err(Refusal::NotFound);
    }
    match put(visit, &typed(visit, visit.id), true)? {
        Some(reply) => Ok(reply),
        None => Ok(super::done(visit, Address::new("/accounts").with("done", "1"))),
    }
}

/// Gives an account a new password for one use.
pub(super) fn reset(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Administer)?;
    give_password(visit, visit.id)
}

fn give_password(visit: &Visit<'_>, login: &str) -> Result<Reply, Refusal> {
    let once = password::for_one_use();
    let made = once.and_then(|once| Some((password::hash(&once)?, once)));
    let (hash, once) = made.ok_or_else(|| Refusal::Failed("系统不提供随机数".to_owned()))?;
    let entry = visit.entry("重置密码");
    visit.house.store.write(|ledger| ledger.set_password(login, &hash, true, &entry))?;
    visit.house.limiter.right(login);
    Ok(Reply::page(desk::one_time_password(visit.view, login, &once)).private())
}

/// What was typed. Rows without a post are left out.
fn typed(visit: &Visit<'_>, login: &str) -> TypedAccount {
    let field = |name: &str, row: usize| visit.sent.text(&format!("{name}-{row}")).to_owned();
    let grants = (0..MOST_GRANTS)
        .map(|row| TypedGrant {
            post: field("post", row),
            region: field("region", row),
            department: field("department", row),
        })
        .filter(|grant| !grant.post.is_empty())
        .collect();
    TypedAccount {
        login: login.to_owned(),
        name: visit.sent.text("name").to_owned(),
        active: visit.sent.text("active") == "1",
        grants,
    }
}

/// How many rows of posts a form may send.
const MOST_GRANTS: usize = 100;

/// Writes an account; gives the page that tells why not, where it could not be.
fn put(visit: &Visit<'_>, typed: &TypedAccount, known: bool) -> Result<Option<Reply>, Refusal> {
    let refused = |field: &str, sentence: &str| {
        show(visit, typed, known, Some(Trouble { field, sentence })).map(Some)
    };
    let mut grants = Vec::new();
    for (row, grant) in typed.grants.iter().enumerate() {
        let Ok(post) = grant.post.parse::<Post>() else {
            return refused(
                &format!("post-{row}"),
                &format!("岗位“{}”（应从列表中选）", grant.post),
            );
        };
        let region = match super::region_of(visit, &grant.region) {
            Ok(region) => region.into(),
            Err(sentence) => return refused(&format!("region-{row}"), &sentence),
        };
        let department = (!grant.department.is_empty()).then(|| grant.department.as_str().into());
        grants.push(Grant { post, region, department });
    }
    let TypedAccount { login, name, active, .. } = typed.clone();
    let account = Account { login, name, grants, active };
    let entry = visit.entry("维护账号");
    match visit.house.store.write(|ledger| ledger.put_account(&account, &entry)) {
        Ok(_) => Ok(None),
        Err(error) => refused("", &worded(error)?),
    }
}
