//! `duixian solar position`.

use clap::Args;
use methods::solar::{Place, extraterrestrial, sun, sun_day};
use serde_json::json;

use super::super::output::Output;
use super::refused::refused;
use super::{Format, rounded};
use crate::error::Failure;
use crate::weather::{moment, offset_of, shown};

/// What `duixian solar position` is told.
#[derive(Debug, Args)]
pub(super) struct Position {
    /// 纬度，北纬为正（latitude）
    #[arg(long, value_name = "纬度", allow_hyphen_values = true, help_heading = "选项")]
    lat: f64,
    /// 经度，东经为正（longitude）
    #[arg(long, value_name = "经度", allow_hyphen_values = true, help_heading = "选项")]
    lon: f64,
    /// 海拔，米，默认 0（altitude）
    #[arg(long, value_name = "米", default_value_t = 0.0, allow_hyphen_values = true)]
    #[arg(hide_default_value = true, help_heading = "选项")]
    altitude: f64,
    /// 时刻，ISO 8601，如 2026-06-21T12:00+08:00；不带时区时按 --utc-offset（time）
    #[arg(long, value_name = "时刻", help_heading = "选项")]
    time: String,
    /// 不带时区的时刻比 UTC 早多少，默认 +8（offset of times without one）
    #[arg(long, value_name = "时差", default_value = "+8", allow_hyphen_values = true)]
    #[arg(hide_default_value = true, help_heading = "选项")]
    utc_offset: String,
    /// 输出格式：text 或 json（output format）
    #[arg(long, value_name = "格式", default_value = "text", hide_default_value = true)]
    #[arg(help_heading = "选项")]
    format: Format,
}

/// Tells where the sun is, and when it rises and sets on that day.
pub(super) fn run(arguments: &Position) -> Result<(), Failure> {
    let place = Place::new(arguments.lat, arguments.lon, arguments.altitude).map_err(refused)?;
    let offset = offset(&arguments.utc_offset)?;
    let (at, offset) = time_of(&arguments.time, offset)?;
    let (found, equation) = sun(&place, at).map_err(refused)?;
    let local = at + f64::from(offset);
    let midnight = local.div_euclid(86_400.0) * 86_400.0 - f64::from(offset);
    let day = sun_day(&place, midnight).map_err(refused)?;
    let clock = |moment: Option<f64>| moment.map(|moment| shown(moment, offset));
    let [rise, set, transit] = [day.rise, day.set, day.transit].map(clock);
    let outside = extraterrestrial(at);
    Output::Standard.write(|out| match arguments.format {
        Format::Json => writeln!(
            out,
            "{:#}",
            json!({
                "latitude": place.latitude(),
                "longitude": place.longitude(),
                "altitude": place.altitude(),
                "time": shown(at, offset),
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
            })
        ),
        Format::Text => {
            let none = || "这一天没有".to_owned();
            writeln!(out, "时刻 {}", shown(at, offset))?;
            writeln!(
                out,
                "天顶角 {:.4}°（含折射 {:.4}°） · 高度角 {:.4}° · 方位角 {:.4}°（南 180）",
                found.zenith,
                found.apparent_zenith,
                90.0 - found.apparent_zenith,
                found.azimuth
            )?;
            writeln!(out, "时差 {equation:.3} 分 · 大气外法向辐照度 {outside:.1} W/m²")?;
            let [rise, set, transit] =
                [rise, set, transit].map(|moment| moment.unwrap_or_else(none));
            writeln!(out, "日出 {rise} · 中天 {transit} · 日没 {set}")
        }
    })
}

/// Seconds of an offset from UTC.
pub(super) fn offset(written: &str) -> Result<i32, Failure> {
    offset_of(written).ok_or_else(|| {
        Failure::Input(format!("与 UTC 的时差“{written}”（应如 +8、+08:00、-5:30）"))
    })
}

/// A moment, and the offset of the clock that it is told by.
fn time_of(written: &str, offset: i32) -> Result<(f64, i32), Failure> {
    let wrong = || {
        Failure::Input(format!("时刻“{written}”（应为 ISO 8601，如 2026-06-21T12:00:00+08:00）"))
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
