//! Opening a round.

use maud::{Markup, html};
use terms::Form;

use super::super::layout::Room;
use super::super::{Address, View};
use super::pieces::{self, Field, Trouble};
use super::words;

/// A round as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedRound {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The time that its figures are about.
    pub period: String,
    /// The first day.
    pub opens: String,
    /// The last day in time.
    pub due: String,
    /// The last day.
    pub closes: String,
}

/// The page on which a round is opened.
#[derive(Debug, Clone, Copy)]
pub struct NewRoundPage<'a> {
    /// The forms that are still filed, each with whether it is ticked.
    pub forms: &'a [(Form, bool)],
    /// What the fields hold.
    pub typed: &'a TypedRound,
    /// Why the round was not opened.
    pub fault: Option<Trouble<'a>>,
}

/// The page `/rounds/new`: posts `code`, `name`, `period`, `opens`, `due`, `closes` and, for each ticked form,
/// `form` to `/rounds`.
pub fn new_round(view: &View, page: &NewRoundPage<'_>) -> String {
    let troubles: Vec<_> = page.fault.into_iter().collect();
    let typed = page.typed;
    let day = |name, label, value| Field::new(name, label, value).kind("date").of(&troubles);
    let fields = html! {
        (Field::new("code", words::CODE, &typed.code).hint(words::CODE_HINT).of(&troubles).show(view))
        (Field::new("name", words::NAME, &typed.name).of(&troubles).show(view))
        (Field::new("period", words::PERIOD, &typed.period).hint(words::PERIOD_HINT).of(&troubles).show(view))
        div class="row" {
            (day("opens", words::OPENS, &typed.opens).show(view))
            (day("due", words::IN_TIME_UNTIL, &typed.due).hint(words::DUE_HINT).show(view))
            (day("closes", words::TAKEN_UNTIL, &typed.closes).hint(words::CLOSES_HINT).show(view))
        }
        (forms(view, page))
        div class="acts" { button class="primary" { (view.say(words::OPEN_ROUND)) } }
    };
    let body = html! {
        nav class="path" aria-label=(view.say(words::ROUNDS)) {
            ol { li { a href=(view.link(Address::new("/rounds"))) { (view.say(words::ROUNDS)) } } li { (view.say(words::NEW_ROUND)) } }
        }
        (pieces::troubles(view, &troubles))
        h1 { (view.say(words::NEW_ROUND)) }
        (pieces::post(view, Address::new("/rounds"), "stacked", fields))
    };
    pieces::page(view, view.say(words::NEW_ROUND), Room::Rounds, body)
}

fn forms(view: &View, page: &NewRoundPage<'_>) -> Markup {
    html! {
        fieldset class="choices" id="form" tabindex="-1" {
            legend { (view.say(words::WHICH_FORMS)) }
            @for (number, (form, ticked)) in page.forms.iter().enumerate() {
                @let id = format!("form-{number}");
                div class="field check" {
                    input type="checkbox" id=(id) name="form" value=(form.code) checked[*ticked];
                    label for=(id) {
                        span lang="zh-CN" { (form.name) } " "
                        span class="label" { (view.say(words::frequency(form.frequency))) " · " (view.say(words::REGIONS)) " " (form.regions.len()) " · " (view.say(words::LINES)) " " (form.items.len()) }
                    }
                }
            }
            @if page.forms.is_empty() {
                p { (view.say(words::NO_FORMS_YET)) " " a href=(view.link(Address::new("/forms/new"))) { (view.say(words::NEW_FORM)) } }
            }
        }
    }
}
