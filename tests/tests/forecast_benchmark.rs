//! Forecasts on series of the shared data, against the measured accuracy of other packages; skipped without that data.
//!
//! The limits are those that the best of statsforecast 2.1.1 and R's `forecast` 8.20 reach on the same series and cases;
//! `crates/methods/tests/oracles/bench_aicc.csv` has the lowest criterion of any of their models for each series.
//! With `PYTHON` set to a Python that has statsforecast, its models are measured in the same run by the same scores:
//! `PYTHON=… cargo test --release -p tests --test forecast_benchmark -- --nocapture`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, HashMap};
use std::process::{Command, Stdio};
use std::{env, fs};

use methods::forecast::year_end::{Figure, Question, year_end};
use methods::forecast::{Distribution, Paths, blend, brier, choose, crps, mase};
use rust_decimal::Decimal;

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

/// The steps that are held out.
const STEPS: usize = 12;

/// The grid of quantiles on which forecasts are scored, in percent: the bounds of the intervals that other packages give.
const GRID: [f64; 22] = [
    1.0, 2.5, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 40.0, 45.0, 55.0, 60.0, 65.0, 70.0, 75.0,
    80.0, 85.0, 90.0, 95.0, 97.5, 99.0,
];

/// What is forecast of one step: a point, and the quantiles of the grid.
struct Forecast {
    point: f64,
    quantiles: Vec<f64>,
}

impl Forecast {
    fn of(point: f64, at: &Distribution) -> Self {
        let quantiles = GRID.map(|percent| at.quantile(percent / 100.0).unwrap()).to_vec();
        Forecast { point, quantiles }
    }

    /// The mean of pinball losses, twice; the point counts as the median.
    fn pinball(&self, outcome: f64) -> f64 {
        let losses = GRID.iter().zip(&self.quantiles).map(|(percent, quantile)| {
            let share = percent / 100.0;
            let weight = if outcome >= *quantile { share } else { 1.0 - share };
            2.0 * weight * (outcome - quantile).abs()
        });
        (losses.sum::<f64>() + (outcome - self.point).abs()) / (GRID.len() + 1) as f64
    }

    /// Whether the outcome lies between the quantile at a percentage and that as far from the other end.
    fn holds(&self, percent: f64, outcome: f64) -> bool {
        let low = GRID.iter().position(|at| *at == percent).unwrap();
        self.quantiles[low] <= outcome && outcome <= self.quantiles[GRID.len() - 1 - low]
    }
}

fn simulated(points: &[f64], paths: &Paths) -> Vec<Forecast> {
    points.iter().enumerate().map(|(step, point)| Forecast::of(*point, &paths.at(step))).collect()
}

/// How good forecasts of all series were on the mean.
struct Marks {
    error: f64,
    score: f64,
    cover_80: f64,
    cover_95: f64,
}

impl Marks {
    fn of(name: &str, series: &[(String, Vec<f64>)], forecasts: &[Vec<Forecast>]) -> Self {
        let mut marks = Marks { error: 0.0, score: 0.0, cover_80: 0.0, cover_95: 0.0 };
        assert_eq!(series.len(), forecasts.len(), "{name}");
        for ((_, values), steps) in series.iter().zip(forecasts) {
            let (history, outcome) = values.split_at(values.len() - STEPS);
            assert_eq!(steps.len(), STEPS, "{name}");
            let points: Vec<f64> = steps.iter().map(|step| step.point).collect();
            marks.error += mase(history, 12, &points, outcome).unwrap();
            let scale = 1.0 / mase(history, 12, &[1.0], &[0.0]).unwrap();
            for (step, actual) in steps.iter().zip(outcome) {
                marks.score += step.pinball(*actual) / scale / STEPS as f64;
                let share = |inside: bool| f64::from(u8::from(inside)) / STEPS as f64;
                marks.cover_80 += share(step.holds(10.0, *actual));
                marks.cover_95 += share(step.holds(2.5, *actual));
            }
        }
        let Marks { error, score, cover_80, cover_95 } = &mut marks;
        for mark in [error, score, cover_80, cover_95] {
            *mark /= series.len() as f64;
        }
        println!(
            "{name:<26} {:6.4} {:11.4} {:8.1} % {:6.1} %",
            marks.error,
            marks.score,
            100.0 * marks.cover_80,
            100.0 * marks.cover_95
        );
        marks
    }
}

/// The forecasts of statsforecast's models by name, where `PYTHON` is set.
fn peers() -> Vec<(String, Vec<Vec<Forecast>>)> {
    let Ok(python) = env::var("PYTHON") else {
        println!("(statsforecast: skipped, PYTHON is not set)");
        return Vec::new();
    };
    let input = fs::File::open(tests::shared("specs/methods/bench.csv").unwrap()).unwrap();
    let output = Command::new(python)
        .arg(tests::root().join("benches/forecast_peers.py"))
        .arg("accuracy")
        .stdin(input)
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success(), "the other package could not be asked");
    let mut models: Vec<(String, Vec<Vec<Forecast>>)> = Vec::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let (name, numbers) = line.split_once(',').unwrap();
        let numbers: Vec<f64> = numbers.split(',').map(|number| number.parse().unwrap()).collect();
        let [_, step, point, quantiles @ ..] = &numbers[..] else { panic!("{line}") };
        if models.last().is_none_or(|(last, _)| last != name) {
            models.push((name.to_owned(), Vec::new()));
        }
        let (_, rows) = models.last_mut().unwrap();
        if *step == 0.0 {
            rows.push(Vec::new());
        }
        let quantiles = quantiles.to_vec();
        rows.last_mut().unwrap().push(Forecast { point: *point, quantiles });
    }
    assert_eq!(models.len(), 3);
    models
}

#[test]
fn the_last_year_is_forecast_better_than_by_the_best_package() {
    let Some(series) = series() else { return };
    let forecasts = |forecast: &dyn Fn(&[f64]) -> Vec<Forecast>| -> Vec<Vec<Forecast>> {
        series.iter().map(|(_, values)| forecast(&values[..values.len() - STEPS])).collect()
    };
    println!(
        "{:<26} {:>6} {:>11} {:>10} {:>8}",
        "64 series", "MASE", "scaled CRPS", "80 %", "95 %"
    );
    let others = peers();
    let others: Vec<Marks> = others
        .iter()
        .map(|(name, rows)| Marks::of(&format!("statsforecast {name}"), &series, rows))
        .collect();
    let chosen = forecasts(&|history| {
        let fit = choose(history, 12).unwrap();
        simulated(&fit.point(STEPS), &fit.paths(STEPS, 4000, 1))
    });
    Marks::of("choose", &series, &chosen);
    let blended = forecasts(&|history| {
        let blend = blend(history, 12).unwrap();
        simulated(&blend.point(STEPS), &blend.paths(STEPS, 4000, 1))
    });
    let Marks { error, score, cover_80, .. } = Marks::of("blend", &series, &blended);
    assert!(error <= 0.454 && score <= 0.317, "{error} {score}");
    assert!((0.78..=0.84).contains(&cover_80), "{cover_80}");
    for other in others {
        assert!(error <= other.error && score <= other.score, "{} {}", other.error, other.score);
    }
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

/// A year of a series as it was known after some months.
struct Case {
    months: usize,
    history: Vec<f64>,
    known: f64,
    total: f64,
    /// The mean absolute change of the years before.
    scale: f64,
    /// What the year has to bring: last year's total with the median growth of the years before.
    target: f64,
}

/// 648 cases: four years of 54 positive series, from three, six and nine months, from at most so many full years.
fn cases(series: &[(String, Vec<f64>)], most_years: usize) -> Vec<Case> {
    let mut cases = Vec::new();
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
                cases.push(Case {
                    months,
                    history: values[end.saturating_sub(12 * most_years + months)..end].to_vec(),
                    known: values[12 * year..end].iter().sum(),
                    total: totals[year],
                    scale,
                    target,
                });
            }
        }
    }
    assert_eq!(cases.len(), 648);
    cases
}

/// Scores after 3, 6 and 9 months, and the cover of 80 % intervals.
fn scored(
    cases: &[Case],
    forecast: impl Fn(&Case) -> Distribution,
) -> (BTreeMap<usize, f64>, f64, f64) {
    let (mut scores, mut chances, mut covered) = (BTreeMap::new(), 0.0, 0.0);
    let count = cases.len() as f64;
    for case in cases {
        let total = forecast(case);
        let score = crps(&total, case.total).unwrap() / case.scale;
        *scores.entry(case.months).or_insert(0.0) += 3.0 * score / count;
        chances += brier(total.at_least(case.target), case.total >= case.target) / count;
        let [low, high] = [0.1, 0.9].map(|share| total.quantile(share).unwrap());
        covered += f64::from(u8::from(low <= case.total && case.total <= high)) / count;
    }
    (scores, chances, covered)
}

#[test]
fn year_ends_are_forecast_better_than_by_the_best_package() {
    let Some(series) = series() else { return };
    let cases = cases(&series, 12);
    let (scores, chance, covered) = scored(&cases, |case| {
        let paths = blend(&case.history, 12).unwrap().paths(12 - case.months, 1000, 7);
        paths.sums().numbers().iter().map(|sum| case.known + sum).collect()
    });
    let met = cases.iter().filter(|case| case.total >= case.target).count() as f64 / 648.0;
    println!(
        "648 year ends: CRPS {scores:.4?}, Brier {chance:.4} (base rate {:.4}), 80 % cover {covered:.3}",
        met * (1.0 - met)
    );
    for (score, limit) in scores.values().zip([0.267, 0.125, 0.056]) {
        assert!(*score <= limit, "{scores:?}");
    }
    assert!(chance <= 0.049, "{chance}");
}

/// The same cases as a place would know them that has kept figures for a few years only.
#[test]
#[ignore = "takes minutes unless optimized"]
fn short_histories_are_forecast_with_honest_intervals() {
    let Some(series) = series() else { return };
    for years in 1..=6 {
        let cases = cases(&series, years);
        let (scores, chance, covered) = scored(&cases, |case| {
            let mut figures = Vec::new();
            let steps = case.history.len();
            for at in 0..steps {
                // The year of a figure is counted so that the last one has `months` steps.
                let (year, month) = (at / 12, at % 12);
                let sum: f64 = case.history[12 * year..=at].iter().sum();
                figures.push(Figure {
                    year: 2000 + i32::try_from(year).unwrap(),
                    month: u8::try_from(month + 1).unwrap(),
                    value: Decimal::try_from(sum).unwrap(),
                });
            }
            let question = Question { figures: &figures, breaks: &[], target: None, seed: 7 };
            year_end(&question).unwrap().total
        });
        println!(
            "{years} full years: CRPS {scores:.4?}, Brier {chance:.4}, 80 % cover {covered:.3}"
        );
        assert!((0.76..0.94).contains(&covered), "{years}: {covered}");
    }
}
