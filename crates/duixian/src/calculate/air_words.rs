//! The words and shapes of the air.

use methods::air::{AirError, Index, Level, Measure, Part, Pollutant, Standard, reported};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

/// The formula or short name of a pollutant.
pub(crate) fn pollutant(one: Pollutant) -> &'static str {
    match one {
        Pollutant::Pm25 => "PM2.5",
        Pollutant::Pm10 => "PM10",
        Pollutant::So2 => "SO2",
        Pollutant::No2 => "NO2",
        Pollutant::Co => "CO",
        Pollutant::O3 => "O3",
    }
}

/// The unit of its concentrations.
pub(crate) fn unit(one: Pollutant) -> &'static str {
    match one {
        Pollutant::Co => "mg/m³",
        _ => "µg/m³",
    }
}

/// Over what time a measure is a mean.
pub(crate) fn time(measure: Measure) -> &'static str {
    match measure {
        Measure::O3EightHours => "8h",
        other if other == other.pollutant().hourly() => "1h",
        _ => "24h",
    }
}

/// A pollutant with its time.
pub(crate) fn measure(one: Measure) -> String {
    format!("{} {}", pollutant(one.pollutant()), time(one))
}

/// The name of a standard.
pub(crate) fn standard(one: Standard) -> &'static str {
    match one {
        Standard::Hj2012 => "HJ 633-2012",
        Standard::Hj2026 => "HJ 633-2026",
    }
}

/// What the air of a level is called.
pub(crate) fn category(level: Level) -> &'static str {
    match level {
        Level::Excellent => "优",
        Level::Good => "良",
        Level::Light => "轻度污染",
        Level::Moderate => "中度污染",
        Level::Heavy => "重度污染",
        Level::Severe => "严重污染",
    }
}

/// The name of a level by its number.
pub(crate) fn grade(level: Level) -> &'static str {
    match level {
        Level::Excellent => "一级",
        Level::Good => "二级",
        Level::Light => "三级",
        Level::Moderate => "四级",
        Level::Heavy => "五级",
        Level::Severe => "六级",
    }
}

/// Pollutants in a line.
pub(crate) fn list(some: &[Pollutant]) -> String {
    let names: Vec<&str> = some.iter().map(|one| pollutant(*one)).collect();
    names.join("、")
}

/// Pollutants for programs.
pub(crate) fn names(some: &[Pollutant]) -> Value {
    some.iter().map(|one| pollutant(*one)).collect()
}

/// The highest sub-index of each pollutant that is counted, for programs; null where there is none.
pub(crate) fn sub_indices(index: &Index) -> Value {
    let of = |one: Pollutant| {
        let own = index.parts.iter().filter(|part| part.counted && part.measure.pollutant() == one);
        own.filter_map(|part| part.sub_index).max()
    };
    let entries = Pollutant::ALL.into_iter().map(|one| (pollutant(one).to_owned(), json!(of(one))));
    Value::Object(entries.collect::<Map<_, _>>())
}

/// What an index is, for programs.
pub(crate) fn index(index: &Index) -> Value {
    json!({
        "standard": standard(index.standard),
        "aqi": index.aqi,
        "level": index.level().map(Level::number),
        "category": index.level().map(category),
        "primary_pollutants": names(&index.primary),
        "iaqi": sub_indices(index),
        "complete": index.complete().is_some(),
        "missing": names(&index.missing),
    })
}

/// A reading with its sub-index, for programs.
pub(crate) fn part(part: &Part) -> Value {
    let one = part.measure.pollutant();
    json!({
        "pollutant": pollutant(one),
        "mean": time(part.measure),
        "concentration": part.concentration.to_string(),
        "unit": unit(one),
        "iaqi": part.sub_index,
        "counted": part.counted,
    })
}

/// A concentration as it is reported, with all its decimals.
pub(crate) fn shown(pollutant: Pollutant, concentration: Decimal) -> String {
    let value = reported(pollutant, concentration);
    match pollutant {
        Pollutant::Co => format!("{value:.1}"),
        _ => value.to_string(),
    }
}

/// A number without what only pads it.
pub(crate) fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

/// Why there is no index.
pub(crate) fn fault(error: &AirError) -> String {
    match error {
        AirError::Negative { measure: one, concentration } => {
            format!(
                "{} 的浓度是负数：{concentration}（应为 0 或正数；没有数据则留空）",
                measure(*one)
            )
        }
        AirError::Absurd { measure: one, concentration, most } => {
            let unit = unit(one.pollutant());
            format!(
                "{} 的浓度过大：{concentration}（应不超过 {most} {unit}；请核对单位）",
                measure(*one)
            )
        }
        AirError::Twice { measure: one } => format!("{} 给了两次（应只有一个）", measure(*one)),
        AirError::Foreign { measure: one } => {
            format!("{} 不属于这种报告（日报应为 24h 和 O3 8h，实时报应为 1h）", measure(*one))
        }
        AirError::Nothing => "没有浓度（应至少有一项，如 --pm25 35）".to_owned(),
        AirError::NoTable { year, month } => {
            format!(
                "{year}-{month:02} 没有已知的 AQI 分级表（应在 2012-02-29 至 2030-12-31 之间，或以 --standard 指定）"
            )
        }
        other => other.to_string(),
    }
}
