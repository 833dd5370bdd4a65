//! Hourly weather as others write it: EPW, TMY3, TMY2, PVGIS's typical year, and a table of one's own.
//!
//! Whatever a file calls its hours by (their end, their start, the minute of a satellite), what is read here names the
//! middle of each hour, or the minute of which its light is. Half an hour wrong moves the yield of a roof that faces
//! east or west by 4 %.

pub(crate) mod climate;
mod epw;
mod gap;
mod pvgis;
mod stamp;
mod table;
mod tmy2;
mod tmy3;
mod typical;

use gap::{Filled, fill};
pub(crate) use stamp::{Stamp, moment, offset_of, shown};

/// What a value of an hour is, in the order in which [`Record`] holds them.
const NAMES: [&str; 5] = ["ghi", "dni", "dhi", "temp", "wind"];

/// The five values of an hour: GHI, DNI, DHI in W/m², temperature in °C, wind in m/s; `None` where the file has none.
type Values = [Option<f64>; 5];

/// A line of a file.
#[derive(Debug, Clone)]
struct Record {
    line: u64,
    values: Values,
}

/// Where a file says that it was measured: latitude, longitude, altitude in metres.
pub(crate) type Header = (f64, f64, f64);

/// A file of hourly weather, without gaps.
#[derive(Debug)]
pub(crate) struct WeatherFile {
    /// How it is written.
    pub(crate) format: &'static str,
    /// Where it was measured, where it says so.
    pub(crate) place: Option<Header>,
    /// How far its clock is ahead of UTC in seconds, where it says so.
    pub(crate) offset: Option<i32>,
    /// The middle of each hour, in seconds since 1970.
    pub(crate) middles: Vec<f64>,
    /// The values of each hour.
    pub(crate) values: Vec<Values>,
    /// What was repaired or taken to be, in Chinese.
    pub(crate) notes: Vec<String>,
}

/// How the own table of a user is to be read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    /// Which moment of the hour its stamps name.
    pub(crate) stamp: Option<Stamp>,
    /// How far its clock is ahead of UTC in seconds, where its stamps do not say so.
    pub(crate) offset: i32,
}

/// Reads a file of hourly weather; says what is wrong with it, and on which line.
pub(crate) fn read(bytes: &[u8], told: Told) -> Result<WeatherFile, String> {
    let text = crate::table_text::decoded(bytes)?;
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let second = lines.next().unwrap_or_default();
    if first.starts_with("LOCATION,") {
        epw::read(&text)
    } else if first.starts_with("Latitude (decimal degrees)") {
        pvgis::read(&text)
    } else if second.starts_with("Date (MM/DD/YYYY)") {
        tmy3::read(&text)
    } else if second.len() > 120 && !second.contains(',') {
        tmy2::read(&text)
    } else {
        table::read(&text, told)
    }
}

/// A number that a file writes, or what is wrong with it.
fn number(line: u64, name: &str, written: &str) -> Result<f64, String> {
    let number = written.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    number.ok_or_else(|| format!("第 {line} 行：{name} 是“{}”（应为数）", written.trim()))
}

/// The hours of a file with its short gaps filled, and what is to be told of it.
fn finished(
    format: &'static str,
    (place, offset): (Option<Header>, Option<i32>),
    slots: Vec<Option<Record>>,
    middles: Vec<f64>,
    mut notes: Vec<String>,
) -> Result<WeatherFile, String> {
    let Filled { values, notes: filled } = fill(slots, &middles, offset.unwrap_or(0))?;
    notes.extend(filled);
    Ok(WeatherFile { format, place, offset, middles, values, notes })
}
