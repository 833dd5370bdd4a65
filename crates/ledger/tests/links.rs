//! Decisions on links from outside: remembered, revised, withdrawn, checked; and ledgers of the first schema,
//! which knew none.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ledger::{Decision, Entry, Fault, Ledger, LedgerError};
use sha2::{Digest, Sha256};
use terms::{
    Basis, Better, Comparator, Document, Frequency, Headline, Indicator, Kind, Outcome, Profile,
    Repairs, Role, SourceMap, Span, Statement, Statements, Unit, Verdict,
};

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn indicator(code: &str, name: &str, unit: &str) -> Indicator {
    Indicator {
        code: code.into(),
        name: name.into(),
        english: name.into(),
        synonyms: Vec::new(),
        unit: unit.into(),
        better: Better::Higher,
        frequency: Frequency::Quarter,
        definition: format!("{name}。"),
        formula: String::new(),
        owner: String::new(),
    }
}

fn catalogue() -> Vec<Indicator> {
    vec![indicator("subsidy", "购房补助", "亿元"), indicator("tea-area", "茶园面积", "亩")]
}

fn statement(id: String, measure: &str, unit: &str, link: Option<&str>) -> Statement {
    Statement {
        id: id.into(),
        kind: Kind::Quantity,
        quote: format!("2{unit}").into(),
        value: Some("2".parse().unwrap()),
        upper: None,
        unit: Some(Unit::new(unit)),
        comparator: Some(Comparator::Equal),
        basis: Some(Basis::Level),
        direction: None,
        measure: measure.into(),
        entity: None,
        role: Role::Result,
        year: Some(2023),
        modality: None,
        indicator: link.map(Into::into),
        span: Span::default(),
        characters: Span::default(),
        source: Span::default(),
        section: Default::default(),
        sentence: "补助。".into(),
    }
}

fn import(ledger: &mut Ledger, source: &[u8], at: &str) {
    let hash = hash(source);
    let id = hash[..8].to_owned();
    let document = Document {
        name: "报告.txt".into(),
        hash,
        size: source.len(),
        encoding: "UTF-8".into(),
        text: "补助。".into(),
        map: SourceMap::new(),
        repairs: Repairs::new(),
        blocks: Vec::new(),
        tables: Vec::new(),
        glossary: Vec::new(),
        profile: Profile::default(),
        diagnostics: Vec::new(),
    };
    let statements = Statements {
        statements: vec![
            statement(format!("{id}-1"), "补助“发放”额", "万元", None),
            statement(format!("{id}-2"), "补助发放额", "人", None),
            statement(format!("{id}-3"), "茶园", "亩", Some("tea-area")),
        ],
        headline: Some(Headline {
            declared: Some(1),
            declared_met: Some(1),
            declared_short: None,
            outcomes: vec![Outcome {
                name: "补助发放额".into(),
                indicator: None,
                verdict: Verdict::Met,
                reason: None,
                facets: Vec::new(),
                span: Span::default(),
                characters: Span::default(),
                source: Span::default(),
            }],
            span: Span::default(),
        }),
        diagnostics: Vec::new(),
    };
    ledger.append(&document, source, &statements, &catalogue(), &entry(at)).unwrap();
}

fn entry(at: &str) -> Entry {
    Entry {
        author: "测试".into(), at: at.into(), reason: "核对口径".into(), ..Entry::default()
    }
}

fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.db");
    (folder, path)
}

const NOON: &str = "2024-03-01T12:00:00+08:00";
const LATER: &str = "2024-03-02T12:00:00+08:00";
const LAST: &str = "2024-03-03T12:00:00+08:00";

fn links(ledger: &Ledger, as_of: Option<&str>) -> Vec<Vec<Option<Arc<str>>>> {
    let facts = ledger.facts(as_of).unwrap();
    let of = |statements: Vec<Statement>| statements.into_iter().map(|one| one.indicator).collect();
    facts.documents.into_iter().map(|document| of(document.statements)).collect()
}

fn code(code: &str) -> Option<Arc<str>> {
    Some(code.into())
}

fn subsidy() -> Decision {
    Decision::Indicator("subsidy".into())
}

#[test]
fn a_decision_holds_for_documents_before_and_after_it() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    import(&mut ledger, b"one", NOON);
    assert!(ledger.decide_link("补助发放额", &subsidy(), &catalogue(), &entry(LATER)).unwrap());
    import(&mut ledger, b"two", LAST);
    // A number of persons is no amount of money: the decision does not reach it.
    let linked = vec![code("subsidy"), None, code("tea-area")];
    assert_eq!(links(&ledger, None), [linked.clone(), linked]);
    assert_eq!(links(&ledger, Some(NOON)), [vec![None, None, code("tea-area")]]);
    let headline = ledger.facts(None).unwrap().documents[0].headline.clone().unwrap();
    assert_eq!(headline.outcomes[0].indicator, code("subsidy"));
    let checked = ledger.verify().unwrap();
    assert_eq!((checked.faults, checked.entries, checked.documents), (vec![], 3, 2));
}

#[test]
fn a_decision_is_revised_and_withdrawn_by_new_rows() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    import(&mut ledger, b"one", NOON);
    let mut decide = |measure: &str, decision: Decision| {
        ledger.decide_link(measure, &decision, &catalogue(), &entry(LATER)).unwrap()
    };
    assert!(!decide("茶园", Decision::Withdrawn), "nothing was there to be withdrawn");
    assert!(decide("茶园", Decision::None));
    assert!(!decide("“茶园”", Decision::None), "the same again");
    assert!(decide("茶园", subsidy()));
    assert_eq!(links(&ledger, None), [vec![None, None, None]]);
    let withdrawn = ledger.decide_link("茶园", &Decision::Withdrawn, &catalogue(), &entry(LAST));
    assert!(withdrawn.unwrap());
    assert_eq!(links(&ledger, None), [vec![None, None, code("tea-area")]]);
    let made = ledger.link_decisions().unwrap();
    let decisions: Vec<&Decision> = made.iter().map(|one| &one.decision).collect();
    assert_eq!(decisions, [&Decision::None, &subsidy(), &Decision::Withdrawn]);
    assert_eq!((made[2].at.as_str(), made[2].author.as_str()), (LAST, "测试"));
    assert_eq!(ledger.verify().unwrap().faults, []);
}

#[test]
fn what_cannot_be_decided_is_refused() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let unknown = Decision::Indicator("nothing".into());
    let refused = ledger.decide_link("茶园", &unknown, &catalogue(), &entry(NOON));
    assert!(matches!(refused, Err(LedgerError::UnknownIndicator(code)) if code == "nothing"));
    let refused = ledger.decide_link("“ ”", &Decision::None, &catalogue(), &entry(NOON));
    assert!(matches!(refused, Err(LedgerError::EmptyMeasure)));
    let refused = ledger.decide_link("茶园", &Decision::None, &catalogue(), &entry("now"));
    assert!(matches!(refused, Err(LedgerError::Time(_))));
    assert_eq!(ledger.link_decisions().unwrap(), []);
}

#[test]
fn a_changed_decision_is_found() {
    for (change, fault) in [
        (
            "UPDATE link_decision SET indicator = 'tea-area'",
            Fault::ChangedDecision { entry: 2, measure: "补助发放额".into() },
        ),
        (
            "DELETE FROM link_decision",
            Fault::ChangedDecision { entry: 2, measure: "补助发放额".into() },
        ),
        (
            "INSERT INTO link_decision VALUES (9, '茶园', '茶园', 'none', NULL, '', '', '')",
            Fault::UnrecordedDecision { measure: "茶园".into() },
        ),
    ] {
        let (_folder, path) = place();
        let mut ledger = Ledger::open(&path).unwrap();
        import(&mut ledger, b"one", NOON);
        ledger.decide_link("补助发放额", &subsidy(), &catalogue(), &entry(LATER)).unwrap();
        drop(ledger);
        let other = rusqlite::Connection::open(&path).unwrap();
        let triggers =
            "DROP TRIGGER link_decision_no_update; DROP TRIGGER link_decision_no_delete;";
        other.pragma_update(None, "foreign_keys", false).unwrap();
        other.execute_batch(&format!("{triggers} {change}")).unwrap();
        drop(other);
        let mut faults = Ledger::open_read_only(&path).unwrap().verify().unwrap().faults;
        faults
            .retain(|fault| !matches!(fault, Fault::ChangedSchema { .. } | Fault::Dangling { .. }));
        assert_eq!(faults, [fault], "{change}");
    }
}

/// The parts that the first schema hashed into an entry, in its order.
#[derive(Default)]
struct Chain(Sha256);

impl Chain {
    fn part(&mut self, kind: u8, bytes: &[u8]) -> &mut Self {
        self.0.update([kind]);
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    fn text(&mut self, text: &str) -> &mut Self {
        self.part(b't', text.as_bytes())
    }

    fn number(&mut self, number: i64) -> &mut Self {
        self.part(b'i', &number.to_le_bytes())
    }

    fn digest(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Writes a ledger as the first schema had it: one document without statements, one indicator, one entry.
fn old_ledger(path: &Path) {
    let other = rusqlite::Connection::open(path).unwrap();
    other.execute_batch(include_str!("../migrations/0001_documents.sql")).unwrap();
    other.pragma_update(None, "application_id", 0x4455_4958).unwrap();
    other.pragma_update(None, "user_version", 1).unwrap();
    let (hash, source) = (hash(b"old"), b"old");
    let id = &hash[..8];
    other
        .execute(
            "INSERT INTO document VALUES (?1, ?2, '旧.txt', 3, 'UTF-8', NULL, NULL, NULL, NULL, 2023,
             '旧。', ?4, ?3, '甲')",
            rusqlite::params![id, hash, NOON, source],
        )
        .unwrap();
    let mut catalogue = Chain::default();
    for text in ["tea", "茶", "Tea", "", "亩", "higher", "茶。", ""] {
        catalogue.text(text);
    }
    other.execute("INSERT INTO catalogue VALUES (1, ?1)", [catalogue.digest()]).unwrap();
    other
        .execute(
            "INSERT INTO indicator VALUES (1, 0, 'tea', '茶', 'Tea', '', '亩', 'higher', '茶。', '')",
            [],
        )
        .unwrap();
    let mut rows = Chain::default();
    rows.part(b'T', b"document").text(id).text(&hash).text("旧.txt").number(3).text("UTF-8");
    rows.part(b'n', b"").part(b'n', b"").part(b'n', b"").part(b'n', b"").number(2023);
    rows.text("旧。").text(NOON).text("甲").part(b'b', source);
    for table in ["block", "repair", "remark", "statement", "headline", "outcome", "facet"] {
        rows.part(b'T', table.as_bytes());
    }
    rows.part(b'T', b"indicator").number(1).number(0);
    for text in ["tea", "茶", "Tea", "", "亩", "higher", "茶。", ""] {
        rows.text(text);
    }
    let content = rows.digest();
    let mut chain = Chain::default();
    chain.number(1).text(NOON).text("甲").text("导入").text("import").text(id);
    chain.number(1).number(1).text(&content).text("");
    other
        .execute(
            "INSERT INTO entry VALUES (1, ?1, '甲', '导入', 'import', ?2, 1, 1, ?3, '', ?4)",
            rusqlite::params![NOON, id, content, chain.digest()],
        )
        .unwrap();
}

#[test]
fn a_ledger_of_the_first_schema_is_brought_up_to_date() {
    let (_folder, path) = place();
    old_ledger(&path);
    let mut ledger = Ledger::open(&path).unwrap();
    let facts = ledger.facts(None).unwrap();
    assert_eq!(facts.documents[0].text, "旧。");
    assert_eq!(facts.documents[0].glossary, []);
    assert_eq!(facts.indicators[0].frequency, Frequency::Year);
    assert_eq!(facts.indicators[0].formula, "");
    assert_eq!(ledger.verify().unwrap().faults, []);
    import(&mut ledger, b"one", LATER);
    ledger.decide_link("补助发放额", &subsidy(), &catalogue(), &entry(LAST)).unwrap();
    assert_eq!(ledger.facts(None).unwrap().indicators, catalogue());
    let checked = ledger.verify().unwrap();
    assert_eq!((checked.faults, checked.entries), (vec![], 3));
}

#[test]
fn a_term_slipped_into_an_old_document_is_found() {
    let (_folder, path) = place();
    old_ledger(&path);
    let ledger = Ledger::open(&path).unwrap();
    let id = ledger.facts(None).unwrap().documents[0].id.clone();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute("INSERT INTO term VALUES (?1, 0, '旧', 0, 3, 3, 6)", [&id]).unwrap();
    let faults = ledger.verify().unwrap().faults;
    assert_eq!(faults, [Fault::ChangedContent { entry: 1, document: id }]);
}

#[test]
fn reading_alone_brings_an_old_ledger_up_to_date_where_it_may_be_written() {
    let (_folder, path) = place();
    old_ledger(&path);
    assert_eq!(Ledger::open_read_only(&path).unwrap().facts(None).unwrap().documents.len(), 1);

    let (_folder, path) = place();
    old_ledger(&path);
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    assert!(matches!(Ledger::open_read_only(&path), Err(LedgerError::ReadOnly(_))));
}
