//! `duixian air aqi`: the index of a day or an hour.

use clap::{Args, ValueEnum};
use methods::air::{Index, Measure, Reading, Report, Standard, index, reported};
use publication::grid::Grid;
use rust_decimal::Decimal;
use serde_json::json;
use terms::Day;

use super::super::output::{self, Output};
use super::{Rules, concentration, words};
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
    let refuse = |error| Failure::Input(words::fault(&error));
    let standard = standard(arguments)?;
    let Arguments { day, hour, .. } = arguments;
    let readings = readings(day, hour, arguments.rules.round);
    // An hour of ozone alone may be the highest of a day; any other hour makes the report one of an hour.
    let others = [hour.pm25_1h, hour.pm10_1h, hour.so2_1h, hour.no2_1h, hour.co_1h];
    let days = [day.pm25, day.pm10, day.so2, day.no2, day.co, day.o3_8h];
    let none = |values: &[Option<Decimal>]| values.iter().all(Option::is_none);
    let report = match none(&others) && !none(&days) {
        true => Report::Day,
        false => Report::Hour,
    };
    let found = index(standard, report, &readings).map_err(refuse)?;
    match arguments.format {
        Format::Json => output::json(&as_json(arguments, report, &found)),
        Format::Text => print(arguments, report, &found),
    }
}

fn standard(arguments: &Arguments) -> Result<Standard, Failure> {
    match (arguments.rules.only(), arguments.date) {
        (Some(only), _) => Ok(only),
        (None, Some(date)) => {
            let (year, month) = (i32::from(date.year()), date.month());
            let found = Standard::on(year, month, super::day_of_month(date));
            found.map_err(|error| Failure::Input(words::fault(&error)))
        }
        (None, None) => {
            Err(Failure::Input("不知道用哪一版标准（应以 --date 给出日期）".to_owned()))
        }
    }
}

fn readings(day: &DayValues, hour: &HourValues, round: bool) -> Vec<Reading> {
    let all = [
        (Measure::Pm25Day, day.pm25),
        (Measure::Pm10Day, day.pm10),
        (Measure::So2Day, day.so2),
        (Measure::No2Day, day.no2),
        (Measure::CoDay, day.co),
        (Measure::O3EightHours, day.o3_8h),
        (Measure::Pm25Hour, hour.pm25_1h),
        (Measure::Pm10Hour, hour.pm10_1h),
        (Measure::So2Hour, hour.so2_1h),
        (Measure::No2Hour, hour.no2_1h),
        (Measure::CoHour, hour.co_1h),
        (Measure::O3Hour, hour.o3_1h),
    ];
    let one = |(measure, value): (Measure, Option<Decimal>)| {
        let value = value?;
        let concentration = if round { reported(measure.pollutant(), value) } else { value };
        Some(Reading { measure, concentration })
    };
    all.into_iter().filter_map(one).collect()
}

fn as_json(arguments: &Arguments, report: Report, found: &Index) -> serde_json::Value {
    let mut json = words::index(found);
    json["date"] = json!(arguments.date.map(|date| date.to_string()));
    json["report"] = match report {
        Report::Day => "day".into(),
        Report::Hour => "hour".into(),
    };
    json["readings"] = found.parts.iter().map(words::part).collect();
    json
}

fn print(arguments: &Arguments, report: Report, found: &Index) -> Result<(), Failure> {
    let kind = match report {
        Report::Day => "日报",
        Report::Hour => "实时报",
    };
    let date = arguments.date.map_or(String::new(), |date| format!("{date} "));
    let standard = words::standard(found.standard);
    let mut grid = Grid::of(&["项目", "浓度", "单位", "IAQI"]);
    for part in &found.parts {
        let sub_index = match part.sub_index {
            None => "—（超出分级表）".to_owned(),
            Some(one) if part.counted => one.to_string(),
            Some(one) => format!("{one}（不计入）"),
        };
        grid.rows.push(vec![
            words::measure(part.measure),
            part.concentration.to_string(),
            words::unit(part.measure.pollutant()).to_owned(),
            sub_index,
        ]);
    }
    Output::Standard.write(|mut out| {
        write!(out, "{date}{kind}（{standard}）：")?;
        match found.aqi.zip(found.level()) {
            None => writeln!(out, "没有 AQI")?,
            Some((aqi, level)) => {
                write!(out, "AQI {aqi}，{} {}", words::grade(level), words::category(level))?;
                match found.primary.as_slice() {
                    [] => writeln!(out)?,
                    primary => writeln!(out, "；首要污染物 {}", words::list(primary))?,
                }
            }
        }
        grid.table(&mut out, output::width())?;
        if !found.missing.is_empty() {
            writeln!(out, "缺 {}：AQI 只是已有项目中的最大值", words::list(&found.missing))?;
        }
        Ok(())
    })
}
