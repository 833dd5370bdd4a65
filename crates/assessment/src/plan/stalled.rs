//! Whether a project stalls.

use terms::{Day, Pace, PlanObject, ProjectProgress, StallCause};

use super::{ProjectPolicy, day_of, investment, milestones};

/// How a project gets on, from itself and from what stands under it.
pub fn progress(
    project: &PlanObject,
    below: &[&PlanObject],
    today: Day,
    policy: &ProjectPolicy,
) -> ProjectProgress {
    let years = investment(below, today, policy);
    let mut stalled = Vec::new();
    let on = |field: &str| project.value(field).parse::<Day>().ok();
    match project.state.as_str() {
        "suspended" => {
            // What was entered later than the day that is looked at tells no day.
            let since = day_of(&project.state_since).filter(|since| *since <= today);
            stalled.push(StallCause::Suspended { since });
        }
        "planned" => {
            let late = on("start").map(|planned| (planned, planned.days_until(today)));
            if let Some((planned, days)) = late.filter(|(_, days)| *days > 0) {
                stalled.push(StallCause::NotBegun { planned, days });
            }
        }
        "building" => {
            let current = years.iter().find(|own| own.year == today.year());
            if let Some(rate) = current.and_then(|own| own.rate)
                && rate.pace == Pace::FarBehind
            {
                let (through, elapsed, behind) = (rate.on, rate.elapsed, -rate.ahead);
                stalled.push(StallCause::Behind { rate: rate.rate, elapsed, behind, through });
            }
            let silent = heard(project, below, today).map(|last| (last, last.days_until(today)));
            if let Some((last, days)) = silent.filter(|(_, days)| *days > policy.silent_days) {
                stalled.push(StallCause::Silent { last, days });
            }
        }
        _ => {}
    }
    ProjectProgress {
        milestones: milestones(below.iter().copied(), today),
        changes: below.iter().filter(|own| own.kind.code == "change-order").count(),
        years,
        stalled,
    }
}

/// Why a project stalls on a day; empty where it does not. `below` is what stands under it, of any kind.
///
/// A project that is being built stalls when nothing was reported of it for long, or when its investment is far behind
/// the year; one that is suspended, or that should have been begun, stalls as such.
pub fn stalled(
    project: &PlanObject,
    below: &[&PlanObject],
    today: Day,
    policy: &ProjectPolicy,
) -> Vec<StallCause> {
    progress(project, below, today, policy).stalled
}

/// The last day of which something is known of a project: through which its investment was reported, on which a milestone
/// was reached or evidence was attached. Where it tells none, the day on which it, or what stands under it, came to where
/// it stands.
fn heard(project: &PlanObject, below: &[&PlanObject], today: Day) -> Option<Day> {
    let all = || std::iter::once(project).chain(below.iter().copied());
    let told = below.iter().flat_map(|own| {
        ["through", "done-on"].into_iter().filter_map(|field| own.value(field).parse::<Day>().ok())
    });
    let attached = all().flat_map(|own| own.attachments.iter().filter_map(|file| day_of(&file.at)));
    let told = told.chain(attached).filter(|day| *day <= today).max();
    told.or_else(|| all().filter_map(|own| day_of(&own.state_since)).max())
}
