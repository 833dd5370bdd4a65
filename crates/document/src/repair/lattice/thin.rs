//! Which readings of a place are followed.

use super::{KEPT_ALIKE, State};

/// The best states of a place, a few for each lead byte.
pub(super) fn thin(states: &[State]) -> Vec<State> {
    if states.len() == 1 {
        return states.to_vec();
    }
    // The places of those that are kept, the best of each lead byte first.
    let mut kept = [[0_usize; KEPT_ALIKE]; 256];
    let mut counts = [0_usize; 256];
    for (number, state) in states.iter().enumerate() {
        let lead = usize::from(state.lead.byte);
        let (alike, count) = (&mut kept[lead], &mut counts[lead]);
        let known = &alike[..*count];
        let place = known.iter().take_while(|known| states[**known].score >= state.score).count();
        let same = known.iter().position(|known| {
            let known = &states[*known];
            known.before == state.before && known.lead.known == state.lead.known
        });
        // Takes the room of one that is the same and no better, else of the last one.
        let last = match same {
            Some(same) if same < place => continue,
            Some(same) => same,
            None if *count < KEPT_ALIKE => {
                *count += 1;
                *count - 1
            }
            None => KEPT_ALIKE - 1,
        };
        if place <= last {
            alike.copy_within(place..last, place + 1);
            alike[place] = number;
        }
    }
    let places = kept.iter().zip(counts).flat_map(|(alike, count)| &alike[..count]);
    places.map(|place| states[*place]).collect()
}
