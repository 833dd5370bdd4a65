//! EnergyPlus weather: eight lines of header, then 35 columns an hour.
//!
//! Source: EnergyPlus, *Auxiliary Programs*, "EnergyPlus Weather File (EPW) Data Dictionary". Hours are 1 to 24 and named by
//! their end.

use super::typical::{About, Dated, assembled, unless};
use super::{WeatherFile, number};

/// Lines of the header.
const HEADER: usize = 8;

/// Reads a file of EnergyPlus.
pub(super) fn read(text: &str) -> Result<WeatherFile, String> {
    let mut head: Vec<&str> = Vec::new();
    let mut lines = Vec::new();
    let mut minute = None;
    let mut notes = vec!["时刻为小时结束，已移到小时中点".to_owned()];
    for (line, written) in (1_u64..).zip(text.lines()) {
        let fields: Vec<&str> = written.split(',').collect();
        if line == 1 {
            head = fields;
            continue;
        }
        if line <= HEADER as u64 {
            // PVGIS tells here by how much its light is not that of the hour's end. Its first hour is that of UTC, whatever
            // zone it names.
            if let Some((_, told)) = written.split_once("Irradiance Time Offset (h):") {
                let into = 1.0 + number(line, "Irradiance Time Offset", told)?;
                notes = vec![format!(
                    "PVGIS 的 EPW：时刻实为 UTC，辐射为每小时第 {:.0} 分钟的瞬时值",
                    into * 60.0
                )];
                minute = Some(into);
            }
            continue;
        }
        if written.trim().is_empty() {
            continue;
        }
        if fields.len() < 22 {
            return Err(format!("第 {line} 行：只有 {} 列（EPW 应有 35 列）", fields.len()));
        }
        let value = |column: usize, name: &str| number(line, name, fields[column]);
        let whole = |column: usize, name: &str| value(column, name).map(|value| value as i64);
        let (month, day, hour) = (whole(1, "月")?, whole(2, "日")?, whole(3, "时")?);
        if !(1..=24).contains(&hour) {
            return Err(format!("第 {line} 行：第 {hour} 时（应为 1 至 24）"));
        }
        let light = |value: f64| unless(value, |value| value >= 9999.0);
        lines.push(Dated {
            line,
            month: i8::try_from(month).unwrap_or(0),
            day: i8::try_from(day).unwrap_or(0),
            hour: hour - 1,
            values: [
                light(value(13, "GHI")?),
                light(value(14, "DNI")?),
                light(value(15, "DHI")?),
                unless(value(6, "气温")?, |value| value >= 99.9),
                unless(value(21, "风速")?, |value| value >= 999.0),
            ],
        });
    }
    if head.len() < 10 {
        return Err(format!("第 1 行：LOCATION 只有 {} 项（应有 10 项）", head.len()));
    }
    let told = |column: usize, name: &str| number(1, name, head[column]);
    let about = About {
        format: "EPW",
        place: (told(6, "纬度")?, told(7, "经度")?, told(9, "海拔")?),
        zone: if minute.is_some() { 0.0 } else { told(8, "时区")? },
        into: minute.unwrap_or(0.5),
        notes,
    };
    let mut file = assembled(about, lines)?;
    if minute.is_some() {
        file.offset = None;
    }
    Ok(file)
}
