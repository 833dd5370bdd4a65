//! Typical years: months of different years, put together to one.

use super::stamp::midnight;
use super::{Header, Record, WeatherFile, finished};

/// The year by which a typical year's sun is computed, without and with a leap day.
const YEARS: (i16, i16) = (2023, 2024);

/// A line of a typical year, by month, day and the number of the hour from 0.
pub(super) struct Dated {
    pub(super) line: u64,
    pub(super) month: i8,
    pub(super) day: i8,
    pub(super) hour: i64,
    pub(super) values: super::Values,
}

/// What a typical year says of itself.
pub(super) struct About {
    pub(super) format: &'static str,
    pub(super) place: Header,
    /// How far the clock is ahead of UTC in hours.
    pub(super) zone: f64,
    /// Hours from the beginning of an hour to the moment of which its light is.
    pub(super) into: f64,
    pub(super) notes: Vec<String>,
}

/// Puts the lines of a typical year in their places.
pub(super) fn assembled(about: About, lines: Vec<Dated>) -> Result<WeatherFile, String> {
    let leap = lines.iter().any(|line| (line.month, line.day) == (2, 29));
    let year = if leap { YEARS.1 } else { YEARS.0 };
    let count = if leap { 8784 } else { 8760 };
    let wrong = |line: u64, said: String| format!("第 {line} 行：{said}");
    let start = midnight(year, 1, 1).unwrap_or(0.0);
    let mut slots: Vec<Option<Record>> = vec![None; count];
    for Dated { line, month, day, hour, values } in lines {
        let date = format!("{month} 月 {day} 日");
        let midnight = midnight(year, month, day)
            .ok_or_else(|| wrong(line, format!("{date}（没有这一天）")))?;
        let at = ((midnight - start) / 3600.0) as i64 + hour;
        let slot = usize::try_from(at).ok().and_then(|at| slots.get_mut(at));
        let slot =
            slot.ok_or_else(|| wrong(line, format!("{date}第 {hour} 小时（不在一年之内）")))?;
        if let Some(before) = slot {
            return Err(wrong(line, format!("{date}的这一小时在第 {} 行已有", before.line)));
        }
        *slot = Some(Record { line, values });
    }
    // A zone such as 5.75 hours is a whole number of minutes.
    let offset = (about.zone * 60.0).round() as i32 * 60;
    let middles = (0..count)
        .map(|hour| start + 3600.0 * (hour as f64 + about.into) - f64::from(offset))
        .collect();
    let mut notes = about.notes;
    if leap {
        notes.push("文件含 2 月 29 日，按 8784 小时计".to_owned());
    }
    finished(about.format, (Some(about.place), Some(offset)), slots, middles, notes)
}

/// A value, unless it is the one by which the format says that there is none, or beyond it.
pub(super) fn unless(value: f64, missing: impl Fn(f64) -> bool) -> Option<f64> {
    (!missing(value)).then_some(value)
}
