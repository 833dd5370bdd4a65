//! Official words for what a ledger knows.

use publication::report::Sourced;
use terms::{Comparator, Day, Observation, Status};

/// A day as documents write it.
pub(crate) fn date(day: Day) -> String {
    let number = day.number();
    format!("{}年{}月{}日", day.year(), day.month(), number % 100)
}

/// A number of a table, with the sign of its comparator.
pub(super) fn cell(comparator: Comparator, known: &Sourced) -> String {
    let value = &known.value;
    let upper = known.upper.as_ref().map_or(String::new(), |upper| format!("—{upper}"));
    let sign = match comparator {
        Comparator::Equal | Comparator::Range => "",
        Comparator::AtLeast => "≥",
        Comparator::AtMost => "≤",
        Comparator::Above => ">",
        Comparator::Below => "<",
        Comparator::About => "约",
    };
    let aim = if known.aim { "力争" } else { "" };
    format!("{aim}{sign}{value}{upper}")
}

/// A number in a sentence.
pub(super) fn spoken(comparator: Comparator, number: &str, unit: &str) -> String {
    match comparator {
        Comparator::Equal | Comparator::Range => format!("{number}{unit}"),
        Comparator::AtLeast => format!("{number}{unit}以上"),
        Comparator::AtMost => format!("{number}{unit}以内"),
        Comparator::Above => format!("超过{number}{unit}"),
        Comparator::Below => format!("低于{number}{unit}"),
        Comparator::About => format!("{number}{unit}左右"),
    }
}

/// Where an indicator stands, in a sentence.
pub(super) fn sentence(status: Status) -> &'static str {
    match status {
        Status::Met => "完成年度目标",
        Status::OnTrack => "进度符合年度目标要求",
        Status::AtRisk => "完成年度目标有风险",
        Status::OffTrack => "明显落后于年度目标进度",
        Status::Missed => "与年度目标相比有差距",
        Status::NoData => "暂无数据",
        Status::NotComparable => "与年度目标不可比",
        Status::Open => "年度目标待检验",
        Status::Reported | Status::Background => "已如实报告",
    }
}

/// Where a figure comes from.
pub(super) fn source(known: &Observation) -> String {
    let source = if known.source.is_empty() { "台账" } else { &known.source };
    format!(
        "{source}，{}公布（指标 {}，{}）",
        date(known.vintage),
        known.indicator,
        known.period.chinese()
    )
}
