//! Until when something of a plan object is waited for.

use publication::html::desk::PlanLine;
use terms::{Day, PlanObject};

/// Of each kind that has a last day, the field that holds it, and the states in which it is waited for.
const WAITED: &[(&str, &str, &[&str])] = &[
    ("task", "due", &["planned", "started"]),
    ("milestone", "due", &["open"]),
    ("problem", "deadline", &["opened", "assigned", "reopened"]),
    ("order", "due", &["issued", "reopened"]),
];

/// An object with its last day.
pub(super) fn line(object: PlanObject) -> PlanLine {
    let own = WAITED.iter().find(|(kind, ..)| *kind == object.kind.code);
    let due = own.and_then(|(_, field, _)| object.value(field).parse::<Day>().ok());
    let waits =
        due.is_some() && own.is_some_and(|(.., states)| states.contains(&object.state.as_str()));
    PlanLine { object, due, waits }
}

/// Whether it is overdue on a day.
pub(super) fn is_late(line: &PlanLine, today: Day) -> bool {
    line.waits && line.due.is_some_and(|due| due < today)
}

#[cfg(test)]
mod tests {
    use terms::{FieldKind, PlanKind};

    use super::*;

    #[test]
    fn what_is_waited_for_is_of_the_kind() {
        for (code, field, states) in WAITED {
            let kind = PlanKind::named(code).unwrap();
            assert_eq!(kind.field(field).map(|field| field.kind), Some(FieldKind::Day), "{code}");
            assert!(states.iter().all(|state| kind.state(state).is_some()), "{code}");
            assert!(states.contains(&kind.beginning().code), "{code}");
        }
    }
}
