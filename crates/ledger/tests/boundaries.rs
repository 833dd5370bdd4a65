//! Boundaries hold from a day on, are kept with their history, and only by who may.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use ledger::{Entry, Ledger, LedgerError};
use terms::{Account, Boundary, Day, Grant, Outline, Post, Right};

fn entry() -> Entry {
    Entry {
        author: "操作员".into(),
        at: "2024-09-30T08:00:00+08:00".into(),
        reason: "录入边界".into(),
        ..Entry::default()
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn boundary(region: &str, since: &str, east: f64) -> Boundary {
    let ring = vec![[120.0, 29.0], [east, 29.0], [east, 29.5], [120.0, 29.0]];
    let outline = Outline::new(vec![vec![ring]]).unwrap();
    Boundary { region: region.into(), since: day(since), outline }
}

#[test]
fn a_boundary_holds_from_its_day_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.db");
    let mut ledger = Ledger::open(&path).unwrap();
    let old = boundary("330784", "1949-10-01", 120.5);
    let new = boundary("330784", "2020-01-01", 120.75);
    let other = boundary("330783", "1949-10-01", 121.0);
    let all = [old.clone(), new.clone(), other.clone()];
    assert_eq!(ledger.put_boundaries(&all, &entry()).unwrap(), 3);
    assert_eq!(ledger.put_boundaries(&all, &entry()).unwrap(), 0, "the same again is nothing");
    let on = |ledger: &Ledger, text: &str| {
        ledger.boundaries(["330784", "330783", "330781"].into_iter(), day(text)).unwrap()
    };
    assert_eq!(on(&ledger, "2019-12-31"), [old, other.clone()]);
    assert_eq!(on(&ledger, "2024-01-01"), [new, other.clone()]);
    let better = boundary("330784", "2020-01-01", 120.625);
    assert_eq!(ledger.put_boundaries(std::slice::from_ref(&better), &entry()).unwrap(), 1);
    assert_eq!(on(&ledger, "2024-01-01"), [better, other]);
    let log = ledger.log_entries(None, 9).unwrap();
    let subjects: Vec<_> = log.iter().map(|one| (&*one.action, &*one.subject)).collect();
    assert_eq!(subjects, [("boundary", "330784"), ("boundary", "× 3")]);
    assert!(ledger.verify().unwrap().faults.is_empty());
}

#[test]
fn only_who_plans_there_puts_boundaries() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("plan.db")).unwrap();
    let grants = |post, region: &str| vec![Grant { post, region: region.into(), department: None }];
    for (login, post) in [("admin", Post::Administrator), ("planner", Post::Planner)] {
        let account = Account {
            login: login.into(),
            name: login.into(),
            grants: grants(post, "330784"),
            active: true,
        };
        ledger.put_account(&account, &entry()).unwrap();
    }
    let by = Entry { author: "planner".into(), account: true, ..entry() };
    assert_eq!(
        ledger.put_boundaries(&[boundary("330784001", "2020-01-01", 120.5)], &by).unwrap(),
        1
    );
    let both =
        [boundary("330784002", "2020-01-01", 120.5), boundary("330783", "2020-01-01", 121.0)];
    let refused = ledger.put_boundaries(&both, &by).unwrap_err();
    assert!(matches!(refused, LedgerError::Denied { right: Right::Plan, .. }), "{refused}");
    let known = ledger.boundaries(["330784002"].into_iter(), day("2024-01-01")).unwrap();
    assert!(known.is_empty(), "all or none");
}
