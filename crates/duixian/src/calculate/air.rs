//! The index of the air of a day or an hour.

use methods::air::{
    AirError, Band, Index, Measure, Part, Reading, Report, Standard, band, index, reported,
};
use publication::grid::Grid;
use rust_decimal::Decimal;
use serde_json::json;
use terms::{Amount, Day};

use super::{Answer, Refused, air_words as words};

/// What can be told of a day or an hour, each with its name in forms, in the order of [`Asked::values`].
pub(crate) const INPUTS: [(&str, Measure); 12] = [
    ("pm25", Measure::Pm25Day),
    ("pm10", Measure::Pm10Day),
    ("so2", Measure::So2Day),
    ("no2", Measure::No2Day),
    ("co", Measure::CoDay),
    ("o3_8h", Measure::O3EightHours),
    ("pm25_1h", Measure::Pm25Hour),
    ("pm10_1h", Measure::Pm10Hour),
    ("so2_1h", Measure::So2Hour),
    ("no2_1h", Measure::No2Hour),
    ("co_1h", Measure::CoHour),
    ("o3_1h", Measure::O3Hour),
];

/// What is asked.
pub(crate) struct Asked {
    /// The day, which decides the standard.
    pub(crate) date: Option<Day>,
    /// The standard, whatever the day.
    pub(crate) only: Option<Standard>,
    /// Whether concentrations are rounded first.
    pub(crate) round: bool,
    /// The concentrations, as in [`INPUTS`].
    pub(crate) values: [Option<Decimal>; 12],
}

/// Computes the index of what is given.
pub(crate) fn answer(asked: &Asked) -> Result<Answer, Refused> {
    let standard = standard(asked)?;
    let readings: Vec<Reading> = INPUTS
        .iter()
        .zip(asked.values)
        .filter_map(|((_, measure), value)| {
            let (measure, value) = (*measure, value?);
            let concentration =
                if asked.round { reported(measure.pollutant(), value) } else { value };
            Some(Reading { measure, concentration })
        })
        .collect();
    // An hour of ozone alone may be the highest of a day; any other hour makes the report one of an hour.
    let (days, hours) = asked.values.split_at(6);
    let others = hours.iter().take(5).all(Option::is_none);
    let report = match others && !days.iter().all(Option::is_none) {
        true => Report::Day,
        false => Report::Hour,
    };
    let found = index(standard, report, &readings)
        .map_err(|error| Refused { field: field(&error), said: words::fault(&error) })?;
    let mut json = words::index(&found);
    json["date"] = json!(asked.date.map(|date| date.to_string()));
    json["report"] = match report {
        Report::Day => "day".into(),
        Report::Hour => "hour".into(),
    };
    json["readings"] = found.parts.iter().map(words::part).collect();
    let closing = match found.missing.as_slice() {
        [] => Vec::new(),
        missing => vec![format!("缺 {}：AQI 只是已有项目中的最大值", words::list(missing))],
    };
    Ok(Answer { heading: vec![heading(asked, report, &found)], grid: grid(&found), closing, json })
}

fn standard(asked: &Asked) -> Result<Standard, Refused> {
    match (asked.only, asked.date) {
        (Some(only), _) => Ok(only),
        (None, Some(date)) => {
            let (year, month) = (i32::from(date.year()), date.month());
            Standard::on(year, month, day_of_month(date))
                .map_err(|error| Refused { field: "date", said: words::fault(&error) })
        }
        (None, None) => {
            let said = "不知道用哪一版标准（应以 --date 给出日期）".to_owned();
            Err(Refused { field: "date", said })
        }
    }
}

/// The input that an error is about.
fn field(error: &AirError) -> &'static str {
    let measure = match error {
        AirError::Negative { measure, .. }
        | AirError::Absurd { measure, .. }
        | AirError::Twice { measure }
        | AirError::Foreign { measure } => *measure,
        AirError::NoTable { .. } => return "date",
        _ => Measure::Pm25Day,
    };
    INPUTS.iter().find(|(_, known)| *known == measure).map_or("pm25", |(name, _)| *name)
}

fn heading(asked: &Asked, report: Report, found: &Index) -> String {
    let kind = match report {
        Report::Day => "日报",
        Report::Hour => "实时报",
    };
    let date = asked.date.map_or(String::new(), |date| format!("{date} "));
    let before = format!("{date}{kind}（{}）：", words::standard(found.standard));
    match found.aqi.zip(found.level()) {
        None => format!("{before}没有 AQI"),
        Some((aqi, level)) => {
            let said = format!("AQI {aqi}，{} {}", words::grade(level), words::category(level));
            match found.primary.as_slice() {
                [] => format!("{before}{said}"),
                primary => format!("{before}{said}；首要污染物 {}", words::list(primary)),
            }
        }
    }
}

fn grid(found: &Index) -> Grid {
    let mut grid = Grid::of(&["项目", "浓度", "单位", "IAQI", "由来"]);
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
            origin(found.standard, part),
        ]);
    }
    grid
}

/// How a sub-index came about: between which edges of the table it was interpolated.
fn origin(standard: Standard, part: &Part) -> String {
    match band(standard, part.measure, part.concentration) {
        None => "超出分级表".to_owned(),
        Some(Band { low, high, from, to }) => {
            let own = part.concentration.normalize();
            format!("({to}−{from})÷({high}−{low})×({own}−{low})+{from}，进到整数")
        }
    }
}

/// A concentration as it is written; `None` where it is no number or has lost digits.
pub(crate) fn concentration(written: &str) -> Option<Decimal> {
    written.parse::<Amount>().ok()?.exact()
}

/// The day of the month of a date.
pub(crate) fn day_of_month(date: Day) -> u8 {
    u8::try_from(date.number() % 100).unwrap_or_default()
}
