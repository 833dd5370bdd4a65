//! The departments.

use maud::{Markup, html};
use terms::Department;

use super::super::layout::Room;
use super::super::{Address, View};
use super::pieces::{self, Field, Names, Trouble};
use super::words;

/// A department as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedDepartment {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Code or name of its region.
    pub region: String,
    /// Where messages to it go.
    pub email: String,
    /// Whether it still exists.
    pub active: bool,
}

impl TypedDepartment {
    /// A department as somebody would type it.
    pub fn of(department: &Department) -> TypedDepartment {
        TypedDepartment {
            code: department.code.clone(),
            name: department.name.clone(),
            region: department.region.clone(),
            email: department.email.clone(),
            active: department.active,
        }
    }
}

/// All departments, and one to be added or changed.
#[derive(Debug, Clone, Copy)]
pub struct DepartmentsPage<'a> {
    /// The departments.
    pub departments: &'a [Department],
    /// Names of regions.
    pub regions: &'a Names,
    /// Whether the one in the fields is there already, so that its code stays.
    pub known: bool,
    /// What the fields hold.
    pub typed: &'a TypedDepartment,
    /// Whether one was saved just now.
    pub saved: bool,
    /// Why it was not saved.
    pub fault: Option<Trouble<'a>>,
}

/// The page `/departments`, which takes the code of one to be changed as `edit`: posts `code`, `name`, `region`,
/// `email`, `active` (`1` where ticked) and `known` (`1` where an existing one is changed) to `/departments`.
pub fn departments(view: &View, page: &DepartmentsPage<'_>) -> String {
    let body = html! {
        nav class="path" aria-label=(view.say(words::ACCOUNTS)) {
            ol { li { a href=(view.link(Address::new("/accounts"))) { (view.say(words::ACCOUNTS)) } } li { (view.say(words::DEPARTMENTS)) } }
        }
        (pieces::troubles(view, page.fault.as_slice()))
        @if page.saved { (pieces::done(view.say(words::SAVED))) }
        h1 { (view.say(words::DEPARTMENTS)) }
        @if page.departments.is_empty() {
            p class="none" { (view.say(words::NO_DEPARTMENTS)) }
        } @else {
            (list(view, page))
        }
        section {
            h2 { (view.say(if page.known { words::EDIT_DEPARTMENT } else { words::NEW_DEPARTMENT })) }
            (fields(view, page))
        }
    };
    pieces::page(view, view.say(words::DEPARTMENTS), Room::Accounts, body)
}

fn list(view: &View, page: &DepartmentsPage<'_>) -> Markup {
    html! {
        table class="stack" {
            thead {
                tr {
                    th scope="col" { (view.say(words::NAME)) }
                    th scope="col" { (view.say(words::CODE)) }
                    th scope="col" { (view.say(words::REGION)) }
                    th scope="col" { (view.say(words::EMAIL)) }
                    th scope="col" { (view.say(words::STATE)) }
                    th scope="col" { (view.say(words::CHANGE)) }
                }
            }
            tbody {
                @for department in page.departments {
                    tr {
                        th scope="row" lang="zh-CN" { (department.name) }
                        td data-label=(view.say(words::CODE)) { (department.code) }
                        td data-label=(view.say(words::REGION)) lang="zh-CN" { (pieces::region(page.regions, &department.region)) }
                        td class=[department.email.is_empty().then_some("blank")] data-label=(view.say(words::EMAIL)) { (department.email) }
                        td data-label=(view.say(words::STATE)) {
                            (view.say(if department.active { words::IN_USE } else { words::NOT_IN_USE }))
                        }
                        td {
                            a href=(view.link(Address::new("/departments").with("edit", &department.code).at("code"))) {
                                (view.say(words::CHANGE)) span class="unseen" { " " (department.name) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn fields(view: &View, page: &DepartmentsPage<'_>) -> Markup {
    let typed = page.typed;
    let field = |name, label, value| Field::new(name, label, value).of(page.fault.as_slice());
    let fields = html! {
        @if page.known { input type="hidden" name="known" value="1"; }
        (field("code", words::CODE, &typed.code).hint(words::DEPARTMENT_CODE_HINT).fixed(page.known).show(view))
        (field("name", words::NAME, &typed.name).show(view))
        (field("region", words::REGION, &typed.region).hint(words::REGION_HINT).show(view))
        (field("email", words::EMAIL, &typed.email).hint(words::EMAIL_HINT).kind("email").optional().show(view))
        (pieces::tick(view, "active", words::DEPARTMENT_ACTIVE, typed.active))
        div class="acts" {
            button class="primary" { (view.say(words::SAVE)) }
            @if page.known { a href=(view.link(Address::new("/departments"))) { (view.say(words::NEW_DEPARTMENT)) } }
        }
    };
    pieces::post(view, Address::new("/departments"), "stacked", fields)
}
