//! The list of statements with search and filters.

use maud::{Markup, html};
use terms::{
    AssessedStatement, Assessment, DocumentAssessment, Kind, Role, StatementQuery, Status,
};

use super::layout::{self, Frame, Room};
use super::links::{self, NO_UNIT, places};
use super::words::{self, Language, Word};
use super::{View, figures, promises};

/// How many statements a page shows.
pub const PAGE_SIZE: usize = 100;

/// What was asked and what was found.
#[derive(Debug, Clone, Copy)]
pub struct Selection<'a> {
    /// The question; its document is named only where it is not the latest one.
    pub query: &'a StatementQuery,
    /// All statements that answer it.
    pub found: &'a [&'a AssessedStatement],
    /// The page that is shown, from 1.
    pub page: usize,
}

impl Selection<'_> {
    /// How many pages there are; at least one.
    pub fn pages(&self) -> usize {
        self.found.len().div_ceil(PAGE_SIZE).max(1)
    }
}

/// The statements of a document that answer a question.
pub fn statements(
    assessment: &Assessment,
    document: &DocumentAssessment,
    selection: Selection<'_>,
    view: &View,
) -> String {
    let title = view.say(words::STATEMENTS);
    let first = (selection.page - 1) * PAGE_SIZE;
    let shown = selection.found.iter().skip(first).take(PAGE_SIZE);
    let body = html! {
        (layout::switcher(view, assessment, document, |other| links::statements(&layout::question(assessment, other))))
        h1 { (title) }
        p class="quiet" lang="zh-CN" { (layout::title(document, view)) }
        (form(assessment, document, selection.query, view))
        (chips(assessment, selection.query, view))
        div class="with-tools" {
            p class="found" role="status" aria-live="polite" { (found(document, selection, view)) }
            @if !selection.found.is_empty() {
                p class="downloads" {
                    span class="label" { (view.say(words::DOWNLOAD)) }
                    a href=(links::download(selection.query, "csv")) download { "CSV" }
                    a href=(links::download(selection.query, "jsonl")) download { "JSONL" }
                }
            }
        }
        @if selection.found.is_empty() {
            div class="none" {
                p { b { (view.say(words::NONE_FOUND)) } }
                p { (view.say(words::NONE_FOUND_HINT)) }
            }
        } @else {
            table class="statements stack" {
                caption class="unseen" { (title) }
                thead { tr {
                    th scope="col" { (view.say(words::STATEMENT)) }
                    th scope="col" { (view.say(words::VALUE)) }
                    th scope="col" { (view.say(words::ROLE)) }
                    th scope="col" { (view.say(words::STATUS)) }
                    th scope="col" { (view.say(words::SECTION)) }
                    th scope="col" { (view.say(words::PLACE)) }
                } }
                tbody { @for assessed in shown { (row(assessed, document, view)) } }
            }
            (pages(selection, view))
        }
    };
    let about = Some((assessment, document));
    layout::page(view, Frame { title, room: Room::Statements, about, body })
}

fn found(document: &DocumentAssessment, selection: Selection<'_>, view: &View) -> Markup {
    let (found, all) = (selection.found.len(), document.counts.statements);
    html! {
        @match view.language {
            Language::Chinese => { "找到 " b { (found) } " 条，共 " (all) " 条" }
            Language::English => { b { (found) } " of " (all) " statements" }
        }
    }
}

fn row(assessed: &AssessedStatement, document: &DocumentAssessment, view: &View) -> Markup {
    let statement = &assessed.statement;
    html! {
        tr class={ "role-" (statement.role) } {
            th scope="row" lang="zh-CN" {
                a class="quote" href=(view.link(links::statement(&statement.id))) { (figures::with_lost(&statement.quote, view.language)) }
                small { (statement.measure) @if let Some(entity) = &statement.entity { " · " (figures::shortened(entity, 40)) } }
            }
            td class="value" { (promises::value(assessed, view)) }
            td {
                span class={ "role " (statement.role) } { (view.say(words::role(statement.role))) }
                @if let Some(modality) = statement.modality { " " (promises::strength(modality, view)) }
                @if let Some(year) = statement.year { " " span class="year" { (year) } }
            }
            td { (promises::standing(assessed.status, view)) @if let Some(reason) = &assessed.reason { small lang="zh-CN" { (reason) } } }
            td class="section" lang="zh-CN" { @if let Some(heading) = statement.section.last() { (heading) } }
            td {
                a href=(view.link(links::document(document).at(places::statement(&statement.id)))) {
                    (view.say(words::TO_TEXT)) span class="unseen" { "：" (statement.quote) }
                }
            }
        }
    }
}

fn pages(selection: Selection<'_>, view: &View) -> Markup {
    let to = |page: usize| {
        let page = (page > 1).then(|| page.to_string());
        view.link(links::statements(selection.query).with_some("page", page))
    };
    let (page, last) = (selection.page, selection.pages());
    html! {
        @if last > 1 {
            nav class="pages" aria-label=(view.say(words::PAGINATION)) {
                @if page > 1 { a rel="prev" href=(to(page - 1)) { (view.say(words::PREVIOUS_PAGE)) } }
                span { (page) " / " (last) }
                @if page < last { a rel="next" href=(to(page + 1)) { (view.say(words::NEXT_PAGE)) } }
            }
        }
    }
}

/// Every filter that is set, each with a way to remove it alone.
fn chips(assessment: &Assessment, query: &StatementQuery, view: &View) -> Markup {
    let mut chips: Vec<(Word, String, StatementQuery)> = Vec::new();
    if let Some(text) = &query.text {
        chips.push((words::SEARCH, text.clone(), StatementQuery { text: None, ..query.clone() }));
    }
    if let Some(section) = &query.section {
        let rest = StatementQuery { section: None, ..query.clone() };
        chips.push((words::SECTION, section.clone(), rest));
    }
    if let Some(role) = query.role {
        let rest = StatementQuery { role: None, ..query.clone() };
        chips.push((words::ROLE, view.say(words::role(role)).into(), rest));
    }
    if let Some(kind) = query.kind {
        let rest = StatementQuery { kind: None, ..query.clone() };
        chips.push((words::KIND, view.say(words::kind(kind)).into(), rest));
    }
    if let Some(code) = &query.indicator {
        let rest = StatementQuery { indicator: None, ..query.clone() };
        chips.push((words::INDICATOR, indicator_name(assessment, code).to_owned(), rest));
    }
    if let Some(unit) = &query.unit {
        let rest = StatementQuery { unit: None, ..query.clone() };
        let name = if unit.is_empty() { view.say(words::NO_UNIT_WORD) } else { unit };
        chips.push((words::UNIT, name.to_owned(), rest));
    }
    if let Some(status) = query.status {
        let rest = StatementQuery { status: None, ..query.clone() };
        chips.push((words::STATUS, view.say(words::status(status)).into(), rest));
    }
    if query.lost {
        let rest = StatementQuery { lost: false, ..query.clone() };
        chips.push((words::LOST_DIGITS, "〓".into(), rest));
    }
    let none = StatementQuery { document: query.document.clone(), ..StatementQuery::default() };
    html! {
        @if !chips.is_empty() {
            ul class="filters-set" aria-label=(view.say(words::FILTERS)) {
                @for (name, value, rest) in &chips {
                    li { a href=(view.link(links::statements(rest))) {
                        span class="unseen" { (view.say(words::REMOVE)) " " }
                        (view.say(*name)) "：" b { (value) } span class="cross" aria-hidden="true" { "×" }
                    } }
                }
                @if chips.len() > 1 {
                    li { a class="all" href=(view.link(links::statements(&none))) { (view.say(words::CLEAR)) } }
                }
            }
        }
    }
}

fn indicator_name<'a>(assessment: &'a Assessment, code: &'a str) -> &'a str {
    assessment.indicators.iter().find(|known| known.code == code).map_or(code, |known| &known.name)
}

/// One choice of a list: value in the address, words, indentation.
type Choice = (String, String);

fn form(
    assessment: &Assessment,
    document: &DocumentAssessment,
    query: &StatementQuery,
    view: &View,
) -> Markup {
    let role = Role::ALL.iter().map(|role| (role.to_string(), view.say(words::role(*role)).into()));
    let kind = Kind::ALL.iter().map(|kind| (kind.to_string(), view.say(words::kind(*kind)).into()));
    let status = Status::ALL
        .iter()
        .filter(|status| {
            document.statements.iter().any(|assessed| assessed.status == **status)
                || query.status == Some(**status)
        })
        .map(|status| (status.to_string(), view.say(words::status(*status)).into()));
    let unit = query.unit.as_deref().map(|unit| if unit.is_empty() { NO_UNIT } else { unit });
    html! {
        form class="search" role="search" method="get" action="/statements" {
            @if let Some(id) = &query.document { input type="hidden" name="doc" value=(id); }
            @if view.language == Language::English { input type="hidden" name="lang" value=(view.language.as_str()); }
            div class="search-line" {
                label for="q" class="unseen" { (view.say(words::SEARCH)) }
                input id="q" name="q" type="search" value=[query.text.as_deref()] placeholder=(view.say(words::SEARCH_HINT)) autocomplete="off" enterkeyhint="search";
                button class="primary" { (view.say(words::SEARCH)) }
            }
            details class="filters" open {
                summary { (view.say(words::FILTERS)) }
                div class="filter-grid" {
                    (select("role", words::ROLE, role.collect(), query.role.map(|role| role.as_str()), view))
                    (select("kind", words::KIND, kind.collect(), query.kind.map(|kind| kind.as_str()), view))
                    (select("status", words::STATUS, status.collect(), query.status.map(|status| status.as_str()), view))
                    (select("section", words::SECTION, sections(document), query.section.as_deref(), view))
                    (select("indicator", words::INDICATOR, indicators(assessment, document), query.indicator.as_deref(), view))
                    (select("unit", words::UNIT, units(document, view), unit, view))
                    div class="field check" {
                        input id="lost" type="checkbox" name="lost" value="1" checked[query.lost];
                        label for="lost" { (view.say(words::ONLY_LOST)) }
                    }
                    div class="field" { button { (view.say(words::APPLY)) } }
                }
            }
        }
    }
}

fn select(
    name: &str,
    word: Word,
    choices: Vec<Choice>,
    chosen: Option<&str>,
    view: &View,
) -> Markup {
    // A value that the document does not have stays visible, so that the form never hides what was asked.
    let foreign = chosen.filter(|chosen| choices.iter().all(|(value, _)| value != chosen));
    html! {
        div class="field" {
            label for=(name) { (view.say(word)) }
            select id=(name) name=(name) {
                option value="" { (view.say(words::ANY)) }
                @if let Some(value) = foreign { option value=(value) selected { (value) } }
                @for (value, words) in &choices {
                    option value=(value) selected[chosen == Some(value.as_str())] { (words) }
                }
            }
        }
    }
}

fn sections(document: &DocumentAssessment) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for assessed in &document.statements {
        for (depth, heading) in assessed.statement.section.iter().enumerate() {
            if choices.iter().all(|(known, _)| **known != **heading) {
                let words = format!("{}{}", "　".repeat(depth), figures::shortened(heading, 28));
                choices.push((heading.to_string(), words));
            }
        }
    }
    choices
}

fn indicators(assessment: &Assessment, document: &DocumentAssessment) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for code in
        document.statements.iter().filter_map(|assessed| assessed.statement.indicator.as_deref())
    {
        if choices.iter().all(|(known, _)| known != code) {
            choices.push((code.to_owned(), indicator_name(assessment, code).to_owned()));
        }
    }
    choices.sort_by(|a, b| a.1.cmp(&b.1));
    choices
}

fn units(document: &DocumentAssessment, view: &View) -> Vec<Choice> {
    let mut often: Vec<(&str, usize)> = Vec::new();
    for unit in document.statements.iter().filter_map(|assessed| assessed.statement.unit.as_ref()) {
        match often.iter_mut().find(|(known, _)| *known == unit.as_str()) {
            Some((_, times)) => *times += 1,
            None => often.push((unit.as_str(), 1)),
        }
    }
    // The most used first; the sort is stable, so equals keep the order of the text.
    often.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    often
        .into_iter()
        .map(|(unit, _)| match unit {
            "" => (NO_UNIT.to_owned(), view.say(words::NO_UNIT_WORD).to_owned()),
            unit => (unit.to_owned(), unit.to_owned()),
        })
        .collect()
}
