//! Programmes are kept with their history, and only by who may.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use ledger::{Entry, Ledger, LedgerError};
use terms::{Account, Grant, Post, Programme, Right};

fn entry() -> Entry {
    Entry {
        author: "操作员".into(),
        at: "2024-09-30T08:00:00+08:00".into(),
        reason: "编制方案".into(),
        ..Entry::default()
    }
}

fn programme(region: &str, settings: &str) -> Programme {
    Programme {
        code: "PV-2024".into(),
        name: "屋顶光伏".into(),
        region: region.into(),
        settings: settings.into(),
        answer: "{}".into(),
        table_name: "buildings.csv".into(),
        table: "name,area\n市政府,1000\n".into(),
    }
}

#[test]
fn the_latest_of_a_code_holds() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("plan.db")).unwrap();
    let (first, second) =
        (programme("330784", "target_mw = 40\n"), programme("330784", "target_mw = 50\n"));
    assert!(ledger.put_programme(&first, &entry()).unwrap());
    assert!(!ledger.put_programme(&first, &entry()).unwrap(), "the same again is nothing");
    assert!(ledger.put_programme(&second, &entry()).unwrap());
    assert!(ledger.put_programme(&first, &entry()).unwrap(), "back again is a change");
    assert!(ledger.put_programme(&second, &entry()).unwrap());
    assert_eq!(ledger.programmes().unwrap(), std::slice::from_ref(&second));
    assert_eq!(ledger.programme("PV-2024").unwrap(), Some(second));
    assert_eq!(ledger.programme("PV-2025").unwrap(), None);
    assert_eq!(ledger.log_entries(None, 9).unwrap().len(), 4);
    assert!(ledger.verify().unwrap().faults.is_empty());
}

#[test]
fn what_is_no_programme_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("plan.db")).unwrap();
    let good = programme("330784", "");
    for bad in [
        Programme { code: "a/b".into(), ..good.clone() },
        Programme { name: String::new(), ..good.clone() },
        Programme { table: Vec::new(), ..good.clone() },
        Programme { table_name: "a\nb".into(), ..good.clone() },
    ] {
        let refused = ledger.put_programme(&bad, &entry()).unwrap_err();
        assert!(matches!(refused, LedgerError::Invalid { .. }), "{refused}");
    }
    assert!(ledger.programmes().unwrap().is_empty());
}

#[test]
fn only_who_plans_there_puts_a_programme_or_takes_it_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("plan.db")).unwrap();
    for (login, post, region) in [
        ("admin", Post::Administrator, "330784"),
        ("here", Post::Planner, "330784"),
        ("there", Post::Planner, "330783"),
    ] {
        let grants = vec![Grant { post, region: region.into(), department: None }];
        let account = Account { login: login.into(), name: login.into(), grants, active: true };
        ledger.put_account(&account, &entry()).unwrap();
    }
    let by = |login: &str| Entry { author: login.into(), account: true, ..entry() };
    assert!(ledger.put_programme(&programme("330784", ""), &by("here")).unwrap());
    for region in ["330784", "330783"] {
        let other = programme(region, "target_mw = 1\n");
        let refused = ledger.put_programme(&other, &by("there")).unwrap_err();
        assert!(matches!(refused, LedgerError::Denied { right: Right::Plan, .. }), "{refused}");
    }
}
