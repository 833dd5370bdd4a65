//! A deadline day on one machine: 60 clerks hand in at once, then 60 clerks and 20 leaders work at 200 requests a second.
//!
//! `cargo bench -p benches --bench round [-- SECONDS [RATE]]`. Server and clients share the machine. Every figure that a
//! clerk was told is saved must be in the ledger, each as a version of its own: a lost update fails the run.

use std::collections::HashMap;
use std::net::TcpListener;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};
use std::{env, thread};

use argon2::Argon2;
use argon2::password_hash::PasswordHasher;
use duixian::server::{ServeOptions, serve};
use ledger::{Entry, Ledger};
use terms::{
    Account, Day, Department, Facet, Form, FormItem, Frequency, Grant, Indicator, Observation,
    ObservationStatus, Post, Round, Unit,
};

type Failure = Box<dyn std::error::Error + Send + Sync>;

const DEPARTMENTS: usize = 30;
const CLERKS: usize = 2 * DEPARTMENTS;
const LEADERS: usize = 20;
const LINES: usize = 10;
const PASSWORD: &str = "Mima-2024";
const REGION: &str = "330784";

fn main() -> Result<(), Failure> {
    let mut numbers = env::args().skip(1).filter_map(|argument| argument.parse::<u64>().ok());
    let seconds = numbers.next().unwrap_or(20);
    let rate = numbers.next().unwrap_or(200);
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("round.db");
    prepare(&path)?;
    let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
    let options = ServeOptions {
        ledger: path.clone(),
        address: "127.0.0.1".into(),
        port,
        accounts: true,
        single_user: false,
        https: false,
        day: None,
        data_rate: 0,
        page_rate: 0,
        origins: Vec::new(),
    };
    thread::spawn(move || serve(options));
    wait(port);

    let start = Instant::now();
    let people: Vec<Person> = (0..CLERKS)
        .map(|number| format!("clerk{number}"))
        .chain((0..LEADERS).map(|number| format!("leader{number}")))
        .map(|login| Person::sign_in(port, &login))
        .collect::<Result<_, _>>()?;
    println!("{} people signed in, one after another: {:.2?}", people.len(), start.elapsed());
    let people = Arc::new(people);

    burst(&people, &path)?;
    mixed(&people, &path, Duration::from_secs(seconds), rate)?;
    let verified = Instant::now();
    let found = Ledger::open_read_only(&path)?.verify()?;
    if !found.faults.is_empty() {
        return Err(format!("the history is not sound: {:?}", found.faults).into());
    }
    println!("{} entries verified in {:.2?}", found.entries, verified.elapsed());
    Ok(())
}

fn entry() -> Entry {
    let (author, at) = ("bench".into(), "2024-09-30T08:00:00+08:00".into());
    Entry { author, at, reason: "bench".into(), ..Entry::default() }
}

/// Departments with two clerks each, a form of ten lines each, and eight years of monthly figures behind them.
fn prepare(path: &Path) -> Result<(), Failure> {
    let mut ledger = Ledger::open(path)?;
    let catalogue = statement::catalogue();
    let plain: Vec<&Indicator> = catalogue
        .iter()
        .filter(|indicator| Facet::of(indicator, &Unit::new(indicator.unit.as_str())).is_some())
        .take(DEPARTMENTS * LINES)
        .collect();
    let hash = Argon2::default().hash_password(PASSWORD.as_bytes()).map_err(|e| e.to_string())?;
    let today = Entry { at: "2199-01-01T00:00:00+08:00".into(), ..entry() };
    let grant = |post, department: Option<&str>| {
        vec![Grant { post, region: REGION.into(), department: department.map(Into::into) }]
    };
    let mut people = vec![("admin".to_owned(), grant(Post::Administrator, None))];
    for number in 0..DEPARTMENTS {
        let code = format!("d{number}");
        let department = Department {
            code: code.clone(),
            name: format!("部门{number}"),
            region: REGION.into(),
            email: String::new(),
            active: true,
        };
        ledger.put_department(&department, &entry())?;
        for clerk in [2 * number, 2 * number + 1] {
            people.push((format!("clerk{clerk}"), grant(Post::Clerk, Some(&code))));
        }
        let items = plain[number * LINES..(number + 1) * LINES].iter().map(|indicator| FormItem {
            indicator: indicator.code.as_str().into(),
            facet: Facet::Level,
            unit: Unit::new(indicator.unit.as_str()),
        });
        let form = Form {
            code: format!("f{number}"),
            name: format!("月报{number}"),
            department: code,
            regions: vec![REGION.into()],
            frequency: Frequency::Month,
            items: items.collect(),
            active: true,
        };
        ledger.put_form(&form, &catalogue, &entry())?;
    }
    people.extend((0..LEADERS).map(|n| (format!("leader{n}"), grant(Post::Leader, None))));
    for (login, grants) in people {
        let account = Account { name: login.clone(), login, grants, active: true };
        ledger.put_account(&account, &entry())?;
        ledger.set_password(&account.login, &hash.to_string(), false, &today)?;
    }
    let mut history = Vec::new();
    for indicator in &plain {
        for year in 2016..2024_i16 {
            for month in 2..=12_u8 {
                history.push(Observation {
                    indicator: indicator.code.as_str().into(),
                    region: REGION.into(),
                    facet: Facet::Level,
                    period: terms::Period::months(year, 1, month).ok_or("no period")?,
                    vintage: Day::new(2024, 1, 20).ok_or("no day")?,
                    value: Some(format!("{}", 10 + month).parse().map_err(|_| "no number")?),
                    unit: Unit::new(indicator.unit.as_str()),
                    status: ObservationStatus::Normal,
                    source: "月报".into(),
                    note: "".into(),
                });
            }
        }
    }
    ledger.observe(&history, &catalogue, &entry())?;
    let day = |year| Day::new(year, 1, 1).ok_or("no day");
    for code in ["burst", "mixed"] {
        let period = if code == "burst" { "2024-01..08" } else { "2024-01..09" };
        let round = Round {
            code: code.into(),
            name: code.into(),
            period: period.parse().map_err(|_| "no period")?,
            opens: day(2020)?,
            due: day(2199)?,
            closes: day(2199)?,
        };
        let forms: Vec<String> = (0..DEPARTMENTS).map(|number| format!("f{number}")).collect();
        ledger.open_round(&round, &forms, &entry())?;
    }
    println!("{} figures behind {} duties of {LINES} lines", history.len(), 2 * DEPARTMENTS);
    Ok(())
}

fn wait(port: u16) {
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        thread::sleep(Duration::from_millis(5));
    }
}

/// Somebody who is signed in, with a connection that is used again.
struct Person {
    agent: ureq::Agent,
    home: String,
    cookie: String,
    token: String,
}

impl Person {
    fn sign_in(port: u16, login: &str) -> Result<Person, Failure> {
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
        let agent: ureq::Agent = config.max_redirects_will_error(false).build().into();
        let home = format!("http://127.0.0.1:{port}");
        let answer = agent
            .post(format!("{home}/login"))
            .send_form([("login", login), ("password", PASSWORD)])?;
        let cookie = answer.headers().get("set-cookie").ok_or("not signed in")?.to_str()?;
        let cookie = cookie.split(';').next().unwrap_or("").to_owned();
        let mut person = Person { agent, home, cookie, token: String::new() };
        let (_, page) = person.get("/account")?;
        let at = page.split("name=\"token\" value=\"").nth(1).ok_or("no token")?;
        person.token = at.get(..64).ok_or("no token")?.to_owned();
        Ok(person)
    }

    fn get(&self, path: &str) -> Result<(u16, String), Failure> {
        let request = self.agent.get(format!("{}{path}", self.home)).header("cookie", &self.cookie);
        let mut answer = request.call()?;
        Ok((answer.status().as_u16(), answer.body_mut().read_to_string()?))
    }

    fn post(&self, path: &str, fields: &[(String, String)]) -> Result<u16, Failure> {
        let request = self.agent.post(format!("{}{path}", self.home));
        let request = request.header("cookie", &self.cookie).header("origin", &self.home);
        let token = [("token".to_owned(), self.token.clone())];
        let mut answer = request.send_form(token.iter().chain(fields).cloned())?;
        let status = answer.status().as_u16();
        answer.body_mut().read_to_string()?;
        Ok(status)
    }
}

/// The fields of a form of ten lines, of which the first has this version and value.
fn filled(act: &str, version: u32, value: usize) -> Vec<(String, String)> {
    let mut fields = vec![("act".to_owned(), act.to_owned())];
    for line in 0..LINES {
        // Only the first line is changed by a save; all are handed in by a submission.
        let (value, version) = if line == 0 { (value, version) } else { (19, 0) };
        if line > 0 && act == "save" {
            break;
        }
        fields.push((format!("version-{line}"), version.to_string()));
        fields.push((format!("value-{line}"), value.to_string()));
        fields.push((format!("status-{line}"), "normal".to_owned()));
        fields.push((format!("note-{line}"), "已核对".to_owned()));
    }
    fields
}

fn duties(path: &Path, round: &str) -> Result<Vec<i64>, Failure> {
    let progress = Ledger::open_read_only(path)?.progress(round)?;
    let mut by_form: HashMap<String, i64> =
        progress.into_iter().map(|known| (known.duty.form, known.duty.number)).collect();
    (0..DEPARTMENTS)
        .map(|number| by_form.remove(&format!("f{number}")).ok_or_else(|| "no duty".into()))
        .collect()
}

/// Both clerks of each department hand in the whole form at the same moment: one is taken, the other meets a conflict.
fn burst(people: &Arc<Vec<Person>>, path: &Path) -> Result<(), Failure> {
    let duties = duties(path, "burst")?;
    let barrier = Arc::new(Barrier::new(CLERKS));
    let start = Instant::now();
    let threads: Vec<_> = (0..CLERKS)
        .map(|clerk| {
            let (people, barrier) = (Arc::clone(people), Arc::clone(&barrier));
            let duty = duties[clerk / 2];
            thread::spawn(move || -> Result<(u16, Duration), Failure> {
                barrier.wait();
                let begun = Instant::now();
                let fields = filled("submit", 0, 20 + clerk);
                let status = people[clerk].post(&format!("/duties/{duty}"), &fields)?;
                Ok((status, begun.elapsed()))
            })
        })
        .collect();
    let (mut taken, mut conflicts, mut times) = (0, 0, Vec::new());
    for thread in threads {
        let (status, time) = thread.join().map_err(|_| "a clerk failed")??;
        match status {
            303 => taken += 1,
            409 => conflicts += 1,
            other => return Err(format!("a form of the burst was answered with {other}").into()),
        }
        times.push(time);
    }
    let all = start.elapsed();
    println!(
        "burst: {CLERKS} forms of {LINES} lines at once in {all:.2?}: {taken} taken, {conflicts} in conflict"
    );
    told("burst", times);
    if (taken, conflicts) != (DEPARTMENTS, DEPARTMENTS) {
        return Err("each department's form is to be taken once".into());
    }
    Ok(())
}

/// What became of the requests of one kind.
#[derive(Default)]
struct Tally {
    saves: Vec<Duration>,
    reads: Vec<Duration>,
    conflicts: usize,
    taken: HashMap<usize, u32>,
}

/// 60 clerks save and look, 20 leaders read, all at a given rate, whether or not earlier answers have come.
fn mixed(people: &Arc<Vec<Person>>, path: &Path, time: Duration, rate: u64) -> Result<(), Failure> {
    let duties = Arc::new(duties(path, "mixed")?);
    let all = CLERKS + LEADERS;
    let gap = Duration::from_secs_f64(all as f64 / rate as f64);
    let begin = Instant::now() + Duration::from_millis(200);
    let late = Arc::new(AtomicUsize::new(0));
    let threads: Vec<_> = (0..all)
        .map(|number| {
            let (people, duties) = (Arc::clone(people), Arc::clone(&duties));
            let late = Arc::clone(&late);
            thread::spawn(move || -> Result<Tally, Failure> {
                let mut tally = Tally::default();
                let mut version = 0;
                let offset = gap.mul_f64(number as f64 / all as f64);
                for turn in 0.. {
                    let due = begin + offset + gap * turn;
                    if due >= begin + time {
                        break;
                    }
                    match due.checked_duration_since(Instant::now()) {
                        Some(rest) => thread::sleep(rest),
                        None => {
                            late.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                    // Time counts from when the request was due, so that a slow answer is not hidden by the next.
                    work(&people[number], number, &duties, turn, &mut version, &mut tally, due)?;
                }
                Ok(tally)
            })
        })
        .collect();
    let mut sum = Tally::default();
    for thread in threads {
        let tally = thread.join().map_err(|_| "somebody failed")??;
        sum.saves.extend(tally.saves);
        sum.reads.extend(tally.reads);
        sum.conflicts += tally.conflicts;
        for (department, taken) in tally.taken {
            *sum.taken.entry(department).or_default() += taken;
        }
    }
    let requests = sum.saves.len() + sum.reads.len();
    println!(
        "mixed: {requests} requests in {:.1} s, {:.0} a second; {} sent late; {} conflicts, none lost",
        begin.elapsed().as_secs_f64(),
        requests as f64 / begin.elapsed().as_secs_f64(),
        late.load(Ordering::Relaxed),
        sum.conflicts
    );
    told("  saves", sum.saves.clone());
    told("  reads", sum.reads.clone());
    told("  all", [sum.saves, sum.reads].concat());
    // Each save that was taken is a version.
    let ledger = Ledger::open_read_only(path)?;
    for (department, taken) in sum.taken {
        let sheet = ledger.duty_sheet(duties[department])?.ok_or("no duty")?;
        let version = sheet.slots[0].filing.as_ref().map_or(0, |filing| filing.version);
        if version != taken {
            return Err(format!("{taken} saves were taken, {version} are there").into());
        }
    }
    Ok(())
}

/// One turn of a person: clerks save every other time and look at their form or desk between, leaders read.
fn work(
    person: &Person,
    number: usize,
    duties: &[i64],
    turn: u32,
    version: &mut u32,
    tally: &mut Tally,
    due: Instant,
) -> Result<(), Failure> {
    let department = (number / 2) % DEPARTMENTS;
    let own = format!("/duties/{}", duties[department]);
    if number < CLERKS && turn % 2 == 1 {
        let value = 20 + (number * 7 + turn as usize) % 5000;
        match person.post(&own, &filled("save", *version, value))? {
            303 => *tally.taken.entry(department).or_default() += 1,
            409 => tally.conflicts += 1,
            other => return Err(format!("a save was answered with {other}").into()),
        }
        tally.saves.push(due.elapsed());
        return Ok(());
    }
    let path = match (number < CLERKS, turn % 4) {
        (true, _) => own.as_str(),
        (false, 0) => "/rounds/mixed",
        (false, 1) => "/desk",
        (false, 2) => "/rounds",
        (false, _) => own.as_str(),
    };
    let (status, page) = person.get(path)?;
    if status != 200 {
        return Err(format!("{path} was answered with {status}").into());
    }
    if let Some(text) = page.split("name=\"version-0\" value=\"").nth(1) {
        *version = text.split('"').next().unwrap_or("0").parse().unwrap_or(0);
    }
    tally.reads.push(due.elapsed());
    Ok(())
}

fn told(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    println!(
        "{name}: {} · p50 {:.1?} · p90 {:.1?} · p99 {:.1?} · max {:.1?}",
        times.len(),
        at(0.5),
        at(0.9),
        at(0.99),
        at(1.0)
    );
}
