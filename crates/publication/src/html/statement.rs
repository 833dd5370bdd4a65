//! One statement: every field explained in words, its sentence, its place in the source.

use maud::{Markup, html};
use terms::{AssessedStatement, Assessment, DocumentAssessment, Statement, StatementQuery, Status};

use super::layout::{self, Frame, Room};
use super::links::{self, places};
use super::words::{self, Word};
use super::{View, figures, promises};

/// The page of the statement that stands at `number` in the document's list; `None` where none does.
pub fn statement(
    assessment: &Assessment,
    document: &DocumentAssessment,
    number: usize,
    view: &View,
) -> Option<String> {
    let assessed = document.statements.get(number)?;
    let statement = &assessed.statement;
    let title = figures::shortened(&statement.quote, 24);
    let previous = number.checked_sub(1).and_then(|number| document.statements.get(number));
    let next = document.statements.get(number + 1);
    let body = html! {
        (path(assessment, document, statement, view))
        h1 class="quote" lang="zh-CN" { (figures::with_lost(&statement.quote, view.language)) }
        p class="chips" {
            span class={ "role " (statement.role) } { (view.say(words::role(statement.role))) }
            @if let Some(modality) = statement.modality { (promises::strength(modality, view)) }
            (promises::standing(assessed.status, view))
            a class="to-text" href=(view.link(links::document(document).at(places::statement(&statement.id)))) { (view.say(words::TO_TEXT)) }
        }
        section aria-labelledby="sentence" {
            h2 id="sentence" { (view.say(words::SENTENCE)) }
            blockquote lang="zh-CN" { (sentence(statement, view)) }
        }
        section aria-labelledby="meaning" {
            h2 id="meaning" { (view.say(words::MEANING)) }
            dl class="fields" { (fields(assessed, assessment, document, view)) }
        }
        section aria-labelledby="judgement" {
            h2 id="judgement" { (view.say(words::JUDGEMENT)) }
            (judgement(assessed, assessment, view))
        }
        section aria-labelledby="where" {
            h2 id="where" { (view.say(words::WHERE)) }
            (whereabouts(statement, document, view))
        }
        nav class="steps" aria-label=(view.say(words::PAGINATION)) {
            (step(previous, words::PREVIOUS, "prev", view))
            (step(next, words::NEXT, "next", view))
        }
    };
    let about = Some((assessment, document));
    Some(layout::page(view, Frame { title: &title, room: Room::Statements, about, body }))
}

fn path(
    assessment: &Assessment,
    document: &DocumentAssessment,
    statement: &Statement,
    view: &View,
) -> Markup {
    html! {
        nav class="path" aria-label=(view.say(words::SECTION)) {
            ol {
                @for heading in &*statement.section {
                    @let query = StatementQuery { section: Some(heading.to_string()), ..layout::question(assessment, document) };
                    li lang="zh-CN" { a href=(view.link(links::statements(&query))) { (heading) } }
                }
                li aria-current="page" { (view.say(words::STATEMENT)) " " code { (statement.id) } }
            }
        }
    }
}

/// The sentence with the quote marked in it.
fn sentence(statement: &Statement, view: &View) -> Markup {
    html! {
        @match statement.sentence.split_once(&*statement.quote) {
            Some((before, after)) => {
                (figures::with_lost(before, view.language))
                mark { (figures::with_lost(&statement.quote, view.language)) }
                (figures::with_lost(after, view.language))
            }
            None => (figures::with_lost(&statement.sentence, view.language)),
        }
    }
}

/// The sentence with the quote marked in it, with so many characters on each side of the quote.
pub(super) fn excerpt(statement: &Statement, around: usize, view: &View) -> Markup {
    let Some((before, after)) = statement.sentence.split_once(&*statement.quote) else {
        return html! { mark { (figures::with_lost(&statement.quote, view.language)) } };
    };
    let skipped = before.chars().count().saturating_sub(around);
    let start = before.char_indices().nth(skipped).map_or(before.len(), |(at, _)| at);
    let before = before.get(start..).unwrap_or(before);
    html! {
        @if skipped > 0 { "……" }
        (figures::with_lost(before, view.language))
        mark { (figures::with_lost(&statement.quote, view.language)) }
        (figures::with_lost(&figures::shortened(after, around), view.language))
    }
}

fn field(view: &View, name: Word, content: Markup) -> Markup {
    html! { div { dt { (view.say(name)) } dd { (content) } } }
}

fn explained(view: &View, word: Word, meaning: Word) -> Markup {
    html! { (view.say(word)) small { (view.say(meaning)) } }
}

fn fields(
    assessed: &AssessedStatement,
    assessment: &Assessment,
    document: &DocumentAssessment,
    view: &View,
) -> Markup {
    let statement = &assessed.statement;
    html! {
        (field(view, words::MEASURE, html! { span lang="zh-CN" { (statement.measure) } }))
        (field(view, words::KIND, explained(view, words::kind(statement.kind), words::kind_meaning(statement.kind))))
        @if statement.value.is_some() {
            (field(view, words::VALUE, promises::value(assessed, view)))
        }
        @if let Some(comparator) = statement.comparator {
            (field(view, words::COMPARATOR, html! { (view.say(words::comparator(comparator))) }))
        }
        @if let Some(basis) = statement.basis {
            (field(view, words::BASIS, html! { (view.say(words::basis(basis))) }))
        }
        @if let Some(direction) = statement.direction {
            (field(view, words::DIRECTION, html! { (view.say(words::direction(direction))) }))
        }
        @if let Some(unit) = &statement.unit {
            (field(view, words::UNIT, html! {
                @if unit.as_str().is_empty() { (view.say(words::NO_UNIT_WORD)) } @else { span lang="zh-CN" { (unit) } }
            }))
        }
        (field(view, words::ENTITY, html! {
            @match &statement.entity {
                Some(entity) => span lang="zh-CN" { (entity) }
                None => (view.say(words::OWN_REGION)),
            }
        }))
        (field(view, words::YEAR, html! {
            @match statement.year { Some(year) => (year), None => (view.say(words::NOT_STATED)) }
        }))
        @if let Some(modality) = statement.modality {
            (field(view, words::STRENGTH, html! { (view.say(words::modality(modality))) }))
        }
        (field(view, words::INDICATOR, indicator(statement, assessment, document, view)))
    }
}

fn indicator(
    statement: &Statement,
    assessment: &Assessment,
    document: &DocumentAssessment,
    view: &View,
) -> Markup {
    let Some(code) = &statement.indicator else {
        return html! { (view.say(words::NOT_LINKED)) };
    };
    let query = StatementQuery {
        indicator: Some(code.to_string()),
        ..layout::question(assessment, document)
    };
    let known = assessment.indicators.iter().find(|known| known.code == **code);
    html! {
        a href=(view.link(links::statements(&query))) lang=[known.map(|_| "zh-CN")] { (known.map_or(&**code, |known| &known.name)) }
        @if let Some(known) = known {
            small lang="en" { (known.english) }
            small lang="zh-CN" { (known.definition) }
            @if !known.formula.is_empty() { small { (view.say(words::FORMULA)) " " span lang="zh-CN" { (known.formula) } } }
            @if !known.owner.is_empty() { small { (view.say(words::OWNER)) " " span lang="zh-CN" { (known.owner) } } }
        }
    }
}

fn judgement(assessed: &AssessedStatement, assessment: &Assessment, view: &View) -> Markup {
    html! {
        dl class="fields" {
            (field(view, words::STATUS, html! {
                (promises::standing(assessed.status, view))
                @match &assessed.reason {
                    Some(reason) => small lang="zh-CN" { (reason) }
                    None => small { (view.say(words::status_meaning(assessed.status))) }
                }
            }))
            @if let Some(baseline) = &assessed.baseline {
                (field(view, words::BASELINE, html! {
                    (promises::baseline(assessed, assessment, view))
                    @if baseline.change.is_none() { small { (view.say(words::NOT_COMPUTED)) } }
                }))
            } @else if assessed.status == Status::Open {
                (field(view, words::BASELINE, html! { (view.say(words::NO_BASELINE)) }))
            }
        }
    }
}

fn whereabouts(statement: &Statement, document: &DocumentAssessment, view: &View) -> Markup {
    let filed = &document.document;
    html! {
        dl class="fields" {
            (field(view, words::FILE, html! { (filed.name) " · " a href=(links::source(document)) download=(filed.name) { (view.say(words::ORIGINAL)) } }))
            (field(view, words::PLACE, html! {
                (view.say(words::BYTES)) " " b { (figures::grouped(statement.source.start)) "–" (figures::grouped(statement.source.end)) }
                small { (view.say(words::CHARACTERS)) " " (figures::grouped(statement.characters.start)) "–" (figures::grouped(statement.characters.end)) }
            }))
            (field(view, Word("SHA-256", "SHA-256"), html! { code class="long" { (filed.hash) } }))
        }
    }
}

fn step(other: Option<&AssessedStatement>, word: Word, rel: &str, view: &View) -> Markup {
    html! {
        @if let Some(other) = other {
            a rel=(rel) href=(view.link(links::statement(&other.statement.id))) {
                span class="label" { (view.say(word)) }
                span lang="zh-CN" { (figures::shortened(&other.statement.quote, 20)) }
            }
        }
    }
}
