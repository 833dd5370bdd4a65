//! National monthly figures of public finance: each origin month of each year whose end is known is forecast from the
//! figures up to then, beside two rules of thumb; skipped without the shared data.
//!
//! `cargo test --release -p tests --test forecast_national -- --nocapture --include-ignored` prints the tables.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;

use methods::forecast::year_end::{Figure, NoYearEnd, Question, year_end};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value;

/// The totals, by their names in the file.
const TOTALS: [(&str, &str); 3] =
    [("pub_rev", "一般公共预算收入"), ("tax", "税收收入"), ("pub_exp", "一般公共预算支出")];

/// The taxes of which every case is printed.
const MAIN_TAXES: [&str; 4] = ["国内增值税", "企业所得税", "个人所得税", "国内消费税"];

/// One forecast of a year's end.
struct Case {
    year: i32,
    month: u8,
    outcome: f64,
    /// The median, and the interval that should hold the outcome in eight of ten cases.
    middle: f64,
    interval: [f64; 2],
    /// So far, times last year's end over what it had brought by the same month.
    by_share: f64,
    /// So far, and what the remaining months brought last year.
    by_rest: f64,
}

impl Case {
    fn off(&self, forecast: f64) -> f64 {
        100.0 * (forecast / self.outcome - 1.0).abs()
    }

    fn holds(&self) -> bool {
        let [low, high] = self.interval;
        low <= self.outcome && self.outcome <= high
    }
}

fn cases(figures: &[Figure]) -> Vec<Case> {
    let at = |year, month| {
        figures.iter().find(|known| (known.year, known.month) == (year, month)).map(|f| f.value)
    };
    let number = |exact: Decimal| exact.to_f64().unwrap();
    let case = |origin: &Figure| {
        let Figure { year, month, value } = *origin;
        let (last, before) = (at(year - 1, 12)?, at(year - 1, month)?);
        let outcome = at(year, 12)?;
        let known: Vec<Figure> = figures
            .iter()
            .filter(|figure| (figure.year, figure.month) <= (year, month))
            .copied()
            .collect();
        let question = Question { figures: &known, breaks: &[], target: None, seed: 1 };
        let answer = match year_end(&question) {
            Ok(answer) => answer,
            Err(NoYearEnd::TooShort { .. }) => return None,
            Err(other) => panic!("{year}-{month}: {other}"),
        };
        Some(Case {
            year,
            month,
            outcome: number(outcome),
            middle: answer.total.quantile(0.5).unwrap(),
            interval: [0.1, 0.9].map(|share| answer.total.quantile(share).unwrap()),
            by_share: number(value / before * last),
            by_rest: number(value + last - before),
        })
    };
    figures.iter().filter(|figure| figure.month < 12).filter_map(case).collect()
}

/// Mean absolute errors in percent of ours and of the two rules, and the share of outcomes inside the intervals.
fn print(name: &str, cases: &[&Case]) -> [f64; 4] {
    let count = cases.len() as f64;
    let mean = |of: &dyn Fn(&Case) -> f64| cases.iter().map(|case| of(case)).sum::<f64>() / count;
    let marks = [
        mean(&|case| case.off(case.middle)),
        mean(&|case| case.off(case.by_share)),
        mean(&|case| case.off(case.by_rest)),
        mean(&|case| f64::from(u8::from(case.holds()))),
    ];
    let [ours, share, rest, cover] = marks;
    println!("| {name} | {count} | {ours:.2} | {share:.2} | {rest:.2} | {:.0} % |", 100.0 * cover);
    marks
}

/// The totals, and the taxes where these are asked for, by name.
fn read(taxes: bool) -> Option<Vec<(String, Vec<Case>)>> {
    let path = tests::shared("corpus/mof/fiscal_series.json")?;
    let rows: Vec<Value> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut series: Vec<(String, Vec<Figure>)> = Vec::new();
    for row in &rows {
        let mut add = |name: &str, cell: &Value| {
            let Some(value) = cell["v"].as_f64() else { return };
            let figure = Figure {
                year: i32::try_from(row["year"].as_i64().unwrap()).unwrap(),
                month: u8::try_from(row["month"].as_i64().unwrap()).unwrap(),
                value: Decimal::try_from(value).unwrap(),
            };
            match series.iter_mut().find(|(known, _)| known == name) {
                Some((_, figures)) => figures.push(figure),
                None => series.push((name.to_owned(), vec![figure])),
            }
        };
        TOTALS.iter().for_each(|(key, name)| add(name, &row[key]));
        for item in row["tax_items"].as_array().unwrap().iter().filter(|_| taxes) {
            add(item["name"].as_str().unwrap(), item);
        }
    }
    Some(series.into_iter().map(|(name, figures)| (name, cases(&figures))).collect())
}

/// Prints each case of the totals and the main taxes, then the errors by series, month and year; those of all cases.
fn print_all(all: &[(String, Vec<Case>)]) -> [f64; 4] {
    println!(
        "| series, known through | median | 80 % interval | outcome | last year's share | last year's rest |"
    );
    let main =
        |name: &str| TOTALS.iter().any(|(_, total)| *total == name) || MAIN_TAXES.contains(&name);
    for (name, case) in all
        .iter()
        .filter(|(name, _)| main(name))
        .flat_map(|(name, cases)| cases.iter().map(move |case| (name, case)))
    {
        let Case { year, month, outcome, middle, interval: [low, high], by_share, by_rest } = case;
        println!(
            "| {name} {year}-{month:02} | {middle:.0} | {low:.0} to {high:.0} | {outcome:.0} | {by_share:.0} | {by_rest:.0} |"
        );
    }
    println!("\n| mean absolute error in % | cases | ours | share | rest | 80 % cover |");
    for (name, cases) in all {
        print(name, &cases.iter().collect::<Vec<_>>());
    }
    let every: Vec<&Case> = all.iter().flat_map(|(_, cases)| cases).collect();
    let mut months: BTreeMap<u8, Vec<&Case>> = BTreeMap::new();
    let mut years: BTreeMap<i32, Vec<&Case>> = BTreeMap::new();
    for case in &every {
        months.entry(case.month).or_default().push(case);
        years.entry(case.year).or_default().push(case);
    }
    months.iter().for_each(|(month, cases)| _ = print(&format!("1—{month} 月"), cases));
    years.iter().for_each(|(year, cases)| _ = print(&format!("{year} 年"), cases));
    print(&format!("合计 {} 项", all.len()), &every)
}

#[test]
fn national_totals_are_forecast_better_than_by_last_years_share() {
    let Some(all) = read(false) else { return };
    let [ours, share, _, cover] = print_all(&all);
    assert_eq!(all.iter().map(|(_, cases)| cases.len()).sum::<usize>(), 81);
    assert!(ours < share, "{ours} {share}");
    assert!((0.72..0.88).contains(&cover), "{cover}");
}

#[test]
#[ignore = "takes minutes unless optimized"]
fn national_taxes_are_forecast_beside_rules_of_thumb() {
    let Some(all) = read(true) else { return };
    let [ours, share, rest, cover] = print_all(&all);
    assert_eq!(all.iter().map(|(_, cases)| cases.len()).sum::<usize>(), 567);
    assert!(ours < share, "{ours} {share}");
    // In years without growth the same rest as last year is hard to beat: we must not be far behind.
    assert!(ours < 1.1 * rest, "{ours} {rest}");
    assert!((0.72..0.88).contains(&cover), "{cover}");
}
