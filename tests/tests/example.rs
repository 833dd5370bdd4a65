//! The bundled example, read from its bytes: it holds what it is there to show, and its damaged page says the
//! same as the clean one.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use terms::{Basis, Comparator, Document, Kind, Role, Statement, Statements, Verdict};

fn read(name: &str) -> Document {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/yongkang")).join(name);
    document::read(name, &fs::read(path).unwrap()).unwrap()
}

fn statements(name: &str) -> Statements {
    statement::extract(&read(name), &statement::catalogue())
}

#[test]
fn is_clean_and_knows_its_years() {
    let report = read("report.txt");
    assert!(report.repairs.is_empty(), "{:?}", report.repairs().next());
    assert_eq!(report.profile.result_year, Some(2023));
    assert_eq!(report.profile.plan_year, Some(2024));
    assert_eq!(report.profile.issuer.as_deref(), Some("永康市发展和改革局"));
}

#[test]
fn holds_results_promises_and_milestones() {
    let found = statements("report.txt").statements;
    let count = |test: &dyn Fn(&Statement) -> bool| {
        found.iter().filter(|statement| test(statement)).count()
    };
    let quantities = count(&|s| s.kind == Kind::Quantity);
    let milestones = count(&|s| s.kind == Kind::Milestone);
    assert!(quantities >= 200, "{quantities} quantities");
    assert!(milestones >= 60, "{milestones} milestones");
    assert!(count(&|s| s.role == Role::Target) >= 80);
    for basis in Basis::ALL {
        assert!(count(&|s| s.basis == Some(*basis)) > 0, "no {basis}");
    }
    for comparator in [
        Comparator::AtLeast,
        Comparator::AtMost,
        Comparator::Above,
        Comparator::About,
        Comparator::Range,
    ] {
        assert!(count(&|s| s.comparator == Some(comparator)) > 0, "no {comparator}");
    }
    let linked = count(&|s| s.indicator.is_some());
    assert!(linked >= 80, "{linked} linked to the catalogue");
}

#[test]
fn accounts_for_thirty_headline_indicators() {
    let headline = statements("report.txt").headline.unwrap();
    assert_eq!(headline.declared, Some(30));
    let count =
        |verdict| headline.outcomes.iter().filter(|outcome| outcome.verdict == verdict).count();
    assert_eq!((count(Verdict::Met), count(Verdict::Short), count(Verdict::NoData)), (26, 3, 1));
    for outcome in &headline.outcomes {
        assert!(outcome.indicator.is_some(), "`{}` is not in the catalogue", outcome.name);
    }
    for name in ["地区生产总值", "城市化率"] {
        let outcome = headline.outcomes.iter().find(|outcome| outcome.name == name).unwrap();
        let verdicts: Vec<_> =
            outcome.facets.iter().map(|facet| (facet.facet, facet.verdict)).collect();
        assert!(verdicts.contains(&(Basis::Growth, Verdict::Met)), "{name}: {verdicts:?}");
        assert!(verdicts.contains(&(Basis::Level, Verdict::Short)), "{name}: {verdicts:?}");
    }
}

#[test]
fn a_lost_digit_stays_lost() {
    for name in ["report.txt", "damaged.txt"] {
        let found = statements(name).statements;
        let lost: Vec<_> =
            found.iter().filter(|s| s.value.as_ref().is_some_and(|v| v.is_lost())).collect();
        assert_eq!(lost.len(), 1, "{name}: {lost:?}");
        assert_eq!(lost[0].value.as_ref().unwrap().to_string(), "〓5", "{name}");
    }
}

#[test]
fn the_damaged_page_is_repaired_to_the_clean_text() {
    let (report, damaged) = (read("report.txt"), read("damaged.txt"));
    let half_width = |text: &str| -> String {
        text.chars()
            .map(|c| match c {
                '，' => ',',
                '：' => ':',
                '；' => ';',
                '（' => '(',
                '）' => ')',
                c => c,
            })
            .collect()
    };
    let clean = half_width(&report.text);
    for line in damaged.text.lines() {
        let line = half_width(line);
        // A short page may hold too little evidence for a lost character; it is marked then, not guessed.
        let same = |other: &str| {
            other.chars().count() == line.chars().count()
                && other.chars().zip(line.chars()).all(|(a, b)| a == b || b == '□')
        };
        assert!(clean.lines().any(same), "not a line of the report: {line}");
    }
    assert!(damaged.text.matches('□').count() <= 1);
}
