//! The table of a family: a row a period or region, a column an indicator.

use std::path::Path;

use csv::StringRecord;
use methods::composite::Column;
use rust_decimal::Decimal;

use super::composite_file::FamilyFile;
use crate::cli::table_file::{self, HEADS_WITHIN};
use crate::error::Failure;
use crate::table_text;
use crate::time_order;

/// Heads of the column that names the rows.
const ROWS: [&str; 6] = ["period", "region", "unit", "时期", "地区", "单位"];

/// What the table holds, as far as the family asks for it.
pub(super) struct FamilyTable {
    /// The names of the rows, in the order of time where they are periods.
    pub(super) rows: Vec<String>,
    /// The numbers of each index's indicators.
    pub(super) columns: Vec<Vec<Column>>,
    /// Heads of columns that no index uses.
    pub(super) unused: Vec<String>,
}

/// Reads the table; an empty cell is a missing number.
pub(super) fn read(path: &Path, family: &FamilyFile) -> Result<FamilyTable, Failure> {
    let fault = |said: String| Failure::Input(format!("{}：{said}", path.display()));
    let (book, records) = table_file::records(path, &table_file::bytes_of(path, "一张 CSV 表")?)?;
    let is_rows = |head: &str| ROWS.iter().any(|name| head.eq_ignore_ascii_case(name));
    // In a workbook a title may stand above the heads.
    let titled = |(_, record): &(u64, StringRecord)| record.iter().any(is_rows);
    let head = match book {
        true => records.iter().take(HEADS_WITHIN).position(titled).unwrap_or_default(),
        false => 0,
    };
    let Some((line, heads)) = records.get(head) else {
        return Err(fault("没有数据行".to_owned()));
    };
    let wrong_head = |said: String| fault(format!("第 {line} 行：{said}"));
    let names = table_text::place(heads, is_rows).map_err(wrong_head)?.ok_or_else(|| {
        wrong_head(format!("没有写明各行是什么的列（应为 {} 之一）", ROWS.join("、")))
    })?;
    let mut places = Vec::new();
    for index in &family.index {
        let mut row = Vec::new();
        for indicator in &index.indicator {
            let name = indicator.name.as_deref();
            let fits = |head: &str| head == indicator.code || Some(head) == name;
            let place = table_text::place(heads, fits).map_err(wrong_head)?.ok_or_else(|| {
                let name = name.map_or_else(String::new, |name| format!("（{name}）"));
                wrong_head(format!("没有指标 {}{name} 列", indicator.code))
            })?;
            row.push(place);
        }
        places.push(row);
    }
    let used = |place: &usize| *place == names || places.iter().flatten().any(|one| one == place);
    let unused = (0..heads.len()).filter(|place| !used(place));
    let unused: Vec<String> =
        unused.filter_map(|place| heads.get(place)).map(str::to_owned).collect();
    let mut rows: Vec<String> = Vec::new();
    let mut numbers: Vec<Vec<Vec<Option<Decimal>>>> = Vec::new();
    for (line, record) in records.iter().skip(head + 1) {
        let wrong = |said: String| fault(format!("第 {line} 行：{said}"));
        let name = record.get(names).unwrap_or("");
        if name.is_empty() {
            return Err(wrong(format!("{}列为空（应写明）", heads.get(names).unwrap_or(""))));
        }
        if rows.iter().any(|known| known == name) {
            return Err(wrong(format!("“{name}”重复（一行应是一个时期或地区）")));
        }
        rows.push(name.to_owned());
        let cell = |place: &usize| match record.get(*place).unwrap_or("") {
            "" => Ok(None),
            text => Decimal::from_str_exact(text).map(Some).map_err(|_| {
                let head = heads.get(*place).unwrap_or("");
                wrong(format!("{head}“{text}”（应为十进制数，缺数时留空）"))
            }),
        };
        let of_index = |places: &Vec<usize>| places.iter().map(cell).collect::<Result<_, _>>();
        numbers.push(places.iter().map(of_index).collect::<Result<_, _>>()?);
    }
    if rows.is_empty() {
        return Err(fault("没有数据行".to_owned()));
    }
    let mut order: Vec<usize> = (0..rows.len()).collect();
    if let Some(keys) = time_order::keys(&rows) {
        order.sort_by_key(|row| keys.get(*row).copied());
    }
    let column = |index: usize, indicator: usize| -> Column {
        let number = |row: &usize| numbers.get(*row)?.get(index)?.get(indicator).copied()?;
        order.iter().map(number).collect()
    };
    let columns = places.iter().enumerate().map(|(index, places)| {
        (0..places.len()).map(|indicator| column(index, indicator)).collect()
    });
    let columns = columns.collect();
    let rows = order.iter().filter_map(|row| rows.get(*row).cloned()).collect();
    Ok(FamilyTable { rows, columns, unused })
}
