//! TMY2 of NREL: a line on the place, then 142 characters an hour.
//!
//! Source: Marion and Urban (1995), *User's Manual for TMY2s*, NREL/SP-463-7668, table 3-2. Hours are 1 to 24 and named by
//! their end; temperature and wind are in tenths.

use super::typical::{About, Dated, assembled, unless};
use super::{WeatherFile, number};

/// Reads a file of NREL's typical years, second edition.
pub(super) fn read(text: &str) -> Result<WeatherFile, String> {
    let mut lines = Vec::new();
    for (line, written) in (1_u64..).zip(text.lines()).skip(1) {
        if written.trim().is_empty() {
            continue;
        }
        let field = |from: usize, to: usize, name: &str| match written.get(from..to) {
            Some(field) => number(line, name, field),
            None => Err(format!("第 {line} 行：只有 {} 个字符（TMY2 应有 142 个）", written.len())),
        };
        let whole = |from: usize, to: usize, name: &str| field(from, to, name).map(|n| n as i64);
        let hour = whole(7, 9, "时")?;
        if !(1..=24).contains(&hour) {
            return Err(format!("第 {line} 行：第 {hour} 时（应为 1 至 24）"));
        }
        let light = |value: f64| unless(value, |value| value >= 9999.0);
        lines.push(Dated {
            line,
            month: i8::try_from(whole(3, 5, "月")?).unwrap_or(0),
            day: i8::try_from(whole(5, 7, "日")?).unwrap_or(0),
            hour: hour - 1,
            values: [
                light(field(17, 21, "GHI")?),
                light(field(23, 27, "DNI")?),
                light(field(29, 33, "DHI")?),
                unless(field(67, 71, "气温")?, |value| value >= 9999.0).map(|tenths| tenths / 10.0),
                unless(field(95, 98, "风速")?, |value| value >= 999.0).map(|tenths| tenths / 10.0),
            ],
        });
    }
    let about = head(text.lines().next().unwrap_or_default())?;
    assembled(about, lines)
}

/// Station, city, state, zone, then latitude and longitude as letter, degrees and minutes, and the altitude.
fn head(written: &str) -> Result<About, String> {
    let fields: Vec<&str> = written.split_whitespace().collect();
    let wrong = || "第 1 行：不是 TMY2 的首行（应以时区、纬度、经度、海拔结尾）".to_owned();
    // Names of cities may have spaces: counted from the end.
    let from = fields.len().checked_sub(8).ok_or_else(wrong)?;
    let told = |at: usize, name: &str| number(1, name, fields[from + at]);
    let angle = |letter: usize, back: &str, name: &str| {
        let degrees = told(letter + 1, name)? + told(letter + 2, name)? / 60.0;
        Ok::<f64, String>(if fields[from + letter] == back { -degrees } else { degrees })
    };
    Ok(About {
        format: "TMY2",
        place: (angle(1, "S", "纬度")?, angle(4, "W", "经度")?, told(7, "海拔")?),
        zone: told(0, "时区")?,
        into: 0.5,
        notes: vec!["时刻为小时结束，已移到小时中点".to_owned()],
    })
}
