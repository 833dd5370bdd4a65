//! The form of a method: every field with its unit, and what is wrong with it where it stands.

use maud::{Markup, html};

use super::super::View;
use super::super::desk::{Trouble, token};
use super::super::words::{Language, Word, words};
use super::CalculatorPage;
use super::fields::{self, Field, Kind, Section};
use super::list::COMPUTE;

words! {
    CLEAR = "清空", "Clear";
    FILE = "或上传文件（CSV、工作簿），代替上面的表", "Or a file (CSV or a workbook) in place of the table above";
    PASTE = "逗号分隔，或从电子表格粘贴；第一行是列名。", "Separated by commas, or pasted from a spreadsheet; the first line names the columns.";
    EXAMPLE = "例：", "Such as:";
}

pub(super) fn form(view: &View, page: &CalculatorPage<'_>) -> Markup {
    let calculator = page.calculator;
    let posted = calculator.is_posted();
    let here = view.link(super::Address::new(calculator.path()));
    html! {
        form class="stacked calculator" method=(if posted { "post" } else { "get" }) action=(if posted { here.as_str() } else { calculator.path() })
            enctype=[posted.then_some("multipart/form-data")] {
            @if posted { (token(view)) }
            @if !posted && view.language != Language::default() { input type="hidden" name="lang" value=(view.language.as_str()); }
            @for section in fields::of(calculator) { (group(view, page, section)) }
            p class="acts" {
                button class="primary" { (view.say(COMPUTE)) }
                a href=(here) { (view.say(CLEAR)) }
            }
        }
    }
}

fn group(view: &View, page: &CalculatorPage<'_>, section: &Section) -> Markup {
    let wide = section.fields.iter().any(|field| matches!(field.kind, Kind::Table(_)));
    html! {
        fieldset class="choices" {
            legend { (view.say(section.title)) }
            div class=(if wide { "stacked" } else { "row" }) {
                @for one in section.fields { (field(view, page, one)) }
            }
        }
    }
}

fn field(view: &View, page: &CalculatorPage<'_>, field: &Field) -> Markup {
    let name = field.name;
    let typed = page.typed.iter().rev().find(|(known, _)| known == name);
    let typed = typed.map_or("", |(_, value)| value.as_str());
    let trouble = page.troubles.iter().find(|trouble| trouble.field == name);
    let told = field.hint.is_some() || matches!(field.kind, Kind::Table(_));
    let described: Vec<String> =
        [trouble.map(|_| format!("{name}-wrong")), told.then(|| format!("{name}-hint"))]
            .into_iter()
            .flatten()
            .collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let wrong = trouble.map(|_| "true");
    if let Kind::Tick = field.kind {
        return html! {
            div class="field check" {
                input type="checkbox" id=(name) name=(name) value="1" checked[!typed.is_empty()];
                label for=(name) { (view.say(field.label)) }
            }
        };
    }
    html! {
        div class={ "entry-field" @if matches!(field.kind, Kind::Table(_)) { " wide" } } {
            (label(view, field))
            @match &field.kind {
                Kind::Number(_) => {
                    input id=(name) name=(name) type="text" inputmode="decimal" value=(typed) autocomplete="off"
                        aria-describedby=[described.as_deref()] aria-invalid=[wrong];
                }
                Kind::Line(example) => {
                    input id=(name) name=(name) type="text" value=(typed) placeholder=(example) autocomplete="off" spellcheck="false"
                        aria-describedby=[described.as_deref()] aria-invalid=[wrong];
                }
                Kind::Day => {
                    input id=(name) name=(name) type="date" value=(typed)
                        aria-describedby=[described.as_deref()] aria-invalid=[wrong];
                }
                Kind::Choice(words) => {
                    select id=(name) name=(name) aria-describedby=[described.as_deref()] aria-invalid=[wrong] {
                        @for (value, word) in *words { option value=(value) selected[*value == typed] { (view.say(*word)) } }
                        // A word that is unknown stays seen beside what is said of it.
                        @if !typed.is_empty() && !words.iter().any(|(value, _)| *value == typed) {
                            option value=(typed) selected { (typed) }
                        }
                    }
                }
                Kind::Tick => {}
                Kind::Table(_) => {
                    textarea id=(name) name=(name) rows="10" spellcheck="false" class="pasted" lang="zh-CN"
                        aria-describedby=[described.as_deref()] aria-invalid=[wrong] { (typed) }
                }
            }
            @if let Some(trouble) = trouble { (wrongs(name, trouble)) }
            (hints(view, field))
            @if let Kind::Table(_) = field.kind {
                label for={ (name) "-file" } { (view.say(FILE)) }
                input type="file" id={ (name) "-file" } name={ (name) "-file" } accept=".csv,.txt,.xlsx,.xls";
            }
        }
    }
}

fn label(view: &View, field: &Field) -> Markup {
    let unit = match field.kind {
        Kind::Number(unit) if !unit.is_empty() => Some(unit),
        _ => None,
    };
    html! {
        label for=(field.name) {
            (view.say(field.label))
            @if let Some(unit) = unit { " " span class="unit" { "(" (unit) ")" } }
        }
    }
}

fn wrongs(name: &str, trouble: &Trouble<'_>) -> Markup {
    html! { p class="wrong" id={ (name) "-wrong" } lang="zh-CN" { (trouble.sentence) } }
}

fn hints(view: &View, field: &Field) -> Markup {
    let example = match field.kind {
        Kind::Table(example) => Some(example),
        _ => None,
    };
    let said = |word: Word| view.say(word);
    html! {
        @if field.hint.is_some() || example.is_some() {
            div class="hint" id={ (field.name) "-hint" } {
                @if let Some(hint) = field.hint { p { (said(hint)) } }
                @if let Some(example) = example {
                    p { (said(PASTE)) }
                    p { (said(EXAMPLE)) }
                    pre lang="zh-CN" { code { (example) } }
                }
            }
        }
    }
}
