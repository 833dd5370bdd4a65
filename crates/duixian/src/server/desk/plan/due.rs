//! Until when something of a plan object is waited for.

use assessment::plan;
use publication::html::desk::PlanLine;
use terms::{Day, Deadline, PlanObject};

/// An object with its last day.
pub(super) fn line(object: PlanObject) -> PlanLine {
    let deadline = plan::deadline(&object);
    let waits = deadline.is_some_and(|deadline| deadline.waits);
    PlanLine { object, due: deadline.map(|deadline| deadline.day), waits }
}

/// Whether it is overdue on a day.
pub(super) fn is_late(line: &PlanLine, today: Day) -> bool {
    let deadline = line.due.map(|day| Deadline { day, waits: line.waits });
    deadline.is_some_and(|deadline| deadline.overdue(today).is_some())
}
