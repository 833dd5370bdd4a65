//! The accounts.

use maud::{Markup, html};
use terms::{Account, Grant};

use super::super::layout::Room;
use super::super::{Address, View};
use super::pieces::{self, Names};
use super::words;

/// All accounts.
#[derive(Debug, Clone, Copy)]
pub struct AccountsPage<'a> {
    /// The accounts.
    pub accounts: &'a [Account],
    /// Names of departments.
    pub departments: &'a Names,
    /// Names of regions.
    pub regions: &'a Names,
    /// Whether an account was saved just now.
    pub saved: bool,
}

/// The page `/accounts`; leads to `/accounts/new`, `/accounts/{login}` and `/departments`.
pub fn accounts(view: &View, page: &AccountsPage<'_>) -> String {
    let body = html! {
        @if page.saved { (pieces::done(view.say(words::SAVED))) }
        div class="with-tools" {
            h1 { (view.say(words::ALL_ACCOUNTS)) }
            p class="downloads" {
                a href=(view.link(Address::new("/departments"))) { (view.say(words::DEPARTMENTS)) }
                a class="button primary" href=(view.link(Address::new("/accounts/new"))) { (view.say(words::NEW_ACCOUNT)) }
            }
        }
        @if page.accounts.is_empty() {
            p class="none" { (view.say(words::NO_ACCOUNTS)) }
        } @else {
            table class="stack" {
                thead {
                    tr {
                        th scope="col" { (view.say(words::LOGIN)) }
                        th scope="col" { (view.say(words::PERSON)) }
                        th scope="col" { (view.say(words::POSTS)) }
                        th scope="col" { (view.say(words::STATE)) }
                    }
                }
                tbody {
                    @for account in page.accounts {
                        tr {
                            th scope="row" { a href=(view.link(account_address(&account.login))) { (account.login) } }
                            td data-label=(view.say(words::PERSON)) lang="zh-CN" { (account.name) }
                            td data-label=(view.say(words::POSTS)) { (posts(view, page, account)) }
                            td data-label=(view.say(words::STATE)) {
                                (view.say(if account.active { words::IN_USE } else { words::SUSPENDED }))
                            }
                        }
                    }
                }
            }
        }
    };
    pieces::page(view, view.say(words::ACCOUNTS), Room::Accounts, body)
}

/// The page of an account.
pub(super) fn account_address(login: &str) -> Address {
    Address::of("/accounts", login)
}

fn posts(view: &View, page: &AccountsPage<'_>, account: &Account) -> Markup {
    let post = |grant: &Grant| {
        html! {
            li {
                (view.say(words::post(grant.post)))
                span class="label" lang="zh-CN" {
                    " " (pieces::region(page.regions, &grant.region))
                    @if let Some(department) = &grant.department { " · " (pieces::name(page.departments, department)) }
                }
            }
        }
    };
    html! {
        @if account.grants.is_empty() { span class="quiet" { (view.say(words::NO_POST)) } }
        @else { ul { @for grant in &account.grants { (post(grant)) } } }
    }
}

/// A password that was made for one use, shown this one time.
pub fn one_time_password(view: &View, login: &str, password: &str) -> String {
    let body = html! {
        div class="card" {
            h1 { (view.say(words::ONE_TIME)) }
            dl class="facts" { (pieces::fact(view, words::LOGIN, html! { (login) })) }
            p class="secret" { code { (password) } }
            p { (view.say(words::ONE_TIME_HINT)) }
            p { a href=(view.link(Address::new("/accounts"))) { (view.say(words::TO_ACCOUNTS)) } }
        }
    };
    pieces::page(view, view.say(words::ONE_TIME), Room::Accounts, body)
}
