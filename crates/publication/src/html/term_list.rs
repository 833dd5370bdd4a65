//! The glossary of the ledger: every term that a report or the ledger explains, by the letter with which its reading
//! begins.

use maud::{Markup, html};
use terms::DocumentAssessment;

use super::layout::{self, Frame, Room};
use super::links::{self, Address, places};
use super::search::search_address;
use super::words::{self, Language};
use super::{View, figures, glossary};

/// A term with all that explains it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermEntry {
    /// The term.
    pub name: String,
    /// The letter with which its reading begins, `A` to `Z`; `#` where it begins with no letter.
    pub letter: char,
    /// Its English name; empty where none is known.
    pub english: String,
    /// What explains it.
    pub meanings: Vec<TermMeaning>,
}

/// What explains a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermMeaning {
    /// What it means.
    pub text: String,
    /// Who says so: a report, or the entry of the ledger.
    pub source: String,
    /// Where that stands.
    pub address: Address,
    /// How often the report's text uses it, and where first; `None` where no report explains it.
    pub used: Option<(usize, Option<Address>)>,
}

/// What a report says that its terms mean: name, meaning and uses of each.
pub fn explained(document: &DocumentAssessment) -> Vec<(String, TermMeaning)> {
    let filed = &document.document;
    let uses = glossary::uses(filed);
    let text = |span: terms::Span| filed.text.get(span.range()).unwrap_or("").to_owned();
    let source = filed.profile.title.clone().unwrap_or_else(|| filed.name.clone());
    let explained = |(number, term): (usize, &terms::Term)| {
        let count = uses.iter().filter(|used| used.term == number).count();
        let first = (count > 0).then(|| links::document(document).at(places::used(number, 0)));
        let meaning = TermMeaning {
            text: text(term.definition),
            source: source.clone(),
            address: links::glossary(document).at(places::term(number)),
            used: Some((count, first)),
        };
        (term.name.clone(), meaning)
    };
    filed.glossary.iter().enumerate().map(explained).collect()
}

/// The place of a term on the page.
fn place(name: &str) -> String {
    format!("t-{}", name.split_whitespace().collect::<String>())
}

/// The address of a term in the glossary.
pub fn term_address(name: &str) -> Address {
    Address::new("/glossary").at(place(name))
}

/// The page of all terms, which come by letter.
pub fn terms(view: &View, terms: &[TermEntry]) -> String {
    let title = view.say(words::GLOSSARY_ALL);
    let groups: Vec<&[TermEntry]> =
        terms.chunk_by(|one, other| one.letter == other.letter).collect();
    let body = html! {
        h1 { (title) }
        @if terms.is_empty() {
            div class="none" {
                p { b { (view.say(words::TERMS_NONE)) } }
                p { (view.say(words::TERMS_NONE_HINT)) }
            }
        } @else {
            p {
                @match view.language {
                    Language::Chinese => { "共 " (terms.len()) " 个名词，按拼音首字母排列；解释出自各份报告和台账。" }
                    Language::English => { (terms.len()) " terms by the first letter of their pinyin, as the reports and the ledger explain them." }
                }
            }
            nav class="letters" aria-label=(view.say(words::BY_LETTER)) {
                ul { @for group in &groups { @if let Some(first) = group.first() { li { a href=(format!("#{}", letter_place(first.letter))) { (first.letter) } } } } }
            }
            @for group in &groups {
                @if let Some(first) = group.first() {
                    section aria-labelledby=(letter_place(first.letter)) {
                        h2 id=(letter_place(first.letter)) { (first.letter) }
                        dl class="fields terms" { @for term in *group { (entry(view, term)) } }
                    }
                }
            }
        }
    };
    layout::page(view, Frame { title, room: Room::Glossary, about: None, body })
}

fn letter_place(letter: char) -> String {
    match letter {
        '#' => "letter-other".to_owned(),
        letter => format!("letter-{}", letter.to_ascii_lowercase()),
    }
}

fn entry(view: &View, term: &TermEntry) -> Markup {
    html! {
        div id=(place(&term.name)) {
            dt lang="zh-CN" {
                dfn { (figures::with_lost(&term.name, view.language)) }
                @if !term.english.is_empty() { br; small lang="en" { (term.english) } }
            }
            dd {
                @for meaning in &term.meanings {
                    p lang="zh-CN" { (figures::with_lost(&meaning.text, view.language)) }
                    p class="term-source" {
                        small {
                            a href=(view.link(meaning.address.clone())) lang="zh-CN" { (meaning.source) }
                            @match &meaning.used {
                                None => {}
                                Some((count, Some(first))) => {
                                    " " a href=(view.link(first.clone())) {
                                        @match view.language {
                                            Language::Chinese => { "正文用到 " (count) " 处" }
                                            Language::English => { "used in its text: " (count) }
                                        }
                                    }
                                }
                                Some(_) => { " " span { (view.say(words::NOT_USED)) } }
                            }
                        }
                    }
                }
                p class="term-source" { small { a href=(view.link(search_address(&term.name, None))) { (view.say(words::WHERE_USED)) span class="unseen" { "：" (term.name) } } } }
            }
        }
    }
}
