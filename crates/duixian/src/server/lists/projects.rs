//! Projects and their investment against the year.

use std::collections::BTreeMap;
use std::sync::Arc;

use assessment::plan::{self, ProjectPolicy};
use publication::html::{self, ListAsked, PlanListKind, ProjectGroup, ProjectLine, ProjectsPage};
use publication::work;
use terms::{Day, PlanObject, ProjectProgress, Right};

use super::super::reply::Reply;
use super::super::stock::Stock;
use super::super::visit::{Refusal, Visit};
use super::found::{Found, Line};
use super::{asked, found, names, stock};

const LIST: PlanListKind = PlanListKind::Projects;

/// All projects with how they get on.
struct Projects {
    projects: Arc<Stock>,
    under: Vec<Arc<Stock>>,
    progress: BTreeMap<String, ProjectProgress>,
}

impl Projects {
    fn read(visit: &Visit<'_>, today: Day) -> Result<Projects, Refusal> {
        let projects = stock(visit, "project")?;
        let under = super::under_projects(visit)?;
        let policy = ProjectPolicy::default();
        let progress = |own: &PlanObject| {
            let below = super::below(&under, own);
            (own.code.clone(), plan::progress(own, &below, today, &policy))
        };
        let progress = projects.all().iter().map(progress).collect();
        Ok(Projects { projects, under, progress })
    }

    fn of(&self, object: &PlanObject) -> Option<&ProjectProgress> {
        self.progress.get(&object.code)
    }

    /// The year of the investment that is shown: the one that is asked for, else this one or the last before it that is
    /// known of any project.
    fn year(&self, asked: &ListAsked, today: Day) -> i16 {
        let known = self.progress.values().flat_map(|own| &own.years).map(|own| own.year);
        let last = known.filter(|year| *year <= today.year()).max();
        asked.year.or(last).unwrap_or_else(|| today.year())
    }

    fn line<'a>(&'a self, object: &'a PlanObject, year: i16) -> Line<'a> {
        let progress = self.of(object);
        let rate = progress.and_then(|own| own.year(year)?.rate);
        Line {
            object,
            deadline: plan::deadline(object),
            indicator: object.value("indicator"),
            stalled: progress.is_some_and(|own| !own.stalled.is_empty()),
            ahead: rate.map(|rate| rate.ahead),
        }
    }
}

/// Sums of what was found, by what `key` tells of each.
fn groups<'a>(
    found: &Found<'a>,
    all: &Projects,
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
    all: &'a Projects,
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
    let all = Projects::read(visit, today)?;
    let year = all.year(&asked, today);
    let found = Found::of(visit, LIST, &asked, &all.projects, |own| all.line(own, year))?;
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
    let all = Projects::read(visit, today)?;
    let year = all.year(&asked, today);
    let found = Found::of(visit, LIST, &asked, &all.projects, |own| all.line(own, year))?;
    let names = names::of(visit, found.lines.iter().map(|line| line.object))?;
    let lines: Vec<ProjectLine<'_>> =
        found.lines.iter().filter_map(|line| one(line, &all, &[])).collect();
    super::sent(LIST, |out| work::projects(out, &lines, &names, (year, today)))
}
