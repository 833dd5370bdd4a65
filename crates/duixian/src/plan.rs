//! Tables of plan objects and of regions: CSV and workbooks to rows, each value with the place where it stands.

use document::{CellKind, SheetCell};
use ledger::PlanChange;
use terms::{FieldKind, PlanField, PlanKind, PlanRef};

use crate::{table_sheet, table_text};

/// The heading stands within so many rows.
const HEADING_WITHIN: usize = 20;

/// A table as it was read.
pub(crate) struct Grid {
    heading: Vec<String>,
    rows: Vec<Row>,
    /// Whether its cells have addresses.
    sheet: bool,
}

/// A row with its number in the file, from 1.
pub(crate) struct Row {
    number: usize,
    cells: Vec<Result<String, &'static str>>,
}

impl Grid {
    /// Reads a CSV file or the first sheet of a workbook that is shown. The heading is the first row with a cell that
    /// bears one of these names.
    pub(crate) fn read(bytes: &[u8], names: &[&str]) -> Result<Grid, String> {
        Grid::headed(bytes, &names.join("、"), |title| names.contains(&title))
    }

    /// The same, where the heading is the first row with a cell that fits; `expected` names the columns.
    pub(crate) fn headed(
        bytes: &[u8],
        expected: &str,
        fits: impl Fn(&str) -> bool,
    ) -> Result<Grid, String> {
        let workbook = table_text::is_workbook(bytes);
        let mut rows = if workbook { sheet(bytes)? } else { csv(bytes)? };
        let text = |cell: &Result<String, _>| cell.as_deref().unwrap_or_default().to_owned();
        let is_named = |row: &Row| row.cells.iter().any(|cell| fits(&text(cell)));
        let Some(head) = rows.iter().take(HEADING_WITHIN).position(is_named) else {
            return Err(format!("没有表头（前 {HEADING_WITHIN} 行内应有 {expected} 列）"));
        };
        let heading = rows[head].cells.iter().map(text).collect();
        let mut rows = rows.split_off(head + 1);
        let blank = |cell: &Result<String, _>| cell.as_ref().is_ok_and(String::is_empty);
        rows.retain(|row| !row.cells.iter().all(blank));
        Ok(Grid { heading, rows, sheet: workbook })
    }

    /// Its rows.
    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The column that bears one of these names.
    pub(crate) fn column(&self, names: &[&str]) -> Option<usize> {
        self.heading
            .iter()
            .position(|title| names.iter().any(|name| title.eq_ignore_ascii_case(name)))
    }

    /// The titles of the columns.
    pub(crate) fn heading(&self) -> &[String] {
        &self.heading
    }

    /// What stands in a column of a row; empty where nothing does.
    pub(crate) fn text<'r>(&self, row: &'r Row, column: Option<usize>) -> Result<&'r str, String> {
        match column.and_then(|column| row.cells.get(column)) {
            None => Ok(""),
            Some(Ok(text)) => Ok(text),
            Some(Err(wrong)) => Err(format!("{}：{wrong}", self.place(row, column))),
        }
    }

    /// Where a value stands.
    pub(crate) fn place(&self, row: &Row, column: Option<usize>) -> String {
        let column = column.and_then(|column| u32::try_from(column + 1).ok());
        match (column, u32::try_from(row.number)) {
            (Some(column), Ok(number)) if self.sheet => document::address(number, column),
            _ => format!("第 {} 行", row.number),
        }
    }
}

fn csv(bytes: &[u8]) -> Result<Vec<Row>, String> {
    let rows = table_text::records(bytes)?.into_iter().map(|(line, record)| Row {
        number: usize::try_from(line).unwrap_or(usize::MAX),
        cells: record.iter().map(|cell| Ok(cell.to_owned())).collect(),
    });
    Ok(rows.collect())
}

fn sheet(bytes: &[u8]) -> Result<Vec<Row>, String> {
    let cell = |cell: &SheetCell| match cell.kind {
        CellKind::Percent => Err("单元格为百分比（应为文字或数字，单位另写）"),
        CellKind::Error => Err("公式没有结果（应为文字或数字）"),
        _ => Ok(cell.text.trim().to_owned()),
    };
    let rows = table_sheet::rows(bytes, &Ok(String::new()), cell)?;
    Ok(rows.into_iter().map(|(number, cells)| Row { number, cells }).collect())
}

/// What the columns of a table of plan objects are called, beside the fields of the kind.
const CODE: &[&str] = &["code", "代码", "编号"];
const PARENT: &[&str] = &["parent", "上级", "上级代码"];
const STATE: &[&str] = &["state", "状态"];
const COMMENT: &[&str] = &["comment", "意见"];

/// A column that holds a field: its place, and the unit of amounts without one.
type Column = (usize, &'static PlanField, Option<String>);

/// A table of plan objects.
pub(crate) struct PlanTable {
    grid: Grid,
    columns: Vec<Column>,
    /// What each row asks for, with the place of the row among the rows.
    pub(crate) changes: Vec<(usize, PlanChange)>,
    /// What cannot be read, with its place.
    pub(crate) faults: Vec<String>,
}

impl PlanTable {
    /// Reads a table of objects of a kind. An empty cell leaves a value as it is. The heading of an amount may name its
    /// unit: `总投资（万元）`.
    pub(crate) fn read(bytes: &[u8], kind: &'static PlanKind) -> Result<PlanTable, String> {
        let grid = Grid::read(bytes, CODE)?;
        let columns = columns(&grid, kind)?;
        let mut table = PlanTable { grid, columns, changes: Vec::new(), faults: Vec::new() };
        for place in 0..table.grid.rows.len() {
            match table.change(&table.grid.rows[place], kind) {
                Ok(change) => table.changes.push((place, change)),
                Err(fault) => table.faults.push(fault),
            }
        }
        Ok(table)
    }

    /// Objects that stand in no table; the place of each is its code.
    pub(crate) fn of(changes: Vec<PlanChange>) -> PlanTable {
        let grid = Grid { heading: Vec::new(), rows: Vec::new(), sheet: false };
        let changes = changes.into_iter().enumerate().collect();
        PlanTable { grid, columns: Vec::new(), changes, faults: Vec::new() }
    }

    /// Where the value of a field stands in a row; the row where the table has no column of that name.
    pub(crate) fn place(&self, row: usize, field: Option<&str>) -> String {
        let column = field.and_then(|name| {
            let named = self.columns.iter().find(|(_, field, _)| field.chinese == name);
            named.map(|(column, ..)| *column).or_else(|| self.grid.column(&[name]))
        });
        match self.grid.rows.get(row) {
            Some(row) => self.grid.place(row, column),
            None => self.changes.get(row).map_or(String::new(), |(_, change)| change.code.clone()),
        }
    }

    fn change(&self, row: &Row, kind: &'static PlanKind) -> Result<PlanChange, String> {
        let text = |names| self.grid.text(row, self.grid.column(names));
        let mut fields = Vec::new();
        for (column, field, unit) in &self.columns {
            let written = self.grid.text(row, Some(*column))?;
            let bare = written.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
            match unit {
                _ if written.is_empty() => {}
                Some(unit) if bare => fields.push((*field, format!("{written}{unit}"))),
                _ => fields.push((*field, written.to_owned())),
            }
        }
        let (parent, state) = (text(PARENT)?, text(STATE)?);
        Ok(PlanChange {
            kind,
            code: text(CODE)?.to_owned(),
            parent: parent_of(kind, parent),
            seen: None,
            fields,
            state: Some(state.to_owned()).filter(|state| !state.is_empty()),
            comment: text(COMMENT)?.to_owned(),
        })
    }
}

/// The object that is written as what an object of a kind stands under: `project:P-1`, or the code alone.
pub(crate) fn parent_of(kind: &PlanKind, written: &str) -> Option<PlanRef> {
    if written.is_empty() {
        return None;
    }
    let first = kind.parents.first().copied().unwrap_or(kind.code);
    Some(written.parse().unwrap_or_else(|_| PlanRef::new(first, written)))
}

fn columns(grid: &Grid, kind: &'static PlanKind) -> Result<Vec<Column>, String> {
    let mut columns: Vec<Column> = Vec::new();
    for (column, title) in grid.heading.iter().enumerate() {
        let own = [CODE, PARENT, STATE, COMMENT].concat();
        if title.is_empty() || own.iter().any(|name| title.eq_ignore_ascii_case(name)) {
            if !title.is_empty() && grid.column(&[title]) != Some(column) {
                return Err(format!("表头：“{title}”列重复（应只有一列）"));
            }
            continue;
        }
        let (name, unit) = match title.split_once(['（', '(']) {
            Some((name, unit)) => (name.trim(), Some(unit.trim_end_matches(['）', ')']).trim())),
            None => (title.as_str(), None),
        };
        let found = kind.field(title).map(|field| (field, None)).or_else(|| {
            let field = kind.field(name)?;
            matches!(field.kind, FieldKind::Amount(_)).then_some((field, unit.map(str::to_owned)))
        });
        let Some((field, unit)) = found else {
            let names: Vec<&str> = kind.fields.iter().map(|field| field.chinese).collect();
            return Err(format!(
                "表头：{}没有“{title}”列（应为代码、上级、状态、意见、{}）",
                kind.chinese,
                names.join("、")
            ));
        };
        if columns.iter().any(|(_, known, _)| known.code == field.code) {
            return Err(format!("表头：“{title}”列重复（{} 应只有一列）", field.chinese));
        }
        columns.push((column, field, unit));
    }
    Ok(columns)
}
