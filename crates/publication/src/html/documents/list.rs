//! The list of the reports in the ledger.

use maud::{Markup, html};
use terms::{Assessment, DocumentAssessment, Profile};

use super::super::layout::{self, Frame, Room};
use super::super::words::Word;
use super::super::{Address, View, figures, links, words as common};
use super::{between, words};

/// The page `/documents`; `later` gives the report that accounts for what one promises, where there is one.
pub fn documents<'a>(
    assessment: &'a Assessment,
    later: &dyn Fn(&DocumentAssessment) -> Option<&'a DocumentAssessment>,
    view: &View,
) -> String {
    let title = view.say(common::DOCUMENTS);
    let body = html! {
        h1 { (title) }
        p class="quiet" { (view.say(words::DOCUMENTS_HINT)) }
        @if assessment.documents.len() > 1 {
            p { a class="more" href=(view.link(Address::new("/documents/compare"))) { (view.say(words::COMPARE)) } }
        }
        table class="stack documents" {
            caption class="unseen" { (title) }
            thead { tr {
                th scope="col" { (view.say(words::DOCUMENT_TITLE)) }
                th scope="col" { (view.say(words::YEARS)) }
                th scope="col" { (view.say(common::REGION)) }
                th scope="col" { (view.say(words::KIND)) }
                th scope="col" class="number" { (view.say(common::STATEMENTS)) }
                th scope="col" class="number" { (view.say(common::TARGETS)) }
                th scope="col" { (view.say(common::IMPORTED)) }
                th scope="col" { (view.say(words::HELD_AGAINST)) }
            } }
            tbody { @for document in &assessment.documents { (row(assessment, document, later(document), view)) } }
        }
    };
    layout::page(view, Frame { title, room: Room::Documents, about: None, body })
}

fn row(
    assessment: &Assessment,
    document: &DocumentAssessment,
    later: Option<&DocumentAssessment>,
    view: &View,
) -> Markup {
    let filed = &document.document;
    let profile = &filed.profile;
    let year = |year: Option<i32>| year.map_or("—".to_owned(), |year| year.to_string());
    let statements = links::statements(&layout::question(assessment, document));
    html! {
        tr {
            th scope="row" {
                a href=(view.link(links::document(document))) lang=[profile.title.is_some().then_some("zh-CN")] { (layout::title(document, view)) }
                small {
                    span lang="zh-CN" { (filed.name) } " · "
                    a href=(view.link(links::repairs(document))) { (view.say(common::SOURCE)) }
                    @if !filed.glossary.is_empty() {
                        " · " a href=(view.link(links::glossary(document))) { (view.say(common::GLOSSARY)) " " (filed.glossary.len()) }
                    }
                }
            }
            td data-label=(view.say(words::YEARS)) { (year(profile.result_year)) " → " (year(profile.plan_year)) }
            td data-label=(view.say(common::REGION)) lang="zh-CN" { (profile.region.as_deref().unwrap_or("—")) }
            td data-label=(view.say(words::KIND)) { (view.say(kind(profile))) }
            td class="number" data-label=(view.say(common::STATEMENTS)) { a href=(view.link(statements)) { (document.counts.statements) } }
            td class="number" data-label=(view.say(common::TARGETS)) { (document.counts.targets) }
            td data-label=(view.say(common::IMPORTED)) { time datetime=(filed.imported_at) { (figures::minute(&filed.imported_at)) } }
            td class=[later.is_none().then_some("blank")] data-label=(view.say(words::HELD_AGAINST)) {
                @if let Some(later) = later {
                    a href=(view.link(between(document, later))) {
                        (year(profile.plan_year)) " → " (year(later.document.profile.plan_year))
                        span class="unseen" { " " (view.say(words::COMPARE)) }
                    }
                }
            }
        }
    }
}

/// What a document is by the years that it speaks of.
fn kind(profile: &Profile) -> Word {
    match (profile.result_year, profile.plan_year) {
        (Some(_), Some(_)) => words::PLAN_REPORT,
        (None, Some(_)) => words::PLAN_ONLY,
        (Some(_), None) => words::RESULTS_ONLY,
        (None, None) => words::OTHER_KIND,
    }
}
