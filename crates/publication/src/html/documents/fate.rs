//! What became of a statement: of a promise by the next report or by the ledger, of all others what they are.

use std::collections::BTreeMap;

use maud::{Markup, html};
use terms::{AssessedStatement, DocumentAssessment, Fulfilment, Status};

use super::super::words::{Language, Word};
use super::super::{View, icons, layout, links, words as common};
use super::{between, words};

/// What became of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// What the next report, and the figures beside it, made of a promise.
    Promise(Fulfilment),
    /// Where it stands by itself: a promise of which no report tells yet, a result, background.
    Standing(Status),
}

/// What became of the statements of a document, as its text shows it.
#[derive(Debug, Clone, Copy)]
pub struct Fates<'a> {
    /// By the id of the statement; of others their own status holds.
    pub known: &'a BTreeMap<String, Fate>,
    /// The report that accounts for the promises.
    pub later: Option<&'a DocumentAssessment>,
    /// The report whose promises this one accounts for.
    pub earlier: Option<&'a DocumentAssessment>,
    /// Only statements of this fate are marked.
    pub only: Option<Fate>,
}

/// What is looked at first.
const EXCEPTIONS_FIRST: [Fate; 15] = [
    Fate::Promise(Fulfilment::Missed),
    Fate::Promise(Fulfilment::Dropped),
    Fate::Promise(Fulfilment::Continued),
    Fate::Promise(Fulfilment::NotComparable),
    Fate::Standing(Status::OffTrack),
    Fate::Standing(Status::AtRisk),
    Fate::Standing(Status::NoData),
    Fate::Promise(Fulfilment::Kept),
    Fate::Promise(Fulfilment::Exceeded),
    Fate::Standing(Status::Met),
    Fate::Standing(Status::OnTrack),
    Fate::Promise(Fulfilment::NotDue),
    Fate::Standing(Status::Open),
    Fate::Standing(Status::Reported),
    Fate::Standing(Status::Background),
];

impl Fate {
    /// Its word in addresses; a promise that was missed and a target that was missed share theirs.
    pub fn as_str(self) -> &'static str {
        match self {
            Fate::Promise(found) => found.as_str(),
            Fate::Standing(status) => status.as_str(),
        }
    }

    /// The fate of a word.
    pub fn parse(word: &str) -> Option<Fate> {
        EXCEPTIONS_FIRST.into_iter().find(|known| known.as_str() == word)
    }

    /// Every word, those first that are looked at first.
    pub fn words() -> impl Iterator<Item = &'static str> {
        EXCEPTIONS_FIRST.into_iter().map(Fate::as_str)
    }

    /// Whether the two are told by the same word.
    fn is(self, other: Fate) -> bool {
        self.as_str() == other.as_str()
    }

    pub(in super::super) fn word(self) -> Word {
        match self {
            Fate::Promise(found) => words::fulfilment(found),
            Fate::Standing(status) => common::status(status),
        }
    }

    fn shape(self) -> Markup {
        match self {
            Fate::Promise(found) => icons::promise_shape(found),
            Fate::Standing(status) => icons::shape(status),
        }
    }

    /// The name of its shape on a page that has [`shapes`].
    fn place(self) -> String {
        format!("fate-{}", self.as_str())
    }

    /// Its shape, drawn by reference: a text has hundreds of them.
    pub(in super::super) fn mark(self) -> Markup {
        html! {
            svg class={ "icon st-" (self.as_str()) } width="14" height="14" aria-hidden="true" focusable="false" {
                use href={ "#" (self.place()) } {}
            }
        }
    }
}

impl Fates<'_> {
    /// What became of a statement.
    pub(in super::super) fn of(&self, assessed: &AssessedStatement) -> Fate {
        let known = self.known.get(&*assessed.statement.id).copied();
        known.unwrap_or(Fate::Standing(assessed.status))
    }

    /// Whether a statement is marked.
    pub(in super::super) fn shows(&self, assessed: &AssessedStatement) -> bool {
        self.only.is_none_or(|only| self.of(assessed).is(only))
    }

    /// How many statements met which fate, those first that are looked at first.
    pub(in super::super) fn counts(&self, document: &DocumentAssessment) -> Vec<(Fate, usize)> {
        let of: Vec<Fate> = document.statements.iter().map(|one| self.of(one)).collect();
        let count = |wanted: Fate| (wanted, of.iter().filter(|one| one.is(wanted)).count());
        EXCEPTIONS_FIRST.into_iter().map(count).filter(|(_, count)| *count > 0).collect()
    }
}

/// The shapes that [`Fate::mark`] draws, to stand once on a page.
pub(in super::super) fn shapes(fates: impl Iterator<Item = Fate>) -> Markup {
    html! {
        svg class="shapes" width="0" height="0" aria-hidden="true" focusable="false" {
            @for fate in fates {
                symbol id=(fate.place()) viewBox="0 0 16 16" { (fate.shape()) }
            }
        }
    }
}

/// How many statements met which fate; each leads to the text with these alone marked. And who says so.
pub(in super::super) fn tally(
    document: &DocumentAssessment,
    fates: &Fates<'_>,
    counts: &[(Fate, usize)],
    view: &View,
) -> Markup {
    let to = |fate: Option<Fate>| {
        view.link(links::document(document).with_some("mark", fate.map(Fate::as_str)))
    };
    let current = |fate: Option<Fate>| {
        (fates.only.map(Fate::as_str) == fate.map(Fate::as_str)).then_some("true")
    };
    html! {
        nav class="fates" aria-label=(view.say(words::FATES)) {
            ul class="tallies" {
                li { a href=(to(None)) aria-current=[current(None)] { (view.say(words::MARK_ALL)) " " b { (document.statements.len()) } } }
                @for (fate, count) in counts {
                    li { a href=(to(Some(*fate))) aria-current=[current(Some(*fate))] {
                        span class={ "status st-" (fate.as_str()) } { (fate.mark()) (view.say(fate.word())) } " " b { (count) }
                    } }
                }
            }
            p class="quiet" {
                @match fates.later {
                    Some(later) => {
                        (view.say(words::SAID_BY)) " "
                        a href=(view.link(links::document(later))) lang="zh-CN" { (layout::title(later, view)) }
                        " · " a href=(view.link(between(document, later))) { (view.say(words::COMPARE)) }
                    }
                    None if document.counts.targets > 0 => (view.say(words::NO_LATER)),
                    None => {}
                }
                @if let Some(earlier) = fates.earlier {
                    " " a href=(view.link(between(earlier, document))) {
                        @match view.language {
                            Language::Chinese => "本报告怎样交代上一份的承诺",
                            Language::English => "How this report accounts for the promises of the one before",
                        }
                    }
                }
            }
            @if let Some(only) = fates.only {
                p role="status" { (view.say(words::ONLY_MARKED)) " " b { (view.say(only.word())) } }
            }
        }
    }
}

/// What became of a promise, in word and shape.
pub(super) fn verdict(view: &View, found: Fulfilment) -> Markup {
    html! {
        span class={ "status st-" (found) } title=(view.say(words::fulfilment_meaning(found))) {
            (icons::fulfilment(found)) span { (view.say(words::fulfilment(found))) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fate_has_a_word_that_leads_back_to_it() {
        let promises = Fulfilment::ALL.iter().map(|one| Fate::Promise(*one));
        let standings = Status::ALL.iter().map(|one| Fate::Standing(*one));
        for fate in promises.chain(standings) {
            assert!(Fate::parse(fate.as_str()).is_some_and(|found| found.is(fate)), "{fate:?}");
        }
        assert_eq!(Fate::parse("great"), None);
        assert_eq!(Fate::words().count(), EXCEPTIONS_FIRST.len());
    }
}
