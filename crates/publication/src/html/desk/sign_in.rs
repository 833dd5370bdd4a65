//! Coming in: the login page, the password page, and what is said when somebody is kept out.

use maud::html;
use terms::Right;

use super::super::layout::Room;
use super::super::{Address, View};
use super::pieces::{self, Field, Trouble};
use super::words;

/// The login page.
#[derive(Debug, Clone, Copy)]
pub struct LoginPage<'a> {
    /// The name that was typed before; empty at first.
    pub login: &'a str,
    /// Where to go once signed in: an address of this server.
    pub back: &'a str,
    /// Why nobody was signed in.
    pub fault: Option<&'a str>,
}

/// The page on which a person changes the password.
#[derive(Debug, Clone, Copy)]
pub struct PasswordPage<'a> {
    /// Whether nothing else may be done before: the password was made for one use, or is too old.
    pub must: bool,
    /// Why the password was not changed.
    pub fault: Option<&'a str>,
    /// What a password has to be like, a sentence each.
    pub rules: &'a [&'a str],
    /// Whether it was changed just now.
    pub done: bool,
}

/// Signing in: posts `login`, `password` and `back` to `/login`.
pub fn login(view: &View, page: &LoginPage<'_>) -> String {
    let troubles: Vec<_> =
        page.fault.map(|sentence| Trouble { field: "login", sentence }).into_iter().collect();
    let login = Field::new("login", words::LOGIN, page.login).complete("username").of(&troubles);
    let password = Field::new("password", words::PASSWORD, "").kind("password");
    let fields = html! {
        input type="hidden" name="back" value=(page.back);
        (login.show(view))
        (password.complete("current-password").show(view))
        div class="acts" { button class="primary" { (view.say(words::SIGN_IN)) } }
    };
    let body = html! {
        div class="card" {
            h1 { (view.say(words::SIGN_IN)) }
            (pieces::troubles(view, &troubles))
            (pieces::post(view, Address::new("/login"), "stacked", fields))
            p class="quiet" { (view.say(words::LOGIN_HINT)) }
        }
    };
    pieces::page(view, view.say(words::SIGN_IN), Room::None, body)
}

/// A person's own account: posts `old`, `new` and `again` to `/account/password`.
pub fn password(view: &View, page: &PasswordPage<'_>) -> String {
    let troubles: Vec<_> =
        page.fault.map(|sentence| Trouble { field: "old", sentence }).into_iter().collect();
    let secret = |name, label, complete| {
        Field::new(name, label, "").kind("password").complete(complete).show(view)
    };
    let login = view.visitor.as_ref().map_or("", |visitor| &visitor.login);
    let fields = html! {
        // A keeper of passwords wants to know whose it is.
        input type="hidden" autocomplete="username" value=(login);
        (secret("old", words::OLD_PASSWORD, "current-password"))
        (secret("new", words::NEW_PASSWORD, "new-password"))
        (secret("again", words::NEW_AGAIN, "new-password"))
        @if !page.rules.is_empty() {
            div class="hint" {
                p { (view.say(words::PASSWORD_RULES)) }
                ul lang="zh-CN" { @for rule in page.rules { li { (rule) } } }
            }
        }
        div class="acts" { button class="primary" { (view.say(words::CHANGE_PASSWORD)) } }
    };
    let body = html! {
        div class="card" {
            h1 { (view.say(if page.must { words::CHANGE_PASSWORD } else { words::MY_ACCOUNT })) }
            (pieces::troubles(view, &troubles))
            @if page.done { (pieces::done(view.say(words::PASSWORD_CHANGED))) }
            @if page.must {
                p { (view.say(words::MUST_CHANGE)) }
            } @else if let Some(visitor) = &view.visitor {
                dl class="facts" {
                    (pieces::fact(view, words::PERSON, html! { (visitor.name) }))
                    (pieces::fact(view, words::LOGIN, html! { (visitor.login) }))
                    (pieces::fact(view, words::MAY_DO, html! {
                        @for (number, right) in visitor.rights.iter().enumerate() {
                            @if number > 0 { " · " }
                            (view.say(words::right(*right)))
                        }
                    }))
                }
                h2 { (view.say(words::CHANGE_PASSWORD)) }
            }
            (pieces::post(view, Address::new("/account/password"), "stacked", fields))
        }
    };
    pieces::page(view, view.say(words::MY_ACCOUNT), Room::Account, body)
}

/// The visitor lacks a right; `what` names what was asked for and may be empty.
pub fn forbidden(view: &View, right: Right, what: &str) -> String {
    let body = html! {
        div class="message" {
            p class="code" { "403" }
            h1 { (view.say(words::FORBIDDEN)) }
            p { (view.say(words::FORBIDDEN_NEEDS)) strong { (view.say(words::right(right))) } }
            @if !what.is_empty() { p lang="zh-CN" { (what) } }
            p { (view.say(words::FORBIDDEN_HINT)) }
            p { a href=(view.link(Address::new("/desk"))) { (view.say(words::TO_DESK)) } }
        }
    };
    pieces::page(view, view.say(words::FORBIDDEN), Room::None, body)
}

/// The session has ended, or a form was sent from none, and nothing of it can be kept.
pub fn stale(view: &View) -> String {
    stale_with(view, &[])
}

/// Fields that are not sent back to the one who sent them.
const SECRET: &[&str] = &["password", "old", "new", "again"];

/// The session has ended, and `kept` is what the form held that was sent to [`View::here`]: the page sends it again,
/// at once where somebody is signed in, else after signing in elsewhere. A form with a password is not kept.
///
/// Only what a page of this server sent may be kept: what came from elsewhere would be sent again with a good token.
pub fn stale_with(view: &View, kept: &[(String, String)]) -> String {
    let secret = kept.iter().any(|(name, _)| SECRET.contains(&name.as_str()));
    let kept: Vec<_> = kept.iter().filter(|(name, _)| !secret && name != "token").collect();
    let hint = match &view.visitor {
        _ if kept.is_empty() => words::STALE_HINT,
        None => words::KEPT_OUT,
        Some(_) => words::KEPT_IN,
    };
    let fields = html! {
        @for (name, value) in &kept { input type="hidden" name=(name) value=(value); }
        div class="acts" { button class="primary" { (view.say(words::SEND_AGAIN)) } }
        details {
            summary { (view.say(words::KEPT)) }
            dl class="fields" {
                @for (name, value) in kept.iter().filter(|(_, value)| !value.is_empty()) {
                    div { dt { code { (name) } } dd { (value) } }
                }
            }
        }
    };
    let body = html! {
        div class="message" {
            p class="code" { "403" }
            h1 { (view.say(words::STALE)) }
            p { (view.say(hint)) }
            @if view.visitor.is_none() {
                p { a href=(view.link(Address::new("/login"))) target="_blank" rel="noopener" { (view.say(words::TO_SIGN_IN)) } }
            }
            @if !kept.is_empty() { (pieces::post(view, view.here.clone(), "stacked", fields)) }
        }
    };
    pieces::page(view, view.say(words::STALE), Room::None, body)
}
