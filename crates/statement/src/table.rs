//! Plan tables: indicators in rows; what was planned, what was reached and what is planned next in columns.
//!
//! The heads of a column, read from above, say what stands in it: a name, a unit, or the figures of a year, as a
//! level or as a growth, reported or promised. A cell that holds no number (与经济增长同步) is left alone.

use terms::{Amount, Basis, Cell, Comparator, Direction, Document, Role, Span, Table, Unit};

use crate::lexicon::lexicon;
use crate::numeral::arabic;

/// A figure of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    pub(crate) measure: String,
    pub(crate) value: Amount,
    pub(crate) upper: Option<Amount>,
    pub(crate) unit: Unit,
    pub(crate) comparator: Comparator,
    pub(crate) basis: Basis,
    pub(crate) direction: Option<Direction>,
    pub(crate) role: Role,
    pub(crate) year: Option<i32>,
    /// Its cell in the repaired text, in bytes.
    pub(crate) cell: Span,
    /// Its row in the repaired text, in bytes.
    pub(crate) row: Span,
    pub(crate) why: Vec<String>,
}

/// What stands in a column.
#[derive(Debug, Clone, PartialEq)]
enum Column {
    Name,
    Unit,
    Figures { head: String, year: Option<i32>, role: Role, growth: bool },
    Other,
}

/// The figures of a table, row by row; none where no column is headed as a name of indicators.
pub(crate) fn figures(document: &Document, table: &Table) -> Vec<Figure> {
    let Some(first) = table
        .rows
        .iter()
        .position(|row| row.iter().any(|cell| is_name_head(document.slice(cell.span))))
    else {
        return Vec::new();
    };
    let heads = heads(document, table, first);
    let body = first + heads;
    let columns = columns(document, &table.rows[first..body]);
    let mut found = Vec::new();
    let mut group = String::new();
    for row in &table.rows[body..] {
        row_figures(document, row, &columns, &mut group, &mut found);
    }
    found
}

fn is_name_head(words: &str) -> bool {
    let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    [
        "指标名称",
        "指标",
        "主要指标",
        "项目",
        "指标（单位）",
        "指标(单位)",
        "名称",
        "项目名称",
        "预期目标",
    ]
    .contains(&words.as_str())
}

/// How many rows the heads take: down to the first row with a number in it that is no year.
fn heads(document: &Document, table: &Table, first: usize) -> usize {
    let deep = table.rows[first].iter().map(|cell| cell.rows).max().unwrap_or(1);
    let more = table.rows[first + 1..].iter().take(3).take_while(|row| {
        let words = |cell: &Cell| document.slice(cell.span).to_owned();
        !row.is_empty()
            && row.iter().all(|cell| amount(&words(cell)).is_none())
            && row.iter().any(|cell| is_sub_head(&words(cell)))
    });
    deep.max(1 + more.count()).min(table.rows.len() - first)
}

fn is_sub_head(words: &str) -> bool {
    ["计划", "实际", "完成", "增长", "增速", "预期", "目标", "预计", "执行"]
        .iter()
        .any(|word| words.contains(word))
}

/// What stands in each column, from its heads.
fn columns(document: &Document, heads: &[Vec<Cell>]) -> Vec<Column> {
    let width = heads.iter().flatten().map(|cell| cell.column + cell.columns).max().unwrap_or(0);
    let mut words = vec![String::new(); width];
    for cell in heads.iter().flatten() {
        let head: String = document.slice(cell.span).split_whitespace().collect();
        for column in words.iter_mut().skip(cell.column).take(cell.columns) {
            column.push_str(&head);
        }
    }
    words.into_iter().map(|head| column(document, head)).collect()
}

fn column(document: &Document, head: String) -> Column {
    if is_name_head(&head) {
        return Column::Name;
    }
    if matches!(head.as_str(), "单位" | "计量单位") {
        return Column::Unit;
    }
    let has = |list: &[&str]| list.iter().any(|word| head.contains(word));
    let profile = &document.profile;
    let year = year(&head).or(if has(&["上年", "去年"]) {
        profile.plan_year.map(|year| year - 1)
    } else if has(&["本年", "今年", "预期目标", "计划目标"]) {
        profile.plan_year
    } else {
        None
    });
    let growth = has(&["增长", "增速", "增幅", "±", "同比"]);
    let role = if has(&["实际", "完成", "执行", "实绩"]) && !has(&["预计完成", "计划完成"])
    {
        Role::Result
    } else if has(&["计划", "预期", "目标", "安排"]) {
        Role::Target
    } else if has(&["预计"])
        || (growth && year.is_some_and(|year| Some(year) == profile.result_year))
    {
        Role::Result
    } else if year.is_some() && year == profile.plan_year {
        Role::Target
    } else if year.is_some() || growth {
        Role::Result
    } else {
        return Column::Other;
    };
    if has(&["属性", "备注", "说明", "完成率", "责任"]) {
        return Column::Other;
    }
    Column::Figures { head, year, role, growth }
}

fn year(head: &str) -> Option<i32> {
    let at = head.find('年')?;
    let digits = head.get(at.checked_sub(4)?..at)?;
    digits.parse().ok().filter(|year| (1949..2100).contains(year))
}

fn row_figures(
    document: &Document,
    row: &[Cell],
    columns: &[Column],
    group: &mut String,
    found: &mut Vec<Figure>,
) {
    let of = |kind: &Column| {
        row.iter()
            .find(|cell| columns.get(cell.column) == Some(kind))
            .map(|cell| document.slice(cell.span).trim())
    };
    let (Some(first), Some(last)) = (row.first(), row.last()) else { return };
    let line = Span::new(first.span.start, last.span.end.max(first.span.end));
    let (name, stated) = name_and_unit(of(&Column::Name).unwrap_or_default());
    if name.is_empty() {
        return;
    }
    let unit = of(&Column::Unit)
        .filter(|unit| !unit.is_empty())
        .map(str::to_owned)
        .or(stated)
        .unwrap_or_default();
    let unit = if matches!(unit.as_str(), "—" | "-" | "－") { String::new() } else { unit };
    // 增长 below 地区生产总值 speaks of it.
    let measure = if matches!(name.as_str(), "增长" | "增速" | "增幅" | "增长率") {
        group.clone()
    } else {
        name.clone()
    };
    if measure == name {
        group.clone_from(&name);
    }
    let changing =
        lexicon().change.ends(&name).filter(|(word, _)| word.len() < name.len() || measure != name);
    for cell in row {
        let Some(Column::Figures { head, year, role, growth }) = columns.get(cell.column) else {
            continue;
        };
        let Some(read) = amount(document.slice(cell.span)) else { continue };
        let growth = *growth
            || (changing.is_some() && matches!(unit.as_str(), "%" | "％" | "个百分点" | ""));
        let down = changing.is_some_and(|(_, direction)| direction == Direction::Down);
        let direction =
            growth.then_some(if read.negative || down { Direction::Down } else { Direction::Up });
        let own = if read.percent { "%" } else { unit.as_str() };
        let unit = if growth && own != "个百分点" { "%" } else { own };
        let shown = changing
            .map_or(measure.as_str(), |(word, _)| measure.strip_suffix(word).unwrap_or(&measure));
        found.push(Figure {
            measure: shown.to_owned(),
            value: read.value,
            upper: read.upper,
            unit: Unit::new(unit),
            comparator: read.comparator,
            basis: if growth { Basis::Growth } else { Basis::Level },
            direction,
            role: *role,
            year: *year,
            cell: cell.span,
            row: line,
            why: vec![format!("表格：行“{name}”，列“{head}”"), format!("身份：列名 → {role}")],
        });
    }
}

/// A name without its numbering and marks, and the unit that stands behind it in brackets.
fn name_and_unit(words: &str) -> (String, Option<String>) {
    let words: String = words.split_whitespace().collect();
    let words = words.trim_start_matches(['#', '＃', '*', '△', '▲', '·', '—', '-']);
    let words = words
        .strip_prefix("其中：")
        .or(words.strip_prefix("其中:"))
        .or(words.strip_prefix("其中"))
        .unwrap_or(words);
    let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let words = match words[digits..].chars().next() {
        Some(mark @ ('.' | '．' | '、')) if digits > 0 => &words[digits + mark.len_utf8()..],
        _ => words,
    };
    if let Some(open) = words.rfind(['（', '(']) {
        let inner = words[open..].trim_matches(['（', '(', '）', ')']);
        if Unit::new(inner).dimension() != terms::Dimension::Unknown && !inner.is_empty() {
            return (words[..open].to_owned(), Some(inner.to_owned()));
        }
    }
    (words.to_owned(), None)
}

struct Read {
    value: Amount,
    upper: Option<Amount>,
    comparator: Comparator,
    percent: bool,
    negative: bool,
}

/// The number of a cell: `8%左右`, `≥93`, `5—5.5`, `-3.2`.
fn amount(words: &str) -> Option<Read> {
    let words: String = words.split_whitespace().collect();
    let mut rest = words.as_str();
    let mut comparator = None;
    for (sign, meaning) in [
        ("≥", Comparator::AtLeast),
        (">=", Comparator::AtLeast),
        ("≤", Comparator::AtMost),
        ("<=", Comparator::AtMost),
        (">", Comparator::Above),
        ("＞", Comparator::Above),
        ("<", Comparator::Below),
        ("＜", Comparator::Below),
    ] {
        if let Some(after) = rest.strip_prefix(sign) {
            comparator = Some(meaning);
            rest = after;
            break;
        }
    }
    while let Some((sign, length)) = opening_sign(rest) {
        comparator = comparator.or(Some(sign));
        rest = &rest[length..];
    }
    rest = rest.strip_prefix("增长").or(rest.strip_prefix("控制在")).unwrap_or(rest);
    let falls = rest.strip_prefix("下降");
    let signed = rest.strip_prefix(['-', '－', '−']);
    let negative = falls.or(signed).is_some();
    rest = falls.or(signed).or(rest.strip_prefix('+')).unwrap_or(rest);
    let (value, length) = arabic(rest)?;
    rest = &rest[length..];
    let mut percent = strip_percent(&mut rest);
    let mut upper = None;
    let dash = rest.trim_start_matches(['—', '－', '–', '-', '~', '～', '至']);
    if dash.len() < rest.len()
        && let Some((other, length)) = arabic(dash)
    {
        upper = Some(other);
        rest = &dash[length..];
        percent |= strip_percent(&mut rest);
        comparator = Some(Comparator::Range);
    }
    if let Some((word, sign)) = lexicon().suffixes.begins(rest) {
        comparator = comparator.or(Some(sign));
        rest = &rest[word.len()..];
    }
    // A cell of words that only begins with a number is no figure; a unit behind it is.
    let unit = Unit::prefix(rest).unwrap_or(0);
    let plain = rest[unit..].is_empty() || rest[unit..].starts_with(['（', '(', '*', '以', '左']);
    plain.then_some(Read {
        value,
        upper,
        comparator: comparator.unwrap_or(Comparator::Equal),
        percent,
        negative,
    })
}

fn opening_sign(text: &str) -> Option<(Comparator, usize)> {
    lexicon().comparators.begins(text).map(|(word, sign)| (sign, word.len()))
}

fn strip_percent(rest: &mut &str) -> bool {
    match rest.strip_prefix(['%', '％']) {
        Some(after) => {
            *rest = after;
            true
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use terms::{Block, BlockKind, Part, Profile, Repairs, SourceMap};

    /// A document that is one table; cells parted by `|`, `>n` at a cell's end for columns, `vn` for rows.
    fn table(lines: &[&str]) -> (Document, Table) {
        let mut text = String::new();
        let mut rows = Vec::new();
        let mut taken: Vec<(usize, usize)> = Vec::new();
        for (number, line) in lines.iter().enumerate() {
            let mut row = Vec::new();
            let mut column = 0;
            for cell in line.split('|') {
                while taken.contains(&(number, column)) {
                    column += 1;
                }
                let (words, columns) =
                    cell.split_once('>').map_or((cell, 1), |(w, n)| (w, n.parse().unwrap()));
                let (words, deep) =
                    words.split_once('v').map_or((words, 1), |(w, n)| (w, n.parse().unwrap()));
                let start = text.len();
                text.push_str(words);
                row.push(Cell { span: Span::new(start, text.len()), column, columns, rows: deep });
                text.push('\t');
                for below in 1..deep {
                    taken.extend((column..column + columns).map(|at| (number + below, at)));
                }
                column += columns;
            }
            text.pop();
            text.push('\n');
            rows.push(row);
        }
        let span = Span::new(0, text.len());
        let mut map = SourceMap::new();
        for (at, c) in text.char_indices() {
            map.push(c, Span::new(at, at + c.len_utf8()));
        }
        let document = Document {
            name: "表.txt".to_owned(),
            hash: "00000000".to_owned(),
            size: text.len(),
            encoding: "UTF-8".to_owned(),
            text,
            map,
            repairs: Repairs::new(),
            blocks: vec![Block { kind: BlockKind::Table, level: 0, part: Part::Targets, span }],
            tables: Vec::new(),
            glossary: Vec::new(),
            profile: Profile {
                result_year: Some(2023),
                plan_year: Some(2024),
                ..Profile::default()
            },
            diagnostics: Vec::new(),
        };
        (document, Table { span, rows })
    }

    fn found(lines: &[&str]) -> Vec<String> {
        let (document, table) = table(lines);
        figures(&document, &table)
            .iter()
            .map(|f| {
                let upper = f.upper.as_ref().map(|upper| format!("..{upper}")).unwrap_or_default();
                let year = f.year.unwrap_or_default();
                format!(
                    "{} {}{}{upper}{} {} {} {year}",
                    f.measure, f.comparator, f.value, f.unit, f.basis, f.role
                )
            })
            .collect()
    }

    #[test]
    fn reads_a_plan_table_with_heads_of_two_rows() {
        assert_eq!(
            found(&[
                "指标名称v2|计量单位v2|2023年>3|2024年计划v2|属性v2",
                "计划|实际|增长（%）",
                "1.地区生产总值|亿元|760|748.2|6.1|增长6%左右|预期性",
                "AQI优良率|%|93|96.2||≥93|约束性",
                "居民人均可支配收入增速|%|6|5.9||与经济增长同步|预期性",
            ]),
            [
                "地区生产总值 =760亿元 level target 2023",
                "地区生产总值 =748.2亿元 level result 2023",
                "地区生产总值 =6.1% growth result 2023",
                "地区生产总值 ~6% level target 2024",
                "AQI优良率 =93% level target 2023",
                "AQI优良率 =96.2% level result 2023",
                "AQI优良率 >=93% level target 2024",
                "居民人均可支配收入 =6% growth target 2023",
                "居民人均可支配收入 =5.9% growth result 2023",
            ]
        );
    }

    #[test]
    fn reads_relative_years_ranges_and_falls() {
        assert_eq!(
            found(&[
                "指标|单位|上年实际|本年预期目标",
                "单位GDP能耗降低率|%|2.1|-3.0",
                "出口增长|%|4.9|5—5.5",
                "城镇登记失业率|%|2.4|3.5以内",
            ]),
            [
                "单位GDP能耗 =2.1% growth result 2023",
                "单位GDP能耗 =3.0% growth target 2024",
                "出口 =4.9% growth result 2023",
                "出口 range5..5.5% growth target 2024",
                "城镇登记失业率 =2.4% level result 2023",
                "城镇登记失业率 <=3.5% level target 2024",
            ]
        );
    }

    #[test]
    fn a_table_of_something_else_gives_nothing() {
        assert!(found(&["姓名|电话", "张三|123"]).is_empty());
    }
}
