//! What was done to the text of a document.

use crate::Span;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// The kinds of damage that are repaired.
    RepairKind {
        /// A byte-order mark or an encoding other than UTF-8.
        Encoding = "encoding",
        /// A pinyin reading written behind a character.
        Pinyin = "pinyin",
        /// A traditional character or phrase made simplified.
        Traditional = "traditional",
        /// A run of double-byte characters paired one byte off.
        Shifted = "shifted",
        /// A character inferred where the source lost one of its bytes.
        Inferred = "inferred",
        /// A digit that the source lost; printed as `〓`.
        LostDigit = "lost-digit",
        /// A character that the source lost and that could not be inferred; printed as `□`.
        LostCharacter = "lost-character",
        /// Width, spaces, zero-width characters.
        Spacing = "spacing",
    }
}

/// One repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repair<'a> {
    /// The kind of damage.
    pub kind: RepairKind,
    /// What now stands in the repaired text, in bytes; empty where something was removed.
    pub span: Span,
    /// What stood in the file, in bytes.
    pub source: Span,
    /// The text before, as decoded.
    pub before: &'a str,
    /// The text after.
    pub after: &'a str,
    /// Why this repair is right, or how sure it is; empty where the kind says enough.
    pub proof: &'a str,
}

/// The repairs of a text, in its order. A damaged text has one for every few characters, so they are kept close.
#[derive(Debug, Clone, Default)]
pub struct Repairs {
    entries: Vec<Entry>,
    /// What stood before each of them, end to end.
    before: String,
    proofs: Vec<Box<str>>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    start: u32,
    length: u32,
    source: u32,
    source_length: u32,
    /// Where in `before` its text ends; it begins where the one of the last entry ends.
    before: u32,
    /// The number of its proof, from 1; 0 for none.
    proof: u32,
    kind: RepairKind,
}

/// So many of the last proofs are looked through for one that is the same.
const RECENT: usize = 16;

impl Repairs {
    /// No repairs.
    pub fn new() -> Self {
        Repairs::default()
    }

    /// Adds a repair behind the others; what stands there after it, the text itself tells.
    pub fn push(&mut self, repair: Repair<'_>) {
        self.before.push_str(repair.before);
        let proof = if repair.proof.is_empty() { 0 } else { self.proof(repair.proof) };
        self.entries.push(Entry {
            start: repair.span.start as u32,
            length: repair.span.len() as u32,
            source: repair.source.start as u32,
            source_length: repair.source.len() as u32,
            before: self.before.len() as u32,
            proof,
            kind: repair.kind,
        });
    }

    fn proof(&mut self, proof: &str) -> u32 {
        let known = self.proofs.iter().rev().take(RECENT).position(|known| **known == *proof);
        match known {
            Some(back) => (self.proofs.len() - back) as u32,
            None => {
                self.proofs.push(proof.into());
                self.proofs.len() as u32
            }
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The kind and place of each, in bytes of the repaired text.
    pub fn places(&self) -> impl Iterator<Item = (RepairKind, Span)> + '_ {
        self.entries.iter().map(|entry| (entry.kind, entry.span()))
    }

    /// How many there are of each kind, kinds without any left out.
    pub fn kinds(&self) -> impl Iterator<Item = (RepairKind, usize)> + '_ {
        let count = |kind| self.entries.iter().filter(|entry| entry.kind == kind).count();
        RepairKind::ALL
            .iter()
            .map(move |kind| (*kind, count(*kind)))
            .filter(|(_, count)| *count > 0)
    }

    /// All of them; `text` is the repaired text that they belong to.
    pub fn iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Repair<'a>> + 'a {
        let mut from = 0;
        self.entries.iter().map(move |entry| {
            let before = from..entry.before as usize;
            from = before.end;
            let proof = (entry.proof as usize).checked_sub(1).and_then(|at| self.proofs.get(at));
            let source = entry.source as usize;
            Repair {
                kind: entry.kind,
                span: entry.span(),
                source: Span::new(source, source + entry.source_length as usize),
                before: self.before.get(before).unwrap_or(""),
                after: text.get(entry.span().range()).unwrap_or(""),
                proof: proof.map_or("", |proof| proof),
            }
        })
    }
}

impl Entry {
    fn span(&self) -> Span {
        Span::new(self.start as usize, self.start as usize + self.length as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_what_was_noted() {
        let text = "国a5";
        let repair = |kind, (start, end), source, before, after, proof| Repair {
            kind,
            span: Span::new(start, end),
            source,
            before,
            after,
            proof,
        };
        let all = [
            repair(RepairKind::Traditional, (0, 3), Span::new(0, 3), "國", "国", ""),
            repair(RepairKind::Pinyin, (3, 3), Span::new(3, 9), "(guó)", "", ""),
            repair(RepairKind::Spacing, (3, 4), Span::new(9, 12), "ａ", "a", "全角"),
            repair(RepairKind::Spacing, (4, 4), Span::new(12, 12), "", "", "空白"),
            repair(RepairKind::Spacing, (4, 5), Span::new(12, 15), "５", "5", "全角"),
        ];
        let mut repairs = Repairs::new();
        all.into_iter().for_each(|repair| repairs.push(repair));
        assert_eq!(repairs.iter(text).collect::<Vec<_>>(), all);
        assert_eq!(repairs.len(), 5);
        assert_eq!(repairs.proofs.len(), 2);
        let kinds =
            [(RepairKind::Pinyin, 1), (RepairKind::Traditional, 1), (RepairKind::Spacing, 3)];
        assert_eq!(repairs.kinds().collect::<Vec<_>>(), kinds);
        assert_eq!(repairs.places().nth(1), Some((RepairKind::Pinyin, Span::new(3, 3))));
    }
}
