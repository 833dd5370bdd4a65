//! The forms that departments file.

use maud::{Markup, html};
use terms::{Department, Facet, Form, FormItem, Frequency};

use super::super::layout::Room;
use super::super::{Address, View};
use super::pieces::{self, Field, Names, Trouble};
use super::words;

/// All forms.
#[derive(Debug, Clone, Copy)]
pub struct FormsPage<'a> {
    /// The forms.
    pub forms: &'a [Form],
    /// Names of departments.
    pub departments: &'a Names,
    /// Names of regions.
    pub regions: &'a Names,
    /// Whether a form was saved just now.
    pub saved: bool,
}

/// A form as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedForm {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Code of the department.
    pub department: String,
    /// Codes or names of regions, one a line.
    pub regions: String,
    /// The word of a `Frequency`.
    pub frequency: String,
    /// Its lines, one a line: code or name of the indicator, then 增速 for growth, then the unit, parted by commas.
    pub items: String,
    /// Whether it is still filed.
    pub active: bool,
}

impl TypedForm {
    /// A form as somebody would type it.
    pub fn of(form: &Form, indicators: &Names) -> TypedForm {
        let item = |item: &FormItem| {
            let name = indicators.get(&*item.indicator).map_or(&*item.indicator, String::as_str);
            let growth = if item.facet == Facet::Growth { ", 增速" } else { "" };
            format!("{name}{growth}, {}", item.unit.as_str())
        };
        TypedForm {
            code: form.code.clone(),
            name: form.name.clone(),
            department: form.department.clone(),
            regions: form.regions.join("\n"),
            frequency: form.frequency.as_str().to_owned(),
            items: form.items.iter().map(item).collect::<Vec<_>>().join("\n"),
            active: form.active,
        }
    }
}

/// The page of a form.
#[derive(Debug, Clone, Copy)]
pub struct FormPage<'a> {
    /// Whether the form is there already, so that its code stays.
    pub known: bool,
    /// What the fields hold.
    pub typed: &'a TypedForm,
    /// The departments to choose from.
    pub departments: &'a [Department],
    /// Why the form was not saved.
    pub faults: &'a [Trouble<'a>],
}

/// The page `/forms`; leads to `/forms/new` and `/forms/{code}`.
pub fn forms(view: &View, page: &FormsPage<'_>) -> String {
    let new = html! { a class="button primary" href=(view.link(Address::new("/forms/new"))) { (view.say(words::NEW_FORM)) } };
    let body = html! {
        @if page.saved { (pieces::done(view.say(words::SAVED))) }
        div class="with-tools" { h1 { (view.say(words::ALL_FORMS)) } (new) }
        @if page.forms.is_empty() {
            p class="none" { (view.say(words::NO_FORMS)) }
        } @else {
            table class="stack" {
                thead {
                    tr {
                        th scope="col" { (view.say(words::FORM)) }
                        th scope="col" { (view.say(words::DEPARTMENT)) }
                        th scope="col" { (view.say(words::FREQUENCY)) }
                        th scope="col" { (view.say(words::REGIONS)) }
                        th scope="col" class="number" { (view.say(words::LINES)) }
                        th scope="col" { (view.say(words::STATE)) }
                    }
                }
                tbody {
                    @for form in page.forms {
                        tr {
                            th scope="row" {
                                a href=(view.link(Address::of("/forms", &form.code))) lang="zh-CN" { (form.name) }
                                small { (form.code) }
                            }
                            td data-label=(view.say(words::DEPARTMENT)) lang="zh-CN" { (pieces::name(page.departments, &form.department)) }
                            td data-label=(view.say(words::FREQUENCY)) { (view.say(words::frequency(form.frequency))) }
                            td data-label=(view.say(words::REGIONS)) lang="zh-CN" { (some_regions(page.regions, form)) }
                            td class="number" data-label=(view.say(words::LINES)) { (form.items.len()) }
                            td data-label=(view.say(words::STATE)) { (view.say(if form.active { words::IN_USE } else { words::NOT_IN_USE })) }
                        }
                    }
                }
            }
        }
    };
    pieces::page(view, view.say(words::FORMS), Room::Forms, body)
}

/// How many regions are named in a list of forms.
const SOME: usize = 4;

/// The first regions of a form, and how many there are if there are more.
fn some_regions(names: &Names, form: &Form) -> Markup {
    html! {
        @for (number, region) in form.regions.iter().take(SOME).enumerate() {
            @if number > 0 { "、" }
            (pieces::region(names, region))
        }
        @if form.regions.len() > SOME { " … " (form.regions.len()) }
    }
}

/// The pages `/forms/new` and `/forms/{code}`: posts `code`, `name`, `department`, `regions`, `frequency`, `items`,
/// `active` (`1` where ticked) and `known` (`1` where an existing form is changed) to `/forms`.
pub fn form(view: &View, page: &FormPage<'_>) -> String {
    let typed = page.typed;
    let title = if page.known { typed.name.as_str() } else { view.say(words::NEW_FORM) };
    let field = |name, label, value| Field::new(name, label, value).of(page.faults);
    let fields = html! {
        @if page.known { input type="hidden" name="known" value="1"; }
        (field("code", words::CODE, &typed.code).hint(words::FORM_CODE_HINT).fixed(page.known).show(view))
        (field("name", words::NAME, &typed.name).show(view))
        div class="row" {
            div class="entry-field" {
                label for="department" { (view.say(words::DEPARTMENT)) }
                select id="department" name="department" required aria-invalid=[wrong(page, "department")] {
                    option value="" { (view.say(words::CHOOSE)) }
                    (pieces::department_options(page.departments, &typed.department))
                }
            }
            div class="entry-field" {
                label for="frequency" { (view.say(words::FREQUENCY)) }
                select id="frequency" name="frequency" aria-invalid=[wrong(page, "frequency")] {
                    @for known in Frequency::ALL {
                        option value=(known) selected[known.as_str() == typed.frequency] { (view.say(words::frequency(*known))) }
                    }
                }
            }
        }
        div class="entry-field wide" {
            label for="regions" { (view.say(words::REGIONS)) }
            textarea id="regions" name="regions" rows=(rows(&typed.regions, 3)) required spellcheck="false"
                aria-describedby="regions-hint" aria-invalid=[wrong(page, "regions")] { "\n" (typed.regions) }
            small id="regions-hint" { (view.say(words::REGIONS_HINT)) }
        }
        div class="entry-field wide" {
            label for="items" { (view.say(words::ITEMS)) }
            textarea id="items" name="items" rows=(rows(&typed.items, 8)) required spellcheck="false"
                aria-describedby="items-hint" aria-invalid=[wrong(page, "items")] { "\n" (typed.items) }
            small id="items-hint" {
                (view.say(words::ITEMS_HINT)) " "
                code lang="zh-CN" { "固定资产投资, 亿元" } " / " code lang="zh-CN" { "固定资产投资, 增速, %" }
            }
        }
        (pieces::tick(view, "active", words::FORM_ACTIVE, typed.active))
        div class="acts" { button class="primary" { (view.say(words::SAVE)) } }
    };
    let body = html! {
        nav class="path" aria-label=(view.say(words::FORMS)) {
            ol { li { a href=(view.link(Address::new("/forms"))) { (view.say(words::FORMS)) } } li lang="zh-CN" { (title) } }
        }
        (pieces::troubles(view, page.faults))
        h1 lang=[page.known.then_some("zh-CN")] { (title) }
        (pieces::post(view, Address::new("/forms"), "stacked", fields))
    };
    pieces::page(view, title, Room::Forms, body)
}

fn wrong(page: &FormPage<'_>, field: &str) -> Option<&'static str> {
    page.faults.iter().any(|fault| fault.field == field).then_some("true")
}

/// As many rows as a text has lines, within bounds.
fn rows(text: &str, least: usize) -> usize {
    text.lines().count().saturating_add(1).clamp(least, 30)
}
