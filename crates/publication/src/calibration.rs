//! How good forecasts were: as sentences and tables for a terminal, as JSON.

use std::io::{self, Write};

use rust_decimal::Decimal;
use serde::Serialize;
use terms::{Calibration, ChanceBin, ForecastCase, MonthError};

use crate::labels;
use crate::table::{plain, print};

/// For each indicator and region the sentences, then the errors by month, and the single forecasts where `cases` are asked.
pub fn table(
    out: &mut impl Write,
    found: &[Calibration],
    cases: bool,
    width: Option<u16>,
) -> io::Result<()> {
    for (at, one) in found.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        let Calibration { indicator, name, region, unit, .. } = one;
        writeln!(out, "{indicator} {name} · 地区 {region} · {unit}")?;
        for sentence in &one.sentences {
            writeln!(out, "  {sentence}")?;
        }
        for (why, count) in &one.left_out {
            writeln!(out, "  另有 {count} 次不能回测：{why}")?;
        }
        if one.months.is_empty() {
            continue;
        }
        let mut table = plain(&["已知至", "次数", "平均偏差%", "上年份额法%"], width);
        for MonthError { month, cases, error, by_share } in &one.months {
            table.add_row([
                format!("{month}月"),
                cases.to_string(),
                error.to_string(),
                by_share.to_string(),
            ]);
        }
        print(out, &table)?;
        if cases {
            writeln!(out)?;
            single(out, &one.cases, width)?;
        }
    }
    Ok(())
}

fn single(out: &mut impl Write, cases: &[ForecastCase], width: Option<u16>) -> io::Result<()> {
    let header = ["年", "已知至", "知道的日期", "依据", "预计", "80%区间", "上年份额法", "结果"];
    let mut table = plain(&header, width);
    for case in cases {
        let [_, [low, high], _] = &case.intervals;
        table.add_row([
            case.year.to_string(),
            format!("{}月", case.month),
            case.known.to_string(),
            labels::knowledge(case.knowledge).to_owned(),
            case.median.to_string(),
            format!("{low} 至 {high}"),
            case.by_share.to_string(),
            case.outcome.to_string(),
        ]);
    }
    print(out, &table)
}

#[derive(Serialize)]
struct Report<'a> {
    indicators: Vec<One<'a>>,
}

#[derive(Serialize)]
struct One<'a> {
    indicator: &'a str,
    name: &'a str,
    region: &'a str,
    unit: &'a str,
    sentences: &'a [String],
    months: Vec<Month>,
    intervals: Vec<Interval>,
    chances: Option<Chances>,
    left_out: Vec<LeftOut<'a>>,
    cases: Vec<Case<'a>>,
}

#[derive(Serialize)]
struct Month {
    known_through: u8,
    cases: usize,
    error_percent: String,
    last_years_share_error_percent: String,
}

#[derive(Serialize)]
struct Interval {
    stated_percent: u8,
    held: usize,
    cases: usize,
}

#[derive(Serialize)]
struct Chances {
    cases: usize,
    came: usize,
    brier: String,
    base_rate_brier: String,
    bins: Vec<Bin>,
}

#[derive(Serialize)]
struct Bin {
    from_percent: u8,
    to_percent: u8,
    cases: usize,
    mean_stated: String,
    came: usize,
}

#[derive(Serialize)]
struct LeftOut<'a> {
    reason: &'a str,
    cases: usize,
}

#[derive(Serialize)]
struct Case<'a> {
    year: i32,
    known_through: u8,
    known_on: String,
    knowledge: &'static str,
    knowledge_name: &'static str,
    so_far: String,
    median: String,
    interval_50: [String; 2],
    interval_80: [String; 2],
    interval_95: [String; 2],
    last_years_share: String,
    outcome: String,
    outcome_vintage: String,
    outcome_source: &'a str,
    question: Option<Question>,
}

#[derive(Serialize)]
struct Question {
    at_least: String,
    probability: String,
    came: bool,
}

/// Writes one JSON object with a list of indicators; numbers are exact decimals as text.
pub fn json(out: &mut impl Write, found: &[Calibration]) -> io::Result<()> {
    let report = Report { indicators: found.iter().map(one).collect() };
    serde_json::to_writer_pretty(&mut *out, &report).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

fn one(found: &Calibration) -> One<'_> {
    One {
        indicator: &found.indicator,
        name: &found.name,
        region: &found.region,
        unit: found.unit.as_str(),
        sentences: &found.sentences,
        months: found.months.iter().map(month).collect(),
        intervals: found
            .intervals
            .iter()
            .map(|one| Interval { stated_percent: one.percent, held: one.held, cases: one.cases })
            .collect(),
        chances: found.chances.as_ref().map(|chances| Chances {
            cases: chances.cases,
            came: chances.came,
            brier: chances.brier.to_string(),
            base_rate_brier: chances.base_rate_brier.to_string(),
            bins: chances.bins.iter().map(bin).collect(),
        }),
        left_out: found
            .left_out
            .iter()
            .map(|(reason, cases)| LeftOut { reason, cases: *cases })
            .collect(),
        cases: found.cases.iter().map(case).collect(),
    }
}

fn month(one: &MonthError) -> Month {
    Month {
        known_through: one.month,
        cases: one.cases,
        error_percent: one.error.to_string(),
        last_years_share_error_percent: one.by_share.to_string(),
    }
}

fn bin(one: &ChanceBin) -> Bin {
    let [from_percent, to_percent] = one.range;
    let mean_stated = one.stated.to_string();
    Bin { from_percent, to_percent, cases: one.cases, mean_stated, came: one.came }
}

fn case(one: &ForecastCase) -> Case<'_> {
    let [interval_50, interval_80, interval_95] =
        one.intervals.map(|interval| interval.map(|end: Decimal| end.to_string()));
    let (vintage, source) = &one.outcome_vintage;
    Case {
        year: one.year,
        known_through: one.month,
        known_on: one.known.to_string(),
        knowledge: one.knowledge.as_str(),
        knowledge_name: labels::knowledge(one.knowledge),
        so_far: one.so_far.to_string(),
        median: one.median.to_string(),
        interval_50,
        interval_80,
        interval_95,
        last_years_share: one.by_share.to_string(),
        outcome: one.outcome.to_string(),
        outcome_vintage: vintage.to_string(),
        outcome_source: source,
        question: one.question.map(|(threshold, probability, came)| Question {
            at_least: threshold.to_string(),
            probability: probability.to_string(),
            came,
        }),
    }
}
