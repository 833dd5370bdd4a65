//! The words of the milestone grammar, kept as data in `lexicon/milestones.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::lexicon::Words;

/// A list of words of which the longest that fits counts.
#[derive(Deserialize)]
#[serde(from = "Vec<String>")]
pub(super) struct List(Words);

impl From<Vec<String>> for List {
    fn from(words: Vec<String>) -> Self {
        List(Words::new(words))
    }
}

impl List {
    /// The longest word that `text` begins with.
    pub(super) fn begins(&self, text: &str) -> Option<&str> {
        self.0.begins(text)
    }

    /// The longest word that `text` ends with.
    pub(super) fn ends(&self, text: &str) -> Option<&str> {
        self.0.ends(text)
    }

    /// Whether `text` is one of the words.
    pub(super) fn contains(&self, text: &str) -> bool {
        self.0.contains(text)
    }

    /// Whether one of the words stands somewhere in `text`.
    pub(super) fn within(&self, text: &str) -> bool {
        text.char_indices().any(|(at, _)| self.0.begins(&text[at..]).is_some())
    }
}

/// All words of the milestone grammar; the file says what each list is for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vocabulary {
    pub(super) won: List,
    pub(super) became: List,
    pub(super) levels: List,
    pub(super) done: List,
    pub(super) ended: List,
    pub(super) formed: List,
    pub(super) manner: List,
    pub(super) pending: List,
    pub(super) goals: List,
    pub(super) reached: List,
    pub(super) averted: List,
    pub(super) gained: List,
    pub(super) helped: List,
    pub(super) own: List,
    pub(super) shared: List,
    pub(super) named: List,
    pub(super) works: List,
    pub(super) completed: List,
    pub(super) issued: List,
    pub(super) begun: List,
    pub(super) gatherings: List,
    pub(super) policies: List,
    pub(super) purposes: List,
    pub(super) closing: List,
    pub(super) slogans: List,
    pub(super) unnamed: List,
}

/// The vocabulary, parsed once.
#[allow(clippy::expect_used, reason = "the words are part of the binary and are parsed by a test")]
pub(super) fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();
    VOCABULARY.get_or_init(|| {
        toml::from_str(include_str!("../../lexicon/milestones.toml"))
            .expect("the bundled words of the milestones are valid")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_counts() {
        let words = vocabulary();
        assert_eq!(words.won.begins("获批建设某中心"), Some("获批建设"));
        assert_eq!(words.ended.ends("大桥建成通车"), Some("建成通车"));
        assert_eq!(words.done.begins("普通"), None);
    }
}
