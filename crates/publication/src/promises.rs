//! What became of the promises of a report: as a table for a terminal, as data, as a workbook.

mod data;
mod workbook;

use std::io::{self, Write};

use comfy_table::{ColumnConstraint, Width};
use rust_decimal::Decimal;
use terms::{
    DepartmentSource, Fulfilment, Modality, PromiseGroup, PromiseMarks, PromiseOutcome,
    PromiseReport, WorkFound,
};

use crate::comparison::{described, place, unit_of_difference};
use crate::labels;
use crate::table::{plain, print, shortened};

pub use data::{csv, json};
pub use workbook::workbook;

/// Counts, marks and how they are made, groups, then the promises, wrapped to `width` columns where one is given. It
/// is for reading: long texts are shortened; the other formats give all.
pub fn table(out: &mut impl Write, report: &PromiseReport, width: Option<u16>) -> io::Result<()> {
    writeln!(out, "{}年的承诺：{}", report.year, counts(&report.counts))?;
    writeln!(out, "{}", marks(&report.marks))?;
    writeln!(out, "  承诺  {}", described(&report.before))?;
    writeln!(out, "  结果  {}", described(&report.after))?;
    report.remarks.iter().try_for_each(|remark| writeln!(out, "  注意 {remark}"))?;
    report.method.iter().try_for_each(|line| writeln!(out, "  算法 {line}"))?;
    writeln!(out)?;
    groups(out, "部门", &report.departments, width)?;
    writeln!(out)?;
    groups(out, "力度", &report.strengths, width)?;
    writeln!(out)?;
    let mut table = plain(&["结论", "承诺", "结果", "差额", "部门", "力度", "说明"], width);
    for promise in &report.promises {
        table.add_row([
            labels::fulfilment(promise.fulfilment).to_owned(),
            place(&promise.promise),
            answered(promise),
            difference(promise).unwrap_or_default(),
            promise.department.as_ref().map_or(UNKNOWN, |(name, _)| name).to_owned(),
            promise.promise.modality.map_or("", labels::modality).to_owned(),
            promise.reason.clone().unwrap_or_default(),
        ]);
    }
    // The words of the first column and the numbers of the fourth stay whole.
    for (column, least) in [(0, 12), (3, 10)] {
        if let Some(column) = table.column_mut(column) {
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
        }
    }
    print(out, &table)?;
    works(out, report, width)
}

/// How many works are spoken of, and, where they are asked for, which.
fn works(out: &mut impl Write, report: &PromiseReport, width: Option<u16>) -> io::Result<()> {
    let counts: Vec<String> = report
        .work_counts
        .iter()
        .map(|(found, count)| format!("{} {count}", work_found(*found)))
        .collect();
    writeln!(out)?;
    writeln!(out, "没有数字的工作举措：{}", counts.join(" · "))?;
    if report.works.is_empty() {
        return Ok(());
    }
    let mut table = plain(&["后一份报告", "举措", "提到的话", "相似"], width);
    for one in &report.works {
        let said = one.answer.as_ref().or(one.continued.as_ref());
        table.add_row([
            work_found(one.found).to_owned(),
            shortened(&one.work.quote, 40),
            said.map_or(String::new(), |said| shortened(&said.quote, 40)),
            one.likeness.map_or(String::new(), |likeness| likeness.to_string()),
        ]);
    }
    print(out, &table)
}

fn work_found(found: WorkFound) -> &'static str {
    match found {
        WorkFound::Reported => "结果提到",
        WorkFound::Continued => "继续列为任务",
        WorkFound::NotMentioned => "未再提及",
    }
}

/// What a promise of which no department is known stands under.
const UNKNOWN: &str = "未指明";

fn groups(
    out: &mut impl Write,
    heading: &str,
    groups: &[PromiseGroup],
    width: Option<u16>,
) -> io::Result<()> {
    let mut heads = vec![heading];
    heads.extend(Fulfilment::ALL.iter().map(|one| labels::fulfilment(*one)));
    heads.extend(["得分", "兑现率", "交代率"]);
    let mut table = plain(&heads, width);
    for group in groups {
        let mut row = vec![name(group)];
        row.extend(group.counts.iter().map(|(_, count)| count.to_string()));
        let PromiseMarks { score, kept, answered } = group.marks;
        row.extend([mark(score, ""), mark(kept, "%"), mark(answered, "%")]);
        table.add_row(row);
    }
    print(out, &table)
}

/// The department or strength of a group.
fn name(group: &PromiseGroup) -> String {
    let Some(name) = &group.name else { return UNKNOWN.to_owned() };
    name.parse::<Modality>().map_or(name.clone(), |strength| labels::modality(strength).to_owned())
}

fn counts(counts: &[(Fulfilment, usize)]) -> String {
    let counts: Vec<String> = counts
        .iter()
        .map(|(found, count)| format!("{} {count}", labels::fulfilment(*found)))
        .collect();
    counts.join(" · ")
}

fn marks(marks: &PromiseMarks) -> String {
    format!(
        "得分 {} · 兑现率 {} · 交代率 {}",
        mark(marks.score, ""),
        mark(marks.kept, "%"),
        mark(marks.answered, "%")
    )
}

fn mark(mark: Option<Decimal>, unit: &str) -> String {
    mark.map_or("—".to_owned(), |mark| format!("{mark}{unit}"))
}

/// What answers a promise: the later report's statement, its new promise, the ledger's figure.
fn answered(promise: &PromiseOutcome) -> String {
    let mut lines: Vec<String> = promise.answer.iter().map(place).collect();
    if promise.answer.is_none() {
        lines.extend(promise.continued.iter().map(|next| format!("延续 {}", place(next))));
    }
    let mention = promise.mention.iter();
    lines.extend(mention.map(|said| format!("提到 {}", shortened(&said.quote, 40))));
    lines.extend(promise.figure.iter().map(|figure| {
        let known = &figure.observation;
        let value = known.value.as_ref().map_or(String::new(), ToString::to_string);
        let (unit, vintage) = (known.unit.as_str(), known.vintage);
        format!("台账 {value}{unit}（{vintage}，{}）", shortened(&known.source, 16))
    }));
    lines.join("\n")
}

/// The difference with its sign and unit.
fn difference(promise: &PromiseOutcome) -> Option<String> {
    let difference = promise.difference?;
    let unit = unit_of_difference(&promise.promise).unwrap_or_default();
    Some(if difference.is_zero() { "0".to_owned() } else { format!("{difference:+}{unit}") })
}

fn department_source(source: DepartmentSource) -> &'static str {
    match source {
        DepartmentSource::Plan => "台账目标",
        DepartmentSource::Report => "报告写明",
        DepartmentSource::Catalogue => "指标目录",
    }
}
