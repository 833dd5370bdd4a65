//! Values of fields as they are shown.

use maud::{Markup, html};
use terms::{FieldKind, Period, PlanField, PlanObject, PlanRef};

use super::super::super::{Address, View};
use super::super::pieces;
use super::{PlanNames, reference, words};

/// A value as it is shown; a sign for nothing where there is none.
pub(super) fn shown(
    view: &View,
    field: &PlanField,
    value: &str,
    names: &PlanNames,
    object: &PlanObject,
) -> Markup {
    if value.is_empty() {
        return html! { span class="quiet" { (view.say(words::NOTHING)) } };
    }
    let plain = |text: &str| html! { span lang="zh-CN" { (text) } };
    match field.kind {
        FieldKind::Region => plain(pieces::region(&names.regions, value)),
        FieldKind::Department => plain(pieces::name(&names.departments, value)),
        FieldKind::Person => plain(pieces::name(&names.people, value)),
        FieldKind::Indicator => plain(pieces::name(&names.indicators, value)),
        FieldKind::Choice(choices) => match choices.iter().find(|known| known.code == value) {
            Some(known) => html! { (words::choice(known, view.language)) },
            None => plain(value),
        },
        FieldKind::Reference(_) => match value.parse::<PlanRef>() {
            Ok(known) => reference(view, &known, names),
            Err(_) => plain(value),
        },
        FieldKind::Attachment => {
            // Only what is attached here is known to be readable for who reads this.
            match object.attachments.iter().find(|known| known.hash == value) {
                Some(known) => html! {
                    a href={ "/attachments/" (known.hash) } download lang="zh-CN" { (known.name) }
                },
                None => html! { code class="long" { (value) } },
            }
        }
        FieldKind::Statement => html! {
            a href=(view.link(Address::of("/statements", value))) { (value) }
        },
        FieldKind::Duty => html! {
            a href=(view.link(Address::of("/duties", value))) { (value) }
        },
        FieldKind::Period => match value.parse::<Period>() {
            Ok(period) => html! { (pieces::period(period, view.language)) },
            Err(_) => plain(value),
        },
        FieldKind::Day => html! { time datetime=(value) { (value) } },
        FieldKind::Text => html! { div class="prose" lang="zh-CN" { (value) } },
        FieldKind::Number | FieldKind::Whole | FieldKind::Amount(_) => {
            html! { span class="figure" lang="zh-CN" { (value) } }
        }
        FieldKind::Line | FieldKind::Year => plain(value),
    }
}

/// Whether values of a field stand at the right edge of their column.
pub(super) fn is_number(field: &PlanField) -> bool {
    matches!(field.kind, FieldKind::Number | FieldKind::Whole | FieldKind::Amount(_))
}
