//! What several pages of the desk share.

use std::collections::BTreeMap;

use maud::{Markup, html};
use terms::{Day, Department, Duty, FigureState, Period, Punctuality, Region, Round};

use super::super::layout::{self, Frame, Room};
use super::super::words::{Language, Word};
use super::super::{Address, View, figures};
use super::{shapes, words};

/// Names by code. A region that is not in it is looked up among the bundled divisions; a code without a name stands
/// for itself.
pub type Names = BTreeMap<String, String>;

/// What was wrong with a form that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trouble<'a> {
    /// The name of the field at fault, which the summary leads to; empty where no single field is.
    pub field: &'a str,
    /// What is wrong and what was expected, in a sentence.
    pub sentence: &'a str,
}

/// A framed page of the desk.
pub(super) fn page(view: &View, title: &str, room: Room, body: Markup) -> String {
    layout::page(view, Frame { title, room, about: None, body })
}

/// The visitor's token, hidden; nothing where nobody is signed in.
pub(in super::super) fn token(view: &View) -> Markup {
    html! {
        @if let Some(visitor) = &view.visitor { input type="hidden" name="token" value=(visitor.token); }
    }
}

/// A form that is posted, with the token.
pub(in super::super) fn post(view: &View, to: Address, class: &str, fields: Markup) -> Markup {
    html! {
        form method="post" action=(view.link(to)) class=(class) { (token(view)) (fields) }
    }
}

/// What went wrong, at the head of a page, leading to the fields at fault. It takes the focus, so that nobody has to
/// look for it.
pub(in super::super) fn troubles(view: &View, troubles: &[Trouble<'_>]) -> Markup {
    html! {
        @if !troubles.is_empty() {
            div class="trouble" id="trouble" role="alert" tabindex="-1" autofocus {
                h2 { (shapes::warning()) " " (view.say(words::NOT_DONE)) }
                (trouble_list(troubles))
            }
        }
    }
}

/// Each trouble, leading to its field.
pub(super) fn trouble_list(troubles: &[Trouble<'_>]) -> Markup {
    html! {
        ul lang="zh-CN" {
            @for trouble in troubles {
                li {
                    @if trouble.field.is_empty() { (trouble.sentence) }
                    @else { a href={ "#" (trouble.field) } { (trouble.sentence) } }
                }
            }
        }
    }
}

/// What was done, at the head of a page.
pub(in super::super) fn done(text: &str) -> Markup {
    html! { p class="done" role="status" { (text) } }
}

/// A labelled field of a form; its id is its name.
pub(super) struct Field<'a> {
    pub(super) name: &'a str,
    pub(super) label: Word,
    pub(super) value: &'a str,
    pub(super) hint: Option<Word>,
    pub(super) kind: &'static str,
    pub(super) complete: &'static str,
    pub(super) required: bool,
    pub(super) fixed: bool,
    pub(super) wrong: bool,
}

impl<'a> Field<'a> {
    /// A line of text that has to be there.
    pub(super) fn new(name: &'a str, label: Word, value: &'a str) -> Self {
        let (kind, complete) = ("text", "off");
        let (required, fixed, wrong) = (true, false, false);
        Field { name, label, value, hint: None, kind, complete, required, fixed, wrong }
    }

    /// The same with an explanation.
    pub(super) fn hint(self, hint: Word) -> Self {
        Field { hint: Some(hint), ..self }
    }

    /// The same for another kind of input.
    pub(super) fn kind(self, kind: &'static str) -> Self {
        Field { kind, ..self }
    }

    /// The same, that may stay empty.
    pub(super) fn optional(self) -> Self {
        Field { required: false, ..self }
    }

    /// The same, which keeps its value where `fixed`; how to choose one then needs no explanation.
    pub(super) fn fixed(self, fixed: bool) -> Self {
        Field { fixed, hint: self.hint.filter(|_| !fixed), ..self }
    }

    /// The same, marked where one of these troubles is about it.
    pub(super) fn of(self, troubles: &[Trouble<'_>]) -> Self {
        let wrong = troubles.iter().any(|trouble| trouble.field == self.name);
        Field { wrong, ..self }
    }

    /// The same, which a browser may fill in.
    pub(super) fn complete(self, complete: &'static str) -> Self {
        Field { complete, ..self }
    }

    /// The field in a form.
    pub(super) fn show(&self, view: &View) -> Markup {
        let hint = self.hint.map(|_| format!("{}-hint", self.name));
        html! {
            div class="entry-field" {
                label for=(self.name) { (view.say(self.label)) }
                input id=(self.name) name=(self.name) type=(self.kind) value=[(self.kind != "password").then_some(self.value)]
                    autocomplete=(self.complete) required[self.required] readonly[self.fixed]
                    spellcheck="false" autocapitalize="none"
                    aria-describedby=[hint.as_deref()] aria-invalid=[self.wrong.then_some("true")];
                @if let (Some(id), Some(words)) = (hint, self.hint) { small id=(id) { (view.say(words)) } }
            }
        }
    }
}

/// A tick with its words; sends `1`.
pub(super) fn tick(view: &View, name: &str, label: Word, ticked: bool) -> Markup {
    html! {
        div class="field check" {
            input type="checkbox" id=(name) name=(name) value="1" checked[ticked];
            label for=(name) { (view.say(label)) }
        }
    }
}

/// The options of a choice between departments. A chosen one that is not among them stays chosen.
pub(super) fn department_options(departments: &[Department], chosen: &str) -> Markup {
    html! {
        @for department in departments.iter().filter(|known| known.active || known.code == chosen) {
            option value=(department.code) selected[department.code == chosen] lang="zh-CN" { (department.name) }
        }
        @if !chosen.is_empty() && !departments.iter().any(|known| known.code == chosen) {
            option value=(chosen) selected { (chosen) }
        }
    }
}

/// What a code is called.
pub(in super::super) fn name<'a>(names: &'a Names, code: &'a str) -> &'a str {
    names.get(code).map_or(code, String::as_str)
}

/// What a region is called.
pub(in super::super) fn region<'a>(names: &'a Names, code: &'a str) -> &'a str {
    let bundled = || Region::of_code(code).map(|region| region.name);
    names.get(code).map(String::as_str).or_else(bundled).unwrap_or(code)
}

/// A period in the language of the page.
pub(in super::super) fn period(period: Period, language: Language) -> String {
    match language {
        Language::Chinese => period.chinese(),
        Language::English => period.to_string(),
    }
}

/// A day.
pub(in super::super) fn day(day: Day) -> Markup {
    html! { time datetime=(day) { (day) } }
}

/// A moment, to the minute.
pub(in super::super) fn moment(at: &str) -> Markup {
    html! { time datetime=(at) { (figures::minute(at)) } }
}

/// Where a figure stands, as shape and word.
pub(super) fn state(view: &View, state: Option<FigureState>) -> Markup {
    html! {
        span class={ "status " (shapes::tone_of_state(state)) } { (shapes::state(state)) (view.say(words::state(state))) }
    }
}

/// How punctual a duty is, as shape and word.
pub(super) fn punctuality(view: &View, punctuality: Punctuality) -> Markup {
    html! {
        span class={ "status " (shapes::tone_of_punctuality(punctuality)) } {
            (shapes::punctuality(punctuality)) (view.say(words::punctuality(punctuality)))
        }
    }
}

/// The last day in time, and how far off it is where that still matters.
pub(super) fn due(view: &View, duty: &Duty, round: &Round, today: Day, counts: bool) -> Markup {
    let last = duty.due(round);
    html! {
        (day(last))
        @if duty.extended.is_some() { " " span class="label" { (view.say(words::EXTENDED)) } }
        @if counts {
            small {
                @if today < round.opens { (view.say(words::OPENS)) " " (day(round.opens)) }
                @else { (words::days_left(today.days_until(last), view.language)) }
            }
        }
    }
}

/// A term and what it is, in a list of facts.
pub(in super::super) fn fact(view: &View, term: Word, value: Markup) -> Markup {
    html! { div { dt { (view.say(term)) } dd { (value) } } }
}
