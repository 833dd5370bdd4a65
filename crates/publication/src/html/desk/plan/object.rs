//! One plan object: what is known of it, where it stands, what stands under it.

use maud::{Markup, html};
use terms::{Day, Department, PlanField, PlanKind};

use super::super::super::layout::Room;
use super::super::super::words::Word;
use super::super::super::{Address, View};
use super::super::pieces::{self, Trouble};
use super::edit::{Fields, PlanTyped};
use super::list::{self, PlanAsked};
use super::{
    PlanLine, PlanMay, PlanNames, PlanOffers, attachment, object_address, steps, title, value,
    words,
};

/// Objects of a kind that stand under another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanChildren {
    /// Their kind.
    pub kind: &'static PlanKind,
    /// Those that are shown.
    pub lines: Vec<PlanLine>,
    /// How many there are that the visitor may read.
    pub all: usize,
}

/// What was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanDone {
    /// It was added.
    Added,
    /// It was changed.
    Saved,
    /// It took a step.
    Stepped,
    /// Nothing was to be written.
    Equal,
    /// A file was attached.
    Attached,
    /// The file was attached before.
    Known,
    /// A file was taken off.
    Detached,
}

impl PlanDone {
    /// Every one.
    pub const ALL: [PlanDone; 7] = [
        PlanDone::Added,
        PlanDone::Saved,
        PlanDone::Stepped,
        PlanDone::Equal,
        PlanDone::Attached,
        PlanDone::Known,
        PlanDone::Detached,
    ];

    /// The word for it in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            PlanDone::Added => "added",
            PlanDone::Saved => "saved",
            PlanDone::Stepped => "stepped",
            PlanDone::Equal => "equal",
            PlanDone::Attached => "attached",
            PlanDone::Known => "known",
            PlanDone::Detached => "detached",
        }
    }

    fn word(self) -> Word {
        match self {
            PlanDone::Added => words::ADDED,
            PlanDone::Saved => words::SAVED,
            PlanDone::Stepped => words::STEPPED,
            PlanDone::Equal => words::EQUAL,
            PlanDone::Attached => words::FILE_ATTACHED,
            PlanDone::Known => words::FILE_KNOWN,
            PlanDone::Detached => words::FILE_DETACHED,
        }
    }
}

/// What others were quicker than.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanConflict {
    /// Values that the person typed, which the form still holds.
    Values,
    /// A step that the person wanted to take.
    Step,
}

/// One plan object.
#[derive(Debug, Clone, Copy)]
pub struct PlanObjectPage<'a> {
    /// Today.
    pub today: Day,
    /// The object with its last day.
    pub line: &'a PlanLine,
    /// What stands under it.
    pub children: &'a [PlanChildren],
    /// What the visitor may do.
    pub may: &'a PlanMay,
    /// What the form of its fields holds.
    pub typed: &'a PlanTyped,
    /// What was typed as comment of a step.
    pub comment: &'a str,
    /// Departments to choose from.
    pub departments: &'a [Department],
    /// What codes are called.
    pub names: &'a PlanNames,
    /// What was not written because others changed the object meanwhile.
    pub conflict: Option<PlanConflict>,
    /// What was just done.
    pub done: Option<PlanDone>,
    /// Why something was not done.
    pub faults: &'a [Trouble<'a>],
}

/// The page `/plan/{kind}/{code}`: posts `version` and `field-{code}` for each field to the same address; see the
/// functions of its parts for the other forms.
pub fn plan_object(view: &View, page: &PlanObjectPage<'_>) -> String {
    let object = &page.line.object;
    let kind = object.kind;
    let heading = title(object);
    let address = || object_address(kind.code, &object.code);
    let body = html! {
        (list::way(view, kind, object.parent.as_ref(), page.names, html! { (object.code) }))
        @if let Some(conflict) = page.conflict { (self::conflict(view, page, conflict)) }
        (pieces::troubles(view, page.faults))
        @if let Some(done) = page.done { (pieces::done(view.say(done.word()))) }
        div class="with-tools" {
            h1 { (heading) }
            p class="downloads" {
                @if kind.code == "project" { a href=(view.link(Address::of("/projects", &object.code))) { (view.say(words::READ)) } }
                @if kind.code == "register" { a href=(view.link(address().then("count"))) { (view.say(words::COUNT)) } }
                a href=(view.link(address().then("history"))) { (view.say(words::HISTORY)) }
            }
        }
        (standing(view, page))
        div class="object" {
            (facts(view, page))
            (steps::section(view, object, page.may, page.comment, page.faults))
        }
        @for children in page.children { (below(view, page, children)) }
        (attachment::section(view, object, page.may, page.names))
    };
    let named = format!("{heading} · {}", words::kind(kind, view.language));
    pieces::page(view, &named, Room::Plan, body)
}

fn conflict(view: &View, page: &PlanObjectPage<'_>, conflict: PlanConflict) -> Markup {
    let hint = match conflict {
        PlanConflict::Values => words::CONFLICT_HINT,
        PlanConflict::Step => words::CONFLICT_STEP,
    };
    html! {
        div class="trouble" id="conflict" role="alert" tabindex="-1" autofocus[page.faults.is_empty()] {
            h2 { (super::desk_shapes::warning()) " " (view.say(words::CONFLICT)) }
            p { (view.say(hint)) }
        }
    }
}

/// Where it stands, since when, by whom and why.
fn standing(view: &View, page: &PlanObjectPage<'_>) -> Markup {
    let object = &page.line.object;
    html! {
        div class="standing" {
            p {
                (super::state(view, object.kind, &object.state))
                span class="quiet" {
                    (view.say(words::SINCE)) " " (pieces::moment(&object.state_since)) " "
                    span lang="zh-CN" { (pieces::name(&page.names.people, &object.state_author)) }
                }
                @if page.line.due.is_some() { span class="due-day" { (super::due(view, page.line, page.today)) } }
            }
            @if !object.comment.is_empty() {
                p class="said" lang="zh-CN" { (super::desk_shapes::remark()) " " (object.comment) }
            }
        }
    }
}

/// All fields, and the form to change those that the visitor may write.
fn facts(view: &View, page: &PlanObjectPage<'_>) -> Markup {
    let object = &page.line.object;
    let open = page.conflict == Some(PlanConflict::Values)
        || page.faults.iter().any(|fault| fault.field.starts_with("field-"));
    html! {
        section {
            h2 { (words::kind(object.kind, view.language)) }
            dl class="fields" {
                div { dt { (view.say(words::CODE)) } dd { (object.code) } }
                @for field in object.kind.fields {
                    div class=[object.value(field.code).is_empty().then_some("unfilled")] {
                        dt { (words::field(field, view.language)) }
                        dd { (value::shown(view, field, object.value(field.code), page.names, object)) }
                    }
                }
            }
            @if !page.may.fields.is_empty() {
                details class="edit" open[open] {
                    summary { (view.say(words::EDIT)) }
                    (form(view, page))
                }
            }
        }
    }
}

fn form(view: &View, page: &PlanObjectPage<'_>) -> Markup {
    let object = &page.line.object;
    let fields = Fields {
        fields: &page.may.fields,
        typed: page.typed,
        object: Some(object),
        names: page.names,
        offers: PlanOffers { departments: page.departments, attachments: &object.attachments },
        faults: page.faults,
    };
    let inside = html! {
        input type="hidden" name="version" value=(object.version);
        (fields.show(view))
        div class="acts" { button class="primary" { (view.say(words::SAVE)) } }
    };
    pieces::post(view, object_address(object.kind.code, &object.code), "stacked", inside)
}

/// What stands under it, of one kind.
fn below(view: &View, page: &PlanObjectPage<'_>, children: &PlanChildren) -> Markup {
    let object = &page.line.object;
    let kind = children.kind;
    let may_add = page.may.children.iter().any(|known| known.code == kind.code);
    let parent = object.reference().to_string();
    // What was never filled in any of them needs no column.
    let filled = |field: &&PlanField| {
        field.required
            || children.lines.iter().any(|line| !line.object.value(field.code).is_empty())
    };
    let named = kind.field("name").is_some();
    let fields: Vec<&PlanField> =
        kind.fields.iter().filter(|field| field.code != "name").filter(filled).collect();
    html! {
        section class="below" {
            div class="with-tools" {
                h2 { (words::kind(kind, view.language)) " " span class="tally" { (children.all) } }
                @if may_add {
                    a class="button" href=(view.link(Address::new(format!("/plan/{}/new", kind.code)).with("parent", parent.as_str()))) {
                        (view.say(words::NEW)) span class="unseen" { " " (words::kind(kind, view.language)) }
                    }
                }
            }
            @if children.lines.is_empty() {
                p class="quiet" { (view.say(words::NO_OBJECTS)) }
            } @else {
                div class="wide-table" tabindex="0" role="group" aria-label=(words::kind(kind, view.language)) {
                    table class="stack" {
                        thead {
                            tr {
                                th scope="col" { (view.say(if named { words::NAME } else { words::CODE })) }
                                @for field in &fields {
                                    th scope="col" class=[value::is_number(field).then_some("number")] { (words::field(field, view.language)) }
                                }
                                th scope="col" { (view.say(words::STATE)) }
                            }
                        }
                        tbody { @for line in &children.lines { (child(view, page, line, &fields, named)) } }
                    }
                }
                @if children.lines.len() < children.all {
                    @let asked = PlanAsked { parent: Some(parent.clone()), ..PlanAsked::default() };
                    p { a class="more" href=(view.link(list::plan_list_address(kind, &asked))) { (view.say(words::MORE_IN_LIST)) " " (children.all) } }
                }
            }
        }
    }
}

fn child(
    view: &View,
    page: &PlanObjectPage<'_>,
    line: &PlanLine,
    fields: &[&PlanField],
    named: bool,
) -> Markup {
    let object = &line.object;
    let to = view.link(object_address(object.kind.code, &object.code));
    html! {
        tr {
            th scope="row" {
                @if named { a href=(to) lang="zh-CN" { (title(object)) } small { (object.code) } }
                @else { a href=(to) { (object.code) } }
            }
            @for field in fields {
                @let held = object.value(field.code);
                td class={ @if value::is_number(field) { "number" } @if held.is_empty() { " blank" } } data-label=(words::field(field, view.language)) {
                    @if !held.is_empty() { (value::shown(view, field, held, page.names, object)) }
                }
            }
            td data-label=(view.say(words::STATE)) {
                (super::state(view, object.kind, &object.state))
                @if line.waits { (super::left(view, line, page.today)) }
            }
        }
    }
}
