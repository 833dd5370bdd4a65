//! Repair of damaged text, stage by stage, with a report and a map back to the source.
//!
//! The order matters: injected pinyin proves shifted characters, so runs are re-paired before it goes; it
//! annotates traditional characters, so it goes before these are made simplified.

mod evidence;
mod lattice;
mod markup;
mod model;
mod pinyin;
mod shifted;
mod spacing;
mod tape;
mod traditional;

use terms::Diagnostic;

use crate::ReadError;
use crate::decode::Text;

use shifted::Models;
pub(crate) use tape::{Cell, Repaired, Tape};
pub(crate) use traditional::simplified;

/// How often the stages are repeated at most. Repaired text is context for what could not be read at first, so a
/// second round may read more; a text that a round leaves as it is would be left by any later reading too.
const ROUNDS: usize = 6;

/// Repairs a decoded text; what could not be repaired is said.
pub(crate) fn repair(mut text: Text<'_>) -> Result<(Repaired, Vec<Diagnostic>), ReadError> {
    let mut repaired = Repaired::default();
    let mut diagnostics = Vec::new();
    let mut models = Models::default();
    while let Some(mut tape) = text.next()? {
        let left = stages(&mut tape, &mut models);
        shifted::diagnostics(&left, &tape, repaired.text.len(), &mut diagnostics);
        tape.finish(&mut repaired);
    }
    Ok((repaired, diagnostics))
}

/// Repairs a stretch; returns the places that look damaged and could not be read.
fn stages(tape: &mut Tape, models: &mut Models) -> Vec<shifted::Left> {
    let mut left = Vec::new();
    for round in 0..ROUNDS {
        let before = tape.edits();
        markup::repair(tape);
        left = shifted::repair(tape, models, round);
        // The other stages leave what they left before.
        if round > 0 && tape.edits() == before {
            break;
        }
        pinyin::repair(tape);
        traditional::repair(tape);
        spacing::repair(tape);
        if tape.edits() == before || !shifted::concerns(tape) {
            break;
        }
    }
    left
}
