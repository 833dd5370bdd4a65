//! The search over everything: its field in the head of every page, and what it found.

use maud::{Markup, html};

use super::layout::{self, Frame, Room};
use super::links::Address;
use super::words::{self, Language};
use super::{View, figures};
use crate::search::{Found, FoundKind, Hit, Marked};

/// How many hits a page shows.
pub const SEARCH_PAGE_SIZE: usize = 50;

/// How many characters a question may have.
pub const LONGEST_QUESTION: usize = 100;

/// What was asked, and what came of it.
#[derive(Debug, Clone, Copy)]
pub struct SearchPage<'a> {
    /// The words.
    pub words: &'a str,
    /// The kind that alone is asked for.
    pub only: Option<FoundKind>,
    /// What was found.
    pub answer: SearchAnswer<'a>,
    /// The page that is shown, from 1.
    pub page: usize,
}

/// What came of a question.
#[derive(Debug, Clone, Copy)]
pub enum SearchAnswer<'a> {
    /// Nothing was asked.
    Nothing,
    /// The question has more than [`LONGEST_QUESTION`] characters.
    TooLong,
    /// This was found.
    Found(&'a Found),
}

/// The address of a question.
pub fn search_address(words: &str, only: Option<FoundKind>) -> Address {
    Address::new("/search").with("q", words).with_some("kind", only.map(FoundKind::as_str))
}

/// The field in the head of every page.
pub(super) fn field(view: &View) -> Markup {
    let asked = (view.here.path() == "/search").then(|| view.here.value("q")).flatten();
    html! {
        form class="find" role="search" method="get" action="/search" aria-label=(view.say(words::SEARCH_ALL)) {
            @if view.language == Language::English { input type="hidden" name="lang" value=(view.language.as_str()); }
            label for="find" class="unseen" { (view.say(words::SEARCH_ALL)) }
            input id="find" name="q" type="search" value=[asked] placeholder=(view.say(words::SEARCH_ALL_HINT))
                autocomplete="off" enterkeyhint="search" aria-keyshortcuts="/";
            button { (view.say(words::SEARCH)) }
        }
    }
}

/// The page of a search.
pub fn search(view: &View, page: &SearchPage<'_>) -> String {
    let title = match page.words {
        "" => view.say(words::SEARCH).to_owned(),
        words => format!("{} · {}", figures::shortened(words, 30), view.say(words::SEARCH)),
    };
    let body = html! {
        h1 { (view.say(words::SEARCH)) @if !page.words.is_empty() { "：" span lang="zh-CN" { (figures::shortened(page.words, 40)) } } }
        @match page.answer {
            SearchAnswer::Nothing => (help(view)),
            SearchAnswer::TooLong => {
                div class="none" role="alert" {
                    p { b { (view.say(words::SEARCH_TOO_LONG)) } }
                    p {
                        @let count = page.words.chars().count();
                        @match view.language {
                            Language::Chinese => { "写了 " (count) " 个字，最多 " (LONGEST_QUESTION) " 个。请只留下最要紧的几个词。" }
                            Language::English => { (count) " characters were typed, of at most " (LONGEST_QUESTION) ". Keep the words that matter most." }
                        }
                    }
                }
            }
            SearchAnswer::Found(found) if found.counts.is_empty() => (nothing(view, found)),
            SearchAnswer::Found(found) => {
                p class="found" role="status" aria-live="polite" {
                    @match view.language {
                        Language::Chinese => { "找到 " b { (found.total) } " 条" }
                        Language::English => { b { (found.total) } " found" }
                    }
                }
                (facets(view, page, found))
                ol class="hits" start=((page.page - 1) * SEARCH_PAGE_SIZE + 1) {
                    @for hit in &found.hits { (shown(view, hit)) }
                }
                (pages(view, page, found.total))
            }
        }
    };
    layout::page(view, Frame { title: &title, room: Room::None, about: None, body })
}

/// What may be searched, where nothing was asked yet.
fn help(view: &View) -> Markup {
    let examples: &[(&str, &str, &str)] = &[
        ("预算收入", "名称或正文中的词", "words of a name or a text"),
        ("ybggyssr", "拼音首字母：一般公共预算收入", "initials of the pinyin: 一般公共预算收入"),
        ("touzi", "全拼：投资", "pinyin in full: 投资"),
        ("GDP", "英文或代码", "English or a code"),
        ("投资 2024", "几个词都要有", "several words, all of which occur"),
    ];
    html! {
        p { (view.say(words::SEARCH_WHAT)) }
        ul class="examples" {
            @for (words, chinese, english) in examples {
                li {
                    a href=(view.link(search_address(words, None))) lang="zh-CN" { (words) }
                    " " small { @match view.language { Language::Chinese => (chinese), Language::English => (english) } }
                }
            }
        }
        p class="quiet" { (view.say(words::SEARCH_KEY)) }
    }
}

fn nothing(view: &View, found: &Found) -> Markup {
    html! {
        div class="none" role="status" {
            p { b { (view.say(words::SEARCH_NONE)) } }
            @if found.suggestions.is_empty() {
                p { (view.say(words::SEARCH_NONE_HINT)) }
            } @else {
                p { (view.say(words::SEARCH_CLOSE)) }
                ul class="examples" {
                    @for name in &found.suggestions {
                        li { a href=(view.link(search_address(name, None))) lang="zh-CN" { (name) } }
                    }
                }
            }
        }
    }
}

/// The kinds with their counts, each leading to its own hits alone.
fn facets(view: &View, page: &SearchPage<'_>, found: &Found) -> Markup {
    let all: usize = found.counts.iter().map(|(_, count)| count).sum();
    let link = |only| view.link(search_address(page.words, only));
    html! {
        nav class="facets" aria-label=(view.say(words::KIND)) {
            ul {
                li { a href=(link(None)) aria-current=[page.only.is_none().then_some("true")] { (view.say(words::ALL_KINDS)) " " span class="hits-of-kind" { (all) } } }
                @for (kind, count) in &found.counts {
                    li { a href=(link(Some(*kind))) aria-current=[(page.only == Some(*kind)).then_some("true")] { (kind.said(view.language)) " " span class="hits-of-kind" { (count) } } }
                }
            }
        }
    }
}

fn shown(view: &View, hit: &Hit) -> Markup {
    html! {
        li {
            p class="hit" {
                span class="kind" { (hit.kind.said(view.language)) } " "
                a href=(view.link(hit.address.clone())) lang="zh-CN" { (marked(view, &hit.name)) }
                @if !hit.about.is_empty() { " " small lang="zh-CN" { (hit.about) } }
            }
            @if let Some(text) = &hit.text { p class="snippet" lang="zh-CN" { (marked(view, text)) } }
        }
    }
}

fn marked(view: &View, text: &Marked) -> Markup {
    html! {
        @for (piece, sought) in text.pieces() {
            @if sought { mark { (figures::with_lost(piece, view.language)) } } @else { (figures::with_lost(piece, view.language)) }
        }
    }
}

fn pages(view: &View, page: &SearchPage<'_>, total: usize) -> Markup {
    let last = total.div_ceil(SEARCH_PAGE_SIZE).max(1);
    let to = |number: usize| {
        let address = search_address(page.words, page.only);
        view.link(address.with_some("page", (number > 1).then(|| number.to_string())))
    };
    html! {
        @if last > 1 {
            nav class="pages" aria-label=(view.say(words::PAGINATION)) {
                @if page.page > 1 { a rel="prev" href=(to(page.page - 1)) { (view.say(words::PREVIOUS_PAGE)) } }
                span { (page.page) " / " (last) }
                @if page.page < last { a rel="next" href=(to(page.page + 1)) { (view.say(words::NEXT_PAGE)) } }
            }
        }
    }
}
