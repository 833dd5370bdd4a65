//! Coined terms in quotation marks that nothing in the text explains.

use std::collections::BTreeSet;

use terms::{BlockKind, Coined, Document, Part, Span};

/// Numbers that everyone knows: telephone numbers of services, and programmes of the whole country.
const KNOWN: &[&str] = &[
    "110", "114", "119", "120", "122", "12301", "12309", "12313", "12315", "12319", "12328",
    "12333", "12345", "12348", "12355", "12358", "12363", "12366", "12369", "12378", "12380",
    "12381", "12388", "12389", "12393", "95598", "96150", "211", "985", "996", "315", "12337",
];

/// Words before a number of four digits that make it a year: "2035"远景目标.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// The coined terms that a document uses and does not explain, each where it first occurs. A document without a
/// glossary explains its terms elsewhere.
pub(super) fn unexplained(document: &Document) -> Vec<Coined> {
    if document.glossary.is_empty() {
        return Vec::new();
    }
    let explained: Vec<&str> = document
        .glossary
        .iter()
        .flat_map(|term| [term.name.as_str(), document.slice(term.definition)])
        .collect();
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for block in &document.blocks {
        let read = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading)
            && !matches!(block.part, Part::Furniture | Part::Glossary);
        if !read {
            continue;
        }
        let text = document.slice(block.span);
        for (open, mark) in text.match_indices('“') {
            let inner = open + mark.len();
            let Some(length) = text.get(inner..).and_then(|rest| rest.find('”')) else {
                continue;
            };
            let name = text.get(inner..inner + length).unwrap_or_default();
            let behind = text.get(inner + length + '”'.len_utf8()..).unwrap_or_default();
            if !is_coined(name) || !seen.insert(name) || told_here(behind) {
                continue;
            }
            if explained.iter().any(|words| words.contains(name)) {
                continue;
            }
            let start = block.span.start + open;
            let end = block.span.start + inner + length + '”'.len_utf8();
            found.push(Coined { name: name.to_owned(), span: Span::new(start, end) });
        }
    }
    found
}

/// Digits, or digits with a letter for "some more": 4353, 415X.
fn is_coined(name: &str) -> bool {
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
