//! Leftovers of a web page: character references, and characters that nobody sees.

use terms::RepairKind;

use super::tape::{Cell, Tape};

/// The longest reference that is read, without `&` and `;`.
const LONGEST: usize = 8;

/// Whether a character takes no room and says nothing.
pub(super) fn is_invisible(character: char) -> bool {
    character > '~'
        && matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// Removes invisible characters and resolves character references.
pub(super) fn repair(tape: &mut Tape) {
    let concerns = |character| character == '&' || is_invisible(character);
    let cells = tape.cells.iter().enumerate();
    let places: Vec<usize> =
        cells.filter(|(_, cell)| concerns(cell.character)).map(|(at, _)| at).collect();
    if places.is_empty() {
        return;
    }
    let mut pass = tape.rewrite();
    let mut after = 0;
    for at in places {
        let Some(character) = pass.at(at).filter(|_| at >= after) else { continue };
        if is_invisible(character) {
            after = at + 1;
            while pass.at(after).is_some_and(is_invisible) {
                after += 1;
            }
            pass.replace(at, after, &[], RepairKind::Spacing, "不可见字符");
        } else if character == '&'
            && let Some((character, end)) = reference(|index| pass.at(index), at)
        {
            let cell = Cell { character, start: pass.cell(at).start, end: pass.cell(end - 1).end };
            pass.replace(at, end, &[cell], RepairKind::Spacing, "网页字符引用");
            after = end;
        }
    }
    pass.finish();
}

/// Reads the reference at `start`: its character, and the place after it. A reference to `&` is followed as
/// long as it makes another one, so that text which was escaped twice is read at once.
fn reference(at: impl Fn(usize) -> Option<char>, start: usize) -> Option<(char, usize)> {
    let (mut character, mut end) = one(&at, start)?;
    while character == '&'
        && let Some(next) = one(&at, end.checked_sub(1)?)
    {
        (character, end) = next;
    }
    Some((character, end))
}

/// Reads one reference whose `&` stands, or is taken to stand, at `start`.
fn one(at: impl Fn(usize) -> Option<char>, start: usize) -> Option<(char, usize)> {
    let mut name = String::new();
    let mut index = start + 1;
    loop {
        match at(index)? {
            ';' => break,
            character @ ('#' | 'a'..='z' | 'A'..='Z' | '0'..='9') if name.len() < LONGEST => {
                name.push(character);
            }
            _ => return None,
        }
        index += 1;
    }
    Some((named(&name)?, index + 1))
}

fn named(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return match char::from_u32(code)? {
            '\u{A0}' => Some(' '),
            // What a reference may not make: digits of the report, control characters, invisible ones.
            character
                if character.is_control() || character.is_numeric() || is_invisible(character) =>
            {
                None
            }
            character => Some(character),
        };
    }
    Some(match name {
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "middot" => '·',
        "hellip" => '…',
        "mdash" => '—',
        "ndash" => '–',
        "permil" => '‰',
        "times" => '×',
        "deg" => '°',
        "le" => '≤',
        "ge" => '≥',
        _ => return None,
    })
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
    fn resolves_and_removes() {
        for (damaged, clean) in [
            ("研发&nbsp;经费&#8220;A&#x201D;", "研发 经费“A”"),
            ("R&amp;D经费", "R&D经费"),
            ("A&amp;amp;lt;B", "A<B"),
            ("计\u{200B}划\u{AD}\u{FEFF}书", "计划书"),
        ] {
            assert_eq!(repaired(damaged), clean);
            assert_eq!(repaired(clean), clean);
        }
    }

    #[test]
    fn other_text_stays() {
        for text in ["R&D经费", "A&B;C", "&#53;", "&#0;", "&unknown;", "&", "&#", "&#x;", "&amp"]
        {
            assert_eq!(repaired(text), text);
        }
    }
}
