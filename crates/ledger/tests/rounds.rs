//! People, rounds, and the way of a figure: examples, and any sequence of operations.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod office;

use ledger::{Filled, LedgerError, Locked};
use office::{Office, day, figure, line};
use terms::{
    Account, Department, FigureAct, FigureState, Grant, ObservationStatus, Post, Punctuality,
};

#[test]
fn a_figure_goes_from_the_clerk_to_an_observation() {
    let mut office = Office::new();
    let duty = office.duty("stats");
    let sheet = office.ledger.duty_sheet(duty).unwrap().unwrap();
    assert_eq!((sheet.form.as_str(), sheet.department.as_str()), ("工业月报", "统计局"));
    assert_eq!(sheet.slots.len(), 2);
    let lines = [line(0, 0, "120.5"), line(1, 0, "6.1")];
    let done = office.fill("clerk", duty, FigureAct::Submit, &lines, "").unwrap();
    assert_eq!(done, Filled::Done(2));
    // Sent a second time, as by a second click, it changes nothing.
    assert_eq!(office.fill("clerk", duty, FigureAct::Submit, &lines, "").unwrap(), Filled::Done(0));
    let seen = [line(0, 1, ""), line(1, 1, "")];
    let error = office.fill("reviewer", duty, FigureAct::Return, &seen[..1], " ").unwrap_err();
    assert!(error.to_string().contains("退回或重开的理由"), "{error}");
    office.fill("reviewer", duty, FigureAct::Return, &seen[..1], "请核对口径").unwrap();
    office.fill("reviewer", duty, FigureAct::Approve, &seen[1..], "").unwrap();
    let slots = office.ledger.duty_sheet(duty).unwrap().unwrap().slots;
    let filing = slots[0].filing.as_ref().unwrap();
    assert_eq!((filing.state, filing.comment.as_str()), (FigureState::Returned, "请核对口径"));
    assert_eq!(filing.author, "reviewer");

    office.fill("clerk", duty, FigureAct::Submit, &[line(0, 2, "121.5")], "").unwrap();
    office.fill("reviewer", duty, FigureAct::Approve, &[line(0, 3, "")], "").unwrap();
    let locked = office.lock("planner", day(20)).unwrap();
    assert_eq!(locked, Locked { figures: 2, observations: 2, left: 1 });
    let series = office.ledger.series("GDP", "330784", terms::Facet::Level, None).unwrap();
    assert_eq!(series.observations[0].value.as_ref().unwrap().to_string(), "121.5");
    assert_eq!(series.observations[0].vintage, day(20));
    assert_eq!(&*series.observations[0].source, "2024年9月填报 industry");

    // A correction is another vintage; the first one stays.
    office.fill("planner", duty, FigureAct::Reopen, &[line(0, 5, "")], "核实后更正").unwrap();
    office.fill("clerk", duty, FigureAct::Submit, &[line(0, 6, "122.0")], "").unwrap();
    office.fill("reviewer", duty, FigureAct::Approve, &[line(0, 7, "")], "").unwrap();
    let error = office.lock("planner", day(20)).unwrap_err();
    assert!(matches!(error, LedgerError::Published { .. }), "{error}");
    assert_eq!(office.state(duty, 0), Some(FigureState::Approved));
    assert_eq!(office.lock("planner", day(25)).unwrap().figures, 1);
    let vintages = office.ledger.vintages("GDP", "330784", terms::Facet::Level, None).unwrap();
    assert_eq!(vintages.len(), 2);
    let history = office.ledger.duty_history(duty).unwrap();
    assert_eq!(history.iter().filter(|change| change.position == 0).count(), 9);
    office.sound();
}

#[test]
fn who_saw_an_older_state_gets_a_conflict_and_loses_nothing() {
    let mut office = Office::new();
    let duty = office.duty("stats");
    let first = [line(0, 0, "1")];
    office.fill("clerk", duty, FigureAct::Save, &first, "").unwrap();
    let second = [line(0, 0, "2"), line(1, 0, "3")];
    let conflict = office.fill("clerk2", duty, FigureAct::Save, &second, "").unwrap();
    assert_eq!(conflict, Filled::Conflict(vec![0]));
    assert_eq!(office.state(duty, 1), None, "nothing of a conflicting act is written");
    assert_eq!(
        office.fill("clerk2", duty, FigureAct::Save, &first, "").unwrap(),
        Filled::Done(0),
        "the same figure is no conflict"
    );
}

#[test]
fn rights_end_with_department_region_and_post() {
    let mut office = Office::new();
    let (own, other) = (office.duty("stats"), office.duty("finance"));
    let lines = [line(0, 0, "1")];
    for (who, duty, act) in [
        ("clerk", other, FigureAct::Submit),
        ("reviewer", own, FigureAct::Submit),
        ("leader", own, FigureAct::Save),
        ("elsewhere", own, FigureAct::Save),
        ("admin", own, FigureAct::Save),
        ("nobody", own, FigureAct::Save),
    ] {
        let error = office.fill(who, duty, act, &lines, "").unwrap_err();
        assert!(matches!(error, LedgerError::Denied { .. }), "{who}: {error}");
    }
    office.fill("clerk", own, FigureAct::Submit, &lines, "").unwrap();
    for who in ["clerk", "leader", "elsewhere"] {
        let approve = [line(0, 1, "")];
        let error = office.fill(who, own, FigureAct::Approve, &approve, "").unwrap_err();
        assert!(matches!(error, LedgerError::Denied { .. }), "{who}: {error}");
    }
    assert!(matches!(office.lock("reviewer", day(20)), Err(LedgerError::Denied { .. })));
    // Who is both clerk and reviewer approves no figure of the own.
    office.fill("both", own, FigureAct::Submit, &[line(1, 0, "2")], "").unwrap();
    let error = office.fill("both", own, FigureAct::Approve, &[line(1, 1, "")], "").unwrap_err();
    assert!(matches!(error, LedgerError::OwnFigure { .. }), "{error}");
    // A right that is taken away ends at once.
    let mut clerk = office.ledger.account("clerk").unwrap().unwrap();
    clerk.active = false;
    office.ledger.put_account(&clerk, &office.entry("admin")).unwrap();
    assert!(office.fill("clerk", own, FigureAct::Save, &lines, "").is_err());
    office.sound();
}

#[test]
fn accounts_are_kept_by_administrators_within_their_region() {
    let mut office = Office::new();
    let grant = |post, region: &str| Grant { post, region: region.into(), department: None };
    let account = |login: &str, grants| Account {
        login: login.into(),
        name: "新人".into(),
        grants,
        active: true,
    };
    let entry = office.entry("admin");
    let new = account("newcomer", vec![grant(Post::Leader, "330784")]);
    assert!(office.ledger.put_account(&new, &entry).unwrap());
    assert!(!office.ledger.put_account(&new, &entry).unwrap());
    let far = account("far", vec![grant(Post::Leader, "330700")]);
    assert!(matches!(office.ledger.put_account(&far, &entry), Err(LedgerError::Denied { .. })));
    let own = account("admin", vec![grant(Post::Planner, "330784")]);
    assert!(matches!(office.ledger.put_account(&own, &entry), Err(LedgerError::Denied { .. })));
    let by_clerk = office.entry("clerk");
    let error = office.ledger.put_account(&account("x2", vec![]), &by_clerk).unwrap_err();
    assert!(matches!(error, LedgerError::Denied { .. }), "{error}");
    let error = office.ledger.set_password("admin", "$argon2id$x", true, &by_clerk).unwrap_err();
    assert!(matches!(error, LedgerError::Denied { .. }), "{error}");
    let gone = Account { active: false, ..office.ledger.account("admin").unwrap().unwrap() };
    let error = office.ledger.put_account(&gone, &Office::operator()).unwrap_err();
    assert!(error.to_string().contains("管理员"), "{error}");
    for bad in ["", "a b", "<script>", "a'--", "new"] {
        assert!(office.ledger.put_account(&account(bad, vec![]), &entry).is_err(), "{bad}");
    }
    let department = |code: &str, email: &str| Department {
        code: code.into(),
        name: "新部门".into(),
        region: "330784".into(),
        email: email.into(),
        active: true,
    };
    assert!(office.ledger.put_department(&department("newest", "a@b.cn"), &entry).unwrap());
    for (code, email) in [("../x", ""), ("ok", "a@b.cn\r\nBcc: x@y.z"), ("ok", "@b.cn")] {
        assert!(office.ledger.put_department(&department(code, email), &entry).is_err(), "{code}");
    }
    office.sound();
}

#[test]
fn passwords_and_sessions_are_kept_apart_from_the_history() {
    let mut office = Office::new();
    let entry = office.entry("clerk");
    for number in 0..7 {
        let hash = format!("$argon2id${number}");
        office.ledger.set_password("clerk", &hash, false, &entry).unwrap();
    }
    let kept = office.ledger.credentials("clerk").unwrap();
    assert_eq!(kept.len(), 5);
    assert_eq!(kept[0].hash, "$argon2id$6");
    office.ledger.open_session("clerk", "token", 1_000, &entry).unwrap();
    assert!(office.ledger.session("token", 0, 1_001).unwrap().is_none(), "idle");
    assert!(office.ledger.session("token", 1_001, 0).unwrap().is_none(), "old");
    assert!(office.ledger.session("other", 0, 0).unwrap().is_none());
    let (account, seen) = office.ledger.session("token", 0, 0).unwrap().unwrap();
    assert_eq!((account.login.as_str(), seen), ("clerk", 1_000));
    office.ledger.touch_session("token", 1_500, 0).unwrap();
    assert_eq!(office.ledger.session("token", 0, 1_500).unwrap().unwrap().1, 1_500);
    // A new password ends what was begun with the old one.
    office.ledger.set_password("clerk", "$argon2id$z", false, &entry).unwrap();
    assert!(office.ledger.session("token", 0, 0).unwrap().is_none());
    office.sound();
    let dump = office.ledger.dump().unwrap();
    assert!(!dump.tables().iter().any(|table| table.name == "credential"));
    assert!(!dump.tables().iter().any(|table| table.name == "session"));
}

#[test]
fn a_password_that_was_changed_past_the_ledger_is_found() {
    let mut office = Office::new();
    let entry = office.entry("clerk");
    office.ledger.set_password("clerk", "$argon2id$a", false, &entry).unwrap();
    office.tamper("UPDATE credential SET hash = '$argon2id$evil' WHERE login = 'clerk'");
    let faults = office.ledger.verify().unwrap().faults;
    assert_eq!(faults, [ledger::Fault::ChangedCredential { login: "clerk".into() }]);
}

#[test]
fn every_changed_row_of_a_round_is_found() {
    for (what, words) in [
        ("UPDATE filing SET value = '999' WHERE position = 0", "写入的内容被改动"),
        ("DELETE FROM filing WHERE version = 1", "写入的内容被改动"),
        ("UPDATE account_grant SET post = 'planner' WHERE login = 'clerk'", "写入的内容被改动"),
        ("UPDATE entry SET place = '10.0.0.9' WHERE number = 3", "第 3 条记录被改动"),
        ("INSERT INTO visit VALUES (1, 'x', 'sign-in')", "写入的内容被改动"),
        ("UPDATE round SET due = 20241231", "写入的内容被改动"),
    ] {
        let mut office = Office::new();
        let duty = office.duty("stats");
        office.fill("clerk", duty, FigureAct::Submit, &[line(0, 0, "1")], "").unwrap();
        office.sound();
        office.tamper(what);
        let faults = office.ledger.verify().unwrap().faults;
        assert!(faults.iter().any(|fault| fault.to_string().contains(words)), "{what}: {faults:?}");
    }
}

#[test]
fn late_is_taken_and_closed_is_not() {
    let mut office = Office::new();
    let duty = office.duty("stats");
    let lines = [line(0, 0, "1"), line(1, 0, "2")];
    office.today = day(13);
    let error = office.fill("clerk", duty, FigureAct::Save, &lines, "").unwrap_err();
    assert!(error.to_string().contains("2024-10-12 截止"), "{error}");
    assert_eq!(office.punctuality(duty), Punctuality::Closed);
    let entry = office.entry("clerk");
    assert!(office.ledger.extend(duty, day(15), &entry).is_err());
    office.ledger.extend(duty, day(15), &office.entry("planner")).unwrap();
    assert_eq!(office.punctuality(duty), Punctuality::Open);
    office.fill("clerk", duty, FigureAct::Submit, &lines, "").unwrap();
    assert_eq!(office.punctuality(duty), Punctuality::InTime);
    let other = office.duty("finance");
    office.today = day(10);
    office.fill("finance", other, FigureAct::Submit, &[line(0, 0, "7")], "").unwrap();
    assert_eq!(office.punctuality(other), Punctuality::Late);
}

#[test]
fn an_empty_line_is_not_handed_in_but_none_with_a_reason_is() {
    let mut office = Office::new();
    let duty = office.duty("stats");
    let mut lines = [line(0, 0, "1"), line(1, 0, "")];
    let error = office.fill("clerk", duty, FigureAct::Submit, &lines, "").unwrap_err();
    assert!(error.to_string().starts_with("第 2 行没有填"), "{error}");
    lines[1].figure.as_mut().unwrap().status = ObservationStatus::Missing;
    assert!(office.fill("clerk", duty, FigureAct::Submit, &lines, "").is_err());
    lines[1].figure.as_mut().unwrap().note = "省里调整口径，暂无数据".into();
    office.fill("clerk", duty, FigureAct::Submit, &lines, "").unwrap();
    let lost = [ledger::Line { figure: Some(figure("〓5")), ..line(0, 1, "") }];
    assert!(office.fill("clerk", duty, FigureAct::Save, &lost, "").is_err());
}

/// Any sequence of operations by anyone, on any line, from any seen version.
#[test]
fn any_sequence_of_operations_keeps_the_invariants() {
    for seed in 0..60 {
        office::machine::run(seed, 120);
    }
}
