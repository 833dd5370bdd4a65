//! What programs of others make of the data interface, on the example county.
//!
//! schemathesis tries it out from its description: it asks for what that allows and for what it does not, and holds each
//! answer against it: no 5xx, no status or media type that is not described, no record that is not as its schema says,
//! nothing taken that is not allowed, and nothing refused that is. DuckDB reads the Parquet files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod county;
mod http;

use std::path::{Path, PathBuf};
use std::process::Command;

use county::County;
use ledger::{AlarmChange, Entry, Ledger};
use terms::{
    Day, Facet, FigureQuery, Form, FormItem, Frequency, NewAlarm, Round, Unit, WarningSeverity,
};

/// A program of the environment that `./test` names, or puts beside our own; `None` where it is not there.
fn program(name: &str, arguments: &[&str]) -> Option<PathBuf> {
    let named = std::env::var_os("DUIXIAN_CLIENTS").map(PathBuf::from);
    let beside =
        || Some(Path::new(env!("CARGO_BIN_EXE_duixian")).ancestors().nth(2)?.join("clients"));
    let program = named.or_else(beside)?.join("bin").join(name);
    let there = Command::new(&program).args(arguments).output().ok()?;
    there.status.success().then_some(program)
}

/// What the example lacks: a round with a duty, and an alarm.
fn complete(ledger: &mut Ledger) {
    let entry = Entry {
        author: "测试".into(),
        at: "2024-10-19T09:00:00+08:00".into(),
        reason: "补全".into(),
        ..Entry::default()
    };
    let form = Form {
        code: "monthly".into(),
        name: "月报".into(),
        department: "tjj".into(),
        regions: vec!["339901".into()],
        frequency: Frequency::Month,
        items: vec![FormItem {
            indicator: "gdp".into(),
            facet: Facet::Level,
            unit: Unit::new("亿元"),
        }],
        active: true,
    };
    ledger.put_form(&form, &statement::catalogue(), &entry).unwrap();
    let day = |day| Day::new(2024, 10, day).unwrap();
    let round = Round {
        code: "2024-09".into(),
        name: "三季度填报".into(),
        period: "2024-01..09".parse().unwrap(),
        opens: day(1),
        due: day(12),
        closes: day(30),
    };
    ledger.open_round(&round, &["monthly".into()], &entry).unwrap();
    let alarm = NewAlarm {
        rule: "growth".into(),
        subject: "indicator:gdp@339901".into(),
        name: "地区生产总值".into(),
        region: "339901".into(),
        day: day(18),
        severity: WarningSeverity::Yellow,
        condition: "growth < 6".into(),
        sentence: "增速低于目标".into(),
        figures: "gdp 2024-01..09".into(),
    };
    ledger.record_alarms(&[AlarmChange::Raise(alarm)], &entry).unwrap();
}

/// Tries a server out; tells how many cases there were, all of which passed.
fn tried(program: &Path, county: &County, examples: &str, more: &[&str]) -> u32 {
    let folder = tempfile::tempdir().unwrap();
    let tried = Command::new(program)
        .current_dir(folder.path())
        .args(["run", &format!("{}/api/openapi.json", county.home())])
        .args(["--phases", "examples,coverage,fuzzing", "--max-examples", examples])
        .args(["--seed", "2024", "--no-color", "--generation-database", "none"])
        .args(more)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&tried.stdout).into_owned();
    assert!(tried.status.success(), "{said}\n{}", String::from_utf8_lossy(&tried.stderr));
    // "1786 generated, 1786 passed, 2 skipped"
    let (all, passed) = said
        .lines()
        .filter_map(|line| line.trim().split_once(" generated, "))
        .find_map(|(all, rest)| Some((all, rest.split_once(" passed")?.0)))
        .unwrap_or_else(|| panic!("no count in {said}"));
    assert_eq!(all, passed, "{said}");
    all.parse().unwrap()
}

#[test]
fn no_answer_is_other_than_described() {
    let Some(program) = program("schemathesis", &["--version"]) else {
        println!("skipped: no schemathesis (./test installs it)");
        return;
    };
    let county = County::start_with(&["--data-rate", "0"]);
    complete(&mut Ledger::open(&county.ledger()).unwrap());
    let open = tried(&program, &county, "20", &[]);
    println!("schemathesis: {open} cases, all passed");
    assert!(open > 1000, "{open}");
}

#[test]
fn no_answer_to_a_key_is_other_than_described() {
    let Some(program) = program("schemathesis", &["--version"]) else {
        println!("skipped: no schemathesis (./test installs it)");
        return;
    };
    let county = County::start_with(&["--data-rate", "0", "--accounts"]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
    command.args(["keys", "add", "tester", "--scope", "read:all", "--ledger"]);
    let made = command.arg(county.ledger()).output().unwrap();
    let made = String::from_utf8(made.stdout).unwrap();
    let bearer = format!("Authorization: Bearer {}", made.lines().last().unwrap());
    let locked = tried(&program, &county, "5", &["--header", &bearer]);
    println!("schemathesis, with a key: {locked} cases, all passed");
    assert!(locked > 1000, "{locked}");
}

#[test]
fn a_database_reads_every_figure_from_parquet() {
    let Some(python) = program("python", &["-c", "import duckdb"]) else {
        println!("skipped: no Python with duckdb (./test installs it)");
        return;
    };
    let county = County::start();
    let request = format!(
        "GET /api/v1/figures?history=true&format=parquet HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\
         Connection: close\r\n\r\n",
        county.port
    );
    let answer = http::send(county.port, request.as_bytes());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("figures.parquet");
    std::fs::write(&file, &answer.body).unwrap();
    let script =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/clients/parquet_reader.py");
    let read = Command::new(python).arg(script).arg(&file).output().unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let found = String::from_utf8(read.stdout).unwrap();
    let query =
        FigureQuery { history: true, as_of: county::DAY.parse().ok(), ..Default::default() };
    let known = Ledger::open_read_only(&county.ledger()).unwrap().figures(&query).unwrap();
    assert_eq!(found.lines().count(), known.len());
    for (line, known) in found.lines().zip(&known) {
        let (id, value) = line.split_once('\t').unwrap();
        let place = (&known.indicator, &known.region, known.facet, known.period, known.vintage);
        let (indicator, region, facet, period, vintage) = place;
        assert_eq!(id, format!("{indicator}:{region}:{facet}:{period}:{vintage}"));
        assert_eq!(Some(value), known.value.as_ref().map(ToString::to_string).as_deref());
    }
}
