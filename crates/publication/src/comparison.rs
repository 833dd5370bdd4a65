//! Two documents' statements side by side: as a table for a terminal, as records, as a workbook.

mod data;
mod workbook;

use std::io::{self, Write};

use comfy_table::{ColumnConstraint, Width};
use terms::{Aspect, CompareAs, ComparedDocument, ComparedLine, Comparison, Relation, Statement};

use crate::table::{plain, print, shortened};

pub(crate) use data::{Described, statement};
pub use data::{csv, jsonl};
pub(crate) use workbook::statement as statement_cells;
pub use workbook::workbook;

/// A summary line for each aspect, then a table for each, wrapped to `width` columns where one is given. It is
/// for reading: long texts are shortened and what did not change is only counted; the other formats give all.
pub fn table(out: &mut impl Write, comparison: &Comparison, width: Option<u16>) -> io::Result<()> {
    for aspect in aspects(comparison) {
        writeln!(out, "{}", summary(comparison, aspect))?;
    }
    writeln!(out, "{}", compared_as(comparison.compared_as))?;
    writeln!(out, "  前  {}", described(&comparison.before))?;
    writeln!(out, "  后  {}", described(&comparison.after))?;
    comparison.remarks.iter().try_for_each(|remark| writeln!(out, "  注意 {remark}"))?;
    for aspect in aspects(comparison) {
        let shown: Vec<&ComparedLine> = comparison
            .lines
            .iter()
            .filter(|line| line.aspect == aspect && line.relation != Relation::Unchanged)
            .collect();
        if shown.is_empty() {
            continue;
        }
        writeln!(out)?;
        let mut table = plain(&[self::aspect(aspect), "前", "后", "差额", "说明"], width);
        for line in shown {
            table.add_row([
                relation(line.relation).to_owned(),
                line.before.as_ref().map(place).unwrap_or_default(),
                line.after.as_ref().map(place).unwrap_or_default(),
                difference(line).unwrap_or_default(),
                line.reason.clone().unwrap_or_default(),
            ]);
        }
        // The words of the first column and the numbers of the fourth stay whole.
        for (column, least) in [(0, 12), (3, 10)] {
            if let Some(column) = table.column_mut(column) {
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
            }
        }
        print(out, &table)?;
    }
    Ok(())
}

/// How many lines of an aspect found what, in one line.
fn summary(comparison: &Comparison, aspect: Aspect) -> String {
    let counts: Vec<String> = comparison
        .counts
        .iter()
        .filter(|(own, ..)| *own == aspect)
        .map(|(_, relation, count)| format!("{} {count}", self::relation(*relation)))
        .collect();
    format!("{}：{}", self::aspect(aspect), counts.join(" · "))
}

fn aspects(comparison: &Comparison) -> Vec<Aspect> {
    let mut aspects: Vec<Aspect> = comparison.counts.iter().map(|(aspect, ..)| *aspect).collect();
    aspects.dedup();
    aspects
}

/// A document in one line.
pub(crate) fn described(document: &ComparedDocument) -> String {
    let year = |year: Option<i32>| year.map_or("未识别".to_owned(), |year| year.to_string());
    let profile = &document.profile;
    format!(
        "{}（文档 {}，结果年度 {}，计划年度 {}）",
        document.name,
        document.id,
        year(profile.result_year),
        year(profile.plan_year)
    )
}

/// A statement with its place.
pub(crate) fn place(statement: &Statement) -> String {
    let section = statement.section.last().map_or("（无标题）", |last| last);
    format!("{} {}\n{}", statement.id, shortened(section, 16), shortened(&statement.quote, 40))
}

/// The difference with its sign and unit. Two shares differ by points.
fn difference(line: &ComparedLine) -> Option<String> {
    match line.difference? {
        none if none.is_zero() => Some("0".to_owned()),
        some => Some(format!("{some:+}{}", difference_unit(line).unwrap_or_default())),
    }
}

fn difference_unit(line: &ComparedLine) -> Option<&str> {
    line.difference?;
    unit_of_difference(line.before.as_ref()?)
}

/// The unit in which something differs from a statement's number.
pub(crate) fn unit_of_difference(statement: &Statement) -> Option<&str> {
    match statement.unit.as_ref()?.as_str() {
        "%" | "％" => Some("个百分点"),
        unit => Some(unit),
    }
}

fn compared_as(compared_as: CompareAs) -> &'static str {
    match compared_as {
        CompareAs::Promises => "承诺对结果",
        CompareAs::Drafts => "前稿对后稿",
    }
}

fn aspect(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Promise => "承诺",
        Aspect::Programme => "目标衔接",
        Aspect::Draft => "文稿改动",
    }
}

fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Kept => "已兑现",
        Relation::Exceeded => "超额兑现",
        Relation::Missed => "未兑现",
        Relation::NotComparable => "不可比",
        Relation::NotMentioned => "未再提及",
        Relation::Raised => "调高",
        Relation::Lowered => "调低",
        Relation::Continued => "延续",
        Relation::Adjusted => "调整",
        Relation::Dropped => "不再列为目标",
        Relation::Number => "数字改动",
        Relation::Strength => "力度改动",
        Relation::Wording => "措辞改动",
        Relation::Unchanged => "未改",
        Relation::Removed => "删去",
        Relation::New => "新增",
    }
}
