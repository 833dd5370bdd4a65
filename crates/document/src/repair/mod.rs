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

use terms::{Diagnostic, Repair, SourceMap, Span};

pub(crate) use tape::{Cell, Tape};
pub(crate) use traditional::simplified;

/// A repaired text.
pub(crate) struct Repaired {
    pub(crate) text: String,
    pub(crate) map: SourceMap,
    pub(crate) repairs: Vec<Repair>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Where the tape's marked stretches are now, in bytes.
    pub(crate) marks: Vec<Span>,
}

/// How often the stages are repeated at most. Repaired text is context for what could not be read at first, so a
/// second round may read more; a text that a round leaves as it is would be left by any later reading too.
const ROUNDS: usize = 6;

/// Repairs a decoded text.
pub(crate) fn repair(mut tape: Tape) -> Repaired {
    let mut left = Vec::new();
    for _ in 0..ROUNDS {
        let before = tape.edits();
        markup::repair(&mut tape);
        left = shifted::repair(&mut tape);
        pinyin::repair(&mut tape);
        traditional::repair(&mut tape);
        spacing::repair(&mut tape);
        if tape.edits() == before || !shifted::concerns(&tape) {
            break;
        }
    }
    let finished = tape.finish();
    let diagnostics = shifted::diagnostics(&left, &finished);
    Repaired {
        text: finished.text,
        map: finished.map,
        repairs: finished.repairs,
        diagnostics,
        marks: finished.marks,
    }
}
