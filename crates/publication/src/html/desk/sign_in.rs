//! Coming in: the login page, the password page, and what is said when somebody is kept out.

use terms::Right;

use super::super::View;

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
    super::stub(view, page.login)
}

/// A person's own account: posts `old`, `new` and `again` to `/account/password`.
pub fn password(view: &View, page: &PasswordPage<'_>) -> String {
    super::stub(view, page.fault.unwrap_or_default())
}

/// The visitor lacks a right; `what` names what was asked for and may be empty.
pub fn forbidden(view: &View, right: Right, what: &str) -> String {
    super::stub(view, &format!("{right}{what}"))
}

/// The session has ended, or a form was sent from none: what was typed is still there one step back.
pub fn stale(view: &View) -> String {
    super::stub(view, "")
}
