//! How fast a report is read, on one thread: `cargo bench -p benches`, `cargo bench -p benches -- 50` for 50 MB
//! instead of 10, `cargo bench -p benches -- 50 FILE` for another text than the example's.
//!
//! Nothing is asserted: machines differ, and other work slows them. The last table holds other readers of
//! Chinese quantities in the same run, where the `python3` of the search path has them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// Of so many runs the median is given.
const RUNS: usize = 5;

/// As text is measured: a million bytes.
const MEGABYTE: usize = 1_000_000;

fn main() -> ExitCode {
    // Cargo adds flags of its own.
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let size = arguments.iter().find_map(|argument| argument.parse::<usize>().ok());
    let size = size.unwrap_or(10).clamp(1, 60) * MEGABYTE;
    let file = arguments.iter().find(|argument| argument.parse::<usize>().is_err());
    match measure(size, file.map(Path::new)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(size: usize, file: Option<&Path>) -> Result<(), Box<dyn std::error::Error>> {
    let example = root().join("examples/yongkang");
    let (name, report) = match file {
        Some(file) => ("text", file.to_path_buf()),
        None => ("example", example.join("report.txt")),
    };
    let alone = fs::read(&report)?;
    let one = match file {
        Some(_) => [alone.as_slice(), b"\n"].concat(),
        None => [fs::read(example.join("damaged.txt"))?.as_slice(), b"\n", &alone, b"\n"].concat(),
    };
    let many = one.repeat(size.div_ceil(one.len()));
    let indicators = statement::catalogue();

    // First of all, while nothing else has been held.
    let before = peak();
    let text = document::read("bench.txt", &many)?;
    let found = statement::extract(&text, &indicators);
    println!(
        "{name} of {} bytes, repeated to {:.2} MB: {} statements",
        one.len(),
        megabytes(many.len()),
        found.statements.len()
    );
    if let (Some(before), Some(after)) = (before, peak()) {
        let more = after.saturating_sub(before);
        let times = more as f64 / many.len() as f64;
        println!(
            "memory at most {:.0} MB beside the text, {times:.1} times the text",
            megabytes(more)
        );
    }
    drop((text, found));

    for (name, bytes, times) in [(name, &one, 100), ("repeated", &many, 1)] {
        let text = document::read("bench.txt", bytes)?;
        let volume = bytes.len() * times;
        let read = rate(volume, || {
            for _ in 0..times {
                drop(document::read("bench.txt", bytes));
            }
        });
        let extract = rate(volume, || {
            for _ in 0..times {
                drop(statement::extract(&text, &indicators));
            }
        });
        let both = rate(volume, || {
            for _ in 0..times {
                if let Ok(text) = document::read("bench.txt", bytes) {
                    drop(statement::extract(&text, &indicators));
                }
            }
        });
        println!(
            "\n{name}, {:.2} MB a text, MB a second of processor time, median of {RUNS}",
            megabytes(bytes.len())
        );
        println!("  bytes to document       {read:8.1}");
        println!("  document to statements  {extract:8.1}");
        println!("  bytes to statements     {both:8.1}");
    }

    let ours = rate(alone.len() * 100, || {
        for _ in 0..100 {
            if let Ok(text) = document::read("report.txt", &alone) {
                drop(statement::extract(&text, &indicators));
            }
        }
    });
    println!(
        "\nthe report alone, {:.2} MB a text, MB a second of processor time",
        megabytes(alone.len())
    );
    println!("  {:<40} {ours:8.2}", "duixian, bytes to statements");
    peers(&report, ours);
    Ok(())
}

/// Prints what `peers.py` measures on the same text, and how many times faster ours is.
fn peers(report: &Path, ours: f64) {
    let script = root().join("benches/peers.py");
    let Ok(output) = Command::new("python3").arg(script).arg(report).output() else {
        println!("  skipped the others: no python3");
        return;
    };
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        match line.split_once('\t').and_then(|(name, rate)| Some((name, rate.parse::<f64>().ok()?)))
        {
            Some((name, rate)) => {
                println!("  {name:<40} {rate:8.3}  ours is {:.0} times faster", ours / rate)
            }
            None => println!("  {line}"),
        }
    }
    if !output.status.success() {
        println!("  {}", String::from_utf8_lossy(&output.stderr).trim());
    }
}

/// Megabytes a second of processor time, by the median of several runs after one that warms up.
fn rate(bytes: usize, mut run: impl FnMut()) -> f64 {
    run();
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let clock = Clock::start();
            run();
            clock.passed()
        })
        .collect();
    times.sort();
    megabytes(bytes) / times[RUNS / 2].as_secs_f64().max(f64::MIN_POSITIVE)
}

/// The time that this thread has had on a processor, so that other work on the machine counts little; where the
/// system does not tell, the time of day.
struct Clock {
    wall: Instant,
    processor: Option<Duration>,
}

impl Clock {
    fn start() -> Self {
        Clock { wall: Instant::now(), processor: Self::processor() }
    }

    fn passed(&self) -> Duration {
        let processor = self.processor.and_then(|start| Self::processor()?.checked_sub(start));
        processor.unwrap_or_else(|| self.wall.elapsed())
    }

    fn processor() -> Option<Duration> {
        let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        told.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
    }
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / MEGABYTE as f64
}

/// The most memory that this process has held, in bytes, where the system tells.
fn peak() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<usize>().ok()? * 1024)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
