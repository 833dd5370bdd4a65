//! Smallest sets of conditions that contradict each other.

use super::program::Program;
use super::{Conflict, Unbalanced};

/// Conflicts, until what is left when the cheapest member of each is left out contradicts itself no more.
pub(super) fn all(
    program: &Program<'_>,
    conditions: &[usize],
) -> Result<Vec<Conflict>, Unbalanced> {
    let mut left = conditions.to_vec();
    let mut found = Vec::new();
    while !program.possible(&left)? {
        let members = smallest(program, &left)?;
        if members.is_empty() {
            break;
        }
        let price = |member: &usize| {
            let price = program.conditions.get(*member).and_then(|known| known.price);
            // What cannot give way is dearest.
            (price.is_none(), price)
        };
        let cheapest = members.iter().copied().min_by_key(price);
        left.retain(|condition| Some(*condition) != cheapest);
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

/// The deletion filter. Conditions that join many unknowns go first, so that the plainest conflict is found.
fn smallest(program: &Program<'_>, conditions: &[usize]) -> Result<Vec<usize>, Unbalanced> {
    let joined = |at: usize| program.conditions.get(at).map_or(0, |known| known.terms.len());
    let mut kept = conditions.to_vec();
    let mut order = kept.clone();
    order.sort_by_key(|at| std::cmp::Reverse(joined(*at)));
    for condition in &order {
        let without: Vec<usize> = kept.iter().copied().filter(|other| other != condition).collect();
        if !program.possible(&without)? {
            kept = without;
        }
    }
    Ok(kept)
}
