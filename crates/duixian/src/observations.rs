//! Tables of figures as departments send them: CSV to observations, each fault with its line and column.

use std::collections::HashMap;
use std::sync::Arc;

use terms::{
    Amount, Day, Facet, Indicator, InvalidDay, Observation, ObservationStatus, Pool, Region, Unit,
};

/// A fault in a table; its text names line and column, what stands there, and what was expected.
pub(crate) struct Fault(String);

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What was read of a table.
pub(crate) struct Table {
    pub(crate) observations: Vec<Observation>,
    /// The line of each observation in the file, from 1.
    pub(crate) lines: Vec<u64>,
    pub(crate) faults: Vec<Fault>,
}

/// The columns by their fixed names, and what bureaus call them.
const COLUMNS: [(&str, &[&str]); 9] = [
    ("indicator", &["指标", "指标代码", "指标名称"]),
    ("region", &["地区", "地区代码", "行政区划代码"]),
    ("period", &["时期", "报告期"]),
    ("value", &["数值", "值"]),
    ("unit", &["单位", "计量单位"]),
    ("vintage", &["发布日", "发布日期"]),
    ("source", &["来源", "数据来源"]),
    ("note", &["备注", "说明"]),
    ("status", &["状态"]),
];

/// Columns that may be missing.
const OPTIONAL: &[&str] = &["unit", "source", "note", "status"];

/// Reads a table in UTF-8, GB18030 or another encoding of text.
///
/// A figure cannot have become known after `today`.
pub(crate) fn read(
    bytes: &[u8],
    catalogue: &[Indicator],
    today: Option<Day>,
) -> Result<Table, Fault> {
    let text = decoded(bytes)?;
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| broken(&error))?.clone();
    let columns = columns(&header)?;
    let mut rows = Rows::new(catalogue, columns, today);
    let mut table = Table { observations: Vec::new(), lines: Vec::new(), faults: Vec::new() };
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| broken(&error))? {
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(str::is_empty) {
            continue;
        }
        match rows.observation(&record) {
            Ok(observation) => {
                table.observations.push(observation);
                table.lines.push(line);
            }
            Err(fault) => table.faults.push(Fault(format!("第 {line} 行：{fault}"))),
        }
    }
    Ok(table)
}

fn decoded(bytes: &[u8]) -> Result<String, Fault> {
    // The usual case needs no search for the encoding, and no room for every character.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    document::decode(bytes).map_err(|error| Fault(error.to_string()))
}

fn broken(error: &csv::Error) -> Fault {
    let line = error.position().map_or(1, csv::Position::line);
    Fault(format!("第 {line} 行：不是完整的 CSV（{error}）"))
}

/// Where each of [`COLUMNS`] stands.
fn columns(header: &csv::StringRecord) -> Result<[Option<usize>; COLUMNS.len()], Fault> {
    let mut found = [None; COLUMNS.len()];
    for (place, (name, others)) in found.iter_mut().zip(COLUMNS) {
        let mut named = header
            .iter()
            .enumerate()
            .filter(|(_, title)| title.eq_ignore_ascii_case(name) || others.contains(title));
        *place = named.next().map(|(place, _)| place);
        if let Some((_, title)) = named.next() {
            return Err(Fault(format!("第 1 行：“{title}”列重复（{name} 应只有一列）")));
        }
        if place.is_none() && !OPTIONAL.contains(&name) {
            let expected: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
            return Err(Fault(format!(
                "第 1 行：没有 {name}（{}）列（表头应含 {}）",
                others[0],
                expected.join(", ")
            )));
        }
    }
    Ok(found)
}

/// Reads the rows of a table; what repeats is looked up once.
struct Rows<'a> {
    columns: [Option<usize>; COLUMNS.len()],
    catalogue: &'a [Indicator],
    today: Option<Day>,
    /// By what is written: the indicator.
    written: HashMap<Arc<str>, (&'a Indicator, Arc<str>)>,
    /// By the indicator's code and the unit: the facet.
    facets: HashMap<(Arc<str>, Arc<str>), Option<Facet>>,
    regions: HashMap<String, Arc<str>>,
    days: HashMap<String, Day>,
    pool: Pool,
}

impl<'a> Rows<'a> {
    fn new(
        catalogue: &'a [Indicator],
        columns: [Option<usize>; COLUMNS.len()],
        today: Option<Day>,
    ) -> Self {
        Rows {
            columns,
            catalogue,
            today,
            written: HashMap::new(),
            facets: HashMap::new(),
            regions: HashMap::new(),
            days: HashMap::new(),
            pool: Pool::new(),
        }
    }

    fn observation(&mut self, record: &csv::StringRecord) -> Result<Observation, String> {
        let [indicator, region, period, value, unit, vintage, source, note, status] =
            self.columns.map(|place| place.and_then(|place| record.get(place)).unwrap_or(""));
        let (known, code) = self.indicator(indicator)?;
        let region = self.region(region)?;
        let unit = self.pool.share(if unit.is_empty() { &known.unit } else { unit });
        let facet = *self
            .facets
            .entry((Arc::clone(&code), Arc::clone(&unit)))
            .or_insert_with(|| Facet::of(known, &Unit::new(Arc::clone(&unit))));
        let facet = facet.ok_or_else(|| {
            format!(
                "单位“{unit}”不是{}的单位（应为与“{}”同类的单位；增速用 %）",
                known.name, known.unit
            )
        })?;
        let period = period.parse().map_err(|error: terms::InvalidPeriod| error.to_string())?;
        let vintage = self.day(vintage)?;
        let status = status_of(status)?;
        let none = matches!(status, ObservationStatus::Missing | ObservationStatus::Withdrawn);
        let value = match (value, none) {
            ("", true) => None,
            ("", false) => {
                return Err("数值为空（应为数字；确无数据时状态写 missing）".to_owned());
            }
            (value, true) => {
                return Err(format!("数值“{value}”（状态为 {status} 时应为空）"));
            }
            (value, false) => Some(
                value
                    .parse::<Amount>()
                    .map_err(|_| format!("数值“{value}”（应为十进制数，不带千分位和单位）"))?,
            ),
        };
        Ok(Observation {
            indicator: code,
            region,
            facet,
            period,
            vintage,
            value,
            unit: Unit::new(unit),
            status,
            source: self.pool.share(source),
            note: self.pool.share(note),
        })
    }

    fn indicator(&mut self, written: &str) -> Result<(&'a Indicator, Arc<str>), String> {
        if let Some((known, code)) = self.written.get(written) {
            return Ok((known, Arc::clone(code)));
        }
        let Some(known) = Indicator::named(self.catalogue, written) else {
            return Err(format!("指标“{written}”（应为目录中指标的代码或名称）"));
        };
        let code = self.pool.share(&known.code);
        self.written.insert(written.into(), (known, Arc::clone(&code)));
        Ok((known, code))
    }

    fn region(&mut self, written: &str) -> Result<Arc<str>, String> {
        if let Some(code) = self.regions.get(written) {
            return Ok(Arc::clone(code));
        }
        let code = Region::code_of(written).map_err(|error| error.to_string())?;
        let code = self.pool.share(code);
        self.regions.insert(written.to_owned(), Arc::clone(&code));
        Ok(code)
    }

    fn day(&mut self, written: &str) -> Result<Day, String> {
        if let Some(day) = self.days.get(written) {
            return Ok(*day);
        }
        let day: Day = written.parse().map_err(|error: InvalidDay| format!("发布日{error}"))?;
        if let Some(today) = self.today.filter(|today| day > *today) {
            return Err(format!("发布日“{written}”晚于今天（应不晚于 {today}）"));
        }
        self.days.insert(written.to_owned(), day);
        Ok(day)
    }
}

fn status_of(written: &str) -> Result<ObservationStatus, String> {
    Ok(match written {
        "" | "正常" => ObservationStatus::Normal,
        "初步" | "初步核算" => ObservationStatus::Provisional,
        "估计" => ObservationStatus::Estimated,
        "缺失" | "无数据" => ObservationStatus::Missing,
        "撤回" => ObservationStatus::Withdrawn,
        word => word.parse().map_err(|_| {
            let words: Vec<&str> =
                ObservationStatus::ALL.iter().map(|status| status.as_str()).collect();
            format!("状态“{word}”（应为 {}）", words.join("、"))
        })?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Table, String> {
        read(text.as_bytes(), &statement::catalogue(), Day::new(2024, 12, 31))
            .map_err(|fault| fault.to_string())
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
        assert_eq!(table.lines, [2, 3]);
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let Ok(again) = read(&wide, &statement::catalogue(), Day::new(2024, 12, 31)) else {
            panic!()
        };
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
        assert!(read(b"\xFF\xFF\xFF", &[], None).is_err());
    }
}
