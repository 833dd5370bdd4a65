//! TMY3 of NREL: a line on the place, a line of heads, then a line an hour.
//!
//! Source: Wilcox and Marion (2008), *Users Manual for TMY3 Data Sets*, NREL/TP-581-43156. Hours are 01:00 to 24:00 and
//! named by their end; −9900 is no value.

use super::typical::{About, Dated, assembled, unless};
use super::{WeatherFile, number};
use crate::table_text;

/// The heads of the columns that are read, without their units.
const COLUMNS: [(&str, &str); 5] = [
    ("GHI (W/m^2)", "GHI"),
    ("DNI (W/m^2)", "DNI"),
    ("DHI (W/m^2)", "DHI"),
    ("Dry-bulb (C)", "气温"),
    ("Wspd (m/s)", "风速"),
];

/// Reads a file of NREL's typical years, third edition.
pub(super) fn read(text: &str) -> Result<WeatherFile, String> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut records = reader.records();
    let mut next = || records.next().transpose().map_err(|error| table_text::broken(&error));
    let head = next()?.unwrap_or_default();
    if head.len() < 7 {
        return Err(format!("第 1 行：只有 {} 项（TMY3 应有 7 项）", head.len()));
    }
    let titles = next()?.unwrap_or_default();
    let column = |title: &str| table_text::column(&titles, |found| found.trim() == title);
    let mut places = [0; 5];
    for (place, (title, _)) in places.iter_mut().zip(COLUMNS) {
        *place = column(title)?.ok_or_else(|| format!("第 2 行：没有 {title} 列"))?;
    }
    let mut lines = Vec::new();
    while let Some(record) = next()? {
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        let wrong = |said: &str| format!("第 {line} 行：{said}");
        let written = record.get(0).unwrap_or_default();
        let mut date = written.split('/').map(|part| part.trim().parse::<i16>().ok());
        let (Some(Some(month)), Some(Some(day))) = (date.next(), date.next()) else {
            return Err(wrong(&format!("日期“{written}”（应如 01/31/1997）")));
        };
        let time = record.get(1).unwrap_or_default();
        let hour = time.trim().split_once(':').and_then(|(hour, rest)| {
            let hour: i64 = hour.parse().ok()?;
            (rest == "00" && (1..=24).contains(&hour)).then_some(hour)
        });
        let hour = hour.ok_or_else(|| wrong(&format!("时刻“{time}”（应为 01:00 至 24:00）")))?;
        let mut values = [None; 5];
        for ((value, place), (_, name)) in values.iter_mut().zip(places).zip(COLUMNS) {
            let written = record.get(place).unwrap_or_default();
            *value = unless(number(line, name, written)?, |value| value <= -9900.0);
        }
        let small = |number: i16| i8::try_from(number).unwrap_or(0);
        lines.push(Dated { line, month: small(month), day: small(day), hour: hour - 1, values });
    }
    let told = |at: usize, name: &str| number(1, name, head.get(at).unwrap_or_default());
    let about = About {
        format: "TMY3",
        place: (told(4, "纬度")?, told(5, "经度")?, told(6, "海拔")?),
        zone: told(3, "时区")?,
        into: 0.5,
        notes: vec!["时刻为小时结束，已移到小时中点".to_owned()],
    };
    assembled(about, lines)
}
