//! Key tasks.

use assessment::plan;
use publication::html::{self, ListView, PlanListKind, TaskLine, TasksPage};
use publication::work;
use terms::{MilestoneCount, PlanObject};

use super::super::reply::Reply;
use super::super::visit::{Refusal, Visit};
use super::found::{Found, Line};
use super::{asked, found, names, stock};

const LIST: PlanListKind = PlanListKind::Tasks;

fn line(object: &PlanObject) -> Line<'_> {
    let indicator = object.value("indicator");
    Line { object, deadline: plan::deadline(object), indicator, stalled: false, ahead: None }
}

/// What is told of a task beside itself.
struct Told<'a> {
    milestones: Vec<&'a PlanObject>,
    reached: MilestoneCount,
    moves: Vec<html::Move>,
}

/// The list.
pub(super) fn page(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(terms::Right::Read)?;
    let asked = asked::asked(visit, LIST)?;
    if let Some(reply) = found::shorter(visit, LIST, &asked) {
        return Ok(reply);
    }
    let (tasks, under) = (stock(visit, "task")?, [stock(visit, "milestone")?]);
    let found = Found::of(visit, LIST, &asked, &tasks, line)?;
    let (page, pages, lines) = found.page(visit)?;
    let names = names::of(visit, lines.iter().map(|line| line.object))?;
    let told = told(visit, &found, &lines, &under);
    let lines: Vec<TaskLine<'_>> = lines.iter().zip(&told).map(one).collect();
    let frame = found.frame(visit, (page, pages), &names, found.moved(visit, &tasks));
    Ok(Reply::page(html::tasks(visit.view, &TasksPage { frame, lines: &lines })))
}

fn told<'a>(
    visit: &Visit<'_>,
    found: &Found<'_>,
    lines: &[Line<'_>],
    under: &'a [std::sync::Arc<super::super::stock::Stock>],
) -> Vec<Told<'a>> {
    let told = |line: &Line<'_>| {
        let below = super::below(under, line.object);
        let reached = plan::milestones(below.iter().copied(), found.today);
        let board = found.asked.view == ListView::Board;
        let moves = if board { super::super::desk::moves(visit, line.object) } else { Vec::new() };
        Told { milestones: super::milestones(&below), reached, moves }
    };
    lines.iter().map(told).collect()
}

fn one<'a>((line, told): (&Line<'a>, &'a Told<'a>)) -> TaskLine<'a> {
    TaskLine {
        object: line.object,
        deadline: line.deadline,
        milestones: &told.milestones,
        reached: told.reached,
        moves: &told.moves,
    }
}

/// All that the list finds, as a file.
pub(super) fn file(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(terms::Right::Read)?;
    let asked = asked::asked(visit, LIST)?;
    let (tasks, under) = (stock(visit, "task")?, [stock(visit, "milestone")?]);
    let found = Found::of(visit, LIST, &asked, &tasks, line)?;
    let names = names::of(visit, found.lines.iter().map(|line| line.object))?;
    let told = told(visit, &found, &found.lines, &under);
    let lines: Vec<TaskLine<'_>> = found.lines.iter().zip(&told).map(one).collect();
    super::sent(LIST, |out| work::tasks(out, &lines, &names, found.today))
}
