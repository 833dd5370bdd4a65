//! The accounts.

use terms::Account;

use super::super::View;
use super::Names;

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
    super::stub(view, &page.accounts.len().to_string())
}

/// A password that was made for one use, shown this one time.
pub fn one_time_password(view: &View, login: &str, password: &str) -> String {
    super::stub(view, &format!("{login}{password}"))
}
