//! `duixian air aqi`: the index of a day or an hour.

use clap::{Args, ValueEnum};
use rust_decimal::Decimal;
use terms::Day;

use super::super::output;
use super::{Rules, concentration};
use crate::calculate::air::{self, Asked};
use crate::error::Failure;

/// What `duixian air aqi` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 日期，决定用哪一版标准（day, which decides the standard）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    date: Option<Day>,
    #[command(flatten)]
    rules: Rules,
    #[command(flatten)]
    day: DayValues,
    #[command(flatten)]
    hour: HourValues,
    /// 输出格式：text 或 json（output format）
    #[arg(long, value_name = "格式", default_value = "text", hide_default_value = true)]
    #[arg(hide_possible_values = true, help_heading = "选项")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Debug, Args)]
struct DayValues {
    /// PM2.5 24 小时平均，µg/m³（PM2.5, 24 h）
    #[arg(long, value_name = "浓度", help_heading = "日报", value_parser = value)]
    #[arg(allow_negative_numbers = true)]
    pm25: Option<Decimal>,
    /// PM10 24 小时平均，µg/m³（PM10, 24 h）
    #[arg(long, value_name = "浓度", help_heading = "日报", value_parser = value)]
    #[arg(allow_negative_numbers = true)]
    pm10: Option<Decimal>,
    /// SO2 24 小时平均，µg/m³（sulphur dioxide, 24 h）
    #[arg(long, value_name = "浓度", help_heading = "日报", value_parser = value)]
    #[arg(allow_negative_numbers = true)]
    so2: Option<Decimal>,
    /// NO2 24 小时平均，µg/m³（nitrogen dioxide, 24 h）
    #[arg(long, value_name = "浓度", help_heading = "日报", value_parser = value)]
    #[arg(allow_negative_numbers = true)]
    no2: Option<Decimal>,
    /// CO 24 小时平均，mg/m³（carbon monoxide, 24 h, in mg）
    #[arg(long, value_name = "浓度", help_heading = "日报", value_parser = value)]
    #[arg(allow_negative_numbers = true)]
    co: Option<Decimal>,
    /// O3 日最大 8 小时平均，µg/m³（ozone, highest 8 h）
    #[arg(long, value_name = "浓度", help_heading = "日报", value_parser = value)]
    #[arg(allow_negative_numbers = true)]
    o3_8h: Option<Decimal>,
}

#[derive(Debug, Args)]
struct HourValues {
    /// O3 1 小时平均，日报中为日最大值，µg/m³（ozone, 1 h）
    #[arg(long, value_name = "浓度", help_heading = "实时报", value_parser = value)]
    #[arg(allow_negative_numbers = true)]
    o3_1h: Option<Decimal>,
    /// PM2.5 1 小时平均，µg/m³（PM2.5, 1 h）
    #[arg(long, value_name = "浓度", help_heading = "实时报", value_parser = value)]
    #[arg(allow_negative_numbers = true)]
    pm25_1h: Option<Decimal>,
    /// PM10 1 小时平均，µg/m³（PM10, 1 h）
    #[arg(long, value_name = "浓度", help_heading = "实时报", value_parser = value)]
    #[arg(allow_negative_numbers = true)]
    pm10_1h: Option<Decimal>,
    /// SO2 1 小时平均，µg/m³（sulphur dioxide, 1 h）
    #[arg(long, value_name = "浓度", help_heading = "实时报", value_parser = value)]
    #[arg(allow_negative_numbers = true)]
    so2_1h: Option<Decimal>,
    /// NO2 1 小时平均，µg/m³（nitrogen dioxide, 1 h）
    #[arg(long, value_name = "浓度", help_heading = "实时报", value_parser = value)]
    #[arg(allow_negative_numbers = true)]
    no2_1h: Option<Decimal>,
    /// CO 1 小时平均，mg/m³（carbon monoxide, 1 h, in mg）
    #[arg(long, value_name = "浓度", help_heading = "实时报", value_parser = value)]
    #[arg(allow_negative_numbers = true)]
    co_1h: Option<Decimal>,
}

fn value(written: &str) -> Result<Decimal, String> {
    concentration(written).ok_or_else(|| "应为十进制数".to_owned())
}

/// Computes the index of what is given.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Arguments { day, hour, .. } = arguments;
    let values = [
        day.pm25,
        day.pm10,
        day.so2,
        day.no2,
        day.co,
        day.o3_8h,
        hour.pm25_1h,
        hour.pm10_1h,
        hour.so2_1h,
        hour.no2_1h,
        hour.co_1h,
        hour.o3_1h,
    ];
    let answer = air::answer(&Asked {
        date: arguments.date,
        only: arguments.rules.only(),
        round: arguments.rules.round,
        values,
    })?;
    match arguments.format {
        Format::Json => output::json(&answer.json),
        Format::Text => output::answer(&answer),
    }
}
