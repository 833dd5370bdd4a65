//! What a report promises: targets by section, and the numbers among them.

use maud::{Markup, html};
use terms::{
    AssessedStatement, Assessment, DocumentAssessment, Kind, Modality, Role, StatementQuery, Status,
};

use super::layout;
use super::links::{self, places};
use super::words::{self, Language};
use super::{View, figures, icons};

/// How many numbers are shown before the reader is sent to the list.
const SHOWN: usize = 24;

/// The section on what is promised.
pub(super) fn promises(
    assessment: &Assessment,
    document: &DocumentAssessment,
    view: &View,
) -> Markup {
    let targets: Vec<_> =
        document.statements.iter().filter(|target| target.statement.role == Role::Target).collect();
    let all = StatementQuery { role: Some(Role::Target), ..layout::question(assessment, document) };
    html! {
        section aria-labelledby="promised" {
            h2 id="promised" { (heading(document, view.language)) }
            @if targets.is_empty() {
                p class="quiet" { (view.say(words::NO_TARGETS)) }
            } @else {
                (sections(&targets, &all, view))
                (numbers(&targets, assessment, document, view))
                p { a class="more" href=(view.link(links::statements(&all))) { (view.say(words::ALL_TARGETS)) } }
            }
        }
    }
}

fn heading(document: &DocumentAssessment, language: Language) -> String {
    match (document.document.profile.plan_year, language) {
        (Some(year), Language::Chinese) => format!("{year} 年{}", words::PROMISED.0),
        (Some(year), Language::English) => format!("{} for {year}", words::PROMISED.1),
        (None, language) => language.say(words::PROMISED).to_owned(),
    }
}

/// The heading under which a target is counted: the nearest one down to the third level, at which the reports
/// name their fields of work; deeper ones would make more groups than anyone reads.
fn group(target: &AssessedStatement) -> Option<&str> {
    let section = &target.statement.section;
    section.get(2).or(section.last()).map(|heading| &**heading)
}

fn sections(targets: &[&AssessedStatement], all: &StatementQuery, view: &View) -> Markup {
    let mut groups: Vec<(&str, usize, usize)> = Vec::new();
    for target in targets {
        let Some(name) = group(target) else { continue };
        let aim = usize::from(target.statement.modality == Some(Modality::Aim));
        match groups.iter_mut().find(|(known, ..)| *known == name) {
            Some((_, count, aims)) => (*count, *aims) = (*count + 1, *aims + aim),
            None => groups.push((name, 1, aim)),
        }
    }
    html! {
        @if !groups.is_empty() {
            h3 { (view.say(words::BY_SECTION)) }
            ul class="sections" {
                @for (name, count, aims) in groups {
                    @let query = StatementQuery { section: Some(name.to_owned()), ..all.clone() };
                    li { a href=(view.link(links::statements(&query))) {
                        span lang="zh-CN" { (name) }
                        span class="count" {
                            (count)
                            @if aims > 0 { small {
                                @match view.language {
                                    Language::Chinese => { "力争 " (aims) }
                                    Language::English => { (aims) " aimed at" }
                                }
                            } }
                        }
                    } }
                }
            }
        }
    }
}

fn numbers(
    targets: &[&AssessedStatement],
    assessment: &Assessment,
    document: &DocumentAssessment,
    view: &View,
) -> Markup {
    // Targets on a catalogued indicator are the ones that will be asked after; the rest follow in text order.
    let quantities = || targets.iter().filter(|target| target.statement.kind == Kind::Quantity);
    let linked = quantities().filter(|target| target.statement.indicator.is_some());
    let others = quantities().filter(|target| target.statement.indicator.is_none());
    let shown: Vec<_> = linked.chain(others).take(SHOWN).collect();
    html! {
        @if !shown.is_empty() {
            h3 id="numbers" { (view.say(words::KEY_NUMBERS)) }
            table class="numbers stack" aria-labelledby="numbers" {
                thead { tr {
                    th scope="col" { (view.say(words::MEASURE)) }
                    th scope="col" { (view.say(words::VALUE)) }
                    th scope="col" { (view.say(words::STRENGTH)) }
                    th scope="col" { (view.say(words::LAST_RESULT)) }
                    th scope="col" { (view.say(words::STATUS)) }
                    th scope="col" { (view.say(words::PLACE)) }
                } }
                tbody {
                    @for target in shown { (row(target, assessment, document, view)) }
                }
            }
        }
    }
}

fn row(
    target: &AssessedStatement,
    assessment: &Assessment,
    document: &DocumentAssessment,
    view: &View,
) -> Markup {
    let statement = &target.statement;
    html! {
        tr {
            th scope="row" lang="zh-CN" {
                a href=(view.link(links::statement(&statement.id))) { (statement.measure) }
                @if let Some(entity) = &statement.entity { small { (entity) } }
            }
            td class="value" { (value(target, view)) }
            td class=[statement.modality.is_none().then_some("blank")] {
                @if let Some(modality) = statement.modality { (strength(modality, view)) }
            }
            td class=[target.baseline.is_none().then_some("blank")] data-label=(view.say(words::LAST_RESULT)) { (baseline(target, assessment, view)) }
            td { (standing(target.status, view)) }
            td {
                a href=(view.link(links::document(document).at(places::statement(&statement.id)))) {
                    (view.say(words::TO_TEXT)) span class="unseen" { "：" (statement.measure) }
                }
            }
        }
    }
}

/// The number of a statement, or that it is a milestone.
pub(super) fn value(target: &AssessedStatement, view: &View) -> Markup {
    html! {
        @match figures::value(&target.statement, view.language) {
            Some(value) => span class="figure" { (figures::with_lost(&value, view.language)) }
            None => span class="milestone" { (view.say(words::kind(Kind::Milestone))) }
        }
    }
}

/// How strongly a target is promised, in word and line.
pub(super) fn strength(modality: Modality, view: &View) -> Markup {
    html! { span class={ "strength " (modality) } { (view.say(words::modality(modality))) } }
}

/// Where a statement stands, in word and shape.
pub(super) fn standing(status: Status, view: &View) -> Markup {
    html! {
        span class={ "status st-" (status) } { (icons::status(status)) span { (view.say(words::status(status))) } }
    }
}

/// The last result on a target's indicator with the way that is left, each a link to its source.
pub(super) fn baseline(target: &AssessedStatement, assessment: &Assessment, view: &View) -> Markup {
    let Some(baseline) = &target.baseline else { return html! {} };
    let result = assessment
        .documents
        .iter()
        .flat_map(|document| &document.statements)
        .find(|known| *known.statement.id == baseline.statement);
    let unit = target.statement.unit.as_ref().map_or("", |unit| unit.as_str());
    html! {
        a href=(view.link(links::statement(&baseline.statement))) {
            @match result.and_then(|result| figures::value(&result.statement, view.language)) {
                Some(value) => (figures::with_lost(&value, view.language)),
                None => (baseline.statement),
            }
        }
        small {
            @if let Some(year) = baseline.year { (year) }
            @if let Some(change) = baseline.change { " · " (view.say(words::CHANGE)) " " (figures::change(change, unit, view.language)) }
        }
    }
}
