//! How fast formulas are computed for many regions and periods: `cargo bench -p benches --bench formula [-- REGIONS]`.
//!
//! Five formulas of the catalogue over cumulative months of ten years and 200 regions, one core: cells a second at once
//! (`compute_all`) and one by one (`compute`). Beside them, in the same run and on the same figures, pandas where
//! `python3` (or `PYTHON`) has it: with exact decimals as we have, and with floats, which are none. Its table is made ready
//! beforehand, ours is looked up and brought to one unit within the time. Nothing is asserted but that the answers are
//! the same.

use std::collections::BTreeMap;
use std::env;
use std::hint::black_box;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use assessment::formula::{CheckedNumber, Formula, Names, SeriesTable};
use rust_decimal::Decimal;
use terms::{Day, Facet, Indicator, Observation, ObservationStatus, Period, Series, Unit};

const FORMULAS: &[&str] = &[
    "energy-intensity-reduction",
    "labour-productivity",
    "rd-intensity",
    "income-gap",
    "investment-completion",
];

/// Indicators with a value about which theirs lie, and the year's growth in parts of a thousand.
const FIGURES: &[(&str, i64, i64)] = &[
    ("energy-use", 310_000, 12),
    ("gdp-constant", 7_205_000, 55),
    ("gdp", 7_905_000, 60),
    ("employed", 601_000, 3),
    ("rd-spending", 251_000, 90),
    ("urban-income", 641_230, 50),
    ("rural-income", 390_120, 65),
    ("investment-done", 201_000, 40),
    ("major-project-plan", 190_000, 30),
];

const YEARS: std::ops::RangeInclusive<i16> = 2015..=2024;
/// So long a formula is computed over and over.
const LONG_ENOUGH: Duration = Duration::from_secs(1);

type Error = Box<dyn std::error::Error>;

/// Reads lines of indicator, region, year, month and value; prints for each formula the best of some runs in seconds,
/// with decimals and with floats, and the last cell.
const PEER: &str = r#"
import os, sys, time
for name in ('OPENBLAS_NUM_THREADS', 'OMP_NUM_THREADS', 'MKL_NUM_THREADS'):
    os.environ[name] = '1'
from decimal import Decimal, ROUND_HALF_UP, getcontext
import pandas as pd
getcontext().prec = 28
rows = [line.rstrip().split(',') for line in sys.stdin]
long = pd.DataFrame(rows, columns=['indicator', 'region', 'year', 'month', 'value'])
long['year'] = long['year'].astype(int)
long['month'] = long['month'].astype(int)

def wide(convert):
    data = long.assign(value=long['value'].map(convert))
    data = data.pivot(index=['region', 'month', 'year'], columns='indicator', values='value')
    return data.sort_index()

def ago(column):
    return column.groupby(level=['region', 'month']).shift(1)

def year(data, name):
    whole = data[name].xs(12, level='month')
    keys = data.index.droplevel('month')
    return pd.Series(whole.reindex(keys).to_numpy(), index=data.index)

def exact(places):
    unit = Decimal(1).scaleb(-places)
    def one(value):
        return value.quantize(unit, rounding=ROUND_HALF_UP) if isinstance(value, Decimal) else value
    return lambda column: column.map(one)

def formulas(data, rounded, one):
    def intensity(e, g):
        return rounded(4)(e / g)
    return [
        lambda: (one - intensity(data['energy-use'], data['gdp-constant'])
                 / intensity(ago(data['energy-use']), ago(data['gdp-constant']))) * 100,
        lambda: data['gdp'] / ((data['employed'] + ago(data['employed'])) / 2),
        lambda: data['rd-spending'] / data['gdp'] * 100,
        lambda: rounded(2)(data['urban-income'] / data['rural-income']),
        lambda: data['investment-done'] / year(data, 'major-project-plan') * 100,
    ]

def mean_of(formula):
    times = []
    for _ in range(3):
        start = time.process_time()
        found = formula()
        times.append(time.process_time() - start)
    return min(times), found

decimals = formulas(wide(Decimal), exact, Decimal(1))
floats = formulas(wide(float), lambda places: lambda column: column.round(places), 1.0)
for exact_formula, float_formula in zip(decimals, floats):
    took, found = mean_of(exact_formula)
    quick, _ = mean_of(float_formula)
    print(took, quick, found.iloc[-1], sep='\t')
print(pd.__version__)
"#;

fn main() -> Result<(), Error> {
    let regions: usize =
        env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(200);
    let regions: Vec<String> =
        (0..regions).map(|number| format!("{}", 330_000_001 + number)).collect();
    let codes: Vec<&str> = regions.iter().map(String::as_str).collect();
    let mut periods = Vec::new();
    for year in YEARS {
        for month in 1..=12 {
            periods.push(Period::months(year, 1, month).ok_or("no period")?);
        }
    }
    let catalogue = statement::catalogue();
    let (table, lines) = figures(&catalogue, &regions, &periods)?;
    let cells = codes.len() * periods.len();
    println!("{} regions, {} periods: {cells} cells a formula", codes.len(), periods.len());
    let names = Names::of(&catalogue);
    let mut ours = Vec::new();
    for code in FORMULAS {
        let indicator = catalogue.iter().find(|known| known.code == *code).ok_or("no indicator")?;
        let formula = Formula::of_indicator(&names, indicator)?;
        let (at_once, known) = mean_of(|| formula.compute_all(&table, &codes, &periods).known());
        let (single, same) = mean_of(|| one_by_one(&formula, &table, &codes, &periods));
        assert_eq!(known, same, "the same cells are known");
        let last =
            formula.compute_all(&table, &codes, &periods).at(codes.len() - 1, periods.len() - 1);
        let rate = |seconds: f64| cells as f64 / seconds / 1e6;
        println!(
            "{}: {:.2} million cells/s at once, {:.2} one by one ({:.1} times), {known} known",
            indicator.name,
            rate(at_once),
            rate(single),
            single / at_once
        );
        ours.push((indicator.name.clone(), at_once, last));
    }
    let Some(others) = peer(&lines) else {
        println!("pandas: skipped, it is not installed");
        return Ok(());
    };
    for ((name, at_once, last), line) in ours.iter().zip(others.lines()) {
        let parts: Vec<&str> = line.split('\t').collect();
        let [exact, float, value] = parts[..] else { return Err(line.to_owned().into()) };
        let (exact, float): (f64, f64) = (exact.parse()?, float.parse()?);
        let apart = last.ok_or("no number")? - value.parse::<Decimal>()?;
        assert!(apart.abs() < Decimal::new(1, 15), "{name}: {last:?}, there {value}");
        println!(
            "{name}: pandas with decimals {:.2} million cells/s, {:.1} times as long; with floats {:.1}, {:.2} times as long",
            cells as f64 / exact / 1e6,
            exact / at_once,
            cells as f64 / float / 1e6,
            float / at_once
        );
    }
    println!("pandas {}", others.lines().last().unwrap_or_default());
    Ok(())
}

fn one_by_one(
    formula: &CheckedNumber,
    table: &SeriesTable,
    regions: &[&str],
    periods: &[Period],
) -> usize {
    let cells =
        regions.iter().flat_map(|region| periods.iter().map(move |period| (*region, *period)));
    cells.filter(|(region, period)| formula.compute(table, region, *period).is_ok()).count()
}

/// Seconds of processor time that a run takes on the mean of many, and what the last came to. The system counts this time
/// in steps of some milliseconds, so runs are repeated until they take long enough for that not to matter.
fn mean_of<T>(run: impl Fn() -> T) -> (f64, T) {
    let (start, worked) = (Instant::now(), processor());
    let (mut runs, mut found) = (1.0, black_box(run()));
    while start.elapsed() < LONG_ENOUGH {
        found = black_box(run());
        runs += 1.0;
    }
    // Others may be at work on the machine; where the system does not say, what passed is told.
    let passed = match (worked, processor()) {
        (Some(before), Some(after)) => after - before,
        _ => start.elapsed().as_secs_f64(),
    };
    (passed / runs, found)
}

/// Seconds that this thread has worked, where the system tells.
fn processor() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(told.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}

/// A table of figures, and the same as lines.
fn figures(
    catalogue: &[Indicator],
    regions: &[String],
    periods: &[Period],
) -> Result<(SeriesTable, String), Error> {
    let mut all: BTreeMap<(String, String), Vec<Observation>> = BTreeMap::new();
    let mut lines = String::new();
    for (kind, (code, about, growth)) in FIGURES.iter().enumerate() {
        let indicator = catalogue.iter().find(|known| known.code == *code).ok_or("no indicator")?;
        for (place, region) in regions.iter().enumerate() {
            for period in periods {
                let year = i64::from(period.year() - *YEARS.start());
                let months = i64::from(period.last_month());
                // Some noise without chance, the same on every run.
                let noise = (place as i64 * 7919
                    + kind as i64 * 104_729
                    + year * 1_299_709
                    + months * 15_485_863)
                    % 997;
                let value =
                    about * (1000 + growth * year) / 1000 * (900 + noise / 5) / 1000 * months / 12;
                let value = Decimal::new(value, 2);
                let (year, month) = (period.year(), period.last_month());
                lines.push_str(&format!("{code},{region},{year},{month},{value}\n"));
                all.entry(((*code).to_owned(), region.clone())).or_default().push(Observation {
                    indicator: (*code).into(),
                    region: region.as_str().into(),
                    facet: Facet::Level,
                    period: *period,
                    vintage: Day::new(2025, 3, 1).ok_or("no day")?,
                    value: Some(value.into()),
                    unit: Unit::new(indicator.unit.as_str()),
                    status: ObservationStatus::Normal,
                    source: "月报".into(),
                    note: "".into(),
                });
            }
        }
    }
    let mut table = SeriesTable::default();
    for ((code, region), mut observations) in all {
        observations.sort_by_key(|known| known.period);
        table.insert(
            &code,
            &region,
            Facet::Level,
            Series { observations, redefinitions: Vec::new() },
        );
    }
    Ok((table, lines))
}

fn peer(lines: &str) -> Option<String> {
    let python = env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let mut process = Command::new(python)
        .args(["-c", PEER])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    // Without the package it ends before it reads.
    let written = process.stdin.take()?.write_all(lines.as_bytes());
    let output = process.wait_with_output().ok()?;
    written.ok()?;
    output.status.success().then(|| String::from_utf8(output.stdout).ok()).flatten()
}
