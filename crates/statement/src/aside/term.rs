//! Coined terms in quotation marks, and whether the text explains them.

use std::collections::BTreeSet;

use terms::{Block, BlockKind, Coined, Part, Span, Term};

/// Numbers that everyone knows: telephone numbers of services, and programmes of the whole country.
const KNOWN: &[&str] = &[
    "110", "114", "119", "120", "122", "12301", "12309", "12313", "12315", "12319", "12328",
    "12333", "12345", "12348", "12355", "12358", "12363", "12366", "12369", "12378", "12380",
    "12381", "12388", "12389", "12393", "95598", "96150", "211", "985", "996", "315", "12337",
];

/// Words before a number of four digits that make it a year: "2035"远景目标.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// The coined terms that a text uses, each where it first occurs. A text without a glossary explains its terms
/// elsewhere.
pub(super) fn coined(text: &str, blocks: &[Block], glossary: &[Term]) -> Vec<Coined> {
    let slice = |span: Span| text.get(span.range()).unwrap_or_default();
    let explained: Vec<&str> =
        glossary.iter().flat_map(|term| [term.name.as_str(), slice(term.definition)]).collect();
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for block in blocks {
        let read = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading)
            && !matches!(block.part, Part::Furniture | Part::Glossary);
        if !read {
            continue;
        }
        let words = slice(block.span);
        for (open, mark) in words.match_indices('“') {
            let inner = open + mark.len();
            let Some(length) = words.get(inner..).and_then(|rest| rest.find('”')) else {
                continue;
            };
            let name = words.get(inner..inner + length).unwrap_or_default();
            let behind = words.get(inner + length + '”'.len_utf8()..).unwrap_or_default();
            if !has_numeral(name) || !seen.insert(name) {
                continue;
            }
            let start = block.span.start + open;
            let end = block.span.start + inner + length + '”'.len_utf8();
            found.push(Coined {
                name: name.to_owned(),
                span: Span::new(start, end),
                explained: told_here(behind) || explained.iter().any(|words| words.contains(name)),
                cipher: !glossary.is_empty() && is_cipher(name),
            });
        }
    }
    found
}

/// A short name with a numeral.
fn has_numeral(name: &str) -> bool {
    name.chars().count() <= LONGEST
        && name.contains(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十".contains(c))
}

/// A longer quotation is no name.
const LONGEST: usize = 10;

/// Digits, or digits with a letter for "some more": 4353, 415X.
fn is_cipher(name: &str) -> bool {
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let letters = name.chars().count() - digits;
    let form = name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_digit() || matches!(c, 'X' | 'N' | 'x' | 'n'));
    let year = letters == 0 && name.parse().is_ok_and(|year: i32| YEARS.contains(&year));
    let size = if letters == 0 { (3..=5).contains(&digits) } else { digits >= 2 && letters == 1 };
    form && size && !year && !KNOWN.contains(&name)
}

/// Whether the words behind a term explain it on the spot.
fn told_here(behind: &str) -> bool {
    let rest = behind.trim_start_matches(|c: char| c.is_alphabetic() && !matches!(c, '即'));
    rest.starts_with(['（', '(', '：', '即'])
        || behind.starts_with("热线")
        || behind.starts_with("平台")
        || behind.starts_with("电话")
}
