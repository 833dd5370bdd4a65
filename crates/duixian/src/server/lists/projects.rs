//! Projects and their investment against the year.

use std::collections::BTreeMap;

use assessment::plan;
use publication::html::{self, ListAsked, PlanListKind, ProjectGroup, ProjectLine, ProjectsPage};
use publication::work;
use terms::{Day, PlanObject, ProjectProgress, Right};

use super::super::reply::Reply;
use super::super::visit::{Refusal, Visit};
use super::course::Course;
use super::found::{Found, Line};
use super::{asked, course, found, names};

const LIST: PlanListKind = PlanListKind::Projects;

/// The year of the investment that is shown: the one that is asked for, else this one or the last before it that is known
/// of any project.
fn year(course: &Course, asked: &ListAsked, today: Day) -> i16 {
    let known = course.all().flat_map(|(_, own)| &own.years).map(|own| own.year);
    let last = known.filter(|year| *year <= today.year()).max();
    asked.year.or(last).unwrap_or_else(|| today.year())
}

fn line<'a>(course: &'a Course, object: &'a PlanObject, year: i16) -> Line<'a> {
    let progress = course.of(object);
    let rate = progress.and_then(|own| own.year(year)?.rate);
    Line {
        object,
        deadline: plan::deadline(object),
        indicator: object.value("indicator"),
        stalled: progress.is_some_and(|own| !own.stalled.is_empty()),
        ahead: rate.map(|rate| rate.ahead),
    }
}

/// Sums of what was found, by what `key` tells of each.
fn groups<'a>(
    found: &Found<'a>,
    all: &Course,
    year: i16,
    key: impl Fn(&'a PlanObject) -> &'a str,
) -> Vec<ProjectGroup> {
    let mut by: BTreeMap<&str, Vec<&ProjectProgress>> = BTreeMap::new();
    for line in &found.lines {
        by.entry(key(line.object)).or_default().extend(all.of(line.object));
    }
    let group = |(code, own): (&str, Vec<&ProjectProgress>)| ProjectGroup {
        code: code.to_owned(),
        total: plan::total(own, year),
    };
    by.into_iter().map(group).collect()
}

fn one<'a>(
    line: &Line<'a>,
    all: &'a Course,
    milestones: &'a [&'a PlanObject],
) -> Option<ProjectLine<'a>> {
    let progress = all.of(line.object)?;
    Some(ProjectLine { object: line.object, deadline: line.deadline, progress, milestones })
}

/// The list.
pub(super) fn page(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let asked = asked::asked(visit, LIST)?;
    if let Some(reply) = found::shorter(visit, LIST, &asked) {
        return Ok(reply);
    }
    let today = visit.today()?;
    let all = course::course(visit, today)?;
    let year = year(&all, &asked, today);
    let found = Found::of(visit, LIST, &asked, &all.projects, |own| line(&all, own, year))?;
    let (page, pages, lines) = found.page(visit)?;
    let names = names::of(visit, lines.iter().map(|line| line.object))?;
    let milestones: Vec<Vec<&PlanObject>> = lines
        .iter()
        .map(|line| super::milestones(&super::below(&all.under, line.object)))
        .collect();
    let lines: Vec<ProjectLine<'_>> = lines
        .iter()
        .zip(&milestones)
        .filter_map(|(line, milestones)| one(line, &all, milestones))
        .collect();
    let mut levels = groups(&found, &all, year, |own| own.value("level"));
    // From the province down, as people speak of them.
    levels.sort_by_key(|group| {
        ["province", "city", "county"].iter().position(|own| *own == group.code)
    });
    let page = ProjectsPage {
        frame: found.frame(visit, (page, pages), &names, None),
        year,
        elapsed: plan::year_elapsed(year, today),
        lines: &lines,
        total: &plan::total(found.lines.iter().filter_map(|line| all.of(line.object)), year),
        levels: &levels,
        departments: &groups(&found, &all, year, |own| {
            own.department.as_deref().unwrap_or_default()
        }),
    };
    Ok(Reply::page(html::projects(visit.view, &page)))
}

/// All that the list finds, as a file.
pub(super) fn file(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let asked = asked::asked(visit, LIST)?;
    let today = visit.today()?;
    let all = course::course(visit, today)?;
    let year = year(&all, &asked, today);
    let found = Found::of(visit, LIST, &asked, &all.projects, |own| line(&all, own, year))?;
    let names = names::of(visit, found.lines.iter().map(|line| line.object))?;
    let lines: Vec<ProjectLine<'_>> =
        found.lines.iter().filter_map(|line| one(line, &all, &[])).collect();
    super::sent(LIST, |out| work::projects(out, &lines, &names, (year, today)))
}
