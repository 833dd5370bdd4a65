//! What the columns of a table of figures are called, and what a row of them says, whatever file it came in.

use std::collections::HashMap;
use std::sync::Arc;

use terms::{
    Amount, Day, Facet, Indicator, InvalidDay, Observation, ObservationStatus, Pool, Unit,
};

use super::Setting;
use crate::entered;

/// The columns by their fixed names, and what bureaus call them.
pub(super) const COLUMNS: [(&str, &[&str]); 9] = [
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

/// The numbers of [`COLUMNS`].
const INDICATOR: usize = 0;
const REGION: usize = 1;
const PERIOD: usize = 2;
pub(super) const VALUE: usize = 3;
pub(super) const UNIT: usize = 4;
const VINTAGE: usize = 5;
const STATUS: usize = 8;

/// Where each of [`COLUMNS`] stands.
pub(super) type Columns = [Option<usize>; COLUMNS.len()];

/// What is wrong with a row.
pub(super) struct Wrong {
    /// The number of the column at fault among [`COLUMNS`].
    pub(super) column: usize,
    /// What stands there, and what was expected.
    pub(super) said: String,
}

impl Wrong {
    pub(super) fn new(column: usize, said: String) -> Self {
        Wrong { column, said }
    }
}

/// Finds the columns in a heading of places and titles.
///
/// # Errors
/// What is wrong with the heading, and what was expected.
pub(super) fn columns<'t>(
    header: impl Iterator<Item = (usize, &'t str)> + Clone,
) -> Result<Columns, String> {
    let mut found = [None; COLUMNS.len()];
    for (place, (name, others)) in found.iter_mut().zip(COLUMNS) {
        let mut named = header
            .clone()
            .filter(|(_, title)| title.eq_ignore_ascii_case(name) || others.contains(title));
        *place = named.next().map(|(place, _)| place);
        if let Some((_, title)) = named.next() {
            return Err(format!("“{title}”列重复（{name} 应只有一列）"));
        }
        if place.is_none() && !OPTIONAL.contains(&name) {
            let expected: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
            return Err(format!(
                "没有 {name}（{}）列（表头应含 {}）",
                others[0],
                expected.join(", ")
            ));
        }
    }
    Ok(found)
}

/// Reads the rows of a table; what repeats is looked up once.
pub(super) struct Rows<'a> {
    columns: Columns,
    setting: Setting<'a>,
    /// By what is written: the indicator.
    written: HashMap<Arc<str>, (&'a Indicator, Arc<str>)>,
    /// By the indicator's code and the unit: the facet.
    facets: HashMap<(Arc<str>, Arc<str>), Option<Facet>>,
    regions: HashMap<String, Arc<str>>,
    days: HashMap<String, Day>,
    pool: Pool,
}

impl<'a> Rows<'a> {
    pub(super) fn new(setting: Setting<'a>, columns: Columns) -> Self {
        Rows {
            columns,
            setting,
            written: HashMap::new(),
            facets: HashMap::new(),
            regions: HashMap::new(),
            days: HashMap::new(),
            pool: Pool::new(),
        }
    }

    /// The observation of a row; `cell` gives the text of a place in it, without white space around it.
    pub(super) fn observation<'r>(
        &mut self,
        cell: impl Fn(usize) -> &'r str,
    ) -> Result<Observation, Wrong> {
        let [indicator, region, period, value, unit, vintage, source, note, status] =
            self.columns.map(|place| place.map_or("", &cell));
        let (known, code) = self.indicator(indicator)?;
        let region = self.region(region)?;
        let unit = self.pool.share(if unit.is_empty() { &known.unit } else { unit });
        let facet = *self
            .facets
            .entry((Arc::clone(&code), Arc::clone(&unit)))
            .or_insert_with(|| Facet::of(known, &Unit::new(Arc::clone(&unit))));
        let facet = facet.ok_or_else(|| {
            let said = format!(
                "单位“{unit}”不是{}的单位（应为与“{}”同类的单位；增速用 %）",
                known.name, known.unit
            );
            Wrong::new(UNIT, said)
        })?;
        let period = period
            .parse()
            .map_err(|error: terms::InvalidPeriod| Wrong::new(PERIOD, error.to_string()))?;
        let vintage = self.day(vintage)?;
        let status = status_of(status)?;
        let none = matches!(status, ObservationStatus::Missing | ObservationStatus::Withdrawn);
        let value = match (value, none) {
            ("", true) => None,
            ("", false) => {
                let said = "数值为空（应为数字；确无数据时状态写 missing）";
                return Err(Wrong::new(VALUE, said.to_owned()));
            }
            (value, true) => {
                let said = format!("数值“{value}”（状态为 {status} 时应为空）");
                return Err(Wrong::new(VALUE, said));
            }
            (value, false) => Some(value.parse::<Amount>().map_err(|_| {
                Wrong::new(VALUE, format!("数值“{value}”（应为十进制数，不带千分位和单位）"))
            })?),
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

    /// The indicator that is written so, and its code.
    pub(super) fn indicator(&mut self, written: &str) -> Result<(&'a Indicator, Arc<str>), Wrong> {
        if let Some((known, code)) = self.written.get(written) {
            return Ok((known, Arc::clone(code)));
        }
        let Some(known) = Indicator::named(self.setting.catalogue, written) else {
            let said = format!("指标“{written}”（应为目录中指标的代码或名称）");
            return Err(Wrong::new(INDICATOR, said));
        };
        let code = self.pool.share(&known.code);
        self.written.insert(written.into(), (known, Arc::clone(&code)));
        Ok((known, code))
    }

    fn region(&mut self, written: &str) -> Result<Arc<str>, Wrong> {
        if let Some(code) = self.regions.get(written) {
            return Ok(Arc::clone(code));
        }
        let code = entered::region(written, self.setting.ledger);
        let code = code.map_err(|said| Wrong::new(REGION, said))?;
        let code = self.pool.share(&code);
        self.regions.insert(written.to_owned(), Arc::clone(&code));
        Ok(code)
    }

    fn day(&mut self, written: &str) -> Result<Day, Wrong> {
        if let Some(day) = self.days.get(written) {
            return Ok(*day);
        }
        let day: Day = written
            .parse()
            .map_err(|error: InvalidDay| Wrong::new(VINTAGE, format!("发布日{error}")))?;
        if let Some(today) = self.setting.today.filter(|today| day > *today) {
            let said = format!("发布日“{written}”晚于今天（应不晚于 {today}）");
            return Err(Wrong::new(VINTAGE, said));
        }
        self.days.insert(written.to_owned(), day);
        Ok(day)
    }
}

fn status_of(written: &str) -> Result<ObservationStatus, Wrong> {
    entered::status(written).ok_or_else(|| {
        let words: Vec<&str> =
            ObservationStatus::ALL.iter().map(|status| status.as_str()).collect();
        Wrong::new(STATUS, format!("状态“{written}”（应为 {}）", words.join("、")))
    })
}
