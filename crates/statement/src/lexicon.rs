//! The words of the claims grammar, kept as data in `lexicon/words.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;
use terms::{Comparator, Direction};

/// A list of words that is asked for its longest member at the beginning or at the end of a text.
#[derive(Default)]
pub(crate) struct Words {
    first: Index,
    last: Index,
}

/// Words by one of their characters, in the order of that character; the longest words first.
#[derive(Default)]
struct Index {
    words: Vec<(char, Vec<String>)>,
    /// A bit for each remainder of the characters by `BITS`, set where one of them has words. Whole sentences are
    /// asked character by character, and most characters have none, which is told so without a search.
    some: [u64; BITS / 64],
}

const BITS: usize = 1024;

/// The bit of a character: its place among the numbers of 64 bits, and its place there.
fn bit(character: char) -> (usize, u64) {
    let bit = character as usize % BITS;
    (bit / 64, 1 << (bit % 64))
}

impl Index {
    fn new(words: &[String], of: impl Fn(&str) -> Option<char>) -> Self {
        let mut found: BTreeMap<char, Vec<String>> = BTreeMap::new();
        let mut some = [0; BITS / 64];
        for word in words {
            if let Some(character) = of(word) {
                let (place, bit) = bit(character);
                some[place] |= bit;
                found.entry(character).or_default().push(word.clone());
            }
        }
        Index { words: found.into_iter().collect(), some }
    }

    fn get(&self, character: char) -> &[String] {
        let (place, bit) = bit(character);
        if self.some[place] & bit == 0 {
            return &[];
        }
        match self.words.binary_search_by_key(&character, |(key, _)| *key) {
            Ok(at) => &self.words[at].1,
            Err(_) => &[],
        }
    }
}

impl Words {
    pub(crate) fn new(words: impl IntoIterator<Item = String>) -> Self {
        let mut list: Vec<String> = words.into_iter().collect();
        list.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Words {
            first: Index::new(&list, |word| word.chars().next()),
            last: Index::new(&list, |word| word.chars().next_back()),
        }
    }

    /// The longest word that `text` begins with.
    pub(crate) fn begins(&self, text: &str) -> Option<&str> {
        let words = self.first.get(text.chars().next()?);
        words.iter().map(String::as_str).find(|word| text.starts_with(word))
    }

    /// The longest word that `text` ends with.
    pub(crate) fn ends(&self, text: &str) -> Option<&str> {
        let words = self.last.get(text.chars().next_back()?);
        words.iter().map(String::as_str).find(|word| text.ends_with(word))
    }

    /// Whether `text` is one of the words.
    pub(crate) fn contains(&self, text: &str) -> bool {
        self.begins(text) == Some(text)
    }
}

/// Words that carry a comparator.
pub(crate) struct Signs(Vec<(Words, Comparator)>);

impl Signs {
    /// The longest sign that `text` ends with.
    pub(crate) fn ends(&self, text: &str) -> Option<(&str, Comparator)> {
        let found = self.0.iter().filter_map(|(words, sign)| Some((words.ends(text)?, *sign)));
        found.max_by_key(|(word, _)| word.len())
    }

    /// The longest sign that `text` begins with.
    pub(crate) fn begins(&self, text: &str) -> Option<(&str, Comparator)> {
        let found = self.0.iter().filter_map(|(words, sign)| Some((words.begins(text)?, *sign)));
        found.max_by_key(|(word, _)| word.len())
    }
}

/// The words of change with their directions.
pub(crate) struct Change {
    up: Words,
    down: Words,
    /// Endings after which a change names the level that was reached.
    pub(crate) to: Words,
}

impl Change {
    /// The longest word of change that `text` ends with.
    pub(crate) fn ends(&self, text: &str) -> Option<(&str, Direction)> {
        let up = self.up.ends(text).map(|word| (word, Direction::Up));
        let down = self.down.ends(text).map(|word| (word, Direction::Down));
        [up, down].into_iter().flatten().max_by_key(|(word, _)| word.len())
    }
}

/// All words of the grammar.
pub(crate) struct Lexicon {
    pub(crate) gain: Words,
    pub(crate) work: Words,
    pub(crate) flow: Words,
    pub(crate) reached: Words,
    pub(crate) adverbs: Words,
    pub(crate) works: Words,
    pub(crate) shared: Words,
    pub(crate) general: Words,
    pub(crate) ranking: Words,
    pub(crate) inner: Words,
    pub(crate) openers: Words,
    pub(crate) comparators: Signs,
    pub(crate) suffixes: Signs,
    pub(crate) change: Change,
    pub(crate) filler: Words,
    pub(crate) counted: Words,
    pub(crate) aim: Words,
    pub(crate) firm: Words,
    pub(crate) won: Words,
}

#[derive(Deserialize)]
struct File {
    gain: Vec<String>,
    work: Vec<String>,
    flow: Vec<String>,
    reached: Vec<String>,
    adverbs: Vec<String>,
    works: Vec<String>,
    shared: Vec<String>,
    general: Vec<String>,
    ranking: Vec<String>,
    inner: Vec<String>,
    openers: Vec<String>,
    comparator: Vec<SignFile>,
    suffix: Vec<SignFile>,
    change: ChangeFile,
    filler: Vec<String>,
    counted: Vec<String>,
    aim: Vec<String>,
    firm: Vec<String>,
    won: Vec<String>,
}

#[derive(Deserialize)]
struct SignFile {
    sign: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct ChangeFile {
    up: Vec<String>,
    down: Vec<String>,
    to: Vec<String>,
}

/// The lexicon, parsed once.
#[allow(clippy::expect_used, reason = "the lexicon is part of the binary and is parsed by a test")]
pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let file: File = toml::from_str(include_str!("../lexicon/words.toml"))
            .expect("the bundled lexicon is valid");
        let signs = |list: Vec<SignFile>| {
            let pairs = list.into_iter().map(|entry| {
                (
                    Words::new(entry.words),
                    entry.sign.parse().expect("the bundled lexicon names known comparators"),
                )
            });
            Signs(pairs.collect())
        };
        Lexicon {
            gain: Words::new(file.gain),
            work: Words::new(file.work),
            flow: Words::new(file.flow),
            reached: Words::new(file.reached),
            adverbs: Words::new(file.adverbs),
            works: Words::new(file.works),
            shared: Words::new(file.shared),
            general: Words::new(file.general),
            ranking: Words::new(file.ranking),
            inner: Words::new(file.inner),
            openers: Words::new(file.openers),
            comparators: signs(file.comparator),
            suffixes: signs(file.suffix),
            change: Change {
                up: Words::new(file.change.up),
                down: Words::new(file.change.down),
                to: Words::new(file.change.to),
            },
            filler: Words::new(file.filler),
            counted: Words::new(file.counted),
            aim: Words::new(file.aim),
            firm: Words::new(file.firm),
            won: Words::new(file.won),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins() {
        let lexicon = lexicon();
        assert_eq!(lexicon.gain.begins("建成并投用新学校"), Some("建成并投用"));
        assert_eq!(lexicon.comparators.ends("投资首次突破"), Some(("首次突破", Comparator::Above)));
        assert_eq!(lexicon.change.ends("同比下降"), Some(("下降", Direction::Down)));
        assert_eq!(lexicon.suffixes.begins("及以上的"), Some(("及以上", Comparator::AtLeast)));
    }
}
