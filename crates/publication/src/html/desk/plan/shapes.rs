//! Shapes of states of plan objects: what they mean for who looks at them, told by more than colour.

use maud::Markup;
use terms::{FigureState, PlanKind, Punctuality};

use super::super::shapes;

/// What a state means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing has been begun.
    Waits,
    /// It is under way.
    UnderWay,
    /// It was done and waits to be checked.
    ToCheck,
    /// It is as it should be.
    Good,
    /// It has to be done again.
    Again,
    /// It is no more.
    Over,
}

fn stage(kind: &PlanKind, state: &str) -> Stage {
    match (kind.code, state) {
        (_, "cancelled" | "refused" | "retired" | "ended") => Stage::Over,
        (_, "reopened" | "suspended") => Stage::Again,
        (_, "rectified" | "answered" | "done" | "reached") => Stage::ToCheck,
        ("order", "issued") => Stage::Waits,
        (
            _,
            "verified" | "closed" | "finished" | "accepted" | "confirmed" | "approved" | "granted"
            | "issued" | "paid" | "held" | "listed" | "current" | "in-force",
        ) => Stage::Good,
        (_, state) if state == kind.beginning().code && kind.code != "project-year" => Stage::Waits,
        _ => Stage::UnderWay,
    }
}

/// The class that gives a state its colour.
pub(in crate::html) fn tone(kind: &PlanKind, state: &str) -> &'static str {
    match stage(kind, state) {
        Stage::Waits => shapes::tone_of_state(None),
        Stage::UnderWay => shapes::tone_of_punctuality(Punctuality::Open),
        Stage::ToCheck => shapes::tone_of_state(Some(FigureState::Submitted)),
        Stage::Good => shapes::tone_of_state(Some(FigureState::Approved)),
        Stage::Again => shapes::tone_of_state(Some(FigureState::Returned)),
        Stage::Over => shapes::tone_of_punctuality(Punctuality::Closed),
    }
}

/// Whether a state is a step onward, and not back or away.
pub(in crate::html) fn is_onward(kind: &PlanKind, state: &str) -> bool {
    !matches!(stage(kind, state), Stage::Again | Stage::Over)
}

/// The shape of a state.
pub(in crate::html) fn state(kind: &PlanKind, state: &str) -> Markup {
    match stage(kind, state) {
        Stage::Waits => shapes::state(None),
        Stage::UnderWay => shapes::punctuality(Punctuality::Open),
        Stage::ToCheck => shapes::state(Some(FigureState::Submitted)),
        Stage::Good => shapes::state(Some(FigureState::Approved)),
        Stage::Again => shapes::state(Some(FigureState::Returned)),
        Stage::Over => shapes::punctuality(Punctuality::Closed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_back_is_told_from_what_is_good() {
        for kind in PlanKind::all() {
            for known in kind.states {
                let again = matches!(known.code, "reopened" | "suspended");
                assert_eq!(stage(kind, known.code) == Stage::Again, again, "{}", known.code);
            }
        }
        let problem = PlanKind::named("problem").unwrap();
        let stages = ["opened", "assigned", "rectified", "verified", "reopened", "cancelled"];
        let stages = stages.map(|state| stage(problem, state));
        for (place, one) in stages.iter().enumerate() {
            assert!(!stages[place + 1..].contains(one), "{one:?} twice");
        }
    }
}
