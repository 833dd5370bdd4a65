//! Spaces that a page put into numbers.

use terms::RepairKind;

use super::tape::Tape;

/// Closes up numbers such as `7 . 2 %`.
///
/// A space goes only where the number cannot be read otherwise: on both sides of a decimal point, and between a
/// number and its percent sign. `1. 2024` stays, as it may be a numbered heading; `1 000` stays, as it may be
/// two numbers.
pub(super) fn repair(tape: &mut Tape) {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tape.cells.len() {
        if !tape.cells[at].character.is_ascii_digit() {
            at += 1;
            continue;
        }
        let after = at + 1;
        let gap = spaces(tape, after);
        at = after;
        if gap == after {
            continue;
        }
        match tape.at(gap) {
            Some('%' | '％' | '‰') => found.push((after, gap)),
            Some('.' | '．') => {
                let fraction = spaces(tape, gap + 1);
                if tape.at(fraction).is_some_and(|character| character.is_ascii_digit()) {
                    found.push((after, gap));
                    if fraction > gap + 1 {
                        found.push((gap + 1, fraction));
                    }
                    at = fraction;
                }
            }
            _ => {}
        }
    }
    if found.is_empty() {
        return;
    }
    let mut pass = tape.rewrite();
    for (start, end) in found {
        pass.replace(start, end, &[], RepairKind::Spacing, "数字中的空格");
    }
    pass.finish();
}

/// The place after the spaces at `index`; a line break is no space.
fn spaces(tape: &Tape, mut index: usize) -> usize {
    while matches!(
        tape.at(index),
        Some(' ' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{3000}')
    ) {
        index += 1;
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::Cell;

    fn repaired(text: &str) -> String {
        let mut tape = Tape::new();
        tape.cells =
            text.char_indices().map(|(at, c)| Cell::new(c, at, at + c.len_utf8())).collect();
        repair(&mut tape);
        tape.cells.iter().map(|cell| cell.character).collect()
    }

    #[test]
    fn closes_numbers() {
        for (damaged, clean) in [
            ("增长7 . 2 %，总值140 . 30亿元", "增长7.2%，总值140.30亿元"),
            ("1 . 2 . 3节", "1.2.3节"),
            ("占比3\u{3000}.\u{A0}5\u{A0}%", "占比3.5%"),
        ] {
            assert_eq!(repaired(damaged), clean);
            assert_eq!(repaired(clean), clean);
        }
    }

    #[test]
    fn other_spaces_stay() {
        for text in
            ["1. 2024年目标", "完成 35 项", "2023 2024", "GB/T 36073-2018", "5 .", "7 \n%", "3 、5"]
        {
            assert_eq!(repaired(text), text);
        }
    }
}
