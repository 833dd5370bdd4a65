//! `duixian forecast`: how a year may end, from a table of a series.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use methods::forecast::year_end::{Figure, Method, NoYearEnd, Question, Reason, YearEnd, year_end};
use methods::progress::{Bound, Range};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use terms::{Amount, Period};

use super::SeedArgument;
use super::output::Output;
use crate::error::Failure;
use crate::{entered, pipeline, table_text};

/// The largest table that is read, in bytes.
const LARGEST: usize = 8 << 20;

/// So many earlier years are forecast again as they were known then.
const BACKTEST: usize = 8;

/// What `duixian forecast` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// CSV 表：period 和 cumulative（1 至某月累计）或 value（当期）两列（table of a series）
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
    /// 年底目标，如 "≥ 217000"、"<= 0.48"、"200..220"（target of the year's end）
    #[arg(long, value_name = "目标", help_heading = "选项", allow_hyphen_values = true)]
    target: Option<String>,
    /// 统计口径变化后的第一个时期，此前的数不用（first period of a new definition）
    #[arg(long, value_name = "时期", help_heading = "选项")]
    since: Option<Period>,
    #[command(flatten)]
    seed: SeedArgument,
    /// 输出格式：text 或 json（output format）
    #[arg(
        long,
        value_name = "格式",
        default_value = "text",
        hide_default_value = true,
        help_heading = "选项"
    )]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Forecasts the end of the year of the latest figure.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let file = &arguments.file;
    let figures = read(file)?;
    let target = arguments.target.as_deref().map(target_of).transpose()?;
    let breaks: Vec<(i32, u8)> = arguments
        .since
        .iter()
        .map(|period| (i32::from(period.year()), period.first_month()))
        .collect();
    let question =
        Question { figures: &figures, breaks: &breaks, target, seed: arguments.seed.seed };
    let ends = year_end(&question)
        .map_err(|error| Failure::Input(format!("{}：{}", file.display(), said(&error))))?;
    let tested = backtest(&question, &ends);
    let written = arguments.target.as_deref();
    Output::Standard.write(|out| match arguments.format {
        Format::Json => writeln!(out, "{:#}", as_json(&ends, written, &tested)),
        Format::Text => print(out, &ends, written, &tested),
    })
}

/// Reads a table with the columns `period` and `cumulative`, or `period` and `value`.
fn read(file: &Path) -> Result<Vec<Figure>, Failure> {
    let shown = file.display();
    let bytes = pipeline::bytes_of(file, LARGEST, "一张 CSV 表", |size| {
        Failure::Input(format!("文件过大：{shown}（{size} 字节，上限为 {LARGEST} 字节）"))
    })?;
    let wrong = |line: u64, said: String| Failure::Input(format!("{shown}：第 {line} 行：{said}"));
    let fault = |said: String| Failure::Input(format!("{shown}：{said}"));
    let text = table_text::decoded(&bytes).map_err(fault)?;
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| fault(table_text::broken(&error)))?.clone();
    let column = |names: &[&str]| {
        let fits = |title: &str| names.iter().any(|name| title.eq_ignore_ascii_case(name));
        table_text::column(&header, fits).map_err(fault)
    };
    let period = column(&["period", "时期"])?;
    let cumulative = column(&["cumulative", "累计"])?;
    let value = cumulative.or(column(&["value", "数值"])?);
    let (Some(period), Some(value)) = (period, value) else {
        return Err(wrong(1, "没有 period 和 cumulative（或 value）列（表头应含这两列）".into()));
    };
    let mut figures: Vec<Figure> = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        let more = reader.read_record(&mut record);
        let more = more.map_err(|error| fault(table_text::broken(&error)))?;
        if !more {
            break;
        }
        let line = record.position().map_or(0, csv::Position::line);
        let (written, number) = (&record[period], &record[value]);
        let known: Period = written
            .parse()
            .map_err(|error: terms::InvalidPeriod| wrong(line, error.to_string()))?;
        let number = number.parse::<Amount>().ok().and_then(|number| number.exact());
        let number = number
            .ok_or_else(|| wrong(line, format!("数值“{}”（应为十进制数）", &record[value])))?;
        if cumulative.is_some() && known.first_month() != 1 {
            return Err(wrong(
                line,
                format!("“{written}”不是一月起的累计时期（应如 2024-01..05）"),
            ));
        }
        let (year, month) = (i32::from(known.year()), known.last_month());
        let before = figures.iter().rev().find(|figure| figure.year == year);
        let so_far = match (cumulative, before) {
            (Some(_), _) => number,
            (None, None) if known.first_month() == 1 => number,
            (None, Some(before)) if before.month + 1 == known.first_month() => before
                .value
                .checked_add(number)
                .ok_or_else(|| wrong(line, "累计超出精确小数的范围".into()))?,
            (None, _) => {
                return Err(wrong(
                    line,
                    format!("“{written}”没有接上前一期（当期数应从一月起连续）"),
                ));
            }
        };
        figures.push(Figure { year, month, value: so_far });
    }
    Ok(figures)
}

/// The range that a target is written as.
fn target_of(written: &str) -> Result<Range, Failure> {
    let wrong = || {
        Failure::Input(format!("目标“{written}”（应如 \"≥ 217000\"、\"<= 0.48\"、\"200..220\"）"))
    };
    let number = |text: &str| entered::amount(text, &terms::Unit::new("")).ok()?.exact();
    if let Some((one, other)) = written.split_once("..") {
        let ends = number(one).zip(number(other)).ok_or_else(wrong)?;
        return Ok(Range::between(ends.0, ends.1));
    }
    let text = written.trim();
    let signs: [(&[&str], bool, bool); 4] = [
        (&["≥", ">=", "不低于", "以上"], true, true),
        (&["≤", "<=", "不高于", "以内"], false, true),
        (&[">", "高于"], true, false),
        (&["<", "低于"], false, false),
    ];
    for (words, lower, included) in signs {
        for word in words {
            let rest = text.strip_prefix(word).or_else(|| text.strip_suffix(word));
            if let Some(at) = rest.and_then(number) {
                let bound = Some(Bound { at, included });
                return Ok(match lower {
                    true => Range { lower: bound, upper: None },
                    false => Range { lower: None, upper: bound },
                });
            }
        }
    }
    // A number alone is to be reached.
    let at = number(text).ok_or_else(wrong)?;
    Ok(Range { lower: Some(Bound { at, included: true }), upper: None })
}

/// An earlier year as it was forecast in the same month.
struct Tested {
    year: i32,
    mean: Decimal,
    actual: Decimal,
}

/// Forecasts earlier years again from what was known in the same month of each.
fn backtest(question: &Question<'_>, ends: &YearEnd) -> Vec<Tested> {
    let mut years: Vec<i32> = question
        .figures
        .iter()
        .filter(|figure| figure.month == 12 && figure.year < ends.year)
        .map(|figure| figure.year)
        .collect();
    years.sort_unstable();
    let skip = years.len().saturating_sub(BACKTEST);
    let tested = years.into_iter().skip(skip).filter_map(|year| {
        let known: Vec<Figure> = question
            .figures
            .iter()
            .filter(|figure| (figure.year, figure.month) <= (year, ends.month))
            .copied()
            .collect();
        let actual = question.figures.iter().find(|f| (f.year, f.month) == (year, 12))?.value;
        let then = year_end(&Question { figures: &known, target: None, ..*question }).ok()?;
        (then.year == year && then.month == ends.month).then_some(Tested {
            year,
            mean: then.mean,
            actual,
        })
    });
    tested.collect()
}

fn error_of(tested: &Tested) -> Option<Decimal> {
    let apart = tested.mean.checked_sub(tested.actual)?.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(apart.checked_div(tested.actual)?.round_dp(2))
}

fn method(ends: &YearEnd) -> &'static str {
    match ends.method {
        Method::Smoothing => "smoothing",
        Method::Share => "share",
        Method::Both => "both",
    }
}

/// The interval that holds so much of the futures, in the decimals of the mean.
fn interval(ends: &YearEnd, share: f64) -> Option<[String; 2]> {
    let end = |at: f64| {
        let end = Decimal::from_f64_retain(ends.total.quantile(at)?)?;
        Some(end.round_dp(ends.mean.scale()).to_string())
    };
    Some([end((1.0 - share) / 2.0)?, end((1.0 + share) / 2.0)?])
}

fn as_json(ends: &YearEnd, target: Option<&str>, tested: &[Tested]) -> Value {
    let models = ends.models.iter().map(|(weight, model)| {
        json!({ "model": model.to_string(), "weight": (weight * 1e4).round() / 1e4 })
    });
    let needed = ends.needed.as_ref().map(|needed| {
        json!({
            "sum": needed.sum.to_string(),
            "growth_percent": needed.growth.map(|growth| growth.round_dp(2).to_string()),
            "best_growth_percent": needed.best.as_ref().map(|best| best.growth.round_dp(2).to_string()),
            "best_year": needed.best.as_ref().map(|best| best.year),
            "years": needed.years,
        })
    });
    let backtest = tested.iter().map(|one| {
        json!({
            "year": one.year,
            "mean": one.mean.to_string(),
            "actual": one.actual.to_string(),
            "error_percent": error_of(one).map(|error| error.to_string()),
        })
    });
    let outliers = ends.outliers.iter().map(|outlier| {
        json!({
            "period": format!("{}-{:02}", outlier.year, outlier.month),
            "value": outlier.value.to_string(),
            "score": (outlier.score * 100.0).round() / 100.0,
        })
    });
    json!({
        "year": ends.year,
        "known_through": ends.month,
        "so_far": ends.so_far.to_string(),
        "mean": ends.mean.to_string(),
        "interval_80": interval(ends, 0.80),
        "interval_95": interval(ends, 0.95),
        "target": target,
        "probability": ends.probability,
        "needed": needed,
        "method": method(ends),
        "reason": ends.reason.to_string(),
        "models": models.collect::<Vec<_>>(),
        "figures_used": ends.used,
        "figures_dropped": ends.dropped,
        "outliers": outliers.collect::<Vec<_>>(),
        "backtest": backtest.collect::<Vec<_>>(),
    })
}

fn print(
    out: &mut dyn std::io::Write,
    ends: &YearEnd,
    target: Option<&str>,
    tested: &[Tested],
) -> std::io::Result<()> {
    let YearEnd { year, month, so_far, mean, .. } = ends;
    writeln!(out, "{year}年1—{month}月累计 {so_far}；年底预计 {mean}")?;
    for (share, name) in [(0.80, "80%"), (0.95, "95%")] {
        if let Some([low, high]) = interval(ends, share) {
            writeln!(out, "{name} 区间：{low} 至 {high}")?;
        }
    }
    if let (Some(target), Some(chance)) = (target, ends.probability) {
        let chance = match chance {
            // Simulated futures cannot rule anything out.
            chance if chance < 0.01 => "不到 1%".to_owned(),
            chance if chance > 0.99 => "超过 99%".to_owned(),
            chance => format!("{:.0}%", chance * 100.0),
        };
        writeln!(out, "目标 {target}：完成的可能 {chance}")?;
    }
    if let Some(needed) = &ends.needed {
        let growth = needed.growth.map(|growth| format!("，同比 {}%", growth.round_dp(1)));
        write!(out, "其余各月还需 {}{}", needed.sum, growth.unwrap_or_default())?;
        match &needed.best {
            Some(best) => writeln!(
                out,
                "；近 {} 年同样各月最快的是 {} 年的 {}%",
                needed.years,
                best.year,
                best.growth.round_dp(1)
            )?,
            None => writeln!(out)?,
        }
    }
    let name = match ends.method {
        Method::Smoothing => "指数平滑",
        Method::Share => "份额法",
        Method::Both => "指数平滑与份额法",
    };
    let why = match ends.reason {
        Reason::LongHistory { years } => format!("有 {years} 个完整年度"),
        Reason::ShortHistory { years } => format!("只有 {years} 个完整年度"),
        Reason::TooShortForSmoothing { needed, found } => {
            format!("指数平滑需要 {needed} 个连续的数，只有 {found} 个")
        }
        Reason::NoShare => "不能取份额".to_owned(),
    };
    writeln!(out, "方法：{name}（{why}）")?;
    for outlier in &ends.outliers {
        writeln!(out, "异常：{}年{}月为止的一期 {}", outlier.year, outlier.month, outlier.value)?;
    }
    for one in tested {
        let error = error_of(one).map_or("—".to_owned(), |error| format!("{error}%"));
        writeln!(
            out,
            "回测 {}年：当时预计 {}，实际 {}，偏差 {error}",
            one.year, one.mean, one.actual
        )?;
    }
    Ok(())
}

fn said(error: &NoYearEnd) -> String {
    match error {
        NoYearEnd::Month { year, month } => format!("{year} 年没有 {month} 月（应为 1 至 12）"),
        NoYearEnd::Twice { year, month } => {
            format!("{year} 年 {month} 月有两个不同的数（应只有一个）")
        }
        NoYearEnd::TooShort { needed, found } => {
            format!("历史太短：{found} 个数（应至少 {needed} 个，含一个完整年度）")
        }
        NoYearEnd::Ended { year } => {
            format!("{year} 年已经结束，没有什么可预测（应有未满一年的数）")
        }
        NoYearEnd::NoMethod(_) => "数不连续或有零、负数，两种方法都不能用".to_owned(),
        NoYearEnd::Smoothing(refusal) => format!("不能预测（{refusal}）"),
        NoYearEnd::Range => "数超出精确小数的范围".to_owned(),
    }
}
