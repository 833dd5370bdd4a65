//! Problems on their way to their end: entered, assigned, rectified, verified, closed.

use maud::{Markup, html};
use terms::{
    Deadline, FigureState, PlanObject, PlanState, ProblemCourse, Punctuality, Right, StageStay,
};

use super::super::desk::{pieces, plan as desk_plan, shapes};
use super::super::{Address, View};
use super::{ListFrame, ListView, Move, board, figure, words};

/// A problem in the list.
#[derive(Debug, Clone, Copy)]
pub struct ProblemLine<'a> {
    /// The problem.
    pub object: &'a PlanObject,
    /// The last day to put it right.
    pub deadline: Option<Deadline>,
    /// Its days in each stage.
    pub course: &'a ProblemCourse,
    /// The right that its next step needs, and where that leads; nothing where it has come to its end.
    pub owed: Option<(Right, &'static PlanState)>,
    /// Why early warning made it a problem: the sentence of the alarm.
    pub alarm: Option<&'a str>,
    /// Code of the indicator that it is about, told by itself or by its target.
    pub indicator: Option<&'a str>,
    /// The steps that the visitor may take.
    pub moves: &'a [Move],
}

/// The page `/problems`.
#[derive(Debug, Clone, Copy)]
pub struct ProblemsPage<'a> {
    /// What stands around the lines.
    pub frame: ListFrame<'a>,
    /// What is shown.
    pub lines: &'a [ProblemLine<'a>],
}

/// The page `/problems`; its address is [`super::list_address`], and `page`. A board posts `state`, `version` and `back`
/// to `/plan/problem/{code}/step`.
pub fn problems(view: &View, page: &ProblemsPage<'_>) -> String {
    let frame = &page.frame;
    let lines = match frame.asked.view {
        ListView::Board => board::board(
            view,
            frame,
            page.lines,
            |line| line.object,
            |line| (card(view, line, frame), line.moves),
        ),
        _ => table(view, page),
    };
    super::page(view, frame, &html! {}, &lines)
}

fn table(view: &View, page: &ProblemsPage<'_>) -> Markup {
    html! {
        table class="stack lines problems" id="list" {
            thead {
                tr {
                    th scope="col" { (view.say(words::NAME)) }
                    th scope="col" { (view.say(words::STAGES)) }
                    th scope="col" { (view.say(words::DUE)) }
                    th scope="col" { (view.say(words::NEXT_STEP)) }
                    th scope="col" { (view.say(words::EVIDENCE)) }
                    th scope="col" { (view.say(words::OWNER)) }
                }
            }
            tbody { @for line in page.lines { (row(view, line, &page.frame)) } }
        }
    }
}

fn row(view: &View, line: &ProblemLine<'_>, frame: &ListFrame<'_>) -> Markup {
    let object = line.object;
    html! {
        tr {
            th scope="row" { (super::name(view, object)) (source(view, line, frame)) }
            td data-label=(view.say(words::STAGES)) {
                (stages(view, line))
                small {
                    @if let Some(days) = line.course.days { (view.say(words::DAYS_OPEN)) " " (words::days(days, view.language)) }
                    @if line.course.reopened > 0 { " · " strong { (words::reopened(line.course.reopened, view.language)) } }
                }
            }
            td class=[line.deadline.is_none().then_some("blank")] data-label=(view.say(words::DUE)) { (figure::deadline(view, line.deadline, frame.today)) }
            td data-label=(view.say(words::NEXT_STEP)) { (next(view, line, frame)) }
            td data-label=(view.say(words::EVIDENCE)) { (evidence(view, object)) }
            td data-label=(view.say(words::OWNER)) { (super::owner(view, object, frame.names)) }
        }
    }
}

/// What the problem is about, and what made it one.
fn source(view: &View, line: &ProblemLine<'_>, frame: &ListFrame<'_>) -> Markup {
    let about = line.object.value("about");
    let named = about.parse().ok().map(|known| super::reference(view, &known, frame.names));
    html! {
        @if let Some(named) = named { small { (view.say(words::ABOUT)) " " (named) } }
        @if let Some(code) = line.indicator {
            small { (view.say(words::INDICATOR)) " " a href=(view.link(Address::of("/indicators", code))) lang="zh-CN" { (pieces::name(&frame.names.indicators, code)) } }
        }
        @if let Some(alarm) = line.alarm { small class="alarm" { (shapes::warning()) " " (view.say(words::ALARM)) " " span lang="zh-CN" { (alarm) } } }
    }
}

/// Who owes the next step, and which it is.
fn next(view: &View, line: &ProblemLine<'_>, frame: &ListFrame<'_>) -> Markup {
    let object = line.object;
    html! {
        @match line.owed {
            None => span class="quiet" { (view.say(words::NOTHING_OWED)) },
            Some((right, to)) => {
                span class="owes" {
                    // Of the department it is told which.
                    @match object.department.as_deref().filter(|_| right == Right::Fill) {
                        Some(code) => span lang="zh-CN" { (pieces::name(&frame.names.departments, code)) },
                        None => (view.say(words::who(right))),
                    }
                }
                small { "→ " (super::state_name(view, to)) }
            }
        }
    }
}

fn evidence(view: &View, object: &PlanObject) -> Markup {
    let files = object.attachments.len();
    html! {
        @if files == 0 { span class="quiet" { (view.say(words::NO_EVIDENCE)) } }
        @else {
            a href=(view.link(desk_plan::object_address(object.kind.code, &object.code).at("attachments"))) { (words::files(files, view.language)) }
        }
    }
}

/// The stages with the days spent in each: done, now, still to come, told by shape.
fn stages(view: &View, line: &ProblemLine<'_>) -> Markup {
    let now = line.course.stages.iter().position(|stay| stay.now);
    html! {
        ol class="stages" {
            @for (place, stay) in line.course.stages.iter().enumerate() { (stage(view, line.object, stay, now.is_some_and(|now| place < now))) }
        }
    }
}

fn stage(view: &View, object: &PlanObject, stay: &StageStay, before: bool) -> Markup {
    let name = object
        .kind
        .state(stay.state)
        .map(|state| words::stage(state.chinese, state.english, view.language));
    let ended = stay.now && stay.state == "closed";
    let again = matches!(stay.state, "reopened" | "cancelled");
    let (class, shape) = match (stay.now, stay.days.is_some() && before) {
        _ if again => ("stage again", shapes::state(Some(FigureState::Returned))),
        (true, _) if ended => ("stage passed", shapes::state(Some(FigureState::Approved))),
        (true, _) => ("stage now", shapes::punctuality(Punctuality::Open)),
        (false, true) => ("stage passed", shapes::punctuality(Punctuality::Late)),
        (false, false) => ("stage", shapes::state(None)),
    };
    html! {
        li class=(class) aria-current=[stay.now.then_some("step")] {
            (shape) span { (name.as_deref().unwrap_or(stay.state)) }
            @if let Some(days) = stay.days.filter(|_| !ended) { small { (words::days(days, view.language)) } }
        }
    }
}

fn card(view: &View, line: &ProblemLine<'_>, frame: &ListFrame<'_>) -> Markup {
    let stay = line.course.stages.iter().find(|stay| stay.now).and_then(|stay| stay.days);
    html! {
        @if line.deadline.is_some() { p class="card-due" { (figure::deadline(view, line.deadline, frame.today)) } }
        p {
            span class="label" { (view.say(words::NEXT_STEP)) } " " (next(view, line, frame))
        }
        p class="label" {
            @if let Some(days) = stay.filter(|_| line.owed.is_some()) { (view.say(words::HERE_FOR)) " " (words::days(days, view.language)) " · " }
            (view.say(words::EVIDENCE)) " " (evidence(view, line.object))
            @if line.course.reopened > 0 { " · " strong { (words::reopened(line.course.reopened, view.language)) } }
        }
        p class="card-owner" { (super::owner(view, line.object, frame.names)) }
    }
}
