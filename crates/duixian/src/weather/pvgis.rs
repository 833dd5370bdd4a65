//! The typical year of PVGIS, as CSV: a few lines on the place, the years of the months, then a line an hour in UTC.
//!
//! Source: European Commission, Joint Research Centre, *PVGIS user manual*, section "Typical meteorological year". Light is that of a
//! minute of the hour, which the header tells as "Irradiance Time Offset"; older files have none: the full hour.

use super::typical::{About, Dated, assembled};
use super::{WeatherFile, number};

/// The heads of the columns that are read.
const COLUMNS: [(&str, &str); 5] =
    [("G(h)", "GHI"), ("Gb(n)", "DNI"), ("Gd(h)", "DHI"), ("T2m", "气温"), ("WS10m", "风速")];

/// Reads a typical year of PVGIS.
pub(super) fn read(text: &str) -> Result<WeatherFile, String> {
    let (mut place, mut into) = ([None; 3], None);
    let mut places: Option<[usize; 5]> = None;
    let mut lines = Vec::new();
    for (line, written) in (1_u64..).zip(text.lines()) {
        let Some(columns) = places else {
            let heads = ["Latitude", "Longitude", "Elevation"];
            for (told, head) in place.iter_mut().zip(heads) {
                if written.starts_with(head) {
                    *told = Some(number(line, head, after_colon(written))?);
                }
            }
            if written.starts_with("Irradiance Time Offset") {
                into = Some(number(line, "Irradiance Time Offset", after_colon(written))?);
            }
            if written.starts_with("time(UTC)") {
                places = Some(columns_of(line, written)?);
            }
            continue;
        };
        // Notes follow the hours.
        if !written.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        lines.push(hour(line, written, columns)?);
    }
    let [Some(latitude), Some(longitude), Some(altitude)] = place else {
        return Err("没有 Latitude、Longitude、Elevation 三行（PVGIS 的 TMY 应有）".to_owned());
    };
    if places.is_none() {
        return Err("没有以 time(UTC) 开头的表头（PVGIS 的 TMY 应有）".to_owned());
    }
    let minute = into.unwrap_or(0.0);
    let about = About {
        format: "PVGIS-TMY",
        place: (latitude, longitude, altitude),
        zone: 0.0,
        into: minute,
        notes: vec![format!("时刻为 UTC，辐射为每小时第 {:.0} 分钟的瞬时值", minute * 60.0)],
    };
    let mut file = assembled(about, lines)?;
    // The clock of the file is no clock of the place.
    file.offset = None;
    Ok(file)
}

fn after_colon(written: &str) -> &str {
    written.split_once(':').map_or("", |(_, told)| told)
}

fn columns_of(line: u64, written: &str) -> Result<[usize; 5], String> {
    let heads: Vec<&str> = written.split(',').map(str::trim).collect();
    let mut places = [0; 5];
    for (place, (head, _)) in places.iter_mut().zip(COLUMNS) {
        let found = heads.iter().position(|found| *found == head);
        *place = found.ok_or_else(|| format!("第 {line} 行：没有 {head} 列"))?;
    }
    Ok(places)
}

fn hour(line: u64, written: &str, columns: [usize; 5]) -> Result<Dated, String> {
    let fields: Vec<&str> = written.split(',').collect();
    let stamp = fields[0];
    let part =
        |from: usize, to: usize| stamp.get(from..to).and_then(|part| part.parse::<i8>().ok());
    let (Some(month), Some(day), Some(hour)) = (part(4, 6), part(6, 8), part(9, 11)) else {
        return Err(format!("第 {line} 行：时刻“{stamp}”（应如 20180101:0000）"));
    };
    let mut values = [None; 5];
    for ((value, place), (_, name)) in values.iter_mut().zip(columns).zip(COLUMNS) {
        let written = fields.get(place).copied().unwrap_or_default();
        *value = Some(number(line, name, written)?);
    }
    Ok(Dated { line, month, day, hour: hour.into(), values })
}
