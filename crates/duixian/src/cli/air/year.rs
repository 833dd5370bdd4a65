//! `duixian air year`: a year of days from a table.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use methods::air::{AirYear, Day, Half, Pollutant, YearError, reported, year};
use publication::grid::Grid;
use rust_decimal::Decimal;

use super::super::output::{self, Output};
use super::super::table_file::{self, Column, Row};
use super::{Rules, concentration, day_of_month, words};
use crate::error::Failure;

mod answer;

/// The columns of the table, of which only the first has to be there: the six pollutants, the hour of ozone, then other
/// heads for the same, and last a head that does not tell which ozone it is.
const COLUMNS: [Column; 18] = [
    ("date", "日期"),
    ("pm25", "PM2.5"),
    ("pm10", "可吸入颗粒物"),
    ("so2", "二氧化硫"),
    ("no2", "二氧化氮"),
    ("co", "一氧化碳"),
    ("o3_8h", "臭氧8小时"),
    ("o3_1h", "臭氧1小时"),
    ("pm2_5", "细颗粒物"),
    ("pm2.5_24h", "PM₂.₅"),
    ("pm10_24h", "PM₁₀"),
    ("so2_24h", "SO₂"),
    ("no2_24h", "NO₂"),
    ("co_24h", "CO日均"),
    ("o3-8h", "O₃-8h"),
    ("o3_8h_24h", "O3_8h日最大"),
    ("o3-1h", "O₃-1h"),
    ("o3", "臭氧"),
];

/// The places of the heads for each pollutant, in the order of [`Pollutant::ALL`], and for the hour of ozone.
const PLACES: [&[usize]; 7] =
    [&[1, 8, 9], &[2, 10], &[3, 11], &[4, 12], &[5, 13], &[6, 14, 15], &[7, 16]];

/// The place of the head that does not tell which ozone it is.
const UNTOLD: usize = 17;

/// What `duixian air year` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// CSV 表或工作簿：date 和 pm25、pm10、so2、no2、co、o3_8h 各列，CO 为 mg/m³（daily table）
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
    /// 只看这一年，表中有几年时须给出（the year）
    #[arg(long, value_name = "年", help_heading = "选项")]
    year: Option<i16>,
    #[command(flatten)]
    rules: Rules,
    /// 输出格式：text、json 或 csv（逐日）（output format）
    #[arg(long, value_name = "格式", default_value = "text", hide_default_value = true)]
    #[arg(hide_possible_values = true, help_heading = "选项")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Csv,
}

/// Computes the year of a table.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let file = &arguments.file;
    let rows = table_file::read(file, &COLUMNS, 1)?;
    let (the_year, days) = days(arguments, &rows)?;
    let found = year(i32::from(the_year), &days, arguments.rules.only());
    let found = found.map_err(|error| {
        Failure::Input(format!("{}：{}", file.display(), fault(the_year, &error)))
    })?;
    match arguments.format {
        Format::Json => output::json(&answer::json(the_year, &found)),
        Format::Csv => {
            let grid = answer::days(the_year, &found);
            Output::Standard.write(|mut out| grid.csv(&mut out))
        }
        Format::Text => print(the_year, &found),
    }
}

/// The days of the year that is asked for, or of the only one that the table has.
fn days(arguments: &Arguments, rows: &[Row]) -> Result<(i16, Vec<Day>), Failure> {
    let file = &arguments.file;
    let mut asked = arguments.year;
    let mut days = Vec::with_capacity(rows.len());
    for row in rows {
        let written = row.cells.first().map_or("", String::as_str);
        let date: terms::Day = written
            .parse()
            .map_err(|_| row.fault(file, format!("日期“{written}”（应如 2025-06-01）")))?;
        let wanted = *asked.get_or_insert(date.year());
        if date.year() != wanted && arguments.year.is_none() {
            let said = format!("日期“{written}”不在 {wanted} 年（应以 --year 指明哪一年）");
            return Err(row.fault(file, said));
        }
        if date.year() == wanted {
            days.push(day(file, row, date, arguments.rules.round)?);
        }
    }
    let the_year = asked.unwrap_or_default();
    if days.is_empty() {
        return Err(Failure::Input(format!("{}：没有 {the_year} 年的日期", file.display())));
    }
    Ok((the_year, days))
}

fn day(file: &Path, row: &Row, date: terms::Day, round: bool) -> Result<Day, Failure> {
    let cells = |places: &[usize]| -> Vec<&str> {
        let cells = places.iter().filter_map(|place| row.cells.get(*place));
        cells.map(String::as_str).filter(|cell| !cell.is_empty()).collect()
    };
    if !cells(&[UNTOLD]).is_empty() {
        let said = "“O3”列不知道是哪一种平均（表头应为 o3_8h（臭氧8小时）或 o3_1h（臭氧1小时））";
        return Err(row.fault(file, said));
    }
    let value = |places: &[usize], pollutant: Pollutant| -> Result<Option<Decimal>, Failure> {
        let name = words::pollutant(pollutant);
        let written = match cells(places).as_slice() {
            [] => return Ok(None),
            [only] => *only,
            [_, ..] => return Err(row.fault(file, format!("{name} 有两列（应只有一列）"))),
        };
        if is_missing(written) {
            return Ok(None);
        }
        let value = concentration(written).ok_or_else(|| {
            row.fault(file, format!("{name} 的浓度“{written}”（应为十进制数；没有数据则留空）"))
        })?;
        Ok(Some(if round { reported(pollutant, value) } else { value }))
    };
    let [daily_places @ .., hour_places] = &PLACES;
    let mut daily = [None; 6];
    for ((slot, places), pollutant) in daily.iter_mut().zip(daily_places).zip(Pollutant::ALL) {
        *slot = value(places, pollutant)?;
    }
    let ozone_hour = value(hour_places, Pollutant::O3)?;
    Ok(Day { month: date.month(), day: day_of_month(date), daily, ozone_hour })
}

/// Whether a cell says that nothing was measured.
fn is_missing(written: &str) -> bool {
    let dashes = ["-", "--", "—", "——", "/"];
    dashes.contains(&written) || ["NA", "N/A"].iter().any(|word| written.eq_ignore_ascii_case(word))
}

fn fault(the_year: i16, error: &YearError) -> String {
    match error {
        YearError::Twice { month, day } => {
            format!("{the_year}-{month:02}-{day:02} 有两行（应只有一行）")
        }
        YearError::Day { month, day, error } => {
            format!("{the_year}-{month:02}-{day:02}：{}", words::fault(error))
        }
        other => other.to_string(),
    }
}

fn print(the_year: i16, found: &AirYear) -> Result<(), Failure> {
    let statistics = answer::statistics(found);
    Output::Standard.write(|mut out| {
        writeln!(out, "{the_year} 年空气质量 · 表中 {} 天，全年 {} 天", found.days.len(), found.calendar)?;
        for Half { standard, tally } in &found.halves {
            writeln!(out, "{}：{}", words::standard(*standard), answer::said(tally))?;
        }
        if found.halves.len() > 1 {
            writeln!(out, "注意 两版标准的优良天数比例不能比较，全年合计 {} 也不能与其他年份比较（可以 --standard 按一版重算）", answer::share(&found.whole))?;
        }
        for half in &found.halves {
            let primary = answer::counted_primary(&half.tally);
            if !primary.is_empty() {
                writeln!(out, "首要污染物（{}）：{primary}", words::standard(half.standard))?;
            }
        }
        statistics.table(&mut out, output::width())?;
        for line in answer::remarks(found) {
            writeln!(out, "注意 {line}")?;
        }
        Ok(())
    })
}

/// A grid with the heads of the days.
fn grid_of_days() -> Grid {
    let mut heads = vec!["date", "standard", "aqi", "level", "category", "primary_pollutants"];
    heads.extend(Pollutant::ALL.map(words::pollutant));
    heads.extend(["complete", "missing"]);
    Grid::of(&heads)
}
