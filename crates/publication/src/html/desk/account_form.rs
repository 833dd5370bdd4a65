//! One account.

use maud::{Markup, html};
use terms::{Account, Department, Grant, Post};

use super::super::layout::Room;
use super::super::{Address, View};
use super::account::account_address;
use super::pieces::{self, Field, Trouble};
use super::words;

/// A post as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedGrant {
    /// The word of a `Post`; empty where the row is.
    pub post: String,
    /// Code or name of the region.
    pub region: String,
    /// Code of the department; empty for all of the region.
    pub department: String,
}

/// An account as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedAccount {
    /// What the person logs in with.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// Whether the account may be used.
    pub active: bool,
    /// The posts.
    pub grants: Vec<TypedGrant>,
}

impl TypedAccount {
    /// An account as somebody would type it.
    pub fn of(account: &Account) -> TypedAccount {
        let grant = |grant: &Grant| TypedGrant {
            post: grant.post.as_str().to_owned(),
            region: grant.region.to_string(),
            department: grant.department.as_deref().unwrap_or_default().to_owned(),
        };
        TypedAccount {
            login: account.login.clone(),
            name: account.name.clone(),
            active: account.active,
            grants: account.grants.iter().map(grant).collect(),
        }
    }
}

/// The page of an account.
#[derive(Debug, Clone, Copy)]
pub struct AccountPage<'a> {
    /// Whether the account is there already, so that its login stays.
    pub known: bool,
    /// What the fields hold. Three empty rows for posts are added.
    pub typed: &'a TypedAccount,
    /// The departments to choose from.
    pub departments: &'a [Department],
    /// Why the account was not saved.
    pub fault: Option<Trouble<'a>>,
}

/// How many rows there are for posts yet to be given.
const EMPTY_ROWS: usize = 3;

/// The pages `/accounts/new` and `/accounts/{login}`: posts `login`, `name`, `active` (`1` where ticked) and rows of
/// `post-{row}`, `region-{row}` and `department-{row}`, counted from 0, to `/accounts` or `/accounts/{login}`; asks for
/// a new password of one use at `/accounts/{login}/reset`.
pub fn account(view: &View, page: &AccountPage<'_>) -> String {
    let typed = page.typed;
    let troubles: Vec<_> = page.fault.into_iter().collect();
    let title = if page.known { typed.login.as_str() } else { view.say(words::NEW_ACCOUNT) };
    let field = |name, label, value| Field::new(name, label, value).of(&troubles);
    let rows = typed.grants.iter().cloned();
    let rows = rows.chain(std::iter::repeat_n(TypedGrant::default(), EMPTY_ROWS));
    let fields = html! {
        (field("login", words::LOGIN, &typed.login).hint(words::LOGIN_RULE).fixed(page.known).show(view))
        (field("name", words::PERSON, &typed.name).show(view))
        (pieces::tick(view, "active", words::ACCOUNT_ACTIVE, typed.active))
        fieldset class="choices" {
            legend { (view.say(words::POSTS)) }
            p class="hint" { (view.say(words::POSTS_HINT)) }
            @for (row, grant) in rows.enumerate() { (grant_row(view, page, row, &grant)) }
        }
        div class="acts" { button class="primary" { (view.say(words::SAVE)) } }
    };
    let to = if page.known { account_address(&typed.login) } else { Address::new("/accounts") };
    let body = html! {
        nav class="path" aria-label=(view.say(words::ACCOUNTS)) {
            ol { li { a href=(view.link(Address::new("/accounts"))) { (view.say(words::ACCOUNTS)) } } li { (title) } }
        }
        (pieces::troubles(view, &troubles))
        h1 { (title) }
        (pieces::post(view, to, "stacked", fields))
        @if page.known {
            section {
                h2 { (view.say(words::RESET)) }
                p { (view.say(words::RESET_HINT)) }
                (pieces::post(view, account_address(&typed.login).then("reset"), "inline", html! {
                    button { (view.say(words::RESET)) }
                }))
            }
        }
    };
    pieces::page(view, title, Room::Accounts, body)
}

fn grant_row(view: &View, page: &AccountPage<'_>, row: usize, grant: &TypedGrant) -> Markup {
    let (post, region, department) =
        (format!("post-{row}"), format!("region-{row}"), format!("department-{row}"));
    let wrong =
        |field: &str| page.fault.is_some_and(|fault| fault.field == field).then_some("true");
    html! {
        div class="row grant" role="group" aria-label={ (view.say(words::POST)) " " (row + 1) } {
            div class="entry-field" {
                label for=(post) { (view.say(words::POST)) }
                select id=(post) name=(post) aria-invalid=[wrong(&post)] {
                    option value="" { "—" }
                    @for known in Post::ALL {
                        option value=(known) selected[known.as_str() == grant.post] { (view.say(words::post(*known))) }
                    }
                }
            }
            div class="entry-field" {
                label for=(region) { (view.say(words::REGION)) }
                input type="text" id=(region) name=(region) value=(grant.region) autocomplete="off" aria-invalid=[wrong(&region)];
            }
            div class="entry-field" {
                label for=(department) { (view.say(words::DEPARTMENT)) }
                select id=(department) name=(department) aria-invalid=[wrong(&department)] {
                    option value="" { (view.say(words::EVERY_DEPARTMENT)) }
                    (pieces::department_options(page.departments, &grant.department))
                }
            }
        }
    }
}
