//! A table of one's own: `time, ghi[, dni][, dhi], temp[, wind]`, a line an hour, over a year.

use super::stamp::{Stamp, moment, shown};
use super::{NAMES, Record, Told, WeatherFile, finished, number};
use crate::table_text;

/// The names of the columns, each with what else it may be called.
const TITLES: [&[&str]; 6] = [
    &["time", "时间", "时刻"],
    &["ghi", "总辐射"],
    &["dni", "法向直射"],
    &["dhi", "散射"],
    &["temp", "temp_air", "气温"],
    &["wind", "wind_speed", "风速"],
];

/// Hours of a year, and of a leap year.
const YEAR: [usize; 2] = [8760, 8784];

/// Reads a table of one's own.
pub(super) fn read(text: &str, told: Told) -> Result<WeatherFile, String> {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let heads = reader.headers().map_err(|error| table_text::broken(&error))?.clone();
    let mut places = [None; 6];
    for (place, names) in places.iter_mut().zip(TITLES) {
        let fits = |head: &str| names.iter().any(|name| head.eq_ignore_ascii_case(name));
        *place = table_text::column(&heads, fits)?;
    }
    for needed in [0, 1, 4] {
        if places[needed].is_none() {
            let name = TITLES[needed][0];
            return Err(format!(
                "第 1 行：没有 {name} 列（应为 EPW、TMY3、TMY2、PVGIS-TMY，或含 time、ghi、temp 列的表）"
            ));
        }
    }
    let (mut stamps, mut records) = (Vec::new(), Vec::new());
    let mut own_offset = None;
    for record in reader.records() {
        let record = record.map_err(|error| table_text::broken(&error))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |place: Option<usize>| place.and_then(|at| record.get(at)).unwrap_or_default();
        if record.iter().all(str::is_empty) {
            continue;
        }
        let written = cell(places[0]);
        let (at, named) = moment(written, told.offset).ok_or_else(|| {
            format!("第 {line} 行：时刻“{written}”（应如 2023-01-01 00:30，可带时区 +08:00）")
        })?;
        if own_offset.is_some_and(|before| before != named) {
            return Err(format!("第 {line} 行：时刻“{written}”（应全部带时区，或全部不带）"));
        }
        own_offset = Some(named);
        let mut values = [None; 5];
        for ((value, place), name) in values.iter_mut().zip(&places[1..]).zip(NAMES) {
            let written = cell(*place);
            *value = (!written.is_empty()).then(|| number(line, name, written)).transpose()?;
        }
        stamps.push(at);
        records.push(Record { line, values });
    }
    let stamp = told.stamp.unwrap_or_else(|| of_minutes(&stamps));
    let mut notes = vec![match (stamp, told.stamp) {
        (Stamp::Middle, _) => "时刻为小时中点".to_owned(),
        (_, Some(_)) => format!("时刻为{}，已移到小时中点", stamp.said()),
        (_, None) => {
            format!("时刻作{}（整点；可用 --stamp 改变），已移到小时中点", stamp.said())
        }
    }];
    if own_offset == Some(false) {
        notes.push(format!("时刻未带时区，作 UTC{:+}", f64::from(told.offset) / 3600.0));
    }
    let (slots, first) = placed(&stamps, records, told.offset)?;
    let middle = |slot: usize| first + 3600.0 * slot as f64 + stamp.to_middle();
    let (slots, middles) = without_leap_day(slots, middle, told.offset, &mut notes);
    if !YEAR.contains(&slots.len()) {
        return Err(format!(
            "共 {} 小时，自 {} 至 {}（应为一整年：{} 或 {} 小时）",
            slots.len(),
            shown(first, told.offset),
            shown(stamps.last().copied().unwrap_or(first), told.offset),
            YEAR[0],
            YEAR[1]
        ));
    }
    finished("CSV", (None, Some(told.offset)), slots, middles, notes)
}

/// Half past is the middle of an hour; a full hour is its end, as Chinese stations have it.
fn of_minutes(stamps: &[f64]) -> Stamp {
    let half = stamps.first().is_some_and(|first| (first.rem_euclid(3600.0) - 1800.0).abs() < 1.0);
    if half { Stamp::Middle } else { Stamp::End }
}

/// The lines at their hours, counted from the first, and when that is.
fn placed(
    stamps: &[f64],
    records: Vec<Record>,
    offset: i32,
) -> Result<(Vec<Option<Record>>, f64), String> {
    let Some(first) = stamps.first().copied() else { return Err("没有数据行".to_owned()) };
    let mut slots: Vec<Option<Record>> = Vec::with_capacity(records.len());
    for (at, record) in stamps.iter().zip(records) {
        let line = record.line;
        let hours = (at - first) / 3600.0;
        let wrong = |said: &str| Err(format!("第 {line} 行：{} {said}", shown(*at, offset)));
        if (hours - hours.round()).abs() > 1e-6 {
            return wrong("与第一行相差不是整小时（应每小时一行）");
        }
        let slot = hours.round();
        if slot < slots.len() as f64 {
            return wrong("不在上一行之后（应按时间先后，不重复）");
        }
        if slot >= YEAR[1] as f64 {
            return wrong("在第一行一年以后（应为一整年）");
        }
        slots.resize(slot as usize, None);
        slots.push(Some(record));
    }
    Ok((slots, first))
}

/// A year of which just the leap day is missing is a year without it.
fn without_leap_day(
    slots: Vec<Option<Record>>,
    middle: impl Fn(usize) -> f64,
    offset: i32,
    notes: &mut Vec<String>,
) -> (Vec<Option<Record>>, Vec<f64>) {
    let is_leap_day = |slot: usize| {
        let shown = shown(middle(slot), offset);
        shown.get(5..10) == Some("02-29")
    };
    let missing: Vec<usize> = (0..slots.len()).filter(|slot| slots[*slot].is_none()).collect();
    let leap = missing.len() == 24 && missing.iter().all(|slot| is_leap_day(*slot));
    let kept: Vec<usize> =
        (0..slots.len()).filter(|slot| !leap || slots[*slot].is_some()).collect();
    if leap {
        notes.push("没有 2 月 29 日，按 8760 小时计".to_owned());
    }
    let middles = kept.iter().map(|slot| middle(*slot)).collect();
    let slots = slots.into_iter().filter(|slot| !leap || slot.is_some()).collect();
    (slots, middles)
}
