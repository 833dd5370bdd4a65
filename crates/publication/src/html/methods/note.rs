//! What is told of a method: what it does, after which source, in which units and within what range.

use super::super::words::Word;
use super::Calculator;

/// A method of the house.
pub(super) struct Note {
    /// Its place on the page of all methods.
    pub(super) key: &'static str,
    pub(super) name: Word,
    pub(super) does: Word,
    pub(super) source: Word,
    pub(super) units: Word,
    pub(super) range: Word,
    /// The command that computes it; empty where there is none of its own.
    pub(super) command: &'static str,
    /// The functions of the formula language that it stands behind; empty where there is none.
    pub(super) formula: &'static str,
    /// The page that computes it.
    pub(super) page: Option<Calculator>,
}

/// Methods of one kind.
pub(super) struct Group {
    pub(super) key: &'static str,
    pub(super) name: Word,
    pub(super) notes: &'static [Note],
}

/// All methods, those of programmes first.
pub(super) const GROUPS: [&Group; 6] = [
    &super::environment::NOTES,
    &super::indices::NOTES,
    &super::energy::NOTES,
    &super::sun::NOTES,
    &super::statistics::NOTES,
    &super::comparing::NOTES,
];

/// The note of the method that a page computes.
pub(super) fn of(calculator: Calculator) -> Option<&'static Note> {
    let all = GROUPS.iter().flat_map(|group| group.notes);
    all.into_iter().find(|note| note.page == Some(calculator))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::words::assert_both_languages;

    #[test]
    fn every_note_is_told_in_both_languages_and_has_a_place_of_its_own() {
        let notes: Vec<&Note> = GROUPS.iter().flat_map(|group| group.notes).collect();
        assert!(notes.len() > 20);
        let mut keys: Vec<&str> = GROUPS.iter().map(|group| group.key).collect();
        for note in &notes {
            assert_both_languages([note.name, note.does, note.units, note.range]);
            assert!(!note.source.0.is_empty() && !note.source.1.is_empty(), "{}", note.key);
            keys.push(note.key);
        }
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count, "two places of one name");
    }

    #[test]
    fn every_page_is_that_of_a_method() {
        for calculator in Calculator::ALL {
            assert!(of(calculator).is_some(), "{calculator:?}");
        }
    }
}
