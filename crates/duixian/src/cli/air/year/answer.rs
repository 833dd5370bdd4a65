//! A year of days, as it is told.

use methods::air::{
    AirYear, DayIndex, Half, Level, Limits, Pollutant, Stage, Standard, Statistic, Tally, limits,
    reported,
};
use publication::grid::Grid;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Map, Value, json};

use super::super::words;

/// The share of good days to a tenth of a percent, an exact half to the even digit.
pub(super) fn share(tally: &Tally) -> String {
    good_percent(tally).map_or("—".to_owned(), |share| format!("{share}%"))
}

fn good_percent(tally: &Tally) -> Option<String> {
    let share = tally.good_share()?;
    let rounded = share.round_dp_with_strategy(1, RoundingStrategy::MidpointNearestEven);
    Some(format!("{rounded:.1}"))
}

/// A tally in a line.
pub(super) fn said(tally: &Tally) -> String {
    let levels = Level::ALL.iter().zip(tally.levels).filter(|(_, days)| *days > 0);
    let levels: Vec<String> =
        levels.map(|(level, days)| format!("{} {days}", words::category(*level))).collect();
    let mut line = format!(
        "{} 天，有效 {} 天，优良 {} 天，优良天数比例 {}",
        tally.days,
        tally.valid,
        tally.good,
        share(tally)
    );
    if !levels.is_empty() {
        line.push_str(&format!("（{}）", levels.join(" · ")));
    }
    line
}

/// On how many days each was a primary pollutant, in a line; empty where none was.
pub(super) fn counted_primary(tally: &Tally) -> String {
    let counted = Pollutant::ALL.iter().zip(tally.primary).filter(|(_, days)| *days > 0);
    let counted: Vec<String> =
        counted.map(|(one, days)| format!("{} {days} 天", words::pollutant(*one))).collect();
    counted.join("、")
}

/// The figures of the year.
pub(super) fn statistics(found: &AirYear) -> Grid {
    let mut grid =
        Grid::of(&["项目", "有效天数", "年均值", "百分位数", "单位", "二级限值", "达标"]);
    for one in &found.statistics {
        let Statistic { pollutant, days, mean, share, percentile, .. } = one;
        let shown = |value: &Option<Decimal>| {
            value.map_or("—".to_owned(), |value| words::shown(*pollutant, value))
        };
        let held: Vec<Held> = stages(found).map(|stage| held(stage, one)).collect();
        let each = |say: &dyn Fn(&Held) -> String| {
            held.iter().map(say).collect::<Vec<String>>().join(" | ")
        };
        grid.rows.push(vec![
            words::pollutant(*pollutant).to_owned(),
            days.to_string(),
            shown(mean),
            format!("P{share} {}", shown(percentile)),
            words::unit(*pollutant).to_owned(),
            each(&|held| match held.limits.year {
                Some(year) => format!("{year}/{}", held.limits.day),
                None => held.limits.day.to_string(),
            }),
            each(&|held| {
                let word = match held.met() {
                    None => "—",
                    Some(true) => "是",
                    Some(false) => "否",
                };
                word.to_owned()
            }),
        ]);
    }
    grid
}

/// What has to be known beside the figures.
pub(super) fn remarks(found: &AirYear) -> Vec<String> {
    let mut remarks = Vec::new();
    let named = |fits: &dyn Fn(&Statistic) -> bool| -> Vec<&str> {
        let fitting = found.statistics.iter().filter(|one| fits(one));
        fitting.map(|one| words::pollutant(one.pollutant)).collect()
    };
    let none = named(&|one| one.days == 0);
    if !none.is_empty() {
        let names = none.join("、");
        remarks.push(format!("表中没有 {names} 的数据（表头应如 pm25、o3_8h），没有一天是有效天"));
    }
    let short = named(&|one| one.days > 0 && !one.is_valid());
    if !short.is_empty() {
        let names = short.join("、");
        remarks.push(format!(
            "{names} 的有效天数不足（应全年至少 324 天，每月至少 27 天、2 月 25 天），年均值和百分位数不作年度评价"
        ));
    }
    let incomplete = found.whole.exceeding_incomplete;
    if incomplete > 0 {
        remarks.push(format!("有 {incomplete} 天项目不全而 AQI 已超过 100，未计入有效天数"));
    }
    if found.halves.len() > 1 {
        remarks.push("二级限值按先后两版分列".to_owned());
    }
    remarks
}

/// What the figures of a pollutant are held against.
struct Held {
    stage: Stage,
    limits: Limits,
    year: Option<bool>,
    day: Option<bool>,
}

impl Held {
    /// Whether both are met; `None` where the days do not suffice.
    fn met(&self) -> Option<bool> {
        Some(self.year.unwrap_or(true) && self.day?)
    }
}

fn held(stage: Stage, one: &Statistic) -> Held {
    let limits = limits(stage, one.pollutant);
    let within = |value: Option<Decimal>, limit: Option<Decimal>| {
        let (value, limit) = value.zip(limit)?;
        one.is_valid().then(|| reported(one.pollutant, value) <= limit)
    };
    Held {
        stage,
        limits,
        year: within(one.mean, limits.year),
        day: within(one.percentile, Some(limits.day)),
    }
}

fn stages(found: &AirYear) -> impl Iterator<Item = Stage> {
    found.halves.iter().map(|half| match half.standard {
        Standard::Hj2012 => Stage::Gb2012,
        Standard::Hj2026 => Stage::Gb2026First,
    })
}

/// The days, a row each.
pub(super) fn days(year: i16, found: &AirYear) -> Grid {
    let mut grid = super::grid_of_days();
    for DayIndex { month, day, index } in &found.days {
        let date = format!("{year:04}-{month:02}-{day:02}");
        let Some(index) = index else {
            let mut row = vec![date];
            row.resize(grid.columns.len() - 2, String::new());
            row.extend(["false".to_owned(), words::list(&Pollutant::ALL)]);
            grid.rows.push(row);
            continue;
        };
        let level = index.level();
        let sub_indices = words::sub_indices(index);
        let number = |value: Option<u16>| value.map_or(String::new(), |value| value.to_string());
        let mut row = vec![
            date,
            words::standard(index.standard).to_owned(),
            number(index.aqi),
            level.map_or(String::new(), |level| level.number().to_string()),
            level.map_or("", words::category).to_owned(),
            words::list(&index.primary),
        ];
        row.extend(Pollutant::ALL.map(|one| match &sub_indices[words::pollutant(one)] {
            Value::Null => String::new(),
            other => other.to_string(),
        }));
        row.push(index.complete().is_some().to_string());
        row.push(words::list(&index.missing));
        grid.rows.push(row);
    }
    grid
}

/// The whole answer for programs.
pub(super) fn json(year: i16, found: &AirYear) -> Value {
    let halves = found.halves.iter().map(|Half { standard, tally: counted }| {
        let mut half = tally(counted);
        half["standard"] = words::standard(*standard).into();
        half
    });
    let days = found.days.iter().map(|DayIndex { month, day, index }| {
        let mut one = match index {
            Some(index) => words::index(index),
            None => {
                json!({ "aqi": null, "complete": false, "missing": words::names(&Pollutant::ALL) })
            }
        };
        one["date"] = format!("{year:04}-{month:02}-{day:02}").into();
        one
    });
    json!({
        "year": year,
        "calendar_days": found.calendar,
        "comparable": found.halves.len() == 1,
        "parts": halves.collect::<Vec<_>>(),
        "whole": tally(&found.whole),
        "statistics": found.statistics.iter().map(|one| statistic(found, one)).collect::<Vec<_>>(),
        "remarks": remarks(found),
        "days": days.collect::<Vec<_>>(),
    })
}

fn tally(tally: &Tally) -> Value {
    let levels = Level::ALL.iter().zip(tally.levels);
    let levels = levels.map(|(level, days)| (words::category(*level).to_owned(), json!(days)));
    let primary = Pollutant::ALL.iter().zip(tally.primary);
    let primary = primary.map(|(one, days)| (words::pollutant(*one).to_owned(), json!(days)));
    json!({
        "days": tally.days,
        "valid_days": tally.valid,
        "good_days": tally.good,
        "good_percent": good_percent(tally),
        "levels": levels.collect::<Map<_, _>>(),
        "primary_days": primary.collect::<Map<_, _>>(),
        "incomplete_above_100": tally.exceeding_incomplete,
    })
}

fn statistic(found: &AirYear, one: &Statistic) -> Value {
    let shown = |value: Option<Decimal>| value.map(|value| words::shown(one.pollutant, value));
    let exact = |value: Option<Decimal>| value.map(|value| words::plain(value.round_dp(10)));
    let limits = stages(found).map(|stage| {
        let held = held(stage, one);
        json!({
            "standard": match held.stage {
                Stage::Gb2012 => "GB 3095-2012",
                Stage::Gb2026First => "GB 3095-2026（过渡阶段）",
                Stage::Gb2026Second => "GB 3095-2026",
            },
            "year_limit": held.limits.year.map(|limit| limit.to_string()),
            "year_met": held.year,
            "day_limit": held.limits.day.to_string(),
            "percentile_met": held.day,
        })
    });
    json!({
        "pollutant": words::pollutant(one.pollutant),
        "unit": words::unit(one.pollutant),
        "days": one.days,
        "valid": one.is_valid(),
        "short_months": one.short_months,
        "mean": shown(one.mean),
        "mean_exact": exact(one.mean),
        "percentile_rank": one.share,
        "percentile": shown(one.percentile),
        "percentile_exact": exact(one.percentile),
        "limits": limits.collect::<Vec<_>>(),
    })
}
