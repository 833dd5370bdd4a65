//! `duixian solar position`.

use clap::Args;
use methods::solar::Place;

use super::super::output;
use super::Format;
use super::refused::refused;
use crate::calculate::solar::position;
use crate::error::Failure;

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
    let answer = position::answer(&place, &arguments.time, &arguments.utc_offset)?;
    match arguments.format {
        Format::Json => output::json(&answer.json),
        Format::Text => output::answer(&answer),
    }
}
