//! Pages for the people who keep a ledger: signing in, the monthly round, forms, accounts and the record of writes.
//!
//! Like every page they are pure functions from data to text and work without a script. What a form sends and where
//! to is told at each function; every form that is posted by a signed-in person carries [`Visitor::token`] as `token`.

mod account;
mod account_form;
mod department;
mod duty;
mod duty_history;
mod entry;
mod form;
mod history;
mod home;
mod new_round;
pub(super) mod pieces;
pub(super) mod plan;
mod round;
pub(super) mod shapes;
mod sign_in;
mod visitor;
mod words;

pub use account::{AccountsPage, accounts, one_time_password};
pub use account_form::{AccountPage, TypedAccount, TypedGrant, account};
pub use department::{DepartmentsPage, TypedDepartment, departments};
pub use duty::{DutyPage, duty};
pub use duty_history::{DutyHistoryPage, FiledVersion, duty_history};
pub use entry::{FindingWeight, LineContext, PageFinding, TypedFigure};
pub use form::{FormPage, FormsPage, TypedForm, form, forms};
pub use history::{HistoryEntry, HistoryPage, history};
pub use home::{HomePage, home};
pub use new_round::{NewRoundPage, TypedRound, new_round};
pub use pieces::{Names, Trouble};
pub use plan::{
    PLAN_PAGE_SIZE, PlanAsked, PlanChildren, PlanClash, PlanConflict, PlanDone, PlanHistoryPage,
    PlanKindLine, PlanLine, PlanListPage, PlanMay, PlanNames, PlanNewPage, PlanObjectPage,
    PlanOrder, PlanOverviewPage, PlanTyped, PlanValues, RegisterCountPage, plan_history, plan_list,
    plan_list_address, plan_new, plan_object, plan_overview, register_count,
};
pub use round::{RoundDone, RoundLine, RoundPage, RoundsPage, punctuality_named, round, rounds};
pub use sign_in::{LoginPage, PasswordPage, forbidden, login, password, stale, stale_with};
pub use visitor::Visitor;

pub(super) use pieces::{period, region, token, troubles};
pub(super) use visitor::bar;
pub(super) use words::days_left;
