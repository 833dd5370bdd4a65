//! The way of a problem from stage to stage.

use terms::{Day, PlanMove, PlanObject, ProblemCourse, StageStay};

use super::day_of;

/// How a problem came to where it stands: the days that it spent in each stage until today, and how often it was opened
/// again. `moves` are all its states, earliest first. Time in a stage that it came to twice is added up.
pub fn course(problem: &PlanObject, moves: &[PlanMove], today: Day) -> ProblemCourse {
    let mut known: Vec<(&str, Day)> = moves
        .iter()
        .filter_map(|own| Some((own.state.as_str(), day_of(&own.at)?.min(today))))
        .collect();
    // It was there from the day on which it was found, whenever it was entered.
    let found = problem.value("opened").parse::<Day>().ok();
    if let (Some(first), Some(found)) = (known.first_mut(), found) {
        first.1 = first.1.min(found);
    }
    let is_over = |state: &str| matches!(state, "closed" | "cancelled");
    let ends = known.iter().skip(1).map(|(_, day)| *day).chain([today]);
    let stays: Vec<(&str, i64)> = known
        .iter()
        .zip(ends)
        .map(|((state, since), until)| {
            (*state, if is_over(state) { 0 } else { since.days_until(until).max(0) })
        })
        .collect();
    let stay = |state: &str| {
        let mut own = stays.iter().filter(|(known, _)| *known == state).peekable();
        own.peek().is_some().then(|| own.map(|(_, days)| days).sum())
    };
    let first = known.first().map(|(_, day)| *day);
    let last = known.last().filter(|(state, _)| is_over(state)).map_or(today, |(_, day)| *day);
    let on_the_way = |state: &str| !matches!(state, "reopened" | "cancelled");
    ProblemCourse {
        stages: problem
            .kind
            .states
            .iter()
            .map(|own| (own, stay(own.code)))
            .filter(|(own, days)| on_the_way(own.code) || days.is_some())
            .map(|(own, days)| StageStay { state: own.code, days, now: own.code == problem.state })
            .collect(),
        reopened: known.iter().filter(|(state, _)| *state == "reopened").count(),
        days: first.map(|first| first.days_until(last).max(0)),
    }
}
