//! How fast pages come, of a county's ledger of 300 indicators and ten years by month, each with a target.
//!
//! `cargo bench -p benches --bench pages [-- SECONDS [CONNECTIONS]]`. Server and clients share the machine. Twice: where
//! nobody signs in, and as a leader who has. Of each page: its bytes as sent and compressed, the first request after a
//! figure was filed, the time of one request after another (a page is asked for without its tag), and of the first page
//! the most requests a second over connections that stay open.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use std::{env, thread};

use argon2::Argon2;
use argon2::password_hash::PasswordHasher;
use duixian::server::{ServeOptions, serve};
use ledger::{Entry, Ledger, PlanChange};
use terms::{
    Account, Day, Facet, Grant, Indicator, Observation, ObservationStatus, Period, PlanKind, Post,
    Unit,
};

type Failure = Box<dyn std::error::Error + Send + Sync>;

const INDICATORS: usize = 300;
const REGION: &str = "330784";
/// Who looks at the pages, and the password.
const LEADER: &str = "leader-of-the-county";
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
    for accounts in [false, true] {
        let path = folder.path().join(if accounts { "locked.db" } else { "open.db" });
        prepare(&path)?;
        if accounts {
            let mut ledger = Ledger::open(&path)?;
            let hash = Argon2::default().hash_password(LEADER.as_bytes());
            let hash = hash.map_err(|error| error.to_string())?.to_string();
            let now = Entry { at: "2199-01-01T00:00:00+08:00".into(), ..entry() };
            for (login, post) in [("admin", Post::Administrator), (LEADER, Post::Leader)] {
                let grants = vec![Grant { post, region: REGION.into(), department: None }];
                let account =
                    Account { login: login.into(), name: login.into(), grants, active: true };
                ledger.put_account(&account, &entry())?;
                ledger.set_password(login, &hash, false, &now)?;
            }
        }
        println!("\n{}", if accounts { "signed in" } else { "nobody signs in" });
        measure(&path, accounts, seconds, connections)?;
    }
    Ok(())
}

fn measure(path: &Path, accounts: bool, seconds: u64, connections: usize) -> Result<(), Failure> {
    let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
    let options = ServeOptions {
        ledger: path.to_owned(),
        address: "127.0.0.1".into(),
        port,
        accounts,
        single_user: !accounts,
        https: false,
        day: Day::new(2024, 10, 20),
        data_rate: 0,
        page_rate: 0,
        origins: Vec::new(),
    };
    let begun = Instant::now();
    thread::spawn(move || serve(options));
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if begun.elapsed() > Duration::from_secs(10) {
            return Err("the server has not started".into());
        }
        thread::sleep(Duration::from_millis(2));
    }
    let cookie = if accounts { sign_in(port)? } else { String::new() };
    let up = begun.elapsed();
    Client::open(port, "identity", &cookie)?.get("/")?;
    println!(
        "up after {:.2} s, first page of all after {:.2} s",
        up.as_secs_f64(),
        begun.elapsed().as_secs_f64()
    );
    println!(
        "{:<34}{:>10}{:>12}{:>16}{:>9}{:>9}",
        "page", "bytes", "compressed", "after write ms", "p50 ms", "p99 ms"
    );
    let mut ledger = Ledger::open(path)?;
    for (number, page) in PAGES.iter().enumerate() {
        let mut plain = Client::open(port, "identity", &cookie)?;
        let mut client = Client::open(port, "br, gzip", &cookie)?;
        let bytes = plain.get(page)?;
        let figure = figure("gdp", "亿元", (2024, 9), 1_000 + i64::try_from(number)?)?;
        // Known on a day of its own, so that it is a revision.
        let vintage = Day::new(2024, 10, u8::try_from(number + 1)?).ok_or("no day")?;
        ledger.observe(&[Observation { vintage, ..figure }], &statement::catalogue(), &entry())?;
        let start = Instant::now();
        let compressed = client.get(page)?;
        let first = start.elapsed();
        let mut times: Vec<Duration> = Vec::new();
        for _ in 0..300 {
            let start = Instant::now();
            client.get(page)?;
            times.push(start.elapsed());
        }
        times.sort_unstable();
        println!(
            "{page:<34}{bytes:>10}{compressed:>12}{:>16.2}{:>9.2}{:>9.2}",
            first.as_secs_f64() * 1e3,
            times[times.len() / 2].as_secs_f64() * 1e3,
            times[times.len() * 99 / 100].as_secs_f64() * 1e3
        );
    }
    let (done, stop) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let start = Instant::now();
    let clients: Vec<_> = (0..connections)
        .map(|_| {
            let (done, stop, cookie) = (Arc::clone(&done), Arc::clone(&stop), cookie.clone());
            thread::spawn(move || -> Result<(), Failure> {
                let mut client = Client::open(port, "gzip", &cookie)?;
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

/// What a browser keeps once the leader has signed in.
fn sign_in(port: u16) -> Result<String, Failure> {
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
    let agent: ureq::Agent = config.max_redirects_will_error(false).build().into();
    let answer = agent
        .post(format!("http://127.0.0.1:{port}/login"))
        .send_form([("login", LEADER), ("password", LEADER)])?;
    let cookie = answer.headers().get("set-cookie").ok_or("not signed in")?.to_str()?;
    Ok(format!("Cookie: {}\r\n", cookie.split(';').next().unwrap_or_default()))
}

/// A connection that stays open.
struct Client {
    stream: TcpStream,
    accepts: &'static str,
    /// The line of the head with which somebody who has signed in is known; empty for nobody.
    cookie: String,
    buffer: Vec<u8>,
}

impl Client {
    fn open(port: u16, accepts: &'static str, cookie: &str) -> Result<Self, Failure> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        let cookie = cookie.to_owned();
        Ok(Client { stream, accepts, cookie, buffer: Vec::with_capacity(1 << 20) })
    }

    /// How many bytes the body of an answer has.
    fn get(&mut self, page: &str) -> Result<usize, Failure> {
        let request = format!(
            "GET {page} HTTP/1.1\r\nHost: 127.0.0.1\r\n{}Accept-Encoding: {}\r\n\r\n",
            self.cookie, self.accepts
        );
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

/// What was reached from January to a month, known in the middle of the next.
fn figure(
    code: &str,
    unit: &str,
    (year, month): (i16, u8),
    value: i64,
) -> Result<Observation, Failure> {
    let (after, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    Ok(Observation {
        indicator: code.into(),
        region: REGION.into(),
        facet: Facet::Level,
        period: Period::months(year, 1, month).ok_or("no period")?,
        vintage: Day::new(after, next, 18).ok_or("no day")?,
        value: Some(value.to_string().parse().map_err(|_| "no number")?),
        unit: Unit::new(unit),
        status: ObservationStatus::Normal,
        source: "月报".into(),
        note: "".into(),
    })
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
                let year_so_far = 100 + 7 * i64::from(year - 2015) + i64::try_from(number % 13)?;
                let value = year_so_far * i64::from(month) / 12 + i64::from(month) % 3;
                figures.push(figure(&indicator.code, &indicator.unit, (year, month), value)?);
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
