//! Works: the clauses by which a report tells what it did and what it will do, where they need claim nothing.
//!
//! "深入实施某某工程" is no statement, since nothing says when it is done. But whoever asks what became of a promise
//! wants to be shown where the next report speaks of it.

use std::sync::{Arc, OnceLock};

use serde::Deserialize;
use terms::{Block, BlockKind, Document, Part, Role, Span, Work};

use crate::lexicon::Words;
use crate::sentence::{Sentence, sentences};
use crate::{Section, role};

/// What may stand around the words of a clause.
const MARKS: &[char] = &['。', '！', '？', '!', '?', ' ', '\u{3000}', '—', '-'];

/// A clause of fewer characters names nothing.
const SHORTEST: usize = 5;

/// A clause of more characters tells of several things.
const LONGEST: usize = 60;

/// What is worked on has at least so many characters.
const SHORTEST_OBJECT: usize = 4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lexicon {
    manner: Vec<String>,
    verbs: Vec<String>,
}

struct Vocabulary {
    manner: Words,
    verbs: Words,
}

#[allow(clippy::expect_used, reason = "the words are part of the binary and are parsed by a test")]
fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();
    VOCABULARY.get_or_init(|| {
        let lexicon: Lexicon = toml::from_str(include_str!("../lexicon/works.toml"))
            .expect("the bundled words of works are valid");
        Vocabulary { manner: Words::new(lexicon.manner), verbs: Words::new(lexicon.verbs) }
    })
}

/// The works of a document in text order: every clause of its results, and those of its targets that begin with a
/// verb of work.
pub fn works(document: &Document) -> Vec<Work> {
    let mut section = Section::default();
    let mut found = Vec::new();
    for block in &document.blocks {
        let words = document.slice(block.span);
        match (block.kind, block.part) {
            (BlockKind::Heading, _) => section.enter(block.level, words),
            (BlockKind::Paragraph, Part::Results | Part::Targets) => {
                for sentence in sentences(words, block.span.start) {
                    read(document, block, &sentence, &section.shared(), &mut found);
                }
            }
            _ => {}
        }
    }
    found
}

fn read(
    document: &Document,
    block: &Block,
    sentence: &Sentence<'_>,
    section: &Arc<[Arc<str>]>,
    found: &mut Vec<Work>,
) {
    for clause in sentence.clauses().iter().filter(|clause| !clause.bracketed) {
        let Some(words) = sentence.text.get(clause.span.range()) else { continue };
        let opening = words.len() - words.trim_start_matches(MARKS).len();
        let kept = words.trim_matches(MARKS);
        if !(SHORTEST..=LONGEST).contains(&kept.chars().count()) {
            continue;
        }
        let (object, verb) = object(kept);
        let place =
            role::Place { document, part: block.part, section, sentence, clause: clause.span };
        let stance = role::stance(place, clause.span.start, false);
        if stance.role == Role::Context || stance.role == Role::Target && !verb {
            continue;
        }
        if object.chars().count() < SHORTEST_OBJECT {
            continue;
        }
        let start = sentence.start + clause.span.start + opening;
        let span = Span::new(start, start + kept.len());
        found.push(Work {
            quote: kept.into(),
            object: object.into(),
            role: stance.role,
            year: stance.year,
            modality: stance.modality,
            span,
            characters: document.map.characters(&document.text, span),
            source: document.map.source(span),
            section: Arc::clone(section),
            sentence: sentence.shared(),
        });
    }
}

/// What a clause works on, and whether it begins with a verb of work.
fn object(clause: &str) -> (&str, bool) {
    // 把某某纳入某某: the verb stands behind what is worked on.
    let carried = clause.strip_prefix(['把', '将']).filter(|rest| rest.contains("纳入"));
    if let Some(rest) = carried {
        return (rest, true);
    }
    let words = vocabulary();
    let (mut rest, mut verb) = (clause, false);
    loop {
        let adverb = words.manner.begins(rest).filter(|_| !verb);
        let done = words.verbs.begins(rest);
        let longest = adverb.into_iter().chain(done).max_by_key(|word| word.len());
        let joined = rest
            .strip_prefix(['和', '与', '、'])
            .filter(|rest| verb && words.verbs.begins(rest).is_some());
        match (longest, joined) {
            (Some(word), _) if word.len() < rest.len() => {
                verb |= done == Some(word);
                rest = &rest[word.len()..];
            }
            (_, Some(next)) => rest = next,
            _ => return (rest.trim_start_matches('好'), verb),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::object;

    #[test]
    fn an_object_stands_behind_adverbs_and_verbs() {
        for (clause, expected) in [
            ("深入实施安全生产治本攻坚三年行动", ("安全生产治本攻坚三年行动", true)),
            ("制定和实施国资国企改革方案", ("国资国企改革方案", true)),
            ("实施好个人养老金制度", ("个人养老金制度", true)),
            ("将工业政策纳入一致性评估", ("工业政策纳入一致性评估", true)),
            ("企业退出制度全面落实", ("企业退出制度全面落实", false)),
        ] {
            assert_eq!(object(clause), expected, "{clause}");
        }
    }
}
