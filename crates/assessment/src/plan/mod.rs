//! How the work of a plan gets on: tasks and problems against their last day, projects against the year.
//!
//! Where a place draws its borders differs, so they are data ([`ProjectPolicy`]). What an object does not say is missing,
//! and nothing is made of it.

mod money;
mod problem;
mod stalled;
#[cfg(test)]
mod tests;

use rust_decimal::{Decimal, RoundingStrategy};
use terms::{Day, Deadline, MilestoneCount, PlanObject, PlanState, Right};

pub use money::{change, funding, investment, total};
pub use problem::course;
pub use stalled::{progress, stalled};

/// From which silence, and from how far behind the year, a project is behind or stalls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProjectPolicy {
    /// A project that is being built stalls when nothing was reported of it for more than so many days.
    pub silent_days: i64,
    /// Investment is behind when it is more than so many points behind the share of the year that has passed.
    pub behind: Decimal,
    /// So many points behind, the project stalls.
    pub far_behind: Decimal,
}

impl Default for ProjectPolicy {
    /// Behind from 10 points on and far behind from 30, as cities show yellow and red; two months of silence, since
    /// figures come monthly and January and February come together.
    fn default() -> Self {
        ProjectPolicy { silent_days: 60, behind: Decimal::TEN, far_behind: Decimal::from(30) }
    }
}

/// Why a policy cannot be used, in Chinese.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidProjectPolicy {
    /// A number is negative.
    #[error("{0}：应不小于 0")]
    Negative(&'static str),
    /// What is far behind is not further than what is behind.
    #[error("far-behind：应不小于 behind")]
    Order,
}

impl ProjectPolicy {
    /// Whether its borders are in order.
    ///
    /// # Errors
    /// Tells which are not.
    pub fn check(&self) -> Result<(), InvalidProjectPolicy> {
        if self.silent_days < 0 {
            return Err(InvalidProjectPolicy::Negative("silent-days"));
        }
        if self.behind.is_sign_negative() {
            return Err(InvalidProjectPolicy::Negative("behind"));
        }
        if self.far_behind < self.behind {
            return Err(InvalidProjectPolicy::Order);
        }
        Ok(())
    }
}

/// Of each kind that has a last day, the field that holds it, and the states in which it is waited for.
const WAITED: &[(&str, &str, &[&str])] = &[
    ("task", "due", &["planned", "started"]),
    ("milestone", "due", &["open"]),
    ("project", "finish", &["planned", "building", "suspended"]),
    ("problem", "deadline", &["opened", "assigned", "reopened"]),
    ("order", "due", &["issued", "reopened"]),
];

/// The last day of an object, where it has one.
pub fn deadline(object: &PlanObject) -> Option<Deadline> {
    let (_, field, states) = WAITED.iter().find(|(kind, ..)| *kind == object.kind.code)?;
    let day = object.value(field).parse().ok()?;
    Some(Deadline { day, waits: states.contains(&object.state.as_str()) })
}

/// How many days an object is overdue on a day; `None` where it is not, or nothing of it is waited for.
pub fn overdue(object: &PlanObject, today: Day) -> Option<i64> {
    deadline(object)?.overdue(today)
}

/// The step that is owed next: the right that it needs, and where it leads. Nothing where an object has come to its end.
pub fn owed(object: &PlanObject) -> Option<(Right, &'static PlanState)> {
    let place = |state: &str| object.kind.states.iter().position(|known| known.code == state);
    // What was put back or stands still goes on where others are long past.
    let again = matches!(object.state.as_str(), "reopened" | "suspended");
    let onward = |to: &str| {
        !matches!(to, "cancelled" | "reopened" | "refused")
            && (again || place(to) > place(&object.state))
    };
    let mut steps = object.kind.steps.iter();
    let step = steps.find(|step| step.from.contains(&object.state.as_str()) && onward(step.to))?;
    Some((step.right, object.kind.state(step.to)?))
}

/// The milestones among these objects, as they stand on a day.
pub fn milestones<'a>(
    below: impl IntoIterator<Item = &'a PlanObject>,
    today: Day,
) -> MilestoneCount {
    let mut count = MilestoneCount::default();
    let kept = |own: &&PlanObject| own.kind.code == "milestone" && own.state != "cancelled";
    for own in below.into_iter().filter(kept) {
        count.all += 1;
        count.reached += usize::from(own.state != own.kind.beginning().code);
        count.overdue += usize::from(overdue(own, today).is_some());
    }
    count
}

/// The day of a moment, as its author's calendar has it.
fn day_of(moment: &str) -> Option<Day> {
    moment.get(..10)?.parse().ok()
}

/// The share of a year that has passed with a day (序时进度), in percent, to one decimal: 0 before it, 100 after.
pub fn year_elapsed(year: i16, on: Day) -> Option<Decimal> {
    elapsed(year, on).map(shown)
}

fn elapsed(year: i16, on: Day) -> Option<Decimal> {
    if on.year() != year {
        return Some(if on.year() < year { Decimal::ZERO } else { Decimal::ONE_HUNDRED });
    }
    crate::object_figures::share_passed(on)
}

/// To one decimal, as shares are shown.
fn shown(share: Decimal) -> Decimal {
    let mut shown = share.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
    shown.rescale(1);
    shown
}
