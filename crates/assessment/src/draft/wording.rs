//! Numerals that differ from the draft's earlier text in a sentence that is otherwise the same. What the statements do not
//! hold is told so.

use std::collections::HashMap;

use terms::{CheckCode, DraftFinding, Skeleton};

use super::{Check, error, quoted};

/// A shorter sentence stands in many places.
const SHORTEST: usize = 8;

/// Reports numerals that changed, in sentences of which nothing else is said.
pub(super) fn check(check: &Check<'_>, found: &mut Vec<DraftFinding>) {
    let Some(known) = check.known else { return };
    let mut earlier: HashMap<&str, Vec<&Skeleton>> = HashMap::new();
    for sentence in known.earlier.iter().flat_map(|asides| &asides.sentences) {
        earlier.entry(&sentence.words).or_default().push(sentence);
    }
    for sentence in &check.draft.asides.sentences {
        let Some(others) = earlier.get(sentence.words.as_str()) else { continue };
        let written = |one: &Skeleton| -> Vec<String> {
            one.numerals.iter().map(|(numeral, _)| numeral.clone()).collect()
        };
        let own = written(sentence);
        let told = |finding: &DraftFinding| {
            finding.span.start < sentence.span.end && sentence.span.start < finding.span.end
        };
        if sentence.words.chars().count() < SHORTEST
            || others.iter().any(|other| written(other) == own)
            || found.iter().any(told)
        {
            continue;
        }
        // Of several earlier places it is not certain which one this is.
        let [other] = others[..] else { continue };
        for ((numeral, span), (was, _)) in sentence.numerals.iter().zip(&other.numerals) {
            if numeral != was {
                let (is, was) = (quoted(numeral), quoted(was));
                let message = format!("此处为{is}，此前文件的同一句为{was}");
                let source = "台账中同一题目的文件".to_owned();
                let mut coined = check.draft.asides.coined.iter();
                let term = coined.any(|term| !term.explained && term.span.contains(span.start));
                let code = if term { CheckCode::Term } else { CheckCode::Level };
                found.push(error(code, *span, message, source));
            }
        }
    }
}
