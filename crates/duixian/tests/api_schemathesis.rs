//! What a program finds that tries an interface out from its description: schemathesis, on the example county.
//!
//! It asks for what the description allows and for what it does not, and holds each answer against it: no 5xx, no status
//! or media type that is not described, no record that is not as its schema says, nothing taken that is not allowed, and
//! nothing refused that is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod county;

use std::path::{Path, PathBuf};
use std::process::Command;

use county::County;
use ledger::{AlarmChange, Entry, Ledger};
use terms::{Day, Facet, Form, FormItem, Frequency, NewAlarm, Round, Unit, WarningSeverity};

/// The program, where `./test` says that it is, or beside our own where `./test` puts it.
fn schemathesis() -> Option<PathBuf> {
    let named = std::env::var_os("DUIXIAN_CLIENTS").map(PathBuf::from);
    let beside =
        || Some(Path::new(env!("CARGO_BIN_EXE_duixian")).ancestors().nth(2)?.join("clients"));
    let program = named.or_else(beside)?.join("bin/schemathesis");
    let there = Command::new(&program).arg("--version").output().ok()?;
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

#[test]
fn no_answer_is_other_than_described() {
    let Some(program) = schemathesis() else {
        println!("skipped: no schemathesis (./test installs it)");
        return;
    };
    let county = County::start_with(&["--data-rate", "0"]);
    complete(&mut Ledger::open(&county.ledger()).unwrap());
    let folder = tempfile::tempdir().unwrap();
    let tried = Command::new(program)
        .current_dir(folder.path())
        .args(["run", &format!("{}/api/openapi.json", county.home())])
        .args(["--phases", "examples,coverage,fuzzing", "--max-examples", "20"])
        .args(["--seed", "2024", "--no-color", "--generation-database", "none"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&tried.stdout).into_owned();
    assert!(tried.status.success(), "{said}\n{}", String::from_utf8_lossy(&tried.stderr));
    // "1786 generated, 1786 passed"
    let (all, passed) = said
        .lines()
        .filter_map(|line| line.trim().split_once(" generated, "))
        .find_map(|(all, rest)| Some((all, rest.strip_suffix(" passed")?)))
        .unwrap_or_else(|| panic!("no count in {said}"));
    println!("schemathesis: {all} cases, {passed} passed");
    assert_eq!(all, passed);
    assert!(all.parse::<u32>().unwrap() > 1000, "{all}");
}
