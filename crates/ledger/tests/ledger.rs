//! The ledger from outside: what goes in comes out, nothing is half-written, and changes are found.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ledger::{Appended, Entry, Fault, Ledger, LedgerError};
use sha2::{Digest, Sha256};
use terms::{
    Amount, Basis, Better, Block, BlockKind, Comparator, Diagnostic, Document, FacetOutcome,
    Frequency, Headline, Indicator, Kind, Outcome, Part, Profile, Repair, RepairKind, Repairs,
    Role, Severity, SourceMap, Span, Statement, Statements, Term, Unit, Verdict,
};

const TEXT: &str = "某县2024年计划报告。去年造林〓5亩,用电12.50万千瓦时。";

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn document(source: &[u8], plan_year: i32) -> Document {
    let mut repairs = Repairs::new();
    repairs.push(Repair {
        kind: RepairKind::LostDigit,
        span: Span::new(0, 3),
        source: Span::new(0, 1),
        before: "",
        after: "〓",
        proof: "",
    });
    Document {
        name: "报告.txt".into(),
        hash: hash(source),
        size: source.len(),
        encoding: "UTF-8".into(),
        text: TEXT.into(),
        map: SourceMap::new(),
        repairs,
        tables: Vec::new(),
        glossary: vec![Term {
            name: "造林".into(),
            span: Span::new(34, 40),
            definition: Span::new(40, 44),
        }],
        blocks: vec![Block {
            kind: BlockKind::Title,
            level: 0,
            part: Part::Opening,
            span: Span::new(0, 9),
        }],
        profile: Profile {
            title: Some("某县计划报告".into()),
            plan_year: Some(plan_year),
            ..Profile::default()
        },
        diagnostics: vec![Diagnostic {
            severity: Severity::Warning,
            code: "digit-lost".into(),
            message: "有一位数字缺失".into(),
            span: Some(Span::new(0, 3)),
        }],
    }
}

fn statement(document: &Document, number: usize, value: &str, unit: &str) -> Statement {
    Statement {
        id: format!("{}-{number}", &document.hash[..8]).into(),
        kind: Kind::Quantity,
        quote: format!("{value}{unit}").into(),
        value: Some(value.parse().unwrap()),
        upper: None,
        unit: Some(Unit::new(unit)),
        comparator: Some(Comparator::Equal),
        basis: Some(Basis::Level),
        direction: None,
        measure: "用电".into(),
        entity: None,
        role: Role::Result,
        year: Some(2023),
        modality: None,
        indicator: Some("power-use".into()),
        span: Span::new(0, 3),
        characters: Span::new(0, 1),
        source: Span::new(0, 3),
        section: ["一、去年".into(), "(一)能源".into()].into(),
        sentence: "去年用电。".into(),
    }
}

fn statements(document: &Document) -> Statements {
    Statements {
        statements: vec![
            statement(document, 1, "〓5", "亩"),
            statement(document, 2, "12.50", "万千瓦时"),
        ],
        headline: Some(Headline {
            declared: Some(2),
            declared_met: Some(1),
            declared_short: Some(1),
            outcomes: vec![Outcome {
                name: "用电量".into(),
                indicator: Some("power-use".into()),
                verdict: Verdict::Met,
                reason: None,
                facets: vec![FacetOutcome {
                    facet: Basis::Growth,
                    verdict: Verdict::Short,
                    reason: Some("口径不同".into()),
                }],
                span: Span::new(0, 3),
                characters: Span::new(0, 1),
                source: Span::new(0, 3),
            }],
            span: Span::new(0, 9),
        }),
        diagnostics: Vec::new(),
    }
}

fn catalogue() -> Vec<Indicator> {
    vec![Indicator {
        code: "power-use".into(),
        name: "全社会用电量".into(),
        english: "Electricity consumption".into(),
        synonyms: vec!["用电量".into(), "用电".into()],
        unit: "亿千瓦时".into(),
        better: Better::Higher,
        frequency: Frequency::Month,
        definition: "全部用电".into(),
        formula: "工业用电量 + 居民生活用电量".into(),
        owner: String::new(),
    }]
}

fn entry(at: &str) -> Entry {
    Entry { author: "测试".into(), at: at.into(), reason: "导入".into(), ..Entry::default() }
}

const NOON: &str = "2024-03-01T12:00:00+08:00";

fn import(ledger: &mut Ledger, source: &[u8], plan_year: i32, at: &str) -> Appended {
    let document = document(source, plan_year);
    ledger.append(&document, source, &statements(&document), &catalogue(), &entry(at)).unwrap()
}

fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("账 本?#%.db");
    (folder, path)
}

#[test]
fn what_goes_in_comes_out() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    assert!(matches!(import(&mut ledger, b"one", 2024, NOON), Appended::New { statements: 2, .. }));
    drop(ledger);
    let ledger = Ledger::open_read_only(&path).unwrap();
    let facts = ledger.facts(None).unwrap();
    let read = document(b"one", 2024);
    let filed = &facts.documents[0];
    assert_eq!(facts.as_of, NOON);
    assert_eq!(facts.indicators, catalogue());
    assert_eq!(filed.statements, statements(&read).statements);
    let [first, second] = filed.statements.as_slice() else { panic!("two statements") };
    assert!(Arc::ptr_eq(&first.section, &second.section));
    assert!(Arc::ptr_eq(&first.sentence, &second.sentence));
    assert_eq!(filed.headline, statements(&read).headline);
    assert_eq!(
        (&filed.blocks, &filed.profile, &filed.text),
        (&read.blocks, &read.profile, &read.text)
    );
    assert_eq!(filed.glossary, read.glossary);
    assert_eq!(filed.repairs, [(RepairKind::LostDigit, 1)]);
    assert_eq!(filed.diagnostics, read.diagnostics);
    assert_eq!(filed.statements[0].value, Some(Amount::Lost("〓5".into())));
    assert_eq!(filed.statements[1].value.as_ref().unwrap().to_string(), "12.50");
    assert_eq!(ledger.source(&filed.id).unwrap(), b"one");
    assert!(matches!(ledger.source("00000000"), Err(LedgerError::UnknownDocument(_))));
    assert_eq!(ledger.verify().unwrap().faults, []);
}

#[test]
fn the_same_bytes_again_change_not_a_byte() {
    let (_folder, path) = place();
    import(&mut Ledger::open(&path).unwrap(), b"one", 2024, NOON);
    let before = std::fs::read(&path).unwrap();
    let again = import(&mut Ledger::open(&path).unwrap(), b"one", 2024, "2025-01-01T00:00:00Z");
    assert_eq!(
        again,
        Appended::Known { document: hash(b"one")[..8].into(), imported_at: NOON.into() }
    );
    assert!(before == std::fs::read(&path).unwrap(), "the file changed");
}

#[test]
fn an_append_that_fails_in_the_middle_leaves_nothing() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    // The last row of the headline is refused: by then document and statements were written.
    let other = rusqlite::Connection::open(&path).unwrap();
    other
        .execute_batch(
            "CREATE TRIGGER stop BEFORE INSERT ON facet BEGIN SELECT RAISE(ABORT, 'stop'); END",
        )
        .unwrap();
    let document = document(b"one", 2024);
    let failed =
        ledger.append(&document, b"one", &statements(&document), &catalogue(), &entry(NOON));
    assert!(failed.is_err());
    for table in
        ["document", "block", "statement", "headline", "outcome", "facet", "entry", "catalogue"]
    {
        let rows: i64 = other
            .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))
            .unwrap();
        assert_eq!(rows, 0, "{table}");
    }
    other.execute_batch("DROP TRIGGER stop").unwrap();
    assert!(matches!(import(&mut ledger, b"one", 2024, NOON), Appended::New { .. }));
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let document = document(b"one", 2024);
    let good = statements(&document);
    let mut twice = good.clone();
    twice.statements[1].id = twice.statements[0].id.clone();
    let mut append = |source: &[u8], statements: &Statements, at: &str| {
        ledger.append(&document, source, statements, &[], &entry(at)).unwrap_err()
    };
    assert!(matches!(append(b"two", &good, NOON), LedgerError::NotTheSource { .. }));
    assert!(matches!(append(b"one", &twice, NOON), LedgerError::StatementId(_)));
    assert!(matches!(append(b"one", &good, "now"), LedgerError::Time(_)));
    assert_eq!(ledger.facts(None).unwrap().documents.len(), 0);
}

#[test]
fn what_was_known_at_a_time() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    import(&mut ledger, b"one", 2023, "2024-03-01T12:00:00+08:00");
    // Later as a moment, though earlier as a text.
    import(&mut ledger, b"two", 2024, "2024-03-01T05:00:00Z");
    let years = |as_of: Option<&str>| -> Vec<Option<i32>> {
        let facts = ledger.facts(as_of).unwrap();
        facts.documents.iter().map(|document| document.profile.plan_year).collect()
    };
    assert_eq!(years(None), [Some(2024), Some(2023)]);
    assert_eq!(years(Some("2024-03-01T04:30:00Z")), [Some(2023)]);
    assert!(years(Some("2024-03-01T03:59:59Z")).is_empty());
    assert!(matches!(ledger.facts(Some("yesterday")), Err(LedgerError::Time(_))));
}

fn tampered(sql: &str) -> Vec<Fault> {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    import(&mut ledger, b"one", 2023, NOON);
    import(&mut ledger, b"two", 2024, NOON);
    drop(ledger);
    let other = rusqlite::Connection::open(&path).unwrap();
    let triggers: Vec<String> = other
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert!(
        other.execute_batch(sql).is_err() || sql.starts_with("INSERT"),
        "triggers let it pass: {sql}"
    );
    for trigger in triggers {
        other.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
    }
    if !sql.starts_with("INSERT") {
        other.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}")).unwrap();
    }
    drop(other);
    let mut faults = Ledger::open_read_only(&path).unwrap().verify().unwrap().faults;
    let found = faults.len();
    faults.retain(|fault| !matches!(fault, Fault::ChangedSchema { .. }));
    assert!(faults.len() < found, "nobody misses the triggers");
    faults
}

#[test]
fn every_change_of_the_past_is_found() {
    let one = hash(b"one")[..8].to_owned();
    let content = |entry| Fault::ChangedContent { entry, document: one.clone() };
    let number = format!("WHERE id = '{one}-1'");
    assert_eq!(tampered(&format!("UPDATE statement SET value = '15' {number}")), [content(1)]);
    assert_eq!(tampered(&format!("DELETE FROM statement {number}")), [content(1)]);
    assert_eq!(
        tampered(&format!("UPDATE document SET source = x'00' WHERE id = '{one}'")),
        [content(1)]
    );
    assert_eq!(tampered("UPDATE term SET name = '别名'").len(), 2);
    assert_eq!(tampered("UPDATE facet SET verdict = 'met'").len(), 2);
    assert_eq!(tampered("UPDATE indicator SET name = '别名'").len(), 3);
    assert_eq!(
        tampered("UPDATE entry SET author = '别人' WHERE number = 1"),
        [Fault::ChangedEntry { entry: 1 }]
    );
    assert_eq!(
        tampered("DELETE FROM entry WHERE number = 1"),
        [
            Fault::Gap { entry: 2 },
            Fault::BrokenChain { entry: 2 },
            Fault::Unrecorded { document: one.clone() }
        ]
    );
    assert_eq!(
        tampered(&format!("INSERT INTO repair VALUES ('{one}', 9, 'spacing', 1)")),
        [content(1)]
    );
}

#[test]
fn what_is_no_ledger_is_refused_and_left_alone() {
    let (folder, path) = place();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let text = file("报告.txt", b"this is no database, only a text of some length");
    assert!(matches!(Ledger::open(&text), Err(LedgerError::NotSqlite(_))));
    assert!(matches!(Ledger::open_read_only(&text), Err(LedgerError::NotSqlite(_))));
    assert_eq!(std::fs::read(&text).unwrap(), b"this is no database, only a text of some length");

    let foreign = folder.path().join("foreign.db");
    rusqlite::Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE a (b)").unwrap();
    assert!(matches!(Ledger::open(&foreign), Err(LedgerError::Foreign(_))));
    assert!(matches!(Ledger::open_read_only(&foreign), Err(LedgerError::Foreign(_))));

    Ledger::open(&path).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.pragma_update(None, "user_version", 99).unwrap();
    for opened in [Ledger::open(&path), Ledger::open_read_only(&path)] {
        assert!(matches!(opened, Err(LedgerError::Newer { found: 99, .. })));
    }

    assert!(matches!(Ledger::open(folder.path()), Err(LedgerError::NotAFile(_))));
    assert!(matches!(Ledger::open(&text.join("a.db")), Err(LedgerError::NoFolder(_))));
    assert!(matches!(
        Ledger::open_read_only(&folder.path().join("none")),
        Err(LedgerError::Missing(_))
    ));
    assert!(matches!(Ledger::open_read_only(&file("empty", b"")), Err(LedgerError::Missing(_))));
    assert!(!folder.path().join("none").exists());
}

fn mark_read_only(path: &Path, mark: bool) {
    let mut permissions = std::fs::metadata(path).unwrap().permissions();
    permissions.set_readonly(mark);
    std::fs::set_permissions(path, permissions).unwrap();
}

#[test]
fn a_read_only_ledger_is_read_but_not_written() {
    let (folder, path) = place();
    import(&mut Ledger::open(&path).unwrap(), b"one", 2024, NOON);
    mark_read_only(&path, true);
    assert!(matches!(Ledger::open(&path), Err(LedgerError::ReadOnly(_))));
    assert_eq!(Ledger::open_read_only(&path).unwrap().facts(None).unwrap().documents.len(), 1);
    mark_read_only(folder.path(), true);
    assert_eq!(Ledger::open_read_only(&path).unwrap().facts(None).unwrap().documents.len(), 1);
    assert!(matches!(Ledger::open(&folder.path().join("new.db")), Err(LedgerError::ReadOnly(_))));
    mark_read_only(folder.path(), false);
}

#[test]
fn a_reader_reads_while_a_writer_writes_and_cannot_write() {
    let (_folder, path) = place();
    let mut writer = Ledger::open(&path).unwrap();
    import(&mut writer, b"one", 2024, NOON);
    let mut reader = Ledger::open_read_only(&path).unwrap();
    let lock = rusqlite::Connection::open(&path).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(reader.facts(None).unwrap().documents.len(), 1);
    lock.execute_batch("COMMIT").unwrap();
    import(&mut writer, b"two", 2025, NOON);
    assert_eq!(reader.facts(None).unwrap().documents.len(), 2);
    let document = document(b"three", 2026);
    let refused = reader.append(&document, b"three", &statements(&document), &[], &entry(NOON));
    assert!(matches!(refused, Err(LedgerError::ReadOnly(_))), "{refused:?}");
}

#[test]
fn two_writers_make_one_ledger() {
    let (_folder, path) = place();
    let sources: Vec<Vec<u8>> =
        (0..8).map(|number| format!("source {number}").into_bytes()).collect();
    std::thread::scope(|scope| {
        for source in &sources {
            scope.spawn(|| import(&mut Ledger::open(&path).unwrap(), source, 2024, NOON));
        }
    });
    let verification = Ledger::open_read_only(&path).unwrap().verify().unwrap();
    assert_eq!((verification.entries, verification.faults.len()), (8, 0));
}

#[test]
fn a_place_outside_the_text_is_damage() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let document = document(b"one", 2024);
    let mut statements = statements(&document);
    statements.statements[0].span = Span::new(0, 1);
    ledger.append(&document, b"one", &statements, &[], &entry(NOON)).unwrap();
    assert!(matches!(ledger.facts(None), Err(LedgerError::Damaged { .. })));
}
