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

type Counts = HashMap<u64, Count, BuildHasherDefault<Mix>>;

/// The characters of the basic plane, by which tables are ordered.
const PLANE: usize = 1 << 16;

/// How often something occurs in the words that are known beforehand and in the document.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    words: u16,
    document: u32,
}

impl Count {
    fn add(&mut self, source: Source) {
        match source {
            Source::Words => self.words = self.words.saturating_add(1),
            Source::Document => self.document += 1,
        }
    }

    fn of(self, source: Source) -> u32 {
        match source {
            Source::Words => self.words.into(),
            Source::Document => self.document,
        }
    }

    /// The document says more of itself than the words do.
    fn weight(self) -> f64 {
        1.5 * f64::from(self.document) + f64::from(self.words)
    }
}

#[derive(Debug, Clone, Copy)]
enum Source {
    Words,
    Document,
}

/// Counts of characters and of their neighbours.
#[derive(Clone)]
struct Table {
    single: Vec<Count>,
    pair: Counts,
    triple: Counts,
}

/// After how many different characters a character stands: one that only ever stands after one other is no likely
/// guess elsewhere, however frequent it is.
struct Spread {
    after: Vec<u32>,
    pairs: u32,
}

/// The two characters before a place, folded; the nearer one last.
pub(super) type Context = [char; 2];

/// What stands in a context where there is no character.
pub(super) const NOTHING: char = '\n';

impl Table {
    fn new() -> Self {
        Table {
            single: vec![Count::default(); PLANE],
            pair: Counts::default(),
            triple: Counts::default(),
        }
    }

    /// Counts a character; whether it is the first time in this source that it stands behind the one before.
    fn add(&mut self, before: Context, character: char, source: Source) -> bool {
        if let Some(single) = self.single.get_mut(u32::from(character) as usize) {
            single.add(source);
        }
        if before[1] == NOTHING {
            return false;
        }
        let count = self.pair.entry(pair(before[1], character)).or_default();
        count.add(source);
        let is_new = count.of(source) == 1;
        if before[0] != NOTHING {
            self.triple.entry(triple(before, character)).or_default().add(source);
        }
        is_new
    }

    fn single(&self, character: char) -> f64 {
        self.single.get(u32::from(character) as usize).map_or(0.0, |count| count.weight())
    }

    fn pair(&self, before: char, character: char) -> f64 {
        self.pair.get(&pair(before, character)).map_or(0.0, |count| count.weight())
    }

    fn triple(&self, before: Context, character: char) -> f64 {
        self.triple.get(&triple(before, character)).map_or(0.0, |count| count.weight())
    }
}

impl Spread {
    fn new() -> Self {
        Spread { after: vec![0; PLANE], pairs: 0 }
    }

    fn add(&mut self, character: char) {
        if let Some(after) = self.after.get_mut(u32::from(character) as usize) {
            *after += 1;
        }
        self.pairs += 1;
    }

    fn share(&self, character: char) -> f64 {
        let after = self.after.get(u32::from(character) as usize).copied().unwrap_or(0);
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
    /// How likely a character of the basic plane is wherever it stands, as far as the words and its place in the code
    /// tell.
    alone: Vec<f64>,
}

impl Lexicon {
    fn get() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(Lexicon::build)
    }

    fn build() -> Lexicon {
        let (mut table, mut spread) = (Table::new(), Spread::new());
        let mut words = HashSet::new();
        let mut characters: Vec<char> = MARKS.chars().collect();
        for line in include_str!("words.txt").lines().filter(|line| !line.starts_with('#')) {
            for word in line.split_whitespace() {
                let mut before = [NOTHING; 2];
                for character in word.chars() {
                    if table.add(before, character, Source::Words) {
                        spread.add(character);
                    }
                    before = [before[1], character];
                }
                characters.extend(word.chars().filter(|character| is_han(*character)));
                if word.chars().all(is_han) {
                    words.insert(word);
                }
            }
        }
        characters.sort_unstable();
        characters.dedup();
        let likely = |character| 0.5 * prior(character) + 0.2 * spread.share(character);
        let alone =
            (0..PLANE as u32).map(|code| char::from_u32(code).map_or(0.0, likely)).collect();
        Lexicon { table, words, characters, alone }
    }
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
    lexicon: &'static Lexicon,
    /// The words that are known beforehand, and the clean places of the document.
    table: Table,
    spread: Spread,
    /// How many characters were looked at, how many of them counted, and how many of these are traditional.
    seen: usize,
    counted: usize,
    traditional: usize,
}

impl Model {
    /// A model that knows nothing of the document yet.
    pub(super) fn new() -> Model {
        let lexicon = Lexicon::get();
        Model {
            lexicon,
            table: lexicon.table.clone(),
            spread: Spread::new(),
            seen: 0,
            counted: 0,
            traditional: 0,
        }
    }

    /// Counts the clean places of a stretch of the document, until enough is known.
    pub(super) fn learn(&mut self, cells: &[Cell]) {
        let mut before = [NOTHING; 2];
        let mut damaged = 0;
        let mut at = 0;
        let room = COUNTED.saturating_sub(self.seen);
        while let Some(cell) = cells.get(at).filter(|_| at < room) {
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
                self.traditional += usize::from(character != cell.character && is_han(character));
                self.counted += 1;
                if self.table.add(before, character, Source::Document) {
                    self.spread.add(character);
                }
                before = [before[1], character];
            }
        }
        self.seen += at;
    }

    /// How plausible a folded character is after two others.
    pub(super) fn score(&self, before: Context, character: char) -> f64 {
        self.follow(before, self.follows(before), character).0.ln()
    }

    /// How often two characters follow each other.
    pub(super) fn follows(&self, both: Context) -> f64 {
        self.table.pair(both[0], both[1])
    }

    /// How likely a folded character is after two others, of which it is known how often they follow each other, and
    /// how often the character follows the nearer of them.
    pub(super) fn follow(&self, before: Context, follows: f64, character: char) -> (f64, f64) {
        let alone = self.alone(character);
        // A context that was seen often is trusted more than one that was seen once, and a longer one more than
        // a shorter one.
        let pairs = self.table.pair(before[1], character);
        let paired = (pairs + 4.0 * alone) / (self.table.single(before[1]) + 4.0);
        if follows == 0.0 {
            return (paired, pairs);
        }
        // Three that were seen were seen as two.
        let triples = if pairs == 0.0 { 0.0 } else { self.table.triple(before, character) };
        ((triples + 1.5 * paired) / (follows + 1.5), pairs)
    }

    /// How likely a character is wherever it stands.
    fn alone(&self, character: char) -> f64 {
        let known = match self.lexicon.alone.get(u32::from(character) as usize) {
            Some(known) => *known,
            None => 0.5 * prior(character),
        };
        known + 0.3 * self.spread.share(character)
    }

    /// The characters of all words that are known beforehand, and marks.
    pub(super) fn known() -> &'static [char] {
        &Lexicon::get().characters
    }

    /// What a character that is traditional costs more in a document that is not.
    pub(super) fn script(&self, character: char) -> f64 {
        if simplified(character) == character {
            0.0
        } else if self.is_traditional() {
            -0.2
        } else {
            -4.0
        }
    }

    /// The same as a factor.
    pub(super) fn script_chance(&self, character: char) -> f64 {
        match self.script(character) {
            0.0 => 1.0,
            cost => cost.exp(),
        }
    }

    fn is_traditional(&self) -> bool {
        self.traditional * 50 > self.counted
    }

    /// Whether a word that is known beforehand covers the character at `index`.
    pub(super) fn is_vouched_for(text: &[char], index: usize) -> bool {
        let words = &Lexicon::get().words;
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
        let mut model = Model::new();
        model.learn(&cells);
        model
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
        assert_eq!(model.table.single('罐'), 0.0);
    }

    #[test]
    fn numerals_need_a_word() {
        let vouched =
            |text: &str, index| Model::is_vouched_for(&text.chars().collect::<Vec<_>>(), index);
        assert!(vouched("同期第三产业增加值", 3));
        assert!(!vouched("同期增加三家", 4));
    }
}
