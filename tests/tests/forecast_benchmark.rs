//! Forecasts on series of the shared data, against the measured accuracy of other packages; skipped without that data.
//!
//! The limits are those that the best of statsforecast 2.1.1 and R's `forecast` 8.20 reach on the same series and cases;
//! `crates/methods/tests/oracles/bench_aicc.csv` has the lowest criterion of any of their models for each series.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, HashMap};
use std::fs;

use methods::forecast::year_end::{Figure, NoYearEnd, Question, year_end};
use methods::forecast::{Distribution, blend, brier, choose, crps, mase};
use rust_decimal::Decimal;
use serde_json::Value;

/// Public monthly series by name.
fn series() -> Option<Vec<(String, Vec<f64>)>> {
    let text = fs::read_to_string(tests::shared("specs/methods/bench.csv")?).unwrap();
    let row = |line: &str| {
        let mut parts = line.split(',');
        let name = parts.next().unwrap().to_owned();
        (name, parts.map(|part| part.parse().unwrap()).collect())
    };
    Some(text.lines().map(row).collect())
}

/// The mean of pinball losses, twice, on the grid of the other packages' intervals.
fn pinball(forecast: &Distribution, point: f64, outcome: f64) -> f64 {
    const LEVELS: [f64; 11] = [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 95.0, 98.0];
    let shares = LEVELS.iter().flat_map(|level| [0.5 - level / 200.0, 0.5 + level / 200.0]);
    let losses = shares.map(|share| {
        let quantile = forecast.quantile(share).unwrap();
        let weight = if outcome >= quantile { share } else { 1.0 - share };
        2.0 * weight * (outcome - quantile).abs()
    });
    (losses.sum::<f64>() + (outcome - point).abs()) / 23.0
}

#[test]
fn the_last_year_is_forecast_better_than_by_the_best_package() {
    let Some(series) = series() else { return };
    let (mut errors, mut scores, mut covered) = (0.0, 0.0, 0.0);
    for (_, values) in &series {
        let (history, outcome) = values.split_at(values.len() - 12);
        let blend = blend(history, 12).unwrap();
        let (points, paths) = (blend.point(12), blend.paths(12, 4000, 1));
        errors += mase(history, 12, &points, outcome).unwrap();
        let scale = 1.0 / mase(history, 12, &[1.0], &[0.0]).unwrap();
        for (step, actual) in outcome.iter().enumerate() {
            let at = paths.at(step);
            scores += pinball(&at, points[step], *actual) / scale / 12.0;
            let inside =
                at.quantile(0.1).unwrap() <= *actual && *actual <= at.quantile(0.9).unwrap();
            covered += if inside { 1.0 / 12.0 } else { 0.0 };
        }
    }
    let count = series.len() as f64;
    let (error, score, cover) = (errors / count, scores / count, covered / count);
    println!("{count} series: MASE {error:.4}, scaled CRPS {score:.4}, 80 % cover {cover:.3}");
    assert!(error <= 0.454 && score <= 0.317, "{error} {score}");
    assert!((0.78..0.845).contains(&cover), "{cover}");
}

#[test]
fn the_choice_is_never_behind_another_package() {
    let Some(series) = series() else { return };
    let others: HashMap<&str, f64> =
        include_str!("../../crates/methods/tests/oracles/bench_aicc.csv")
            .lines()
            .skip(1)
            .map(|line| {
                let parts: Vec<&str> = line.split(',').collect();
                (parts[0], f64::min(parts[1].parse().unwrap(), parts[2].parse().unwrap()))
            })
            .collect();
    let mut gains = Vec::new();
    for (name, values) in &series {
        let found = choose(&values[..values.len() - 12], 12).unwrap();
        let other = others[name.as_str()];
        assert!(found.aicc() <= other + 0.1, "{name}: {} {} {other}", found.model, found.aicc());
        gains.push(other - found.aicc());
    }
    let mean = gains.iter().sum::<f64>() / gains.len() as f64;
    println!("the criterion is lower by {mean:.2} on the mean of {} series", gains.len());
    assert!(mean > 4.0, "{mean}");
}

/// 648 cases: four years of 54 positive series, from three, six and nine months.
#[test]
fn year_ends_are_forecast_better_than_by_the_best_package() {
    let Some(series) = series() else { return };
    let (mut scores, mut chances, mut cases) = (BTreeMap::new(), 0.0, 0);
    for (_, values) in series.iter().filter(|(_, values)| values.iter().all(|value| *value > 0.0)) {
        let years = values.len() / 12;
        if years < 7 {
            continue;
        }
        let values = &values[values.len() - 12 * years..];
        let totals: Vec<f64> = values.chunks(12).map(|year| year.iter().sum()).collect();
        for year in years - 4..years {
            let changes: Vec<f64> = totals[..year].windows(2).map(|two| two[1] - two[0]).collect();
            let scale =
                changes.iter().map(|change| change.abs()).sum::<f64>() / changes.len() as f64;
            let growth: Distribution =
                totals[..year].windows(2).map(|two| two[1] / two[0] - 1.0).collect();
            let target = totals[year - 1] * (1.0 + growth.quantile(0.5).unwrap());
            for months in [3, 6, 9] {
                let end = 12 * year + months;
                let history = &values[end.saturating_sub(144 + months)..end];
                let known: f64 = values[12 * year..end].iter().sum();
                let paths = blend(history, 12).unwrap().paths(12 - months, 1000, 7);
                let total: Distribution =
                    paths.sums().numbers().iter().map(|sum| known + sum).collect();
                *scores.entry(months).or_insert(0.0) += crps(&total, totals[year]).unwrap() / scale;
                chances += brier(total.at_least(target), totals[year] >= target);
                cases += 1;
            }
        }
    }
    assert_eq!(cases, 648);
    let chance = chances / f64::from(cases);
    let scores: Vec<f64> = scores.into_values().map(|score| score / f64::from(cases / 3)).collect();
    println!("{cases} cases: CRPS {scores:.3?}, Brier {chance:.4}");
    for (score, limit) in scores.iter().zip([0.267, 0.125, 0.056]) {
        assert!(*score <= limit, "{scores:?}");
    }
    assert!(chance <= 0.049, "{chance}");
}

/// National monthly figures of public finance: each origin month of each year whose end is known.
#[test]
fn national_figures_are_forecast_beside_shares_of_last_year() {
    let Some(path) = tests::shared("corpus/mof/fiscal_series.json") else { return };
    let rows: Vec<Value> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let (mut ours, mut shares, mut covered, mut cases) = (0.0, 0.0, 0, 0);
    println!("series year-month: median, 5 % and 95 %, outcome, by last year's share");
    for name in ["pub_rev", "tax", "pub_exp"] {
        let figures: Vec<Figure> = rows
            .iter()
            .filter_map(|row| {
                let value = Decimal::try_from(row[name]["v"].as_f64()?).unwrap();
                let year = i32::try_from(row["year"].as_i64()?).unwrap();
                Some(Figure { year, month: u8::try_from(row["month"].as_u64()?).unwrap(), value })
            })
            .collect();
        let at = |year, month| {
            figures.iter().find(|figure| (figure.year, figure.month) == (year, month))
        };
        for origin in figures.iter().filter(|figure| figure.month < 12) {
            let Figure { year, month, value } = *origin;
            let (Some(end), Some(last), Some(before)) =
                (at(year, 12), at(year - 1, 12), at(year - 1, month))
            else {
                continue;
            };
            let known: Vec<Figure> = figures
                .iter()
                .filter(|figure| (figure.year, figure.month) <= (year, month))
                .copied()
                .collect();
            let question = Question { figures: &known, breaks: &[], target: None, seed: 1 };
            let answer = match year_end(&question) {
                Ok(answer) => answer,
                Err(NoYearEnd::TooShort { .. }) => continue,
                Err(other) => panic!("{name} {year}-{month}: {other}"),
            };
            let naive = value / before.value * last.value;
            let [low, .., high] = answer.quantiles;
            let middle = answer.quantiles[2];
            println!(
                "{name} {year}-{month}: {middle:.0}, {low:.0} to {high:.0}, {}, {naive:.0}",
                end.value
            );
            let off = |forecast: Decimal| {
                f64::try_from((forecast / end.value - Decimal::ONE).abs()).unwrap()
            };
            ours += off(middle);
            shares += off(naive);
            covered += i32::from(low <= end.value && end.value <= high);
            cases += 1;
        }
    }
    let (ours, shares) = (100.0 * ours / f64::from(cases), 100.0 * shares / f64::from(cases));
    println!(
        "{cases} cases: off by {ours:.2} %, last year's share by {shares:.2} %, 90 % interval holds {covered}"
    );
    assert!(cases > 80 && ours < shares, "{cases} {ours} {shares}");
}
