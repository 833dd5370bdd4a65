//! Signing in and out, and the own password.

use axum::http::StatusCode;
use ledger::VisitAct;
use publication::html::desk::{self, LoginPage, PasswordPage};

use super::super::gate::{self, Guest};
use super::super::house::Doors;
use super::super::limiter::Outcome;
use super::super::reply::Reply;
use super::super::visit::{Refusal, Visit, must_change};
use super::super::{ask, password};
use crate::clock;

/// The sign-in page; where nobody signs in, the desk.
pub(super) fn page(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let back = ask::back(visit.asked.get("back"));
    match (visit.guest, &visit.house.doors) {
        (Guest::Stranger, Doors::Locked) => Ok(show(visit, "", back, None)),
        _ => Ok(Reply::see(back)),
    }
}

fn show(visit: &Visit<'_>, login: &str, back: &str, fault: Option<&str>) -> Reply {
    Reply::page(desk::login(visit.view, &LoginPage { login, back, fault })).private()
}

/// Signs in. Which of account and password is wrong is not told.
pub(super) fn sign_in(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let (house, now) = (visit.house, clock::seconds());
    let back = ask::back(visit.sent.get("back"));
    if let Doors::Open { .. } = house.doors {
        return Ok(Reply::see(back));
    }
    let login: String = visit.sent.text("login").chars().take(64).collect();
    let refused = |fault: &str, status| Ok(show(visit, &login, back, Some(fault)).status(status));
    let wait = house.limiter.wait(&login, visit.place, now);
    if wait > 0 {
        let minutes = (wait + 59) / 60;
        let fault = format!("错误次数过多，请 {minutes} 分钟后再试，或请管理员重置密码");
        return refused(&fault, StatusCode::TOO_MANY_REQUESTS);
    }
    let (account, known) = house.store.read(|ledger| {
        Ok::<_, ledger::LedgerError>((ledger.account(&login)?, ledger.credentials(&login)?))
    })?;
    let hash = known.first().map(|known| known.hash.as_str());
    let right = password::is_right(visit.sent.get("password").unwrap_or(""), hash);
    let entry = |reason| ledger::Entry {
        author: login.clone(),
        account: true,
        ..visit.guest.entry(visit.place, reason)
    };
    let Some(account) = account.filter(|account| right && account.active) else {
        if house.limiter.wrong(&login, visit.place, now) == Outcome::LockedOut {
            let entry = entry("密码多次错误，暂停登录");
            house.store.write(|ledger| ledger.note_visit(&login, VisitAct::LockedOut, &entry))?;
        }
        return refused(
            "账号或密码不对（请核对大小写；连续 5 次错误将暂停 15 分钟）",
            StatusCode::FORBIDDEN,
        );
    };
    house.limiter.right(&login);
    let Some(token) = gate::new_token() else {
        return Err(Refusal::Failed("系统不提供随机数".to_owned()));
    };
    let (hashed, entry) = (gate::hashed(&token), entry("登录"));
    house.store.write(|ledger| ledger.open_session(&account.login, &hashed, now, &entry))?;
    let to = match must_change(house, &account.login)? {
        true => "/account",
        // Who signs in comes to work.
        false if back == "/" => "/desk",
        false => back,
    };
    Ok(Reply::see(to).session(gate::COOKIE, &token, house.https))
}

/// Signs out.
pub(super) fn sign_out(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let Guest::Account(_, token) = visit.guest else { return Ok(Reply::see("/")) };
    let (hashed, entry) = (gate::hashed(token), visit.entry("退出"));
    visit.house.store.write(|ledger| ledger.end_session(&hashed, &entry))?;
    Ok(Reply::see("/login").session(gate::COOKIE, "", visit.house.https))
}

/// The own account.
pub(super) fn account(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let must = match visit.guest {
        Guest::Account(account, _) => must_change(visit.house, &account.login)?,
        _ => return Ok(Reply::see("/desk")),
    };
    let done = visit.asked.get("done").is_some();
    Ok(password_page(visit, must, None, done))
}

fn password_page(visit: &Visit<'_>, must: bool, fault: Option<&str>, done: bool) -> Reply {
    let page = PasswordPage { must, fault, rules: password::RULES, done };
    Reply::page(desk::password(visit.view, &page))
}

/// Changes the own password, which ends all sessions and begins a new one.
pub(super) fn change_password(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let Guest::Account(account, _) = visit.guest else { return Ok(Reply::see("/desk")) };
    let (house, login) = (visit.house, &account.login);
    let must = must_change(house, login)?;
    let field = |name| visit.sent.get(name).unwrap_or("");
    let refused = |fault: &str| {
        Ok(password_page(visit, must, Some(fault), false).status(StatusCode::UNPROCESSABLE_ENTITY))
    };
    // A stolen session must not be able to guess the password at leisure either.
    let now = clock::seconds();
    if house.limiter.wait(login, visit.place, now) > 0 {
        return refused("错误次数过多，请稍后再试");
    }
    let known = house.store.read(|ledger| ledger.credentials(login))?;
    let hash = known.first().map(|known| known.hash.as_str());
    if !password::is_right(field("old"), hash) {
        house.limiter.wrong(login, visit.place, now);
        return refused("原密码不对");
    }
    let new = field("new");
    if new != field("again") {
        return refused("两次输入的新密码不一致");
    }
    if let Some(weakness) = password::weakness(new, login) {
        return refused(weakness);
    }
    if known.iter().any(|known| password::is_right(new, Some(&known.hash))) {
        return refused("新密码最近用过（应与最近 5 次不同）");
    }
    let (Some(hash), Some(token)) = (password::hash(new), gate::new_token()) else {
        return Err(Refusal::Failed("系统不提供随机数".to_owned()));
    };
    let (hashed, entry) = (gate::hashed(&token), visit.entry("更改密码"));
    house.store.write(|ledger| {
        ledger.set_password(login, &hash, false, &entry)?;
        ledger.open_session(login, &hashed, now, &entry)
    })?;
    let to = if must { "/desk" } else { "/account?done=1" };
    Ok(Reply::see(to).session(gate::COOKIE, &token, house.https))
}
