//! Where the sun is, and when it rises and sets on that day.

use methods::solar::{Place, extraterrestrial, sun, sun_day};
use publication::grid::Grid;
use serde_json::json;

use super::refused::at;
use super::rounded;
use crate::calculate::{Answer, Refused};
use crate::weather::{moment, offset_of, shown};

/// Tells where the sun is at a place; a time without an offset is `ahead` of UTC.
pub(crate) fn answer(place: &Place, time: &str, ahead: &str) -> Result<Answer, Refused> {
    let offset = offset(ahead)?;
    let (at_time, offset) = time_of(time, offset)?;
    let (found, equation) = sun(place, at_time).map_err(at)?;
    let local = at_time + f64::from(offset);
    let midnight = local.div_euclid(86_400.0) * 86_400.0 - f64::from(offset);
    let day = sun_day(place, midnight).map_err(at)?;
    let clock = |moment: Option<f64>| moment.map(|moment| shown(moment, offset));
    let [rise, set, transit] = [day.rise, day.set, day.transit].map(clock);
    let outside = extraterrestrial(at_time);
    let json = json!({
        "latitude": place.latitude(),
        "longitude": place.longitude(),
        "altitude": place.altitude(),
        "time": shown(at_time, offset),
        "zenith": rounded(found.zenith, 6),
        "apparent_zenith": rounded(found.apparent_zenith, 6),
        "elevation": rounded(90.0 - found.zenith, 6),
        "apparent_elevation": rounded(90.0 - found.apparent_zenith, 6),
        "azimuth": rounded(found.azimuth, 6),
        "equation_of_time": rounded(equation, 6),
        "extraterrestrial_w_m2": rounded(outside, 4),
        "sunrise": rise,
        "sunset": set,
        "transit": transit,
    });
    let none = || "这一天没有".to_owned();
    let [rise, set, transit] = [rise, set, transit].map(|moment| moment.unwrap_or_else(none));
    let heading = vec![
        format!("时刻 {}", shown(at_time, offset)),
        format!(
            "天顶角 {:.4}°（含折射 {:.4}°） · 高度角 {:.4}° · 方位角 {:.4}°（南 180）",
            found.zenith,
            found.apparent_zenith,
            90.0 - found.apparent_zenith,
            found.azimuth
        ),
        format!("时差 {equation:.3} 分 · 大气外法向辐照度 {outside:.1} W/m²"),
        format!("日出 {rise} · 中天 {transit} · 日没 {set}"),
    ];
    Ok(Answer { heading, grid: Grid::default(), closing: Vec::new(), json })
}

/// Seconds of an offset from UTC.
pub(crate) fn offset(written: &str) -> Result<i32, Refused> {
    offset_of(written).ok_or_else(|| {
        let said = format!("与 UTC 的时差“{written}”（应如 +8、+08:00、-5:30）");
        Refused { field: "time", said }
    })
}

/// A moment, and the offset of the clock that it is told by.
fn time_of(written: &str, offset: i32) -> Result<(f64, i32), Refused> {
    let wrong = || {
        let said = format!("时刻“{written}”（应为 ISO 8601，如 2026-06-21T12:00:00+08:00）");
        Refused { field: "time", said }
    };
    let (at, told) = moment(written, offset).ok_or_else(wrong)?;
    if !told {
        return Ok((at, offset));
    }
    // The clock is what the written time is ahead of UTC.
    let bare = |written: &str| {
        let end = written.rfind(['+', '-', 'Z', 'z']).filter(|at| *at > 9);
        end.and_then(|end| moment(&written[..end], 0))
    };
    let ahead = bare(written.trim()).map_or(0.0, |(local, _)| local - at);
    Ok((at, ahead.round() as i32))
}
