//! How plausible a text is, character by character: what decides between readings of damaged bytes.
//!
//! The model mixes three sources: how common a character is by its place in GB 2312, the words of plan reports
//! (`words.txt`), and the document itself. Scores are logarithms; they only order readings and never become a
//! figure of a report.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use super::pinyin;
use super::shifted::is_trigger;
use super::tape::Cell;
use super::traditional::simplified;
use crate::gbk::{Class, Gbk, is_han};

/// How many characters of a document are counted. More would not change a choice.
const COUNTED: usize = 400_000;

/// After a damaged place, so many characters are not counted unless a clean place is seen before.
const DAMAGED: usize = 400;

/// Marks that can be inferred where nothing but the text around is left.
const MARKS: &str = "。，、；：“”（）《》";

/// The shortest word that vouches for a numeral inside it.
const VOUCHING: usize = 3;
/// The longest word that is looked up.
const LONGEST: usize = 8;

/// A hasher for small integer keys.
#[derive(Default)]
pub(super) struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, value: u64) {
        let mixed = (self.0.rotate_left(5) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

type Counts = HashMap<u64, u32, BuildHasherDefault<Mix>>;

/// Counts of characters and of pairs of neighbours.
#[derive(Default)]
struct Table {
    single: Counts,
    pair: Counts,
    triple: Counts,
    /// After how many different characters a character stands: a character that only ever stands after one other
    /// is no likely guess elsewhere, however frequent it is.
    after: Counts,
    pairs: u32,
}

/// The two characters before a place, folded; the nearer one last.
pub(super) type Context = [char; 2];

/// What stands in a context where there is no character.
pub(super) const NOTHING: char = '\n';

impl Table {
    fn add(&mut self, before: Context, character: char) {
        *self.single.entry(u64::from(u32::from(character))).or_default() += 1;
        if before[1] != NOTHING {
            let count = self.pair.entry(pair(before[1], character)).or_default();
            *count += 1;
            if *count == 1 {
                *self.after.entry(u64::from(u32::from(character))).or_default() += 1;
                self.pairs += 1;
            }
            if before[0] != NOTHING {
                *self.triple.entry(triple(before, character)).or_default() += 1;
            }
        }
    }

    fn triple(&self, before: Context, character: char) -> f64 {
        f64::from(self.triple.get(&triple(before, character)).copied().unwrap_or(0))
    }

    fn single(&self, character: char) -> f64 {
        f64::from(self.single.get(&u64::from(u32::from(character))).copied().unwrap_or(0))
    }

    fn pair(&self, before: char, character: char) -> f64 {
        f64::from(self.pair.get(&pair(before, character)).copied().unwrap_or(0))
    }

    fn share(&self, character: char) -> f64 {
        let after = self.after.get(&u64::from(u32::from(character))).copied().unwrap_or(0);
        f64::from(after) / f64::from(self.pairs.max(1))
    }
}

fn pair(before: char, character: char) -> u64 {
    u64::from(u32::from(before)) << 32 | u64::from(u32::from(character))
}

/// Three characters in one number: a character has 21 bits.
fn triple(before: Context, character: char) -> u64 {
    u64::from(u32::from(before[0])) << 42
        | pair(before[1], '\0') >> 11
        | u64::from(u32::from(character))
}

/// The words that are known beforehand.
struct Lexicon {
    table: Table,
    words: HashSet<&'static str>,
    characters: Vec<char>,
}

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let mut table = Table::default();
        let mut words = HashSet::new();
        for line in include_str!("words.txt").lines().filter(|line| !line.starts_with('#')) {
            for word in line.split_whitespace() {
                let mut before = [NOTHING; 2];
                for character in word.chars() {
                    table.add(before, character);
                    before = [before[1], character];
                }
                if word.chars().all(is_han) {
                    words.insert(word);
                }
            }
        }
        let mut characters: Vec<char> = table
            .single
            .keys()
            .filter_map(|code| char::from_u32(*code as u32))
            .filter(|character| is_han(*character))
            .chain(MARKS.chars())
            .collect();
        characters.sort_unstable();
        Lexicon { table, words, characters }
    })
}

/// One character for all that mean the same here: simplified for traditional, half width for full width, `0` for
/// every digit, as which digit it is tells nothing about the text around it.
pub(super) fn fold(character: char) -> char {
    match character {
        '0'..='9' | '\u{FF10}'..='\u{FF19}' => '0',
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character)
        }
        '\u{3000}' | '\u{A0}' => ' ',
        _ => simplified(character),
    }
}

/// The model of one document.
pub(super) struct Model {
    document: Table,
    /// Whether the document writes traditional characters.
    traditional: bool,
}

impl Model {
    /// Counts the clean places of a document.
    pub(super) fn of(cells: &[Cell]) -> Model {
        let mut document = Table::default();
        let (mut traditional, mut counted) = (0, 0_usize);
        let mut before = [NOTHING; 2];
        let mut damaged = 0;
        let mut at = 0;
        while let Some(cell) = cells.get(at).filter(|_| at < COUNTED) {
            if is_han(before[1])
                && let Some((_, end)) = pinyin::bracketed(cells, at)
            {
                at = end;
                continue;
            }
            let character = fold(cell.character);
            at += 1;
            if is_trigger(cell.character) {
                damaged = DAMAGED;
            } else if damaged > 0 {
                damaged = if cell.character == '\n' || cell.character.is_ascii_alphanumeric() {
                    0
                } else {
                    damaged - 1
                };
                before = [NOTHING; 2];
            } else {
                traditional += usize::from(character != cell.character && is_han(character));
                counted += 1;
                document.add(before, character);
                before = [before[1], character];
            }
        }
        Model { traditional: traditional * 50 > counted, document }
    }

    /// How plausible a folded character is after two others.
    pub(super) fn score(&self, before: Context, character: char) -> f64 {
        let words = &lexicon().table;
        let document = &self.document;
        let alone = 0.5 * Model::prior(character)
            + 0.3 * document.share(character)
            + 0.2 * words.share(character);
        // A context that was seen often is trusted more than one that was seen once, and a longer one more than
        // a shorter one.
        let [_, near] = before;
        let pairs = 1.5 * document.pair(near, character) + words.pair(near, character);
        let seen = 1.5 * document.single(near) + words.single(near);
        let paired = (pairs + 4.0 * alone) / (seen + 4.0);
        let seen = 1.5 * document.pair(before[0], near) + words.pair(before[0], near);
        if seen == 0.0 {
            return paired.ln();
        }
        let triples = 1.5 * document.triple(before, character) + words.triple(before, character);
        ((triples + 1.5 * paired) / (seen + 1.5)).ln()
    }

    /// The share of a character in Chinese text at large, roughly.
    fn prior(character: char) -> f64 {
        match character {
            '0' => 0.08,
            ',' => 0.04,
            '。' => 0.022,
            '、' | ' ' | '\n' => 0.018,
            '“' | '”' => 0.01,
            ';' | ':' | '(' | ')' | '%' | '.' => 0.004,
            '《' | '》' => 0.0025,
            'a'..='z' | 'A'..='Z' => 0.0015,
            '?' | '!' => 0.0002,
            ' '..='~' => 0.0005,
            _ => match Gbk::get().class(character) {
                Class::Common => 0.000_4,
                Class::Sign => 0.000_2,
                Class::Uncommon => 0.000_01,
                // Folded characters that are still extended are rare ones, not traditional ones.
                Class::Extended => 0.000_001_4,
                Class::Foreign => 0.000_000_8,
                Class::Private | Class::Outside => 0.000_000_3,
            },
        }
    }

    /// The characters of all words that are known beforehand, and marks.
    pub(super) fn known() -> &'static [char] {
        &lexicon().characters
    }

    /// What a character that is traditional costs more in a document that is not.
    pub(super) fn script(&self, character: char) -> f64 {
        let twin = simplified(character);
        if twin == character {
            0.0
        } else if self.traditional {
            -0.2
        } else {
            -4.0
        }
    }

    /// Whether a word that is known beforehand covers the character at `index`.
    pub(super) fn is_vouched_for(text: &[char], index: usize) -> bool {
        let words = &lexicon().words;
        let mut word = String::new();
        (0..LONGEST).filter_map(|back| index.checked_sub(back)).any(|start| {
            word.clear();
            text[start..].iter().take(LONGEST).enumerate().any(|(number, character)| {
                word.push(fold(*character));
                number + 1 >= VOUCHING && start + number >= index && words.contains(word.as_str())
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(text: &str) -> Model {
        let cells: Vec<_> =
            text.char_indices().map(|(at, c)| Cell::new(c, at, at + c.len_utf8())).collect();
        Model::of(&cells)
    }

    #[test]
    fn words_make_their_pairs_plausible() {
        let model = model("");
        let score = |near, character| model.score([NOTHING, near], character);
        assert!(score('面', '积') > score('面', '机') + 2.0);
        assert!(score('增', '长') > score('增', '唱') + 2.0);
        assert!(score('的', '煌') < score('的', '工'));
        assert!(model.score(['售', '产'], '值') > model.score(['售', '产'], '业') + 1.0);
    }

    #[test]
    fn learns_from_clean_places_only() {
        let model = model("“惠民保”惠民保5?惠罐6");
        assert!(model.score(['惠', '民'], '保') > model.score(['惠', '民'], '罐') + 2.0);
        assert_eq!(model.document.single('罐'), 0.0);
    }

    #[test]
    fn numerals_need_a_word() {
        let vouched =
            |text: &str, index| Model::is_vouched_for(&text.chars().collect::<Vec<_>>(), index);
        assert!(vouched("同期第三产业增加值", 3));
        assert!(!vouched("同期增加三家", 4));
    }
}
