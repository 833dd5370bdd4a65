//! Where a document came from and what was repaired in it.

use maud::{Markup, html};
use terms::{Assessment, DocumentAssessment};

use super::layout::{self, Frame, Room};
use super::links::{self, places};
use super::{View, figures, words};

/// The page on a document's source and repairs.
pub fn repairs(assessment: &Assessment, document: &DocumentAssessment, view: &View) -> String {
    let title = format!("{} · {}", view.say(words::SOURCE), layout::title(document, view));
    let filed = &document.document;
    let body = html! {
        h1 { (view.say(words::SOURCE)) }
        p class="quiet" lang="zh-CN" { (layout::title(document, view)) }
        dl class="fields" {
            div { dt { (view.say(words::FILE)) } dd { (filed.name) " · " a href=(links::source(document)) download=(filed.name) { (view.say(words::ORIGINAL)) } } }
            div { dt { "SHA-256" } dd { code class="long" { (filed.hash) } } }
            div { dt { (view.say(words::SIZE)) } dd { (figures::grouped(filed.size)) " " (view.say(words::BYTES)) } }
            div { dt { (view.say(words::ENCODING)) } dd { (filed.encoding) } }
            div { dt { (view.say(words::IMPORTED)) } dd { time datetime=(filed.imported_at) { (figures::minute(&filed.imported_at)) } " · " (filed.imported_by) } }
        }
        section aria-labelledby="repairs" {
            h2 id="repairs" { (view.say(words::REPAIRS)) }
            @if filed.repairs.is_empty() {
                p class="quiet" { (view.say(words::REPAIRS_NONE)) }
            } @else {
                table class="plain" {
                    thead { tr { th scope="col" { (view.say(words::REPAIR_KIND)) } th scope="col" class="number" { (view.say(words::HOW_MANY)) } } }
                    tbody {
                        @for (kind, count) in &filed.repairs {
                            tr { th scope="row" { (view.say(words::repair(*kind))) } td class="number" { (figures::grouped(*count)) } }
                        }
                    }
                }
            }
        }
        (remarks(document, view))
    };
    let about = Some((assessment, document));
    layout::page(view, Frame { title: &title, room: Room::Source, about, body })
}

fn remarks(document: &DocumentAssessment, view: &View) -> Markup {
    let remarks = &document.document.diagnostics;
    html! {
        section aria-labelledby="remarks" {
            h2 id="remarks" { (view.say(words::REMARKS)) }
            @if remarks.is_empty() {
                p class="quiet" { (view.say(words::NO_WARNINGS)) }
            } @else {
                table class="plain stack" {
                    thead { tr {
                        th scope="col" { (view.say(words::SEVERITY)) }
                        th scope="col" { (view.say(words::REMARK)) }
                        th scope="col" { (view.say(words::PLACE)) }
                    } }
                    tbody {
                        @for (number, remark) in remarks.iter().enumerate() {
                            tr {
                                td { b { (view.say(words::severity(remark.severity))) } }
                                td lang="zh-CN" { (remark.message) " " code { (remark.code) } }
                                td class=[remark.span.is_none().then_some("blank")] {
                                    @if remark.span.is_some() {
                                        a href=(view.link(links::document(document).at(places::remark(number)))) { (view.say(words::TO_TEXT)) span class="unseen" { "：" (remark.message) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
