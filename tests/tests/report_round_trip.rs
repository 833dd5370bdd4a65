//! The report that is generated from the bundled example's ledger is read back: every statement of the ledger stands in it,
//! and nothing else does.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::Path;

use duixian::report::{Asked, Format, execution};
use ledger::{Entry, Ledger};
use publication::report::Sources;
use terms::{Day, Document, Statement, Statements};

/// What a statement claims, without where it stands.
type Claim = (String, String, String, String);

/// A claim to the last word: who says what of what, as result or promise.
fn claim(own: &Statement) -> Claim {
    let text = |value: Option<String>| value.unwrap_or_default();
    let number = format!(
        "{}{}..{}{}",
        text(own.comparator.map(|sign| sign.to_string())),
        text(own.value.as_ref().map(ToString::to_string)),
        text(own.upper.as_ref().map(ToString::to_string)),
        text(own.unit.as_ref().map(ToString::to_string)),
    );
    let sense = format!(
        "{} {} {} {}",
        text(own.basis.map(|basis| basis.to_string())),
        text(own.direction.map(|way| way.to_string())),
        text(own.entity.as_deref().map(str::to_owned)),
        text(own.modality.map(|modality| modality.to_string())),
    );
    let role = format!("{} {}", own.role, text(own.year.map(|year| year.to_string())));
    let about = own.indicator.as_deref().unwrap_or(&own.measure);
    (role, format!("{} {about}", own.kind), number, sense)
}

fn read(name: &str, bytes: &[u8]) -> (Document, Statements) {
    let document = document::read(name, bytes).unwrap();
    let statements = statement::extract(&document, &statement::catalogue());
    (document, statements)
}

/// The claims outside of the headline sentences, each with how often it is made.
fn claims(found: &Statements) -> BTreeMap<Claim, usize> {
    let headline = found.headline.as_ref().unwrap().span;
    let inside =
        |own: &&Statement| headline.start <= own.span.start && own.span.end <= headline.end;
    let mut all = BTreeMap::new();
    for own in found.statements.iter().filter(|own| !inside(own)) {
        *all.entry(claim(own)).or_default() += 1;
    }
    all
}

#[test]
fn every_statement_of_the_ledger_stands_in_the_report_and_nothing_else() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/yongkang/report.txt");
    let bytes = std::fs::read(source).unwrap();
    let (document, filed) = read("report.txt", &bytes);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let mut ledger = Ledger::open(&path).unwrap();
    let entry = Entry { at: "2024-02-04T08:00:00+08:00".to_owned(), ..Entry::default() };
    ledger.append(&document, &bytes, &filed, &statement::catalogue(), &entry).unwrap();

    let as_of = Day::new(2024, 2, 3).unwrap();
    let asked = Asked { year: None, region: None, as_of };
    let report = execution(&ledger, &asked).unwrap();
    let docx = Format::Docx.render(&report, Sources::Hidden, None).unwrap();
    let (written, back) = read("report.docx", &docx);
    assert_eq!(written.profile, document.profile);

    // The headline account: the same names with the same verdicts, reasons and facets, and the same numbers.
    let (was, is) = (filed.headline.as_ref().unwrap(), back.headline.as_ref().unwrap());
    let declared = |headline: &terms::Headline| {
        (headline.declared, headline.declared_met, headline.declared_short)
    };
    assert_eq!(declared(is), declared(was));
    let outcomes = |headline: &terms::Headline| {
        let mut all: Vec<_> = headline
            .outcomes
            .iter()
            .map(|one| {
                let facets = format!("{:?}", one.facets);
                (one.name.clone(), one.verdict, one.reason.clone(), facets)
            })
            .collect();
        all.sort();
        all
    };
    assert_eq!(outcomes(is), outcomes(was));

    let (was, is) = (claims(&filed), claims(&back));
    let count = |claims: &BTreeMap<Claim, usize>| claims.values().sum::<usize>();
    let lost: Vec<_> =
        was.iter().filter(|(claim, times)| is.get(claim).unwrap_or(&0) < times).collect();
    let strange: Vec<_> = is.keys().filter(|claim| !was.contains_key(*claim)).collect();
    println!(
        "round trip: {} of {} claims of the ledger stand in the report; {} read back, {} of them not in the ledger; headline {} of {} indicators",
        count(&was) - lost.len(),
        count(&was),
        count(&is),
        strange.len(),
        outcomes(back.headline.as_ref().unwrap()).len(),
        filed.headline.as_ref().unwrap().outcomes.len(),
    );
    for (claim, times) in &lost {
        println!("lost: {claim:?} ({times})");
    }
    for claim in &strange {
        println!("not in the ledger: {claim:?}");
    }
    assert!(count(&was) > 300, "{}", count(&was));
    assert!(lost.is_empty() && strange.is_empty());

    // Terms are explained that the report uses, in the words of the ledger.
    let terms = |document: &Document| -> Vec<(String, String)> {
        let all = document.glossary.iter();
        all.map(|term| (term.name.clone(), document.slice(term.definition).to_owned())).collect()
    };
    let (was, is) = (terms(&document), terms(&written));
    println!("glossary: {} of {} terms are used", is.len(), was.len());
    assert!(is.len() >= 10 && is.iter().all(|term| was.contains(term)), "{is:?}");

    // The same ledger and day give the same bytes.
    let again = execution(&ledger, &asked).unwrap();
    assert_eq!(Format::Docx.render(&again, Sources::Hidden, None).unwrap(), docx);
}
