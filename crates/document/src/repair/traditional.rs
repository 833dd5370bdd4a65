//! Traditional characters and phrases to simplified ones.

use std::sync::OnceLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use terms::RepairKind;

use super::tape::{Cell, Tape};
use crate::gbk::is_han;

/// Characters whose conversion depends on the word that they stand in. A stretch that holds one is converted
/// phrase by phrase, all others character by character, which comes to the same and is faster.
const PHRASED: &[char] = &[
    '乾', '么', '俱', '吒', '噁', '彷', '徵', '於', '昇', '沈', '濛', '牴', '畫', '瞭', '薹', '藉',
    '衹', '覆', '鉅', '鍊', '鍾', '麼', '麽',
];

/// Characters that the conversion changes though simplified text has them too: in names, and in words that
/// kept them. They say nothing about the script of a text.
const AMBIGUOUS: &[char] = &[
    '乾', '徵', '於', '夥', '鍾', '麽', '餘', '昇', '祇', '迴', '鉅', '勳', '吒', '噁', '彷', '牴',
    '畫', '阪', '蘋', '剋', '濛', '薹',
];

/// Words in which 著 stays.
const WRITTEN: &[(&str, &str)] = &[
    ("", "名"),
    ("", "作"),
    ("", "称"),
    ("", "稱"),
    ("", "书"),
    ("", "書"),
    ("", "述"),
    ("", "录"),
    ("", "錄"),
    ("", "者"),
    ("显", ""),
    ("顯", ""),
    ("卓", ""),
    ("名", ""),
    ("专", ""),
    ("專", ""),
    ("编", ""),
    ("編", ""),
    ("论", ""),
    ("論", ""),
    ("原", ""),
    ("巨", ""),
    ("昭", ""),
    ("土", ""),
    ("遗", ""),
    ("遺", ""),
    ("译", ""),
    ("譯", ""),
];

struct Converter {
    /// What conversion makes of every character of the basic plane.
    known: Vec<Known>,
    phrases: Option<OpenCC>,
}

/// What conversion makes of a character: its simplified twin, or itself, in the lower half; what else is known of it
/// above.
#[derive(Debug, Clone, Copy)]
struct Known(u32);

impl Known {
    /// It shows that the text around it is traditional.
    const EVIDENCE: u32 = 1 << 16;
    const PHRASED: u32 = 1 << 17;

    fn is(self, what: u32) -> bool {
        self.0 & what != 0
    }
}

const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;

impl Converter {
    fn get() -> &'static Converter {
        static CONVERTER: OnceLock<Converter> = OnceLock::new();
        CONVERTER.get_or_init(Converter::build)
    }

    fn build() -> Converter {
        // The dictionaries are part of the program; without them traditional text would stay as it is.
        let phrases = OpenCC::from_config(BuiltinConfig::T2s).ok();
        let mut known: Vec<Known> = (0..=u32::from(u16::MAX)).map(Known).collect();
        for character in (FIRST..=LAST).filter_map(char::from_u32) {
            let code = u32::from(character);
            let mut buffer = [0; 4];
            let twin = phrases
                .as_ref()
                .and_then(|phrases| single(&phrases.convert(character.encode_utf8(&mut buffer))))
                .map(u32::from)
                .filter(|twin| *twin <= u32::from(u16::MAX))
                .unwrap_or(code);
            let differs = twin != code && !AMBIGUOUS.contains(&character);
            let evidence = if differs { Known::EVIDENCE } else { 0 };
            let phrased = if PHRASED.contains(&character) { Known::PHRASED } else { 0 };
            known[code as usize] = Known(twin | evidence | phrased);
        }
        Converter { known, phrases }
    }

    fn known(&self, character: char) -> Known {
        self.known.get(u32::from(character) as usize).copied().unwrap_or(Known(0))
    }

    /// The simplified twin of a character, taken alone.
    fn twin(&self, character: char) -> char {
        let known = self.known.get(u32::from(character) as usize);
        known.and_then(|known| char::from_u32(known.0 & 0xFFFF)).unwrap_or(character)
    }
}

fn single(text: &str) -> Option<char> {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) => Some(character),
        _ => None,
    }
}

/// The simplified twin of a character, taken alone.
pub(crate) fn simplified(character: char) -> char {
    Converter::get().twin(character)
}

/// Makes traditional text simplified. Text that is already simplified stays, even where it holds a single
/// character of the other script, as names do.
pub(super) fn repair(tape: &mut Tape) {
    let document = Share::of(&tape.cells);
    if document.traditional == 0 {
        return;
    }
    let all = document.is_traditional(1, 1);
    let mut changes = Vec::new();
    let mut start = 0;
    while start < tape.cells.len() {
        let rest = &tape.cells[start..];
        let length = rest
            .iter()
            .position(|cell| cell.character == '\n')
            .map_or(rest.len(), |position| position + 1);
        let line = &rest[..length];
        if all || Share::of(line).is_traditional(2, 5) {
            convert(line, start, &mut changes);
        }
        start += length;
    }
    apply(tape, &changes);
}

/// How much of a text is traditional.
#[derive(Default)]
struct Share {
    traditional: usize,
    han: usize,
}

impl Share {
    fn of(cells: &[Cell]) -> Share {
        let converter = Converter::get();
        let mut share = Share::default();
        for cell in cells {
            share.han += usize::from(is_han(cell.character));
            let known = converter.known(cell.character);
            share.traditional += usize::from(known.is(Known::EVIDENCE));
        }
        share
    }

    fn is_traditional(&self, at_least: usize, percent: usize) -> bool {
        self.traditional >= at_least && self.traditional * 100 >= self.han * percent
    }
}

/// Notes the characters of a line that change.
fn convert(line: &[Cell], offset: usize, changes: &mut Vec<(u32, char)>) {
    let converter = Converter::get();
    let mut start = 0;
    while start < line.len() {
        let mut is_phrased = false;
        let length = line[start..]
            .iter()
            .position(|cell| {
                is_phrased |= converter.known(cell.character).is(Known::PHRASED);
                !is_han(cell.character)
            })
            .unwrap_or(line.len() - start);
        let segment = &line[start..start + length];
        let phrases = if is_phrased { by_phrase(converter, segment) } else { None };
        for (number, cell) in segment.iter().enumerate() {
            let converted = match &phrases {
                Some(converted) => converted[number],
                None => converter.twin(cell.character),
            };
            let converted =
                if cell.character == '著' { plain_zhe(segment, number) } else { converted };
            if converted != cell.character {
                changes.push(((offset + start + number) as u32, converted));
            }
        }
        start += length.max(1);
    }
}

/// A stretch converted phrase by phrase, where that keeps the number of characters.
fn by_phrase(converter: &Converter, segment: &[Cell]) -> Option<Vec<char>> {
    let text: String = segment.iter().map(|cell| cell.character).collect();
    let converted: Vec<char> = converter.phrases.as_ref()?.convert(&text).chars().collect();
    (converted.len() == segment.len()).then_some(converted)
}

/// 著 is 着 in simplified text, except where it means writing or being known.
fn plain_zhe(segment: &[Cell], number: usize) -> char {
    let neighbour = |number: Option<usize>| {
        number.and_then(|number| segment.get(number)).map(|cell| cell.character)
    };
    let before = neighbour(number.checked_sub(1));
    let after = neighbour(number.checked_add(1));
    let stays =
        WRITTEN.iter().any(|(left, right)| match (left.chars().next(), right.chars().next()) {
            (Some(left), _) => before == Some(left),
            (_, Some(right)) => after == Some(right),
            _ => false,
        });
    if stays { '著' } else { '着' }
}

/// Writes the changes, neighbours together as one repair.
fn apply(tape: &mut Tape, changes: &[(u32, char)]) {
    if changes.is_empty() {
        return;
    }
    let mut run: Vec<Cell> = Vec::new();
    let mut pass = tape.rewrite();
    for group in changes.chunk_by(|left, right| left.0 + 1 == right.0) {
        let Some((start, _)) = group.first() else { continue };
        let start = *start as usize;
        run.clear();
        run.extend(group.iter().enumerate().map(|(n, (_, c))| pass.cell(start + n).with(*c)));
        pass.replace(start, start + group.len(), &run, RepairKind::Traditional, "");
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
    fn converts_by_phrase() {
        for (traditional, simplified) in [
            ("經濟運行穩中有進，發展機制", "经济运行稳中有进，发展机制"),
            ("乾隆年間建設，乾淨", "乾隆年间建设，干净"),
            ("據瞭解，著力打造著名品牌，成效顯著", "据了解，着力打造著名品牌，成效显著"),
            ("憑藉優勢，答覆建議", "凭借优势，答复建议"),
        ] {
            assert_eq!(repaired(traditional), simplified);
            assert_eq!(repaired(simplified), simplified);
        }
    }

    #[test]
    fn simplified_text_stays() {
        let long = "全县经济社会发展保持稳定，重点项目按期推进，财政收入完成年度任务。".repeat(6);
        for text in [
            "乾隆年间的著名建筑，瞭望塔",
            "慰藉、狼藉、沈阳、覆盖",
            &format!("{long}李鋼同志出席会议。"),
        ] {
            assert_eq!(repaired(text), text);
        }
    }

    #[test]
    fn one_traditional_line_in_a_simplified_text() {
        let long = "全县经济社会发展保持稳定，重点项目按期推进，财政收入完成年度任务。".repeat(20);
        let text = format!("{long}\n經濟發展\n{long}");
        assert_eq!(repaired(&text), format!("{long}\n经济发展\n{long}"));
    }
}
