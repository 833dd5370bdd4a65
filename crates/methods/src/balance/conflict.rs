//! Smallest sets of conditions that contradict each other.

use super::program::Program;
use super::{Conflict, Unbalanced};

/// Conflicts that have no member in common, until those left contradict each other no more.
pub(super) fn all(
    program: &Program<'_>,
    conditions: &[usize],
) -> Result<Vec<Conflict>, Unbalanced> {
    let mut left = conditions.to_vec();
    let mut found = Vec::new();
    while program.settled(&left)?.is_none() {
        let members = smallest(program, &left)?;
        if members.is_empty() {
            break;
        }
        left.retain(|condition| !members.contains(condition));
        let mut remedies = Vec::new();
        for member in &members {
            let can = program.conditions.get(*member).is_some_and(|known| known.price.is_some());
            if can && let Some(by) = program.least(&members, *member)? {
                remedies.push((*member, by));
            }
        }
        found.push(Conflict { members, remedies });
    }
    Ok(found)
}

/// The deletion filter.
fn smallest(program: &Program<'_>, conditions: &[usize]) -> Result<Vec<usize>, Unbalanced> {
    let mut kept = conditions.to_vec();
    for condition in conditions {
        let without: Vec<usize> = kept.iter().copied().filter(|other| other != condition).collect();
        if program.settled(&without)?.is_none() {
            kept = without;
        }
    }
    Ok(kept)
}
