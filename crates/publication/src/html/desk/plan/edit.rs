//! Fields of a plan object in a form.

use std::collections::BTreeMap;

use maud::{Markup, html};
use terms::{Dimension, FieldKind, PlanField, PlanKind, PlanObject};

use super::super::super::View;
use super::super::super::words::Word;
use super::super::pieces::{self, Names, Trouble};
use super::{PlanNames, PlanOffers, PlanValues, value, words};

/// How a field stands after others wrote meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanClash {
    /// The person changed it, and it stands differently in the ledger.
    Differs,
    /// The person did not change it but others did: the form holds what stands in the ledger.
    Merged,
}

/// What a form holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanTyped {
    /// Values as they were typed.
    pub values: PlanValues,
    /// Fields that others wrote meanwhile, with what the person saw before.
    pub clashes: BTreeMap<&'static str, (PlanClash, String)>,
}

impl PlanTyped {
    pub(super) fn value(&self, field: &str) -> &str {
        self.values.get(field).map_or("", String::as_str)
    }
}

/// The name and id under which a field is sent.
pub(super) fn id(field: &PlanField) -> String {
    format!("field-{}", field.code)
}

/// The fields of a form.
pub(super) struct Fields<'a> {
    pub(super) fields: &'a [&'static PlanField],
    pub(super) typed: &'a PlanTyped,
    /// The object as it stands; `None` for a new one.
    pub(super) object: Option<&'a PlanObject>,
    pub(super) names: &'a PlanNames,
    pub(super) offers: PlanOffers<'a>,
    pub(super) faults: &'a [Trouble<'a>],
}

impl Fields<'_> {
    /// Each field with its label, and beside it what others wrote meanwhile.
    pub(super) fn show(&self, view: &View) -> Markup {
        let indicators = self.fields.iter().any(|field| field.kind == FieldKind::Indicator);
        html! {
            @for field in self.fields { (self.field(view, field)) }
            @if indicators { (datalist(&self.names.indicators)) }
        }
    }

    fn field(&self, view: &View, field: &'static PlanField) -> Markup {
        let id = id(field);
        let hint = hint(field);
        let wrong = self.faults.iter().any(|fault| fault.field == id);
        let clash = self.typed.clashes.get(field.code).zip(self.object);
        let described: Vec<String> = hint
            .map(|_| format!("{id}-hint"))
            .into_iter()
            .chain(clash.map(|_| format!("{id}-now")))
            .collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        let wide = field.kind == FieldKind::Text;
        let input = Input { id: &id, field, described: described.as_deref(), wrong };
        html! {
            div class={ "entry-field" @if wide { " wide" } @if clash.is_some() { " clash" } } {
                label for=(id) {
                    (words::field(field, view.language))
                    @if field.required { " " span class="label" { (view.say(words::REQUIRED)) } }
                }
                (self.input(view, &input))
                @if let Some(hint) = hint { small id={ (id) "-hint" } { (view.say(hint)) (example(field)) } }
                @if let Some(((clash, seen), object)) = clash {
                    p class="stands" id={ (id) "-now" } {
                        @match clash {
                            PlanClash::Differs => {
                                strong { (view.say(words::STANDS_NOW)) } " "
                                (value::shown(view, field, object.value(field.code), self.names, object))
                            }
                            PlanClash::Merged => {
                                (view.say(words::MERGED)) " "
                                (value::shown(view, field, seen, self.names, object))
                            }
                        }
                    }
                }
            }
        }
    }

    fn input(&self, view: &View, input: &Input<'_>) -> Markup {
        let typed = self.typed.value(input.field.code);
        let required = input.field.required;
        match input.field.kind {
            FieldKind::Text => html! {
                textarea id=(input.id) name=(input.id) rows="3" required[required] lang="zh-CN"
                    aria-describedby=[input.described] aria-invalid=[input.invalid()] { "\n" (typed) }
            },
            FieldKind::Choice(choices) => {
                let known = choices.iter().any(|choice| choice.code == typed);
                input.select(html! {
                    option value="" { (view.say(words::CHOOSE)) }
                    @for choice in choices {
                        option value=(choice.code) selected[choice.code == typed] { (words::choice(choice, view.language)) }
                    }
                    @if !known && !typed.is_empty() { option value=(typed) selected { (typed) } }
                })
            }
            FieldKind::Department => input.select(html! {
                option value="" { (view.say(words::CHOOSE)) }
                (pieces::department_options(self.offers.departments, typed))
            }),
            FieldKind::Attachment => {
                let known = self.offers.attachments.iter().any(|file| file.hash == typed);
                input.select(html! {
                    option value="" { (view.say(words::NOTHING)) }
                    @for file in self.offers.attachments {
                        option value=(file.hash) selected[file.hash == typed] lang="zh-CN" { (file.name) }
                    }
                    @if !known && !typed.is_empty() { option value=(typed) selected { (typed) } }
                })
            }
            // A text that is no day would be lost in a field for days.
            FieldKind::Day if typed.is_empty() || typed.parse::<terms::Day>().is_ok() => {
                input.line(typed, "date", None, None)
            }
            FieldKind::Number => input.line(typed, "text", Some("decimal"), None),
            FieldKind::Whole | FieldKind::Year | FieldKind::Duty => {
                input.line(typed, "text", Some("numeric"), None)
            }
            FieldKind::Indicator => input.line(typed, "text", None, Some("indicators")),
            _ => input.line(typed, "text", None, None),
        }
    }
}

/// The input of a field.
struct Input<'a> {
    id: &'a str,
    field: &'static PlanField,
    described: Option<&'a str>,
    wrong: bool,
}

impl Input<'_> {
    fn invalid(&self) -> Option<&'static str> {
        self.wrong.then_some("true")
    }

    fn line(&self, typed: &str, kind: &str, mode: Option<&str>, list: Option<&str>) -> Markup {
        html! {
            input id=(self.id) name=(self.id) type=(kind) value=(typed) inputmode=[mode] list=[list]
                required[self.field.required] autocomplete="off" spellcheck="false"
                aria-describedby=[self.described] aria-invalid=[self.invalid()];
        }
    }

    fn select(&self, options: Markup) -> Markup {
        html! {
            select id=(self.id) name=(self.id) required[self.field.required]
                aria-describedby=[self.described] aria-invalid=[self.invalid()] { (options) }
        }
    }
}

fn datalist(names: &Names) -> Markup {
    html! { datalist id="indicators" { @for name in names.values() { option value=(name) {} } } }
}

fn hint(field: &PlanField) -> Option<Word> {
    Some(match field.kind {
        FieldKind::Amount(Dimension::Area) => words::AREA_HINT,
        FieldKind::Amount(_) => words::AMOUNT_HINT,
        FieldKind::Period => words::PERIOD_HINT,
        FieldKind::Year => words::YEAR_HINT,
        FieldKind::Region => words::REGION_HINT,
        FieldKind::Person => words::PERSON_HINT,
        FieldKind::Indicator => words::INDICATOR_HINT,
        FieldKind::Statement => words::STATEMENT_HINT,
        FieldKind::Duty => words::DUTY_HINT,
        FieldKind::Reference(_) => words::REFERENCE_HINT,
        FieldKind::Attachment => words::DOCUMENT_HINT,
        _ => return None,
    })
}

/// What a reference looks like.
fn example(field: &PlanField) -> Markup {
    let FieldKind::Reference(kinds) = field.kind else { return html! {} };
    let kinds = kinds.iter().filter_map(|kind| PlanKind::named(kind)).take(1);
    html! { @for kind in kinds { " " (kind.code) ":" (kind.prefix) "-1" } }
}
