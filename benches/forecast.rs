//! How fast series are forecast: all models, 12 steps with paths, one core, beside statsforecast's AutoETS on the same
//! series in the same run where `python3` (or `PYTHON`) has it: the ratio of the times of one series is printed.
//!
//! `python3 benches/forecast_peers.py series > SERIES.csv`, then `cargo bench -p benches --bench forecast -- SERIES.csv`
//! measures the 1,000 seeded monthly series of length 120. Without a file, series of the same kind are made here.

#![allow(clippy::panic, reason = "a measure that cannot be taken fails by panicking")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use std::{env, fs};

use methods::forecast::{blend, choose};

const COUNT: usize = 1000;
const LENGTH: usize = 120;
const STEPS: usize = 12;
const PATHS: usize = 2000;

fn main() {
    let file = env::args().skip(1).find(|argument| !argument.starts_with('-')).map(PathBuf::from);
    let series = match &file {
        Some(file) => read(file),
        None => (0..COUNT).map(series).collect(),
    };
    println!("{} series", series.len());
    let one = time(&series, |values| {
        choose(values, 12).map(|fit| fit.paths(STEPS, PATHS, 1).sums().numbers().len())
    });
    println!(
        "choice by AICc, {PATHS} paths of {STEPS} steps: {:.2} ms of processor time a series",
        one * 1e3
    );
    let all = time(&series, |values| {
        blend(values, 12).map(|blend| blend.paths(STEPS, PATHS, 1).sums().numbers().len())
    });
    println!("all models blended, the same: {:.2} ms a series", all * 1e3);
    match peer(&series) {
        Some(other) => println!(
            "statsforecast AutoETS: {:.1} ms of processor time a series, {:.1} and {:.1} times as long",
            other * 1e3,
            other / one,
            other / all
        ),
        None => println!("statsforecast: skipped, it is not installed"),
    }
}

/// One series a line, comma-separated.
fn read(file: &Path) -> Vec<Vec<f64>> {
    let text = fs::read_to_string(file);
    let text = text.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let number = |field: &str| -> f64 {
        field.parse().unwrap_or_else(|_| panic!("{}: {field:?} is no number", file.display()))
    };
    text.lines().map(|line| line.split(',').map(number).collect()).collect()
}

/// Seconds of processor time for one series.
fn time<E>(series: &[Vec<f64>], forecast: impl Fn(&[f64]) -> Result<usize, E>) -> f64 {
    let (start, before) = (Instant::now(), processor_time());
    let done = series.iter().filter(|values| forecast(values).is_ok_and(|n| n == PATHS)).count();
    assert_eq!(done, series.len(), "a series was not forecast");
    let passed = start.elapsed().as_secs_f64();
    let spent = before.zip(processor_time()).map_or(passed, |(before, after)| after - before);
    spent / series.len() as f64
}

/// Seconds that this thread has spent on a processor, where the system tells: others may use the machine at the same time.
fn processor_time() -> Option<f64> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(told.split(' ').next()?.parse::<f64>().ok()? * 1e-9)
}

/// Seconds of processor time that the other program takes for one series.
fn peer(series: &[Vec<f64>]) -> Option<f64> {
    let python = env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/forecast_peers.py");
    let mut process = Command::new(python)
        .args([script, "speed"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let rows: Vec<String> = series
        .iter()
        .map(|values| values.iter().map(f64::to_string).collect::<Vec<_>>().join(","))
        .collect();
    // Without the package it ends before it reads.
    let written = process.stdin.take()?.write_all(rows.join("\n").as_bytes());
    let output = process.wait_with_output().ok()?;
    written.ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// A level with growth, a season and noise of two kinds, all by the number of the series.
fn series(number: usize) -> Vec<f64> {
    let mut state = (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut uniform = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let base = 50.0 + 450.0 * uniform();
    let growth = 0.003 + 0.004 * normal(&mut uniform);
    let height = 0.05 + 0.25 * uniform();
    let season: Vec<f64> = (0..12).map(|_| normal(&mut uniform)).collect();
    let mut walk = 0.0;
    (0..LENGTH)
        .map(|at| {
            walk += 0.01 * normal(&mut uniform);
            let noise = 0.03 * normal(&mut uniform);
            base * (growth * at as f64 + height * season[at % 12] + walk + noise).exp()
        })
        .collect()
}

/// Nearly normal: the sum of twelve uniform numbers less six.
fn normal(uniform: &mut impl FnMut() -> f64) -> f64 {
    (0..12).map(|_| uniform()).sum::<f64>() - 6.0
}
