//! How all projects get on, told once for all who ask until something of it changes or a day passes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use assessment::plan::{self, ProjectPolicy};
use terms::{Day, PlanObject, ProjectProgress};

use super::super::stock::Stock;
use super::super::visit::{Refusal, Visit};
use super::{below, stock};

/// Kinds that tell how a project gets on.
const UNDER: [&str; 3] = ["project-year", "milestone", "change-order"];

/// All projects, and how they get on as of a day.
pub(in super::super) struct Course {
    today: Day,
    pub(super) projects: Arc<Stock>,
    pub(super) under: Vec<Arc<Stock>>,
    progress: HashMap<String, ProjectProgress>,
}

/// What was told last.
#[derive(Default)]
pub(in super::super) struct Told(Mutex<Option<Arc<Course>>>);

impl Course {
    /// How a project gets on.
    pub(super) fn of(&self, project: &PlanObject) -> Option<&ProjectProgress> {
        self.progress.get(&project.code)
    }

    /// All projects with how they get on, by code.
    pub(in super::super) fn all(&self) -> impl Iterator<Item = (&PlanObject, &ProjectProgress)> {
        let all = self.projects.all().iter();
        all.filter_map(|project| Some((project, self.of(project)?)))
    }
}

/// How all projects get on as of a day.
pub(in super::super) fn course(visit: &Visit<'_>, today: Day) -> Result<Arc<Course>, Refusal> {
    let projects = stock(visit, "project")?;
    let under: Vec<Arc<Stock>> =
        UNDER.iter().map(|kind| stock(visit, kind)).collect::<Result<_, _>>()?;
    let told = &visit.house.course.0;
    // What is kept keeps its stock alive, so that the same place means the same stock.
    let is_same = |known: &Course| {
        known.today == today
            && Arc::ptr_eq(&known.projects, &projects)
            && known.under.iter().zip(&under).all(|(one, other)| Arc::ptr_eq(one, other))
    };
    let known = told.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(known) = known.filter(|known| is_same(known)) {
        return Ok(known);
    }
    let policy = ProjectPolicy::default();
    let progress = |project: &PlanObject| {
        let below = below(&under, project);
        (project.code.clone(), plan::progress(project, &below, today, &policy))
    };
    let progress = projects.all().iter().map(progress).collect();
    let course = Arc::new(Course { today, projects, under, progress });
    *told.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&course));
    Ok(course)
}
