//! The lists of tasks, projects and problems as comma-separated values, one line each, with the same text marks as
//! [`crate::csv`].

use std::io::{self, Write};

use terms::{Day, Deadline, FieldKind, PlanObject, Region, Right};

use crate::csv::{MARK, cause, harmless};
use crate::html::desk::PlanNames;
use crate::html::{ProblemLine, ProjectLine, TaskLine};

/// Writes tasks: how they stand on a day.
pub fn tasks(
    out: &mut impl Write,
    lines: &[TaskLine<'_>],
    names: &PlanNames,
    today: Day,
) -> io::Result<()> {
    let head = [
        "代码",
        "名称",
        "状态",
        "开始日",
        "期限",
        "逾期天数",
        "节点数",
        "已完成节点",
        "逾期节点",
        "责任部门",
        "责任人",
        "地区",
        "相关指标",
        "进展",
    ];
    table(
        out,
        &head,
        lines.iter().map(|line| {
            let object = line.object;
            let count = |number: usize| {
                if line.reached.all == 0 { String::new() } else { number.to_string() }
            };
            let mut cells = begun(object);
            cells.push(object.value("start").to_owned());
            cells.extend(due(line.deadline, today));
            cells.extend([
                count(line.reached.all),
                count(line.reached.reached),
                count(line.reached.overdue),
            ]);
            cells.extend(owner(object, names));
            cells.push(named(&names.indicators, object.value("indicator")));
            cells.push(object.value("progress").to_owned());
            cells
        }),
    )
}

/// Writes problems: how far each has come on a day, and who owes what.
pub fn problems(
    out: &mut impl Write,
    lines: &[ProblemLine<'_>],
    names: &PlanNames,
    today: Day,
) -> io::Result<()> {
    let head = [
        "代码",
        "名称",
        "状态",
        "发现日",
        "整改期限",
        "逾期天数",
        "登记天数",
        "各阶段天数",
        "重开次数",
        "下一步",
        "由谁办理",
        "佐证份数",
        "所涉事项",
        "相关指标",
        "预警",
        "责任部门",
        "责任人",
        "地区",
        "原因",
        "措施",
        "进展",
    ];
    table(
        out,
        &head,
        lines.iter().map(|line| {
            let object = line.object;
            let stays: Vec<String> = line
                .course
                .stages
                .iter()
                .filter_map(|stay| {
                    let state = object.kind.state(stay.state)?;
                    Some(format!("{} {}", state.chinese, stay.days?))
                })
                .collect();
            let (who, next) = match line.owed {
                Some((Right::Fill, next)) => ("责任部门", next.chinese),
                Some((Right::Review, next)) => ("核验人", next.chinese),
                Some((_, next)) => ("计划部门", next.chinese),
                None => ("", ""),
            };
            let mut cells = begun(object);
            cells.push(object.value("opened").to_owned());
            cells.extend(due(line.deadline, today));
            cells.extend([
                line.course.days.map(|days| days.to_string()).unwrap_or_default(),
                stays.join("；"),
                line.course.reopened.to_string(),
                next.to_owned(),
                who.to_owned(),
                object.attachments.len().to_string(),
                named(&names.objects, object.value("about")),
                named(&names.indicators, line.indicator.unwrap_or_default()),
                line.alarm.unwrap_or_default().to_owned(),
            ]);
            cells.extend(owner(object, names));
            cells.extend(
                ["cause", "measure", "progress"].map(|field| object.value(field).to_owned()),
            );
            cells
        }),
    )
}

/// Writes projects with their investment in a year.
pub fn projects(
    out: &mut impl Write,
    lines: &[ProjectLine<'_>],
    names: &PlanNames,
    (year, today): (i16, Day),
) -> io::Result<()> {
    let head = [
        "代码",
        "名称",
        "状态",
        "层级",
        "总投资",
        "年度",
        "计划投资",
        "实际投资",
        "累计投资",
        "截至日",
        "完成率（%）",
        "序时进度（%）",
        "比序时（百分点）",
        "完工日",
        "逾期天数",
        "节点数",
        "已完成节点",
        "停滞原因",
        "责任部门",
        "责任人",
        "地区",
    ];
    table(
        out,
        &head,
        lines.iter().map(|line| {
            let object = line.object;
            let own = line.progress.year(year);
            let rate = own.and_then(|own| own.rate.as_ref());
            let amount = |amount: Option<&terms::Quantity>| {
                amount.map(ToString::to_string).unwrap_or_default()
            };
            let share = |share: Option<rust_decimal::Decimal>| {
                share.map(|share| share.to_string()).unwrap_or_default()
            };
            let causes: Vec<String> =
                line.progress.stalled.iter().map(terms::StallCause::chinese).collect();
            let mut cells = begun(object);
            cells.extend([
                choice(object, "level"),
                object.value("total-investment").to_owned(),
                own.map(|own| own.year.to_string()).unwrap_or_default(),
                amount(own.and_then(|own| own.planned.as_ref())),
                amount(own.and_then(|own| own.actual.as_ref())),
                amount(own.and_then(|own| own.cumulative.as_ref())),
                own.and_then(|own| own.through).map(|day| day.to_string()).unwrap_or_default(),
                share(rate.map(|rate| rate.rate)),
                share(rate.map(|rate| rate.elapsed)),
                share(rate.map(|rate| rate.ahead)),
            ]);
            cells.extend(due(line.deadline, today));
            cells.extend([
                line.progress.milestones.all.to_string(),
                line.progress.milestones.reached.to_string(),
                causes.join("；"),
            ]);
            cells.extend(owner(object, names));
            cells
        }),
    )
}

fn begun(object: &PlanObject) -> Vec<String> {
    vec![object.code.clone(), object.title(), object.state_name().to_owned()]
}

/// The last day, and by how many days it was missed.
fn due(deadline: Option<Deadline>, today: Day) -> [String; 2] {
    let late = deadline.and_then(|deadline| deadline.overdue(today));
    [
        deadline.map(|deadline| deadline.day.to_string()).unwrap_or_default(),
        late.map(|days| days.to_string()).unwrap_or_default(),
    ]
}

/// Department, person and region by name.
fn owner(object: &PlanObject, names: &PlanNames) -> [String; 3] {
    let region = match names.regions.get(&object.region) {
        Some(name) => name.clone(),
        None => Region::of_code(&object.region)
            .map_or_else(|| object.region.clone(), |known| known.name.to_owned()),
    };
    [
        named(&names.departments, object.department.as_deref().unwrap_or_default()),
        named(&names.people, object.value("person")),
        region,
    ]
}

fn named(names: &crate::html::desk::Names, code: &str) -> String {
    names.get(code).cloned().unwrap_or_else(|| code.to_owned())
}

fn choice(object: &PlanObject, field: &str) -> String {
    let value = object.value(field);
    let known = object.kind.field(field).filter(|own| matches!(own.kind, FieldKind::Choice(_)));
    known.map_or(value, |own| own.shown(value)).to_owned()
}

fn table(
    out: &mut impl Write,
    head: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) -> io::Result<()> {
    out.write_all(MARK)?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(head).map_err(cause)?;
    for row in rows {
        // A negative number is no formula.
        let number = |cell: &str| cell.parse::<rust_decimal::Decimal>().is_ok();
        let cell = |cell: &String| match number(cell) {
            true => cell.clone(),
            false => harmless(cell).into_owned(),
        };
        writer.write_record(row.iter().map(cell)).map_err(cause)?;
    }
    writer.flush()
}
