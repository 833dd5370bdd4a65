//! Text that was decoded wrongly before it was saved: UTF-8 that was taken for Windows-1252 (`å›½`) or for GBK
//! (`鍥藉`), and written again.
//!
//! A stretch is repaired only if encoding it back gives UTF-8 whose characters are far more likely; stretches too
//! short to tell are repaired where the rest of their line, or most of the text, is damaged the same way.

use std::ops::Range;
use std::sync::OnceLock;

use encoding_rs::WINDOWS_1252;
use terms::RepairKind;

use super::likelihood::{self, Likelihood};
use crate::gbk::{Gbk, is_han};
use crate::repair::{Cell, Tape};

/// A character that the source lost, and a digit that it lost.
const UNKNOWN: char = '□';
const DIGIT: char = '〓';

/// What decoders put where bytes were no character.
const REPLACEMENT: char = '\u{FFFD}';

/// A repaired stretch is more likely by at least this much.
const MARGIN: u64 = 10;

/// A text may have been damaged so often over.
const LAYERS: usize = 3;

/// An encoding that UTF-8 was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Western,
    Gbk,
}

impl Wrong {
    fn proof(self) -> &'static str {
        match self {
            Wrong::Western => "UTF-8 曾被当作 Windows-1252 读入后另存，还原后是有效的 UTF-8",
            Wrong::Gbk => "UTF-8 曾被当作 GBK 读入后另存，还原后是有效的 UTF-8",
        }
    }
}

/// The characters that a damaged stretch may begin with.
pub(super) struct Suspects {
    bits: Vec<u64>,
    /// The characters of Windows-1252 from 0x80 to 0x9F.
    western: Vec<char>,
}

/// The table, built once.
pub(super) fn suspects() -> &'static Suspects {
    static TABLE: OnceLock<Suspects> = OnceLock::new();
    TABLE.get_or_init(Suspects::build)
}

impl Suspects {
    fn build() -> Self {
        let mut bits = vec![0; (1 << 16) / 64];
        let mut set = |character: char| {
            let code = u32::from(character);
            if let Some(word) = bits.get_mut((code / 64) as usize) {
                *word |= 1 << (code % 64);
            }
        };
        // First bytes of two bytes are wanted only where they stand for characters that reports have, and for
        // those that the other kinds of first bytes become if they are damaged twice.
        ['Â', 'Ã'].into_iter().chain('à'..='ð').for_each(&mut set);
        let gbk = Gbk::get();
        for lead in 0xE2..=0xEF {
            (0x80..=0xBF).filter_map(|trail| gbk.decode(lead, trail)).for_each(&mut set);
        }
        let high: Vec<u8> = (0x80..=0x9F).collect();
        let (text, ..) = WINDOWS_1252.decode(&high);
        Suspects { bits, western: text.chars().collect() }
    }

    /// Whether a damaged stretch may begin with this character.
    pub(super) fn contains(&self, character: char) -> bool {
        let code = u32::from(character);
        code >= 0x80
            && self.bits.get((code / 64) as usize).is_some_and(|word| word >> (code % 64) & 1 == 1)
    }

    /// The byte of a character beyond ASCII in Windows-1252, or in Latin-1, whose control characters it replaced.
    fn western(&self, character: char) -> Option<u8> {
        match u32::from(character) {
            code @ 0x80..=0xFF => Some(code as u8),
            _ => {
                let at = self.western.iter().position(|known| *known == character)?;
                Some(0x80 + at as u8)
            }
        }
    }
}

/// Repairs the damaged stretches of a text.
pub(super) fn repair(tape: &mut Tape) {
    for _ in 0..LAYERS {
        let found = search(&tape.cells);
        if found.is_empty() {
            return;
        }
        let mut pass = tape.rewrite();
        for Found { wrong, start, end, .. } in found {
            let cells: Vec<Cell> = (start..end).map(|at| pass.cell(at)).collect();
            let behind = [pass.at(end), pass.at(end + 1)];
            let Some(reading) = Reader::new(wrong, &cells, behind).read() else { continue };
            pass.replace(start, end, &reading.cells, RepairKind::Encoding, wrong.proof());
            for number in reading.marked {
                let (kind, proof) = match reading.cells.get(number).map(|cell| cell.character) {
                    Some(UNKNOWN) => (RepairKind::LostCharacter, "误读时丢失字节，无法复原"),
                    Some(DIGIT) => (RepairKind::LostDigit, "误读时丢失，数字不作推测"),
                    _ => continue,
                };
                pass.note_inside((number, &reading.cells), kind, "", proof);
            }
        }
        pass.finish();
    }
}

/// A stretch that can be encoded back.
#[derive(Debug, Clone, Copy)]
struct Found {
    wrong: Wrong,
    start: usize,
    end: usize,
    /// Whether it tells enough by itself.
    strong: bool,
}

/// Finds the stretches to repair.
fn search(cells: &[Cell]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut strong = 0;
    let mut start = 0;
    for line in cells.split_inclusive(|cell| cell.character == '\n') {
        let first = found.len();
        in_line(cells, start..start + line.len(), &mut found);
        start += line.len();
        let new = &mut found[first..];
        let by: Vec<Wrong> =
            new.iter().filter(|stretch| stretch.strong).map(|stretch| stretch.wrong).collect();
        for stretch in new {
            stretch.strong |= by.contains(&stretch.wrong);
            strong += if stretch.strong { stretch.end - stretch.start } else { 0 };
        }
    }
    if found.is_empty() {
        return found;
    }
    let beyond = cells.iter().filter(|cell| !cell.character.is_ascii()).count();
    let whole = |wrong: Wrong| {
        strong * 2 >= beyond && found.iter().any(|other| other.strong && other.wrong == wrong)
    };
    let (western, gbk) = (whole(Wrong::Western), whole(Wrong::Gbk));
    found.retain(|stretch| {
        stretch.strong || if stretch.wrong == Wrong::Western { western } else { gbk }
    });
    found
}

/// Finds the stretches of a line that can be encoded back.
fn in_line(cells: &[Cell], line: Range<usize>, found: &mut Vec<Found>) {
    let suspects = suspects();
    let likelihood = likelihood::get();
    let mut at = line.start;
    let mut alone = None;
    while let Some(next) =
        cells[at..line.end].iter().position(|cell| suspects.contains(cell.character))
    {
        at += next;
        let wrong =
            if u32::from(cells[at].character) < 0x100 { Wrong::Western } else { Wrong::Gbk };
        let rest = &cells[at..line.end];
        let Some(reading) = Reader::new(wrong, rest, [None; 2]).read() else {
            at += 1;
            continue;
        };
        let end = at + reading.length;
        let before: u64 = cost(likelihood, &cells[at..end]);
        let after: u64 = cost(likelihood, &reading.cells);
        if after < before {
            let mut stretch = Found { wrong, start: at, end, strong: false };
            stretch.strong = after + MARGIN < before
                && is_text(&reading.cells, wrong, || {
                    *alone.get_or_insert_with(|| {
                        let outside = cells[line.start..at].iter().chain(&cells[end..line.end]);
                        outside.into_iter().all(|cell| cell.character.is_ascii())
                    })
                });
            found.push(stretch);
            at = end;
        } else {
            at += 1;
        }
    }
}

fn cost(likelihood: &Likelihood, cells: &[Cell]) -> u64 {
    cells.iter().map(|cell| u64::from(likelihood.cost(cell.character))).sum()
}

/// Whether what a stretch comes to is Chinese text for certain; `alone` says whether nothing else is in its line.
fn is_text(cells: &[Cell], wrong: Wrong, alone: impl FnOnce() -> bool) -> bool {
    let likelihood = likelihood::get();
    let (mut han, mut common, mut beyond) = (0, 0, 0);
    for cell in cells.iter().filter(|cell| !cell.character.is_ascii()) {
        let is_common = likelihood.is_common(cell.character) && cell.character != UNKNOWN;
        beyond += 1;
        common += usize::from(is_common);
        han += usize::from(is_common && is_han(cell.character));
    }
    if common * 100 < beyond * super::PLAUSIBLE {
        // Damaged more than once?
        return wrong == Wrong::Western
            && Reader::new(wrong, cells, [None; 2]).read().is_some_and(|reading| {
                reading.length == cells.len() && is_text(&reading.cells, wrong, alone)
            });
    }
    match wrong {
        // Three letters with marks or signs in a row that come to a common character are no word of any language.
        Wrong::Western => han >= 1,
        // Rare characters come to common ones by chance, though seldom.
        Wrong::Gbk => han >= 3 || han == 2 && alone(),
    }
}

/// What a stretch comes to.
struct Reading {
    cells: Vec<Cell>,
    /// How many characters were encoded back.
    length: usize,
    /// Which of `cells` are marks for what was lost, not such marks that the text held already.
    marked: Vec<usize>,
}

/// Encodes characters back to bytes, and reads these as UTF-8.
struct Reader<'a> {
    wrong: Wrong,
    cells: &'a [Cell],
    /// What stands behind the cells.
    behind: [Option<char>; 2],
    out: Vec<Cell>,
    marked: Vec<usize>,
    /// The bytes of the character that is not complete, and the first cell that they came from.
    bytes: Vec<u8>,
    first: Option<Cell>,
    /// How many bytes are missing to it.
    need: usize,
    /// After a character that lost bytes: what is left of it is passed over.
    lost: bool,
}

impl<'a> Reader<'a> {
    fn new(wrong: Wrong, cells: &'a [Cell], behind: [Option<char>; 2]) -> Self {
        Reader {
            wrong,
            cells,
            behind,
            out: Vec::new(),
            marked: Vec::new(),
            bytes: Vec::with_capacity(4),
            first: None,
            need: 0,
            lost: false,
        }
    }

    fn character(&self, at: usize) -> Option<char> {
        match at.checked_sub(self.cells.len()) {
            None => self.cells.get(at).map(|cell| cell.character),
            Some(behind) => self.behind.get(behind).copied().flatten(),
        }
    }

    /// Reads as far as the bytes are UTF-8; `None` if they are not from the first on.
    fn read(mut self) -> Option<Reading> {
        let mut at = 0;
        // Up to here, and so many characters, everything is complete.
        let mut good = (0, 0);
        while let Some(&cell) = self.cells.get(at) {
            let (bytes, length) = self.encode(at);
            if length == 0 {
                if self.need == 0 || !matches!(cell.character, '?' | REPLACEMENT) {
                    break;
                }
                self.lose(cell);
                self.lose_digit(at, cell);
            } else if !bytes.iter().take(length).all(|byte| self.push(*byte, cell)) {
                break;
            }
            at += 1;
            if self.need == 0 {
                good = (at, self.out.len());
            }
        }
        if self.need > 0 && self.wrong == Wrong::Gbk && at > good.0 && self.is_cut_off(at) {
            // The last byte had no second one and was dropped.
            if let Some(last) = self.cells.get(at - 1) {
                self.lose(*last);
                good = (at, self.out.len());
            }
        }
        if good.0 == 0 {
            return None;
        }
        self.out.truncate(good.1);
        self.marked.retain(|number| *number < good.1);
        Some(Reading { cells: self.out, length: good.0, marked: self.marked })
    }

    /// The bytes of a character that may go on a stretch; none if it ends it.
    fn encode(&self, at: usize) -> ([u8; 2], usize) {
        let Some(character) = self.character(at) else { return ([0; 2], 0) };
        match self.wrong {
            // The no-break space of byte A0 is often made a plain space.
            Wrong::Western if character == ' ' && self.need > 0 => ([0xA0, 0], 1),
            Wrong::Western if character.is_ascii() => ([0; 2], 0),
            Wrong::Western => match suspects().western(character) {
                Some(byte) => ([byte, 0], 1),
                None => ([0; 2], 0),
            },
            // A single byte 80 or a pair: what follows tells.
            Wrong::Gbk if character == '€' && !self.is_pair(at) => ([0x80, 0], 1),
            Wrong::Gbk => match Gbk::get().encode(character) {
                Some(pair) => (pair, 2),
                None => ([0; 2], 0),
            },
        }
    }

    /// Whether the euro sign here is the last byte of one character and the first of the next.
    fn is_pair(&self, at: usize) -> bool {
        let next = self.character(at + 1).and_then(|character| Gbk::get().encode(character));
        self.need == 1 && next.is_some_and(|[lead, _]| matches!(lead, 0x80..=0xBF))
    }

    /// Whether the stretch ends here because of what stands here.
    fn is_cut_off(&self, at: usize) -> bool {
        self.character(at).is_none_or(|character| character.is_ascii())
    }

    /// Takes a byte; `false` if it does not fit.
    fn push(&mut self, byte: u8, cell: Cell) -> bool {
        match byte {
            0x80..=0xBF if self.need > 0 => {
                self.bytes.push(byte);
                self.need -= 1;
                self.need > 0 || self.complete(cell)
            }
            0x80..=0xBF if self.lost => {
                if let Some(last) = self.out.last_mut() {
                    last.end = cell.end;
                }
                true
            }
            0xC2..=0xF4 if self.need == 0 => {
                self.begin(byte, cell);
                true
            }
            // Control characters of Latin-1 are often dropped.
            0xC2..=0xF4 if self.wrong == Wrong::Western && self.bytes.len() > 1 => {
                let before = Cell { start: cell.start, end: cell.start, ..cell };
                self.lose(before);
                self.begin(byte, cell);
                true
            }
            // The second byte of a pair whose first one ended a character.
            0..=0x7F if self.need == 0 => {
                self.out.push(cell.with(char::from(byte)));
                true
            }
            _ => false,
        }
    }

    fn begin(&mut self, byte: u8, cell: Cell) {
        self.lost = false;
        self.first = Some(cell);
        self.bytes.clear();
        self.bytes.push(byte);
        self.need = match byte {
            0xF0.. => 3,
            0xE0.. => 2,
            _ => 1,
        };
    }

    fn complete(&mut self, last: Cell) -> bool {
        let text = std::str::from_utf8(&self.bytes).ok();
        let Some(character) = text.and_then(|text| text.chars().next()) else { return false };
        let start = self.first.map_or(last.start, |first| first.start);
        self.out.push(Cell { character, start, end: last.end });
        true
    }

    /// Gives up the character that is not complete, of which `last` is the last that is left.
    fn lose(&mut self, last: Cell) {
        let start = self.first.map_or(last.start, |first| first.start);
        self.marked.push(self.out.len());
        self.out.push(Cell { character: UNKNOWN, start, end: last.end.max(start) });
        self.need = 0;
        self.lost = true;
    }

    /// Of a byte and the digit behind it some decoders made one question mark. What is left of the number tells.
    fn lose_digit(&mut self, at: usize, cell: Cell) {
        let digit = |at| self.character(at).is_some_and(|next| next.is_ascii_digit());
        let cut = match self.character(at + 1) {
            Some('%') => true,
            Some('.') => digit(at + 2),
            _ => false,
        };
        if self.wrong == Wrong::Gbk && cell.character == '?' && cut {
            self.marked.push(self.out.len());
            self.out.push(cell.with(DIGIT));
            self.lost = false;
        }
    }
}
