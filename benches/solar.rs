//! How fast a county's roofs are computed: 1,000 roofs over the 8,760 hours of a year, which share sun and weather, on one
//! core; what is shared is in the time. Beside pvlib on bare arrays, its fastest form, and on series, its usual one, in the
//! same run where `python3` (or `PYTHON`) has it: the ratios of the times are printed, and how far the yields are apart.
//!
//! `cargo bench -p benches --bench solar`

#![allow(clippy::unwrap_used, reason = "a measure that cannot be taken fails by panicking")]

use std::process::{Command, Stdio};
use std::time::Instant;
use std::{env, fs, thread};

use methods::solar::{
    ALBEDO, Hours, MonthlyMeans, Place, Plane, Roof, RoofYear, Sky, System, Transposition,
    Turbidity, WeatherYear, roof_years, synthetic_year,
};

const COUNT: u32 = 1000;
const CHINA: i32 = 8 * 3600;
const RUNS: usize = 7;

fn main() {
    let roofs: Vec<Roof> = (0..COUNT).map(roof).collect();
    let (mut all, mut passes, mut energy) = (f64::MAX, f64::MAX, 0.0);
    for _ in 0..RUNS {
        let before = processor_time();
        let sky = clear();
        let ready = processor_time();
        let found = roof_years(&sky, &roofs, 1);
        let end = processor_time();
        all = all.min(end - before);
        passes = passes.min(end - ready);
        energy = found.iter().map(RoofYear::total_energy).sum::<f64>() / f64::from(COUNT);
    }
    println!("{COUNT} roofs, 8,760 hours, one thread, processor time, best of {RUNS} runs:");
    println!("  sun, clear sky and passes: {:.1} ms", all * 1e3);
    println!("  passes alone: {:.1} ms", passes * 1e3);
    peers(all, energy);
    with_threads(&roofs);
    println!("typical year of monthly means: {:.1} ms", synthetic() * 1e3);
}

/// The time of the other program, where it is there.
fn peers(ours: f64, energy: f64) {
    let python = env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/solar_peers.py");
    let output = Command::new(python).arg(script).stderr(Stdio::null()).output();
    let Some(output) = output.ok().filter(|output| output.status.success()) else {
        println!("  pvlib: skipped, it is not installed");
        return;
    };
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [name, milliseconds, mean] = fields[..] else { continue };
        let milliseconds: f64 = milliseconds.parse().unwrap();
        let mean: f64 = mean.parse().unwrap();
        println!(
            "  {name}: {milliseconds:.0} ms, {:.1} times as long; mean yield {mean:.4} kWh/kWp, ours {:+.5} %",
            milliseconds / 1e3 / ours,
            (energy / mean - 1.0) * 100.0
        );
    }
}

/// How the passes of many roofs become faster with threads, by the clock; and the processor time of all threads, which
/// stays the same where threads do not hinder each other, however busy the machine is with other things.
fn with_threads(roofs: &[Roof]) {
    let sky = clear();
    let many: Vec<Roof> = roofs.iter().cycle().take(20 * roofs.len()).copied().collect();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut one = f64::NAN;
    for threads in (0..).map(|power| 1 << power).take_while(|threads| *threads <= cores) {
        let before = process_time();
        let time = (0..RUNS)
            .map(|_| {
                let start = Instant::now();
                assert_eq!(roof_years(&sky, &many, threads).len(), many.len());
                start.elapsed().as_secs_f64()
            })
            .fold(f64::MAX, f64::min);
        let spent = before.zip(process_time()).map_or(f64::NAN, |(before, after)| after - before);
        if threads == 1 {
            one = time;
        }
        println!(
            "{} roofs by {threads} threads: {:.0} ms by the clock, {:.2} times as fast; {:.0} ms of processor time",
            many.len(),
            time * 1e3,
            one / time,
            spent / RUNS as f64 * 1e3
        );
    }
}

/// Seconds that all threads have spent on processors, where the system tells.
fn process_time() -> Option<f64> {
    let told = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program may hold spaces; after it, the 12th and 13th fields are hundredths of a second.
    let fields: Vec<&str> = told.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

fn place() -> Place {
    Place::new(28.89, 120.03, 90.0).unwrap()
}

/// A year without a cloud over Yongkang, made ready.
fn clear() -> Sky {
    let hours = Hours::of_year(2023, CHINA).unwrap();
    let sun = hours.sun(&place()).unwrap();
    let turbidity = Turbidity::of_zhejiang(&place()).unwrap();
    let weather = WeatherYear::clear(&hours, &sun, &turbidity, (17.5, 1.8)).unwrap();
    Sky::new(&hours, &sun, &weather, Transposition::Perez, ALBEDO).unwrap()
}

/// Seconds of processor time for a typical year of the hours of one place.
fn synthetic() -> f64 {
    let hours = Hours::of_year(2023, CHINA).unwrap();
    let sun = hours.sun(&place()).unwrap();
    let means = MonthlyMeans {
        global: [2.4, 2.7, 3.0, 3.7, 4.1, 4.0, 5.3, 4.8, 3.8, 3.4, 2.8, 2.5],
        temperature: [5.6, 7.9, 11.9, 17.9, 22.6, 25.6, 29.6, 29.2, 25.0, 19.6, 13.6, 7.7],
        wind: [1.8; 12],
    };
    let before = processor_time();
    let year = synthetic_year(&hours, &sun, &Turbidity::USUAL, &means).unwrap();
    let time = processor_time() - before;
    assert_eq!(year.hours().len(), 8760);
    time
}

/// Roofs of many tilts and directions, spread evenly; the same as those of the other program.
fn roof(number: u32) -> Roof {
    let spread = |by: f64| (f64::from(number) * by).fract();
    let plane = Plane::new(35.0 * spread(0.618_034), 90.0 + 180.0 * spread(0.754_878)).unwrap();
    Roof::new(plane, 1.0, System::default()).unwrap()
}

/// Seconds that this thread has spent on a processor, where the system tells: others may use the machine at the same time.
fn processor_time() -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok());
    spent.map_or_else(
        || {
            static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
            START.get_or_init(Instant::now).elapsed().as_secs_f64()
        },
        |spent| spent * 1e-9,
    )
}
