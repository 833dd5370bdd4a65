//! Tables of figures as departments send them, CSV or workbooks, to observations; each fault with its place.

mod rows;
mod sheet;
pub(crate) mod statements;

use ledger::Ledger;
use terms::{Day, Indicator, Observation};

use crate::table_text;
use rows::Rows;

/// A fault in a table; its text names the place, what stands there, and what was expected.
pub(crate) struct Fault(String);

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What was read of a table.
pub(crate) struct Table {
    pub(crate) observations: Vec<Observation>,
    pub(crate) faults: Vec<Fault>,
    /// The line or row of each observation, from 1.
    lines: Vec<u64>,
    /// The sheet and its column of values, from 1, if it is one of a workbook.
    sheet: Option<(String, u32)>,
}

impl Table {
    /// Where an observation stands: its line, or the cell of its value.
    pub(crate) fn place(&self, observation: usize) -> String {
        let line = self.lines.get(observation).copied().unwrap_or(0);
        match &self.sheet {
            None => format!("第 {line} 行"),
            Some((name, column)) => {
                let row = u32::try_from(line).unwrap_or(0);
                format!("工作表“{name}”{}", document::address(row, *column))
            }
        }
    }
}

/// What a table is read with.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    /// The indicators.
    pub(crate) catalogue: &'a [Indicator],
    /// A figure cannot have become known after this day.
    pub(crate) today: Option<Day>,
    /// The ledger whose own regions may be named, where there is one.
    pub(crate) ledger: Option<&'a Ledger>,
}

/// Reads a workbook, of it the sheet that is named or else the first that is shown, or a CSV table in UTF-8, GB18030 or
/// another encoding of text.
pub(crate) fn read(
    bytes: &[u8],
    sheet: Option<&str>,
    setting: Setting<'_>,
) -> Result<Table, Fault> {
    if table_text::is_workbook(bytes) {
        return sheet::read(bytes, sheet, setting);
    }
    if let Some(name) = sheet {
        return Err(Fault(format!("不是工作簿，没有工作表“{name}”（--sheet 只用于 xlsx 和 xls）")));
    }
    let text = table_text::decoded(bytes).map_err(Fault)?;
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| Fault(table_text::broken(&error)))?.clone();
    let columns = rows::columns(header.iter().enumerate())
        .map_err(|said| Fault(format!("第 1 行：{said}")))?;
    let mut rows = Rows::new(setting, columns);
    let mut table =
        Table { observations: Vec::new(), lines: Vec::new(), faults: Vec::new(), sheet: None };
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| Fault(table_text::broken(&error)))? {
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(str::is_empty) {
            continue;
        }
        match rows.observation(|place| record.get(place).unwrap_or("")) {
            Ok(observation) => {
                table.observations.push(observation);
                table.lines.push(line);
            }
            Err(wrong) => table.faults.push(Fault(format!("第 {line} 行：{}", wrong.said))),
        }
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use terms::Facet;

    fn read_text(text: &str) -> Result<Table, String> {
        let catalogue = statement::catalogue();
        let today = Day::new(2024, 12, 31);
        let setting = Setting { catalogue: &catalogue, today, ledger: None };
        read(text.as_bytes(), None, setting).map_err(|fault| fault.to_string())
    }

    #[test]
    fn rows_become_observations() {
        let text = "\u{FEFF}指标,地区,时期,数值,单位,发布日,来源,备注\n\
            地区生产总值,330784,2023年,740.10,亿元,2024-01-20,统计公报,\n\
            地区生产总值,浙江省永康市,2024年1—3月,6.5,%,2024/4/20,月报,初步\n\n";
        let table = read_text(text).unwrap();
        assert!(table.faults.is_empty());
        let [level, growth] = &table.observations[..] else { panic!() };
        assert_eq!(level.indicator, growth.indicator);
        assert_eq!((&*level.region, &*growth.region), ("330784", "330784"));
        assert_eq!(level.value.as_ref().unwrap().to_string(), "740.10");
        assert_eq!((level.facet, growth.facet), (Facet::Level, Facet::Growth));
        assert_eq!(growth.period.to_string(), "2024-Q1");
        assert_eq!(growth.vintage, Day::new(2024, 4, 20).unwrap());
        assert_eq!(&*growth.note, "初步");
        assert_eq!([table.place(0), table.place(1)], ["第 2 行", "第 3 行"]);
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let catalogue = statement::catalogue();
        let today = Day::new(2024, 12, 31);
        let setting = Setting { catalogue: &catalogue, today, ledger: None };
        let Ok(again) = read(&wide, None, setting) else { panic!() };
        assert_eq!(again.observations, table.observations);
    }

    #[test]
    fn a_fault_names_its_line_and_what_was_expected() {
        let head = "indicator,region,period,value,unit,vintage,source,note,status\n";
        let good = ["地区生产总值", "330784", "2023", "740", "亿元", "2024-01-20", "", "", ""];
        for (column, bad, message) in [
            (0, "没有的指标", "第 2 行：指标“没有的指标”（应为"),
            (1, "永康", "第 2 行：地区“永康”（应为"),
            (1, "朝阳区", "第 2 行：地区“朝阳区”有"),
            (2, "2023-13", "第 2 行：`2023-13` 不是统计时期"),
            (3, "1,2", "第 2 行：数值“1,2”（应为十进制数"),
            (3, "", "第 2 行：数值为空"),
            (4, "万人", "第 2 行：单位“万人”不是"),
            (5, "2024-02-30", "第 2 行：发布日“2024-02-30”不是日期（应如"),
            (5, "2025-01-01", "第 2 行：发布日“2025-01-01”晚于今天（应不晚于 2024-12-31）"),
            (8, "好", "第 2 行：状态“好”（应为"),
            (8, "missing", "第 2 行：数值“740”（状态为 missing 时应为空）"),
        ] {
            let mut row = good.map(str::to_owned);
            row[column] = format!("\"{bad}\"");
            let table = read_text(&format!("{head}{}\n", row.join(","))).unwrap();
            assert!(table.observations.is_empty());
            let fault = table.faults[0].to_string();
            assert!(fault.starts_with(message), "{fault}");
        }
        let error = read_text("indicator,region\n").err().unwrap();
        assert!(error.starts_with("第 1 行：没有 period（时期）列"), "{error}");
        let twice = head.replace("status", "指标");
        let error = read_text(&twice).err().unwrap();
        assert_eq!(error, "第 1 行：“指标”列重复（indicator 应只有一列）");
        assert!(
            read(b"\xFF\xFF\xFF", None, Setting { catalogue: &[], today: None, ledger: None })
                .is_err()
        );
    }
}
