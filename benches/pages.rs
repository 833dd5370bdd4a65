//! How fast pages come, of a county's ledger of 300 indicators and ten years by month.
//!
//! `cargo bench -p benches --bench pages [-- SECONDS [CONNECTIONS]]`. Server and clients share the machine. Of each page:
//! its bytes as sent and compressed, the time of one request after another (a cached page is asked for without its tag),
//! and of the first page the most requests a second over connections that stay open.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use std::{env, thread};

use duixian::server::{ServeOptions, serve};
use ledger::{Entry, Ledger, PlanChange};
use terms::{Day, Facet, Indicator, Observation, ObservationStatus, Period, PlanKind, Unit};

type Failure = Box<dyn std::error::Error + Send + Sync>;

const INDICATORS: usize = 300;
const REGION: &str = "330784";
const PAGES: &[&str] = &[
    "/",
    "/indicators",
    "/indicators/gdp",
    "/tasks",
    "/projects",
    "/problems",
    "/regions",
    "/documents",
    "/glossary",
    "/search?q=%E6%8A%95%E8%B5%84",
    "/api/v1/figures?indicator=gdp",
    "/assets/base.css",
];

fn main() -> Result<(), Failure> {
    let mut numbers = env::args().skip(1).filter_map(|argument| argument.parse::<u64>().ok());
    let seconds = numbers.next().unwrap_or(5);
    let connections = usize::try_from(numbers.next().unwrap_or(16))?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("county.db");
    prepare(&path)?;
    let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
    let options = ServeOptions {
        ledger: path,
        address: "127.0.0.1".into(),
        port,
        accounts: false,
        single_user: true,
        https: false,
        day: Day::new(2024, 10, 20),
        data_rate: 0,
        page_rate: 0,
        origins: Vec::new(),
    };
    thread::spawn(move || serve(options));
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if begun.elapsed() > Duration::from_secs(10) {
            return Err("the server has not started".into());
        }
        thread::sleep(Duration::from_millis(20));
    }
    println!(
        "{:<34}{:>10}{:>12}{:>10}{:>9}{:>9}",
        "page", "bytes", "compressed", "first ms", "p50 ms", "p99 ms"
    );
    for page in PAGES {
        let mut plain = Client::open(port, "identity")?;
        let mut client = Client::open(port, "br, gzip")?;
        let start = Instant::now();
        let compressed = client.get(page)?;
        let first = start.elapsed();
        let bytes = plain.get(page)?;
        let mut times: Vec<Duration> = Vec::new();
        for _ in 0..300 {
            let start = Instant::now();
            client.get(page)?;
            times.push(start.elapsed());
        }
        times.sort_unstable();
        println!(
            "{page:<34}{bytes:>10}{compressed:>12}{:>10.2}{:>9.2}{:>9.2}",
            first.as_secs_f64() * 1e3,
            times[times.len() / 2].as_secs_f64() * 1e3,
            times[times.len() * 99 / 100].as_secs_f64() * 1e3
        );
    }
    let (done, stop) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let start = Instant::now();
    let clients: Vec<_> = (0..connections)
        .map(|_| {
            let (done, stop) = (Arc::clone(&done), Arc::clone(&stop));
            thread::spawn(move || -> Result<(), Failure> {
                let mut client = Client::open(port, "gzip")?;
                while !stop.load(Ordering::Relaxed) {
                    client.get("/")?;
                    done.fetch_add(1, Ordering::Relaxed);
                }
                Ok(())
            })
        })
        .collect();
    thread::sleep(Duration::from_secs(seconds));
    stop.store(true, Ordering::Relaxed);
    for client in clients {
        client.join().map_err(|_| "a client failed")??;
    }
    let rate = done.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64();
    println!("/ over {connections} connections for {seconds} s: {rate:.0} requests/s");
    Ok(())
}

/// A connection that stays open.
struct Client {
    stream: TcpStream,
    accepts: &'static str,
    buffer: Vec<u8>,
}

impl Client {
    fn open(port: u16, accepts: &'static str) -> Result<Self, Failure> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        Ok(Client { stream, accepts, buffer: Vec::with_capacity(1 << 20) })
    }

    /// How many bytes the body of an answer has.
    fn get(&mut self, page: &str) -> Result<usize, Failure> {
        let accepts = self.accepts;
        let request =
            format!("GET {page} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: {accepts}\r\n\r\n");
        self.stream.write_all(request.as_bytes())?;
        self.buffer.clear();
        let mut piece = [0; 1 << 16];
        loop {
            let read = self.stream.read(&mut piece)?;
            if read == 0 {
                return Err(format!("{page}: the answer ended early").into());
            }
            self.buffer.extend_from_slice(&piece[..read]);
            let Some(end) = self.buffer.windows(4).position(|window| window == b"\r\n\r\n") else {
                continue;
            };
            let head = String::from_utf8_lossy(&self.buffer[..end]).to_ascii_lowercase();
            if !head.starts_with("http/1.1 200") {
                return Err(format!("{page}: {}", head.lines().next().unwrap_or_default()).into());
            }
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.ok_or(format!("{page}: no length"))?.parse()?;
            if self.buffer.len() >= end + 4 + length {
                return Ok(length);
            }
        }
    }
}

fn entry() -> Entry {
    let (author, at) = ("bench".into(), "2024-10-19T08:00:00+08:00".into());
    Entry { author, at, reason: "bench".into(), ..Entry::default() }
}

/// Ten years of monthly figures of 300 indicators, each with a target.
fn prepare(path: &Path) -> Result<(), Failure> {
    let mut ledger = Ledger::open(path)?;
    let catalogue = statement::catalogue();
    let fits = |indicator: &&Indicator| {
        Facet::of(indicator, &Unit::new(indicator.unit.as_str())) == Some(Facet::Level)
    };
    let chosen: Vec<&Indicator> = catalogue.iter().filter(fits).take(INDICATORS).collect();
    let (mut figures, mut targets) = (Vec::new(), Vec::new());
    let kind = PlanKind::named("target").ok_or("no targets")?;
    for (number, indicator) in chosen.iter().enumerate() {
        for year in 2015..=2024_i16 {
            for month in 2..=12_u8 {
                if (year, month) > (2024, 9) {
                    continue;
                }
                let (after, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
                let year_so_far = 100 + 7 * i64::from(year - 2015) + i64::try_from(number % 13)?;
                let value = year_so_far * i64::from(month) / 12 + i64::from(month) % 3;
                figures.push(Observation {
                    indicator: indicator.code.as_str().into(),
                    region: REGION.into(),
                    facet: Facet::Level,
                    period: Period::months(year, 1, month).ok_or("no period")?,
                    vintage: Day::new(after, next, 18).ok_or("no day")?,
                    value: Some(value.to_string().parse().map_err(|_| "no number")?),
                    unit: Unit::new(indicator.unit.as_str()),
                    status: ObservationStatus::Normal,
                    source: "月报".into(),
                    note: "".into(),
                });
            }
        }
        let fields = [
            ("indicator", indicator.code.as_str()),
            ("region", REGION),
            ("period", "2024"),
            ("facet", "level"),
            ("comparator", ">="),
            ("value", "165"),
            ("unit", indicator.unit.as_str()),
        ];
        let field = |(name, value): &(&str, &str)| Some((kind.field(name)?, (*value).to_owned()));
        targets.push(PlanChange {
            kind,
            code: format!("T-{number}"),
            parent: None,
            seen: None,
            fields: fields.iter().filter_map(field).collect(),
            state: Some("adopted".into()),
            comment: String::new(),
        });
    }
    ledger.observe(&figures, &catalogue, &entry())?;
    let report = ledger.put_plan(&targets, &catalogue, &entry())?;
    if !report.written {
        return Err(format!("the targets were not taken: {:?}", report.outcomes.first()).into());
    }
    println!("{} figures, {} targets", figures.len(), targets.len());
    Ok(())
}
