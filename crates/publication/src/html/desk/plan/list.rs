//! Plan objects of a kind: filtered, sorted, page by page.

use maud::{Markup, html};
use terms::{Day, Department, FieldKind, PlanField, PlanKind};

use super::super::super::layout::Room;
use super::super::super::words::Word;
use super::super::super::{Address, View};
use super::super::pieces::{self, Trouble};
use super::{
    PlanLine, PlanNames, kind_address, object_address, path, reference, title, value, words,
};

/// How many objects a page shows.
pub const PLAN_PAGE_SIZE: usize = 100;

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlanOrder {
    /// The most urgent first.
    #[default]
    Due,
    /// By code.
    Code,
    /// By name.
    Name,
    /// By state, as the kind names them.
    State,
    /// By the code of the owner.
    Owner,
}

impl PlanOrder {
    /// Every order.
    pub const ALL: [PlanOrder; 5] =
        [PlanOrder::Due, PlanOrder::Code, PlanOrder::Name, PlanOrder::State, PlanOrder::Owner];

    /// The word for it in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            PlanOrder::Due => "due",
            PlanOrder::Code => "code",
            PlanOrder::Name => "name",
            PlanOrder::State => "state",
            PlanOrder::Owner => "owner",
        }
    }

    /// The order of this word.
    pub fn parse(word: &str) -> Option<Self> {
        PlanOrder::ALL.into_iter().find(|order| order.as_str() == word)
    }

    fn word(self) -> Word {
        match self {
            PlanOrder::Due => words::DUE,
            PlanOrder::Code => words::CODE,
            PlanOrder::Name => words::NAME,
            PlanOrder::State => words::STATE,
            PlanOrder::Owner => words::OWNER,
        }
    }
}

/// What an address asks of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanAsked {
    /// Only those whose name, code or texts hold this.
    pub text: Option<String>,
    /// Only those in this state.
    pub state: Option<String>,
    /// Only those of this region, by name or code as typed, and of what belongs to it.
    pub region: Option<String>,
    /// Only those of the department of this code.
    pub department: Option<String>,
    /// Only those under this object, written `project:P-1`.
    pub parent: Option<String>,
    /// Only what is overdue.
    pub late: bool,
    /// In which order.
    pub order: PlanOrder,
}

impl PlanAsked {
    fn is_filtered(&self) -> bool {
        PlanAsked { order: PlanOrder::default(), ..self.clone() } != PlanAsked::default()
    }
}

/// The address of a list: `q`, `state`, `region`, `department`, `parent`, `late` (`1`) and `sort`.
pub fn plan_list_address(kind: &PlanKind, asked: &PlanAsked) -> Address {
    let order = (asked.order != PlanOrder::default()).then(|| asked.order.as_str());
    kind_address(kind)
        .with_some("q", asked.text.as_deref())
        .with_some("state", asked.state.as_deref())
        .with_some("region", asked.region.as_deref())
        .with_some("department", asked.department.as_deref())
        .with_some("parent", asked.parent.as_deref())
        .with_some("late", asked.late.then_some("1"))
        .with_some("sort", order)
}

/// Objects of a kind.
#[derive(Debug, Clone, Copy)]
pub struct PlanListPage<'a> {
    /// Today.
    pub today: Day,
    /// The kind.
    pub kind: &'static PlanKind,
    /// What is asked.
    pub asked: &'a PlanAsked,
    /// What was found, of this page, in its order.
    pub lines: &'a [PlanLine],
    /// How many were found on all pages.
    pub found: usize,
    /// How many there are that the visitor may read.
    pub all: usize,
    /// The page, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// Departments to choose from.
    pub departments: &'a [Department],
    /// What codes are called.
    pub names: &'a PlanNames,
    /// Whether the visitor may add one.
    pub may_add: bool,
    /// What is wrong with the question.
    pub fault: Option<Trouble<'a>>,
}

/// The page `/plan/{kind}`; leads to `/plan/{kind}/new`.
pub fn plan_list(view: &View, page: &PlanListPage<'_>) -> String {
    let kind = page.kind;
    let name = words::kind(kind, view.language);
    let amount = kind.fields.iter().find(|field| matches!(field.kind, FieldKind::Amount(_)));
    let columns = Columns { kind: false, amount, parent: !kind.parents.is_empty() };
    let body = html! {
        nav class="path" aria-label=(view.say(words::PLAN)) {
            ol { li { a href=(view.link(Address::new("/plan"))) { (view.say(words::PLAN)) } } li { (name) } }
        }
        (pieces::troubles(view, page.fault.as_slice()))
        div class="with-tools" {
            h1 { (name) }
            @if page.may_add && kind.parents.is_empty() {
                a class="button primary" href=(view.link(kind_address(kind).then("new"))) { (view.say(words::NEW)) }
            }
        }
        (filter(view, page))
        div class="with-tools" {
            p class="found" role="status" {
                b { (page.found) } " / " (page.all)
            }
            (orders(view, page))
        }
        @if page.lines.is_empty() {
            p class="none" { (view.say(if page.all == 0 { words::NO_OBJECTS } else { words::NONE_MATCH })) }
        } @else {
            (table(view, page.lines, page.names, page.today, columns))
            (pages(view, page))
        }
    };
    pieces::page(view, &name, Room::Plan, body)
}

fn filter(view: &View, page: &PlanListPage<'_>) -> Markup {
    let asked = page.asked;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let chosen = |value: &Option<String>, code: &str| value.as_deref() == Some(code);
    let wrong = page.fault.is_some_and(|fault| fault.field == "filter-region");
    html! {
        form class="search plan-filter" method="get" action=(view.link(kind_address(page.kind))) role="search" {
            @if view.link(Address::new("/")).contains("lang=") { input type="hidden" name="lang" value=(view.language.as_str()); }
            @if let Some(parent) = &asked.parent { input type="hidden" name="parent" value=(parent); }
            @if asked.order != PlanOrder::default() { input type="hidden" name="sort" value=(asked.order.as_str()); }
            div class="filter-grid" {
                div class="field" {
                    label for="filter-q" { (view.say(words::SEARCH)) }
                    input type="search" id="filter-q" name="q" value=(text(&asked.text)) autocomplete="off";
                }
                div class="field" {
                    label for="filter-state" { (view.say(words::STATE)) }
                    select id="filter-state" name="state" {
                        option value="" { (view.say(words::EVERY)) }
                        @for state in page.kind.states {
                            option value=(state.code) selected[chosen(&asked.state, state.code)] { (words::state(state, view.language)) }
                        }
                    }
                }
                div class="field" {
                    label for="filter-region" { (view.say(words::REGION)) }
                    input type="search" id="filter-region" name="region" value=(text(&asked.region)) autocomplete="off" aria-invalid=[wrong.then_some("true")];
                }
                div class="field" {
                    label for="filter-department" { (view.say(words::OWNER)) }
                    select id="filter-department" name="department" {
                        option value="" { (view.say(words::ANY_DEPARTMENT)) }
                        (pieces::department_options(page.departments, asked.department.as_deref().unwrap_or_default()))
                    }
                }
                div class="field check" {
                    input type="checkbox" id="filter-late" name="late" value="1" checked[asked.late];
                    label for="filter-late" { (view.say(words::ONLY_LATE)) }
                }
                div class="acts" {
                    button { (view.say(words::FILTER)) }
                    @if asked.is_filtered() {
                        a href=(view.link(kind_address(page.kind))) { (view.say(words::CLEAR)) }
                    }
                }
            }
        }
    }
}

fn orders(view: &View, page: &PlanListPage<'_>) -> Markup {
    html! {
        nav class="orders" aria-label=(view.say(words::SORTED_BY)) {
            span class="label" { (view.say(words::SORTED_BY)) }
            @for order in PlanOrder::ALL {
                @let to = PlanAsked { order, ..page.asked.clone() };
                a href=(view.link(plan_list_address(page.kind, &to))) aria-current=[(order == page.asked.order).then_some("true")] {
                    (view.say(order.word()))
                }
            }
        }
    }
}

/// Which columns a table has besides those that all have.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    pub(super) kind: bool,
    pub(super) amount: Option<&'static PlanField>,
    pub(super) parent: bool,
}

/// Objects as a table.
pub(super) fn table(
    view: &View,
    lines: &[PlanLine],
    names: &PlanNames,
    today: Day,
    columns: Columns,
) -> Markup {
    html! {
        table class="stack plan-list" {
            thead {
                tr {
                    @if columns.kind { th scope="col" { (view.say(words::KIND)) } }
                    th scope="col" { (view.say(words::NAME)) }
                    @if columns.parent { th scope="col" { (view.say(words::PARENT)) } }
                    th scope="col" { (view.say(words::STATE)) }
                    th scope="col" { (view.say(words::DUE)) }
                    @if let Some(field) = columns.amount { th scope="col" class="number" { (words::field(field, view.language)) } }
                    th scope="col" { (view.say(words::OWNER)) }
                    th scope="col" { (view.say(words::REGION)) }
                }
            }
            tbody { @for line in lines { (row(view, line, names, today, columns)) } }
        }
    }
}

fn row(view: &View, line: &PlanLine, names: &PlanNames, today: Day, columns: Columns) -> Markup {
    let object = &line.object;
    let department = object.department.as_deref();
    let person = object.value("person");
    html! {
        tr {
            @if columns.kind { td data-label=(view.say(words::KIND)) { (words::kind(object.kind, view.language)) } }
            th scope="row" {
                a href=(view.link(object_address(object.kind.code, &object.code))) lang="zh-CN" { (title(object)) }
                small { (object.code) }
            }
            @if columns.parent {
                td data-label=(view.say(words::PARENT)) {
                    @if let Some(parent) = &object.parent { (reference(view, parent, names)) }
                }
            }
            td data-label=(view.say(words::STATE)) { (super::state(view, object.kind, &object.state)) }
            td class=[line.due.is_none().then_some("blank")] data-label=(view.say(words::DUE)) { (super::due(view, line, today)) }
            @if let Some(field) = columns.amount {
                @let amount = object.value(field.code);
                td class={ "number" @if amount.is_empty() { " blank" } } data-label=(words::field(field, view.language)) {
                    @if !amount.is_empty() { (value::shown(view, field, amount, names, object)) }
                }
            }
            td class=[department.is_none().then_some("blank")] data-label=(view.say(words::OWNER)) lang="zh-CN" {
                @if let Some(code) = department { (pieces::name(&names.departments, code)) }
                @if !person.is_empty() { small { (pieces::name(&names.people, person)) } }
            }
            td data-label=(view.say(words::REGION)) lang="zh-CN" { (pieces::region(&names.regions, &object.region)) }
        }
    }
}

fn pages(view: &View, page: &PlanListPage<'_>) -> Markup {
    let to = |number: usize| {
        let number = (number > 1).then(|| number.to_string());
        view.link(plan_list_address(page.kind, page.asked).with_some("page", number))
    };
    html! {
        @if page.pages > 1 {
            nav class="pages" aria-label=(view.say(words::PAGES)) {
                @if page.page > 1 { a rel="prev" href=(to(page.page - 1)) { (view.say(words::PREVIOUS)) } }
                span { (page.page) " / " (page.pages) }
                @if page.page < page.pages { a rel="next" href=(to(page.page + 1)) { (view.say(words::NEXT)) } }
            }
        }
    }
}

/// The way down to a page below the list, with the object above where there is one.
pub(super) fn way(
    view: &View,
    kind: &PlanKind,
    parent: Option<&terms::PlanRef>,
    names: &PlanNames,
    last: Markup,
) -> Markup {
    path(
        view,
        kind,
        html! {
            @if let Some(parent) = parent { li { (reference(view, parent, names)) } }
            li { (last) }
        },
    )
}
