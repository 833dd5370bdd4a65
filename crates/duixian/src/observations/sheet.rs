//! Tables of figures in workbooks.

use document::{CellKind, Sheet, SheetCell, address};
use terms::Unit;

use super::rows::{self, COLUMNS, Columns, Rows, UNIT, VALUE, Wrong};
use super::{Fault, Setting, Table};
use crate::collect;

/// The heading stands within so many rows.
const HEADING_WITHIN: u32 = 20;

/// Reads the sheet that is named, else the first that is shown.
pub(super) fn read(bytes: &[u8], name: Option<&str>, setting: Setting<'_>) -> Result<Table, Fault> {
    let sheets = document::sheets(bytes).map_err(|error| Fault(error.to_string()))?;
    let shown = || sheets.iter().filter(|sheet| !sheet.hidden);
    let sheet = shown().find(|sheet| name.is_none_or(|name| sheet.name == name));
    let sheet = sheet.ok_or_else(|| {
        let known: Vec<&str> = shown().map(|sheet| sheet.name.as_str()).collect();
        let known = known.join("、");
        Fault(match name {
            Some(name) => format!("没有工作表“{name}”（应为：{known}）"),
            None => "工作簿里没有可见的工作表".to_owned(),
        })
    })?;
    let (head, columns) = heading(sheet)?;
    let place = |column: usize| columns[column].map_or(0, |place| place as u32);
    let mut rows = Rows::new(setting, columns);
    let mut table = Table {
        observations: Vec::new(),
        lines: Vec::new(),
        faults: Vec::new(),
        sheet: Some((sheet.name.clone(), place(VALUE))),
    };
    let below = sheet.cells.partition_point(|cell| cell.row <= head);
    for cells in sheet.cells[below..].chunk_by(|one, next| one.row == next.row) {
        let Some(row) = cells.first().map(|cell| cell.row) else { continue };
        if cells.iter().all(is_blank) {
            continue;
        }
        match observation(&mut rows, &columns, cells) {
            Ok(observation) => {
                table.observations.push(observation);
                table.lines.push(row.into());
            }
            Err(wrong) => {
                let Wrong { column, said } = wrong;
                // A column that is missing has no cell.
                let cell = match place(column) {
                    0 => format!("第 {row} 行"),
                    column => address(row, column),
                };
                table.faults.push(Fault(format!("工作表“{}”{cell}：{said}", sheet.name)));
            }
        }
    }
    Ok(table)
}

fn is_blank(cell: &SheetCell) -> bool {
    cell.kind == CellKind::Text && cell.text.trim().is_empty()
}

/// The row of the heading and where the columns stand, from 1. What stands above the heading is a title.
fn heading(sheet: &Sheet) -> Result<(u32, Columns), Fault> {
    let mut first = None;
    for row in 1..=HEADING_WITHIN {
        let cells = sheet.row(row).iter().filter(|cell| !is_blank(cell));
        let titles = cells.map(|cell| (cell.column as usize, cell.text.trim()));
        if titles.clone().next().is_none() {
            continue;
        }
        match rows::columns(titles) {
            Ok(columns) => return Ok((row, columns)),
            Err(said) => {
                first.get_or_insert_with(|| format!("工作表“{}”第 {row} 行：{said}", sheet.name));
            }
        }
    }
    Err(Fault(first.unwrap_or_else(|| format!("工作表“{}”是空的（应有表头和数据）", sheet.name))))
}

/// The observation of the cells of a row.
fn observation(
    rows: &mut Rows<'_>,
    columns: &Columns,
    cells: &[SheetCell],
) -> Result<terms::Observation, Wrong> {
    let cell = |place: usize| {
        let found = cells.binary_search_by_key(&place, |cell| cell.column as usize).ok()?;
        cells.get(found)
    };
    let text = |place: usize| cell(place).map_or("", |cell| cell.text.trim());
    for (column, place) in columns.iter().enumerate() {
        if let Some(failed) = place.and_then(cell).filter(|cell| cell.kind == CellKind::Error) {
            let said = format!("{}“{}”（公式出错，应为结果）", COLUMNS[column].1[0], failed.text);
            return Err(Wrong::new(column, said));
        }
    }
    let value = columns[VALUE].and_then(|place| Some((place, cell(place)?)));
    let Some((place, shown)) = value.filter(|(_, cell)| cell.kind == CellKind::Percent) else {
        return rows.observation(text);
    };
    // 6.5% is kept as 0.065, and meant in the unit of the row.
    let unit = columns[UNIT].map_or("", text);
    let unit = match unit {
        "" => rows.indicator(columns[0].map_or("", text))?.0.unit.as_str(),
        unit => unit,
    };
    let value = collect::percent(&shown.text, &Unit::new(unit)).map_err(|expected| {
        Wrong::new(VALUE, format!("数值“{}”是百分数格式（应为{expected}）", shown.text))
    })?;
    let value = value.to_string();
    rows.observation(|asked| if asked == place { value.as_str() } else { text(asked) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Setting<'_> = Setting { catalogue: &[], today: None, ledger: None };
    use crate::{observations, table_text};

    #[test]
    fn damaged_workbooks_are_refused_as_such() {
        for beginning in table_text::WORKBOOKS {
            let read = observations::read(beginning, None, NOTHING);
            assert!(read.is_err());
        }
        let fault = observations::read(b"a,b\n", Some("表"), NOTHING).err().unwrap();
        assert_eq!(fault.to_string(), "不是工作簿，没有工作表“表”（--sheet 只用于 xlsx 和 xls）");
    }
}
