//! Key tasks: as a table, a board or a Gantt chart.

use maud::{Markup, html};
use terms::{Day, Deadline, MilestoneCount, PlanObject};

use super::super::desk::{PlanNames, plan as desk_plan};
use super::super::{View, figures};
use super::gantt::{self, Bar};
use super::{ListFrame, ListView, Move, board, figure, words};

/// A task in the list.
#[derive(Debug, Clone, Copy)]
pub struct TaskLine<'a> {
    /// The task.
    pub object: &'a PlanObject,
    /// Its last day.
    pub deadline: Option<Deadline>,
    /// Its milestones, by day.
    pub milestones: &'a [&'a PlanObject],
    /// How many of them were reached.
    pub reached: MilestoneCount,
    /// The steps that the visitor may take.
    pub moves: &'a [Move],
}

/// The page `/tasks`.
#[derive(Debug, Clone, Copy)]
pub struct TasksPage<'a> {
    /// What stands around the lines.
    pub frame: ListFrame<'a>,
    /// What is shown.
    pub lines: &'a [TaskLine<'a>],
}

/// The page `/tasks`; its address is [`super::list_address`], and `page`. A board posts `state`, `version` and `back` to
/// `/plan/task/{code}/step`.
pub fn tasks(view: &View, page: &TasksPage<'_>) -> String {
    let frame = &page.frame;
    let lines = match frame.asked.view {
        ListView::Table => table(view, page),
        ListView::Board => board::board(
            view,
            frame,
            page.lines,
            |line| line.object,
            |line| (card(view, line, frame), line.moves),
        ),
        ListView::Gantt => {
            let bars: Vec<Bar<'_>> = page.lines.iter().map(|line| bar(view, line, frame)).collect();
            gantt::chart(view, &bars, frame.today, frame.asked.year)
        }
    };
    super::page(view, frame, &html! {}, &lines)
}

fn table(view: &View, page: &TasksPage<'_>) -> Markup {
    html! {
        table class="stack lines tasks" id="list" {
            thead {
                tr {
                    th scope="col" { (view.say(words::NAME)) }
                    th scope="col" { (view.say(words::STATE)) }
                    th scope="col" { (view.say(words::DUE)) }
                    th scope="col" { (view.say(words::MILESTONES)) }
                    th scope="col" { (view.say(words::PROGRESS)) }
                    th scope="col" { (view.say(words::OWNER)) }
                }
            }
            tbody { @for line in page.lines { (row(view, line, &page.frame)) } }
        }
    }
}

fn row(view: &View, line: &TaskLine<'_>, frame: &ListFrame<'_>) -> Markup {
    let object = line.object;
    let progress = object.value("progress");
    html! {
        tr {
            th scope="row" { (super::name(view, object)) (super::indicator(view, object, frame.names)) }
            td data-label=(view.say(words::STATE)) { (desk_plan::state(view, object.kind, &object.state)) }
            td class=[line.deadline.is_none().then_some("blank")] data-label=(view.say(words::DUE)) { (figure::deadline(view, line.deadline, frame.today)) }
            td class=[(line.reached.all == 0).then_some("blank")] data-label=(view.say(words::MILESTONES)) { (figure::milestones(view, line.reached)) }
            td class={ "told" @if progress.is_empty() { " blank" } } data-label=(view.say(words::PROGRESS)) lang="zh-CN" { (figures::shortened(progress, 60)) }
            td data-label=(view.say(words::OWNER)) { (super::owner(view, object, frame.names)) }
        }
    }
}

fn card(view: &View, line: &TaskLine<'_>, frame: &ListFrame<'_>) -> Markup {
    html! {
        @if line.deadline.is_some() { p class="card-due" { (figure::deadline(view, line.deadline, frame.today)) } }
        @if line.reached.all > 0 {
            p { span class="label" { (view.say(words::MILESTONES)) } " " (figure::milestones(view, line.reached)) }
        }
        p class="card-owner" { (super::owner(view, line.object, frame.names)) }
    }
}

fn bar<'a>(view: &View, line: &TaskLine<'a>, frame: &ListFrame<'_>) -> Bar<'a> {
    let day = |field: &str| line.object.value(field).parse::<Day>().ok();
    Bar {
        object: line.object,
        start: day("start"),
        end: line.deadline.map(|deadline| deadline.day),
        late: line.deadline.and_then(|deadline| deadline.overdue(frame.today)),
        milestones: line.milestones,
        said: owner_line(view, line.object, frame.names),
    }
}

/// The owner in one line.
fn owner_line(view: &View, object: &PlanObject, names: &PlanNames) -> Markup {
    super::owner(view, object, names)
}
