//! Schemes stay as they were put; alarms are recorded once, in the order of their days, and never lost.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use ledger::{AlarmChange, Entry, KeptScheme, KeptWarningRule, Ledger, LedgerError};
use terms::{AlarmActKind, Day, NewAlarm, WarningSeverity};

fn entry() -> Entry {
    Entry {
        author: "李四".into(),
        at: "2024-07-01T08:00:00+08:00".into(),
        reason: "早期预警".into(),
        ..Entry::default()
    }
}

fn ledger() -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(&folder.path().join("l.db")).unwrap();
    (folder, ledger)
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn alarm(on: &str, severity: WarningSeverity) -> NewAlarm {
    NewAlarm {
        rule: "orders".into(),
        subject: "indicator:orders@330784".into(),
        name: "永康市在手订单".into(),
        region: "330784".into(),
        day: day(on),
        severity,
        condition: "本值 < 上期(本值)".into(),
        sentence: "在手订单连降两月".into(),
        figures: "在手订单 2024年5月 9亿元".into(),
    }
}

fn act(alarm: i64, kind: AlarmActKind, on: &str) -> AlarmChange {
    AlarmChange::Act {
        alarm,
        kind,
        day: day(on),
        severity: None,
        problem: None,
        note: "知悉".into(),
    }
}

#[test]
fn a_version_of_a_scheme_is_put_once() {
    let (_folder, mut ledger) = ledger();
    let scheme = KeptScheme {
        code: "stars".into(),
        version: "1.0".into(),
        name: "五星评价".into(),
        content: "code = \"stars\"".into(),
    };
    assert!(ledger.put_scheme(&scheme, &entry()).unwrap());
    assert!(!ledger.put_scheme(&scheme, &entry()).unwrap());
    let other = KeptScheme { content: "other".into(), ..scheme.clone() };
    let error = ledger.put_scheme(&other, &entry()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "方案版本“1.0”有误（应为新的版本号：stars 的这一版已记入台账，内容不同）"
    );
    let newer = KeptScheme { version: "0.9".into(), ..other };
    assert!(ledger.put_scheme(&newer, &entry()).unwrap());
    assert_eq!(ledger.schemes().unwrap(), [scheme, newer]);
    assert_eq!(ledger.log_entries(None, 9).unwrap().len(), 2);
    assert_eq!(ledger.verify().unwrap().faults, []);
}

#[test]
fn of_a_rule_the_latest_row_holds() {
    let (_folder, mut ledger) = ledger();
    let rule = |content: &str, active| KeptWarningRule {
        code: "orders".into(),
        name: "订单".into(),
        content: content.into(),
        active,
    };
    assert_eq!(ledger.put_warning_rules(&[rule("a", true)], &entry()).unwrap(), 1);
    assert_eq!(ledger.put_warning_rules(&[rule("a", true)], &entry()).unwrap(), 0);
    assert_eq!(ledger.put_warning_rules(&[rule("b", false)], &entry()).unwrap(), 1);
    assert_eq!(ledger.warning_rules().unwrap(), [rule("b", false)]);
    assert_eq!(ledger.verify().unwrap().faults, []);
}

#[test]
fn an_alarm_is_recorded_once_and_in_the_order_of_days() {
    let (_folder, mut ledger) = ledger();
    let raise = |on: &str, severity| [AlarmChange::Raise(alarm(on, severity))];
    let yellow = raise("2024-06-30", WarningSeverity::Yellow);
    assert_eq!(ledger.record_alarms(&yellow, &entry()).unwrap(), [1]);
    let head = ledger.verify().unwrap().head;
    assert_eq!(ledger.record_alarms(&yellow, &entry()).unwrap(), [1]);
    assert_eq!(ledger.verify().unwrap().head, head, "the same again changes nothing");
    let error =
        ledger.record_alarms(&raise("2024-06-29", WarningSeverity::Red), &entry()).unwrap_err();
    assert!(matches!(error, LedgerError::Invalid { .. }));
    assert!(error.to_string().contains("不早于 2024-06-30"), "{error}");
    let both = [
        AlarmChange::Raise(alarm("2024-07-31", WarningSeverity::Red)),
        act(1, AlarmActKind::Cleared, "2024-07-31"),
    ];
    assert_eq!(ledger.record_alarms(&both, &entry()).unwrap(), [2, 1]);
    let note = act(2, AlarmActKind::Acknowledged, "2024-01-01");
    ledger.record_alarms(std::slice::from_ref(&note), &entry()).unwrap();
    let head = ledger.verify().unwrap().head;
    ledger.record_alarms(&[note], &entry()).unwrap();
    assert_eq!(ledger.verify().unwrap().head, head, "to take note twice changes nothing");
    let error =
        ledger.record_alarms(&[act(7, AlarmActKind::Cleared, "2024-08-01")], &entry()).unwrap_err();
    assert_eq!(error.to_string(), "没有预警“7”");
    let alarms = ledger.alarms().unwrap();
    assert_eq!(alarms.len(), 2);
    assert_eq!((alarms[0].standing(), alarms[1].standing()), (None, Some(WarningSeverity::Red)));
    assert_eq!((alarms[1].author.as_str(), alarms[1].acts.len()), ("李四", 1));
    assert_eq!(ledger.verify().unwrap().faults, []);
}

#[test]
fn an_account_without_the_right_records_nothing() {
    let (_folder, mut ledger) = ledger();
    let clerk = Entry { author: "clerk".into(), account: true, ..entry() };
    let scheme = KeptScheme {
        code: "stars".into(),
        version: "1".into(),
        name: "五星评价".into(),
        content: String::new(),
    };
    let refused = [
        ledger.put_scheme(&scheme, &clerk).unwrap_err(),
        ledger
            .record_alarms(&[AlarmChange::Raise(alarm("2024-06-30", WarningSeverity::Red))], &clerk)
            .unwrap_err(),
    ];
    assert!(refused.iter().all(|error| matches!(error, LedgerError::Denied { .. })), "{refused:?}");
    ledger
        .record_alarms(&[AlarmChange::Raise(alarm("2024-06-30", WarningSeverity::Red))], &entry())
        .unwrap();
    let note = [act(1, AlarmActKind::Acknowledged, "2024-07-01")];
    assert!(matches!(ledger.record_alarms(&note, &clerk), Err(LedgerError::Denied { .. })));
    assert_eq!(ledger.log_entries(None, 9).unwrap().len(), 1);
}
