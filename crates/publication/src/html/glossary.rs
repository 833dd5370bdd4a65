//! The terms that a report explains: their page, and where its text uses them.

use aho_corasick::{AhoCorasick, MatchKind};
use maud::{Markup, html};
use terms::{Assessment, DocumentAssessment, FiledDocument, Part, Span};

use super::layout::{self, Frame, Room};
use super::links::{self, places};
use super::words::Language;
use super::{View, figures, words};

/// A place where a report uses a term that it explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Use {
    /// The place in the text, in bytes.
    pub(super) span: Span,
    /// The term, by its number from 0.
    pub(super) term: usize,
    /// How many uses of the same term come before.
    pub(super) number: usize,
}

/// Every use of the terms of a document in its text outside of the glossary, in text order and without overlaps:
/// where one name holds another, the longer one is meant.
pub(super) fn uses(document: &FiledDocument) -> Vec<Use> {
    let sought = sought(document);
    let mut automaton = AhoCorasick::builder();
    automaton.match_kind(MatchKind::LeftmostLongest);
    let Ok(automaton) = automaton.build(sought.iter().map(|name| &name.words)) else {
        return Vec::new();
    };
    let mut counts = vec![0; document.glossary.len()];
    let mut found = Vec::new();
    for block in &document.blocks {
        if sought.is_empty() || matches!(block.part, Part::Glossary | Part::Furniture) {
            continue;
        }
        let text = document.text.get(block.span.range()).unwrap_or("");
        let (plain, places) = folded(text);
        for hit in automaton.find_iter(&plain) {
            let Name { term, must_be_quoted, .. } = sought[hit.pattern().as_usize()];
            let last = plain[..hit.end()].chars().next_back().map_or(0, char::len_utf8);
            let start = places[hit.start()];
            let end = places[hit.end() - last];
            let end = end + text[end..].chars().next().map_or(0, char::len_utf8);
            let span = with_quotes(text, Span { start, end });
            let meant =
                if must_be_quoted { is_quoted(text, span) } else { stands_alone(text, span) };
            if !meant {
                continue;
            }
            let place =
                Span { start: block.span.start + span.start, end: block.span.start + span.end };
            found.push(Use { span: place, term, number: counts[term] });
            counts[term] += 1;
        }
    }
    found
}

/// What opens and what closes a quotation.
const OPENING: &[char] = &['“', '「', '‘', '"'];
const CLOSING: &[char] = &['”', '」', '’', '"'];

/// A name that is looked for in a text.
struct Name {
    /// As names are compared.
    words: String,
    /// The term, by its number from 0.
    term: usize,
    must_be_quoted: bool,
}

/// The names by which the terms of a document may be used, those in full first.
fn sought(document: &FiledDocument) -> Vec<Name> {
    let full = document.glossary.iter().enumerate().map(|(term, explained)| {
        let (words, _) = folded(&explained.name);
        // Without quotation marks it would be a number like any other.
        let must_be_quoted = words.bytes().all(|byte| byte.is_ascii_digit());
        Name { words, term, must_be_quoted }
    });
    // “绿码”通行 is also called “绿码”; but of 茶业“五大行动” the first word says whose they are.
    let short = document.glossary.iter().enumerate().filter_map(|(term, explained)| {
        let (quoted, _) = explained.name.strip_prefix(OPENING)?.split_once(CLOSING)?;
        Some(Name { words: folded(quoted).0, term, must_be_quoted: true })
    });
    // An empty name would be found everywhere, and one character is too little to be sure.
    full.chain(short).filter(|name| name.words.chars().count() > 1).collect()
}

/// A text without quotation marks and with one kind of dash, as names are compared; and for each of its bytes the
/// place of its character in the text, in bytes.
fn folded(text: &str) -> (String, Vec<usize>) {
    let mut plain = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        match character {
            '“' | '”' | '‘' | '’' | '"' | '「' | '」' | '『' | '』' => continue,
            '—' | '–' | '－' | '−' | '-' => plain.push('-'),
            other => plain.push(other),
        }
        places.resize(plain.len(), at);
    }
    (plain, places)
}

/// A place with the quotation mark before or after it whose other half is inside.
fn with_quotes(text: &str, span: Span) -> Span {
    let inside = &text[span.range()];
    let (opened, closed) = (inside.matches('“').count(), inside.matches('”').count());
    let mut span = span;
    if closed > opened && text[..span.start].ends_with('“') {
        span.start -= '“'.len_utf8();
    } else if opened > closed && text[span.end..].starts_with('”') {
        span.end += '”'.len_utf8();
    }
    span
}

/// Whether a place stands in quotation marks of its own.
fn is_quoted(text: &str, span: Span) -> bool {
    text[..span.start].ends_with(OPENING) && text[span.end..].starts_with(CLOSING)
}

/// Whether the letters and digits at the ends of a place are not part of a longer word.
fn stands_alone(text: &str, span: Span) -> bool {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let inside = &text[span.range()];
    let begins = word(inside.chars().next()) && word(text[..span.start].chars().next_back());
    let ends = word(inside.chars().next_back()) && word(text[span.end..].chars().next());
    !begins && !ends
}

/// The page with the terms that a document explains.
pub fn glossary(assessment: &Assessment, document: &DocumentAssessment, view: &View) -> String {
    let title = format!("{} · {}", view.say(words::GLOSSARY), layout::title(document, view));
    let filed = &document.document;
    let uses = uses(filed);
    let body = html! {
        h1 { (view.say(words::GLOSSARY)) }
        p class="quiet" lang="zh-CN" { (layout::title(document, view)) }
        @if filed.glossary.is_empty() {
            p class="none" { (view.say(words::GLOSSARY_NONE)) }
        } @else {
            p { (view.say(words::GLOSSARY_OF)) }
            dl class="fields terms" {
                @for (number, term) in filed.glossary.iter().enumerate() {
                    div id=(places::term(number)) {
                        dt lang="zh-CN" { dfn { (figures::with_lost(&term.name, view.language)) } }
                        dd {
                            p lang="zh-CN" { (figures::with_lost(filed.text.get(term.definition.range()).unwrap_or(""), view.language)) }
                            small { (used(document, &uses, number, view)) }
                        }
                    }
                }
            }
        }
    };
    let about = Some((assessment, document));
    layout::page(view, Frame { title: &title, room: Room::Text, about, body })
}

/// Where a term is used, and where it is explained.
fn used(document: &DocumentAssessment, uses: &[Use], term: usize, view: &View) -> Markup {
    let places: Vec<_> = uses.iter().filter(|found| found.term == term).collect();
    let text = |place| view.link(links::document(document).at(place));
    html! {
        a href=(text(places::term(term))) { (view.say(words::TO_TEXT)) }
        @if places.is_empty() {
            span { (view.say(words::NOT_USED)) }
        } @else {
            span {
                @match view.language {
                    Language::Chinese => { "正文用到 " (places.len()) " 处" }
                    Language::English => { "Used in the text: " (places.len()) }
                }
            }
            @for found in places {
                a href=(text(places::used(term, found.number))) {
                    @match view.language {
                        Language::Chinese => { "第 " (found.number + 1) " 处" }
                        Language::English => { "place " (found.number + 1) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use terms::{Block, BlockKind, Profile, Term};

    /// What a text uses of these names: the term's number and the words.
    fn found(names: &[&str], text: &str) -> Vec<(usize, String)> {
        let term = |name: &&str| Term {
            name: (*name).to_owned(),
            span: Span::default(),
            definition: Span::default(),
        };
        let span = Span::new(0, text.len());
        let document = FiledDocument {
            id: String::new(),
            hash: String::new(),
            name: String::new(),
            size: 0,
            encoding: String::new(),
            profile: Profile::default(),
            text: text.to_owned(),
            blocks: vec![Block { kind: BlockKind::Paragraph, level: 0, part: Part::Results, span }],
            glossary: names.iter().map(term).collect(),
            repairs: Vec::new(),
            diagnostics: Vec::new(),
            imported_at: String::new(),
            imported_by: String::new(),
            headline: None,
            statements: Vec::new(),
        };
        uses(&document)
            .iter()
            .map(|found| (found.term, text[found.span.range()].to_owned()))
            .collect()
    }

    #[test]
    fn the_longest_name_is_meant() {
        assert_eq!(
            found(&["绿码", "绿码通行"], "推广绿码通行，用好绿码。"),
            [(1, "绿码通行".to_owned()), (0, "绿码".to_owned())]
        );
    }

    #[test]
    fn quotation_marks_and_dashes_make_no_difference() {
        assert_eq!(
            found(
                &["“三清”行动", "青石-白水“飞地”"],
                "开展“三清”行动和三清行动，青石—白水飞地、青石–白水“飞地”开工。"
            ),
            [
                (0, "“三清”行动".to_owned()),
                (0, "三清行动".to_owned()),
                (1, "青石—白水飞地".to_owned()),
                (1, "青石–白水“飞地”".to_owned()),
            ]
        );
    }

    #[test]
    fn a_name_may_be_called_by_what_it_quotes_first() {
        assert_eq!(
            found(&["“绿码”通行", "茶业“五大行动”"], "“绿码”凭证，绿码通行，绿码，“五大行动”。"),
            [(0, "绿码".to_owned()), (0, "绿码通行".to_owned())]
        );
    }

    #[test]
    fn a_part_of_a_word_or_a_number_is_no_use() {
        assert_eq!(
            found(&["3310", "EOD"], "完成3310家，“3310”体系，GEODE，EOD模式。"),
            [(0, "3310".to_owned()), (1, "EOD".to_owned()),]
        );
        assert_eq!(found(&["", "甲"], "甲乙丙"), []);
        assert_eq!(found(&[], "甲乙丙"), []);
    }
}
