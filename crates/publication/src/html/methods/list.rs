//! All methods, each with its source, units and valid range.

use maud::{Markup, html};

use super::super::layout::{self, Frame, Room};
use super::super::words::{self, Language, Word, words};
use super::super::{Address, View};
use super::note::{GROUPS, Note};

words! {
    HINT = "每种方法做什么、依据什么、用什么单位、在什么范围内有效。命令行、公式和网页用的是同一段计算。", "What each method does, after which source, in which units and within what range. Command line, formulas and pages compute with the same code.";
    ABOUT = "方法说明", "About the method";
    SOURCE = "出处", "Source";
    UNITS = "单位", "Units";
    RANGE = "有效范围", "Valid range";
    COMMAND = "命令", "Command";
    FORMULA = "公式函数", "In formulas";
    COMPUTE = "计算", "Compute";
    KINDS = "种类", "Kinds";
}

/// The page `/methods`.
pub fn methods(view: &View) -> String {
    let title = view.say(words::METHODS);
    let body = html! {
        h1 { (title) }
        p { (view.say(HINT)) }
        nav class="letters" aria-label=(view.say(KINDS)) {
            ul { @for group in GROUPS { li { a href={ "#" (group.key) } { (view.say(group.name)) } } } }
        }
        @for group in GROUPS {
            section aria-labelledby=(group.key) {
                h2 id=(group.key) { (view.say(group.name)) }
                @for note in group.notes { (one(view, note)) }
            }
        }
    };
    layout::page(view, Frame { title, room: Room::None, about: None, body })
}

fn one(view: &View, note: &Note) -> Markup {
    let (other, tag) = match view.language {
        Language::Chinese => (note.name.1, "en"),
        Language::English => (note.name.0, "zh-CN"),
    };
    html! {
        article class="method" aria-labelledby={ "m-" (note.key) } {
            h3 id={ "m-" (note.key) } { (view.say(note.name)) " " small lang=(tag) { (other) } }
            p { (view.say(note.does)) }
            (facts(view, note))
            @if let Some(page) = note.page {
                p { a class="button" href=(view.link(Address::new(page.path()))) { (view.say(COMPUTE)) span class="unseen" { " " (view.say(note.name)) } } }
            }
        }
    }
}

/// Source, units, range, command and formula of a method.
pub(super) fn facts(view: &View, note: &Note) -> Markup {
    let fact = |term: Word, value: Markup| {
        html! { div { dt { (view.say(term)) } dd { (value) } } }
    };
    html! {
        dl class="fields" {
            (fact(SOURCE, html! { (view.say(note.source)) }))
            (fact(UNITS, html! { (view.say(note.units)) }))
            (fact(RANGE, html! { (view.say(note.range)) }))
            @if !note.command.is_empty() { (fact(COMMAND, html! { code { (note.command) } })) }
            @if !note.formula.is_empty() { (fact(FORMULA, html! { code { (note.formula) } })) }
        }
    }
}
