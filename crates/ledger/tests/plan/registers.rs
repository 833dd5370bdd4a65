//! Registers that answer with names, and attachments that are kept once.

use crate::bureau::{Bureau, catalogue, change, day, kind, problem, step, under};
use ledger::LedgerError;
use terms::attachment_name;

/// The code of a made-up enterprise with its check character.
fn credit_code(number: usize) -> String {
    let stem = format!("91330784MA{number:07}");
    "0123456789ABCDEFGHJKLMNPQRTUWXY"
        .chars()
        .map(|last| format!("{stem}{last}"))
        .find(|code| terms::credit_code(code).is_ok())
        .unwrap()
}

#[test]
fn an_increment_is_answered_by_names() {
    let mut bureau = Bureau::new();
    let fields = [
        ("name", "优质企业"),
        ("region", "330784"),
        ("department", "industry"),
        ("counts", "企业"),
        ("identified-by", "统一社会信用代码"),
    ];
    bureau.done("planner", change("register", "R-1", &fields));
    let mut changes = Vec::new();
    for number in 0..45 {
        let (name, id) = (format!("企业{number:02}"), credit_code(number));
        let joined = if number < 40 { "2023-01-01" } else { "2024-01-15" };
        let fields =
            [("name", name.as_str()), ("id", &id), ("region", "330784100"), ("joined", joined)];
        changes.push(under("register:R-1", change("member", &format!("E{number:02}"), &fields)));
    }
    let entry = bureau.entry("clerk");
    assert!(bureau.ledger.put_plan(&changes, &catalogue(), &entry).unwrap().written);
    // Five held the level before the year, one of which lost it; 38 won it in the year, and one more, which was
    // withdrawn again.
    let mut awards = Vec::new();
    for number in 0..44 {
        let won = if number < 5 { "2022-07-01" } else { "2024-03-20" };
        let mut fields = vec![("level", "专精特新"), ("won", won)];
        match number {
            0 => fields.push(("until", "2024-06-30")),
            43 => fields.push(("withdrawn", "2024-09-01")),
            _ => {}
        }
        let (code, member) = (format!("A{number:02}"), format!("member:E{number:02}"));
        awards.push(under(&member, change("award", &code, &fields)));
    }
    awards.push(under(
        "member:E44",
        change("award", "A44", &[("level", "AAA"), ("won", "2024-03-20")]),
    ));
    let entry = bureau.entry("clerk");
    assert!(bureau.ledger.put_plan(&awards, &catalogue(), &entry).unwrap().written);
    let known = bureau.now();

    let count = |bureau: &Bureau, on: &str| {
        bureau.ledger.register_count("R-1", Some("专精特新"), day(on), None).unwrap()
    };
    let (before, after) = (count(&bureau, "2023-12-31"), count(&bureau, "2024-12-31"));
    assert_eq!((before.count(), after.count()), (5, 42));
    let (came, went) = after.since(&before);
    let names: Vec<&str> = came.iter().map(|member| member.name.as_str()).collect();
    let expected: Vec<String> = (5..43).map(|number| format!("企业{number:02}")).collect();
    assert_eq!(names, expected);
    assert_eq!(names.len(), 38);
    assert_eq!(went.iter().map(|member| member.name.as_str()).collect::<Vec<_>>(), ["企业00"]);
    assert_eq!(count(&bureau, "2024-06-30").count(), 44, "the last day counts");
    assert_eq!(count(&bureau, "2024-08-31").count(), 43, "the withdrawn one still counts");
    assert_eq!(count(&bureau, "2024-09-01").count(), 42);
    let all = bureau.ledger.register_count("R-1", None, day("2023-12-31"), None).unwrap();
    assert_eq!(all.count(), 40);
    assert_eq!(all.members[0].region, "330784100");

    // An enterprise that left counts no longer; what was known before stays to be asked.
    bureau.done("clerk", change("member", "E10", &[("left", "2024-11-01")]));
    bureau.done("clerk", step("award", "A11", "cancelled", "录入错误"));
    assert_eq!(count(&bureau, "2024-12-31").count(), 40);
    let then = bureau
        .ledger
        .register_count("R-1", Some("专精特新"), day("2024-12-31"), Some(&known))
        .unwrap();
    assert_eq!(then.count(), 42);

    let wrong = |id: &str| {
        let fields = [("name", "甲"), ("id", id), ("region", "330784"), ("joined", "2024-01-01")];
        under("register:R-1", change("member", "X", &fields))
    };
    let code = credit_code(77);
    let typo = format!("{}{}", &code[..17], if code.ends_with('A') { 'B' } else { 'A' });
    let error = bureau.refused("clerk", wrong(&typo));
    assert!(error.contains("按前 17 位末位应为"), "{error}");
    let error = bureau.refused("clerk", wrong(""));
    assert!(error.starts_with("唯一代码“”有误（应为18 位统一社会信用代码"), "{error}");
    let error = bureau.refused("clerk", wrong(&credit_code(3)));
    assert!(error.contains("名录内不重复，E03 已用"), "{error}");
    let error = bureau.ledger.register_count("R-9", None, day("2024-01-01"), None).unwrap_err();
    assert_eq!(error.to_string(), "没有名录“R-9”");
    bureau.sound();
}

#[test]
fn attachments_are_kept_once_and_their_names_are_labels() {
    let mut bureau = Bureau::new();
    problem(&mut bureau);
    let photo = b"the same bytes".as_slice();
    let hash = bureau.attach("clerk", "problem", "W-1", photo);
    for hostile in ["../../../etc/passwd", "..\\..\\x", "a\u{202e}gpj.exe\0\n", ".."] {
        let entry = bureau.entry("clerk");
        let done = bureau.ledger.attach(kind("problem"), "W-1", hostile, photo, &entry).unwrap();
        assert_eq!(done, (hash.clone(), true));
        let attached = bureau.object("problem", "W-1").attachments;
        assert_eq!(attached.len(), 1);
        assert_eq!(attached[0].name, attachment_name(hostile));
        assert!(!attached[0].name.contains(['/', '\\', '\0', '\n', '\u{202e}']));
        let entry = bureau.entry("clerk");
        let again = bureau.ledger.attach(kind("problem"), "W-1", hostile, photo, &entry).unwrap();
        assert_eq!(again, (hash.clone(), false), "the same again is nothing new");
    }
    assert_eq!(bureau.ledger.attachment(&hash).unwrap().unwrap(), photo);
    assert_eq!(bureau.ledger.attachment("none").unwrap(), None);
    let stored = |bureau: &Bureau| {
        let dump = bureau.ledger.dump().unwrap();
        let table = dump.tables().iter().find(|table| table.name == "attachment").unwrap();
        let mut rows = 0;
        dump.rows(table, |_| {
            rows += 1;
            Ok::<(), LedgerError>(())
        })
        .unwrap();
        rows
    };
    assert_eq!(stored(&bureau), 1);
    let entry = bureau.entry("clerk");
    for (bytes, size) in
        [(vec![0; terms::LARGEST_ATTACHMENT + 1], "20971521 字节"), (Vec::new(), "0 字节")]
    {
        let error =
            bureau.ledger.attach(kind("problem"), "W-1", "a.bin", &bytes, &entry).unwrap_err();
        assert!(error.to_string().contains(size), "{error}");
    }
    let error = bureau.ledger.attach(kind("problem"), "W-9", "a", photo, &entry).unwrap_err();
    assert_eq!(error.to_string(), "没有问题“W-9”");
    let taken = bureau.entry("planner");
    assert!(bureau.ledger.detach(kind("problem"), "W-1", &hash, &taken).unwrap());
    assert_eq!(bureau.object("problem", "W-1").attachments, []);
    assert_eq!(bureau.ledger.attachment(&hash).unwrap().unwrap(), photo, "nothing is lost");
    bureau.sound();
}
