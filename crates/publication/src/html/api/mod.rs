//! The page about the data interface: what there is, how to ask for it, what may go wrong.

mod words;

use maud::{Markup, html};

use super::layout::{self, Frame, Room};
use super::{Language, View, words as common};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct ApiPage {
    /// What may be asked for.
    pub resources: Vec<ApiResource>,
    /// What may go wrong.
    pub problems: Vec<ApiProblem>,
    /// Whether nobody signs in, so that no key is needed.
    pub open: bool,
    /// Where this server is, for sample calls.
    pub base: String,
}

/// Something that may be asked for.
#[derive(Debug, Clone)]
pub struct ApiResource {
    /// Its name, a place on the page.
    pub name: &'static str,
    /// Its address; what stands in braces is to be filled in.
    pub path: &'static str,
    /// What it is, in Chinese and in English.
    pub title: (&'static str, &'static str),
    /// What a key has to open.
    pub scope: Option<&'static str>,
    /// The media types that it comes in.
    pub formats: Vec<&'static str>,
    /// What may be asked.
    pub parameters: Vec<ApiParameter>,
}

/// What may be asked.
#[derive(Debug, Clone)]
pub struct ApiParameter {
    /// Its name.
    pub name: &'static str,
    /// What it means, in Chinese and in English.
    pub meaning: (&'static str, &'static str),
    /// What may stand there, in Chinese and in English.
    pub expected: (String, String),
    /// Whether it has to be there.
    pub required: bool,
    /// Whether several values may stand there.
    pub many: bool,
}

/// What may go wrong.
#[derive(Debug, Clone, Copy)]
pub struct ApiProblem {
    /// Its name, a place on the page.
    pub name: &'static str,
    /// The status of the answer.
    pub status: u16,
    /// What it is, in Chinese and in English.
    pub title: (&'static str, &'static str),
}

fn either<'a>(view: &View, (chinese, english): (&'a str, &'a str)) -> &'a str {
    match view.language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// The page `/api`.
pub fn api(view: &View, page: &ApiPage) -> String {
    let title = view.say(common::DATA_INTERFACE);
    let keys = if page.open { words::KEYS_OPEN } else { words::KEYS_LOCKED };
    let body = html! {
        div class="interface" {
            h1 { (title) }
            p { (view.say(words::INTRODUCTION)) }
            p { (view.say(words::EXACT)) }
            h2 { (view.say(words::DESCRIPTIONS)) }
            ul {
                li { a href="/api/openapi.json" { (view.say(words::DESCRIPTION_OPENAPI)) } }
                li { a href="/api/v1/catalog.jsonld" { (view.say(words::DESCRIPTION_DCAT)) } }
                li { a href="/api/v1" { (view.say(words::DESCRIPTION_LIST)) } }
            }
            h2 { (view.say(words::KEYS)) }
            p { (view.say(keys)) }
            pre tabindex="0" { code { "duixian keys add NAME --scope read:figures --region 339901 --until 2026-12-31" } }
            h2 { (view.say(words::SAMPLES)) }
            (samples(page))
            p { (view.say(words::PAGING)) }
            h2 { (view.say(words::RESOURCES)) }
            @for resource in &page.resources { (shown(view, resource)) }
            h2 { (view.say(words::PROBLEMS)) }
            p { (view.say(words::PROBLEMS_HINT)) }
            dl {
                @for problem in &page.problems {
                    dt id=(problem.name) { code { (problem.status) " " (problem.name) } }
                    dd { (either(view, problem.title)) }
                }
            }
        }
    };
    layout::page(view, Frame { title, room: Room::None, about: None, body })
}

fn samples(page: &ApiPage) -> Markup {
    let key = if page.open { "" } else { " -H 'Authorization: Bearer KEY'" };
    let call = |rest: &str| format!("curl{key} '{}{rest}'", page.base);
    html! {
        pre tabindex="0" {
            code {
                (call("/api/v1/figures?indicator=gdp&region=339901&from=2023")) "\n"
                (call("/api/v1/figures?history=true&format=csv")) "\n"
                (call("/api/v1/statements?role=target&format=parquet")) " -o statements.parquet\n"
                (call("/api/v1/standings?region=339901&as_of=2024-10-20"))
            }
        }
    }
}

fn shown(view: &View, resource: &ApiResource) -> Markup {
    let plain = !resource.path.contains('{') && resource.parameters.iter().all(|one| !one.required);
    html! {
        section class="resource" id=(resource.name) {
            h3 { code { (resource.path) } }
            p {
                (either(view, resource.title))
                @if plain { " " a href=(resource.path) { (view.say(words::TRY)) span class="unseen" { " " (resource.path) } } }
            }
            p class="quiet" {
                (view.say(words::FORMATS)) ": " (resource.formats.join(", "))
                @if let Some(scope) = resource.scope { " · " (view.say(words::SCOPE)) ": " code { (scope) } }
            }
            @if !resource.parameters.is_empty() {
                details {
                    summary { (view.say(words::PARAMETERS)) span class="unseen" { " " (resource.path) } }
                    dl { @for parameter in &resource.parameters { (asked(view, parameter)) } }
                }
            }
        }
    }
}

fn asked(view: &View, parameter: &ApiParameter) -> Markup {
    let (chinese, english) = &parameter.expected;
    html! {
        dt { code { (parameter.name) } @if parameter.required { " (" (view.say(words::REQUIRED)) ")" } }
        dd {
            (either(view, parameter.meaning))
            span class="quiet" {
                " — " (either(view, (chinese, english)))
                @if parameter.many { "; " (view.say(words::SEVERAL)) }
            }
        }
    }
}
