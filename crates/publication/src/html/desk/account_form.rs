//! One account.

use terms::{Account, Department};

use super::super::View;
use super::Trouble;

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
        let grant = |grant: &terms::Grant| TypedGrant {
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

/// The pages `/accounts/new` and `/accounts/{login}`: posts `login`, `name`, `active` (`1` where ticked) and rows of
/// `post-{row}`, `region-{row}` and `department-{row}`, counted from 0, to `/accounts` or `/accounts/{login}`; asks for
/// a new password of one use at `/accounts/{login}/reset`.
pub fn account(view: &View, page: &AccountPage<'_>) -> String {
    super::stub(view, &page.typed.login)
}
