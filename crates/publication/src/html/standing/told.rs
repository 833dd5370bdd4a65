//! What reports say of an indicator, each sentence leading to its place.

use maud::{Markup, html};
use terms::{AssessedStatement, DocumentAssessment, StatementQuery};

use super::super::links;
use super::super::{View, figures, layout, words as common};
use super::{IndicatorPage, status, words};

/// So many are shown.
const SHOWN: usize = 12;

/// The latest sentences, and the way to all of them.
pub(super) fn told(view: &View, page: &IndicatorPage<'_>) -> Markup {
    html! {
        @if let Some((report, _)) = page.told.first() {
            section {
                h2 { (view.say(words::TOLD)) " " span class="tally" { (page.told.len()) } }
                table class="stack" {
                    thead {
                        tr {
                            th scope="col" { (view.say(common::STATEMENT)) }
                            th scope="col" { (view.say(common::ROLE)) }
                            th scope="col" { (view.say(common::STATUS)) }
                            th scope="col" { (view.say(common::REPORTS)) }
                        }
                    }
                    tbody { @for (report, one) in page.told.iter().take(SHOWN) { (row(view, report, one)) } }
                }
                @if page.told.len() > SHOWN {
                    @let query = StatementQuery {
                        indicator: Some(page.indicator.code.clone()),
                        document: Some(report.document.id.clone()),
                        ..StatementQuery::default()
                    };
                    a class="more" href=(view.link(links::statements(&query))) { (view.say(common::STATEMENTS)) }
                }
            }
        }
    }
}

fn row(view: &View, report: &DocumentAssessment, one: &AssessedStatement) -> Markup {
    let statement = &one.statement;
    html! {
        tr {
            th scope="row" lang="zh-CN" {
                a href=(view.link(links::statement(&statement.id))) { (figures::with_lost(&statement.quote, view.language)) }
            }
            td data-label=(view.say(common::ROLE)) {
                (view.say(common::role(statement.role))) " " @if let Some(year) = statement.year { (year) }
            }
            td data-label=(view.say(common::STATUS)) { (status(view, one.status)) }
            td data-label=(view.say(common::REPORTS)) lang="zh-CN" {
                a href=(view.link(layout::overview(report))) { (report.document.name) }
            }
        }
    }
}
