//! Pinyin that a page wrote in brackets behind a character.

use std::collections::HashSet;
use std::sync::OnceLock;

use ::pinyin::{ToPinyin, ToPinyinMulti};
use terms::RepairKind;

use super::tape::{Cell, Tape};
use super::traditional;
use crate::gbk::is_han;

/// The longest syllables are six letters (`zhuang`).
const LONGEST: usize = 6;

/// A syllable as letters without tone, and its tone from 1 to 4, or 0 where it has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Syllable {
    letters: [u8; LONGEST],
    tone: u8,
}

impl Syllable {
    /// Reads letters with at most one tone, written as a mark or as a digit at the end.
    fn read(characters: impl Iterator<Item = char>) -> Option<Syllable> {
        let mut syllable = Syllable { letters: [0; LONGEST], tone: 0 };
        let mut length = 0;
        for character in characters {
            if let digit @ '1'..='5' = character
                && syllable.tone == 0
                && length > 0
            {
                syllable.tone = digit as u8 - b'0';
                continue;
            }
            let (letter, tone) = letter(character)?;
            if length == LONGEST || (tone != 0 && syllable.tone != 0) || syllable.tone > 4 {
                return None;
            }
            syllable.letters[length] = letter;
            syllable.tone = syllable.tone.max(tone);
            length += 1;
        }
        (length > 0).then_some(syllable)
    }

    fn plain(&self) -> &str {
        let length = self.letters.iter().position(|letter| *letter == 0).unwrap_or(LONGEST);
        std::str::from_utf8(&self.letters[..length]).unwrap_or("")
    }

    /// How well this syllable reads a character.
    fn reads(&self, character: char) -> Reading {
        let mut best = Reading::None;
        for twin in [character, traditional::simplified(character)] {
            let Some(readings) = twin.to_pinyin_multi() else { continue };
            for reading in readings {
                let Some(reading) = Syllable::read(reading.with_tone().chars()) else { continue };
                if reading == *self {
                    return Reading::Exact;
                }
                if reading.letters == self.letters {
                    best = Reading::Letters;
                }
            }
        }
        best
    }

    /// Whether this can be the pinyin of a character that stands before it in brackets.
    fn annotates(&self, character: char) -> bool {
        let converted = traditional::simplified(character) != character;
        match self.reads(character) {
            // Without a tone it could be a word or a letter, as in (a), unless the character gives it away.
            Reading::Exact | Reading::Letters => self.tone != 0 || converted,
            Reading::None => self.tone != 0 && converted && is_syllable(self.plain()),
        }
    }

    /// Whether a character has this reading.
    pub(super) fn is_reading_of(&self, character: char) -> bool {
        match self.reads(character) {
            Reading::Exact => true,
            Reading::Letters => self.tone == 0,
            Reading::None => false,
        }
    }
}

enum Reading {
    Exact,
    Letters,
    None,
}

/// A letter without its tone mark, and the tone; `ü` is written `v`.
fn letter(character: char) -> Option<(u8, u8)> {
    Some(match character {
        'a'..='z' => (character as u8, 0),
        'ā' => (b'a', 1),
        'á' => (b'a', 2),
        // Some pages type a breve for the third tone, and a Latin alpha or script g from old fonts.
        'ǎ' | 'ă' => (b'a', 3),
        'à' => (b'a', 4),
        'ē' => (b'e', 1),
        'é' => (b'e', 2),
        'ě' | 'ĕ' => (b'e', 3),
        'è' => (b'e', 4),
        'ī' => (b'i', 1),
        'í' => (b'i', 2),
        'ǐ' | 'ĭ' => (b'i', 3),
        'ì' => (b'i', 4),
        'ō' => (b'o', 1),
        'ó' => (b'o', 2),
        'ǒ' | 'ŏ' => (b'o', 3),
        'ò' => (b'o', 4),
        'ū' => (b'u', 1),
        'ú' => (b'u', 2),
        'ǔ' | 'ŭ' => (b'u', 3),
        'ù' => (b'u', 4),
        'ü' => (b'v', 0),
        'ǖ' => (b'v', 1),
        'ǘ' => (b'v', 2),
        'ǚ' => (b'v', 3),
        'ǜ' => (b'v', 4),
        'ɑ' => (b'a', 0),
        'ɡ' => (b'g', 0),
        'ń' => (b'n', 2),
        'ň' => (b'n', 3),
        'ǹ' => (b'n', 4),
        _ => return None,
    })
}

/// Whether letters are a syllable of Mandarin.
fn is_syllable(letters: &str) -> bool {
    static SYLLABLES: OnceLock<HashSet<&'static str>> = OnceLock::new();
    SYLLABLES
        .get_or_init(|| {
            ('\u{4E00}'..='\u{9FA5}').filter_map(|c| c.to_pinyin()).map(|p| p.plain()).collect()
        })
        .contains(letters)
}

/// A syllable and its closing bracket at `start`: the syllable, and the place after the bracket.
pub(super) fn stranded(cells: &[Cell], start: usize) -> Option<(Syllable, usize)> {
    let window = &cells[start.min(cells.len())..cells.len().min(start + LONGEST + 2)];
    let close = window.iter().position(|cell| is_close(cell.character))?;
    let syllable = Syllable::read(window[..close].iter().map(|cell| cell.character))?;
    Some((syllable, start + close + 1))
}

/// A syllable in brackets at `start`: the syllable, and the place after the closing bracket.
pub(super) fn bracketed(cells: &[Cell], start: usize) -> Option<(Syllable, usize)> {
    if is_open(cells.get(start)?.character) { stranded(cells, start + 1) } else { None }
}

fn is_open(character: char) -> bool {
    matches!(character, '(' | '（')
}

fn is_close(character: char) -> bool {
    matches!(character, ')' | '）')
}

/// The place after a bracket at `start` that annotates the character before it, if there is one.
fn annotation(cells: &[Cell], start: usize, before: char) -> Option<usize> {
    commonest(cells, start, before).or_else(|| {
        let (syllable, end) = bracketed(cells, start)?;
        syllable.annotates(before).then_some(end)
    })
}

/// The same where the bracket holds the character's commonest reading with a tone mark, as most do.
fn commonest(cells: &[Cell], start: usize, before: char) -> Option<usize> {
    let reading = before.to_pinyin()?.with_tone();
    let mut at = start;
    let mut next = || {
        at += 1;
        cells.get(at).map(|cell| cell.character)
    };
    let same = !reading.is_ascii() && reading.chars().all(|letter| next() == Some(letter));
    (same && next().is_some_and(is_close)).then_some(at + 1)
}

/// Removes pinyin that annotates the character before it.
pub(super) fn repair(tape: &mut Tape) {
    let mut found = Vec::new();
    let mut done = 0;
    for (at, pair) in tape.cells.windows(2).enumerate() {
        let [Cell { character: before, .. }, Cell { character: open, .. }] = *pair else {
            continue;
        };
        if !is_open(open) || at < done || !is_han(before) {
            continue;
        }
        // The same character may carry several readings.
        done = at + 1;
        while let Some(end) = annotation(&tape.cells, done, before) {
            found.push((done as u32, end as u32));
            done = end;
        }
    }
    if found.is_empty() {
        return;
    }
    let mut pass = tape.rewrite();
    for (start, end) in found {
        pass.replace(start as usize, end as usize, &[], RepairKind::Pinyin, "");
    }
    pass.finish();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> String {
        let mut tape = Tape::new();
        tape.cells =
            text.char_indices().map(|(at, c)| Cell::new(c, at, at + c.len_utf8())).collect();
        repair(&mut tape);
        tape.cells.iter().map(|cell| cell.character).collect()
    }

    #[test]
    fn pinyin_goes_only_where_it_annotates() {
        for (damaged, clean) in [
            ("實(shí)施", "實施"),
            ("綠（lǜ）色", "綠色"),
            ("綠(lv4)色", "綠色"),
            ("施(shī)工", "施工"),
            ("還(huán)款", "還款"),
            ("還(hái)款", "還款"),
            ("個(ge)人", "個人"),
            ("實(shí)(shí)施", "實施"),
            ("三項(活動(dòng))", "三項(活動)"),
        ] {
            assert_eq!(repaired(damaged), clean);
            assert_eq!(repaired(clean), clean);
        }
    }

    #[test]
    fn real_brackets_stay() {
        for text in [
            "导向(EOD)模式",
            "硕士(MBA)",
            "医师(助理)数",
            "情形(a)",
            "啊(a)",
            "指标(pm)",
            "施(lǜ)工",
            "A(shí)",
            "(shí)",
            "實(",
            "實(shí",
            "数(shuzhuang)值",
            "城市PM2.5浓度(微克)",
        ] {
            assert_eq!(repaired(text), text);
        }
    }

    #[test]
    fn reads_marks_and_digits_alike() {
        let read = |text: &str| Syllable::read(text.chars());
        assert_eq!(read("lǜ"), read("lv4"));
        assert_ne!(read("shí"), read("shi"));
        assert_eq!(read("shíí"), None);
        assert_eq!(read("2"), None);
        assert_eq!(read(""), None);
    }
}
