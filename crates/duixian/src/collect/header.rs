//! The heading of a department's own form: which column names the indicators, and which hold their figures.

use std::collections::HashSet;

use document::{Sheet, SheetCell};
use terms::folded_name;

/// The heading begins within so many rows.
const WITHIN: u32 = 40;

/// How many columns of a heading are looked at.
const WIDEST: usize = 200;

/// How many rows a heading has at most.
const DEEPEST: u32 = 4;

const NAMES: &[&str] = &["指标", "指标名称", "主要指标", "统计指标", "项目", "项目名称"];
const UNITS: &[&str] = &["单位", "计量单位"];

/// Words of columns that hold neither the value nor its growth.
const OTHERS: &[&str] = &[
    "计划",
    "目标",
    "预期",
    "进度",
    "完成率",
    "环比",
    "占",
    "比重",
    "排名",
    "位次",
    "备注",
    "代码",
];
const EARLIER: &[&str] = &["上年", "去年", "上期", "上月", "同期"];
const GROWTHS: &[&str] = &["同比", "增长", "增速", "增幅", "增减", "±"];
const CURRENT: &[&str] = &["本期", "本年", "实际", "完成", "绝对值", "绝对量", "总量", "数值"];

/// Over how many months a column reaches, as far as its heading says; the first is the one that is wanted most, for
/// it is how Chinese statistics are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    Cumulative,
    Unsaid,
    Month,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Level(Reach),
    Growth(Reach),
    Other,
}

/// A heading and the columns that were chosen by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// The last row of the heading.
    pub(super) bottom: u32,
    /// The first row of the heading.
    pub(super) top: u32,
    /// The column of the names.
    pub(super) name: u32,
    /// The column of the units, if there is one.
    pub(super) unit: Option<u32>,
    /// The column of the values.
    pub(super) level: u32,
    /// The column of their growth and whether it says that it counts percentage points.
    pub(super) growth: Option<(u32, bool)>,
    /// Columns that could have been chosen too: number and heading.
    pub(super) unused: Vec<(u32, String)>,
}

/// Finds the heading of a sheet.
pub(super) fn find(sheet: &Sheet) -> Option<Header> {
    let last = sheet.cells.last().map_or(0, |cell| cell.row).min(WITHIN);
    (1..=last).find_map(|row| at(sheet, row))
}

fn at(sheet: &Sheet, top: u32) -> Option<Header> {
    let titled = |words: &[&str]| {
        let found = sheet.row(top).iter().find(|cell| words.contains(&&*folded_name(&cell.text)));
        found.map(|cell| cell.column)
    };
    let name = titled(NAMES)?;
    let unit = titled(UNITS);
    let bottom = bottom(sheet, top, name);
    let mut columns: Vec<u32> =
        (top..=bottom).flat_map(|row| sheet.row(row)).map(|cell| cell.column).collect();
    columns.extend(spanned(sheet, top, bottom));
    columns.retain(|column| *column > name && Some(*column) != unit);
    columns.sort_unstable();
    columns.dedup();
    columns.truncate(WIDEST);
    let headed: Vec<(u32, String, Column)> = columns
        .into_iter()
        .map(|column| (column, heading(sheet, top, bottom, column)))
        .map(|(column, text)| (column, text.clone(), kind(&text)))
        .collect();
    let levels = headed.iter().filter_map(|(column, _, kind)| match kind {
        Column::Level(reach) => Some((*reach, *column)),
        _ => None,
    });
    let (reach, level) = levels.min()?;
    let growths = headed.iter().filter_map(|(column, text, kind)| match kind {
        Column::Growth(own) => {
            Some((*own != reach, *column < level, column.abs_diff(level), *column, text))
        }
        _ => None,
    });
    let growth = growths.min().map(|(.., column, text)| (column, text.contains("百分点")));
    let unused = headed
        .iter()
        .filter(|(column, _, kind)| {
            *kind != Column::Other
                && *column != level
                && growth.is_none_or(|(own, _)| own != *column)
        })
        .map(|(column, text, _)| (*column, text.clone()))
        .collect();
    Some(Header { top, bottom, name, unit, level, growth, unused })
}

/// The columns of merged cells of the heading.
fn spanned(sheet: &Sheet, top: u32, bottom: u32) -> impl Iterator<Item = u32> {
    let areas = sheet.merged.iter().filter(move |area| area.top >= top && area.bottom <= bottom);
    areas.flat_map(|area| (area.left..=area.right).take(WIDEST))
}

/// The last row of a heading: where the cell of the names ends, or a row below it that has headings of its own.
fn bottom(sheet: &Sheet, top: u32, name: u32) -> u32 {
    let area = sheet.merged.iter().find(|area| (area.top, area.left) == (top, name));
    let merged = area.map_or(top, |area| area.bottom.min(top + DEEPEST - 1));
    let below = sheet.row(merged + 1);
    let is_heading =
        |cell: &SheetCell| cell.column > name && kind(&folded_name(&cell.text)) != Column::Other;
    let empty = sheet.text(merged + 1, name).is_empty();
    if empty && below.iter().any(is_heading) { merged + 1 } else { merged }
}

/// The headings of a column from top to bottom, folded.
fn heading(sheet: &Sheet, top: u32, bottom: u32, column: u32) -> String {
    let mut seen = HashSet::new();
    let origins = (top..=bottom).map(|row| sheet.origin(row, column));
    let fresh = origins.filter(|place| seen.insert(*place));
    fresh.map(|(row, column)| folded_name(sheet.text(row, column))).collect()
}

/// What the folded heading of a column says that it holds.
fn kind(heading: &str) -> Column {
    let has = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    let reach = reach(heading);
    // 比上年同期增长 is a growth; 上年同期 and 上年增速 are of another year.
    let of_before = EARLIER.iter().any(|word| heading.starts_with(word));
    if of_before || has(OTHERS) {
        Column::Other
    } else if has(GROWTHS) {
        Column::Growth(reach)
    } else if has(EARLIER) {
        Column::Other
    } else if reach != Reach::Unsaid || has(CURRENT) {
        Column::Level(reach)
    } else {
        Column::Other
    }
}

fn reach(heading: &str) -> Reach {
    let months = heading.split('月').next().filter(|before| before.len() < heading.len());
    let ends_in_digit = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
    if heading.contains("累计") {
        return Reach::Cumulative;
    }
    match months {
        _ if heading.contains("当月") || heading.contains("本月") => Reach::Month,
        Some(before) if ends_in_digit(before) => {
            let number = before.trim_end_matches(|c: char| c.is_ascii_digit());
            if number.ends_with(['-', '—', '–', '~', '至', '到']) {
                Reach::Cumulative
            } else {
                Reach::Month
            }
        }
        _ => Reach::Unsaid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_what_a_column_holds() {
        use Column::{Growth, Level, Other};
        for (heading, expected) in [
            ("本期", Level(Reach::Unsaid)),
            ("本月", Level(Reach::Month)),
            ("9月", Level(Reach::Month)),
            ("1-9月", Level(Reach::Cumulative)),
            ("1—9月累计", Level(Reach::Cumulative)),
            ("本年累计绝对值", Level(Reach::Cumulative)),
            ("1-9月累计同比±%", Growth(Reach::Cumulative)),
            ("比上年同期增长(%)", Growth(Reach::Unsaid)),
            ("增速", Growth(Reach::Unsaid)),
            ("当月同比", Growth(Reach::Month)),
            ("上年同期", Other),
            ("上年同期累计", Other),
            ("去年1-9月", Other),
            ("全年目标", Other),
            ("完成目标进度", Other),
            ("环比增长", Other),
            ("占全市比重", Other),
            ("备注", Other),
            ("序号", Other),
        ] {
            assert_eq!(kind(&folded_name(heading)), expected, "{heading}");
        }
    }
}
