//! Problems on their way to their end.

use std::collections::HashMap;

use assessment::plan;
use ledger::Ledger;
use publication::html::{self, ListView, PlanListKind, ProblemLine, ProblemsPage};
use publication::work;
use terms::{PlanObject, PlanRef, ProblemCourse, Right};

use super::super::reply::Reply;
use super::super::stock::Stock;
use super::super::visit::{Refusal, Visit};
use super::found::{Found, Line};
use super::{asked, found, names, stock};

const LIST: PlanListKind = PlanListKind::Problems;

/// A problem with the indicator that it names, or that its target is about.
fn line<'a>(object: &'a PlanObject, targets: &'a Stock) -> Line<'a> {
    let own = object.value("indicator");
    let about = || {
        let about: PlanRef = object.value("about").parse().ok()?;
        let target = (*about.kind == *"target").then(|| targets.get(&about.code)).flatten()?;
        Some(target.value("indicator"))
    };
    let indicator = if own.is_empty() { about().unwrap_or_default() } else { own };
    Line { object, deadline: plan::deadline(object), indicator, stalled: false, ahead: None }
}

/// What is told of a problem beside itself.
struct Told {
    course: ProblemCourse,
    moves: Vec<html::Move>,
}

fn told(visit: &Visit<'_>, found: &Found<'_>, lines: &[Line<'_>], problems: &Stock) -> Vec<Told> {
    let board = found.asked.view == ListView::Board;
    let told = |line: &Line<'_>| Told {
        course: plan::course(line.object, problems.moves(&line.object.code), found.today),
        moves: if board { super::super::desk::moves(visit, line.object) } else { Vec::new() },
    };
    lines.iter().map(told).collect()
}

/// The sentences of the alarms that became problems, by the code of the problem.
fn alarms(visit: &Visit<'_>) -> Result<HashMap<String, String>, Refusal> {
    let alarms = visit.house.store.read(Ledger::alarms)?;
    let became = alarms.into_iter().filter_map(|alarm| {
        let problem = alarm.problem()?.to_owned();
        Some((problem, alarm.alarm.sentence))
    });
    Ok(became.collect())
}

fn one<'a>(
    line: &Line<'a>,
    told: &'a Told,
    alarms: &'a HashMap<String, String>,
) -> ProblemLine<'a> {
    ProblemLine {
        object: line.object,
        deadline: line.deadline,
        course: &told.course,
        owed: plan::owed(line.object),
        alarm: alarms.get(&line.object.code).map(String::as_str),
        indicator: Some(line.indicator).filter(|code| !code.is_empty()),
        moves: &told.moves,
    }
}

/// The list.
pub(super) fn page(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let asked = asked::asked(visit, LIST)?;
    if let Some(reply) = found::shorter(visit, LIST, &asked) {
        return Ok(reply);
    }
    let (problems, targets) = (stock(visit, "problem")?, stock(visit, "target")?);
    let found = Found::of(visit, LIST, &asked, &problems, |own| line(own, &targets))?;
    let (page, pages, lines) = found.page(visit)?;
    let names = names::of(visit, lines.iter().map(|line| line.object))?;
    let (told, alarms) = (told(visit, &found, &lines, &problems), alarms(visit)?);
    let lines: Vec<ProblemLine<'_>> =
        lines.iter().zip(&told).map(|(line, told)| one(line, told, &alarms)).collect();
    let frame = found.frame(visit, (page, pages), &names, found.moved(visit, &problems));
    Ok(Reply::page(html::problems(visit.view, &ProblemsPage { frame, lines: &lines })))
}

/// All that the list finds, as a file.
pub(super) fn file(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let asked = asked::asked(visit, LIST)?;
    let (problems, targets) = (stock(visit, "problem")?, stock(visit, "target")?);
    let found = Found::of(visit, LIST, &asked, &problems, |own| line(own, &targets))?;
    let names = names::of(visit, found.lines.iter().map(|line| line.object))?;
    let (told, alarms) = (told(visit, &found, &found.lines, &problems), alarms(visit)?);
    let lines: Vec<ProblemLine<'_>> =
        found.lines.iter().zip(&told).map(|(line, told)| one(line, told, &alarms)).collect();
    super::sent(LIST, |out| work::problems(out, &lines, &names, found.today))
}
