//! Tasks, projects and problems of the ledger, told and listed, and what of them is still open.

use std::collections::BTreeMap;

use ledger::{Ledger, PlanQuery};
use publication::report::{Block, Column, IndicatorLine, ProjectLine, ProjectTotal, Run, Table};
use rust_decimal::Decimal;
use terms::{Day, PlanKind, PlanObject, Quantity, Unit};

use super::ground::Ground;
use super::lines::completion;
use super::{date, plain};
use crate::error::Failure;

/// The unit in which investments are told.
const YUAN: &str = "亿元";

/// The works of a region.
pub(super) struct Works {
    day: Day,
    departments: BTreeMap<String, String>,
    tasks: Vec<PlanObject>,
    problems: Vec<PlanObject>,
    projects: Vec<ProjectLine>,
}

impl Works {
    pub(super) fn gather(ledger: &Ledger, ground: &Ground) -> Result<Works, Failure> {
        let mut works = Works {
            day: ground.as_of,
            departments: BTreeMap::new(),
            tasks: Vec::new(),
            problems: Vec::new(),
            projects: Vec::new(),
        };
        let Some(code) = &ground.code else { return Ok(works) };
        let all = ledger.departments()?.into_iter();
        works.departments = all.map(|own| (own.code, own.name)).collect();
        let objects = |kind: &str, parent: Option<&PlanObject>| {
            let Some(kind) = PlanKind::named(kind) else { return Ok(Vec::new()) };
            let parent = parent.map(PlanObject::reference);
            let query = PlanQuery { region: Some(code.clone()), parent, ..PlanQuery::default() };
            let mut found = ledger.plan_objects(kind, &query, None)?;
            found.retain(|own| own.state != "cancelled");
            Ok::<_, Failure>(found)
        };
        let of_year = |own: &PlanObject, field: &str| {
            own.value(field).parse::<Day>().is_ok_and(|day| day.year() == ground.year)
        };
        works.tasks = objects("task", None)?;
        works.tasks.retain(|own| of_year(own, "due"));
        works.problems = objects("problem", None)?;
        let begun = |own: &PlanObject| {
            own.value("opened").parse::<Day>().is_ok_and(|day| day <= ground.as_of)
        };
        works
            .problems
            .retain(|own| begun(own) && (own.state != "closed" || of_year(own, "opened")));
        for project in objects("project", None)? {
            let years = objects("project-year", Some(&project))?;
            let year = years.iter().find(|own| own.value("year") == ground.year.to_string());
            works.projects.extend(year.map(|year| line(&project, year)));
        }
        works.projects.sort_by_key(|line| level(&line.level));
        Ok(works)
    }

    pub(super) fn project_lines(&self) -> Vec<ProjectLine> {
        self.projects.clone()
    }

    /// What the projects of each level come to, and all of them.
    pub(super) fn project_totals(&self) -> Vec<ProjectTotal> {
        let mut levels: Vec<&str> = self.projects.iter().map(|line| line.level.as_str()).collect();
        levels.dedup();
        levels.push("");
        let total = |level: &&str| {
            let of = |line: &&ProjectLine| level.is_empty() || line.level == **level;
            let all = self.projects.iter().filter(of);
            let both = all.clone().filter_map(|line| line.planned.zip(line.actual));
            let planned = both.clone().map(|(planned, _)| planned).sum();
            let actual = both.clone().map(|(_, actual)| actual).sum();
            ProjectTotal {
                level: (*level).to_owned(),
                count: all.count(),
                known: both.count(),
                planned,
                actual,
                rate: completion(actual, planned),
            }
        };
        levels.iter().map(total).collect()
    }

    fn department(&self, own: &PlanObject) -> String {
        let code = own.department.as_deref().unwrap_or_default();
        self.departments.get(code).cloned().unwrap_or_else(|| code.to_owned())
    }

    /// The cause that a problem on a target gives for its being missed.
    pub(super) fn cause(&self, line: &IndicatorLine, ground: &Ground) -> Option<Run> {
        let indicator = ground.standings.iter().find(|one| line.name.starts_with(&one.name))?;
        let about = |own: &&PlanObject| {
            indicator
                .targets
                .iter()
                .any(|standing| own.value("about") == format!("target:{}", standing.target.code))
        };
        let problem = self.problems.iter().find(about)?;
        let cause = problem.value("cause").trim_end_matches('。');
        (!cause.is_empty())
            .then(|| Run::from(format!("主要原因：{cause}。"), format!("问题 {}", problem.code)))
    }

    pub(super) fn tasks(&self) -> Vec<Block> {
        if self.tasks.is_empty() {
            return Vec::new();
        }
        let states = counts(&self.tasks);
        let late = self.tasks.iter().filter(|own| self.is_late(own, "due", &["done", "accepted"]));
        let late = match late.count() {
            0 => String::new(),
            count => format!("，其中逾期未完成{count}项"),
        };
        let said = format!("台账所列当年到期的重点任务{}项：{states}{late}。", self.tasks.len());
        let rows = self.tasks.iter().map(|own| {
            let source = format!("任务 {}", own.code);
            vec![
                Run::from(own.value("name"), source),
                Run::plain(self.department(own)),
                Run::plain(own.value("due")),
                Run::plain(own.state_name()),
                Run::plain(or_gap(own.value("progress"))),
            ]
        });
        let columns = vec![
            Column::words("任务", 30),
            Column::words("责任部门", 16),
            Column::words("期限", 14),
            Column::words("状态", 10),
            Column::words("进展", 30),
        ];
        let table =
            Table { caption: "重点任务完成情况".to_owned(), columns, rows: rows.collect() };
        vec![Block::heading(2, "重点任务"), plain(&said), Block::Table(table)]
    }

    pub(super) fn projects(&self) -> Vec<Block> {
        if self.projects.is_empty() {
            return Vec::new();
        }
        let mut runs = Vec::new();
        for total in self.project_totals().iter().filter(|total| !total.level.is_empty()) {
            let ProjectTotal { level, count, known, .. } = total;
            let rate = total.rate.map_or(String::new(), |rate| format!("，投资完成率{rate}%"));
            let (planned, actual) = (total.planned.normalize(), total.actual.normalize());
            runs.push(Run::from(
                format!(
                    "{level}项目{count}个，年度计划投资{planned}{YUAN}，完成投资{actual}{YUAN}{rate}。"
                ),
                "各项目年度投资之和，见表",
            ));
            if known < count {
                let without = count - known;
                let what = format!("{level}项目中{without}个的计划或完成投资，未计入");
                runs.push(Run::missing(&what));
            }
        }
        let rows = self.projects.iter().map(|line| {
            let number = |value: Option<Decimal>| match value {
                Some(value) => Run::from(value.normalize().to_string(), line.source.clone()),
                None => Run::missing("数"),
            };
            vec![
                Run::plain(line.name.as_str()),
                Run::plain(line.level.as_str()),
                number(line.planned),
                number(line.actual),
                Run::plain(line.rate.map_or("—".to_owned(), |rate| rate.to_string())),
                Run::plain(line.state.as_str()),
            ]
        });
        let columns = vec![
            Column::words("建设项目", 36),
            Column::words("层级", 9),
            Column::numbers(format!("计划投资（{YUAN}）"), 16),
            Column::numbers(format!("完成投资（{YUAN}）"), 16),
            Column::numbers("完成率（%）", 13),
            Column::words("状态", 10),
        ];
        let table =
            Table {
                caption: "重大项目投资完成情况".to_owned(), columns, rows: rows.collect()
            };
        vec![Block::heading(2, "重大项目"), Block::Paragraph { runs }, Block::Table(table)]
    }

    pub(super) fn problems(&self) -> Vec<Block> {
        if self.problems.is_empty() {
            return Vec::new();
        }
        let states = counts(&self.problems);
        let late = self
            .problems
            .iter()
            .filter(|own| self.is_late(own, "deadline", &["rectified", "verified", "closed"]));
        let late = match late.count() {
            0 => String::new(),
            count => format!("，其中超过整改期限{count}个"),
        };
        let said =
            format!("问题清单闭环管理，列入台账的问题{}个：{states}{late}。", self.problems.len());
        let rows = self.problems.iter().map(|own| {
            vec![
                Run::from(own.value("name"), format!("问题 {}", own.code)),
                Run::plain(self.department(own)),
                Run::plain(or_gap(own.value("deadline"))),
                Run::plain(own.state_name()),
                Run::plain(or_gap(own.value("measure"))),
            ]
        });
        let columns = vec![
            Column::words("问题", 30),
            Column::words("责任部门", 16),
            Column::words("整改期限", 14),
            Column::words("状态", 10),
            Column::words("措施", 30),
        ];
        let table = Table { caption: "问题清单".to_owned(), columns, rows: rows.collect() };
        vec![plain(&said), Block::Table(table)]
    }

    fn open_tasks(&self) -> impl Iterator<Item = &PlanObject> {
        self.tasks.iter().filter(|own| !matches!(own.state.as_str(), "done" | "accepted"))
    }

    fn open_problems(&self) -> impl Iterator<Item = &PlanObject> {
        self.problems.iter().filter(|own| !matches!(own.state.as_str(), "verified" | "closed"))
    }

    /// Whether tasks or problems are still open.
    pub(super) fn has_open(&self) -> bool {
        self.open_tasks().next().is_some() || self.open_problems().next().is_some()
    }

    /// What is still open, as next steps.
    pub(super) fn next_steps(&self, ground: &Ground) -> Vec<Block> {
        if !self.has_open() {
            return Vec::new();
        }
        let mut blocks = vec![Block::heading(
            2,
            if ground.is_over() {
                format!("{}年结转事项", ground.year)
            } else {
                "未办结事项".to_owned()
            },
        )];
        let mut line = |what: &str, own: &PlanObject, due: &str| {
            let department = self.department(own);
            let owner = if department.is_empty() {
                Run::missing("责任部门")
            } else {
                Run::plain(department)
            };
            let due = match own.value(due).parse::<Day>() {
                Ok(day) => Run::plain(format!("，期限{}。", date(day))),
                Err(_) => Run::plain("，期限待定。"),
            };
            let (name, state) = (own.value("name"), own.state_name());
            let text = Run::from(
                format!("{what}“{name}”（{state}），责任部门："),
                own.reference().to_string(),
            );
            blocks.push(Block::Paragraph { runs: vec![text, owner, due] });
        };
        self.open_tasks().for_each(|own| line("继续推进任务", own, "due"));
        self.open_problems().for_each(|own| line("整改问题", own, "deadline"));
        blocks
    }

    fn is_late(&self, own: &PlanObject, field: &str, done: &[&str]) -> bool {
        let due = own.value(field).parse::<Day>();
        !done.contains(&own.state.as_str()) && due.is_ok_and(|due| due < self.day)
    }
}

/// How many stand where, in the order of the states.
fn counts(objects: &[PlanObject]) -> String {
    let Some(kind) = objects.first().map(|own| own.kind) else { return String::new() };
    let counted = kind.states.iter().filter_map(|state| {
        let count = objects.iter().filter(|own| own.state == state.code).count();
        (count > 0).then(|| format!("{}{count}", state.chinese))
    });
    counted.collect::<Vec<_>>().join("，")
}

fn or_gap(text: &str) -> String {
    if text.is_empty() { "—".to_owned() } else { text.to_owned() }
}

/// Higher levels first.
fn level(name: &str) -> usize {
    ["省级", "市级", "县级"].iter().position(|known| *known == name).unwrap_or(3)
}

fn line(project: &PlanObject, year: &PlanObject) -> ProjectLine {
    let yuan = Unit::new(YUAN);
    let in_yuan = |found: Option<Quantity>| {
        found.and_then(|quantity| quantity.unit.convert(quantity.amount, &yuan))
    };
    let (planned, actual) = (in_yuan(year.amount("planned")), in_yuan(year.amount("actual")));
    let level = project.kind.field("level").map_or("", |field| field.shown(project.value("level")));
    ProjectLine {
        level: level.to_owned(),
        name: project.value("name").to_owned(),
        planned,
        actual,
        rate: planned.zip(actual).and_then(|(planned, actual)| completion(actual, planned)),
        state: project.state_name().to_owned(),
        source: format!("项目 {}，年度投资 {}", project.code, year.code),
    }
}
