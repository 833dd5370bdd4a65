//! The input sheet: a row a machine, as CSV or in the sheets of a workbook.

use std::path::Path;

use methods::diagnosis::{Field, System, Values};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::words;
use crate::cli::table_file;
use crate::error::Failure;
use crate::table_text;

/// A machine of an enterprise.
pub(super) struct Machine {
    /// Where it stands in the file, in words.
    pub(super) place: String,
    pub(super) enterprise: String,
    pub(super) system: System,
    /// Its name; may be empty.
    pub(super) name: String,
    pub(super) values: Values,
}

/// A table with its heads, and the place of each row.
struct Table {
    /// What stands before the place of a row: nothing, or the name of the sheet.
    name: String,
    heads: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Enterprise,
    System,
    Name,
    Fuel,
    Number(Field),
    Nothing,
}

/// Reads a file; what is wrong with rows is told all at once.
pub(super) fn read(path: &Path) -> Result<(Vec<Machine>, Vec<String>), Failure> {
    let fault = |said: String| Failure::Input(format!("{}：{said}", path.display()));
    let bytes = table_file::bytes_of(path, "一张 CSV 表或 xlsx 工作簿")?;
    let workbook = table_text::is_workbook(&bytes);
    let tables = if workbook { sheets(&bytes) } else { csv_table(&bytes) };
    let (mut machines, mut faults) = (Vec::new(), Vec::new());
    for table in tables.map_err(fault)? {
        // A sheet named after a system needs no column of it.
        let system = words::system(&table.name);
        let columns = columns(&table.heads)
            .map_err(|said| fault(format!("{}第 1 行：{said}", sheet(&table.name))))?;
        let has = |column| columns.contains(&column);
        if !has(Column::Enterprise) || (!has(Column::System) && system.is_none()) {
            if workbook && !has(Column::Enterprise) {
                continue;
            }
            let said = "没有 enterprise（企业）列或 system（系统）列（表头应有这两列）";
            return Err(fault(format!("{}第 1 行：{said}", sheet(&table.name))));
        }
        for (line, cells) in &table.rows {
            let place = format!("{}第 {line} 行", sheet(&table.name));
            match machine(&columns, &table.heads, cells, system) {
                Ok(found) => machines.push(Machine { place, ..found }),
                Err(said) => faults.push(format!("{place}：{said}")),
            }
        }
    }
    if machines.is_empty() && faults.is_empty() {
        return Err(fault(
            "没有数据行（应有 enterprise（企业）、system（系统）列和至少一行）".to_owned(),
        ));
    }
    Ok((machines, faults))
}

fn sheet(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!("表“{name}”") }
}

fn csv_table(bytes: &[u8]) -> Result<Vec<Table>, String> {
    let mut records = table_text::records(bytes)?.into_iter();
    let texts = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
    let heads = records.next().map(|(_, heads)| texts(heads)).unwrap_or_default();
    let rows = records
        .filter(|(_, record)| record.iter().any(|cell| !cell.is_empty()))
        .map(|(line, record)| (line, texts(record)))
        .collect();
    Ok(vec![Table { name: String::new(), heads, rows }])
}

fn sheets(bytes: &[u8]) -> Result<Vec<Table>, String> {
    let sheets = document::sheets(bytes).map_err(|error| error.to_string())?;
    let visible = sheets.iter().filter(|sheet| !sheet.hidden);
    let table = |sheet: &document::Sheet| {
        let last = sheet.cells.last().map_or(0, |cell| cell.row);
        let width = sheet.row(1).last().map_or(0, |cell| cell.column);
        let row = |row: u32| -> Vec<String> {
            (1..=width).map(|column| sheet.text(row, column).trim().to_owned()).collect()
        };
        let rows = (2..=last).map(|number| (u64::from(number), row(number)));
        let rows = rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())).collect();
        Table { name: sheet.name.clone(), heads: row(1), rows }
    };
    Ok(visible.map(table).collect())
}

/// What each head means.
fn columns(heads: &[String]) -> Result<Vec<Column>, String> {
    let mut found: Vec<Column> = Vec::new();
    for head in heads {
        let lower = head.to_ascii_lowercase();
        let column = match lower.as_str() {
            "" | "note" | "备注" => Column::Nothing,
            "enterprise" | "企业" => Column::Enterprise,
            "system" | "系统" => Column::System,
            "machine" | "设备" => Column::Name,
            "fuel" | "燃料" => Column::Fuel,
            _ => words::field(head).map(Column::Number).ok_or_else(|| {
                format!("不认识的列“{head}”（列名见 docs/diagnosis.md，说明可写在“备注”列）")
            })?,
        };
        if column != Column::Nothing && found.contains(&column) {
            return Err(format!("“{head}”列重复（应只有一列）"));
        }
        found.push(column);
    }
    Ok(found)
}

fn machine(
    columns: &[Column],
    heads: &[String],
    cells: &[String],
    mut system: Option<System>,
) -> Result<Machine, String> {
    let (mut enterprise, mut name, mut values) = (String::new(), String::new(), Values::default());
    for ((column, head), cell) in columns.iter().zip(heads).zip(cells) {
        if cell.is_empty() {
            continue;
        }
        match column {
            Column::Enterprise => enterprise.clone_from(cell),
            Column::Name => name.clone_from(cell),
            Column::System => {
                let known = words::system(cell);
                let expected = || format!("系统“{cell}”（应为{}）", words::systems());
                system = Some(known.ok_or_else(expected)?);
            }
            Column::Fuel => {
                let known = words::fuel(cell);
                values
                    .burn(known.ok_or_else(|| format!("燃料“{cell}”（应为{}）", words::fuels()))?);
            }
            Column::Number(field) => {
                let expected = || format!("{head}“{cell}”（应为十进制数，如 0.75 或 75%）");
                values.set(*field, number(*field, cell).ok_or_else(expected)?);
            }
            Column::Nothing => {}
        }
    }
    if enterprise.is_empty() {
        return Err("没有企业（应填写）".to_owned());
    }
    let system = system.ok_or_else(|| format!("没有系统（应为{}）", words::systems()))?;
    Ok(Machine { place: String::new(), enterprise, system, name, values })
}

/// A number as it is typed; with a percent sign a hundredth of it, but for what is counted in percent.
fn number(field: Field, cell: &str) -> Option<f64> {
    let in_percent = matches!(field, Field::Oxygen | Field::OxygenNew);
    let (written, divisor) = match cell.strip_suffix(['%', '％']) {
        Some(share) if in_percent => (share.trim_end(), 1.0),
        Some(share) => (share.trim_end(), 100.0),
        None => (cell, 1.0),
    };
    Some(Decimal::from_str_exact(written).ok()?.to_f64()? / divisor)
}
