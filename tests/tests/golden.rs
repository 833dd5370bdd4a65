//! Labelled reports: scores may only rise. A score that rises above its floor by more than a hundredth asks for
//! the floor to be raised with it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;

use serde_json::Value;
use tests::score::{Scores, score};

fn rows(text: &str) -> Vec<Value> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The statements of a file as records of the statement format.
fn predicted(name: &str, bytes: &[u8]) -> Vec<Value> {
    let document = document::read(name, bytes).unwrap();
    let found = statement::extract(&document, &statement::catalogue());
    let mut out = Vec::new();
    publication::jsonl::write(&mut out, &found.statements).unwrap();
    rows(&String::from_utf8(out).unwrap())
}

/// The floors that are kept in `tests/golden/floors.json`.
fn floors(name: &str) -> Scores {
    let file = tests::root().join("tests/golden/floors.json");
    let all: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let of = |field: &str| all[name][field].as_f64().unwrap();
    Scores {
        found: of("found"),
        exact: of("exact"),
        full: of("full"),
        milestones: of("milestones"),
    }
}

fn hold(name: &str, got: Scores) {
    let floor = floors(name);
    println!("{name}: {got:.3?}");
    for (field, got, floor) in [
        ("found", got.found, floor.found),
        ("exact", got.exact, floor.exact),
        ("full", got.full, floor.full),
        ("milestones", got.milestones, floor.milestones),
    ] {
        assert!(got >= floor, "{name}: {field} fell from {floor} to {got:.4}");
        assert!(got < floor + 0.02, "{name}: {field} rose to {got:.4}; raise its floor of {floor}");
    }
}

#[test]
fn the_type_specimen_is_read_as_it_was_labelled() {
    let (Some(text), Some(labels)) = (
        tests::shared("corpus/yongkang-2024.txt"),
        tests::shared("corpus/gold/yongkang-results.jsonl"),
    ) else {
        return;
    };
    let gold = rows(&fs::read_to_string(labels).unwrap());
    assert!(gold.len() > 200);
    let predicted = predicted("yongkang-2024.txt", &fs::read(text).unwrap());
    hold("yongkang-results", score(&gold, &predicted));
}
