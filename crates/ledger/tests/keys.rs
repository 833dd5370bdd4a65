//! Keys of programs: what is kept of them, and what opens nothing.
#![allow(clippy::unwrap_used)]

use ledger::{Entry, Ledger, LedgerError};
use rusqlite::Connection;
use terms::{Account, ApiKey, Day, Grant, Post, Scope};

const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const OTHER: &str = "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752";

fn entry() -> Entry {
    Entry {
        author: "操作员".into(),
        at: "2024-09-30T08:00:00+08:00".into(),
        reason: "密钥".into(),
        ..Entry::default()
    }
}

fn key(name: &str) -> ApiKey {
    ApiKey {
        name: name.into(),
        scopes: vec![Scope::Figures, Scope::Targets],
        regions: vec!["330784".into()],
        until: Day::new(2025, 12, 31),
        active: true,
    }
}

#[test]
fn a_key_is_made_found_and_withdrawn() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("plan.db")).unwrap();
    ledger.put_api_key(&key("site"), HASH, &entry()).unwrap();
    assert_eq!(ledger.api_key(HASH).unwrap(), Some(key("site")));
    assert_eq!(ledger.api_key(OTHER).unwrap(), None);
    assert!(matches!(
        ledger.put_api_key(&key("site"), OTHER, &entry()),
        Err(LedgerError::Invalid { .. })
    ));
    assert!(ledger.withdraw_api_key("site", &entry()).unwrap());
    assert!(!ledger.withdraw_api_key("site", &entry()).unwrap());
    assert_eq!(ledger.api_key(HASH).unwrap(), None);
    assert!(matches!(
        ledger.withdraw_api_key("nobody", &entry()),
        Err(LedgerError::Unknown { .. })
    ));
    // The name may come again, with another secret.
    ledger.put_api_key(&key("site"), OTHER, &entry()).unwrap();
    assert_eq!(
        (ledger.api_key(HASH).unwrap(), ledger.api_key(OTHER).unwrap()),
        (None, Some(key("site")))
    );
    assert_eq!(ledger.api_keys().unwrap(), [(key("site"), true)]);
    let log = ledger.log_entries(None, 10).unwrap();
    assert_eq!(log.iter().filter(|entry| entry.action == "api-key").count(), 3);
    assert!(ledger.verify().unwrap().faults.is_empty());
}

#[test]
fn what_is_half_a_key_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("plan.db")).unwrap();
    for (bad, hash) in [
        (key(""), HASH),
        (key("a b"), HASH),
        (ApiKey { scopes: vec![], ..key("site") }, HASH),
        (ApiKey { regions: vec![], ..key("site") }, HASH),
        (ApiKey { regions: vec!["here".into()], ..key("site") }, HASH),
        (key("site"), "secret"),
    ] {
        let refused = ledger.put_api_key(&bad, hash, &entry());
        assert!(matches!(refused, Err(LedgerError::Invalid { .. })), "{bad:?}");
    }
    assert_eq!(ledger.api_keys().unwrap(), []);
}

#[test]
fn only_who_keeps_accounts_there_makes_keys() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("plan.db")).unwrap();
    for (login, post) in [("admin", Post::Administrator), ("planner", Post::Planner)] {
        let grants = vec![Grant { post, region: "330784".into(), department: None }];
        let account = Account { login: login.into(), name: login.into(), grants, active: true };
        ledger.put_account(&account, &entry()).unwrap();
    }
    let by = |login: &str| Entry { author: login.into(), account: true, ..entry() };
    let far = ApiKey { regions: vec!["330700".into()], ..key("far") };
    for (key, login) in [(key("site"), "planner"), (far, "admin")] {
        let refused = ledger.put_api_key(&key, HASH, &by(login));
        assert!(matches!(refused, Err(LedgerError::Denied { .. })), "{login}");
    }
    ledger.put_api_key(&key("site"), HASH, &by("admin")).unwrap();
    assert!(matches!(
        ledger.withdraw_api_key("site", &by("planner")),
        Err(LedgerError::Denied { .. })
    ));
}

#[test]
fn a_secret_that_was_put_there_past_the_log_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.db");
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.put_api_key(&key("site"), HASH, &entry()).unwrap();
    let raw = Connection::open(&path).unwrap();
    raw.execute("UPDATE api_secret SET hash = ?1", [OTHER]).unwrap();
    assert_eq!(ledger.api_key(OTHER).unwrap(), None);
    assert!(raw.execute("UPDATE api_key SET scopes = 'read:plan'", []).is_err());
}
