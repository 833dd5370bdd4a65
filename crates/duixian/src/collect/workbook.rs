//! Reads a form that was made here, filled in, and saved by any spreadsheet program.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use document::{CellKind, Sheet, SheetCell, address};
use publication::form::{
    ENTRY_SHEET, FORMAT_VERSION, MARK, MARK_SHEET, MARKED, MARKED_LINE, READ_COLUMNS, facet_word,
};
use terms::{Facet, Figure, ObservationStatus, Unit, folded_name};

use super::error::quoted;
use super::{CollectError, Fault, Returned, ReturnedLine, figure};

/// The heading stands within so many rows.
const HEADING_WITHIN: u32 = 60;

/// A form has no more lines than this, …
const LINES: usize = 10_000;

/// … an indicator no more rows, …
const ROWS: usize = 20;

/// … and of figures that belong to no line so many are named.
const STRAYS: usize = 100;

/// Reads a filled form. Lines are found by the code of their indicator, wherever they were moved to.
///
/// # Errors
/// [`CollectError`] where the workbook is no form; what is wrong with single cells is in [`Returned::faults`].
pub fn read(bytes: &[u8]) -> Result<Returned, CollectError> {
    let sheets = document::sheets(bytes)?;
    let mark = sheets.iter().find(|sheet| sheet.name.eq_ignore_ascii_case(MARK_SHEET));
    let mark = Mark::read(mark.ok_or(CollectError::NotAForm)?)?;
    let table = Table::find(&sheets)?;
    let mut returned = Returned {
        round: mark.round,
        form: mark.form,
        region: mark.region,
        duty: mark.duty,
        lines: Vec::new(),
        faults: Vec::new(),
    };
    let (mut used, mut reported) = (HashSet::new(), HashSet::new());
    for (at, marked) in mark.lines.iter().enumerate() {
        match table.row_of(marked, at) {
            Ok(row) => {
                used.insert(row);
                match table.line(marked, row) {
                    Ok(line) => returned.lines.push(line),
                    Err(fault) => returned.faults.push(fault),
                }
            }
            Err(fault) => {
                reported.insert(&*marked.indicator);
                returned.faults.push(fault);
            }
        }
    }
    returned.faults.extend(table.strays(&used, &reported));
    Ok(returned)
}

/// What the hidden sheet says.
struct Mark {
    round: String,
    form: String,
    region: Arc<str>,
    duty: i64,
    lines: Vec<MarkedLine>,
}

struct MarkedLine {
    position: u32,
    indicator: Arc<str>,
    facet: Facet,
    unit: Unit,
    row: u32,
    version: Option<u32>,
}

impl Mark {
    fn read(sheet: &Sheet) -> Result<Self, CollectError> {
        if sheet.text(1, 1) != MARK {
            return Err(CollectError::NotAForm);
        }
        let found = sheet.text(1, 2);
        if found != FORMAT_VERSION.to_string() {
            return Err(CollectError::Version { found: quoted(found) });
        }
        let mut values = [""; MARKED.len()];
        for ((row, name), value) in (2..).zip(MARKED).zip(&mut values) {
            if sheet.text(row, 1) != name {
                return Err(bad(row, 1, "原来的名称"));
            }
            *value = sheet.text(row, 2);
            if value.is_empty() {
                return Err(bad(row, 2, "原来的代码"));
            }
        }
        let [round, form, region, duty, _] = values;
        let duty = duty.parse().map_err(|_| bad(5, 2, "填报任务的编号"))?;
        let head = 2 + MARKED.len() as u32;
        for (column, name) in (1..).zip(MARKED_LINE) {
            if sheet.text(head, column) != name {
                return Err(bad(head, column, "原来的列名"));
            }
        }
        let mut lines = Vec::new();
        let last = sheet.cells.last().map_or(0, |cell| cell.row);
        for row in head + 1..=last {
            if sheet.row(row).is_empty() {
                continue;
            }
            if lines.len() >= LINES {
                return Err(bad(row, 1, "空"));
            }
            lines.push(MarkedLine::read(sheet, row)?);
        }
        let mut positions = HashSet::new();
        if let Some(at) = lines.iter().position(|line| !positions.insert(line.position)) {
            return Err(bad(head + 1 + at as u32, 1, "不重复的位置"));
        }
        let (round, form) = (round.to_owned(), form.to_owned());
        Ok(Mark { round, form, region: region.into(), duty, lines })
    }
}

impl MarkedLine {
    fn read(sheet: &Sheet, row: u32) -> Result<Self, CollectError> {
        let text = |column| sheet.text(row, column);
        let version = match text(6) {
            "" => None,
            version => Some(version.parse().map_err(|_| bad(row, 6, "版本号"))?),
        };
        for (column, expected) in [(2, "指标代码"), (4, "计量单位")] {
            if text(column).is_empty() {
                return Err(bad(row, column, expected));
            }
        }
        Ok(MarkedLine {
            position: text(1).parse().map_err(|_| bad(row, 1, "位置"))?,
            indicator: text(2).into(),
            facet: text(3).parse().map_err(|_| bad(row, 3, "level 或 growth"))?,
            unit: Unit::new(text(4)),
            row: text(5).parse().map_err(|_| bad(row, 5, "行号"))?,
            version,
        })
    }
}

fn bad(row: u32, column: u32, expected: &'static str) -> CollectError {
    CollectError::Mark { cell: address(row, column), expected }
}

/// The sheet that was filled in, with its columns in the order of [`READ_COLUMNS`].
struct Table<'a> {
    sheet: &'a Sheet,
    columns: [u32; READ_COLUMNS.len()],
    /// The row of the heading.
    head: u32,
    /// The rows below the heading by the indicator's code.
    rows: HashMap<&'a str, Vec<u32>>,
}

impl<'a> Table<'a> {
    /// The sheet of the name that it was given, else any other that has the heading.
    fn find(sheets: &'a [Sheet]) -> Result<Self, CollectError> {
        let (named, others): (Vec<&Sheet>, Vec<&Sheet>) = sheets
            .iter()
            .filter(|sheet| !sheet.name.eq_ignore_ascii_case(MARK_SHEET))
            .partition(|sheet| sheet.name == ENTRY_SHEET);
        let mut found = named.into_iter().chain(others).filter_map(Table::of);
        found.next().ok_or_else(|| CollectError::NoTable { expected: READ_COLUMNS.to_vec() })
    }

    fn of(sheet: &'a Sheet) -> Option<Self> {
        let (head, columns) = (1..=HEADING_WITHIN).find_map(|row| {
            let heading = |name: &&str| {
                let named = |cell: &&SheetCell| heading(&cell.text) == *name;
                sheet.row(row).iter().find(named).map(|cell| cell.column)
            };
            let columns: Option<Vec<u32>> = READ_COLUMNS.iter().map(heading).collect();
            Some((row, columns?.try_into().ok()?))
        })?;
        let mut table = Table { sheet, columns, head, rows: HashMap::new() };
        for cell in sheet.cells.iter().filter(|cell| cell.row > head && cell.column == columns[6]) {
            table.rows.entry(cell.text.trim()).or_default().push(cell.row);
        }
        Some(table)
    }

    fn fault(&self, row: u32, column: usize, expected: impl Into<String>) -> Fault {
        let place = (row, self.columns[column]);
        Fault {
            sheet: self.sheet.name.clone(),
            cell: address(place.0, place.1),
            found: quoted(self.sheet.text(place.0, place.1)),
            expected: expected.into(),
        }
    }

    /// The row in which a line stands now; `at` is its number in the form, from 0.
    fn row_of(&self, line: &MarkedLine, at: usize) -> Result<u32, Fault> {
        let word = facet_word(line.facet);
        let [serial, facet, ..] = self.columns;
        let rows = self.rows.get(&*line.indicator).into_iter().flatten().copied().take(ROWS);
        let rows: Vec<u32> = rows.filter(|row| self.sheet.text(*row, facet) == word).collect();
        match rows[..] {
            [row] => return Ok(row),
            [] => {
                let expected = format!("指标 {}（{word}）的一行", line.indicator);
                return Err(self.fault(line.row, 6, expected));
            }
            _ => {}
        }
        let number = (at + 1).to_string();
        let numbered: Vec<u32> =
            rows.iter().copied().filter(|row| self.sheet.text(*row, serial) == number).collect();
        match numbered[..] {
            [row] => Ok(row),
            _ => {
                let last = rows.last().copied().unwrap_or(line.row);
                Err(self.fault(last, 6, "每个指标只有一行"))
            }
        }
    }

    fn line(&self, marked: &MarkedLine, row: u32) -> Result<ReturnedLine, Fault> {
        let cell = |column: usize| self.sheet.cell(row, self.columns[column]);
        let unit = &marked.unit;
        if self.sheet.text(row, self.columns[2]) != unit.as_str() {
            return Err(self.fault(row, 2, format!("“{unit}”，单位不能改动")));
        }
        let value = figure::amount(cell(3), unit).map_err(|wrong| self.fault(row, 3, wrong))?;
        let status = figure::status(cell(4)).map_err(|wrong| self.fault(row, 4, wrong))?;
        match (&value, status) {
            (Some(_), ObservationStatus::Missing) => {
                return Err(self.fault(row, 3, "空，因为状态是“无数据”"));
            }
            (None, ObservationStatus::Provisional | ObservationStatus::Estimated) => {
                return Err(self.fault(row, 3, "数字，因为状态是“初步核算”或“估计”"));
            }
            _ => {}
        }
        if cell(5).is_some_and(|cell| cell.kind == CellKind::Error) {
            return Err(self.fault(row, 5, "文字，而不是公式"));
        }
        let note = self.sheet.text(row, self.columns[5]).to_owned();
        Ok(ReturnedLine {
            position: marked.position,
            indicator: Arc::clone(&marked.indicator),
            facet: marked.facet,
            unit: unit.clone(),
            version: marked.version,
            figure: Figure { value, status, note },
            cell: address(row, self.columns[3]),
        })
    }

    /// Figures that stand in rows of no line: they would be lost without a word. Rows of an indicator that has a fault
    /// of its own are not named again.
    fn strays(&self, used: &HashSet<u32>, reported: &HashSet<&str>) -> Vec<Fault> {
        let [.., value, _, _, code] = self.columns;
        let below = self.sheet.cells.iter().filter(|cell| cell.row > self.head);
        below
            .filter(|cell| cell.column == value && !cell.text.trim().is_empty())
            .filter(|cell| !used.contains(&cell.row))
            .filter(|cell| !reported.contains(self.sheet.text(cell.row, code)))
            .take(STRAYS)
            .map(|cell| self.fault(cell.row, 3, "空，因为这一行不是本表的指标"))
            .collect()
    }
}

/// A heading without the period that stands below it.
fn heading(text: &str) -> String {
    folded_name(text.trim().split(['\n', '\r', '（', '(']).next().unwrap_or_default())
}
