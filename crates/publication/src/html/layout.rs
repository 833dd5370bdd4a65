//! What stands around every page: head, navigation, display switches, foot.

use maud::{DOCTYPE, Markup, html};
use terms::{Assessment, DocumentAssessment, StatementQuery};

use super::links::{self, Address};
use super::words::{self, Language, Word};
use super::{Theme, View, desk, figures, icons, nav};

/// Which entry of the navigation a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    Today,
    Overview,
    Statements,
    Text,
    Source,
    Indicators,
    Tasks,
    Projects,
    Problems,
    Documents,
    Regions,
    Glossary,
    Reports,
    Desk,
    Rounds,
    Plan,
    Forms,
    Accounts,
    History,
    Account,
    None,
}

/// A page before it is framed.
pub(super) struct Frame<'a> {
    pub(super) title: &'a str,
    pub(super) room: Room,
    /// The assessment with the document that the page is about; `None` on pages about neither.
    pub(super) about: Option<(&'a Assessment, &'a DocumentAssessment)>,
    pub(super) body: Markup,
}

/// The id of a document where the address must name it: the latest document goes without saying.
pub(super) fn named(assessment: &Assessment, document: &DocumentAssessment) -> Option<String> {
    let latest = assessment.documents.first().map(|first| &first.document.id);
    (latest != Some(&document.document.id)).then(|| document.document.id.clone())
}

/// The overview of a document. The address names it even where it is the latest, since `/` alone is about today.
pub(super) fn overview(document: &DocumentAssessment) -> Address {
    Address::new("/").with("doc", &document.document.id)
}

/// A question about a document's statements, everything else being open.
pub(super) fn question(assessment: &Assessment, document: &DocumentAssessment) -> StatementQuery {
    StatementQuery { document: named(assessment, document), ..StatementQuery::default() }
}

/// The title of a report.
pub(super) fn title<'a>(document: &'a DocumentAssessment, view: &View) -> &'a str {
    match &document.document.profile.title {
        Some(title) => title,
        None => view.say(words::NO_TITLE),
    }
}

/// The framed page.
pub(super) fn page(view: &View, frame: Frame<'_>) -> String {
    let theme = match view.theme {
        Theme::System => None,
        other => Some(other.as_str()),
    };
    html! {
        (DOCTYPE)
        html lang=(view.language.tag()) data-theme=[theme] data-shortcuts=(if view.shortcuts { "on" } else { "off" }) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (frame.title) " · " (view.say(words::BRAND)) }
                link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/assets/base.css";
                link rel="stylesheet" href="/assets/pages.css";
                link rel="stylesheet" href="/assets/desk.css";
                link rel="stylesheet" href="/assets/standing.css";
                link rel="stylesheet" href="/assets/documents.css";
                link rel="stylesheet" href="/assets/regions.css";
                link rel="stylesheet" href="/assets/lists.css";
                link rel="stylesheet" href="/assets/search.css";
                script src="/assets/page.js" defer {}
            }
            body {
                a class="skip" href="#content" { (view.say(words::SKIP)) }
                (head(view, &frame))
                main id="content" tabindex="-1" { (frame.body) }
                (foot(view, &frame))
            }
        }
    }
    .into_string()
}

fn head(view: &View, frame: &Frame<'_>) -> Markup {
    html! {
        header class="top" {
            div class="top-inner" {
                a class="brand" href=(view.link(Address::new("/"))) {
                    (icons::seal())
                    span class="brand-words" {
                        span class="brand-name" { (view.say(words::BRAND)) }
                        span class="brand-line" { (view.say(words::BRAND_LINE)) }
                    }
                }
                (nav::rooms(view, frame.room))
                (nav::search(view))
                div class="display" role="group" aria-label=(view.say(words::PREFERENCES)) {
                    (language_switch(view))
                    (theme_switch(view))
                }
                @if frame.about.is_some() || view.visitor.is_some() {
                    div class="second-bar" {
                        @if let Some((assessment, document)) = frame.about { (report_rooms(view, frame.room, assessment, document)) }
                        (desk::bar(view, frame.room))
                    }
                }
            }
        }
    }
}

/// The pages about one report.
fn report_rooms(
    view: &View,
    here: Room,
    assessment: &Assessment,
    document: &DocumentAssessment,
) -> Markup {
    html! {
        nav class="rooms report-rooms" aria-label=(view.say(words::THIS_REPORT)) {
            ul {
                (room(view, here, Room::Overview, words::OVERVIEW, overview(document)))
                (room(view, here, Room::Statements, words::STATEMENTS, links::statements(&question(assessment, document))))
                (room(view, here, Room::Text, words::TEXT, links::document(document)))
                (room(view, here, Room::Source, words::SOURCE, links::repairs(document)))
            }
        }
    }
}

pub(super) fn room(view: &View, here: Room, room: Room, word: Word, address: Address) -> Markup {
    html! {
        li { a href=(view.link(address)) aria-current=[(here == room).then_some("page")] { (view.say(word)) } }
    }
}

fn language_switch(view: &View) -> Markup {
    // Each language is named in itself, so that who cannot read the page can still find the way out.
    let (other, name, tag) = match view.language {
        Language::Chinese => (Language::English, "English", "en"),
        Language::English => (Language::Chinese, "中文", "zh-CN"),
    };
    html! {
        a class="language" href=(view.here.clone().with("lang", other.as_str())) lang=(tag) hreflang=(tag) { (name) }
    }
}

fn theme_switch(view: &View) -> Markup {
    html! {
        form class="theme" method="post" action="/preferences" {
            (desk::token(view))
            input type="hidden" name="back" value=(view.link(view.here.clone()));
            fieldset {
                legend class="unseen" { (view.say(words::THEME)) }
                @for (theme, word) in [(Theme::System, words::THEME_AUTO), (Theme::Light, words::THEME_LIGHT), (Theme::Dark, words::THEME_DARK)] {
                    button name="theme" value=(theme.as_str()) aria-pressed=(if view.theme == theme { "true" } else { "false" }) { (view.say(word)) }
                }
            }
        }
    }
}

fn foot(view: &View, frame: &Frame<'_>) -> Markup {
    html! {
        footer class="foot" {
            div class="foot-inner" {
                p {
                    @if let Some((assessment, _)) = frame.about {
                        span { (view.say(words::AS_OF)) " " time datetime=(assessment.as_of) { (figures::minute(&assessment.as_of)) } }
                    }
                    @if !view.ledger.is_empty() && !view.public {
                        span { (view.say(words::LEDGER)) " " (view.ledger) }
                        span { (view.say(words::VERIFY)) " " code { "duixian verify --ledger " (view.ledger) } }
                    }
                    @if !view.public {
                        a href=(view.link(Address::new("/methods"))) { (view.say(words::METHODS)) }
                        a href=(view.link(Address::new("/api"))) { (view.say(words::DATA_INTERFACE)) }
                    }
                }
                details class="keys" {
                    summary { (view.say(words::KEYS)) }
                    dl {
                        div { dt { kbd { "/" } } dd { (view.say(words::KEY_SEARCH)) } }
                        div { dt { kbd { "j" } " " kbd { "k" } } dd { (view.say(words::KEY_NEXT)) } }
                        div { dt { kbd { "Esc" } } dd { (view.say(words::KEY_CLEAR)) } }
                    }
                    form method="post" action="/preferences" {
                        (desk::token(view))
                        input type="hidden" name="back" value=(view.link(view.here.clone()));
                        @if view.shortcuts {
                            button name="shortcuts" value="off" { (view.say(words::KEYS_OFF)) }
                        } @else {
                            button name="shortcuts" value="on" { (view.say(words::KEYS_ON)) }
                        }
                    }
                }
            }
        }
    }
}

/// How many reports are offered at a glance; more are folded away.
const AT_A_GLANCE: usize = 6;

/// A choice between the reports of the ledger, where there are several; `to` is the page of a report that each
/// leads to.
pub(super) fn switcher(
    view: &View,
    assessment: &Assessment,
    here: &DocumentAssessment,
    to: impl Fn(&DocumentAssessment) -> Address,
) -> Markup {
    let choices = html! {
        ul {
            @for document in &assessment.documents {
                @let current = document.document.id == here.document.id;
                li { a href=(view.link(to(document))) aria-current=[current.then_some("true")] { (short_name(document)) } }
            }
        }
    };
    let count = assessment.documents.len();
    html! {
        @if count > AT_A_GLANCE {
            nav class="switcher" aria-label=(view.say(words::REPORTS)) {
                details {
                    summary { span class="label" { (view.say(words::REPORTS)) " " (count) } " · " (short_name(here)) }
                    (choices)
                }
            }
        } @else if count > 1 {
            nav class="switcher" aria-label=(view.say(words::REPORTS)) {
                span class="label" { (view.say(words::REPORTS)) }
                (choices)
            }
        }
    }
}

/// Year, region and file of a report.
fn short_name(document: &DocumentAssessment) -> Markup {
    let filed = &document.document;
    html! {
        @if let Some(year) = filed.profile.plan_year { (year) " " }
        @if let Some(region) = &filed.profile.region { span lang="zh-CN" { (region) } " " }
        small { (filed.name) }
    }
}
