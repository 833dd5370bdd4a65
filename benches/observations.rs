//! How a ledger of many figures behaves: `cargo bench -p benches --bench observations`.
//!
//! 300 indicators, 20 regions, 120 months and three vintages of each: 2.16 million figures. Nothing is asserted.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ledger::{Entry, Ledger};
use terms::{Amount, Day, Facet, Indicator, Observation, ObservationStatus, Period, Unit};

const INDICATORS: usize = 300;
const REGIONS: usize = 20;
const RUNS: usize = 200;

type Error = Box<dyn std::error::Error>;

fn main() -> Result<(), Error> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("figures.db");
    let catalogue: Vec<Indicator> = statement::catalogue().into_iter().take(INDICATORS).collect();
    let observations = figures(&catalogue)?;
    let entry = Entry {
        author: "bench".into(),
        at: "2025-06-01T09:00:00+08:00".into(),
        reason: "size".into(),
        ..Entry::default()
    };

    let mut ledger = Ledger::open(&path)?;
    let start = Instant::now();
    ledger.observe(&observations, &catalogue, &entry)?;
    let filed = start.elapsed();
    println!(
        "{} figures filed in {filed:.1?}: {:.0} a second; the file has {:.1} MB",
        observations.len(),
        observations.len() as f64 / filed.as_secs_f64(),
        std::fs::metadata(&path)?.len() as f64 / 1e6
    );
    let start = Instant::now();
    ledger.observe(&observations, &catalogue, &entry)?;
    println!("the same once more, without effect: {:.1?}", start.elapsed());
    drop(ledger);

    println!("opened in {:.2?}", median(|| drop(Ledger::open_read_only(&path))));
    let ledger = Ledger::open_read_only(&path)?;
    let day = Day::new(2020, 6, 30).ok_or("no day")?;
    let mut number = 0;
    let series = median(|| {
        number += 7;
        let indicator = &catalogue[number % catalogue.len()];
        drop(ledger.series(&indicator.code, &region(number % REGIONS), Facet::Level, Some(day)));
    });
    println!("a series as known on a day: {series:.2?}, median of {RUNS}");
    let start = Instant::now();
    let faults = ledger.verify()?.faults.len();
    println!("history checked in {:.1?}: {faults} faults", start.elapsed());
    Ok(())
}

fn region(number: usize) -> String {
    format!("{}", 330_701 + number)
}

/// Cumulative figures of ten years, each published a month later and revised twice.
fn figures(catalogue: &[Indicator]) -> Result<Vec<Observation>, Error> {
    let mut observations = Vec::new();
    let regions: Vec<Arc<str>> = (0..REGIONS).map(|number| region(number).into()).collect();
    let [source, note] = ["统计月报", ""].map(Arc::<str>::from);
    for (kind, indicator) in catalogue.iter().enumerate() {
        let (code, unit) = (indicator.code.as_str().into(), Unit::new(indicator.unit.as_str()));
        for (place, region) in regions.iter().enumerate() {
            for month in 0..120_i16 {
                let (year, last) = (2015 + month / 12, (month % 12 + 1) as u8);
                let period = Period::months(year, 1, last).ok_or("no period")?;
                for revision in 0..3_i16 {
                    let known = month + 1 + 4 * revision;
                    let value = 1000 + kind * 37 + place * 11 + usize::from(last) * 90;
                    observations.push(Observation {
                        indicator: Arc::clone(&code),
                        region: Arc::clone(region),
                        facet: Facet::Level,
                        period,
                        vintage: Day::new(2015 + known / 12, (known % 12 + 1) as u8, 18)
                            .ok_or("no day")?,
                        value: Some(format!("{value}.{revision}").parse::<Amount>()?),
                        unit: unit.clone(),
                        status: ObservationStatus::Normal,
                        source: Arc::clone(&source),
                        note: Arc::clone(&note),
                    });
                }
            }
        }
    }
    Ok(observations)
}

fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[RUNS / 2]
}
